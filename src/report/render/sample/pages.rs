//! Sample pages, in the words of the real ones.

use chrono::{NaiveDate, NaiveTime};

use crate::domain::cadence::{Cadence, Every, ShortMonth, Weekday};
use crate::i18n::Words;
use crate::report::paid_page::{self, Told, Which};
use crate::report::render::Page;
use crate::report::stop_page::{self, About};

const STOP: [(&str, &str); 9] = [
    ("page-stop-ask", "ask"),
    ("page-stop-done", "done"),
    ("page-stop-paused", "paused"),
    ("page-stop-project", "project"),
    ("page-stop-others", "others"),
    ("page-stop-undone", "undone"),
    ("page-stop-day", "day"),
    ("page-stop-unknown", "unknown"),
    ("page-stop-later", "later"),
];

const PAID: [(&str, Which); 5] = [
    ("page-paid-ask", Which::Ask),
    ("page-paid-wrong", Which::Wrong),
    ("page-paid-done", Which::Done),
    ("page-paid-undone", Which::Undone),
    ("page-paid-gone", Which::Gone),
];

pub(super) fn all() -> Vec<(&'static str, Page)> {
    let brand = std::sync::Arc::new(super::reports::brand());
    let mut pages = translated("en");
    pages.push(("page-stop-ask-branded", Page { brand, ..page("ask", "nl") }));
    pages
}

/// The same in another language.
pub(super) fn translated(language: &str) -> Vec<(&'static str, Page)> {
    let stop = STOP.into_iter().map(|(name, which)| (name, page(which, language)));
    stop.chain(PAID.into_iter().map(|(name, which)| (name, paid(which, language)))).collect()
}

fn page(which: &str, language: &str) -> Page {
    let words = Words::of(language);
    let weekly = Cadence::Calendar {
        every: Every::Week(vec![Weekday::Mon]),
        at: NaiveTime::from_hms_opt(8, 0, 0).into_iter().collect(),
        short_month: ShortMonth::Clamp,
    };
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default();
    let about = About {
        address: "o•••@acme.example",
        report: &words.rule(&weekly),
        project: "Acme Windows",
        until: &words.day_month_year(day(12, 7)),
    };
    let offers = match which {
        "ask" | "undone" | "day" => stop_page::offers(&words, about.project, (day(11, 17), day(12, 31))),
        "done" | "paused" | "project" => stop_page::undo(&words),
        _ => Vec::new(),
    };
    stop_page::page(&words, which, &about, offers, std::sync::Arc::default())
}

fn paid(which: Which, language: &str) -> Page {
    let words = Words::of(language);
    let day = |day| NaiveDate::from_ymd_opt(2026, 6, day).unwrap_or_default();
    let told = Told {
        project: "Acme Windows",
        what: &words.word("alert-what-forwarding"),
        name: "Nadia Pavlenko",
        days: (day(1), day(30)),
        on: Some(day(5)),
    };
    paid_page::page(&words, which, &told, std::sync::Arc::default())
}
