//! The environment as a layer of settings: which variables name which keys, and which name nothing.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeArray, DeString, DeValue};

use super::keys::{KEYS, Key, Kind, RELAY_KEYS, TEST_NAMES};
use super::nearest::nearest;
use super::problem::{Problems, Source};
use super::table::ENVIRONMENT;

/// More relays than this aren't looked for.
const RELAYS_AT_MOST: usize = 20;

/// What one variable says about one key.
#[derive(Debug)]
pub(super) struct Variable<'e> {
    pub(super) key: Key,
    /// From 1; `None`: not about a relay.
    pub(super) relay: Option<usize>,
    /// `NAME=value`, for showing what is wrong with it. Of a secret only `NAME=…`.
    pub(super) source: Source,
    pub(super) name: String,
    pub(super) value: DeValue<'e>,
    /// The variable names a file that holds the value.
    pub(super) is_file: bool,
}

/// The process's environment.
#[expect(clippy::disallowed_methods, reason = "`config` is where the environment is read")]
pub(super) fn of_process() -> Vec<(String, String)> {
    std::env::vars_os()
        .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()))
        .collect()
}

/// Where files go that nobody needs later.
pub fn temporary_folder() -> std::path::PathBuf {
    std::env::temp_dir()
}

/// Who runs this process, for the audit: as the environment says, else as the system calls the user, else the user's number.
#[expect(clippy::disallowed_methods, reason = "`config` is where the environment is read")]
pub fn user_name() -> String {
    let named = ["SUDO_USER", "USER", "LOGNAME"].iter().filter_map(|name| std::env::var(name).ok());
    let named = named.map(|name| name.trim().to_owned()).find(|name| !name.is_empty());
    named.unwrap_or_else(|| {
        let name = whoami::username().ok().filter(|name| !name.trim().is_empty());
        name.unwrap_or_else(|| user_number().map_or_else(|| "unknown".to_owned(), |number| format!("uid {number}")))
    })
}

/// Where the system has no name for a user, as in a container that is run under any number.
fn user_number() -> Option<u32> {
    use std::os::unix::fs::MetadataExt;

    std::fs::metadata("/proc/self").ok().map(|process| process.uid())
}

/// How wide the reader's terminal is, where whoever pipes our output says so.
#[expect(clippy::disallowed_methods, reason = "`config` is where the environment is read")]
pub fn columns() -> Option<u16> {
    std::env::var("COLUMNS").ok()?.trim().parse().ok().filter(|columns| *columns > 0)
}

/// How this process was started, to be typed again: by cargo, or under the name it was called by.
pub fn started_as() -> String {
    typed(std::env::var_os("CARGO").is_some(), std::env::args().next().as_deref())
}

fn typed(by_cargo: bool, called: Option<&str>) -> String {
    match called {
        _ if by_cargo => "cargo run -q --".to_owned(),
        Some(path) if !path.is_empty() => path.to_owned(),
        _ => "callbrief".to_owned(),
    }
}

/// The variables that say something about a key; those that begin as ours do and name nothing are noted.
pub(super) fn read<'e>(environment: &'e [(String, String)], problems: &Problems) -> Vec<Variable<'e>> {
    let known = known_names();
    let mut found: Vec<Variable<'e>> = Vec::new();
    for (name, text) in environment.iter().filter(|(name, _)| name.starts_with("CALLBRIEF_")) {
        let Some((key, relay, is_file)) = known.get(name.as_str()).copied() else {
            if !TEST_NAMES.contains(&name.as_str()) {
                unknown(name, &known, problems);
            }
            continue;
        };
        let shown = if key.kind == Kind::Secret && !is_file { "…" } else { text.as_str() };
        let source = Source::new(ENVIRONMENT, format!("{name}={shown}"));
        let value = if is_file { DeValue::String(text.as_str().into()) } else { as_kind(text, key.kind) };
        found.push(Variable { key, relay, source, name: name.clone(), value, is_file });
    }
    for (at, variable) in found.iter().enumerate() {
        if found[..at].iter().any(|other| other.key.path == variable.key.path && other.relay == variable.relay) {
            let base = variable.name.trim_end_matches("_FILE");
            problems.error_nowhere(
                format!("both {base} and {base}_FILE are set in the environment"),
                Some("unset one of them".to_owned()),
            );
        }
    }
    found
}

fn known_names() -> BTreeMap<String, (Key, Option<usize>, bool)> {
    let mut names = BTreeMap::new();
    let mut add = |key: &Key, relay: Option<usize>, name: String| {
        if key.kind == Kind::Secret {
            names.insert(format!("{name}_FILE"), (*key, relay, true));
        }
        names.insert(name, (*key, relay, false));
    };
    for key in KEYS {
        add(key, None, key.variable());
    }
    for number in 1..=RELAYS_AT_MOST {
        for key in RELAY_KEYS {
            add(key, Some(number), key.relay_variable(number));
        }
    }
    names
}

fn unknown(name: &str, known: &BTreeMap<String, (Key, Option<usize>, bool)>, problems: &Problems) {
    // The common beginning would make every name look near.
    let own = |name: &str| name.trim_start_matches("CALLBRIEF_").to_lowercase();
    let words: Vec<String> = known.keys().map(|name| own(name)).collect();
    let help = match nearest(&own(name), words.iter().map(String::as_str)) {
        Some(word) => format!("did you mean CALLBRIEF_{}?", word.to_uppercase()),
        None => "every setting has a name; `callbrief check-config` shows them".to_owned(),
    };
    problems.error_nowhere(format!("{name} in the environment names no setting"), Some(help));
}

fn as_kind(text: &str, kind: Kind) -> DeValue<'_> {
    let as_text = |text| DeValue::String(DeString::Borrowed(text));
    match kind {
        Kind::Text | Kind::Secret => as_text(text),
        Kind::List => {
            let mut list = DeArray::new();
            for item in text.split(',').map(str::trim).filter(|item| !item.is_empty()) {
                list.push(Spanned::new(0..0, as_text(item)));
            }
            DeValue::Array(list)
        }
        Kind::Bare => DeValue::parse(text).map_or_else(|_| as_text(text), Spanned::into_inner),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_typed_is_what_was_typed() {
        assert_eq!(typed(true, Some("target/debug/callbrief")), "cargo run -q --");
        assert_eq!(typed(false, Some("callbrief")), "callbrief");
        assert_eq!(typed(false, Some("./target/release/callbrief")), "./target/release/callbrief");
        assert_eq!(typed(false, None), "callbrief");
    }
}
