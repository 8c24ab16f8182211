//! Quiet hours on the time line: which quiet span holds an instant, by the wall clock of a zone. A span begins at the first
//! pass of its start and ends at the last pass of its end, so that a clock change never opens a hole in it; a start or an end
//! that doesn't exist is the end of the gap.

use chrono::{Days, NaiveDate};

use super::zone::{Resolved, Zone};
use crate::domain::cadence::Weekday;
use crate::domain::calendar::Shift;
use crate::domain::instant::Instant;
use crate::domain::quiet::QuietHours;

/// When the quiet span that holds `at` ends, spans that touch or overlap counted as one; `None`: it isn't quiet then. A week
/// that is quiet throughout ends after eight days: nothing waits for ever.
pub fn quiet_until(hours: &QuietHours, zone: &Zone, at: Instant) -> Option<Instant> {
    let today = zone.date(at);
    let days = (0..=9_u64).filter_map(|n| today.checked_sub_days(Days::new(1))?.checked_add_days(Days::new(n)));
    let mut spans: Vec<(Instant, Instant)> = days.flat_map(|day| on(hours, zone, day)).collect();
    spans.sort_unstable();
    let mut end: Option<Instant> = None;
    for (from, to) in spans {
        let held_until = end.unwrap_or(at);
        if from <= held_until && held_until < to {
            end = Some(to);
        }
    }
    end
}

fn on<'a>(hours: &'a QuietHours, zone: &'a Zone, day: NaiveDate) -> impl Iterator<Item = (Instant, Instant)> + 'a {
    let spans = hours.week[usize::from(Weekday::of(day).index())].iter();
    spans.filter_map(move |span| on_day(*span, zone, day)).filter(|(from, to)| from < to)
}

fn on_day(span: Shift, zone: &Zone, day: NaiveDate) -> Option<(Instant, Instant)> {
    let (from, to) = span.on(day)?;
    let last = match zone.resolve(to) {
        Resolved::Overlap { second, .. } => second,
        resolved => resolved.earliest(),
    };
    Some((zone.resolve(from).earliest(), last))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::zones::Zones;

    fn hours(list: &[(u8, &str)]) -> QuietHours {
        let mut hours = QuietHours::default();
        for (day, span) in list {
            hours.week[usize::from(*day)].push(Shift::parse(span).expect("a span"));
        }
        hours
    }

    fn nightly(span: &str) -> QuietHours {
        hours(&(0..7).map(|day| (day, span)).collect::<Vec<_>>())
    }

    fn until(hours: &QuietHours, zone: &str, at: &str) -> Option<String> {
        let zone = Zones::bundled().get(zone).expect("a zone");
        quiet_until(hours, &zone, Instant::parse_rfc3339(at).expect("an instant")).map(|end| zone.rfc3339(end))
    }

    #[test]
    fn a_night_goes_over_midnight_and_its_end_is_outside() {
        let night = nightly("22:00-07:00");
        let of = |at: &str| until(&night, "Europe/Kyiv", at);
        assert_eq!(of("2026-11-22T19:59:59Z"), None);
        assert_eq!(of("2026-11-22T20:00:00Z").as_deref(), Some("2026-11-23T07:00:00+02:00"));
        assert_eq!(of("2026-11-23T04:59:59Z").as_deref(), Some("2026-11-23T07:00:00+02:00"));
        assert_eq!(of("2026-11-23T05:00:00Z"), None);
    }

    #[test]
    fn weekdays_differ_and_spans_that_touch_are_one() {
        // Friday's night, and the whole of Saturday and Sunday, up to Monday, 07:00.
        let weekend = hours(&[(4, "20:00-24:00"), (5, "00:00-24:00"), (6, "00:00-24:00"), (0, "00:00-07:00")]);
        assert_eq!(until(&weekend, "UTC", "2026-11-20T19:00:00Z"), None);
        assert_eq!(until(&weekend, "UTC", "2026-11-20T20:30:00Z").as_deref(), Some("2026-11-23T07:00:00+00:00"));
        assert_eq!(until(&weekend, "UTC", "2026-11-24T03:00:00Z"), None, "Tuesday");
        assert_eq!(until(&QuietHours::default(), "UTC", "2026-11-24T03:00:00Z"), None);
        assert!(until(&nightly("00:00-24:00"), "UTC", "2026-11-24T03:00:00Z").is_some(), "it ends some day");
    }

    #[test]
    fn clock_changes_open_no_hole() {
        // Kyiv: 03:00 becomes 04:00 on 29 March 2026, 04:00 becomes 03:00 on 25 October.
        let of = |span: &str, at: &str| until(&nightly(span), "Europe/Kyiv", at);
        assert_eq!(of("22:00-03:30", "2026-03-29T00:30:00Z").as_deref(), Some("2026-03-29T04:00:00+03:00"));
        assert_eq!(of("03:30-06:00", "2026-03-29T01:00:00Z").as_deref(), Some("2026-03-29T06:00:00+03:00"));
        assert_eq!(of("03:10-03:40", "2026-03-29T01:00:00Z"), None, "it isn't there on that day");
        assert_eq!(of("22:00-03:30", "2026-10-25T00:29:00Z").as_deref(), Some("2026-10-25T03:30:00+02:00"));
        assert_eq!(of("22:00-03:30", "2026-10-25T00:45:00Z").as_deref(), Some("2026-10-25T03:30:00+02:00"));
        assert_eq!(of("22:00-03:30", "2026-10-25T01:30:00Z"), None);
        assert_eq!(of("03:30-06:00", "2026-10-25T01:10:00Z").as_deref(), Some("2026-10-25T06:00:00+02:00"));
    }

    proptest! {
        /// Through days on which clocks change in both directions: it is quiet whenever the wall clock stands in a span; where
        /// it doesn't, only between the two passes of an hour; the end lies ahead and isn't quiet; and there is one end for all
        /// instants up to it.
        #[test]
        fn it_is_quiet_by_the_wall_clock(
            zone in prop::sample::select(vec!["Europe/Kyiv", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "UTC"]),
            month in prop::sample::select(vec!["2026-03-05", "2026-03-27", "2026-04-02", "2026-09-03", "2026-10-02", "2026-10-23", "2026-10-30"]),
            minutes in 0_i64..6 * 1_440,
            days in prop::collection::vec((0_u8..7, 0_u16..1_440, 1_u16..1_440), 1..5),
        ) {
            let zone = Zones::bundled().get(zone).expect("a zone");
            let day: NaiveDate = month.parse().expect("a day");
            let at = zone.start_of_day(day).plus_seconds(minutes * 60);
            let text = |minute: u16| format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
            let spans: Vec<(u8, String)> = days.iter()
                .map(|(day, from, long)| (*day, format!("{}-{}", text(*from), text(from + long))))
                .collect();
            let hours = hours(&spans.iter().map(|(day, span)| (*day, span.as_str())).collect::<Vec<_>>());
            let wall = |at: Instant| {
                let local = zone.local(at);
                let days = [local.date().pred_opt(), Some(local.date())];
                days.into_iter().flatten().any(|day| {
                    let own = &hours.week[usize::from(Weekday::of(day).index())];
                    own.iter().filter_map(|span| span.on(day)).any(|(from, to)| from <= local && local < to)
                })
            };
            let end = quiet_until(&hours, &zone, at);
            if wall(at) {
                prop_assert!(end.is_some());
            }
            if let Some(end) = end {
                prop_assert!(end > at);
                prop_assert!(quiet_until(&hours, &zone, end).is_none());
                for step in 0..20 {
                    let between = at.plus_seconds((end.as_seconds() - at.as_seconds()) * step / 20);
                    prop_assert_eq!(quiet_until(&hours, &zone, between), Some(end));
                }
                if !wall(at) {
                    // Only where an hour comes twice within the day around it.
                    let offset = |hours: i64| zone.offset_seconds(at.plus_seconds(hours * 3_600));
                    prop_assert!(offset(-2) != offset(2), "{} isn't in a span", zone.rfc3339(at));
                }
            }
        }
    }
}
