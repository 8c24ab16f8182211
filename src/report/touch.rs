//! What each agent had to do with each inbound call, from its parts: answered it, talked in it, had the phone ring while a
//! colleague took it, or while nobody did. One row a call and agent, so that a phone that rang five times in one call
//! counts once.

use std::collections::BTreeMap;

use crate::domain::call::{PartKind, PartOutcome};
use crate::domain::ids::CallKey;
use crate::domain::slice::{CallRow, PartRow, Slice};

use super::group::{is_answered_in, is_missed_in, is_target};
use crate::domain::report_spec::Options;

/// One agent in one call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Touch {
    /// `None`: answered by somebody who isn't known.
    pub(super) agent: Option<i64>,
    /// The first person to answer; exactly one touch of every answered call has it.
    pub(super) answered: bool,
    pub(super) target: bool,
    /// Own talk in an answered call; `None`: not known, or none.
    pub(super) talk_sec: Option<u32>,
    pub(super) elsewhere: bool,
    pub(super) lost: bool,
}

/// The parts of each call.
pub(super) fn parts_by_call(parts: &[PartRow]) -> BTreeMap<CallKey, &[PartRow]> {
    parts.chunk_by(|a, b| a.call == b.call).filter_map(|chunk| Some((chunk.first()?.call, chunk))).collect()
}

/// The touches of one call in O; none for any other.
pub(super) fn touches(call: &CallRow, parts: &[PartRow], slice: &Slice, options: &Options) -> Vec<Touch> {
    let (answered, missed) = (is_answered_in(call), is_missed_in(call, options));
    if !answered && !missed {
        return Vec::new();
    }
    let mut by_agent: BTreeMap<Option<i64>, Touch> = BTreeMap::new();
    if answered {
        by_agent.insert(
            call.agent,
            Touch { agent: call.agent, answered: true, target: is_target(call, slice), ..Touch::default() },
        );
    }
    let talks = talks(call, parts);
    for part in parts.iter().filter(|part| part.agent.is_some()) {
        let touch = by_agent.entry(part.agent).or_insert(Touch { agent: part.agent, ..Touch::default() });
        match part.kind {
            PartKind::Talk if answered => touch.talk_sec = talks.get(&part.agent).copied(),
            PartKind::Ring if rang_in_vain(part.outcome) => {
                touch.elsewhere |= answered;
                touch.lost |= missed;
            }
            _ => {}
        }
    }
    for touch in by_agent.values_mut() {
        // Whoever talked didn't miss it; and where no part tells who talked, the talk is that of whoever answered.
        touch.elsewhere &= !touch.answered && touch.talk_sec.is_none();
        if touch.answered && talks.is_empty() {
            touch.talk_sec = call.talk_sec;
        }
    }
    by_agent.into_values().collect()
}

/// What each agent talked in a call, by its parts. Nobody is told of more than the call: where parts ran side by side, as
/// in a conference, each is cut by the same share.
fn talks(call: &CallRow, parts: &[PartRow]) -> BTreeMap<Option<i64>, u32> {
    let mut talks: BTreeMap<Option<i64>, u64> = BTreeMap::new();
    for part in parts.iter().filter(|part| part.kind == PartKind::Talk && part.agent.is_some()) {
        if let Some(talk) = part.talk_sec {
            *talks.entry(part.agent).or_default() += u64::from(talk);
        }
    }
    let sum: u64 = talks.values().sum();
    let most = call.talk_sec.map_or(sum, |talk| sum.min(talk.into()));
    let share = |talk: u64| u32::try_from((talk * most).checked_div(sum).unwrap_or(0)).unwrap_or(u32::MAX);
    talks.into_iter().map(|(agent, talk)| (agent, share(talk))).collect()
}

/// Whether a phone rang without being taken; a busy one didn't ring.
fn rang_in_vain(outcome: PartOutcome) -> bool {
    !matches!(outcome, PartOutcome::Answered | PartOutcome::Busy)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::call::{CallStatus, Direction};
    use crate::domain::instant::Instant;
    use crate::domain::slice::CallFlags;

    fn call(status: CallStatus, agent: Option<i64>) -> CallRow {
        CallRow {
            key: CallKey(1),
            started_at: Instant::from_seconds(0),
            source: 1,
            direction: Direction::Inbound,
            status,
            client: Some(380_671_112_233),
            tracking: None,
            agent,
            attribution: None,
            wait_sec: Some(9),
            talk_sec: Some(100),
            flags: CallFlags(0),
        }
    }

    fn nothing() -> Slice {
        Slice::empty(super::super::oracle::request().slice_request())
    }

    fn part(agent: i64, kind: PartKind, talk_sec: Option<u32>, outcome: PartOutcome) -> PartRow {
        PartRow { call: CallKey(1), agent: Some(agent), kind, ring_sec: Some(5), talk_sec, outcome }
    }

    #[test]
    fn a_transfer_credits_the_first_person_and_gives_each_their_own_talk() {
        let parts = [
            part(1, PartKind::Ring, None, PartOutcome::Answered),
            part(2, PartKind::Ring, None, PartOutcome::Elsewhere),
            part(3, PartKind::Ring, None, PartOutcome::Elsewhere),
            part(1, PartKind::Talk, Some(30), PartOutcome::Answered),
            part(3, PartKind::Talk, Some(70), PartOutcome::Answered),
        ];
        let touches = touches(&call(CallStatus::Answered, Some(1)), &parts, &nothing(), &Options::default());
        let of = |agent| touches.iter().find(|touch| touch.agent == Some(agent)).copied().expect("a touch");
        assert_eq!((of(1).answered, of(1).talk_sec, of(1).elsewhere), (true, Some(30), false));
        assert_eq!((of(2).answered, of(2).talk_sec, of(2).elsewhere), (false, None, true));
        assert_eq!((of(3).answered, of(3).talk_sec, of(3).elsewhere), (false, Some(70), false));
    }

    #[test]
    fn whoever_handed_the_call_on_is_not_told_of_the_other_s_talk() {
        let of = |parts: &[PartRow]| -> Vec<(Option<i64>, Option<u32>)> {
            let touches = touches(&call(CallStatus::Answered, Some(1)), parts, &nothing(), &Options::default());
            touches.iter().map(|touch| (touch.agent, touch.talk_sec)).collect()
        };
        let handed = part(3, PartKind::Talk, Some(70), PartOutcome::Answered);
        assert_eq!(of(&[handed]), [(Some(1), None), (Some(3), Some(70))], "what the first talked isn't known");
        let unknown = part(3, PartKind::Talk, None, PartOutcome::Answered);
        assert_eq!(of(&[unknown]), [(Some(1), Some(100)), (Some(3), None)]);
        let conference = [part(1, PartKind::Talk, Some(100), PartOutcome::Answered), handed];
        assert_eq!(of(&conference), [(Some(1), Some(58)), (Some(3), Some(41))], "both within the call's 100 s");
    }

    proptest! {
        #[test]
        fn the_talks_of_a_call_never_add_to_more_than_it(
            (calls, parts) in super::super::oracle::any_calls(30),
        ) {
            let by_call = parts_by_call(&parts);
            for call in &calls {
                let parts = by_call.get(&call.key).copied().unwrap_or_default();
                let touches = touches(call, parts, &nothing(), &Options::default());
                let told: u64 = touches.iter().filter_map(|touch| touch.talk_sec).map(u64::from).sum();
                prop_assert!(call.talk_sec.is_none_or(|talk| told <= talk.into()), "{told} of {call:?}, {parts:?}");
            }
        }
    }

    #[test]
    fn a_phone_that_rings_twice_loses_one_caller_and_a_busy_one_none() {
        let parts = [
            part(1, PartKind::Ring, None, PartOutcome::NoAnswer),
            part(1, PartKind::Ring, None, PartOutcome::CallerLeft),
            part(2, PartKind::Ring, None, PartOutcome::Busy),
        ];
        let touches = touches(&call(CallStatus::MissedNoAnswer, None), &parts, &nothing(), &Options::default());
        assert_eq!(touches.iter().filter(|touch| touch.lost).count(), 1);
        assert!(touches.iter().all(|touch| !touch.answered && touch.talk_sec.is_none()));
    }

    #[test]
    fn an_answered_call_without_parts_is_still_somebody_s() {
        let touches = touches(&call(CallStatus::Answered, None), &[], &nothing(), &Options::default());
        assert_eq!(touches.len(), 1);
        assert_eq!((touches[0].agent, touches[0].answered, touches[0].talk_sec), (None, true, Some(100)));
    }
}
