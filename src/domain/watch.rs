//! What somebody must notice: reports that nobody takes, a way out that stays shut, a source that went silent, a balance that
//! grew old, usage that isn't told any more. Each is told once for as long as it lasts, and again when it ended and begins anew. Pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::instant::Instant;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// A project's reports aren't taken although they were due.
    Reports,
    /// A relay or another service can't be used.
    Lane,
    /// A source of calls says nothing any more.
    Source,
    /// A balance that nobody tells any more.
    Balance,
    /// A database of somebody else's that says what balances are can't be asked.
    MoneySource,
    /// What a balance is used for isn't told any more, although the balance is.
    Usage,
}

impl Trouble {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Reports, Self::Lane, Self::Source, Self::Balance, Self::MoneySource, Self::Usage];

    /// The word in keys and in the ids of its messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reports => "reports",
            Self::Lane => "lane",
            Self::Source => "source",
            Self::Balance => "balance",
            Self::MoneySource => "money-source",
            Self::Usage => "usage",
        }
    }
}

/// One trouble with one thing: `lane` of `email/main`, `source` of source 7.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub trouble: Trouble,
    pub thing: String,
}

/// What is remembered of one that lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    pub since: Instant,
    pub told: bool,
}

/// One that is seen now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Since when, where that is known; else it begins when it is first seen.
    pub since: Option<Instant>,
    /// So long it may last before anybody is told.
    pub patience_sec: i64,
}

/// Takes what is remembered through one look, and gives those that are to be told now. What isn't seen any more is forgotten,
/// so that it is told again when it comes again.
pub fn look<K: Ord + Clone>(memory: &mut BTreeMap<K, Memory>, seen: &BTreeMap<K, Seen>, now: Instant) -> Vec<K> {
    memory.retain(|place, _| seen.contains_key(place));
    let mut tell = Vec::new();
    for (place, one) in seen {
        let known = memory.get(place).copied();
        let since = match known {
            Some(known) if known.told => known.since,
            Some(known) => one.since.unwrap_or(known.since),
            None => one.since.unwrap_or(now),
        };
        let was_told = known.is_some_and(|known| known.told);
        let tells = !was_told && since.plus_seconds(one.patience_sec) <= now;
        memory.insert(place.clone(), Memory { since, told: was_told || tells });
        if tells {
            tell.push(place.clone());
        }
    }
    tell
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PATIENCE: i64 = 600;

    fn seen(since: Option<i64>) -> BTreeMap<&'static str, Seen> {
        [("x", Seen { since: since.map(Instant::from_seconds), patience_sec: PATIENCE })].into()
    }

    #[test]
    fn it_is_told_when_it_lasted_and_again_only_after_it_ended() {
        let mut memory = BTreeMap::new();
        let at = Instant::from_seconds;
        assert!(look(&mut memory, &seen(None), at(0)).is_empty());
        assert!(look(&mut memory, &seen(None), at(599)).is_empty());
        assert_eq!(look(&mut memory, &seen(None), at(600)), ["x"]);
        assert!(look(&mut memory, &seen(None), at(90_000)).is_empty(), "once");
        assert!(look(&mut memory, &BTreeMap::new(), at(90_001)).is_empty());
        assert!(memory.is_empty(), "it is forgotten");
        assert!(look(&mut memory, &seen(None), at(90_002)).is_empty(), "and has its patience again");
        assert_eq!(look(&mut memory, &seen(None), at(90_602)), ["x"]);
        let mut memory = BTreeMap::new();
        assert_eq!(look(&mut memory, &seen(Some(100)), at(1_000)), ["x"], "what is known to last isn't waited for");
    }

    proptest! {
        #[test]
        fn at_most_once_for_as_long_as_it_lasts(steps in prop::collection::vec((any::<bool>(), 1_i64..900), 1..60)) {
            let (mut memory, mut now) = (BTreeMap::new(), 0);
            let (mut begun, mut told): (Option<i64>, usize) = (None, 0);
            for (is_there, pause) in steps {
                now += pause;
                let tells = match is_there {
                    true => look(&mut memory, &seen(None), Instant::from_seconds(now)).len(),
                    false => look(&mut memory, &BTreeMap::new(), Instant::from_seconds(now)).len(),
                };
                if !is_there {
                    prop_assert_eq!(tells, 0);
                    (begun, told) = (None, 0);
                    continue;
                }
                let since = *begun.get_or_insert(now);
                told += tells;
                prop_assert!(told <= 1);
                prop_assert_eq!(told == 1, now - since >= PATIENCE, "it lasts since {}, now {}", since, now);
            }
        }
    }
}
