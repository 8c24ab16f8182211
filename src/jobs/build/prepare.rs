//! Everything that a run needs to be built, from what was fetched for many: its schedule, project, report, zone and audience.
//! What makes a report unnecessary or impossible ends the run here, with a reason.

use std::sync::Arc;

use super::recipients::{self, Audience};
use super::shelf::Shelf;
use crate::app::App;
use crate::domain::contact::EmailAddress;
use crate::domain::directory::Directory;
use crate::domain::instant::Instant;
use crate::domain::notice::{NoticeKind, Reader};
use crate::domain::project::Project;
use crate::domain::report_spec::ReportSpec;
use crate::domain::run::History;
use crate::domain::schedule::Schedule;
use crate::report::ReportRequest;
use crate::store::Damage;
use crate::store::runs::StoredRun;
use crate::zones::Zone;
use crate::zones::firing;
use crate::zones::working::WorkingTime;

/// In a run's notes, before the address that a sample goes to.
pub const TO_NOTE: &str = "to:";

/// A run with all that its report is made from, but the calls.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    pub run: StoredRun,
    pub project: Project,
    pub schedule: Schedule,
    pub spec: ReportSpec,
    pub zone: Zone,
    pub directory: Arc<Directory>,
    pub calendar: Option<Arc<WorkingTime>>,
    /// Of a report over several projects: those beside `project`, which owns the run.
    pub others: Vec<Other>,
    pub audience: Audience,
    /// The schedule's next occurrence, if there is one.
    pub next: Option<Instant>,
    pub give_up_at: Instant,
    /// Filled in for many at once by [`recall`](super::recall::recall).
    pub history: Arc<History>,
}

/// A further project of a report.
#[derive(Clone, Debug)]
pub(super) struct Other {
    pub project: Project,
    pub directory: Arc<Directory>,
    pub calendar: Option<Arc<WorkingTime>>,
}

/// A run that gets no report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoReport {
    /// Nothing is wrong.
    Skip { reason: &'static str, detail: Option<String> },
    /// Somebody must mend something.
    Fail { reason: &'static str, detail: String },
}

impl NoReport {
    /// The named reason, and what else there is to say.
    pub(super) fn said(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::Skip { reason, detail } => (reason, detail.as_deref()),
            Self::Fail { reason, detail } => (reason, Some(detail)),
        }
    }
}

impl From<Damage> for NoReport {
    /// One row that can't be read costs the reports that need it and nobody else's.
    fn from(damage: Damage) -> Self {
        Self::Fail { reason: "unreadable", detail: damage.to_string() }
    }
}

/// Finds what a run needs among what was fetched.
pub(super) fn prepare(app: &App, shelf: &Shelf, run: &StoredRun, now: Instant) -> Result<Prepared, NoReport> {
    let schedule = shelf.schedule(run)?.cloned().ok_or_else(|| skip("schedule_retired"))?;
    let project = shelf.project(&schedule.project)?.cloned().ok_or_else(|| skip("project_retired"))?;
    let spec = shelf.report(&schedule.report)?.cloned().ok_or_else(|| NoReport::Fail {
        reason: "unknown_report",
        detail: format!("the schedule names the report `{}`, which doesn't exist", schedule.report),
    })?;
    let zone = app.zones.get(&schedule.zone).map_err(unknown_zone)?;
    let directory = shelf.directory(project.key)?;
    let mut others = Vec::new();
    for id in schedule.settings.projects.iter().filter(|id| **id != project.id) {
        // One that is retired is left out; the others are still worth a report.
        let Some(other) = shelf.project(id)? else { continue };
        let calendar = shelf.calendar_of(other)?.cloned();
        let calendar = calendar.and_then(|calendar| WorkingTime::of(calendar, &other.zone, &app.zones).ok());
        let directory = shelf.directory(other.key)?;
        others.push(Other { project: other.clone(), directory, calendar: calendar.map(Arc::new) });
    }
    let keys: Vec<_> = std::iter::once(project.key).chain(others.iter().map(|other| other.project.key)).collect();
    let contacts = shelf.contacts(&keys, &schedule.recipients)?;
    let all: Vec<(&Project, &Directory)> = std::iter::once((&project, directory.as_ref()))
        .chain(others.iter().map(|other| (&other.project, other.directory.as_ref())))
        .collect();
    let is_several = !schedule.settings.projects.is_empty();
    let audience = match named_address(run) {
        Some(address) if is_several => recipients::by_hand_over(&address, &schedule, &all, &contacts),
        Some(address) => recipients::by_hand(&address, &schedule, &project, &contacts, &directory),
        None if is_several => recipients::resolve_over(&schedule, &all, &contacts),
        None => recipients::resolve(&schedule, &project, &contacts, &directory),
    };
    let calendar = shelf.calendar_of(&project)?;
    let next = firing::next_sent(schedule.rule(calendar), &zone, now.max(run.run.fires_at))
        .map(|firing| firing.fires_at)
        .filter(|next| !schedule.paused && schedule.ends.is_none_or(|ends| *next < ends));
    let patience = now.plus_seconds(NoticeKind::Report.rules().give_up_after_sec);
    let give_up_at = if run.run.is_sample { patience } else { next.map_or(patience, |next| next.min(patience)) };
    let calendar = calendar.cloned().map(|calendar| WorkingTime::of(calendar, &project.zone, &app.zones)).transpose();
    let calendar = calendar.map_err(unknown_zone)?.map(Arc::new);
    Ok(Prepared {
        run: run.clone(),
        project,
        schedule,
        spec,
        zone,
        calendar,
        directory,
        others,
        audience,
        next,
        give_up_at,
        history: Arc::default(),
    })
}

fn unknown_zone(error: impl std::fmt::Display) -> NoReport {
    NoReport::Fail { reason: "unknown_zone", detail: error.to_string() }
}

fn skip(reason: &'static str) -> NoReport {
    NoReport::Skip { reason, detail: None }
}

/// The address that a person named for this one report.
fn named_address(run: &StoredRun) -> Option<EmailAddress> {
    run.run.notes.iter().find_map(|note| EmailAddress::parse(note.strip_prefix(TO_NOTE)?).ok())
}

impl Prepared {
    /// Whether it is a report over several projects, of however many a reader sees.
    pub(super) fn is_several(&self) -> bool {
        !self.schedule.settings.projects.is_empty()
    }

    /// All its projects, in the schedule's order.
    pub(super) fn projects(&self) -> Vec<(&Project, &Directory)> {
        let others = self.others.iter().map(|other| (&other.project, other.directory.as_ref()));
        std::iter::once((&self.project, self.directory.as_ref())).chain(others).collect()
    }

    /// The report as this kind of reader may see it: one part for each project that it may see.
    pub(super) fn requests(&self, reader: &Reader, made_at: Instant) -> Vec<ReportRequest> {
        let own = self.request(reader, made_at);
        if !self.is_several() {
            return vec![own];
        }
        let others = self.others.iter().map(|other| ReportRequest {
            project: other.project.clone(),
            directory: Arc::clone(&other.directory),
            calendar: other.calendar.clone(),
            ..own.clone()
        });
        // What earlier reports told is kept for the run, not for each of its projects.
        let seen = |part: ReportRequest| {
            let rights = reader.projects.get(&part.project.id)?.clone();
            Some(ReportRequest { rights, history: Arc::default(), ..part })
        };
        std::iter::once(own.clone()).chain(others).filter_map(seen).collect()
    }

    /// The project by whose name, answers and look the report goes: of several, the first that its reader sees.
    pub(super) fn face(&self, reader: &Reader) -> &Project {
        let all = self.projects().into_iter().map(|(project, _)| project);
        let mut seen = all.filter(|project| !self.is_several() || reader.projects.contains_key(&project.id));
        seen.next().unwrap_or(&self.project)
    }

    /// The names of the projects that this kind of reader sees.
    pub(super) fn names(&self, reader: &Reader) -> String {
        if !self.is_several() {
            return self.project.name.clone();
        }
        let seen = self.projects().into_iter().filter(|(project, _)| reader.projects.contains_key(&project.id));
        seen.map(|(project, _)| project.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// The report of the schedule's own project as this kind of reader may see it.
    fn request(&self, reader: &Reader, made_at: Instant) -> ReportRequest {
        let run = &self.run.run;
        ReportRequest {
            project: self.project.clone(),
            spec: self.spec.clone(),
            zone: self.zone.clone(),
            calendar: self.calendar.clone(),
            period: run.period,
            compared_with: run.compared_with,
            rights: reader.rights.clone(),
            language: reader.language.clone(),
            made_at,
            due_at: (!run.is_sample).then_some(run.fires_at),
            is_sample: run.is_sample,
            notes: run.notes.iter().filter(|note| !note.starts_with(TO_NOTE)).cloned().collect(),
            history: Arc::clone(&self.history),
            directory: Arc::clone(&self.directory),
        }
    }
}
