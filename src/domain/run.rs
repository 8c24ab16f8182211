//! A run: the work for one occurrence of a schedule, and the states it passes through.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::completeness::Missing;
use super::filters::Filters;
use super::ids::{ProjectKey, RunId, ScheduleId};
use super::instant::Instant;
use super::missed::MissedSet;
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

/// What a built report told of its calls, kept with its run, so that later ones can say what came in after it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Every call of the period, whatever the report looked at.
    pub all: u64,
    /// Which calls it looked at: counts of another choice can't be compared with these.
    pub filters: Filters,
    pub missed: MissedSet,
    /// By what a reader may see of the project: [`Scope`](super::role::Scope) as JSON.
    pub readers: BTreeMap<String, ToldReader>,
}

/// What readers of one scope were told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldReader {
    /// Calls of every direction and status that the report looked at.
    pub calls: u64,
    /// The figure "calls in".
    pub calls_in: u64,
    /// The figure "answered", where the report had one.
    #[serde(default)]
    pub answered: Option<u64>,
    /// The figure "missed", where the report had one.
    #[serde(default)]
    pub missed: Option<u64>,
}

/// An earlier report of a schedule, and what it told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldRun {
    pub period: Period,
    /// As of when it told that.
    pub as_of: Instant,
    pub told: Told,
}

/// What a run's report may say about how it came to be, and about those before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// What was missing when it waited for calls; empty: it didn't wait.
    pub waited_for: Vec<Missing>,
    /// The report before this one.
    pub last: Option<ToldRun>,
    /// Every call of that one's period as there are now; `None`: not counted.
    pub last_now: Option<u64>,
    /// The report of the period that this one is compared with.
    pub compared: Option<ToldRun>,
}
