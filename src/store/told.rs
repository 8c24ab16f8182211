//! What reports told of their calls, kept with their runs, so that the next ones can say what came in after them.

use std::collections::HashMap;

use super::{Session, Sql, StoreError};
use super::{fetch_all, json, sql, stored};
use crate::domain::ids::RunId;
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::domain::run::ToldRun;

const TOLD_BEFORE: Sql = sql!(twin "runs/told_before");

/// What was told before one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToldBefore {
    /// By the schedule's last report before it.
    pub last: Option<ToldRun>,
    /// By the report of the period that it is compared with.
    pub compared: Option<ToldRun>,
}

#[derive(Debug, sqlx::FromRow)]
struct Row {
    run: i64,
    is_last: bool,
    period_from: Instant,
    period_to: Instant,
    told_as_of: Instant,
    told: String,
}

impl Session {
    /// What was told before each of these runs; one of which nothing is known is absent.
    pub async fn told_before(&mut self, runs: &[RunId]) -> Result<HashMap<RunId, ToldBefore>, StoreError> {
        let ids: Vec<i64> = runs.iter().map(|run| run.0).collect();
        let mut found: HashMap<RunId, ToldBefore> = HashMap::new();
        for row in fetch_all!(self, TOLD_BEFORE, Row, json(&ids))? {
            let period = Period::new(row.period_from, row.period_to);
            let period = stored("period of a run", period.ok_or("it ends before it begins"))?;
            let told = stored("what a report told", serde_json::from_str(&row.told))?;
            let told = Some(ToldRun { period, as_of: row.told_as_of, told });
            let before = found.entry(RunId(row.run)).or_default();
            *(if row.is_last { &mut before.last } else { &mut before.compared }) = told;
        }
        Ok(found)
    }
}
