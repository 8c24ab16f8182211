//! What can go wrong with the database, and whether it passes.

use super::doubt;

/// What can go wrong with the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database address must begin with `sqlite:` or `postgres:`; this one begins with `{0}`")]
    UnknownScheme(String),
    #[error("the address in `database_url` can't be read: {0}")]
    BadAddress(String),
    /// No source of its own: its text tells the cause already, which would be said again with it.
    #[error("the database can't be used: {0}")]
    Sql(sqlx::Error),
    /// No source either.
    #[error(
        "the disk of the database is full: make room there and do the same again; what was kept stays, and nothing is \
         doubled"
    )]
    Full,
    /// It can't be opened or reached; the sentence names it and the way out.
    #[error("{said}")]
    Unusable { said: String, error: sqlx::Error },
    /// It answers, and may only be read.
    #[error("{0}")]
    ReadOnly(String),
    /// No source either.
    #[error("the database's structure can't be brought up to date: {0}")]
    Migrate(sqlx::migrate::MigrateError),
    /// Somebody else was faster every time.
    #[error("other processes changed the same {what} {tries} times in a row; do the same again")]
    Contended { what: &'static str, tries: usize },
    /// Something stored can't be read back as what it should be.
    #[error("stored {what} can't be read: {detail}")]
    Corrupt { what: &'static str, detail: String },
}

/// A stored row that can't be read back as what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    pub what: &'static str,
    pub detail: String,
}

impl Damage {
    /// What was read, or the row's damage; anything else is an error of the statement.
    pub(super) fn or<T>(read: Result<T, StoreError>) -> Result<Result<T, Self>, StoreError> {
        match read {
            Ok(read) => Ok(Ok(read)),
            Err(StoreError::Corrupt { what, detail }) => Ok(Err(Self { what, detail })),
            Err(other) => Err(other),
        }
    }
}

impl std::fmt::Display for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the stored {} can't be read: {}", self.what, self.detail)
    }
}

impl From<Damage> for StoreError {
    fn from(damage: Damage) -> Self {
        Self::Corrupt { what: damage.what, detail: damage.detail }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        // SQLITE_FULL; Postgres: disk_full.
        let is_full = |error: &sqlx::Error| match error {
            sqlx::Error::Database(error) => matches!(error.code().as_deref(), Some("13" | "53100")),
            _ => false,
        };
        doubt::note(&error);
        if is_full(&error) { Self::Full } else { Self::Sql(error) }
    }
}

/// Why a database can't be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shut {
    /// This connection can only read, or its file can't be opened.
    OnlyRead,
    /// Its file can't be read or written just now.
    ByItsDisk,
}

impl Shut {
    /// What an error says of that. SQLite's finer codes have these in their lowest byte.
    pub(super) fn of(error: &sqlx::Error) -> Option<Self> {
        let sqlx::Error::Database(error) = error else { return None };
        let code = error.code()?;
        match code.parse::<i64>() {
            Ok(number) if code.len() < 5 => match number & 0xff {
                8 | 14 => Some(Self::OnlyRead),
                10 => Some(Self::ByItsDisk),
                _ => None,
            },
            _ => (code == "25006").then_some(Self::OnlyRead),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Migrate(error)
    }
}

impl StoreError {
    /// What a pool says whose server is gone.
    #[cfg(test)]
    pub(crate) fn away() -> Self {
        Self::Sql(sqlx::Error::PoolTimedOut)
    }

    /// Whether a unique key was hit: somebody else did it first.
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Sql(sqlx::Error::Database(error)) if error.is_unique_violation())
    }

    /// Whether Postgres gave up waiting for what another transaction holds: it took longer than asked for, or they wait for
    /// each other.
    pub(super) fn is_held_elsewhere(&self) -> bool {
        matches!(self, Self::Sql(sqlx::Error::Database(error)) if matches!(error.code().as_deref(), Some("55P03" | "40P01")))
    }

    /// Whether SQLite's file is held by another connection (SQLITE_BUSY and its kinds).
    pub(super) fn is_locked(&self) -> bool {
        matches!(self, Self::Sql(sqlx::Error::Database(error)) | Self::Unusable { error: sqlx::Error::Database(error), .. }
            if error.code().is_some_and(|code| matches!(code.as_ref(), "5" | "6" | "261" | "517")))
    }

    /// Whether the database is only away, starting or busy, so that the same may work later.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Full | Self::Contended { .. } => true,
            Self::Sql(error) | Self::Unusable { error, .. } => match error {
                sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => true,
                // Postgres: connections (08), resources (53), shutting down or starting (57P), only to be read just now.
                sqlx::Error::Database(error) => {
                    let is_of = |class: &&str| error.code().is_some_and(|code| code.starts_with(*class));
                    self.is_locked() || ["08", "53", "57P", "25006"].iter().any(is_of)
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether the database can't be written, until somebody mends that or its disk comes back.
    pub fn is_shut(&self) -> bool {
        match self {
            Self::ReadOnly(_) => true,
            Self::Sql(error) | Self::Unusable { error, .. } => Shut::of(error).is_some(),
            _ => false,
        }
    }

    /// Whether it is the database's own trouble, so that what was asked for isn't to blame: everything that passes by
    /// itself, and what somebody must mend first. Whoever holds a piece of work gives it back and lets it be.
    pub fn is_of_the_database(&self) -> bool {
        if self.is_passing() || self.is_shut() {
            return true;
        }
        let (Self::Sql(error) | Self::Unusable { error, .. }) = self else { return false };
        match error {
            sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed | sqlx::Error::Tls(_) => true,
            // Postgres ended a transaction that stood still.
            sqlx::Error::Database(error) => error.code().as_deref() == Some("25P03"),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cause_is_said_once() {
        let error = StoreError::from(sqlx::Error::Protocol("the cable is out".into()));
        let said = format!("{:#}", anyhow::Error::from(error).context("the report can't be made"));
        assert_eq!(said.matches("the cable is out").count(), 1, "{said}");
    }

    #[test]
    fn what_the_database_lacks_is_nobody_elses_fault() {
        assert!(StoreError::away().is_of_the_database() && StoreError::Full.is_of_the_database());
        assert!(StoreError::Sql(sqlx::Error::WorkerCrashed).is_of_the_database());
        let read_only = StoreError::ReadOnly("to be read".to_owned());
        assert!(read_only.is_of_the_database() && read_only.is_shut() && !read_only.is_passing());
        let corrupt = StoreError::Corrupt { what: "run", detail: "eclipse".to_owned() };
        assert!(!corrupt.is_of_the_database());
        assert!(!StoreError::Sql(sqlx::Error::RowNotFound).is_of_the_database());
    }
}
