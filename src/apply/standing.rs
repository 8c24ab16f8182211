//! What stands in the database before a file is applied.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use super::only::Taken;
use super::templates;
use crate::config::setup::{self, ScheduleEntry};
use crate::domain::calendar::Calendar;
use crate::domain::contact::Contact;
use crate::domain::directory::{ListedAgent, ListedNumber};
use crate::domain::ids::{CalendarId, ContactId, ProjectId, ScheduleId};
use crate::domain::instant::Instant;
use crate::domain::person::Marks;
use crate::domain::project::Project;
use crate::domain::report_spec::ReportSpec;
use crate::domain::schedule::Schedule;
use crate::store::balances::StoredBalance;
use crate::store::directory::Kept;
use crate::store::{LastRun, Session, StoreError, StoredSchedule};
use crate::zones::firing::COMES_AGAIN_SEC;

/// Everything that isn't retired, each with the file that keeps it.
#[derive(Debug, Default)]
pub(super) struct Standing {
    pub(super) calendars: Vec<(Calendar, Option<String>)>,
    pub(super) projects: Vec<(Project, Option<String>)>,
    /// What balances are, as they were last told.
    pub(super) balances: Vec<StoredBalance>,
    pub(super) contacts: Vec<(Contact, Option<String>)>,
    /// Numbers that a code confirmed.
    pub(super) confirmed: BTreeSet<(ContactId, String)>,
    /// Persons who were erased.
    pub(super) erased: Marks,
    pub(super) agents: Vec<Kept<ListedAgent>>,
    pub(super) numbers: Vec<Kept<ListedNumber>>,
    /// Streams by which calls of a project came in, by the project.
    pub(super) sources: Vec<(ProjectId, String)>,
    pub(super) reports: Vec<(ReportSpec, Option<String>)>,
    /// Schedules that stand for many projects.
    pub(super) templates: Vec<(ScheduleEntry, Option<String>)>,
    /// Those of them that this version of the program can't read: what they made stays as it is.
    pub(super) unread_templates: BTreeSet<String>,
    /// Ids that templates would make for what is read here, and that others have whose schedules aren't read.
    pub(super) elsewhere: BTreeSet<String>,
    pub(super) schedules: Vec<StoredSchedule>,
    /// How far each schedule has come.
    pub(super) last_runs: HashMap<ScheduleId, LastRun>,
    /// The occurrences of each that fired in the last days.
    pub(super) told_lately: HashMap<ScheduleId, Vec<String>>,
    /// Ids that whoever asks can't have, because somebody else has them.
    pub(super) taken: Taken,
    pub(super) found: Found,
}

/// Where each thing is in its list, made when first asked for.
#[derive(Debug, Default)]
pub(super) struct Found {
    projects: OnceLock<HashMap<ProjectId, usize>>,
    calendars: OnceLock<HashMap<CalendarId, usize>>,
    schedules: OnceLock<HashMap<ScheduleId, usize>>,
    balances: OnceLock<HashMap<ProjectId, Vec<usize>>>,
}

fn places<K: std::hash::Hash + Eq>(ids: impl Iterator<Item = K>) -> HashMap<K, usize> {
    ids.enumerate().map(|(at, id)| (id, at)).collect()
}

/// What of the database is looked at: the parts that a few projects and entries may meet.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    pub(super) projects: BTreeSet<ProjectId>,
    pub(super) contacts: BTreeSet<ContactId>,
    pub(super) schedules: BTreeSet<ScheduleId>,
}

impl Standing {
    pub(super) async fn read(session: &mut Session, now: Instant) -> Result<Self, StoreError> {
        let schedules = session.stored_schedules().await?;
        let last_runs = session.last_runs(&schedules).await?;
        let told_lately = session.told_lately(&schedules, |_| now.plus_seconds(-COMES_AGAIN_SEC)).await?;
        let codes = session.number_codes(None).await?.into_iter().filter(|code| code.confirmed_at.is_some());
        let mut read = Self {
            confirmed: codes.map(|code| (code.contact, code.number)).collect(),
            calendars: session.kept_calendars().await?,
            projects: session.kept_projects().await?,
            balances: session.balances(None, None).await?,
            contacts: session.kept_contacts().await?,
            erased: Marks::new(&session.erased(None).await?),
            agents: session.listed_agents().await?,
            numbers: session.listed_numbers().await?,
            sources: session.source_names().await?,
            reports: session.kept_reports().await?,
            schedules,
            last_runs,
            told_lately,
            ..Self::default()
        };
        read.read_templates(session).await?;
        Ok(read)
    }

    async fn read_templates(&mut self, session: &mut Session) -> Result<(), StoreError> {
        for row in session.templates().await? {
            match setup::template_of(&row.id, &row.body) {
                Some(entry) => self.templates.push((entry, row.applied_by)),
                None => {
                    self.unread_templates.insert(row.id);
                }
            }
        }
        Ok(())
    }

    /// Looks which of the ids that templates make for these projects belong to schedules that weren't read.
    async fn look_elsewhere(
        &mut self,
        session: &mut Session,
        projects: &BTreeSet<ProjectId>,
        read: &BTreeMap<ScheduleId, StoredSchedule>,
    ) -> Result<(), StoreError> {
        let made = |(entry, _): &(ScheduleEntry, _)| {
            let ids = projects.iter().filter_map(|project| templates::id_of(&entry.id, project).ok());
            ids.filter(|id| !read.contains_key(id)).collect::<Vec<_>>()
        };
        let ids: Vec<ScheduleId> = self.templates.iter().flat_map(made).collect();
        if !ids.is_empty() {
            let ids: Vec<&str> = ids.iter().map(ScheduleId::as_str).collect();
            self.elsewhere = session.schedules_named(&ids).await?.into_keys().collect();
        }
        Ok(())
    }

    /// The same of a part only: calendars and reports, some projects with all that is theirs, and what is named beside.
    pub(super) async fn read_part(session: &mut Session, part: &Part, now: Instant) -> Result<Self, StoreError> {
        let mut read = Self {
            calendars: session.kept_calendars().await?,
            reports: session.kept_reports().await?,
            erased: Marks::new(&session.erased(None).await?),
            ..Self::default()
        };
        read.read_templates(session).await?;
        let mut contacts: BTreeMap<ContactId, (Contact, Option<String>)> = BTreeMap::new();
        let mut schedules: BTreeMap<ScheduleId, StoredSchedule> = BTreeMap::new();
        for id in &part.projects {
            let Some((project, file)) = session.kept_project(id).await? else { continue };
            let key = project.key;
            read.projects.push((project, file));
            read.balances.extend(session.balances(Some(key), None).await?);
            read.agents.extend(session.listed_agents_of(key).await?);
            read.numbers.extend(session.listed_numbers_of(key).await?);
            let sources = session.coverage(key).await?.into_iter();
            read.sources.extend(sources.map(|source| (id.clone(), source.name)));
            let of_it = session.kept_contacts_of(key).await?.into_iter();
            contacts.extend(of_it.map(|(contact, file)| (contact.id.clone(), (contact, file))));
            let of_it = session.stored_schedules_of(key).await?.into_iter();
            schedules.extend(of_it.map(|stored| (stored.schedule.id.clone(), stored)));
        }
        for id in &part.contacts {
            if !contacts.contains_key(id)
                && let Some(found) = session.kept_contact(id).await?
            {
                contacts.insert(id.clone(), found);
            }
            let codes = session.number_codes(Some(id)).await?.into_iter().filter(|code| code.confirmed_at.is_some());
            read.confirmed.extend(codes.map(|code| (code.contact, code.number)));
        }
        for id in &part.schedules {
            if !schedules.contains_key(id)
                && let Some(stored) = session.stored_schedule(id).await?
            {
                schedules.insert(id.clone(), stored);
            }
        }
        read.look_elsewhere(session, &part.projects, &schedules).await?;
        read.contacts = contacts.into_values().collect();
        read.schedules = schedules.into_values().collect();
        read.last_runs = session.last_runs(&read.schedules).await?;
        read.told_lately = session.told_lately(&read.schedules, |_| now.plus_seconds(-COMES_AGAIN_SEC)).await?;
        Ok(read)
    }

    /// Whether a template goes by this id, one that can't be read too.
    pub(super) fn is_template(&self, id: &str) -> bool {
        self.unread_templates.contains(id) || self.templates.iter().any(|(entry, _)| entry.id.as_str() == id)
    }

    pub(super) fn project(&self, id: &str) -> Option<&Project> {
        self.kept_project(id).map(|(project, _)| project)
    }

    pub(super) fn kept_project(&self, id: &str) -> Option<&(Project, Option<String>)> {
        let places = || places(self.projects.iter().map(|(project, _)| project.id.clone()));
        let id = ProjectId::parse(id).ok()?;
        self.found.projects.get_or_init(places).get(&id).and_then(|at| self.projects.get(*at))
    }

    pub(super) fn calendar(&self, id: &CalendarId) -> Option<&Calendar> {
        let places = || places(self.calendars.iter().map(|(calendar, _)| calendar.id.clone()));
        let at = self.found.calendars.get_or_init(places).get(id)?;
        self.calendars.get(*at).map(|(calendar, _)| calendar)
    }

    pub(super) fn schedule(&self, id: &ScheduleId) -> Option<&StoredSchedule> {
        let places = || places(self.schedules.iter().map(|stored| stored.schedule.id.clone()));
        self.found.schedules.get_or_init(places).get(id).and_then(|at| self.schedules.get(*at))
    }

    /// The schedule that goes by this text.
    pub(super) fn schedule_of(&self, id: &str) -> Option<&Schedule> {
        self.schedule(&ScheduleId::parse(id).ok()?).map(|stored| &stored.schedule)
    }

    /// The balances of a project.
    pub(super) fn balances_of(&self, id: &ProjectId) -> impl Iterator<Item = &StoredBalance> {
        let places = || {
            let mut places: HashMap<ProjectId, Vec<usize>> = HashMap::new();
            for (at, stored) in self.balances.iter().enumerate() {
                places.entry(stored.project.clone()).or_default().push(at);
            }
            places
        };
        let of_it = self.found.balances.get_or_init(places).get(id);
        of_it.into_iter().flatten().filter_map(|at| self.balances.get(*at))
    }
}
