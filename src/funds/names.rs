//! Names of balances: which ones a project has, and what is to be said of one that nobody told before. A slip would make a
//! balance that nobody looks after.

use std::collections::BTreeSet;

use crate::domain::balance::Balance;
use crate::domain::ids::{BalanceName, ProjectId};
use crate::domain::nearest::nearest;
use crate::domain::project::Project;
use crate::store::{Session, StoreError};

/// The names that a project knows.
#[derive(Debug)]
pub struct Names {
    project: ProjectId,
    currency: String,
    told: BTreeSet<BalanceName>,
    /// Those that the set-up file has rules for.
    ruled: BTreeSet<BalanceName>,
}

/// A name under which nobody told what a balance is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewName {
    /// The name that was meant, perhaps.
    pub meant: Option<BalanceName>,
    /// Whether that one is told; else only rules know it.
    pub is_meant_told: bool,
}

impl Names {
    /// Those of this project, now.
    pub async fn read(session: &mut Session, project: &Project) -> Result<Self, StoreError> {
        let told = session.balances(Some(project.key), None).await?;
        Ok(Self {
            project: project.id.clone(),
            currency: project.currency.clone(),
            told: told.into_iter().map(|stored| stored.balance.name).collect(),
            ruled: project.settings.balances.keys().cloned().collect(),
        })
    }

    /// The names that were told.
    pub fn told(&self) -> impl Iterator<Item = &str> {
        self.told.iter().map(BalanceName::as_str)
    }

    /// What is new about a name; `None`: it is told.
    pub fn new_name(&self, name: &BalanceName) -> Option<NewName> {
        if self.told.contains(name) {
            return None;
        }
        // What the file has rules for is no slip.
        let known = self.told.iter().chain(&self.ruled).filter(|_| !self.ruled.contains(name));
        let meant = nearest(name.as_str(), known.map(BalanceName::as_str));
        let meant = meant.and_then(|meant| BalanceName::parse(meant).ok());
        let is_meant_told = meant.as_ref().is_some_and(|meant| self.told.contains(meant));
        Some(NewName { meant, is_meant_told })
    }

    /// What whoever told the first of a balance should know, in sentences.
    pub fn notes(&self, new: &NewName, balance: &Balance) -> Vec<String> {
        let (name, project) = (&balance.name, &self.project);
        let meant = new.meant.as_ref().map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        let mut notes = vec![format!("`{name}` is a new balance of {project}{meant}")];
        if balance.currency != self.currency {
            notes.push(format!("it is in {}, and {project} counts in {}", balance.currency, self.currency));
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_name_was_meant_unless_the_file_knows_this_one() {
        let name = |text: &str| BalanceName::parse(text).expect("a name");
        let names = Names {
            project: ProjectId::parse("acme").expect("an id"),
            currency: "EUR".into(),
            told: [name("forwarding")].into(),
            ruled: [name("project"), name("forwarding2")].into(),
        };
        assert_eq!(names.new_name(&name("forwarding")), None);
        let new = |text: &str| names.new_name(&name(text)).map(|new| (new.meant.map(String::from), new.is_meant_told));
        assert_eq!(new("forwardng"), Some((Some("forwarding".to_owned()), true)));
        assert_eq!(new("projct"), Some((Some("project".to_owned()), false)));
        assert_eq!(new("forwarding2"), Some((None, false)));
        assert_eq!(new("rent"), Some((None, false)));
    }
}
