//! Postgres, and what speaks like it. The query is declared as a cursor: that takes one statement, and only one that reads,
//! by the server's own grammar; the transaction is read-only besides. Nothing is set for the session, because behind a pooler
//! it would stay with the next one who gets it. Rows are fetched in portions by the simple protocol, which sends text.

use std::str::FromStr;

use futures_util::TryStreamExt;
use sqlx::postgres::{PgConnectOptions, PgRow, PgSslMode};
use sqlx::{AssertSqlSafe, Column, ConnectOptions, Connection, Executor, PgConnection, Row, TypeInfo, ValueRef};

use super::{Cell, Each, ExternalError, Protection, Reach, Whom, is_here};

/// Rows of one portion.
const PORTION: usize = 1_000;

/// An open look.
#[derive(Debug)]
pub struct Look {
    connection: PgConnection,
    whom: Whom,
}

impl Look {
    pub(super) async fn open(url: &str, reach: &Reach<'_>) -> Result<Self, ExternalError> {
        let options = PgConnectOptions::from_str(url).map_err(|error| ExternalError::Address(reason(&error)))?;
        let options = protected(options, url, reach).application_name("callbrief").statement_cache_capacity(0);
        let options = options.disable_statement_logging();
        let host = match options.get_socket() {
            Some(folder) => folder.display().to_string(),
            None => format!("{}:{}", options.get_host(), options.get_port()),
        };
        let user = options.get_username().to_owned();
        let place = format!("{host}/{}", options.get_database().unwrap_or(&user));
        let whom = Whom { place, user: Some(user) };
        let mut connection = PgConnection::connect_with(&options).await.map_err(|error| whom.unopened(&error))?;
        let told = connection.execute(AssertSqlSafe(begin(reach, &quoted(reach.zone)))).await;
        if told.is_err() {
            // A server that has never heard of the zone is told what its clock shows now.
            let offset = format!("interval '{} seconds'", reach.offset_sec);
            let again = async {
                connection.execute("rollback").await?;
                connection.execute(AssertSqlSafe(begin(reach, &offset))).await
            };
            again.await.map_err(|error| whom.unread(&error))?;
        }
        Ok(Self { connection, whom })
    }

    /// A query that fails leaves the others their moment.
    pub(super) async fn read(
        &mut self,
        query: &str,
        most: usize,
        each: Each<'_>,
    ) -> Result<Vec<String>, ExternalError> {
        self.connection.execute("savepoint query").await.map_err(|error| self.whom.unread(&error))?;
        let told = self.read_one(query, most, each).await;
        if told.is_err() {
            self.connection.execute("rollback to savepoint query").await.map_err(|error| self.whom.unread(&error))?;
        }
        told
    }

    async fn read_one(&mut self, query: &str, most: usize, each: Each<'_>) -> Result<Vec<String>, ExternalError> {
        let whom = &self.whom;
        let wrong = |error: sqlx::Error| whom.unread(&error);
        // By the extended protocol, which takes no second statement.
        let declare = format!("declare facts no scroll cursor for\n{query}");
        sqlx::query(AssertSqlSafe(declare)).persistent(false).execute(&mut self.connection).await.map_err(wrong)?;
        let (mut columns, mut count) = (None, 0);
        loop {
            let mut portion = 0;
            let mut rows =
                sqlx::raw_sql(AssertSqlSafe(format!("fetch {PORTION} from facts"))).fetch(&mut self.connection);
            while let Some(row) = rows.try_next().await.map_err(wrong)? {
                portion += 1;
                if count + portion > most {
                    return Err(ExternalError::TooMany(most));
                }
                let columns: &Vec<String> = columns.get_or_insert_with(|| names(&row));
                each(columns, cells(&row));
            }
            count += portion;
            if portion < PORTION {
                break;
            }
        }
        if columns.is_none() {
            // Without rows the cursor tells what they would be.
            let described = (&mut self.connection).describe(sqlx::SqlSafeStr::into_sql_str("fetch 0 from facts"));
            columns = described.await.ok().map(|told| told.columns().iter().map(|one| one.name().to_owned()).collect());
        }
        sqlx::raw_sql("close facts").execute(&mut self.connection).await.map_err(wrong)?;
        Ok(columns.unwrap_or_default())
    }

    pub(super) async fn close(self) {
        let _ = self.connection.close().await;
    }
}

/// A transaction that reads one moment, in the zone given, for this long at most.
fn begin(reach: &Reach<'_>, zone: &str) -> String {
    format!(
        "begin transaction isolation level repeatable read, read only; set local time zone {zone}; \
         set local datestyle = 'ISO, YMD'; set local statement_timeout = {}",
        reach.patience.as_millis()
    )
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn protected(options: PgConnectOptions, url: &str, reach: &Reach<'_>) -> PgConnectOptions {
    let is_here = options.get_socket().is_some() || is_here(options.get_host());
    let options = match reach.tls {
        Protection::Usual if url.contains("sslmode") || url.contains("ssl-mode") => options,
        Protection::Usual if is_here => options.ssl_mode(PgSslMode::Prefer),
        Protection::Usual | Protection::Verify => options.ssl_mode(PgSslMode::VerifyFull),
        Protection::Require => options.ssl_mode(PgSslMode::Require),
        Protection::Off => options.ssl_mode(PgSslMode::Disable),
    };
    match &reach.ca_file {
        Some(file) => options.ssl_root_cert(file),
        None => options,
    }
}

fn reason(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Configuration(why) => why.to_string(),
        other => other.to_string(),
    }
}

fn names(row: &PgRow) -> Vec<String> {
    row.columns().iter().map(|column| column.name().to_owned()).collect()
}

fn cells(row: &PgRow) -> Vec<Cell> {
    (0..row.len())
        .map(|at| {
            let Ok(value) = row.try_get_raw(at) else { return Cell::Bytes };
            if value.is_null() {
                return Cell::Nothing;
            }
            let Ok(text) = value.as_str() else { return Cell::Bytes };
            match value.type_info().name() {
                "FLOAT8" => Cell::double_text(text),
                "FLOAT4" => Cell::Float,
                "BYTEA" => Cell::Bytes,
                _ => Cell::Exact(text.to_owned()),
            }
        })
        .collect()
}
