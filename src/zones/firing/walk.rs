//! The next and the previous firing of a rule.
//!
//! A rule of fixed local times is walked as it names them. From name to instant is a monotone step (the end of a gap, the
//! first pass of an overlap), so several names may share an instant: they are one firing, under the earliest name, with
//! the notes of all. A rule that follows the real clock is walked one stretch of constant offset at a time instead.

use chrono::{NaiveDateTime, TimeDelta};

use crate::domain::cadence::{Cadence, Named};
use crate::domain::instant::Instant;
use crate::domain::occurrence::Occurrence;
use crate::zones::zone::instant_at_offset;
use crate::zones::{Resolved, Zone};

/// One firing of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firing {
    /// Its identity: `2026-10-25T03:30#0`, see [`Occurrence`].
    pub occurrence: String,
    pub fires_at: Instant,
    /// What the wall clock shows then, with its offset: `2026-10-25T03:30:00+03:00`.
    pub local: String,
    /// Words for the reader, sorted: `clamped`, `gap`, `overlap`.
    pub notes: Vec<String>,
}

impl Firing {
    /// The identity, read. `None` only for a text that no firing writes.
    pub fn occurrence(&self) -> Option<Occurrence> {
        Occurrence::parse(&self.occurrence)
    }
}

/// Stretches of constant offset that a search goes through before it gives up: more than sixty years of any zone.
const MOST_STRETCHES: usize = 400;

/// The first firing strictly after an instant; `None` when there is none in the sixty years that follow.
pub fn next(cadence: &Cadence, zone: &Zone, after: Instant) -> Option<Firing> {
    if cadence.follows_real_clock() {
        return next_by_clock(cadence, zone, after);
    }
    let mut names = cadence.named_from(zone.local(after)).map(|named| Step::of(zone, named));
    let mut found = names.find(|step| step.at > after)?;
    let at = found.at;
    names.take_while(|step| step.at == at).for_each(|later| found.absorb(&later));
    Some(found.firing(zone))
}

/// The last firing strictly before an instant.
pub fn previous(cadence: &Cadence, zone: &Zone, before: Instant) -> Option<Firing> {
    if cadence.follows_real_clock() {
        return previous_by_clock(cadence, zone, before);
    }
    let shown = zone.local(before);
    let latest = match zone.resolve(shown) {
        // In the second pass, the first has already shown later times than this one.
        Resolved::Overlap { first, second } => shown + TimeDelta::microseconds(second.as_micros() - first.as_micros()),
        Resolved::Single(_) | Resolved::Gap { .. } => shown,
    };
    let mut names = cadence.named_back_from(latest).map(|named| Step::of(zone, named));
    let mut found = names.find(|step| step.at < before)?;
    let at = found.at;
    for mut earlier in names.take_while(|step| step.at == at) {
        earlier.absorb(&found);
        found = earlier;
    }
    Some(found.firing(zone))
}

fn next_by_clock(cadence: &Cadence, zone: &Zone, after: Instant) -> Option<Firing> {
    let mut from = Instant::from_micros(after.as_micros().saturating_add(1));
    for _ in 0..MOST_STRETCHES {
        let offset = zone.offset_seconds(from);
        let end = zone.next_change(from).map(|(at, _)| at);
        let named = cadence.named_from(zone.local(from)).next()?;
        let at = instant_at_offset(named.local, offset);
        match end {
            Some(end) if at >= end => from = end,
            _ => return Some(by_clock(zone, named, at)),
        }
    }
    None
}

fn previous_by_clock(cadence: &Cadence, zone: &Zone, before: Instant) -> Option<Firing> {
    let mut until = Instant::from_micros(before.as_micros().saturating_sub(1));
    for _ in 0..MOST_STRETCHES {
        let offset = zone.offset_seconds(until);
        let begin = zone.change_at_or_before(until);
        let named = cadence.named_back_from(zone.local(until)).next()?;
        let at = instant_at_offset(named.local, offset);
        match begin {
            Some(begin) if at < begin => until = Instant::from_micros(begin.as_micros() - 1),
            _ => return Some(by_clock(zone, named, at)),
        }
    }
    None
}

fn by_clock(zone: &Zone, named: Named, at: Instant) -> Firing {
    let resolved = zone.resolve(named.local);
    let pass = u8::from(matches!(resolved, Resolved::Overlap { second, .. } if second == at));
    let twice = matches!(resolved, Resolved::Overlap { .. });
    Step { local: named.local, pass, at, gap: false, overlap: twice, clamped: named.clamped }.firing(zone)
}

/// A name and the instant it comes out at.
struct Step {
    local: NaiveDateTime,
    pass: u8,
    at: Instant,
    gap: bool,
    overlap: bool,
    clamped: bool,
}

impl Step {
    fn of(zone: &Zone, named: Named) -> Self {
        let resolved = zone.resolve(named.local);
        Self {
            local: named.local,
            pass: 0,
            at: resolved.earliest(),
            gap: matches!(resolved, Resolved::Gap { .. }),
            overlap: matches!(resolved, Resolved::Overlap { .. }),
            clamped: named.clamped,
        }
    }

    fn absorb(&mut self, other: &Self) {
        self.gap |= other.gap;
        self.overlap |= other.overlap;
        self.clamped |= other.clamped;
    }

    fn firing(&self, zone: &Zone) -> Firing {
        let notes = [("clamped", self.clamped), ("gap", self.gap), ("overlap", self.overlap)];
        Firing {
            occurrence: Occurrence { local: self.local, pass: self.pass }.to_string(),
            fires_at: self.at,
            local: zone.rfc3339(self.at),
            notes: notes.into_iter().filter(|(_, holds)| *holds).map(|(note, _)| note.to_owned()).collect(),
        }
    }
}
