//! What a report says to machines: single figures with their formula, and tables of plain values.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::call::CallStatus;
use super::instant::Instant;

/// What a figure's number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    Calls,
    Callers,
    /// A fraction of one.
    Ratio,
    Seconds,
}

/// One figure and what it was in the period that it is compared with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// `None`: there is nothing to say (an empty denominator, an unknown value).
    pub value: Option<f64>,
    pub previous: Option<f64>,
    /// `value − previous`, from unrounded values; `None` where one of them is.
    pub delta: Option<f64>,
    pub unit: Unit,
    /// How it is computed, in words: `answered / (answered + missed)`.
    pub formula: String,
}

/// What the figures rest on: in every report, whatever its sections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataStamp {
    /// All calls of the period that the filters let through, of every direction and status.
    pub calls: u64,
    pub last_call_at: Option<Instant>,
    /// Calls still in progress.
    pub open: u64,
    /// Calls whose status word nobody knows.
    pub unknown: u64,
    /// Inbound calls outside the answer rate, by status.
    pub left_out: BTreeMap<String, u64>,
    /// Whether no source covers any of the period and no call lies in it: this is not zero calls.
    #[serde(default)]
    pub no_data: bool,
    /// Named sources that cover only a part of the period, with the instant up to which they do.
    #[serde(default)]
    pub behind: BTreeMap<String, Instant>,
    /// Whether no source of the project ever stated its coverage.
    #[serde(default)]
    pub coverage_unstated: bool,
}

impl DataStamp {
    /// Counts one inbound call that stays outside the answer rate.
    pub fn leave_out(&mut self, status: CallStatus) {
        *self.left_out.entry(status.name().to_owned()).or_default() += 1;
    }
}

/// A row of a machine table: names to plain JSON values.
pub type TableRow = serde_json::Map<String, serde_json::Value>;
