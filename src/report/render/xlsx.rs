//! A report as a workbook: the figures on the first sheet, each table on one of its own, "how we count" on the last. Cells
//! are typed: counts and seconds are numbers, shares percentages, times real times of the report's zone; phone numbers and
//! whatever else is text stay text, and no text is ever a formula. Heads and canonical words are in the reader's language;
//! what is in seconds says so in its head.

use anyhow::Context as _;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet};
use serde_json::Value;

use super::Drawn;
use super::csv::text;
use crate::domain::column::{self, ColumnKind, TableColumn};
use crate::domain::document::{Document, MachineData, Text, TextDirection};
use crate::domain::figure::{Figure, TableRow, Unit, in_order, word};
use crate::domain::report_spec::SectionId;
use crate::i18n::Words;
use crate::report::origin;

/// Rows of a sheet, the head aside; more than that no spreadsheet opens.
const MOST_ROWS: usize = 1_048_575;
/// Characters of a cell.
const MOST_CHARACTERS: usize = 32_767;
const WIDEST: f64 = 48.0;
/// Columns of where callers came from, which may say that it isn't known.
const ORIGINS: [&str; 4] = ["source", "medium", "campaign", "origin"];

/// The workbook.
pub(super) fn draw(document: &Document) -> anyhow::Result<Drawn> {
    Ok(Drawn { bytes: workbook(document, MOST_ROWS)?, ..Drawn::default() })
}

/// The workbook, with so many rows of a sheet at most, the head aside.
fn workbook(document: &Document, most_rows: usize) -> anyhow::Result<Vec<u8>> {
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
    let mut cut: Vec<String> = Vec::new();
    if let Some(data) = &document.data {
        let mut table = |sheet: &mut Worksheet, title: &str, columns: &[TableColumn], rows: &[TableRow]| {
            let more = table(sheet, columns, rows, most_rows, &words, &styles)?;
            cut.extend(more.map(|more| format!("{title}: {more}")));
            anyhow::Ok(())
        };
        let at = sheet(&mut book, &words.word("sheet-figures"))?;
        figures(book.worksheet_from_index(at)?, data, &words, &styles)?;
        for (name, rows) in as_in_the_report(data.tables.iter().collect()) {
            let title = title(name, &words);
            let at = sheet(&mut book, &title)?;
            let columns = data.columns.get(name).map(Vec::as_slice).unwrap_or_default();
            table(book.worksheet_from_index(at)?, &title, columns, rows)?;
        }
        let of_projects = of_projects(data, &words).into_iter().map(|(name, columns, rows)| (name, (columns, rows)));
        for (name, (columns, rows)) in as_in_the_report(of_projects.collect()) {
            let title = title(name, &words);
            let at = sheet(&mut book, &title)?;
            table(book.worksheet_from_index(at)?, &title, &columns, &rows)?;
        }
    }
    let at = sheet(&mut book, &words.word("sheet-how-we-count"))?;
    notes(book.worksheet_from_index(at)?, document, &cut, &styles)?;
    Ok(book.save_to_buffer()?)
}

/// Tables in the order in which the report tells them.
fn as_in_the_report<N: AsRef<str>, T>(mut tables: Vec<(N, T)>) -> Vec<(N, T)> {
    let place = |name: &str| SectionId::ALL.iter().position(|section| section.name() == name);
    tables.sort_by_key(|(name, _)| place(name.as_ref()).unwrap_or(usize::MAX));
    tables
}

fn title(table: &str, words: &Words) -> String {
    words.word(&format!("sheet-{}", table.replace('_', "-")))
}

/// Of a report over several projects: each of their tables once, the rows of all projects below each other, told apart by
/// their first column.
fn of_projects<'a>(data: &'a MachineData, words: &Words) -> Vec<(&'a str, Vec<TableColumn>, Vec<TableRow>)> {
    const PROJECT: &str = "project_id";
    let project =
        TableColumn { name: PROJECT.to_owned(), label: words.word(&column::head_id(PROJECT)), kind: ColumnKind::Text };
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
        for (name, figure) in in_order(figures) {
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
    if figure.unit == Unit::Seconds { in_seconds(name, words) } else { name }
}

fn in_seconds(name: String, words: &Words) -> String {
    words.say("sheet-in-seconds", &[("name", name.into())])
}

/// What a column is called, in the same way.
fn column_head(column: &TableColumn, words: &Words) -> String {
    let name = column.label.clone();
    if column.kind == ColumnKind::Seconds { in_seconds(name, words) } else { name }
}

/// Fills a sheet; returns what its last row says when there are more rows than a sheet has.
fn table(
    sheet: &mut Worksheet,
    columns: &[TableColumn],
    rows: &[TableRow],
    most_rows: usize,
    words: &Words,
    styles: &Styles,
) -> anyhow::Result<Option<String>> {
    if columns.is_empty() {
        sheet.write_string(0, 0, words.word("sheet-empty"))?;
        return Ok(None);
    }
    let heads: Vec<String> = columns.iter().map(|column| column_head(column, words)).collect();
    head(sheet, &heads.iter().map(String::as_str).collect::<Vec<_>>(), styles)?;
    let shown = if rows.len() > most_rows { most_rows - 1 } else { rows.len() };
    for (at, column) in columns.iter().enumerate() {
        let place = u16::try_from(at)?;
        let mut widest = heads[at].chars().count().min(16) as f64;
        for (at, row) in rows[..shown].iter().enumerate() {
            let Some(value) = row.get(&column.name).filter(|value| !value.is_null()) else { continue };
            widest = widest.max(cell(sheet, u32::try_from(at + 1)?, place, value, column, words, styles)?);
        }
        sheet.set_column_width(place, (widest + 2.0).min(WIDEST))?;
    }
    sheet.autofilter(0, 0, u32::try_from(shown)?, u16::try_from(columns.len() - 1)?)?;
    let left_out = rows.len() - shown;
    if left_out == 0 {
        return Ok(None);
    }
    tracing::warn!(rows.left_out = left_out, "a table has more rows than a sheet can hold");
    let more = words.say("sheet-more-rows", &[("n", left_out.into())]);
    sheet.write_string(u32::try_from(shown + 1)?, 0, &more)?;
    Ok(Some(more))
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
            let word = words.word(&column::word_id(&column.name, &said));
            sheet.write_string(row, place, &word)?;
            return Ok(word.chars().count() as f64);
        }
        _ => {}
    }
    let said = if ORIGINS.contains(&column.name.as_str()) { origin::shown(said, words) } else { said };
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
fn notes(sheet: &mut Worksheet, document: &Document, cut: &[String], styles: &Styles) -> anyhow::Result<()> {
    sheet.set_column_width(0, 100)?;
    sheet.write_string_with_format(0, 0, &document.eyebrow, &styles.title)?;
    sheet.write_string_with_format(1, 0, &document.preview, &styles.note)?;
    let lines = cut.iter().cloned().chain(document.foot.iter().map(Text::to_plain));
    for (at, line) in lines.enumerate() {
        sheet.write_string_with_format(u32::try_from(at + 3)?, 0, line, &styles.note)?;
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
    fn sheets_stand_as_the_report_tells_them() {
        let tables = vec![("agents", 1), ("exceptions", 2), ("by_day", 3), ("to_call_back", 4)];
        let names: Vec<&str> = as_in_the_report(tables).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["to_call_back", "agents", "by_day", "exceptions"]);
    }

    /// The texts of a workbook, each once, in the order in which they were written.
    fn texts(book: Vec<u8>) -> String {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).expect("an archive");
        let mut shared = archive.by_name("xl/sharedStrings.xml").expect("texts");
        std::io::read_to_string(&mut shared).expect("UTF-8")
    }

    #[test]
    fn rows_that_do_not_fit_are_counted_in_the_last_row_and_in_the_notes() {
        let (_, mut document) = crate::report::render::sample::all().remove(0);
        let column = TableColumn { name: "team".into(), label: "Team".into(), kind: ColumnKind::Text };
        let row = |n: usize| TableRow::from_iter([("team".to_owned(), Value::from(format!("team {n};")))]);
        document.data = Some(MachineData {
            project: "acme".into(),
            report: "summary".into(),
            zone: "UTC".into(),
            period: crate::domain::period::Period::new(document.made_at.plus_seconds(-60), document.made_at)
                .expect("one"),
            period_local: [String::new(), String::new()],
            compared_with_local: None,
            stamp: crate::domain::figure::DataStamp::default(),
            figures: std::collections::BTreeMap::new(),
            columns: [("agents".to_owned(), vec![column])].into(),
            tables: [("agents".to_owned(), (0..10).map(row).collect())].into(),
            projects: Vec::new(),
        });
        let all = texts(workbook(&document, 10).expect("a workbook"));
        assert!(all.contains("team 9;") && !all.contains("fit"), "{all}");
        let cut = texts(workbook(&document, 6).expect("a workbook"));
        assert!(cut.contains("team 4;") && !cut.contains("team 5;"), "{cut}");
        assert!(cut.contains(">5 more rows don’t fit into a sheet"), "{cut}");
        assert!(cut.contains("Agents: 5 more rows"), "{cut}");
    }

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
