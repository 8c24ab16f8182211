//! Finance's hours: what counts days goes out in the morning of a working day, in the reader's own zone. What can't wait for
//! that goes at once.

use chrono::{NaiveDate, NaiveTime};

use crate::domain::instant::Instant;
use crate::zones::Zone;

/// Days that are looked ahead for a working one.
const MOST: usize = 14;

/// The first morning at or after `since` whose date is a working day, in a reader's zone.
pub fn morning(since: Instant, at: NaiveTime, zone: &Zone, is_working: impl Fn(NaiveDate) -> bool) -> Instant {
    let mornings = zone.date(since).iter_days().take(MOST);
    let mut mornings =
        mornings.map(|day| (day, zone.resolve(day.and_time(at)).earliest())).filter(|(_, at)| *at >= since);
    let first = mornings.next();
    let found = first.filter(|(day, _)| is_working(*day)).or_else(|| mornings.find(|(day, _)| is_working(*day)));
    found.or(first).map_or(since, |(_, at)| at)
}

/// Whether a word about something that ends after `last` may wait for a morning of `day`: it may not go past the last day
/// on which a payment is in time, nor past the end.
pub fn can_wait(today: NaiveDate, day: NaiveDate, pay_by: Option<NaiveDate>, last: NaiveDate) -> bool {
    let is_in_time = |end: NaiveDate| today > end || day <= end;
    day == today || (pay_by.is_none_or(is_in_time) && is_in_time(last))
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, Weekday};

    use super::*;
    use crate::zones::Zones;

    fn morning_in(zone: &str, since: &str) -> String {
        let zone = Zones::load().get(zone).expect("a zone");
        let since = Instant::parse_rfc3339(since).expect("an instant");
        let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("a time");
        let at = morning(since, nine, &zone, |day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
        zone.rfc3339(at)
    }

    #[test]
    fn the_next_morning_of_a_working_day_in_the_readers_zone() {
        // Thursday, 4 June 2026.
        assert_eq!(morning_in("Europe/Kyiv", "2026-06-03T21:00:00Z"), "2026-06-04T09:00:00+03:00");
        assert_eq!(morning_in("Europe/Kyiv", "2026-06-04T06:00:00Z"), "2026-06-04T09:00:00+03:00");
        assert_eq!(morning_in("Europe/Kyiv", "2026-06-04T06:00:01Z"), "2026-06-05T09:00:00+03:00");
        assert_eq!(morning_in("Europe/Kyiv", "2026-06-05T12:00:00Z"), "2026-06-08T09:00:00+03:00");
        assert_eq!(morning_in("America/New_York", "2026-06-03T21:00:00Z"), "2026-06-04T09:00:00-04:00");
    }

    #[test]
    fn nothing_waits_past_the_day_to_pay_or_the_end() {
        let day = |n| NaiveDate::from_ymd_opt(2026, 6, n).expect("a day");
        assert!(can_wait(day(4), day(4), Some(day(3)), day(4)), "this morning is no wait");
        assert!(can_wait(day(1), day(2), Some(day(4)), day(6)));
        assert!(!can_wait(day(4), day(5), Some(day(4)), day(6)), "today is the last day to pay");
        assert!(can_wait(day(5), day(6), Some(day(4)), day(6)), "that day is past anyway");
        assert!(!can_wait(day(6), day(8), Some(day(4)), day(7)));
        assert!(can_wait(day(9), day(10), Some(day(4)), day(7)), "it is over");
    }
}
