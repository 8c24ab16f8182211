//! Reading a JSON body field by field, so that everything that is wrong is found in one pass. Numbers are taken as the
//! digits that were sent and never become floats.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use serde_json::value::RawValue;

use super::problem::{Problem, Wrong, first_of, shortened};
use crate::domain::nearest::nearest;

/// An object that is being read.
pub(super) struct Fields<'a> {
    /// `[3].`, or nothing.
    place: String,
    fields: BTreeMap<String, &'a RawValue>,
    wrong: Vec<Wrong>,
}

/// Letters of what is wrong with a field: it may quote what was sent.
const LONGEST_WHY: usize = 400;

/// What a field that is an object came to.
pub(super) enum Nested<T> {
    Absent,
    Null,
    Is(T),
    /// It can't be read, which is noted.
    Wrong,
}

/// A body that must be an object with these fields and no others.
pub(super) fn object<'a>(body: &'a str, known: &[&str]) -> Result<Fields<'a>, Problem> {
    let raw: &RawValue = serde_json::from_str(body).map_err(|error| not_json(&error))?;
    let mut fields = Fields::of(raw, String::new(), known);
    let is_none = fields.fields.is_empty() && !fields.wrong.is_empty();
    if is_none { Err(Problem::wrong(std::mem::take(&mut fields.wrong))) } else { Ok(fields) }
}

/// A body that must be a list of such objects.
pub(super) fn list<'a>(body: &'a str, most: usize, known: &[&str]) -> Result<Vec<Fields<'a>>, Problem> {
    let raw: &RawValue = serde_json::from_str(body).map_err(|error| not_json(&error))?;
    let wrong = |why: String| Problem::wrong(vec![Wrong { field: String::new(), value: None, why }]);
    let items: Vec<&RawValue> =
        serde_json::from_str(raw.get()).map_err(|_| wrong("send a list: [{\"id\": …}, {\"id\": …}]".to_owned()))?;
    if items.len() > most {
        return Err(wrong(format!("{} entries are too many for one call; send at most {most}", items.len())));
    }
    Ok(items.into_iter().enumerate().map(|(at, raw)| Fields::of(raw, format!("[{at}]"), known)).collect())
}

fn not_json(error: &serde_json::Error) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "not_json", format!("the body can't be read as JSON: {error}"))
}

impl<'a> Fields<'a> {
    fn of(raw: &'a RawValue, place: String, known: &[&str]) -> Self {
        let mut wrong = Vec::new();
        let fields: BTreeMap<String, &RawValue> = serde_json::from_str(raw.get()).unwrap_or_else(|_| {
            let why = format!("write an object with the fields {}", known.join(", "));
            wrong.push(Wrong { field: place.clone(), value: Some(shortened(raw.get())), why });
            BTreeMap::new()
        });
        let mut read = Self { place, fields, wrong };
        let unknown: Vec<String> = read.fields.keys().filter(|name| !known.contains(&name.as_str())).cloned().collect();
        for name in unknown {
            let meant = nearest(&name, known.iter().copied());
            let meant = meant.map_or(String::new(), |meant| format!("is `{meant}` meant? "));
            read.wrong(&name, format!("there is no such field; {meant}the fields are {}", known.join(", ")));
        }
        read
    }

    /// A field as text, or the digits of a number; `None` where it is absent or null, or of another kind, which is noted.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let raw = self.fields.get(name)?.get();
        match raw.as_bytes().first() {
            Some(b'"') => serde_json::from_str(raw).ok(),
            Some(b'-' | b'0'..=b'9') => Some(raw.to_owned()),
            Some(b'n') => None,
            _ => {
                self.wrong(name, "write a text or a number".to_owned());
                None
            }
        }
    }

    /// The same of a field that must be there, read further.
    pub(super) fn needed<T>(&mut self, name: &str, read: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let is_there = self.fields.get(name).is_some_and(|raw| raw.get() != "null");
        if !is_there && !self.is_no_object() {
            self.wrong(name, "it is missing".to_owned());
        }
        self.optional(name, read)
    }

    /// The same of a field that may be absent.
    pub(super) fn optional<T>(&mut self, name: &str, read: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let text = self.text(name)?;
        match read(&text) {
            Ok(value) => Some(value),
            Err(why) => {
                self.wrong(name, why);
                None
            }
        }
    }

    /// A field that is an object of its own.
    pub(super) fn nested<T>(
        &mut self,
        name: &str,
        known: &[&str],
        read: impl FnOnce(&mut Fields<'_>) -> Option<T>,
    ) -> Nested<T> {
        let Some(raw) = self.fields.get(name) else { return Nested::Absent };
        if raw.get() == "null" {
            return Nested::Null;
        }
        let place = if self.place.is_empty() { name.to_owned() } else { format!("{}.{name}", self.place) };
        let mut fields = Fields::of(raw, place, known);
        let value = read(&mut fields);
        let is_right = fields.wrong.is_empty();
        self.wrong.extend(fields.wrong);
        match value.filter(|_| is_right) {
            Some(value) => Nested::Is(value),
            None => Nested::Wrong,
        }
    }

    /// Whether a field says that there is nothing.
    pub(super) fn is_null(&self, name: &str) -> bool {
        self.fields.get(name).is_some_and(|raw| raw.get() == "null")
    }

    /// Notes what is wrong with a field.
    pub(super) fn wrong(&mut self, name: &str, why: String) {
        let value = self.fields.get(name).map(|raw| shortened(raw.get()));
        let name = shortened(name);
        let field = if self.place.is_empty() { name } else { format!("{}.{name}", self.place) };
        self.wrong.push(Wrong { field, value, why: first_of(&why, LONGEST_WHY) });
    }

    fn is_no_object(&self) -> bool {
        self.fields.is_empty() && self.wrong.iter().any(|wrong| wrong.field == self.place)
    }

    /// Everything that is wrong.
    pub(super) fn into_wrong(self) -> Vec<Wrong> {
        self.wrong
    }

    /// What was read, when nothing is wrong.
    pub(super) fn done<T>(self, read: Option<T>) -> Result<T, Problem> {
        match read.filter(|_| self.wrong.is_empty()) {
            Some(read) => Ok(read),
            None => Err(Problem::wrong(self.wrong)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Amount;

    fn amount(body: &str) -> Option<Amount> {
        let mut fields = object(body, &["amount"]).ok()?;
        let amount = fields.needed("amount", |text| Amount::parse(text).map_err(|error| error.to_string()));
        fields.done(amount).ok()
    }

    #[test]
    fn numbers_keep_every_digit() {
        for (body, micros) in [
            ("{\"amount\": 84.60}", 84_600_000),
            ("{\"amount\": \"84.60\"}", 84_600_000),
            // More digits than a float holds.
            ("{\"amount\": 9007199254.740993}", 9_007_199_254_740_993),
            ("{\"amount\": -0.1}", -100_000),
            ("{\"amount\": 0}", 0),
        ] {
            assert_eq!(amount(body), Some(Amount::from_micros(micros)), "{body}");
        }
        for body in
            ["{\"amount\": 1e3}", "{\"amount\": 0.1234567}", "{\"amount\": true}", "{\"amount\": null}", "{}", "[]"]
        {
            assert_eq!(amount(body), None, "{body}");
        }
    }

    #[test]
    fn everything_wrong_is_found_at_once() {
        let known = ["amount", "as_of"];
        let mut fields = object("{\"amuont\": 5, \"as_of\": [1]}", &known).unwrap_or_else(|_| panic!("an object"));
        let amount = fields.needed("amount", |_| Ok(()));
        let as_of = fields.needed("as_of", |_| Ok(()));
        assert_eq!((amount, as_of), (None, None));
        let wrong = fields.into_wrong();
        let told: Vec<(&str, Option<&str>)> =
            wrong.iter().map(|wrong| (wrong.field.as_str(), wrong.value.as_deref())).collect();
        assert_eq!(told, [("amuont", Some("5")), ("amount", None), ("as_of", Some("[1]"))]);
        assert!(wrong[0].why.contains("is `amount` meant?"), "{wrong:?}");
    }

    #[test]
    fn what_is_no_list_of_objects_says_where() {
        let read = list("[{\"id\": 1}, 5]", 10, &["id"]).unwrap_or_else(|_| panic!("a list"));
        let wrong: Vec<Wrong> = read
            .into_iter()
            .flat_map(|mut fields| {
                let _ = fields.needed("id", |_| Ok(()));
                fields.into_wrong()
            })
            .collect();
        assert_eq!(wrong.len(), 1, "{wrong:?}");
        assert_eq!((wrong[0].field.as_str(), wrong[0].value.as_deref()), ("[1]", Some("5")));
        assert!(
            list("{}", 10, &["id"]).is_err()
                && list("[{},{}]", 1, &["id"]).is_err()
                && list("nonsense", 1, &[]).is_err()
        );
    }
}
