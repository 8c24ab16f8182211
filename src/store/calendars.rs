//! Calendars: when projects work.

use super::{Damage, Named, Session, Sql, Store, StoreError};
use super::{execute, fetch_all, fetch_optional, json, sql, stored};
use crate::domain::calendar::Calendar;
use crate::domain::ids::CalendarId;
use crate::domain::instant::Instant;
use crate::domain::project::Project;

const LIST: Sql = sql!("calendars/list");
const NAMED: Sql = sql!(twin "calendars/named");
const SAVE: Sql = sql!("calendars/save");
const RETIRE: Sql = sql!("calendars/retire");

#[derive(Debug, sqlx::FromRow)]
struct CalendarRow {
    id: String,
    name: String,
    zone: Option<String>,
    hours: String,
    days_off: String,
    extra_days: String,
    applied_by: Option<String>,
}

impl CalendarRow {
    fn read(self) -> Result<Calendar, StoreError> {
        Ok(Calendar::new(
            stored("calendar id", CalendarId::parse(&self.id))?,
            self.name,
            self.zone,
            stored("hours of a calendar", serde_json::from_str(&self.hours))?,
            stored("days off", serde_json::from_str(&self.days_off))?,
            stored("extra working days", serde_json::from_str(&self.extra_days))?,
        ))
    }
}

impl Session {
    /// The calendar of this id, unless retired.
    pub async fn calendar(&mut self, id: &CalendarId) -> Result<Option<Calendar>, StoreError> {
        fetch_optional!(self, NAMED, CalendarRow, json(&[id.as_str()]))?.map(CalendarRow::read).transpose()
    }

    /// The calendars of these ids that aren't retired.
    pub async fn calendars_named(&mut self, ids: &[&str]) -> Result<Named<Calendar>, StoreError> {
        let rows = fetch_all!(self, NAMED, CalendarRow, json(&ids))?;
        rows.into_iter().map(|row| Ok((row.id.clone(), Damage::or(row.read())?))).collect()
    }

    /// The calendar that a project goes by.
    pub async fn calendar_of(&mut self, project: &Project) -> Result<Option<Calendar>, StoreError> {
        match &project.settings.calendar {
            Some(id) => self.calendar(id).await,
            None => Ok(None),
        }
    }

    /// Every calendar that isn't retired, by id.
    pub async fn calendars(&mut self) -> Result<Vec<Calendar>, StoreError> {
        fetch_all!(self, LIST, CalendarRow)?.into_iter().map(CalendarRow::read).collect()
    }

    /// The same, each with the file that keeps it.
    pub(crate) async fn kept_calendars(&mut self) -> Result<Vec<(Calendar, Option<String>)>, StoreError> {
        fetch_all!(self, LIST, CalendarRow)?
            .into_iter()
            .map(|mut row| {
                let file = row.applied_by.take();
                Ok((row.read()?, file))
            })
            .collect()
    }

    /// Makes the calendar or changes it to this.
    pub(crate) async fn save_calendar(
        &mut self,
        calendar: &Calendar,
        file: Option<&str>,
        now: Instant,
    ) -> Result<(), StoreError> {
        let (hours, days_off, extra) = (json(&calendar.week), json(&calendar.days_off()), json(&calendar.extra_days()));
        let (id, name, zone) = (calendar.id.as_str(), calendar.name.as_str(), calendar.zone.as_deref());
        execute!(self, SAVE, id, name, zone, hours.as_str(), days_off.as_str(), extra.as_str(), file, now)?;
        Ok(())
    }

    /// Retires the calendar of this id.
    pub(crate) async fn retire_calendar(&mut self, id: &str, now: Instant) -> Result<(), StoreError> {
        execute!(self, RETIRE, id, now).map(|_| ())
    }
}

impl Store {
    /// The calendar that a project goes by.
    pub async fn calendar_of(&self, project: &Project) -> Result<Option<Calendar>, StoreError> {
        self.read().await?.calendar_of(project).await
    }

    /// Every calendar that isn't retired, by id.
    pub async fn calendars(&self) -> Result<Vec<Calendar>, StoreError> {
        self.read().await?.calendars().await
    }

    /// The same, each with the file that keeps it.
    pub async fn kept_calendars(&self) -> Result<Vec<(Calendar, Option<String>)>, StoreError> {
        self.read().await?.kept_calendars().await
    }
}
