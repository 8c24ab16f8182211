//! What a firing reports: the last complete unit, or what has passed since the last run, and what it is compared with.
//!
//! A rule with one firing a day, week, month, quarter or year reports that unit; units tile the time line. A rule with
//! several days reports whole local days, one with several times a day or a cron expression reports to the minute, both
//! from where the last run ended. Days are counted from the date that the rule *names*: a report named for 23:30 that a
//! gap moves past midnight is still that day's.

use chrono::NaiveDate;

use crate::domain::cadence::{Cadence, Every, Rule, Weekday};
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::zones::Zone;
use crate::zones::span::Unit;
use crate::zones::zone::plus_days;

use super::{Firing, previous_sent};

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

/// How far reports have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LastPeriod {
    /// The period of the last run that was built or skipped as empty.
    pub run: Option<Period>,
    /// Where that period ended when an edit left what follows it untold.
    pub owed_from: Option<Instant>,
}

impl From<Option<Period>> for LastPeriod {
    fn from(run: Option<Period>) -> Self {
        Self { run, owed_from: None }
    }
}

/// How a rule's periods are cut.
enum Cut {
    Unit(Unit),
    WholeDays,
    ToTheMinute,
}

/// The period that a firing reports, given the period of the last run that was built or skipped as empty. `None`: nothing
/// new, this has already been reported (for units: more than half of it, which only an edited rule or zone can bring about).
/// A day off moves a firing and never its period; where several meet, their units are one period. What an edit left untold
/// (from weekly to daily: the days since the last week) is told by the first unit's report.
pub fn plan_period<'a>(
    rule: impl Into<Rule<'a>>,
    zone: &Zone,
    week_start: Weekday,
    firing: &Firing,
    last: impl Into<LastPeriod>,
) -> Option<PeriodPlan> {
    let rule = rule.into();
    plan_period_after(rule, zone, week_start, firing, last.into(), || previous_sent(rule, zone, firing.fires_at))
}

/// The same for somebody who goes along the firings and knows which was the last one sent before this: where a rule skips
/// long stretches, to look for it is a walk over all of them.
pub(super) fn plan_period_after(
    rule: Rule<'_>,
    zone: &Zone,
    week_start: Weekday,
    firing: &Firing,
    last: LastPeriod,
    sent_before: impl FnOnce() -> Option<Firing>,
) -> Option<PeriodPlan> {
    let last_run = last.run;
    let named = firing.occurrence().map_or_else(|| zone.date(firing.fires_at), |occurrence| occurrence.local.date());
    let (to, earliest) = match cut(rule.cadence) {
        Cut::Unit(unit) => return plan_units(zone, unit, week_start, (firing, named), last),
        Cut::WholeDays => (zone.start_of_day(named), zone.start_of_day(plus_days(named, -MAX_DAYS_BACK))),
        Cut::ToTheMinute => {
            let to = firing.named_at(zone);
            (to, days_before(zone, to, MAX_DAYS_BACK))
        }
    };
    let (from, note) = match last_run {
        None => (begin_of(rule, zone, &sent_before()?)?, Some("first")),
        Some(run) if run.to() >= earliest => (run.to(), None),
        Some(run) => {
            let begin = sent_before().and_then(|before| begin_of(rule, zone, &before));
            let limit = begin.map_or(earliest, |begin| begin.min(earliest));
            (run.to().max(limit), (run.to() < limit).then_some("cut_at_31_days"))
        }
    };
    let period = Period::new(from, to)?;
    let notes = firing.notes.iter().cloned().chain(note.map(str::to_owned)).collect();
    Some(PeriodPlan { period, compared_with: compared_with(zone, period), notes })
}

/// The unit that is complete at the named date, and those of the days that meet there as far as they aren't reported.
fn plan_units(
    zone: &Zone,
    unit: Unit,
    week_start: Weekday,
    (firing, named): (&Firing, NaiveDate),
    last: LastPeriod,
) -> Option<PeriodPlan> {
    let is_reported = |period: Period| last.run.is_some_and(|run| mostly_in(period, run));
    let mut plan = last_unit(zone, unit, week_start, named)?;
    plan.notes.clone_from(&firing.notes);
    if is_reported(plan.period) {
        return None;
    }
    let newest = plan.period;
    let first = last_unit(zone, unit, week_start, firing.since)?.period.from();
    while plan.period.from() > first {
        let (_, before) = unit_before(zone, unit, zone.date(plan.period.from()))?;
        if is_reported(before) {
            break;
        }
        plan.period = Period::new(before.from(), newest.to())?;
    }
    let owed = last.owed_from.filter(|owed| last.run.is_some_and(|run| run.to() == *owed));
    if let Some(owed) = owed.filter(|owed| *owed < plan.period.from()) {
        let earliest = days_before(zone, newest.to(), MAX_DAYS_BACK).min(plan.period.from());
        plan.period = Period::new(owed.max(earliest), newest.to())?;
        if owed < earliest {
            plan.notes.push("cut_at_31_days".to_owned());
        }
    }
    if plan.period != newest {
        plan.compared_with = compared_with(zone, plan.period);
    }
    Some(plan)
}

/// The last complete period of a rule as of `now`, whatever has been reported: what a sample shows.
pub fn last_complete<'a>(
    rule: impl Into<Rule<'a>>,
    zone: &Zone,
    week_start: Weekday,
    now: Instant,
) -> Option<PeriodPlan> {
    let rule = rule.into();
    if let Cut::Unit(unit) = cut(rule.cadence) {
        return last_unit(zone, unit, week_start, zone.date(now));
    }
    let firing = previous_sent(rule, zone, Instant::from_micros(now.as_micros().saturating_add(1)))?;
    plan_period(rule, zone, week_start, &firing, None)
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

/// Where a first period begins when that was the rule's previous occurrence: there, for whole days at the start of that local day.
fn begin_of(rule: Rule<'_>, zone: &Zone, before: &Firing) -> Option<Instant> {
    match cut(rule.cadence) {
        Cut::ToTheMinute => Some(before.named_at(zone)),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::firing::laws::{rule, zones};
    use crate::zones::firing::next;

    fn kyiv() -> Zone {
        zones().get("Europe/Kyiv").unwrap()
    }

    fn at(text: &str) -> Instant {
        kyiv().read_instant(text).unwrap()
    }

    fn period(from: &str, to: &str) -> Period {
        Period::new(at(from), at(to)).unwrap()
    }

    fn shown(period: Period) -> String {
        let text = |at| kyiv().local(at).format("%m-%d %H:%M").to_string();
        format!("{} to {}", text(period.from()), text(period.to()))
    }

    /// `period | compared with | notes` of the first firing after an instant.
    fn plan(words: &str, after: &str, last_run: Option<Period>) -> String {
        let rule = rule(words);
        let firing = next(&rule, &kyiv(), at(after)).unwrap();
        let plan = plan_period(&rule, &kyiv(), Weekday::Mon, &firing, last_run);
        plan.map_or("nothing new".to_owned(), |plan| {
            let before = plan.compared_with.map_or("-".to_owned(), shown);
            format!("{} | {before} | {}", shown(plan.period), plan.notes.join(" "))
        })
    }

    #[test]
    fn one_firing_a_unit_reports_the_last_complete_unit() {
        for (words, after, expected) in [
            ("every=day at=08:00", "2026-06-03", "06-02 00:00 to 06-03 00:00 | 06-01 00:00 to 06-02 00:00 | "),
            ("every=week at=08:00", "2026-06-08", "06-01 00:00 to 06-08 00:00 | 05-25 00:00 to 06-01 00:00 | "),
            ("every=week on=wed at=08:00", "2026-06-08", "06-01 00:00 to 06-08 00:00 | 05-25 00:00 to 06-01 00:00 | "),
            ("every=month at=08:00", "2026-03-01", "02-01 00:00 to 03-01 00:00 | 01-01 00:00 to 02-01 00:00 | "),
            (
                "every=month on=last at=08:00",
                "2026-03-01",
                "02-01 00:00 to 03-01 00:00 | 01-01 00:00 to 02-01 00:00 | ",
            ),
            ("every=quarter at=08:00", "2026-05-01", "04-01 00:00 to 07-01 00:00 | 01-01 00:00 to 04-01 00:00 | "),
            ("every=year at=08:00", "2026-05-01", "01-01 00:00 to 01-01 00:00 | 01-01 00:00 to 01-01 00:00 | "),
            ("every=day at=03:30", "2026-03-29", "03-28 00:00 to 03-29 00:00 | 03-27 00:00 to 03-28 00:00 | gap"),
            ("every=day at=08:00", "2026-03-30", "03-29 00:00 to 03-30 00:00 | 03-28 00:00 to 03-29 00:00 | "),
        ] {
            assert_eq!(plan(words, after, None), expected, "{words} {after}");
        }
    }

    #[test]
    fn several_days_report_whole_days_since_the_last_run() {
        let friday = period("2026-06-04", "2026-06-05");
        let monday = plan("every=weekday at=08:00", "2026-06-06", Some(friday));
        assert_eq!(monday, "06-05 00:00 to 06-08 00:00 | 05-29 00:00 to 06-01 00:00 | ");
        let tuesday = plan("every=weekday at=08:00", "2026-06-09", Some(period("2026-06-05", "2026-06-08")));
        assert_eq!(tuesday, "06-08 00:00 to 06-09 00:00 | 06-01 00:00 to 06-02 00:00 | ");
        let first = plan("every=weekday at=08:00", "2026-06-06", None);
        assert_eq!(first, "06-05 00:00 to 06-08 00:00 | 05-29 00:00 to 06-01 00:00 | first");
        let missed = plan("every=weekday at=08:00", "2026-06-06", Some(period("2026-05-20", "2026-05-21")));
        assert_eq!(missed, "05-21 00:00 to 06-08 00:00 | 04-30 00:00 to 05-18 00:00 | ");
        let long_ago = plan("every=weekday at=08:00", "2026-06-06", Some(period("2026-01-20", "2026-01-21")));
        assert_eq!(long_ago, "05-08 00:00 to 06-08 00:00 | 04-03 00:00 to 05-04 00:00 | cut_at_31_days");
        assert_eq!(
            plan("every=weekday at=08:00", "2026-06-08", Some(period("2026-06-05", "2026-06-08"))),
            "nothing new"
        );
    }

    #[test]
    fn several_times_and_cron_report_to_the_minute() {
        let morning =
            plan("every=day at=09:00,17:30", "2026-06-03", Some(period("2026-06-02T09:00", "2026-06-02T17:30")));
        assert_eq!(morning, "06-02 17:30 to 06-03 09:00 | 05-26 17:30 to 05-27 09:00 | ");
        let first = plan("cron=0 9 * * MON", "2026-06-03", None);
        assert_eq!(first, "06-01 09:00 to 06-08 09:00 | 05-25 09:00 to 06-01 09:00 | first");
        let long_ago = plan("cron=0 9 * * MON", "2026-06-03", Some(period("2026-01-01", "2026-01-02")));
        assert_eq!(long_ago, "05-08 09:00 to 06-08 09:00 | 04-03 09:00 to 05-04 09:00 | cut_at_31_days");
        let rare = plan("cron=0 9 1 1,7 *", "2026-06-03", Some(period("2025-07-01T09:00", "2026-01-01T09:00")));
        assert_eq!(
            rare, "01-01 09:00 to 07-01 09:00 | 07-03 09:00 to 12-31 09:00 | ",
            "the rule itself pauses for longer"
        );
    }

    #[test]
    fn days_count_from_the_date_that_the_rule_names() {
        let zone = zones().get("America/Nuuk").unwrap();
        let rule = rule("every=day at=23:30");
        let moved = next(&rule, &zone, zone.read_instant("2026-03-28T20:00").unwrap()).unwrap();
        assert_eq!(moved.local, "2026-03-29T00:00:00-01:00");
        let plan = plan_period(&rule, &zone, Weekday::Mon, &moved, None).unwrap();
        assert_eq!(zone.rfc3339(plan.period.to()), "2026-03-28T00:00:00-02:00");
    }

    #[test]
    fn an_edited_rule_repeats_nothing() {
        let week = period("2026-06-01", "2026-06-08");
        assert_eq!(plan("every=week on=mon at=11:00", "2026-06-08", Some(week)), "nothing new");
        assert_eq!(plan("every=week on=fri at=11:00", "2026-06-08", Some(week)), "nothing new");
        let sunday = period("2026-06-07", "2026-06-08");
        assert!(
            plan("every=week on=mon at=11:00", "2026-06-08", Some(sunday)).starts_with("06-01 00:00 to 06-08 00:00")
        );
        assert_eq!(plan("every=day at=11:00", "2026-06-08", Some(sunday)), "nothing new");
    }

    #[test]
    fn a_sample_shows_the_last_complete_period() {
        let shown_at = |words: &str, now: &str| {
            last_complete(&rule(words), &kyiv(), Weekday::Sun, at(now)).map(|plan| shown(plan.period)).unwrap()
        };
        assert_eq!(shown_at("every=week on=mon at=08:00", "2026-06-10T12:00"), "05-31 00:00 to 06-07 00:00");
        assert_eq!(shown_at("every=weekday at=08:00", "2026-06-08T08:00"), "06-05 00:00 to 06-08 00:00");
        assert_eq!(shown_at("cron=0 9 * * *", "2026-06-08T12:00"), "06-07 09:00 to 06-08 09:00");
    }
}
