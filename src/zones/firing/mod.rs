//! When a rule fires in its zone, and which period each firing reports.
//!
//! A rule names local date-times; this module says which instants they are. One that doesn't exist fires once, at the end
//! of the gap; one that exists twice fires once, at the first pass; two that come out at one instant are one firing.
//! Cron expressions with `*` in minute or hour follow the real clock instead: both passes, nothing made up in a gap.
//! `walk` goes along the firings, `period` says what each reports, `due` what to do about those that have passed,
//! `check` refuses rules that never fire or too often.

mod check;
mod coming;
#[cfg(test)]
mod days_off;
mod due;
#[cfg(test)]
mod laws;
mod period;
mod walk;

pub use check::{CadenceProblem, check};
pub use coming::coming;
pub use due::{
    COMES_AGAIN_SEC, DueInput, DuePlan, LATE_AFTER_SECONDS, MAX_RUNS, PlannedRun, SkipReason, SkippedRange, next_due,
    plan_due,
};
pub use period::{LastPeriod, MAX_DAYS_BACK, PeriodPlan, compared_with, last_complete, plan_period};
pub(super) use period::{last_unit, unit_before};
pub use walk::{DAY_OFF, Firing, next, next_sent, previous, previous_sent};
