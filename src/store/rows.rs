//! Every row of every table, found by the database's own account of its structure and not by a list: what looks for a
//! person must not pass over a table that somebody adds later.

use futures_util::TryStreamExt;
use serde_json::{Map, Value};
use sqlx::AssertSqlSafe;

use super::{On, Session, Sql, Store, StoreError, fetch_all, sql};

const COLUMNS: Sql = sql!(twin "structure/columns");

/// A table as the database describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

/// One of its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub is_text: bool,
    /// Bytes aren't read as text.
    pub is_bytes: bool,
    /// Part of the primary key.
    pub is_key: bool,
    /// Never null.
    pub is_required: bool,
}

/// A row as JSON: text, numbers, moments as the database writes them.
pub type Row = Map<String, Value>;

#[derive(Debug, sqlx::FromRow)]
struct ColumnRow {
    table: String,
    column: String,
    kind: String,
    is_key: bool,
    is_required: bool,
}

impl Table {
    /// Its statement that gives each row as JSON.
    fn select(&self, is_sqlite: bool, condition: &str) -> String {
        let names = self.columns.iter().filter(|column| !column.is_bytes).map(|column| column.name.as_str());
        let table = &self.name;
        if is_sqlite {
            let pairs: Vec<String> = names.map(|name| format!("'{name}', \"{name}\"")).collect();
            format!("select json_object({}) from \"{table}\" {condition}", pairs.join(", "))
        } else {
            let names: Vec<String> = names.map(|name| format!("\"{name}\"")).collect();
            let names = names.join(", ");
            format!("select cast(row_to_json(t) as text) from (select {names} from \"{table}\" {condition}) t")
        }
    }

    /// Whether it has such a column.
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|known| known.name == column)
    }

    /// The condition that finds a row by its key; what it binds.
    fn of_row(&self, row: &Row, mut at: usize) -> (String, Vec<String>) {
        let (mut terms, mut binds) = (Vec::new(), Vec::new());
        for column in self.columns.iter().filter(|column| column.is_key) {
            match row.get(&column.name) {
                Some(Value::Number(number)) => terms.push(format!("\"{}\" = {number}", column.name)),
                Some(Value::String(text)) if column.is_text => {
                    at += 1;
                    terms.push(format!("\"{}\" = ${at}", column.name));
                    binds.push(text.clone());
                }
                _ => {}
            }
        }
        (terms.join(" and "), binds)
    }
}

impl Session {
    /// Every table of ours.
    pub async fn tables(&mut self) -> Result<Vec<Table>, StoreError> {
        let rows = fetch_all!(self, COLUMNS, ColumnRow)?;
        let mut tables: Vec<Table> = Vec::new();
        for ColumnRow { table, column, kind, is_key, is_required } in rows {
            let (is_text, is_bytes) = (kind == "text", matches!(&*kind, "blob" | "bytea"));
            let column = Column { name: column, is_text, is_bytes, is_key, is_required };
            match tables.last_mut().filter(|last| last.name == table) {
                Some(last) => last.columns.push(column),
                None => tables.push(Table { name: table, columns: vec![column] }),
            }
        }
        Ok(tables)
    }

    /// Puts texts into a row that is found by its key, as it was read. Its other columns stay.
    pub async fn rewrite(&mut self, table: &Table, row: &Row, texts: &[(String, String)]) -> Result<u64, StoreError> {
        let sets: Vec<String> =
            texts.iter().enumerate().map(|(n, (name, _))| format!("\"{name}\" = ${}", n + 1)).collect();
        let (condition, keys) = table.of_row(row, texts.len());
        if condition.is_empty() || sets.is_empty() {
            return Ok(0);
        }
        let sql = AssertSqlSafe(format!("update \"{}\" set {} where {condition}", table.name, sets.join(", ")));
        let binds = texts.iter().map(|(_, text)| text).chain(&keys);
        match self.on() {
            On::Sqlite(on) => {
                let query = binds.fold(sqlx::query(sql), |query, bind| query.bind(bind));
                query.execute(on).await.map(|done| done.rows_affected())
            }
            On::Postgres(on) => {
                let query = binds.fold(sqlx::query(sql), |query, bind| query.bind(bind));
                query.execute(on).await.map(|done| done.rows_affected())
            }
        }
        .map_err(StoreError::from)
    }

    /// Removes up to `most` rows that fit a condition of ours.
    pub async fn remove_where(&mut self, table: &Table, condition: &str, most: i64) -> Result<u64, StoreError> {
        let keys: Vec<String> =
            table.columns.iter().filter(|column| column.is_key).map(|column| format!("\"{}\"", column.name)).collect();
        let (keys, name) = (keys.join(", "), &table.name);
        let some = format!("select {keys} from \"{name}\" where {condition} limit {most}");
        let sql = AssertSqlSafe(format!("delete from \"{name}\" where ({keys}) in ({some})"));
        match self.on() {
            On::Sqlite(on) => sqlx::query(sql).execute(on).await.map(|done| done.rows_affected()),
            On::Postgres(on) => sqlx::query(sql).execute(on).await.map(|done| done.rows_affected()),
        }
        .map_err(StoreError::from)
    }

    /// How many rows fit a condition of ours.
    pub async fn count_where(&mut self, table: &Table, condition: &str) -> Result<i64, StoreError> {
        let sql = AssertSqlSafe(format!("select count(*) from \"{}\" where {condition}", table.name));
        match self.on() {
            On::Sqlite(on) => sqlx::query_scalar(sql).fetch_one(on).await,
            On::Postgres(on) => sqlx::query_scalar(sql).fetch_one(on).await,
        }
        .map_err(StoreError::from)
    }
}

impl Store {
    /// Every row of a table as the text of a JSON object, one after the other; `condition` is a `where …` of ours, or empty.
    pub async fn each_row(
        &self,
        table: &Table,
        condition: &str,
        mut each: impl FnMut(&str) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut session = self.read().await?;
        let sql = AssertSqlSafe(table.select(session.is_sqlite(), condition));
        match session.on() {
            On::Sqlite(on) => {
                let mut rows = sqlx::query_scalar::<_, String>(sql).fetch(on);
                while let Some(row) = rows.try_next().await? {
                    each(&row)?;
                }
            }
            On::Postgres(on) => {
                let mut rows = sqlx::query_scalar::<_, String>(sql).fetch(on);
                while let Some(row) = rows.try_next().await? {
                    each(&row)?;
                }
            }
        }
        Ok(())
    }
}
