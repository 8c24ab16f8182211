//! Callers to call back. An entry opens when somebody called and reached nobody, gathers further misses and our tries,
//! and closes at the next contact. Entries are history: [`Entry::as_of`] tells what stood open at any past instant.
//!
//! What counts as a miss is a report's choice ([`Rule`]), so the entries that are kept hold every call that any rule may
//! count, with its word and wait, and [`Entry::under`] tells what a rule makes of them. Contacts are the same for all.

mod amend;

use serde::{Deserialize, Serialize};

pub use self::amend::{Touch, amend};
use super::call::{CallStatus, Direction};
use super::instant::Instant;
use super::missed::MissedSet;

/// Which missed calls make somebody to call back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    /// Words that make somebody to call back, beside calls in that failed and requests that we didn't take.
    pub missed: MissedSet,
    /// A caller who left within so many seconds makes nobody to call back.
    pub short_call_sec: u32,
}

impl Rule {
    /// Whether the usual rule counts everything that this one does.
    pub fn is_within_usual(self) -> bool {
        let usual = Self::default();
        usual.missed.holds(self.missed) && self.short_call_sec >= usual.short_call_sec
    }

    fn counts(self, miss: &Miss) -> bool {
        let left = self.missed.contains(miss.status) && !is_short(miss.status, miss.wait_sec, self.short_call_sec);
        miss.requested || miss.status == CallStatus::Failed || left
    }
}

impl Default for Rule {
    fn default() -> Self {
        Self { missed: MissedSet::default(), short_call_sec: 5 }
    }
}

/// One call that reached nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Miss {
    pub at: Instant,
    pub status: CallStatus,
    pub wait_sec: Option<u32>,
    /// A call-back that the caller asked for and our side didn't take: somebody to call back under every rule.
    pub requested: bool,
}

/// Whoever waits for longer at a period's end is counted in one line and not listed.
pub const BACKLOG_DAYS: i64 = 14;

/// As many misses and tries of one entry are kept; a caller who rings more often than that without an answer is a robot.
pub const MOST_STEPS: usize = 500;

/// What the entries need to know of one call of a known number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientCall {
    /// The other side's E.164 digits.
    pub client: i64,
    /// The dialled number's E.164 digits.
    pub tracking: Option<i64>,
    pub started_at: Instant,
    pub direction: Direction,
    pub status: CallStatus,
    pub wait_sec: Option<u32>,
    pub talk_sec: Option<u32>,
}

/// How an entry ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum ClosedBy {
    /// We called and talked.
    OurCall = 0,
    /// The caller tried again and was answered.
    ClientReturn = 1,
}

/// One caller who waits, or waited, for a call back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub client: i64,
    /// The number that the first missed call came in on.
    pub tracking: Option<i64>,
    /// The first missed call.
    pub opened_at: Instant,
    /// The contact that ended it; `None`: still open.
    pub closed_at: Option<Instant>,
    pub closed_by: Option<ClosedBy>,
    /// Every missed call, in order, the first included; at most [`MOST_STEPS`].
    pub missed: Vec<Miss>,
    /// Our tries that reached nobody, in order; at most [`MOST_STEPS`].
    pub attempts: Vec<Instant>,
}

impl Entry {
    /// Whether it stands open at `at`, an exclusive bound such as a period's end: opened before it, not closed before it.
    pub fn is_open_at(&self, at: Instant) -> bool {
        self.opened_at < at && self.closed_at.is_none_or(|closed| closed >= at)
    }

    /// The entry as it stood at `at` (exclusive): later misses, tries and the closing are not known yet. `None` when it
    /// wasn't open then.
    pub fn as_of(&self, at: Instant) -> Option<Self> {
        self.is_open_at(at).then(|| Self {
            closed_at: None,
            closed_by: None,
            missed: self.missed.iter().copied().filter(|miss| miss.at < at).collect(),
            attempts: self.attempts.iter().copied().filter(|step| *step < at).collect(),
            ..*self
        })
    }

    /// What a rule makes of a kept entry: it opens at the first miss that the rule counts; `None` when it counts none.
    pub fn under(&self, rule: Rule) -> Option<Self> {
        let missed: Vec<Miss> = self.missed.iter().copied().filter(|miss| rule.counts(miss)).collect();
        let opened_at = missed.first()?.at;
        let attempts = self.attempts.iter().copied().filter(|at| *at >= opened_at).collect();
        let tracking = self.tracking.filter(|_| opened_at == self.opened_at);
        Some(Self { opened_at, tracking, missed, attempts, ..*self })
    }

    /// Our first outbound try after the first missed call, whether it reached the caller or not. The caller's own return
    /// isn't our response.
    pub fn first_response(&self) -> Option<Instant> {
        let closing = self.closed_at.filter(|_| self.closed_by == Some(ClosedBy::OurCall));
        self.attempts.first().copied().into_iter().chain(closing).min()
    }
}

/// Whether the caller hung up within `limit_sec` seconds of ringing or queueing: a missed call, but nobody to call back.
pub fn is_short(status: CallStatus, wait_sec: Option<u32>, limit_sec: u32) -> bool {
    matches!(status, CallStatus::MissedAbandoned | CallStatus::MissedCancelled)
        && wait_sec.is_some_and(|wait| wait <= limit_sec)
}

/// What one call does to the entry of its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Miss(Miss),
    Attempt,
    Contact(ClosedBy),
}

/// Whether it is a call of ours that was really made: one that went out, or a call-back that our side took, whether it
/// reached the client or not.
pub fn is_made(direction: Direction, status: CallStatus, talk_sec: Option<u32>) -> bool {
    match direction {
        Direction::Outbound => true,
        Direction::Callback => {
            let took = matches!(status, CallStatus::Answered | CallStatus::ClientNoAnswer | CallStatus::ClientBusy);
            took || has_talk(status, talk_sec)
        }
        Direction::Inbound | Direction::Internal | Direction::Transit | Direction::Unknown => false,
    }
}

/// Whether two people talked: by the talk where it is known, else by the status.
pub fn has_talk(status: CallStatus, talk_sec: Option<u32>) -> bool {
    talk_sec.map_or(status.is_answered(), |talk| talk > 0)
}

/// Whether our side didn't take a call-back that somebody asked for.
pub fn is_not_taken(status: CallStatus) -> bool {
    status.is_missed() || status == CallStatus::MissedIvr
}

fn step(call: &ClientCall) -> Option<Step> {
    let talked = has_talk(call.status, call.talk_sec);
    let miss = Miss { at: call.started_at, status: call.status, wait_sec: call.wait_sec, requested: false };
    match call.direction {
        Direction::Inbound if call.status.is_answered() => Some(Step::Contact(ClosedBy::ClientReturn)),
        Direction::Inbound => {
            let misses = call.status.is_missed() || matches!(call.status, CallStatus::Failed | CallStatus::MissedIvr);
            misses.then_some(Step::Miss(Miss { requested: false, ..miss }))
        }
        Direction::Outbound | Direction::Callback if talked => Some(Step::Contact(ClosedBy::OurCall)),
        direction if is_made(direction, call.status, call.talk_sec) => Some(Step::Attempt),
        Direction::Callback if is_not_taken(call.status) => Some(Step::Miss(Miss { requested: true, ..miss })),
        // A request that failed, or of which nobody knows what became of it, was no try of ours.
        _ => None,
    }
}

/// A step of one number: when, what, and on which number of ours. Of several at one instant the contact is the last.
type Told = (Instant, Step, Option<i64>);

fn told(call: &ClientCall) -> Option<Told> {
    Some((call.started_at, step(call)?, call.tracking))
}

/// The entries to keep of these calls, sorted by number and time. The calls may be of several numbers and in any order;
/// of several at one instant the contact counts as the last.
pub fn entries(calls: &[ClientCall]) -> Vec<Entry> {
    entries_within(calls, MOST_STEPS)
}

fn entries_within(calls: &[ClientCall], most: usize) -> Vec<Entry> {
    let mut steps: Vec<(i64, Told)> = calls.iter().filter_map(|call| Some((call.client, told(call)?))).collect();
    steps.sort_unstable();
    let mut entries = Vec::new();
    for of_one in steps.chunk_by(|a, b| a.0 == b.0) {
        let mut open = None;
        entries.extend(of_one.iter().filter_map(|(client, told)| tell_on(&mut open, *client, *told, most)));
        entries.extend(open);
    }
    entries
}

/// What a step does to the open entry, if any; gives the entry that it closes.
fn tell_on(open: &mut Option<Entry>, client: i64, (at, step, tracking): Told, most: usize) -> Option<Entry> {
    match (step, open.as_mut()) {
        (Step::Miss(miss), None) => {
            let (missed, attempts) = (vec![miss], Vec::new());
            *open = Some(Entry { client, tracking, opened_at: at, closed_at: None, closed_by: None, missed, attempts });
        }
        (Step::Miss(miss), Some(entry)) => push_bounded(&mut entry.missed, miss, most),
        (Step::Attempt, Some(entry)) => push_bounded(&mut entry.attempts, at, most),
        (Step::Contact(by), Some(_)) => {
            return open.take().map(|entry| Entry { closed_at: Some(at), closed_by: Some(by), ..entry });
        }
        (Step::Attempt | Step::Contact(_), None) => {}
    }
    None
}

fn push_bounded<T>(steps: &mut Vec<T>, step: T, most: usize) {
    if steps.len() < most {
        steps.push(step);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MISSED: CallStatus = CallStatus::MissedNoAnswer;

    fn call(second: i64, direction: Direction, status: CallStatus, talk_sec: Option<u32>) -> ClientCall {
        let started_at = Instant::from_seconds(second);
        ClientCall {
            client: 380_671_112_233,
            tracking: None,
            started_at,
            direction,
            status,
            wait_sec: Some(20),
            talk_sec,
        }
    }

    fn at(second: i64) -> Instant {
        Instant::from_seconds(second)
    }

    #[test]
    fn misses_gather_until_a_contact() {
        let calls = [
            call(10, Direction::Inbound, MISSED, None),
            call(20, Direction::Inbound, CallStatus::MissedBusy, None),
            call(30, Direction::Outbound, CallStatus::ClientNoAnswer, Some(0)),
            call(40, Direction::Outbound, CallStatus::Answered, Some(12)),
            call(50, Direction::Inbound, CallStatus::MissedVoicemail, None),
        ];
        let found = entries(&calls);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].opened_at, found[0].closed_at), (at(10), Some(at(40))));
        assert_eq!((found[0].missed.len(), found[0].attempts.len()), (2, 1));
        assert_eq!(found[0].first_response(), Some(at(30)));
        assert_eq!(found[1].closed_at, None);
        let mut shuffled = calls;
        shuffled.reverse();
        assert_eq!(entries(&shuffled), found);
    }

    #[test]
    fn the_past_stays_as_it_was() {
        let calls = [
            call(10, Direction::Inbound, MISSED, None),
            call(20, Direction::Inbound, MISSED, None),
            call(40, Direction::Inbound, CallStatus::Answered, None),
        ];
        let entry = &entries(&calls)[0];
        assert_eq!(entry.as_of(at(10)), None, "the bound is exclusive");
        assert_eq!(entry.as_of(at(15)).expect("open").missed.len(), 1);
        let open = entry.as_of(at(40)).expect("a contact at the bound comes after it");
        assert_eq!((open.closed_at, open.missed.len()), (None, 2));
        assert_eq!(entry.as_of(at(41)), None);
        assert_eq!(entry.first_response(), None, "the caller's own return isn't our response");
    }

    #[test]
    fn who_opens_an_entry() {
        let opens_under = |rule: Rule, call: ClientCall| entries(&[call]).iter().any(|e| e.under(rule).is_some());
        let opens = |call| opens_under(Rule::default(), call);
        assert!(opens(call(1, Direction::Inbound, CallStatus::Failed, None)));
        assert!(opens(call(1, Direction::Callback, MISSED, None)));
        assert!(opens(call(1, Direction::Callback, CallStatus::MissedIvr, None)), "our side, lost in its menu");
        assert!(!opens(call(1, Direction::Callback, CallStatus::ClientNoAnswer, None)));
        assert!(!opens(call(1, Direction::Inbound, CallStatus::MissedIvr, None)));
        assert!(!opens(call(1, Direction::Internal, MISSED, None)));
        let left_after =
            |wait| ClientCall { wait_sec: wait, ..call(1, Direction::Inbound, CallStatus::MissedCancelled, None) };
        assert!(!opens(left_after(Some(5))));
        assert!(opens(left_after(Some(6))));
        assert!(opens(left_after(None)));
        let patient = Rule { short_call_sec: 10, ..Rule::default() };
        assert!(!opens_under(patient, left_after(Some(6))));
        assert!(opens_under(Rule { short_call_sec: 4, ..patient }, left_after(Some(5))));
        let menu = Rule { missed: MissedSet::default().with(CallStatus::MissedIvr), ..Rule::default() };
        assert!(opens_under(menu, call(1, Direction::Inbound, CallStatus::MissedIvr, None)));
        assert!(patient.is_within_usual() && !menu.is_within_usual());
        let strict = Rule { missed: MissedSet::NONE.with(CallStatus::MissedBusy), ..Rule::default() };
        assert!(!opens_under(strict, call(1, Direction::Inbound, MISSED, None)));
        assert!(opens_under(strict, call(1, Direction::Callback, MISSED, None)), "a request isn't judged by its word");
    }

    #[test]
    fn only_a_call_back_that_our_side_took_is_a_try() {
        use CallStatus::{Answered, ClientBusy, ClientNoAnswer};
        for status in CallStatus::ALL {
            let asked = call(20, Direction::Callback, *status, None);
            let found = entries(&[call(10, Direction::Inbound, MISSED, None), asked]);
            let tried = found[0].first_response().is_some();
            assert_eq!(tried, matches!(status, Answered | ClientNoAnswer | ClientBusy), "{status:?}");
            assert_eq!(tried, is_made(asked.direction, asked.status, asked.talk_sec));
        }
    }

    proptest! {
        #[test]
        fn what_a_rule_makes_of_kept_entries_is_what_its_calls_alone_would_make(
            calls in proptest::collection::vec(
                (0..60_i64, 0..Direction::ALL.len(), 0..CallStatus::ALL.len(), proptest::option::of(0..12_u32), 0..3_u32, 0..2_i64),
                0..40,
            ),
            (words, short_call_sec) in (0_u8..128, 0..12_u32),
        ) {
            let picked = MissedSet::WORDS.iter().enumerate().filter(|(n, _)| words & (1 << n) != 0);
            let missed = picked.filter_map(|(_, word)| MissedSet::parse(word)).fold(MissedSet::NONE, MissedSet::with);
            let rule = Rule { missed, short_call_sec };
            let calls: Vec<ClientCall> = calls
                .into_iter()
                .map(|(second, direction, status, wait_sec, talk, client)| ClientCall {
                    client,
                    wait_sec,
                    ..call(second, Direction::ALL[direction], CallStatus::ALL[status], (talk < 2).then_some(talk))
                })
                .collect();
            let counted: Vec<ClientCall> = calls
                .iter()
                .filter(|call| {
                    let short = is_short(call.status, call.wait_sec, short_call_sec);
                    call.direction != Direction::Inbound
                        || call.status.is_answered()
                        || call.status == CallStatus::Failed
                        || (missed.contains(call.status) && !short)
                })
                .copied()
                .collect();
            let kept: Vec<Entry> = entries(&calls).iter().filter_map(|entry| entry.under(rule)).collect();
            prop_assert_eq!(kept, entries(&counted));
        }
    }
}
