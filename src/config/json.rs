//! Set-up documents written in JSON, read as what the same document would be in TOML: every value knows where it stands, so
//! the readers of tables and their messages are the same. A key that is null isn't there; dates and times are texts.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::Deserializer;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::problem::{NOT_JSON, Problems, Source};
use super::table::Document;

/// Deeper than any document is nested.
const DEEPEST: usize = 16;

/// The key of what a document of one project's own keys is about.
const PROJECT: &str = "project";

/// Reads the object at a span of the text as a document; what can't be read is noted.
///
/// A top-level table such as `"project": {…}` stands for a list of one. An object with an `id` at the top is a project.
pub(super) fn document<'a>(source: &'a Source, span: Range<usize>, problems: &Problems) -> Option<Document<'a>> {
    let text = source.text.get(span.clone())?;
    let read = match serde_json::from_str::<&RawValue>(text) {
        Ok(raw) => Reader { source, problems }.table(raw, 0),
        Err(error) => {
            problems.error(source, fault(text, &span, &error), format!("{NOT_JSON}: {}", said(&error)), None);
            None
        }
    }?;
    let table = if read.get_ref().contains_key("id") { of_one_project(read) } else { with_lists(read) };
    Some(Document::of(source, table))
}

/// Where reading stopped, as bytes of the whole text: from there to the end of the line.
fn fault(text: &str, span: &Range<usize>, error: &serde_json::Error) -> Range<usize> {
    let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let mut at = (before + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    if end > at { span.start + at..span.start + end } else { span.start..span.start + text.len().min(40) }
}

/// Without the place, which is shown otherwise.
fn said(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.split(" at line ").next().unwrap_or_default() {
        // That is how it calls a comma after the last value too.
        "key must be a string" => {
            "a key in double quotes must stand here, or the comma before it is one too many".to_owned()
        }
        said => said.to_owned(),
    }
}

fn of_one_project(read: Spanned<DeTable<'_>>) -> Spanned<DeTable<'_>> {
    let span = read.span();
    let list = DeArray::from_iter([Spanned::new(span.clone(), DeValue::Table(read.into_inner()))]);
    let mut whole = DeTable::new();
    let key = Spanned::new(span.clone(), Cow::Borrowed(PROJECT));
    whole.insert(key, Spanned::new(span.clone(), DeValue::Array(list)));
    Spanned::new(span, whole)
}

fn with_lists(read: Spanned<DeTable<'_>>) -> Spanned<DeTable<'_>> {
    let span = read.span();
    let listed = read.into_inner().into_iter().map(|(key, value)| {
        if !value.get_ref().is_table() {
            return (key, value);
        }
        let at = value.span();
        (key, Spanned::new(at, DeValue::Array(DeArray::from_iter([value]))))
    });
    Spanned::new(span, listed.collect())
}

struct Reader<'a, 'p> {
    source: &'a Source,
    problems: &'p Problems,
}

impl<'a> Reader<'a, '_> {
    /// Where a piece stands in the text that it was cut from.
    fn span(&self, raw: &'a RawValue) -> Range<usize> {
        let start = (raw.get().as_ptr() as usize).saturating_sub(self.source.text.as_ptr() as usize);
        start..start + raw.get().len()
    }

    fn wrong(&self, raw: &'a RawValue, why: &str) {
        self.problems.error(self.source, self.span(raw), why, None);
    }

    fn table(&self, raw: &'a RawValue, depth: usize) -> Option<Spanned<DeTable<'a>>> {
        let Ok(Entries(entries)) = serde_json::from_str(raw.get()) else {
            self.wrong(raw, "this must be an object: {\"id\": …}");
            return None;
        };
        let mut table = DeTable::new();
        for (key, value) in entries {
            let at = self.key_span(&key, self.span(value));
            if table.contains_key(key.as_str()) {
                self.problems.error(self.source, at, format!("`{key}` is there twice"), None);
                continue;
            }
            if let Some(value) = self.value(value, depth + 1) {
                table.insert(Spanned::new(at, Cow::Owned(key)), value);
            }
        }
        Some(Spanned::new(self.span(raw), table))
    }

    /// The key before a value; the value itself where the key is written in another way than it reads.
    fn key_span(&self, key: &str, value: Range<usize>) -> Range<usize> {
        let before = self.source.text.get(..value.start).unwrap_or_default().trim_end();
        let before = before.strip_suffix(':').unwrap_or(before).trim_end();
        match before.strip_suffix('"').and_then(|before| before.strip_suffix(key)) {
            Some(start) if start.ends_with('"') => start.len()..start.len() + key.len(),
            _ => value,
        }
    }

    /// `None`: null, or what can't be read, which is noted.
    fn value(&self, raw: &'a RawValue, depth: usize) -> Option<Spanned<DeValue<'a>>> {
        if depth > DEEPEST {
            self.wrong(raw, "this is nested too deeply");
            return None;
        }
        let text = raw.get();
        let value = match text.as_bytes().first()? {
            b'{' => DeValue::Table(self.table(raw, depth)?.into_inner()),
            b'[' => {
                let mut list = Vec::new();
                for item in serde_json::from_str::<Vec<&RawValue>>(text).ok()? {
                    if item.get() == "null" {
                        self.wrong(item, "a list can't hold null");
                    }
                    if let Some(item) = self.value(item, depth + 1) {
                        list.push(item);
                    }
                }
                DeValue::Array(list.into_iter().collect())
            }
            b'"' => match serde_json::from_str::<String>(text) {
                Ok(text) => DeValue::String(Cow::Owned(text)),
                Err(error) => {
                    self.wrong(raw, &format!("this text can't be read: {}", said(&error)));
                    return None;
                }
            },
            b't' => DeValue::Boolean(true),
            b'f' => DeValue::Boolean(false),
            b'n' => return None,
            _ => match DeValue::parse(text) {
                Ok(number) => number.into_inner(),
                Err(_) => {
                    self.wrong(raw, "this number can't be read");
                    return None;
                }
            },
        };
        Some(Spanned::new(self.span(raw), value))
    }
}

/// The keys and values of an object in the order in which they are written, so that one that is there twice is seen.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> serde::Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;

        impl<'de> Visitor<'de> for Collect {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(entries)
            }
        }

        deserializer.deserialize_map(Collect).map(Entries)
    }
}

/// The field that stands at a byte of a text of JSON: `contact[0].roles`; empty: the text itself.
pub fn field_at(text: &str, at: usize) -> String {
    let mut field = String::new();
    let Ok(mut raw) = serde_json::from_str::<&RawValue>(text) else { return field };
    let start = |raw: &RawValue| (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    for _ in 0..DEEPEST {
        // A key that is wrong stands before its value.
        let next = if let Ok(Entries(entries)) = serde_json::from_str(raw.get()) {
            entries.into_iter().find(|(_, value)| start(value) + value.get().len() > at).map(|(key, value)| {
                let dot = if field.is_empty() { "" } else { "." };
                (format!("{dot}{key}"), value)
            })
        } else if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(raw.get()) {
            let found = items.into_iter().enumerate().find(|(_, item)| start(item) + item.get().len() > at);
            found.map(|(n, item)| (format!("[{n}]"), item))
        } else {
            None
        };
        match next {
            Some((step, value)) if start(raw) < at => {
                field.push_str(&step);
                raw = value;
            }
            _ => break,
        }
    }
    field
}

/// The lines of a text that hold anything, as bytes of it.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let at = start;
        start += line.len();
        let begin = at + (line.len() - line.trim_start().len());
        let end = at + line.trim_end().len();
        (end > begin).then_some(begin..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<(String, String)>, String) {
        let (source, problems) = (Source::new("projects.jsonl", text), Problems::default());
        let mut found = Vec::new();
        for span in lines(text) {
            let Some(document) = document(&source, span, &problems) else { continue };
            for project in document.root(&problems).tables("project") {
                for (value, name, _) in project.entries() {
                    found.push((name.to_owned(), value.written().to_owned()));
                }
            }
        }
        (found, problems.render(false))
    }

    #[test]
    fn a_line_is_a_project_or_a_document_of_several_nouns() {
        let text = "{\"id\": \"acme\", \"name\": \"Ac\\u006de\", \"calendar\": null}\n\n \
                    {\"project\": {\"id\": \"beta\"}, \"contact\": []}\n{\"project\": [{\"id\": 7}]}\n";
        let (found, said) = read(text);
        let shown: Vec<String> = found.iter().map(|(key, value)| format!("{key}={value}")).collect();
        assert_eq!(shown, ["id=\"acme\"", "name=\"Ac\\u006de\"", "id=\"beta\"", "id=7"]);
        assert_eq!(said, "");
    }

    #[test]
    fn a_byte_is_found_again_as_a_field() {
        let text = "{\"id\": \"a\", \"contact\": [{\"id\": \"b\"}, {\"roles\": {\"acme\": [\"x\"]}}]}";
        for (needle, field) in [("\"a\"", "id"), ("\"x\"", "contact[1].roles.acme[0]"), ("roles", "contact[1].roles")] {
            assert_eq!(field_at(text, text.find(needle).expect("there")), field);
        }
        assert_eq!((field_at(text, 0), field_at("no", 1)), (String::new(), String::new()));
    }

    #[test]
    fn what_is_no_json_is_told_with_its_line_and_hides_no_other() {
        let deep = "[".repeat(5_000) + &"]".repeat(5_000);
        let text = format!(
            "{{\"id\": \"acme\"}}\n{{\"id\": \"beta\",}}\n[1]\n{{\"id\": \"x\", \"id\": \"y\", \"ціна\": 1e999999, \"list\": [null]}}\n\
             {{\"id\": \"deep\", \"name\": {deep}}}\n"
        );
        let (found, said) = read(&text);
        assert_eq!(found.iter().filter(|(key, _)| key == "id").count(), 3, "{said}");
        for wrong in [
            "projects.jsonl:2:",
            "this isn't JSON: a key in double quotes must stand here",
            "projects.jsonl:3:",
            "this must be an object",
            "`id` is there twice",
            "a list can't hold null",
            "nested too deeply",
        ] {
            assert!(said.contains(wrong), "{wrong}\n{said}");
        }
    }
}
