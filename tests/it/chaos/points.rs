//! Where processes die, and what a run came to.

use std::collections::BTreeMap;

use super::agree::Found;

/// Points that `serve` passes in an hour, and how often at least.
pub const IN_AN_HOUR: &[(&str, usize)] = &[
    ("fire.stored", 1),
    ("wait.begun", 1),
    ("wait.ended", 1),
    ("build.claimed", 1),
    ("build.rendered", 2),
    ("build.posted", 2),
    ("rules.judged", 1),
    ("rules.told", 1),
    ("rules.joined", 1),
    ("held.released", 1),
    ("send.claimed", 2),
    ("send.before_fence", 6),
    ("send.after_fence", 6),
    ("send.after_accept", 6),
    ("send.settled", 6),
];

/// Points that only whoever comes after a crash passes.
pub const AFTER_A_CRASH: &[(&str, usize)] =
    &[("leases.ended_of_runs", 1), ("leases.ended_of_mails", 2), ("owner.told", 1)];

/// Points that commands pass which tell facts or calls.
pub const OF_COMMANDS: &[&str] =
    &["facts.stored", "import.begun", "import.piece_stored", "import.all_stored", "wait.let_go"];

/// Killed by us wherever it was.
pub const ANYWHERE: &str = "(anywhere)";

/// What a run came to.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub kills: BTreeMap<String, u64>,
    pub hours: u64,
    /// Processes that ended in good order after SIGTERM.
    pub stopped: u64,
    /// Hours in which a server said no at first, or nothing.
    pub difficult: u64,
    /// Breaks of the line to the database.
    pub cuts: u64,
    pub found: Found,
}

impl Tally {
    pub fn all_kills(&self) -> u64 {
        self.kills.values().sum()
    }

    pub fn add(&mut self, other: &Self) {
        for (point, times) in &other.kills {
            *self.kills.entry(point.clone()).or_default() += times;
        }
        self.hours += other.hours;
        self.stopped += other.stopped;
        self.difficult += other.difficult;
        self.cuts += other.cuts;
        self.found.add(other.found);
    }

    pub fn killed(&mut self, at: &str) {
        *self.kills.entry(at.to_owned()).or_default() += 1;
    }
}
