//! Days as people write them, and what is wrong with one that isn't.

use chrono::NaiveDate;

/// Reads `2026-06-20`; else says which part is wrong and how a day is written.
pub fn read(text: &str) -> Result<NaiveDate, String> {
    let text = text.trim();
    if let Some((day, rest)) = text.split_once(['T', ' ']).filter(|(day, _)| is_shaped(day)) {
        read(day)?;
        return Err(format!("`{rest}` is a time of day, and this is a day alone: write `{day}`"));
    }
    if !is_shaped(text) {
        return Err(format!("`{text}` isn't a day: write year, month and day, such as `2026-06-20`"));
    }
    let number = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let (month, day) = (number(5, 7), number(8, 10));
    let year = i32::try_from(number(0, 4)).unwrap_or(0);
    let first = |month| NaiveDate::from_ymd_opt(year, month, 1);
    let Some(begins) = first(month) else {
        return Err(format!(
            "`{text}` has the month {month}, and there are 12: write year, month and day, `2026-06-20`"
        ));
    };
    let days = if month == 12 { Some(31) } else { first(month + 1).map(|next| (next - begins).num_days()) };
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| {
        format!("`{text}` has the day {day}, and {} has {} days", begins.format("%B %Y"), days.unwrap_or_default())
    })
}

/// `2026-06-20`, whatever the digits.
fn is_shaped(text: &str) -> bool {
    let is_right = |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(is_right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_is_none_says_which_part_is_wrong() {
        assert_eq!(read(" 2026-06-20 "), Ok(NaiveDate::from_ymd_opt(2026, 6, 20).expect("a day")));
        for (text, said) in [
            ("2026-11-20T10:00", "`10:00` is a time of day, and this is a day alone: write `2026-11-20`"),
            ("2026-13-20", "the month 13, and there are 12"),
            ("2026-11-31", "the day 31, and November 2026 has 30 days"),
            ("2026-02-29", "February 2026 has 28 days"),
            ("2026-12-00", "December 2026 has 31 days"),
            ("2026-13-20T10:00", "the month 13"),
            ("20.06.2026", "such as `2026-06-20`"),
            ("", "such as `2026-06-20`"),
            ("ï»¿2026-06-2", "isn't a day"),
        ] {
            let why = read(text).expect_err(text);
            assert!(why.contains(said), "{text}: {why}");
        }
    }
}
