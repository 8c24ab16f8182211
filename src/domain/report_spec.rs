//! A report: a named choice of sections, filters and options, without a project and without a period.

use serde::{Deserialize, Serialize};

use super::call::CallStatus;
pub use super::filters::Filters;
use super::missed::MissedSet;
pub use super::presets::preset;
use super::{callback, target};

/// The sections that exist, in the order in which a summary shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionId {
    Headline,
    Totals,
    ToCallBack,
    /// Why calls were missed.
    MissedReasons,
    Agents,
    Sources,
    ByDay,
    ByHour,
    CallList,
}

impl SectionId {
    /// All, in order.
    pub const ALL: [Self; 9] = [
        Self::Headline,
        Self::Totals,
        Self::ToCallBack,
        Self::MissedReasons,
        Self::Agents,
        Self::Sources,
        Self::ByDay,
        Self::ByHour,
        Self::CallList,
    ];

    /// The word people write: `to_call_back`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Totals => "totals",
            Self::ToCallBack => "to_call_back",
            Self::MissedReasons => "missed_reasons",
            Self::Agents => "agents",
            Self::Sources => "sources",
            Self::ByDay => "by_day",
            Self::ByHour => "by_hour",
            Self::CallList => "call_list",
        }
    }

    /// Reads the word people write.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.name() == text)
    }

    /// Whether a report over several projects shows it of each, and not only in attached tables.
    pub const fn is_shown_of_several(self) -> bool {
        matches!(self, Self::Headline | Self::Totals | Self::ToCallBack)
    }
}

impl ReportSpec {
    /// Its sections that a report over several projects has in attached tables only.
    pub fn only_in_tables_of_several(&self) -> Vec<SectionId> {
        self.sections.iter().copied().filter(|section| !section.is_shown_of_several()).collect()
    }
}

/// The knobs of sections.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Rows shown of a long table before "and n more".
    pub max_rows: u32,
    /// A call whose caller left within so many seconds is short: counted as missed, but makes nobody to call back.
    pub short_call_sec: u32,
    /// A talk at least this long is a target call when the source doesn't say, if it is the caller's first in the sale cycle.
    pub target_talk_sec: u32,
    /// Days in which a caller's further long talks repeat the target call; 0: every long talk is a target call.
    pub sale_cycle_days: u32,
    /// Hours in which a call back counts as the response to a missed call.
    pub response_window_hours: u32,
    /// What counts as missed.
    pub missed: MissedSet,
    /// Whether whoever left in the menu is somebody to call back.
    pub missed_ivr: bool,
    /// By what sources are told apart.
    pub group: SourceGroup,
    /// Columns of the list of calls; empty: the usual ones, and for machines every one.
    pub columns: Vec<String>,
    /// What became of the calls that the list shows (as the filter `status`); empty: all.
    pub list_status: Vec<String>,
    /// Calls of the list that the mail itself shows; attachments have all.
    pub max_calls: u32,
}

/// By what sources are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceGroup {
    /// Source and medium: `google / cpc`.
    #[default]
    Source,
    Medium,
    /// Source, medium and campaign.
    Campaign,
}

impl SourceGroup {
    /// All, the default first.
    pub const ALL: [Self; 3] = [Self::Source, Self::Medium, Self::Campaign];

    /// The word people write.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Medium => "medium",
            Self::Campaign => "campaign",
        }
    }

    /// Reads the word people write.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.name() == text)
    }
}

impl Options {
    /// What makes somebody to call back.
    pub fn callback_rule(&self) -> callback::Rule {
        let missed = if self.missed_ivr { self.missed.with(CallStatus::MissedIvr) } else { self.missed };
        callback::Rule { missed, short_call_sec: self.short_call_sec }
    }

    /// What makes a target call where the source doesn't say.
    pub fn target_rule(&self) -> target::Rule {
        target::Rule { talk_sec: self.target_talk_sec, cycle_days: self.sale_cycle_days }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_rows: 15,
            short_call_sec: 5,
            target_talk_sec: 30,
            sale_cycle_days: 30,
            response_window_hours: 24,
            missed: MissedSet::default(),
            missed_ivr: false,
            group: SourceGroup::Source,
            columns: Vec::new(),
            list_status: Vec::new(),
            max_calls: 50,
        }
    }
}

/// A report, or a preset of that name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReportSpec {
    pub id: String,
    pub sections: Vec<SectionId>,
    pub filters: Filters,
    pub options: Options,
}
