//! The page behind "I've paid, it arrives on …": what is said, and what is asked.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::brand::Brand;
use crate::i18n::{Value, Words};
use crate::report::render::{Offer, Page};

/// What it is about, as its sentences name it.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    pub project: &'a str,
    /// `forwarding funds`
    pub what: &'a str,
    /// Who speaks.
    pub name: &'a str,
    /// The first and the last day that can be named.
    pub days: (NaiveDate, NaiveDate),
    /// The day that was named.
    pub on: Option<NaiveDate>,
}

/// Which of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// A day is asked for.
    Ask,
    /// And what was sent is none of those that can be named.
    Wrong,
    Done,
    Undone,
    /// Whoever speaks doesn't look after the project's money any more.
    Gone,
}

/// The page.
pub fn page(words: &Words, which: Which, told: &Told<'_>, brand: Arc<Brand>) -> Page {
    let (first, last) = told.days;
    let values: [(&str, Value<'_>); 6] = [
        ("project", told.project.into()),
        ("what", told.what.into()),
        ("name", told.name.into()),
        ("day", told.on.map(|day| words.day_named(day)).unwrap_or_default().into()),
        ("from", words.day_named(first).into()),
        ("to", words.day_named(last).into()),
    ];
    let say = |id: &str| words.say(id, &values);
    let ask = || Offer {
        does: "promise",
        button: say("paid-ask-button"),
        label: say("paid-ask-label"),
        days: Some((first, first.succ_opt().unwrap_or(first), last)),
        is_first: true,
    };
    let undo = || Offer { does: "undo", button: say("paid-done-button"), ..Offer::default() };
    let (title, sentence, note, offers) = match which {
        Which::Ask | Which::Wrong => ("paid-ask-title", "paid-ask-sentence", Some("paid-ask-note"), vec![ask()]),
        Which::Done => ("paid-done-title", "paid-done-sentence", Some("paid-done-note"), vec![undo()]),
        Which::Undone => ("paid-undone-title", "paid-undone-sentence", None, Vec::new()),
        Which::Gone => ("paid-gone-title", "paid-gone-sentence", None, Vec::new()),
    };
    Page {
        language: words.language().to_owned(),
        direction: words.direction(),
        title: say(title),
        sentence: say(sentence),
        wrong: if which == Which::Wrong { say("paid-ask-wrong") } else { String::new() },
        offers,
        note: note.map(say).unwrap_or_default(),
        brand,
    }
}
