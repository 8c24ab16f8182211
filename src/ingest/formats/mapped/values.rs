//! Values as other people write them: times by a pattern, spans with colons, decimal commas.

use chrono::{DateTime, NaiveDateTime};

use crate::config::mapping::{TimeFormat, Unit, Way};
use crate::domain::instant::Instant;
use crate::ingest::formats::Reading;
use crate::ingest::times::{self, Time};

/// Reads a time in the first way of writing that fits; one without an offset is local in the way's zone.
pub(super) fn time(text: &str, way: &Way, reading: &Reading) -> Result<Time, String> {
    let zone = way.zone.as_ref().unwrap_or(&reading.zone);
    let mut problem = None;
    for format in &way.formats {
        match format {
            TimeFormat::Iso => match times::read(text, zone) {
                Ok(time) => return Ok(time),
                Err(reason) => problem = Some(reason),
            },
            TimeFormat::Rfc2822 => {
                if let Ok(at) = DateTime::parse_from_rfc2822(text) {
                    return times::checked(at.to_utc().into()).map(|at| Time { at, is_ambiguous: false });
                }
            }
            TimeFormat::Unix | TimeFormat::UnixMilliseconds => {
                let places = if *format == TimeFormat::Unix { 6 } else { 3 };
                if let Some(at) = epoch(text, places) {
                    return times::checked(at).map(|at| Time { at, is_ambiguous: false });
                }
            }
            TimeFormat::Pattern(pattern) => {
                if let Ok(at) = DateTime::parse_from_str(text, pattern) {
                    return times::checked(at.to_utc().into()).map(|at| Time { at, is_ambiguous: false });
                }
                if let Ok(local) = NaiveDateTime::parse_from_str(text, pattern) {
                    return times::of_local(local, zone);
                }
            }
        }
    }
    let patterns: Vec<String> = way.formats.iter().map(shown).collect();
    Err(problem.unwrap_or_else(|| format!("isn't written as the mapping says: {}", patterns.join(" or "))))
}

fn shown(format: &TimeFormat) -> String {
    match format {
        TimeFormat::Iso => "`iso`".to_owned(),
        TimeFormat::Rfc2822 => "`rfc2822`".to_owned(),
        TimeFormat::Unix => "`unix`".to_owned(),
        TimeFormat::UnixMilliseconds => "`unix_ms`".to_owned(),
        TimeFormat::Pattern(pattern) => format!("`{pattern}`"),
    }
}

/// Microseconds from a count with `places` digits fewer.
fn epoch(text: &str, places: u32) -> Option<Instant> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let scale = 10_i64.checked_pow(places)?;
    let fraction: String = fraction.chars().chain(std::iter::repeat('0')).take(places as usize).collect();
    let micros = whole.parse::<i64>().ok()?.checked_mul(scale)?.checked_add(fraction.parse().ok()?)?;
    Some(Instant::from_micros(micros))
}

/// Whole seconds; a fraction is cut off.
pub(super) fn seconds(text: &str, unit: Unit, has_comma: bool) -> Result<u32, &'static str> {
    let point = if has_comma { ',' } else { '.' };
    let (whole, fraction) = text.split_once(point).unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = whole.split(':').collect();
    let numbers: Option<Vec<u64>> = parts.iter().map(|part| part.parse().ok().filter(|_| digits(part))).collect();
    let numbers = numbers.filter(|_| digits(fraction)).unwrap_or_default();
    let small = |numbers: &[u64]| numbers.iter().all(|number| *number < 60);
    let seconds = match (unit, &numbers[..]) {
        (Unit::Seconds, [seconds]) => Some(*seconds),
        (Unit::Milliseconds, [milliseconds]) => Some(milliseconds / 1000),
        (Unit::Minutes, [minutes]) => {
            let thousandths: u64 = format!("{fraction:0<3.3}").parse().unwrap_or(0);
            minutes.checked_mul(60).and_then(|seconds| seconds.checked_add(thousandths * 60 / 1000))
        }
        (Unit::MinutesSeconds, [minutes, rest @ ..]) if rest.len() == 1 && small(rest) => {
            minutes.checked_mul(60).and_then(|seconds| seconds.checked_add(rest[0]))
        }
        (Unit::HoursMinutesSeconds, [hours, rest @ ..]) if rest.len() == 2 && small(rest) => {
            hours.checked_mul(3600).and_then(|seconds| seconds.checked_add(rest[0] * 60 + rest[1]))
        }
        _ => None,
    };
    let reason = match unit {
        Unit::Seconds => "seconds, 0 or more, are expected",
        Unit::Milliseconds => "milliseconds, 0 or more, are expected",
        Unit::Minutes => "minutes, 0 or more, are expected",
        Unit::MinutesSeconds => "minutes and seconds are expected, such as 1:05",
        Unit::HoursMinutesSeconds => "hours, minutes and seconds are expected, such as 0:01:05",
    };
    // Spans that no call can have are refused where its seconds are read, for all formats alike.
    seconds.map(|seconds| u32::try_from(seconds).unwrap_or(u32::MAX)).ok_or(reason)
}

/// Whole seconds from one moment to a later one.
pub(super) fn between(from: &Instant, to: &Instant) -> Option<u64> {
    (to >= from).then(|| to.since(*from).as_secs())
}

/// A decimal number with a point; what isn't one stays, and is refused where it is read.
pub(super) fn money(text: &str, has_comma: bool, is_negated: bool) -> String {
    let plain: String = if has_comma {
        text.chars().filter(|c| !matches!(c, '.' | ' ' | '\u{a0}')).map(|c| if c == ',' { '.' } else { c }).collect()
    } else {
        text.to_owned()
    };
    if !is_negated {
        return plain;
    }
    match plain.strip_prefix('-') {
        Some(rest) => rest.to_owned(),
        None if plain.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) => format!("-{plain}"),
        None => plain,
    }
}

/// Whether a text is what a word says, in which `*` stands for any text. Both in lower case.
pub(super) fn fits(text: &str, word: &str) -> bool {
    let mut pieces = word.split('*');
    let Some(mut rest) = pieces.next().and_then(|begin| text.strip_prefix(begin)) else { return false };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("12", Unit::Seconds, Some(12))]
    #[case("12.9", Unit::Seconds, Some(12))]
    #[case("12500", Unit::Milliseconds, Some(12))]
    #[case("1.5", Unit::Minutes, Some(90))]
    #[case("1:05", Unit::MinutesSeconds, Some(65))]
    #[case("75:05", Unit::MinutesSeconds, Some(4505))]
    #[case("00:01:28", Unit::HoursMinutesSeconds, Some(88))]
    #[case("27:00:00.5", Unit::HoursMinutesSeconds, Some(97_200))]
    #[case("1:65", Unit::MinutesSeconds, None)]
    #[case("1:05", Unit::HoursMinutesSeconds, None)]
    #[case("1:05", Unit::Seconds, None)]
    #[case("-5", Unit::Seconds, None)]
    #[case("+5", Unit::Seconds, None)]
    #[case("", Unit::Seconds, None)]
    #[case("99999999999", Unit::HoursMinutesSeconds, None)]
    #[case("5124095576030431:00:16", Unit::HoursMinutesSeconds, None)]
    #[case("5124095576030431:00:15", Unit::HoursMinutesSeconds, Some(u32::MAX))]
    #[case("307445734561825860:16", Unit::MinutesSeconds, None)]
    #[case("307445734561825860.5", Unit::Minutes, None)]
    #[case("18446744073709551615", Unit::Seconds, Some(u32::MAX))]
    #[case("18446744073709551616", Unit::Seconds, None)]
    fn spans(#[case] text: &str, #[case] unit: Unit, #[case] expected: Option<u32>) {
        assert_eq!(seconds(text, unit, false).ok(), expected);
        assert_eq!(seconds(&text.replace('.', ","), unit, true).ok(), expected);
    }

    #[test]
    fn money_loses_its_comma_and_its_sign() {
        assert_eq!(money("1.234,50", true, false), "1234.50");
        assert_eq!(money("-0.0085", false, true), "0.0085");
        assert_eq!(money("0.0085", false, true), "-0.0085");
        assert_eq!(money("0.00", false, true), "0.00");
    }

    #[rstest]
    #[case("ext.201", "ext.*", true)]
    #[case("ext.201", "*201", true)]
    #[case("ext.201", "e*2*1", true)]
    #[case("ext.201", "ext", false)]
    #[case("ext.201", "ext.201", true)]
    #[case("", "*", true)]
    #[case("ab", "*b*b", false)]
    #[case("aba", "ab*ba", false)]
    fn words_with_stars(#[case] text: &str, #[case] word: &str, #[case] expected: bool) {
        assert_eq!(fits(text, word), expected);
    }

    #[test]
    fn counts_since_1970() {
        assert_eq!(epoch("1780293600", 6), epoch("1780293600000", 3));
        assert_eq!(epoch("1780293600.5", 6).map(|at| at.to_string()), Some("2026-06-01T06:00:00.500Z".into()));
        assert_eq!(epoch("x", 6), None);
        assert_eq!(epoch("1.x", 6), None);
    }
}
