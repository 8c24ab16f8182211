//! Finds the rows of a file and has them read, chunk by chunk, so that a file of any size takes the same memory.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::rc::Rc;

use serde_json::Value;

mod lines;

use super::formats::{Item, Noticed, Reading, native, voys};
use super::problem::Problem;
use super::{Format, SetAside, text};
use lines::Lines;

/// Rows that were read, in the order of the file, and what was noticed meanwhile.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    pub items: Vec<Item>,
    /// Bytes of the file read so far.
    pub bytes: u64,
    pub rows: u64,
    pub set_aside: Vec<SetAside>,
    pub rows_with_bad_text: u64,
    pub ambiguous_times: u64,
    pub unknown_statuses: BTreeMap<String, u64>,
    pub ignored_columns: BTreeSet<String>,
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
const MOST_LINE_BYTES: u64 = 1 << 20;
const PEEK_BYTES: u64 = 8192;

/// Takes chunks; gives `false` when no more are wanted.
pub(super) type Sink<'a> = &'a mut dyn FnMut(Chunk) -> bool;

/// Reads a whole file of `format`.
pub(super) fn read(format: Format, mut file: impl Read, reading: &Reading, sink: Sink<'_>) -> Result<(), FileProblem> {
    let mut start = Vec::new();
    file.by_ref().take(PEEK_BYTES).read_to_end(&mut start)?;
    if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
        return Err(FileProblem::Shape("it is UTF-16; save it as UTF-8".into()));
    }
    let body = text::without_mark(&start);
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace()).copied();
    let skipped = (start.len() - body.len()) as u64;
    let reader = BufReader::new(Cursor::new(body.to_vec()).chain(file));
    let mut out = Out { chunk: Chunk { bytes: skipped, ..Chunk::default() }, sink, wanted: true };
    match (format, first) {
        (_, None) => {}
        (_, Some(b'[')) => {
            return Err(FileProblem::Shape("it is a JSON list; write one object a line, without the brackets".into()));
        }
        (Format::Native, Some(b'{')) => json_lines(reader, &mut out, |line| native_line(line, reading))?,
        (Format::Voys, _) => json_lines(reader, &mut out, |line| voys_line(line, reading))?,
        (Format::Native, Some(_)) => csv_rows(reader, delimiter(body), reading, &mut out)?,
    }
    out.flush();
    Ok(())
}

/// One row, read: what it is, or what is wrong with it, and what was noticed.
struct Found {
    item: Result<Item, Problem>,
    noticed: Noticed,
    ignored: Vec<String>,
}

struct Out<'a> {
    chunk: Chunk,
    sink: Sink<'a>,
    wanted: bool,
}

impl Out<'_> {
    fn add(&mut self, line: u64, found: Found) {
        let chunk = &mut self.chunk;
        chunk.rows += 1;
        chunk.rows_with_bad_text += u64::from(found.noticed.bad_text);
        match found.item {
            Ok(item) => {
                chunk.items.push(item);
                chunk.ambiguous_times += u64::from(found.noticed.ambiguous_time);
                if let Some(word) = found.noticed.unknown_status {
                    *chunk.unknown_statuses.entry(word).or_default() += 1;
                }
                for column in found.ignored {
                    chunk.ignored_columns.insert(column);
                }
            }
            Err(problem) => chunk.set_aside.push(problem.at(line)),
        }
        if chunk.rows >= CHUNK_ROWS {
            self.flush();
        }
    }

    fn flush(&mut self) {
        if self.wanted {
            let next = Chunk { bytes: self.chunk.bytes, ..Chunk::default() };
            self.wanted = (self.sink)(std::mem::replace(&mut self.chunk, next));
        }
    }
}

fn json_lines(
    mut reader: impl BufRead,
    out: &mut Out<'_>,
    read_line: impl Fn(&str) -> Found,
) -> Result<(), FileProblem> {
    let mut bytes = Vec::new();
    let mut line = 0;
    while out.wanted {
        bytes.clear();
        line += 1;
        let length = reader.by_ref().take(MOST_LINE_BYTES).read_until(b'\n', &mut bytes)? as u64;
        out.chunk.bytes += length;
        if length == 0 {
            break;
        }
        if length == MOST_LINE_BYTES && bytes.last() != Some(&b'\n') {
            out.chunk.bytes += reader.skip_until(b'\n')? as u64;
            let problem = Problem::new("", &String::from_utf8_lossy(&bytes[..200]), "the line is longer than 1 MiB");
            out.add(line, Found { item: Err(problem), noticed: Noticed::default(), ignored: Vec::new() });
            continue;
        }
        let (content, bad_text) = text::lossy(&bytes);
        let content = content.trim();
        if !content.is_empty() {
            let mut found = read_line(content);
            found.noticed.bad_text = bad_text;
            out.add(line, found);
        }
    }
    Ok(())
}

fn voys_line(line: &str, reading: &Reading) -> Found {
    let item = voys::read(line, &reading.zone).map(|notification| Item::Event(Box::new(notification)));
    Found { item, noticed: Noticed::default(), ignored: Vec::new() }
}

fn native_line(line: &str, reading: &Reading) -> Found {
    let mut noticed = Noticed::default();
    let mut ignored = Vec::new();
    let item = serde_json::from_str::<Value>(line)
        .map_err(|error| Problem::new("", line, format!("one JSON object a line is expected: {error}")))
        .and_then(|value| {
            let (row, unknown) = native::Row::of_object(&value)?;
            ignored = unknown.into_iter().map(str::to_owned).collect();
            native::read(&row, reading, &mut noticed)
        });
    Found { item: item.map(|ranked| Item::Call(Box::new(ranked))), noticed, ignored }
}

fn delimiter(start: &[u8]) -> u8 {
    let header = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| header.iter().filter(|byte| **byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

fn csv_rows(reader: impl Read, delimiter: u8, reading: &Reading, out: &mut Out<'_>) -> Result<(), FileProblem> {
    let skipped = out.chunk.bytes;
    let read = Rc::new(Cell::new(0));
    let reader = Lines::new(reader, Rc::clone(&read));
    let mut csv = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(reader);
    let mut bytes = csv::ByteRecord::new();
    let mut columns: Option<Vec<Option<usize>>> = None;
    while out.wanted && csv.read_byte_record(&mut bytes).map_err(csv_problem)? {
        // The reader stands behind the row's last line; a field may hold line ends of its own.
        let line_ends = bytes.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        let line = csv.position().line().saturating_sub(1 + line_ends).max(1);
        out.chunk.bytes = skipped + read.get();
        let (record, bad_text) = match csv::StringRecord::from_byte_record(bytes.clone()) {
            Ok(record) => (record, false),
            Err(error) => (csv::StringRecord::from_byte_record_lossy(error.into_byte_record()), true),
        };
        let Some(columns) = &columns else {
            columns = Some(header(&record, &mut out.chunk)?);
            continue;
        };
        let mut noticed = Noticed { bad_text, ..Noticed::default() };
        let item = if record.len() == columns.len() {
            let row = native::Row::of_fields(columns, record.iter());
            native::read(&row, reading, &mut noticed).map(|ranked| Item::Call(Box::new(ranked)))
        } else {
            let reason = format!("the row has {} fields and the header {}", record.len(), columns.len());
            let value: Vec<&str> = record.iter().collect();
            Err(Problem::new("", &value.join(","), reason))
        };
        out.add(line, Found { item, noticed, ignored: Vec::new() });
    }
    Ok(())
}

fn csv_problem(error: csv::Error) -> FileProblem {
    let detail = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(error) => FileProblem::Read(error),
        _ => FileProblem::Shape(detail),
    }
}

/// Which column each field is. Required columns must be there; none may be there twice.
fn header(record: &csv::StringRecord, chunk: &mut Chunk) -> Result<Vec<Option<usize>>, FileProblem> {
    let columns: Vec<Option<usize>> = record.iter().map(native::column).collect();
    let mut seen = BTreeSet::new();
    for (field, column) in record.iter().zip(&columns) {
        match column {
            Some(column) if !seen.insert(*column) => {
                return Err(FileProblem::Shape(format!("column `{}` is there twice", field.trim())));
            }
            None if !native::IGNORED.contains(&field.trim().to_ascii_lowercase().as_str()) => {
                chunk.ignored_columns.insert(field.trim().to_owned());
            }
            _ => {}
        }
    }
    let has = |name: &str| native::column(name).is_some_and(|column| seen.contains(&column));
    let missing: Vec<&str> = [("started_at", has("started_at")), ("direction", has("direction"))]
        .into_iter()
        .chain([("status or raw_status", has("status") || has("raw_status"))])
        .filter(|(_, there)| !there)
        .map(|(name, _)| name)
        .collect();
    if missing.is_empty() {
        return Ok(columns);
    }
    let found: Vec<&str> = record.iter().take(8).collect();
    Err(FileProblem::Shape(format!(
        "line 1 must name the columns; missing: {}. It begins with: {}",
        missing.join(", "),
        found.join(", ")
    )))
}

#[cfg(test)]
mod tests;
