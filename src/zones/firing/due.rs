//! What to do about the occurrences that have passed: a pure decision with a named reason for each that isn't run.

use crate::domain::cadence::{Rule, Weekday};
use crate::domain::calendar::Calendar;
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::domain::schedule::{CatchUp, Schedule};
use crate::zones::Zone;

use super::{Firing, LastPeriod, PeriodPlan, next, next_sent, plan_period};

/// A firing that is worked on later than this after its time is late: its report says so and respects quiet hours.
pub const LATE_AFTER_SECONDS: i64 = 300;

/// The most runs that one plan holds; the rest follow in the next.
pub const MAX_RUNS: usize = 100;

/// So long before an occurrence its name may have been told: no two zones are farther apart than 26 hours, and no gap of a clock is
/// longer than a day.
pub const COMES_AGAIN_SEC: i64 = 3 * 86_400;

/// How far back occurrences are looked for and counted.
const HORIZON_SECONDS: i64 = 400 * 86_400;

/// What the decision needs to know about a schedule.
#[derive(Clone, Debug)]
pub struct DueInput<'a> {
    pub rule: Rule<'a>,
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
    /// The period of the last run (by its end) that was built or skipped as empty.
    pub last_run: Option<Period>,
    /// The latest `fires_at` that has a run, whatever became of it.
    pub last_fired: Option<Instant>,
    /// What an edit left untold begins here.
    pub owed_from: Option<Instant>,
    /// Occurrences that have a run already, though they may fire after the last: when a zone's clocks are moved, a wall clock's
    /// time comes again. They make no run, so the next one with a name of its own reaches back over their hours.
    pub told: &'a [String],
}

impl<'a> DueInput<'a> {
    /// From a schedule as it stands and the calendar of its project.
    pub fn of(
        schedule: &'a Schedule,
        calendar: Option<&'a Calendar>,
        zone: &'a Zone,
        week_start: Weekday,
        last_run: Option<Period>,
        last_fired: Option<Instant>,
    ) -> Self {
        Self {
            rule: schedule.rule(calendar),
            zone,
            week_start,
            catch_up: schedule.catch_up,
            max_late_sec: schedule.max_late_sec,
            starts: schedule.starts,
            ends: schedule.ends,
            active_since: schedule.active_since,
            paused: schedule.paused,
            last_run,
            last_fired,
            owed_from: schedule.settings.owed_from,
            told: &[],
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
    /// Nobody works on that date, and the schedule skips such days.
    DayOff,
    /// The project is archived.
    ProjectArchived,
}

impl SkipReason {
    /// The stored word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Superseded => "superseded",
            Self::Missed => "missed",
            Self::TooLate => "too_late",
            Self::AlreadyReported => "already_reported",
            Self::DayOff => "day_off",
            Self::ProjectArchived => "project_archived",
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
pub fn plan_due(input: &DueInput<'_>, now: Instant) -> DuePlan {
    let Some(first) = next_due(input) else { return DuePlan::default() };
    let oldest = now.plus_seconds(-HORIZON_SECONDS);
    let first = if first.fires_at < oldest { firing_after(input, oldest) } else { Some(first) };
    let mut coming = std::iter::successors(first, |firing| firing_after(input, firing.fires_at));
    let mut passed = Vec::new();
    let mut upcoming = None;
    for firing in coming.by_ref() {
        if firing.fires_at > now {
            upcoming = Some(firing);
            break;
        }
        if !input.told.contains(&firing.occurrence) {
            passed.push(firing);
        }
    }
    let mut plan = DuePlan { runs: Vec::new(), skipped: Vec::new(), next: upcoming };
    let verdicts = verdicts(input, now, &passed);
    let mut last_run = input.last_run;
    for (firing, verdict) in passed.into_iter().zip(verdicts) {
        if plan.runs.len() == MAX_RUNS {
            plan.next = Some(firing);
            break;
        }
        if let Some(reason) = verdict {
            plan.skip(firing, reason);
            continue;
        }
        let last = LastPeriod { run: last_run, owed_from: input.owed_from };
        let Some(period) = plan_period(input.rule, input.zone, input.week_start, &firing, last) else {
            plan.skip(firing, SkipReason::AlreadyReported);
            continue;
        };
        last_run = Some(period.period);
        let late = lateness(&firing, now) > LATE_AFTER_SECONDS;
        plan.runs.push(PlannedRun { firing, plan: period, late });
    }
    plan
}

/// The first occurrence that has no run yet, due or to come: the cache `next_fire_at`. An edited rule counts from the last
/// firing, not from the edit, so that an edit neither repeats nor skips a period.
pub fn next_due(input: &DueInput<'_>) -> Option<Firing> {
    let begins = [Some(input.active_since), input.starts].into_iter().flatten();
    let begins = begins.map(|at| Instant::from_micros(at.as_micros().saturating_sub(1)));
    let after = begins.chain(input.last_fired).max()?;
    if input.paused { None } else { firing_after(input, after) }
}

fn firing_after(input: &DueInput<'_>, after: Instant) -> Option<Firing> {
    next(input.rule, input.zone, after).filter(|firing| input.ends.is_none_or(|ends| firing.fires_at < ends))
}

/// Why each isn't run, `None` for those that are. Those on days off that are skipped stand outside of all policy.
fn verdicts(input: &DueInput<'_>, now: Instant, passed: &[Firing]) -> Vec<Option<SkipReason>> {
    let sent: Vec<&Firing> = passed.iter().filter(|firing| !firing.skipped).collect();
    let mut of_sent = by_policy(input, now, &sent).into_iter();
    let verdict =
        |firing: &Firing| if firing.skipped { Some(SkipReason::DayOff) } else { of_sent.next().unwrap_or_default() };
    passed.iter().map(verdict).collect()
}

fn by_policy(input: &DueInput<'_>, now: Instant, passed: &[&Firing]) -> Vec<Option<SkipReason>> {
    let after_newest = passed.last().and_then(|newest| next_sent(input.rule, input.zone, newest.fires_at));
    let followers = passed.iter().copied().skip(1).map(Some).chain([after_newest.as_ref()]);
    let too_late: Vec<bool> = passed
        .iter()
        .zip(followers)
        .map(|(firing, follower)| {
            let one_period = || follower.map(|next| lateness(firing, next.fires_at));
            input.max_late_sec.or_else(one_period).is_some_and(|most| lateness(firing, now) > most)
        })
        .collect();
    let newest_runs = too_late.last() == Some(&false);
    let newest = passed.len().saturating_sub(1);
    let verdict = |(index, firing): (usize, &&Firing)| match input.catch_up {
        CatchUp::Latest if index < newest && newest_runs => Some(SkipReason::Superseded),
        CatchUp::Skip if lateness(firing, now) > LATE_AFTER_SECONDS => Some(SkipReason::Missed),
        _ => too_late[index].then_some(SkipReason::TooLate),
    };
    passed.iter().enumerate().map(verdict).collect()
}

fn lateness(firing: &Firing, now: Instant) -> i64 {
    now.as_seconds() - firing.fires_at.as_seconds()
}

impl DuePlan {
    fn skip(&mut self, firing: Firing, reason: SkipReason) {
        let follows_a_run =
            |range: &SkippedRange| self.runs.last().is_some_and(|run| run.firing.fires_at > range.last.fires_at);
        match self.skipped.last_mut() {
            Some(range) if range.reason == reason && !follows_a_run(range) => {
                range.last = firing;
                range.count += 1;
            }
            _ => self.skipped.push(SkippedRange { first: firing.clone(), last: firing, count: 1, reason }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cadence::Cadence;
    use crate::zones::firing::laws::{rule, zones};

    struct Case {
        cadence: Cadence,
        zone: Zone,
    }

    impl Case {
        fn of(words: &str) -> Self {
            Self { cadence: rule(words), zone: zones().get("Europe/Kyiv").unwrap() }
        }

        fn at(&self, text: &str) -> Instant {
            self.zone.read_instant(text).unwrap()
        }

        /// Made on 1 June 2026, never run.
        fn input(&self) -> DueInput<'_> {
            DueInput {
                rule: (&self.cadence).into(),
                zone: &self.zone,
                week_start: Weekday::Mon,
                catch_up: CatchUp::Latest,
                max_late_sec: None,
                starts: None,
                ends: None,
                active_since: self.at("2026-06-01"),
                paused: false,
                last_run: None,
                last_fired: None,
                owed_from: None,
                told: &[],
            }
        }

        fn reported(&self, from: &str, to: &str) -> Option<Period> {
            Period::new(self.at(from), self.at(to))
        }

        /// `run …; skip n from … to …: reason; next …`
        fn plan(&self, input: &DueInput<'_>, now: &str) -> String {
            let plan = plan_due(input, self.at(now));
            let short = |firing: &Firing| firing.occurrence[5..16].replace('T', " ");
            let runs = plan
                .runs
                .iter()
                .map(|run| format!("run {}{}", short(&run.firing), if run.late { " late" } else { "" }));
            let skipped = plan.skipped.iter().map(|range| {
                format!(
                    "skip {} from {} to {}: {}",
                    range.count,
                    short(&range.first),
                    short(&range.last),
                    range.reason.name()
                )
            });
            let next = plan.next.iter().map(|next| format!("next {}", short(next)));
            skipped.chain(runs).chain(next).collect::<Vec<_>>().join("; ")
        }
    }

    #[test]
    fn what_is_due_runs_and_what_is_not_waits() {
        let case = Case::of("every=day at=08:00");
        let input = DueInput { last_fired: Some(case.at("2026-06-09T08:00")), ..case.input() };
        assert_eq!(case.plan(&input, "2026-06-10T07:59"), "next 06-10 08:00");
        assert_eq!(case.plan(&input, "2026-06-10T08:00"), "run 06-10 08:00; next 06-11 08:00");
        assert_eq!(case.plan(&input, "2026-06-10T08:05"), "run 06-10 08:00; next 06-11 08:00");
        assert_eq!(case.plan(&input, "2026-06-10T10:42"), "run 06-10 08:00 late; next 06-11 08:00");
    }

    #[test]
    fn each_policy_after_three_days_off() {
        let case = Case::of("every=day at=08:00");
        let input = DueInput { last_fired: Some(case.at("2026-06-09T08:00")), ..case.input() };
        let with = |catch_up, max_late_sec| DueInput { catch_up, max_late_sec, ..input.clone() };
        let now = "2026-06-12T10:00";
        let latest = "skip 2 from 06-10 08:00 to 06-11 08:00: superseded; run 06-12 08:00 late; next 06-13 08:00";
        assert_eq!(case.plan(&with(CatchUp::Latest, None), now), latest);
        let all = "skip 2 from 06-10 08:00 to 06-11 08:00: too_late; run 06-12 08:00 late; next 06-13 08:00";
        assert_eq!(case.plan(&with(CatchUp::All, None), now), all, "within one period by default");
        let all = "run 06-10 08:00 late; run 06-11 08:00 late; run 06-12 08:00 late; next 06-13 08:00";
        assert_eq!(case.plan(&with(CatchUp::All, Some(7 * 86_400)), now), all);
        let skip = "skip 3 from 06-10 08:00 to 06-12 08:00: missed; next 06-13 08:00";
        assert_eq!(case.plan(&with(CatchUp::Skip, None), now), skip);
        let skip_but_on_time = "skip 2 from 06-10 08:00 to 06-11 08:00: missed; run 06-12 08:00; next 06-13 08:00";
        assert_eq!(case.plan(&with(CatchUp::Skip, None), "2026-06-12T08:01"), skip_but_on_time);
        let too_late = "skip 3 from 06-10 08:00 to 06-12 08:00: too_late; next 06-13 08:00";
        assert_eq!(case.plan(&with(CatchUp::Latest, Some(3_600)), now), too_late);
    }

    #[test]
    fn nothing_before_creation_start_or_the_end_of_a_pause_and_nothing_from_the_end_on() {
        let case = Case::of("every=day at=08:00");
        assert_eq!(case.plan(&case.input(), "2026-06-01T07:00"), "next 06-01 08:00");
        let created_later = DueInput { active_since: case.at("2026-06-10T09:00"), ..case.input() };
        assert_eq!(case.plan(&created_later, "2026-06-10T12:00"), "next 06-11 08:00");
        let created_on_the_dot = DueInput { active_since: case.at("2026-06-10T08:00"), ..case.input() };
        assert_eq!(case.plan(&created_on_the_dot, "2026-06-10T08:00"), "run 06-10 08:00; next 06-11 08:00");
        let starts = DueInput { starts: Some(case.at("2026-07-01")), ..case.input() };
        assert_eq!(case.plan(&starts, "2026-06-10T12:00"), "next 07-01 08:00");
        let ends = DueInput {
            ends: Some(case.at("2026-06-10T08:00")),
            last_fired: Some(case.at("2026-06-08T08:00")),
            ..case.input()
        };
        assert_eq!(case.plan(&ends, "2026-06-12T12:00"), "skip 1 from 06-09 08:00 to 06-09 08:00: too_late");
        let paused = DueInput { paused: true, ..case.input() };
        assert_eq!(case.plan(&paused, "2026-06-12T12:00"), "");
        assert_eq!(next_due(&paused), None);
    }

    #[test]
    fn an_edit_neither_repeats_nor_skips() {
        let earlier = Case::of("every=day at=07:00");
        let input = DueInput {
            last_fired: Some(earlier.at("2026-06-09T08:00")),
            last_run: earlier.reported("2026-06-08", "2026-06-09"),
            ..earlier.input()
        };
        assert_eq!(
            earlier.plan(&input, "2026-06-10T07:30"),
            "run 06-10 07:00 late; next 06-11 07:00",
            "moved before its turn"
        );
        let later = Case::of("every=day at=09:00");
        let input = DueInput { rule: (&later.cadence).into(), ..input };
        assert_eq!(
            later.plan(&input, "2026-06-09T09:00"),
            "skip 1 from 06-09 09:00 to 06-09 09:00: already_reported; next 06-10 09:00"
        );
        let weekly = Case::of("every=week on=mon at=08:00");
        let was_friday = DueInput {
            last_fired: Some(weekly.at("2026-06-05T08:00")),
            last_run: weekly.reported("2026-05-25", "2026-06-01"),
            ..weekly.input()
        };
        assert_eq!(weekly.plan(&was_friday, "2026-06-11T12:00"), "run 06-08 08:00 late; next 06-15 08:00");
    }

    #[test]
    fn periods_of_a_backlog_follow_each_other() {
        let case = Case::of("every=day at=09:00,17:00");
        let input = DueInput {
            catch_up: CatchUp::All,
            max_late_sec: Some(30 * 86_400),
            last_fired: Some(case.at("2026-06-09T17:00")),
            last_run: case.reported("2026-06-09T09:00", "2026-06-09T17:00"),
            ..case.input()
        };
        let plan = plan_due(&input, case.at("2026-06-11T12:00"));
        assert_eq!(plan.runs.len(), 3);
        assert_eq!(plan.runs[0].plan.period.from(), case.at("2026-06-09T17:00"));
        for pair in plan.runs.windows(2) {
            assert_eq!(pair[0].plan.period.to(), pair[1].plan.period.from());
        }
        let latest = plan_due(&DueInput { catch_up: CatchUp::Latest, ..input }, case.at("2026-06-11T12:00"));
        assert_eq!(
            latest.runs[0].plan.period,
            case.reported("2026-06-09T17:00", "2026-06-11T09:00").unwrap(),
            "nothing is lost"
        );
    }

    #[test]
    fn a_full_plan_goes_on_where_it_stopped() {
        let case = Case::of("cron=*/5 * * * *");
        let mut input = DueInput {
            catch_up: CatchUp::All,
            max_late_sec: Some(86_400),
            last_fired: Some(case.at("2026-06-09T00:00")),
            ..case.input()
        };
        let now = case.at("2026-06-09T12:00");
        let mut runs = 0;
        while let plan = plan_due(&input, now)
            && !plan.runs.is_empty()
        {
            assert!(plan.runs.len() <= MAX_RUNS);
            runs += plan.runs.len();
            let last = plan.runs.last().unwrap();
            (input.last_fired, input.last_run) = (Some(last.firing.fires_at), Some(last.plan.period));
            assert_eq!(plan.next, next_due(&input));
        }
        assert_eq!(runs, 144);
    }

    #[test]
    fn a_clock_that_went_back_repeats_nothing() {
        let case = Case::of("every=day at=08:00");
        let input = DueInput { last_fired: Some(case.at("2026-06-12T08:00")), ..case.input() };
        assert_eq!(case.plan(&input, "2026-06-10T10:00"), "next 06-13 08:00");
    }

    #[test]
    fn the_hours_of_a_time_that_comes_again_are_told_by_the_next_run() {
        let case = Case::of("every=day at=09:00,10:00,12:00");
        let input = DueInput {
            catch_up: CatchUp::All,
            max_late_sec: Some(86_400),
            last_fired: Some(case.at("2026-06-10T08:30")),
            last_run: case.reported("2026-06-10T07:30", "2026-06-10T08:30"),
            ..case.input()
        };
        let told = ["2026-06-10T09:00#0".to_owned(), "2026-06-10T10:00#0".to_owned()];
        let now = case.at("2026-06-10T12:30");
        let whole = plan_due(&input, now);
        assert_eq!(whole.runs.len(), 3);
        let besides = DueInput { told: &told, ..input };
        let plan = plan_due(&besides, now);
        assert_eq!(plan.runs.len(), 1);
        assert_eq!(plan.runs[0].firing, whole.runs[2].firing);
        assert_eq!(plan.runs[0].plan.period, case.reported("2026-06-10T08:30", "2026-06-10T12:00").unwrap());
        assert_eq!((plan.skipped, plan.next.as_ref()), (Vec::new(), whole.next.as_ref()));
        let all_told = plan_due(&besides, case.at("2026-06-10T11:00"));
        assert_eq!((all_told.runs.len(), all_told.next), (0, Some(whole.runs[2].firing.clone())), "the date moves on");
    }

    #[test]
    fn forty_days_off_cost_one_row_and_no_stampede() {
        let case = Case::of("cron=*/5 * * * *");
        let input = DueInput { last_fired: Some(case.at("2026-06-02")), ..case.input() };
        let plan = plan_due(&input, case.at("2026-07-12T00:01"));
        assert_eq!((plan.runs.len(), plan.skipped.len()), (1, 1));
        assert_eq!(plan.skipped[0].count, 40 * 288 - 1);
    }
}
