//! What a refusal means: a later try, this delivery's end, or an address that doesn't exist. Only five codes say the
//! last, and even they are believed only when no other four addresses got the same from the same lane within ten minutes:
//! then it is the lane that is wrong, and nobody is marked. Once such a lane has taken others, those whom it refuses again
//! in the same words are no witnesses against it any more: five dead addresses must not hold up everybody for ever.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::instant::Instant;

/// Enhanced status codes that say that the address itself is bad (RFC 3463 §3.2; 5.1.10: RFC 7505). 5.1.7 and 5.1.8 are
/// about the sender, so about us.
const MARKING: &[&str] = &["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"];

/// The code of a refusal by which a reader's own wish is known; nobody else's refusal speaks against it.
pub const READER_STOPPED: &str = "reader_stopped";

/// Time in which other addresses may show that the lane is wrong.
pub const DOUBT_SEC: i64 = 600;

/// So many different addresses with the same refusal in that time are too many to be true.
pub const TOO_MANY: usize = 5;

/// What a relay's negative reply means for the delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Try again later.
    Later,
    /// This delivery fails; the address is good for other mail.
    Fails,
    /// The address may be bad: stays `refused` until that is decided.
    MarksAddress,
}

/// Reads a negative reply (`code` 400 to 599) with its text.
pub fn meaning(code: u16, text: &str) -> Meaning {
    if code < 500 {
        return Meaning::Later;
    }
    match enhanced_code(code, text) {
        Some(enhanced) if MARKING.contains(&enhanced) => Meaning::MarksAddress,
        _ => Meaning::Fails,
    }
}

/// The enhanced status code that a reply begins with (RFC 2034 §4), when it agrees with the reply's own.
pub fn enhanced_code(code: u16, text: &str) -> Option<&str> {
    let word = text.split_whitespace().next()?;
    let mut parts = word.split('.');
    let class: u16 = parts.next()?.parse().ok()?;
    let numbers: Vec<&str> = parts.collect();
    let are_numbers =
        numbers.iter().all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    (class == code / 100 && numbers.len() == 2 && are_numbers).then_some(word)
}

/// A delivery that is refused and not decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub id: i64,
    pub address: String,
    pub lane: String,
    pub code: String,
    pub refused_at: Instant,
    /// The lane was held for this very refusal when it came: it was on its way by then.
    pub lane_is_held: bool,
    /// The lane was held for it once, has taken others since, and refuses it again.
    pub was_held: bool,
}

/// What is decided about a refusal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// The lane is wrong: it is held, and this delivery goes back to the queue.
    HoldLane { delivery: i64, lane: String, code: String },
    /// The lane is held already, for the same: this delivery goes back to the queue as well.
    JoinHold { delivery: i64, code: String },
    /// The address is bad: it is marked, and this delivery fails.
    MarkAddress { delivery: i64 },
}

impl Decision {
    /// The delivery whose address would be marked.
    pub fn marks(&self) -> Option<i64> {
        match self {
            Self::MarkAddress { delivery } => Some(*delivery),
            Self::HoldLane { .. } | Self::JoinHold { .. } => None,
        }
    }
}

/// Decides what can be decided at `now`; what isn't named waits.
pub fn decide(refused: &[Refused], now: Instant) -> Vec<Decision> {
    let mut same: BTreeMap<(&str, &str), Vec<&Refused>> = BTreeMap::new();
    for row in refused {
        same.entry((&row.lane, &row.code)).or_default().push(row);
    }
    let mut decisions = Vec::new();
    for ((lane, code), mut rows) in same {
        rows.sort_by_key(|row| (row.refused_at, row.id));
        for row in &rows {
            if code == READER_STOPPED {
                decisions.push(Decision::MarkAddress { delivery: row.id });
            } else if row.lane_is_held {
                decisions.push(Decision::JoinHold { delivery: row.id, code: code.to_owned() });
            } else if is_in_a_crowd(row, &rows) {
                let (lane, code) = (lane.to_owned(), code.to_owned());
                decisions.push(Decision::HoldLane { delivery: row.id, lane, code });
            } else if row.refused_at.plus_seconds(DOUBT_SEC) <= now {
                decisions.push(Decision::MarkAddress { delivery: row.id });
            }
        }
    }
    decisions
}

/// Whether some ten minutes that hold this refusal hold those of five different addresses that may speak against the lane.
/// `rows` is sorted by time.
fn is_in_a_crowd(row: &Refused, rows: &[&Refused]) -> bool {
    rows.iter().any(|first| {
        let until = first.refused_at.plus_seconds(DOUBT_SEC);
        let within = |other: &Refused| other.refused_at >= first.refused_at && other.refused_at < until;
        let addresses: BTreeSet<&str> =
            rows.iter().filter(|other| within(other) && !other.was_held).map(|other| other.address.as_str()).collect();
        within(row) && addresses.len() >= TOO_MANY
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(id: i64, address: &str, code: &str, at_sec: i64) -> Refused {
        Refused {
            id,
            address: address.into(),
            lane: "email/a".into(),
            code: code.into(),
            refused_at: Instant::from_seconds(at_sec),
            lane_is_held: false,
            was_held: false,
        }
    }

    #[test]
    fn only_five_codes_mark_an_address() {
        for code in ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"] {
            assert_eq!(meaning(550, &format!("{code} no")), Meaning::MarksAddress, "{code}");
        }
        for text in
            ["5.1.7 sender", "5.1.8 sender", "5.1.4 x", "5.7.1 policy", "no such user", "5.1.1x", "4.1.1 odd", ""]
        {
            assert_eq!(meaning(550, text), Meaning::Fails, "{text}");
        }
        assert_eq!(meaning(450, "4.1.1 later"), Meaning::Later);
        assert_eq!(meaning(421, "5.1.1 odd"), Meaning::Later);
    }

    #[test]
    fn a_reader_s_own_wish_needs_no_doubt() {
        let rows: Vec<Refused> = (1..=9).map(|n| refused(n, &format!("+38067{n}"), READER_STOPPED, 0)).collect();
        let decided = decide(&rows, Instant::from_seconds(0));
        assert_eq!(decided.len(), 9);
        assert!(decided.iter().all(|decision| matches!(decision, Decision::MarkAddress { .. })));
    }

    #[test]
    fn one_refusal_waits_ten_minutes_and_then_marks() {
        let rows = [refused(1, "a@x", "5.1.1", 0)];
        assert_eq!(decide(&rows, Instant::from_seconds(599)), []);
        assert_eq!(decide(&rows, Instant::from_seconds(600)), [Decision::MarkAddress { delivery: 1 }]);
    }

    #[test]
    fn five_addresses_with_the_same_refusal_hold_the_lane() {
        let mut rows: Vec<Refused> = (1..=5).map(|n| refused(n, &format!("a{n}@x"), "5.1.1", n * 100)).collect();
        let held = decide(&rows, Instant::from_seconds(501));
        assert_eq!(held.len(), 5);
        assert!(held.iter().all(|decision| matches!(decision, Decision::HoldLane { .. })));
        rows[4].address = "a1@x".into();
        assert_eq!(decide(&rows, Instant::from_seconds(501)), [], "four addresses are no crowd");
        rows[4] = refused(5, "a5@x", "5.1.2", 500);
        assert_eq!(decide(&rows, Instant::from_seconds(501)), [], "another refusal is no part of it");
        rows[4] = refused(5, "a5@x", "5.1.1", 700);
        assert_eq!(decide(&rows, Instant::from_seconds(701)).len(), 1, "the first is older than ten minutes by then");
    }

    #[test]
    fn whoever_is_refused_again_by_a_lane_that_takes_others_is_no_witness_against_it() {
        let mut rows: Vec<Refused> = (1..=5).map(|n| refused(n, &format!("a{n}@x"), "5.1.1", n)).collect();
        rows.iter_mut().for_each(|row| row.was_held = true);
        assert_eq!(decide(&rows, Instant::from_seconds(599)), [], "ten minutes of doubt, as for one alone");
        let marked = decide(&rows, Instant::from_seconds(605));
        assert!(
            marked.len() == 5 && marked.iter().all(|one| matches!(one, Decision::MarkAddress { .. })),
            "{marked:?}"
        );
        rows.extend((6..=10).map(|n| refused(n, &format!("a{n}@x"), "5.1.1", n)));
        let held = decide(&rows, Instant::from_seconds(605));
        assert!(held.len() == 10 && held.iter().all(|one| matches!(one, Decision::HoldLane { .. })), "{held:?}");
        let mut late = refused(11, "a11@x", "5.1.1", 20);
        late.lane_is_held = true;
        let joined = Decision::JoinHold { delivery: 11, code: "5.1.1".into() };
        assert_eq!(decide(&[late], Instant::from_seconds(9_000)), [joined], "it was on its way when the lane was held");
    }

    proptest::proptest! {
        /// Each refusal is decided at most once, and after ten minutes always.
        #[test]
        fn everything_is_decided_once(rows in proptest::collection::vec((0..8_u8, 0..3_u8, 0..2_000_i64), 0..40)) {
            let rows: Vec<Refused> = rows.into_iter().enumerate().map(|(id, (address, code, at))| {
                refused(i64::try_from(id).unwrap(), &format!("a{address}@x"), &format!("5.1.{code}"), at)
            }).collect();
            let decided: Vec<i64> = decide(&rows, Instant::from_seconds(2_600)).into_iter().map(|decision| match decision {
                Decision::HoldLane { delivery, .. } | Decision::JoinHold { delivery, .. } | Decision::MarkAddress { delivery } => delivery,
            }).collect();
            let unique: BTreeSet<i64> = decided.iter().copied().collect();
            proptest::prop_assert_eq!(unique.len(), decided.len());
            proptest::prop_assert_eq!(unique.len(), rows.len());
        }
    }
}
