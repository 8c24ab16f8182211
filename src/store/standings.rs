//! How projects stand with whoever serves them, as others told.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::{Session, Sql, StoreError};
use super::{fetch_all, fetch_optional, sql, stored};
use crate::domain::balance::{Standing, Status, Taken};
use crate::domain::ids::{ProjectId, ProjectKey};
use crate::domain::instant::Instant;

const SET: Sql = sql!("standings/set");
const LIST: Sql = sql!("standings/list");
const ARCHIVED: Sql = sql!("standings/archived");

/// How a project stands, and which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredStanding {
    pub key: ProjectKey,
    pub project: ProjectId,
    pub standing: Standing,
}

#[derive(Debug, sqlx::FromRow)]
struct StandingRow {
    project: i64,
    project_id: String,
    status: String,
    paid_until: Option<String>,
    as_of: Instant,
}

impl StandingRow {
    fn read(self) -> Result<StoredStanding, StoreError> {
        let paid_until = self.paid_until.map(|day| day.parse::<NaiveDate>()).transpose();
        Ok(StoredStanding {
            key: ProjectKey(self.project),
            project: stored("project id", ProjectId::parse(&self.project_id))?,
            standing: Standing {
                status: stored("status of a project", Status::parse(&self.status).ok_or(self.status))?,
                paid_until: stored("last paid day", paid_until)?,
                as_of: self.as_of,
            },
        })
    }
}

impl Session {
    /// Keeps how a project stands, unless a younger fact stands.
    pub async fn set_standing(
        &mut self,
        project: ProjectKey,
        new: Standing,
        now: Instant,
    ) -> Result<Taken, StoreError> {
        let before = self.standings(Some(project)).await?.pop().map(|stored| stored.standing);
        if before == Some(new) {
            return Ok(Taken::Same);
        }
        let paid_until = new.paid_until.map(|day| day.to_string());
        let kept = fetch_optional!(self, SET, (i32,), project.0, new.status.name(), paid_until, new.as_of, now)?;
        if kept.is_none() {
            return Ok(Taken::Older { than: before.map_or(now, |stands| stands.as_of) });
        }
        self.touch_evaluation(project, now).await?;
        Ok(Taken::Now)
    }

    /// Projects that are archived.
    pub async fn archived_projects(&mut self) -> Result<HashSet<ProjectKey>, StoreError> {
        Ok(fetch_all!(self, ARCHIVED, (i64,))?.into_iter().map(|(key,)| ProjectKey(key)).collect())
    }

    /// How a project stands, or each; a project that nobody spoke of isn't there.
    pub async fn standings(&mut self, project: Option<ProjectKey>) -> Result<Vec<StoredStanding>, StoreError> {
        let rows = fetch_all!(self, LIST, StandingRow, project.map(|key| key.0))?;
        rows.into_iter().map(StandingRow::read).collect()
    }
}
