//! One statement of `sql/` for both databases, and the macros that run it on whichever it is.

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
