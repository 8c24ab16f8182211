//! Periods that people name: `2026-W23`, `2026-06`, `2026-06-01..2026-06-08`, `last-week`.

use crate::domain::cadence::Weekday;
use crate::domain::instant::Instant;
use crate::domain::period::Period;

use super::Zone;
use super::firing::PeriodPlan;

/// What a period is to people, for its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    /// Anything else.
    Span,
}

/// Why a text names no period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` {why}")]
pub struct InvalidPeriod {
    pub text: String,
    pub why: String,
}

/// Reads a period of the zone's local dates: `2026-06-03`, `2026-W23` (ISO: from Monday), `2026-06`, `2026-Q2`, `2026`,
/// `2026-06-01..2026-06-08` (half-open), `yesterday`, `last-week` (from `week_start`), `last-month`, `last-quarter`,
/// `last-year`.
pub fn parse_period(
    text: &str,
    _zone: &Zone,
    _week_start: Weekday,
    _now: Instant,
) -> Result<PeriodPlan, InvalidPeriod> {
    Err(InvalidPeriod { text: text.to_owned(), why: "can't be read yet".to_owned() })
}

/// Whether a period is exactly one local day, week (from `week_start`), month, quarter or year.
pub fn unit_of(_period: Period, _zone: &Zone, _week_start: Weekday) -> Unit {
    Unit::Span
}
