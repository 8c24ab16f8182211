//! What became of every row of an import.

use std::collections::BTreeMap;

use crate::domain::call::{Call, CallStatus};
use crate::zones::Zone;

/// The account of one import. Two sums hold, whatever the format: `rows` = `calls` + `further` + `repeated` + `clashing` +
/// `no_calls` + `set_aside`, and `calls` = `new` + `updated` + `unchanged`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportAccount {
    /// The name of the source that the calls belong to.
    pub source: String,
    /// Rows, lines or events read, those set aside included; empty lines and a header aren't rows.
    pub rows: u64,
    /// Calls that the readable rows belong to.
    pub calls: u64,
    pub new: u64,
    pub updated: u64,
    pub unchanged: u64,
    /// Rows that tell more of a call that another row tells of: its further legs and events, or its next version.
    pub further: u64,
    /// Rows that say what an earlier row of the file says.
    pub repeated: u64,
    /// Rows that have the id of a call that another row tells of, and can't be of that call.
    pub clashing: u64,
    /// The first of them, in order; at most [`ImportAccount::MOST_SHOWN`].
    pub first_clashes: Vec<Clash>,
    /// Calls that stood, from earlier files, as calls that they can't be.
    pub stood_otherwise: u64,
    /// The first of them.
    pub first_stood: Vec<StoodOtherwise>,
    /// Rows of calls that begin later than now.
    pub from_the_future: u64,
    /// The first line of those, and when its call begins, in local time.
    pub first_future: Option<(u64, String)>,
    /// The zone of times without an offset.
    pub zone: String,
    /// The span that is stated as covered, in local time.
    pub covered: Option<String>,
    /// Rows that couldn't be read.
    pub set_aside: u64,
    /// The first of them, in order; at most [`ImportAccount::MOST_SHOWN`].
    pub first_set_aside: Vec<SetAside>,
    /// Status words that nobody knows, with the number of rows that had them.
    pub unknown_statuses: BTreeMap<String, u64>,
    /// Words for the direction that nobody knows, with the number of rows that had them.
    pub unknown_directions: BTreeMap<String, u64>,
    /// Rows with a number in a spreadsheet's short form (`3.8E+11`), whose digits are lost.
    pub lost_numbers: u64,
    /// Calls written whose caller's number can't be read as one, and the first such number.
    pub unread: (u64, Option<String>),
    /// The country whose numbers are written without their country.
    pub country: Option<String>,
    /// Rows that are no calls, as a mapping says.
    pub no_calls: u64,
    /// Rows with bytes that aren't UTF-8, which were replaced.
    pub rows_with_bad_text: u64,
    /// Rows whose local time was on the clock twice; the first pass was taken.
    pub ambiguous_times: u64,
    /// Columns that the format doesn't have, as written.
    pub ignored_columns: Vec<String>,
    /// Reports that waited for what this file covers, and go now.
    pub let_go: u64,
    /// Not a byte was in it, not even a header.
    pub is_empty: bool,
    /// Why the span that it was said to cover isn't taken as covered.
    pub uncovered: Option<Uncovered>,
    /// `--strict`, and something had to be set aside or nobody knows a word: nothing was written.
    pub refused: bool,
    pub dry_run: bool,
}

impl ImportAccount {
    /// How many set-aside rows an account shows.
    pub const MOST_SHOWN: usize = 20;
    /// How many unknown words are told apart.
    pub(super) const MOST_WORDS: usize = 200;

    /// Whether the columns add up.
    pub fn adds_up(&self) -> bool {
        let rows = self.calls + self.further + self.repeated + self.clashing + self.no_calls + self.set_aside;
        rows == self.rows && self.calls == self.new + self.updated + self.unchanged
    }

    /// Whether there is something that `--strict` refuses.
    pub fn has_doubts(&self) -> bool {
        self.set_aside > 0 || self.has_lost_calls() || self.from_the_future > 0 || self.has_unknown_words()
    }

    /// Whether two calls had one id, in the file or with one that stood, so that only one of them is left.
    pub fn has_lost_calls(&self) -> bool {
        self.clashing > 0 || self.stood_otherwise > 0
    }

    /// Whether a status or a direction was told in a word that nobody knows; our own word `unknown` is known.
    pub fn has_unknown_words(&self) -> bool {
        let ours = CallStatus::Unknown.name();
        self.unknown_statuses.keys().any(|word| !word.eq_ignore_ascii_case(ours)) || !self.unknown_directions.is_empty()
    }
}

/// One row that couldn't be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Counted from 1; a header is line 1.
    pub line: u64,
    /// The column or key; empty when the row as a whole is wrong.
    pub column: String,
    /// What stood there, cut to a readable length.
    pub value: String,
    /// What is wrong with it, and what is expected.
    pub reason: String,
}

/// A row with the id of another call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    pub line: u64,
    /// The first line with the same id.
    pub first_line: u64,
    /// The id; `None`: the two lines are too far apart for it to be remembered.
    pub call_id: Option<String>,
    /// In what they can't be one call.
    pub differs: &'static str,
    /// What is kept under the id; `None`: nothing is written.
    pub kept: Option<String>,
}

/// A call that is told of otherwise than it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoodOtherwise {
    pub line: u64,
    pub call_id: String,
    pub differs: &'static str,
    /// What stood, what the row tells and what is kept, for people.
    pub stood: String,
    pub told: String,
    pub kept: String,
}

/// Why a file doesn't cover the span that was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uncovered {
    /// Rows were set aside, and each may have been a call.
    SetAside,
    /// There is nothing in it.
    EmptyFile,
    /// Two calls had one id, so one of them isn't there.
    SharedIds,
}

/// A call for people: when, which way, with whom, and what became of it.
pub(super) fn in_short(call: &Call, zone: &Zone) -> String {
    let at = zone.local(call.started_at).format("%Y-%m-%d %H:%M:%S");
    let other = call.client_number.as_ref().or(call.from_number.as_ref());
    let other = other.map(|number| format!(", {number}")).unwrap_or_default();
    format!("{at}, {}{other}, {}", call.direction.name(), call.status.name())
}
