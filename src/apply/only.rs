//! What may be changed by somebody to whom one project is open and nothing else: the project, who and what is listed for it,
//! contacts with no role elsewhere, and schedules on it alone. What belongs to others looks as if it weren't there.

use std::collections::BTreeSet;

use super::ApplyError;
use super::standing::Standing;
use crate::config::problem::Problems;
use crate::config::setup::{Setup, Spot};
use crate::domain::ids::{ContactId, ProjectId, ScheduleId};
use crate::store::{Session, StoreError};

/// Ids that somebody else has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Taken {
    contacts: BTreeSet<ContactId>,
    schedules: BTreeSet<ScheduleId>,
}

/// Which of the ids that are named belong to others.
pub(super) async fn taken(
    session: &mut Session,
    setup: &Setup,
    standing: &Standing,
    only: &ProjectId,
) -> Result<Taken, StoreError> {
    let mut taken = Taken::default();
    for entry in &setup.contacts {
        let stands = session.contact(&entry.id).await?;
        if stands.is_some_and(|contact| contact.roles.keys().any(|project| project != only) || contact.roles.is_empty())
        {
            taken.contacts.insert(entry.id.clone());
        }
    }
    for entry in &setup.schedules {
        let stands = session.stored_schedule(&entry.id).await?.map(|stored| stored.schedule);
        if stands.is_none() && is_a_template_s(&entry.id, standing, only) {
            taken.schedules.insert(entry.id.clone());
        }
        let retired = session.retired_schedules(Some(&entry.id)).await?.into_iter().map(|old| old.stored.schedule);
        if stands.into_iter().chain(retired).any(|schedule| schedule.projects().any(|project| project != only)) {
            taken.schedules.insert(entry.id.clone());
        }
    }
    Ok(taken)
}

/// Whether a template goes by this id, or may make it for another project: nobody takes another's report away.
fn is_a_template_s(id: &ScheduleId, standing: &Standing, only: &ProjectId) -> bool {
    let read = standing.templates.iter().map(|(entry, _)| entry.id.as_str());
    let mut all = read.chain(standing.unread_templates.iter().map(String::as_str));
    all.any(|template| match id.as_str().strip_prefix(template) {
        Some("") => true,
        Some(rest) => rest.strip_prefix('.').is_some_and(|project| project != only.as_str()),
        None => false,
    })
}

/// Notes every entry that isn't the project's; another project that is named ends it at once.
pub(super) fn check(
    setup: &Setup,
    standing: &Standing,
    only: &ProjectId,
    problems: &Problems,
) -> Result<(), ApplyError> {
    let named = setup.projects.iter().map(|entry| &entry.id);
    let named = named.chain(setup.contacts.iter().flat_map(|entry| entry.roles.iter().map(|(at, _)| &at.value)));
    let named = named.chain(setup.agents.iter().map(|entry| &entry.project.value));
    let named = named.chain(setup.numbers.iter().map(|entry| &entry.project.value));
    let of_schedules = |entry: &'_ crate::config::setup::ScheduleEntry| {
        let several = entry.projects.iter().map(|at| at.value.clone());
        std::iter::once(entry.project.value.clone()).chain(several).collect::<Vec<_>>()
    };
    let of_schedules: Vec<ProjectId> = setup.schedules.iter().flat_map(of_schedules).collect();
    let is_foreign = |id: &&ProjectId| *id != only && !crate::config::setup::is_stand_in(id.as_str());
    if let Some(foreign) = named.chain(&of_schedules).find(is_foreign) {
        return Err(ApplyError::Foreign(foreign.clone()));
    }
    let wrong = |spot: &Spot, title: String, help: &str| {
        problems.error(&spot.source, spot.span.clone(), title, Some(help.to_owned()));
    };
    let shared = "whoever runs Callbrief applies what all projects share, by the command";
    for entry in &setup.calendars {
        wrong(&entry.spot, "a calendar is shared by projects, and this token opens one project".to_owned(), shared);
    }
    for entry in &setup.reports {
        wrong(&entry.spot, "a report is shared by projects, and this token opens one project".to_owned(), shared);
    }
    for entry in &setup.templates {
        wrong(&entry.spot, "this schedule stands for many projects, and this token opens one".to_owned(), shared);
    }
    for entry in &setup.contacts {
        let help = "a contact with roles in other projects, too, is changed by whoever runs Callbrief";
        if standing.taken.contacts.contains(&entry.id) {
            wrong(&entry.spot, format!("the id `{}` can't be had by a contact of `{only}`", entry.id), help);
        } else if entry.roles.is_empty() {
            wrong(&entry.spot, format!("`{}` has no role in `{only}`", entry.id), "give it one, such as \"manager\"");
        }
    }
    for entry in setup.schedules.iter().filter(|entry| standing.taken.schedules.contains(&entry.id)) {
        wrong(&entry.spot, format!("the id `{}` can't be had by a schedule of `{only}`", entry.id), "choose another");
    }
    Ok(())
}
