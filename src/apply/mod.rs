//! Brings projects, contacts, the directory, reports and schedules to what a file says: read, check against what stands, show the
//! difference, then write it all or nothing. Ids are identity; an entry that the file doesn't name stays, one that it names
//! becomes what the file says (a key left out: its default), and with `prune` what the same file once made and names no more
//! is retired. Applying the same file twice changes nothing.

mod check;
mod dates;
mod facets;
mod imports;
mod limits;
mod plan;
mod standing;
mod waiting;

use std::path::Path;

use crate::config::channels::Channel;
use crate::config::problem::{Problems, Source};
use crate::config::setup;
use crate::domain::instant::Instant;
use crate::store::{Session, Store, StoreError};
use crate::zones::Zones;

pub use facets::{entries, hours};
use plan::What;
pub use plan::{Change, Field, Noun, Plan, Verb};
use standing::Standing;

/// What to apply, and how.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// What the file is called in messages.
    pub file: &'a str,
    /// What it is called as the keeper of what it makes: see [`keeper`].
    pub keeper: &'a str,
    pub text: &'a str,
    /// Who asks, for the audit.
    pub actor: &'a str,
    pub now: Instant,
    /// Only show.
    pub dry_run: bool,
    /// Retire what this file once made and names no more.
    pub prune: bool,
    /// Whether `[operations]` hears what no owner can hear.
    pub has_operations: bool,
    /// The channels of the settings.
    pub channels: &'a [Channel],
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
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Applies a file's text. `show` is called with the difference (which may be empty) and with the warnings before anything is
/// written. The result is that difference.
pub async fn apply_text(
    store: &Store,
    zones: &Zones,
    request: &Request<'_>,
    show: impl FnOnce(&Plan, &Problems),
) -> Result<Plan, ApplyError> {
    let problems = Problems::default();
    let source = Source { name: request.file.to_owned(), text: request.text.to_owned() };
    let mut setup = setup::read(&source, &problems);
    imports::load(&mut setup, &source, zones, request, &problems);
    if request.dry_run {
        let standing = Standing::read(&mut store.read().await?, request.now).await?;
        let plan = plan(setup, &source, &standing, zones, request, problems, show)?;
        return Ok(plan);
    }
    let mut session = store.write().await?;
    session.lock_setup(request.now).await?;
    let standing = Standing::read(&mut session, request.now).await?;
    let plan = plan(setup, &source, &standing, zones, request, problems, show)?;
    if !plan.changes.is_empty() {
        write(&mut session, &plan, zones, request).await?;
        session.commit().await?;
    }
    Ok(plan)
}

fn plan(
    setup: setup::Setup,
    source: &Source,
    standing: &Standing,
    zones: &Zones,
    request: &Request<'_>,
    problems: Problems,
    show: impl FnOnce(&Plan, &Problems),
) -> Result<Plan, ApplyError> {
    let wanted = check::check(setup, source, standing, zones, request, &problems);
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
    for change in &plan.changes {
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
                Noun::Schedule => {
                    session.retire_schedule(&change.id, now).await?;
                    waiting::end(session, &change.id, "schedule_retired", now).await?;
                }
            },
        }
    }
    session.audit(now, request.actor, "apply", request.keeper, &plan.as_json()).await
}

#[cfg(test)]
mod tests;
