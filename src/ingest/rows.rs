//! Which rows of one file tell of the same call: how often one is repeated, how many tell of a call once more, and which
//! give the id of one call to another. It goes by the file alone, so a file that comes again or in pieces is an ordinary
//! update. Every readable row leaves a note of a fixed size; what doesn't fit into memory goes to a temporary file.

use std::collections::{BTreeMap, HashMap};
use std::io;

use super::formats::Item;
use super::spill::Spill;
use super::tally::of_name;
use crate::domain::fold::Identity;

/// Rows that are held in memory.
const MOST_HELD: usize = 1 << 16;
/// Calls that are remembered with their ids, to name two rows of one.
const MOST_RECENT: usize = 1 << 15;
/// So many ids of clashing rows are remembered.
const MOST_NAMES: usize = 100;
/// So many different calls with one id are told apart.
const MOST_IDENTITIES: usize = 64;
const NOTE_BYTES: usize = 38;

/// What is noted of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// The key of its call.
    call: u64,
    /// Of what it says.
    said: u32,
    pub line: u64,
    /// What it says of the call as a whole; `None`: it is a leg or an event, and others may say other things.
    identity: Option<Identity>,
    /// Its moment, in seconds since 1970.
    pub at_sec: i64,
}

impl Told {
    /// The note of a row; `None`: it is no call.
    pub(super) fn of(line: u64, item: &Item) -> Option<Self> {
        match item {
            Item::Call(ranked) => Some(Self {
                call: of_name(&ranked.call.call_id),
                said: u32::from_str_radix(ranked.hash().get(..8)?, 16).ok()?,
                line,
                identity: Some(Identity::of(ranked)),
                at_sec: ranked.call.started_at.as_seconds(),
            }),
            Item::Piece(piece) => {
                let [a, b, c, d, ..] = piece.hash;
                let call = of_name(&piece.call_id);
                let said = u32::from_be_bytes([a, b, c, d]);
                Some(Self { call, said, line, identity: None, at_sec: piece.at.as_seconds() })
            }
            Item::NoCall => None,
        }
    }

    fn differs(&self, other: &Self) -> Option<&'static str> {
        self.identity?.differs(&other.identity?)
    }

    /// In the order of call, what it says, and line.
    fn to_bytes(self) -> [u8; NOTE_BYTES] {
        let nothing = Identity { start_sec: 0, direction: 0, who: 0, updated: 0, talk: 0 };
        let identity = self.identity.unwrap_or(nothing);
        let mut bytes = [0; NOTE_BYTES];
        bytes[..8].copy_from_slice(&self.call.to_be_bytes());
        bytes[8..12].copy_from_slice(&self.said.to_be_bytes());
        bytes[12..20].copy_from_slice(&self.line.to_be_bytes());
        bytes[20..24].copy_from_slice(&identity.start_sec.to_be_bytes());
        bytes[24..28].copy_from_slice(&identity.who.to_be_bytes());
        bytes[28..32].copy_from_slice(&identity.updated.to_be_bytes());
        bytes[32] = identity.direction;
        bytes[33] = u8::from(self.identity.is_some());
        bytes[34..].copy_from_slice(&identity.talk.to_be_bytes());
        bytes
    }

    fn of_bytes(bytes: &[u8; NOTE_BYTES]) -> Self {
        let long = |at: usize| u64::from(short(bytes, at)) << 32 | u64::from(short(bytes, at + 4));
        let identity = Identity {
            start_sec: short(bytes, 20),
            who: short(bytes, 24),
            updated: short(bytes, 28),
            talk: short(bytes, 34),
            direction: bytes[32],
        };
        Self {
            call: long(0),
            said: short(bytes, 8),
            line: long(12),
            identity: (bytes[33] == 1).then_some(identity),
            at_sec: identity.start_sec.into(),
        }
    }
}

fn short(bytes: &[u8; NOTE_BYTES], at: usize) -> u32 {
    bytes[at..at + 4].iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// A row that has the id of another call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ClashingRow {
    pub line: u64,
    /// The first line with that id.
    pub first_line: u64,
    /// The id, where it is still known.
    pub call_id: Option<String>,
    pub differs: &'static str,
}

/// What the rows of a file come to. Readable rows = `calls` + `further` + `repeated` + `clashing`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct RowCounts {
    /// Ids of calls.
    pub calls: u64,
    /// Rows that say something more of a call than its first row.
    pub further: u64,
    /// Rows that say what an earlier one says.
    pub repeated: u64,
    /// Rows that have the id of a call and can't be of it.
    pub clashing: u64,
    /// The first of them by line.
    pub first_clashing: Vec<ClashingRow>,
    /// Of calls that were asked about: their first line, and whether rows of them clash.
    pub asked: HashMap<u64, (u64, bool)>,
}

/// The notes so far.
#[derive(Debug)]
pub(super) struct Rows {
    held: Vec<[u8; NOTE_BYTES]>,
    most_held: usize,
    spill: Spill<NOTE_BYTES, NOTE_BYTES>,
    recent: HashMap<u64, Told>,
    names: HashMap<u64, String>,
}

impl Default for Rows {
    fn default() -> Self {
        let (recent, names) = (HashMap::new(), HashMap::new());
        Self { held: Vec::new(), most_held: MOST_HELD, spill: Spill::default(), recent, names }
    }
}

impl Rows {
    /// Notes a row.
    pub(super) fn add(&mut self, told: Told, item: &Item) -> io::Result<()> {
        if let Item::Call(ranked) = item {
            match self.recent.get(&told.call) {
                Some(other) if other.differs(&told).is_some() => self.name(told.call, &ranked.call.call_id),
                Some(_) => {}
                None => {
                    if self.recent.len() >= MOST_RECENT {
                        self.recent.clear();
                    }
                    self.recent.insert(told.call, told);
                }
            }
        }
        self.held.push(told.to_bytes());
        if self.held.len() >= self.most_held { self.spill.put_away(std::mem::take(&mut self.held)) } else { Ok(()) }
    }

    /// Remembers the id of a call whose rows may clash.
    pub(super) fn name(&mut self, call: u64, call_id: &str) {
        if self.names.len() < MOST_NAMES {
            self.names.entry(call).or_insert_with(|| call_id.to_owned());
        }
    }

    /// What they come to, with as many clashing rows as `most_shown`.
    pub(super) fn counts(mut self, most_shown: usize, asked: &[u64]) -> io::Result<RowCounts> {
        let asked = asked.iter().map(|call| (*call, (0, false))).collect();
        let mut sum = Sum { counts: RowCounts { asked, ..RowCounts::default() }, most_shown, ..Sum::default() };
        if self.spill.is_empty() {
            self.held.sort_unstable();
            self.held.iter().for_each(|note| sum.add(Told::of_bytes(note)));
        } else {
            self.spill.put_away(self.held)?;
            self.spill.each(|note| sum.add(Told::of_bytes(&note)))?;
        }
        sum.end_call();
        let mut counts = sum.counts;
        let named = |((_, call, _), clash): ((u64, u64, u32), ClashingRow)| {
            let call_id = self.names.get(&call).cloned();
            ClashingRow { call_id, ..clash }
        };
        counts.first_clashing = sum.shown.into_iter().map(named).collect();
        Ok(counts)
    }
}

/// Rows with one identity.
#[derive(Clone, Copy, Debug)]
struct Alike {
    first: Told,
    rows: u64,
}

/// Goes through notes in their order.
#[derive(Default)]
struct Sum {
    counts: RowCounts,
    most_shown: usize,
    /// By line, call and what they say: one line may hold many rows.
    shown: BTreeMap<(u64, u64, u32), ClashingRow>,
    last: Option<Told>,
    alike: Vec<Alike>,
    /// Rows beyond as many identities as are told apart.
    beyond: u64,
}

impl Sum {
    fn add(&mut self, told: Told) {
        match self.last {
            Some(last) if last.call == told.call && last.said == told.said => {
                self.counts.repeated += 1;
                return;
            }
            Some(last) if last.call == told.call => {}
            _ => self.end_call(),
        }
        self.last = Some(told);
        match self.alike.iter().position(|alike| alike.first.identity == told.identity) {
            Some(place) => {
                let alike = &mut self.alike[place];
                alike.rows += 1;
                alike.first = if told.line < alike.first.line { told } else { alike.first };
            }
            None if self.alike.len() < MOST_IDENTITIES => self.alike.push(Alike { first: told, rows: 1 }),
            None => self.beyond += 1,
        }
    }

    /// Counts the rows of the call that ends here.
    fn end_call(&mut self) {
        let Some(first) = self.alike.iter().map(|alike| alike.first).min_by_key(|told| told.line) else { return };
        self.counts.calls += 1;
        let mut clashing = self.beyond;
        for alike in std::mem::take(&mut self.alike) {
            match first.differs(&alike.first) {
                Some(differs) => {
                    clashing += alike.rows;
                    let (line, first_line) = (alike.first.line, first.line);
                    let key = (line, first.call, alike.first.said);
                    self.shown.insert(key, ClashingRow { line, first_line, call_id: None, differs });
                    if self.shown.len() > self.most_shown {
                        self.shown.pop_last();
                    }
                }
                None => self.counts.further += alike.rows,
            }
        }
        self.beyond = 0;
        // The first row is the call's own.
        self.counts.further -= 1;
        self.counts.clashing += clashing;
        if let Some(asked) = self.counts.asked.get_mut(&first.call) {
            *asked = (first.line, clashing > 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashSet};

    use proptest::prelude::*;

    use super::*;
    use crate::domain::call::{CallStatus, Direction};
    use crate::domain::fold::{Ranked, blank};
    use crate::domain::instant::Instant;

    fn row(call_id: &str, start: i64, talk: u32) -> Item {
        let mut call = blank(call_id, "s", Instant::from_seconds(start));
        (call.direction, call.status, call.talk_sec) = (Direction::Inbound, CallStatus::Answered, Some(talk));
        Item::Call(Box::new(Ranked::new(call, None, 3)))
    }

    fn counted(most_held: usize, items: &[Item]) -> RowCounts {
        let mut rows = Rows { most_held, ..Rows::default() };
        for (n, item) in items.iter().enumerate() {
            let told = Told::of(n as u64 + 2, item).expect("a call");
            rows.add(told, item).expect("a temporary file can be written");
        }
        rows.counts(3, &[of_name("a")]).expect("and read")
    }

    #[test]
    fn a_row_with_the_id_of_another_call_is_named_with_both_lines() {
        let items = [row("a", 0, 5), row("b", 0, 5), row("a", 0, 5), row("a", 0, 9), row("a", 3600, 5)];
        let found = counted(100, &items);
        assert_eq!((found.calls, found.further, found.repeated, found.clashing), (2, 1, 1, 1));
        let clash = ClashingRow { line: 6, first_line: 2, call_id: Some("a".into()), differs: "another start" };
        assert_eq!(found.first_clashing, [clash]);
        assert_eq!(found.asked[&of_name("a")], (2, true));
    }

    #[test]
    fn a_note_survives_its_bytes() {
        let mut made = row("a", 1_780_000_000, 7);
        if let Item::Call(ranked) = &mut made {
            ranked.call.id_is_synthetic = true;
        }
        for item in [row("a", 1_780_000_000, 5), row("", 0, 0), made] {
            let told = Told::of(u64::MAX - 7, &item).expect("a call");
            assert_eq!(Told::of_bytes(&told.to_bytes()), told);
        }
    }

    proptest! {
        #[test]
        fn rows_are_counted_as_by_hand_however_much_is_held(
            told in proptest::collection::vec((0..4_u8, 0..3_i64, 0..3_u32), 0..60),
            most_held in 1..7_usize,
        ) {
            let items: Vec<Item> =
                told.iter().map(|(id, hour, talk)| row(&id.to_string(), hour * 3600, *talk)).collect();
            let found = counted(most_held, &items);
            let mut first: HashMap<u8, i64> = HashMap::new();
            let mut known = HashSet::new();
            let (mut further, mut repeated, mut clashing) = (0, 0, BTreeSet::new());
            for (line, (id, hour, talk)) in told.iter().enumerate() {
                let start = *first.entry(*id).or_insert(*hour);
                let is_first = !known.iter().any(|(other, ..): &(u8, i64, u32)| other == id);
                match (known.insert((*id, *hour, *talk)), start == *hour) {
                    (false, _) => repeated += 1,
                    (true, true) => further += u64::from(!is_first),
                    (true, false) => _ = clashing.insert(line as u64 + 2),
                }
            }
            prop_assert_eq!(found.calls as usize, first.len());
            prop_assert_eq!((found.further, found.repeated), (further, repeated));
            prop_assert_eq!(found.clashing as usize, clashing.len());
            prop_assert_eq!(found.calls + found.further + found.repeated + found.clashing, told.len() as u64);
            prop_assert!(found.first_clashing.iter().all(|clash| clashing.contains(&clash.line)));
            prop_assert_eq!(&found, &counted(1000, &items));
        }
    }
}
