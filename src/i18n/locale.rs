//! The languages that exist, and their parsed messages.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use intl_memoizer::Memoizable;
use intl_memoizer::concurrent::IntlLangMemoizer;
use unic_langid::LanguageIdentifier;

use crate::domain::document::TextDirection;

/// A line of the table of languages.
pub(super) struct Source {
    pub(super) tag: &'static str,
    direction: TextDirection,
    text: &'static str,
}

/// Every language. To add one: its file in `templates/text`, and a line here.
pub(super) const LOCALES: &[Source] = &[
    source("en", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/text/en.ftl"))),
    source("uk", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/text/uk.ftl"))),
    source("nl", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/text/nl.ftl"))),
    source("de", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/text/de.ftl"))),
    source("pl", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/text/pl.ftl"))),
    source("es", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/text/es.ftl"))),
];

const fn source(tag: &'static str, text: &'static str) -> Source {
    Source { tag, direction: TextDirection::Ltr, text }
}

/// A language, ready to speak.
pub(super) struct Locale {
    pub(super) tag: &'static str,
    pub(super) direction: TextDirection,
    pub(super) marks: Marks,
    bundle: FluentBundle<FluentResource>,
}

/// How figures are written: messages `figure-decimal`, `figure-group`, `figure-group-least`, `date-hour-digits`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) decimal: String,
    pub(super) group: String,
    /// Digits before the first separator that a number needs to have one.
    pub(super) group_least: usize,
    pub(super) hour_digits: usize,
}

impl Locale {
    /// The message with its values, or `None` when this language lacks it.
    pub(super) fn format(&self, id: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        format(&self.bundle, id, args)
    }

    /// Whether the message exists.
    #[cfg(test)]
    pub(super) fn has(&self, id: &str) -> bool {
        self.bundle.get_message(id).is_some_and(|message| message.value().is_some())
    }
}

/// The locale of this very tag, else one of the same language, else the first of the table.
pub(super) fn nearest(tag: &str) -> &'static Locale {
    static LOADED: OnceLock<Vec<Locale>> = OnceLock::new();
    let loaded = LOADED.get_or_init(|| LOCALES.iter().map(load).collect());
    let language = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    loaded
        .iter()
        .find(|locale| locale.tag.eq_ignore_ascii_case(tag))
        .or_else(|| loaded.iter().find(|locale| language(locale.tag) == language(tag)))
        .unwrap_or(&loaded[0])
}

fn load(source: &Source) -> Locale {
    let mut bundle = bundle(source);
    bundle.set_formatter(Some(set_number));
    Locale { tag: source.tag, direction: source.direction, marks: marks(source.tag), bundle }
}

/// A file with a fault keeps the messages that can be read; the test below refuses such a file.
fn bundle(source: &Source) -> FluentBundle<FluentResource> {
    let tag: LanguageIdentifier = source.tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(source.text.to_owned()).unwrap_or_else(|(readable, _)| readable);
    bundle.add_resource_overriding(resource);
    bundle
}

fn format(bundle: &FluentBundle<FluentResource>, id: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
    let pattern = bundle.get_message(id)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, args, &mut errors);
    debug_assert!(errors.is_empty(), "message `{id}`: {errors:?}");
    Some(text.into_owned())
}

fn marks(tag: &str) -> Marks {
    let source = LOCALES.iter().find(|source| source.tag == tag).unwrap_or(&LOCALES[0]);
    let bundle = bundle(source);
    let mark = |id| format(&bundle, id, None).unwrap_or_default();
    Marks {
        decimal: mark("figure-decimal"),
        group: mark("figure-group"),
        group_least: mark("figure-group-least").parse().unwrap_or(1),
        hour_digits: mark("date-hour-digits").parse().unwrap_or(2),
    }
}

/// Fluent asks this for every number it puts into a text; it has no other way to set thousands.
fn set_number(value: &FluentValue<'_>, memoizer: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    memoizer.with_try_get::<Marks, _, _>((), |marks| super::figures::grouped(number.value as u64, marks)).ok()
}

impl Memoizable for Marks {
    type Args = ();
    type Error = ();

    fn construct(lang: LanguageIdentifier, (): ()) -> Result<Self, ()> {
        Ok(marks(&lang.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The build has compared ids and variables; here every message is said with small, large and awkward numbers.
    #[test]
    fn every_message_can_be_said_in_every_language() {
        for source in LOCALES {
            let locale = nearest(source.tag);
            assert_eq!(locale.tag, source.tag);
            let mut said = 0;
            for (id, body) in messages(source.text) {
                let names: Vec<&str> = body
                    .split("{ $")
                    .skip(1)
                    .filter_map(|rest| rest.split(|c: char| c != '-' && !c.is_ascii_alphanumeric()).next())
                    .collect();
                for number in [0_u64, 1, 2, 5, 11, 12, 21, 22, 25, 101, 1000, 1_234_567] {
                    let mut args = FluentArgs::new();
                    for name in &names {
                        args.set(*name, FluentValue::from(number));
                    }
                    let text = locale.format(&id, Some(&args)).unwrap_or_default();
                    let place = format!("{}.ftl: `{id}` with {number}: {text:?}", source.tag);
                    assert!(!text.is_empty() && !text.contains(['{', '}']), "{place}");
                    assert!(!text.contains("  ") && !text.contains(".."), "{place}");
                    said += 1;
                }
            }
            assert!(said > 1000, "{}: {said}", source.tag);
        }
    }

    /// Ids and bodies of a file's messages.
    fn messages(text: &str) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            match line.split_once(" =").filter(|(id, _)| id.starts_with(|c: char| c.is_ascii_lowercase())) {
                Some((id, body)) => found.push((id.to_owned(), body.to_owned())),
                None => {
                    if let Some((_, body)) = found.last_mut() {
                        body.push_str(line);
                    }
                }
            }
        }
        found
    }
}
