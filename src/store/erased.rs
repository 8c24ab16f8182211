//! By what erased persons are known again: keyed hashes, see `domain::person`.

use super::{Session, Sql, StoreError};
use super::{execute, fetch_all, sql};
use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;
use crate::domain::person::Trace;

const LIST: Sql = sql!("erased/list");
const ADD: Sql = sql!("erased/add");

#[derive(Debug, sqlx::FromRow)]
struct Row {
    project: Option<i64>,
    token: String,
    kind: String,
    hash: String,
    key: String,
    erased_at: Instant,
}

impl Session {
    /// By what erased persons are known again: in a project, or everywhere and in any.
    pub async fn erased(&mut self, project: Option<ProjectKey>) -> Result<Vec<Trace>, StoreError> {
        let rows = fetch_all!(self, LIST, Row, project.map(|key| key.0))?;
        let trace =
            |Row { project, token, kind, hash, key, erased_at }| Trace { project, token, kind, hash, key, erased_at };
        Ok(rows.into_iter().map(trace).collect())
    }

    /// Keeps such a trace.
    pub async fn add_erased(&mut self, trace: &Trace) -> Result<(), StoreError> {
        let Trace { project, token, kind, hash, key, erased_at } = trace;
        execute!(self, ADD, project, token, kind, hash, key, erased_at)?;
        Ok(())
    }
}
