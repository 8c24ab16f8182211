//! Tests only: who waits for a call back, how fast we were and the service level, computed from the plain list of calls.
//! For every caller and every missed call all calls are looked through again: nothing is folded and nothing is kept.

use std::collections::BTreeMap;

use crate::domain::call::{CallStatus, Direction, PartKind};
use crate::domain::callback::Rule;
use crate::domain::goals::{Formula, ServiceLevel};
use crate::domain::instant::Instant;
use crate::domain::report_spec::Options;
use crate::domain::slice::{CallRow, Slice};

use super::ReportRequest;

/// A place in time: several calls of one instant count as missed, then tried, then reached.
type Place = (Instant, u8);

/// What a call is to somebody who waits.
fn place(call: &CallRow, rule: Rule) -> Option<Place> {
    let ours = matches!(call.direction, Direction::Outbound | Direction::Callback);
    let talked = match call.talk_sec {
        Some(talk) => talk > 0,
        None => call.status == CallStatus::Answered,
    };
    let left_soon = matches!(call.status, CallStatus::MissedAbandoned | CallStatus::MissedCancelled)
        && call.wait_sec.is_some_and(|wait| wait <= rule.short_call_sec);
    let rank = if call.direction == Direction::Inbound {
        match call.status {
            CallStatus::Answered => 2,
            CallStatus::Failed => 0,
            status if rule.missed.contains(status) && !left_soon => 0,
            _ => return None,
        }
    } else if ours && talked {
        2
    } else if call.direction == Direction::Callback && call.status.name().starts_with("missed_") {
        0
    } else if is_a_try(call) {
        1
    } else {
        return None;
    };
    Some((call.started_at, rank))
}

/// A call that somebody of ours made: out, or for a request that they took; then it's the client who may not have taken it.
fn is_a_try(call: &CallRow) -> bool {
    let talked = call.talk_sec.is_some_and(|talk| talk > 0);
    match call.direction {
        Direction::Outbound => true,
        Direction::Callback => talked || ["answered", "client_no_answer", "client_busy"].contains(&call.status.name()),
        _ => false,
    }
}

/// Somebody who waited, or waits.
#[derive(Debug)]
pub(super) struct Wait<'a> {
    pub(super) client: i64,
    /// The missed call that began it.
    pub(super) first: &'a CallRow,
    pub(super) missed: Vec<&'a CallRow>,
    pub(super) tries: Vec<&'a CallRow>,
    pub(super) ended_by: Option<&'a CallRow>,
}

impl Wait<'_> {
    pub(super) fn is_open_at(&self, at: Instant) -> bool {
        self.first.started_at < at && self.ended_by.is_none_or(|call| call.started_at >= at)
    }

    /// Our first call, whether it reached them or not.
    fn response(&self) -> Option<&CallRow> {
        let reached = self.ended_by.filter(|call| call.direction != Direction::Inbound);
        self.tries.first().copied().or(reached)
    }
}

/// Everybody who ever waited, by the missed call that began it.
pub(super) fn waits<'a>(calls: &'a [CallRow], rule: Rule) -> Vec<Wait<'a>> {
    let mut waits = Vec::new();
    for first in calls {
        let (Some(client), Some(begin)) = (first.client, place(first, rule)) else { continue };
        let mut of_client: Vec<(Place, &CallRow)> = calls
            .iter()
            .filter(|call| call.client == Some(client))
            .filter_map(|call| Some((place(call, rule)?, call)))
            .collect();
        of_client.sort_by_key(|(place, call)| (*place, call.key));
        let reached_between = |from: Place, to: Place| of_client.iter().any(|(p, _)| p.1 == 2 && *p > from && *p < to);
        let waited_before = of_client
            .iter()
            .any(|(p, call)| p.1 == 0 && (*p, call.key) < (begin, first.key) && !reached_between(*p, begin));
        if begin.1 != 0 || waited_before {
            continue;
        }
        let end = of_client.iter().find(|(p, _)| p.1 == 2 && *p > begin).copied();
        let of_rank = |rank: u8| -> Vec<&CallRow> {
            let inside = |p: &Place| p.1 == rank && *p >= begin && end.is_none_or(|(end, _)| *p < end);
            of_client.iter().filter(|(p, _)| inside(p)).map(|(_, call)| *call).collect()
        };
        waits.push(Wait { client, first, missed: of_rank(0), tries: of_rank(1), ended_by: end.map(|(_, call)| call) });
    }
    waits
}

/// Seconds of working time, hour by hour; right for calendars and zones of whole hours.
fn worked(request: &ReportRequest, from: Instant, to: Instant) -> Option<f64> {
    let calendar = request.calendar.as_ref()?;
    let (mut at, mut sum) = (from, 0);
    while at < to {
        let second = at.as_micros().div_euclid(1_000_000);
        let next = Instant::from_seconds((second.div_euclid(3600) + 1) * 3600).min(to);
        if calendar.is_open(at) {
            sum += next.since(at).as_secs();
        }
        at = next;
    }
    Some(sum as f64)
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => None,
        n if n % 2 == 1 => Some(values[n / 2]),
        n => Some((values[n / 2 - 1] + values[n / 2]) / 2.0),
    }
}

/// Every figure of callers to call back, by name, from all calls there are.
pub(super) fn slow_callers(request: &ReportRequest, slice: &Slice, calls: &[CallRow]) -> BTreeMap<String, Option<f64>> {
    let (period, options) = (request.period, &request.spec.options);
    let window = i64::from(options.response_window_hours) * 3600;
    let all = waits(calls, options.callback_rule());
    let open: Vec<&Wait<'_>> = all.iter().filter(|wait| wait.is_open_at(period.to())).collect();
    let count = |fits: &dyn Fn(&Wait<'_>) -> bool| Some(open.iter().filter(|wait| fits(wait)).count() as f64);
    let is_lost = |wait: &Wait<'_>| wait.first.started_at.plus_seconds(window) <= period.to();
    let seconds = |wait: &Wait<'_>, to: Instant| to.since(wait.first.started_at).as_secs() as f64;
    let response = |wait: &Wait<'_>| wait.response().map(|call| call.started_at);
    let within_window: Vec<(&Wait<'_>, Instant)> = all
        .iter()
        .filter_map(|wait| Some((wait, response(wait)?)))
        .filter(|(wait, at)| {
            let waited = worked(request, wait.first.started_at, *at).unwrap_or_else(|| seconds(wait, *at));
            period.contains(*at) && waited <= window as f64
        })
        .collect();
    // Each caller is decided once: by our call, by calling again, or when the time runs out.
    let share = |limit: i64| {
        let (mut good, mut bad) = (0.0, 0.0);
        for wait in &all {
            let runs_out = wait.first.started_at.plus_seconds(limit);
            let gave_up = wait.ended_by.map(|call| call.started_at);
            match (response(wait), gave_up) {
                (Some(at), _) if at <= runs_out => good += f64::from(u8::from(period.contains(at))),
                (None, Some(at)) if at <= runs_out => {}
                _ => bad += f64::from(u8::from(period.contains(runs_out))),
            }
        }
        (good + bad > 0.0).then(|| good / (good + bad))
    };
    let by = |same: bool| {
        let of = |(wait, _): &&(&Wait<'_>, Instant)| {
            let Some(who) = wait.response().and_then(|call| call.agent) else { return false };
            let answer = wait.response().map(|call| call.started_at);
            let before = || wait.missed.iter().filter(|call| Some(call.started_at) <= answer);
            let rung = |part: &&crate::domain::slice::PartRow| {
                part.kind == PartKind::Ring && before().any(|call| call.key == part.call)
            };
            let parts = slice.parts.iter().filter(rung).filter_map(|part| part.agent);
            let rang: Vec<i64> = parts.chain(before().filter_map(|call| call.agent)).collect();
            !rang.is_empty() && rang.contains(&who) == same
        };
        Some(within_window.iter().filter(of).count() as f64)
    };
    let working: Vec<f64> =
        within_window.iter().filter_map(|(w, at)| worked(request, w.first.started_at, *at)).collect();
    let day = 86_400;
    let figures = [
        ("totals.to_call_back", count(&|_| true)),
        ("to_call_back.lost", count(&is_lost)),
        ("to_call_back.waiting", count(&|wait| !is_lost(wait))),
        ("to_call_back.backlog", count(&|wait| wait.first.started_at < period.to().plus_seconds(-14 * day))),
        (
            "to_call_back.reached",
            Some(all.iter().filter_map(|wait| wait.ended_by).filter(|c| period.contains(c.started_at)).count() as f64),
        ),
        (
            "to_call_back.first_response_median_sec",
            median(within_window.iter().map(|(wait, at)| seconds(wait, *at)).collect()),
        ),
        ("to_call_back.first_response_median_open_sec", median(working)),
        ("to_call_back.first_response_within_15_min", share(900)),
        ("to_call_back.first_response_within_1_h", share(3600)),
        ("to_call_back.first_response_within_24_h", share(86_400)),
        ("to_call_back.first_response_same_agent", by(true)),
        ("to_call_back.first_response_colleague", by(false)),
    ];
    figures.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Calls back made by each agent: calls of ours in the period to somebody who waited at that moment, where the call or the
/// missed call that they waited since is one of the report's.
pub(super) fn slow_called_back(
    request: &ReportRequest,
    calls: &[CallRow],
    is_chosen: &dyn Fn(&CallRow) -> bool,
) -> BTreeMap<Option<i64>, u64> {
    let all = waits(calls, request.spec.options.callback_rule());
    let mut made = BTreeMap::new();
    for call in calls.iter().filter(|call| request.period.contains(call.started_at)) {
        let of_report = |wait: &&Wait<'_>| is_chosen(call) || is_chosen(wait.first);
        let here = |wait: &&Wait<'_>| Some(wait.client) == call.client && wait.is_open_at(call.started_at);
        if is_a_try(call) && all.iter().any(|wait| here(&wait) && of_report(&wait)) {
            *made.entry(call.agent).or_insert(0) += 1;
        }
    }
    made
}

/// The service level of these calls, in the letters of the formulas.
pub(super) fn slow_service_level(calls: &[CallRow], level: ServiceLevel, options: &Options) -> Option<f64> {
    let inbound = || calls.iter().filter(|call| call.direction == Direction::Inbound);
    let answered: Vec<u32> =
        inbound().filter(|call| call.status == CallStatus::Answered).filter_map(|call| call.wait_sec).collect();
    let hung_up: Vec<Option<u32>> = inbound()
        .filter(|call| matches!(call.status, CallStatus::MissedAbandoned | CallStatus::MissedCancelled))
        .map(|call| call.wait_sec)
        .collect();
    let within = |limit: u32| hung_up.iter().flatten().filter(|wait| **wait <= limit).count() as f64;
    let (big_a, big_b) = (answered.len() as f64, hung_up.len() as f64);
    let a = answered.iter().filter(|wait| **wait <= level.seconds).count() as f64;
    let (b, s) = (within(level.seconds), within(options.short_call_sec));
    let (part, whole) = match level.formula {
        Formula::F1 => (a + b, big_a + big_b),
        Formula::F2 => (a, big_a),
        Formula::F3 => (a, big_a + big_b),
        Formula::F4 => (a, big_a + big_b - b),
        Formula::F5 => (a + s, big_a + big_b),
        Formula::F6 => (a, big_a + big_b - s),
    };
    (whole > 0.0).then(|| part / whole)
}
