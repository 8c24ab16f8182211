//! What stands in the database before a file is applied.

use std::collections::{BTreeSet, HashMap};

use crate::domain::calendar::Calendar;
use crate::domain::contact::Contact;
use crate::domain::directory::{ListedAgent, ListedNumber};
use crate::domain::ids::{CalendarId, ContactId, ProjectId, ScheduleId};
use crate::domain::instant::Instant;
use crate::domain::person::Marks;
use crate::domain::project::Project;
use crate::domain::report_spec::ReportSpec;
use crate::store::balances::StoredBalance;
use crate::store::directory::Kept;
use crate::store::{LastRun, Session, StoreError, StoredSchedule};

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
    pub(super) schedules: Vec<StoredSchedule>,
    /// How far each schedule has come.
    pub(super) last_runs: HashMap<ScheduleId, LastRun>,
    /// The occurrences of each that fired in the last days.
    pub(super) told_lately: HashMap<ScheduleId, Vec<String>>,
}

/// No two zones are farther apart than 26 hours, and no gap of a clock is longer than a day.
const LATELY_SEC: i64 = 3 * 86_400;

impl Standing {
    pub(super) async fn read(session: &mut Session, now: Instant) -> Result<Self, StoreError> {
        let schedules = session.stored_schedules().await?;
        let last_runs = session.last_runs(&schedules).await?;
        let told_lately = session.told_lately(&schedules, now.plus_seconds(-LATELY_SEC)).await?;
        let codes = session.number_codes(None).await?.into_iter().filter(|code| code.confirmed_at.is_some());
        Ok(Self {
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
        })
    }

    pub(super) fn project(&self, id: &str) -> Option<&Project> {
        self.projects.iter().map(|(project, _)| project).find(|project| project.id.as_str() == id)
    }

    pub(super) fn calendar(&self, id: &CalendarId) -> Option<&Calendar> {
        self.calendars.iter().map(|(calendar, _)| calendar).find(|calendar| calendar.id == *id)
    }

    pub(super) fn schedule(&self, id: &ScheduleId) -> Option<&StoredSchedule> {
        self.schedules.iter().find(|stored| stored.schedule.id == *id)
    }
}
