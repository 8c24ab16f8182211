//! What happened before the calls of a slice: when everybody called first, and which talks repeat a target call.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::{Session, StoreError, rows, spans};
use crate::domain::instant::Instant;
use crate::domain::slice::{CallRow, Slice};
use crate::domain::target::Talk;

/// Reading further back doubles the way each time, so so many times go back for more than sixty cycles.
const MOST_ROUNDS: usize = 6;

/// Loads both for all slices; the calls must have been loaded.
pub(super) async fn load(session: &mut Session, slices: &mut [Slice]) -> Result<(), StoreError> {
    let mut waiting = Vec::new();
    for (index, slice) in slices.iter().enumerate().filter(|(_, slice)| slice.request.chooses) {
        let clients = slice.entries.iter().map(|entry| entry.client).collect::<BTreeSet<_>>().into_iter();
        waiting.extend(clients.map(|client| json!([index * 2, slice.request.project.0, client])));
    }
    for (span, first) in rows::first_calls(session, &spans(slices, true), &json!(waiting)).await? {
        if let Some(slice) = slices.get_mut(span / 2) {
            slice.first_calls.extend(first);
        }
    }
    let projects: BTreeSet<i64> = slices.iter().map(|slice| slice.request.project.0).collect();
    let history = rows::history(session, &json!(projects)).await?;
    for slice in slices.iter_mut() {
        slice.history_from = history.get(&slice.request.project.0).copied();
    }
    load_repeated(session, slices).await
}

/// A caller whose talks are being read, from the latest back.
struct Caller {
    slice: usize,
    client: i64,
    /// What the next round reads.
    from: Instant,
    to: Instant,
}

/// Reads the talks of everybody with a talk that may repeat a target call: back to a talk with a whole cycle of silence
/// before it, because that one repeats nothing.
async fn load_repeated(session: &mut Session, slices: &mut [Slice]) -> Result<(), StoreError> {
    let mut wanted = callers(slices);
    let mut talks: BTreeMap<usize, Vec<Talk>> = BTreeMap::new();
    for _ in 0..MOST_ROUNDS {
        if wanted.is_empty() {
            break;
        }
        let bind = wanted.iter().map(|caller| {
            let request = &slices[caller.slice].request;
            let (from, to) = (caller.from.as_micros(), caller.to.as_micros());
            json!([caller.slice, request.project.0, caller.client, from, to, request.target_rule.talk_sec])
        });
        let mut earliest: BTreeMap<(usize, i64), Instant> = BTreeMap::new();
        for (slice, found) in rows::talks(session, &bind.collect()).await? {
            for talk in &found {
                let at = earliest.entry((slice, talk.client)).or_insert(talk.started_at);
                *at = talk.started_at.min(*at);
            }
            talks.entry(slice).or_default().extend(found);
        }
        wanted = wanted.into_iter().filter_map(|caller| further_back(&caller, &earliest, slices)).collect();
    }
    for (slice, talks) in talks {
        slices[slice].repeated = slices[slice].request.target_rule.repeats(talks);
    }
    Ok(())
}

/// Every caller with a talk that only the calls before can judge.
fn callers(slices: &[Slice]) -> Vec<Caller> {
    let mut callers = Vec::new();
    for (index, slice) in slices.iter().enumerate() {
        let rule = slice.request.target_rule;
        if rule.cycle_days == 0 {
            continue;
        }
        let mut spans: BTreeMap<i64, (Instant, Instant)> = BTreeMap::new();
        let asks = |call: &&CallRow| call.is_answered_in() && rule.asks(call.flags, call.talk_sec);
        for call in slice.calls.iter().chain(&slice.previous).filter(asks) {
            let Some(client) = call.client else { continue };
            let (first, last) = spans.entry(client).or_insert((call.started_at, call.started_at));
            (*first, *last) = (call.started_at.min(*first), call.started_at.max(*last));
        }
        callers.extend(spans.into_iter().map(|(client, (first, last))| Caller {
            slice: index,
            client,
            from: first.plus_seconds(-rule.cycle_sec()),
            to: Instant::from_micros(last.as_micros() + 1),
        }));
    }
    callers
}

/// What is left to read of a caller; `None`: the earliest talk that was read has a whole cycle of silence before it.
fn further_back(caller: &Caller, earliest: &BTreeMap<(usize, i64), Instant>, slices: &[Slice]) -> Option<Caller> {
    let rule = slices[caller.slice].request.target_rule;
    let silent_since = caller.from;
    let first = *earliest.get(&(caller.slice, caller.client))?;
    if first >= silent_since.plus_seconds(rule.cycle_sec()) {
        return None;
    }
    let read_sec = i64::try_from(caller.to.since(caller.from).as_secs()).unwrap_or(i64::MAX / 4);
    let from = caller.from.plus_seconds(-(2 * read_sec).max(rule.cycle_sec()));
    Some(Caller { from: Instant::from_micros(from.as_micros().max(0)), to: caller.from, ..*caller })
}
