//! What to do about the occurrences that have passed: a pure decision with a named reason for each that isn't run.

use crate::domain::cadence::{Cadence, Weekday};
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::domain::schedule::{CatchUp, Schedule};
use crate::zones::Zone;

use super::{Firing, PeriodPlan, next, plan_period};

/// A firing that is worked on later than this after its time is late: its report says so and respects quiet hours.
pub const LATE_AFTER_SECONDS: i64 = 300;

/// The most runs that one plan holds; the rest follow in the next.
pub const MAX_RUNS: usize = 100;

/// How far back occurrences are looked for and counted.
const HORIZON_SECONDS: i64 = 400 * 86_400;

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
    /// The period of the last run (by its end) that was built or skipped as empty.
    pub last_run: Option<Period>,
    /// The latest `fires_at` that has a run, whatever became of it.
    pub last_fired: Option<Instant>,
}

impl<'a> DueInput<'a> {
    /// From a schedule as it stands.
    pub fn of(
        schedule: &'a Schedule,
        zone: &'a Zone,
        week_start: Weekday,
        last_run: Option<Period>,
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
            last_run,
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
        passed.push(firing);
    }
    let mut plan = DuePlan { runs: Vec::new(), skipped: Vec::new(), next: upcoming };
    let verdicts = verdicts(input, now, &passed, plan.next.as_ref());
    let mut last_run = input.last_run;
    for (firing, verdict) in passed.into_iter().zip(verdicts) {
        if plan.runs.len() == MAX_RUNS {
            plan.next = Some(firing);
            break;
        }
        let period = plan_period(input.cadence, input.zone, input.week_start, &firing, last_run);
        match (verdict, period) {
            (Some(reason), _) => plan.skip(firing, reason),
            (None, None) => plan.skip(firing, SkipReason::AlreadyReported),
            (None, Some(period)) => {
                last_run = Some(period.period);
                let late = lateness(&firing, now) > LATE_AFTER_SECONDS;
                plan.runs.push(PlannedRun { firing, plan: period, late });
            }
        }
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
    next(input.cadence, input.zone, after).filter(|firing| input.ends.is_none_or(|ends| firing.fires_at < ends))
}

/// Why each isn't run, `None` for those that are.
fn verdicts(
    input: &DueInput<'_>,
    now: Instant,
    passed: &[Firing],
    upcoming: Option<&Firing>,
) -> Vec<Option<SkipReason>> {
    let followers = passed.iter().skip(1).map(Some).chain([upcoming]);
    let too_late: Vec<bool> = passed
        .iter()
        .zip(followers)
        .map(|(firing, follower)| {
            let to_next = || follower.map(|next| lateness(firing, next.fires_at));
            input.max_late_sec.or_else(to_next).is_some_and(|most| lateness(firing, now) > most)
        })
        .collect();
    let newest_runs = too_late.last() == Some(&false);
    let newest = passed.len().saturating_sub(1);
    let verdict = |(index, firing): (usize, &Firing)| match input.catch_up {
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
