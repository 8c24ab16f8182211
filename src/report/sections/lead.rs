//! The title and the sentence under it: what happened, what drove it, what to do. Silent about changes that chance makes.

use super::super::meaning::{Meaning, Of};
use super::super::news::{Driver, Kind, Place, news};
use super::super::tally::Tally;
use super::super::view::View;
use super::drivers;
use crate::domain::call::Direction;
use crate::domain::role::Scope;
use crate::i18n::Words;

/// The one `h1`.
pub(in super::super) fn title(view: &View<'_>) -> String {
    let words = &view.words;
    let open = view.still_open().unwrap_or_default();
    if view.request.rights.scope == Scope::Nothing {
        return words.word("title-own-unknown");
    }
    if view.stamp.no_data {
        return words.say("title-no-data", &[("period", view.label.plain().into())]);
    }
    if let Some(title) = who_waits(words, open) {
        return title;
    }
    // What is chosen by outcome or by people doesn't tell whether everybody was answered.
    if !view.meaning.has(Of::Rate) {
        return words.say("subject-calls", &[("n", calls(view).into())]);
    }
    if view.now.offered() == 0 {
        return words.word(match () {
            () if is_partly_known(view) => "title-no-calls-partly",
            () if view.request.spec.filters.is_empty() => "title-no-calls",
            () => "title-no-calls-chosen",
        });
    }
    words.word(if view.now.missed == 0 { "title-all-answered" } else { "title-nobody-waits" })
}

/// Who still waits for a call back, and how many were reached since the period's end; `None` when nobody waited then.
pub(in super::super) fn who_waits(words: &Words, [open, reached]: [u64; 2]) -> Option<String> {
    let values = [("n", open.into()), ("words", words.small_number(open).into())];
    match (open, reached) {
        (0, 0) => None,
        (0, _) => Some(words.word("title-all-reached")),
        (_, 0) => Some(words.say("title-to-call-back", &values)),
        (_, reached) => {
            let title = words.say("title-to-call-back", &values);
            Some(words.say("title-some-reached", &[("title", title.into()), ("n", reached.into())]))
        }
    }
}

/// From here on "4.2 times as many" is easier to read than "320 % more".
const MANY_TIMES: u64 = 3;

/// The sentence under the title.
pub(in super::super) fn sentence(view: &View<'_>) -> String {
    let words = &view.words;
    if view.request.rights.scope == Scope::Nothing {
        return words.word("lead-own-unknown");
    }
    if view.stamp.no_data {
        return no_data(view);
    }
    if !view.meaning.has(Of::Rate) {
        return chosen(words, &view.meaning, view.now);
    }
    if view.now.offered() == 0 {
        return no_calls(view);
    }
    let calls = view.now.offered();
    let rate = words.percent_or_nothing(view.now.answer_rate());
    let Some((before, news)) = view.before.zip(news(view)) else {
        return match calls {
            1 => words.word(if view.now.answered == 1 { "lead-one-answered" } else { "lead-one-missed" }),
            _ => words.say("lead-plain", &[("rate", rate.into()), ("n", calls.into())]),
        };
    };
    let values = |id: &str, name: &'static str, size: String, clause: String| {
        let values = [
            ("rate", rate.as_str().into()),
            ("n", view.now.offered().into()),
            (name, size.into()),
            ("before", view.before_words().into()),
            ("driver", clause.into()),
        ];
        words.say(id, &values)
    };
    let (now, then) = (view.now, before);
    let points = || words.points(now.answer_rate().unwrap_or_default() - then.answer_rate().unwrap_or_default());
    let part = || words.percent(now.offered().abs_diff(then.offered()) as f64 / then.offered() as f64);
    let clause = news.driver.as_ref().and_then(|driver| drivers::clause(words, news.kind, driver));
    let told = match news.kind {
        Kind::RateUp => values("lead-rate-more", "points", points(), String::new()),
        Kind::RateDown => values("lead-rate-less", "points", points(), clause.clone().unwrap_or_default()),
        Kind::MoreCalls if now.offered() >= MANY_TIMES * then.offered() => {
            values("lead-volume-times", "change", words.times(now.offered(), then.offered()), String::new())
        }
        Kind::MoreCalls => values("lead-volume-more", "change", part(), String::new()),
        Kind::FewerCalls => values("lead-volume-less", "change", part(), String::new()),
    };
    match news.driver.filter(|_| clause.is_none()) {
        Some(driver) => format!("{told} {}", drivers::sentence(view, news.kind, &driver)),
        None => told,
    }
}

/// The hidden line that the inbox shows after the subject.
pub(in super::super) fn preview(view: &View<'_>) -> String {
    let words = &view.words;
    let now = view.now;
    let says_all = view.stamp.no_data || now.offered() == 0 || !view.meaning.has(Of::Rate);
    if view.request.rights.scope == Scope::Nothing || says_all {
        return sentence(view);
    }
    let rate = words.percent_or_nothing(now.answer_rate());
    let rate_moved = news(view).filter(|news| matches!(news.kind, Kind::RateUp | Kind::RateDown));
    let (Some(news), Some(before)) = (rate_moved, view.before) else { return sentence(view) };
    let difference = now.answer_rate().unwrap_or_default() - before.answer_rate().unwrap_or_default();
    let id = if news.kind == Kind::RateUp { "preview-up" } else { "preview-down" };
    let line = words.say(id, &[("rate", rate.into()), ("points", words.points(difference).into())]);
    match news.driver {
        Some(Driver { place: Place::Hours(weekday, hour), .. }) => {
            let when = drivers::when(words, weekday, hour);
            format!("{line} {}", words.say("preview-driver", &[("when", when.into())]))
        }
        Some(driver) => format!("{line} {}", drivers::sentence(view, news.kind, &driver)),
        None => line,
    }
}

/// Calls that the report is about: calls in, or whatever else its filters let through.
pub(in super::super) fn calls(view: &View<'_>) -> u64 {
    if view.meaning.has(Of::Offered) { view.now.offered() } else { view.now.all_calls() }
}

/// What became of chosen calls, where their share would mean nothing.
pub(in super::super) fn chosen(words: &Words, meaning: &Meaning<'_>, tally: &Tally) -> String {
    let counted =
        |id: &str, n: u64, of: &'static str, count: u64| words.say(id, &[("n", n.into()), (of, count.into())]);
    let of = |direction| tally.calls(direction, |_| true);
    match (meaning.has(Of::Answered), meaning.has(Of::Missed)) {
        (true, true) => words.say(
            "lead-chosen",
            &[("n", tally.offered().into()), ("answered", tally.answered.into()), ("missed", tally.missed.into())],
        ),
        (true, false) => words.say("lead-chosen-answered", &[("n", tally.answered.into())]),
        (false, true) => words.say("lead-chosen-missed", &[("n", tally.missed.into())]),
        (false, false) if meaning.has(Of::Outbound) => {
            let out = of(Direction::Outbound);
            match meaning.has(Of::OutboundReached) {
                true => counted("lead-chosen-outbound", out.calls, "reached", out.talked),
                false => words.say("lead-chosen-outbound-alone", &[("n", out.calls.into())]),
            }
        }
        (false, false) if meaning.has(Of::Requests) => {
            let requests = of(Direction::Callback);
            match meaning.has(Of::RequestsReached) {
                true => counted("lead-chosen-requests", requests.calls, "reached", requests.talked),
                false => words.say("lead-chosen-requests-alone", &[("n", requests.calls.into())]),
            }
        }
        (false, false) => words.say("lead-chosen-other", &[("n", tally.all_calls().into())]),
    }
}

/// Whether calls of the period may be missing from what we have.
fn is_partly_known(view: &View<'_>) -> bool {
    !view.stamp.behind.is_empty() || view.stamp.begins_at.is_some()
}

fn no_calls(view: &View<'_>) -> String {
    let words = &view.words;
    if is_partly_known(view) {
        return words.say("lead-no-calls-partly", &[("when", view.label.when().into())]);
    }
    let when = view.label.when();
    if !view.request.spec.filters.is_empty() {
        return words.say("lead-no-calls-chosen", &[("when", when.into())]);
    }
    let none = words.say("lead-no-calls", &[("when", when.into())]);
    let covered_until = view.slice.sources.values().filter_map(|source| Some(source.spans.last()?.to())).max();
    match covered_until.filter(|_| view.stamp.behind.is_empty()) {
        Some(until) => {
            let until = view.moment(until.min(view.request.made_at));
            format!("{none} {}", words.say("lead-source-worked", &[("until", until.into())]))
        }
        None => none,
    }
}

fn no_data(view: &View<'_>) -> String {
    let words = &view.words;
    let last = view.slice.sources.values().filter_map(|source| Some((source.last_event_at?, &source.name))).max();
    let when = view.label.when();
    match last {
        Some((at, name)) => words.say(
            "lead-no-data-since",
            &[("when", when.into()), ("source", name.into()), ("last", view.moment(at).into())],
        ),
        None if view.slice.sources.is_empty() => words.say("lead-no-data", &[("when", when.into())]),
        None => words.say("lead-no-data-uncovered", &[("when", when.into())]),
    }
}
