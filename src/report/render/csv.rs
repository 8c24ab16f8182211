//! A report as CSV for other programs, the same in every language: UTF-8 with a byte order mark (without it spreadsheets
//! guess), commas, CRLF, `.` in fractions, RFC 3339 times, machine names as headings.
//!
//! A report with one table is that table. One with several (or none) is a list of values, a line each: project, table, row,
//! column, value, with the single figures as the table `figures`.

use serde_json::Value;

use super::Drawn;
use crate::domain::column::TableColumn;
use crate::domain::document::{Document, MachineData};
use crate::domain::figure::{TableRow, in_order};
use crate::domain::plain::plain;

/// A table whose columns nobody named has none.
const NO_COLUMNS: &[TableColumn] = &[];

/// The lines.
pub(super) fn draw(document: &Document) -> anyhow::Result<Drawn> {
    let mut out =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    match &document.data {
        None => {
            out.write_record(["subject", "title", "sentence"])?;
            out.write_record([&document.subject, &document.title, &document.preview].map(|text| safe(text)))?;
        }
        Some(data) => match only_table(data) {
            Some((name, rows)) => table(&mut out, columns(data, name), rows)?,
            None => {
                out.write_record(["project", "table", "row", "column", "value"])?;
                values(&mut out, data)?;
                data.projects.iter().try_for_each(|project| values(&mut out, project))?;
            }
        },
    }
    Ok(Drawn { bytes: out.into_inner()?, ..Drawn::default() })
}

/// A value as text, without marks that turn what follows; lists are joined by `|`, as imports read them.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => plain(text).into_owned(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join("|"),
        other => other.to_string(),
    }
}

/// The report's table, when it has just one.
fn only_table(data: &MachineData) -> Option<(&str, &[TableRow])> {
    let mut tables = data.tables.iter().map(|(name, rows)| (name.as_str(), rows.as_slice()));
    match (tables.next(), tables.next()) {
        (Some(only), None) if data.projects.is_empty() => Some(only),
        _ => None,
    }
}

fn columns<'a>(data: &'a MachineData, table: &str) -> &'a [TableColumn] {
    data.columns.get(table).map_or(NO_COLUMNS, Vec::as_slice)
}

fn table(out: &mut csv::Writer<Vec<u8>>, columns: &[TableColumn], rows: &[TableRow]) -> anyhow::Result<()> {
    if columns.is_empty() {
        return Ok(());
    }
    out.write_record(columns.iter().map(|column| &column.name))?;
    for row in rows {
        out.write_record(columns.iter().map(|column| cell(row.get(&column.name).unwrap_or(&Value::Null))))?;
    }
    Ok(())
}

fn values(out: &mut csv::Writer<Vec<u8>>, data: &MachineData) -> anyhow::Result<()> {
    let project = data.project.as_str();
    for (name, figure) in in_order(&data.figures) {
        for (column, value) in [("value", figure.value), ("previous", figure.previous), ("delta", figure.delta)] {
            if let Some(value) = value {
                out.write_record([project, "figures", name, column, &value.to_string()])?;
            }
        }
    }
    for (name, rows) in &data.tables {
        for (at, row) in rows.iter().enumerate() {
            let number = (at + 1).to_string();
            for column in columns(data, name) {
                let value = row.get(&column.name).unwrap_or(&Value::Null);
                if !value.is_null() {
                    out.write_record([project, name, number.as_str(), &column.name, &cell(value)])?;
                }
            }
        }
    }
    Ok(())
}

fn cell(value: &Value) -> String {
    match value {
        Value::String(_) | Value::Array(_) => safe(&text(value)),
        other => text(other),
    }
}

/// A text that no spreadsheet takes for a formula: one that begins like one gets an apostrophe. A phone number may begin
/// with its `+`: there is nothing to compute in digits.
fn safe(text: &str) -> String {
    const FIRST: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let digits = text.strip_prefix('+').unwrap_or_default();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let begins_formula = text.trim_start_matches(' ').starts_with(FIRST);
    if begins_formula && !is_number { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_gets_an_apostrophe_and_a_phone_number_does_not() {
        for hostile in ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1", " =1", "＝1"] {
            assert!(safe(hostile).starts_with('\''), "{hostile}");
        }
        for plain in ["+380671112233", "Eva", "", "a=b"] {
            assert_eq!(safe(plain), plain);
        }
    }
}
