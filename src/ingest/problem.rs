//! What is wrong with one row: where, what stood there, and why it can't be read.

use super::SetAside;

/// Why a row is set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The column or key; empty when the row as a whole is wrong.
    pub column: String,
    pub value: String,
    pub reason: String,
}

const MOST_CHARS: usize = 80;

impl Problem {
    pub(crate) fn new(column: impl Into<String>, value: &str, reason: impl Into<String>) -> Self {
        let mut shown: String = value.chars().take(MOST_CHARS).collect();
        if shown.len() < value.len() {
            shown.push('…');
        }
        Self { column: column.into(), value: shown, reason: reason.into() }
    }

    pub(crate) fn at(self, line: u64) -> SetAside {
        SetAside { line, column: self.column, value: self.value, reason: self.reason }
    }
}
