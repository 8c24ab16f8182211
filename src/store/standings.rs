//! How projects stand with whoever serves them, as others told.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::{Session, Sql, StoreError};
use super::{execute, fetch_all, json, sql, stored};
use crate::domain::balance::{Standing, Status, Taken};
use crate::domain::ids::{ProjectId, ProjectKey};
use crate::domain::instant::Instant;

const SET: Sql = sql!(twin "standings/set");
const KNOWN: Sql = sql!(twin "standings/known");
const FRESHEN: Sql = sql!(twin "standings/freshen");
const LIST: Sql = sql!("standings/list");
const OF_PROJECT: Sql = sql!("standings/of_project");
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

#[derive(Debug, sqlx::FromRow)]
struct KnownRow {
    project: i64,
    status: String,
    paid_until: Option<String>,
    as_of: Instant,
}

fn standing(status: &str, paid_until: Option<String>, as_of: Instant) -> Result<Standing, StoreError> {
    let paid_until = paid_until.map(|day| day.parse::<NaiveDate>()).transpose();
    Ok(Standing {
        status: stored("status of a project", Status::parse(status).ok_or(status))?,
        paid_until: stored("last paid day", paid_until)?,
        as_of,
    })
}

impl StandingRow {
    fn read(self) -> Result<StoredStanding, StoreError> {
        Ok(StoredStanding {
            key: ProjectKey(self.project),
            project: stored("project id", ProjectId::parse(&self.project_id))?,
            standing: standing(&self.status, self.paid_until, self.as_of)?,
        })
    }
}

/// What becomes of a fact that is told, where one stands.
pub fn fate(stands: &Standing, new: &Standing) -> Taken {
    let is_same = (stands.status, stands.paid_until) == (new.status, new.paid_until);
    match new.as_of.cmp(&stands.as_of) {
        Ordering::Less => Taken::Older { than: stands.as_of },
        Ordering::Equal if is_same => Taken::Same,
        Ordering::Greater if is_same => Taken::Fresh,
        Ordering::Equal | Ordering::Greater => Taken::Now,
    }
}

impl Session {
    /// Keeps how projects stand, each unless a younger fact stands; what became of each, in their order. One that stands as
    /// it is told, but for the moment, only moves on to that moment. A project may be named once.
    pub async fn set_standings(
        &mut self,
        told: &[(ProjectKey, Standing)],
        now: Instant,
    ) -> Result<Vec<Taken>, StoreError> {
        let keys: Vec<ProjectKey> = told.iter().map(|(key, _)| *key).collect();
        let before = self.known_standings(&keys).await?;
        let (mut taken, mut wanted, mut fresh) = (Vec::new(), Vec::new(), Vec::new());
        for (key, new) in told {
            let fate = before.get(key).map_or(Taken::Now, |stands| fate(stands, new));
            let as_of = new.as_of.as_micros();
            match fate {
                Taken::Now => wanted.push((key.0, new.status.name(), new.paid_until.map(|day| day.to_string()), as_of)),
                Taken::Fresh => fresh.push((key.0, as_of)),
                Taken::Same | Taken::Older { .. } => {}
            }
            taken.push(fate);
        }
        if !fresh.is_empty() {
            execute!(self, FRESHEN, json(&fresh), now)?;
        }
        if !wanted.is_empty() {
            let kept: HashSet<i64> =
                fetch_all!(self, SET, (i64,), json(&wanted), now)?.into_iter().map(|(key,)| key).collect();
            for ((key, _), fate) in told.iter().zip(&mut taken) {
                if *fate == Taken::Now && !kept.contains(&key.0) {
                    *fate = Taken::Older { than: now };
                }
            }
            let touched: Vec<ProjectKey> = kept.into_iter().map(ProjectKey).collect();
            self.touch_evaluations(&touched, now).await?;
        }
        Ok(taken)
    }

    /// How these projects stand, as far as anybody told.
    pub async fn known_standings(
        &mut self,
        projects: &[ProjectKey],
    ) -> Result<HashMap<ProjectKey, Standing>, StoreError> {
        let keys: Vec<i64> = projects.iter().map(|key| key.0).collect();
        let rows = fetch_all!(self, KNOWN, KnownRow, json(&keys))?;
        rows.into_iter()
            .map(|row| Ok((ProjectKey(row.project), standing(&row.status, row.paid_until, row.as_of)?)))
            .collect()
    }

    /// Projects that are archived.
    pub async fn archived_projects(&mut self) -> Result<HashSet<ProjectKey>, StoreError> {
        Ok(fetch_all!(self, ARCHIVED, (i64,))?.into_iter().map(|(key,)| ProjectKey(key)).collect())
    }

    /// How a project stands, or each; a project that nobody spoke of isn't there.
    pub async fn standings(&mut self, project: Option<ProjectKey>) -> Result<Vec<StoredStanding>, StoreError> {
        let rows = match project {
            Some(project) => fetch_all!(self, OF_PROJECT, StandingRow, project.0)?,
            None => fetch_all!(self, LIST, StandingRow)?,
        };
        rows.into_iter().map(StandingRow::read).collect()
    }
}
