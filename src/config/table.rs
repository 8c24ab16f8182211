//! The one reader of TOML: settings, files for `apply`, and mapping files all come through here. It knows where every
//! value stands, collects what is wrong instead of stopping at it, and asks at the end which keys nobody wanted.
//!
//! Reading is: [`Document::parse`], then [`Document::root`], then `get` or `need` for each key and a method of [`Value`] for its type, then
//! [`Table::finish`]. A value that is wrong reads as `None`, after its problem has been noted.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::duration;
use super::nearest::{choices, nearest};
use super::problem::{NOT_TOML, Problems, Source};

/// What may be wanted of a second: one in a quarter of an hour, or more than any service takes.
const RATES: std::ops::RangeInclusive<f64> = 0.001..=100_000.0;

/// The name of the source that is the environment.
pub(super) const ENVIRONMENT: &str = "environment";
/// The name of the source that is built in.
pub(super) const DEFAULTS: &str = "config/default.toml";

/// A text parsed as TOML, as far as it could be; or one that was JSON and means the same.
#[derive(Debug)]
pub struct Document<'a> {
    source: &'a Source,
    table: Spanned<DeTable<'a>>,
}

impl<'a> Document<'a> {
    /// What was read by other means than TOML's.
    pub(super) const fn of(source: &'a Source, table: Spanned<DeTable<'a>>) -> Self {
        Self { source, table }
    }

    /// Parses the text; what isn't TOML is noted, and the rest is kept.
    pub fn parse(source: &'a Source, problems: &Problems) -> Self {
        let (table, errors) = DeTable::parse_recoverable(&source.text);
        let mut before: Option<usize> = None;
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let is_same_line = before.is_some_and(|before| !has_line_end(&source.text, before, span.start));
            before = Some(span.start);
            if is_same_line {
                continue; // what follows the first fault of a line is mostly its echo
            }
            problems.error(source, shown(&source.text, span), format!("{NOT_TOML}: {}", error.message()), None);
        }
        Self { source, table }
    }

    /// The whole document as a table.
    pub fn root<'t>(&'t self, problems: &'t Problems) -> Table<'t> {
        let place = Place { source: self.source, problems, span: 0..0, path: String::new() };
        Table::new(self.table.get_ref(), place)
    }
}

/// Whether a line ends between two bytes of a text.
fn has_line_end(text: &str, one: usize, other: usize) -> bool {
    let (from, to) = (one.min(other).min(text.len()), one.max(other).min(text.len()));
    text.as_bytes()[from..to].contains(&b'\n')
}

/// A fault between two characters is shown as the line that it ends.
fn shown(text: &str, span: Range<usize>) -> Range<usize> {
    if !span.is_empty() {
        return span;
    }
    let before = text.get(..span.start).unwrap_or(text).trim_end();
    before.rfind('\n').map_or(0, |at| at + 1)..before.len()
}

impl Document<'_> {
    /// The value at a dotted path, if it is there.
    pub(super) fn find<'t>(&'t self, path: &str, problems: &'t Problems) -> Option<Value<'t>> {
        let mut place = Place { source: self.source, problems, span: 0..0, path: String::new() };
        let mut table = self.table.get_ref();
        let mut steps = path.split('.').peekable();
        while let Some(step) = steps.next() {
            let value = table.get(step)?;
            place = place.inner(step, value.span());
            if steps.peek().is_none() {
                return Some(Value { value: value.get_ref(), place });
            }
            table = value.get_ref().as_table()?;
        }
        None
    }

    /// Notes every key that isn't on this list of paths, nor a part of one.
    pub(super) fn refuse_others(&self, known: &[&str], problems: &Problems) {
        let place = Place { source: self.source, problems, span: 0..0, path: String::new() };
        refuse_others(self.table.get_ref(), &place, known);
    }
}

fn refuse_others(table: &DeTable<'_>, place: &Place<'_>, known: &[&str]) {
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        let inner = place.inner(name, key.span());
        let below = format!("{}.", inner.path);
        if known.contains(&inner.path.as_str()) {
            continue;
        }
        if !known.iter().any(|path| path.starts_with(&below)) {
            unknown_key(name, place, key.span(), &siblings(&place.path, known));
        } else if let DeValue::Table(table) = value.get_ref() {
            refuse_others(table, &inner, known);
        } else {
            let value = Value { value: value.get_ref(), place: place.inner(name, value.span()) };
            value.wrong_type(&format!("a table, begun by `[{}]`", inner.path));
        }
    }
}

/// The keys that a table at this path may have.
fn siblings<'k>(path: &str, known: &[&'k str]) -> BTreeSet<&'k str> {
    let inside = |known: &'k str| {
        if path.is_empty() { Some(known) } else { known.strip_prefix(path)?.strip_prefix('.') }
    };
    known.iter().filter_map(|path| inside(path)?.split('.').next()).collect()
}

fn unknown_key(name: &str, table: &Place<'_>, span: Range<usize>, known: &BTreeSet<&str>) {
    let inside = if table.path.is_empty() { "this file" } else { table.path.as_str() };
    let help = match nearest(name, known.iter().copied()) {
        Some(word) => format!("did you mean `{word}`?"),
        None => format!("known here: {}", known.iter().copied().collect::<Vec<_>>().join(", ")),
    };
    table.inner(name, span).error(format!("`{name}` isn't a key of {inside}"), Some(help));
}

/// Where something stands.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    source: &'a Source,
    problems: &'a Problems,
    /// Bytes of the source.
    pub span: Range<usize>,
    /// Keys from the root: `mail.relay.url`.
    pub path: String,
}

impl<'a> Place<'a> {
    /// Notes an error here.
    pub fn error(&self, title: impl Into<String>, help: Option<String>) {
        self.problems.error(self.source, self.span.clone(), title, help);
    }

    /// Notes a warning here.
    pub fn warning(&self, title: impl Into<String>, help: Option<String>) {
        self.problems.warning(self.source, self.span.clone(), title, help);
    }

    /// Notes an error here without showing the text, which may be a secret.
    pub fn hidden_error(&self, title: impl Into<String>, help: Option<String>) {
        self.problems.hidden_error(self.source, self.span.start, title, help);
    }

    /// Notes a warning here without showing the text.
    pub fn hidden_warning(&self, title: impl Into<String>, help: Option<String>) {
        self.problems.hidden_warning(self.source, self.span.start, title, help);
    }

    /// Where this comes from, for a list of values: file and line, a variable's name, or `default`.
    pub(super) fn origin(&self) -> String {
        match &*self.source.name {
            ENVIRONMENT => self.source.text.split('=').next().unwrap_or_default().to_owned(),
            DEFAULTS => "default".to_owned(),
            file => format!("{file}:{}", self.source.line(self.span.start)),
        }
    }

    /// The line that holds this byte of the same text.
    pub(super) fn line_of(&self, at: usize) -> usize {
        self.source.line(at)
    }

    /// A path in this file, which is meant from the folder that holds the file.
    ///
    /// `None`: the text was sent by somebody, and may name no files of this machine, which is noted.
    pub fn beside(&self, written: &str) -> Option<PathBuf> {
        let folder = self.source.folder();
        if folder.is_none() {
            let help = "only files that are applied on the machine itself can name files beside them".to_owned();
            self.error(format!("`{}`: a text that is sent can't name a file", self.path), Some(help));
        }
        folder.map(|folder| folder.join(written))
    }

    /// The text in which it stands.
    pub(super) const fn source(&self) -> &'a Source {
        self.source
    }

    fn inner(&self, key: &str, span: Range<usize>) -> Self {
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        Self { source: self.source, problems: self.problems, span, path }
    }
}

/// A table, and which of its keys were asked for.
#[derive(Debug)]
pub struct Table<'a> {
    table: &'a DeTable<'a>,
    pub place: Place<'a>,
    asked: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Table<'a> {
    fn new(table: &'a DeTable<'a>, place: Place<'a>) -> Self {
        Self { table, place, asked: RefCell::default() }
    }

    /// The value of this key, if it is there.
    pub fn get(&self, key: &'static str) -> Option<Value<'a>> {
        self.asked.borrow_mut().insert(key);
        let value = self.table.get(key)?;
        Some(Value { value: value.get_ref(), place: self.place.inner(key, value.span()) })
    }

    /// The value of this key; its absence is an error.
    pub fn need(&self, key: &'static str) -> Option<Value<'a>> {
        let found = self.get(key);
        if found.is_none() {
            let of = if self.place.path.is_empty() { String::new() } else { format!(" in `{}`", self.place.path) };
            self.place.error(format!("`{key}` is missing{of}"), None);
        }
        found
    }

    /// Every key with its value, in alphabetical order: for tables whose keys are names. Such a table isn't finished.
    pub fn entries(&self) -> impl Iterator<Item = (Value<'a>, &'a str, Place<'a>)> {
        let place = self.place.clone();
        self.table.iter().map(move |(key, value)| {
            let name: &'a str = key.get_ref().as_ref();
            let inner = Value { value: value.get_ref(), place: place.inner(name, value.span()) };
            (inner, name, place.inner(name, key.span()))
        })
    }

    /// The tables under `[[key]]`; none when the key is absent.
    pub fn tables(&self, key: &'static str) -> Vec<Table<'a>> {
        self.get(key).map(|value| value.tables()).unwrap_or_default()
    }

    /// All of it as JSON: dates and times become texts.
    pub fn as_json(&self) -> serde_json::Value {
        json_of_table(self.table)
    }

    /// Notes every key that nobody asked for, with the nearest that somebody did.
    pub fn finish(self) {
        let asked = self.asked.borrow();
        for key in self.table.keys().filter(|key| !asked.contains(key.get_ref().as_ref())) {
            unknown_key(key.get_ref(), &self.place, key.span(), &asked);
        }
    }
}

fn json_of_table(table: &DeTable<'_>) -> serde_json::Value {
    table.iter().map(|(key, value)| (key.get_ref().to_string(), json_of(value.get_ref()))).collect()
}

fn json_of(value: &DeValue<'_>) -> serde_json::Value {
    let number = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| text.into());
    match value {
        DeValue::String(text) => text.as_ref().into(),
        DeValue::Integer(digits) => match i64::from_str_radix(digits.as_str(), digits.radix()) {
            Ok(whole) => whole.into(),
            Err(_) => digits.as_str().into(),
        },
        DeValue::Float(digits) => number(digits.as_str()),
        DeValue::Boolean(word) => (*word).into(),
        DeValue::Datetime(time) => time.to_string().into(),
        DeValue::Array(items) => items.iter().map(|item| json_of(item.get_ref())).collect(),
        DeValue::Table(table) => json_of_table(table),
    }
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Value<'a> {
    value: &'a DeValue<'a>,
    pub place: Place<'a>,
}

impl<'a> Value<'a> {
    /// A value that doesn't stand in a table of the document, such as one from the environment.
    pub(super) fn outside(
        value: &'a DeValue<'a>,
        source: &'a Source,
        span: Range<usize>,
        problems: &'a Problems,
        path: &str,
    ) -> Self {
        Self { value, place: Place { source, problems, span, path: path.to_owned() } }
    }

    /// The value as the file writes it.
    pub fn written(&self) -> &'a str {
        self.place.source.text.get(self.place.span.clone()).unwrap_or_default()
    }

    /// The value itself, where a key takes several types.
    pub fn raw(&self) -> &'a DeValue<'a> {
        self.value
    }

    /// Notes that the type is wrong; `wanted` completes "must be …".
    pub fn wrong_type(&self, wanted: &str) {
        let found = match self.value {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with a fraction",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.place.error(format!("`{}` must be {wanted}, and this is {found}", self.place.path), None);
    }

    /// Notes that the value isn't one; `why` completes "`key`: …".
    pub fn wrong(&self, why: impl Display) {
        self.place.error(format!("`{}`: {why}", self.place.path), None);
    }

    /// A text.
    pub fn text(&self) -> Option<&'a str> {
        match self.value {
            DeValue::String(text) => Some(text.as_ref()),
            _ => {
                self.wrong_type("a text in quotes");
                None
            }
        }
    }

    /// A text that says something: not empty, no control characters.
    pub fn line(&self) -> Option<String> {
        let text = self.text()?.trim();
        if text.is_empty() {
            // What stands in for a value that is no TOML has no place, and has been told.
            if !self.place.span.is_empty() {
                self.wrong("this is empty");
            }
            return None;
        }
        if text.chars().any(char::is_control) {
            self.wrong("this holds a line break or another control character");
            return None;
        }
        Some(text.to_owned())
    }

    /// A text that `read` understands; its error completes "`key`: …".
    pub fn parsed<T, E: Display>(&self, read: impl FnOnce(&str) -> Result<T, E>) -> Option<T> {
        match read(self.text()?) {
            Ok(value) => Some(value),
            Err(why) => {
                self.wrong(why);
                None
            }
        }
    }

    /// One of several words.
    pub fn one_of<T>(&self, words: &[&str], read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text()?;
        if let Some(value) = read(text) {
            return Some(value);
        }
        let help = nearest(text, words.iter().copied()).map(|word| format!("did you mean `{word}`?"));
        let title = format!("`{}` is {}; `{text}` isn't one", self.place.path, choices(words.iter().copied()));
        self.place.error(title, help);
        None
    }

    /// `true` or `false`.
    pub fn boolean(&self) -> Option<bool> {
        if let DeValue::Boolean(value) = self.value {
            return Some(*value);
        }
        self.wrong_type("true or false");
        None
    }

    /// A whole number within bounds.
    pub fn integer(&self, bounds: std::ops::RangeInclusive<i64>) -> Option<i64> {
        let DeValue::Integer(written) = self.value else {
            self.wrong_type("a whole number");
            return None;
        };
        match i64::from_str_radix(written.as_str(), written.radix()) {
            Ok(number) if bounds.contains(&number) => Some(number),
            _ => {
                self.wrong(format!("this must be from {} to {}", bounds.start(), bounds.end()));
                None
            }
        }
    }

    /// A number above zero, with or without a fraction.
    pub fn positive(&self) -> Option<f64> {
        let number = match self.value {
            DeValue::Integer(written) => written.as_str().parse::<f64>().ok(),
            DeValue::Float(written) => written.as_str().parse::<f64>().ok(),
            _ => {
                self.wrong_type("a number");
                return None;
            }
        };
        let number = number.filter(|number| number.is_finite() && *number > 0.0);
        if number.is_none() {
            self.wrong("this must be more than 0");
        }
        number
    }

    /// So many a second.
    pub fn rate(&self) -> Option<f64> {
        let rate = self.positive()?;
        if !RATES.contains(&rate) {
            self.wrong(format!("this must be from {} to {}", RATES.start(), RATES.end()));
            return None;
        }
        Some(rate)
    }

    /// A span of time, such as `90m`; zero isn't one.
    pub fn duration(&self) -> Option<Duration> {
        if !self.value.is_str() {
            self.wrong_type("a span of time in quotes, such as \"90m\", \"3h\" or \"2d\"");
            return None;
        }
        let span = self.parsed(duration::parse)?;
        if span.is_zero() {
            self.wrong("this must be more than nothing");
            return None;
        }
        Some(span)
    }

    /// The items of a list.
    pub fn list(&self) -> Option<Vec<Value<'a>>> {
        let DeValue::Array(items) = self.value else {
            self.wrong_type("a list in square brackets");
            return None;
        };
        Some(items.iter().map(|item| self.item(item)).collect())
    }

    /// Whether it is a list in square brackets.
    pub fn is_list(&self) -> bool {
        matches!(self.raw(), DeValue::Array(_))
    }

    /// Whether it is a text in quotes.
    pub fn is_text(&self) -> bool {
        self.value.is_str()
    }

    /// The items of a list, or the one value that stands alone for a list of one.
    pub fn one_or_several(&self) -> Vec<Value<'a>> {
        match self.value {
            DeValue::Array(items) => items.iter().map(|item| self.item(item)).collect(),
            _ => vec![self.clone()],
        }
    }

    fn item(&self, item: &'a Spanned<DeValue<'a>>) -> Value<'a> {
        Value { value: item.get_ref(), place: Place { span: item.span(), ..self.place.clone() } }
    }

    /// The tables of a list of tables.
    pub fn tables(&self) -> Vec<Table<'a>> {
        match self.value {
            DeValue::Array(items) if items.iter().all(|item| item.get_ref().is_table()) => items
                .iter()
                .filter_map(|item| {
                    let table = item.get_ref().as_table()?;
                    Some(Table::new(table, Place { span: item.span(), ..self.place.clone() }))
                })
                .collect(),
            _ => {
                self.wrong_type(&format!("a list of tables, each begun by `[[{}]]`", self.place.path));
                Vec::new()
            }
        }
    }

    /// A table in the value's place.
    pub fn table(&self) -> Option<Table<'a>> {
        match self.value {
            DeValue::Table(table) => Some(Table::new(table, self.place.clone())),
            _ => {
                self.wrong_type("a table");
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, with: impl FnOnce(&Table<'_>)) -> String {
        let source = Source::new("file.toml", text);
        let problems = Problems::default();
        let document = Document::parse(&source, &problems);
        let root = document.root(&problems);
        with(&root);
        root.finish();
        problems.render(false)
    }

    #[test]
    fn every_problem_is_shown_with_its_line() {
        let shown = read("zone = 5\nlate = \"3 hours\"\nnane = \"x\"\nbroken = = 3\nday = \"mun\"\n", |table| {
            table.get("zone").map(|value| value.text());
            table.get("late").map(|value| value.duration());
            table.get("day").map(|value| value.one_of(&["mon", "tue"], |word| (word == "mon").then_some(())));
            table.get("broken");
            table.need("name");
        });
        insta::assert_snapshot!(shown, @r###"
        error: `zone` must be a text in quotes, and this is a whole number
         --> file.toml:1:8
          |
        1 | zone = 5
          |        ^

        error: `name` is missing
        --> file.toml

        error: `late`: a span of time is a whole number and a unit (ms, s, m, h, d, w), such as `90m`, `3h`, `2d` or `1h30m`
         --> file.toml:2:8
          |
        2 | late = "3 hours"
          |        ^^^^^^^^^

        error: `nane` isn't a key of this file
         --> file.toml:3:1
          |
        3 | nane = "x"
          | ^^^^
          |
          = help: did you mean `name`?

        error: this isn't TOML: extra `=`, expected nothing
         --> file.toml:4:10
          |
        4 | broken = = 3
          |          ^

        error: `day` is `mon` or `tue`; `mun` isn't one
         --> file.toml:5:7
          |
        5 | day = "mun"
          |       ^^^^^
          |
          = help: did you mean `mon`?

        6 problems; nothing was done
        "###);
    }

    #[test]
    fn a_good_table_says_nothing() {
        let shown = read("a = 1\n[[b]]\nc = [\"x\"]\n", |table| {
            assert_eq!(table.get("a").and_then(|value| value.integer(0..=9)), Some(1));
            let [b] = &table.tables("b")[..] else { panic!("one table") };
            let list = b.get("c").and_then(|value| value.list()).expect("a list");
            assert_eq!(list[0].text(), Some("x"));
        });
        assert_eq!(shown, "");
    }
}
