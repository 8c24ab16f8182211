//! Addresses that get nothing (more): because they asked, because they don't exist, or because a person said so. A mailbox is
//! the same however the address of an older message spells it.

use super::spelling::spelled;
use super::{Session, Sql, Store, StoreError};
use super::{execute, fetch_all, fetch_one, fetch_optional, sql};
use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;
use crate::domain::text_reply::MessageSid;

const ADD: Sql = sql!("suppressions/add");
const LIFT: Sql = sql!("suppressions/lift");
const LIST: Sql = sql!("suppressions/list");
const OF_ADDRESS: Sql = sql!("suppressions/of_address");
const REPLACE_PAUSE: Sql = sql!("suppressions/replace_pause");
const END_PAUSES: Sql = sql!("suppressions/end_pauses");
const IS_STOPPED: Sql = sql!("suppressions/is_stopped");

const TAKE_REPLY: Sql = sql!("replies/take");

/// A stop to be written down.
#[derive(Clone, Debug)]
pub struct NewSuppression<'a> {
    /// `None`: in every project.
    pub project: Option<ProjectKey>,
    /// `None`: for every schedule, and for notices.
    pub schedule: Option<&'a str>,
    pub channel: &'a str,
    pub address: &'a str,
    /// A named reason: `unsubscribed`, `no_such_address`, `by_hand`.
    pub reason: &'a str,
    pub detail: Option<&'a str>,
    pub actor: &'a str,
}

/// A stop as it stands.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, sqlx::FromRow)]
pub struct Suppression {
    pub id: i64,
    pub project: Option<String>,
    pub schedule: Option<String>,
    pub channel: String,
    pub address: String,
    pub reason: String,
    pub detail: Option<String>,
    pub actor: String,
    pub created_at: Instant,
    /// It is a pause, and ends then by itself.
    pub until: Option<Instant>,
    pub lifted_at: Option<Instant>,
    pub lifted_by: Option<String>,
    pub lifted_reason: Option<String>,
}

/// A stop in force, as whoever may change it needs it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct InForce {
    pub id: i64,
    pub project: Option<i64>,
    pub schedule: Option<String>,
    pub reason: String,
    pub actor: String,
    pub until: Option<Instant>,
}

impl Session {
    /// Stops an address; returns whether it wasn't stopped in this way already.
    pub async fn suppress(&mut self, now: Instant, stop: &NewSuppression<'_>) -> Result<bool, StoreError> {
        let project = stop.project.map(|key| key.0);
        let address = spelled(stop.address);
        execute!(self, REPLACE_PAUSE, stop.channel, address.as_str(), project, stop.schedule, now, stop.actor)?;
        self.suppress_until(now, stop, None).await
    }

    /// The same, which ends by itself.
    pub async fn suppress_until(
        &mut self,
        now: Instant,
        stop: &NewSuppression<'_>,
        until: Option<Instant>,
    ) -> Result<bool, StoreError> {
        let project = stop.project.map(|key| key.0);
        let address = spelled(stop.address);
        let row = fetch_optional!(
            self,
            ADD,
            (i64,),
            project,
            stop.schedule,
            stop.channel,
            address.as_str(),
            stop.reason,
            stop.detail,
            stop.actor,
            now,
            until
        )?;
        Ok(row.is_some())
    }

    /// What stops an address of a channel now, oldest first.
    pub async fn stops_of(&mut self, channel: &str, address: &str) -> Result<Vec<InForce>, StoreError> {
        fetch_all!(self, OF_ADDRESS, InForce, channel, spelled(address))
    }

    /// Takes an answer to a text; `false`: it was taken before.
    pub async fn take_reply(&mut self, message: &MessageSid, now: Instant) -> Result<bool, StoreError> {
        Ok(execute!(self, TAKE_REPLY, message.as_str(), now)? > 0)
    }

    /// Ends pauses whose time is up; returns how many.
    pub async fn end_pauses(&mut self, now: Instant) -> Result<u64, StoreError> {
        execute!(self, END_PAUSES, now)
    }

    /// Ends one stop (by `id`) or all of an address; returns how many.
    pub async fn lift_suppressions(
        &mut self,
        now: Instant,
        id: Option<i64>,
        address: Option<&str>,
        actor: &str,
        reason: &str,
    ) -> Result<u64, StoreError> {
        execute!(self, LIFT, id, address.map(spelled), now, actor, reason)
    }

    /// Whether this schedule is stopped for this address.
    pub async fn is_stopped(
        &mut self,
        channel: &str,
        address: &str,
        project: Option<ProjectKey>,
        schedule: Option<&str>,
    ) -> Result<bool, StoreError> {
        let project = project.map(|key| key.0);
        Ok(fetch_one!(self, IS_STOPPED, (i64,), channel, spelled(address), project, schedule)?.0 > 0)
    }
}

impl Store {
    /// What stops addresses, newest first; with what was lifted when `lifted_too`.
    pub async fn suppressions(&self, lifted_too: bool, address: Option<&str>) -> Result<Vec<Suppression>, StoreError> {
        let mut session = self.read().await?;
        fetch_all!(session, LIST, Suppression, lifted_too, address.map(spelled))
    }
}
