//! Why calls were missed, in the five groups that readers are told.

use crate::domain::call::{CallStatus, Direction};
use crate::domain::missed::MissedSet;

use super::tally::Tally;

/// The groups, in the order in which a caller meets them; see [`group`].
pub(super) const GROUPS: [&str; 5] = ["no_answer", "hung_up", "busy", "voicemail", "no_route"];

/// Which of [`GROUPS`] a missed call belongs to.
pub(super) fn group(status: CallStatus) -> Option<usize> {
    match status {
        CallStatus::MissedNoAnswer => Some(0),
        CallStatus::MissedAbandoned | CallStatus::MissedCancelled | CallStatus::MissedIvr => Some(1),
        CallStatus::MissedBusy => Some(2),
        CallStatus::MissedVoicemail => Some(3),
        CallStatus::MissedNoRoute => Some(4),
        _ => None,
    }
}

/// Missed calls of a group: those of the report's missed set, so that the groups sum to M.
pub(super) fn count(tally: &Tally, wanted: usize, missed: MissedSet) -> u64 {
    let fits = |status| missed.contains(status) && group(status) == Some(wanted);
    tally.calls(Direction::Inbound, fits).calls
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_that_can_be_missed_has_a_group_and_no_other() {
        let all = MissedSet::WORDS.iter().filter_map(|word| MissedSet::parse(word));
        let all = all.fold(MissedSet::NONE, MissedSet::with);
        for status in CallStatus::ALL {
            assert_eq!(group(*status).is_some(), all.contains(*status), "{status:?}");
        }
    }
}
