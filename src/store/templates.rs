//! Templates: schedules that stand for many projects. What they come to are rows of schedules.

use super::{Session, Sql, StoreError};
use super::{execute, fetch_all, sql};
use crate::domain::instant::Instant;

const LIST: Sql = sql!("templates/list");
const SAVE: Sql = sql!("templates/save");
const RETIRE: Sql = sql!("templates/retire");

/// A template's row.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredTemplate {
    pub id: String,
    /// Its `[[schedule]]` as one JSON object.
    pub body: String,
    /// The file that keeps it.
    pub applied_by: Option<String>,
}

impl Session {
    /// Every template that isn't retired, by id.
    pub async fn templates(&mut self) -> Result<Vec<StoredTemplate>, StoreError> {
        fetch_all!(self, LIST, StoredTemplate)
    }

    /// Makes the template or changes it to this.
    pub(crate) async fn save_template(
        &mut self,
        id: &str,
        body: &str,
        file: Option<&str>,
        now: Instant,
    ) -> Result<(), StoreError> {
        execute!(self, SAVE, id, body, file, now).map(|_| ())
    }

    /// Retires the template of this id.
    pub(crate) async fn retire_template(&mut self, id: &str, now: Instant) -> Result<(), StoreError> {
        execute!(self, RETIRE, id, now).map(|_| ())
    }
}
