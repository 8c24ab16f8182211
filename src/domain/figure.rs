//! What a report says to machines: single figures with their formula, and tables of plain values.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};

use super::call::CallStatus;
use super::completeness::Missing;
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
    #[serde(serialize_with = "number")]
    pub value: Option<f64>,
    #[serde(serialize_with = "number")]
    pub previous: Option<f64>,
    /// `value − previous`, from unrounded values; `None` where one of them is.
    #[serde(serialize_with = "number")]
    pub delta: Option<f64>,
    pub unit: Unit,
    /// How it is computed, in words: `answered / (answered + missed)`.
    pub formula: String,
    /// What the project wants to reach, where it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<Goal>,
}

/// A goal and whether the figure meets it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Goal {
    /// In the figure's own unit; at the limit counts as met.
    #[serde(serialize_with = "plain_number")]
    pub target: f64,
    /// `None`: there is no figure to judge.
    pub met: Option<bool>,
}

/// Writes what is whole as an integer: a count is `18`, not `18.0`, which strict readers of integers refuse.
#[expect(clippy::ref_option, reason = "serde passes the field by reference")]
fn number<S: Serializer>(value: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
    match *value {
        Some(whole) if whole.fract() == 0.0 && whole.abs() < 9e15 => to.serialize_i64(whole as i64),
        other => other.serialize(to),
    }
}

/// The same for what is always there.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes the field by reference")]
fn plain_number<S: Serializer>(value: &f64, to: S) -> Result<S::Ok, S::Error> {
    number(&Some(*value), to)
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
    /// What those sources leave out, source by source.
    #[serde(default)]
    pub missing: Vec<Missing>,
    /// When the data begin, where that is inside the period: what was before is unknown, not zero.
    #[serde(default)]
    pub begins_at: Option<Instant>,
    /// Whether sources brought calls, and none of them ever stated its coverage.
    #[serde(default)]
    pub coverage_unstated: bool,
}

impl DataStamp {
    /// Whether there was no call in time that its sources tell of. A source that is behind leaves that open; one that never
    /// says how far it reaches is taken at its word, once it brought a call; where nothing was ever heard, nothing is sure.
    pub fn is_surely_empty(&self) -> bool {
        self.calls == 0 && self.missing.is_empty() && (!self.no_data || self.coverage_unstated)
    }

    /// Counts one inbound call that stays outside the answer rate.
    pub fn leave_out(&mut self, status: CallStatus) {
        *self.left_out.entry(status.name().to_owned()).or_default() += 1;
    }
}

/// Every figure that a report may have, in the order in which people read them.
pub const ORDER: &[&str] = &[
    "totals.calls",
    "totals.answered",
    "totals.answer_rate",
    "totals.missed",
    "totals.missed_rate",
    "totals.calls_in_hours",
    "totals.calls_outside_hours",
    "totals.answered_in_hours",
    "totals.answered_outside_hours",
    "totals.answer_rate_in_hours",
    "totals.answer_rate_outside_hours",
    "totals.missed_in_hours",
    "totals.missed_outside_hours",
    "totals.missed_no_answer",
    "totals.missed_hung_up",
    "totals.missed_busy",
    "totals.missed_voicemail",
    "totals.missed_no_route",
    "totals.missed_short",
    "totals.to_call_back",
    "to_call_back.lost",
    "to_call_back.waiting",
    "to_call_back.backlog",
    "to_call_back.reached",
    "to_call_back.first_response_median_sec",
    "to_call_back.first_response_median_open_sec",
    "to_call_back.first_response_within_15_min",
    "to_call_back.first_response_within_1_h",
    "to_call_back.first_response_within_24_h",
    "to_call_back.first_response_same_agent",
    "to_call_back.first_response_colleague",
    "totals.unique_callers",
    "totals.new_callers",
    "totals.target",
    "totals.wait_median_sec",
    "totals.asa_sec",
    "totals.wait_p90_sec",
    "totals.service_level",
    "totals.talk_avg_sec",
    "totals.outbound",
    "totals.outbound_reached",
    "totals.callback_requests",
    "totals.callback_reached",
    "totals.callback_client_not_reached",
    "totals.callback_not_taken",
    "totals.callback_other",
];

/// The figures in the order of [`ORDER`].
pub fn in_order(figures: &BTreeMap<String, Figure>) -> Vec<(&String, &Figure)> {
    let place = |name: &str| ORDER.iter().position(|known| *known == name).unwrap_or(ORDER.len());
    let mut all: Vec<_> = figures.iter().collect();
    all.sort_by_key(|(name, _)| place(name));
    all
}

/// The message that says what people call a figure: `figure-answer-rate` of `totals.answer_rate`.
pub fn word(name: &str) -> String {
    format!("figure-{}", name.strip_prefix("totals.").unwrap_or(name).replace(['.', '_'], "-"))
}

/// A row of a machine table: names to plain JSON values.
pub type TableRow = serde_json::Map<String, serde_json::Value>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_written_as_an_integer_and_read_again() {
        let figure = Figure {
            value: Some(18.0),
            previous: None,
            delta: Some(-0.5),
            unit: Unit::Calls,
            formula: "answered".into(),
            goal: None,
        };
        let text = serde_json::to_string(&figure).expect("serializable");
        assert_eq!(text, r#"{"value":18,"previous":null,"delta":-0.5,"unit":"calls","formula":"answered"}"#);
        assert_eq!(serde_json::from_str::<Figure>(&text).expect("readable"), figure);
    }
}
