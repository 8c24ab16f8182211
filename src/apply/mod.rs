//! Brings projects, contacts, the directory, reports and schedules to what files say: read, check against what stands, show the
//! difference, then write it all or nothing; or, where that is asked for, each project by itself ([`by_project`]). Ids are
//! identity; an entry that isn't named stays, one that is named becomes what is said (a key left out: its default), and with
//! `prune` what the same files once made and name no more is retired. Applying the same twice changes nothing.
//!
//! The command, the demo and the HTTP interface all come through [`apply`].

mod by_project;
mod check;
mod dates;
mod facets;
mod files;
mod imports;
mod limits;
mod only;
mod plan;
mod standing;
mod templates;
mod waiting;

use std::fmt;
use std::path::Path;

use crate::config::channels::Channel;
use crate::config::problem::Problems;
use crate::config::setup::{self, Input, Setup};
use crate::domain::ids::ProjectId;
use crate::domain::instant::Instant;
use crate::domain::project::Project;
use crate::store::{Session, Store, StoreError};
use crate::zones::Zones;

pub use by_project::{Outcome, Whose, by_project};
pub use facets::{entries, hours};
pub use files::Files;
use plan::What;
pub use plan::{Change, Field, Noun, Plan, Verb};
use standing::{Part, Standing};

/// Whether a project stands as it should.
pub type IfStands<'a> = &'a (dyn Fn(Option<&Project>) -> bool + Sync);

/// What to apply, and how.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// Texts that are applied together, each with what it is called as the keeper of what it makes: see [`keeper`].
    pub inputs: &'a [Input],
    /// What is applied, as the audit calls it: a file's or a folder's place.
    pub subject: &'a str,
    /// The folder whose files these are: what one of its files made is theirs.
    pub folder: Option<&'a str>,
    /// Who asks, for the audit.
    pub actor: &'a str,
    pub now: Instant,
    /// Only show.
    pub dry_run: bool,
    /// Retire what these files once made and name no more.
    pub prune: bool,
    /// Whether `[operations]` hears what no owner can hear.
    pub has_operations: bool,
    /// The channels of the settings.
    pub channels: &'a [Channel],
    /// The one project that whoever asks may change; `None`: everything.
    pub only: Option<&'a ProjectId>,
    /// A project to retire, with its own schedules.
    pub retire: Option<&'a ProjectId>,
    /// Asked about the project of `only` as it stands, in the transaction that writes; "no" is [`ApplyError::Changed`].
    pub if_stands: Option<IfStands<'a>>,
    /// Hears how far it is.
    pub progress: &'a (dyn Fn(Progress) + Sync),
}

impl<'a> Request<'a> {
    /// Applies these texts, with nothing unusual.
    pub fn new(inputs: &'a [Input], subject: &'a str, actor: &'a str, now: Instant) -> Self {
        Self {
            inputs,
            subject,
            folder: None,
            actor,
            now,
            dry_run: false,
            prune: false,
            has_operations: true,
            channels: &[],
            only: None,
            retire: None,
            if_stands: None,
            progress: &|_| {},
        }
    }

    /// Whether what this keeper made is these texts'.
    fn keeps(&self, keeper: &str) -> bool {
        let in_folder = |folder: &str| {
            let path = Path::new(keeper);
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            path.parent() == Some(Path::new(folder)) && setup::Form::of_ending(ending).is_some()
        };
        self.inputs.iter().any(|input| input.keeper == keeper) || self.folder.is_some_and(in_folder)
    }

    /// What is applied, in a sentence about it.
    const fn called(&self) -> &'static str {
        if self.folder.is_some() { "this folder" } else { "this file" }
    }
}

impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("subject", &self.subject).field("actor", &self.actor).finish_non_exhaustive()
    }
}

/// How far a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Texts that were read, of all.
    Read(usize, usize),
    /// What stands is read, and everything is checked against it.
    Checking,
    /// Changes that were written, of all.
    Written(usize, usize),
}

/// The name under which a file keeps what it makes: where it lies, whichever way it was named. Two files of one name in two
/// folders are two keepers.
pub fn keeper(file: &Path) -> String {
    let whole = std::fs::canonicalize(file).or_else(|_| std::path::absolute(file));
    whole.unwrap_or_else(|_| file.to_owned()).display().to_string()
}

/// Why nothing was applied.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    #[error("{}", .0.render(false))]
    Problems(Problems),
    /// A project is named that whoever asks may not change.
    #[error("there is no project `{0}` that may be changed here")]
    Foreign(ProjectId),
    /// The project isn't any more what it was taken for.
    #[error("the project was changed meanwhile")]
    Changed,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Applies texts, all or nothing. `show` is called with the difference (which may be empty) and with the warnings before
/// anything is written. The result is that difference.
pub async fn apply(
    store: &Store,
    zones: &Zones,
    request: &Request<'_>,
    show: impl FnOnce(&Plan, &Problems),
) -> Result<Plan, ApplyError> {
    let (setup, problems) = read(zones, request);
    (request.progress)(Progress::Checking);
    if request.dry_run {
        let standing = standing(&mut store.read().await?, &setup, request).await?;
        return plan(setup, &standing, zones, request, problems, show);
    }
    let mut session = store.write().await?;
    session.lock_setup(request.now).await?;
    let standing = standing(&mut session, &setup, request).await?;
    let plan = plan(setup, &standing, zones, request, problems, show)?;
    if !plan.changes.is_empty() {
        write(&mut session, &plan, zones, request).await?;
        session.commit().await?;
    }
    Ok(plan)
}

fn read(zones: &Zones, request: &Request<'_>) -> (Setup, Problems) {
    let problems = Problems::default();
    let all = request.inputs.len();
    let mut setup = setup::read_all(request.inputs, &problems, |read| (request.progress)(Progress::Read(read, all)));
    imports::load(&mut setup, zones, request, &problems);
    (setup, problems)
}

/// What the request may meet: everything, or what is around the one project that may be changed.
async fn standing(session: &mut Session, setup: &Setup, request: &Request<'_>) -> Result<Standing, StoreError> {
    match request.only {
        // Whether others need it, only all of them show.
        _ if request.retire.is_some() => Standing::read(session, request.now).await,
        None => Standing::read(session, request.now).await,
        Some(project) => {
            let part = Part { projects: [project.clone()].into(), ..Part::default() };
            let mut standing = Standing::read_part(session, &part, request.now).await?;
            standing.taken = only::taken(session, setup, &standing, project).await?;
            Ok(standing)
        }
    }
}

fn plan(
    setup: Setup,
    standing: &Standing,
    zones: &Zones,
    request: &Request<'_>,
    problems: Problems,
    show: impl FnOnce(&Plan, &Problems),
) -> Result<Plan, ApplyError> {
    if let Some(project) = request.only {
        only::check(&setup, standing, project, &problems)?;
        let stands = standing.project(project.as_str());
        if request.if_stands.is_some_and(|is_expected| !is_expected(stands)) {
            return Err(ApplyError::Changed);
        }
    }
    let wanted = check::check(setup, standing, zones, request, &problems);
    if problems.errors() > 0 {
        problems.forget_warnings_nowhere();
        return Err(ApplyError::Problems(problems));
    }
    let plan = plan::of(standing, wanted, zones, request);
    show(&plan, &problems);
    Ok(plan)
}

async fn write(session: &mut Session, plan: &Plan, zones: &Zones, request: &Request<'_>) -> Result<(), StoreError> {
    let now = request.now;
    for (before, change) in plan.changes.iter().enumerate() {
        (request.progress)(Progress::Written(before, plan.changes.len()));
        let file = change.keeper.as_deref();
        match &change.what {
            What::Calendar(calendar) => session.save_calendar(calendar, file, now).await?,
            What::Project(project) => {
                let before = session.project(&project.id).await?;
                session.save_project(project, file, now).await?;
                limits::take_over(session, before.as_ref(), &project.settings, now).await?;
            }
            What::Contact(contact) => session.save_contact(contact, file, now).await?,
            What::Agent(project, agent) => session.save_listed_agent(project, agent, file, now).await?,
            What::Number(project, number) => session.save_listed_number(project, number, file, now).await?,
            What::Report(spec) => session.save_report(spec, file, now).await?,
            What::Template(template) => {
                session.save_template(template.id.as_str(), &template.body, file, now).await?;
            }
            What::Schedule(wanted) => {
                session.save_schedule(&wanted.schedule, wanted.own_zone.as_deref(), file, now).await?;
                waiting::reconsider(session, &wanted.schedule, zones, now).await?;
            }
            What::Retire => match change.noun {
                Noun::Calendar => session.retire_calendar(&change.id, now).await?,
                Noun::Project => session.retire_project(&change.id, now).await?,
                Noun::Contact => session.retire_contact(&change.id, now).await?,
                Noun::Agent => session.remove_listed_agent(&change.id).await?,
                Noun::Number => session.remove_listed_number(&change.id).await?,
                Noun::Report => session.retire_report(&change.id, now).await?,
                Noun::Template => session.retire_template(&change.id, now).await?,
                Noun::Schedule => {
                    session.retire_schedule(&change.id, now).await?;
                    waiting::end(session, &change.id, "schedule_retired", now).await?;
                }
            },
        }
    }
    session.audit(now, request.actor, "apply", request.subject, &plan.as_json()).await
}

#[cfg(test)]
mod tests;
