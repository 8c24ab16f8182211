//! Figures as people read them. Every function takes plain integers or a fraction and rounds half up, for show only.

use super::locale::Marks;
use super::{NOTHING, Words};

impl Words {
    /// `1,234`
    pub fn count(&self, number: u64) -> String {
        grouped(number, &self.0.marks)
    }

    /// `1,234`, or an en dash.
    pub fn count_or_nothing(&self, number: Option<u64>) -> String {
        number.map_or_else(|| NOTHING.to_owned(), |number| self.count(number))
    }

    /// One to twelve as a word, larger numbers in digits; in the middle of a sentence.
    pub fn small_number(&self, number: u64) -> String {
        match number {
            1..=12 => self.word(&format!("number-{number}")),
            _ => self.count(number),
        }
    }

    /// A fraction of one as `87.4 %`, one decimal, a no-break space before the sign; `0 %` and `100 %` only when exact.
    pub fn percent(&self, fraction: f64) -> String {
        let text = if fraction == 0.0 || fraction == 1.0 {
            self.count((fraction * 100.0) as u64)
        } else {
            self.tenths((fraction * 1000.0).round() as u64)
        };
        self.say("figure-percent", &[("n", text.into())])
    }

    /// A fraction that somebody set, as they would write it: `90 %`, `87.5 %`.
    pub fn percent_set(&self, fraction: f64) -> String {
        let tenths = (fraction * 1000.0).round() as u64;
        if tenths.is_multiple_of(10) {
            self.say("figure-percent", &[("n", self.count(tenths / 10).into())])
        } else {
            self.percent(fraction)
        }
    }

    /// `87.4 %`, or an en dash where the denominator was empty.
    pub fn percent_or_nothing(&self, fraction: Option<f64>) -> String {
        fraction.map_or_else(|| NOTHING.to_owned(), |fraction| self.percent(fraction))
    }

    /// The size of a difference of two fractions as `5.2 points`; the sign is the caller's to say.
    pub fn points(&self, difference: f64) -> String {
        let tenths = (difference.abs() * 1000.0).round() as u64;
        self.say("figure-points", &[("n", self.tenths(tenths).into())])
    }

    /// How many times as much as `before`, with one decimal: `7.9`.
    pub fn times(&self, now: u64, before: u64) -> String {
        self.tenths((now as f64 / before.max(1) as f64 * 10.0).round() as u64)
    }

    /// Minutes and seconds, `3:12`; from an hour on `1:03:12`.
    pub fn duration(&self, seconds: u64) -> String {
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
    }

    /// A wait: `9 s`, from a minute on `1:05`.
    pub fn wait(&self, seconds: u64) -> String {
        if seconds < 60 { self.say("figure-seconds", &[("n", seconds.into())]) } else { self.duration(seconds) }
    }

    /// A longer span or a limit to it: `38 min`, `2 h`, `1 h 31 min`. A minute that has begun counts, so that what is longer
    /// than a limit of whole minutes never reads as the limit.
    pub fn span(&self, seconds: u64) -> String {
        let all = seconds.div_ceil(60);
        let (hours, minutes) = (all / 60, all % 60);
        match (hours, minutes) {
            (0, _) => self.say("figure-minutes", &[("n", minutes.into())]),
            (_, 0) => self.say("figure-hours", &[("n", hours.into())]),
            _ => self.say("figure-hours-minutes", &[("hours", hours.into()), ("minutes", minutes.into())]),
        }
    }

    /// A mean of counts with one decimal: `44.2`.
    pub fn mean(&self, value: f64) -> String {
        self.tenths((value * 10.0).round() as u64)
    }

    fn tenths(&self, tenths: u64) -> String {
        format!("{}{}{}", self.count(tenths / 10), self.0.marks.decimal, tenths % 10)
    }
}

/// Digits in groups of three, where there are enough of them.
pub(super) fn grouped(number: u64, marks: &Marks) -> String {
    let digits = number.to_string();
    if digits.len() < 3 + marks.group_least {
        return digits;
    }
    let mut text = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push_str(&marks.group);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_in_print() {
        let words = Words::of("en");
        assert_eq!(words.count(0), "0");
        assert_eq!(words.count(999), "999");
        assert_eq!(words.count(1_234_567), "1,234,567");
        assert_eq!(words.percent(0.8738), "87.4\u{a0}%");
        assert_eq!(words.percent(1.0), "100\u{a0}%");
        assert_eq!(words.percent(0.9999), "100.0\u{a0}%");
        assert_eq!(words.percent_or_nothing(None), "–");
        assert_eq!(words.points(-0.0524), "5.2\u{a0}points");
        assert_eq!(words.duration(192), "3:12");
        assert_eq!(words.duration(3792), "1:03:12");
        assert_eq!(words.wait(9), "9\u{a0}s");
        assert_eq!(words.wait(65), "1:05");
        assert_eq!(words.span(38 * 60), "38\u{a0}min");
        assert_eq!(words.span(5438), "1\u{a0}h 31\u{a0}min");
        assert_eq!((words.span(0), words.span(1)), ("0\u{a0}min".to_owned(), "1\u{a0}min".to_owned()));
        assert_eq!(words.span(51 * 3600), "51\u{a0}h");
    }

    #[test]
    fn a_span_beyond_a_limit_never_reads_as_the_limit() {
        let words = Words::of("en");
        for minutes in [1_u64, 15, 30, 59, 60, 90, 119, 120, 1440, 2880] {
            let limit = words.span(minutes * 60);
            assert_eq!(words.span(minutes * 60 - 59), limit, "as long, when what has begun counts");
            for beyond in [1, 59, 61, 3600] {
                assert_ne!(words.span(minutes * 60 + beyond), limit, "{beyond} s beyond {limit}");
            }
        }
    }

    #[test]
    fn a_number_in_a_message_has_its_thousands() {
        assert_eq!(Words::of("en").say("subject-calls", &[("n", 1234_u64.into())]), "1,234 calls");
        assert_eq!(Words::of("en").say("subject-calls", &[("n", 1_u64.into())]), "1 call");
    }
}
