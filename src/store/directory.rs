//! The directory: people with their keys, and numbers, by project.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Damage, Session, Sql, Store, StoreError};
use super::{execute, fetch_all, json, sql, stored};
use crate::domain::directory::{Directory, ListedAgent, ListedNumber};
use crate::domain::ids::{ContactId, ProjectId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::phone::PhoneE164;

const AGENTS: Sql = sql!("directory/agents");
const NUMBERS: Sql = sql!("directory/numbers");
const AGENTS_OF: Sql = sql!(twin "directory/agents_of");
const NUMBERS_OF: Sql = sql!(twin "directory/numbers_of");
const SAVE_AGENT: Sql = sql!("directory/save_agent");
const SAVE_NUMBER: Sql = sql!("directory/save_number");
const REMOVE_AGENT: Sql = sql!("directory/remove_agent");
const REMOVE_NUMBER: Sql = sql!("directory/remove_number");

/// Before and after every call: the years 1900 and 2200.
const EARLIEST: Instant = Instant::from_seconds(-2_208_988_800);
const LATEST: Instant = Instant::from_seconds(7_258_118_400);

const AGENTS_SEEN: Sql = sql!("directory/agents_seen");
const NUMBERS_SEEN: Sql = sql!("directory/numbers_seen");

/// An agent as calls name it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AgentSeen {
    pub id: i64,
    pub key: String,
    pub name: Option<String>,
    pub calls: i64,
    pub last_at: Instant,
}

/// A number that was dialled.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct NumberSeen {
    pub number: i64,
    pub calls: i64,
    pub last_at: Instant,
}

/// An entry with its project and the file that keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept<T> {
    pub project: ProjectId,
    pub entry: T,
    pub file: Option<String>,
}

/// What is listed for a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// By name.
    pub agents: Vec<ListedAgent>,
    pub numbers: Vec<ListedNumber>,
}

impl Listed {
    /// The same, ready to be looked up; `start_of_day` says when a local day of the project begins.
    pub fn directory(self, start_of_day: impl Fn(NaiveDate) -> Instant) -> Directory {
        Directory::new(self.agents, self.numbers, start_of_day)
    }
}

/// Adds an entry to what is listed; one that can't be read spoils the list.
fn keep<T>(
    of: &mut Result<Listed, Damage>,
    read: Result<Kept<T>, Damage>,
    list: impl FnOnce(&mut Listed) -> &mut Vec<T>,
) {
    match (of, read) {
        (Ok(listed), Ok(kept)) => list(listed).push(kept.entry),
        (of, Err(damage)) => *of = Err(damage),
        (Err(_), Ok(_)) => {}
    }
}

#[derive(Debug, sqlx::FromRow)]
struct AgentRow {
    project_key: i64,
    project: String,
    id: String,
    name: String,
    team: Option<String>,
    keys: String,
    contact: Option<String>,
    applied_by: Option<String>,
}

#[derive(Debug, sqlx::FromRow)]
struct NumberRow {
    project_key: i64,
    project: String,
    number: i64,
    label: Option<String>,
    department: Option<String>,
    source: Option<String>,
    medium: Option<String>,
    campaign: Option<String>,
    ignored: bool,
    applied_by: Option<String>,
}

impl AgentRow {
    fn read(self) -> Result<Kept<ListedAgent>, StoreError> {
        let contact = self.contact.as_deref().map(ContactId::parse).transpose();
        Ok(Kept {
            project: stored("project id", ProjectId::parse(&self.project))?,
            entry: ListedAgent {
                id: self.id,
                name: self.name,
                team: self.team,
                keys: stored("keys of a person", serde_json::from_str(&self.keys))?,
                contact: stored("contact of a person", contact)?,
            },
            file: self.applied_by,
        })
    }
}

impl NumberRow {
    fn read(self) -> Result<Kept<ListedNumber>, StoreError> {
        Ok(Kept {
            project: stored("project id", ProjectId::parse(&self.project))?,
            entry: ListedNumber {
                number: stored("number", PhoneE164::from_digits(self.number).ok_or("not E.164"))?,
                label: self.label,
                department: self.department,
                source: self.source,
                medium: self.medium,
                campaign: self.campaign,
                ignore: self.ignored,
            },
            file: self.applied_by,
        })
    }
}

impl Session {
    /// Everybody listed, of all projects that aren't retired; by project, then name.
    pub async fn listed_agents(&mut self) -> Result<Vec<Kept<ListedAgent>>, StoreError> {
        fetch_all!(self, AGENTS, AgentRow)?.into_iter().map(AgentRow::read).collect()
    }

    /// Every number listed, of all projects that aren't retired; by project, then number.
    pub async fn listed_numbers(&mut self) -> Result<Vec<Kept<ListedNumber>>, StoreError> {
        fetch_all!(self, NUMBERS, NumberRow)?.into_iter().map(NumberRow::read).collect()
    }

    /// Everybody listed for a project, by name.
    pub async fn listed_agents_of(&mut self, project: ProjectKey) -> Result<Vec<Kept<ListedAgent>>, StoreError> {
        fetch_all!(self, AGENTS_OF, AgentRow, json(&[project.0]))?.into_iter().map(AgentRow::read).collect()
    }

    /// Every number listed for a project.
    pub async fn listed_numbers_of(&mut self, project: ProjectKey) -> Result<Vec<Kept<ListedNumber>>, StoreError> {
        fetch_all!(self, NUMBERS_OF, NumberRow, json(&[project.0]))?.into_iter().map(NumberRow::read).collect()
    }

    /// What is listed for one project, ready to be looked up; `start_of_day` says when a local day of the project begins.
    pub async fn directory(
        &mut self,
        project: ProjectKey,
        start_of_day: impl Fn(NaiveDate) -> Instant,
    ) -> Result<Arc<Directory>, StoreError> {
        let listed = self.listed_of(&[project]).await?.remove(&project).unwrap_or_else(|| Ok(Listed::default()))?;
        Ok(Arc::new(listed.directory(start_of_day)))
    }

    /// What is listed for each of these projects; one for which nothing is isn't there.
    pub async fn listed_of(
        &mut self,
        projects: &[ProjectKey],
    ) -> Result<HashMap<ProjectKey, Result<Listed, Damage>>, StoreError> {
        let keys = json(&projects.iter().map(|key| key.0).collect::<Vec<_>>());
        let mut listed: HashMap<ProjectKey, Result<Listed, Damage>> = HashMap::new();
        for row in fetch_all!(self, AGENTS_OF, AgentRow, keys.as_str())? {
            let of = listed.entry(ProjectKey(row.project_key)).or_insert_with(|| Ok(Listed::default()));
            keep(of, Damage::or(row.read())?, |of| &mut of.agents);
        }
        for row in fetch_all!(self, NUMBERS_OF, NumberRow, keys.as_str())? {
            let of = listed.entry(ProjectKey(row.project_key)).or_insert_with(|| Ok(Listed::default()));
            keep(of, Damage::or(row.read())?, |of| &mut of.numbers);
        }
        Ok(listed)
    }

    /// The agents that calls of a project name, each of a half-open span; of one only, or of all.
    pub async fn agents_seen(
        &mut self,
        project: ProjectKey,
        (from, to): (Option<Instant>, Option<Instant>),
        agent: Option<i64>,
    ) -> Result<Vec<AgentSeen>, StoreError> {
        let (from, to) = (from.unwrap_or(EARLIEST), to.unwrap_or(LATEST));
        fetch_all!(self, AGENTS_SEEN, AgentSeen, project.0, from, to, agent)
    }

    /// The numbers that were dialled in calls of a project.
    pub async fn numbers_seen(&mut self, project: ProjectKey) -> Result<Vec<NumberSeen>, StoreError> {
        fetch_all!(self, NUMBERS_SEEN, NumberSeen, project.0)
    }

    /// Lists the person or changes the entry to this; the project stands already.
    pub(crate) async fn save_listed_agent(
        &mut self,
        project: &ProjectId,
        agent: &ListedAgent,
        file: Option<&str>,
        now: Instant,
    ) -> Result<(), StoreError> {
        let (keys, contact) = (json(&agent.keys), agent.contact.as_ref().map(ContactId::as_str));
        let (id, name, team) = (agent.id.as_str(), agent.name.as_str(), agent.team.as_deref());
        execute!(self, SAVE_AGENT, project.as_str(), id, name, team, keys.as_str(), contact, file, now).map(|_| ())
    }

    /// Lists the number or changes the entry to this; the project stands already.
    pub(crate) async fn save_listed_number(
        &mut self,
        project: &ProjectId,
        number: &ListedNumber,
        file: Option<&str>,
        now: Instant,
    ) -> Result<(), StoreError> {
        let (label, department) = (number.label.as_deref(), number.department.as_deref());
        let (source, medium) = (number.source.as_deref(), number.medium.as_deref());
        let (campaign, digits) = (number.campaign.as_deref(), number.number.digits());
        let project = project.as_str();
        execute!(
            self,
            SAVE_NUMBER,
            project,
            digits,
            label,
            department,
            source,
            medium,
            campaign,
            number.ignore,
            file,
            now
        )
        .map(|_| ())
    }

    /// Takes the person with this name for `apply` (`acme/olena`) out of the list.
    pub(crate) async fn remove_listed_agent(&mut self, name: &str) -> Result<(), StoreError> {
        let (project, id) = name.split_once('/').unwrap_or_default();
        execute!(self, REMOVE_AGENT, project, id).map(|_| ())
    }

    /// Takes the number with this name for `apply` (`acme/+380445550101`) out of the list.
    pub(crate) async fn remove_listed_number(&mut self, name: &str) -> Result<(), StoreError> {
        let (project, number) = name.split_once('/').unwrap_or_default();
        let digits: i64 = stored("number", number.trim_start_matches('+').parse())?;
        execute!(self, REMOVE_NUMBER, project, digits).map(|_| ())
    }
}

impl Store {
    /// Everybody listed, of all projects that aren't retired; by project, then name.
    pub async fn listed_agents(&self) -> Result<Vec<Kept<ListedAgent>>, StoreError> {
        self.read().await?.listed_agents().await
    }

    /// Every number listed, of all projects that aren't retired; by project, then number.
    pub async fn listed_numbers(&self) -> Result<Vec<Kept<ListedNumber>>, StoreError> {
        self.read().await?.listed_numbers().await
    }
}
