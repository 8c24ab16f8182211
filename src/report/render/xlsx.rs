//! A report as a workbook: the figures on the first sheet, each table on one of its own, "how we count" on the last. Cells
//! are typed: counts and seconds are numbers, shares percentages, times real times of the report's zone; phone numbers and
//! whatever else is text stay text, and no text is ever a formula.

use anyhow::Context as _;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet};
use serde_json::Value;

use super::Drawn;
use super::csv::text;
use crate::domain::column::{ColumnKind, TableColumn};
use crate::domain::document::{Document, MachineData, TextDirection};
use crate::domain::figure::{Figure, TableRow, Unit, word};
use crate::i18n::Words;

/// Rows of a sheet, the head aside; more than that no spreadsheet opens.
const MOST_ROWS: usize = 1_048_575;
/// Characters of a cell.
const MOST_CHARACTERS: usize = 32_767;
const WIDEST: f64 = 48.0;

/// The workbook.
pub(super) fn draw(document: &Document) -> anyhow::Result<Drawn> {
    let words = Words::of(&document.language);
    let mut book = Workbook::new();
    let made_at =
        ExcelDateTime::from_timestamp(document.made_at.as_seconds()).context("a time that no workbook knows")?;
    book.set_properties(
        &DocProperties::new()
            .set_title(&document.subject)
            .set_subject(&document.eyebrow)
            .set_creation_datetime(&made_at),
    );
    let styles = Styles::new();
    let is_rtl = document.direction == TextDirection::Rtl;
    let mut names: Vec<String> = Vec::new();
    let mut sheet = |book: &mut Workbook, title: &str| -> anyhow::Result<usize> {
        let name = free_name(title, &names);
        let sheet = book.add_worksheet();
        sheet.set_name(&name)?;
        sheet.set_right_to_left(is_rtl);
        names.push(name);
        Ok(names.len() - 1)
    };
    if let Some(data) = &document.data {
        let at = sheet(&mut book, &words.word("sheet-figures"))?;
        figures(book.worksheet_from_index(at)?, data, &words, &styles)?;
        for (name, rows) in &data.tables {
            let at = sheet(&mut book, &title(name, &words))?;
            let columns = data.columns.get(name).map(Vec::as_slice).unwrap_or_default();
            table(book.worksheet_from_index(at)?, columns, rows, &words, &styles)?;
        }
        for (name, columns, rows) in of_projects(data) {
            let at = sheet(&mut book, &title(name, &words))?;
            table(book.worksheet_from_index(at)?, &columns, &rows, &words, &styles)?;
        }
    }
    let at = sheet(&mut book, &words.word("sheet-how-we-count"))?;
    notes(book.worksheet_from_index(at)?, document, &styles)?;
    Ok(Drawn { bytes: book.save_to_buffer()?, ..Drawn::default() })
}

fn title(table: &str, words: &Words) -> String {
    words.maybe(&format!("sheet-{}", table.replace('_', "-"))).unwrap_or_else(|| table.replace('_', " "))
}

/// Of a report over several projects: each of their tables once, the rows of all projects below each other, told apart by
/// their first column.
fn of_projects(data: &MachineData) -> Vec<(&str, Vec<TableColumn>, Vec<TableRow>)> {
    const PROJECT: &str = "project_id";
    let labelled = data.columns.values().flatten().find(|column| column.name == PROJECT);
    let project = labelled.cloned().unwrap_or(TableColumn {
        name: PROJECT.to_owned(),
        label: PROJECT.to_owned(),
        kind: ColumnKind::Text,
    });
    let mut tables: Vec<(&str, Vec<TableColumn>, Vec<TableRow>)> = Vec::new();
    for own in &data.projects {
        for (name, rows) in &own.tables {
            let at = tables.iter().position(|(known, ..)| known == name).unwrap_or_else(|| {
                tables.push((name, vec![project.clone()], Vec::new()));
                tables.len() - 1
            });
            let (_, columns, all) = &mut tables[at];
            for column in own.columns.get(name).into_iter().flatten() {
                if !columns.iter().any(|known| known.name == column.name) {
                    columns.push(column.clone());
                }
            }
            all.extend(rows.iter().map(|row| {
                let mut row = row.clone();
                row.insert(PROJECT.to_owned(), Value::from(own.project.as_str()));
                row
            }));
        }
    }
    tables
}

struct Styles {
    head: Format,
    share: Format,
    moment: Format,
    date: Format,
    money: Format,
    note: Format,
    title: Format,
}

impl Styles {
    fn new() -> Self {
        Self {
            head: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top),
            share: Format::new().set_num_format("0.0%"),
            moment: Format::new().set_num_format("yyyy\\-mm\\-dd hh:mm:ss"),
            date: Format::new().set_num_format("yyyy\\-mm\\-dd"),
            money: Format::new().set_num_format("0.00####"),
            note: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            title: Format::new().set_bold().set_text_wrap(),
        }
    }
}

fn figures(sheet: &mut Worksheet, data: &MachineData, words: &Words, styles: &Styles) -> anyhow::Result<()> {
    let of_several = !data.projects.is_empty();
    let mut heads = vec![words.word("sheet-figure"), words.word("sheet-value"), words.word("sheet-previous")];
    heads.push(words.word("sheet-delta"));
    if of_several {
        heads.push(words.word("table-project"));
    }
    head(sheet, &heads.iter().map(String::as_str).collect::<Vec<_>>(), styles)?;
    let mut row = 0;
    for (project, figures) in std::iter::once(data).chain(&data.projects).map(|data| (&data.project, &data.figures)) {
        for (name, figure) in figures {
            row += 1;
            sheet.write_string(row, 0, label(name, figure, words))?;
            for (column, value) in [(1, figure.value), (2, figure.previous), (3, figure.delta)] {
                match value {
                    Some(value) if figure.unit == Unit::Ratio => {
                        sheet.write_with_format(row, column, value, &styles.share)?;
                    }
                    Some(value) => {
                        sheet.write_number(row, column, value)?;
                    }
                    None => {}
                }
            }
            if of_several {
                sheet.write_string(row, 4, project)?;
            }
        }
    }
    sheet.set_column_width(0, 44)?;
    for column in 1..=4 {
        sheet.set_column_width(column, 14)?;
    }
    Ok(())
}

/// What a figure is called, with its unit where the number doesn't say it.
fn label(name: &str, figure: &Figure, words: &Words) -> String {
    let name = words.word(&word(name));
    match figure.unit {
        Unit::Seconds => words.say("sheet-in-seconds", &[("name", name.into())]),
        _ => name,
    }
}

fn table(
    sheet: &mut Worksheet,
    columns: &[TableColumn],
    rows: &[TableRow],
    words: &Words,
    styles: &Styles,
) -> anyhow::Result<()> {
    if columns.is_empty() {
        sheet.write_string(0, 0, words.word("sheet-empty"))?;
        return Ok(());
    }
    head(sheet, &columns.iter().map(|column| column.label.as_str()).collect::<Vec<_>>(), styles)?;
    for (at, column) in columns.iter().enumerate() {
        let place = u16::try_from(at)?;
        let mut widest = column.label.chars().count().min(16) as f64;
        for (at, row) in rows.iter().take(MOST_ROWS).enumerate() {
            let Some(value) = row.get(&column.name).filter(|value| !value.is_null()) else { continue };
            widest = widest.max(cell(sheet, u32::try_from(at + 1)?, place, value, column, words, styles)?);
        }
        sheet.set_column_width(place, (widest + 2.0).min(WIDEST))?;
    }
    let last = u32::try_from(rows.len().min(MOST_ROWS))?;
    sheet.autofilter(0, 0, last, u16::try_from(columns.len() - 1)?)?;
    Ok(())
}

/// Writes one cell; returns about how many characters it shows. A value that isn't what its column says is written as text.
fn cell(
    sheet: &mut Worksheet,
    row: u32,
    place: u16,
    value: &Value,
    column: &TableColumn,
    words: &Words,
    styles: &Styles,
) -> anyhow::Result<f64> {
    use ColumnKind as Kind;
    let said = text(value);
    match (column.kind, value) {
        (Kind::Count | Kind::Mean | Kind::Seconds, Value::Number(number)) => {
            sheet.write_number(row, place, number.as_f64().unwrap_or_default())?;
            return Ok(8.0);
        }
        (Kind::Ratio, Value::Number(number)) => {
            sheet.write_with_format(row, place, number.as_f64().unwrap_or_default(), &styles.share)?;
            return Ok(8.0);
        }
        (Kind::Money, _) => {
            if let Ok(amount) = said.parse::<f64>() {
                sheet.write_with_format(row, place, amount, &styles.money)?;
                return Ok(10.0);
            }
        }
        (Kind::Instant, _) => {
            if let Ok(moment) = DateTime::parse_from_rfc3339(&said) {
                sheet.write_with_format(row, place, &wall_clock(moment.naive_local())?, &styles.moment)?;
                return Ok(19.0);
            }
        }
        (Kind::Date, _) => {
            if let Ok(date) = said.parse::<NaiveDate>() {
                sheet.write_with_format(row, place, &day(date)?, &styles.date)?;
                return Ok(10.0);
            }
        }
        (Kind::Flag, Value::Bool(yes)) => {
            sheet.write_boolean(row, place, *yes)?;
            return Ok(6.0);
        }
        (Kind::Word, _) => {
            let id = format!("{}-{said}", column.name).replace('_', "-");
            let word = words.maybe(&id).unwrap_or(said);
            sheet.write_string(row, place, &word)?;
            return Ok(word.chars().count() as f64);
        }
        _ => {}
    }
    let kept: String = said.chars().take(MOST_CHARACTERS).collect();
    sheet.write_string(row, place, &kept)?;
    Ok(kept.chars().count() as f64)
}

/// A day as a workbook knows it.
fn day(date: NaiveDate) -> anyhow::Result<ExcelDateTime> {
    let (month, day) = (u8::try_from(date.month())?, u8::try_from(date.day())?);
    Ok(ExcelDateTime::from_ymd(u16::try_from(date.year())?, month, day)?)
}

fn wall_clock(at: NaiveDateTime) -> anyhow::Result<ExcelDateTime> {
    let (hour, minute) = (u16::try_from(at.hour())?, u8::try_from(at.minute())?);
    Ok(day(at.date())?.and_hms(hour, minute, f64::from(at.second()))?)
}

fn head(sheet: &mut Worksheet, heads: &[&str], styles: &Styles) -> anyhow::Result<()> {
    for (at, text) in heads.iter().enumerate() {
        sheet.write_string_with_format(0, u16::try_from(at)?, *text, &styles.head)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// What the report is, and how it counts.
fn notes(sheet: &mut Worksheet, document: &Document, styles: &Styles) -> anyhow::Result<()> {
    sheet.set_column_width(0, 100)?;
    sheet.write_string_with_format(0, 0, &document.eyebrow, &styles.title)?;
    sheet.write_string_with_format(1, 0, &document.preview, &styles.note)?;
    for (at, text) in document.foot.iter().enumerate() {
        sheet.write_string_with_format(u32::try_from(at + 3)?, 0, text.to_plain(), &styles.note)?;
    }
    Ok(())
}

/// A sheet's name: at most 31 characters, none of those that workbooks refuse, and unlike every other.
fn free_name(title: &str, taken: &[String]) -> String {
    let plain: String = title.chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c }).collect();
    let plain = plain.trim();
    (1..)
        .map(|number| {
            let ending = if number == 1 { String::new() } else { format!(" {number}") };
            let room = 31 - ending.encode_utf16().count();
            let mut kept = String::new();
            for letter in plain.chars() {
                if kept.encode_utf16().count() + letter.len_utf16() > room {
                    break;
                }
                kept.push(letter);
            }
            format!("{}{ending}", if kept.is_empty() { "–" } else { kept.trim_end() })
        })
        .find(|name| !taken.iter().any(|other| other.to_lowercase() == name.to_lowercase()))
        .unwrap_or_else(|| "–".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_short_plain_and_unlike() {
        let long = "Why calls were missed: all/most of them [today]";
        let first = free_name(long, &[]);
        assert_eq!(first, "Why calls were missed  all most");
        let second = free_name(long, std::slice::from_ref(&first));
        assert_eq!((second.chars().count() <= 31, second.ends_with(" 2")), (true, true));
        assert_eq!(free_name("", &[]), "–");
    }
}
