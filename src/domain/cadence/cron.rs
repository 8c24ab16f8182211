//! The five fields of crontab(5): minute, hour, day of month, month, day of week. Numbers, names, lists, ranges and steps;
//! 0 and 7 are Sunday; when both day fields are restricted, a day fits when either does. What other dialects add (`L`,
//! `W`, `#`, `?`, seconds, `@daily`) is refused with the reason.

use std::fmt;

use chrono::{Datelike, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

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
