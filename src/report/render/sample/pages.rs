//! Sample pages, in the words of the real ones.

use chrono::NaiveTime;

use crate::domain::cadence::{Cadence, Every, ShortMonth, Weekday};
use crate::i18n::Words;
use crate::report::render::Page;

const STOP: [(&str, &str); 4] = [
    ("page-stop-ask", "ask"),
    ("page-stop-done", "done"),
    ("page-stop-unknown", "unknown"),
    ("page-stop-later", "later"),
];

pub(super) fn all() -> Vec<(&'static str, Page)> {
    let brand = std::sync::Arc::new(super::reports::brand());
    let mut pages = translated("en");
    pages.push(("page-stop-ask-branded", Page { brand, ..page("ask", "nl") }));
    pages
}

/// The same in another language.
pub(super) fn translated(language: &str) -> Vec<(&'static str, Page)> {
    STOP.map(|(name, which)| (name, page(which, language))).into()
}

fn page(which: &str, language: &str) -> Page {
    let words = Words::of(language);
    let weekly = Cadence::Calendar {
        every: Every::Week(vec![Weekday::Mon]),
        at: NaiveTime::from_hms_opt(8, 0, 0).into_iter().collect(),
        short_month: ShortMonth::Clamp,
    };
    let values = [
        ("address", "o•••@acme.example".into()),
        ("report", words.rule(&weekly).into()),
        ("project", "Acme Windows".into()),
    ];
    let say = |part: &str| words.say(&format!("stop-{which}-{part}"), &values);
    Page {
        language: words.language().to_owned(),
        direction: words.direction(),
        title: say("title"),
        sentence: say("sentence"),
        button: (which == "ask").then(|| say("button")),
        note: say("note"),
        brand: std::sync::Arc::default(),
    }
}
