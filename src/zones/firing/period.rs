//! What a firing reports: the last complete unit, or what has passed since the last run, and what it is compared with.

use crate::domain::cadence::{Cadence, Weekday};
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::zones::Zone;

use super::Firing;

/// The farthest that a period reaches back to the last run, in local days.
pub const MAX_DAYS_BACK: i64 = 31;

/// The period of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodPlan {
    pub period: Period,
    pub compared_with: Option<Period>,
    /// The firing's notes, and `first` or `cut_at_31_days`.
    pub notes: Vec<String>,
}

/// The period that a firing reports, given where the last run's period ended. `None`: nothing new, that period (or more)
/// has already been reported.
pub fn plan_period(
    _cadence: &Cadence,
    _zone: &Zone,
    _week_start: Weekday,
    _firing: &Firing,
    _last_run_end: Option<Instant>,
) -> Option<PeriodPlan> {
    None
}

/// The last complete period of a rule as of `now`, whatever has been reported: what a sample shows.
pub fn last_complete(_cadence: &Cadence, _zone: &Zone, _week_start: Weekday, _now: Instant) -> Option<PeriodPlan> {
    None
}

/// What a period that isn't a rule's own unit is compared with: the same span 7·n local days earlier, with the least n
/// that doesn't overlap.
pub fn compared_with(_zone: &Zone, _period: Period) -> Option<Period> {
    None
}
