//! The only module that speaks SQL: embedded SQLite or Postgres behind one [`Store`].
//!
//! One file a noun. Statements live in `sql/<noun>/<verb>.sql`, portable where they can be (`$1` works in both), with
//! twins `<verb>.sqlite.sql` and `<verb>.postgres.sql` only where they must differ. To add one: write the file(s), name
//! it with [`sql!`], run it with [`fetch_all!`], [`fetch_optional!`], [`fetch_one!`] or [`execute!`]. A test prepares
//! every file of `sql/` on both databases. Times are bound, never asked of the database; lists are bound as JSON text.

mod db;
mod instant;

pub use db::{On, Session, Sql, Store, StoreError};
pub(crate) use db::{execute, fetch_all, fetch_one, fetch_optional, sql};
