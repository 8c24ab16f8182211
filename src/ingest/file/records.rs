//! The rows of a CSV text. A field in quotation marks may hold delimiters, doubled marks and line ends; a mark inside an
//! unquoted field is a character like others. A mark that isn't closed would swallow what follows it, so a row may go on
//! over line ends only if that makes a row with as many fields as the others; otherwise its first line is broken alone, and
//! reading goes on with the line behind it.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use super::{Broken, MOST_ROW_BYTES};
use crate::config::mapping::{FileLayout, Quote};
use crate::domain::delimiter;
use crate::ingest::text;

/// How the fields of a row are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    pub delimiter: u8,
    /// `None`: nothing is quoted.
    pub quote: Option<u8>,
    /// A character that takes the meaning of the next; beside doubling.
    pub escape: Option<u8>,
    /// Lines before the first row.
    pub skipped_lines: u64,
}

/// A row goes on over so many lines at most.
const MOST_LINES: usize = 100;

impl Dialect {
    /// What a mapping says of a file, and for the rest what its beginning looks like.
    pub(super) fn of(start: &[u8], layout: Option<&FileLayout>) -> Self {
        let Some(layout) = layout else { return Self::found(start) };
        let begin = usize::try_from(layout.skipped_lines).unwrap_or(usize::MAX);
        let skipped: usize = start.split_inclusive(|byte| *byte == b'\n').take(begin).map(<[u8]>::len).sum();
        let found = Self::found(&start[skipped..]);
        let quote = match layout.quote {
            Quote::Double => Some(b'"'),
            Quote::Single => Some(b'\''),
            Quote::None => None,
        };
        let delimiter = layout.delimiter.unwrap_or(found.delimiter);
        Self { delimiter, quote, escape: layout.escape, skipped_lines: layout.skipped_lines + found.skipped_lines }
    }

    /// What the beginning of a text looks like: the delimiter that its first line has most of, or names (`sep=;`).
    pub(super) fn found(start: &[u8]) -> Self {
        let (delimiter, skipped_lines) = delimiter::found(start);
        Self { delimiter, skipped_lines, quote: Some(b'"'), escape: None }
    }
}

/// A row.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// Of its first line, from 1.
    pub line: u64,
    text: String,
    ends: Vec<usize>,
    /// Its lines as they stand in the file.
    lines: Vec<Line>,
    /// Holds bytes that aren't UTF-8, which were replaced.
    pub bad_text: bool,
}

impl Record {
    /// Characters stand in it that stand for others.
    pub(super) fn was_mended(&self) -> bool {
        self.text.contains(char::REPLACEMENT_CHARACTER)
    }

    /// As it stands in the file.
    pub(super) fn quoted(&self) -> String {
        let lines = self.lines.iter().map(|line| text::lossy(&line.bytes).0.trim_end_matches('\r').to_owned());
        lines.collect::<Vec<_>>().join("\n")
    }

    pub(super) fn fields(&self) -> Vec<&str> {
        let mut begin = 0;
        let field = |end: &usize| {
            let field = &self.text[begin..*end];
            begin = *end;
            field
        };
        self.ends.iter().map(field).collect()
    }
}

#[derive(Debug)]
struct Line {
    number: u64,
    bytes: Vec<u8>,
    too_long: bool,
}

/// Finds rows.
pub(super) struct Records<R> {
    reader: R,
    dialect: Dialect,
    line: u64,
    ahead: VecDeque<Line>,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(reader: R, dialect: Dialect) -> Self {
        Self { reader, dialect, line: 0, ahead: VecDeque::new() }
    }

    /// The next row, or the next line that is none. Empty lines are passed over. `width` is the number of fields that
    /// rows have, once it is known.
    pub(super) fn next(&mut self, width: Option<usize>) -> io::Result<Option<Result<Record, Broken>>> {
        loop {
            let skipped = self.dialect.skipped_lines;
            let Some(line) = self.line(0)? else { return Ok(None) };
            if line.number <= skipped || line.bytes.trim_ascii().is_empty() {
                self.ahead.pop_front();
                continue;
            }
            if line.too_long {
                let broken = Broken::new(line.number, &line.bytes, "the row is longer than 1 MiB");
                self.ahead.pop_front();
                return Ok(Some(Err(broken)));
            }
            return self.row(width).map(Some);
        }
    }

    /// The row that begins with the line ahead.
    fn row(&mut self, width: Option<usize>) -> io::Result<Result<Record, Broken>> {
        let mut parser = Parser::new(self.dialect);
        let mut lines = 0;
        let mut bytes = 0;
        while lines < MOST_LINES
            && let Some(line) = self.line(lines)?
        {
            bytes += line.bytes.len();
            if line.too_long || bytes > MOST_ROW_BYTES {
                break;
            }
            if lines > 0 {
                parser.field.push(b'\n');
            }
            for byte in &line.bytes {
                parser.take(*byte);
            }
            lines += 1;
            if !parser.is_open() {
                let whole = parser.end();
                let fits = lines == 1 || (whole.is_strict && width.is_none_or(|width| width == whole.ends.len()));
                if !fits {
                    break;
                }
                let number = self.ahead.front().map_or(0, |line| line.number);
                let lines = self.ahead.drain(..lines).collect();
                return Ok(Ok(Record { lines, ..whole.record(number) }));
            }
        }
        let reason = "a quotation mark in this line isn't closed";
        let broken = self.ahead.front().map(|line| Broken::new(line.number, &line.bytes, reason));
        self.ahead.pop_front();
        Ok(Err(broken.unwrap_or_else(|| Broken::new(self.line, b"", reason))))
    }

    /// The line that stands so many lines ahead; `None` behind the last.
    fn line(&mut self, ahead: usize) -> io::Result<Option<&Line>> {
        while self.ahead.len() <= ahead {
            let mut bytes = Vec::new();
            let limit = MOST_ROW_BYTES as u64 + 1;
            if io::Read::take(&mut self.reader, limit).read_until(b'\n', &mut bytes)? == 0 {
                return Ok(None);
            }
            self.line += 1;
            let too_long = bytes.last() != Some(&b'\n') && bytes.len() > MOST_ROW_BYTES;
            if too_long {
                self.reader.skip_until(b'\n')?;
                bytes.truncate(400);
            } else if bytes.last() == Some(&b'\n') {
                bytes.pop();
            }
            self.ahead.push_back(Line { number: self.line, bytes, too_long });
        }
        Ok(self.ahead.get(ahead))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    Plain,
    Quoted,
    /// Behind a mark in a quoted field: its end, or the first of two.
    Closing,
    Escaped,
}

/// Splits a row into fields.
struct Parser {
    dialect: Dialect,
    at: At,
    field: Vec<u8>,
    ends: Vec<usize>,
    is_strict: bool,
}

struct Whole {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// No field goes on behind its closing mark.
    is_strict: bool,
}

impl Parser {
    fn new(dialect: Dialect) -> Self {
        Self { dialect, at: At::Start, field: Vec::new(), ends: Vec::new(), is_strict: true }
    }

    fn is_open(&self) -> bool {
        matches!(self.at, At::Quoted | At::Escaped)
    }

    fn take(&mut self, byte: u8) {
        let is_quote = Some(byte) == self.dialect.quote;
        match self.at {
            At::Start if is_quote => self.at = At::Quoted,
            At::Start | At::Plain => self.plain(byte),
            At::Quoted if is_quote => self.at = At::Closing,
            At::Quoted if Some(byte) == self.dialect.escape => self.at = At::Escaped,
            At::Quoted => self.field.push(byte),
            At::Escaped => {
                self.field.push(byte);
                self.at = At::Quoted;
            }
            At::Closing if is_quote => {
                self.field.push(byte);
                self.at = At::Quoted;
            }
            At::Closing => {
                let blank = byte == b' ' && self.dialect.delimiter != b' ';
                if byte != self.dialect.delimiter && !blank {
                    self.is_strict = false;
                }
                self.plain(byte);
            }
        }
    }

    fn plain(&mut self, byte: u8) {
        if byte == self.dialect.delimiter {
            self.ends.push(self.field.len());
            self.at = At::Start;
        } else {
            self.field.push(byte);
            self.at = At::Plain;
        }
    }

    fn end(mut self) -> Whole {
        self.ends.push(self.field.len());
        Whole { bytes: self.field, ends: self.ends, is_strict: self.is_strict }
    }
}

impl Whole {
    fn record(self, line: u64) -> Record {
        let bytes = match String::from_utf8(self.bytes) {
            Ok(text) if self.ends.iter().all(|end| text.is_char_boundary(*end)) => {
                return Record { line, text, ends: self.ends, ..Record::default() };
            }
            // The end of one field and the beginning of the next, both broken, look like a letter side by side.
            Ok(text) => text.into_bytes(),
            Err(error) => error.into_bytes(),
        };
        let mut record = Record { line, bad_text: true, ..Record::default() };
        let mut begin = 0;
        for end in self.ends {
            record.text.push_str(&text::lossy(&bytes[begin..end]).0);
            record.ends.push(record.text.len());
            begin = end;
        }
        record
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(u64, Result<Vec<String>, String>)> {
        let mut records = Records::new(text.as_bytes(), Dialect::found(text.as_bytes()));
        let (mut found, mut width) = (Vec::new(), None);
        while let Some(one) = records.next(width).expect("memory can be read") {
            found.push(match one {
                Ok(record) => {
                    let fields: Vec<String> = record.fields().into_iter().map(str::to_owned).collect();
                    width = width.or(Some(fields.len()));
                    (record.line, Ok(fields))
                }
                Err(broken) => (broken.line, Err(broken.problem.value)),
            });
        }
        found
    }

    fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
        found(text).into_iter().map(|(line, row)| (line, row.expect("whole"))).collect()
    }

    #[test]
    fn fields_as_they_are_written() {
        assert_eq!(
            rows("a,b,c\n1,\"x,\"\"y\n\",5\" pipe\n\n,,\n")[1..],
            [
                (2, vec!["1".to_owned(), "x,\"y\n".into(), "5\" pipe".into()]),
                (5, vec![String::new(), String::new(), String::new()]),
            ]
        );
        assert_eq!(rows("sep=;\na;b\n")[0], (2, vec!["a".to_owned(), "b".into()]));
        assert_eq!(rows("\"a,a\";b\n")[0].1, ["a,a", "b"]);
        assert_eq!(rows("a;b\n\"Olena \"Lena\" K.\";2\n")[1].1, ["Olena Lena\" K.\"", "2"]);
    }

    #[test]
    fn halves_of_a_letter_in_two_fields_are_no_letter() {
        let mut records = Records::new(&b"a,\xee,\x8d\x9a,b\n"[..], Dialect::found(b"a,b"));
        let record = records.next(None).expect("memory can be read").expect("a row").expect("whole");
        assert_eq!(record.fields(), ["a", "\u{fffd}", "\u{fffd}\u{fffd}", "b"]);
        assert!(record.bad_text);
    }

    #[test]
    fn an_open_mark_breaks_its_own_line_only() {
        for broken in ["1,\"x,3", "\"1,x,3", "1,x,\"3", "1,\"x\"\",3"] {
            for next in ["4,y,6", "\"4\",\"y\",\"6\"", "4,\"y\",6"] {
                let found = found(&format!("a,b,c\n{broken}\n{next}\n7,z,9\n"));
                let lines: Vec<_> = found.iter().map(|(line, row)| (*line, row.is_ok())).collect();
                assert_eq!(lines, [(1, true), (2, false), (3, true), (4, true)], "{broken} {next}: {found:?}");
                assert_eq!(found[1].1, Err(broken.to_owned()));
                assert_eq!(found[2].1.as_ref().map(|row| row.join(",")), Ok("4,y,6".to_owned()));
            }
        }
    }

    #[test]
    fn escapes_and_no_quotes_where_a_dialect_has_them() {
        let row = |dialect: Dialect, text: &str| {
            let mut records = Records::new(text.as_bytes(), dialect);
            let record = records.next(None).expect("memory can be read").expect("a row").expect("whole");
            record.fields().into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        let usual = Dialect::found(b"a,b");
        assert_eq!(row(Dialect { escape: Some(b'\\'), ..usual }, "\"a\\\",b\",c"), ["a\",b", "c"]);
        assert_eq!(row(Dialect { quote: None, ..usual }, "\"a,b"), ["\"a", "b"]);
        assert_eq!(row(Dialect { skipped_lines: 1, ..usual }, "Report of June\na,b"), ["a", "b"]);
    }
}
