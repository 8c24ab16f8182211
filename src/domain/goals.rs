//! What a project wants to reach: shown beside the figure, met or not met. At the limit counts as met.

use serde::{Deserialize, Serialize};

/// The goals of a project; what isn't there isn't set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Goals {
    /// Percent of calls in that a person answers, at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer_rate: Option<f64>,
    /// Median minutes to our first call back, at most; minutes of working time where working hours are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_response_minutes: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_level: Option<ServiceLevel>,
}

/// So many percent answered within so many seconds, by one of the six formulas in use.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServiceLevel {
    /// A wait of exactly so long is within.
    pub seconds: u32,
    pub percent: f64,
    #[serde(default)]
    pub formula: Formula,
}

/// How a service level is computed, of A answered and B abandoned calls, of which a and b within the limit, and s
/// abandoned ones so short that they may be left out. Six differ in what an abandoned call does to the figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Formula {
    F1,
    F2,
    /// The strict one, which can't be improved by callers who give up.
    #[default]
    F3,
    F4,
    F5,
    F6,
}

/// The counts that the formulas are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ServiceCounts {
    /// A: answered.
    pub answered: u64,
    /// B: the caller hung up while waiting.
    pub abandoned: u64,
    /// a: answered within the limit.
    pub answered_within: u64,
    /// b: abandoned within the limit.
    pub abandoned_within: u64,
    /// s: abandoned within the limit for short calls.
    pub short: u64,
}

impl Formula {
    /// All, in order.
    pub const ALL: [Self; 6] = [Self::F1, Self::F2, Self::F3, Self::F4, Self::F5, Self::F6];

    /// The word people write.
    pub const fn name(self) -> &'static str {
        match self {
            Self::F1 => "f1",
            Self::F2 => "f2",
            Self::F3 => "f3",
            Self::F4 => "f4",
            Self::F5 => "f5",
            Self::F6 => "f6",
        }
    }

    /// Reads the word people write.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|formula| formula.name() == text)
    }

    /// The formula in letters.
    pub const fn letters(self) -> &'static str {
        match self {
            Self::F1 => "(a + b) / (A + B)",
            Self::F2 => "a / A",
            Self::F3 => "a / (A + B)",
            Self::F4 => "a / (A + B − b)",
            Self::F5 => "(a + s) / (A + B)",
            Self::F6 => "a / (A + B − s)",
        }
    }

    /// The service level, a fraction of one; `None` without calls.
    pub fn of(self, counts: &ServiceCounts) -> Option<f64> {
        let ServiceCounts { answered, abandoned, answered_within: a, abandoned_within: b, short } = *counts;
        let all = answered + abandoned;
        let (part, whole) = match self {
            Self::F1 => (a + b, all),
            Self::F2 => (a, answered),
            Self::F3 => (a, all),
            Self::F4 => (a, all - b),
            Self::F5 => (a + short, all),
            Self::F6 => (a, all - short),
        };
        (whole > 0).then(|| part as f64 / whole as f64)
    }
}

/// Whether a fraction reaches a goal in percent. The small allowance is for numbers that no binary fraction equals.
pub fn reaches(fraction: f64, percent: f64) -> bool {
    fraction * 100.0 >= percent - 1e-9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_example_of_the_six_formulas() {
        let counts =
            ServiceCounts { answered: 1000, abandoned: 60, answered_within: 860, abandoned_within: 20, short: 10 };
        let shown = Formula::ALL.map(|formula| format!("{:.1}", formula.of(&counts).expect("calls") * 100.0));
        assert_eq!(shown, ["83.0", "86.0", "81.1", "82.7", "82.1", "81.9"]);
        assert!(Formula::ALL.iter().all(|formula| formula.of(&ServiceCounts::default()).is_none()));
    }

    #[test]
    fn at_the_limit_is_met() {
        for percent in [90.0, 87.4, 33.3, 99.9] {
            assert!(reaches(percent / 100.0, percent), "{percent}");
            assert!(!reaches(percent / 100.0 - 1e-6, percent), "{percent}");
        }
    }
}
