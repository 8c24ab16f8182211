//! Words and numbers in a reader's language. What people read is a Fluent message of `templates/text/<locale>.ftl`; how
//! a date, a figure or a span is put together is a message there as well, so that a translator decides it, not code.
//!
//! To add a language: `templates/text/<locale>.ftl` with every message of `en.ftl`, a line in [`locale::LOCALES`] and its
//! plurals in `build.rs`, which refuses a language that lacks a message or gives it other variables.
//! No marks for bidirectional isolation are set: they turn an SMS into UCS-2 and show as boxes in old mail programs.

#[cfg(test)]
mod cldr;
mod dates;
mod figures;
mod locale;
mod money;
mod phones;
mod places;

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentValue};

use crate::domain::document::TextDirection;
use locale::Locale;

/// An en dash: there is nothing to say, which is neither zero nor unknown by mistake.
pub const NOTHING: &str = "–";

/// One language's words. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Words(&'static Locale);

/// A value put into a message. A number also chooses the plural form, and is shown with the language's separators.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    Text(Cow<'a, str>),
    Count(u64),
}

/// The languages that have all words, English first.
pub fn spoken() -> Vec<&'static str> {
    locale::LOCALES.iter().map(|source| source.tag).collect()
}

/// Whether this tag's own language has words, so that its readers don't get English.
pub fn is_spoken(tag: &str) -> bool {
    let language = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    language(Words::of(tag).language()) == language(tag)
}

impl Words {
    /// The words of this language (a BCP 47 tag): that very locale, else its language, else English.
    pub fn of(language: &str) -> Self {
        Self(locale::nearest(language))
    }

    /// The locale in use, which may differ from the one asked for.
    pub fn language(&self) -> &'static str {
        self.0.tag
    }

    /// Which way it is written.
    pub fn direction(&self) -> TextDirection {
        self.0.direction
    }

    /// The message `id` with its values set. Every language has every message (the build makes sure of it), so languages
    /// never mix; a message that doesn't exist at all shows as its id (a test makes sure that none is used).
    pub fn say(&self, id: &str, values: &[(&str, Value<'_>)]) -> String {
        let args: FluentArgs<'_> =
            values.iter().map(|(name, value)| (Cow::Borrowed(*name), fluent_value(value))).collect();
        self.0.format(id, Some(&args)).unwrap_or_else(|| id.to_owned())
    }

    /// A message without values, or `None` when there is no such message: for names that come from data.
    pub fn maybe(&self, id: &str) -> Option<String> {
        self.0.format(id, None)
    }

    /// Whether there is such a message.
    #[cfg(test)]
    pub fn knows(&self, id: &str) -> bool {
        self.0.has(id)
    }

    /// A message without values.
    pub fn word(&self, id: &str) -> String {
        self.say(id, &[])
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({})", self.0.tag)
    }
}

fn fluent_value<'a>(value: &'a Value<'_>) -> FluentValue<'a> {
    match value {
        Value::Text(text) => FluentValue::String(Cow::Borrowed(text)),
        Value::Count(number) => FluentValue::from(*number),
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<u64> for Value<'_> {
    fn from(number: u64) -> Self {
        Self::Count(number)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Count(number.into())
    }
}

impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Self::Count(number as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_falls_back_to_english_and_says_so() {
        assert_eq!(Words::of("en-GB").language(), "en");
        assert_eq!(Words::of("tlh").language(), "en");
        assert_eq!(Words::of("").language(), "en");
    }

    #[test]
    fn every_message_that_the_code_names_exists() {
        let sources = glob_sources(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
        let mut named = 0;
        for (file, text) in sources {
            for call in [".say(\"", ".word(\""] {
                for rest in text.split(call).skip(1) {
                    let id = rest.split('"').next().unwrap_or_default();
                    named += 1;
                    assert!(locale::nearest("en").has(id), "{file} names the message `{id}`, which en.ftl lacks");
                }
            }
        }
        assert!(named > 10, "the search for message ids finds hardly any");
    }

    fn glob_sources(folder: &std::path::Path) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).expect("src can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                found.extend(glob_sources(&path));
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).expect("source is text");
                found.push((path.display().to_string(), text));
            }
        }
        found
    }
}
