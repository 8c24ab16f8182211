//! The figures: four on cards at the top, all of them with their change at the end. Each
//! figure is one line of a table, with its name for machines and its formula.

use std::collections::BTreeMap;

use crate::domain::call::{CallStatus, Direction};
use crate::domain::document::{Align, Block, Card, Cell, Column, Table, Text, Tone};
use crate::domain::figure::{Figure, Unit};
use crate::i18n::NOTHING;

use super::super::callers::Callers;
use super::super::change::{FEW_CALLS, count_change, figure_change, rates_differ};
use super::super::hours::InHours;
use super::super::reasons::{self, GROUPS};
use super::super::tally::Tally;
use super::super::view::View;
use super::{Drawn, hours};

/// What is counted of one of the two periods.
struct Side<'a> {
    tally: &'a Tally,
    open: Option<u64>,
    /// Only known of the period itself.
    callers: Option<&'a Callers<'a>>,
    /// In working hours, and outside; `None`: the project has no calendar.
    hours: Option<[InHours; 2]>,
}

/// One line of the table of figures.
struct Line {
    name: &'static str,
    /// Its label for people; `None`: machines only.
    label: Option<&'static str>,
    unit: Unit,
    formula: &'static str,
    value: fn(&Side<'_>) -> Option<f64>,
}

/// Every figure of the totals, in the order in which people see them.
const LINES: &[Line] = &[
    line("totals.calls", Some("figure-calls"), Unit::Calls, "answered + missed, inbound", |s| some(s.tally.offered())),
    line("totals.answered", Some("figure-answered"), Unit::Calls, "inbound calls that a person answered", |s| {
        some(s.tally.answered)
    }),
    line("totals.answer_rate", Some("figure-answer-rate"), Unit::Ratio, "answered / (answered + missed)", |s| {
        s.tally.answer_rate()
    }),
    line("totals.missed", Some("figure-missed"), Unit::Calls, "inbound calls of the missed set", |s| {
        some(s.tally.missed)
    }),
    line("totals.missed_rate", Some("figure-missed-rate"), Unit::Ratio, "missed / (answered + missed)", |s| {
        s.tally.missed_rate()
    }),
    line("totals.calls_in_hours", None, Unit::Calls, "calls in that began in working hours", |s| {
        s.hours.and_then(|[within, _]| some(within.offered()))
    }),
    line("totals.calls_outside_hours", None, Unit::Calls, "calls in that began outside working hours", |s| {
        s.hours.and_then(|[_, outside]| some(outside.offered()))
    }),
    line("totals.answered_in_hours", None, Unit::Calls, "answered calls that began in working hours", |s| {
        s.hours.and_then(|[within, _]| some(within.answered))
    }),
    line("totals.answered_outside_hours", None, Unit::Calls, "answered calls that began outside working hours", |s| {
        s.hours.and_then(|[_, outside]| some(outside.answered))
    }),
    line(
        "totals.missed_in_hours",
        Some("figure-missed-in-hours"),
        Unit::Calls,
        "missed calls that began in working hours",
        |s| s.hours.and_then(|[within, _]| some(within.missed)),
    ),
    line(
        "totals.missed_outside_hours",
        Some("figure-missed-outside-hours"),
        Unit::Calls,
        "missed calls that began outside working hours",
        |s| s.hours.and_then(|[_, outside]| some(outside.missed)),
    ),
    line(
        "totals.answer_rate_in_hours",
        Some("figure-answer-rate-in-hours"),
        Unit::Ratio,
        "answered_in_hours / calls_in_hours",
        |s| s.hours.and_then(|[within, _]| within.answer_rate()),
    ),
    line("totals.answer_rate_outside_hours", None, Unit::Ratio, "answered_outside_hours / calls_outside_hours", |s| {
        s.hours.and_then(|[_, outside]| outside.answer_rate())
    }),
    line("totals.missed_short", None, Unit::Calls, "missed, and the caller left within the short-call limit", |s| {
        some(s.tally.short)
    }),
    line("totals.to_call_back", Some("figure-to-call-back"), Unit::Callers, "callers open at the period's end", |s| {
        s.open.and_then(some)
    }),
    line("totals.unique_callers", Some("figure-unique-callers"), Unit::Callers, "distinct numbers of calls in", |s| {
        some(s.tally.callers)
    }),
    line("totals.target", Some("figure-target"), Unit::Calls, "answered calls marked or long enough as target", |s| {
        some(s.tally.target)
    }),
    line("totals.wait_median_sec", Some("figure-wait-median"), Unit::Seconds, "median(wait of answered)", |s| {
        s.tally.wait_median
    }),
    line(
        "totals.asa_sec",
        Some("figure-asa"),
        Unit::Seconds,
        "sum(wait of answered) / answered with known wait",
        |s| s.tally.wait.mean(),
    ),
    line("totals.talk_avg_sec", Some("figure-talk"), Unit::Seconds, "sum(talk) / answered with known talk", |s| {
        s.tally.talk.mean()
    }),
    line("totals.outbound", Some("figure-outbound"), Unit::Calls, "outbound calls", |s| {
        some(s.tally.calls(Direction::Outbound, |_| true).calls)
    }),
    line("totals.outbound_reached", Some("figure-outbound-reached"), Unit::Calls, "outbound calls with talk", |s| {
        some(s.tally.calls(Direction::Outbound, |_| true).talked)
    }),
    line("totals.callback_requests", Some("figure-requests"), Unit::Calls, "call-back requests", |s| {
        some(s.tally.calls(Direction::Callback, |_| true).calls)
    }),
    line(
        "totals.callback_reached",
        Some("figure-requests-reached"),
        Unit::Calls,
        "call-back requests with talk",
        |s| some(s.tally.calls(Direction::Callback, |_| true).talked),
    ),
    line("totals.callback_client_not_reached", None, Unit::Calls, "call-back requests, client not reached", |s| {
        let not_reached = |status| matches!(status, CallStatus::ClientNoAnswer | CallStatus::ClientBusy);
        some(s.tally.calls(Direction::Callback, not_reached).calls)
    }),
    line("totals.callback_not_taken", None, Unit::Calls, "call-back requests that our side didn't take", |s| {
        some(s.tally.calls(Direction::Callback, CallStatus::is_missed).calls)
    }),
    line("to_call_back.lost", None, Unit::Callers, "open callers whose response window has passed", |s| {
        s.callers.and_then(|callers| some(callers.lost))
    }),
    line("to_call_back.waiting", None, Unit::Callers, "open callers still within the response window", |s| {
        s.callers.and_then(|callers| some(callers.open() - callers.lost))
    }),
    line("to_call_back.reached", None, Unit::Callers, "callers whose entry ended within the period", |s| {
        s.callers.and_then(|callers| some(callers.reached))
    }),
    line(
        "to_call_back.first_response_median_sec",
        None,
        Unit::Seconds,
        "median(first try of ours - first missed call), within the response window",
        |s| s.callers.and_then(|callers| callers.first_response_median),
    ),
];

const fn line(
    name: &'static str,
    label: Option<&'static str>,
    unit: Unit,
    formula: &'static str,
    value: fn(&Side<'_>) -> Option<f64>,
) -> Line {
    Line { name, label, unit, formula, value }
}

#[expect(clippy::unnecessary_wraps, reason = "lines are of functions that may have nothing to say")]
fn some(count: u64) -> Option<f64> {
    Some(count as f64)
}

pub(super) fn draw(view: &View<'_>) -> Drawn {
    let mut drawn = Drawn { top: vec![Block::Cards(cards(view))], ..Drawn::default() };
    drawn.top.extend(hours::differ(view));
    if view.now.all_calls() > 0 {
        drawn.end = all_figures(view);
    }
    drawn
}

/// Every figure for machines, whatever the sections of the report.
pub(in super::super) fn figures(view: &View<'_>) -> BTreeMap<String, Figure> {
    let (now, before) = sides(view);
    let mut figures: BTreeMap<String, Figure> = lines(view)
        .map(|line| {
            let value = (line.value)(&now).filter(|_| !view.stamp.no_data);
            let previous = before.as_ref().and_then(|side| (line.value)(side));
            (line.name.to_owned(), figure(line.unit, line.formula, value, previous))
        })
        .collect();
    let missed = view.request.spec.options.missed;
    for (group, name) in GROUPS.iter().enumerate() {
        let value = some(reasons::count(view.now, group, missed)).filter(|_| !view.stamp.no_data);
        let previous = view.before.and_then(|before| some(reasons::count(before, group, missed)));
        let formula = format!("missed calls of the group {name}");
        figures.insert(format!("totals.missed_{name}"), figure(Unit::Calls, &formula, value, previous));
    }
    figures
}

fn figure(unit: Unit, formula: &str, value: Option<f64>, previous: Option<f64>) -> Figure {
    let delta = value.zip(previous).map(|(value, previous)| value - previous);
    Figure { value, previous, delta, unit, formula: formula.to_owned(), goal: None }
}

/// The lines that this report has: those of working hours only where they are known.
fn lines(view: &View<'_>) -> impl Iterator<Item = &'static Line> {
    let has_hours = view.hours.is_some();
    LINES.iter().filter(move |line| has_hours || !line.name.ends_with("_hours"))
}

fn sides<'a>(view: &'a View<'_>) -> (Side<'a>, Option<Side<'a>>) {
    let both = |hours: Option<InHours>, all: &Tally| hours.map(|within| [within, within.outside(all)]);
    let now = Side {
        tally: view.now,
        open: Some(view.callers.open()),
        callers: Some(&view.callers),
        hours: both(view.hours, view.now),
    };
    let before = view.before.map(|tally| Side {
        tally,
        open: view.callers.open_before,
        callers: None,
        hours: both(view.hours_before, tally),
    });
    (now, before)
}

fn cards(view: &View<'_>) -> Vec<Card> {
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
    let calls =
        plain("figure-calls", words.count(now.offered()), changed(now.offered(), view.before.map(Tally::offered)));
    let mut answered = plain("figure-answered", words.percent_or_nothing(now.answer_rate()), String::new());
    let mut missed =
        plain("figure-missed", words.count(now.missed), changed(now.missed, view.before.map(|before| before.missed)));
    missed.detail = hours::detail(view);
    if let Some(before) = view.before {
        let clearly = rates_differ((now.answered, now.offered()), (before.answered, before.offered()));
        if let (Some(rate), Some(rate_before)) = (now.answer_rate(), before.answer_rate()) {
            let points = words.points(rate - rate_before);
            let id = if (rate - rate_before).abs() < 0.0005 {
                "change-none"
            } else if rate > rate_before {
                "change-arrow-up"
            } else {
                "change-arrow-down"
            };
            answered.change = words.say(id, &[("size", points.into())]);
            if clearly {
                answered.tone = if rate < rate_before { Tone::Bad } else { Tone::Good };
            }
        }
        if now.missed > before.missed && before.missed > 0 {
            missed.change = words.say("change-arrow-up", &[("size", missed.change.as_str().into())]);
            if clearly && answered.tone == Tone::Bad {
                missed.tone = Tone::Bad;
            }
        }
    }
    let before = view
        .open_before()
        .map(|open| words.say("card-before", &[("before", view.before_words().into()), ("n", open.into())]));
    let to_call_back = plain("figure-to-call-back", words.count(view.callers.open()), before.unwrap_or_default());
    vec![calls, answered, missed, to_call_back]
}

fn all_figures(view: &View<'_>) -> Vec<Block> {
    let words = &view.words;
    let (now, before) = sides(view);
    let show = |unit: Unit, value: Option<f64>| match (unit, value) {
        (_, None) => NOTHING.to_owned(),
        (Unit::Calls | Unit::Callers, Some(count)) => words.count(count as u64),
        (Unit::Ratio, Some(fraction)) => words.percent(fraction),
        (Unit::Seconds, Some(seconds)) => words.wait(seconds.round() as u64),
    };
    let column =
        |id: &str, align, hide_when_narrow| Column { label: words.word(id), align, hide_when_narrow, is_bar: false };
    let mut columns = vec![
        Column { label: String::new(), align: Align::Start, hide_when_narrow: false, is_bar: false },
        column("column-this", Align::End, false),
    ];
    if before.is_some() {
        columns.push(column("column-before", Align::End, true));
        columns.push(column("column-change", Align::End, false));
    }
    let rows = lines(view)
        .filter_map(|line| {
            let (value, previous) = ((line.value)(&now), before.as_ref().and_then(|side| (line.value)(side)));
            let mut cells = vec![Cell::strong(words.word(line.label?)), Cell::text(show(line.unit, value))];
            if before.is_some() {
                cells.push(Cell::text(show(line.unit, previous)));
                cells.push(Cell::text(figure_change(words, line.unit, value, previous)));
            }
            Some(cells)
        })
        .collect();
    let compared = view
        .before
        .and(view.label_before.as_ref())
        .map(|label| Text::plain(words.say("compared-with", &[("period", label.plain().into())])));
    let mut blocks = vec![
        Block::Heading { section: "totals".into(), text: words.word("all-figures"), caption: compared },
        Block::Table(Table { columns, rows, total: None, more: None }),
    ];
    let fewest = view.before.map_or(u64::MAX, Tally::offered).min(view.now.offered());
    if view.before.is_some() && fewest < FEW_CALLS {
        blocks.push(Block::Note(Text::plain(words.say("few-calls", &[("n", FEW_CALLS.into())]))));
    }
    blocks
}
