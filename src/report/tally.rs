//! What is counted of one period, in the letters of the formulas: H answered, M missed, O = H + M offered ("calls in").

use std::collections::BTreeMap;

use crate::domain::call::{CallStatus, Direction};
use crate::domain::instant::Instant;

/// A sum over the calls whose value is known, so that a mean is weighted and never counts an unknown as zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) total: u64,
    pub(super) known: u64,
}

impl Sum {
    /// The mean, unrounded.
    pub(super) fn mean(self) -> Option<f64> {
        (self.known > 0).then(|| self.total as f64 / self.known as f64)
    }
}

/// Calls of one direction and status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct StatusTally {
    pub(super) calls: u64,
    /// Of them, those with talk.
    pub(super) talked: u64,
}

/// One agent's share; the agent `None` is the person who isn't known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct AgentTally {
    /// Calls answered, each credited to its first person: sums to H.
    pub(super) answered: u64,
    pub(super) target: u64,
    /// This agent's own talk in answered inbound calls.
    pub(super) talk: Sum,
    /// Calls that rang here and a colleague took.
    pub(super) elsewhere: u64,
    /// Calls that rang here and nobody took.
    pub(super) lost: u64,
}

/// One origin's share of O.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct OriginTally {
    pub(super) offered: u64,
    pub(super) answered: u64,
    pub(super) target: u64,
}

/// Calls in of one local hour of one local day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot {
    /// Local days since the period's first.
    pub(super) day: u32,
    /// 0 for Monday.
    pub(super) weekday: u8,
    pub(super) hour: u8,
    pub(super) answered: u64,
    pub(super) missed: u64,
}

/// One period of one report.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tally {
    pub(super) answered: u64,
    pub(super) missed: u64,
    pub(super) target: u64,
    /// Missed, and the caller left within the report's short-call limit.
    pub(super) short: u64,
    /// Distinct numbers among O.
    pub(super) callers: u64,
    /// Of them, those who never called before.
    pub(super) new_callers: u64,
    /// Missed calls whose caller hid the number.
    pub(super) missed_withheld: u64,
    /// Missed calls whose number can't be read.
    pub(super) missed_unread: u64,
    /// Of answered calls in.
    pub(super) wait: Sum,
    pub(super) wait_median: Option<f64>,
    /// By nearest rank: nine tenths of the answered waited no longer.
    pub(super) wait_p90: Option<f64>,
    pub(super) talk: Sum,
    pub(super) last_call_at: Option<Instant>,
    pub(super) by_status: BTreeMap<(Direction, CallStatus), StatusTally>,
    pub(super) agents: BTreeMap<Option<i64>, AgentTally>,
    /// By number of the origin.
    pub(super) origins: BTreeMap<usize, OriginTally>,
    /// In order of day, then hour; hours without a call are left out.
    pub(super) slots: Vec<Slot>,
}

impl Tally {
    /// O: calls in.
    pub(super) fn offered(&self) -> u64 {
        self.answered + self.missed
    }

    /// H / O.
    pub(super) fn answer_rate(&self) -> Option<f64> {
        ratio(self.answered, self.offered())
    }

    /// M / O.
    pub(super) fn missed_rate(&self) -> Option<f64> {
        ratio(self.missed, self.offered())
    }

    /// Calls of every direction and status.
    pub(super) fn all_calls(&self) -> u64 {
        self.by_status.values().map(|tally| tally.calls).sum()
    }

    /// Calls of this direction whose status fits.
    pub(super) fn calls(&self, direction: Direction, fits: impl Fn(CallStatus) -> bool) -> StatusTally {
        let mut sum = StatusTally::default();
        for ((_, _), tally) in self.by_status.iter().filter(|((d, s), _)| *d == direction && fits(*s)) {
            sum.calls += tally.calls;
            sum.talked += tally.talked;
        }
        sum
    }
}

/// Both periods of one report.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tallies {
    pub(super) current: Tally,
    pub(super) previous: Tally,
}

/// A fraction of one; `None` when the whole is empty.
pub(super) fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
