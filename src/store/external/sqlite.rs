//! SQLite: the file is opened to be read only, and the connection told to change nothing. Types are the values' own, because
//! a column's is only an intention; a real comes as the shortest text that means it.

use std::str::FromStr;
use std::time::Instant as Stopwatch;

use futures_util::TryStreamExt;
use sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use sqlx::{
    AssertSqlSafe, Column, ConnectOptions, Connection, Executor, Row, SqlSafeStr, SqliteConnection, Statement,
    TypeInfo, ValueRef,
};

use super::{Cell, Each, ExternalError, Reach, Whom};

/// Steps of SQLite's machine between two looks at the clock.
const STEPS: i32 = 10_000;

/// An open look.
#[derive(Debug)]
pub struct Look {
    connection: SqliteConnection,
    whom: Whom,
}

impl Look {
    pub(super) async fn open(url: &str, reach: &Reach<'_>) -> Result<Self, ExternalError> {
        let options = SqliteConnectOptions::from_str(url).map_err(|error| ExternalError::Address(reason(&error)))?;
        let file = std::path::absolute(options.get_filename()).unwrap_or_else(|_| options.get_filename().to_owned());
        let whom = Whom { place: file.display().to_string(), user: None };
        let options = options
            .read_only(true)
            .create_if_missing(false)
            .busy_timeout(reach.patience)
            .pragma("query_only", "on")
            .disable_statement_logging();
        let mut connection = options.connect().await.map_err(|error| unopened(&whom, &file, &error))?;
        // A query that nobody waits for any more would keep its thread busy to its end.
        let (begun, patience) = (Stopwatch::now(), reach.patience);
        let handle = connection.lock_handle().await;
        handle.map_err(|error| whom.unread(&error))?.set_progress_handler(STEPS, move || begun.elapsed() < patience);
        connection.execute("begin").await.map_err(|error| whom.unread(&error))?;
        Ok(Self { connection, whom })
    }

    pub(super) async fn read(
        &mut self,
        query: &str,
        most: usize,
        each: Each<'_>,
    ) -> Result<Vec<String>, ExternalError> {
        let whom = &self.whom;
        let wrong = |error: sqlx::Error| whom.unread(&error);
        let wrapped = format!("select * from (\n{query}\n) limit {}", most.saturating_add(1));
        let prepared = self.connection.prepare(AssertSqlSafe(wrapped.clone()).into_sql_str()).await.map_err(wrong)?;
        let columns: Vec<String> = prepared.columns().iter().map(|column| column.name().to_owned()).collect();
        drop(prepared);
        let mut rows = sqlx::query(AssertSqlSafe(wrapped)).persistent(false).fetch(&mut self.connection);
        let mut count = 0;
        while let Some(row) = rows.try_next().await.map_err(wrong)? {
            count += 1;
            if count > most {
                return Err(ExternalError::TooMany(most));
            }
            each(&columns, cells(&row));
        }
        Ok(columns)
    }

    pub(super) async fn close(self) {
        let _ = self.connection.close().await;
    }
}

fn reason(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Configuration(why) => why.to_string(),
        other => other.to_string(),
    }
}

fn unopened(whom: &Whom, file: &std::path::Path, error: &sqlx::Error) -> ExternalError {
    match file.try_exists() {
        Ok(false) => ExternalError::Unreached(format!("there is no file {}", whom.place)),
        _ => ExternalError::Unreached(format!("{} can't be opened: {error}", whom.place)),
    }
}

fn cells(row: &SqliteRow) -> Vec<Cell> {
    (0..row.len())
        .map(|at| {
            let Ok(value) = row.try_get_raw(at) else { return Cell::Bytes };
            if value.is_null() {
                return Cell::Nothing;
            }
            let kind = value.type_info().name().to_owned();
            let text = match kind.as_str() {
                "INTEGER" => row.try_get_unchecked::<i64, _>(at).map(|number| Cell::Exact(number.to_string())),
                "REAL" => row.try_get_unchecked::<f64, _>(at).map(Cell::double),
                "BLOB" => return Cell::Bytes,
                _ => row.try_get_unchecked::<String, _>(at).map(Cell::Exact),
            };
            text.unwrap_or(Cell::Bytes)
        })
        .collect()
}
