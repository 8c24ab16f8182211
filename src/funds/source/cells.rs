//! One value of somebody else's table as what a fact is made of: a sum without any rounding, a moment of a known zone, a day.
//! Errors say what is wrong and what the query should give instead. Pure.

use chrono::NaiveDate;

use crate::domain::instant::Instant;
use crate::domain::money::Amount;
use crate::store::external::Cell;
use crate::zones::Zone;

/// Digits that every decimal number keeps on its way through a double and back.
const DOUBLE_DIGITS: usize = 15;

/// No fact is older: 2000-01-01.
const OLDEST: Instant = Instant::from_seconds(946_684_800);

/// The value as text, for people; `NULL` and bytes are named.
pub(super) fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Nothing => "NULL".to_owned(),
        Cell::Exact(text) | Cell::Double(text) => text.chars().take(60).collect(),
        Cell::Float => "(float)".to_owned(),
        Cell::Bytes => "(bytes)".to_owned(),
    }
}

/// A text without blanks around it; nothing where there is none.
pub(super) fn text(cell: &Cell) -> Result<Option<&str>, String> {
    match cell {
        Cell::Nothing => Ok(None),
        Cell::Exact(text) | Cell::Double(text) => Ok(Some(text.trim()).filter(|text| !text.is_empty())),
        Cell::Float | Cell::Bytes => Err("this is no text; make it one by `cast(… as varchar(200))`".to_owned()),
    }
}

/// A sum, exactly as it stands there.
pub(super) fn amount(cell: &Cell) -> Result<Option<Amount>, String> {
    let no_float = |why: &str| format!("{why}: give `cast(… as decimal(18, 6))`, or a decimal column");
    if *cell == Cell::Float {
        return Err(no_float("a float of 32 bits keeps about seven digits, and sums aren't guessed"));
    }
    let Some(written) = text(cell)? else { return Ok(None) };
    if matches!(cell, Cell::Double(_)) && written.bytes().filter(u8::is_ascii_digit).count() > DOUBLE_DIGITS {
        return Err(no_float(
            "this is a floating-point number beside the sum that was meant, and nothing is rounded here",
        ));
    }
    // numeric(18, 8) writes 41.20000000.
    let plain = match written.split_once('.') {
        Some((whole, fraction)) if fraction.len() > 6 => match fraction.trim_end_matches('0') {
            "" => whole.to_owned(),
            kept => format!("{whole}.{kept}"),
        },
        _ => written.to_owned(),
    };
    Amount::parse(&plain).map(Some).map_err(|_| {
        "this is no sum: digits with a point before at most six more, such as 41.20; `round(…, 6)` shortens, and what is kept in \
         cents is divided by 100.0"
            .to_owned()
    })
}

/// A moment: with an offset as it is, without one in `zone`; a date alone is the beginning of that day in `project`'s zone; an
/// integer counts seconds, milliseconds or microseconds since 1970.
pub(super) fn moment(cell: &Cell, zone: &Zone, project: &Zone) -> Result<Option<Instant>, String> {
    if matches!(cell, Cell::Double(_) | Cell::Float) {
        return Err("this is a fraction and no time: give a time, or whole seconds since 1970".to_owned());
    }
    let Some(written) = text(cell)? else { return Ok(None) };
    refuse_zero(written)?;
    let wrong = || {
        "this is no time: give a column of times, whole seconds since 1970, or text such as 2026-06-01T08:00:00Z"
            .to_owned()
    };
    let at = if let Ok(number) = written.parse::<i64>() {
        since_1970(number).ok_or_else(wrong)?
    } else if let Ok(day) = NaiveDate::parse_from_str(written, "%Y-%m-%d") {
        project.start_of_day(day)
    } else {
        let with_offset = full_offset(written).and_then(|text| Instant::parse_rfc3339(&text));
        with_offset.or_else(|| zone.read_instant(written)).ok_or_else(wrong)?
    };
    if at < OLDEST {
        return Err("this lies before the year 2000, when nobody told anything".to_owned());
    }
    Ok(Some(at))
}

/// A day: a date, or midnight without an offset.
pub(super) fn day(cell: &Cell) -> Result<Option<NaiveDate>, String> {
    let Some(written) = text(cell)? else { return Ok(None) };
    refuse_zero(written)?;
    let date = written.get(..10).and_then(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok());
    let rest = written.get(10..).unwrap_or_default().trim_start_matches([' ', 'T']);
    let is_midnight = rest.chars().all(|c| "0:.".contains(c));
    date.filter(|_| is_midnight).map(Some).ok_or_else(|| {
        "this is no day: give a date such as 2026-06-20 (`cast(… as date)`), and of a moment the day in your zone"
            .to_owned()
    })
}

fn refuse_zero(written: &str) -> Result<(), String> {
    match written.starts_with("0000-00-00") {
        true => Err("this is MySQL's word for no time: leave such rows out, or give `nullif(…, 0)`".to_owned()),
        false => Ok(()),
    }
}

/// Seconds until the year 5138; what is more counts in thousandths, and what is more still in millionths.
fn since_1970(number: i64) -> Option<Instant> {
    match number {
        0..100_000_000_000 => Some(Instant::from_seconds(number)),
        100_000_000_000..100_000_000_000_000 => Some(Instant::from_micros(number * 1_000)),
        100_000_000_000_000..100_000_000_000_000_000 => Some(Instant::from_micros(number)),
        _ => None,
    }
}

/// `2026-06-01 08:00:00+02` and its kin as RFC 3339 has it; `None`: it tells no offset.
fn full_offset(written: &str) -> Option<String> {
    let (date, time) = (written.get(..10)?, written.get(11..)?);
    if let Some(time) = time.strip_suffix(['Z', 'z']).or_else(|| time.strip_suffix("UTC")) {
        return Some(format!("{date}T{}Z", with_seconds(time.trim_end())?));
    }
    let at = time.rfind(['+', '-'])?;
    let (time, offset) = (time.get(..at)?.trim_end(), time.get(at..)?);
    let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
    let (sign, minutes) = match digits.len() {
        2 => (offset.get(..1)?, "00"),
        // `+03:30:00`, as old zones have it, is refused where seconds aren't nought.
        4 => (offset.get(..1)?, digits.get(2..4)?),
        6 if digits.ends_with("00") => (offset.get(..1)?, digits.get(2..4)?),
        _ => return None,
    };
    Some(format!("{date}T{}{sign}{}:{minutes}", with_seconds(time)?, digits.get(..2)?))
}

fn with_seconds(time: &str) -> Option<String> {
    match time.len() {
        5 => Some(format!("{time}:00")),
        8.. => Some(time.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::Zones;
    use proptest::prelude::*;

    fn zones() -> (Zone, Zone) {
        let zones = Zones::load();
        (zones.get("Europe/Amsterdam").expect("a zone"), zones.get("Europe/Kyiv").expect("a zone"))
    }

    fn at(text: &str) -> Result<Option<String>, String> {
        let (zone, project) = zones();
        Ok(moment(&Cell::Exact(text.into()), &zone, &project)?.map(|at| at.to_string()))
    }

    #[test]
    fn moments_of_every_engine_are_read() {
        for (text, read) in [
            ("2026-06-01T08:00:00Z", "2026-06-01T08:00:00Z"),
            ("2026-06-01 08:00:00+00", "2026-06-01T08:00:00Z"),
            ("2026-06-01 08:00:00.123456+02", "2026-06-01T06:00:00.123456Z"),
            ("2026-06-01 08:00:00+05:30", "2026-06-01T02:30:00Z"),
            ("2026-06-01 08:00:00 -0330", "2026-06-01T11:30:00Z"),
            ("2026-06-01 08:00:00 UTC", "2026-06-01T08:00:00Z"),
            ("2026-06-01T08:00Z", "2026-06-01T08:00:00Z"),
            ("2026-06-01 08:00:00", "2026-06-01T06:00:00Z"),
            ("2026-06-01 08:00:00.5", "2026-06-01T06:00:00.500Z"),
            ("2026-06-01", "2026-05-31T21:00:00Z"),
            ("1780300800", "2026-06-01T08:00:00Z"),
            ("1780300800000", "2026-06-01T08:00:00Z"),
            ("1780300800000001", "2026-06-01T08:00:00.000001Z"),
        ] {
            assert_eq!(at(text), Ok(Some(read.to_owned())), "{text}");
        }
        for text in [
            "0000-00-00 00:00:00",
            "0000-00-00",
            "0",
            "yesterday",
            "01.06.2026",
            "2026-13-01 00:00:00",
            "-5",
            "infinity",
        ] {
            assert!(at(text).is_err(), "{text}");
        }
        assert_eq!(at(" "), Ok(None));
    }

    #[test]
    fn sums_are_exact_or_refused() {
        let exact = |text: &str| amount(&Cell::Exact(text.into()));
        let double = |value: f64| amount(&Cell::Double(value.to_string()));
        for (text, read) in [("41.20000000", "41.20"), ("-12.4", "-12.40"), ("300", "300.00"), ("7.000000000", "7.00")]
        {
            assert_eq!(exact(text).map(|sum| sum.expect("a sum").to_string()), Ok(read.to_owned()), "{text}");
        }
        for text in ["$41.20", "41,20", "41.1234567", "NaN", "1e3", "abc"] {
            assert!(exact(text).is_err(), "{text}");
        }
        assert_eq!(double(41.2), Ok(Amount::parse("41.20").ok()));
        assert_eq!(double(4_127.0 / 100.0), Ok(Amount::parse("41.27").ok()));
        assert!(double(0.1 + 0.2).is_err() && double(1.0 / 3.0).is_err(), "nothing is rounded");
        assert!(amount(&Cell::Float).is_err());
        assert_eq!(amount(&Cell::Nothing), Ok(None));
    }

    #[test]
    fn days_are_days() {
        let day = |text: &str| day(&Cell::Exact(text.into()));
        let june = NaiveDate::from_ymd_opt(2026, 6, 20);
        assert_eq!(
            [day("2026-06-20"), day("2026-06-20 00:00:00"), day("2026-06-20T00:00:00.000")],
            [Ok(june), Ok(june), Ok(june)]
        );
        for text in ["2026-06-20 21:00:00", "0000-00-00", "20.06.2026", "2026-06-20 00:00:00+02"] {
            assert!(day(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_sum_of_cents_survives_a_double(cents in -100_000_000_000_i64..100_000_000_000) {
            let exact = Amount::from_micros(cents * 10_000);
            let value: f64 = exact.to_string().parse().expect("a number");
            prop_assert_eq!(amount(&Cell::Double(value.to_string())), Ok(Some(exact)));
        }

        #[test]
        fn whatever_stands_there_nothing_breaks(text in "\\PC{0,30}") {
            let (zone, project) = zones();
            let cell = Cell::Exact(text);
            let _ = (moment(&cell, &zone, &project), amount(&cell), day(&cell), shown(&cell));
        }
    }
}
