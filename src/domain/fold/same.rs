//! Whether two records that carry one id can be the same call. Rows of one call may differ in much (the first tells that
//! it rings, the next who took it), but not in when it began, which way it went and who was on the other side.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Ranked, client_digits};
use crate::domain::call::{Call, Direction};

/// What a call can't change, in a few bytes: a file of millions of rows is compared by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Seconds since 1970.
    pub start_sec: u32,
    /// The direction's code; [`Identity::NOT_KNOWN`]: not known.
    pub direction: u8,
    /// Of who was on the other side; 0: not known.
    pub who: u32,
    /// Of when the source changed it last; 0: it doesn't say.
    pub updated: u32,
    /// Of how long people talked, in a call that is over and has an id made of its start and numbers; 0: not known.
    pub talk: u32,
}

/// Sources round the same moment differently.
const SAME_START_SEC: u32 = 2;
/// A source that says which of two versions is newer may have set the start right.
const MENDED_START_SEC: u32 = 60;

impl Identity {
    /// A direction that isn't known.
    pub const NOT_KNOWN: u8 = u8::MAX;

    /// What this record says of its call.
    pub fn of(record: &Ranked) -> Self {
        let call = &record.call;
        let direction = match call.direction {
            Direction::Unknown => Self::NOT_KNOWN,
            known => u8::try_from(known.code()).unwrap_or(Self::NOT_KNOWN),
        };
        let who = match (client_digits(call), &call.from_number, &call.to_number) {
            (Some(client), ..) => hash(client),
            (None, Some(from), Some(to)) if call.direction == Direction::Internal => hash((from, to)),
            _ => 0,
        };
        Self {
            start_sec: u32::try_from(call.started_at.as_seconds()).unwrap_or(0),
            direction,
            who,
            updated: record.updated_at().map_or(0, hash),
            talk: talk(call),
        }
    }

    /// In what two records of one id can't be the same call; `None`: they can.
    pub fn differs(&self, other: &Self) -> Option<&'static str> {
        let is_newer = self.updated != 0 && other.updated != 0 && self.updated != other.updated;
        let allowed = if is_newer { MENDED_START_SEC } else { SAME_START_SEC };
        let both = |a: u32, b: u32, nothing: u32| a != nothing && b != nothing && a != b;
        if self.start_sec.abs_diff(other.start_sec) > allowed {
            Some("another start")
        } else if is_newer {
            None
        } else if both(self.who, other.who, 0) {
            Some("another number on the other side")
        } else if both(self.direction.into(), other.direction.into(), Self::NOT_KNOWN.into()) {
            Some("another direction")
        } else if both(self.talk, other.talk, 0) {
            Some("another talk")
        } else {
            None
        }
    }
}

/// A source without ids may tell of two calls that began at once between the same numbers; only their talks part them.
fn talk(call: &Call) -> u32 {
    match call.talk_sec {
        _ if !call.id_is_synthetic || !call.status.is_final() => 0,
        Some(seconds) => hash(seconds),
        None if call.status.is_answered() => 0,
        None => hash(0_u32),
    }
}

/// Never 0, which stands for what isn't known.
fn hash(what: impl Hash) -> u32 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    u32::try_from(hasher.finish() >> 32).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::domain::call::CallStatus;
    use crate::domain::fold::blank;
    use crate::domain::instant::Instant;

    fn record(start: i64, direction: Direction, client: Option<&str>, updated: Option<i64>) -> Identity {
        let mut call = blank("1", "s", Instant::from_seconds(start));
        call.direction = direction;
        call.status = CallStatus::Answered;
        call.client_number = client.map(str::to_owned);
        Identity::of(&Ranked::new(call, updated.map(Instant::from_seconds), 2))
    }

    const ANN: Option<&str> = Some("+380671112233");
    const BOB: Option<&str> = Some("+380671112244");

    #[rstest]
    #[case(true, CallStatus::Answered, Some(61), Some("another talk"))]
    #[case(true, CallStatus::Answered, Some(60), None)]
    #[case(true, CallStatus::Answered, None, None)]
    #[case(true, CallStatus::InProgress, Some(5), None)]
    #[case(true, CallStatus::MissedBusy, None, Some("another talk"))]
    #[case(false, CallStatus::Answered, Some(61), None)]
    fn only_their_talks_part_calls_whose_id_is_made(
        #[case] id_is_synthetic: bool,
        #[case] status: CallStatus,
        #[case] talk_sec: Option<u32>,
        #[case] expected: Option<&str>,
    ) {
        let of = |status, talk_sec| {
            let call = Call { status, talk_sec, id_is_synthetic, ..blank("1", "s", Instant::from_seconds(1000)) };
            Identity::of(&Ranked::new(call, None, 2))
        };
        let (first, other) = (of(CallStatus::Answered, Some(60)), of(status, talk_sec));
        assert_eq!((first.differs(&other), other.differs(&first)), (expected, expected));
    }

    #[rstest]
    #[case(1000, Direction::Inbound, ANN, None, None)]
    #[case(1002, Direction::Inbound, ANN, None, None)]
    #[case(1000, Direction::Unknown, None, None, None)]
    #[case(1003, Direction::Inbound, ANN, None, Some("another start"))]
    #[case(1000, Direction::Outbound, ANN, None, Some("another direction"))]
    #[case(1000, Direction::Inbound, BOB, None, Some("another number on the other side"))]
    #[case(1060, Direction::Outbound, BOB, Some(9), None)]
    #[case(1061, Direction::Inbound, ANN, Some(9), Some("another start"))]
    #[case(1003, Direction::Inbound, ANN, Some(8), Some("another start"))]
    fn what_can_be_the_same_call(
        #[case] start: i64,
        #[case] direction: Direction,
        #[case] client: Option<&str>,
        #[case] updated: Option<i64>,
        #[case] expected: Option<&str>,
    ) {
        let first = record(1000, Direction::Inbound, ANN, updated.map(|_| 8));
        let other = record(start, direction, client, updated);
        assert_eq!(first.differs(&other), expected);
        assert_eq!(other.differs(&first), expected, "the same from either side");
    }
}
