//! The only module that speaks SQL: embedded SQLite or Postgres behind one [`Store`].
//!
//! One file a noun. Statements live in `sql/<noun>/<verb>.sql`, portable where they can be (`$1` works in both), with
//! twins `<verb>.sqlite.sql` and `<verb>.postgres.sql` only where they must differ. To add one: write the file(s), name
//! it with [`sql!`], run it with [`fetch_all!`], [`fetch_optional!`], [`fetch_one!`] or [`execute!`]. A test prepares
//! every file of `sql/` on both databases. Times are bound, never asked of the database; lists are bound as JSON text.

mod agents;
mod alarm;
pub mod artefacts;
mod audit;
pub mod backup;
pub mod balances;
pub mod batch;
pub mod belongs;
mod bulk;
mod calendars;
mod call_events;
mod callbacks;
mod calls;
mod contacts;
mod db;
pub mod deliveries;
pub mod directory;
mod disk;
mod doubt;
pub mod episodes;
mod erased;
mod error;
pub mod evaluations;
pub mod explain;
pub mod external;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzed;
pub mod holds;
mod imports;
mod instant;
pub mod lanes;
pub mod ledger;
mod meta;
pub mod moves;
pub mod notices;
pub mod number_codes;
pub mod packed;
pub mod person;
mod posted;
mod projects;
pub mod promises;
mod reports;
mod retention;
pub mod retention_of;
pub mod rows;
pub mod runs;
mod schedules;
mod session;
pub mod silences;
mod slices;
mod sources;
mod spelling;
pub mod standings;
mod statement;
pub mod status;
mod structure;
pub mod suppressions;
mod taken_back;
pub mod templates;
pub mod tokens;
pub mod told;
pub mod unheard;
mod unopened;
pub mod waiting;
pub mod watch;

pub use call_events::{KeptEvent, NewEvent, PreparedEvents};
pub use calls::{CallWrite, Interned, PreparedCalls, StoredCall};
pub use db::Store;
pub use error::{Damage, StoreError};
pub use imports::{ImportEnd, ImportTotals};
pub use posted::Posted;
pub use projects::ProjectPlace;
pub use schedules::{DateMove, LastRun, RetiredSchedule, StoredSchedule, UnreadableSchedule};
pub use session::{BellLine, On, Session, Traffic, WriterTimes};
pub use sources::SourceCoverage;
pub use statement::Sql;
pub(crate) use statement::{execute, fetch_all, fetch_one, fetch_optional, sql};
pub use structure::Structure;
pub use told::ToldBefore;

/// What was read back from the database, or the complaint that it can't be what it should.
pub(crate) fn stored<T, E: std::fmt::Display>(what: &'static str, value: Result<T, E>) -> Result<T, StoreError> {
    value.map_err(|detail| StoreError::Corrupt { what, detail: detail.to_string() })
}

/// Rows by what they were asked for by; one that can't be read costs nobody else anything.
pub type Named<T> = std::collections::HashMap<String, Result<T, Damage>>;

/// A value as it is stored in a JSON column, or a list as a statement takes it.
pub(crate) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}
