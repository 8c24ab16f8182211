//! A run: the work for one occurrence of a schedule, and the states it passes through.

use serde::{Deserialize, Serialize};

use super::ids::{ProjectKey, RunId, ScheduleId};
use super::instant::Instant;
use super::period::Period;

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    Due,
    WaitingForData,
    Building,
    Built,
    Skipped,
    Failed,
}

impl RunState {
    /// All, in the order of life.
    pub const ALL: [Self; 6] =
        [Self::Due, Self::WaitingForData, Self::Building, Self::Built, Self::Skipped, Self::Failed];

    /// The stored word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::WaitingForData => "waiting_for_data",
            Self::Building => "building",
            Self::Built => "built",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
        }
    }

    /// Reads the stored word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == text)
    }

    /// Whether the table of states allows this step.
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Due, Self::WaitingForData | Self::Building | Self::Skipped)
                | (Self::WaitingForData, Self::Building | Self::Skipped | Self::Failed)
                | (Self::Building, Self::Built | Self::Skipped | Self::Failed | Self::Due)
        )
    }
}

/// A run as it stands in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub id: RunId,
    pub project: ProjectKey,
    pub schedule: ScheduleId,
    /// `2026-10-25T03:30#0`; a sample's begins with `sample:`.
    pub occurrence: String,
    pub fires_at: Instant,
    pub period: Period,
    pub compared_with: Option<Period>,
    /// Words for the reader: `gap`, `overlap`, `clamped`, `cut_at_31_days`, `first`.
    pub notes: Vec<String>,
    pub state: RunState,
    pub reason: Option<String>,
    pub is_sample: bool,
}
