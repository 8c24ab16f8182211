//! The entries of a number after some of its calls changed, from the entries as they were and the few calls around each
//! change. So a change costs the same however often the number called before it and since.
//!
//! From a change on the entries are told anew until they are again what they were: nothing stands open, as before; or
//! the rest of what stands open is the rest of what stood open.

use std::collections::BTreeMap;

use super::{ClientCall, Entry, Instant, MOST_STEPS, Told, tell_on, told};

/// An instant at which a call of the number came, changed or went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touch {
    pub at: Instant,
    /// The first calls of the number from then on, as they are now, in any order.
    pub calls: Vec<ClientCall>,
    /// The last instant whose calls are all among them; `None`: no call is later.
    pub until: Option<Instant>,
}

/// The entries as they are now. `before` holds of those that stood the last one that opened before each touch, and all
/// that opened from it to where its calls end. The touches are in order. `None`: the calls end before the entries are
/// what they were.
pub fn amend(before: &[Entry], touches: &[Touch]) -> Option<Vec<Entry>> {
    amend_within(before, touches, MOST_STEPS)
}

fn amend_within(before: &[Entry], touches: &[Touch], most: usize) -> Option<Vec<Entry>> {
    let mut kept: BTreeMap<Instant, Entry> = before.iter().map(|entry| (entry.opened_at, entry.clone())).collect();
    let moments = moments(touches);
    let mut told_until = None;
    for (touch, end) in touches.iter().zip(ends(touches)) {
        if told_until.is_none_or(|until| until < touch.at) {
            told_until = Some(tell_anew(&mut kept, touch.at, end, &moments, most)?);
        }
    }
    Some(kept.into_values().collect())
}

/// What is known to have happened, instant by instant. Calls may have been read for several touches.
fn moments(touches: &[Touch]) -> BTreeMap<Instant, Vec<(i64, Told)>> {
    let mut moments: BTreeMap<Instant, Vec<(i64, Told)>> = BTreeMap::new();
    for touch in touches {
        let mut own: BTreeMap<Instant, Vec<(i64, Told)>> = BTreeMap::new();
        for call in &touch.calls {
            own.entry(call.started_at).or_default().extend(told(call).map(|told| (call.client, told)));
        }
        for (at, mut steps) in own {
            steps.sort_unstable();
            moments.entry(at).or_insert(steps);
        }
    }
    for touch in touches {
        moments.entry(touch.at).or_default();
    }
    moments
}

/// How far all calls are known from each touch on; `None`: to the last. Where those of one touch reach the next, they go on
/// as far as that one's.
fn ends(touches: &[Touch]) -> Vec<Option<Instant>> {
    let mut ends: Vec<Option<Instant>> = vec![None; touches.len()];
    for (place, touch) in touches.iter().enumerate().rev() {
        ends[place] = touch.until.and_then(|until| {
            let reached = touches.partition_point(|other| other.at <= until) - 1;
            if reached > place { ends[reached] } else { Some(until) }
        });
    }
    ends
}

/// Tells the entries anew from a touch on, as far as the calls are known; gives the last instant that was told.
fn tell_anew(
    kept: &mut BTreeMap<Instant, Entry>,
    from: Instant,
    end: Option<Instant>,
    moments: &BTreeMap<Instant, Vec<(i64, Told)>>,
    most: usize,
) -> Option<Instant> {
    let mut open = kept.range(..from).next_back().and_then(|(_, entry)| entry.as_of(from));
    let mut entries = Vec::new();
    for (&at, steps) in moments.range(from..).take_while(|(at, _)| end.is_none_or(|end| **at <= end)) {
        entries.extend(steps.iter().filter_map(|(client, told)| tell_on(&mut open, *client, *told, most)));
        let stood = kept.range(..=at).next_back().map(|(_, entry)| entry);
        let stood = stood.filter(|entry| entry.closed_at.is_none_or(|closed| closed > at));
        let is_as_it_was = match (&mut open, stood) {
            (None, None) => true,
            (None, Some(stood)) => stood.missed.len() < most && stood.missed.iter().all(|miss| miss.at <= at),
            (Some(open), Some(stood)) => go_on_as(open, stood, at, most),
            (Some(_), None) => false,
        };
        if is_as_it_was {
            kept.retain(|opened, _| *opened < from || *opened > at);
            kept.extend(entries.into_iter().chain(open).map(|entry| (entry.opened_at, entry)));
            return Some(at);
        }
    }
    if end.is_some() {
        return None;
    }
    kept.retain(|opened, _| *opened < from);
    kept.extend(entries.into_iter().chain(open).map(|entry| (entry.opened_at, entry)));
    Some(Instant::from_micros(i64::MAX))
}

/// Gives the open entry what the one that stood there holds of later than `at`; `false`: that isn't kept whole.
fn go_on_as(open: &mut Entry, stood: &Entry, at: Instant, most: usize) -> bool {
    let missed = later(&stood.missed, open.missed.len(), |miss| miss.at > at, most);
    let attempts = later(&stood.attempts, open.attempts.len(), |attempt| *attempt > at, most);
    let Some((missed, attempts)) = missed.zip(attempts) else { return false };
    open.missed.extend_from_slice(missed);
    open.attempts.extend_from_slice(attempts);
    (open.closed_at, open.closed_by) = (stood.closed_at, stood.closed_by);
    true
}

/// The later ones of what is kept, as many as find room after `there` others; `None`: more would, but aren't kept.
fn later<T>(kept: &[T], there: usize, is_later: impl Fn(&T) -> bool, most: usize) -> Option<&[T]> {
    let later = &kept[kept.partition_point(|one| !is_later(one))..];
    let room = most.saturating_sub(there);
    (kept.len() < most || later.len() >= room).then(|| &later[..later.len().min(room)])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::super::entries_within;
    use super::*;
    use crate::domain::call::{CallStatus, Direction};

    const CLIENT: i64 = 380_671_112_233;

    fn call(second: i64, kind: usize, tracking: i64) -> ClientCall {
        let (direction, status) = [
            (Direction::Inbound, CallStatus::MissedNoAnswer),
            (Direction::Inbound, CallStatus::MissedBusy),
            (Direction::Outbound, CallStatus::ClientNoAnswer),
            (Direction::Outbound, CallStatus::Answered),
            (Direction::Inbound, CallStatus::Answered),
        ][kind];
        ClientCall {
            client: CLIENT,
            tracking: Some(tracking),
            started_at: Instant::from_seconds(second),
            direction,
            status,
            wait_sec: None,
            talk_sec: None,
        }
    }

    /// What is read for a touch: the first `count` calls from it on, and whoever called in the same instant as the last.
    fn touch(calls: &[ClientCall], at: Instant, count: usize) -> Touch {
        let mut later: Vec<ClientCall> = calls.iter().filter(|call| call.started_at >= at).copied().collect();
        later.sort_by_key(|call| call.started_at);
        let until = later.get(count - 1).map(|call| call.started_at);
        let calls = later.into_iter().filter(|call| until.is_none_or(|until| call.started_at <= until)).collect();
        Touch { at, calls, until }
    }

    /// The entries after the calls at some instants changed, with `count` calls read for each at first, and how many were
    /// needed.
    fn refreshed(stood: &[Entry], calls: &[ClientCall], at: &BTreeSet<Instant>, most: usize) -> (Vec<Entry>, usize) {
        for count in [1, 2, 4, 32, 10_000] {
            let touches: Vec<Touch> = at.iter().map(|at| touch(calls, *at, count)).collect();
            let is_read = |entry: &&Entry| {
                touches.iter().any(|touch| {
                    let last = stood.iter().rfind(|entry| entry.opened_at < touch.at);
                    let is_last = last.is_some_and(|last| last.opened_at == entry.opened_at);
                    is_last || entry.opened_at >= touch.at && touch.until.is_none_or(|until| entry.opened_at <= until)
                })
            };
            let (read, unread): (Vec<&Entry>, Vec<&Entry>) = stood.iter().partition(is_read);
            let read: Vec<Entry> = read.into_iter().cloned().collect();
            if let Some(amended) = amend_within(&read, &touches, most) {
                let mut all: Vec<Entry> = unread.into_iter().cloned().chain(amended).collect();
                all.sort_by_key(|entry| entry.opened_at);
                return (all, count);
            }
        }
        panic!("all calls were read, and they weren't enough");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn entries_after_changes_are_those_of_all_calls(
            calls in proptest::collection::vec((0..30_i64, 0..5_usize, 0..3_i64, 0..4_u8), 0..40),
            more in proptest::collection::vec(proptest::collection::vec((0..30_i64, 0..5_usize, 0..3_i64), 0..6), 1..4),
            most in 1..5_usize,
        ) {
            let made = |(second, kind, tracking)| call(second, kind, tracking);
            let mut now: Vec<ClientCall> = calls.iter().map(|(at, kind, tracking, _)| call(*at, *kind, *tracking)).collect();
            let mut kept = entries_within(&now, most);
            let mut gone: Vec<ClientCall> =
                calls.iter().filter(|call| call.3 == 0).map(|(at, kind, tracking, _)| call(*at, *kind, *tracking)).collect();
            for come in more {
                let leaving = gone.split_off(gone.len() / 2);
                for away in &leaving {
                    let place = now.iter().position(|call| call == away).expect("it is there");
                    now.remove(place);
                }
                let come: Vec<ClientCall> = come.into_iter().map(made).collect();
                let touched: BTreeSet<Instant> = come.iter().chain(&leaving).map(|call| call.started_at).collect();
                now.extend(come);
                kept = refreshed(&kept, &now, &touched, most).0;
                prop_assert_eq!(&kept, &entries_within(&now, most));
            }
        }
    }

    #[test]
    fn a_miss_among_thousands_is_told_from_the_calls_beside_it() {
        let misses: Vec<ClientCall> = (0..3_000).map(|n| call(n, 0, 1)).collect();
        type Place = fn(usize) -> usize;
        let orders: [(&str, Place); 3] =
            [("oldest first", |n| n), ("newest first", |n| 2_999 - n), ("in no order", |n| n * 1_777 % 3_000)];
        for (order, place) in orders {
            let mut now: Vec<ClientCall> = (0..2_990).map(|n| misses[place(n)]).collect();
            let mut kept = entries_within(&now, MOST_STEPS);
            for come in (2_990..3_000).map(|n| misses[place(n)]) {
                now.push(come);
                let (amended, needed) = refreshed(&kept, &now, &BTreeSet::from([come.started_at]), MOST_STEPS);
                assert!(needed <= 2, "{order}: {needed} calls were read");
                kept = amended;
            }
            assert_eq!(kept, entries_within(&misses, MOST_STEPS), "{order}");
        }
    }

    #[test]
    fn a_batch_of_misses_before_all_others_is_told_from_the_calls_beside_each() {
        let misses: Vec<ClientCall> = (0..2_000).map(|n| call(n, 0, 1)).collect();
        let kept = entries_within(&misses[1_000..], MOST_STEPS);
        let touched = misses[..1_000].iter().map(|call| call.started_at).collect();
        let (amended, needed) = refreshed(&kept, &misses, &touched, MOST_STEPS);
        assert_eq!((amended, needed), (entries_within(&misses, MOST_STEPS), 2));
    }
}
