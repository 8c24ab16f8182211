//! Callers to call back: who waited at the period's end, what has been done since, and how fast we were. Plain sequences
//! over sorted rows; the entries themselves are kept by the fold.

use std::collections::{BTreeMap, BTreeSet};

pub(super) use crate::domain::callback::BACKLOG_DAYS;
use crate::domain::callback::{Entry, Miss, is_made};
use crate::domain::ids::CallKey;
use crate::domain::instant::Instant;
use crate::domain::slice::{CallRow, Slice, SliceRequest, Waited};

use super::ReportRequest;
use super::choose::Chosen;
use super::responses::Responses;

/// A caller who waits.
#[derive(Clone, Debug)]
pub(super) struct Waiting<'a> {
    pub(super) entry: &'a Entry,
    /// Missed calls of the entry up to the period's end.
    pub(super) tries: u64,
    /// Seconds that the caller waited in all of them, as far as it is known.
    pub(super) waited_sec: Option<u64>,
    /// The call that opened it; `None`: it isn't kept any more.
    pub(super) opening: Option<&'a CallRow>,
}

/// What is known of the callers of one report.
#[derive(Clone, Debug, Default)]
pub(super) struct Callers<'a> {
    /// Open at the period's end and not older than the backlog's age, longest waiting first.
    pub(super) waiting: Vec<Waiting<'a>>,
    /// Open and older.
    pub(super) backlog: u64,
    /// Of all that are open, those for whom the response window has passed.
    pub(super) lost: u64,
    /// Open at the end of the period compared with.
    pub(super) open_before: Option<u64>,
    /// Entries that ended within the period.
    pub(super) reached: u64,
    /// Of all that were open at its end, those that ended before the report was made.
    pub(super) reached_since: u64,
    pub(super) responses: Responses,
    /// Our calls in the period to somebody who waited at that moment, by agent: those that the report chose, and those to
    /// callers whom it chose.
    pub(super) called_back: BTreeMap<Option<i64>, u64>,
}

impl<'a> Callers<'a> {
    /// Looks at the chosen entries and calls of a slice. A period that isn't over ends when the report is made: nobody has
    /// waited longer than that.
    pub(super) fn of(slice: &'a Slice, chosen: &Chosen<'a>, request: &ReportRequest) -> Self {
        let SliceRequest { period, compared_with, .. } = slice.request;
        let end = period.to().min(request.made_at);
        let window_sec = i64::from(request.spec.options.response_window_hours) * 3600;
        let openings: BTreeMap<(i64, Instant), &CallRow> =
            slice.entry_calls.iter().filter_map(|call| Some(((call.client?, call.started_at), call))).collect();
        // Whoever isn't listed waits for longer than the window, too.
        let older = slice.older;
        let mut callers = Self {
            backlog: older.open,
            lost: older.open,
            reached: older.reached,
            reached_since: older.reached_since,
            ..Self::default()
        };
        for &entry in &chosen.entries {
            if entry.is_open_at(end) {
                callers.reached_since += u64::from(entry.closed_at.is_some());
                callers.lost += u64::from(entry.opened_at.plus_seconds(window_sec) <= end);
                if entry.opened_at < end.plus_seconds(-BACKLOG_DAYS * 86_400) {
                    callers.backlog += 1;
                } else {
                    let tries: Vec<&Miss> = entry.missed.iter().filter(|miss| miss.at < end).collect();
                    callers.waiting.push(Waiting {
                        entry,
                        tries: tries.len() as u64,
                        waited_sec: tries.iter().filter_map(|miss| miss.wait_sec.map(u64::from)).reduce(|a, b| a + b),
                        opening: openings.get(&(entry.client, entry.opened_at)).copied(),
                    });
                }
            }
            callers.reached += u64::from(entry.closed_at.is_some_and(|closed| period.contains(closed)));
        }
        callers.waiting.sort_by_key(|waiting| (waiting.entry.opened_at, waiting.entry.client));
        callers.open_before = compared_with.map(|compared| {
            older.open_before + chosen.entries.iter().filter(|entry| entry.is_open_at(compared.to())).count() as u64
        });
        callers.responses = Responses::of(&chosen.entries, slice, end, window_sec, request.calendar.as_deref());
        callers.called_back = called_back(chosen, slice);
        callers
    }

    /// Entries open at the period's end, whenever they began.
    pub(super) fn open(&self) -> u64 {
        self.waiting.len() as u64 + self.backlog
    }
}

/// Our calls to whoever waited, for whichever call: who makes a call back needn't be who missed it. Filters choose such a call
/// itself, or the missed call that it answers: a call out tells no queue and no source, and is a call back nevertheless.
fn called_back(chosen: &Chosen<'_>, slice: &Slice) -> BTreeMap<Option<i64>, u64> {
    let is_ours = |call: &CallRow| is_made(call.direction, call.status, call.talk_sec);
    let calls: BTreeSet<CallKey> = chosen.calls.iter().filter(|call| is_ours(call)).map(|call| call.key).collect();
    let callers: BTreeSet<(i64, Instant)> =
        chosen.entries.iter().map(|entry| (entry.client, entry.opened_at)).collect();
    let listed = |entry: &Entry| {
        let wait = Waited { client: entry.client, from: entry.opened_at, to: entry.closed_at };
        (wait, callers.contains(&(entry.client, entry.opened_at)))
    };
    // Whoever isn't listed waits where every call is chosen.
    let unlisted = slice.older_called.iter().map(|wait| (*wait, false));
    let mut waits: BTreeMap<i64, Vec<(Waited, bool)>> = BTreeMap::new();
    for wait in slice.entries.iter().map(listed).chain(unlisted) {
        waits.entry(wait.0.client).or_default().push(wait);
    }
    let mut made = BTreeMap::new();
    for call in slice.calls.iter().filter(|call| is_ours(call)) {
        let is_chosen = calls.contains(&call.key);
        let fits = |(wait, of_report): &(Waited, bool)| (is_chosen || *of_report) && wait.is_on(call.started_at);
        if call.client.and_then(|client| waits.get(&client)).is_some_and(|waits| waits.iter().any(fits)) {
            *made.entry(call.agent).or_insert(0) += 1;
        }
    }
    made
}
