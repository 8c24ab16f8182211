//! Refuses to build when the languages differ: every `templates/text/<locale>.ftl` has exactly the messages of `en.ftl`
//! with exactly its variables, and a plural for every category that its language has for whole numbers (CLDR).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};

/// What of a message must agree.
#[derive(Default)]
struct Message {
    variables: BTreeSet<String>,
    /// Named in the comment above the message: languages may use them.
    optional: BTreeSet<String>,
    /// The plural categories of each choice that has any.
    plurals: Vec<BTreeSet<String>>,
}

/// Plural categories that whole numbers up to a million take.
const PLURALS: &[(&str, &[&str])] = &[
    ("en", &["one", "other"]),
    ("uk", &["one", "few", "many"]),
    ("nl", &["one", "other"]),
    ("de", &["one", "other"]),
    ("pl", &["one", "few", "many"]),
    ("es", &["one", "other"]),
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=templates/text");
    // Cargo runs this in the package's folder.
    let folder = Path::new("templates/text");
    let mut faults = Vec::new();
    let mut languages: BTreeMap<&str, BTreeMap<String, Message>> = BTreeMap::new();
    for (locale, _) in PLURALS {
        let file = folder.join(format!("{locale}.ftl"));
        match fs::read_to_string(&file) {
            Ok(text) => languages.insert(locale, messages(locale, &text, &mut faults)),
            Err(problem) => {
                faults.push(format!("templates/text/{locale}.ftl can't be read: {problem}"));
                None
            }
        };
    }
    let english = languages.remove("en").unwrap_or_default();
    for (locale, plurals) in PLURALS {
        let Some(translated) = languages.get(locale) else { continue };
        compare(locale, plurals, &english, translated, &mut faults);
    }
    for fault in &faults {
        println!("cargo::error={fault}");
    }
}

fn compare(
    locale: &str,
    plurals: &[&str],
    english: &BTreeMap<String, Message>,
    translated: &BTreeMap<String, Message>,
    faults: &mut Vec<String>,
) {
    let list = |names: &mut dyn Iterator<Item = &String>| names.cloned().collect::<Vec<_>>().join(", $");
    for (id, original) in english {
        let Some(message) = translated.get(id) else {
            faults.push(format!("{locale}.ftl: the message `{id}` is missing"));
            continue;
        };
        let missing = list(&mut original.variables.difference(&message.variables));
        if !missing.is_empty() {
            faults.push(format!("{locale}.ftl: `{id}` doesn't use ${missing}, which English does"));
        }
        let allowed: BTreeSet<String> = original.variables.union(&original.optional).cloned().collect();
        let unknown = list(&mut message.variables.difference(&allowed));
        if !unknown.is_empty() {
            faults.push(format!("{locale}.ftl: `{id}` uses ${unknown}, which nobody gives it"));
        }
        for choice in &message.plurals {
            let absent: Vec<&str> = plurals.iter().copied().filter(|plural| !choice.contains(*plural)).collect();
            if !absent.is_empty() {
                faults.push(format!("{locale}.ftl: `{id}` lacks the plural form {}", absent.join(", ")));
            }
        }
    }
    for id in translated.keys().filter(|id| !english.contains_key(*id)) {
        faults.push(format!("{locale}.ftl: `{id}` isn't a message of en.ftl"));
    }
}

fn messages(locale: &str, text: &str, faults: &mut Vec<String>) -> BTreeMap<String, Message> {
    let resource = match fluent_syntax::parser::parse(text) {
        Ok(resource) => resource,
        Err((resource, problems)) => {
            for problem in problems {
                let line = text.get(..problem.pos.start).unwrap_or_default().lines().count();
                faults.push(format!("{locale}.ftl, line {line}: {problem}"));
            }
            resource
        }
    };
    let mut messages = BTreeMap::new();
    for entry in resource.body {
        let Entry::Message(entry) = entry else { continue };
        let mut message = Message::default();
        for line in entry.comment.iter().flat_map(|comment| &comment.content) {
            let name = line.trim().strip_prefix('$').and_then(|rest| rest.split_once(':'));
            message.optional.extend(name.map(|(name, _)| name.to_owned()));
        }
        if let Some(pattern) = &entry.value {
            read(pattern, &mut message);
        }
        if messages.insert(entry.id.name.to_owned(), message).is_some() {
            faults.push(format!("{locale}.ftl: `{}` stands there twice", entry.id.name));
        }
    }
    messages
}

fn read(pattern: &Pattern<&str>, message: &mut Message) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => read_inline(inline, message),
            Expression::Select { selector, variants } => {
                read_inline(selector, message);
                let mut choice = BTreeSet::new();
                for variant in variants {
                    if let VariantKey::Identifier { name } = variant.key {
                        choice.insert(name.to_owned());
                    }
                    read(&variant.value, message);
                }
                if ["one", "few", "many"].iter().any(|plural| choice.contains(*plural)) {
                    message.plurals.push(choice);
                }
            }
        }
    }
}

fn read_inline(inline: &InlineExpression<&str>, message: &mut Message) {
    match inline {
        InlineExpression::VariableReference { id } => {
            message.variables.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => {
            if let Expression::Inline(inner) = expression.as_ref() {
                read_inline(inner, message);
            }
        }
        _ => {}
    }
}
