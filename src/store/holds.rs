//! What nobody may send for now. Every claim and every fence asks, so that a hold is in force at once on every replica.

use super::{Session, Sql, Store, StoreError};
use super::{execute, fetch_all, sql};
use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;

const ADD: Sql = sql!("holds/add");
const IN_FORCE: Sql = sql!("holds/in_force");
const RELEASE: Sql = sql!("holds/release");
const EXTEND: Sql = sql!("holds/extend");
const PASSED_OVER: Sql = sql!("holds/passed_over");

/// A hold that is in force.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, sqlx::FromRow)]
pub struct Hold {
    #[serde(skip)]
    pub id: i64,
    #[serde(skip)]
    pub project: Option<i64>,
    /// `None`: every project, and what belongs to none.
    #[serde(rename = "project")]
    pub project_id: Option<String>,
    /// `None`: every channel.
    pub channel: Option<String>,
    pub reason: String,
    pub actor: String,
    pub since: Instant,
}

impl Hold {
    /// Whether it holds what goes by this channel for this project.
    pub fn covers(&self, project: Option<&str>, channel: &str) -> bool {
        self.project_id.as_deref().is_none_or(|held| project == Some(held))
            && self.channel.as_deref().is_none_or(|held| held == channel)
    }
}

impl Session {
    /// Holds sending, of a project or of all, by a channel or by all.
    pub async fn add_hold(
        &mut self,
        project: Option<ProjectKey>,
        channel: Option<&str>,
        reason: &str,
        actor: &str,
        now: Instant,
    ) -> Result<(), StoreError> {
        execute!(self, ADD, project.map(|key| key.0), channel, reason, actor, now)?;
        Ok(())
    }

    /// What is held now, oldest first.
    pub async fn holds(&mut self) -> Result<Vec<Hold>, StoreError> {
        fetch_all!(self, IN_FORCE, Hold)
    }

    /// Ends a hold; whether it was in force. What was due before `skip_due_before` isn't sent any more.
    pub async fn release_hold(
        &mut self,
        hold: &Hold,
        skip_due_before: Option<Instant>,
        actor: &str,
        now: Instant,
    ) -> Result<bool, StoreError> {
        self.ring_when_kept();
        Ok(execute!(self, RELEASE, hold.id, now, actor, skip_due_before)? > 0)
    }

    /// What waits under a hold and was due before `skip_due_before`.
    pub async fn held_and_due_before(&mut self, hold: &Hold, skip_due_before: Instant) -> Result<Vec<i64>, StoreError> {
        let found = fetch_all!(self, PASSED_OVER, (i64,), skip_due_before, hold.project, hold.channel.as_deref())?;
        Ok(found.into_iter().map(|(id,)| id).collect())
    }

    /// Gives a few of those that waited under a hold until `until` at least; returns how many.
    pub async fn extend_held(&mut self, hold: &Hold, until: Instant) -> Result<u64, StoreError> {
        execute!(self, EXTEND, until, hold.project, hold.channel.as_deref())
    }
}

impl Store {
    /// What is held now, oldest first.
    pub async fn holds(&self) -> Result<Vec<Hold>, StoreError> {
        self.read().await?.holds().await
    }
}
