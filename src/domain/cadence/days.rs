//! Which dates of a month a rule names. One month at a time is enough for every rule, forwards and backwards, and no
//! rule needs state: a day is named or it isn't.

use chrono::{Datelike, Days, NaiveDate};

use super::{Cadence, Every, MonthDay, QuarterDay, ShortMonth, Weekday};

/// A date that a rule names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NamedDay {
    pub date: NaiveDate,
    /// The rule asked for a later day, which this month doesn't have.
    pub clamped: bool,
}

impl Cadence {
    /// The dates of that month that the rule names, in order, each once. `month` is 1 to 12.
    pub fn days_in_month(&self, year: i32, month: u32) -> Vec<NamedDay> {
        let Some(first) = NaiveDate::from_ymd_opt(year, month, 1) else { return Vec::new() };
        let month = Month { first, days: days_in(first) };
        let mut named = match self {
            Self::Cron(expression) => month.filter(|date| expression.names_day(date)),
            Self::Calendar { every, short_month, .. } => month.named_by(every, *short_month),
        };
        named.sort_unstable();
        named.dedup_by(|later, kept| {
            let same = later.date == kept.date;
            kept.clamped |= same && later.clamped;
            same
        });
        named
    }
}

struct Month {
    first: NaiveDate,
    days: u32,
}

impl Month {
    fn named_by(&self, every: &Every, short_month: ShortMonth) -> Vec<NamedDay> {
        let number = self.first.month();
        match every {
            Every::Day => self.filter(|_| true),
            Every::Weekday => self.filter(|date| Weekday::of(date).is_business_day()),
            Every::Week(days) => self.filter(|date| days.contains(&Weekday::of(date))),
            Every::Month(days) => days.iter().filter_map(|day| self.month_day(*day, short_month)).collect(),
            Every::Quarter(days) => {
                let of_quarter = (number - 1) % 3 + 1;
                days.iter().filter_map(|day| self.quarter_day(*day, of_quarter, short_month)).collect()
            }
            Every::Year(days) => days
                .iter()
                .filter(|(month, _)| u32::from(*month) == number)
                .filter_map(|(_, day)| self.numbered(*day, short_month))
                .collect(),
        }
    }

    fn month_day(&self, day: MonthDay, short_month: ShortMonth) -> Option<NamedDay> {
        match day {
            MonthDay::Day(day) => self.numbered(day, short_month),
            MonthDay::Last => self.day(self.days),
            MonthDay::LastBusinessDay => self.last_business_day(),
            MonthDay::NthWeekday { nth, weekday } => self.nth_weekday(nth, weekday),
        }
    }

    fn quarter_day(&self, day: QuarterDay, of_quarter: u32, short_month: ShortMonth) -> Option<NamedDay> {
        match day {
            QuarterDay::MonthDay { month, day } if u32::from(month) == of_quarter => self.numbered(day, short_month),
            QuarterDay::Last if of_quarter == 3 => self.day(self.days),
            QuarterDay::LastBusinessDay if of_quarter == 3 => self.last_business_day(),
            _ => None,
        }
    }

    fn numbered(&self, day: u8, short_month: ShortMonth) -> Option<NamedDay> {
        let day = u32::from(day);
        match short_month {
            _ if day <= self.days => self.day(day),
            ShortMonth::Clamp => Some(NamedDay { clamped: true, ..self.day(self.days)? }),
            ShortMonth::Skip => None,
        }
    }

    fn last_business_day(&self) -> Option<NamedDay> {
        (1..=self.days).rev().filter_map(|day| self.day(day)).find(|day| Weekday::of(day.date).is_business_day())
    }

    fn nth_weekday(&self, nth: i8, weekday: Weekday) -> Option<NamedDay> {
        let mut such = self.filter(|date| Weekday::of(date) == weekday);
        match nth {
            -1 => such.pop(),
            1.. => such.get(nth as usize - 1).copied(),
            _ => None,
        }
    }

    fn filter(&self, wanted: impl Fn(NaiveDate) -> bool) -> Vec<NamedDay> {
        self.first
            .iter_days()
            .take(self.days as usize)
            .filter(|date| wanted(*date))
            .map(|date| NamedDay { date, clamped: false })
            .collect()
    }

    fn day(&self, day: u32) -> Option<NamedDay> {
        self.first.with_day(day).map(|date| NamedDay { date, clamped: false })
    }
}

fn days_in(first: NaiveDate) -> u32 {
    let next = first + Days::new(31);
    31 - (next.day() - 1)
}
