//! Projects: the tenants. A retired one is no longer listed or found by its id; its number still finds it, because the
//! ledger speaks of it.

use super::{Damage, Named, Session, Sql, Store, StoreError};
use super::{execute, fetch_all, fetch_optional, json, sql, stored};
use crate::domain::cadence::Weekday;
use crate::domain::ids::{ProjectId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::project::Project;

const LIST: Sql = sql!("projects/list");
const NAMED: Sql = sql!(twin "projects/named");
const PLACES: Sql = sql!("projects/places");
const BY_KEYS: Sql = sql!(twin "projects/by_keys");
const SAVE: Sql = sql!("projects/save");
const RETIRE: Sql = sql!("projects/retire");

/// What facts about a project's money are read by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectPlace {
    pub key: ProjectKey,
    pub id: String,
    pub zone: String,
    pub currency: String,
}

#[derive(Debug, sqlx::FromRow)]
struct ProjectRow {
    key: i64,
    id: String,
    name: String,
    zone: String,
    locale: String,
    currency: String,
    week_start: String,
    allowed_domains: String,
    settings: String,
    applied_by: Option<String>,
}

impl ProjectRow {
    fn read(self) -> Result<Project, StoreError> {
        Ok(Project {
            key: ProjectKey(self.key),
            id: stored("project id", ProjectId::parse(&self.id))?,
            name: self.name,
            zone: self.zone,
            locale: self.locale,
            currency: self.currency,
            week_start: stored("first day of the week", Weekday::parse(&self.week_start).ok_or(self.week_start))?,
            allowed_domains: stored("list of domains", serde_json::from_str(&self.allowed_domains))?,
            settings: stored("settings of a project", serde_json::from_str(&self.settings))?,
        })
    }
}

impl Session {
    /// The project of this id, unless retired.
    pub async fn project(&mut self, id: &ProjectId) -> Result<Option<Project>, StoreError> {
        fetch_optional!(self, NAMED, ProjectRow, json(&[id.as_str()]))?.map(ProjectRow::read).transpose()
    }

    /// The projects of these ids that aren't retired.
    pub async fn projects_named(&mut self, ids: &[&str]) -> Result<Named<Project>, StoreError> {
        let rows = fetch_all!(self, NAMED, ProjectRow, json(&ids))?;
        rows.into_iter().map(|row| Ok((row.id.clone(), Damage::or(row.read())?))).collect()
    }

    /// The project of this number, retired or not.
    pub async fn project_by_key(&mut self, key: ProjectKey) -> Result<Option<Project>, StoreError> {
        Ok(self.projects_by_keys(&[key]).await?.into_iter().next())
    }

    /// The projects of these numbers, retired or not.
    pub async fn projects_by_keys(&mut self, keys: &[ProjectKey]) -> Result<Vec<Project>, StoreError> {
        let keys: Vec<i64> = keys.iter().map(|key| key.0).collect();
        fetch_all!(self, BY_KEYS, ProjectRow, json(&keys))?.into_iter().map(ProjectRow::read).collect()
    }

    /// Every project that isn't retired, by id.
    pub async fn projects(&mut self) -> Result<Vec<Project>, StoreError> {
        fetch_all!(self, LIST, ProjectRow)?.into_iter().map(ProjectRow::read).collect()
    }

    /// Every project that isn't retired, with what facts about its money are read by.
    pub async fn project_places(&mut self) -> Result<Vec<ProjectPlace>, StoreError> {
        let rows = fetch_all!(self, PLACES, (i64, String, String, String))?;
        let place = |(key, id, zone, currency)| ProjectPlace { key: ProjectKey(key), id, zone, currency };
        Ok(rows.into_iter().map(place).collect())
    }

    /// The same, each with the file that keeps it.
    pub(crate) async fn kept_projects(&mut self) -> Result<Vec<(Project, Option<String>)>, StoreError> {
        fetch_all!(self, LIST, ProjectRow)?
            .into_iter()
            .map(|mut row| {
                let file = row.applied_by.take();
                Ok((row.read()?, file))
            })
            .collect()
    }

    /// The project of this id, unless retired, with the file that keeps it.
    pub(crate) async fn kept_project(
        &mut self,
        id: &ProjectId,
    ) -> Result<Option<(Project, Option<String>)>, StoreError> {
        let Some(mut row) = fetch_optional!(self, NAMED, ProjectRow, json(&[id.as_str()]))? else { return Ok(None) };
        let file = row.applied_by.take();
        Ok(Some((row.read()?, file)))
    }

    /// Makes the project or changes it to this; its number is the database's to give.
    pub(crate) async fn save_project(
        &mut self,
        project: &Project,
        file: Option<&str>,
        now: Instant,
    ) -> Result<(), StoreError> {
        let (domains, settings) = (json(&project.allowed_domains), json(&project.settings));
        let (id, week_start) = (project.id.as_str(), project.week_start.name());
        let (name, zone) = (project.name.as_str(), project.zone.as_str());
        let (locale, currency) = (project.locale.as_str(), project.currency.as_str());
        execute!(
            self,
            SAVE,
            id,
            name,
            zone,
            locale,
            currency,
            week_start,
            domains.as_str(),
            file,
            now,
            settings.as_str()
        )?;
        self.touch_edited(&project.id, now).await
    }

    /// Retires the project of this id.
    pub(crate) async fn retire_project(&mut self, id: &str, now: Instant) -> Result<(), StoreError> {
        execute!(self, RETIRE, id, now).map(|_| ())
    }
}

impl Store {
    /// The project of this id, unless retired.
    pub async fn project(&self, id: &ProjectId) -> Result<Option<Project>, StoreError> {
        self.read().await?.project(id).await
    }

    /// The project of this number, retired or not.
    pub async fn project_by_key(&self, key: ProjectKey) -> Result<Option<Project>, StoreError> {
        self.read().await?.project_by_key(key).await
    }

    /// Every project that isn't retired, by id.
    pub async fn projects(&self) -> Result<Vec<Project>, StoreError> {
        self.read().await?.projects().await
    }
}
