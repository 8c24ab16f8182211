//! The rhythm in which somebody hears of what may wait, on the time line.

use chrono::Days;

use super::zone::Zone;
use crate::domain::instant::Instant;
use crate::domain::pace::Pace;

/// The first moment after `at` at which what was gathered goes. Each day begins anew at its midnight.
pub fn next_gathering(pace: Pace, zone: &Zone, at: Instant) -> Instant {
    let today = zone.date(at);
    let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
    match pace {
        Pace::DailyAt(time) => {
            let on = |day: chrono::NaiveDate| zone.resolve(day.and_time(time)).earliest();
            let first = on(today);
            if first > at { first } else { on(tomorrow) }
        }
        Pace::Every(minutes) => {
            let (begin, end) = (zone.start_of_day(today), zone.start_of_day(tomorrow));
            let step = i64::from(minutes.max(1)) * 60;
            let gone = (at.as_micros() - begin.as_micros()).div_euclid(1_000_000 * step);
            let next = begin.plus_seconds((gone + 1) * step);
            // Tomorrow's midnight is one too; on a day that clocks lengthen the last span is shorter.
            if end > at { next.min(end) } else { next }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::zones::Zones;

    fn next(pace: &str, zone: &str, at: &str) -> String {
        let zone = Zones::bundled().get(zone).expect("a zone");
        let at = Instant::parse_rfc3339(at).expect("an instant");
        zone.rfc3339(next_gathering(Pace::parse(pace).expect("a rhythm"), &zone, at))
    }

    #[test]
    fn it_goes_by_the_wall_clock() {
        assert_eq!(next("30m", "Europe/Kyiv", "2026-11-22T06:00:00Z"), "2026-11-22T08:30:00+02:00");
        assert_eq!(next("30m", "Europe/Kyiv", "2026-11-22T06:29:59Z"), "2026-11-22T08:30:00+02:00");
        assert_eq!(next("hourly", "Asia/Kathmandu", "2026-11-22T06:00:00Z"), "2026-11-22T12:00:00+05:45");
        assert_eq!(next("08:00", "Europe/Kyiv", "2026-11-22T05:59:59Z"), "2026-11-22T08:00:00+02:00");
        assert_eq!(next("08:00", "Europe/Kyiv", "2026-11-22T06:00:00Z"), "2026-11-23T08:00:00+02:00");
        assert_eq!(next("7h", "UTC", "2026-11-22T22:00:00Z"), "2026-11-23T00:00:00+00:00", "each day begins anew");
        // The hour that doesn't exist is the end of the gap.
        assert_eq!(next("03:30", "Europe/Kyiv", "2026-03-28T23:00:00Z"), "2026-03-29T04:00:00+03:00");
    }

    proptest! {
        #[test]
        fn it_is_later_and_within_a_day(minutes in 5_u16..=720, offset in 0_i64..40_000_000, daily in any::<bool>()) {
            let zone = Zones::bundled().get("Europe/Kyiv").expect("a zone");
            let at = Instant::from_seconds(1_767_225_600 + offset);
            let time = chrono::NaiveTime::from_num_seconds_from_midnight_opt(u32::from(minutes) * 60, 0).expect("a time");
            let pace = if daily { Pace::DailyAt(time) } else { Pace::Every(minutes) };
            let next = next_gathering(pace, &zone, at);
            prop_assert!(at < next && next <= at.plus_seconds(25 * 3_600));
            if !daily {
                prop_assert!(next <= at.plus_seconds(i64::from(minutes) * 60));
            }
        }
    }
}
