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

/// When a reader hears of something that ends after `last`: in the first working morning of their own zone; `None`: at once,
/// because that morning is past the last day on which a payment is in time, or the end, by the project's calendar (`zones.0`)
/// or by the reader's own.
pub fn hears_at(
    since: Instant,
    at: NaiveTime,
    zones: (&Zone, &Zone),
    (today, pay_by, last): (NaiveDate, Option<NaiveDate>, NaiveDate),
    is_working: impl Fn(NaiveDate) -> bool,
) -> Option<Instant> {
    let (project, own) = zones;
    let found = morning(since, at, own, is_working);
    let day = project.date(found).max(own.date(found));
    can_wait(today, day, pay_by, last).then_some(found)
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, Weekday};

    use super::super::Days;
    use super::super::paid_until::level;
    use super::*;
    use crate::domain::forecast::pay_by;
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

    /// Every level of a paid period, for readers and projects from one end of the world to the other.
    #[test]
    fn every_reader_hears_while_it_is_of_use_wherever_they_are() {
        let zones = Zones::bundled();
        let all: Vec<Zone> = [
            "Pacific/Pago_Pago",
            "America/Los_Angeles",
            "America/New_York",
            "UTC",
            "Europe/Kyiv",
            "Asia/Kolkata",
            "Asia/Tokyo",
            "Pacific/Auckland",
            "Pacific/Kiritimati",
        ]
        .iter()
        .map(|name| zones.get(name).expect("a zone"))
        .collect();
        let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("a time");
        let is_working = |day: NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let mut at_once = 0;
        for (project, own) in all.iter().flat_map(|project| all.iter().map(move |own| (project, own))) {
            for n in 0..14 {
                let last = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day") + chrono::Days::new(n);
                let pay_by = pay_by(last.succ_opt().expect("a day"), 1, is_working);
                let mut before = None;
                for today in (last - chrono::Days::new(10)).iter_days().take(19) {
                    let level = level(Days::of(today, is_working).left_to(last));
                    if level.is_none() || level == std::mem::replace(&mut before, level) {
                        continue;
                    }
                    let since = project.start_of_day(today);
                    let found = hears_at(since, nine, (project, own), (today, Some(pay_by), last), is_working);
                    let told = found.unwrap_or(since);
                    at_once += usize::from(found.is_none());
                    for end in [pay_by, last] {
                        let (there, here) = (project.date(told), own.date(told));
                        let begun = own.date(since);
                        assert!(
                            today > end || (there <= end && here <= end.max(begun)),
                            "{level:?} {end}: {there} {here}"
                        );
                    }
                    assert!(found.is_some_and(|at| own.date(at) == today) || project != own || !is_working(today));
                }
            }
        }
        assert!(at_once > 0, "some can't wait");
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
