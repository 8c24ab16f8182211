//! The rule of a schedule: how often, on which days, at which local times. This file is the vocabulary; walking a rule
//! along the calendar is in `zones::firing`, because only `zones` knows what a wall clock shows when.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

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

    /// Reads the three letters, in either case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|day| day.name().eq_ignore_ascii_case(text))
    }
}

/// One choice of a day inside a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MonthDay {
    /// 1 to 31; what happens in a shorter month is [`ShortMonth`].
    Day(u8),
    Last,
    /// Monday to Friday until a calendar says otherwise.
    LastBusinessDay,
    /// The nth (1 to 5) such weekday; a month without a fifth has none. `-1` is the last.
    NthWeekday {
        nth: i8,
        weekday: Weekday,
    },
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
    /// Monday to Friday until a calendar says otherwise.
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
    /// Five fields as in crontab(5), as written.
    Cron(String),
}
