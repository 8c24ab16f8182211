//! Refuses rules that never fire, or more often than every five minutes.

use chrono::{DateTime, Days, NaiveTime, TimeDelta};

use crate::domain::cadence::Cadence;
use crate::domain::instant::Instant;
use crate::zones::Zone;

use super::next;

/// The least time between two firings, on the wall clock.
const LEAST_MINUTES: i64 = 5;

/// Why a rule is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CadenceProblem {
    #[error("never fires: no year has such a day")]
    Never,
    #[error(
        "fires too often: at {} and again at {}, {minutes} min later; at least 5 minutes must lie between",
        first.format("%H:%M"), second.format("%H:%M")
    )]
    TooOften { first: NaiveTime, second: NaiveTime, minutes: i64 },
}

/// Whether a schedule may have this rule.
pub fn check(cadence: &Cadence, zone: &Zone) -> Result<(), CadenceProblem> {
    if next(cadence, zone, Instant::from_micros(0)).is_none() {
        return Err(CadenceProblem::Never);
    }
    let times = cadence.times();
    let pairs = times.windows(2).map(|pair| (pair[0], pair[1], pair[1] - pair[0]));
    let over_midnight =
        times.last().zip(times.first()).map(|(last, first)| (*last, *first, TimeDelta::days(1) - (*last - *first)));
    let close = |(_, _, apart): &(NaiveTime, NaiveTime, TimeDelta)| *apart < TimeDelta::minutes(LEAST_MINUTES);
    let over_midnight = over_midnight.filter(close).filter(|_| names_two_days_running(cadence));
    match pairs.filter(close).chain(over_midnight).next() {
        None => Ok(()),
        Some((first, second, apart)) => Err(CadenceProblem::TooOften { first, second, minutes: apart.num_minutes() }),
    }
}

/// Looked for through 28 years, in which every date meets every weekday.
fn names_two_days_running(cadence: &Cadence) -> bool {
    let from = DateTime::UNIX_EPOCH.naive_utc();
    let until = from + Days::new(28 * 366);
    let mut days = cadence.named_from(from).map(|named| named.local.date());
    let Some(mut last) = days.next() else { return false };
    for day in days.take_while(|day| *day < until.date()) {
        if day == last + Days::new(1) {
            return true;
        }
        last = day;
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::zones::firing::laws::{rule, zones};

    use super::*;

    #[test]
    fn refuses_what_never_fires_and_what_fires_too_often() {
        let zone = zones().get("Europe/Kyiv").unwrap();
        for (words, refused) in [
            ("every=day at=09:00", None),
            ("every=day at=09:00,09:05", None),
            ("every=day at=09:00,09:04", Some("at 09:00 and again at 09:04, 4 min later")),
            ("every=day at=23:58,00:01", Some("at 23:58 and again at 00:01, 3 min later")),
            ("every=week on=mon at=23:58,00:01", None),
            ("every=week on=mon,tue at=23:58,00:01", Some("3 min later")),
            ("every=week on=sun,mon at=23:58,00:01", Some("3 min later")),
            ("every=month on=1,last at=23:58,00:01", Some("3 min later")),
            ("every=month on=31 short_month=skip at=08:00", None),
            ("every=year on=02-29 short_month=skip at=08:00", None),
            ("cron=*/5 * * * *", None),
            ("cron=*/4 * * * *", Some("at 00:00 and again at 00:04, 4 min later")),
            ("cron=* * * * *", Some("1 min later")),
            ("cron=*/7 * * * *", Some("at 00:56 and again at 01:00, 4 min later")),
            ("cron=59,0 * * * *", Some("1 min later")),
            ("cron=0 0 31 2 *", Some("never fires")),
            ("cron=0 0 30 2 *", Some("never fires")),
            ("cron=0 0 31 4,6,9,11 *", Some("never fires")),
            ("cron=0 0 29 2 *", None),
        ] {
            let answer = check(&rule(words), &zone).map_err(|problem| problem.to_string());
            match refused {
                None => assert_eq!(answer, Ok(()), "{words}"),
                Some(part) => assert!(answer.clone().is_err_and(|text| text.contains(part)), "{words}: {answer:?}"),
            }
        }
    }
}
