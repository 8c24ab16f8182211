//! Merging two records of one call: field by field the stronger value stays. Known beats not known; between two known
//! values the [`Rank`] of the record that brought them decides. Each field remembers its rank, so merging is
//! commutative, associative and idempotent, and what was merged long ago can be merged again with what comes late.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::call::{AnsweredBy, Call, CallStatus, Direction, Flaw};
use crate::domain::hex::hex;
use crate::domain::instant::Instant;

/// How strong a record is; greater is stronger. The order of the fields is the order of comparison.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Rank {
    /// Nothing more will come.
    #[serde(rename = "f")]
    pub is_final: bool,
    /// When the source last changed it, in microseconds.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<i64>,
    /// When the call ended, in microseconds.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<i64>,
    /// 3 a person talked, 2 the source gave a reason or a canonical status, 1 it gave a word that we translate, 0 neither.
    #[serde(rename = "v")]
    pub evidence: u8,
    /// Every byte of its text could be read. What was read with the wrong encoding yields to the same row read right.
    #[serde(rename = "w", default = "yes", skip_serializing_if = "Clone::clone")]
    pub is_readable: bool,
    /// Of the record itself: two records of one rank are one record.
    #[serde(rename = "h")]
    pub hash: String,
}

impl Rank {
    /// The rank of `call` as one record.
    pub fn of(call: &Call, updated_at: Option<Instant>, evidence: u8) -> Self {
        let bytes = serde_json::to_vec(call).unwrap_or_default();
        let hash = hex(&Sha256::digest(&bytes)[..12]);
        Self {
            is_final: call.status.is_final(),
            updated_at: updated_at.map(Instant::as_micros),
            ended_at: call.ended_at.map(Instant::as_micros),
            evidence,
            is_readable: true,
            hash,
        }
    }
}

const fn yes() -> bool {
    true
}

/// A record with the rank of every field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    pub call: Call,
    /// The strongest rank; every field has it but those in `weaker`.
    rank: Rank,
    /// Known fields that came from weaker records.
    weaker: BTreeMap<String, Rank>,
}

/// The ranks of a record, as stored beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranks {
    #[serde(rename = "r")]
    rank: Rank,
    #[serde(rename = "x", default, skip_serializing_if = "BTreeMap::is_empty")]
    weaker: BTreeMap<String, Rank>,
}

impl Ranked {
    /// One record, as it came.
    pub fn new(call: Call, updated_at: Option<Instant>, evidence: u8) -> Self {
        let rank = Rank::of(&call, updated_at, evidence);
        Self { call, rank, weaker: BTreeMap::new() }
    }

    /// One record whose text had bytes that couldn't be read.
    pub fn mark_unreadable(&mut self) {
        self.call.add_flaw(Flaw::BadUtf8);
        self.rank.is_readable = false;
    }

    /// A record read back with its ranks.
    pub fn restore(call: Call, ranks: Ranks) -> Self {
        Self { call, rank: ranks.rank, weaker: ranks.weaker }
    }

    /// The ranks, to be stored.
    pub fn ranks(&self) -> Ranks {
        Ranks { rank: self.rank.clone(), weaker: self.weaker.clone() }
    }

    /// The same record in other words, as strong as before; nothing is left that was made from the old ones.
    #[must_use]
    pub fn rewritten(&self, call: Call) -> Self {
        let rank = Rank { hash: Rank::of(&call, None, 0).hash, ..self.rank.clone() };
        let unnamed = |(field, rank): (&String, &Rank)| (field.clone(), Rank { hash: String::new(), ..rank.clone() });
        Self { call, rank, weaker: self.weaker.iter().map(unnamed).collect() }
    }

    /// When the source last changed it, in microseconds, as far as it says so.
    pub fn updated_at(&self) -> Option<i64> {
        self.rank.updated_at
    }

    /// Of all that the record says; two with one hash say the same.
    pub fn hash(&self) -> &str {
        &self.rank.hash
    }

    fn rank_of(&self, field: &Field) -> &Rank {
        self.weaker.get(field.name).unwrap_or(&self.rank)
    }
}

/// What stays of a call when these two records of it meet.
pub fn merge(a: &Ranked, b: &Ranked) -> Ranked {
    let (strong, weak) = if a.rank >= b.rank { (a, b) } else { (b, a) };
    let mut merged = Ranked { call: strong.call.clone(), rank: strong.rank.clone(), weaker: BTreeMap::new() };
    weak.call.flaws.iter().for_each(|flaw| merged.call.add_flaw(*flaw));
    for field in OPTIONAL.iter().chain(GROUPS) {
        let of_strong = ((field.is_known)(&strong.call), strong.rank_of(field));
        let of_weak = ((field.is_known)(&weak.call), weak.rank_of(field));
        let (is_known, rank) = of_strong.max(of_weak);
        if of_weak > of_strong {
            (field.copy)(&mut merged.call, &weak.call);
        }
        if is_known && *rank != merged.rank {
            merged.weaker.insert(field.name.to_owned(), rank.clone());
        }
    }
    merged
}

/// What is decided as one: a field, or several that mean nothing apart.
struct Field {
    name: &'static str,
    is_known: fn(&Call) -> bool,
    copy: fn(&mut Call, &Call),
}

macro_rules! optional {
    ($($name:ident),+ $(,)?) => {
        [$(Field { name: stringify!($name), is_known: |call| call.$name.is_some(), copy: |to, from| to.$name.clone_from(&from.$name) }),+]
    };
}

/// Fields that are known when they hold anything.
const OPTIONAL: &[Field] = &optional!(
    answered_at,
    ended_at,
    from_number,
    to_number,
    client_number,
    tracking_number,
    wait_sec,
    ring_sec,
    ivr_sec,
    talk_sec,
    hold_sec,
    wrap_sec,
    duration_sec,
    queue,
    department,
    is_target,
    is_first_call,
    is_repeat,
    landing,
    referrer,
    client_id,
    recording_url,
    hangup_cause,
    ended_by,
    linked_id,
    merged_into,
    region,
    category,
    rating,
    comment,
    visitor_id,
);

/// The rest: fields with their own word for "not known", and groups.
const GROUPS: &[Field] = &[
    Field { name: "started_at", is_known: |_| true, copy: |to, from| to.started_at = from.started_at },
    Field {
        name: "direction",
        is_known: |call| call.direction != Direction::Unknown,
        copy: |to, from| to.direction = from.direction,
    },
    Field {
        name: "status",
        is_known: |call| call.status != CallStatus::Unknown,
        copy: |to, from| {
            to.status = from.status;
            to.raw_status.clone_from(&from.raw_status);
        },
    },
    Field {
        name: "answered_by",
        is_known: |call| call.answered_by != AnsweredBy::Unknown,
        copy: |to, from| to.answered_by = from.answered_by,
    },
    Field {
        name: "agent",
        is_known: |call| call.agent_id.is_some() || call.agent_name.is_some(),
        copy: |to, from| {
            to.agent_id.clone_from(&from.agent_id);
            to.agent_name.clone_from(&from.agent_name);
        },
    },
    Field {
        name: "utm",
        is_known: |call| call.utm != Default::default(),
        copy: |to, from| to.utm.clone_from(&from.utm),
    },
    Field {
        name: "first_utm",
        is_known: |call| call.first_utm != Default::default(),
        copy: |to, from| to.first_utm.clone_from(&from.first_utm),
    },
    Field {
        name: "cost",
        is_known: |call| call.cost_micro.is_some(),
        copy: |to, from| {
            to.cost_micro = from.cost_micro;
            to.currency.clone_from(&from.currency);
        },
    },
    Field { name: "tags", is_known: |call| !call.tags.is_empty(), copy: |to, from| to.tags.clone_from(&from.tags) },
    Field { name: "parts", is_known: |call| !call.parts.is_empty(), copy: |to, from| to.parts.clone_from(&from.parts) },
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::call::{CallPart, Flaw, PartKind, PartOutcome, Utm};
    use crate::domain::fold::blank;

    fn word() -> impl Strategy<Value = Option<String>> {
        proptest::option::of("[a-c]")
    }

    fn record() -> impl Strategy<Value = Ranked> {
        let times = (0..3i64, proptest::option::of(0..3i64), proptest::option::of(0..3i64));
        let words = (word(), word(), word(), word(), word());
        let codes = (0..6i64, 0..15i64, 0..5i64, 0..4u8);
        let numbers = (proptest::option::of(0..2u32), proptest::option::of(any::<bool>()), 0..2usize);
        (times, words, codes, numbers).prop_map(|(times, words, codes, numbers)| {
            let mut call = blank("c", "s", Instant::from_seconds(times.0));
            call.ended_at = times.1.map(Instant::from_seconds);
            (call.raw_status, call.agent_id, call.agent_name, call.queue, call.utm) =
                (words.0, words.1, words.2, words.3, Utm { source: words.4, ..Utm::default() });
            call.direction = Direction::from_code(codes.0).expect("a code");
            call.status = CallStatus::from_code(codes.1).expect("a code");
            call.answered_by = AnsweredBy::from_code(codes.2).expect("a code");
            (call.talk_sec, call.is_target) = (numbers.0, numbers.1);
            call.parts = vec![
                CallPart {
                    agent_key: None,
                    kind: PartKind::Ring,
                    started_at: None,
                    ring_sec: numbers.0,
                    talk_sec: None,
                    outcome: PartOutcome::NoAnswer,
                };
                numbers.2
            ];
            if numbers.1 == Some(true) {
                call.add_flaw(Flaw::BadUtf8);
            }
            Ranked::new(call, times.2.map(Instant::from_seconds), codes.3)
        })
    }

    proptest! {
        #[test]
        fn merging_is_commutative(a in record(), b in record()) {
            prop_assert_eq!(merge(&a, &b), merge(&b, &a));
        }

        #[test]
        fn merging_is_associative(a in record(), b in record(), c in record()) {
            prop_assert_eq!(merge(&merge(&a, &b), &c), merge(&a, &merge(&b, &c)));
        }

        #[test]
        fn merging_is_idempotent(a in record(), b in record()) {
            prop_assert_eq!(merge(&a, &a), a.clone());
            let both = merge(&a, &b);
            prop_assert_eq!(merge(&both, &a), both.clone());
            prop_assert_eq!(merge(&both, &both), both);
        }

        #[test]
        fn ranks_survive_storage(a in record(), b in record()) {
            let both = merge(&a, &b);
            let text = serde_json::to_string(&both.ranks()).expect("serialises");
            let ranks = serde_json::from_str(&text).expect("reads back");
            prop_assert_eq!(Ranked::restore(both.call.clone(), ranks), both);
        }
    }

    #[test]
    fn known_beats_not_known_and_final_beats_open() {
        let mut open = blank("c", "s", Instant::from_seconds(10));
        open.status = CallStatus::InProgress;
        open.queue = Some("sales".into());
        let mut done = blank("c", "s", Instant::from_seconds(10));
        done.status = CallStatus::Answered;
        let merged = merge(&Ranked::new(open, None, 3), &Ranked::new(done, None, 2));
        assert_eq!((merged.call.status, merged.call.queue.as_deref()), (CallStatus::Answered, Some("sales")));
    }
}
