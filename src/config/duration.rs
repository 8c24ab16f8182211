//! Spans of time as people write them: `90m`, `3h`, `2d`, `1h30m`, `500ms`.

use std::time::Duration;

/// Why a text is no span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a span of time is a whole number and a unit (ms, s, m, h, d, w), such as `90m`, `3h`, `2d` or `1h30m`")]
pub struct InvalidDuration;

const UNITS: [(&str, u64); 6] =
    [("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

/// Reads a span of time. A day is 24 hours here, whatever clocks do on it.
pub fn parse(text: &str) -> Result<Duration, InvalidDuration> {
    let mut rest = text.trim();
    let mut millis = 0u64;
    if rest.is_empty() {
        return Err(InvalidDuration);
    }
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, tail) = rest.split_at(digits);
        let letters = tail.len() - tail.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let (unit, tail) = tail.split_at(letters);
        let number: u64 = number.parse().map_err(|_| InvalidDuration)?;
        let scale = UNITS.iter().find(|(name, _)| *name == unit).ok_or(InvalidDuration)?.1;
        let part = number.checked_mul(scale).ok_or(InvalidDuration)?;
        millis = millis.checked_add(part).ok_or(InvalidDuration)?;
        rest = tail.trim_start();
    }
    Ok(Duration::from_millis(millis))
}

/// The shortest way to write a span of time, to the millisecond; what it gives, [`parse`] reads.
pub fn show(span: Duration) -> String {
    let mut millis = u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
    if millis == 0 {
        return "0s".to_owned();
    }
    let mut text = String::new();
    for (unit, scale) in UNITS.into_iter().filter(|(unit, _)| *unit != "w") {
        if millis >= scale {
            text.push_str(&format!("{}{unit}", millis / scale));
            millis %= scale;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_or_refused() {
        assert_eq!(parse("90m"), Ok(Duration::from_secs(5_400)));
        assert_eq!(parse("1h 30m"), Ok(Duration::from_secs(5_400)));
        assert_eq!(parse("2d"), Ok(Duration::from_secs(172_800)));
        assert_eq!(parse("250ms"), Ok(Duration::from_millis(250)));
        for bad in ["", "90", "m", "3 hours", "1.5h", "-3h", "99999999999999999999d", "3h!"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_shown_reads_back(millis in 0u64..10_000_000_000) {
            let span = Duration::from_millis(millis);
            proptest::prop_assert_eq!(parse(&show(span)), Ok(span));
        }
    }
}
