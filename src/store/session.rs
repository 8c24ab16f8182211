//! A connection on loan: to read with, or a write transaction; how long writes held SQLite's one writer; and the bell by
//! which a commit tells other processes that there is work.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant as Stopwatch};

use sqlx::pool::PoolConnection;
use sqlx::postgres::PgListener;
use sqlx::{PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, Transaction};

use super::error::StoreError;
use super::statement::{Sql, sql};

/// A connection on loan: to read with, or inside a write transaction that ends with [`Session::commit`].
#[derive(Debug)]
pub struct Session(pub(super) Loan);

#[derive(Debug)]
pub(super) enum Loan {
    SqliteRead(PoolConnection<Sqlite>),
    SqliteWrite(Transaction<'static, Sqlite>),
    SqliteTimed(Transaction<'static, Sqlite>, Stopwatch, Arc<WriterHeld>),
    PostgresRead(PoolConnection<Postgres>),
    PostgresWrite(Transaction<'static, Postgres>, Bell),
}

/// Whether other processes are told, after a commit, that there is work for them.
#[derive(Debug, Default)]
pub(super) struct Bell {
    /// Of a transaction that may write.
    pub(super) pool: Option<PgPool>,
    pub(super) rings: bool,
}

impl Bell {
    /// Rings when asked to. Not within the transaction: a service that speaks Postgres and knows no notifications would
    /// lose what was just written. Polling finds the work all the same.
    async fn ring(self) {
        let Some(pool) = self.pool.filter(|_| self.rings) else { return };
        let ringing = sqlx::query(RING.postgres).execute(&pool);
        if let Ok(Err(error)) = tokio::time::timeout(RING_PATIENCE, ringing).await {
            tracing::debug!("work couldn't be announced to other processes: {error}");
        }
    }
}

/// A line on which other processes announce work; see [`Store::listen`].
#[derive(Debug)]
pub struct BellLine(pub(super) PgListener);

impl BellLine {
    /// Waits for an announcement; `false`: the line broke and stands again, and some may have been missed.
    pub async fn heard(&mut self) -> Result<bool, StoreError> {
        Ok(self.0.try_recv().await?.is_some())
    }
}

const RING: Sql = sql!(twin "bell/ring");
/// What the statement names.
pub(super) const BELL_CHANNEL: &str = "callbrief";
/// The longest that an announcement may hold up whoever made the work.
const RING_PATIENCE: Duration = Duration::from_secs(2);

/// The connection itself, for the macros above.
#[derive(Debug)]
pub enum On<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

/// Statements that this process asked for, and write transactions that it kept.
static STATEMENTS: AtomicU64 = AtomicU64::new(0);
static COMMITS: AtomicU64 = AtomicU64::new(0);

/// What the database was asked for by this process so far, of all its stores: what a delivery costs is counted in these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Traffic {
    pub statements: u64,
    /// Write transactions that were kept.
    pub commits: u64,
}

impl Traffic {
    /// So far.
    pub fn now() -> Self {
        Self { statements: STATEMENTS.load(Ordering::Relaxed), commits: COMMITS.load(Ordering::Relaxed) }
    }

    /// What came since an earlier look.
    pub fn since(self, earlier: Self) -> Self {
        Self { statements: self.statements - earlier.statements, commits: self.commits - earlier.commits }
    }
}

impl Session {
    /// The connection, for one statement.
    pub fn on(&mut self) -> On<'_> {
        STATEMENTS.fetch_add(1, Ordering::Relaxed);
        match &mut self.0 {
            Loan::SqliteRead(connection) => On::Sqlite(connection),
            Loan::SqliteWrite(transaction) | Loan::SqliteTimed(transaction, ..) => On::Sqlite(transaction),
            Loan::PostgresRead(connection) => On::Postgres(connection),
            Loan::PostgresWrite(transaction, _) => On::Postgres(transaction),
        }
    }

    /// Whether it is one to the embedded database.
    pub fn is_sqlite(&self) -> bool {
        matches!(self.0, Loan::SqliteRead(_) | Loan::SqliteWrite(_) | Loan::SqliteTimed(..))
    }

    /// Has [`Session::commit`] tell other processes that there is work.
    pub(super) fn ring_when_kept(&mut self) {
        if let Loan::PostgresWrite(_, bell) = &mut self.0 {
            bell.rings = true;
        }
    }

    /// Ends a write transaction and keeps what it did; for a reading session it only gives the connection back.
    pub async fn commit(self) -> Result<(), StoreError> {
        if !matches!(self.0, Loan::SqliteRead(_) | Loan::PostgresRead(_)) {
            COMMITS.fetch_add(1, Ordering::Relaxed);
        }
        match self.0 {
            Loan::SqliteWrite(transaction) => transaction.commit().await?,
            Loan::SqliteTimed(transaction, begun, held) => {
                transaction.commit().await?;
                held.count(begun.elapsed());
            }
            Loan::PostgresWrite(transaction, bell) => {
                transaction.commit().await?;
                bell.ring().await;
            }
            Loan::SqliteRead(_) | Loan::PostgresRead(_) => {}
        }
        Ok(())
    }
}

/// How long write transactions of this process held SQLite's one writer: everybody else who writes waits as long.
#[derive(Debug, Default)]
pub(super) struct WriterHeld {
    longest_us: AtomicU64,
    too_long: AtomicU64,
}

/// What [`Store::writer_held`] says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct WriterTimes {
    /// The longest of all.
    pub longest_ms: u64,
    /// How many took longer than 50 ms.
    pub over_50_ms: u64,
}

/// No write but `apply` and migrations should hold the writer longer.
const LONGEST_WRITE: Duration = Duration::from_millis(50);

impl WriterHeld {
    /// How long, and how often too long, so far.
    pub(super) fn times(&self) -> WriterTimes {
        WriterTimes {
            longest_ms: self.longest_us.load(Ordering::Relaxed) / 1_000,
            over_50_ms: self.too_long.load(Ordering::Relaxed),
        }
    }

    fn count(&self, took: Duration) {
        self.longest_us.fetch_max(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
        self.too_long.fetch_add(u64::from(took > LONGEST_WRITE), Ordering::Relaxed);
    }
}
