//! A text that never shows itself: not in logs, not in debug output, not in error messages.

use std::fmt;

use super::table::Value;

/// A password, token or key.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one call that needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Where a secret is to be found.
#[derive(Debug)]
pub(super) enum Whereabouts<'a> {
    Environment(Value<'a>),
    File(Value<'a>),
}

/// Reads `{ env = "NAME" }` or `{ file = "PATH" }`. A secret that stands in the file itself is refused.
pub(super) fn whereabouts<'a>(value: &Value<'a>) -> Option<Whereabouts<'a>> {
    let path = &value.place.path;
    if !value.raw().is_table() {
        value.place.hidden_error(
            format!("`{path}` is a secret and doesn't belong in a file of settings"),
            Some("write { env = \"NAME\" } or { file = \"PATH\" } in its place".to_owned()),
        );
        return None;
    }
    let table = value.table()?;
    let found = match (table.get("env"), table.get("file")) {
        (Some(name), None) => Some(Whereabouts::Environment(name)),
        (None, Some(path)) => Some(Whereabouts::File(path)),
        _ => {
            value.wrong("write either { env = \"NAME\" } or { file = \"PATH\" }");
            None
        }
    };
    table.finish();
    found
}

/// Follows them to the secret.
pub(super) fn read(value: &Value<'_>, environment: &[(String, String)]) -> Option<Secret> {
    match whereabouts(value)? {
        Whereabouts::Environment(name) => named(&name, environment),
        Whereabouts::File(path) => path.text().and_then(|text| from_file(&path, text)),
    }
}

fn named(value: &Value<'_>, environment: &[(String, String)]) -> Option<Secret> {
    let name = value.text()?;
    let found = environment.iter().find(|(known, text)| known == name && !text.is_empty());
    if found.is_none() {
        value.wrong(format!("the environment holds no {name}"));
    }
    found.map(|(_, text)| Secret::new(text.as_str()))
}

/// The content of a file without the line break at its end.
pub(super) fn from_file(value: &Value<'_>, path: &str) -> Option<Secret> {
    match std::fs::read_to_string(path) {
        Ok(text) if text.trim_end_matches(['\r', '\n']).is_empty() => {
            value.wrong(format!("the file {path} is empty"));
            None
        }
        Ok(text) => Some(Secret::new(text.trim_end_matches(['\r', '\n']))),
        Err(error) => {
            value.wrong(format!("the file {path} can't be read: {error}"));
            None
        }
    }
}
