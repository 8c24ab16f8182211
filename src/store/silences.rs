//! Notices that nobody wants to hear for a while.

use super::{Session, Sql, Store, StoreError};
use super::{execute, fetch_all, fetch_one, sql};
use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;

const ADD: Sql = sql!("silences/add");
const LIST: Sql = sql!("silences/list");
const END: Sql = sql!("silences/end");
const DUE: Sql = sql!("silences/due");
const KEPT_BACK: Sql = sql!("silences/kept_back");

/// A silence to be.
#[derive(Clone, Copy, Debug)]
pub struct NewSilence<'a> {
    /// `None`: of every project.
    pub project: Option<ProjectKey>,
    /// `None`: of every kind but reports and tests.
    pub kind: Option<&'a str>,
    /// `None`: to everybody.
    pub contact: Option<&'a str>,
    pub reason: &'a str,
    pub actor: &'a str,
    pub until: Instant,
}

/// A silence as it stands.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, sqlx::FromRow)]
pub struct Silence {
    pub id: i64,
    #[serde(skip)]
    pub project: Option<i64>,
    #[serde(rename = "project")]
    pub project_id: Option<String>,
    pub kind: Option<String>,
    pub contact: Option<String>,
    pub reason: String,
    pub actor: String,
    pub since: Instant,
    pub until: Instant,
    pub ended_at: Option<Instant>,
    pub ended_by: Option<String>,
}

impl Silence {
    /// Whether it keeps such a notice back.
    pub fn covers(&self, project: Option<&str>, kind: &str, contact: Option<&str>) -> bool {
        self.project_id.as_deref().is_none_or(|own| project == Some(own))
            && self.kind.as_deref().is_none_or(|own| own == kind)
            && self.contact.as_deref().is_none_or(|own| contact == Some(own))
    }
}

/// Notices of one subject that were kept back.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct KeptBack {
    pub subject: String,
    pub since: Instant,
    pub times: i64,
}

impl Session {
    /// Begins a silence; its number.
    pub async fn add_silence(&mut self, new: &NewSilence<'_>, now: Instant) -> Result<i64, StoreError> {
        let project = new.project.map(|key| key.0);
        Ok(fetch_one!(self, ADD, (i64,), project, new.kind, new.contact, new.reason, new.actor, now, new.until)?.0)
    }

    /// Ends one; whether it was in force.
    pub async fn end_silence(&mut self, id: i64, actor: &str, now: Instant) -> Result<bool, StoreError> {
        Ok(execute!(self, END, id, now, actor)? == 1)
    }
}

impl Store {
    /// Silences in force, or all there were, oldest first.
    pub async fn silences(&self, ended_too: bool) -> Result<Vec<Silence>, StoreError> {
        let mut session = self.read().await?;
        fetch_all!(session, LIST, Silence, ended_too)
    }

    /// Those whose time is up.
    pub async fn silences_due(&self, now: Instant) -> Result<Vec<i64>, StoreError> {
        let mut session = self.read().await?;
        Ok(fetch_all!(session, DUE, (i64,), now)?.into_iter().map(|(id,)| id).collect())
    }

    /// What a silence kept back, by subject.
    pub async fn kept_back(&self, silence: &Silence) -> Result<Vec<KeptBack>, StoreError> {
        let mut session = self.read().await?;
        let Silence { since, project, kind, contact, .. } = silence;
        fetch_all!(session, KEPT_BACK, KeptBack, *since, *project, kind.as_deref(), contact.as_deref())
    }
}
