//! The figures for people: four on cards at the top, all of them with their change in one table at the end.

use std::collections::BTreeMap;

use crate::domain::document::{Align, Block, Card, Cell, Column, Table, Text, Tone};
use crate::domain::figure::{Figure, Unit};
use crate::i18n::NOTHING;

use super::super::change::{FEW_CALLS, count_change, figure_change, rate_arrow, rates_differ};
use super::super::meaning::Of;
use super::super::tally::Tally;
use super::super::view::View;
use super::figures::{SERVICE_LEVEL, figures, means};
use super::{Drawn, hours};

/// One row of the table: figures that belong together, in the order that its label names, and the one without which
/// there are no rates.
struct Row {
    label: &'static str,
    /// Its label where there are no rates; `None`: it has none.
    without_rates: Option<&'static str>,
    names: &'static [&'static str],
    /// What is left of them, which is shown where there is any, and the label that names it too.
    rest: Option<(&'static str, &'static str)>,
    change: &'static str,
}

/// The rows, in order.
const ROWS: &[Row] = &[
    row("figure-calls", &["totals.calls"], "totals.calls"),
    Row {
        without_rates: Some("figure-answered"),
        ..row("figures-answered", &["totals.answered", "totals.answer_rate"], "totals.answer_rate")
    },
    Row {
        without_rates: Some("figure-missed"),
        ..row("figures-missed", &["totals.missed", "totals.missed_rate"], "totals.missed_rate")
    },
    row("figures-missed-hours", &["totals.missed_in_hours", "totals.missed_outside_hours"], "totals.missed_in_hours"),
    row("figure-answer-rate-in-hours", &["totals.answer_rate_in_hours"], "totals.answer_rate_in_hours"),
    row("figure-to-call-back", &["totals.to_call_back"], "totals.to_call_back"),
    row("figures-callers", &["totals.unique_callers", "totals.new_callers"], "totals.unique_callers"),
    row("figure-target", &["totals.target"], "totals.target"),
    row("figures-wait", &["totals.wait_median_sec", "totals.asa_sec", "totals.wait_p90_sec"], "totals.wait_median_sec"),
    row("figures-service-level", &[SERVICE_LEVEL], SERVICE_LEVEL),
    row("figure-talk", &["totals.talk_avg_sec"], "totals.talk_avg_sec"),
    row("figures-outbound", &["totals.outbound", "totals.outbound_reached"], "totals.outbound"),
    Row {
        rest: Some(("totals.callback_other", "figures-requests-other")),
        ..row(
            "figures-requests",
            &[
                "totals.callback_requests",
                "totals.callback_reached",
                "totals.callback_client_not_reached",
                "totals.callback_not_taken",
            ],
            "totals.callback_requests",
        )
    },
];

/// Between the figures of one cell: a line may end after it, not before.
const BETWEEN: &str = "\u{a0}· ";

const fn row(label: &'static str, names: &'static [&'static str], change: &'static str) -> Row {
    Row { label, without_rates: None, names, rest: None, change }
}

pub(super) fn draw(view: &View<'_>) -> Drawn {
    let figures = figures(view);
    let mut drawn = Drawn { top: vec![Block::Cards(cards(view, &figures))], ..Drawn::default() };
    drawn.top.extend(hours::differ(view));
    if view.now.all_calls() > 0 {
        drawn.end = all_figures(view, &figures);
    }
    drawn
}

/// The figures of a card each: four, or those of them that the filters leave any meaning.
pub(in super::super) fn cards(view: &View<'_>, figures: &BTreeMap<String, Figure>) -> Vec<Card> {
    let (words, now) = (&view.words, view.now);
    let plain = |label: &str, value: String, change: String| Card {
        label: words.word(label),
        value,
        change,
        detail: String::new(),
        tone: Tone::Mute,
    };
    let changed =
        |now: u64, before: Option<u64>| before.map(|before| count_change(words, now, before)).unwrap_or_default();
    let has = |of| view.meaning.has(of);
    let mut cards = Vec::new();
    if has(Of::Offered) {
        let before = view.before.map(Tally::offered);
        cards.push(plain("figure-calls", words.count(now.offered()), changed(now.offered(), before)));
    }
    if has(Of::Rate) {
        let mut answered = plain("figure-answered", words.percent_or_nothing(now.answer_rate()), String::new());
        (answered.change, answered.tone) = rate_change(view);
        answered.detail = goal(view, figures.get("totals.answer_rate"));
        cards.push(answered);
    } else if has(Of::Answered) {
        let before = view.before.map(|before| before.answered);
        cards.push(plain("figure-answered", words.count(now.answered), changed(now.answered, before)));
    }
    if has(Of::Missed) {
        let before = view.before.map(|before| before.missed);
        let mut missed = plain("figure-missed", words.count(now.missed), changed(now.missed, before));
        if before.is_some_and(|before| before > 0 && now.missed > before) {
            missed.change = words.say("change-arrow-up", &[("size", missed.change.as_str().into())]);
            if rate_change(view).1 == Tone::Bad {
                missed.tone = Tone::Bad;
            }
        }
        missed.detail = hours::detail(view);
        cards.push(missed);
    }
    if let Some(open) = view.open() {
        let before = view
            .open_before()
            .map(|open| words.say("card-before", &[("before", view.before_words().into()), ("n", open.into())]));
        cards.push(plain("figure-to-call-back", words.count(open), before.unwrap_or_default()));
    }
    if !has(Of::Offered) {
        let ours = [
            (Of::Outbound, "figure-outbound", "totals.outbound"),
            (Of::OutboundReached, "figure-outbound-reached", "totals.outbound_reached"),
            (Of::Requests, "figure-callback-requests", "totals.callback_requests"),
            (Of::RequestsReached, "figure-callback-reached", "totals.callback_reached"),
        ];
        for (_, label, name) in ours.iter().filter(|(of, ..)| has(*of)) {
            let Some(figure) = figures.get(*name) else { continue };
            let change = figure_change(words, figure.unit, figure.value, figure.previous);
            let change = if figure.previous.is_some() { change } else { String::new() };
            cards.push(plain(label, show(view, figure.unit, figure.value), change));
        }
    }
    let counted = [Of::Offered, Of::Outbound, Of::OutboundReached, Of::Requests, Of::RequestsReached];
    if !counted.into_iter().any(has) {
        let before = view.before.map(Tally::all_calls);
        cards.insert(0, plain("call-list", words.count(now.all_calls()), changed(now.all_calls(), before)));
    }
    cards
}

/// How the answer rate moved, and in which tone that is said; nothing where it can't be compared.
fn rate_change(view: &View<'_>) -> (String, Tone) {
    let (words, now) = (&view.words, view.now);
    let Some(before) = view.before else { return (String::new(), Tone::Mute) };
    let (Some(rate), Some(rate_before)) = (view.answer_rate(now), view.answer_rate(before)) else {
        return (String::new(), Tone::Mute);
    };
    let clearly = rates_differ((now.answered, now.offered()), (before.answered, before.offered()));
    let tone = match clearly {
        true if rate < rate_before => Tone::Bad,
        true => Tone::Good,
        false => Tone::Mute,
    };
    (rate_arrow(words, rate, rate_before), tone)
}

/// `goal 90 %: not met`; empty without a goal.
pub(super) fn goal(view: &View<'_>, figure: Option<&Figure>) -> String {
    let words = &view.words;
    let Some((figure, goal)) = figure.and_then(|figure| Some((figure, figure.goal?))) else { return String::new() };
    let target = match figure.unit {
        Unit::Ratio => words.percent_set(goal.target),
        Unit::Seconds => words.span(goal.target as u64),
        Unit::Calls | Unit::Callers => words.count(goal.target as u64),
    };
    let id = match goal.met {
        Some(true) => "goal-met",
        Some(false) => "goal-not-met",
        None => "goal-unknown",
    };
    words.say(id, &[("goal", target.into())])
}

fn all_figures(view: &View<'_>, figures: &BTreeMap<String, Figure>) -> Vec<Block> {
    let words = &view.words;
    let column =
        |id: &str, align, hide_when_narrow| Column { label: words.word(id), align, hide_when_narrow, is_bar: false };
    let mut columns = vec![
        Column { label: String::new(), align: Align::Start, hide_when_narrow: false, is_bar: false },
        column("column-this", Align::End, false),
    ];
    let compares = view.before.is_some();
    if compares {
        columns.push(column("column-before", Align::End, true));
        columns.push(column("column-change", Align::End, false));
    }
    let rows: Vec<Vec<Cell>> = ROWS.iter().filter_map(|row| cells(view, row, figures, compares)).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let compared = view
        .before
        .and(view.label_before.as_ref())
        .map(|label| Text::plain(words.say("compared-with", &[("period", label.plain().into())])));
    let mut blocks = vec![
        Block::Heading { section: "totals".into(), text: words.word("all-figures"), caption: compared },
        Block::Table(Table { columns, rows, ..Table::default() }),
    ];
    let fewest = view.before.map_or(u64::MAX, Tally::offered).min(view.now.offered());
    if compares && fewest < FEW_CALLS {
        blocks.push(Block::Note(Text::plain(words.say("few-calls", &[("n", FEW_CALLS.into())]))));
    }
    blocks
}

/// A row of the table; `None`: the report doesn't have the figure, or nothing of that kind happened in either period.
fn cells(view: &View<'_>, row: &Row, figures: &BTreeMap<String, Figure>, compares: bool) -> Option<Vec<Cell>> {
    let words = &view.words;
    let alone = row.without_rates.filter(|_| !means(view, row.change));
    let silent = |figure: &&Figure| {
        let nothing = |value: Option<f64>| value.is_none_or(|value| value == 0.0);
        nothing(figure.value) && nothing(figure.previous)
    };
    let has_rest = row.rest.is_some_and(|(name, _)| figures.get(name).is_some_and(|rest| !silent(&rest)));
    let names: Vec<&str> = if alone.is_some() {
        vec![row.names[0]]
    } else {
        row.names.iter().copied().chain(row.rest.filter(|_| has_rest).map(|(name, _)| name)).collect()
    };
    let all: Vec<&Figure> = names.iter().filter_map(|name| figures.get(*name)).collect();
    let first = all.first()?;
    if !names.iter().any(|name| means(view, name)) {
        return None;
    }
    let optional = matches!(
        row.label,
        "figures-missed-hours" | "figure-answer-rate-in-hours" | "figures-outbound" | "figures-requests"
    );
    if optional && all.iter().all(silent) {
        return None;
    }
    let told = |value: fn(&Figure) -> Option<f64>| {
        let parts: Vec<String> = all.iter().map(|figure| show(view, figure.unit, value(figure))).collect();
        if parts.iter().all(|part| part == NOTHING) { NOTHING.to_owned() } else { parts.join(BETWEEN) }
    };
    let label = match view.request.project.settings.goals.service_level {
        Some(level) if row.label == "figures-service-level" => {
            words.say(row.label, &[("seconds", level.seconds.into()), ("formula", level.formula.name().into())])
        }
        _ => words.word(alone.or(row.rest.filter(|_| has_rest).map(|(_, label)| label)).unwrap_or(row.label)),
    };
    // The goal of the answer rate stands on its card, that of the first response with the callers.
    let goal = if row.label == "figures-service-level" { goal(view, Some(first)) } else { String::new() };
    let label = if goal.is_empty() { label } else { format!("{label} · {goal}") };
    let mut cells = vec![Cell::strong(label), Cell::text(told(|figure| figure.value))];
    if compares {
        cells.push(Cell::text(told(|figure| figure.previous)));
        let changes: Vec<String> =
            all.iter().map(|figure| figure_change(words, figure.unit, figure.value, figure.previous)).collect();
        let in_a_word = [NOTHING.to_owned(), words.word("change-none"), words.word("change-new")].contains(&changes[0]);
        let changes = match in_a_word && changes.iter().all(|change| *change == changes[0]) {
            true => changes[0].clone(),
            false => changes.join(BETWEEN),
        };
        cells.push(Cell::text(changes));
    }
    Some(cells)
}

fn show(view: &View<'_>, unit: Unit, value: Option<f64>) -> String {
    let words = &view.words;
    match (unit, value) {
        (_, None) => NOTHING.to_owned(),
        (Unit::Calls | Unit::Callers, Some(count)) => words.count(count as u64),
        (Unit::Ratio, Some(fraction)) => words.percent(fraction),
        (Unit::Seconds, Some(seconds)) => words.wait(seconds.round() as u64),
    }
}
