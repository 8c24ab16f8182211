//! Turns schedules that fell due into runs. What is due, what is passed over and what comes next is a pure decision
//! (`zones::firing::plan_due`); the runs and the schedule's next date become rows in one transaction, by compare-and-set
//! on the schedule's version, so an occurrence fires once however many processes look at it. A run whose calls aren't all
//! there begins to wait in the same transaction.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use crate::app::App;
use crate::chaos::crash_point;
use crate::domain::calendar::Calendar;
use crate::domain::completeness::{self, Stated, Wait, WaitBounds};
use crate::domain::ids::{CalendarId, ProjectId, ProjectKey, RunId, ScheduleId};
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::domain::project::Project;
use crate::domain::run::RunState;
use crate::domain::schedule::ScheduleSettings;
use crate::store::runs::NewRun;
use crate::store::{LastRun, Session, SourceCoverage, StoreError, StoredSchedule, UnreadableSchedule};
use crate::zones::firing::{self, DueInput, DuePlan, PlannedRun, SkipReason, SkippedRange};

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
    /// The projects that its report tells of, its own as `None`.
    projects: Vec<(Option<ProjectId>, ProjectKey)>,
    /// Whether calls of a period that is due aren't all there, as far as was seen before the transaction.
    is_incomplete: bool,
}

/// Fires everything that is due.
pub async fn step(app: &App) -> anyhow::Result<FireReport> {
    let mut report = FireReport::default();
    for _ in 0..MOST_ROUNDS {
        let now = app.clock.now();
        let batch = decide(app, now).await?;
        let Some(batch) = batch else { continue };
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

/// What to do about the next schedules that are due; `None`: those could only be put off.
async fn decide(app: &App, now: Instant) -> anyhow::Result<Option<Vec<Decided>>> {
    let mut session = app.store.read().await?;
    let (due, unreadable) = session.schedules_due(now, BATCH).await?;
    if !unreadable.is_empty() {
        drop(session);
        put_off(app, &unreadable, now).await?;
        if due.is_empty() {
            return Ok(None);
        }
        session = app.store.read().await?;
    }
    if due.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let projects: HashMap<ProjectId, Project> =
        session.projects().await?.into_iter().map(|project| (project.id.clone(), project)).collect();
    let calendars: HashMap<CalendarId, Calendar> =
        session.calendars().await?.into_iter().map(|calendar| (calendar.id.clone(), calendar)).collect();
    let last_runs = session.last_runs(&due).await?;
    let archived = session.archived_projects().await?;
    let mut batch = Vec::with_capacity(due.len());
    let mut told = Told::default();
    for schedule in due {
        let last = last_runs.get(&schedule.schedule.id).copied().unwrap_or_default();
        let plan = plan(app, &schedule, projects.get(&schedule.schedule.project), &calendars, last, now);
        let plan = plan.map(|plan| if archived.contains(&schedule.project_key) { passed(plan) } else { plan });
        let others = schedule.schedule.settings.projects.iter().filter(|id| **id != schedule.schedule.project);
        let others = others.filter_map(|id| Some((Some(id.clone()), projects.get(id)?.key)));
        let told_of: Vec<_> = std::iter::once((None, schedule.project_key)).chain(others).collect();
        let mut is_incomplete = false;
        for (n, planned) in plan.iter().flat_map(|plan| plan.runs.iter().enumerate()) {
            let bounds = bounds(&schedule, plan.as_ref(), n, now);
            is_incomplete |= wait(&mut session, &mut told, &schedule, &told_of, planned, bounds).await?.is_some();
        }
        batch.push(Decided { schedule, plan, projects: told_of, is_incomplete });
    }
    Ok(Some(batch))
}

/// A schedule that this version of the program can't read is looked at again later, and its owner hears of it once for each
/// occurrence; nobody else waits for it.
async fn put_off(app: &App, unreadable: &[UnreadableSchedule], now: Instant) -> anyhow::Result<()> {
    for schedule in unreadable {
        tracing::error!(schedule.id = schedule.id, "a schedule can't be read: {}", schedule.why);
        if let (Ok(id), Some(occurrence)) = (ScheduleId::parse(&schedule.id), &schedule.next_occurrence) {
            super::build::failure::tell(app, schedule.project, &id, occurrence, "unreadable").await?;
        }
        let mut session = app.store.write().await?;
        session.put_off(schedule, now.plus_seconds(LOOK_AGAIN_SEC)).await?;
        session.commit().await?;
    }
    Ok(())
}

/// What the sources of projects said they cover, each read once.
type Told = HashMap<ProjectKey, Vec<SourceCoverage>>;

/// What bounds the waiting of the nth run of a plan, when it may be made at `begins` at the earliest.
fn bounds(stored: &StoredSchedule, plan: Option<&DuePlan>, n: usize, begins: Instant) -> WaitBounds {
    let fires_at = |n: usize| plan.and_then(|plan| plan.runs.get(n)).map(|run| run.firing.fires_at);
    WaitBounds {
        fires_at: fires_at(n).unwrap_or(begins),
        begins,
        next: fires_at(n + 1).or_else(|| plan?.next.as_ref().map(|next| next.fires_at)),
        max_late_sec: stored.schedule.max_late_sec,
    }
}

/// What a run has to wait for.
async fn wait(
    session: &mut Session,
    told: &mut Told,
    stored: &StoredSchedule,
    projects: &[(Option<ProjectId>, ProjectKey)],
    planned: &PlannedRun,
    bounds: WaitBounds,
) -> Result<Option<Wait>, StoreError> {
    let schedule = &stored.schedule;
    for (_, key) in projects {
        if let Entry::Vacant(place) = told.entry(*key) {
            place.insert(session.coverage(*key).await?);
        }
    }
    let stated: Vec<Stated<'_>> = projects
        .iter()
        .flat_map(|(project, key)| {
            let sources = told.get(key).map(Vec::as_slice).unwrap_or_default();
            let project = project.as_ref().map(ProjectId::as_str);
            sources.iter().map(move |source| Stated { project, ..source.stated() })
        })
        .collect();
    let period = planned.plan.period;
    if completeness::missing(stated.iter().copied(), period).is_empty() {
        return Ok(None);
    }
    let only = session.report_spec(&schedule.report).await?.map(|spec| spec.filters.source).unwrap_or_default();
    let counted = stated.into_iter().filter(|source| only.is_empty() || only.iter().any(|name| name == source.name));
    let ScheduleSettings { if_incomplete, wait_at_most_sec, .. } = schedule.settings;
    Ok(completeness::decide(counted, period, if_incomplete, wait_at_most_sec, bounds))
}

/// What is due of a schedule; nothing ever again when its project is retired.
fn plan(
    app: &App,
    stored: &StoredSchedule,
    project: Option<&Project>,
    calendars: &HashMap<CalendarId, Calendar>,
    last: LastRun,
    now: Instant,
) -> Option<DuePlan> {
    let Some(project) = project else { return Some(DuePlan::default()) };
    let schedule = &stored.schedule;
    let calendar = project.settings.calendar.as_ref().and_then(|id| calendars.get(id));
    match app.zones.get(&schedule.zone) {
        Ok(zone) => {
            let input = DueInput::of(schedule, calendar, &zone, project.week_start, last.period(), last.last_fired);
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

/// The same with nothing to run: the project is archived, and its reports stop.
fn passed(mut plan: DuePlan) -> DuePlan {
    let runs = std::mem::take(&mut plan.runs);
    let (first, last) = (runs.first().map(|run| run.firing.clone()), runs.last().map(|run| run.firing.clone()));
    if let (Some(first), Some(last)) = (first, last) {
        let (count, reason) = (runs.len(), SkipReason::ProjectArchived);
        plan.skipped.push(SkippedRange { first, last, count, reason });
    }
    plan
}

/// Makes rows of what was decided, for the schedules that nobody else moved meanwhile.
async fn keep(app: &App, batch: Vec<Decided>, now: Instant) -> Result<FireReport, StoreError> {
    let mut session = app.store.write().await?;
    let late_before = now.plus_seconds(-BACKLOG_AFTER_SEC);
    let is_late = |planned: &PlannedRun| planned.firing.fires_at < late_before;
    // Taken before any row of a schedule, by all in the same order, so that nobody waits for somebody who waits.
    let mut slots = if batch.iter().filter_map(|one| one.plan.as_ref()).flat_map(|plan| &plan.runs).any(is_late) {
        Some(BacklogSlots::take(&mut session, app.settings.work.backlog_per_minute).await?)
    } else {
        None
    };
    let mut report = FireReport::default();
    let mut waiting = 0;
    // Whoever states coverage holds the same lock, so nothing that ends a wait can slip in between.
    let incomplete: BTreeSet<ProjectKey> =
        batch.iter().filter(|one| one.is_incomplete).flat_map(|one| &one.projects).map(|(_, key)| *key).collect();
    for project in incomplete {
        session.lock_intake(project).await?;
    }
    let mut told = Told::default();
    let mut happened = Vec::new();
    for Decided { schedule: stored, plan, projects, is_incomplete } in batch {
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
                happened.push(Happened::PassedOver {
                    schedule: stored.schedule.id.clone(),
                    count: range.count as u64,
                    reason: range.reason.name(),
                });
            }
        }
        for (n, planned) in plan.runs.iter().enumerate() {
            let mut slot = slots.as_ref().filter(|_| is_late(planned)).map(|slots| slots.next(now));
            let mut run = due(&stored, planned);
            run.wait_until = slot.as_ref().and_then(|slot| slot.release_at(now));
            let Some(id) = session.insert_run(&run, now).await? else { continue };
            report.fired += 1;
            slots = slot.take().or(slots);
            let mut waits_until = run.wait_until;
            if is_incomplete {
                let begins = run.wait_until.unwrap_or(now);
                let bounds = bounds(&stored, Some(&plan), n, begins);
                if let Some(wait) = wait(&mut session, &mut told, &stored, &projects, planned, bounds).await? {
                    session.begin_waiting(run.project, id, &wait, now).await?;
                    waiting += 1;
                    waits_until = Some(wait.until);
                }
            }
            happened.push(Happened::Fired { run: id, made: run, waits_until });
        }
    }
    if let Some(slots) = slots {
        slots.keep(&mut session).await?;
    }
    session.commit().await?;
    happened.iter().for_each(Happened::log);
    if waiting > 0 {
        crash_point!("wait.begun");
    }
    Ok(report)
}

/// What a transaction made true, told once it is.
enum Happened {
    Fired { run: RunId, made: NewRun, waits_until: Option<Instant> },
    PassedOver { schedule: ScheduleId, count: u64, reason: &'static str },
}

impl Happened {
    fn log(&self) {
        match self {
            Self::Fired { run, made, waits_until } => tracing::info!(
                run.id = run.0,
                schedule.id = %made.schedule,
                due = %made.fires_at,
                period.from = %made.period.from(),
                period.to = %made.period.to(),
                waits_until = waits_until.map(tracing::field::display),
                "a report is due"
            ),
            Self::PassedOver { schedule, count, reason } => {
                tracing::info!(schedule.id = %schedule, count, reason, "reports were passed over");
            }
        }
    }
}

/// How far the release of a backlog has come: so many runs in the minute that begins then. It is one value in the
/// database, locked by whoever hands out more, so the rate holds over all replicas and however fast runs are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct BacklogSlots {
    minute: Instant,
    taken: u32,
    per_minute: u32,
}

/// The name of that value in `meta`: `<microseconds> <taken>`.
const SLOTS: &str = "backlog_slots";

impl BacklogSlots {
    async fn take(session: &mut Session, per_minute: u32) -> Result<Self, StoreError> {
        let kept = session.lock_meta(SLOTS, "0 0").await?;
        Ok(Self::read(&kept, per_minute))
    }

    fn read(kept: &str, per_minute: u32) -> Self {
        let mut words = kept.split(' ');
        let minute = words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
        let taken = words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
        Self { minute: Instant::from_micros(minute), taken, per_minute: per_minute.max(1) }
    }

    async fn keep(self, session: &mut Session) -> Result<(), StoreError> {
        session.put_meta(SLOTS, &format!("{} {}", self.minute.as_micros(), self.taken)).await
    }

    /// With one more slot taken: in a minute that begins now when the last one is over.
    fn next(self, now: Instant) -> Self {
        if self.minute.plus_seconds(60) <= now {
            Self { minute: now, taken: 1, ..self }
        } else if self.taken >= self.per_minute {
            Self { minute: self.minute.plus_seconds(60), taken: 1, ..self }
        } else {
            Self { taken: self.taken + 1, ..self }
        }
    }

    /// When the slot taken last may be used; `None`: at once.
    fn release_at(&self, now: Instant) -> Option<Instant> {
        (self.minute > now).then_some(self.minute)
    }
}

fn due(stored: &StoredSchedule, planned: &PlannedRun) -> NewRun {
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
        let mut slots = BacklogSlots::read("0 0", 2);
        let released: Vec<Option<i64>> = (0..6)
            .map(|_| {
                slots = slots.next(now);
                slots.release_at(now).map(Instant::as_seconds)
            })
            .collect();
        assert_eq!(released, [None, None, Some(1_060), Some(1_060), Some(1_120), Some(1_120)]);
        let later = Instant::from_seconds(1_130);
        assert_eq!(slots.next(later).release_at(later), Some(Instant::from_seconds(1_180)), "the shares are taken");
        let idle = Instant::from_seconds(5_000);
        assert_eq!(slots.next(idle).release_at(idle), None);
        assert_eq!(BacklogSlots::read("nonsense", 0).per_minute, 1);
    }
}
