//! What an edit of a schedule does to its reports that wait for calls: they wait as the schedule says now, and of one that
//! is paused or retired they end.

use crate::domain::completeness::{self, Stated, WaitBounds};
use crate::domain::ids::{ProjectId, ScheduleId};
use crate::domain::instant::Instant;
use crate::domain::run::RunState;
use crate::domain::schedule::Schedule;
use crate::store::waiting::LetGo;
use crate::store::{Session, SourceCoverage, StoreError};
use crate::zones::{Zones, firing};

/// Waiting reports of one schedule.
const MOST: i64 = 1_000;

/// Decides anew about every report of this schedule that waits, in the transaction that edits it.
pub(super) async fn reconsider(
    session: &mut Session,
    schedule: &Schedule,
    zones: &Zones,
    now: Instant,
) -> Result<(), StoreError> {
    if schedule.paused {
        return end(session, schedule.id.as_str(), "paused", now).await;
    }
    let runs = session.waiting_runs(Some(&schedule.id), MOST).await?;
    let Some(project) = session.project(&schedule.project).await?.filter(|_| !runs.is_empty()) else { return Ok(()) };
    let Ok(zone) = zones.get(&schedule.zone) else { return Ok(()) };
    let calendar = session.calendar_of(&project).await?;
    let mut sources: Vec<(Option<ProjectId>, Vec<SourceCoverage>)> = vec![(None, session.coverage(project.key).await?)];
    for id in schedule.settings.projects.iter().filter(|id| **id != project.id) {
        let Some(other) = session.project(id).await? else { continue };
        sources.push((Some(id.clone()), session.coverage(other.key).await?));
    }
    let only = session.report_spec(&schedule.report).await?.map(|spec| spec.filters.source).unwrap_or_default();
    for stored in runs {
        let Some(waiting) = stored.waiting.as_ref().filter(|waiting| waiting.let_go.is_none()) else { continue };
        let run = &stored.run;
        let next = firing::next_sent(schedule.rule(calendar.as_ref()), &zone, run.fires_at);
        let bounds = WaitBounds {
            fires_at: run.fires_at,
            begins: waiting.began_at,
            next: next.map(|next| next.fires_at),
            max_late_sec: schedule.max_late_sec,
        };
        let stated = sources.iter().flat_map(|(project, sources)| {
            let project = project.as_ref().map(ProjectId::as_str);
            sources.iter().map(move |source| Stated { project, ..source.stated() })
        });
        let counted = stated.filter(|source| only.is_empty() || only.iter().any(|name| name == source.name));
        let settings = &schedule.settings;
        let wait = completeness::decide(counted, run.period, settings.if_incomplete, settings.wait_at_most_sec, bounds);
        match wait {
            Some(wait) => session.wait_anew(run.id, &wait, now).await?,
            None => {
                session.let_go(run.id, LetGo::Edited, now).await?;
            }
        }
    }
    Ok(())
}

/// Ends every wait of a schedule that sends nothing any more. Left to its time, a report would still go out when somebody
/// goes on with the schedule before, although what lay in between isn't sent later.
pub(super) async fn end(session: &mut Session, schedule: &str, reason: &str, now: Instant) -> Result<(), StoreError> {
    let Ok(schedule) = ScheduleId::parse(schedule) else { return Ok(()) };
    for stored in session.waiting_runs(Some(&schedule), MOST).await? {
        session.end_waiting(&stored.run, RunState::Skipped, reason, now).await?;
    }
    Ok(())
}
