//! Which rows are a project's: those that name it, and those that refer to rows of it, by the database's own account of what
//! refers to what. A table that somebody adds later is found by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::Table;
use super::{Session, Sql, StoreError, fetch_all, fetch_optional, sql};
use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;

const REFERENCES: Sql = sql!(twin "structure/references");
const OF_ID: Sql = sql!("projects/any_of_id");
const CONTACTS: Sql = sql!("projects/contacts_of_it_alone");
const REMOVE_CONTACT: Sql = sql!("contacts/remove");
const UNDER_WAY: Sql = sql!("projects/under_way");
const RETIRE_SCHEDULES: Sql = sql!("projects/retire_schedules");
const TRACE: Sql = sql!("audit/remove_of_project");

/// A reference of one table to another.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
struct Reference {
    table: String,
    column: String,
    parent: String,
    parent_column: String,
}

/// The rows of one table that are a project's.
#[derive(Clone, Debug)]
pub struct Belonging {
    pub table: Table,
    /// Finds them; goes behind `where`.
    pub condition: String,
}

impl Session {
    /// What is a project's, each table before those that it refers to; the project's own row comes last.
    pub async fn belongings(&mut self, project: ProjectKey) -> Result<Vec<Belonging>, StoreError> {
        let tables = self.tables().await?;
        let references = fetch_all!(self, REFERENCES, Reference)?;
        let mut conditions: BTreeMap<&str, String> = BTreeMap::new();
        conditions.insert("projects", format!("key = {}", project.0));
        // A table that refers to one that isn't looked at yet comes in a later round.
        for _ in 0..tables.len() {
            for table in &tables {
                if !conditions.contains_key(table.name.as_str())
                    && let Some(condition) = condition(table, &references, &conditions, project)
                {
                    conditions.insert(&table.name, condition);
                }
            }
        }
        let mut left: BTreeSet<&str> = conditions.keys().copied().collect();
        let mut ordered = Vec::new();
        while !left.is_empty() {
            let is_free = |table: &&str| {
                let by = |one: &&Reference| {
                    one.parent == **table && one.table != **table && left.contains(one.table.as_str())
                };
                !references.iter().any(|one| by(&one))
            };
            let free: Vec<&str> = left.iter().copied().filter(is_free).collect();
            let free = if free.is_empty() { left.iter().copied().collect() } else { free };
            left.retain(|table| !free.contains(table));
            ordered.extend(free);
        }
        let belonging = |name: &str| {
            let table = tables.iter().find(|table| table.name == name)?.clone();
            Some(Belonging { table, condition: conditions.get(name)?.clone() })
        };
        Ok(ordered.into_iter().filter_map(belonging).collect())
    }

    /// The number of a project by its id, and whether it was retired.
    pub async fn project_of_id(&mut self, id: &str) -> Result<Option<(ProjectKey, bool)>, StoreError> {
        let found = fetch_optional!(self, OF_ID, (i64, Option<Instant>), id)?;
        Ok(found.map(|(key, retired_at)| (ProjectKey(key), retired_at.is_some())))
    }

    /// Contacts who have roles in this project and in no other.
    pub async fn contacts_of_it_alone(&mut self, project: ProjectKey) -> Result<Vec<String>, StoreError> {
        Ok(fetch_all!(self, CONTACTS, (String,), project.0)?.into_iter().map(|(id,)| id).collect())
    }

    /// Removes a contact with its addresses.
    pub async fn remove_contact(&mut self, id: &str) -> Result<(), StoreError> {
        super::execute!(self, REMOVE_CONTACT, id).map(|_| ())
    }

    /// What of a project is in somebody's hands just now: messages on their way, reports being made, imports.
    pub async fn under_way(&mut self, project: ProjectKey) -> Result<i64, StoreError> {
        Ok(super::fetch_one!(self, UNDER_WAY, (i64,), project.0)?.0)
    }

    /// Ends a project: nothing of it falls due any more.
    pub async fn end_project(&mut self, id: &str, project: ProjectKey, now: Instant) -> Result<(), StoreError> {
        self.retire_project(id, now).await?;
        super::execute!(self, RETIRE_SCHEDULES, project.0, now).map(|_| ())
    }

    /// Removes what the trace of changes says of a project by its id alone.
    pub async fn remove_trace(&mut self, id: &str) -> Result<u64, StoreError> {
        super::execute!(self, TRACE, id, format!("{id}/"))
    }
}

/// Which rows of a table are the project's; `None`: none ever is.
fn condition(
    table: &Table,
    references: &[Reference],
    known: &BTreeMap<&str, String>,
    project: ProjectKey,
) -> Option<String> {
    let own = table.columns.iter().find(|column| column.name == "project");
    let named = own.map(|_| format!("project = {}", project.0));
    if own.is_some_and(|own| own.is_required) {
        return named;
    }
    let through =
        references.iter().filter(|one| one.table == table.name && one.parent != "projects").filter_map(|one| {
            let parent = known.get(one.parent.as_str())?;
            let Reference { column, parent: table, parent_column, .. } = one;
            Some(format!("\"{column}\" in (select \"{parent_column}\" from \"{table}\" where {parent})"))
        });
    let ways: Vec<String> = named.into_iter().chain(through).collect();
    (!ways.is_empty()).then(|| ways.join(" or "))
}
