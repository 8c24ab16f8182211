//! How many calls an import made, changed and left as they were, each call counted once however often it was told of.
//! What became of calls is noted in a buffer of a fixed size; a full one goes to a temporary file (`spill`). So a file of
//! any number of calls takes the same memory.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;

use super::spill::Spill;

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

/// Calls that are held in memory.
const MOST_HELD: usize = 1 << 17;
/// Bytes of a note in the file: a key and what happened.
const NOTE_BYTES: usize = 9;
const KEY_BYTES: usize = 8;

const UNCHANGED: u8 = 1;
const UPDATED: u8 = 2;
const NEW: u8 = 3;
/// What happened before doesn't count any more.
const ANEW: u8 = 4;

/// The counts so far.
#[derive(Debug)]
pub(super) struct Tally {
    held: HashMap<u64, u8>,
    most_held: usize,
    spill: Spill<NOTE_BYTES, KEY_BYTES>,
}

impl Default for Tally {
    fn default() -> Self {
        Self { held: HashMap::new(), most_held: MOST_HELD, spill: Spill::default() }
    }
}

impl Tally {
    pub(super) fn add(&mut self, became: Became) -> io::Result<()> {
        let (key, what) = match became {
            Became::New(id) => (of_id(id), NEW),
            Became::Updated(id) => (of_id(id), UPDATED),
            Became::Unchanged(id) => (of_id(id), UNCHANGED),
            Became::Gone(id) => (of_id(id), ANEW),
            Became::WouldBeNew(call_id) => (of_name(&call_id), NEW),
            Became::WouldBeGone(call_id) => (of_name(&call_id), ANEW),
        };
        let note = self.held.entry(key).or_default();
        *note = then(*note, what);
        if self.held.len() >= self.most_held { self.put_away() } else { Ok(()) }
    }

    /// (new, updated, unchanged).
    pub(super) fn counts(mut self) -> io::Result<(u64, u64, u64)> {
        let mut counts = [0_u64; 4];
        let mut count = |note: u8| counts[usize::from(note & !ANEW)] += 1;
        if self.spill.is_empty() {
            self.held.values().for_each(|note| count(*note));
        } else {
            self.put_away()?;
            let mut last: Option<(u64, u8)> = None;
            self.spill.each(|[a, b, c, d, e, f, g, h, what]| {
                let key = u64::from_be_bytes([a, b, c, d, e, f, g, h]);
                match &mut last {
                    Some((known, note)) if *known == key => *note = then(*note, what),
                    _ => {
                        last.iter().for_each(|(_, note)| count(*note));
                        last = Some((key, what));
                    }
                }
            })?;
            last.iter().for_each(|(_, note)| count(*note));
        }
        Ok((counts[usize::from(NEW)], counts[usize::from(UPDATED)], counts[usize::from(UNCHANGED)]))
    }

    /// Writes what is held into the file.
    fn put_away(&mut self) -> io::Result<()> {
        let note = |(key, note): (u64, u8)| {
            let [a, b, c, d, e, f, g, h] = key.to_be_bytes();
            [a, b, c, d, e, f, g, h, note]
        };
        self.spill.put_away(self.held.drain().map(note).collect())
    }
}

/// What two things that happened to one call, one after the other, come to.
fn then(before: u8, after: u8) -> u8 {
    if after & ANEW != 0 { after } else { (before & ANEW) | (before & !ANEW).max(after) }
}

/// Numbers of calls and hashes of names share no key: only in a trial run is there a name without a number.
fn of_id(id: i64) -> u64 {
    id.unsigned_abs() << 1
}

/// The key of a call by its id.
pub(super) fn of_name(call_id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    call_id.hash(&mut hasher);
    hasher.finish() | 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counted(most_held: usize, all: &[Became]) -> (u64, u64, u64) {
        let mut tally = Tally { most_held, ..Tally::default() };
        all.iter().for_each(|became| tally.add(became.clone()).expect("a temporary file can be written"));
        tally.counts().expect("and read")
    }

    #[test]
    fn a_call_counts_once_for_the_most_that_happened_to_it() {
        let mut all = vec![
            Became::New(1),
            Became::Updated(1),
            Became::Unchanged(1),
            Became::Unchanged(5000),
            Became::Updated(5000),
            Became::Unchanged(7),
            Became::New(8),
            Became::Gone(8),
        ];
        assert_eq!(counted(100, &all), (1, 1, 1));
        all.extend([Became::WouldBeNew("x".into()), Became::WouldBeNew("x".into())]);
        assert_eq!(counted(100, &all), (2, 1, 1));
        all.push(Became::WouldBeGone("x".into()));
        assert_eq!(counted(1, &all), (1, 1, 1));
    }

    fn happened() -> impl Strategy<Value = Became> {
        (0..4_i64, 0..6).prop_map(|(id, what)| match what {
            0 => Became::New(id),
            1 => Became::Updated(id),
            2 => Became::Unchanged(id),
            3 => Became::Gone(id),
            4 => Became::WouldBeNew(id.to_string()),
            _ => Became::WouldBeGone(id.to_string()),
        })
    }

    proptest! {
        #[test]
        fn how_much_is_held_changes_no_count(all in proptest::collection::vec(happened(), 0..60), most_held in 1..5_usize) {
            prop_assert_eq!(counted(most_held, &all), counted(1000, &all));
        }
    }
}
