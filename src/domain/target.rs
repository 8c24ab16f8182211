//! Target calls: the source says so, else it is a long talk that is the caller's first in the sale cycle. A cycle begins
//! with a target call; long talks within its days repeat it, and the first one after them begins the next.

use std::collections::BTreeSet;

use super::ids::CallKey;
use super::instant::Instant;
use super::slice::{CallFlags, CallRow};

/// How a report tells a target call where the source doesn't.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    /// Shorter talks are no target calls.
    pub talk_sec: u32,
    /// 0: every long talk is a target call.
    pub cycle_days: u32,
}

/// One answered call in of a known number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Talk {
    pub client: i64,
    pub started_at: Instant,
    pub call: CallKey,
    pub talk_sec: Option<u32>,
    pub flags: CallFlags,
}

impl Talk {
    /// The talk of a call; `None`: nobody answered it, it went out, or its number isn't known.
    pub fn of(call: &CallRow) -> Option<Self> {
        let talk = Self {
            client: call.client?,
            started_at: call.started_at,
            call: call.key,
            talk_sec: call.talk_sec,
            flags: call.flags,
        };
        call.is_answered_in().then_some(talk)
    }
}

impl Rule {
    /// Seconds of a cycle.
    pub fn cycle_sec(self) -> i64 {
        i64::from(self.cycle_days) * 86_400
    }

    /// Whether only the calls before tell if this is a target call: the source doesn't say, and the talk is long enough.
    pub fn asks(self, flags: CallFlags, talk_sec: Option<u32>) -> bool {
        flags.target().is_none() && flags.repeat() != Some(true) && talk_sec.is_some_and(|talk| talk >= self.talk_sec)
    }

    /// Which of these talks repeat a target call. They must hold all talks of each caller, from one on that can't be a
    /// repetition.
    pub fn repeats(self, mut talks: Vec<Talk>) -> BTreeSet<CallKey> {
        talks.sort_unstable();
        talks.dedup();
        let mut repeats = BTreeSet::new();
        for of_one in talks.chunk_by(|a, b| a.client == b.client) {
            let mut ends: Option<Instant> = None;
            for talk in of_one {
                let asks = self.asks(talk.flags, talk.talk_sec);
                if asks && ends.is_some_and(|ends| talk.started_at < ends) {
                    repeats.insert(talk.call);
                } else if asks || talk.flags.target() == Some(true) {
                    ends = Some(talk.started_at.plus_seconds(self.cycle_sec()));
                }
            }
        }
        repeats
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn talk(day: i64, talk_sec: u32, flags: u8) -> Talk {
        Talk {
            client: 380_671_112_233,
            started_at: Instant::from_seconds(day * 86_400),
            call: CallKey(day),
            talk_sec: Some(talk_sec),
            flags: CallFlags(flags),
        }
    }

    #[test]
    fn a_cycle_begins_with_a_target_call_and_not_with_its_repetition() {
        let rule = Rule { talk_sec: 30, cycle_days: 30 };
        let talks = vec![talk(0, 60, 0), talk(5, 10, 0), talk(20, 60, 0), talk(30, 30, 0), talk(45, 99, 0)];
        assert_eq!(rule.repeats(talks.clone()), BTreeSet::from([CallKey(20), CallKey(45)]));
        assert!(Rule { cycle_days: 0, ..rule }.repeats(talks).is_empty());
    }

    #[test]
    fn what_the_source_says_begins_a_cycle_too_and_is_never_overruled() {
        let rule = Rule { talk_sec: 30, cycle_days: 30 };
        // 1: target known; 1 | 2: and it is one; 16 | 32: a repetition.
        let talks = vec![talk(0, 5, 1 | 2), talk(3, 60, 0), talk(4, 60, 1 | 2), talk(6, 60, 1), talk(7, 60, 16 | 32)];
        assert_eq!(rule.repeats(talks), BTreeSet::from([CallKey(3)]));
    }
}
