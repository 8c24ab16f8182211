//! What must hold for every rule by every calendar, whatever happens on days off and whenever the calendar is edited.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveDateTime};
use proptest::prelude::*;

use super::laws::{any_rule, calendar_rule, just_before, leaves_units_out, near_a_change, rule, zones};
use super::*;
use crate::domain::cadence::{Cadence, Every, MonthDay, Rule, Weekday};
use crate::domain::calendar::{Calendar, DayOff, ExtraDay, Shift};
use crate::domain::ids::CalendarId;
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::domain::schedule::{CatchUp, OnDayOff};
use crate::zones::Zone;

/// Days off as (days from the middle, how many), extra days as days from the middle.
type Parts = (Vec<bool>, Vec<(i64, u64)>, Vec<i64>);

fn parts() -> impl Strategy<Value = Parts> {
    let worked = prop::collection::vec(any::<bool>(), 4);
    (worked, prop::collection::vec((-60..60_i64, 1..5_u64), 0..6), prop::collection::vec(-60..60_i64, 0..4))
}

/// Monday to Wednesday are always worked, the others as the parts say.
fn calendar((worked, off, extra): &Parts, middle: NaiveDate) -> Calendar {
    let hours = || vec![Shift::WHOLE_DAY];
    let date = |days: i64| {
        let span = Days::new(days.unsigned_abs());
        if days < 0 { middle - span } else { middle + span }
    };
    let mut week = std::array::from_fn(|_| hours());
    for (weekday, _) in worked.iter().enumerate().filter(|(_, worked)| !**worked) {
        week[weekday + 3] = Vec::new();
    }
    let days_off = off.iter().map(|(begin, length)| {
        let from = date(*begin);
        DayOff { from, to: from + Days::new(length - 1), name: "off".into(), source: None }
    });
    let extra = extra.iter().map(|days| ExtraDay { date: date(*days), hours: hours() });
    let id = CalendarId::parse("any").expect("an id");
    Calendar::new(id, "Any".into(), None, week, days_off.collect(), extra.collect())
}

fn policy() -> impl Strategy<Value = OnDayOff> {
    prop::sample::select(&OnDayOff::ALL[..])
}

fn forwards<'a>(rule: Rule<'a>, zone: &'a Zone, after: Instant) -> impl Iterator<Item = Firing> + 'a {
    std::iter::successors(next(rule, zone, after), move |firing| next(rule, zone, firing.fires_at))
}

/// Rules whose units need a business day that a month may not have.
fn may_lack_a_day(cadence: &Cadence) -> bool {
    let Cadence::Calendar { every: Every::Month(days), .. } = cadence else { return false };
    days.iter().any(|day| matches!(day, MonthDay::NthBusinessDay(3..)))
}

proptest! {
    #[test]
    fn next_is_strictly_after_and_previous_leads_back(
        cadence in any_rule(), parts in parts(), on_day_off in policy(), (zone, change) in near_a_change(),
        seconds in -2_000_000_i64..2_000_000,
    ) {
        let calendar = calendar(&parts, zone.date(change));
        let rule = Rule { cadence: &cadence, calendar: Some(&calendar), on_day_off };
        let after = change.plus_seconds(seconds);
        let found: Vec<Firing> = forwards(rule, &zone, after).take(4).collect();
        prop_assert!(found.first().is_none_or(|first| first.fires_at > after));
        for pair in found.windows(2) {
            prop_assert!(pair[1].fires_at > pair[0].fires_at);
            prop_assert_ne!(&pair[1].occurrence, &pair[0].occurrence);
            let back = previous(rule, &zone, pair[1].fires_at);
            prop_assert_eq!(back.as_ref(), Some(&pair[0]));
        }
        let moves = on_day_off == OnDayOff::NextWorkingDay;
        for firing in found.iter().filter(|firing| moves && firing.notes.iter().all(|note| note != "gap")) {
            prop_assert!(calendar.is_business_day(zone.date(firing.fires_at)), "{firing:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The slow way: name every date without moving any, then move each by hand.
    #[test]
    fn every_occurrence_fires_once_where_the_calendar_puts_it(
        cadence in calendar_rule(), parts in parts(), begin in -30..30_i64,
    ) {
        let zone = zones().get("UTC").expect("a zone");
        let middle: NaiveDate = "2026-06-15".parse().expect("a date");
        let calendar = calendar(&parts, middle);
        let plain = Rule { cadence: &cadence, calendar: Some(&calendar), on_day_off: OnDayOff::Send };
        let from = zone.start_of_day(middle).plus_seconds(begin * 86_400);
        let until = from.plus_seconds(25 * 86_400);
        let long_before = from.plus_seconds(-40 * 86_400);
        let mut expected: BTreeMap<NaiveDateTime, (String, NaiveDate)> = BTreeMap::new();
        for firing in forwards(plain, &zone, just_before(long_before)).take_while(|firing| firing.fires_at < until) {
            let local = zone.local(firing.fires_at);
            let date = local.date().iter_days().find(|date| calendar.is_business_day(*date)).expect("a working day");
            let entry = expected.entry(date.and_time(local.time())).or_insert((String::new(), local.date()));
            entry.0 = firing.occurrence;
        }
        let moving = Rule { on_day_off: OnDayOff::NextWorkingDay, ..plain };
        let found: Vec<_> = forwards(moving, &zone, just_before(from))
            .take_while(|firing| firing.fires_at < until)
            .map(|firing| (zone.local(firing.fires_at), (firing.occurrence, firing.since)))
            .collect();
        let (from, until) = (zone.local(from), zone.local(until));
        let expected: Vec<_> = expected.into_iter().filter(|(at, _)| from <= *at && *at < until).collect();
        // What is named before the end may fire after it, and the other way round nothing is missing.
        prop_assert_eq!(found, expected);
    }

    /// Runs made at any pace, while the calendar is edited in between.
    #[test]
    fn no_edit_of_a_calendar_repeats_or_skips_a_period(
        cadence in calendar_rule(), (before, after) in (parts(), parts()), on_day_off in policy(), (zone, change) in near_a_change(),
        (pauses, edited) in (prop::collection::vec(1..400_000_i64, 4..20), 0..12_usize),
    ) {
        prop_assume!(!leaves_units_out(&cadence) && !may_lack_a_day(&cadence) && zone.name() != "Pacific/Apia");
        let middle = zone.date(change);
        let calendars = [calendar(&before, middle), calendar(&after, middle)];
        let begin = change.plus_seconds(-20 * 86_400);
        let is_unit = matches!(&cadence, Cadence::Calendar { every, at, .. } if at.len() == 1 && match every {
            Every::Day => true,
            Every::Week(days) => days.len() == 1,
            Every::Month(days) => days.len() == 1,
            Every::Quarter(days) => days.len() == 1,
            Every::Year(days) => days.len() == 1,
            Every::Weekday => false,
        });
        let (mut last_run, mut last_fired): (Option<Period>, Option<Instant>) = (None, None);
        let mut names = std::collections::BTreeSet::new();
        let mut now = begin;
        for (step, pause) in pauses.into_iter().enumerate() {
            now = now.plus_seconds(pause);
            let calendar = &calendars[usize::from(step >= edited)];
            let input = DueInput {
                rule: Rule { cadence: &cadence, calendar: Some(calendar), on_day_off },
                zone: &zone, week_start: Weekday::Mon, catch_up: CatchUp::All, max_late_sec: Some(i64::MAX / 2_000_000),
                starts: None, ends: None, active_since: begin, paused: false, last_run, last_fired,
                owed_from: None, told: &[],
            };
            let plan = plan_due(&input, now);
            for run in &plan.runs {
                if let Some(last) = last_run {
                    let tiles = last.to() == run.plan.period.from();
                    let leaves_a_unit = on_day_off == OnDayOff::Skip && is_unit && last.to() <= run.plan.period.from();
                    // Days off in a row may leave more than a report reaches back over; it says so.
                    let is_cut = last.to() < run.plan.period.from() && run.plan.notes.iter().any(|note| note == "cut_at_31_days");
                    prop_assert!(tiles || leaves_a_unit || is_cut, "{cadence} {zone}: {last:?} then {run:?}");
                }
                prop_assert!(names.insert(run.firing.occurrence.clone()), "{} twice", run.firing.occurrence);
                last_run = Some(run.plan.period);
            }
            let newest = plan.runs.iter().map(|run| run.firing.fires_at);
            let newest = newest.chain(plan.skipped.iter().map(|range| range.last.fires_at)).max();
            last_fired = last_fired.max(newest);
        }
    }
}

#[test]
fn a_skipped_day_is_a_row_with_its_reason_and_the_next_run_tells_what_it_would_have() {
    let zone = zones().get("Europe/Kyiv").expect("a zone");
    let cadence = rule("every=week on=wed,fri at=08:00");
    // Friday, 5 June.
    let calendar =
        calendar(&(vec![true, true, false, false], vec![(4, 1)], vec![]), "2026-06-01".parse().expect("a date"));
    let at = |text: &str| zone.read_instant(text).expect("a time");
    let input = DueInput {
        rule: Rule { cadence: &cadence, calendar: Some(&calendar), on_day_off: OnDayOff::Skip },
        zone: &zone,
        week_start: Weekday::Mon,
        catch_up: CatchUp::Latest,
        max_late_sec: None,
        starts: None,
        ends: None,
        active_since: at("2026-06-01"),
        paused: false,
        last_run: Period::new(at("2026-05-29"), at("2026-06-03")),
        last_fired: Some(at("2026-06-03T08:00")),
        owed_from: None,
        told: &[],
    };
    let plan = plan_due(&input, at("2026-06-05T08:00"));
    let skipped: Vec<_> = plan.skipped.iter().map(|range| (range.count, range.reason.name())).collect();
    assert_eq!((plan.runs.len(), skipped), (0, vec![(1, "day_off")]));
    let input = DueInput { last_fired: Some(at("2026-06-05T08:00")), ..input };
    let plan = plan_due(&input, at("2026-06-10T08:00"));
    assert_eq!(plan.runs[0].plan.period, Period::new(at("2026-06-03"), at("2026-06-10")).expect("a week"));
}

#[test]
fn days_that_meet_are_told_together() {
    let zone = zones().get("Europe/Kyiv").expect("a zone");
    let cadence = rule("every=day at=08:00");
    let rule = Rule { cadence: &cadence, calendar: None, on_day_off: OnDayOff::NextWorkingDay };
    let friday = zone.read_instant("2026-06-05T09:00").expect("a time");
    let shown: Vec<String> = coming(rule, &zone, Weekday::Mon, friday, None)
        .take(2)
        .map(|(firing, plan)| {
            let date = |at| zone.date(at).format("%d").to_string();
            let compared = plan.compared_with.expect("a week before");
            format!(
                "{} {} to {} after {} to {} {}",
                firing.occurrence,
                date(plan.period.from()),
                date(plan.period.to()),
                date(compared.from()),
                date(compared.to()),
                plan.notes.join(",")
            )
        })
        .collect();
    assert_eq!(
        shown,
        ["2026-06-08T08:00#0 05 to 08 after 29 to 01 day_off", "2026-06-09T08:00#0 08 to 09 after 07 to 08 "]
    );
}
