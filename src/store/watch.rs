//! What the watch looks at: reports on their way, sources, balances.

use super::{Sql, Store, StoreError, fetch_all, sql};
use crate::domain::instant::Instant;

const MAKING: Sql = sql!("watch/making");
const WAITING: Sql = sql!("watch/waiting");
const SOURCES: Sql = sql!("watch/sources");
const BALANCES: Sql = sql!("watch/balances");

/// Reports of a project that aren't taken yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LateReports {
    pub project: i64,
    /// The oldest is due or made since then.
    pub since: Instant,
    pub late: i64,
}

/// A source that may be expected to tell something.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct WatchedSource {
    pub id: i64,
    pub project: i64,
    pub name: String,
    pub told_until: Option<Instant>,
}

/// A balance that nobody told for long.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OldBalance {
    pub project: i64,
    pub name: String,
    pub as_of: Instant,
}

impl Store {
    /// Reports that are due and not made, and those that wait for a relay, by project.
    pub async fn late_reports(&self) -> Result<Vec<LateReports>, StoreError> {
        let mut session = self.read().await?;
        let mut late = fetch_all!(session, MAKING, LateReports)?;
        late.extend(fetch_all!(session, WAITING, LateReports)?);
        Ok(late)
    }

    /// Sources that say what they cover, or that are no files.
    pub async fn watched_sources(&self) -> Result<Vec<WatchedSource>, StoreError> {
        let mut session = self.read().await?;
        fetch_all!(session, SOURCES, WatchedSource)
    }

    /// Balances that weren't told since then.
    pub async fn old_balances(&self, since: Instant) -> Result<Vec<OldBalance>, StoreError> {
        let mut session = self.read().await?;
        fetch_all!(session, BALANCES, OldBalance, since)
    }
}
