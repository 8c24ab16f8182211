//! Databases of others, to be read and never written: Postgres, MySQL and MariaDB, SQLite. One look is one connection and
//! one read-only transaction that sees one moment; each query is a single `select`, which the database itself sees to. Rows
//! come in portions, every value as the text that the database makes of it, so that no sum passes through a float.
//!
//! To add an engine: a file that opens, reads and says goodbye, and a variant of [`External`].

mod cell;
mod error;
mod mysql;
mod postgres;
mod sqlite;

pub use cell::Cell;
pub use error::ExternalError;

use std::path::PathBuf;
use std::time::Duration;

use error::Whom;

/// Where a database is and how it is talked to.
#[derive(Clone, Debug)]
pub struct Reach<'a> {
    /// A secret: it may hold a password.
    pub url: &'a str,
    pub tls: Protection,
    pub ca_file: Option<PathBuf>,
    /// A query that takes longer is ended by the server.
    pub patience: Duration,
    /// What the session's clock is ahead of UTC by: `now()` without a zone shows it.
    pub offset_sec: i32,
    /// The zone's IANA name, for servers that know zones.
    pub zone: &'a str,
}

/// How a connection to a server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// As the address says; where it says nothing, [`Protection::Verify`], unless the server is this machine.
    Usual,
    /// Encrypted, and the certificate proves the server.
    Verify,
    /// Encrypted, whoever answers.
    Require,
    Off,
}

/// An open look into somebody else's database.
#[derive(Debug)]
pub enum External {
    Postgres(postgres::Look),
    MySql(mysql::Look),
    Sqlite(sqlite::Look),
}

/// What a query's rows are given to, one by one, with the names of their columns.
pub type Each<'e> = &'e mut (dyn FnMut(&[String], Vec<Cell>) + Send);

impl External {
    /// Begins a look. Whoever waits for it sets the limit: nothing here knows the time.
    pub async fn open(reach: &Reach<'_>) -> Result<Self, ExternalError> {
        let url = reach.url.trim();
        match url.split(':').next().unwrap_or_default() {
            "postgres" | "postgresql" => Ok(Self::Postgres(postgres::Look::open(url, reach).await?)),
            "mysql" | "mariadb" => Ok(Self::MySql(mysql::Look::open(url, reach).await?)),
            "sqlite" => Ok(Self::Sqlite(sqlite::Look::open(url, reach).await?)),
            _ => Err(ExternalError::Address("it begins with none of postgres:, mysql:, mariadb: and sqlite:".into())),
        }
    }

    /// The columns of a query, whose rows go to `each`; at most so many. Returns how many there were.
    pub async fn read(&mut self, query: &str, most: usize, each: Each<'_>) -> Result<Vec<String>, ExternalError> {
        match self {
            Self::Postgres(look) => look.read(query, most, each).await,
            Self::MySql(look) => look.read(query, most, each).await,
            Self::Sqlite(look) => look.read(query, most, each).await,
        }
    }

    /// Ends it; what the other side makes of that is its own affair.
    pub async fn close(self) {
        match self {
            Self::Postgres(look) => look.close().await,
            Self::MySql(look) => look.close().await,
            Self::Sqlite(look) => look.close().await,
        }
    }
}

/// Whether a server of this name is this machine, where nobody listens in between.
fn is_here(host: &str) -> bool {
    host == "localhost"
        || host.starts_with('/')
        || host.trim_matches(['[', ']']).parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
}
