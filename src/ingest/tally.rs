//! How many calls an import made, changed and left as they were, each call counted once however often it was told of.
//! A byte a call, in pages, because the numbers of calls lie close together; in a trial run, where calls have no numbers,
//! eight bytes of their ids' hash.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// What one batch did to one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Became {
    New(i64),
    Updated(i64),
    Unchanged(i64),
    /// Folded into another.
    Gone(i64),
    /// In a trial run: there is no such call yet.
    WouldBeNew(String),
    WouldBeGone(String),
}

const PAGE: i64 = 4096;
const UNCHANGED: u8 = 1;
const UPDATED: u8 = 2;
const NEW: u8 = 3;

/// The counts so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pages: HashMap<i64, Box<[u8]>>,
    would_be_new: HashSet<u64>,
}

impl Tally {
    pub(super) fn add(&mut self, became: Became) {
        match became {
            Became::New(id) => self.raise(id, NEW),
            Became::Updated(id) => self.raise(id, UPDATED),
            Became::Unchanged(id) => self.raise(id, UNCHANGED),
            Became::Gone(id) => *self.slot(id) = 0,
            Became::WouldBeNew(call_id) => {
                self.would_be_new.insert(hash(&call_id));
            }
            Became::WouldBeGone(call_id) => {
                self.would_be_new.remove(&hash(&call_id));
            }
        }
    }

    fn raise(&mut self, id: i64, what: u8) {
        let slot = self.slot(id);
        *slot = (*slot).max(what);
    }

    fn slot(&mut self, id: i64) -> &mut u8 {
        let page = self.pages.entry(id.div_euclid(PAGE)).or_insert_with(|| vec![0; PAGE as usize].into());
        &mut page[id.rem_euclid(PAGE) as usize]
    }

    /// (new, updated, unchanged).
    pub(super) fn counts(&self) -> (u64, u64, u64) {
        let count =
            |what: u8| self.pages.values().flat_map(|page| page.iter()).filter(|slot| **slot == what).count() as u64;
        (count(NEW) + self.would_be_new.len() as u64, count(UPDATED), count(UNCHANGED))
    }
}

fn hash(call_id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    call_id.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_counts_once_for_the_most_that_happened_to_it() {
        let mut tally = Tally::default();
        for became in [
            Became::New(1),
            Became::Updated(1),
            Became::Unchanged(1),
            Became::Unchanged(5000),
            Became::Updated(5000),
            Became::Unchanged(7),
            Became::New(8),
            Became::Gone(8),
        ] {
            tally.add(became);
        }
        assert_eq!(tally.counts(), (1, 1, 1));
        tally.add(Became::WouldBeNew("x".into()));
        tally.add(Became::WouldBeNew("x".into()));
        assert_eq!(tally.counts(), (2, 1, 1));
    }
}
