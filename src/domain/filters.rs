//! Which calls a report looks at. A filter without a value lets every call through; several filters must all fit, and of
//! several values of one filter any may.

use serde::{Deserialize, Serialize};

use super::call::{CallStatus, Direction};
use super::missed::MissedSet;

/// The filters of a report. What a call doesn't tell, it doesn't have: a call without a queue is in no queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filters {
    /// Canonical words: `inbound`, `outbound`, `callback`, `internal`, `transit`.
    pub direction: Vec<String>,
    /// Canonical words, or groups of them: see [`STATUS_GROUPS`].
    pub status: Vec<String>,
    /// Agents who took part: ids of the directory, or sources' keys.
    pub agent: Vec<String>,
    /// Teams of the directory of whom somebody took part.
    pub team: Vec<String>,
    /// Tracking numbers, E.164.
    pub number: Vec<String>,
    pub queue: Vec<String>,
    pub department: Vec<String>,
    /// Names of sources (streams of calls).
    pub source: Vec<String>,
    /// Where callers came from, as the report's own list of sources says it: `google`, `(direct)`, `(not tracked)`.
    pub utm_source: Vec<String>,
    pub utm_medium: Vec<String>,
    pub utm_campaign: Vec<String>,
    pub tag: Vec<String>,
    /// The whole call, from its first moment to its last, lasted at least so many seconds.
    pub min_duration_sec: Option<u32>,
    /// … and at most so many.
    pub max_duration_sec: Option<u32>,
    /// By the project's calendar.
    pub working_hours: Option<WorkingHours>,
    /// Whether it is the caller's first call; a withheld number is neither.
    pub first_time: Option<bool>,
}

/// Which side of the calendar's working hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WorkingHours {
    In,
    Outside,
}

impl WorkingHours {
    /// Both.
    pub const ALL: [Self; 2] = [Self::In, Self::Outside];

    /// The word people write.
    pub const fn name(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Outside => "outside",
        }
    }

    /// Reads the word people write.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.name() == text)
    }
}

/// Whether a call of this direction and status belongs to a group, given which statuses count as missed.
pub type IsIn = fn(Direction, CallStatus, MissedSet) -> bool;

/// Words that stand for several statuses. To add one: a line here, and its message `status-…`.
pub const STATUS_GROUPS: &[(&str, IsIn)] = &[
    // Of calls in, as the figure: colleagues' calls, calls passed through and call-back requests aren't in it.
    ("missed", |direction, status, missed| direction == Direction::Inbound && missed.contains(status)),
    ("client_not_reached", |direction, status, _| direction != Direction::Inbound && is_client_not_reached(status)),
    // Of calls in: what is neither answered nor missed.
    ("left_out", |direction, status, missed| {
        direction == Direction::Inbound && !status.is_answered() && !missed.contains(status)
    }),
];

const fn is_client_not_reached(status: CallStatus) -> bool {
    matches!(status, CallStatus::ClientNoAnswer | CallStatus::ClientBusy)
}

/// Every word that a filter of statuses takes: groups first, then the canonical words.
pub fn status_words() -> Vec<&'static str> {
    let groups = STATUS_GROUPS.iter().map(|(name, _)| *name);
    groups.chain(CallStatus::ALL.iter().map(|status| status.name())).collect()
}

/// Whether a word of a filter (a status or a group) means a call of this direction and status; `missed` is what the report
/// counts as missed.
pub fn status_fits(word: &str, direction: Direction, status: CallStatus, missed: MissedSet) -> bool {
    let is_in = |(name, holds): &(&str, IsIn)| *name == word && holds(direction, status, missed);
    STATUS_GROUPS.iter().any(is_in) || status.name() == word
}

impl Filters {
    /// Whether it lets every call through.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it chooses by what became of a call, or by how long it was, which follows from that: a share of answered
    /// calls would only tell of the choice.
    pub fn is_by_outcome(&self, missed: MissedSet) -> bool {
        if self.min_duration_sec.is_some() || self.max_duration_sec.is_some() {
            return true;
        }
        let counts = |status: CallStatus| status.is_answered() || missed.contains(status);
        let passes = |status| self.status.iter().any(|word| status_fits(word, Direction::Inbound, status, missed));
        !self.status.is_empty() && CallStatus::ALL.iter().any(|status| counts(*status) && !passes(*status))
    }

    /// Whether it chooses by who took part.
    pub fn is_by_people(&self) -> bool {
        !(self.agent.is_empty() && self.team.is_empty())
    }

    /// Whether a call of this direction and status may pass, whatever else it is.
    pub fn admits(&self, direction: Direction, status: CallStatus, missed: MissedSet) -> bool {
        (self.first_time.is_none() || Self::has_caller(direction))
            && (self.direction.is_empty() || self.direction.iter().any(|word| word == direction.name()))
            && (self.status.is_empty() || self.status.iter().any(|word| status_fits(word, direction, status, missed)))
    }

    /// Whether somebody called, who may have done so for the first time.
    pub fn has_caller(direction: Direction) -> bool {
        matches!(direction, Direction::Inbound | Direction::Callback)
    }

    /// Whether the cold half of calls is needed: queue, department, tags, duration.
    pub fn need_facts(&self) -> bool {
        !(self.queue.is_empty() && self.department.is_empty() && self.tag.is_empty())
            || self.min_duration_sec.is_some()
            || self.max_duration_sec.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_part_what_the_rates_count() {
        let missed = MissedSet::default();
        for status in CallStatus::ALL {
            let groups = STATUS_GROUPS.iter().filter(|(_, holds)| holds(Direction::Inbound, *status, missed)).count();
            assert_eq!(groups, usize::from(!status.is_answered()), "{status:?}");
            assert_eq!(status_fits("missed", Direction::Inbound, *status, missed), missed.contains(*status));
            assert!(status_fits(status.name(), Direction::Inbound, *status, missed));
        }
        let fits = |word: &str| {
            let any = |direction| CallStatus::ALL.iter().any(|status| status_fits(word, direction, *status, missed));
            Direction::ALL.iter().any(|direction| any(*direction))
        };
        assert!(status_words().into_iter().all(fits));
    }

    #[test]
    fn missed_and_left_out_are_calls_in() {
        let missed = MissedSet::default();
        for direction in Direction::ALL.iter().filter(|direction| **direction != Direction::Inbound) {
            for status in CallStatus::ALL {
                for group in ["missed", "left_out"] {
                    assert!(!status_fits(group, *direction, *status, missed), "{group}: {direction:?} {status:?}");
                }
                assert!(
                    status_fits(status.name(), *direction, *status, missed),
                    "a status is one whatever its direction"
                );
            }
        }
    }

    #[test]
    fn a_choice_by_outcome_is_known_as_one() {
        let of = |words: &[&str]| {
            let status = words.iter().map(|word| (*word).to_owned()).collect();
            Filters { status, ..Filters::default() }.is_by_outcome(MissedSet::default())
        };
        assert!(!of(&[]));
        assert!(!of(&["answered", "missed"]));
        assert!(of(&["missed"]) && of(&["answered"]) && of(&["answered", "missed_busy"]));
    }
}
