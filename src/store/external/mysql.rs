//! MySQL and MariaDB. The query is prepared first, which takes one statement, and stands in a `select` of ours, where nothing
//! that writes can stand; the transaction is read-only besides. Rows come by the text protocol: sums as they are written, and
//! `0000-00-00` as itself. The session's clock shows the zone's offset of now, so that `now()` and `timestamp` columns are
//! known by it, whether or not the server has names of zones.

use std::str::FromStr;

use futures_util::TryStreamExt;
use sqlx::mysql::{MySqlConnectOptions, MySqlRow, MySqlSslMode};
use sqlx::{
    AssertSqlSafe, Column, ConnectOptions, Connection, Executor, MySqlConnection, Row, SqlSafeStr, Statement, TypeInfo,
    ValueRef,
};

use super::{Cell, Each, ExternalError, Protection, Reach, Whom, is_here};

/// An open look.
#[derive(Debug)]
pub struct Look {
    connection: MySqlConnection,
    whom: Whom,
    /// `+02:00`
    offset: String,
}

impl Look {
    pub(super) async fn open(url: &str, reach: &Reach<'_>) -> Result<Self, ExternalError> {
        let address = url::Url::parse(url).map_err(|error| ExternalError::Address(error.to_string()))?;
        let options = MySqlConnectOptions::from_str(url).map_err(|error| ExternalError::Address(reason(&error)))?;
        let options = protected(options, &address, reach)
            .pipes_as_concat(false)
            .no_engine_substitution(false)
            .timezone(None::<String>)
            .statement_cache_capacity(0)
            .disable_statement_logging();
        let host = address.host_str().unwrap_or("localhost").to_owned();
        let user = percent_encoding::percent_decode_str(address.username()).decode_utf8_lossy().into_owned();
        let place = format!("{host}:{}{}", address.port().unwrap_or(3306), address.path());
        let whom = Whom { place, user: Some(user) };
        let connected = MySqlConnection::connect_with(&options).await;
        let mut connection = connected.map_err(|error| unopened(&whom, &error))?;
        let wrong = |error: sqlx::Error| whom.unread(&error);
        let offset = offset(reach.offset_sec);
        // MariaDB counts seconds, MySQL milliseconds, and neither knows the other's word.
        let seconds = format!("set max_statement_time = {}", reach.patience.as_secs_f64());
        if connection.execute(AssertSqlSafe(seconds)).await.is_err() {
            let millis = format!("set max_execution_time = {}", reach.patience.as_millis());
            let _ = connection.execute(AssertSqlSafe(millis)).await;
        }
        connection.execute(AssertSqlSafe(format!("set time_zone = '{offset}'"))).await.map_err(wrong)?;
        connection.execute("set transaction isolation level repeatable read").await.map_err(wrong)?;
        connection.execute("start transaction with consistent snapshot, read only").await.map_err(wrong)?;
        Ok(Self { connection, whom, offset })
    }

    pub(super) async fn read(
        &mut self,
        query: &str,
        most: usize,
        each: Each<'_>,
    ) -> Result<Vec<String>, ExternalError> {
        let whom = &self.whom;
        let wrong = |error: sqlx::Error| whom.unread(&error);
        let wrapped = format!("select * from (\n{query}\n) as facts limit {}", most.saturating_add(1));
        let prepared = self.connection.prepare(AssertSqlSafe(wrapped.clone()).into_sql_str()).await.map_err(wrong)?;
        let columns: Vec<String> = prepared.columns().iter().map(|column| column.name().to_owned()).collect();
        let mut rows = sqlx::raw_sql(AssertSqlSafe(wrapped)).fetch(&mut self.connection);
        let mut count = 0;
        while let Some(row) = rows.try_next().await.map_err(wrong)? {
            count += 1;
            if count > most {
                return Err(ExternalError::TooMany(most));
            }
            each(&columns, cells(&row, &self.offset));
        }
        Ok(columns)
    }

    pub(super) async fn close(self) {
        let _ = self.connection.close().await;
    }
}

/// `+02:00`
fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

fn protected(options: MySqlConnectOptions, address: &url::Url, reach: &Reach<'_>) -> MySqlConnectOptions {
    let has = |keys: &[&str]| address.query_pairs().any(|(key, _)| keys.contains(&key.as_ref()));
    let is_here = has(&["socket"]) || is_here(address.host_str().unwrap_or("localhost"));
    let options = match reach.tls {
        Protection::Usual if has(&["sslmode", "ssl-mode"]) => options,
        Protection::Usual if is_here => options.ssl_mode(MySqlSslMode::Preferred),
        Protection::Usual | Protection::Verify => options.ssl_mode(MySqlSslMode::VerifyIdentity),
        Protection::Require => options.ssl_mode(MySqlSslMode::Required),
        Protection::Off => options.ssl_mode(MySqlSslMode::Disabled),
    };
    match &reach.ca_file {
        Some(file) => options.ssl_ca(file),
        None => options,
    }
}

fn reason(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Configuration(why) => why.to_string(),
        other => other.to_string(),
    }
}

/// Ways to log in that the driver doesn't know, and passwords that it sends only where nobody can listen.
fn unopened(whom: &Whom, error: &sqlx::Error) -> ExternalError {
    match error {
        sqlx::Error::Protocol(why) if why.contains("auth") || why.contains("rsa") || why.contains("RSA") => {
            ExternalError::Refused(format!(
                "{} and this program can't agree on a way to log in ({why}): make the connection a protected one (`tls`), or \
                 give the user `mysql_native_password`",
                whom.place
            ))
        }
        other => whom.unopened(other),
    }
}

fn cells(row: &MySqlRow, offset: &str) -> Vec<Cell> {
    (0..row.len())
        .map(|at| {
            let Ok(value) = row.try_get_raw(at) else { return Cell::Bytes };
            if value.is_null() {
                return Cell::Nothing;
            }
            let kind = value.type_info().name().to_owned();
            let Ok(text) = row.try_get_unchecked::<&str, _>(at) else { return Cell::Bytes };
            match kind.as_str() {
                // Zero is no time, whatever the zone.
                "TIMESTAMP" if !text.starts_with("0000") => Cell::Exact(format!("{text}{offset}")),
                "DOUBLE" => Cell::double_text(text),
                "FLOAT" => Cell::Float,
                "BIT" | "GEOMETRY" => Cell::Bytes,
                _ => Cell::Exact(text.to_owned()),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_is_written_as_the_server_reads_it() {
        assert_eq!([offset(0), offset(7_200), offset(-12_600)], ["+00:00", "+02:00", "-03:30"]);
    }
}
