//! The five fields of crontab(5): minute, hour, day of month, month, day of week. Numbers, names, lists, ranges and steps;
//! 0 and 7 are Sunday; when both day fields are restricted, a day fits when either does. What other dialects add (`L`,
//! `W`, `#`, `?`, seconds, `@daily`) is refused with the reason.

use std::fmt;

use chrono::{Datelike, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{Every, MonthDay, Weekday};

/// An expression, checked: `0 9 * * MON`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CronExpression {
    text: String,
    /// Minutes × hours, sorted; never empty.
    times: Vec<NaiveTime>,
    days: u64,
    months: u64,
    /// Bits 0 (Sunday) to 6.
    weekdays: u64,
    either_day: bool,
    real_clock: bool,
}

/// More times or days of the month than these read no better than the five fields.
const MOST_TIMES: usize = 4;
const MOST_DAYS: u32 = 5;

/// Why a text isn't such an expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidCron(pub String);

struct Field {
    name: &'static str,
    least: u64,
    most: u64,
    /// From `least` on.
    words: &'static [&'static str],
}

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: &[&str] = &["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const FIELDS: [Field; 5] = [
    Field { name: "minute", least: 0, most: 59, words: &[] },
    Field { name: "hour", least: 0, most: 23, words: &[] },
    Field { name: "day of month", least: 1, most: 31, words: &[] },
    Field { name: "month", least: 1, most: 12, words: MONTHS },
    Field { name: "day of week", least: 0, most: 7, words: WEEKDAYS },
];

impl CronExpression {
    /// Reads five fields.
    pub fn parse(text: &str) -> Result<Self, InvalidCron> {
        let parts: Vec<&str> = text.split_ascii_whitespace().collect();
        if let Some(nickname) = parts.first().filter(|part| part.starts_with('@')) {
            return Err(InvalidCron(format!(
                "`{nickname}` isn't understood; write the five fields{}",
                spelled_out(nickname)
            )));
        }
        let [minute, hour, day, month, weekday] = parts[..] else {
            return Err(InvalidCron(format!(
                "five fields are needed (minute, hour, day of month, month, day of week), here are {}",
                parts.len()
            )));
        };
        let sets = [minute, hour, day, month, weekday];
        let mut bits = [0_u64; 5];
        for ((field, text), bits) in FIELDS.iter().zip(sets).zip(&mut bits) {
            *bits = field.set(text)?;
        }
        let [minutes, hours, days, months, weekdays] = bits;
        let weekdays = (weekdays | weekdays >> 7) & 0x7f;
        let times = members(hours)
            .flat_map(|hour| members(minutes).filter_map(move |minute| NaiveTime::from_hms_opt(hour, minute, 0)))
            .collect();
        let either_day = !day.contains('*') && !weekday.contains('*');
        let real_clock = minute.contains('*') || hour.contains('*');
        Ok(Self { text: parts.join(" "), times, days, months, weekdays, either_day, real_clock })
    }

    /// The same days as a rule of words names them, where one does; the times are [`CronExpression::times`]. `None`: only the
    /// five fields say it. Monday to Friday is never `weekday`, which goes by a calendar.
    pub fn in_words(&self) -> Option<Every> {
        let all = |bits: u64, least: u32, most: u32| (least..=most).all(|bit| bits >> bit & 1 == 1);
        let (any_day, any_weekday) = (all(self.days, 1, 31), all(self.weekdays, 0, 6));
        if self.real_clock || self.times.len() > MOST_TIMES || !all(self.months, 1, 12) || self.either_day {
            return None;
        }
        match (any_day, any_weekday) {
            (true, true) => Some(Every::Day),
            (true, false) => {
                let is_named = |day: &Weekday| self.weekdays >> ((day.index() + 1) % 7) & 1 == 1;
                Some(Every::Week(Weekday::ALL.into_iter().filter(is_named).collect()))
            }
            (false, true) if self.days.count_ones() <= MOST_DAYS => {
                Some(Every::Month((1..=31).filter(|day| self.days >> day & 1 == 1).map(MonthDay::Day).collect()))
            }
            (false, _) => None,
        }
    }

    /// The expression as written, with single blanks.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The local times of a day it names.
    pub fn times(&self) -> &[NaiveTime] {
        &self.times
    }

    /// `*` in minute or hour.
    pub fn follows_real_clock(&self) -> bool {
        self.real_clock
    }

    /// Whether it fires on that date.
    pub fn names_day(&self, date: NaiveDate) -> bool {
        let has = |set: u64, member: u32| set >> member & 1 == 1;
        let by_day = has(self.days, date.day());
        let by_weekday = has(self.weekdays, date.weekday().num_days_from_sunday());
        let day_fits = if self.either_day { by_day || by_weekday } else { by_day && by_weekday };
        has(self.months, date.month()) && day_fits
    }
}

impl Field {
    fn set(&self, text: &str) -> Result<u64, InvalidCron> {
        text.split(',').try_fold(0, |set, item| Ok(set | self.item(item)?))
    }

    fn item(&self, item: &str) -> Result<u64, InvalidCron> {
        let (span, step) = match item.split_once('/') {
            None => (item, 1),
            Some((span, step)) => (span, self.step(item, step)?),
        };
        let (from, to) = if span == "*" {
            (self.least, if self.most == 7 { 6 } else { self.most })
        } else if let Some((from, to)) = span.split_once('-') {
            let from = self.member(item, from)?;
            let to = if to.eq_ignore_ascii_case("sun") && from > 0 { 7 } else { self.member(item, to)? };
            if to < from {
                return Err(self.wrong(item, "the range runs backwards; write it as two, with a comma"));
            }
            (from, to)
        } else if item.contains('/') {
            return Err(self.wrong(item, "a step follows `*` or a range, as in `*/15` or `10-50/10`"));
        } else {
            let only = self.member(item, span)?;
            (only, only)
        };
        Ok((from..=to).step_by(step).fold(0, |set, member| set | 1 << member))
    }

    fn step(&self, item: &str, text: &str) -> Result<usize, InvalidCron> {
        match text.parse::<usize>() {
            Ok(step @ 1..=60) => Ok(step),
            _ => Err(self.wrong(item, "a step is a whole number from 1 to 60")),
        }
    }

    fn member(&self, item: &str, text: &str) -> Result<u64, InvalidCron> {
        if let Some(index) = self.words.iter().position(|word| word.eq_ignore_ascii_case(text)) {
            return Ok(self.least + index as u64);
        }
        let is_number = !text.is_empty() && text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse::<u64>() {
            Ok(number) if is_number && (self.least..=self.most).contains(&number) => Ok(number),
            _ => Err(self.wrong(item, &self.expected())),
        }
    }

    fn expected(&self) -> String {
        let words = match self.words {
            [first, .., last] => format!(" or {first} to {last}"),
            _ => String::new(),
        };
        format!(
            "expected {} to {}{words}, lists, ranges and steps; `L`, `W`, `#`, `?` are not crontab's",
            self.least, self.most
        )
    }

    fn wrong(&self, item: &str, why: &str) -> InvalidCron {
        InvalidCron(format!("`{item}` in the field {}: {why}", self.name))
    }
}

fn members(set: u64) -> impl Iterator<Item = u32> {
    (0..64).filter(move |member| set >> member & 1 == 1)
}

fn spelled_out(nickname: &str) -> String {
    let fields = match nickname.to_ascii_lowercase().as_str() {
        "@hourly" => "0 * * * *",
        "@daily" | "@midnight" => "0 0 * * *",
        "@weekly" => "0 0 * * 0",
        "@monthly" => "0 0 1 * *",
        "@yearly" | "@annually" => "0 0 1 1 *",
        _ => return String::new(),
    };
    format!(": `{fields}`")
}

impl fmt::Display for CronExpression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for CronExpression {
    type Error = InvalidCron;
    fn try_from(text: String) -> Result<Self, InvalidCron> {
        Self::parse(&text)
    }
}

impl From<CronExpression> for String {
    fn from(expression: CronExpression) -> Self {
        expression.text
    }
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use chrono::{DateTime, NaiveDateTime};
    use proptest::prelude::*;

    use super::*;
    use crate::domain::cadence::{Cadence, ShortMonth};

    fn walk(text: &str, from: &str, count: usize) -> Vec<String> {
        let cadence = Cadence::Cron(CronExpression::parse(text).unwrap());
        let from = NaiveDateTime::parse_from_str(from, "%Y-%m-%d %H:%M").unwrap();
        cadence.named_from(from).take(count).map(|named| named.local.format("%a %Y-%m-%d %H:%M").to_string()).collect()
    }

    #[test]
    fn what_words_say_as_well() {
        for (text, expected) in [
            ("0 9 * * MON", Some("every week on mon at 09:00")),
            ("30 8,17 * * 7,3", Some("every week on wed, sun at 08:30, 17:30")),
            ("0 9 * * 1-5", Some("every week on mon, tue, wed, thu, fri at 09:00")),
            ("0 9 * * *", Some("every day at 09:00")),
            ("0 9 1,15 * *", Some("every month on 1, 15 at 09:00")),
            ("0 9 1-6 * *", None),
            ("0 9 1 * MON", None),
            ("0 9 * 6 MON", None),
            ("0 */2 * * *", None),
            ("0 8-12 * * *", None),
        ] {
            let read = CronExpression::parse(text).expect("valid");
            let said = read.in_words().map(|every| {
                let (at, short_month) = (read.times().to_vec(), ShortMonth::Clamp);
                Cadence::Calendar { every, at, short_month }.to_string()
            });
            assert_eq!(said.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn weekdays_are_those_of_unix() {
        for text in ["0 9 * * MON", "0 9 * * 1", "0 9 * * mon-mon"] {
            assert_eq!(walk(text, "2026-06-02 00:00", 1), ["Mon 2026-06-08 09:00"], "{text}");
        }
        for text in ["0 9 * * 0", "0 9 * * 7", "0 9 * * SUN", "0 9 * * sun"] {
            assert_eq!(walk(text, "2026-06-02 00:00", 1), ["Sun 2026-06-07 09:00"], "{text}");
        }
        assert_eq!(walk("0 9 * * fri-sun", "2026-06-01 00:00", 3).len(), 3);
        assert_eq!(walk("0 9 * * 5-7", "2026-06-01 00:00", 4), walk("0 9 * * 0,5,6", "2026-06-01 00:00", 4));
        assert_eq!(walk("0 9 * * 1-5", "2026-06-05 10:00", 1), ["Mon 2026-06-08 09:00"]);
    }

    #[test]
    fn both_day_fields_restricted_means_either() {
        let either = walk("0 0 13 * 5", "2026-01-01 00:00", 4);
        assert_eq!(
            either,
            ["Fri 2026-01-02 00:00", "Fri 2026-01-09 00:00", "Tue 2026-01-13 00:00", "Fri 2026-01-16 00:00"]
        );
        assert_eq!(walk("0 0 13 * *", "2026-01-01 00:00", 1), ["Tue 2026-01-13 00:00"]);
        assert_eq!(
            walk("0 0 */2 * 5", "2026-01-01 00:00", 1),
            ["Fri 2026-01-09 00:00"],
            "a star with a step is a star"
        );
    }

    #[test]
    fn lists_ranges_and_steps() {
        let times = walk("10-40/15,59 8,20 1 JAN,jul *", "2026-02-01 00:00", 9);
        let of_july = ["08:10", "08:25", "08:40", "08:59", "20:10", "20:25", "20:40", "20:59"];
        assert_eq!(times[..8], of_july.map(|time| format!("Wed 2026-07-01 {time}")));
        assert_eq!(times[8], "Fri 2027-01-01 08:10");
    }

    #[test]
    fn the_rarest_day_is_found_and_an_impossible_one_is_not() {
        assert_eq!(walk("0 0 29 2 *", "2096-03-01 00:00", 1), ["Fri 2104-02-29 00:00"]);
        assert_eq!(walk("0 0 29 2 */7", "2088-03-01 00:00", 1), ["Sun 2128-02-29 00:00"]);
        assert!(walk("0 0 31 2 *", "2026-01-01 00:00", 1).is_empty());
    }

    #[test]
    fn other_dialects_are_refused_with_the_field() {
        for (text, part) in [
            ("0 0 9 * * MON", "here are 6"),
            ("", "here are 0"),
            ("@daily", "0 0 * * *"),
            ("60 * * * *", "`60` in the field minute"),
            ("* 24 * * *", "`24` in the field hour"),
            ("* * 0 * *", "`0` in the field day of month"),
            ("* * * 13 *", "`13` in the field month"),
            ("* * * * 8", "`8` in the field day of week"),
            ("* * L * *", "`L` in the field day of month"),
            ("* * ? * *", "`?` in the field day of month"),
            ("* * * * 5#2", "`5#2` in the field day of week"),
            ("* * * * fri-mon", "runs backwards"),
            ("5/15 * * * *", "a step follows `*` or a range"),
            ("*/0 * * * *", "a step is a whole number"),
            ("1,,2 * * * *", "`` in the field minute"),
            ("+1 * * * *", "`+1` in the field minute"),
        ] {
            let error = CronExpression::parse(text).unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }

    #[test]
    fn real_clock_means_a_star_in_minute_or_hour() {
        for (text, real) in [("* 3 * * *", true), ("0 * * * *", true), ("*/30 3 * * *", true), ("0 3 * * *", false)] {
            assert_eq!(CronExpression::parse(text).unwrap().follows_real_clock(), real, "{text}");
        }
    }

    fn field(least: u32, most: u32) -> impl Strategy<Value = String> {
        let span = (least..=most, least..=most, 1..=12_u32)
            .prop_map(|(a, b, step)| format!("{}-{}/{step}", a.min(b), a.max(b)));
        prop_oneof![Just("*".to_owned()), (least..=most).prop_map(|n| n.to_string()), span]
    }

    /// The same rule for the `cron` crate: seconds first, Sunday is 1, day fields ANDed (so one of them is `*` here).
    fn quartz(minute: &str, hour: &str, day: &str, month: &str, weekdays: Option<&[u32]>) -> cron::Schedule {
        let weekdays = weekdays.map_or("*".to_owned(), |days| {
            days.iter().map(|day| (day % 7 + 1).to_string()).collect::<Vec<_>>().join(",")
        });
        cron::Schedule::from_str(&format!("0 {minute} {hour} {day} {month} {weekdays}")).unwrap()
    }

    proptest! {
        #[test]
        fn agrees_with_the_cron_crate_on_a_clock_without_changes(
            minute in field(0, 59), hour in field(0, 23), day in field(1, 31), month in field(1, 12),
            weekdays in proptest::option::of(proptest::collection::vec(0..=7_u32, 1..4)),
            from in 1_700_000_000_i64..1_900_000_000,
        ) {
            let day = if weekdays.is_some() { "*".to_owned() } else { day };
            let ours = weekdays.as_ref().map_or("*".to_owned(), |days| {
                days.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
            });
            let cadence = Cadence::Cron(CronExpression::parse(&format!("{minute} {hour} {day} {month} {ours}")).unwrap());
            let from = DateTime::from_timestamp(from, 0).unwrap();
            let theirs = quartz(&minute, &hour, &day, &month, weekdays.as_deref());
            // We look sixty years ahead and no further: leap days would end sooner than their twentieth.
            let horizon = from.naive_utc() + chrono::TimeDelta::days(50 * 365);
            let theirs = theirs.after(&from).take(20).map(|at| at.naive_utc());
            let theirs: Vec<_> = theirs.take_while(|at| *at < horizon).collect();
            let after = from.naive_utc() + chrono::TimeDelta::seconds(1);
            let found: Vec<_> = cadence.named_from(after).take(theirs.len()).map(|named| named.local).collect();
            prop_assert_eq!(found, theirs);
        }
    }
}
