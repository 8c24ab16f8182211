//! "How we count": what is missed, which formulas, what was left out, what it is compared with, and what it all rests on.
//! Where trust lives, so it is in every report.

use crate::domain::document::{Span, Text};
use crate::domain::figure::DataStamp;
use crate::domain::missed::MissedSet;
use crate::domain::role::Scope;

use super::later;
use super::meaning::{NoRates, Of};
use super::sections::working_hours;
use super::service;
use super::stamp::{has_previous, unstated};
use super::unlisted;
use super::view::View;

/// The small paragraphs at the end.
pub(super) fn foot(view: &View<'_>) -> Vec<Text> {
    let mut paragraphs = paragraphs(view).into_iter().map(|sentences| sentences.join(" "));
    let how = paragraphs.next().map(|text| how_we_count(view, &text));
    how.into_iter().chain(paragraphs.map(Text::plain)).collect()
}

/// The paragraph that says how calls are counted, from its sentences.
pub(super) fn how_we_count(view: &View<'_>, sentences: &str) -> Text {
    Text(vec![
        Span { text: view.words.word("foot-how"), strong: true, link: None },
        Span { text: format!(" {sentences}"), strong: false, link: None },
    ])
}

/// The foot by paragraph and sentence; the first paragraph says how calls are counted.
pub(super) fn paragraphs(view: &View<'_>) -> Vec<Vec<String>> {
    let mut paragraphs = vec![counting(view), vec![left_out(view)]];
    let lines = unlisted::lines(view).into_iter();
    let lines = lines.chain(view.only().map(|only| format!("{only}.")));
    let lines = lines.chain(no_rates(view).map(|id| view.words.word(id)));
    let lines = lines.chain(compared(view)).chain(later::later(view));
    paragraphs.extend(lines.map(|line| vec![line]));
    paragraphs.push(data(view));
    let notes: Vec<String> = view.request.notes.iter().filter_map(|note| said(view, note)).collect();
    if !notes.is_empty() {
        paragraphs.push(notes);
    }
    paragraphs
}

/// Why the report has no rates.
fn no_rates(view: &View<'_>) -> Option<&'static str> {
    if view.request.rights.scope == Scope::Nothing {
        return None;
    }
    view.meaning.no_rates().map(|why| match why {
        NoRates::ByOutcome => "foot-no-rates-outcome",
        NoRates::ByPeople => "foot-no-rates-people",
    })
}

fn counting(view: &View<'_>) -> Vec<String> {
    let words = &view.words;
    let options = &view.request.spec.options;
    let mut sentences = vec![missed(view)];
    sentences.extend(view.meaning.has(Of::Rate).then(|| words.word("foot-rate")));
    sentences.push(words.word("foot-times"));
    let unknown = view.now.answered - view.now.wait.known;
    if unknown > 0 {
        sentences.push(words.say("foot-wait-unknown", &[("n", unknown.into())]));
    }
    let unknown = view.now.answered - view.now.talk.known;
    if unknown > 0 {
        sentences.push(words.say("foot-talk-unknown", &[("n", unknown.into())]));
    }
    sentences.push(match options.sale_cycle_days {
        0 => words.say("foot-target", &[("seconds", options.target_talk_sec.into())]),
        days => words.say("foot-target-cycle", &[("seconds", options.target_talk_sec.into()), ("days", days.into())]),
    });
    if let Some(from) = view.slice.history_from.filter(|_| view.before.is_some() && !view.compares_target()) {
        let from = words.day_month_year(view.local(from).date());
        sentences.push(words.say("foot-target-kept", &[("from", from.into())]));
    }
    if let Some(from) = view.slice.history_from.filter(|from| *from < view.request.period.from()) {
        let from = words.day_month_year(view.local(from).date());
        sentences.push(words.say("foot-new", &[("from", from.into())]));
    }
    let level = view.request.project.settings.goals.service_level;
    if let Some(level) = level.filter(|_| view.meaning.has(Of::Rate)) {
        let values = [
            ("seconds", level.seconds.into()),
            ("formula", level.formula.name().into()),
            ("letters", level.formula.letters().into()),
            ("short", options.short_call_sec.into()),
        ];
        sentences.push(words.say("foot-service-level", &values));
        let outside = service::outside(view.calls, options);
        if outside > 0 {
            sentences.push(words.say("foot-service-level-outside", &[("n", outside.into())]));
        }
    }
    sentences.push(words.say("foot-short", &[("seconds", options.short_call_sec.into())]));
    sentences.extend(working_hours(view));
    if view.slice.numbers.values().any(|number| number.tells_source()) {
        sentences.push(words.word("foot-number-source"));
    }
    sentences
}

/// The missed set, in words: in the usual five groups, or word by word where a report has its own.
fn missed(view: &View<'_>) -> String {
    let words = &view.words;
    let set = view.request.spec.options.missed;
    if set == MissedSet::default() {
        return words.word("foot-missed");
    }
    let named = set.words().map(|word| words.word(&format!("status-missed-{}", word.replace('_', "-"))));
    words.say("foot-missed-set", &[("set", named.collect::<Vec<_>>().join(", ").into())])
}

fn left_out(view: &View<'_>) -> String {
    let words = &view.words;
    let parts: Vec<String> = view
        .stamp
        .left_out
        .iter()
        .filter(|(_, count)| **count > 0)
        .map(|(status, count)| words.say(&format!("left-out-{}", status.replace('_', "-")), &[("n", (*count).into())]))
        .collect();
    if parts.is_empty() {
        words.word("foot-nothing-left-out")
    } else {
        words.say("foot-left-out", &[("parts", parts.join(", ").into())])
    }
}

fn compared(view: &View<'_>) -> Option<String> {
    let words = &view.words;
    let before = view.label_before.as_ref()?;
    let period = before.plain();
    if view.before.is_some() {
        return Some(words.say("foot-compared", &[("period", period.into())]));
    }
    let over = view.request.period.to() <= view.request.made_at;
    let id = if !over {
        "foot-not-compared-not-over"
    } else if view.stamp.no_data || !view.stamp.behind.is_empty() {
        "foot-not-compared-incomplete"
    } else if has_previous(view.slice) {
        "foot-not-compared-incomplete-before"
    } else {
        "foot-not-compared-no-data"
    };
    Some(words.say(id, &[("period", period.into())]))
}

fn data(view: &View<'_>) -> Vec<String> {
    let words = &view.words;
    let stamp = &view.stamp;
    let mut sentences = vec![match stamp.last_call_at {
        Some(last) => words.say(
            "foot-data",
            &[
                ("calls", stamp.calls.into()),
                ("last", view.moment(last).into()),
                ("open", stamp.open.into()),
                ("unknown", stamp.unknown.into()),
            ],
        ),
        None if view.request.spec.filters.is_empty() => words.word("foot-data-none"),
        None => words.word("foot-data-none-chosen"),
    }];
    sentences.extend(coverage(view, stamp));
    let made = view.moment(view.request.made_at);
    sentences.push(words.say("foot-made", &[("at", made.into()), ("zone", view.request.zone.name().into())]));
    sentences
}

fn coverage(view: &View<'_>, stamp: &DataStamp) -> Vec<String> {
    let words = &view.words;
    if stamp.coverage_unstated {
        return vec![words.word("foot-coverage-unstated")];
    }
    let filters = &view.request.spec.filters;
    let begin = stamp.begins_at.map(|from| words.say("foot-coverage-from", &[("from", view.moment(from).into())]));
    let behind = stamp.behind.iter().map(|(source, until)| {
        words.say("foot-coverage-behind", &[("source", source.into()), ("until", view.moment(*until).into())])
    });
    let unstated =
        unstated(view.slice, filters).map(|source| words.say("foot-coverage-not-stated", &[("source", source.into())]));
    let remarks: Vec<String> = begin.into_iter().chain(behind).chain(unstated).collect();
    if remarks.is_empty() && !stamp.no_data { vec![words.word("foot-coverage-whole")] } else { remarks }
}

/// What a note of the run means for the reader.
fn said(view: &View<'_>, note: &str) -> Option<String> {
    let id = match note {
        "gap" => "note-gap",
        "overlap" => "note-overlap",
        "clamped" => "note-clamped",
        "day_off" => "note-day-off",
        "cut_at_31_days" => "note-cut-at-31-days",
        "first" => "note-first",
        _ => return None,
    };
    Some(view.words.word(id))
}
