//! The next and the previous firing of a rule.

use crate::domain::cadence::Cadence;
use crate::domain::instant::Instant;
use crate::domain::occurrence::Occurrence;
use crate::zones::Zone;

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

/// The first firing strictly after an instant; `None` when there is none within the calendar.
pub fn next(_cadence: &Cadence, _zone: &Zone, _after: Instant) -> Option<Firing> {
    None
}

/// The last firing strictly before an instant.
pub fn previous(_cadence: &Cadence, _zone: &Zone, _before: Instant) -> Option<Firing> {
    None
}
