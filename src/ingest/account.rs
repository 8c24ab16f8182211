//! What became of every row of an import.

use std::collections::BTreeMap;

use crate::domain::call::CallStatus;

/// The account of one import. `calls` = `new` + `updated` + `unchanged`.
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

/// Why a file doesn't cover the span that was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uncovered {
    /// Rows were set aside, and each may have been a call.
    SetAside,
    /// There is nothing in it.
    EmptyFile,
}
