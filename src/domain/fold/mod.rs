//! From what telephony systems tell to calls. Pure, and free of order: the same rows or events, in any order, in pieces
//! or twice, fold into the same calls.
//!
//! A format whose row is a call (`Whole`) makes one [`Ranked`] record a row; a format of legs or events folds all those of
//! a call into one. Records of one call meet in [`merge`], which takes a maximum field by field.

pub mod asterisk;
mod derive;
mod merge;
mod same;
pub mod voys;
mod words;

pub use derive::{Attribution, agent_of, attribution, client_digits, flags, is_unread, parts, tracking_digits};
pub use merge::{Rank, Ranked, Ranks, merge};
pub use same::Identity;
pub use words::{Word, normalised, read_word};

use std::collections::{BTreeMap, BTreeSet};

use super::call::{AnsweredBy, Call, CallStatus, Direction};
use super::instant::Instant;

/// A call of which nothing is known but its id and its start.
pub fn blank(call_id: &str, source: &str, started_at: Instant) -> Call {
    Call {
        call_id: call_id.to_owned(),
        source: source.to_owned(),
        direction: Direction::Unknown,
        started_at,
        answered_at: None,
        ended_at: None,
        from_number: None,
        to_number: None,
        client_number: None,
        tracking_number: None,
        status: CallStatus::Unknown,
        raw_status: None,
        answered_by: AnsweredBy::Unknown,
        wait_sec: None,
        ring_sec: None,
        ivr_sec: None,
        talk_sec: None,
        hold_sec: None,
        wrap_sec: None,
        duration_sec: None,
        agent_id: None,
        agent_name: None,
        queue: None,
        department: None,
        is_target: None,
        is_first_call: None,
        is_repeat: None,
        utm: Default::default(),
        first_utm: Default::default(),
        landing: None,
        referrer: None,
        client_id: None,
        tags: Vec::new(),
        cost_micro: None,
        currency: None,
        recording_url: None,
        hangup_cause: None,
        ended_by: None,
        linked_id: None,
        merged_into: None,
        region: None,
        category: None,
        rating: None,
        comment: None,
        visitor_id: None,
        id_is_synthetic: false,
        flaws: Vec::new(),
        parts: Vec::new(),
    }
}

/// Which call each folded-away call belongs to, from pairs `(folded away, into)`. Chains end at their first call; in a
/// cycle the smallest id stays; of several claims on one call the smallest id wins; a call folded into itself is not
/// folded at all. Calls that stay are not in the map.
pub fn roots(pairs: &BTreeSet<(String, String)>) -> BTreeMap<String, String> {
    let mut parent: BTreeMap<&str, &str> = BTreeMap::new();
    for (away, into) in pairs {
        if away != into {
            parent.entry(away).or_insert(into);
        }
    }
    let mut roots = BTreeMap::new();
    for start in parent.keys() {
        let mut path = vec![*start];
        let mut root = *start;
        while let Some(next) = parent.get(root) {
            if let Some(position) = path.iter().position(|seen| seen == next) {
                root = path[position..].iter().min().copied().unwrap_or(next);
                break;
            }
            path.push(next);
            root = next;
        }
        if root != *start {
            roots.insert((*start).to_owned(), root.to_owned());
        }
    }
    roots
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        roots(&pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()).into_iter().collect()
    }

    fn map(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn chains_end_at_their_first_call() {
        assert_eq!(of(&[("c", "b"), ("b", "z"), ("d", "c")]), map(&[("b", "z"), ("c", "z"), ("d", "z")]));
    }

    #[test]
    fn in_a_cycle_the_smallest_stays() {
        assert_eq!(of(&[("b", "a"), ("a", "b")]), map(&[("b", "a")]));
        assert_eq!(of(&[("b", "c"), ("c", "b"), ("x", "c")]), map(&[("c", "b"), ("x", "b")]));
        assert_eq!(of(&[("a", "a")]), map(&[]));
    }

    #[test]
    fn of_two_claims_the_smallest_wins() {
        assert_eq!(of(&[("m", "y"), ("m", "x")]), map(&[("m", "x")]));
    }
}
