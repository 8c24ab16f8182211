//! A slice: the calls that one report reads, with the names and facts that they refer to, as plain rows. The store loads
//! it, the report computes from it, and neither knows the other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::call::{Call, CallStatus, Direction, PartKind, PartOutcome};
use super::callback::{self, Entry};
use super::directory::{ListedAgent, ListedNumber, folded};
use super::ids::{CallKey, ProjectKey};
use super::instant::Instant;
use super::period::Period;
use super::target;

/// Which calls to load. Equal requests are loaded once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SliceRequest {
    pub project: ProjectKey,
    pub period: Period,
    pub compared_with: Option<Period>,
    /// What became of callers who waited at the period's end is read up to here: the time of the run.
    pub until: Instant,
    /// Whether the parts of the calls of `compared_with` are needed as well: only to choose calls by agent.
    pub with_previous_parts: bool,
    /// Whether the full record of each call of the period is needed: only for a list of calls.
    pub with_records: bool,
    /// Whether calls are chosen, by filters or for one agent: then whoever waits is judged by the call that opened the
    /// entry, however old it is.
    pub chooses: bool,
    /// Callers who wait for longer are lost.
    pub response_window_hours: u32,
    /// What makes somebody to call back.
    pub callback_rule: callback::Rule,
    /// What makes a target call.
    pub target_rule: target::Rule,
    /// Whether the cold facts of each call are needed: only to choose calls by them.
    pub with_facts: bool,
}

impl SliceRequest {
    /// The earlier one of the moments at which callers who wait are counted first: the end of the period compared with, or
    /// the start of this one.
    pub fn counts_from(&self) -> Instant {
        self.compared_with.map_or(self.period.from(), |compared| compared.to().min(self.period.from()))
    }

    /// Entries opened before this are counted and not loaded: no report lists them, no figure but a count asks for them.
    /// `None`: every one is loaded.
    pub fn older_than(&self) -> Option<Instant> {
        let sec = (callback::BACKLOG_DAYS * 86_400).max(i64::from(self.response_window_hours) * 3600);
        (!self.chooses).then(|| self.counts_from().plus_seconds(-sec))
    }
}

/// Callers to call back whose entries are too old to be listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Older {
    /// Open at the period's end, or when the report is made, whichever is earlier.
    pub open: u64,
    /// Open at the end of the period compared with.
    pub open_before: u64,
    /// Ended within the period.
    pub reached: u64,
    /// Of those that were open, ended before the calls were read.
    pub reached_since: u64,
}

/// Since when somebody waited, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waited {
    pub client: i64,
    pub from: Instant,
    /// `None`: still waiting.
    pub to: Option<Instant>,
}

impl Waited {
    /// Whether it was going on at `at` (exclusive), as [`Entry::is_open_at`].
    pub fn is_on(&self, at: Instant) -> bool {
        self.from < at && self.to.is_none_or(|to| to >= at)
    }
}

/// The rows of a slice.
#[derive(Clone, Debug, PartialEq)]
pub struct Slice {
    pub request: SliceRequest,
    /// Calls that started in the period, by start, then key.
    pub calls: Vec<CallRow>,
    /// Calls that started in `compared_with`, by start, then key.
    pub previous: Vec<CallRow>,
    /// Parts of `calls` and `entry_calls`, and of `previous` where asked for; by call, then their order in the call.
    pub parts: Vec<PartRow>,
    /// Agents that calls and parts refer to.
    pub agents: BTreeMap<i64, AgentRow>,
    /// Attributions that calls refer to.
    pub attributions: BTreeMap<i64, AttributionRow>,
    /// Every source of the project.
    pub sources: BTreeMap<i64, SourceRow>,
    /// Callers who waited for a call back at some time from the end of `compared_with` (or the start of the period) to the
    /// end of the period, with all that happened to them up to `request.until`; by opening, then number. Those that opened
    /// before [`SliceRequest::older_than`] are in `older` instead.
    pub entries: Vec<Entry>,
    pub older: Older,
    /// Of these, the waits of whoever was called in the period.
    pub older_called: Vec<Waited>,
    /// The missed calls of those entries, by start, then key.
    pub entry_calls: Vec<CallRow>,
    /// Full records of `calls`, where asked for.
    pub records: BTreeMap<CallKey, Call>,
    /// The first kept call, of whatever kind, of everybody who called in, or asked to be called, in `calls` or `previous`,
    /// and of everybody in `entries`.
    pub first_calls: BTreeMap<i64, Instant>,
    /// The project's first kept call: how far back it is known who called before.
    pub history_from: Option<Instant>,
    /// Calls of `calls` and `previous` that would be target calls if they didn't repeat one.
    pub repeated: BTreeSet<CallKey>,
    /// Cold facts of `calls`, `previous` and `entry_calls`, where asked for.
    pub facts: BTreeMap<CallKey, CallFacts>,
    /// What the directory says of dialled numbers, by their digits; empty until it was looked up.
    pub numbers: BTreeMap<i64, Arc<ListedNumber>>,
    /// Calls of the period with a number that the directory leaves out: taken from `calls`, by start, then key.
    pub ignored: Vec<CallRow>,
    /// Keys, with names, by which sources call the people of `agents`, where the directory gave those other ones.
    pub called: BTreeSet<(String, Option<String>)>,
}

/// The hot half of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallRow {
    pub key: CallKey,
    pub started_at: Instant,
    pub source: i64,
    pub direction: Direction,
    pub status: CallStatus,
    /// The other side's E.164 digits; `None`: withheld.
    pub client: Option<i64>,
    /// The dialled number's E.164 digits.
    pub tracking: Option<i64>,
    pub agent: Option<i64>,
    pub attribution: Option<i64>,
    pub wait_sec: Option<u32>,
    pub talk_sec: Option<u32>,
    pub flags: CallFlags,
}

impl CallRow {
    /// A call in that a person answered.
    pub fn is_answered_in(&self) -> bool {
        self.direction == Direction::Inbound && self.status.is_answered()
    }
}

/// What only some filters ask about a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallFacts {
    pub queue: Option<String>,
    pub department: Option<String>,
    pub tags: Vec<String>,
    /// As the source says, else from its first moment to its last.
    pub duration_sec: Option<u32>,
}

/// What a source says about a call beside its status, and how its number was read; bits as stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallFlags(pub u8);

impl CallFlags {
    /// Whether it is a target call; `None`: the source didn't say.
    pub const fn target(self) -> Option<bool> {
        self.pair(1, 2)
    }

    /// Whether it is the client's first call; `None`: the source didn't say.
    pub const fn first(self) -> Option<bool> {
        self.pair(4, 8)
    }

    /// Whether it repeats a target call; `None`: the source didn't say.
    pub const fn repeat(self) -> Option<bool> {
        self.pair(16, 32)
    }

    /// Whether the caller showed a number, and it can't be read as one.
    pub const fn is_unread(self) -> bool {
        self.0 & 64 != 0
    }

    const fn pair(self, known: u8, yes: u8) -> Option<bool> {
        if self.0 & known == 0 { None } else { Some(self.0 & yes != 0) }
    }
}

/// One part of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartRow {
    pub call: CallKey,
    pub agent: Option<i64>,
    pub kind: PartKind,
    pub ring_sec: Option<u32>,
    pub talk_sec: Option<u32>,
    pub outcome: PartOutcome,
}

/// A person or phone that a source names; after the directory, a person that is listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgentRow {
    /// The source's key; of somebody listed, the id in the directory.
    pub key: String,
    pub name: Option<String>,
    /// Who the directory says that it is; `None`: not listed, or not looked up.
    pub listed: Option<Arc<ListedAgent>>,
}

/// A utm set with its referrer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttributionRow {
    pub source: Option<String>,
    pub medium: Option<String>,
    pub campaign: Option<String>,
    pub referrer_host: Option<String>,
    /// Any sign of a web session: a client id or a landing page.
    pub has_session: bool,
}

/// A stream of calls and how far it is known to reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRow {
    pub name: String,
    pub format: String,
    pub last_event_at: Option<Instant>,
    /// Spans of which it said that it told everything: sorted, apart from each other. Empty: it never stated any.
    pub spans: Vec<Period>,
}

impl Slice {
    /// Whoever people mean by this text: the person with this id in the directory; else everybody listed with this name or
    /// key, and the phone with this key that nobody is listed for.
    pub fn agents_called(&self, text: &str) -> Vec<i64> {
        let listed = |row: &AgentRow| row.listed.as_ref().is_some_and(|listed| listed.id == text);
        let by_id: Vec<i64> = self.agents.iter().filter(|(_, row)| listed(row)).map(|(id, _)| *id).collect();
        if !by_id.is_empty() {
            return by_id;
        }
        let called = |row: &AgentRow| match &row.listed {
            Some(listed) => listed.is_called(text),
            None => folded(&row.key) == folded(text),
        };
        self.agents.iter().filter(|(_, row)| called(row)).map(|(id, _)| *id).collect()
    }

    /// A slice without any row.
    pub fn empty(request: SliceRequest) -> Self {
        Self {
            request,
            calls: Vec::new(),
            previous: Vec::new(),
            parts: Vec::new(),
            agents: BTreeMap::new(),
            attributions: BTreeMap::new(),
            sources: BTreeMap::new(),
            entries: Vec::new(),
            older: Older::default(),
            older_called: Vec::new(),
            entry_calls: Vec::new(),
            records: BTreeMap::new(),
            first_calls: BTreeMap::new(),
            history_from: None,
            repeated: BTreeSet::new(),
            facts: BTreeMap::new(),
            numbers: BTreeMap::new(),
            ignored: Vec::new(),
            called: BTreeSet::new(),
        }
    }
}
