//! What the watch looks at: reports on their way, sources, balances.

use super::{Sql, Store, StoreError, fetch_all, sql};
use crate::domain::instant::Instant;

const MAKING: Sql = sql!("watch/making");
const WAITING: Sql = sql!("watch/waiting");
const SOURCES: Sql = sql!("watch/sources");
const BALANCES: Sql = sql!("watch/balances");
const USAGE: Sql = sql!(twin "watch/usage");

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

/// A balance whose usage wasn't told for a while.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct UntoldUsage {
    pub project: i64,
    /// The balance's.
    pub name: String,
    /// When the balance was last told.
    pub as_of: Instant,
    /// IANA name of the project's zone.
    pub zone: String,
    pub first_usage: Instant,
    pub last_usage: Instant,
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

    /// Balances of which usage was told until some time between these two moments. It looks at every balance.
    pub async fn untold_usage(&self, from: Instant, to: Instant) -> Result<Vec<UntoldUsage>, StoreError> {
        let mut session = self.read().await?;
        fetch_all!(session, USAGE, UntoldUsage, to, from)
    }
}
