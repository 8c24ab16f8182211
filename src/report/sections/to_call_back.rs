//! Who waits for a call back at the period's end, longest waiting first, and what has happened since; who was reached by
//! then stands last.

use crate::domain::callback::{ClosedBy, Entry};
use crate::domain::document::{Align, Block, Cell, Column, Table, Text, Tone};
use crate::domain::figure::TableRow;
use crate::i18n::NOTHING;

use super::super::callers::{BACKLOG_DAYS, Waiting};
use super::super::origin;
use super::super::view::View;
use super::figures::{FIRST_RESPONSE, FIRST_RESPONSE_OPEN, figures};
use super::{Drawn, row, totals};

pub(super) fn draw(view: &View<'_>) -> Drawn {
    let rows = Some(view.callers.waiting.iter().map(|waiting| machine_row(view, waiting)).collect());
    let mut notes = notes(view);
    if view.callers.open() == 0 && notes.is_empty() && view.callers.reached == 0 {
        return Drawn { rows, ..Drawn::default() };
    }
    let words = &view.words;
    let mut blocks = vec![Block::Heading {
        section: "to_call_back".into(),
        text: words.word("to-call-back"),
        caption: Some(Text::plain(caption(view))),
    }];
    if !view.callers.waiting.is_empty() {
        blocks.push(Block::Table(table(view)));
    }
    notes.extend(speed(view));
    if !notes.is_empty() {
        blocks.push(Block::Note(Text::plain(notes.join(" "))));
    }
    Drawn { blocks, rows, ..Drawn::default() }
}

fn caption(view: &View<'_>) -> String {
    let (words, callers) = (&view.words, &view.callers);
    let hours = view.request.spec.options.response_window_hours;
    let mut parts = vec![match callers.open() {
        0 => words.word("to-call-back-nobody"),
        n if callers.lost > 0 => words.say(
            "to-call-back-caption-lost",
            &[("n", n.into()), ("lost", callers.lost.into()), ("hours", hours.into())],
        ),
        n => words.say("to-call-back-caption", &[("n", n.into())]),
    }];
    if callers.reached > 0 {
        let reached = words.say("to-call-back-reached", &[("n", callers.reached.into())]);
        let span = |seconds: Option<f64>| seconds.map(|seconds| words.span(seconds.ceil() as u64));
        let (clock, open) = (span(callers.responses.median), span(callers.responses.median_open));
        parts.push(match (clock, open) {
            (Some(clock), open) => {
                let id = if open.is_some() { "to-call-back-response-open" } else { "to-call-back-response" };
                let mut values = vec![("reached", reached.into()), ("clock", clock.as_str().into())];
                values.push(("span", open.as_deref().unwrap_or(&clock).into()));
                values.extend([("hours", hours.into()), ("n", callers.responses.in_window.into())]);
                words.say(id, &values)
            }
            _ => reached,
        });
    }
    parts.join(" · ")
}

fn table(view: &View<'_>) -> Table {
    let words = &view.words;
    let column =
        |id: &str, align, hide_when_narrow| Column { label: words.word(id), align, hide_when_narrow, is_bar: false };
    // Who was reached since has nothing to ask of anybody, and stands last.
    let mut waiting: Vec<&Waiting<'_>> = view.callers.waiting.iter().collect();
    waiting.sort_by_key(|waiting| waiting.entry.closed_at.is_some());
    let (shown, hidden) = waiting.split_at(waiting.len().min(view.max_rows()));
    let rows = shown.iter().map(|waiting| cells(view, waiting)).collect();
    let have_all_waited_less_long = hidden.iter().all(|waiting| waiting.entry.closed_at.is_none());
    let id = if have_all_waited_less_long { "more-rows" } else { "mail-more" };
    let cut = (!hidden.is_empty()).then(|| words.say(id, &[("n", hidden.len().into())]));
    Table {
        columns: vec![
            column("column-caller", Align::Start, false),
            column("column-tries-waited", Align::End, false),
            column("column-first-missed", Align::Start, true),
            column("column-source", Align::Start, true),
            column("column-since", Align::Start, false),
        ],
        rows,
        total: None,
        more: cut.clone(),
        cut: cut.map(|plain| view.cut(plain)),
    }
}

fn cells(view: &View<'_>, waiting: &Waiting<'_>) -> Vec<Cell> {
    let entry = waiting.entry;
    let number =
        Cell { link: view.mask.link(entry.client), ..Cell::strong(view.mask.number(&entry.client.to_string())) };
    let since = Cell {
        tone: if entry.closed_at.is_some() { Tone::Good } else { Tone::Plain },
        ..Cell::text(since(view, entry))
    };
    vec![
        number,
        Cell::text(tries(view, waiting)),
        Cell::text(view.moment_near(entry.opened_at)),
        Cell::text(origin(view, waiting).map_or_else(|| NOTHING.to_owned(), |label| origin::shown(label, &view.words))),
        since,
    ]
}

/// `3 · 1:05`: how often, and how long in all.
fn tries(view: &View<'_>, waiting: &Waiting<'_>) -> String {
    let tries = view.words.count(waiting.tries);
    match waiting.waited_sec {
        Some(seconds) => format!("{tries} · {}", view.words.duration(seconds)),
        None => tries,
    }
}

/// Where the call that opened the entry came from.
fn origin(view: &View<'_>, waiting: &Waiting<'_>) -> Option<String> {
    Some(view.origins.label(waiting.opening?, view.slice, view.people))
}

/// What became of a caller up to the run: reached, tried, called again, or nothing yet.
fn since(view: &View<'_>, entry: &Entry) -> String {
    let words = &view.words;
    if let Some(closed) = entry.closed_at {
        let id = if entry.closed_by == Some(ClosedBy::ClientReturn) { "since-returned" } else { "since-reached" };
        return words.say(id, &[("when", view.moment_near(closed).into())]);
    }
    let done = match entry.attempts.as_slice() {
        [] => words.word("since-not-called"),
        [once] => words.say("since-tried-once", &[("when", view.moment_near(*once).into())]),
        tries => words.say("since-tried", &[("n", tries.len().into())]),
    };
    match entry.missed.iter().rev().map(|miss| miss.at).find(|at| *at >= view.request.period.to()) {
        Some(again) => words.say("since-again", &[("done", done.into()), ("when", view.moment_near(again).into())]),
        None => done,
    }
}

/// How fast callers were called back, by whom, and whether that meets the goal.
fn speed(view: &View<'_>) -> Vec<String> {
    let (words, responses) = (&view.words, &view.callers.responses);
    let mut said = Vec::new();
    if let [Some(quarter), Some(hour), day] = responses.within {
        // Next to a median of working time the shares must say that they go by the clock.
        let clock = if responses.median_open.is_some() { "yes" } else { "no" };
        let mut values = vec![("quarter", words.percent(quarter).into()), ("hour", words.percent(hour).into())];
        values.push(("clock", clock.into()));
        let id = match day {
            Some(day) => {
                values.push(("day", words.percent(day).into()));
                "to-call-back-within-day"
            }
            None => "to-call-back-within",
        };
        said.push(words.say(id, &values));
    }
    if responses.same_agent + responses.colleague > 0 {
        let values = [("same", responses.same_agent.into()), ("colleague", responses.colleague.into())];
        said.push(words.say("to-call-back-by", &values));
    }
    let figures = figures(view);
    let goals = [(FIRST_RESPONSE_OPEN, "to-call-back-goal-open"), (FIRST_RESPONSE, "to-call-back-goal")];
    let goal =
        goals.iter().find_map(|(name, id)| Some((figures.get(*name).filter(|figure| figure.goal.is_some())?, id)));
    if let Some((figure, id)) = goal {
        said.push(words.say(id, &[("goal", totals::goal(view, Some(figure)).into())]));
    }
    said
}

/// Who has waited so long that they aren't listed any more; nothing where there is nobody.
pub(in super::super) fn backlog(view: &View<'_>) -> Option<String> {
    let id = if view.callers.waiting.is_empty() { "to-call-back-backlog-only" } else { "to-call-back-backlog" };
    let days = BACKLOG_DAYS.unsigned_abs();
    let values = [("n", view.callers.backlog.into()), ("days", days.into())];
    (view.callers.backlog > 0).then(|| view.words.say(id, &values))
}

fn notes(view: &View<'_>) -> Vec<String> {
    let words = &view.words;
    let mut notes = Vec::new();
    notes.extend(backlog(view));
    let nobody = [("to-call-back-withheld", view.now.missed_withheld), ("to-call-back-unread", view.now.missed_unread)];
    notes.extend(nobody.into_iter().filter(|(_, n)| *n > 0).map(|(id, n)| words.say(id, &[("n", n.into())])));
    notes
}

fn machine_row(view: &View<'_>, waiting: &Waiting<'_>) -> TableRow {
    let (entry, zone) = (waiting.entry, &view.request.zone);
    row! {
        "client_number": view.mask.plain(&format!("+{}", entry.client)),
        "tries": waiting.tries,
        "waited_sec": waiting.waited_sec,
        "first_missed_at": zone.rfc3339(entry.opened_at),
        "source": origin(view, waiting),
        "attempts": entry.attempts.len(),
        "last_attempt_at": entry.attempts.last().map(|at| zone.rfc3339(*at)),
        "reached_at": entry.closed_at.map(|at| zone.rfc3339(at)),
    }
}
