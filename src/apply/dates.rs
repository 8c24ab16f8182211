//! From when a schedule counts, and when it fires next, after it was made or edited. An edit neither repeats a period that
//! was reported (the planner refuses those) nor loses one whose report was still to come (found here).

use crate::domain::cadence::{Rule, Weekday};
use crate::domain::calendar::Calendar;
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::domain::schedule::Schedule;
use crate::store::{LastRun, StoredSchedule};
use crate::zones::firing::{self, DueInput, Firing};
use crate::zones::{Zone, Zones};

/// The calendar of a schedule's project as it stood and as it will stand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Calendars<'a> {
    pub(super) before: Option<&'a Calendar>,
    pub(super) after: Option<&'a Calendar>,
}

/// Sets `active_since` and the next date. `old` is the schedule as it stood; a new one counts from `now`.
pub(super) fn settle(
    schedule: &mut Schedule,
    old: Option<&StoredSchedule>,
    calendars: Calendars<'_>,
    last: LastRun,
    zones: &Zones,
    week_start: Option<Weekday>,
    now: Instant,
) {
    let Ok(zone) = zones.get(&schedule.zone) else { return };
    let week_start = week_start.unwrap_or(Weekday::Mon);
    schedule.active_since = match old {
        None => now,
        Some(stored) => {
            let old = &stored.schedule;
            let pending = zones.get(&old.zone).ok().and_then(|zone| {
                let input = DueInput::of(old, calendars.before, &zone, week_start, last.period(), last.last_fired);
                let firing = firing::next_due(&input)?;
                let period = firing::plan_period(input.rule, &zone, week_start, &firing, last.period());
                Some(period.map(|plan| plan.period))
            });
            let waited = old.starts.is_some_and(|starts| starts > now) && schedule.starts != old.starts;
            let rule_is_same =
                old.cadence == schedule.cadence && old.zone == schedule.zone && old.project == schedule.project;
            match pending {
                // It stood still: paused, or past its end. What went by meanwhile stays gone.
                None => now,
                Some(_) if waited => now,
                Some(_) if rule_is_same => old.active_since,
                Some(pending) => {
                    let rule = schedule.rule(calendars.after);
                    edited_since(rule, &zone, week_start, pending, old.active_since, last, now)
                }
            }
        }
    };
    schedule.settings.owed_from =
        old.and_then(|stored| owed_from(schedule, stored, calendars, last, zones, week_start));
    let input = DueInput::of(schedule, calendars.after, &zone, week_start, last.period(), last.last_fired);
    let next: Option<Firing> = firing::next_due(&input);
    schedule.next_fire_at = next.as_ref().map(|firing| firing.fires_at);
    schedule.next_occurrence = next.map(|firing| firing.occurrence);
}

/// An occurrence is a local time, and has one run. In another zone the time that was told may come once more: the schedule
/// then counts from after it, so that no date is promised that can't be kept; what wasn't told yet goes into the report after.
pub(super) fn pass_over_told(
    schedule: &mut Schedule,
    old: Option<&StoredSchedule>,
    told: &[String],
    calendars: Calendars<'_>,
    last: LastRun,
    zones: &Zones,
) {
    let moves = old.is_some_and(|stored| stored.schedule.zone != schedule.zone);
    let (true, Some(begins), Ok(zone)) = (moves, schedule.next_fire_at, zones.get(&schedule.zone)) else { return };
    // The week's first day decides about periods only.
    let input = DueInput::of(schedule, calendars.after, &zone, Weekday::Mon, last.period(), last.last_fired);
    let first = firing::next_due(&input);
    let firings = std::iter::successors(first, |firing| firing::next(input.rule, &zone, firing.fires_at));
    let near = firings.take_while(|firing| firing.fires_at < begins.plus_seconds(ZONES_APART_SEC));
    let Some(last_told) = near.filter(|firing| told.contains(&firing.occurrence)).last() else { return };
    schedule.active_since = Instant::from_micros(last_told.fires_at.as_micros() + 1);
    let input = DueInput::of(schedule, calendars.after, &zone, Weekday::Mon, last.period(), last.last_fired);
    let next = firing::next_due(&input);
    schedule.next_fire_at = next.as_ref().map(|firing| firing.fires_at);
    schedule.next_occurrence = next.map(|firing| firing.occurrence);
}

/// The farthest that a wall clock's time may come again in another zone.
const ZONES_APART_SEC: i64 = 27 * 3_600;

/// Where the last report ended, when the old rule would have gone on from there and the first report of the new one begins
/// later: from weekly to daily in the middle of a week. What somebody stopped on purpose (a pause, an end) isn't owed.
fn owed_from(
    schedule: &Schedule,
    stored: &StoredSchedule,
    calendars: Calendars<'_>,
    last: LastRun,
    zones: &Zones,
    week_start: Weekday,
) -> Option<Instant> {
    let old = &stored.schedule;
    let told = last.period()?;
    if old.project != schedule.project {
        return None;
    }
    let first_period = |schedule: &Schedule, calendar| {
        let zone = zones.get(&schedule.zone).ok()?;
        let input = DueInput::of(schedule, calendar, &zone, week_start, last.period(), last.last_fired);
        // A unit that was mostly told is passed over; the one after it begins later still.
        let firings = std::iter::successors(firing::next_due(&input), |firing| {
            firing::next_sent(input.rule, &zone, firing.fires_at)
        });
        let mut plans =
            firings.take(3).map(|it| firing::plan_period(input.rule, &zone, week_start, &it, last.period()));
        plans.find_map(|plan| plan.map(|plan| plan.period))
    };
    let (before, after) = (first_period(old, calendars.before)?, first_period(schedule, calendars.after)?);
    let was_owed = old.settings.owed_from.filter(|owed| *owed == told.to());
    (after.from() > told.to() && (before.from() <= told.to() || was_owed.is_some())).then_some(told.to())
}

/// From when an edited rule counts: from now, unless the report of a period that is over was still to come and the new
/// rule's next firing wouldn't tell it; then from the new rule's previous firing, which is due at once.
fn edited_since(
    rule: Rule<'_>,
    zone: &Zone,
    week_start: Weekday,
    pending: Option<Period>,
    active_since: Instant,
    last: LastRun,
    now: Instant,
) -> Instant {
    let plan =
        |firing: &Firing| firing::plan_period(rule, zone, week_start, firing, last.period()).map(|plan| plan.period);
    let Some(pending) = pending.filter(|period| period.to() <= now) else { return now };
    let told_next = firing::next_sent(rule, zone, now).and_then(|next| plan(&next));
    if told_next.is_some_and(|period| period.from() < pending.to()) {
        return now;
    }
    let just_after = Instant::from_micros(now.as_micros().saturating_add(1));
    firing::previous_sent(rule, zone, just_after)
        .filter(|previous| previous.fires_at >= active_since)
        .filter(|previous| last.last_fired.is_none_or(|fired| previous.fires_at > fired))
        .filter(|previous| plan(previous).is_some_and(|period| period.overlaps(pending)))
        .map_or(now, |previous| previous.fires_at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cadence::{Words, parse};
    use crate::domain::ids::{ProjectId, ProjectKey, ScheduleId};
    use crate::domain::schedule::{CatchUp, SendWhen};

    const ZONE: &str = "Europe/Kyiv"; // two hours before UTC in November

    fn at(text: &str) -> Instant {
        Instant::parse_rfc3339(text).unwrap_or_else(|| panic!("{text}"))
    }

    /// `rule` is `every on at`, such as `week mon 08:00`; `-` for no days.
    fn schedule(rule: &str) -> Schedule {
        let [every, on, time] = rule.split(' ').collect::<Vec<_>>()[..] else { panic!("{rule}") };
        let on = if on == "-" { vec![] } else { on.split(',').map(str::to_owned).collect() };
        let words = Words {
            every: Some(every.to_owned()),
            on,
            at: time.split(',').map(str::to_owned).collect(),
            ..Words::default()
        };
        Schedule {
            id: ScheduleId::parse("s").expect("valid"),
            project: ProjectId::parse("p").expect("valid"),
            report: "summary".into(),
            recipients: vec![],
            cadence: parse(&words, Weekday::Mon).expect("a rule"),
            zone: ZONE.into(),
            starts: None,
            ends: None,
            paused: false,
            catch_up: CatchUp::Latest,
            max_late_sec: None,
            send: SendWhen::Always,
            formats: vec![],
            numbers: None,
            settings: Default::default(),
            active_since: Instant::default(),
            next_fire_at: None,
            next_occurrence: None,
        }
    }

    struct Standing {
        stored: StoredSchedule,
        last: LastRun,
    }

    /// A schedule made at `made`, whose last run fired and reported as given.
    fn standing(rule: &str, made: &str, last: Option<(&str, &str, &str)>) -> Standing {
        let mut schedule = schedule(rule);
        settle(
            &mut schedule,
            None,
            Calendars::default(),
            LastRun::default(),
            &Zones::bundled(),
            Some(Weekday::Mon),
            at(made),
        );
        let last = last.map_or(LastRun::default(), |(fired, from, to)| LastRun {
            last_fired: Some(at(fired)),
            last_from: Some(at(from)),
            last_end: Some(at(to)),
        });
        let stored =
            StoredSchedule { schedule, project_key: ProjectKey(1), own_zone: None, version: 1, applied_by: None };
        Standing { stored, last }
    }

    impl Standing {
        /// When the schedule fires next after it became `new` at `now`, and since when it counts.
        fn edited(&self, mut new: Schedule, now: &str) -> (Option<String>, String) {
            let stored = Some(&self.stored);
            settle(&mut new, stored, Calendars::default(), self.last, &Zones::bundled(), Some(Weekday::Mon), at(now));
            (new.next_fire_at.map(|at| at.to_string()), new.active_since.to_string())
        }

        fn next(&self, rule: &str, now: &str) -> String {
            self.edited(schedule(rule), now).0.unwrap_or_default()
        }
    }

    #[test]
    fn a_new_schedule_never_reaches_back() {
        let made = standing("week mon 08:00", "2026-11-16T06:00:01Z", None);
        assert_eq!(made.stored.schedule.next_fire_at, Some(at("2026-11-23T06:00:00Z")));
        assert_eq!(made.stored.schedule.active_since, at("2026-11-16T06:00:01Z"));
        let made = standing("week mon 08:00", "2026-11-16T06:00:00Z", None);
        assert_eq!(made.stored.schedule.next_fire_at, Some(at("2026-11-16T06:00:00Z")));
    }

    #[test]
    fn an_earlier_hour_on_the_day_itself_loses_no_report() {
        // Monday, 09:00 in Kyiv: at 10:00 last week's report would have been sent.
        let before = standing(
            "week mon 10:00",
            "2026-11-01T00:00:00Z",
            Some(("2026-11-09T08:00:00Z", "2026-11-01T22:00:00Z", "2026-11-08T22:00:00Z")),
        );
        assert_eq!(before.next("week mon 08:00", "2026-11-16T07:00:00Z"), "2026-11-16T06:00:00Z");
        // From Friday to Monday, on a Wednesday: the week before still has to be told.
        let before = standing(
            "week fri 08:00",
            "2026-11-01T00:00:00Z",
            Some(("2026-11-13T06:00:00Z", "2026-11-01T22:00:00Z", "2026-11-08T22:00:00Z")),
        );
        assert_eq!(before.next("week mon 08:00", "2026-11-18T07:00:00Z"), "2026-11-16T06:00:00Z");
    }

    #[test]
    fn what_was_told_is_not_told_again() {
        let told = Some(("2026-11-16T06:00:00Z", "2026-11-08T22:00:00Z", "2026-11-15T22:00:00Z"));
        let before = standing("week mon 08:00", "2026-11-01T00:00:00Z", told);
        let last = before.last;
        for (rule, next) in [("week mon 10:00", "2026-11-16T08:00:00Z"), ("week tue 08:00", "2026-11-17T06:00:00Z")] {
            let mut new = schedule(rule);
            settle(
                &mut new,
                Some(&before.stored),
                Calendars::default(),
                last,
                &Zones::bundled(),
                Some(Weekday::Mon),
                at("2026-11-16T07:00:00Z"),
            );
            assert_eq!(new.next_fire_at, Some(at(next)));
            let zone = Zones::bundled().get(ZONE).expect("known");
            let input = DueInput::of(&new, None, &zone, Weekday::Mon, last.period(), last.last_fired);
            let due = firing::plan_due(&input, at("2026-11-17T09:00:00Z"));
            assert!(due.runs.is_empty(), "{rule}: {:?}", due.runs);
        }
    }

    #[test]
    fn a_much_more_frequent_rule_begins_now() {
        let before = standing("year 01-01 08:00", "2025-06-01T00:00:00Z", None);
        assert_eq!(before.next("day - 08:00", "2026-11-16T12:00:00Z"), "2026-11-17T06:00:00Z");
    }

    #[test]
    fn the_end_of_a_pause_is_a_beginning() {
        let mut before = standing("day - 08:00", "2026-11-01T00:00:00Z", None);
        before.stored.schedule.paused = true;
        before.stored.schedule.next_fire_at = None;
        let now = "2026-11-16T12:00:00Z";
        assert_eq!(before.edited(schedule("day - 08:00"), now), (Some("2026-11-17T06:00:00Z".into()), now.into()));
        let mut still = schedule("day - 08:00");
        still.paused = true;
        assert_eq!(before.edited(still, now).0, None);
    }

    #[test]
    fn a_shorter_unit_begins_where_the_last_report_ended() {
        let told = Some(("2026-11-09T06:00:00Z", "2026-11-01T22:00:00Z", "2026-11-08T22:00:00Z"));
        let before = standing("week mon 08:00", "2026-11-01T00:00:00Z", told);
        let zone = Zones::bundled().get(ZONE).expect("known");
        let stored = |schedule: Schedule| StoredSchedule { schedule, ..before.stored.clone() };
        let edit = |old: &StoredSchedule, rule: &str, now: &str| {
            let mut new = schedule(rule);
            let calendars = Calendars::default();
            settle(&mut new, Some(old), calendars, before.last, &Zones::bundled(), Some(Weekday::Mon), at(now));
            new
        };
        let daily = edit(&before.stored, "day - 08:00", "2026-11-11T12:00:00Z");
        assert_eq!(daily.next_fire_at, Some(at("2026-11-12T06:00:00Z")));
        let periods = |schedule: &Schedule, now: &str| {
            let input = DueInput::of(schedule, None, &zone, Weekday::Mon, before.last.period(), before.last.last_fired);
            let due = firing::plan_due(&input, at(now));
            let shown = |run: &firing::PlannedRun| (zone.date(run.plan.period.from()), zone.date(run.plan.period.to()));
            due.runs.iter().map(shown).map(|(from, to)| format!("{from}..{to}")).collect::<Vec<_>>()
        };
        assert_eq!(
            periods(&daily, "2026-11-12T07:00:00Z"),
            ["2026-11-09..2026-11-12"],
            "from Monday on, not Wednesday alone"
        );
        // The same file again, and another hour before the first report: still owed.
        let again = edit(&stored(daily.clone()), "day - 08:00", "2026-11-11T13:00:00Z");
        assert_eq!(again.settings.owed_from, daily.settings.owed_from);
        let later = edit(&stored(daily), "day - 09:00", "2026-11-11T13:00:00Z");
        assert_eq!(periods(&later, "2026-11-12T08:00:00Z"), ["2026-11-09..2026-11-12"]);
        // Back to weekly: its own week begins there anyway.
        let weekly = edit(&stored(later), "week mon 08:00", "2026-11-11T14:00:00Z");
        assert_eq!(weekly.settings.owed_from, None);
        assert_eq!(periods(&weekly, "2026-11-16T07:00:00Z"), ["2026-11-09..2026-11-16"]);
        // A pause is somebody's wish.
        let mut paused = before.stored.clone();
        paused.schedule.paused = true;
        assert_eq!(edit(&paused, "day - 08:00", "2026-11-18T12:00:00Z").settings.owed_from, None);
    }

    /// Two zones to the west of where it fired, the same wall clock's time is still to come; it was told.
    #[test]
    fn a_time_that_was_told_doesn_t_come_again_in_another_zone() {
        let told = ["2026-11-20T08:00#0".to_owned(), "2026-11-20T12:00#0".to_owned()];
        let fired = Some(("2026-11-20T10:00:00Z", "2026-11-20T06:00:00Z", "2026-11-20T10:00:00Z"));
        let moved = |zone: &str, now: &str, told: &[String]| {
            let before = standing("day - 08:00,12:00", "2026-11-01T00:00:00Z", fired);
            let mut new = schedule("day - 08:00,12:00");
            new.zone = zone.into();
            let (calendars, zones) = (Calendars::default(), Zones::bundled());
            let stored = Some(&before.stored);
            settle(&mut new, stored, calendars, before.last, &zones, Some(Weekday::Mon), at(now));
            pass_over_told(&mut new, stored, told, calendars, before.last, &zones);
            new.next_occurrence.unwrap_or_default()
        };
        let now = "2026-11-20T14:00:00Z";
        assert_eq!(moved("America/New_York", now, &[]), "2026-11-20T12:00#0", "it could come again");
        assert_eq!(moved("America/New_York", now, &told), "2026-11-21T08:00#0");
        assert_eq!(moved("America/New_York", "2026-11-20T11:00:00Z", &told), "2026-11-21T08:00#0", "both");
        assert_eq!(moved("Asia/Tokyo", now, &told), "2026-11-21T08:00#0");
    }

    #[test]
    fn what_touches_no_date_moves_none() {
        let before = standing(
            "day - 08:00",
            "2026-11-01T00:00:00Z",
            Some(("2026-11-15T06:00:00Z", "2026-11-13T22:00:00Z", "2026-11-14T22:00:00Z")),
        );
        let mut new = schedule("day - 08:00");
        new.report = "call-log".into();
        let expected = (Some("2026-11-16T06:00:00Z".into()), "2026-11-01T00:00:00Z".into());
        assert_eq!(before.edited(new, "2026-11-16T05:00:00Z"), expected);
    }

    #[test]
    fn a_longer_life_doesn_t_bring_back_what_went_by() {
        let mut before = standing(
            "day - 08:00",
            "2026-08-01T00:00:00Z",
            Some(("2026-09-01T05:00:00Z", "2026-08-30T21:00:00Z", "2026-08-31T21:00:00Z")),
        );
        before.stored.schedule.ends = Some(at("2026-09-02T00:00:00Z"));
        assert_eq!(before.next("day - 08:00", "2026-11-16T12:00:00Z"), "2026-11-17T06:00:00Z");
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]
        #[test]
        fn no_day_is_lost_by_edits(edits in proptest::collection::vec((0_usize..6, 1_i64..100), 1..5)) {
            const RULES: [&str; 6] =
                ["day - 08:00", "week mon 08:00", "week fri 17:00", "weekday - 09:00", "week tue,thu 08:00", "week sat 06:00"];
            let zone = Zones::bundled().get(ZONE).expect("known");
            let mut now = at("2026-09-01T00:00:00Z");
            let mut standing = standing("week mon 08:00", "2026-09-01T00:00:00Z", None);
            let mut told: Vec<Period> = Vec::new();
            for (rule, hours) in edits {
                // Everything is made on time up to the edit.
                let end = now.plus_seconds(hours * 6 * 3_600);
                while now < end {
                    now = now.plus_seconds(6 * 3_600);
                    let schedule = &standing.stored.schedule;
                    let last = standing.last;
                    let input = DueInput::of(schedule, None, &zone, Weekday::Mon, last.period(), last.last_fired);
                    let due = firing::plan_due(&input, now);
                    for range in &due.skipped {
                        standing.last.last_fired = standing.last.last_fired.max(Some(range.last.fires_at));
                    }
                    for run in due.runs {
                        let period = run.plan.period;
                        if let Some(before) = told.last() {
                            proptest::prop_assert!(
                                period.from() <= before.to(), "{} is lost before {}", before.to(), period.from()
                            );
                        }
                        told.push(period);
                        standing.last.last_fired = standing.last.last_fired.max(Some(run.firing.fires_at));
                        (standing.last.last_from, standing.last.last_end) = (Some(period.from()), Some(period.to()));
                    }
                }
                let mut new = super::tests::schedule(RULES[rule]);
                let stored = Some(&standing.stored);
                settle(&mut new, stored, Calendars::default(), standing.last, &Zones::bundled(), Some(Weekday::Mon), now);
                standing.stored.schedule = new;
            }
        }
    }
}
