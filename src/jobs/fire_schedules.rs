//! Turns schedules that fell due into runs. What is due, what is passed over and what comes next is a pure decision
//! (`zones::firing::plan_due`); the runs and the schedule's next date become rows in one transaction, by compare-and-set
//! on the schedule's version, so an occurrence fires once however many processes look at it. A run whose calls aren't all
//! there begins to wait in the same transaction.

mod backlog;
mod rows;

use std::collections::{BTreeSet, HashMap};

use crate::app::App;
use crate::chaos::crash_point;
use crate::domain::calendar::Calendar;
use crate::domain::completeness::{self, Stated, Wait, WaitBounds};
use crate::domain::ids::{CalendarId, ProjectId, ProjectKey, RunId, ScheduleId};
use crate::domain::instant::Instant;
use crate::domain::project::Project;
use crate::domain::schedule::{Schedule, ScheduleSettings};
use crate::store::runs::NewRun;
use crate::store::{
    Damage, DateMove, LastRun, Named, Session, SourceCoverage, StoreError, StoredSchedule, UnreadableSchedule,
};
use crate::zones::firing::{self, DueInput, DuePlan, PlannedRun, SkipReason, SkippedRange};
use backlog::BacklogSlots;

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
    /// `None`: its project can't be read, or its zone's name means nothing to the data in use.
    plan: Option<DuePlan>,
    /// The projects that its report tells of, its own as `None`.
    projects: Vec<(Option<ProjectId>, ProjectKey)>,
    /// Whether calls of a period that is due aren't all there, as far as was seen before the transaction.
    is_incomplete: bool,
}

/// What a new run is of.
enum Of<'a> {
    PassedOver(&'a Decided, &'a SkippedRange),
    /// The nth run of its plan.
    Planned(&'a Decided, &'a DuePlan, usize),
}

impl Decided {
    /// When its schedule is due next; one that can't be planned is looked at again later.
    fn date_move(&self, now: Instant) -> DateMove<'_> {
        let schedule = &self.schedule.schedule;
        let later =
            || Some((now.plus_seconds(LOOK_AGAIN_SEC), schedule.next_occurrence.as_deref().unwrap_or_default()));
        let next = match &self.plan {
            Some(plan) => plan.next.as_ref().map(|next| (next.fires_at, next.occurrence.as_str())),
            None => later(),
        };
        DateMove { id: &schedule.id, version: self.schedule.version, next }
    }
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
        match keep(app, &batch, now).await? {
            Some(kept) => {
                crash_point!("fire.stored");
                report.fired += kept.fired;
                report.skipped += kept.skipped;
            }
            // Whoever was quicker goes on with the rest.
            None if !is_still_due(app, &batch, now).await? => break,
            None => {}
        }
    }
    Ok(report)
}

/// Whether schedules that moved under our hands are due all the same: they were edited meanwhile, and nobody fired them.
async fn is_still_due(app: &App, batch: &[Decided], now: Instant) -> Result<bool, StoreError> {
    let (due, _) = app.store.read().await?.schedules_due(now, 1).await?;
    Ok(due.iter().any(|due| batch.iter().any(|one| one.schedule.schedule.id == due.schedule.id)))
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
    let projects = projects_of(&mut session, &due).await?;
    let calendars: HashMap<CalendarId, Calendar> =
        session.calendars().await?.into_iter().map(|calendar| (calendar.id.clone(), calendar)).collect();
    let last_runs = session.last_runs(&due).await?;
    let lately = |schedule: &Schedule| schedule.next_fire_at.unwrap_or(now).plus_seconds(-firing::COMES_AGAIN_SEC);
    let told_lately = session.told_lately(&due, lately).await?;
    let archived = session.archived_projects().await?;
    let mut batch = Vec::with_capacity(due.len());
    let keys: BTreeSet<ProjectKey> =
        due.iter().map(|due| due.project_key).chain(projects.values().flatten().map(|project| project.key)).collect();
    let told: Told = session.coverages(&keys.into_iter().collect::<Vec<_>>()).await?;
    for schedule in due {
        let last = last_runs.get(&schedule.schedule.id).copied().unwrap_or_default();
        let names = told_lately.get(&schedule.schedule.id).map(Vec::as_slice).unwrap_or_default();
        let project = projects.get(schedule.schedule.project.as_str());
        let plan = plan(app, &schedule, project, &calendars, (last, names), now);
        let plan = plan.map(|plan| if archived.contains(&schedule.project_key) { passed(plan) } else { plan });
        let others = schedule.schedule.settings.projects.iter().filter(|id| **id != schedule.schedule.project);
        let key_of = |id: &ProjectId| projects.get(id.as_str())?.as_ref().ok().map(|project| project.key);
        let others = others.filter_map(|id| Some((Some(id.clone()), key_of(id)?)));
        let told_of: Vec<_> = std::iter::once((None, schedule.project_key)).chain(others).collect();
        let mut is_incomplete = false;
        for (n, planned) in plan.iter().flat_map(|plan| plan.runs.iter().enumerate()) {
            let bounds = bounds(&schedule, plan.as_ref(), n, now);
            is_incomplete |= wait(&mut session, &told, &schedule, &told_of, planned, bounds).await?.is_some();
        }
        batch.push(Decided { schedule, plan, projects: told_of, is_incomplete });
    }
    Ok(Some(batch))
}

/// The projects that schedules tell of, but for those that are retired.
async fn projects_of(session: &mut Session, due: &[StoredSchedule]) -> Result<Named<Project>, StoreError> {
    let schedules = due.iter().map(|due| &due.schedule);
    let ids: BTreeSet<&str> = schedules
        .flat_map(|schedule| std::iter::once(&schedule.project).chain(&schedule.settings.projects))
        .map(ProjectId::as_str)
        .collect();
    session.projects_named(&ids.into_iter().collect::<Vec<_>>()).await
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
    told: &Told,
    stored: &StoredSchedule,
    projects: &[(Option<ProjectId>, ProjectKey)],
    planned: &PlannedRun,
    bounds: WaitBounds,
) -> Result<Option<Wait>, StoreError> {
    let schedule = &stored.schedule;
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

/// What is due of a schedule whose last run is known and the occurrences that were told lately; nothing ever again when its
/// project is retired.
fn plan(
    app: &App,
    stored: &StoredSchedule,
    project: Option<&Result<Project, Damage>>,
    calendars: &HashMap<CalendarId, Calendar>,
    (last, told): (LastRun, &[String]),
    now: Instant,
) -> Option<DuePlan> {
    let Some(project) = project else { return Some(DuePlan::default()) };
    let schedule = &stored.schedule;
    let project = match project {
        Ok(project) => project,
        Err(damage) => {
            tracing::error!(schedule.id = %schedule.id, "a schedule's project can't be read: {damage}");
            return None;
        }
    };
    let calendar = project.settings.calendar.as_ref().and_then(|id| calendars.get(id));
    match app.zones.get(&schedule.zone) {
        Ok(zone) => {
            let of = DueInput::of(schedule, calendar, &zone, project.week_start, last.period(), last.last_fired);
            let plan = firing::plan_due(&DueInput { told, ..of }, now);
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

/// Makes rows of what was decided, for the schedules that nobody else moved meanwhile; `None`: somebody moved every one.
async fn keep(app: &App, batch: &[Decided], now: Instant) -> Result<Option<FireReport>, StoreError> {
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
    for project in &incomplete {
        session.lock_intake(*project).await?;
    }
    let told = session.coverages(&incomplete.into_iter().collect::<Vec<_>>()).await?;
    let moves: Vec<DateMove<'_>> = batch.iter().map(|one| one.date_move(now)).collect();
    let moved = session.move_dates(&moves).await?;
    if moved.is_empty() {
        return Ok(None);
    }
    let is_moved = |one: &&Decided| moved.contains(one.schedule.schedule.id.as_str());
    let mut runs = Vec::new();
    let mut happened = Vec::new();
    for (one, plan) in batch.iter().filter(is_moved).filter_map(|one| Some((one, one.plan.as_ref()?))) {
        for range in &plan.skipped {
            runs.push((rows::passed_over(&one.schedule, range), Of::PassedOver(one, range)));
        }
        for (n, planned) in plan.runs.iter().enumerate() {
            let slot = slots.take_if(|_| is_late(planned)).map(|slots| slots.next(now));
            let mut run = rows::due(&one.schedule, planned);
            run.wait_until = slot.as_ref().and_then(|slot| slot.release_at(now));
            slots = slot.or(slots);
            runs.push((run, Of::Planned(one, plan, n)));
        }
    }
    let (runs, of): (Vec<NewRun>, Vec<Of<'_>>) = runs.into_iter().unzip();
    let added = session.insert_runs(&runs, now).await?;
    for ((run, of), id) in runs.into_iter().zip(of).zip(added) {
        let Some(id) = id else { continue };
        match of {
            Of::PassedOver(one, range) => {
                report.skipped += range.count as u64;
                happened.push(Happened::PassedOver {
                    schedule: one.schedule.schedule.id.clone(),
                    count: range.count as u64,
                    reason: range.reason.name(),
                });
            }
            Of::Planned(one, plan, n) => {
                report.fired += 1;
                let mut waits_until = run.wait_until;
                if one.is_incomplete {
                    let begins = run.wait_until.unwrap_or(now);
                    let bounds = bounds(&one.schedule, Some(plan), n, begins);
                    let planned = &plan.runs[n];
                    if let Some(wait) = wait(&mut session, &told, &one.schedule, &one.projects, planned, bounds).await?
                    {
                        session.begin_waiting(run.project, id, &wait, now).await?;
                        waiting += 1;
                        waits_until = Some(wait.until);
                    }
                }
                happened.push(Happened::Fired { run: id, made: run, waits_until });
            }
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
    Ok(Some(report))
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
