//! A span of time, half-open: it holds its first instant and not its last, so periods that touch never share a call.

use serde::{Deserialize, Serialize};

use super::instant::Instant;

/// `[from, to)`, never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    from: Instant,
    to: Instant,
}

impl Period {
    /// `None` when `to` isn't after `from`.
    pub fn new(from: Instant, to: Instant) -> Option<Self> {
        (from < to).then_some(Self { from, to })
    }

    /// The second that begins at `from`.
    pub fn second_from(from: Instant) -> Self {
        Self { from, to: from.plus_seconds(1) }
    }

    /// The first instant inside.
    pub fn from(self) -> Instant {
        self.from
    }

    /// The first instant after it.
    pub fn to(self) -> Instant {
        self.to
    }

    /// Whether `at` lies inside: `from <= at < to`.
    pub fn contains(self, at: Instant) -> bool {
        self.from <= at && at < self.to
    }

    /// Whether the two share at least one instant.
    pub fn overlaps(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }
}
