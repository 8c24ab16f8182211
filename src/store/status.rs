//! What the status page and the metrics say about the database's rows.

use super::holds::Hold;
use super::runs::StoredRun;
use super::{Session, Sql, Store, StoreError};
use super::{fetch_all, fetch_one, sql};
use crate::domain::instant::Instant;

const DELIVERIES: Sql = sql!("status/deliveries");
const RUNS: Sql = sql!("status/runs");
const HELD: Sql = sql!("status/held");
const LANES: Sql = sql!("status/lanes");
const SCHEDULES: Sql = sql!("status/schedules");
const WAITING: Sql = sql!("deliveries/waiting");
const PING: Sql = sql!("status/ping");
const LAST_WRITTEN: Sql = sql!("status/last_written");
const CLOCK: Sql = sql!(twin "status/clock");

/// The value in `meta` under which the job that removes old rows keeps its account.
pub const FORGOTTEN: &str = "forgotten";

/// One lane as it stands.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LaneStatus {
    pub id: String,
    /// In a row.
    pub failures: i64,
    pub shut_until: Option<Instant>,
    pub held_reason: Option<String>,
    pub last_error: Option<String>,
}

/// Schedules in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct ScheduleStatus {
    pub total: i64,
    /// Due and not yet fired.
    pub overdue: i64,
    pub next_fire_at: Option<Instant>,
}

/// What stands in the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Queue {
    pub total: i64,
    /// Those that were tried, or are put off: not before `next_at`.
    pub later: i64,
    /// When the first of those may go.
    pub next_at: Option<Instant>,
    /// Counted apart: made, and put off to the hour at which their readers hear of such things.
    pub for_their_hour: i64,
    /// When the first of those goes out.
    pub first_hour: Option<Instant>,
}

/// Everything at one look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoreStatus {
    /// By state; states without a row are absent.
    pub deliveries: Vec<(String, i64)>,
    pub runs: Vec<(String, i64)>,
    /// Runs that wait for calls, the longest due first; at most [`MOST_WAITING`].
    pub waiting: Vec<StoredRun>,
    /// How many of all that wait are held beyond their time.
    pub held: i64,
    /// What of sending is held by somebody of ours.
    pub holds: Vec<Hold>,
    pub lanes: Vec<LaneStatus>,
    pub schedules: ScheduleStatus,
    /// What was removed because it is older than it is kept: JSON that the job writes.
    pub forgotten: Option<String>,
}

/// So many runs that wait for calls are named; all are counted.
pub const MOST_WAITING: i64 = 50;

impl Session {
    /// Work that is open, lanes and schedules, as they stand.
    pub async fn status(&mut self, now: Instant) -> Result<StoreStatus, StoreError> {
        Ok(StoreStatus {
            deliveries: fetch_all!(self, DELIVERIES, (String, i64))?,
            runs: fetch_all!(self, RUNS, (String, i64))?,
            waiting: self.waiting_runs(None, MOST_WAITING).await?,
            held: fetch_one!(self, HELD, (i64,))?.0,
            holds: self.holds().await?,
            lanes: fetch_all!(self, LANES, LaneStatus)?,
            schedules: fetch_one!(self, SCHEDULES, ScheduleStatus, now)?,
            forgotten: self.meta(FORGOTTEN).await?,
        })
    }

    /// Deliveries that are made and haven't left the queue, of one schedule or of all.
    pub async fn waiting_deliveries(&mut self, now: Instant, schedule: Option<&str>) -> Result<Queue, StoreError> {
        fetch_one!(self, WAITING, Queue, now, schedule)
    }

    /// An error when the database doesn't answer, or its structure isn't there.
    pub async fn ping(&mut self) -> Result<(), StoreError> {
        fetch_one!(self, PING, (i64,)).map(|_| ())
    }

    /// When the ledger or the trace of changes was written last.
    pub async fn last_written(&mut self) -> Result<Option<Instant>, StoreError> {
        fetch_one!(self, LAST_WRITTEN, (Option<Instant>,)).map(|(at,)| at)
    }

    /// What the server's clock shows; `None` for an embedded database, which has no other than the machine's.
    pub async fn clock(&mut self) -> Result<Option<Instant>, StoreError> {
        fetch_one!(self, CLOCK, (Option<Instant>,)).map(|(now,)| now)
    }
}

impl Store {
    /// When the ledger or the trace of changes was written last.
    pub async fn last_written(&self) -> Result<Option<Instant>, StoreError> {
        self.read().await?.last_written().await
    }
}
