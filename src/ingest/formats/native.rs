//! Our own format: CSV or JSON with the canonical record's columns. A row is a call.
//!
//! `started_at`, `direction` and one of `status` and `raw_status` are required; an empty value is "not known". A `status`
//! may be the canonical word or the source's own; a word nobody knows ends in `unknown` and is counted.

mod row;

pub(crate) use row::seconds;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::Value;

use super::{Csv, Item, Layout, Noticed, Reading};
use crate::domain::call::{CallPart, PartKind, PartOutcome};
use crate::domain::fold::Ranked;
use crate::ingest::problem::Problem;
use crate::ingest::{text, times};

/// Every column that is read.
pub(crate) const COLUMNS: &[&str] = &[
    "call_id",
    "project_id",
    "source",
    "direction",
    "started_at",
    "answered_at",
    "ended_at",
    "updated_at",
    "from_number",
    "to_number",
    "client_number",
    "tracking_number",
    "status",
    "raw_status",
    "answered_by",
    "wait_sec",
    "ring_sec",
    "ivr_sec",
    "talk_sec",
    "hold_sec",
    "wrap_sec",
    "duration_sec",
    "agent_id",
    "agent_name",
    "agent_role",
    "queue",
    "department",
    "is_target",
    "is_first_call",
    "is_repeat",
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_content",
    "utm_term",
    "first_utm_source",
    "first_utm_medium",
    "first_utm_campaign",
    "first_utm_content",
    "first_utm_term",
    "landing",
    "referrer",
    "client_id",
    "tags",
    "cost",
    "currency",
    "recording_url",
    "hangup_cause",
    "ended_by",
    "linked_id",
    "merged_into",
    "legs",
    "region",
    "category",
    "rating",
    "comment",
    "visitor_id",
    "id_is_synthetic",
];

/// Columns of the record that mean nothing to a new reader of it.
pub(crate) const IGNORED: &[&str] = &["raw", "quality", "ingested_at", "row_hash"];

static POSITIONS: LazyLock<HashMap<&str, usize>> =
    LazyLock::new(|| COLUMNS.iter().enumerate().map(|(position, name)| (*name, position)).collect());

/// Where column `name` stands in [`COLUMNS`]; letters' case and blanks around it don't matter.
pub(crate) fn column(name: &str) -> Option<usize> {
    POSITIONS.get(name.trim().to_ascii_lowercase().as_str()).copied()
}

/// One row's values, by the positions of [`COLUMNS`]; `None`: not known.
pub(crate) struct Row<'a> {
    values: Vec<Option<Cow<'a, str>>>,
    parts: Option<&'a [Value]>,
}

impl<'a> Row<'a> {
    /// A row of which nothing is known.
    pub(crate) fn empty() -> Self {
        Self { values: vec![None; COLUMNS.len()], parts: None }
    }

    /// Puts a value into column `name`; `None` leaves the column as it is.
    pub(crate) fn set(&mut self, name: &str, value: Option<impl Into<Cow<'a, str>>>) {
        if let (Some(column), Some(value)) = (POSITIONS.get(name), value) {
            self.values[*column] = Some(value.into());
        }
    }

    /// A row of CSV: `columns` says which column each field is, where it is one that we read.
    pub(crate) fn of_fields(columns: &[Option<usize>], fields: impl Iterator<Item = &'a str>) -> Self {
        let mut values = vec![None; COLUMNS.len()];
        for (column, field) in columns.iter().zip(fields) {
            if let Some(column) = column {
                values[*column] = text::known(field);
            }
        }
        Self { values, parts: None }
    }

    /// A JSON object, and the keys that we don't read.
    pub(crate) fn of_object(value: &'a Value) -> Result<(Self, Vec<&'a str>), Problem> {
        let expected = "a JSON object is expected";
        let object = value.as_object().ok_or_else(|| Problem::new("", &value.to_string(), expected))?;
        let mut row = Self::empty();
        let mut unknown = Vec::new();
        for (key, value) in object {
            match (column(key), value) {
                (None, Value::Array(parts)) if key == "parts" => row.parts = Some(parts),
                (None, Value::Null) if key == "parts" => {}
                (None, _) if key == "parts" => return Err(Problem::new(key, &value.to_string(), "a list is expected")),
                (None, _) if IGNORED.contains(&key.as_str()) => {}
                (None, _) => unknown.push(key.as_str()),
                (Some(column), _) => row.values[column] = scalar(key, value)?,
            }
        }
        Ok((row, unknown))
    }

    pub(crate) fn get(&self, name: &'static str) -> Option<&str> {
        POSITIONS.get(name).and_then(|column| self.values[*column].as_deref())
    }

    fn text(&self, name: &'static str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }
}

fn scalar<'a>(key: &str, value: &'a Value) -> Result<Option<Cow<'a, str>>, Problem> {
    Ok(match value {
        Value::Null => None,
        Value::String(text) => text::known(text),
        Value::Bool(flag) => Some(flag.to_string().into()),
        Value::Number(number) => Some(number.to_string().into()),
        Value::Array(list) if key == "tags" && list.iter().all(Value::is_string) => {
            let tags: Vec<_> = list.iter().filter_map(Value::as_str).collect();
            text::known(&tags.join("|")).map(|tags| tags.into_owned().into())
        }
        other => return Err(Problem::new(key, &other.to_string(), "a text, a number or null is expected")),
    })
}

/// A column's meaning is its name.
pub(crate) fn meaning(name: &str, _: &Reading) -> Option<String> {
    let name = name.trim().to_ascii_lowercase();
    let is_ignored = IGNORED.contains(&name.as_str());
    match column(&name) {
        Some(column) => Some(COLUMNS[column].to_owned()),
        // A list of objects, which only JSON has.
        None if name == "parts" => Some(name),
        None => is_ignored.then(String::new),
    }
}

/// How the CSV of this format is read.
pub(crate) const CSV: Csv = Csv { layout, row: read_fields };

const REQUIRED: &[&[&str]] = &[&["started_at"], &["direction"], &["status", "raw_status"]];

fn layout(first: &[&str], _: &Reading) -> Result<Layout, String> {
    Layout::named(first, column, IGNORED, REQUIRED)
}

fn read_fields(fields: &[&str], layout: &Layout, reading: &Reading, noticed: &mut Noticed) -> Result<Item, Problem> {
    let row = Row::of_fields(&layout.columns, fields.iter().copied());
    read(&row, reading, noticed).map(|ranked| Item::Call(Box::new(ranked)))
}

/// Reads one JSON object.
pub(crate) fn read_object(text: &str, reading: &Reading, noticed: &mut Noticed) -> Result<Item, Problem> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| Problem::new("", text, format!("a JSON object is expected: {error}")))?;
    let (row, unknown) = Row::of_object(&value)?;
    noticed.ignored = unknown.into_iter().map(str::to_owned).collect();
    read(&row, reading, noticed).map(|ranked| Item::Call(Box::new(ranked)))
}

/// Reads one row; see the module's head.
pub(crate) fn read(row: &Row<'_>, reading: &Reading, noticed: &mut Noticed) -> Result<Ranked, Problem> {
    let parts = row.parts.map(|parts| parts.iter().map(|part| read_part(part, reading)).collect::<Result<Vec<_>, _>>());
    row::call(row, parts.transpose()?.unwrap_or_default(), reading, noticed)
}

fn read_part(value: &Value, reading: &Reading) -> Result<CallPart, Problem> {
    let key = |name: &str| format!("parts.{name}");
    if !value.is_object() {
        return Err(Problem::new("parts", &value.to_string(), "a list of objects is expected"));
    }
    let get = |name: &str| scalar(&key(name), &value[name]);
    let seconds = |name: &str| get(name)?.map(|text| row::seconds(&key(name), &text)).transpose();
    let kind = get("kind")?.unwrap_or_default();
    let outcome = get("outcome")?.unwrap_or_default();
    let agent = match get("agent_key")? {
        Some(agent) => Some(agent),
        None => get("agent_id")?,
    };
    Ok(CallPart {
        agent_key: agent.map(Cow::into_owned),
        kind: PartKind::parse(&kind).ok_or_else(|| {
            Problem::new(key("kind"), &kind, row::one_of(PartKind::ALL.iter().map(|kind| kind.name())))
        })?,
        started_at: get("started_at")?
            .map(|text| {
                times::read(&text, &reading.zone).map_err(|reason| Problem::new(key("started_at"), &text, reason))
            })
            .transpose()?
            .map(|time| time.at),
        ring_sec: seconds("ring_sec")?,
        talk_sec: seconds("talk_sec")?,
        outcome: PartOutcome::parse(&outcome).ok_or_else(|| {
            Problem::new(key("outcome"), &outcome, row::one_of(PartOutcome::ALL.iter().map(|outcome| outcome.name())))
        })?,
    })
}

#[cfg(test)]
mod tests;
