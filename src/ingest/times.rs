//! Times as files have them: RFC 3339, or a wall clock's date and time that a zone makes an instant.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime};

use crate::domain::call::LONGEST_SEC;
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::zones::{Resolved, Zone};

/// A time that could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Time {
    pub at: Instant,
    /// The wall clock showed it twice; `at` is the first.
    pub is_ambiguous: bool,
}

/// No telephony log is older, and none reaches further.
const YEARS: std::ops::RangeInclusive<i32> = 1980..=2100;

/// Reads an instant (`2026-06-01T09:00:00+03:00`, `…Z`, also with a blank for `T` and without the offset's colon) or a
/// local time in `zone`.
pub(crate) fn read(text: &str, zone: &Zone) -> Result<Time, String> {
    let with_offset = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"))
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f%#z"));
    if let Ok(time) = with_offset {
        return checked(time.to_utc().into()).map(|at| Time { at, is_ambiguous: false });
    }
    let local =
        local(text).ok_or("a time is written 2026-06-01T09:00:00+03:00 or, in local time, 2026-06-01 09:00:00")?;
    of_local(local, zone)
}

/// The instant of a wall clock's time in `zone`.
pub(crate) fn of_local(local: NaiveDateTime, zone: &Zone) -> Result<Time, String> {
    in_range(local.year())?;
    match zone.resolve(local) {
        Resolved::Single(at) => Ok(Time { at, is_ambiguous: false }),
        Resolved::Overlap { first, .. } => Ok(Time { at: first, is_ambiguous: true }),
        Resolved::Gap { .. } => {
            Err(format!("no clock in {} showed this time (it was set forward); name the zone with --zone", zone.name()))
        }
    }
}

/// The second moment at which the clock showed the time that it shows at `at`; `None` where it showed it once.
pub(crate) fn second_pass(at: Instant, zone: &Zone) -> Option<Instant> {
    match zone.resolve(zone.local(at)) {
        Resolved::Overlap { second, .. } => Some(second),
        Resolved::Single(_) | Resolved::Gap { .. } => None,
    }
}

/// An instant that a telephony log can have.
pub(crate) fn checked(at: Instant) -> Result<Instant, String> {
    in_range(at.to_utc().map_or(i32::MAX, |time| time.year())).map(|()| at)
}

/// A later moment of a call that began at `start`, which can't lie further from it than a call can last.
pub(crate) fn within_call(at: Instant, start: Instant) -> Result<Instant, String> {
    if at > start.plus_seconds(LONGEST_SEC.into()) {
        return Err(format!("lies more than {} days after the call's start", LONGEST_SEC / 86_400));
    }
    Ok(at)
}

fn in_range(year: i32) -> Result<(), String> {
    if YEARS.contains(&year) {
        Ok(())
    } else {
        Err(format!("the year must lie between {} and {}", YEARS.start(), YEARS.end()))
    }
}

fn local(text: &str) -> Option<NaiveDateTime> {
    const FORMS: [&str; 4] = ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"];
    FORMS.into_iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
}

/// Reads `FROM..TO`, half-open: local dates in `zone`, local times, or instants.
pub fn parse_covers(text: &str, zone: &Zone) -> Result<Period, String> {
    let (from, to) = text.split_once("..").ok_or_else(|| format!("`{text}` is no span; write FROM..TO"))?;
    let edge = |text: &str| match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        Ok(date) => {
            in_range(date.year()).map(|()| zone.start_of_day(date)).map_err(|reason| format!("`{text}`: {reason}"))
        }
        Err(_) => {
            read(text, zone).map(|time| time.at).map_err(|reason| format!("`{text}`: {reason}, or a date 2026-06-01"))
        }
    };
    Period::new(edge(from)?, edge(to)?)
        .ok_or_else(|| format!("`{text}` is empty: the end must lie after the beginning"))
}

/// A span for people: `2026-11-09 … 2026-11-16 (Europe/Kyiv)`, with times where it doesn't begin and end with a day.
pub(crate) fn span(span: Period, zone: &Zone) -> String {
    let edges = [span.from(), span.to()];
    let is_whole = edges.iter().all(|at| zone.start_of_day(zone.local(*at).date()) == *at);
    let shown = if is_whole { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M" };
    let [from, to] = edges.map(|at| zone.local(at).format(shown).to_string());
    format!("{from} … {to} ({})", zone.name())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::zones::Zones;

    fn kyiv() -> Zone {
        Zones::bundled().get("Europe/Kyiv").expect("a zone")
    }

    #[test]
    fn a_span_is_shown_as_it_was_said() {
        let shown = |text: &str| span(parse_covers(text, &kyiv()).expect("a span"), &kyiv());
        assert_eq!(shown("2026-11-09..2026-11-16"), "2026-11-09 … 2026-11-16 (Europe/Kyiv)");
        assert_eq!(shown("2026-11-09..2026-11-09T10:30:00Z"), "2026-11-09 00:00 … 2026-11-09 12:30 (Europe/Kyiv)");
    }

    #[rstest]
    #[case("2026-06-01T09:00:00+03:00")]
    #[case("2026-06-01T06:00:00Z")]
    #[case("2026-06-01 06:00:00Z")]
    #[case("2026-06-01T09:00:00.000+0300")]
    #[case("2026-06-01 09:00:00+03:00")]
    #[case("2026-06-01 09:00:00+0300")]
    #[case("2026-06-01 09:00:00")]
    #[case("2026-06-01T09:00:00")]
    #[case("2026-06-01 09:00")]
    fn one_moment_in_many_spellings(#[case] text: &str) {
        let expected = Instant::parse_rfc3339("2026-06-01T06:00:00Z").expect("valid");
        assert_eq!(read(text, &kyiv()), Ok(Time { at: expected, is_ambiguous: false }));
    }

    #[rstest]
    #[case("2026-03-29 03:30:00")]
    #[case("2026-13-01 03:30:00")]
    #[case("01.06.2026 09:00")]
    #[case("0001-06-01 09:00:00")]
    #[case("yesterday")]
    fn what_was_no_time(#[case] text: &str) {
        assert!(read(text, &kyiv()).is_err());
    }

    #[test]
    fn the_first_of_two_passes_is_taken_and_told() {
        let time = read("2026-10-25 03:30:00", &kyiv()).expect("a time");
        assert_eq!((time.at.to_string().as_str(), time.is_ambiguous), ("2026-10-25T00:30:00Z", true));
    }

    #[test]
    fn spans_are_half_open_local_dates_or_instants() {
        let days = parse_covers("2026-06-01..2026-06-08", &kyiv()).expect("a span");
        assert_eq!(
            (days.from().to_string(), days.to().to_string()),
            ("2026-05-31T21:00:00Z".into(), "2026-06-07T21:00:00Z".into())
        );
        assert_eq!(parse_covers("2026-06-01T00:00:00+03:00..2026-06-08", &kyiv()), Ok(days));
        assert!(parse_covers("2026-06-08..2026-06-08", &kyiv()).is_err());
        assert!(parse_covers("2026-06-08", &kyiv()).is_err());
        assert!(parse_covers("..", &kyiv()).is_err());
        for far in ["0001-01-01..2026-06-08", "2026-06-01..9999-12-31", "2026-06-01..+262142-12-31"] {
            assert!(parse_covers(far, &kyiv()).is_err_and(|error| error.contains("between 1980 and 2100")), "{far}");
        }
    }
}
