//! The database's structure: whose it is, and bringing ours up to date.

use sqlx::{PgConnection, SqliteConnection};

use super::db::Store;
use super::error::StoreError;
use super::session::{On, Session};
use super::spelling::spell_anew;
use super::statement::{Sql, sql};

const TABLES: Sql = sql!(twin "structure/tables");
const HISTORY: Sql = sql!(twin "structure/history");
const FIRST: Sql = sql!("structure/first");
const APPLIED: Sql = sql!("structure/applied");
/// What our first change of structure is called.
const OUR_FIRST: &str = "setup";
/// Tables of somebody else that a complaint names.
const MOST_NAMED: usize = 3;
/// Any number that nobody else uses for an advisory lock in this database.
const MIGRATION_LOCK: i64 = 0x6361_6c6c_6272_6966;

impl Store {
    /// Brings the structure up to date, all or nothing; safe when several processes start at the same moment. The lock is
    /// ours, not sqlx's: that one does nothing on SQLite, and on Postgres it belongs to the connection, which a pooler in
    /// between may give to somebody else. A structure newer than this program is left alone.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let session = self.alone().await?;
        bring_up_to_date(session).await.map_err(|error| self.explained(error))
    }
}

/// How a database's structure stands to what this program knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Structure {
    /// Changes that the database has.
    pub applied: usize,
    /// Changes that this program would make.
    pub missing: usize,
    /// Changes of a newer program.
    pub unknown: usize,
}

impl Store {
    /// How its structure stands, without touching it.
    pub async fn structure(&self) -> Result<Structure, StoreError> {
        let mut session = self.read().await?;
        let is_sqlite = session.is_sqlite();
        let (noted,) = crate::store::fetch_one!(session, HISTORY, (i64,))?;
        let applied = if noted > 0 { crate::store::fetch_all!(session, APPLIED, (i64,))? } else { Vec::new() };
        let known =
            if is_sqlite { sqlx::migrate!("sql/migrations/sqlite") } else { sqlx::migrate!("sql/migrations/postgres") };
        let known: Vec<i64> = known.iter().map(|change| change.version).collect();
        let unknown = applied.iter().filter(|(version,)| !known.contains(version)).count();
        let missing = known.iter().filter(|version| !applied.contains(&(**version,))).count();
        Ok(Structure { applied: applied.len(), missing, unknown })
    }
}

async fn bring_up_to_date(mut session: Session) -> Result<(), StoreError> {
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
    spell_anew(&mut session).await?;
    session.commit().await
}

/// Whose tables stand in a database, when they aren't ours: the first of them. An empty database is anybody's. The tables
/// are looked at first: when another process makes ours just now, its history comes with them, and is found afterwards.
pub(super) async fn strangers_in_file(file: &mut SqliteConnection) -> Result<Option<Strangers>, sqlx::Error> {
    let tables = Strangers::of(sqlx::query_as(TABLES.sqlite).fetch_all(&mut *file).await?);
    let (noted,): (i64,) = sqlx::query_as(HISTORY.sqlite).fetch_one(&mut *file).await?;
    let first = if noted > 0 { sqlx::query_as(FIRST.sqlite).fetch_optional(file).await? } else { None };
    Ok(tables.filter(|_| !is_ours(first)))
}

/// The same for the schema that a server's connection works in.
pub(super) async fn strangers_on_server(server: &mut PgConnection) -> Result<Option<Strangers>, sqlx::Error> {
    let tables = Strangers::of(sqlx::query_as(TABLES.postgres).fetch_all(&mut *server).await?);
    let (noted,): (i64,) = sqlx::query_as(HISTORY.postgres).fetch_one(&mut *server).await?;
    let first = if noted > 0 { sqlx::query_as(FIRST.postgres).fetch_optional(server).await? } else { None };
    Ok(tables.filter(|_| !is_ours(first)))
}

fn is_ours(first: Option<(String,)>) -> bool {
    first.is_some_and(|(description,)| description == OUR_FIRST)
}

/// Another program's tables: `orders, customers and more`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Strangers(String);

impl Strangers {
    fn of(tables: Vec<(String,)>) -> Option<Self> {
        let mut named: Vec<&str> = tables.iter().map(|(name,)| name.as_str()).collect();
        let more = if named.len() > MOST_NAMED { " and more" } else { "" };
        named.truncate(MOST_NAMED);
        (!named.is_empty()).then(|| Self(format!("{}{more}", named.join(", "))))
    }
}

impl std::fmt::Display for Strangers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use sqlx::migrate::MigrationType;

    use super::*;

    #[test]
    fn our_first_change_of_structure_is_known_by_its_name() {
        for migrator in [sqlx::migrate!("sql/migrations/sqlite"), sqlx::migrate!("sql/migrations/postgres")] {
            let first = migrator.iter().find(|one| one.migration_type == MigrationType::Simple).expect("a first one");
            assert_eq!((first.version, first.description.as_ref()), (1, OUR_FIRST));
        }
    }

    #[test]
    fn a_complaint_names_three_tables_at_most() {
        let of = |names: &[&str]| {
            Strangers::of(names.iter().map(|name| ((*name).to_owned(),)).collect()).map(|named| named.to_string())
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&["orders"]).as_deref(), Some("orders"));
        assert_eq!(of(&["a", "b", "c", "d"]).as_deref(), Some("a, b, c and more"));
    }
}
