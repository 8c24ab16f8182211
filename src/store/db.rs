//! The two databases behind one handle.
//!
//! SQLite has one writing connection (every write transaction begins IMMEDIATE, so none fails half-way for being late)
//! and several readers; it runs in WAL mode with `synchronous=FULL`, because a forgotten "accepted" is a report sent
//! twice. Postgres has one pool. Nobody holds a [`Session`] across mail, HTTP or rendering.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant as Stopwatch};

use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Executor, PgConnection, PgPool, SqliteConnection, SqlitePool};

use super::disk;
use super::doubt;
use super::error::StoreError;
use super::session::{BELL_CHANNEL, Bell, BellLine, Loan, On, Session, WriterHeld, WriterTimes};
use super::statement::{Sql, fetch_optional, sql};
use super::structure::{strangers_in_file, strangers_on_server};
use super::unopened::{self, Place};

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pools: Pools,
    place: Arc<Place>,
}

#[derive(Clone, Debug)]
enum Pools {
    Sqlite { read: SqlitePool, write: SqlitePool, held: Arc<WriterHeld> },
    Postgres(PgPool),
}

const READERS: u32 = 4;
/// What each reader keeps of the file at most, in KiB: what is read for a thousand projects is asked for by several statements
/// in turn, and wouldn't be there any more for the second.
const READER_CACHE_KIB: u32 = 8 * 1024;
const POSTGRES_CONNECTIONS: u32 = 12;
/// What every connection to a Postgres is set to.
///
/// Postgres compiles what looks dear to it, anew each time: half a second for a statement that runs a millisecond, as the
/// gate's does. Asked for so that a server without a compiler has nothing to refuse, and a pooler no parameter that it
/// doesn't know.
///
/// It reads a table from end to end where that looks cheaper than an index, and keeps that plan for as long as the connection
/// lives: of a database that was empty a moment ago its checks of references, planned with the first row, read everything for
/// each of the next ten thousand. Each statement of ours has its index; a table is read whole where there is no other way.
///
/// A process that vanishes in the middle of a transaction (its machine fell, its line was cut) holds its locks until the
/// server asks after it, which may take hours; none of ours stands still between two statements for as long as this.
const SETTINGS: &str =
    "select set_config(name, case when name in ('jit', 'enable_seqscan') then 'off' else '2min' end, false)
    from pg_settings where name in ('jit', 'enable_seqscan', 'idle_in_transaction_session_timeout')";
/// What is done between two statements of a change of structure takes as long as it takes, on however busy a machine.
const WITHOUT_HASTE: &str = "set local idle_in_transaction_session_timeout = 0";
const CAN_WRITE: Sql = sql!(twin "status/can_write");
const BUSY_TIMEOUT: Duration = Duration::from_secs(15);
/// Between two tries to open a file that is locked.
const LOCKED_PAUSE: Duration = Duration::from_millis(20);
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
        let options = SqliteConnectOptions::from_str(url).map_err(bad_address)?.busy_timeout(BUSY_TIMEOUT);
        let place = Arc::new(Place::file(options.get_filename()));
        if let Some(network) = Self::file_of(url).and_then(|file| disk::network_of(&file)) {
            return Err(place.on_network(&network));
        }
        if Self::file_of(url).is_some_and(|file| file.exists()) {
            let strangers = while_locked(async || Ok(strangers_in_file(&mut options.connect().await?).await?)).await;
            strangers.map_err(|error| place.explain(error))?.map_or(Ok(()), |tables| Err(place.taken(&tables)))?;
        }
        let options = options
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true);
        let write = connect_sqlite(1, options.clone()).await.map_err(|error| place.explain(error))?;
        let read = options.pragma("query_only", "on").pragma("cache_size", format!("-{READER_CACHE_KIB}"));
        let read = connect_sqlite(READERS, read).await;
        let read = read.map_err(|error| place.explain(error))?;
        Ok(Self { pools: Pools::Sqlite { read, write, held: Arc::default() }, place })
    }

    /// Asks for one connection by itself first: a pool keeps why there is none to itself, and tries for as long as it may.
    async fn open_postgres(url: &str, patience: Duration) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url).map_err(bad_address)?.application_name("callbrief");
        let place = Arc::new(Place::server(&options));
        let first = tokio::time::timeout(patience, PgConnection::connect_with(&options)).await;
        let mut first = first.map_err(|_| place.silent(patience.as_secs()))?.map_err(|error| place.explain(error))?;
        let strangers = strangers_on_server(&mut first).await.map_err(|error| place.explain(error))?;
        strangers.map_or(Ok(()), |tables| Err(place.taken(&tables)))?;
        // It has answered; how it takes the farewell is its own affair.
        let _ = first.close().await;
        let pool = PgPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            // A wait is told by whoever waits, and not for each connection in the driver's words.
            .acquire_slow_threshold(ACQUIRE_TIMEOUT)
            .after_connect(|connection, _| Box::pin(async { connection.execute(SETTINGS).await.map(|_| ()) }))
            .before_acquire(|_, since| {
                let is_doubted = doubt::is_doubted(since.age);
                Box::pin(async move { Ok(!is_doubted) })
            })
            .after_release(|_, since| {
                let is_doubted = doubt::is_doubted(since.age);
                Box::pin(async move { Ok(!is_doubted) })
            })
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

    /// What a file says that may only be read. SQLite opens it all the same, and begins a transaction that can't write.
    fn must_not_be_read_only(&self) -> Result<(), StoreError> {
        match (&self.pools, &*self.place) {
            (Pools::Sqlite { .. }, Place::File(file)) if unopened::is_read_only(file) => Err(self.place.read_only()),
            _ => Ok(()),
        }
    }

    /// A write transaction; dropped without [`Session::commit`], it leaves nothing behind.
    pub async fn write(&self) -> Result<Session, StoreError> {
        self.must_not_be_read_only()?;
        if let (Pools::Sqlite { read, write, .. }, true) = (&self.pools, doubt::is_anybody_doubted()) {
            // Connections to one file share memory, which stays to be read only as long as one of them opened it so.
            let_go_idle(read).await;
            let_go_idle(write).await;
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

    /// Whether it can be written, as far as that shows without writing; when it last said that it can't, by a write that
    /// changes nothing.
    pub async fn must_be_writable(&self) -> Result<(), StoreError> {
        self.must_not_be_read_only()?;
        let said = doubt::standing();
        let mut session = match (&self.pools, said) {
            (Pools::Sqlite { .. }, None) => return Ok(()),
            (Pools::Sqlite { .. }, Some(_)) => self.write().await?,
            (Pools::Postgres(_), _) => self.read().await?,
        };
        let can_write = fetch_optional!(session, CAN_WRITE, (bool,)).map_err(|error| self.explained(error))?;
        if can_write == Some((false,)) {
            doubt::begin();
            return Err(self.place.read_only());
        }
        session.commit().await.map_err(|error| self.place.explain(error))?;
        if let Some(said) = said {
            doubt::settle(said);
        }
        Ok(())
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

    /// A transaction for a change of structure, which takes as long as it takes.
    pub(super) async fn alone(&self) -> Result<Session, StoreError> {
        match &self.pools {
            Pools::Sqlite { write, .. } => self.lent(write.begin_with("begin immediate").await.map(Loan::SqliteWrite)),
            Pools::Postgres(_) => {
                let mut session = self.write().await?;
                if let On::Postgres(connection) = session.on() {
                    connection.execute(WITHOUT_HASTE).await.map_err(|error| self.place.explain(error))?;
                }
                Ok(session)
            }
        }
    }

    /// An error with this database's name and a way out.
    pub(super) fn explained(&self, error: StoreError) -> StoreError {
        self.place.explain(error)
    }

    /// How long this process's writes held SQLite's one writer so far; nothing on Postgres, where none waits for another.
    pub fn writer_held(&self) -> Option<WriterTimes> {
        match &self.pools {
            Pools::Sqlite { held, .. } => Some(held.times()),
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

/// What is wrong with an address, without the address: it may hold a password.
fn bad_address(error: sqlx::Error) -> StoreError {
    StoreError::BadAddress(match error {
        sqlx::Error::Configuration(why) => why.to_string(),
        other => other.to_string(),
    })
}

/// Opens a pool on a file.
async fn connect_sqlite(connections: u32, options: SqliteConnectOptions) -> Result<SqlitePool, StoreError> {
    let open = async || {
        let pool = SqlitePoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            // A wait is told by whoever waits, and not for each connection in the driver's words.
            .acquire_slow_threshold(ACQUIRE_TIMEOUT)
            .before_acquire(|_, since| {
                let is_doubted = doubt::is_doubted(since.age);
                Box::pin(async move { Ok(!is_doubted) })
            })
            .after_release(|connection, since| {
                let is_doubted = doubt::is_doubted(since.age);
                Box::pin(async move { Ok(!is_doubted && is_at_rest(connection).await?) })
            })
            .connect_with(options.clone());
        Ok(pool.await?)
    };
    while_locked(open).await
}

/// Whoever finds a file while another process turns it to WAL mode gets "locked" at once, since SQLite asks no busy handler
/// there; it is tried again for as long as any other statement would wait.
async fn while_locked<T>(attempt: impl AsyncFn() -> Result<T, StoreError>) -> Result<T, StoreError> {
    let begun = Stopwatch::now();
    loop {
        match attempt().await {
            Err(error) if error.is_locked() && begun.elapsed() < BUSY_TIMEOUT => tokio::time::sleep(LOCKED_PAUSE).await,
            done => return done,
        }
    }
}

/// Closes the connections of a pool that nobody uses.
async fn let_go_idle(pool: &SqlitePool) {
    while let Some(connection) = pool.try_acquire() {
        if let Err(error) = connection.close().await {
            tracing::debug!("a connection that isn't lent any more ended badly: {error}");
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
