//! How fast we called back those who had reached nobody: the first call of ours to that number after the first missed one,
//! whether it reached them or not. A caller's own return isn't our response. Medians and shares, never means: one
//! forgotten caller would decide a mean.
//!
//! A response belongs to the period in which it was made, and a share's caller to the one in which it was decided: so
//! every caller is in exactly one of the periods that follow each other, and whoever is missed in the evening and called
//! back in the morning is in no daily report's blind spot.

use crate::domain::call::PartKind;
use crate::domain::callback::{ClosedBy, Entry, is_made};
use crate::domain::instant::Instant;
use crate::domain::slice::{CallRow, Slice};
use crate::zones::working::WorkingTime;

/// The limits of the shares, in seconds; exactly so long is within.
pub(super) const LIMITS: [u64; 3] = [15 * 60, 3600, 24 * 3600];

/// First responses made in the period.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Responses {
    /// Responses within the response window, which is working time where a calendar is known: whoever is missed on Friday
    /// evening and called back first thing on Monday was called back soon.
    pub(super) in_window: u64,
    /// Seconds by the clock, over those within the response window.
    pub(super) median: Option<f64>,
    /// The same in seconds of working time; `None` without a calendar.
    pub(super) median_open: Option<f64>,
    /// For each of [`LIMITS`]: of all who were called back before it or had waited so long, the share that was called back.
    pub(super) within: [Option<f64>; 3],
    /// Of the responses within the window: by somebody whose phone had rung.
    pub(super) same_agent: u64,
    /// By somebody else.
    pub(super) colleague: u64,
}

impl Responses {
    /// Looks at the entries of a report whose figures end at `end`.
    pub(super) fn of(
        entries: &[&Entry],
        slice: &Slice,
        end: Instant,
        window_sec: i64,
        calendar: Option<&WorkingTime>,
    ) -> Self {
        let period = slice.request.period;
        let mut responses = Self::default();
        let (mut by_clock, mut open) = (Vec::new(), Vec::new());
        let mut shares = [(0_u64, 0_u64); 3];
        let is_told = |at: Instant| period.contains(at) && at < end;
        for entry in entries {
            let response = entry.first_response();
            let answered_by_now = response.or(returned(entry));
            for ((within, all), limit) in shares.iter_mut().zip(LIMITS) {
                let runs_out = entry.opened_at.plus_seconds(i64::try_from(limit).unwrap_or(i64::MAX));
                let in_time = response.is_some_and(|at| at <= runs_out && is_told(at));
                let too_late = answered_by_now.is_none_or(|at| at > runs_out) && is_told(runs_out);
                *within += u64::from(in_time);
                *all += u64::from(in_time || too_late);
            }
            let Some(at) = response.filter(|at| is_told(*at)) else { continue };
            let waited = at.since(entry.opened_at).as_secs();
            let worked = calendar.map(|calendar| calendar.open_seconds(entry.opened_at, at));
            if worked.unwrap_or(waited) > window_sec.unsigned_abs() {
                continue;
            }
            by_clock.push(waited);
            open.extend(worked);
            match is_same_agent(entry, at, slice) {
                Some(true) => responses.same_agent += 1,
                Some(false) => responses.colleague += 1,
                None => {}
            }
        }
        responses.in_window = by_clock.len() as u64;
        responses.median = median(by_clock);
        responses.median_open = median(open);
        responses.within = shares.map(|(within, all)| super::tally::ratio(within, all));
        responses
    }
}

/// When the caller's own return ended the wait.
fn returned(entry: &Entry) -> Option<Instant> {
    entry.closed_at.filter(|_| entry.closed_by == Some(ClosedBy::ClientReturn))
}

/// Whether whoever called back had had one of the missed calls on their phone; `None`: one of the two isn't known.
fn is_same_agent(entry: &Entry, at: Instant, slice: &Slice) -> Option<bool> {
    let calls_at = |at: Instant| -> &[CallRow] {
        let first = slice.calls.partition_point(|call| call.started_at < at);
        let end = slice.calls.partition_point(|call| call.started_at <= at);
        &slice.calls[first..end]
    };
    let of_client = |call: &&CallRow| call.client == Some(entry.client);
    let ours = |call: &&CallRow| is_made(call.direction, call.status, call.talk_sec);
    let responder = calls_at(at).iter().filter(of_client).find(ours)?.agent?;
    let mut rang = Vec::new();
    // Whoever rang again before we called back may have rung somebody else.
    for miss in entry.missed.iter().map(|miss| miss.at).filter(|missed| *missed <= at) {
        let first = slice.entry_calls.partition_point(|call| call.started_at < miss);
        let then = slice.entry_calls[first..].iter().take_while(|call| call.started_at == miss);
        for missed in then.filter(of_client).filter(|call| !call.is_answered_in()) {
            let first = slice.parts.partition_point(|part| part.call < missed.key);
            let parts = slice.parts[first..].iter().take_while(|part| part.call == missed.key);
            rang.extend(parts.filter(|part| part.kind == PartKind::Ring).filter_map(|part| part.agent));
            rang.extend(missed.agent);
        }
    }
    (!rang.is_empty()).then(|| rang.iter().any(|agent| is_one_person(*agent, responder, slice)))
}

/// Whether two of a source's names are one person: the same name, or the same entry of the directory.
fn is_one_person(one: i64, other: i64, slice: &Slice) -> bool {
    let listed = |id: i64| slice.agents.get(&id).and_then(|agent| agent.listed.as_ref()).map(|listed| &listed.id);
    one == other || listed(one).is_some_and(|person| listed(other) == Some(person))
}

/// The middle value, of an even count the mean of the middle two.
fn median(mut values: Vec<u64>) -> Option<f64> {
    values.sort_unstable();
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(values[middle] as f64),
        _ => Some((values[middle - 1] + values[middle]) as f64 / 2.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_count_is_the_mean_of_the_middle_two() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![9, 1, 5]), Some(5.0));
        assert_eq!(median(vec![9, 1, 5, 6]), Some(5.5));
    }
}
