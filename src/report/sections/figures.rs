//! Every figure of a report, whatever its sections: its name for machines, its unit, its formula, its goal. Each is one line
//! of a table; people and machines are told the same numbers. `config/guide/figures.md` explains them; a test compares.

use std::collections::BTreeMap;

use crate::domain::call::{CallStatus, Direction};
use crate::domain::callback::is_not_taken;
use crate::domain::figure::{Figure, Goal, Unit};
use crate::domain::goals::reaches;
use crate::domain::slice::CallRow;

use super::super::callers::Callers;
use super::super::hours::InHours;
use super::super::meaning::Of;
use super::super::reasons::{self, GROUPS};
use super::super::responses::Responses;
use super::super::service;
use super::super::tally::Tally;
use super::super::view::View;

/// What is counted of one of the two periods.
pub(super) struct Side<'a> {
    tally: &'a Tally,
    open: Option<u64>,
    /// In working hours, and outside; `None`: the project has no calendar.
    hours: Option<[InHours; 2]>,
    /// Whether calls are kept from before the period, so that a caller can be new.
    knows_new: bool,
    /// Whether calls are kept from a whole sale cycle before, so that target calls can be compared.
    knows_cycle: bool,
    service_level: Option<f64>,
    /// Only known of the period itself.
    callers: Option<&'a Callers<'a>>,
}

impl Side<'_> {
    fn of_callers(&self, count: fn(&Callers<'_>) -> u64) -> Option<f64> {
        self.callers.and_then(|callers| some(count(callers)))
    }

    fn of_responses(&self, figure: fn(&Responses) -> Option<f64>) -> Option<f64> {
        self.callers.and_then(|callers| figure(&callers.responses))
    }

    /// Call-back requests of these statuses in which nobody talked: with those in which somebody did they are all.
    fn requests(&self, fits: impl Fn(CallStatus) -> bool) -> Option<f64> {
        let of = self.tally.calls(Direction::Callback, fits);
        some(of.calls - of.talked)
    }
}

/// One line of the table of figures.
struct Line {
    name: &'static str,
    unit: Unit,
    /// Which calls it is of: where the filters let none of them through, there is nothing to say.
    of: &'static [Of],
    formula: &'static str,
    value: fn(&Side<'_>) -> Option<f64>,
}

/// Every figure whose name doesn't depend on the project, in the order in which people see them.
const LINES: &[Line] = {
    use Unit::{Callers, Calls, Ratio, Seconds};
    &[
        line("totals.calls", Calls, &[Of::Offered], "answered + missed, inbound", |s| some(s.tally.offered())),
        line("totals.answered", Calls, &[Of::Answered], "inbound calls that a person answered", |s| {
            some(s.tally.answered)
        }),
        line("totals.answer_rate", Ratio, &[Of::Rate], "answered / (answered + missed)", |s| s.tally.answer_rate()),
        line("totals.missed", Calls, &[Of::Missed], "inbound calls of the missed set", |s| some(s.tally.missed)),
        line("totals.missed_rate", Ratio, &[Of::Rate], "missed / (answered + missed)", |s| s.tally.missed_rate()),
        line("totals.calls_in_hours", Calls, &[Of::InHours], "calls in that began in working hours", |s| {
            s.hours.and_then(|[within, _]| some(within.offered()))
        }),
        line(
            "totals.calls_outside_hours",
            Calls,
            &[Of::OutsideHours],
            "calls in that began outside working hours",
            |s| s.hours.and_then(|[_, outside]| some(outside.offered())),
        ),
        line(
            "totals.answered_in_hours",
            Calls,
            &[Of::Answered, Of::InHours],
            "answered calls that began in working hours",
            |s| s.hours.and_then(|[within, _]| some(within.answered)),
        ),
        line(
            "totals.answered_outside_hours",
            Calls,
            &[Of::Answered, Of::OutsideHours],
            "answered calls that began outside working hours",
            |s| s.hours.and_then(|[_, outside]| some(outside.answered)),
        ),
        line(
            "totals.missed_in_hours",
            Calls,
            &[Of::Missed, Of::InHours],
            "missed calls that began in working hours",
            |s| s.hours.and_then(|[within, _]| some(within.missed)),
        ),
        line(
            "totals.missed_outside_hours",
            Calls,
            &[Of::Missed, Of::OutsideHours],
            "missed calls that began outside working hours",
            |s| s.hours.and_then(|[_, outside]| some(outside.missed)),
        ),
        line("totals.answer_rate_in_hours", Ratio, &[Of::RateInHours], "answered_in_hours / calls_in_hours", |s| {
            s.hours.and_then(|[within, _]| within.answer_rate())
        }),
        line(
            "totals.answer_rate_outside_hours",
            Ratio,
            &[Of::RateOutsideHours],
            "answered_outside_hours / calls_outside_hours",
            |s| s.hours.and_then(|[_, outside]| outside.answer_rate()),
        ),
        line(
            "totals.missed_short",
            Calls,
            &[Of::Missed],
            "missed, and the caller left within the short-call limit",
            |s| some(s.tally.short),
        ),
        line("totals.to_call_back", Callers, &[Of::Waiting], "callers open at the period's end", |s| {
            s.open.and_then(some)
        }),
        line("totals.unique_callers", Callers, &[Of::Offered], "distinct numbers of calls in", |s| {
            some(s.tally.callers)
        }),
        line(
            "totals.new_callers",
            Callers,
            &[Of::NewCallers],
            "distinct numbers of calls in without a kept call before the period",
            |s| some(s.tally.new_callers).filter(|_| s.knows_new),
        ),
        line(
            "totals.target",
            Calls,
            &[Of::Answered],
            "answered calls that the source marks as target, else long talks that are the first in the caller's sale cycle",
            |s| some(s.tally.target).filter(|_| s.knows_cycle),
        ),
        line("totals.wait_median_sec", Seconds, &[Of::Answered], "median(wait of answered)", |s| s.tally.wait_median),
        line("totals.asa_sec", Seconds, &[Of::Answered], "sum(wait of answered) / answered with known wait", |s| {
            s.tally.wait.mean()
        }),
        line("totals.wait_p90_sec", Seconds, &[Of::Answered], "90th percentile(wait of answered), nearest rank", |s| {
            s.tally.wait_p90
        }),
        line("totals.talk_avg_sec", Seconds, &[Of::Answered], "sum(talk) / answered with known talk", |s| {
            s.tally.talk.mean()
        }),
        line("totals.outbound", Calls, &[Of::Outbound], "outbound calls", |s| {
            some(s.tally.calls(Direction::Outbound, |_| true).calls)
        }),
        line("totals.outbound_reached", Calls, &[Of::OutboundReached], "outbound calls with talk", |s| {
            some(s.tally.calls(Direction::Outbound, |_| true).talked)
        }),
        line("totals.callback_requests", Calls, &[Of::Requests], "call-back requests", |s| {
            some(s.tally.calls(Direction::Callback, |_| true).calls)
        }),
        line("totals.callback_reached", Calls, &[Of::RequestsReached], "call-back requests with talk", |s| {
            some(s.tally.calls(Direction::Callback, |_| true).talked)
        }),
        line(
            "totals.callback_client_not_reached",
            Calls,
            &[Of::RequestsClientNotReached],
            "call-back requests, client not reached",
            |s| s.requests(is_client_s),
        ),
        line(
            "totals.callback_not_taken",
            Calls,
            &[Of::RequestsNotTaken],
            "call-back requests that our side didn't take",
            |s| s.requests(is_not_taken),
        ),
        line(
            "totals.callback_other",
            Calls,
            &[Of::RequestsOther],
            "call-back requests that failed, or of which nothing else is known",
            |s| s.requests(|status| !is_client_s(status) && !is_not_taken(status)),
        ),
        line("to_call_back.lost", Callers, &[Of::Waiting], "open callers whose response window has passed", |s| {
            s.of_callers(|callers| callers.lost)
        }),
        line("to_call_back.waiting", Callers, &[Of::Waiting], "open callers still within the response window", |s| {
            s.of_callers(|callers| callers.open() - callers.lost)
        }),
        line("to_call_back.backlog", Callers, &[Of::Waiting], "open callers who have waited for over 14 days", |s| {
            s.of_callers(|callers| callers.backlog)
        }),
        line("to_call_back.reached", Callers, &[Of::Waiting], "callers whose entry ended within the period", |s| {
            s.of_callers(|callers| callers.reached)
        }),
        line(
            FIRST_RESPONSE,
            Seconds,
            &[Of::Waiting],
            "median(first try of ours - first missed call) by the clock, of those within the response window (working time where a calendar is known)",
            |s| s.of_responses(|responses| responses.median),
        ),
        line(
            FIRST_RESPONSE_OPEN,
            Seconds,
            &[Of::Waiting],
            "median(working time from the first missed call to the first try of ours), of those within the response window of working time",
            |s| s.of_responses(|responses| responses.median_open),
        ),
        line(
            "to_call_back.first_response_within_15_min",
            Ratio,
            &[Of::Waiting],
            "called back within 15 min / (those + callers for whom 15 min ran out)",
            |s| s.of_responses(|r| r.within[0]),
        ),
        line(
            "to_call_back.first_response_within_1_h",
            Ratio,
            &[Of::Waiting],
            "called back within 1 h / (those + callers for whom 1 h ran out)",
            |s| s.of_responses(|r| r.within[1]),
        ),
        line(
            "to_call_back.first_response_within_24_h",
            Ratio,
            &[Of::Waiting],
            "called back within 24 h / (those + callers for whom 24 h ran out)",
            |s| s.of_responses(|r| r.within[2]),
        ),
        line(
            "to_call_back.first_response_same_agent",
            Callers,
            &[Of::Waiting],
            "first tries by somebody whose phone had rung",
            |s| s.of_responses(|responses| some(responses.same_agent)),
        ),
        line("to_call_back.first_response_colleague", Callers, &[Of::Waiting], "first tries by somebody else", |s| {
            s.of_responses(|responses| some(responses.colleague))
        }),
    ]
};

const fn is_client_s(status: CallStatus) -> bool {
    matches!(status, CallStatus::ClientNoAnswer | CallStatus::ClientBusy)
}

/// The figure of the first response, by the clock and by working time.
pub(super) const FIRST_RESPONSE: &str = "to_call_back.first_response_median_sec";
pub(super) const FIRST_RESPONSE_OPEN: &str = "to_call_back.first_response_median_open_sec";
/// Only where the project has such a goal.
pub(super) const SERVICE_LEVEL: &str = "totals.service_level";

const fn line(
    name: &'static str,
    unit: Unit,
    of: &'static [Of],
    formula: &'static str,
    value: fn(&Side<'_>) -> Option<f64>,
) -> Line {
    Line { name, unit, of, formula, value }
}

#[expect(clippy::unnecessary_wraps, reason = "lines are of functions that may have nothing to say")]
fn some(count: u64) -> Option<f64> {
    Some(count as f64)
}

/// Every figure, by name.
pub(in super::super) fn figures(view: &View<'_>) -> BTreeMap<String, Figure> {
    let (now, before) = sides(view);
    let mut figures: BTreeMap<String, Figure> = LINES
        .iter()
        // Those of working hours only where they are known.
        .filter(|line| view.hours.is_some() || !line.name.ends_with("_hours"))
        .map(|line| {
            let means = line.of.iter().all(|of| view.meaning.has(*of));
            let value = (line.value)(&now).filter(|_| means && !view.stamp.no_data);
            let previous = before.as_ref().and_then(|side| (line.value)(side)).filter(|_| means);
            (line.name.to_owned(), figure(line.unit, line.formula, value, previous))
        })
        .collect();
    let missed = view.request.spec.options.missed;
    for (group, name) in GROUPS.iter().enumerate() {
        let means = view.meaning.has(Of::MissedGroup(group));
        let value = some(reasons::count(view.now, group, missed)).filter(|_| means && !view.stamp.no_data);
        let previous = view.before.and_then(|before| some(reasons::count(before, group, missed))).filter(|_| means);
        let formula = format!("missed calls of the group {name}");
        figures.insert(format!("totals.missed_{name}"), figure(Unit::Calls, &formula, value, previous));
    }
    let goals = &view.request.project.settings.goals;
    let has_rates = view.meaning.has(Of::Rate);
    if let Some(level) = goals.service_level {
        let value = now.service_level.filter(|_| has_rates && !view.stamp.no_data);
        let previous = before.as_ref().and_then(|side| side.service_level).filter(|_| has_rates);
        let formula = format!("{}: {}, within {} s", level.formula.name(), level.formula.letters(), level.seconds);
        figures.insert(SERVICE_LEVEL.to_owned(), figure(Unit::Ratio, &formula, value, previous));
        if has_rates {
            set_goal(&mut figures, SERVICE_LEVEL, level.percent / 100.0, |value| reaches(value, level.percent));
        }
    }
    if let Some(percent) = goals.answer_rate.filter(|_| has_rates) {
        set_goal(&mut figures, "totals.answer_rate", percent / 100.0, |value| reaches(value, percent));
    }
    if let Some(minutes) = goals.first_response_minutes.filter(|_| view.meaning.has(Of::Waiting)) {
        let name = if view.request.calendar.is_some() { FIRST_RESPONSE_OPEN } else { FIRST_RESPONSE };
        let seconds = f64::from(minutes) * 60.0;
        set_goal(&mut figures, name, seconds, |value| value <= seconds);
    }
    figures
}

/// Whether the filters leave this figure any meaning.
pub(super) fn means(view: &View<'_>, name: &str) -> bool {
    let line = LINES.iter().find(|line| line.name == name);
    line.map_or(view.meaning.has(Of::Rate), |line| line.of.iter().all(|of| view.meaning.has(*of)))
}

/// Every name that a report may have, in the order in which people see them.
#[cfg(test)]
pub(in super::super) fn names() -> Vec<String> {
    let groups = GROUPS.iter().map(|group| format!("totals.missed_{group}"));
    LINES.iter().map(|line| line.name.to_owned()).chain(groups).chain([SERVICE_LEVEL.to_owned()]).collect()
}

fn set_goal(figures: &mut BTreeMap<String, Figure>, name: &str, target: f64, is_met: impl Fn(f64) -> bool) {
    if let Some(figure) = figures.get_mut(name) {
        figure.goal = Some(Goal { target, met: figure.value.map(is_met) });
    }
}

fn figure(unit: Unit, formula: &str, value: Option<f64>, previous: Option<f64>) -> Figure {
    let delta = value.zip(previous).map(|(value, previous)| value - previous);
    Figure { value, previous, delta, unit, formula: formula.to_owned(), goal: None }
}

fn sides<'a>(view: &'a View<'_>) -> (Side<'a>, Option<Side<'a>>) {
    let request = view.request;
    let both = |hours: Option<InHours>, all: &Tally| hours.map(|within| [within, within.outside(all)]);
    let side = |tally: &'a Tally, calls: &[&CallRow], from| Side {
        tally,
        open: None,
        hours: None,
        knows_new: view.slice.history_from.is_some_and(|begins| begins < from),
        // In a first period every long talk is its caller's first, as far as anybody knows; then it isn't compared.
        knows_cycle: from == request.period.from() || view.knows_cycle(calls, from),
        service_level: request
            .project
            .settings
            .goals
            .service_level
            .and_then(|level| level.formula.of(&service::counts(calls, &level, &request.spec.options))),
        callers: None,
    };
    let now = Side {
        open: Some(view.callers.open()),
        callers: Some(&view.callers),
        hours: both(view.hours, view.now),
        ..side(view.now, view.calls, request.period.from())
    };
    let before = view.before.zip(request.compared_with).map(|(tally, compared)| Side {
        open: view.callers.open_before,
        hours: both(view.hours_before, tally),
        ..side(tally, view.calls_before, compared.from())
    });
    (now, before)
}
