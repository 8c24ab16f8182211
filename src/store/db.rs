//! The two databases behind one handle, and the macros that run one statement on whichever it is.
//!
//! SQLite has one writing connection (every write transaction begins IMMEDIATE, so none fails half-way for being late)
//! and several readers; it runs in WAL mode with `synchronous=FULL`, because a forgotten "accepted" is a report sent
//! twice. Postgres has one pool. Nobody holds a [`Session`] across mail, HTTP or rendering.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant as Stopwatch};

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction};

use super::unopened::{self, Place};

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
    /// No source either.
    #[error("the database's structure can't be brought up to date: {0}")]
    Migrate(sqlx::migrate::MigrateError),
    /// Something stored can't be read back as what it should be.
    #[error("stored {what} can't be read: {detail}")]
    Corrupt { what: &'static str, detail: String },
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        // SQLITE_FULL; Postgres: disk_full.
        let is_full = |error: &sqlx::Error| match error {
            sqlx::Error::Database(error) => matches!(error.code().as_deref(), Some("13" | "53100")),
            _ => false,
        };
        if is_full(&error) { Self::Full } else { Self::Sql(error) }
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

    /// Whether SQLite's file is held by another connection (SQLITE_BUSY and its kinds).
    fn is_locked(&self) -> bool {
        matches!(self, Self::Sql(sqlx::Error::Database(error)) | Self::Unusable { error: sqlx::Error::Database(error), .. }
            if error.code().is_some_and(|code| matches!(code.as_ref(), "5" | "6" | "261" | "517")))
    }

    /// Whether the database is only away, starting or busy, so that the same may work later.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Full => true,
            Self::Sql(error) | Self::Unusable { error, .. } => match error {
                sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => true,
                // Postgres: connections (08), resources (53), shutting down or starting (57P).
                sqlx::Error::Database(error) => {
                    let is_of = |class: &&str| error.code().is_some_and(|code| code.starts_with(*class));
                    self.is_locked() || ["08", "53", "57P"].iter().any(is_of)
                }
                _ => false,
            },
            _ => false,
        }
    }
}

/// One statement, as either database wants it.
#[derive(Clone, Copy, Debug)]
pub struct Sql {
    pub sqlite: &'static str,
    pub postgres: &'static str,
}

/// Names a statement of `sql/`: `sql!("projects/list")`, or `sql!(twin "runs/claim")` where the two databases differ.
macro_rules! sql {
    (twin $path:literal) => {
        $crate::store::Sql {
            sqlite: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/sql/", $path, ".sqlite.sql")),
            postgres: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/sql/", $path, ".postgres.sql")),
        }
    };
    ($path:literal) => {
        $crate::store::Sql {
            sqlite: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/sql/", $path, ".sql")),
            postgres: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/sql/", $path, ".sql")),
        }
    };
}

/// Runs a statement and returns all its rows: `fetch_all!(session, SQL, RowType, bind, bind…)`.
macro_rules! fetch_all {
    ($session:expr, $sql:expr, $row:ty $(, $bind:expr)* $(,)?) => {
        match $session.on() {
            $crate::store::On::Sqlite(c) => sqlx::query_as::<_, $row>($sql.sqlite)$(.bind($bind))*.fetch_all(c).await,
            $crate::store::On::Postgres(c) => sqlx::query_as::<_, $row>($sql.postgres)$(.bind($bind))*.fetch_all(c).await,
        }
        .map_err($crate::store::StoreError::from)
    };
}

/// Runs a statement and returns its first row, if any.
macro_rules! fetch_optional {
    ($session:expr, $sql:expr, $row:ty $(, $bind:expr)* $(,)?) => {
        match $session.on() {
            $crate::store::On::Sqlite(c) => sqlx::query_as::<_, $row>($sql.sqlite)$(.bind($bind))*.fetch_optional(c).await,
            $crate::store::On::Postgres(c) => sqlx::query_as::<_, $row>($sql.postgres)$(.bind($bind))*.fetch_optional(c).await,
        }
        .map_err($crate::store::StoreError::from)
    };
}

/// Runs a statement that always gives a row.
macro_rules! fetch_one {
    ($session:expr, $sql:expr, $row:ty $(, $bind:expr)* $(,)?) => {
        match $session.on() {
            $crate::store::On::Sqlite(c) => sqlx::query_as::<_, $row>($sql.sqlite)$(.bind($bind))*.fetch_one(c).await,
            $crate::store::On::Postgres(c) => sqlx::query_as::<_, $row>($sql.postgres)$(.bind($bind))*.fetch_one(c).await,
        }
        .map_err($crate::store::StoreError::from)
    };
}

/// Runs a statement for its effect and returns how many rows it touched.
macro_rules! execute {
    ($session:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $session.on() {
            $crate::store::On::Sqlite(c) => sqlx::query($sql.sqlite)$(.bind($bind))*.execute(c).await.map(|done| done.rows_affected()),
            $crate::store::On::Postgres(c) => sqlx::query($sql.postgres)$(.bind($bind))*.execute(c).await.map(|done| done.rows_affected()),
        }
        .map_err($crate::store::StoreError::from)
    };
}

pub(crate) use {execute, fetch_all, fetch_one, fetch_optional, sql};

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pools: Pools,
    place: Arc<Place>,
}

#[derive(Clone, Debug)]
enum Pools {
    Sqlite { read: SqlitePool, write: SqlitePool, held: Arc<WriterHeld>, is_read_only: bool },
    Postgres(PgPool),
}

/// How long write transactions of this process held SQLite's one writer: everybody else who writes waits as long.
#[derive(Debug, Default)]
struct WriterHeld {
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
    fn count(&self, took: Duration) {
        self.longest_us.fetch_max(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
        self.too_long.fetch_add(u64::from(took > LONGEST_WRITE), Ordering::Relaxed);
    }
}

/// A connection on loan: to read with, or inside a write transaction that ends with [`Session::commit`].
#[derive(Debug)]
pub struct Session(Loan);

#[derive(Debug)]
enum Loan {
    SqliteRead(PoolConnection<Sqlite>),
    SqliteWrite(Transaction<'static, Sqlite>),
    SqliteTimed(Transaction<'static, Sqlite>, Stopwatch, Arc<WriterHeld>),
    PostgresRead(PoolConnection<Postgres>),
    PostgresWrite(Transaction<'static, Postgres>, Bell),
}

/// Whether other processes are told, after a commit, that there is work for them.
#[derive(Debug, Default)]
struct Bell {
    /// Of a transaction that may write.
    pool: Option<PgPool>,
    rings: bool,
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
pub struct BellLine(PgListener);

impl BellLine {
    /// Waits for an announcement; `false`: the line broke and stands again, and some may have been missed.
    pub async fn heard(&mut self) -> Result<bool, StoreError> {
        Ok(self.0.try_recv().await?.is_some())
    }
}

const RING: Sql = sql!(twin "bell/ring");
/// What the statement names.
const BELL_CHANNEL: &str = "callbrief";
/// The longest that an announcement may hold up whoever made the work.
const RING_PATIENCE: Duration = Duration::from_secs(2);

/// The connection itself, for the macros above.
#[derive(Debug)]
pub enum On<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

const READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 12;
const BUSY_TIMEOUT: Duration = Duration::from_secs(15);
/// Between two tries to open a file that is locked.
const LOCKED_PAUSE: Duration = Duration::from_millis(20);
/// Any number that nobody else uses for an advisory lock in this database.
const MIGRATION_LOCK: i64 = 0x6361_6c6c_6272_6966;
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a server may take to answer when it is opened.
const PATIENCE: Duration = Duration::from_secs(4);

impl Store {
    /// Opens `sqlite://path.db` (made when absent) or `postgres://…`, without touching its structure. A server that
    /// doesn't answer is given up after a few seconds.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_within(url, PATIENCE).await
    }

    /// The same, with more patience (at most half a minute): for what can't do without, such as `serve`.
    pub async fn open_within(url: &str, patience: Duration) -> Result<Self, StoreError> {
        let scheme = url.split(':').next().unwrap_or_default();
        match scheme {
            "sqlite" => Self::open_sqlite(url).await,
            "postgres" | "postgresql" => Self::open_postgres(url, patience).await,
            other => Err(StoreError::UnknownScheme(other.to_owned())),
        }
    }

    /// The file of an embedded database, from the root on; `None` for a server, and for one that is only in memory.
    pub fn file_of(url: &str) -> Option<PathBuf> {
        if !url.starts_with("sqlite:") || url.contains(":memory:") || url.contains("mode=memory") {
            return None;
        }
        let options = SqliteConnectOptions::from_str(url).ok()?;
        std::path::absolute(options.get_filename()).ok()
    }

    /// The file of an embedded database that isn't there yet. Of one that we may not even look for nobody says that.
    pub fn absent_file(url: &str) -> Option<PathBuf> {
        Self::file_of(url).filter(|file| matches!(file.try_exists(), Ok(false)))
    }

    async fn open_sqlite(url: &str) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::from_str(url)
            .map_err(bad_address)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT);
        let place = Arc::new(Place::file(options.get_filename()));
        let write = connect_sqlite(1, options.clone()).await.map_err(|error| place.explain(error))?;
        let read = connect_sqlite(READERS, options.pragma("query_only", "on")).await;
        let read = read.map_err(|error| place.explain(error))?;
        let is_read_only = Self::file_of(url).is_some_and(|file| unopened::is_read_only(&file));
        Ok(Self { pools: Pools::Sqlite { read, write, held: Arc::default(), is_read_only }, place })
    }

    /// Asks for one connection by itself first: a pool keeps why there is none to itself, and tries for as long as it may.
    async fn open_postgres(url: &str, patience: Duration) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url).map_err(bad_address)?.application_name("callbrief");
        let place = Arc::new(Place::server(&options));
        let first = tokio::time::timeout(patience, PgConnection::connect_with(&options)).await;
        let first = first.map_err(|_| place.silent(patience.as_secs()))?.map_err(|error| place.explain(error))?;
        // It has answered; how it takes the farewell is its own affair.
        let _ = first.close().await;
        let pool = PgPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            // A wait is told by whoever waits, and not for each connection in the driver's words.
            .acquire_slow_threshold(ACQUIRE_TIMEOUT)
            .connect_lazy_with(options);
        Ok(Self { pools: Pools::Postgres(pool), place })
    }

    /// Why a server gives no connection: a pool that tries again and again keeps that to itself. `None`: it says nothing,
    /// gives one now, or is no server.
    pub async fn why_away(&self) -> Option<StoreError> {
        let Pools::Postgres(pool) = &self.pools else { return None };
        let options = pool.connect_options();
        match tokio::time::timeout(PATIENCE, PgConnection::connect_with(&options)).await.ok()? {
            Err(error) => Some(self.place.explain(error)),
            Ok(connection) => {
                // It was only asked whether it comes about.
                let _ = connection.close().await;
                None
            }
        }
    }

    /// Which database this is: a file, or host, port and name of one on a server; no password.
    pub fn place(&self) -> String {
        self.place.to_string()
    }

    /// Whether this is the embedded database.
    pub fn is_sqlite(&self) -> bool {
        matches!(self.pools, Pools::Sqlite { .. })
    }

    /// A connection to read with.
    pub async fn read(&self) -> Result<Session, StoreError> {
        let loan = async {
            Ok(match &self.pools {
                Pools::Sqlite { read, .. } => Loan::SqliteRead(read.acquire().await?),
                Pools::Postgres(pool) => Loan::PostgresRead(pool.acquire().await?),
            })
        };
        self.lent(loan.await)
    }

    /// A connection that sees one moment of the database, however many statements it reads with.
    pub async fn snapshot(&self) -> Result<Session, StoreError> {
        let loan = async {
            Ok(match &self.pools {
                Pools::Sqlite { read, .. } => Loan::SqliteWrite(read.begin().await?),
                Pools::Postgres(pool) => Loan::PostgresWrite(
                    pool.begin_with("begin transaction isolation level repeatable read, read only").await?,
                    Bell::default(),
                ),
            })
        };
        self.lent(loan.await)
    }

    /// A write transaction; dropped without [`Session::commit`], it leaves nothing behind.
    pub async fn write(&self) -> Result<Session, StoreError> {
        if let Pools::Sqlite { is_read_only: true, .. } = &self.pools {
            return Err(self.place.read_only());
        }
        let loan = async {
            Ok(match &self.pools {
                Pools::Sqlite { write, held, .. } => {
                    let transaction = write.begin_with("begin immediate").await?;
                    Loan::SqliteTimed(transaction, Stopwatch::now(), Arc::clone(held))
                }
                Pools::Postgres(pool) => {
                    Loan::PostgresWrite(pool.begin().await?, Bell { pool: Some(pool.clone()), rings: false })
                }
            })
        };
        self.lent(loan.await)
    }

    /// What came of asking for a connection; where there is none, which database gave none.
    fn lent(&self, loan: Result<Loan, sqlx::Error>) -> Result<Session, StoreError> {
        loan.map(Session).map_err(|error| self.place.explain(error))
    }

    /// Listens for work that other processes announce, on a connection of its own; `None` on an embedded database, which
    /// has no others.
    pub async fn listen(&self) -> Result<Option<BellLine>, StoreError> {
        let Pools::Postgres(pool) = &self.pools else { return Ok(None) };
        let own = PgPoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(PATIENCE)
            .connect_lazy_with(pool.connect_options().as_ref().clone());
        let mut listener = PgListener::connect_with(&own).await?;
        listener.listen(BELL_CHANNEL).await?;
        Ok(Some(BellLine(listener)))
    }

    /// Brings the structure up to date, all or nothing; safe when several processes start at the same moment. The lock is
    /// ours, not sqlx's: that one does nothing on SQLite, and on Postgres it belongs to the connection, which a pooler in
    /// between may give to somebody else. A structure newer than this program is left alone.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        self.bring_up_to_date().await.map_err(|error| self.place.explain(error))
    }

    async fn bring_up_to_date(&self) -> Result<(), StoreError> {
        let mut session = match &self.pools {
            Pools::Sqlite { write, .. } => Session(Loan::SqliteWrite(write.begin_with("begin immediate").await?)),
            Pools::Postgres(_) => self.write().await?,
        };
        match session.on() {
            On::Sqlite(connection) => {
                let mut migrator = sqlx::migrate!("sql/migrations/sqlite");
                migrator.set_ignore_missing(true).set_locking(false);
                migrator.run_direct(None, connection, false).await?;
            }
            On::Postgres(connection) => {
                sqlx::query("select pg_advisory_xact_lock($1)").bind(MIGRATION_LOCK).execute(&mut *connection).await?;
                let mut migrator = sqlx::migrate!("sql/migrations/postgres");
                migrator.set_ignore_missing(true).set_locking(false);
                migrator.run_direct(None, connection, false).await?;
            }
        }
        session.commit().await
    }

    /// How long this process's writes held SQLite's one writer so far; nothing on Postgres, where none waits for another.
    pub fn writer_held(&self) -> Option<WriterTimes> {
        match &self.pools {
            Pools::Sqlite { held, .. } => Some(WriterTimes {
                longest_ms: held.longest_us.load(Ordering::Relaxed) / 1_000,
                over_50_ms: held.too_long.load(Ordering::Relaxed),
            }),
            Pools::Postgres(_) => None,
        }
    }

    /// Closes every connection.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { read, write, .. } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

impl Session {
    /// The connection, for one statement.
    pub fn on(&mut self) -> On<'_> {
        match &mut self.0 {
            Loan::SqliteRead(connection) => On::Sqlite(connection),
            Loan::SqliteWrite(transaction) | Loan::SqliteTimed(transaction, ..) => On::Sqlite(transaction),
            Loan::PostgresRead(connection) => On::Postgres(connection),
            Loan::PostgresWrite(transaction, _) => On::Postgres(transaction),
        }
    }

    /// Has [`Session::commit`] tell other processes that there is work.
    pub(super) fn ring_when_kept(&mut self) {
        if let Loan::PostgresWrite(_, bell) = &mut self.0 {
            bell.rings = true;
        }
    }

    /// Ends a write transaction and keeps what it did; for a reading session it only gives the connection back.
    pub async fn commit(self) -> Result<(), StoreError> {
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

/// What is wrong with an address, without the address: it may hold a password.
fn bad_address(error: sqlx::Error) -> StoreError {
    StoreError::BadAddress(match error {
        sqlx::Error::Configuration(why) => why.to_string(),
        other => other.to_string(),
    })
}

/// Opens a pool on a file. Whoever finds it while another process turns it to WAL mode gets "locked" at once, since SQLite
/// asks no busy handler there; it is tried again for as long as any other statement would wait.
async fn connect_sqlite(connections: u32, options: SqliteConnectOptions) -> Result<SqlitePool, StoreError> {
    let begun = Stopwatch::now();
    loop {
        let pool = SqlitePoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            // A wait is told by whoever waits, and not for each connection in the driver's words.
            .acquire_slow_threshold(ACQUIRE_TIMEOUT)
            .after_release(|connection, _| Box::pin(is_at_rest(connection)))
            .connect_with(options.clone());
        match pool.await.map_err(StoreError::from) {
            Err(error) if error.is_locked() && begun.elapsed() < BUSY_TIMEOUT => tokio::time::sleep(LOCKED_PAUSE).await,
            opened => return opened,
        }
    }
}

/// Whether no transaction hangs on a connection that is given back. On a full disk SQLite ends a transaction by itself, sqlx
/// doesn't know, and every later one on this connection would be refused: it is closed instead, and another opened.
async fn is_at_rest(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // A rollback may still be on its way; whatever answers after it has seen it.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
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
}
