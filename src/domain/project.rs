//! A project: the tenant whose calls are reported. Its zone decides what a day is, its locale how figures look.

use std::collections::BTreeMap;

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use super::balance::BalanceRules;
use super::brand::Brand;
use super::cadence::Weekday;
use super::document::Paper;
use super::goals::Goals;
use super::ids::{BalanceName, CalendarId, ProjectId, ProjectKey};

/// A project as it stands in the database.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Project {
    pub key: ProjectKey,
    pub id: ProjectId,
    pub name: String,
    /// IANA name of the zone, canonical (`Europe/Kyiv`).
    pub zone: String,
    /// BCP 47 language tag of the project (`en`, `uk-UA`).
    pub locale: String,
    /// ISO 4217 code.
    pub currency: String,
    pub week_start: Weekday,
    /// Domains whose plain addresses may receive this project's reports; empty: none.
    pub allowed_domains: Vec<String>,
    pub settings: ProjectSettings,
}

/// What a project is told beyond its columns, kept as one JSON object: a key that isn't there has its usual value, so an
/// older row reads as it always did.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProjectSettings {
    /// Words by which schedules choose projects; sorted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// When it works; `None`: nobody said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarId>,
    pub agents: AgentsShown,
    pub goals: Goals,
    pub brand: Brand,
    /// Whose way of writing phone numbers is assumed, ISO 3166; `None`: that of the country where its zone lies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// What reports are printed on; `None`: what is usual where the project's locale says it is.
    pub paper: Option<Paper>,
    /// How its balances are judged; one that isn't here has the usual rules.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub balances: BTreeMap<BalanceName, BalanceRules>,
    /// What it keeps for less time than the installation does.
    #[serde(skip_serializing_if = "ProjectKeep::is_usual")]
    pub keep: ProjectKeep,
    /// When on a working day warnings that count days go out, by the reader's own clock; `None`: [`BILLING_AT`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billing_at: Option<NaiveTime>,
}

/// How long a project keeps things, in seconds; `None`, or longer than the installation does: as long as that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProjectKeep {
    /// Raw events, and rows that couldn't be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub documents: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calls: Option<u64>,
    /// Readers' addresses in the record of what was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub addresses: Option<u64>,
    /// The record of what was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ledger: Option<u64>,
}

impl ProjectKeep {
    /// Nothing is kept for another time than usual.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// When finance is at its desk.
pub const BILLING_AT: NaiveTime = NaiveTime::from_hms_opt(9, 0, 0).expect("a time of day");

/// How reports show the people who take calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AgentsShown {
    /// By name.
    #[default]
    Named,
    /// As "Agent 1", "Agent 2" …: the same person has one number within a report and perhaps another in the next.
    Numbered,
    /// Summed by the team that the directory names.
    Team,
    /// Not at all.
    Off,
}

impl AgentsShown {
    /// All, as people list them.
    pub const ALL: [Self; 4] = [Self::Named, Self::Numbered, Self::Team, Self::Off];

    /// The word people write.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Numbered => "numbered",
            Self::Team => "team",
            Self::Off => "off",
        }
    }

    /// Reads the word people write.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.name() == text)
    }
}
