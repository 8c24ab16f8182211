//! A call: what the events of one conversation (or of the failure to have one) fold into, with its parts.
//! Words and rules are those of the canonical record; `None` means not known, never zero.

use serde::{Deserialize, Serialize};

use super::instant::Instant;

/// No call, and nothing within one, is taken for longer: 31 days. What is longer was told by a wrong clock or is in
/// milliseconds.
pub const LONGEST_SEC: u32 = 31 * 86_400;

/// Which way a call went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Direction {
    Inbound = 0,
    Outbound = 1,
    /// A call-back that a visitor asked for.
    Callback = 2,
    /// Between colleagues; in no rate.
    Internal = 3,
    Transit = 4,
    Unknown = 5,
}

/// What became of a call. The numbers are stored; never change one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum CallStatus {
    Answered = 0,
    MissedNoAnswer = 1,
    MissedBusy = 2,
    /// Hung up in the queue.
    MissedAbandoned = 3,
    /// Hung up while ringing.
    MissedCancelled = 4,
    MissedVoicemail = 5,
    /// Left in the menu.
    MissedIvr = 6,
    /// The forwarding scheme didn't work.
    MissedNoRoute = 7,
    ClientNoAnswer = 8,
    ClientBusy = 9,
    Failed = 10,
    Forbidden = 11,
    /// Only a machine talked, nobody was rung.
    SystemOnly = 12,
    InProgress = 13,
    /// A word nobody knows; shown with its count, never guessed.
    Unknown = 14,
}

/// Who picked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum AnsweredBy {
    Human = 0,
    Voicemail = 1,
    Ivr = 2,
    None = 3,
    #[default]
    Unknown = 4,
}

macro_rules! coded {
    ($name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $name {
            /// Every value, in the order of the stored codes.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The stored number.
            pub const fn code(self) -> i64 {
                self as u8 as i64
            }

            /// The inverse of `code`; `None` for a number that isn't one.
            pub fn from_code(code: i64) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }

            /// The canonical word.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads the canonical word.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.name() == text)
            }
        }
    };
}

coded!(Direction {
    Inbound = "inbound", Outbound = "outbound", Callback = "callback", Internal = "internal",
    Transit = "transit", Unknown = "unknown",
});
coded!(CallStatus {
    Answered = "answered", MissedNoAnswer = "missed_no_answer", MissedBusy = "missed_busy",
    MissedAbandoned = "missed_abandoned", MissedCancelled = "missed_cancelled", MissedVoicemail = "missed_voicemail",
    MissedIvr = "missed_ivr", MissedNoRoute = "missed_no_route", ClientNoAnswer = "client_no_answer",
    ClientBusy = "client_busy", Failed = "failed", Forbidden = "forbidden", SystemOnly = "system_only",
    InProgress = "in_progress", Unknown = "unknown",
});
coded!(AnsweredBy {
    Human = "human", Voicemail = "voicemail", Ivr = "ivr", None = "none", Unknown = "unknown",
});

impl CallStatus {
    /// In the missed set M: no person talked to the caller. (The default set; it is printed in every report.)
    pub const fn is_missed(self) -> bool {
        matches!(
            self,
            Self::MissedNoAnswer
                | Self::MissedBusy
                | Self::MissedAbandoned
                | Self::MissedCancelled
                | Self::MissedVoicemail
                | Self::MissedNoRoute
        )
    }

    /// In H: handled by a person.
    pub const fn is_answered(self) -> bool {
        matches!(self, Self::Answered)
    }

    /// Nothing more will come: everything but in progress.
    pub const fn is_final(self) -> bool {
        !matches!(self, Self::InProgress)
    }
}

/// What one part of a call was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum PartKind {
    Ring = 0,
    Talk = 1,
    Queue = 2,
    Menu = 3,
    Voicemail = 4,
}

/// How one part ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum PartOutcome {
    Answered = 0,
    /// Rang, a colleague took it: never a fault.
    Elsewhere = 1,
    NoAnswer = 2,
    Busy = 3,
    Declined = 4,
    CallerLeft = 5,
}

coded!(PartKind { Ring = "ring", Talk = "talk", Queue = "queue", Menu = "menu", Voicemail = "voicemail" });
coded!(PartOutcome {
    Answered = "answered", Elsewhere = "elsewhere", NoAnswer = "no_answer", Busy = "busy",
    Declined = "declined", CallerLeft = "caller_left",
});

/// One part of a call: one phone that rang, one stretch of talk, one wait in a queue.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CallPart {
    /// The source's key of the person or phone (extension, account, address); `None`: not known.
    pub agent_key: Option<String>,
    pub kind: PartKind,
    pub started_at: Option<Instant>,
    pub ring_sec: Option<u32>,
    pub talk_sec: Option<u32>,
    pub outcome: PartOutcome,
}

/// What can be wrong with a record that was read nevertheless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// It held bytes that aren't UTF-8, which were replaced.
    BadUtf8,
}

impl Flaw {
    /// The canonical word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::BadUtf8 => "bad_utf8",
        }
    }
}

impl Call {
    /// Notes a flaw; one that is known is noted once.
    pub fn add_flaw(&mut self, flaw: Flaw) {
        if let Err(place) = self.flaws.binary_search(&flaw) {
            self.flaws.insert(place, flaw);
        }
    }
}

/// A utm set.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Utm {
    pub source: Option<String>,
    pub medium: Option<String>,
    pub campaign: Option<String>,
    pub content: Option<String>,
    pub term: Option<String>,
}

/// The canonical record of a call. Merging two of one call takes, field by field, the stronger; see `domain::fold`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    pub call_id: String,
    /// The stream it came by, as named at intake.
    pub source: String,
    pub direction: Direction,
    pub started_at: Instant,
    /// First pick-up by a person.
    pub answered_at: Option<Instant>,
    pub ended_at: Option<Instant>,
    pub from_number: Option<String>,
    pub to_number: Option<String>,
    /// The other side, E.164 where it can be read so; `None` when withheld.
    pub client_number: Option<String>,
    pub tracking_number: Option<String>,
    pub status: CallStatus,
    /// The source's own word or words.
    pub raw_status: Option<String>,
    pub answered_by: AnsweredBy,
    pub wait_sec: Option<u32>,
    pub ring_sec: Option<u32>,
    pub ivr_sec: Option<u32>,
    pub talk_sec: Option<u32>,
    pub hold_sec: Option<u32>,
    pub wrap_sec: Option<u32>,
    pub duration_sec: Option<u32>,
    /// Who answered; for a missed call the one phone that rang, empty when several did.
    pub agent_id: Option<String>,
    pub agent_name: Option<String>,
    pub queue: Option<String>,
    pub department: Option<String>,
    pub is_target: Option<bool>,
    pub is_first_call: Option<bool>,
    pub is_repeat: Option<bool>,
    pub utm: Utm,
    pub first_utm: Utm,
    pub landing: Option<String>,
    pub referrer: Option<String>,
    pub client_id: Option<String>,
    pub tags: Vec<String>,
    /// Micro-units of `currency`; positive is a charge.
    pub cost_micro: Option<i64>,
    pub currency: Option<String>,
    /// A secret: only for roles that may listen.
    pub recording_url: Option<String>,
    pub hangup_cause: Option<String>,
    pub ended_by: Option<String>,
    pub linked_id: Option<String>,
    pub merged_into: Option<String>,
    pub region: Option<String>,
    pub category: Option<String>,
    pub rating: Option<String>,
    pub comment: Option<String>,
    pub visitor_id: Option<String>,
    pub id_is_synthetic: bool,
    /// What was wrong with what the source told, and was mended; sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flaws: Vec<Flaw>,
    /// In order of `n`.
    pub parts: Vec<CallPart>,
}
