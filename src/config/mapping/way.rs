//! The ways to a field's value, as a mapping file writes them: the name of a column, a table, or a list of tables.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::{Column, Condition, Conditions, FIELDS, From, Kind, Mapping, Test, Usual, Way, formats, unit, zone};
use crate::config::nearest::choices;
use crate::config::table::{Place, Table, Value};
use crate::domain::call::{AnsweredBy, Direction};
use crate::domain::fold::read_word;
use crate::zones::Zones;

pub(super) struct Reader<'m> {
    pub mapping: &'m mut Mapping,
    pub usual: Usual,
    pub zones: &'m Zones,
}

impl Reader<'_> {
    /// Every way that a field's value gives.
    pub(super) fn ways(&mut self, value: &Value<'_>, kind: Kind) -> Vec<Way> {
        value.one_or_several().iter().filter_map(|value| self.way(value, kind)).collect()
    }

    fn way(&mut self, value: &Value<'_>, kind: Kind) -> Option<Way> {
        match value.raw() {
            DeValue::String(_) => {
                let column = self.column(value, false)?;
                Some(self.plain(From::Columns { columns: vec![column], join: String::new() }))
            }
            DeValue::Table(_) => {
                let table = value.table()?;
                let way = self.of_table(value, &table, kind);
                table.finish();
                way
            }
            _ => {
                value.wrong_type("the name of a column, a table such as `{ column = \"…\" }`, or a list of tables");
                None
            }
        }
    }

    fn plain(&self, from: From) -> Way {
        Way {
            when: Vec::new(),
            from,
            words: BTreeMap::new(),
            strip: None,
            formats: self.usual.formats.clone(),
            zone: self.usual.zone.clone(),
            unit: self.usual.unit,
            split: None,
            is_negated: false,
        }
    }

    fn of_table(&mut self, value: &Value<'_>, table: &Table<'_>, kind: Kind) -> Option<Way> {
        let is_optional = table.get("optional").and_then(|value| value.boolean()).unwrap_or(false);
        let from = self.from(value, table, kind, is_optional);
        let mut way = self.plain(from.unwrap_or_else(|| From::Constant(String::new())));
        way.when = table.get("when").and_then(|value| self.conditions(&value)).unwrap_or_default();
        way.words = table.get("words").map(|value| words(&value, kind)).unwrap_or_default();
        way.strip = table.get("strip").and_then(|value| value.text()).map(str::to_owned);
        let only = |key: &'static str, wanted: bool, what: &str| {
            let found = table.get(key);
            if let (Some(value), false) = (&found, wanted) {
                value.place.error(format!("`{key}` has a meaning for {what} only"), None);
            }
            found.filter(|_| wanted)
        };
        if let Some(value) = only("format", kind == Kind::Time, "times") {
            way.formats = formats(&value);
        }
        if let Some(value) = only("zone", kind == Kind::Time, "times") {
            way.zone = zone(&value, self.zones);
        }
        if let Some(value) = only("unit", kind == Kind::Seconds, "spans of time") {
            way.unit = unit(&value).unwrap_or_default();
        }
        if let Some(value) = only("split", kind == Kind::Tags, "`tags`") {
            way.split = value.text().filter(|text| !text.is_empty()).map(str::to_owned);
        }
        if let Some(value) = only("negate", kind == Kind::Money, "`cost`") {
            way.is_negated = value.boolean().unwrap_or(false);
        }
        Some(way)
    }

    fn from(&mut self, value: &Value<'_>, table: &Table<'_>, kind: Kind, is_optional: bool) -> Option<From> {
        let usual = if kind == Kind::Tags { "|" } else { " " };
        let join = table.get("join").and_then(|value| value.text()).unwrap_or(usual).to_owned();
        let given = [table.get("column"), table.get("columns"), table.get("hash"), table.get("between")];
        let constant = table.get("constant");
        match (given.iter().flatten().count(), &constant) {
            (1, None) | (0, Some(_)) => {}
            _ => {
                let path = &value.place.path;
                value.place.error(
                    format!("`{path}` needs one of `column`, `columns`, `hash`, `between` and `constant`"),
                    None,
                );
                return None;
            }
        }
        if let Some(value) = constant {
            let text = value.line()?;
            check_word(&value, &text, kind);
            return Some(From::Constant(text));
        }
        let [column, columns, hash, between] = given;
        let mut list = |value: &Value<'_>| {
            let items = value.list().unwrap_or_default();
            if items.is_empty() {
                value.wrong("this names no column");
            }
            items.iter().filter_map(|item| self.column(item, is_optional)).collect()
        };
        match (column, columns, hash, between) {
            (Some(value), ..) => Some(From::Columns { columns: vec![self.column(&value, is_optional)?], join }),
            (_, Some(value), ..) => Some(From::Columns { columns: list(&value), join }),
            (_, _, Some(value), _) => Some(From::Hash(list(&value))),
            (.., Some(value)) => between_times(&value, kind),
            _ => None,
        }
    }

    /// The number of the column that this text names.
    fn column(&mut self, value: &Value<'_>, is_optional: bool) -> Option<usize> {
        let name = value.line()?;
        Some(self.number(name, &value.place, is_optional))
    }

    fn number(&mut self, name: String, place: &Place<'_>, is_optional: bool) -> usize {
        let columns = &mut self.mapping.columns;
        match columns.iter().position(|column| column.name.eq_ignore_ascii_case(&name)) {
            Some(known) => {
                columns[known].is_optional &= is_optional;
                known
            }
            None => {
                let (line, span) = (place.line_of(place.span.start), place.span.clone());
                columns.push(Column { name, line, span, is_optional });
                columns.len() - 1
            }
        }
    }

    /// `{ column = "word", other = ["a*", "b"], third = { empty = true } }`: all of them hold.
    pub(super) fn conditions(&mut self, value: &Value<'_>) -> Option<Conditions> {
        let table = value.table()?;
        let mut conditions = Vec::new();
        for (wanted, name, place) in table.entries() {
            let column = self.number(name.trim().to_owned(), &place, false);
            let one_of = wanted.one_or_several().iter().filter_map(test).collect();
            conditions.push(Condition { column, one_of });
        }
        if conditions.is_empty() {
            value.wrong("this names no column");
        }
        Some(conditions)
    }
}

fn test(value: &Value<'_>) -> Option<Test> {
    match value.raw() {
        DeValue::String(text) => Some(Test::Word(text.trim().to_lowercase())),
        DeValue::Integer(_) | DeValue::Boolean(_) => Some(Test::Word(value.written().to_lowercase())),
        DeValue::Table(_) => {
            let table = value.table()?;
            let empty = table.get("empty").and_then(|value| value.boolean()).map(Test::Empty);
            let digits = table.get("digits").and_then(|value| value.parsed(span));
            table.finish();
            let found = empty.or(digits.map(|(from, to)| Test::Digits(from, to)));
            if found.is_none() {
                value.wrong("a test is a word, `{ empty = true }` or `{ digits = \"2-5\" }`");
            }
            found
        }
        _ => {
            value.wrong_type("a word, a list of words, `{ empty = true }` or `{ digits = \"2-5\" }`");
            None
        }
    }
}

fn span(text: &str) -> Result<(usize, usize), &'static str> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    match (from.trim().parse(), to.trim().parse()) {
        (Ok(from), Ok(to)) if from <= to => Ok((from, to)),
        _ => Err("a number of digits is written `4` or `2-5`"),
    }
}

fn between_times(value: &Value<'_>, kind: Kind) -> Option<From> {
    if kind != Kind::Seconds {
        value.wrong("only a span of time lies between two others");
        return None;
    }
    let items = value.list()?;
    let times: Vec<&'static str> =
        FIELDS.iter().filter(|(_, kind)| *kind == Kind::Time).map(|(name, _)| *name).collect();
    let known = |value: &Value<'_>| value.one_of(&times, |word| times.iter().copied().find(|time| *time == word));
    let [from, to] = &items[..] else {
        value.wrong("two times are expected, such as [\"started_at\", \"answered_at\"]");
        return None;
    };
    Some(From::Between(known(from)?, known(to)?))
}

fn words(value: &Value<'_>, kind: Kind) -> BTreeMap<String, String> {
    let Some(table) = value.table() else { return BTreeMap::new() };
    let mut words = BTreeMap::new();
    for (meaning, word, _) in table.entries() {
        let Some(text) = meaning.text() else { continue };
        check_word(&meaning, text, kind);
        words.insert(word.trim().to_lowercase(), text.to_owned());
    }
    words
}

/// A word of ours must be one that the field knows.
fn check_word(value: &Value<'_>, text: &str, kind: Kind) {
    let refuse = |words: Vec<&str>| {
        let help = crate::config::nearest::nearest(text, words.iter().copied());
        let title = format!("`{text}` isn't a word for this; it is {}", choices(words.iter().copied()));
        value.place.error(title, help.map(|word| format!("did you mean `{word}`?")));
    };
    match kind {
        Kind::Direction if Direction::parse(text).is_none() => {
            refuse(Direction::ALL.iter().map(|word| word.name()).collect());
        }
        Kind::Status if read_word(text, Direction::Inbound).is_none() => {
            refuse(crate::domain::call::CallStatus::ALL.iter().map(|word| word.name()).collect());
        }
        Kind::AnsweredBy if AnsweredBy::parse(text).is_none() => {
            refuse(AnsweredBy::ALL.iter().map(|word| word.name()).collect());
        }
        Kind::Flag if !matches!(text, "true" | "false") => refuse(vec!["true", "false"]),
        _ => {}
    }
}
