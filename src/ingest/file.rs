//! Finds the rows of a file and has them read, chunk by chunk, so that a file of any size takes the same memory.
//!
//! From the outside in: bytes are counted and become UTF-8 (`bytes`), line ends become one kind (`domain::lines`), and lines become
//! rows of CSV (`records`) or JSON objects (`objects`). Each of them gives a broken piece back with its line and finds the
//! next whole one.

mod bytes;
mod objects;
mod records;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufReader, Cursor, Read};

use super::formats::{Csv, Item, Layout, Noticed, ReadObject, Reading};
use super::problem::Problem;
use super::rows::Told;
use super::{SetAside, text};
use crate::domain::lines::Lines;
use bytes::Utf8;
use objects::Objects;
use records::{Dialect, Records};

/// Rows that were read, in the order of the file, and what was noticed meanwhile.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    pub items: Vec<Item>,
    /// A note of each item.
    pub told: Vec<Told>,
    /// Bytes of the file read so far.
    pub bytes: u64,
    pub rows: u64,
    pub set_aside: Vec<SetAside>,
    pub rows_with_bad_text: u64,
    pub ambiguous_times: u64,
    pub unknown_statuses: BTreeMap<String, u64>,
    pub unknown_directions: BTreeMap<String, u64>,
    pub lost_numbers: u64,
    pub no_calls: u64,
    pub ignored_columns: BTreeSet<String>,
    /// Where rows are explained: the names of the columns, once, and a row for each item.
    pub names: Vec<String>,
    pub written: Vec<Written>,
}

/// A row as it stands in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    pub line: u64,
    /// Names and values, in the order of the file.
    pub cells: Vec<(String, String)>,
    /// It has a local time that the clock showed twice.
    pub shown_twice: bool,
}

/// Why a file as a whole can't be read.
#[derive(Debug)]
pub(super) enum FileProblem {
    Read(io::Error),
    /// It isn't what it should be.
    Shape(String),
}

impl From<io::Error> for FileProblem {
    fn from(error: io::Error) -> Self {
        Self::Read(error)
    }
}

const CHUNK_ROWS: u64 = 500;
/// Long rows make shorter chunks.
const CHUNK_BYTES: u64 = 1 << 20;
/// A row of more bytes isn't one.
const MOST_ROW_BYTES: usize = 1 << 20;
const PEEK_BYTES: u64 = 8192;

/// Takes chunks; gives `false` when no more are wanted.
pub(super) type Sink<'a> = &'a mut dyn FnMut(Chunk) -> bool;

/// Reads a whole file in its format.
pub(super) fn read(mut file: impl Read, reading: &Reading, sink: Sink<'_>) -> Result<(), FileProblem> {
    let mut magic = Vec::new();
    file.by_ref().take(MAGIC_BYTES).read_to_end(&mut magic)?;
    if let Some(what) = no_text(&magic) {
        return Err(FileProblem::Shape(what.to_owned()));
    }
    let (utf8, counted) = Utf8::new(Cursor::new(magic).chain(file), reading.encoding)?;
    let mut lines = Lines::new(utf8);
    let mut start = Vec::new();
    lines.by_ref().take(PEEK_BYTES).read_to_end(&mut start)?;
    let first = start.iter().find(|byte| !byte.is_ascii_whitespace()).copied();
    let dialect = Dialect::of(&start, reading.mapping.as_deref().map(|mapping| &mapping.layout));
    let reader = BufReader::with_capacity(1 << 16, Cursor::new(start).chain(lines));
    let mut out = Out { chunk: Chunk::default(), counted, flushed_at: 0, sink, wanted: true };
    let format = reading.format.entry();
    match (format.csv, format.json, first) {
        (_, _, None) => {}
        (_, Some(read_object), Some(b'{' | b'[')) | (None, Some(read_object), _) => {
            json_objects(Objects::new(reader), read_object, reading, &mut out)?;
        }
        (Some(csv), _, _) => csv_rows(Records::new(reader, dialect), csv, reading, &mut out)?,
        (None, None, _) => {}
    }
    out.flush();
    Ok(())
}

const MAGIC_BYTES: u64 = 8;

/// What a file is that begins so and holds no text, and what to do with it.
fn no_text(start: &[u8]) -> Option<&'static str> {
    const KINDS: &[(&[u8], &str)] = &[
        (b"\x1f\x8b", "this is gzip; unpack it first: gunzip -c FILE | callbrief import - …"),
        (
            b"PK\x03\x04",
            "this is a zip archive or a spreadsheet (xlsx, ods); unpack it first, or save the sheet as CSV",
        ),
        (b"PK\x05\x06", "this is an empty zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "this is a spreadsheet (xls); save the sheet as CSV"),
        (b"\x28\xb5\x2f\xfd", "this is zstd; unpack it first: zstd -dc FILE | callbrief import - …"),
        (b"\xfd7zXZ\x00", "this is xz; unpack it first: xz -dc FILE | callbrief import - …"),
        (b"BZh", "this is bzip2; unpack it first: bzip2 -dc FILE | callbrief import - …"),
        (b"7z\xbc\xaf\x27\x1c", "this is a 7z archive; unpack it first"),
        (b"%PDF-", "this is a PDF; export the calls as CSV or JSON"),
        (b"SQLite f", "this is an SQLite database; export its calls as CSV or JSON"),
    ];
    KINDS.iter().find(|(magic, _)| start.starts_with(magic)).map(|(_, what)| *what)
}

struct Out<'a> {
    chunk: Chunk,
    counted: bytes::Counter,
    flushed_at: u64,
    sink: Sink<'a>,
    wanted: bool,
}

impl Out<'_> {
    /// A row that was read, as it is written.
    fn show(&mut self, line: u64, cells: impl Iterator<Item = (String, String)>, noticed: &Noticed) {
        let shown_twice = noticed.ambiguous_time;
        self.chunk.written.push(Written { line, cells: cells.collect(), shown_twice });
    }

    fn add(&mut self, line: u64, item: Result<Item, Problem>, noticed: Noticed) {
        let chunk = &mut self.chunk;
        chunk.rows += 1;
        chunk.rows_with_bad_text += u64::from(noticed.bad_text);
        match item {
            Ok(Item::NoCall) => chunk.no_calls += 1,
            Ok(mut item) => {
                if let (Item::Call(ranked), true) = (&mut item, noticed.bad_text) {
                    ranked.mark_unreadable();
                }
                chunk.told.extend(Told::of(line, &item));
                chunk.items.push(item);
                chunk.ambiguous_times += u64::from(noticed.ambiguous_time);
                if let Some(word) = noticed.unknown_status {
                    *chunk.unknown_statuses.entry(word).or_default() += 1;
                }
                if let Some(word) = noticed.unknown_direction {
                    *chunk.unknown_directions.entry(word).or_default() += 1;
                }
                chunk.lost_numbers += u64::from(noticed.lost_number);
                chunk.ignored_columns.extend(noticed.ignored);
            }
            Err(problem) => chunk.set_aside.push(problem.at(line)),
        }
        if chunk.rows >= CHUNK_ROWS || self.counted.get() >= self.flushed_at + CHUNK_BYTES {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.chunk.bytes = self.counted.get();
        self.flushed_at = self.chunk.bytes;
        if self.wanted {
            self.wanted = (self.sink)(std::mem::take(&mut self.chunk));
        }
    }
}

fn json_objects(
    mut objects: Objects<impl io::BufRead>,
    read_object: ReadObject,
    reading: &Reading,
    out: &mut Out<'_>,
) -> Result<(), FileProblem> {
    while out.wanted
        && let Some(found) = objects.next()?
    {
        match found {
            Ok(object) => {
                let (text, bad_text) = text::lossy(object.bytes);
                let mut noticed = Noticed { bad_text, ..Noticed::default() };
                let item = read_object(&text, reading, &mut noticed);
                if reading.is_explained && matches!(item, Ok(Item::Call(_) | Item::Piece(_))) {
                    out.show(object.line, cells(&text).into_iter(), &noticed);
                }
                out.add(object.line, item, noticed);
            }
            Err(broken) => out.add(broken.line, Err(broken.problem), Noticed::default()),
        }
    }
    Ok(())
}

fn csv_rows(
    mut records: Records<impl io::BufRead>,
    csv: Csv,
    reading: &Reading,
    out: &mut Out<'_>,
) -> Result<(), FileProblem> {
    let marks_bad_text = reading.encoding.is_some();
    let mut layout: Option<Layout> = None;
    while out.wanted
        && let Some(found) = records.next(layout.as_ref().map(|layout| layout.columns.len()))?
    {
        let record = match found {
            Ok(record) => record,
            Err(broken) => {
                out.add(broken.line, Err(broken.problem), Noticed::default());
                continue;
            }
        };
        let fields = record.fields();
        if fields.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        let known = match layout.take() {
            Some(known) if known.repeats(&fields) => {
                layout = Some(known);
                continue;
            }
            // Files that were put together may have the same columns in another order.
            Some(known) if known.names(fields[0]) && (csv.layout)(&fields, reading).is_ok() => {
                layout = (csv.layout)(&fields, reading).ok();
                continue;
            }
            // Without a header, each row tells its own columns where a newer release of the sender added some.
            Some(known) if known.starts_with_row && known.fitting(&fields).is_none() => {
                let own = (csv.layout)(&fields, reading).ok();
                own.filter(|own| own.starts_with_row && own.fitting(&fields).is_some()).unwrap_or(known)
            }
            Some(known) => known,
            None => {
                let found = (csv.layout)(&fields, reading).map_err(FileProblem::Shape)?;
                out.chunk.ignored_columns.extend(found.ignored.iter().cloned());
                if !found.starts_with_row {
                    layout = Some(found);
                    continue;
                }
                found
            }
        };
        let mut noticed =
            Noticed { bad_text: record.bad_text || (marks_bad_text && record.was_mended()), ..Noticed::default() };
        let item = match known.fitting(&fields) {
            Some(fields) => (csv.row)(fields, &known, reading, &mut noticed),
            None => {
                let others = if known.starts_with_row { "first row" } else { "header" };
                let reason = format!("the row has {} fields and the {others} {}", fields.len(), known.columns.len());
                Err(Problem::new("", &record.quoted(), reason))
            }
        };
        if reading.is_explained && matches!(item, Ok(Item::Call(_) | Item::Piece(_))) {
            out.chunk.names.clone_from(&known.names);
            let pairs = known.names.iter().zip(&fields);
            out.show(record.line, pairs.map(|(name, field)| (name.clone(), field.trim().to_owned())), &noticed);
        }
        layout = Some(known);
        out.add(record.line, item, noticed);
    }
    Ok(())
}

/// Keys and values of an object, as text.
fn cells(text: &str) -> Vec<(String, String)> {
    let value: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    let shown = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    value.as_object().into_iter().flatten().map(|(key, value)| (key.clone(), shown(value))).collect()
}

impl Layout {
    /// Whether this row is the header again.
    fn repeats(&self, fields: &[&str]) -> bool {
        !self.starts_with_row
            && fields.len() == self.names.len()
            && fields.iter().zip(&self.names).all(|(field, name)| field.trim().eq_ignore_ascii_case(name))
    }

    /// Whether a row that begins so may be another header.
    fn names(&self, first: &str) -> bool {
        !self.starts_with_row && self.names.iter().any(|name| name.eq_ignore_ascii_case(first.trim()))
    }

    /// The fields, when they are as many as the columns; a delimiter at a row's end makes no field.
    fn fitting<'r, 'f>(&self, fields: &'r [&'f str]) -> Option<&'r [&'f str]> {
        let columns = self.columns.len();
        match fields.len() {
            found if found == columns => Some(fields),
            found if found == columns + 1 && fields[columns].trim().is_empty() => Some(&fields[..columns]),
            _ => None,
        }
    }
}

/// A piece of the file that is no row, and where it stands.
#[derive(Debug)]
struct Broken {
    line: u64,
    problem: Problem,
}

impl Broken {
    fn new(line: u64, bytes: &[u8], reason: impl Into<String>) -> Self {
        let shown = &bytes[..bytes.len().min(400)];
        Self { line, problem: Problem::new("", &String::from_utf8_lossy(shown), reason) }
    }
}

#[cfg(test)]
mod tests;
