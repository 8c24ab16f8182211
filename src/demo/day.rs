//! One local day of one made-up business. Pure: the same day gives the same calls whenever it is asked, because all its
//! dice come from the day (and, for callers who still wait in the morning, from the days just before).
//!
//! Times are local seconds since midnight; `rows` turns them into instants.

use chrono::{Datelike, NaiveDate};

use super::business::Business;
use super::dice::Dice;
use super::evening;
use super::morning;
use super::shift::Shift;
use crate::domain::call::{CallStatus, Direction, PartOutcome};

/// A made-up call.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct MadeCall {
    /// When it began: local seconds since midnight.
    pub(super) second: i64,
    pub(super) direction: Direction,
    pub(super) status: CallStatus,
    /// The word that the made-up telephone system wrote.
    pub(super) word: &'static str,
    /// E.164 digits; `None`: withheld, or a colleague.
    pub(super) client: Option<String>,
    /// Where the caller came from; only for calls that came in.
    pub(super) channel: Option<usize>,
    /// Seconds until somebody picked up, or until the end where nobody did.
    pub(super) wait_sec: i64,
    /// Seconds of talk; 0 where nobody talked.
    pub(super) talk_sec: i64,
    /// Who answered or called.
    pub(super) person: Option<usize>,
    /// Phones that rang, and how that ended.
    pub(super) rings: Vec<(usize, PartOutcome)>,
    /// The colleague who took over, and after how many seconds of talk.
    pub(super) handed_to: Option<(usize, i64)>,
}

impl MadeCall {
    /// A call in which nobody talked and no phone rang.
    pub(super) fn quiet(
        second: i64,
        direction: Direction,
        (status, word): (CallStatus, &'static str),
        wait_sec: i64,
    ) -> Self {
        Self {
            second,
            direction,
            status,
            word,
            client: None,
            channel: None,
            wait_sec,
            talk_sec: 0,
            person: None,
            rings: Vec::new(),
            handed_to: None,
        }
    }
}

/// All calls of the day, in order of their start.
pub(super) fn calls_of(business: &Business, date: NaiveDate) -> Vec<MadeCall> {
    let mut calls = evening::calls_of(business, date);
    if let Some(hours) = opening(business, date) {
        calls.extend(morning::calls_of(business, date));
        calls.extend(Shift::new(business, date, hours).play().calls);
    }
    calls.sort_by(|a, b| (a.second, &a.client, a.direction).cmp(&(b.second, &b.client, b.direction)));
    calls
}

/// When the business is open on this day, in local seconds.
pub(super) fn opening(business: &Business, date: NaiveDate) -> Option<(i64, i64)> {
    business.open[date.weekday().num_days_from_monday() as usize]
}

/// How many callers an ordinary day like this has.
pub(super) fn usual_callers(business: &Business, date: NaiveDate) -> u32 {
    business.callers[date.weekday().num_days_from_monday() as usize]
}

/// One of the business's callers, now and then a withheld one. Some call far more often than others.
pub(super) fn caller(business: &Business, dice: &mut Dice) -> Option<String> {
    if dice.chance(0.025) {
        return None;
    }
    let share = dice.unit();
    let mut own = Dice::of(&format!("{}/caller/{}", business.project, (share * share * 1_400.0) as u32));
    let (prefix, digits) = business.caller_prefixes[own.weighted(business.caller_prefixes.iter().map(|_| 1))];
    let most = 10_i64.pow(digits) - 1;
    Some(format!("{prefix}{:0width$}", own.between(most / 5, most), width = digits as usize))
}

/// Which of the business's channels brought a caller.
pub(super) fn channel(business: &Business, dice: &mut Dice) -> usize {
    dice.weighted(business.channels.iter().map(|channel| channel.weight))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::super::business::BUSINESSES;
    use super::*;

    fn day(offset: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date") + chrono::Days::new(offset)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn a_day_is_a_function_of_the_day_and_every_call_makes_sense(which in 0..3_usize, offset in 0..800_u64) {
            let business = &BUSINESSES[which];
            let calls = calls_of(business, day(offset));
            prop_assert_eq!(&calls, &calls_of(business, day(offset)));
            for call in &calls {
                prop_assert!((0..86_400).contains(&call.second), "{:?}", call);
                prop_assert!(call.wait_sec >= 0 && call.wait_sec <= 600, "{:?}", call);
                prop_assert_eq!(call.status.is_answered(), call.talk_sec > 0, "{:?}", call);
                prop_assert_eq!(call.status.is_answered(), call.person.is_some() && call.talk_sec > 0, "{:?}", call);
                if call.status.is_missed() && call.direction == Direction::Inbound {
                    prop_assert!(call.rings.iter().all(|(_, how)| *how != PartOutcome::Answered), "{:?}", call);
                }
                if let Some((_, after)) = call.handed_to {
                    prop_assert!(0 < after && after < call.talk_sec, "{:?}", call);
                }
            }
        }

        #[test]
        fn nobody_talks_on_two_lines_at_once(which in 0..3_usize, offset in 0..800_u64) {
            let mut talks: BTreeMap<usize, Vec<(i64, i64)>> = BTreeMap::new();
            for call in calls_of(&BUSINESSES[which], day(offset)) {
                if let (Some(person), true) = (call.person, call.talk_sec > 0) {
                    let from = call.second + call.wait_sec;
                    let own_talk = call.handed_to.map_or(call.talk_sec, |(_, after)| after);
                    talks.entry(person).or_default().push((from, from + own_talk));
                }
            }
            for mut lines in talks.into_values() {
                lines.sort_unstable();
                for pair in lines.windows(2) {
                    prop_assert!(pair[0].1 <= pair[1].0, "{:?}", pair);
                }
            }
        }
    }

    #[test]
    fn a_quarter_looks_like_a_business() {
        for business in &BUSINESSES {
            let calls: Vec<_> = (0..91).flat_map(|offset| calls_of(business, day(offset))).collect();
            let inbound = |keep: fn(CallStatus) -> bool| {
                calls.iter().filter(|call| call.direction == Direction::Inbound && keep(call.status)).count() as f64
            };
            let (answered, missed) = (inbound(CallStatus::is_answered), inbound(CallStatus::is_missed));
            let rate = answered / (answered + missed);
            assert!((0.78..0.95).contains(&rate), "{}: {rate}", business.project);
            let mut per_person = vec![0; business.people.len()];
            for call in &calls {
                if let Some(person) = call.person {
                    per_person[person] += 1;
                }
            }
            assert!(per_person.iter().all(|count| *count > 100), "{}: {per_person:?}", business.project);
            for status in [CallStatus::MissedNoAnswer, CallStatus::MissedAbandoned, CallStatus::ClientNoAnswer] {
                assert!(calls.iter().any(|call| call.status == status), "{}: {status:?}", business.project);
            }
            let callbacks = calls.iter().filter(|call| call.direction == Direction::Callback).count();
            assert!(callbacks > 50, "{}: {callbacks} call-back requests", business.project);
        }
    }
}
