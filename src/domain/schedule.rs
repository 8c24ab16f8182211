//! A schedule: who gets which report of which project, when, and what happens when that couldn't be kept.

use serde::{Deserialize, Serialize};

use super::cadence::{Cadence, Rule};
use super::calendar::Calendar;
use super::completeness::IfIncomplete;
use super::contact::EmailAddress;
use super::ids::{ContactId, ProjectId, ScheduleId};
use super::instant::Instant;
use super::role::Numbers;

/// Who receives a report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Recipient {
    Contact(ContactId),
    /// Reads as a viewer, and only in the project's allowed domains.
    Address(EmailAddress),
}

/// What to do with occurrences that passed while nobody ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CatchUp {
    /// Only the newest of them.
    #[default]
    Latest,
    All,
    Skip,
}

impl CatchUp {
    /// All, the default first.
    pub const ALL: [Self; 3] = [Self::Latest, Self::All, Self::Skip];

    /// The word people write.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Latest => "latest",
            Self::All => "all",
            Self::Skip => "skip",
        }
    }

    /// Reads the word people write.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.name() == text)
    }
}

/// When a report is worth sending.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SendWhen {
    #[default]
    Always,
    /// Only when the period has at least one call.
    IfCalls,
}

impl SendWhen {
    /// All, the default first.
    pub const ALL: [Self; 2] = [Self::Always, Self::IfCalls];

    /// The word people write.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::IfCalls => "if-calls",
        }
    }

    /// Reads the word people write.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.name() == text)
    }
}

/// What happens to an occurrence on a date on which nobody works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnDayOff {
    /// It fires as on any date.
    #[default]
    Send,
    /// It fires on the next date on which somebody works, at the same time of day.
    NextWorkingDay,
    /// It doesn't fire; a row says why.
    Skip,
}

impl OnDayOff {
    /// All, the default first.
    pub const ALL: [Self; 3] = [Self::Send, Self::NextWorkingDay, Self::Skip];

    /// The word people write.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::NextWorkingDay => "next-working-day",
            Self::Skip => "skip",
        }
    }

    /// Reads the word people write.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.name() == text)
    }
}

/// The forms a report is sent in. The mail itself always has HTML and text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Html,
    Text,
    Pdf,
    Xlsx,
    Csv,
    Json,
}

impl Format {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 6] = [Self::Html, Self::Text, Self::Pdf, Self::Xlsx, Self::Csv, Self::Json];

    /// Whether it is a file beside the mail; the mail itself is HTML and text.
    pub const fn is_attached(self) -> bool {
        !matches!(self, Self::Html | Self::Text)
    }

    /// Whether it holds every table of a report, row by row.
    pub const fn has_tables(self) -> bool {
        matches!(self, Self::Xlsx | Self::Csv | Self::Json)
    }

    /// Reads the word people write.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == text)
    }

    /// The word people write, which is also the usual file ending (but `txt` for text).
    pub fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Text => "text",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// A schedule as people set it, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    pub id: ScheduleId,
    pub project: ProjectId,
    /// A report's id, or a preset's name.
    pub report: String,
    pub recipients: Vec<Recipient>,
    pub cadence: Cadence,
    /// IANA name; decides fire time, period, day and hour buckets.
    pub zone: String,
    pub starts: Option<Instant>,
    pub ends: Option<Instant>,
    pub paused: bool,
    pub catch_up: CatchUp,
    /// Seconds; `None`: one period.
    pub max_late_sec: Option<i64>,
    pub send: SendWhen,
    /// What is attached to the mail, beside its own HTML and text.
    pub formats: Vec<Format>,
    /// Narrows what recipients see of callers' numbers.
    pub numbers: Option<Numbers>,
    pub settings: ScheduleSettings,
    /// No occurrence before this: creation, or the end of a pause.
    pub active_since: Instant,
    /// Cache, rebuilt at start and when zone data change. `None`: never again, or paused.
    pub next_fire_at: Option<Instant>,
    /// The occurrence that fires then: `2026-10-25T03:30#0`.
    pub next_occurrence: Option<String>,
}
impl Schedule {
    /// Its rule, by the calendar of its project; without one, Monday to Friday are worked.
    pub const fn rule<'a>(&'a self, calendar: Option<&'a Calendar>) -> Rule<'a> {
        Rule { cadence: &self.cadence, calendar, on_day_off: self.settings.on_day_off }
    }

    /// All that it reports on, in order; the first is `project`, which owns it.
    pub fn projects(&self) -> impl Iterator<Item = &ProjectId> {
        let others = self.settings.projects.iter().filter(|other| **other != self.project);
        std::iter::once(&self.project).chain(others)
    }
}

/// What a schedule is told beyond its columns, kept as one JSON object: a key that isn't there has its usual value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleSettings {
    /// What happens on days off.
    pub on_day_off: OnDayOff,
    /// What to do while a source is behind; `None`: as is usual for sources of its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub if_incomplete: Option<IfIncomplete>,
    /// How long to wait for calls, in seconds; `None`: [`WAIT_AT_MOST_SEC`](super::completeness::WAIT_AT_MOST_SEC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_at_most_sec: Option<i64>,
    /// The projects that one report tells of, the schedule's own first; empty: its own only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<ProjectId>,
    /// The template whose schedule it is; `None`: somebody wrote it for itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<ScheduleId>,
    /// Where reports ended under an earlier rule, when the rule's own units would begin later: the next one tells of the days
    /// between as well. Set by an edit, spent by the next run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owed_from: Option<Instant>,
}
