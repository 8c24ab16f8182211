//! What many runs are made from, fetched for all of them in a handful of statements: schedules, projects, reports, calendars,
//! people, and what is listed. A row that can't be read is kept as what it is, and costs the runs that need it.

use std::collections::HashMap;
use std::sync::Arc;

use crate::app::App;
use crate::domain::calendar::Calendar;
use crate::domain::contact::Contact;
use crate::domain::directory::Directory;
use crate::domain::ids::{ContactId, ProjectId, ProjectKey};
use crate::domain::project::Project;
use crate::domain::report_spec::ReportSpec;
use crate::domain::schedule::{Recipient, Schedule};
use crate::store::runs::StoredRun;
use crate::store::{Damage, Named, Session, StoreError, StoredSchedule};

/// Everything that some runs ask for. What isn't there was retired, or never was.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    schedules: Named<StoredSchedule>,
    projects: Named<Project>,
    reports: Named<ReportSpec>,
    calendars: Named<Calendar>,
    contacts: Named<Contact>,
    /// Who has a role in each project.
    members: HashMap<ProjectKey, Vec<String>>,
    directories: HashMap<ProjectKey, Result<Arc<Directory>, Damage>>,
}

/// Different words, in an order that is always the same.
fn each<'a>(words: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut all: Vec<&str> = words.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Those that could be read.
fn fine<T>(named: &Named<T>) -> impl Iterator<Item = &T> {
    named.values().filter_map(|read| read.as_ref().ok())
}

fn found<'a, T>(named: &'a Named<T>, name: &str) -> Result<Option<&'a T>, Damage> {
    named.get(name).map(Result::as_ref).transpose().map_err(Damage::clone)
}

impl Shelf {
    /// Fetches what these runs are made from.
    pub(super) async fn filled(app: &App, session: &mut Session, runs: &[&StoredRun]) -> Result<Self, StoreError> {
        let mut shelf = Self::default();
        let named = each(runs.iter().map(|stored| stored.run.schedule.as_str()));
        shelf.schedules = session.schedules_named(&named).await?;
        let schedules = || fine(&shelf.schedules).map(|stored| &stored.schedule);
        let of_schedule = |schedule: &'_ Schedule| {
            std::iter::once(&schedule.project).chain(&schedule.settings.projects).cloned().collect::<Vec<ProjectId>>()
        };
        let projects: Vec<ProjectId> = schedules().flat_map(of_schedule).collect();
        let reports = session.report_specs_named(&each(schedules().map(|schedule| schedule.report.as_str()))).await?;
        let mut people: Vec<String> =
            schedules().flat_map(|schedule| &schedule.recipients).filter_map(listed).collect();
        shelf.projects = session.projects_named(&each(projects.iter().map(ProjectId::as_str))).await?;
        shelf.reports = reports;

        let keys: Vec<ProjectKey> = fine(&shelf.projects).map(|project| project.key).collect();
        let calendars =
            each(fine(&shelf.projects).filter_map(|project| Some(project.settings.calendar.as_ref()?.as_str())));
        if !calendars.is_empty() {
            shelf.calendars = session.calendars_named(&calendars).await?;
        }
        for (project, contact) in session.members(&keys).await? {
            people.push(contact.clone());
            shelf.members.entry(project).or_default().push(contact);
        }
        shelf.contacts = session.contacts_named(&each(people.iter().map(String::as_str))).await?;
        let mut listed = session.listed_of(&keys).await?;
        for project in fine(&shelf.projects) {
            let listed = listed.remove(&project.key).unwrap_or_else(|| Ok(Default::default()));
            // Days of the list are the project's, whatever the schedule's zone; where that one isn't known, the schedule's.
            let is_of = |schedule: &&Schedule| of_schedule(schedule).contains(&project.id);
            let zone = std::iter::once(&project.zone)
                .chain(schedules().filter(is_of).map(|schedule| &schedule.zone))
                .find_map(|name| app.zones.get(name).ok());
            let directory = listed.and_then(|listed| {
                let unknown = || Damage { what: "zone", detail: format!("`{}` isn't known", project.zone) };
                let zone = zone.ok_or_else(unknown)?;
                Ok(Arc::new(listed.directory(|day| zone.start_of_day(day))))
            });
            shelf.directories.insert(project.key, directory);
        }
        Ok(shelf)
    }

    pub(super) fn schedule(&self, run: &StoredRun) -> Result<Option<&Schedule>, Damage> {
        Ok(found(&self.schedules, run.run.schedule.as_str())?.map(|stored| &stored.schedule))
    }

    pub(super) fn project(&self, id: &ProjectId) -> Result<Option<&Project>, Damage> {
        found(&self.projects, id.as_str())
    }

    pub(super) fn report(&self, name: &str) -> Result<Option<&ReportSpec>, Damage> {
        found(&self.reports, name)
    }

    /// The calendar that a project goes by.
    pub(super) fn calendar_of(&self, project: &Project) -> Result<Option<&Calendar>, Damage> {
        match &project.settings.calendar {
            Some(id) => found(&self.calendars, id.as_str()),
            None => Ok(None),
        }
    }

    pub(super) fn directory(&self, project: ProjectKey) -> Result<Arc<Directory>, Damage> {
        self.directories.get(&project).cloned().unwrap_or_else(|| Ok(Arc::default()))
    }

    /// Everybody with a role in one of these projects, and whoever else a schedule lists.
    pub(super) fn contacts(
        &self,
        projects: &[ProjectKey],
        recipients: &[Recipient],
    ) -> Result<HashMap<ContactId, Contact>, Damage> {
        let members = projects.iter().filter_map(|key| self.members.get(key)).flatten().cloned();
        let all = members.chain(recipients.iter().filter_map(listed));
        let mut contacts = HashMap::new();
        for id in all {
            if let Some(contact) = found(&self.contacts, &id)? {
                contacts.insert(contact.id.clone(), contact.clone());
            }
        }
        Ok(contacts)
    }
}

/// The contact that a list names.
fn listed(recipient: &Recipient) -> Option<String> {
    match recipient {
        Recipient::Contact(id) => Some(id.to_string()),
        Recipient::Address(_) => None,
    }
}
