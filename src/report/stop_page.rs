//! The page behind "stop this report": what is said, and what is offered.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::brand::Brand;
use crate::i18n::Words;
use crate::report::render::{Offer, Page};

/// What it is about, as its sentences name it.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// Masked.
    pub address: &'a str,
    pub report: &'a str,
    pub project: &'a str,
    /// The day up to which it is paused; may be empty.
    pub until: &'a str,
}

/// A page: `ask`, `done`, `paused`, `project`, `others`, `undone`, `day`, `unknown`, `later`.
pub fn page(words: &Words, which: &str, about: &About<'_>, offers: Vec<Offer>, brand: Arc<Brand>) -> Page {
    let values = [
        ("address", about.address.into()),
        ("report", about.report.into()),
        ("project", about.project.into()),
        ("until", about.until.into()),
    ];
    let say = |part: &str| words.say(&format!("stop-{which}-{part}"), &values);
    Page {
        language: words.language().to_owned(),
        direction: words.direction(),
        title: say("title"),
        sentence: say("sentence"),
        offers,
        note: say("note"),
        wrong: String::new(),
        brand,
    }
}

/// What somebody can do who gets the report: stop it, pause it up to a day, stop all of the project.
pub fn offers(words: &Words, project: &str, (first, last): (NaiveDate, NaiveDate)) -> Vec<Offer> {
    let usual = first.checked_add_days(chrono::Days::new(13)).unwrap_or(first).min(last);
    vec![
        Offer { does: "stop", button: words.word("stop-ask-button"), is_first: true, ..Offer::default() },
        Offer {
            does: "pause",
            button: words.word("stop-pause-button"),
            label: words.word("stop-pause-label"),
            days: Some((first, usual, last)),
            is_first: false,
        },
        Offer {
            does: "project",
            button: words.say("stop-project-button", &[("project", project.into())]),
            ..Offer::default()
        },
    ]
}

/// What somebody can do who stopped or paused it.
pub fn undo(words: &Words) -> Vec<Offer> {
    vec![Offer { does: "undo", button: words.word("stop-undo-button"), ..Offer::default() }]
}
