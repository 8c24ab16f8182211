//! The rule of a schedule: how often, on which days, at which local times. This file is the vocabulary; `parse` reads the
//! words that people write, `rule` adds the calendar and what happens on days off, `days` says which dates of a month a rule names, `walk`
//! goes along them, `cron` is the five-field form. Which instant
//! a named local time is, is in `zones::firing`, because only `zones` knows what a wall clock shows when.

mod cron;
mod days;
mod parse;
mod rule;
mod walk;

use std::fmt;

use chrono::{Datelike, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

pub use cron::{CronExpression, InvalidCron};
pub use days::NamedDay;
pub use parse::{WordProblem, Words, parse};
pub use rule::Rule;
pub use walk::Named;

/// A day of the week, Monday first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Weekday {
    /// All seven, Monday first.
    pub const ALL: [Self; 7] = [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];

    /// 0 for Monday to 6 for Sunday.
    pub const fn index(self) -> u8 {
        self as u8
    }

    /// The inverse of [`Weekday::index`], modulo seven.
    pub const fn from_index(index: u8) -> Self {
        Self::ALL[(index % 7) as usize]
    }

    /// The three letters that people write: `mon`.
    pub const fn name(self) -> &'static str {
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][self as usize]
    }

    /// Reads the three letters or the whole English name, in either case.
    pub fn parse(text: &str) -> Option<Self> {
        const WHOLE: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let is_named = |day: &Self| {
            day.name().eq_ignore_ascii_case(text) || WHOLE[day.index() as usize].eq_ignore_ascii_case(text)
        };
        Self::ALL.into_iter().find(is_named)
    }

    /// The weekday of a date.
    pub fn of(date: NaiveDate) -> Self {
        Self::from_index(date.weekday().num_days_from_monday() as u8)
    }

    /// Monday to Friday.
    pub const fn is_business_day(self) -> bool {
        !matches!(self, Self::Sat | Self::Sun)
    }
}

/// One choice of a day inside a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MonthDay {
    /// 1 to 31; what happens in a shorter month is [`ShortMonth`].
    Day(u8),
    Last,
    /// The last on which somebody works: by the project's calendar, else Monday to Friday.
    LastBusinessDay,
    /// The nth (1 to 5) such weekday; a month without a fifth has none. `-1` is the last.
    NthWeekday {
        nth: i8,
        weekday: Weekday,
    },
    /// The nth (1 to 23) on which somebody works; a month with fewer has none.
    NthBusinessDay(u8),
}

/// One choice of a day inside a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuarterDay {
    /// `M-DD`: month 1 to 3 of the quarter, day 1 to 31.
    MonthDay {
        month: u8,
        day: u8,
    },
    Last,
    LastBusinessDay,
}

/// How often a rule fires and on which days.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Every {
    Day,
    /// The days on which somebody works: by the project's calendar, else Monday to Friday.
    Weekday,
    /// Never empty, sorted.
    Week(Vec<Weekday>),
    /// Never empty, sorted.
    Month(Vec<MonthDay>),
    /// Never empty, sorted.
    Quarter(Vec<QuarterDay>),
    /// `(month, day)`; never empty, sorted.
    Year(Vec<(u8, u8)>),
}

/// What day 29 to 31 means in a month that has fewer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShortMonth {
    /// The month's last day.
    #[default]
    Clamp,
    /// No firing in that month.
    Skip,
}

/// A rule as people chose it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cadence {
    Calendar {
        every: Every,
        /// Local times of day; never empty, sorted, whole minutes.
        at: Vec<NaiveTime>,
        short_month: ShortMonth,
    },
    /// Five fields as in crontab(5).
    Cron(CronExpression),
}

impl Cadence {
    /// The local times of day it fires at, sorted.
    pub fn times(&self) -> &[NaiveTime] {
        match self {
            Self::Calendar { at, .. } => at,
            Self::Cron(expression) => expression.times(),
        }
    }

    /// Whether it reports whole months or years and names a day that some of them don't have: those go untold.
    pub fn leaves_units_out(&self) -> bool {
        let Self::Calendar { every, at, short_month } = self else { return false };
        let skips = *short_month == ShortMonth::Skip;
        at.len() == 1
            && match every {
                Every::Month(days) => match days.as_slice() {
                    [MonthDay::Day(day)] => *day > 28 && skips,
                    [MonthDay::NthWeekday { nth, .. }] => *nth > 4,
                    // February may have twenty, and days off take from them.
                    [MonthDay::NthBusinessDay(nth)] => *nth > 18,
                    _ => false,
                },
                Every::Year(days) => days.as_slice() == [(2, 29)] && skips,
                _ => false,
            }
    }

    /// Whether it follows the real clock instead of naming fixed local times: both passes of a repeated hour, nothing in
    /// a skipped one. So do cron expressions with `*` in minute or hour.
    pub fn follows_real_clock(&self) -> bool {
        match self {
            Self::Calendar { .. } => false,
            Self::Cron(expression) => expression.follows_real_clock(),
        }
    }
}

/// The rule in words: `every week on mon, thu at 09:00`.
impl fmt::Display for Cadence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (every, at, short_month) = match self {
            Self::Cron(expression) => return write!(f, "cron {expression}"),
            Self::Calendar { every, at, short_month } => (every, at, short_month),
        };
        write!(f, "every {}", every.name())?;
        let days = every.days_in_words();
        if !days.is_empty() {
            write!(f, " on {}", days.join(", "))?;
        }
        let times: Vec<String> = at.iter().map(|time| time.format("%H:%M").to_string()).collect();
        write!(f, " at {}", times.join(", "))?;
        if *short_month == ShortMonth::Skip { f.write_str(", not in short months") } else { Ok(()) }
    }
}

impl Every {
    /// The word that people write: `week`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Weekday => "weekday",
            Self::Week(_) => "week",
            Self::Month(_) => "month",
            Self::Quarter(_) => "quarter",
            Self::Year(_) => "year",
        }
    }

    /// The days as `on` takes them; empty where there is no choice.
    pub fn days_in_words(&self) -> Vec<String> {
        match self {
            Self::Day | Self::Weekday => Vec::new(),
            Self::Week(days) => days.iter().map(|day| day.name().to_owned()).collect(),
            Self::Month(days) => days.iter().map(MonthDay::to_string).collect(),
            Self::Quarter(days) => days.iter().map(QuarterDay::to_string).collect(),
            Self::Year(days) => days.iter().map(|(month, day)| format!("{month:02}-{day:02}")).collect(),
        }
    }
}

/// As `on` takes it: `15`, `last`, `first mon`, `third-business-day`.
impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Last => f.write_str("last"),
            Self::LastBusinessDay => f.write_str("last-business-day"),
            Self::NthWeekday { nth, weekday } => write!(f, "{} {}", parse::ordinal(*nth), weekday.name()),
            Self::NthBusinessDay(nth @ 1..=5) => write!(f, "{}-business-day", parse::ordinal(*nth as i8)),
            Self::NthBusinessDay(nth @ (21..=23)) => {
                write!(f, "{nth}{}-business-day", ["st", "nd", "rd"][usize::from(nth - 21)])
            }
            Self::NthBusinessDay(nth) => write!(f, "{nth}th-business-day"),
        }
    }
}

/// As `on` takes it: `2-15`, `last`.
impl fmt::Display for QuarterDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MonthDay { month, day } => write!(f, "{month}-{day:02}"),
            Self::Last => f.write_str("last"),
            Self::LastBusinessDay => f.write_str("last-business-day"),
        }
    }
}
