//! The record of imports, and the rows that couldn't be read.

use super::{Session, Sql, StoreError, execute, fetch_one, sql, stored};
use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;

const BEGIN: Sql = sql!("imports/begin");
const END: Sql = sql!("imports/end");
const NOTE: Sql = sql!("imports/note");
const END_SILENT: Sql = sql!("imports/end_silent");
const SET_ASIDE: Sql = sql!(twin "imports/set_aside");

/// An import that gave no sign of life for so long was killed.
const SILENT_SEC: i64 = 900;

/// How an import ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportEnd {
    /// Every row was looked at.
    Done,
    /// An error ended it; what was taken in before stays, and the same file may be given again.
    Failed,
}

impl ImportEnd {
    const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

/// What an import came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportTotals {
    pub rows: u64,
    pub new: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub set_aside: u64,
}

impl Session {
    /// Records that an import begins; gives its number.
    pub async fn begin_import(
        &mut self,
        project: ProjectKey,
        source: i64,
        file_name: &str,
        now: Instant,
    ) -> Result<i64, StoreError> {
        let (id,) = fetch_one!(self, BEGIN, (i64,), project.0, source, file_name, now)?;
        Ok(id)
    }

    /// A sign of life of an import that has read so many rows.
    pub async fn note_import(&mut self, import: i64, rows: u64, now: Instant) -> Result<(), StoreError> {
        execute!(self, NOTE, import, now, i64::try_from(rows).unwrap_or(i64::MAX))?;
        Ok(())
    }

    /// Says of imports without a sign of life for a quarter of an hour that they broke off; returns how many.
    pub async fn end_silent_imports(&mut self, now: Instant) -> Result<u64, StoreError> {
        execute!(self, END_SILENT, now, now.plus_seconds(-SILENT_SEC))
    }

    /// Records its account.
    pub async fn end_import(
        &mut self,
        import: i64,
        end: ImportEnd,
        totals: ImportTotals,
        now: Instant,
    ) -> Result<(), StoreError> {
        let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        execute!(
            self,
            END,
            import,
            now,
            count(totals.rows),
            count(totals.new),
            count(totals.updated),
            count(totals.unchanged),
            count(totals.set_aside),
            end.name()
        )?;
        Ok(())
    }

    /// Keeps rows that couldn't be read: `(line, column, value, reason)`.
    pub async fn save_set_aside(&mut self, import: i64, rows: &[(u64, &str, &str, &str)]) -> Result<(), StoreError> {
        if !rows.is_empty() {
            execute!(self, SET_ASIDE, import, &stored("set-aside rows", serde_json::to_string(rows))?)?;
        }
        Ok(())
    }
}
