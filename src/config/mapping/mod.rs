//! Mapping files: what the columns of somebody's CSV mean. Read by the one reader of TOML, so every problem is shown at
//! once, with its line and the nearest name. What comes out is plain data; `ingest` applies it to rows.
//!
//! A field of the record is given in one or several *ways*: the first whose conditions hold and that finds a value decides.

mod way;

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::format::{Item, StrftimeItems};

use super::problem::{Problems, Source};
use super::table::{Document, Table, Value};
use crate::zones::{Zone, Zones};

/// The version of the file's language.
const VERSION: i64 = 1;

/// What kind of value a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// A phone number, or the name of an extension.
    Number,
    Time,
    Seconds,
    Flag,
    /// Several words; between them stands what `split` says, or `|`.
    Tags,
    Money,
    Direction,
    Status,
    AnsweredBy,
}

/// Every field that a mapping can give, by the names of the native format.
pub const FIELDS: &[(&str, Kind)] = &[
    ("call_id", Kind::Text),
    ("direction", Kind::Direction),
    ("started_at", Kind::Time),
    ("answered_at", Kind::Time),
    ("ended_at", Kind::Time),
    ("updated_at", Kind::Time),
    ("from_number", Kind::Number),
    ("to_number", Kind::Number),
    ("client_number", Kind::Number),
    ("tracking_number", Kind::Number),
    ("status", Kind::Status),
    ("raw_status", Kind::Text),
    ("answered_by", Kind::AnsweredBy),
    ("wait_sec", Kind::Seconds),
    ("ring_sec", Kind::Seconds),
    ("ivr_sec", Kind::Seconds),
    ("talk_sec", Kind::Seconds),
    ("hold_sec", Kind::Seconds),
    ("wrap_sec", Kind::Seconds),
    ("duration_sec", Kind::Seconds),
    ("agent_id", Kind::Number),
    ("agent_name", Kind::Text),
    ("queue", Kind::Text),
    ("department", Kind::Text),
    ("is_target", Kind::Flag),
    ("is_first_call", Kind::Flag),
    ("is_repeat", Kind::Flag),
    ("utm_source", Kind::Text),
    ("utm_medium", Kind::Text),
    ("utm_campaign", Kind::Text),
    ("utm_content", Kind::Text),
    ("utm_term", Kind::Text),
    ("first_utm_source", Kind::Text),
    ("first_utm_medium", Kind::Text),
    ("first_utm_campaign", Kind::Text),
    ("first_utm_content", Kind::Text),
    ("first_utm_term", Kind::Text),
    ("landing", Kind::Text),
    ("referrer", Kind::Text),
    ("client_id", Kind::Text),
    ("tags", Kind::Tags),
    ("cost", Kind::Money),
    ("currency", Kind::Text),
    ("recording_url", Kind::Text),
    ("hangup_cause", Kind::Text),
    ("ended_by", Kind::Text),
    ("linked_id", Kind::Text),
    ("region", Kind::Text),
    ("category", Kind::Text),
    ("rating", Kind::Text),
    ("comment", Kind::Text),
    ("visitor_id", Kind::Text),
];

/// What a mapping file says.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    /// The file, for messages.
    pub file: String,
    /// The name of the source, unless the import names one.
    pub source: Option<String>,
    pub layout: FileLayout,
    /// Every column that is named, once.
    pub columns: Vec<Column>,
    /// Rows that fit one of these are no calls.
    pub skipped: Vec<Conditions>,
    pub fields: Vec<Field>,
}

/// How the file is laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileLayout {
    /// `None`: found in the first line.
    pub delimiter: Option<u8>,
    pub quote: Quote,
    pub escape: Option<u8>,
    /// A label of the WHATWG encoding standard; `None`: UTF-8.
    pub encoding: Option<String>,
    pub skipped_lines: u64,
    /// Names of the columns of a file without a header.
    pub names: Option<Vec<String>>,
    /// What stands in the place of nothing, beside emptiness and `NULL`.
    pub nothing: Vec<String>,
    pub has_decimal_comma: bool,
}

/// The mark around fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quote {
    #[default]
    Double,
    Single,
    None,
}

/// A column by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    /// Where the mapping first names it: the line, and bytes of the file.
    pub line: usize,
    pub span: Range<usize>,
    /// The file may be without it.
    pub is_optional: bool,
}

/// A field of the record and the ways to its value.
#[derive(Clone, Debug)]
pub struct Field {
    pub name: &'static str,
    pub kind: Kind,
    pub ways: Vec<Way>,
}

/// One way to a value.
#[derive(Clone, Debug)]
pub struct Way {
    pub when: Conditions,
    pub from: From,
    /// By the file's word in lower case.
    pub words: BTreeMap<String, String>,
    /// Begins the text and doesn't belong to it.
    pub strip: Option<String>,
    pub formats: Vec<TimeFormat>,
    /// Of times without an offset; `None`: the import's.
    pub zone: Option<Zone>,
    pub unit: Unit,
    /// What stands between tags.
    pub split: Option<String>,
    /// The file counts what is paid below zero.
    pub is_negated: bool,
}

/// Where a way finds its value. Columns are numbers in [`Mapping::columns`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    /// What isn't empty of them, joined.
    Columns {
        columns: Vec<usize>,
        join: String,
    },
    Constant(String),
    /// SHA-256 of them.
    Hash(Vec<usize>),
    /// The seconds from one moment of the record to another.
    Between(&'static str, &'static str),
}

/// All of them hold.
pub type Conditions = Vec<Condition>;

/// What must stand in a column; one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    pub column: usize,
    pub one_of: Vec<Test>,
}

/// A test of what stands in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// A word, in either case; `*` stands for any text.
    Word(String),
    Empty(bool),
    /// Digits and nothing else, so many of them.
    Digits(usize, usize),
}

/// How a time is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeFormat {
    /// RFC 3339, or a local date and time in the same order.
    Iso,
    Rfc2822,
    /// Seconds since 1970, with or without a fraction.
    Unix,
    UnixMilliseconds,
    /// strftime's letters.
    Pattern(String),
}

/// How a span is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    #[default]
    Seconds,
    Milliseconds,
    Minutes,
    MinutesSeconds,
    HoursMinutesSeconds,
}

/// Reads a mapping file; what is wrong is noted, and then nothing is given.
pub fn read(source: &Source, zones: &Zones, problems: &Problems) -> Option<Mapping> {
    let document = Document::parse(source, problems);
    let root = document.root(problems);
    let version = if problems.errors() > 0 { root.get("version") } else { root.need("version") };
    if let Some(version) = version
        && let Some(other) = version.integer(i64::MIN..=i64::MAX)
        && other != VERSION
    {
        version.wrong(format!("this program reads version {VERSION}, not {other}"));
    }
    let mut mapping = Mapping { file: source.name.to_string(), ..Mapping::default() };
    mapping.source = root.get("source").and_then(|value| value.line());
    if let Some(table) = root.get("file").and_then(|value| value.table()) {
        mapping.layout = layout(&table);
        table.finish();
    }
    let usual = usual(&root, zones);
    let mut reader = way::Reader { mapping: &mut mapping, usual, zones };
    if let Some(rows) = root.get("rows").and_then(|value| value.table()) {
        let skip = rows.get("skip").and_then(|value| value.list()).unwrap_or_default();
        let skipped = skip.iter().filter_map(|value| reader.conditions(value)).collect();
        reader.mapping.skipped = skipped;
        rows.finish();
    }
    if let Some(fields) = root.need("fields").and_then(|value| value.table()) {
        for (name, kind) in FIELDS {
            let is_needed = matches!(*name, "started_at" | "direction" | "status");
            let value = if is_needed { fields.need(name) } else { fields.get(name) };
            if let Some(value) = value {
                let ways = reader.ways(&value, *kind);
                reader.mapping.fields.push(Field { name, kind: *kind, ways });
            }
        }
        fields.finish();
    }
    mapping.check_names(source, problems);
    root.finish();
    (problems.errors() == 0).then_some(mapping)
}

/// What holds for all times and spans, unless a field says otherwise.
pub(crate) struct Usual {
    formats: Vec<TimeFormat>,
    zone: Option<Zone>,
    unit: Unit,
}

fn usual(root: &Table<'_>, zones: &Zones) -> Usual {
    let mut usual = Usual { formats: vec![TimeFormat::Iso], zone: None, unit: Unit::Seconds };
    if let Some(times) = root.get("times").and_then(|value| value.table()) {
        if let Some(value) = times.get("format") {
            usual.formats = formats(&value);
        }
        usual.zone = times.get("zone").and_then(|value| zone(&value, zones));
        times.finish();
    }
    if let Some(durations) = root.get("durations").and_then(|value| value.table()) {
        usual.unit = durations.get("unit").and_then(|value| unit(&value)).unwrap_or_default();
        durations.finish();
    }
    usual
}

fn zone(value: &Value<'_>, zones: &Zones) -> Option<Zone> {
    value.parsed(|text| zones.get(text))
}

fn unit(value: &Value<'_>) -> Option<Unit> {
    const UNITS: [(&str, Unit); 5] = [
        ("seconds", Unit::Seconds),
        ("milliseconds", Unit::Milliseconds),
        ("minutes", Unit::Minutes),
        ("mm:ss", Unit::MinutesSeconds),
        ("hh:mm:ss", Unit::HoursMinutesSeconds),
    ];
    value.one_of(&UNITS.map(|(word, _)| word), |text| {
        UNITS.iter().find(|(word, _)| *word == text).map(|(_, unit)| *unit)
    })
}

fn formats(value: &Value<'_>) -> Vec<TimeFormat> {
    let read = |text: &str| match text {
        "iso" => Ok(TimeFormat::Iso),
        "rfc2822" => Ok(TimeFormat::Rfc2822),
        "unix" => Ok(TimeFormat::Unix),
        "unix_ms" => Ok(TimeFormat::UnixMilliseconds),
        pattern if !pattern.contains('%') => {
            Err("a way to write times is `iso`, `rfc2822`, `unix`, `unix_ms` or a pattern such as `%d.%m.%Y %H:%M:%S`")
        }
        pattern if StrftimeItems::new(pattern).any(|item| item == Item::Error) => {
            Err("a letter behind `%` in this pattern means nothing; `%Y %m %d %H %M %S %I %p %z` are the usual ones")
        }
        pattern => Ok(TimeFormat::Pattern(pattern.to_owned())),
    };
    value.one_or_several().iter().filter_map(|value| value.parsed(read)).collect()
}

fn layout(table: &Table<'_>) -> FileLayout {
    let delimiter = table.get("delimiter").and_then(|value| {
        value.parsed(|text| match text.as_bytes() {
            _ if text == "tab" => Ok(b'\t'),
            [byte] if !matches!(byte, b'"' | b'\n' | b'\r') => Ok(*byte),
            _ => Err("one character is expected, such as `;`, or `tab`"),
        })
    });
    let quote = table.get("quote").and_then(|value| {
        value.one_of(&["\"", "'", "none"], |word| match word {
            "\"" => Some(Quote::Double),
            "'" => Some(Quote::Single),
            "none" => Some(Quote::None),
            _ => None,
        })
    });
    let escape = table.get("escape").and_then(|value| {
        value.parsed(|text| match text.as_bytes() {
            [byte] => Ok(*byte),
            _ => Err("one character is expected, such as a backslash"),
        })
    });
    let encoding = table.get("encoding").and_then(|value| {
        value.parsed(|text| match encoding_rs::Encoding::for_label(text.as_bytes()) {
            Some(_) => Ok(text.to_owned()),
            None => Err("this is no encoding; `utf-8`, `windows-1251`, `windows-1252` and `iso-8859-2` are some"),
        })
    });
    let nothing = table.get("nothing").map(|value| value.one_or_several()).unwrap_or_default();
    let comma = table.get("decimal").and_then(|value| {
        value.one_of(&[".", ","], |word| match word {
            "." => Some(false),
            "," => Some(true),
            _ => None,
        })
    });
    FileLayout {
        delimiter,
        quote: quote.unwrap_or_default(),
        escape,
        encoding,
        skipped_lines: table.get("skip_lines").and_then(|value| value.integer(0..=1000)).unwrap_or(0).unsigned_abs(),
        names: names(table),
        nothing: nothing.iter().filter_map(|value| value.text()).map(|text| text.trim().to_owned()).collect(),
        has_decimal_comma: comma.unwrap_or(false),
    }
}

/// `columns`: the file has no header, and these are its columns.
fn names(table: &Table<'_>) -> Option<Vec<String>> {
    let value = table.get("columns")?;
    let names: Vec<String> = value.list()?.iter().filter_map(|name| name.line()).collect();
    for (place, name) in names.iter().enumerate() {
        if names[..place].iter().any(|other| other.eq_ignore_ascii_case(name)) {
            value.wrong(format!("`{name}` is there twice"));
        }
    }
    Some(names)
}

impl Mapping {
    /// In a file without a header, every column that a field uses must be one of those that `columns` names.
    fn check_names(&self, source: &Source, problems: &Problems) {
        let Some(names) = &self.layout.names else { return };
        for column in &self.columns {
            if !names.iter().any(|name| name.eq_ignore_ascii_case(&column.name)) {
                let nearest = super::nearest::nearest(&column.name, names.iter().map(String::as_str));
                let help = nearest.map(|name| format!("did you mean `{name}`?"));
                let title = format!("`{}` isn't one of the `columns` of `file`", column.name);
                problems.error(source, column.span.clone(), title, help);
            }
        }
    }
}

#[cfg(test)]
mod tests;
