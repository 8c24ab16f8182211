//! What is said of all projects together: subject, title and the sentence under it. A project of which nothing is known is
//! never among those where nothing happened.

use crate::i18n::Words;

use super::super::meaning::Of;
use super::super::sections::lead;
use super::super::tally::ratio;
use super::super::view::View;
use super::sum::Sum;

pub(super) fn projects(words: &Words, count: usize) -> String {
    words.say("several-projects", &[("n", count.into())])
}

pub(super) fn subject(first: &View<'_>, views: &[View<'_>], sum: &Sum) -> String {
    let words = &first.words;
    let calls = words.say("subject-calls", &[("n", sum.calls.into())]);
    let fact = if sum.unknown == views.len() {
        words.word("subject-no-data")
    } else if sum.still_open[0] > 0 {
        let to_call_back = words.say("subject-to-call-back", &[("n", sum.still_open[0].into())]);
        words.say("subject-both", &[("callers", to_call_back.into()), ("calls", calls.into())])
    } else if sum.unknown > 0 {
        words.say("several-subject-unknown", &[("calls", calls.into()), ("n", sum.unknown.into())])
    } else if sum.calls == 0 {
        words.word("subject-no-calls")
    } else if first.open().is_none() {
        calls
    } else {
        words.say("subject-nobody", &[("calls", calls.into())])
    };
    let id = if first.request.is_sample { "subject-sample" } else { "subject" };
    let period = first.label.short();
    words.say(id, &[("project", projects(words, views.len()).into()), ("fact", fact.into()), ("period", period.into())])
}

pub(super) fn eyebrow(first: &View<'_>, views: &[View<'_>]) -> String {
    let names: Vec<&str> = views.iter().map(|view| view.request.project.name.as_str()).collect();
    let who = if names.len() <= 3 { names.join(", ") } else { projects(&first.words, views.len()) };
    let mut parts = vec![who, first.label.title(), first.words.zone(first.request.zone.name())];
    parts.extend(first.only());
    parts.join(" · ")
}

pub(super) fn title(first: &View<'_>, views: &[View<'_>], sum: &Sum) -> String {
    let words = &first.words;
    let waits = lead::who_waits(words, sum.still_open);
    match sum.still_open[0] {
        _ if sum.unknown == views.len() => words.say("title-no-data", &[("period", first.label.plain().into())]),
        // Who waits in a project that isn't known can't be told, so nobody may be said to.
        0 if sum.unknown > 0 => {
            words.say("several-title-unknown", &[("n", sum.unknown.into()), ("all", views.len().into())])
        }
        0 if waits.is_some() => waits.unwrap_or_default(),
        0 if !first.meaning.has(Of::Rate) => words.say("subject-calls", &[("n", sum.calls.into())]),
        0 if sum.offered() == 0 => words.word("title-no-calls"),
        0 if sum.missed == 0 => words.word("title-all-answered"),
        0 => words.word("title-nobody-waits"),
        _ => waits.unwrap_or_default(),
    }
}

/// The sentence under the title: what is known, and of how many projects nothing is.
pub(super) fn lead(first: &View<'_>, views: &[View<'_>], sum: &Sum) -> String {
    let words = &first.words;
    let known = projects(words, views.len() - sum.unknown);
    let mut sentences = Vec::new();
    if sum.unknown == views.len() {
        // The sentence on the unknown ones says it all.
    } else if !first.meaning.has(Of::Rate) {
        let calls = words.say("subject-calls", &[("n", sum.calls.into())]);
        sentences.push(words.say("several-chosen", &[("calls", calls.into()), ("projects", known.into())]));
    } else if sum.offered() > 0 {
        let rate = words.percent_or_nothing(ratio(sum.answered, sum.offered()));
        let values = [("rate", rate.into()), ("n", sum.offered().into()), ("projects", known.into())];
        sentences.push(words.say("several-lead", &values));
    } else if sum.unknown == 0 {
        sentences.push(words.say("lead-no-calls", &[("when", first.label.when().into())]));
    } else {
        let values = [("when", first.label.when().into()), ("projects", known.into())];
        sentences.push(words.say("several-no-calls", &values));
    }
    if sum.unknown > 0 {
        sentences.push(words.say("several-unknown", &[("n", sum.unknown.into())]));
    }
    sentences.join(" ")
}
