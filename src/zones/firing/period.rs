//! What a firing reports: the last complete unit, or what has passed since the last run, and what it is compared with.
//!
//! A rule with one firing a day, week, month, quarter or year reports that unit; units tile the time line. A rule with
//! several days reports whole local days, one with several times a day or a cron expression reports to the minute, both
//! from where the last run ended. Days are counted from the date that the rule *names*: a report named for 23:30 that a
//! gap moves past midnight is still that day's.

use chrono::NaiveDate;

use crate::domain::cadence::{Cadence, Every, Weekday};
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::zones::Zone;
use crate::zones::span::Unit;
use crate::zones::zone::plus_days;

use super::{Firing, previous};

/// The farthest that a period reaches back to the last run, in local days, when the rule itself doesn't pause for longer.
pub const MAX_DAYS_BACK: i64 = 31;

/// The period of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodPlan {
    pub period: Period,
    pub compared_with: Option<Period>,
    /// The firing's notes, and `cut_at_31_days` or `first` where the period depends on the last run.
    pub notes: Vec<String>,
}

/// How a rule's periods are cut.
enum Cut {
    Unit(Unit),
    WholeDays,
    ToTheMinute,
}

/// The period that a firing reports, given the period of the last run that was built or skipped as empty. `None`: nothing
/// new, this has already been reported (for units: more than half of it, which only an edited rule or zone can bring about).
pub fn plan_period(
    cadence: &Cadence,
    zone: &Zone,
    week_start: Weekday,
    firing: &Firing,
    last_run: Option<Period>,
) -> Option<PeriodPlan> {
    let named = firing.occurrence().map_or_else(|| zone.date(firing.fires_at), |occurrence| occurrence.local.date());
    let (to, earliest) = match cut(cadence) {
        Cut::Unit(unit) => {
            let mut plan = last_unit(zone, unit, week_start, named)?;
            plan.notes.clone_from(&firing.notes);
            return (!last_run.is_some_and(|run| mostly_in(plan.period, run))).then_some(plan);
        }
        Cut::WholeDays => (zone.start_of_day(named), zone.start_of_day(plus_days(named, -MAX_DAYS_BACK))),
        Cut::ToTheMinute => (firing.fires_at, days_before(zone, firing.fires_at, MAX_DAYS_BACK)),
    };
    let (from, note) = match last_run {
        None => (begin_of_previous(cadence, zone, firing)?, Some("first")),
        Some(run) if run.to() >= earliest => (run.to(), None),
        Some(run) => {
            let limit = begin_of_previous(cadence, zone, firing).map_or(earliest, |begin| begin.min(earliest));
            (run.to().max(limit), (run.to() < limit).then_some("cut_at_31_days"))
        }
    };
    let period = Period::new(from, to)?;
    let notes = firing.notes.iter().cloned().chain(note.map(str::to_owned)).collect();
    Some(PeriodPlan { period, compared_with: compared_with(zone, period), notes })
}

/// The last complete period of a rule as of `now`, whatever has been reported: what a sample shows.
pub fn last_complete(cadence: &Cadence, zone: &Zone, week_start: Weekday, now: Instant) -> Option<PeriodPlan> {
    if let Cut::Unit(unit) = cut(cadence) {
        return last_unit(zone, unit, week_start, zone.date(now));
    }
    let firing = previous(cadence, zone, Instant::from_micros(now.as_micros().saturating_add(1)))?;
    plan_period(cadence, zone, week_start, &firing, None)
}

/// What a period that isn't a rule's own unit is compared with: the same span 7·n local days earlier, with the least n
/// that doesn't overlap. `None` when clock changes leave nothing of that span.
pub fn compared_with(zone: &Zone, period: Period) -> Option<Period> {
    let length = zone.local(period.to()) - zone.local(period.from());
    let least = (length.num_days() / 7).max(1);
    (least..least + 3).find_map(|weeks| {
        let earlier =
            Period::new(days_before(zone, period.from(), 7 * weeks), days_before(zone, period.to(), 7 * weeks))?;
        (earlier.to() <= period.from()).then_some(earlier)
    })
}

/// The unit that ends last before, or at the beginning of, that local date, compared with the unit before.
pub(in crate::zones) fn last_unit(zone: &Zone, unit: Unit, week_start: Weekday, date: NaiveDate) -> Option<PeriodPlan> {
    let end = unit.start(date, week_start)?;
    let (begin, period) = unit_before(zone, unit, end)?;
    let compared_with = unit_before(zone, unit, begin).map(|(_, period)| period);
    Some(PeriodPlan { period, compared_with, notes: Vec::new() })
}

/// The unit that ends where the date begins, and its first date; a day that a zone left out is no unit.
pub(in crate::zones) fn unit_before(zone: &Zone, unit: Unit, end: NaiveDate) -> Option<(NaiveDate, Period)> {
    let mut begin = unit.before(end)?;
    for _ in 0..3 {
        if let Some(period) = Period::new(zone.start_of_day(begin), zone.start_of_day(end)) {
            return Some((begin, period));
        }
        begin = unit.before(begin)?;
    }
    None
}

fn cut(cadence: &Cadence) -> Cut {
    let Cadence::Calendar { every, at, .. } = cadence else { return Cut::ToTheMinute };
    if at.len() > 1 {
        return Cut::ToTheMinute;
    }
    match every {
        Every::Day => Cut::Unit(Unit::Day),
        Every::Week(days) if days.len() == 1 => Cut::Unit(Unit::Week),
        Every::Month(days) if days.len() == 1 => Cut::Unit(Unit::Month),
        Every::Quarter(days) if days.len() == 1 => Cut::Unit(Unit::Quarter),
        Every::Year(days) if days.len() == 1 => Cut::Unit(Unit::Year),
        Every::Weekday | Every::Week(_) | Every::Month(_) | Every::Quarter(_) | Every::Year(_) => Cut::WholeDays,
    }
}

/// Where a first period begins: at the rule's previous occurrence, for whole days at the start of that local day.
fn begin_of_previous(cadence: &Cadence, zone: &Zone, firing: &Firing) -> Option<Instant> {
    let before = previous(cadence, zone, firing.fires_at)?;
    match cut(cadence) {
        Cut::ToTheMinute => Some(before.fires_at),
        Cut::Unit(_) | Cut::WholeDays => Some(zone.start_of_day(before.occurrence()?.local.date())),
    }
}

fn days_before(zone: &Zone, at: Instant, days: i64) -> Instant {
    let shown = zone.local(at);
    zone.resolve(plus_days(shown.date(), -days).and_time(shown.time())).earliest()
}

fn mostly_in(period: Period, reported: Period) -> bool {
    let shared = period.to().min(reported.to()).since(period.from().max(reported.from()));
    shared > period.to().since(period.from()) / 2
}
