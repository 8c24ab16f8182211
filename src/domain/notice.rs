//! A notice: one thing to tell. Its kind decides priority, patience and what a channel calls it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ids::ProjectId;
use super::role::Rights;
use super::schedule::Format;

/// The kind of reader that a variant is made for. Two recipients with equal readers share one variant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reader {
    /// BCP 47.
    pub language: String,
    pub rights: Rights,
    /// Attached beside HTML and text; sorted, each once.
    pub formats: Vec<Format>,
    /// Of a report over several projects: what this reader may see of each; a project that isn't here isn't shown. Empty
    /// for a report of one project, of which `rights` tells.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub projects: BTreeMap<ProjectId, Rights>,
    /// Of warnings that are told in one message: their deliveries, and whether each shows sums.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub alerts: BTreeMap<i64, bool>,
}

/// What kind of thing is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    Report,
    /// To the owner, about our own work: an address was marked, an outcome is unknown, a report failed.
    Owner,
    /// A test of a channel.
    Test,
    /// What waited through quiet hours, in one message.
    Digest,
    /// The paid period ends, or has ended.
    PaidUntil,
    /// Funds may end soon.
    Funds,
    /// A balance is below its fixed limit.
    LowBalance,
    /// Nothing is left, and something is switched off.
    BalanceNegative,
    /// The project was suspended, reactivated or archived.
    Status,
    /// A trial ends.
    Trial,
    /// A payment or automatic top-up didn't work.
    TopupFailed,
    /// What was warned of is well again.
    Recovered,
}

/// How much it matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    #[default]
    Info,
    Warning,
    /// Money or service ends within days, or has ended. It goes before everything else, and waits for nobody's rest.
    Critical,
}

/// The priority of what is critical.
const FIRST: i64 = 0;

impl Severity {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Info, Self::Warning, Self::Critical];

    /// The word that webhooks and people use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }

    /// Whether a delivery of this priority is critical.
    pub const fn of_priority(priority: i64) -> Self {
        if priority == FIRST { Self::Critical } else { Self::Warning }
    }
}

/// One line of the table of kinds.
#[derive(Clone, Copy, Debug)]
pub struct KindRules {
    pub kind: NoticeKind,
    pub name: &'static str,
    /// Smaller goes first: alert 1, webhook 2, report 3. What is critical goes before all of them, whatever its kind.
    pub priority: i64,
    /// Seconds after which an undelivered notice expires. A report's also ends at its schedule's next occurrence.
    pub give_up_after_sec: i64,
    /// Whether an unknown outcome is tried again by itself (same Message-ID, same bytes).
    pub resends_when_uncertain: bool,
    /// Whether a recipient may stop it by one click.
    pub has_unsubscribe: bool,
}

/// Every kind of notice. To add one: a variant of [`NoticeKind`] and a line here.
pub const KINDS: &[KindRules] = &[
    KindRules {
        kind: NoticeKind::Report,
        name: "report",
        priority: 3,
        give_up_after_sec: 3 * 86_400,
        resends_when_uncertain: false,
        has_unsubscribe: true,
    },
    KindRules {
        kind: NoticeKind::Owner,
        name: "owner",
        priority: 1,
        give_up_after_sec: 86_400,
        resends_when_uncertain: true,
        has_unsubscribe: false,
    },
    KindRules {
        kind: NoticeKind::Test,
        name: "test",
        priority: 1,
        give_up_after_sec: 3_600,
        resends_when_uncertain: false,
        has_unsubscribe: false,
    },
    KindRules {
        kind: NoticeKind::Digest,
        name: "digest",
        priority: 1,
        give_up_after_sec: 2 * 86_400,
        resends_when_uncertain: true,
        has_unsubscribe: false,
    },
    billing(NoticeKind::PaidUntil, "paid_until", 3),
    billing(NoticeKind::Funds, "funds", 3),
    billing(NoticeKind::LowBalance, "low_balance", 2),
    billing(NoticeKind::BalanceNegative, "balance_negative", 3),
    billing(NoticeKind::Status, "status", 7),
    billing(NoticeKind::Trial, "trial", 3),
    billing(NoticeKind::TopupFailed, "topup_failed", 2),
    billing(NoticeKind::Recovered, "recovered", 2),
];

/// About money: nobody stops it by one click, and twice is better than not at all. At most so many days it is of use; one
/// that counts days, only until its next level.
const fn billing(kind: NoticeKind, name: &'static str, days: i64) -> KindRules {
    KindRules {
        kind,
        name,
        priority: 1,
        give_up_after_sec: days * 86_400,
        resends_when_uncertain: true,
        has_unsubscribe: false,
    }
}

impl NoticeKind {
    /// Its line in [`KINDS`].
    pub fn rules(self) -> &'static KindRules {
        KINDS.iter().find(|line| line.kind == self).unwrap_or(&KINDS[0])
    }

    /// The stored word.
    pub fn name(self) -> &'static str {
        self.rules().name
    }

    /// Whether it is about money or service, and goes to whoever looks after those.
    pub const fn is_billing(self) -> bool {
        !matches!(self, Self::Report | Self::Owner | Self::Test | Self::Digest)
    }

    /// In which order its deliveries go: what is critical before all else.
    pub fn priority(self, severity: Severity) -> i64 {
        if severity == Severity::Critical { FIRST } else { self.rules().priority.max(FIRST + 1) }
    }

    /// Whether it may show sums, so that they are asked about before it goes.
    pub const fn may_tell_sums(self) -> bool {
        self.is_billing() || matches!(self, Self::Digest)
    }

    /// Reads the stored word.
    pub fn parse(text: &str) -> Option<Self> {
        KINDS.iter().find(|line| line.name == text).map(|line| line.kind)
    }
}
