//! What to do about the occurrences that have passed: a pure decision with a named reason for each that isn't run.

use crate::domain::cadence::{Cadence, Weekday};
use crate::domain::instant::Instant;
use crate::domain::schedule::{CatchUp, Schedule};
use crate::zones::Zone;

use super::{Firing, PeriodPlan};

/// A firing that is worked on later than this after its time is late: its report says so and respects quiet hours.
pub const LATE_AFTER_SECONDS: i64 = 300;

/// The most runs that one plan holds; the rest follow in the next.
pub const MAX_RUNS: usize = 100;

/// What the decision needs to know about a schedule.
#[derive(Clone, Debug)]
pub struct DueInput<'a> {
    pub cadence: &'a Cadence,
    pub zone: &'a Zone,
    /// The project's.
    pub week_start: Weekday,
    pub catch_up: CatchUp,
    /// `None`: the time to the rule's next firing.
    pub max_late_sec: Option<i64>,
    /// No occurrence before this.
    pub starts: Option<Instant>,
    /// No occurrence at or after this.
    pub ends: Option<Instant>,
    /// Creation, or the end of a pause: no occurrence before this.
    pub active_since: Instant,
    pub paused: bool,
    /// Where the period of the last run ended that was built or skipped as empty.
    pub last_run_end: Option<Instant>,
    /// The latest `fires_at` that has a run, whatever became of it.
    pub last_fired: Option<Instant>,
}

impl<'a> DueInput<'a> {
    /// From a schedule as it stands.
    pub fn of(
        schedule: &'a Schedule,
        zone: &'a Zone,
        week_start: Weekday,
        last_run_end: Option<Instant>,
        last_fired: Option<Instant>,
    ) -> Self {
        Self {
            cadence: &schedule.cadence,
            zone,
            week_start,
            catch_up: schedule.catch_up,
            max_late_sec: schedule.max_late_sec,
            starts: schedule.starts,
            ends: schedule.ends,
            active_since: schedule.active_since,
            paused: schedule.paused,
            last_run_end,
            last_fired,
        }
    }
}

/// A run to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRun {
    pub firing: Firing,
    pub plan: PeriodPlan,
    /// By more than [`LATE_AFTER_SECONDS`].
    pub late: bool,
}

/// Why an occurrence that has passed isn't run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SkipReason {
    /// A newer one is due as well (`catch_up = "latest"`).
    Superseded,
    /// Missed, and `catch_up = "skip"`.
    Missed,
    /// Later than `max_late`.
    TooLate,
    /// Its period has been reported under an earlier rule, time or zone.
    AlreadyReported,
}

impl SkipReason {
    /// The stored word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Superseded => "superseded",
            Self::Missed => "missed",
            Self::TooLate => "too_late",
            Self::AlreadyReported => "already_reported",
        }
    }
}

/// Occurrences in a row that aren't run: one row with a count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedRange {
    pub first: Firing,
    pub last: Firing,
    pub count: usize,
    pub reason: SkipReason,
}

/// The decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DuePlan {
    /// To run now, oldest first.
    pub runs: Vec<PlannedRun>,
    /// Not to run, oldest first; at most one range a reason in a row.
    pub skipped: Vec<SkippedRange>,
    /// What comes after all these; it may be due already when the plan is full ([`MAX_RUNS`]).
    pub next: Option<Firing>,
}

/// What to run, what to skip and what comes next, as of `now`.
pub fn plan_due(_input: &DueInput<'_>, _now: Instant) -> DuePlan {
    DuePlan::default()
}

/// The first occurrence that has no run yet, due or to come: the cache `next_fire_at`. An edited rule counts from the last
/// firing, not from the edit, so that an edit neither repeats nor skips a period.
pub fn next_due(_input: &DueInput<'_>) -> Option<Firing> {
    None
}
