//! Where a person stands: every table, every column, every stored form.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Scope;
use super::documents::{self, Document};
use crate::app::App;
use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;
use crate::domain::person::Marks;
use crate::ingest::home_of;
use crate::store::StoreError;
use crate::store::rows::{Row, Table};

/// Columns that hold the digits of a number.
const NUMBERS: &[(&str, &str)] = &[
    ("calls", "client"),
    ("calls", "tracking"),
    ("callback_entries", "client"),
    ("callback_entries", "tracking"),
    ("listed_numbers", "number"),
];

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    pub tables: Vec<Table>,
    /// Rows by table.
    pub rows: BTreeMap<String, Vec<FoundRow>>,
    pub documents: Vec<Document>,
    /// Ids of projects by number.
    pub projects: BTreeMap<i64, String>,
    /// The countries whose way of writing numbers each project's texts follow.
    pub regions: BTreeMap<i64, Vec<String>>,
    /// Lines of our own that have this number, with their projects: such a number is no caller.
    pub own_lines: BTreeSet<String>,
}

/// A row that names the person.
#[derive(Clone, Debug)]
pub struct FoundRow {
    pub row: Row,
    /// Whose it is, where it is some project's.
    pub project: Option<i64>,
    /// Its texts that name the person, as they are without.
    pub clean: Vec<(String, String)>,
    /// Numbers of the person in columns of digits, country code first.
    pub numbers: Vec<(String, i64)>,
}

impl FoundRow {
    /// A number of the row.
    pub fn number(&self, column: &str) -> Option<i64> {
        self.row.get(column).and_then(Value::as_i64)
    }

    /// A text of the row.
    pub fn text(&self, column: &str) -> &str {
        self.row.get(column).and_then(Value::as_str).unwrap_or_default()
    }
}

impl Found {
    /// The rows of a table.
    pub fn of(&self, table: &str) -> &[FoundRow] {
        self.rows.get(table).map_or(&[], Vec::as_slice)
    }

    /// Nothing names them.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.documents.is_empty()
    }

    /// How many rows by table, and stored forms.
    pub fn counts(&self) -> BTreeMap<String, usize> {
        let rows = self.rows.iter().map(|(table, rows)| (table.clone(), rows.len()));
        let documents = Some(("stored documents".to_owned(), self.documents.len())).filter(|(_, count)| *count > 0);
        rows.chain(documents).collect()
    }

    /// How many rows by project's id; those of no project under an empty one.
    pub fn by_project(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for row in self.rows.values().flatten() {
            let id = row.project.and_then(|key| self.projects.get(&key).cloned()).unwrap_or_default();
            *counts.entry(id).or_default() += 1;
        }
        counts
    }
}

/// Whose a row is that says it by something else than `project`.
#[derive(Default)]
struct Parents {
    sources: BTreeMap<i64, i64>,
    imports: BTreeMap<i64, i64>,
    notices: BTreeMap<i64, i64>,
}

impl Parents {
    fn project_of(&self, row: &Row) -> Option<i64> {
        let number = |column: &str| row.get(column).and_then(Value::as_i64);
        let by = |column: &str, map: &BTreeMap<i64, i64>| number(column).and_then(|key| map.get(&key).copied());
        number("project")
            .or_else(|| by("source", &self.sources))
            .or_else(|| by("import", &self.imports))
            .or_else(|| by("notice", &self.notices))
    }
}

/// Looks through everything: reads all that there is, a row at a time.
///
/// # Errors
/// When the database can't be read.
pub async fn find(app: &App, marks: &Marks, scope: Scope) -> Result<Found, StoreError> {
    let mut found = Found { tables: app.store.read().await?.tables().await?, ..Found::default() };
    let mut everywhere = BTreeSet::new();
    let mut keys = Vec::new();
    each(app, &found.tables, "projects", |row| keys.extend(row.get("key").and_then(Value::as_i64))).await?;
    for key in keys {
        let Some(project) = app.store.project_by_key(ProjectKey(key)).await? else { continue };
        let region = home_of(&project).map(|region| region.code());
        everywhere.extend(region.clone());
        found.projects.insert(key, project.id.to_string());
        found.regions.insert(key, region.into_iter().collect());
    }
    let everywhere: Vec<String> = everywhere.into_iter().collect();
    let parents = parents(app, &found.tables).await?;
    let mut rows: BTreeMap<String, Vec<FoundRow>> = BTreeMap::new();
    for table in &found.tables {
        if table.name == "erased" {
            continue;
        }
        let mut of_table = Vec::new();
        let look = |text: &str| {
            if marks.mentions(text, &everywhere).is_empty() {
                return Ok(());
            }
            let row: Row = crate::store::stored("row", serde_json::from_str(text))?;
            let project = if table.name == "projects" {
                row.get("key").and_then(Value::as_i64)
            } else {
                parents.project_of(&row)
            };
            if scope.project.is_some_and(|only| project != Some(only.0)) {
                return Ok(());
            }
            let regions = project.and_then(|key| found.regions.get(&key)).unwrap_or(&everywhere);
            of_table.extend(named(table, row, project, marks, regions));
            Ok(())
        };
        app.store.each_row(table, "", look).await?;
        if !of_table.is_empty() {
            rows.insert(table.name.clone(), of_table);
        }
    }
    found.rows = rows;
    found.own_lines = own_lines(&found);
    found.documents = documents::find(app, marks, scope, &found, &everywhere).await?;
    Ok(found)
}

/// The row, when one of its columns names the person.
fn named(table: &Table, row: Row, project: Option<i64>, marks: &Marks, regions: &[String]) -> Option<FoundRow> {
    // A call that began after the person was erased is a new one.
    let later = moment(table, &row).map(|at| marks.erased_after(at));
    let marks = later.as_ref().unwrap_or(marks);
    let (mut clean, mut numbers) = (Vec::new(), Vec::new());
    for column in &table.columns {
        match row.get(&column.name) {
            Some(Value::String(text)) if column.is_text => {
                clean.extend(marks.scrubbed(text, regions).map(|text| (column.name.clone(), text)));
            }
            Some(Value::Number(number)) if NUMBERS.contains(&(table.name.as_str(), column.name.as_str())) => {
                let digits = number.as_i64().filter(|digits| marks.has_number(*digits));
                numbers.extend(digits.map(|digits| (column.name.clone(), digits)));
            }
            _ => {}
        }
    }
    (!clean.is_empty() || !numbers.is_empty()).then_some(FoundRow { row, project, clean, numbers })
}

/// When what a row tells of a call happened.
fn moment(table: &Table, row: &Row) -> Option<Instant> {
    let read = |value: &Value| match value {
        Value::Number(micros) => micros.as_i64().map(Instant::from_micros),
        Value::String(text) => Instant::parse_rfc3339(text),
        _ => None,
    };
    match table.name.as_str() {
        "calls" => read(row.get("started_at")?),
        "callback_entries" => read(row.get("opened_at")?),
        "call_events" => read(row.get("at")?),
        "call_details" => {
            let record: Value = serde_json::from_str(row.get("record")?.as_str()?).ok()?;
            read(record.get("started_at")?)
        }
        _ => None,
    }
}

/// Projects in which the number is a line that is dialled, or a labelled number of theirs.
fn own_lines(found: &Found) -> BTreeSet<String> {
    let has = |row: &&FoundRow, column: &str| row.numbers.iter().any(|(name, _)| name == column);
    let dialled = found.of("calls").iter().filter(|row| has(row, "tracking"));
    let is_caller =
        |row: &FoundRow| matches!(row.row.get("ignored"), Some(Value::Bool(true))) || row.number("ignored") == Some(1);
    let listed = found.of("listed_numbers").iter().filter(|row| !is_caller(row));
    let projects = dialled.chain(listed).filter_map(|row| row.project);
    projects.filter_map(|key| found.projects.get(&key).cloned()).collect()
}

async fn parents(app: &App, tables: &[Table]) -> Result<Parents, StoreError> {
    let mut parents = Parents::default();
    for (table, map) in
        [("sources", &mut parents.sources), ("imports", &mut parents.imports), ("notices", &mut parents.notices)]
    {
        let mut pair = |row: &Row| {
            let number = |column: &str| row.get(column).and_then(Value::as_i64);
            if let (Some(id), Some(project)) = (number("id"), number("project")) {
                map.insert(id, project);
            }
        };
        each(app, tables, table, |row| pair(row)).await?;
    }
    Ok(parents)
}

async fn each(app: &App, tables: &[Table], name: &str, mut each: impl FnMut(&Row)) -> Result<(), StoreError> {
    let Some(table) = tables.iter().find(|table| table.name == name) else { return Ok(()) };
    let read = |text: &str| {
        each(&crate::store::stored("row", serde_json::from_str(text))?);
        Ok(())
    };
    app.store.each_row(table, "", read).await
}
