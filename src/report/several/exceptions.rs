//! What needs a person, wherever it is: no data, sources behind, callers to call back, goals missed.

use crate::domain::document::{Align, Cell, Column, MachineData, Table, Tone};
use crate::domain::figure::{Figure, Unit};
use crate::domain::instant::Instant;
use crate::domain::role::Scope;
use crate::i18n::{NOTHING, Words};

use super::super::callers::BACKLOG_DAYS;
use super::super::document::label;
use super::super::redact::Redactor;
use super::super::view::View;

/// Something that needs a person, worst first.
pub(super) struct Exception {
    rank: u8,
    /// Longer waiting first, more first.
    order: (Option<Instant>, std::cmp::Reverse<u64>),
    project: String,
    what: String,
    tone: Tone,
}

/// What of one project needs a person. Sources have names of their own, which may tell a number.
pub(super) fn exceptions(view: &View<'_>, data: &MachineData) -> Vec<Exception> {
    let mut found = all(view, data);
    if let Some(redactor) = Redactor::of(view) {
        found.iter_mut().for_each(|exception| redactor.string(&mut exception.what));
    }
    found
}

fn all(view: &View<'_>, data: &MachineData) -> Vec<Exception> {
    let words = &view.words;
    let exception =
        |rank, order, what, tone| Exception { rank, order, project: view.request.project.name.clone(), what, tone };
    let none = (None, std::cmp::Reverse(0));
    if view.request.rights.scope == Scope::Nothing {
        return vec![exception(3, none, words.word("several-own-unknown"), Tone::Plain)];
    }
    if view.stamp.no_data {
        return vec![exception(0, none, words.word("several-no-data"), Tone::Bad)];
    }
    let mut found = Vec::new();
    for (source, until) in &view.stamp.behind {
        let what = words.say("several-behind", &[("source", source.into()), ("until", view.moment(*until).into())]);
        found.push(exception(0, (Some(*until), std::cmp::Reverse(0)), what, Tone::Bad));
    }
    let [open, _] = view.still_open().unwrap_or_default();
    if open > 0 {
        // The backlog has waited longest, and isn't listed one by one.
        let backlog = view.callers.backlog;
        let mut entries = view.callers.waiting.iter().map(|waiting| waiting.entry);
        let first = entries.find(|entry| entry.closed_at.is_none()).map(|entry| entry.opened_at);
        let since = first.filter(|_| backlog == 0);
        let what = match since {
            None if backlog > 0 => {
                let days = BACKLOG_DAYS.unsigned_abs();
                let values = [("n", open.into()), ("backlog", backlog.into()), ("days", days.into())];
                words.say("several-to-call-back-backlog", &values)
            }
            Some(since) => {
                words.say("several-to-call-back", &[("n", open.into()), ("when", view.moment_near(since).into())])
            }
            None => words.say("subject-to-call-back", &[("n", open.into())]),
        };
        found.push(exception(1, (since, std::cmp::Reverse(open)), what, Tone::Plain));
    }
    for (name, figure) in &data.figures {
        if let Some(goal) = figure.goal.filter(|goal| goal.met == Some(false)) {
            let values = [
                ("figure", figure_name(words, name).into()),
                ("value", shown(words, figure, figure.value).into()),
                ("goal", shown(words, figure, Some(goal.target)).into()),
            ];
            found.push(exception(2, none, words.say("several-goal", &values), Tone::Plain));
        }
    }
    found
}

fn figure_name(words: &Words, name: &str) -> String {
    words.word(&crate::domain::figure::word(name))
}

/// A figure or its goal. Those of seconds are times to the first call back, said as in the project's own report.
fn shown(words: &Words, figure: &Figure, value: Option<f64>) -> String {
    match (figure.unit, value) {
        (_, None) => NOTHING.to_owned(),
        (Unit::Calls | Unit::Callers, Some(count)) => words.count(count as u64),
        (Unit::Ratio, Some(fraction)) => words.percent_set(fraction),
        (Unit::Seconds, Some(seconds)) => words.span(seconds.ceil() as u64),
    }
}

/// Worst first, whichever project it is of.
pub(super) fn table(words: &Words, mut exceptions: Vec<Exception>) -> Table {
    exceptions.sort_by_key(|exception| (exception.rank, exception.order));
    let column = |label: String| Column { label, align: Align::Start, hide_when_narrow: false, is_bar: false };
    Table {
        columns: vec![column(label(words, "project")), column(words.word("several-what"))],
        rows: exceptions
            .into_iter()
            .map(|one| vec![Cell::strong(one.project), Cell { tone: one.tone, ..Cell::text(one.what) }])
            .collect(),
        ..Table::default()
    }
}
