//! Ringostat's export of calls: CSV with `;`, or a JSON list (help.ringostat.com, article 6312678). A row is a call.
//!
//! Which fields there are is the choice of whoever exports; `calldate`, `call_type` and `disposition` must be among them.
//! All values may be texts; times name no zone; on calls that come in `dst` is the advertised number and the person is
//! `employee_number`, `employee_fio` or `connected_with`. Rows in progress change later and are told again.

mod row;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::Value;

use super::{Csv, Item, Layout, Noticed, Reading};
use crate::ingest::problem::Problem;
use crate::ingest::text;

/// Every field that the export can have, and what it becomes of the record; empty: it isn't kept.
pub(crate) const COLUMNS: &[(&str, &str)] = &[
    ("calldate", "started_at"),
    ("uniqueid", "call_id"),
    ("call_type", "direction"),
    ("disposition", "status, raw_status"),
    ("caller", "from_number, client_number, agent_id"),
    ("caller_number", "client_number"),
    ("dst", "to_number, tracking_number, client_number"),
    ("waittime", "wait_sec, answered_at"),
    ("billsec", "talk_sec"),
    ("duration", "duration_sec, ended_at"),
    ("duration_ms", "duration_sec"),
    ("employee_number", "agent_id"),
    ("employee_fio", "agent_name"),
    ("connected_with", "agent_id"),
    ("scheme_name", "queue"),
    ("pool_name", "tags"),
    ("department", "department"),
    ("proper_flag", "is_target"),
    ("repeated_flag", "is_repeat"),
    ("call_counter", "is_first_call"),
    ("category_mark", "category, tags"),
    ("employee_mark", "tags"),
    ("utm_source", "utm_source"),
    ("utm_medium", "utm_medium"),
    ("utm_campaign", "utm_campaign"),
    ("utm_content", "utm_content"),
    ("utm_term", "utm_term"),
    ("client_id", "client_id"),
    ("landing", "landing"),
    ("refferrer", "referrer"),
    ("recording", "recording_url"),
    ("recording_wav", "recording_url"),
    ("has_recording", "recording_url"),
    ("additional_number", ""),
    ("category_number", ""),
    ("call_card", ""),
    ("remote_ip", ""),
];

const REQUIRED: &[&[&str]] = &[&["calldate"], &["call_type"], &["disposition"]];

static POSITIONS: LazyLock<HashMap<&str, usize>> =
    LazyLock::new(|| COLUMNS.iter().enumerate().map(|(position, (name, _))| (*name, position)).collect());

/// Where field `name` stands in [`COLUMNS`]; `referrer` is understood in its right spelling too.
fn column(name: &str) -> Option<usize> {
    let name = name.trim().to_ascii_lowercase();
    let name = if matches!(name.as_str(), "referrer" | "referer") { "refferrer" } else { &name };
    POSITIONS.get(name).copied()
}

/// What a field becomes of the record; empty: it isn't kept.
pub(crate) fn meaning(name: &str, _: &Reading) -> Option<String> {
    column(name).map(|column| COLUMNS[column].1.to_owned())
}

/// How the CSV of this format is read.
pub(crate) const CSV: Csv = Csv { layout, row: read_fields };

fn layout(first: &[&str], _: &Reading) -> Result<Layout, String> {
    Layout::named(first, column, &[], REQUIRED)
}

/// One row's values, by the positions of [`COLUMNS`]; `None`: not known.
struct Fields<'a>(Vec<Option<Cow<'a, str>>>);

impl Fields<'_> {
    fn get(&self, name: &'static str) -> Option<&str> {
        POSITIONS.get(name).and_then(|column| self.0[*column].as_deref())
    }
}

fn read_fields(fields: &[&str], layout: &Layout, reading: &Reading, noticed: &mut Noticed) -> Result<Item, Problem> {
    let mut values = vec![None; COLUMNS.len()];
    for (column, field) in layout.columns.iter().zip(fields) {
        if let Some(column) = column {
            values[*column] = text::known(field);
        }
    }
    row::call(&Fields(values), reading, noticed).map(|ranked| Item::Call(Box::new(ranked)))
}

/// Reads one object of the JSON list.
pub(crate) fn read_object(text: &str, reading: &Reading, noticed: &mut Noticed) -> Result<Item, Problem> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| Problem::new("", text, format!("a JSON object is expected: {error}")))?;
    let mut values = vec![None; COLUMNS.len()];
    for (key, value) in value.as_object().into_iter().flatten() {
        match column(key) {
            Some(column) => values[column] = scalar(key, value)?,
            None => noticed.ignored.push(key.clone()),
        }
    }
    row::call(&Fields(values), reading, noticed).map(|ranked| Item::Call(Box::new(ranked)))
}

fn scalar<'a>(key: &str, value: &'a Value) -> Result<Option<Cow<'a, str>>, Problem> {
    Ok(match value {
        Value::Null => None,
        Value::String(text) => text::known(text),
        Value::Bool(flag) => Some(if *flag { "1" } else { "0" }.into()),
        Value::Number(number) => Some(number.to_string().into()),
        Value::Array(list) if list.is_empty() => None,
        other => return Err(Problem::new(key, &other.to_string(), "a text, a number or null is expected")),
    })
}

#[cfg(test)]
mod tests;
