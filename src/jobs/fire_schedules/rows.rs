//! What is decided about a schedule, as rows of runs.

use crate::domain::period::Period;
use crate::domain::run::RunState;
use crate::store::StoredSchedule;
use crate::store::runs::NewRun;
use crate::zones::firing::{PlannedRun, SkippedRange};

/// An occurrence that is to be run.
pub(super) fn due(stored: &StoredSchedule, planned: &PlannedRun) -> NewRun {
    NewRun {
        project: stored.project_key,
        schedule: stored.schedule.id.clone(),
        occurrence: planned.firing.occurrence.clone(),
        fires_at: planned.firing.fires_at,
        period: planned.plan.period,
        compared_with: planned.plan.compared_with,
        notes: planned.plan.notes.clone(),
        is_sample: false,
        state: RunState::Due,
        reason: None,
        skipped_count: 0,
        wait_until: None,
    }
}

/// One row for occurrences in a row that aren't run: it has the last one's identity, and its period is the time in which
/// they lie.
pub(super) fn passed_over(stored: &StoredSchedule, range: &SkippedRange) -> NewRun {
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
