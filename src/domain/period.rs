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

    /// The same instants as these periods in as few as can be: sorted, apart from each other.
    pub fn joined(mut periods: Vec<Self>) -> Vec<Self> {
        periods.sort_unstable();
        let mut joined: Vec<Self> = Vec::new();
        for period in periods {
            match joined.last_mut() {
                Some(last) if period.from <= last.to => last.to = last.to.max(period.to),
                _ => joined.push(period),
            }
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_that_touch_or_overlap_become_one() {
        let period = |from, to| Period::new(Instant::from_seconds(from), Instant::from_seconds(to)).expect("not empty");
        let joined = Period::joined(vec![period(5, 7), period(1, 3), period(3, 4), period(6, 9), period(8, 9)]);
        assert_eq!(joined, vec![period(1, 4), period(5, 9)]);
    }
}
