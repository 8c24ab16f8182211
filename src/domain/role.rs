//! What a reader may see. One constant table says it for every role; a schedule may narrow it, never widen it.

use serde::{Deserialize, Serialize};

/// What a contact is in a project; `Viewer` is also what a plain address reads as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Owner,
    Manager,
    Finance,
    Ops,
    Support,
    Agent,
    Viewer,
}

/// How much of a caller's number a reader sees, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Numbers {
    /// No digit at all.
    #[serde(rename = "none")]
    None,
    /// The last four digits.
    #[serde(rename = "last-4")]
    Last4,
    /// The whole number, as a link where the format has links.
    #[serde(rename = "full")]
    Full,
}

impl Numbers {
    /// All, from least to most.
    pub const ALL: [Self; 3] = [Self::None, Self::Last4, Self::Full];

    /// The word people write.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Last4 => "last-4",
            Self::Full => "full",
        }
    }

    /// Reads the word people write.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.name() == text)
    }
}

/// Which calls a reader sees.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Every call of the project.
    Project,
    /// Only calls that this agent took part in (the agent's key).
    Agent(String),
    /// Nothing: an agent whose own key isn't known.
    Nothing,
}

/// What one reader may see, after the role and everything that narrows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Rights {
    pub numbers: Numbers,
    pub money: bool,
    pub recordings: bool,
    pub scope: Scope,
}

/// One line of the table of roles.
#[derive(Clone, Copy, Debug)]
pub struct RoleRights {
    pub role: Role,
    pub name: &'static str,
    pub numbers: Numbers,
    pub money: bool,
    pub recordings: bool,
    /// Sees own calls only.
    pub own_calls_only: bool,
    /// May be the recipient of a scheduled report.
    pub receives_reports: bool,
}

/// Every role and what it may see (DESIGN: "Readers"). To add a role: a variant of [`Role`] and a line here.
pub const ROLES: &[RoleRights] = &[
    role(Role::Owner, "owner", Numbers::Full, true, true, false, true),
    role(Role::Manager, "manager", Numbers::Full, false, true, false, true),
    role(Role::Finance, "finance", Numbers::Last4, true, false, false, true),
    role(Role::Ops, "ops", Numbers::Last4, false, false, false, false),
    role(Role::Support, "support", Numbers::Full, false, true, false, true),
    role(Role::Agent, "agent", Numbers::Full, false, false, true, true),
    role(Role::Viewer, "viewer", Numbers::Last4, false, false, false, true),
];

const fn role(
    role: Role,
    name: &'static str,
    numbers: Numbers,
    money: bool,
    recordings: bool,
    own_calls_only: bool,
    receives_reports: bool,
) -> RoleRights {
    RoleRights { role, name, numbers, money, recordings, own_calls_only, receives_reports }
}

impl Role {
    /// Its line in [`ROLES`].
    pub fn rights(self) -> &'static RoleRights {
        ROLES.iter().find(|line| line.role == self).unwrap_or(&ROLES[ROLES.len() - 1])
    }

    /// The word people write for it.
    pub fn name(self) -> &'static str {
        self.rights().name
    }

    /// Reads the word people write for it.
    pub fn parse(text: &str) -> Option<Self> {
        ROLES.iter().find(|line| line.name == text).map(|line| line.role)
    }
}

impl Rights {
    /// What a person with these roles may see: the most that any of them allows. Without a role: what a viewer sees.
    /// `agent_key` is the person's own key among the project's agents, where one is known.
    pub fn of(roles: &[Role], agent_key: Option<&str>) -> Self {
        let lines: Vec<_> = if roles.is_empty() {
            vec![Role::Viewer.rights()]
        } else {
            roles.iter().map(|role| role.rights()).collect()
        };
        let scope = if lines.iter().any(|line| !line.own_calls_only) {
            Scope::Project
        } else {
            agent_key.map_or(Scope::Nothing, |key| Scope::Agent(key.to_owned()))
        };
        Self {
            numbers: lines.iter().map(|line| line.numbers).max().unwrap_or(Numbers::None),
            money: lines.iter().any(|line| line.money),
            recordings: lines.iter().any(|line| line.recordings),
            scope,
        }
    }

    /// These rights with no more of a number than `most`.
    pub fn narrowed(mut self, most: Numbers) -> Self {
        self.numbers = self.numbers.min(most);
        self
    }

    /// Whether whoever holds `self` may read what was made for `made_for`: nothing in it is more than `self` allows.
    pub fn covers(&self, made_for: &Self) -> bool {
        self.numbers >= made_for.numbers
            && self.money >= made_for.money
            && self.recordings >= made_for.recordings
            && (self.scope == Scope::Project || self.scope == made_for.scope || made_for.scope == Scope::Nothing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_in_the_table_once() {
        for line in ROLES {
            assert_eq!(Role::parse(line.name), Some(line.role));
            assert_eq!(ROLES.iter().filter(|other| other.role == line.role).count(), 1);
        }
    }

    #[test]
    fn several_roles_add_up_and_a_schedule_narrows() {
        let both = Rights::of(&[Role::Finance, Role::Manager], None);
        assert_eq!((both.numbers, both.money, both.recordings), (Numbers::Full, true, true));
        assert_eq!(both.clone().narrowed(Numbers::None).numbers, Numbers::None);
        assert!(both.covers(&Rights::of(&[], None)));
        assert!(!Rights::of(&[], None).covers(&both));
    }

    #[test]
    fn an_agent_sees_own_calls_only() {
        assert_eq!(Rights::of(&[Role::Agent], None).scope, Scope::Nothing);
        assert_eq!(Rights::of(&[Role::Agent], Some("201")).scope, Scope::Agent("201".into()));
        assert!(!Rights::of(&[Role::Agent], Some("201")).covers(&Rights::of(&[Role::Manager], None)));
    }
}
