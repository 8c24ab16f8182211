//! Lanes: one row a relay, with its breaker and its rate, so that both hold over all replicas.

use super::{Session, Sql, Store, StoreError};
use super::{execute, fetch_all, fetch_optional, sql};
use crate::domain::instant::Instant;

const ENSURE: Sql = sql!("lanes/ensure");
const LIST: Sql = sql!("lanes/list");
const LOCK: Sql = sql!(twin "lanes/lock");
const SPEND: Sql = sql!("lanes/spend");
const FAILED: Sql = sql!("lanes/failed");
const HELD: Sql = sql!("lanes/held");
const WORKS: Sql = sql!("lanes/works");

/// A lane as it stands.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Lane {
    /// `email/primary`
    pub id: String,
    /// Failures in a row.
    pub failures: i64,
    /// Not used before this.
    pub shut_until: Option<Instant>,
    /// Why it was held: it refused what it shouldn't.
    pub held_reason: Option<String>,
    /// Messages that may go at once, as of `refilled_at`.
    pub tokens: f64,
    pub refilled_at: Instant,
    pub last_error: Option<String>,
    pub updated_at: Instant,
}

impl Session {
    /// Makes a lane's row when there is none.
    pub async fn ensure_lane(&mut self, id: &str, tokens: f64, now: Instant) -> Result<(), StoreError> {
        execute!(self, ENSURE, id, tokens, now)?;
        Ok(())
    }

    /// One lane, locked until this transaction ends.
    pub async fn lock_lane(&mut self, id: &str) -> Result<Option<Lane>, StoreError> {
        fetch_optional!(self, LOCK, Lane, id)
    }

    /// Keeps what is left of a lane's tokens.
    pub async fn keep_tokens(&mut self, id: &str, tokens: f64, refilled_at: Instant) -> Result<(), StoreError> {
        execute!(self, SPEND, id, tokens, refilled_at)?;
        Ok(())
    }

    /// Shuts a lane that couldn't be used.
    pub async fn lane_failed(&mut self, id: &str, until: Instant, error: &str, now: Instant) -> Result<(), StoreError> {
        execute!(self, FAILED, id, until, error, now)?;
        Ok(())
    }

    /// Holds a lane that refuses what it shouldn't.
    pub async fn hold_lane(&mut self, id: &str, until: Instant, reason: &str, now: Instant) -> Result<(), StoreError> {
        execute!(self, HELD, id, until, reason, now)?;
        Ok(())
    }

    /// Opens a lane again that took a message after it had failed.
    pub async fn lane_works(&mut self, id: &str, now: Instant) -> Result<bool, StoreError> {
        Ok(execute!(self, WORKS, id, now)? == 1)
    }
}

impl Store {
    /// Every lane, by id.
    pub async fn lanes(&self) -> Result<Vec<Lane>, StoreError> {
        let mut session = self.read().await?;
        fetch_all!(session, LIST, Lane)
    }
}
