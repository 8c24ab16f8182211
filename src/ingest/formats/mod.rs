//! What rows mean, format by format. A format reads one row of text into an [`Item`], or says what is wrong with it; how
//! rows are found in a file is `file`'s work, and what becomes of items is `intake`'s.
//!
//! To add a format: a file here with the functions that its [`FormatEntry`] names, a variant of
//! [`Format`](super::Format), a line in [`FORMATS`]. A format whose row is a whole call gives [`Item::Call`]; one whose
//! rows are legs or events of a call gives [`Item::Piece`], which is kept, and a function that folds the pieces of a call.

pub(crate) mod asterisk;
pub(crate) mod mapped;
pub(crate) mod native;
pub(crate) mod ringostat;
pub(crate) mod voys;

use std::collections::BTreeSet;
use std::sync::Arc;

use encoding_rs::Encoding;
use sha2::{Digest, Sha256};

use super::Format;
use super::problem::{Problem, cut};
use crate::config::mapping::Mapping;
use crate::domain::fold::Ranked;
use crate::domain::instant::Instant;
use crate::domain::phone::Region;
use crate::zones::Zone;

/// Every format, in the order in which help names them.
pub(crate) const FORMATS: &[FormatEntry] = &[
    FormatEntry {
        format: Format::Native,
        name: "native",
        about: "CSV or JSON; columns started_at, direction, status or raw_status, and what else the canonical record has",
        kind: Kind::Whole,
        meaning: native::meaning,
        csv: Some(native::CSV),
        json: Some(native::read_object),
    },
    FormatEntry {
        format: Format::Ringostat,
        name: "ringostat",
        about: "Ringostat's export of calls: CSV with `;` or the JSON list; calldate, call_type and disposition at least",
        kind: Kind::Whole,
        meaning: ringostat::meaning,
        csv: Some(ringostat::CSV),
        json: Some(ringostat::read_object),
    },
    FormatEntry {
        format: Format::Asterisk,
        name: "asterisk",
        about: "Asterisk's call detail records: Master.csv as cdr-csv writes it, or FreePBX's and SQL's columns with a header",
        kind: Kind::Legs(asterisk::fold_kept),
        meaning: |_, _| None,
        csv: Some(asterisk::CSV),
        json: None,
    },
    FormatEntry {
        format: Format::Voys,
        name: "voys",
        about: "call notifications v2 of Voys and VoIPGRID, one JSON object a line",
        kind: Kind::Events(voys::fold_kept),
        meaning: |_, _| None,
        csv: None,
        json: Some(voys::read_object),
    },
    FormatEntry {
        format: Format::Mapped,
        name: "mapping",
        about: "any other CSV; `--mapping FILE` says what its columns mean",
        kind: Kind::Whole,
        meaning: mapped::meaning,
        csv: Some(mapped::CSV),
        json: None,
    },
];

/// What the rest of intake must know of a format.
pub(crate) struct FormatEntry {
    pub format: Format,
    /// The word people write; also the default name of the source.
    pub name: &'static str,
    /// One line for the help.
    pub about: &'static str,
    pub kind: Kind,
    /// What a column or key becomes of the record: names of fields, nothing when it isn't kept, `None` when it isn't known.
    pub meaning: fn(name: &str, reading: &Reading) -> Option<String>,
    /// How rows of CSV are read, if the format has them.
    pub csv: Option<Csv>,
    /// How a JSON object is read, if the format has them: a list of objects, objects one a line, or one object.
    pub json: Option<ReadObject>,
}

/// What a row is of a call.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// All of it: a row is a call. Rows aren't kept beside the record they become.
    Whole,
    /// One leg of several, told when it has ended. Legs are kept, and a call is folded again from all of its legs.
    Legs(Fold),
    /// One event of several. Events are kept, and may fold one call into another.
    Events(Fold),
}

impl Kind {
    /// How the pieces of a call fold, where a row is a piece.
    pub(crate) const fn fold(self) -> Option<Fold> {
        match self {
            Self::Whole => None,
            Self::Legs(fold) | Self::Events(fold) => Some(fold),
        }
    }
}

/// Folds the kept pieces of a call, in any order, into its record; `None` when they don't make one.
pub(crate) type Fold = fn(call_id: &str, pieces: &[KeptPiece], reading: &Reading) -> Option<Ranked>;

/// Reads one JSON object, given as its text.
pub(crate) type ReadObject = fn(text: &str, reading: &Reading, noticed: &mut Noticed) -> Result<Item, Problem>;

/// How a format's CSV is read.
#[derive(Clone, Copy)]
pub(crate) struct Csv {
    /// Finds the columns in the first row; an error says what is wrong with the file as a whole.
    pub layout: fn(first: &[&str], reading: &Reading) -> Result<Layout, String>,
    /// Reads a row that has as many fields as the layout.
    pub row: fn(fields: &[&str], layout: &Layout, reading: &Reading, noticed: &mut Noticed) -> Result<Item, Problem>,
}

/// Which column each field of a row is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Layout {
    /// By position: the number of the format's own column, or `None` for a field that isn't read.
    pub columns: Vec<Option<usize>>,
    /// The names in the file, by position; what else a format calls them where the file has no header.
    pub names: Vec<String>,
    /// Names of columns that the format doesn't know.
    pub ignored: Vec<String>,
    /// The file has no header: the first row is a row.
    pub starts_with_row: bool,
}

/// What one row is.
#[derive(Debug)]
pub(crate) enum Item {
    /// A whole call.
    Call(Box<Ranked>),
    /// A leg or an event, of which several make a call.
    Piece(Box<Piece>),
    /// A row that is none, as a mapping says.
    NoCall,
}

/// A leg or an event, with what is kept of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub call_id: String,
    /// The call that this piece folds away into `call_id`.
    pub merged_id: Option<String>,
    pub at: Instant,
    /// What the fold reads again later: JSON with its keys sorted.
    pub body: String,
    /// Of the body; a piece that comes again is the same piece.
    pub hash: [u8; 32],
}

impl Piece {
    pub(crate) fn new(call_id: String, merged_id: Option<String>, at: Instant, body: String) -> Self {
        let hash = Sha256::digest(&body).into();
        Self { call_id, merged_id, at, body, hash }
    }
}

/// A piece as it was kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct KeptPiece {
    /// As read when it came in; `None` when it was kept without.
    pub at: Option<Instant>,
    pub body: String,
}

/// What a row is read with.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub format: Format,
    pub project: String,
    pub source: String,
    pub zone: Zone,
    /// Assumed for numbers without a country code.
    pub region: Option<Region>,
    /// What the columns mean, where a mapping file says it.
    pub mapping: Option<Arc<Mapping>>,
    /// Rows are kept as they are written, for somebody to see what becomes of them.
    pub is_explained: bool,
    /// What the file is written in, where somebody says it.
    pub encoding: Option<&'static Encoding>,
}

/// What was noticed in rows that could be read nevertheless.
#[derive(Clone, Debug, Default)]
pub(crate) struct Noticed {
    pub unknown_status: Option<String>,
    pub bad_text: bool,
    pub ambiguous_time: bool,
    /// A word for the direction that nobody knows.
    pub unknown_direction: Option<String>,
    /// A number in a spreadsheet's short form (`3.8E+11`), whose digits are lost.
    pub lost_number: bool,
    /// Keys that the format doesn't know.
    pub ignored: Vec<String>,
}

impl Layout {
    /// The columns that a header names, `column` telling the number of a name. Of each row of `required` one must be there;
    /// none may be there twice; names that are neither known nor `quiet` are told.
    pub(crate) fn named(
        first: &[&str],
        column: fn(&str) -> Option<usize>,
        quiet: &[&str],
        required: &[&[&str]],
    ) -> Result<Self, String> {
        let mut layout = Self { names: first.iter().map(|name| name.trim().to_owned()).collect(), ..Self::default() };
        layout.columns = layout.names.iter().map(|name| column(name)).collect();
        let mut seen = BTreeSet::new();
        for (name, column) in layout.names.iter().zip(&layout.columns) {
            match column {
                Some(column) if !seen.insert(*column) => return Err(format!("column `{name}` is there twice")),
                None if !name.is_empty() && !quiet.contains(&name.to_ascii_lowercase().as_str()) => {
                    layout.ignored.push(name.clone());
                }
                _ => {}
            }
        }
        let is_there = |name: &&str| column(name).is_some_and(|column| seen.contains(&column));
        let missing: Vec<String> =
            required.iter().filter(|names| !names.iter().any(is_there)).map(|names| names.join(" or ")).collect();
        if missing.is_empty() { Ok(layout) } else { Err(missing_columns(&missing, first)) }
    }
}

/// What is wrong with a first row that doesn't name these columns.
fn missing_columns(missing: &[String], first: &[&str]) -> String {
    let mut found: Vec<String> = first.iter().map(|name| cut(name.trim(), MOST_NAME_CHARS)).take(MOST_NAMES).collect();
    if first.len() > MOST_NAMES {
        found.push("…".to_owned());
    }
    let (missing, found) = (missing.join(", "), found.join(", "));
    format!("the first line must name the columns; missing: {missing}. It has: {found}")
}

/// How much of each name a message shows.
const MOST_NAME_CHARS: usize = 40;
/// How many names a message shows.
const MOST_NAMES: usize = 60;

impl Format {
    /// What is known of this format.
    pub(crate) fn entry(self) -> &'static FormatEntry {
        let found = FORMATS.iter().find(|entry| entry.format == self);
        found.unwrap_or(&FORMATS[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_in_the_table_once_and_can_be_read() {
        for format in Format::ALL {
            let entries: Vec<_> = FORMATS.iter().filter(|entry| entry.format == format).collect();
            let [entry] = entries[..] else { panic!("{format:?} is {} times in the table", entries.len()) };
            assert!(entry.csv.is_some() || entry.json.is_some(), "{}", entry.name);
            assert_eq!(Format::parse(entry.name), Some(format));
        }
        assert_eq!(FORMATS.len(), Format::ALL.len());
    }
}
