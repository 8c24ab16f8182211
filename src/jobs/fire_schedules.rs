//! Turns schedules that fell due into runs. What is due, what is passed over and what comes next is a pure decision
//! (`zones::firing::plan_due`); the runs and the schedule's next date become rows in one transaction, by compare-and-set
//! on the schedule's version, so an occurrence fires once however many processes look at it.

use std::collections::HashMap;

use crate::app::App;
use crate::chaos::crash_point;
use crate::domain::ids::ProjectId;
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::domain::project::Project;
use crate::domain::run::RunState;
use crate::store::runs::NewRun;
use crate::store::{LastRun, StoreError, StoredSchedule};
use crate::zones::firing::{self, DueInput, DuePlan, PlannedRun, SkippedRange};

/// Schedules that become runs in one transaction.
const BATCH: i64 = 200;

/// A run that is later than this belongs to a backlog.
const BACKLOG_AFTER_SEC: i64 = 3_600;

/// Rounds of one pass; what is left then waits for the next.
const MOST_ROUNDS: usize = 500;

/// A schedule that can't be planned (its zone is gone from the data) is looked at again after this.
const LOOK_AGAIN_SEC: i64 = 3_600;

/// What a pass did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FireReport {
    /// Runs made.
    pub fired: u64,
    /// Occurrences passed over.
    pub skipped: u64,
}

/// A due schedule with the decision about it.
struct Decided {
    schedule: StoredSchedule,
    /// `None`: the zone's name means nothing to the data in use.
    plan: Option<DuePlan>,
}

/// Fires everything that is due.
pub async fn step(app: &App) -> anyhow::Result<FireReport> {
    let mut report = FireReport::default();
    for _ in 0..MOST_ROUNDS {
        let now = app.clock.now();
        let batch = decide(app, now).await?;
        if batch.is_empty() {
            break;
        }
        let kept = keep(app, batch, now).await?;
        crash_point!("fire.stored");
        report.fired += kept.fired;
        report.skipped += kept.skipped;
    }
    Ok(report)
}

async fn decide(app: &App, now: Instant) -> Result<Vec<Decided>, StoreError> {
    let mut session = app.store.read().await?;
    let due = session.schedules_due(now, BATCH).await?;
    if due.is_empty() {
        return Ok(Vec::new());
    }
    let projects: HashMap<ProjectId, Project> =
        session.projects().await?.into_iter().map(|project| (project.id.clone(), project)).collect();
    let mut batch = Vec::with_capacity(due.len());
    for schedule in due {
        let last = session.last_run(&schedule.schedule.id).await?;
        let plan = plan(app, &schedule, projects.get(&schedule.schedule.project), last, now);
        batch.push(Decided { schedule, plan });
    }
    Ok(batch)
}

/// What is due of a schedule; nothing ever again when its project is retired.
fn plan(app: &App, stored: &StoredSchedule, project: Option<&Project>, last: LastRun, now: Instant) -> Option<DuePlan> {
    let Some(project) = project else { return Some(DuePlan::default()) };
    let schedule = &stored.schedule;
    match app.zones.get(&schedule.zone) {
        Ok(zone) => {
            let input = DueInput::of(schedule, &zone, project.week_start, last.period(), last.last_fired);
            let plan = firing::plan_due(&input, now);
            let stands_still = plan.runs.is_empty()
                && plan.skipped.is_empty()
                && plan.next.as_ref().is_some_and(|next| next.fires_at <= now);
            (!stands_still).then_some(plan)
        }
        Err(error) => {
            tracing::error!(schedule.id = %schedule.id, "a schedule can't be planned: {error}");
            None
        }
    }
}

/// Makes rows of what was decided, for the schedules that nobody else moved meanwhile.
async fn keep(app: &App, batch: Vec<Decided>, now: Instant) -> Result<FireReport, StoreError> {
    let mut session = app.store.write().await?;
    let late_before = now.plus_seconds(-BACKLOG_AFTER_SEC);
    let mut backlog = u64::try_from(session.count_late_runs(late_before).await?).unwrap_or(0);
    let mut report = FireReport::default();
    for Decided { schedule: stored, plan } in batch {
        let id = &stored.schedule.id;
        let Some(plan) = plan else {
            let occurrence = stored.schedule.next_occurrence.as_deref().unwrap_or_default();
            let later = (now.plus_seconds(LOOK_AGAIN_SEC), occurrence);
            session.save_next_fire(id, stored.version, Some(later)).await?;
            continue;
        };
        let next = plan.next.as_ref().map(|next| (next.fires_at, next.occurrence.as_str()));
        if !session.save_next_fire(id, stored.version, next).await? {
            continue;
        }
        for range in &plan.skipped {
            if session.insert_run(&passed_over(&stored, range), now).await?.is_some() {
                report.skipped += range.count as u64;
            }
        }
        for planned in plan.runs {
            let mut run = due(&stored, planned);
            if run.fires_at < late_before {
                run.wait_until = release_at(now, backlog, app.settings.work.backlog_per_minute);
                backlog += 1;
            }
            report.fired += u64::from(session.insert_run(&run, now).await?.is_some());
        }
    }
    session.commit().await?;
    Ok(report)
}

/// When the nth run of a backlog may be made: the first minute's share at once, each further share a minute later.
fn release_at(now: Instant, nth: u64, per_minute: u32) -> Option<Instant> {
    let minutes = i64::try_from(nth / u64::from(per_minute.max(1))).unwrap_or(i64::MAX);
    (minutes > 0).then(|| now.plus_seconds(minutes.saturating_mul(60)))
}

fn due(stored: &StoredSchedule, planned: PlannedRun) -> NewRun {
    NewRun {
        project: stored.project_key,
        schedule: stored.schedule.id.clone(),
        occurrence: planned.firing.occurrence,
        fires_at: planned.firing.fires_at,
        period: planned.plan.period,
        compared_with: planned.plan.compared_with,
        notes: planned.plan.notes,
        is_sample: false,
        state: RunState::Due,
        reason: None,
        skipped_count: 0,
        wait_until: None,
    }
}

/// One row for occurrences in a row that aren't run: it has the last one's identity, and its period is the time in which
/// they lie.
fn passed_over(stored: &StoredSchedule, range: &SkippedRange) -> NewRun {
    let last = range.last.fires_at;
    let period = Period::new(range.first.fires_at, last.plus_seconds(1));
    NewRun {
        project: stored.project_key,
        schedule: stored.schedule.id.clone(),
        occurrence: range.last.occurrence.clone(),
        fires_at: last,
        period: period.unwrap_or_else(|| Period::second_from(last)),
        compared_with: None,
        notes: vec![format!("first:{}", range.first.occurrence)],
        is_sample: false,
        state: RunState::Skipped,
        reason: Some(range.reason.name().to_owned()),
        skipped_count: i64::try_from(range.count).unwrap_or(i64::MAX),
        wait_until: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backlog_is_released_a_share_a_minute() {
        let now = Instant::from_seconds(1_000);
        assert_eq!(release_at(now, 0, 60), None);
        assert_eq!(release_at(now, 59, 60), None);
        assert_eq!(release_at(now, 60, 60), Some(Instant::from_seconds(1_060)));
        assert_eq!(release_at(now, 179, 60), Some(Instant::from_seconds(1_120)));
        assert_eq!(release_at(now, 3, 0), Some(Instant::from_seconds(1_180)));
    }
}
