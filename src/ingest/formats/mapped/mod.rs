//! A CSV that a mapping file describes. Its fields become a row of our own, so statuses, numbers and ids are read by the
//! same rules as everywhere; what can't be read is named by the file's column.

mod values;

use std::borrow::Cow;
use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::native::{self, Row};
use super::{Csv, Item, Layout, Noticed, Reading};
use crate::config::mapping::{Condition, Field, From, Kind, Mapping, Test, Unit, Way};
use crate::config::nearest::nearest;
use crate::domain::call::Direction;
use crate::domain::fold::read_word;
use crate::domain::hex::hex;
use crate::domain::instant::Instant;
use crate::ingest::problem::Problem;
use crate::ingest::text;

/// How the CSV of a mapping is read.
pub(crate) const CSV: Csv = Csv { layout, row };

static NONE: std::sync::LazyLock<Mapping> = std::sync::LazyLock::new(Mapping::default);

fn mapping(reading: &Reading) -> &Mapping {
    reading.mapping.as_deref().unwrap_or(&NONE)
}

/// What a column is used for: the fields that it may become.
pub(crate) fn meaning(name: &str, reading: &Reading) -> Option<String> {
    let mapping = mapping(reading);
    let column = mapping.columns.iter().position(|column| column.name.eq_ignore_ascii_case(name.trim()))?;
    let uses = |way: &Way| {
        let in_value = match &way.from {
            From::Columns { columns, .. } | From::Hash(columns) => columns.contains(&column),
            From::Constant(_) | From::Between(..) => false,
        };
        in_value || way.when.iter().any(|condition| condition.column == column)
    };
    let fields: Vec<&str> =
        mapping.fields.iter().filter(|field| field.ways.iter().any(uses)).map(|field| field.name).collect();
    Some(if fields.is_empty() { "(which rows are calls)".to_owned() } else { fields.join(", ") })
}

/// Finds the mapping's columns among the file's. All that are missing are named, beside what the file has.
fn layout(first: &[&str], reading: &Reading) -> Result<Layout, String> {
    let mapping = mapping(reading);
    let first: Vec<String> = first.iter().map(|name| name.trim().to_owned()).collect();
    let same = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b.trim());
    let (names, starts_with_row) = match &mapping.layout.names {
        Some(names) => {
            let is_header = names.len() == first.len() && names.iter().zip(&first).all(|(a, b)| same(a, b));
            (names.clone(), !is_header)
        }
        None => (first.clone(), false),
    };
    let mut columns: Vec<Option<usize>> = vec![None; names.len()];
    let mut missing = Vec::new();
    for (number, column) in mapping.columns.iter().enumerate() {
        let places: Vec<usize> = (0..names.len()).filter(|place| same(&names[*place], &column.name)).collect();
        match places[..] {
            [place] => columns[place] = Some(number),
            [] if column.is_optional => {}
            [] => {
                let named = names.iter().map(String::as_str).filter(|name| !name.is_empty());
                let near = nearest(&column.name, named);
                let near = near.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
                missing.push((column.line, format!("  `{}` ({}:{}{near})", column.name, mapping.file, column.line)));
            }
            _ => return Err(format!("column `{}` is there {} times", column.name, places.len())),
        }
    }
    if !missing.is_empty() {
        missing.sort();
        let missing: Vec<String> = missing.into_iter().map(|(_, line)| line).collect();
        let shown: Vec<&str> = names.iter().take(super::MOST_NAMES).map(String::as_str).collect();
        return Err(format!(
            "{} doesn't fit this file. Columns that it needs and the file doesn't have:\n{}\nThe file has: {}",
            mapping.file,
            missing.join("\n"),
            shown.join(", ")
        ));
    }
    let unread =
        |(name, column): (&String, &Option<usize>)| (column.is_none() && !name.is_empty()).then(|| name.clone());
    let ignored = if starts_with_row { Vec::new() } else { names.iter().zip(&columns).filter_map(unread).collect() };
    Ok(Layout { columns, names, ignored, starts_with_row })
}

/// One row, by the mapping's columns.
struct Found<'a> {
    mapping: &'a Mapping,
    reading: &'a Reading,
    values: Vec<Option<Cow<'a, str>>>,
}

fn row(fields: &[&str], layout: &Layout, reading: &Reading, noticed: &mut Noticed) -> Result<Item, Problem> {
    let mapping = mapping(reading);
    let mut values = vec![None; mapping.columns.len()];
    for (column, field) in layout.columns.iter().zip(fields) {
        if let Some(column) = column {
            let nothing = mapping.layout.nothing.iter().any(|word| word == field.trim());
            values[*column] = if nothing { None } else { text::known(field) };
        }
    }
    let found = Found { mapping, reading, values };
    if mapping.skipped.iter().any(|conditions| found.holds(conditions)) {
        return Ok(Item::NoCall);
    }
    let row = found.row(noticed)?;
    let read = native::read(&row, reading, noticed).map_err(|problem| found.theirs(problem))?;
    Ok(Item::Call(Box::new(read)))
}

impl<'a> Found<'a> {
    fn row(&self, noticed: &mut Noticed) -> Result<Row<'a>, Problem> {
        let mut row = Row::empty();
        let mut moments: HashMap<&str, Instant> = HashMap::new();
        for field in self.mapping.fields.iter().filter(|field| field.kind == Kind::Time) {
            let Some((way, text)) = self.value(field) else { continue };
            let time =
                values::time(&text, way, self.reading).map_err(|reason| self.problem(way, field, &text, reason))?;
            noticed.ambiguous_time |= time.is_ambiguous && field.name == "started_at";
            moments.insert(field.name, time.at);
            row.set(field.name, Some(time.at.to_string()));
        }
        let direction = self.direction(noticed);
        row.set("direction", Some(direction.name()));
        for field in &self.mapping.fields {
            match field.kind {
                Kind::Time | Kind::Direction => {}
                Kind::Status => self.status(field, direction, &mut row),
                _ => {
                    let value = self.plain(field, &moments, noticed)?;
                    row.set(field.name, value);
                }
            }
            if field.name == "call_id" && self.is_made_id(field) {
                row.set("id_is_synthetic", Some("true"));
            }
        }
        Ok(row)
    }

    /// Whether the id is made of other columns, because the source has none.
    fn is_made_id(&self, field: &Field) -> bool {
        let way = field.ways.iter().find(|way| self.holds(&way.when));
        way.is_some_and(|way| matches!(way.from, From::Hash(_)))
    }

    /// The first way that holds and gives something, and what it gives.
    fn value(&self, field: &'a Field) -> Option<(&'a Way, Cow<'a, str>)> {
        field.ways.iter().filter(|way| self.holds(&way.when)).find_map(|way| Some((way, self.text(way)?)))
    }

    fn text(&self, way: &'a Way) -> Option<Cow<'a, str>> {
        let stripped = |text: Cow<'a, str>| match &way.strip {
            Some(begin) => match text.strip_prefix(begin.as_str()) {
                Some(rest) => text::known(rest).map(|rest| Cow::Owned(rest.into_owned())),
                None => Some(text),
            },
            None => Some(text),
        };
        match &way.from {
            From::Constant(text) => Some(Cow::Borrowed(text)),
            From::Columns { columns, .. } if columns.len() == 1 => self.values[columns[0]].clone().and_then(stripped),
            From::Columns { columns, join } => {
                let texts: Vec<Cow<'a, str>> =
                    columns.iter().filter_map(|column| self.values[*column].clone().and_then(stripped)).collect();
                (!texts.is_empty()).then(|| Cow::Owned(texts.join(join)))
            }
            From::Hash(columns) => {
                let texts: Vec<&str> =
                    columns.iter().map(|column| self.values[*column].as_deref().unwrap_or_default()).collect();
                let digest = Sha256::digest(texts.join("\n"));
                Some(Cow::Owned(hex(&digest[..16])))
            }
            From::Between(..) => None,
        }
    }

    fn holds(&self, conditions: &[Condition]) -> bool {
        conditions.iter().all(|condition| {
            let text = self.values[condition.column].as_deref().unwrap_or_default();
            condition.one_of.iter().any(|test| match test {
                Test::Word(word) => values::fits(&text.to_lowercase(), word),
                Test::Empty(empty) => text.is_empty() == *empty,
                Test::Digits(from, to) => {
                    (*from..=*to).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
                }
            })
        })
    }

    fn direction(&self, noticed: &mut Noticed) -> Direction {
        let field = self.mapping.fields.iter().find(|field| field.kind == Kind::Direction);
        let Some((way, text)) = field.and_then(|field| self.value(field)) else {
            noticed.unknown_direction = Some("(no rule fits)".to_owned());
            return Direction::Unknown;
        };
        let word = way.words.get(&text.to_lowercase()).map_or(&*text, String::as_str);
        let direction = Direction::parse(&word.to_lowercase());
        if direction.is_none() {
            noticed.unknown_direction = Some(text.into_owned());
        }
        direction.unwrap_or(Direction::Unknown)
    }

    /// The file's word stays beside what it means; one that the mapping doesn't translate may be one that we know.
    fn status(&self, field: &'a Field, direction: Direction, row: &mut Row<'a>) {
        let Some((way, text)) = self.value(field) else {
            row.set("status", Some("unknown"));
            return;
        };
        let translated = way.words.get(&text.to_lowercase()).map_or(&*text, String::as_str);
        let word = read_word(translated, direction);
        row.set("status", Some(word.map_or("unknown", |word| word.status.name())));
        if word.is_some_and(|word| word.is_target) {
            row.set("is_target", Some("true"));
        }
        if word.is_some_and(|word| word.is_repeat) {
            row.set("is_repeat", Some("true"));
        }
        row.set("raw_status", Some(text));
    }

    fn plain(
        &self,
        field: &'a Field,
        moments: &HashMap<&str, Instant>,
        noticed: &mut Noticed,
    ) -> Result<Option<Cow<'a, str>>, Problem> {
        let between = field.ways.iter().filter(|way| self.holds(&way.when)).find_map(|way| match way.from {
            From::Between(from, to) => values::between(moments.get(from)?, moments.get(to)?),
            _ => None,
        });
        if let Some(seconds) = between {
            return Ok(Some(seconds.to_string().into()));
        }
        let Some((way, text)) = self.value(field) else { return Ok(None) };
        let text = match way.words.get(&text.to_lowercase()) {
            Some(word) => Cow::Borrowed(word.as_str()),
            None => text,
        };
        let has_comma = self.mapping.layout.has_decimal_comma;
        match field.kind {
            Kind::Seconds => {
                let unit = if matches!(way.from, From::Constant(_)) { Unit::Seconds } else { way.unit };
                let seconds = values::seconds(&text, unit, has_comma);
                seconds
                    .map(|seconds| Some(seconds.to_string().into()))
                    .map_err(|reason| self.problem(way, field, &text, reason))
            }
            Kind::Tags => Ok(Some(match &way.split {
                Some(split) => text.replace(split.as_str(), "|").into(),
                None => text,
            })),
            Kind::Money => Ok(Some(values::money(&text, has_comma, way.is_negated).into())),
            Kind::Number => {
                let number = text::number(&text).map(Cow::into_owned);
                noticed.lost_number |= number.is_none();
                Ok(number.map(Cow::Owned))
            }
            _ => Ok(Some(text)),
        }
    }

    fn problem(&self, way: &Way, field: &Field, text: &str, reason: impl Into<String>) -> Problem {
        Problem::new(self.place(way).unwrap_or_else(|| field.name.to_owned()), text, reason)
    }

    /// A problem under the name that the file has.
    fn theirs(&self, mut problem: Problem) -> Problem {
        let field = self.mapping.fields.iter().find(|field| field.name == problem.column);
        if let Some(place) = field.and_then(|field| self.value(field)).and_then(|(way, _)| self.place(way)) {
            problem.column = place;
        }
        problem
    }

    fn place(&self, way: &Way) -> Option<String> {
        let From::Columns { columns, .. } = &way.from else { return None };
        let names: Vec<&str> = columns.iter().map(|column| self.mapping.columns[*column].name.as_str()).collect();
        Some(names.join(" + "))
    }
}

#[cfg(test)]
mod tests;
