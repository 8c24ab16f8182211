//! What must hold of any text that is read as settings, as a file of `apply`, as an address or as a calendar; `fuzz/` asks it.

use std::sync::LazyLock;

use super::load::{self, Inputs, Purpose};
use super::problem::{Problems, Source};
use super::relay::RelayUrl;
use super::{ics, setup};
use crate::zones::Zones;

fn source(name: &str, bytes: &[u8]) -> Source {
    Source::new(name, String::from_utf8_lossy(bytes).into_owned())
}

/// What is wrong is said, and can be shown.
fn must_say(problems: &Problems) {
    let said = problems.render(false);
    assert_eq!(problems.errors() > 0, said.contains("error"), "{said}");
}

/// A settings file, and behind a zero byte the environment, a `NAME=value` a line.
pub(crate) fn settings(bytes: &[u8]) {
    // A device isn't a file of secrets, and reading it may never end.
    if [&b"/dev"[..], b"/proc"].iter().any(|folder| bytes.windows(folder.len()).any(|part| part == *folder)) {
        return;
    }
    let mut parts = bytes.splitn(2, |byte| *byte == 0);
    let written = source("callbrief.toml", parts.next().unwrap_or_default());
    let variables = String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
    let environment: Vec<(String, String)> = variables
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let inputs = Inputs { file: None, database: None, environment: &environment, purpose: Purpose::Sending };
    let survey = load::of_written(inputs, Some(written), Problems::default());
    assert_eq!(survey.settings.is_none(), survey.problems.errors() > 0, "settings, or why not");
    must_say(&survey.problems);
}

/// A file of `apply`.
pub(crate) fn setup(bytes: &[u8]) {
    let problems = Problems::default();
    let _ = setup::read(&source("setup.toml", bytes), &problems);
    must_say(&problems);
}

/// A calendar of days off.
pub(crate) fn calendar(bytes: &[u8]) {
    static ZONES: LazyLock<Zones> = LazyLock::new(Zones::bundled);
    let zone = ZONES.get("Europe/Kyiv").ok();
    let problems = Problems::default();
    let days = ics::read(&source("days.ics", bytes), zone.as_ref(), 2026..=2028, &problems);
    assert!(days.iter().all(|day| day.from <= day.to), "a day off ends after it begins");
    must_say(&problems);
}

/// What no other word is like; the passwords of the seeds hold it.
pub(crate) const SECRET: &str = "geheim";

/// An address of a database or a relay: what stands there as a password is shown by nothing.
pub(crate) fn address(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let shown = load::without_password(&text);
    let parsed = url::Url::parse(&text).ok();
    let (open, password) = parsed.as_ref().map_or((String::new(), ""), |url| {
        let open = [url.scheme(), url.username(), url.host_str().unwrap_or_default(), url.path()].concat();
        let behind = [url.query().unwrap_or_default(), url.fragment().unwrap_or_default()].concat();
        (open + &behind, url.password().unwrap_or_default())
    });
    let relay = RelayUrl::parse(&text);
    let relay = format!("{:?} {relay:?}", relay.as_ref().map(RelayUrl::usual_id));
    if password.contains(SECRET) && !open.contains(SECRET) {
        assert!(!shown.contains(SECRET), "{shown}");
        assert!(!relay.contains(SECRET), "{relay}");
    }
}
