//! What must hold for every rule in every zone, tried with random ones, and the slow, obvious second computation: look at
//! each minute of the real clock, ask what the wall shows, and ask whether the rule names that.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::domain::cadence::{Cadence, Every, MonthDay, QuarterDay, ShortMonth, Weekday, Words, parse};
use crate::domain::instant::Instant;
use crate::domain::occurrence::Occurrence;
use crate::zones::{Zone, Zones};

/// A rule from words: `every=week on=mon,thu at=09:00`, `cron=0 9 * * *`.
pub(super) fn rule(words: &str) -> Cadence {
    let mut parsed = Words::default();
    if let Some(fields) = words.strip_prefix("cron=") {
        parsed.cron = Some(fields.to_owned());
    } else {
        for (key, value) in words.split_whitespace().filter_map(|word| word.split_once('=')) {
            let value = value.replace('_', " ");
            match key {
                "every" => parsed.every = Some(value),
                "on" => parsed.on.push(value),
                "at" => parsed.at.push(value),
                "short" | "short_month" => parsed.short_month = Some(value),
                _ => panic!("{words}"),
            }
        }
    }
    parse(&parsed, Weekday::Mon).unwrap_or_else(|problems| panic!("{words}: {problems:?}"))
}

pub(super) fn zones() -> &'static Zones {
    static ZONES: LazyLock<Zones> = LazyLock::new(Zones::bundled);
    &ZONES
}

/// Zones with every kind of trouble: midnight gaps, half an hour, two hours, a missing day, a month of Ramadan, none.
const TROUBLED: &[&str] = &[
    "Europe/Kyiv",
    "America/New_York",
    "America/Nuuk",
    "Africa/Cairo",
    "America/Havana",
    "America/Santiago",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "Africa/Casablanca",
    "America/St_Johns",
    "Asia/Gaza",
    "Pacific/Chatham",
    "Asia/Tehran",
    "UTC",
];

/// A zone and an instant near one of its clock changes.
pub(super) fn near_a_change() -> impl Strategy<Value = (Zone, Instant)> {
    let normal = (0..TROUBLED.len(), 2024..2032_i32, 0..4_usize).prop_map(|(zone, year, nth)| {
        let zone = zones().get(TROUBLED[zone]).unwrap();
        let from = zone.start_of_day(NaiveDate::from_ymd_opt(year, 1, 1).unwrap());
        let changes = std::iter::successors(zone.next_change(from), |(at, _)| zone.next_change(*at));
        let at = changes.take(nth + 1).last().map_or(from, |(at, _)| at);
        (zone, at)
    });
    let apia = Just(()).prop_map(|()| {
        let zone = zones().get("Pacific/Apia").unwrap();
        (zone, Instant::parse_rfc3339("2011-12-30T10:00:00Z").unwrap())
    });
    prop_oneof![12 => normal, 1 => apia]
}

fn time() -> impl Strategy<Value = String> {
    let near_midnight_or_two = prop_oneof![Just(0), Just(1), Just(2), Just(3), Just(23), 0..24_u32];
    (near_midnight_or_two, 0..60_u32).prop_map(|(hour, minute)| format!("{hour:02}:{minute:02}"))
}

pub(super) fn calendar_rule() -> impl Strategy<Value = Cadence> {
    let weekday = prop::sample::select(&Weekday::ALL[..]).prop_map(|day| day.name().to_owned());
    let month_day = prop_oneof![
        (1..=31_u8).prop_map(|day| day.to_string()),
        Just("last".to_owned()),
        Just("last-business-day".to_owned()),
        (1..=5_usize).prop_map(|nth| format!("{}-business-day", ["first", "2nd", "third", "4th", "fifth"][nth - 1])),
        (prop::sample::select(&["first", "third", "fifth", "last"][..]), prop::sample::select(&Weekday::ALL[..]))
            .prop_map(|(nth, day)| format!("{nth}_{}", day.name())),
    ];
    let quarter_day = prop_oneof![
        (1..=3_u8, 1..=31_u8).prop_map(|(month, day)| format!("{month}-{day:02}")),
        Just("last".to_owned()),
        Just("last-business-day".to_owned()),
    ];
    let list = |one: BoxedStrategy<String>| prop::collection::vec(one, 1..4).prop_map(|days| days.join(","));
    let every = prop_oneof![
        3 => Just("every=day".to_owned()),
        1 => Just("every=weekday".to_owned()),
        2 => list(weekday.boxed()).prop_map(|on| format!("every=week on={on}")),
        3 => (list(month_day.boxed()), prop::bool::ANY)
            .prop_map(|(on, skip)| format!("every=month on={on} short_month={}", if skip { "skip" } else { "clamp" })),
        1 => list(quarter_day.boxed()).prop_map(|on| format!("every=quarter on={on}")),
        1 => prop::sample::select(&["03-29", "10-25", "02-29", "12-31", "01-01"][..]).prop_map(|on| format!("every=year on={on}")),
    ];
    let times = prop::collection::vec(time(), 1..4).prop_map(|times| times.join(","));
    (every, times).prop_map(|(every, at)| rule(&format!("{every} at={at}")))
}

fn cron_rule() -> impl Strategy<Value = Cadence> {
    let minute =
        prop_oneof![Just("*/15".to_owned()), Just("*".to_owned()), (0..60_u32).prop_map(|minute| minute.to_string())];
    let hour = prop_oneof![Just("*".to_owned()), Just("1-3".to_owned()), (0..24_u32).prop_map(|hour| hour.to_string())];
    let day = prop_oneof![Just("*"), Just("25-31"), Just("*/2")];
    let weekday = prop_oneof![Just("*"), Just("0"), Just("sat,sun"), Just("1-5")];
    (minute, hour, day, weekday)
        .prop_map(|(minute, hour, day, weekday)| rule(&format!("cron={minute} {hour} {day} * {weekday}")))
}

pub(super) fn any_rule() -> impl Strategy<Value = Cadence> {
    prop_oneof![2 => calendar_rule(), 1 => cron_rule()]
}

/// Whether a rule names a local minute, decided from its definition alone.
fn names(cadence: &Cadence, local: NaiveDateTime) -> bool {
    let date = local.date();
    let Cadence::Calendar { every, at, short_month } = cadence else {
        let Cadence::Cron(expression) = cadence else { unreachable!() };
        return expression.names_day(date) && expression.times().contains(&local.time());
    };
    let last = (28..=31).rev().find_map(|day| date.with_day(day)).unwrap();
    let business = |date: NaiveDate| date.weekday().num_days_from_monday() < 5;
    let last_business = (0..7).map(|back| last - Days::new(back)).find(|date| business(*date)).unwrap();
    let numbered = |day: u8| match short_month {
        ShortMonth::Clamp => date.day() == u32::from(day).min(last.day()),
        ShortMonth::Skip => date.day() == u32::from(day),
    };
    let weekday = Weekday::from_index(date.weekday().num_days_from_monday() as u8);
    let of_quarter = (date.month() - 1) % 3 + 1;
    let day_fits = match every {
        Every::Day => true,
        Every::Weekday => business(date),
        Every::Week(days) => days.contains(&weekday),
        Every::Month(days) => days.iter().any(|day| match day {
            MonthDay::Day(day) => numbered(*day),
            MonthDay::Last => date == last,
            MonthDay::LastBusinessDay => date == last_business,
            MonthDay::NthBusinessDay(nth) => {
                let of_month = (1..=date.day()).filter_map(|day| date.with_day(day));
                business(date) && of_month.filter(|date| business(*date)).count() == usize::from(*nth)
            }
            MonthDay::NthWeekday { nth: -1, weekday: wanted } => weekday == *wanted && date.day() + 7 > last.day(),
            MonthDay::NthWeekday { nth, weekday: wanted } => {
                weekday == *wanted && (date.day() - 1) / 7 + 1 == u32::from(nth.unsigned_abs())
            }
        }),
        Every::Quarter(days) => days.iter().any(|day| match day {
            QuarterDay::MonthDay { month, day } => of_quarter == u32::from(*month) && numbered(*day),
            QuarterDay::Last => of_quarter == 3 && date == last,
            QuarterDay::LastBusinessDay => of_quarter == 3 && date == last_business,
        }),
        Every::Year(days) => days.iter().any(|(month, day)| date.month() == u32::from(*month) && numbered(*day)),
    };
    day_fits && at.contains(&local.time())
}

/// Every firing in `[from, to)`, found by looking at each minute.
fn minute_by_minute(cadence: &Cadence, zone: &Zone, from: Instant, to: Instant) -> Vec<(Instant, String)> {
    const MINUTE: i64 = 60;
    let minute = TimeDelta::minutes(1);
    let lead_in = from.plus_seconds(-30 * 3600);
    let mut latest_shown = zone.local(lead_in);
    let mut firings = BTreeMap::new();
    let mut at = lead_in.plus_seconds(MINUTE);
    while at < to {
        let shown = zone.local(at);
        if cadence.follows_real_clock() {
            let pass = u8::from(shown <= latest_shown);
            if names(cadence, shown) {
                firings.insert(at, Occurrence { local: shown, pass }.to_string());
            }
        } else {
            let mut named = latest_shown + minute;
            while named <= shown {
                if names(cadence, named) {
                    firings.entry(at).or_insert_with(|| Occurrence { local: named, pass: 0 }.to_string());
                }
                named += minute;
            }
        }
        latest_shown = latest_shown.max(shown);
        at = at.plus_seconds(MINUTE);
    }
    firings.into_iter().filter(|(at, _)| *at >= from).collect()
}

fn forwards<'a>(cadence: &'a Cadence, zone: &'a Zone, after: Instant) -> impl Iterator<Item = Firing> + 'a {
    std::iter::successors(next(cadence, zone, after), move |firing| next(cadence, zone, firing.fires_at))
}

/// One day a unit that not every such unit has: units without a firing are in no report, as was asked for.
pub(super) fn leaves_units_out(cadence: &Cadence) -> bool {
    let Cadence::Calendar { every, short_month, at } = cadence else { return false };
    let skips = *short_month == ShortMonth::Skip;
    at.len() == 1
        && match every {
            Every::Month(days) => match days[..] {
                [MonthDay::Day(day)] => skips && day > 28,
                [MonthDay::NthWeekday { nth, .. }] => nth == 5,
                _ => false,
            },
            _ => false,
        }
}

pub(super) fn just_before(at: Instant) -> Instant {
    Instant::from_micros(at.as_micros() - 1)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn next_equals_looking_at_every_minute(cadence in any_rule(), (zone, change) in near_a_change()) {
        let (from, to) = (change.plus_seconds(-30 * 3600), change.plus_seconds(30 * 3600));
        let expected = minute_by_minute(&cadence, &zone, from, to);
        let found = forwards(&cadence, &zone, just_before(from)).take_while(|firing| firing.fires_at < to);
        let found: Vec<_> = found.map(|firing| (firing.fires_at, firing.occurrence)).collect();
        prop_assert_eq!(&found, &expected, "{} {}", cadence, zone);
        let back = std::iter::successors(previous(&cadence, &zone, to), |firing| previous(&cadence, &zone, firing.fires_at));
        let back = back.take_while(|firing| firing.fires_at >= from).map(|firing| (firing.fires_at, firing.occurrence));
        let mut back: Vec<_> = back.collect();
        back.reverse();
        prop_assert_eq!(back, expected, "{} {}", cadence, zone);
    }
}

proptest! {
    #[test]
    fn next_is_strictly_after_and_previous_leads_back(
        cadence in any_rule(), (zone, change) in near_a_change(), seconds in -200_000_i64..200_000,
    ) {
        let after = change.plus_seconds(seconds);
        let Some(first) = next(&cadence, &zone, after) else { return Ok(()) };
        prop_assert!(first.fires_at > after);
        prop_assert!(previous(&cadence, &zone, first.fires_at).is_none_or(|before| before.fires_at <= after));
        if let Some(second) = next(&cadence, &zone, first.fires_at) {
            prop_assert!(second.fires_at > first.fires_at);
            prop_assert_ne!(&second.occurrence, &first.occurrence);
            prop_assert_eq!(previous(&cadence, &zone, second.fires_at), Some(first));
        }
    }

    #[test]
    fn nothing_lies_between_previous_and_now(
        cadence in any_rule(), (zone, change) in near_a_change(), minutes in -200..200_i64,
    ) {
        let now = change.plus_seconds(minutes * 60 + 30);
        let Some(before) = previous(&cadence, &zone, now) else { return Ok(()) };
        prop_assert!(before.fires_at < now);
        prop_assert!(next(&cadence, &zone, before.fires_at).is_none_or(|after| after.fires_at >= now));
    }

    #[test]
    fn periods_of_runs_in_a_row_tile(cadence in any_rule(), (zone, change) in near_a_change(), days in 0..60_i64) {
        prop_assume!(!leaves_units_out(&cadence));
        let after = change.plus_seconds(-days * 86_400);
        let runs: Vec<_> = coming(&cadence, &zone, Weekday::Wed, after, None).take(12).collect();
        for (firing, plan) in &runs {
            prop_assert!(plan.period.to() <= firing.fires_at);
            prop_assert!(plan.compared_with.is_none_or(|before| before.to() <= plan.period.from()));
        }
        for pair in runs.windows(2) {
            let [(first, earlier), (second, later)] = pair else { unreachable!() };
            let repeated = earlier.period == later.period;
            let missing_day = zone.name() == "Pacific/Apia";
            prop_assert!(
                earlier.period.to() == later.period.from() || repeated && missing_day,
                "{cadence} {zone}: {} {:?}, {} {:?}", first.local, earlier.period, second.local, later.period
            );
        }
    }

    #[test]
    fn planning_at_any_pace_runs_each_occurrence_once(
        cadence in calendar_rule(), (zone, change) in near_a_change(), pauses in prop::collection::vec(1..200_000_i64, 1..20),
    ) {
        let begin = change.plus_seconds(-86_400);
        let mut input = DueInput {
            rule: (&cadence).into(), zone: &zone, week_start: Weekday::Mon, catch_up: crate::domain::schedule::CatchUp::All,
            max_late_sec: Some(i64::MAX / 2_000_000), starts: None, ends: None, active_since: begin, paused: false,
            last_run: None, last_fired: None, owed_from: None, told: &[],
        };
        let mut now = begin;
        let mut done = Vec::new();
        for pause in pauses {
            now = now.plus_seconds(pause);
            let plan = plan_due(&input, now);
            let newest = plan.runs.iter().map(|run| &run.firing).chain(plan.skipped.iter().map(|range| &range.last));
            input.last_fired = newest.map(|firing| firing.fires_at).chain(input.last_fired).max();
            input.last_run = plan.runs.last().map(|run| run.plan.period).or(input.last_run);
            let skipped = plan.skipped.iter().inspect(|range| assert_eq!(range.reason, SkipReason::AlreadyReported));
            let skipped: usize = skipped.map(|range| range.count).sum();
            done.extend(plan.runs.into_iter().map(|run| run.firing.fires_at));
            done.extend(std::iter::repeat_n(now, skipped));
            prop_assert_eq!(plan.next, next_due(&input));
        }
        let expected = forwards(&cadence, &zone, just_before(begin)).take_while(|firing| firing.fires_at <= now).count();
        prop_assert_eq!(done.len(), expected);
    }
}

/// Through the clock changes of the next years, where days have 23 or 25 hours.
#[test]
fn units_tile_the_time_line_in_every_zone() {
    let begin = Instant::parse_rfc3339("2026-01-01T00:00:00Z").unwrap();
    let units = ["every=day at=08:00", "every=week on=wed at=23:30", "every=month at=00:30", "every=quarter at=08:00"];
    for name in zones().names() {
        let zone = zones().get(name).unwrap();
        let changes = std::iter::successors(zone.next_change(begin), |(at, _)| zone.next_change(*at));
        for at in changes.map(|(at, _)| at).take(3).chain([begin]) {
            for words in units {
                let (rule, after) = (rule(words), at.plus_seconds(-3 * 86_400));
                let runs: Vec<_> = coming(&rule, &zone, Weekday::Sun, after, None).take(5).collect();
                for pair in runs.windows(2) {
                    let [(_, earlier), (firing, later)] = pair else { unreachable!() };
                    assert_eq!(earlier.period.to(), later.period.from(), "{name} {words} {}", firing.local);
                    assert_eq!(later.compared_with, Some(earlier.period), "{name} {words} {}", firing.local);
                    assert!(later.period.to() <= firing.fires_at, "{name} {words} {}", firing.local);
                }
                if words.starts_with("every=day") {
                    let hours = |plan: &PeriodPlan| plan.period.to().since(plan.period.from()).as_secs_f64() / 3600.0;
                    assert!(runs.iter().all(|(_, plan)| (22.0..=26.0).contains(&hours(plan))), "{name}");
                }
            }
        }
    }
}
