//! Which dates of a month a rule names. One month at a time is enough for every rule, forwards and backwards, and no
//! rule needs state: a day is named or it isn't.

use chrono::{Datelike, NaiveDate};

use super::{Cadence, Every, MonthDay, QuarterDay, Rule, ShortMonth, Weekday};

/// A date that a rule names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NamedDay {
    pub date: NaiveDate,
    /// The rule asked for a later day, which this month doesn't have.
    pub clamped: bool,
}

impl Cadence {
    /// The dates of that month that the rule names where Monday to Friday are worked.
    pub fn days_in_month(&self, year: i32, month: u32) -> Vec<NamedDay> {
        Rule::from(self).days_in_month(year, month)
    }
}

impl Rule<'_> {
    /// The dates of that month that the rule names, in order, each once. `month` is 1 to 12.
    pub fn days_in_month(&self, year: i32, month: u32) -> Vec<NamedDay> {
        let Some(first) = NaiveDate::from_ymd_opt(year, month, 1) else { return Vec::new() };
        let month = Month { first, days: first.num_days_in_month().into(), rule: self };
        let mut named = match self.cadence {
            Cadence::Cron(expression) => month.filter(|date| expression.names_day(date)),
            Cadence::Calendar { every, short_month, .. } => month.named_by(every, *short_month),
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

struct Month<'a> {
    first: NaiveDate,
    days: u32,
    rule: &'a Rule<'a>,
}

impl Month<'_> {
    fn named_by(&self, every: &Every, short_month: ShortMonth) -> Vec<NamedDay> {
        let number = self.first.month();
        match every {
            Every::Day => self.filter(|_| true),
            Every::Weekday => self.business_days(),
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
            MonthDay::NthBusinessDay(nth) => self.business_days().get(usize::from(nth).checked_sub(1)?).copied(),
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

    fn business_days(&self) -> Vec<NamedDay> {
        self.filter(|date| self.rule.is_business_day(date))
    }

    fn last_business_day(&self) -> Option<NamedDay> {
        self.business_days().pop()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cadence::{Words, parse};

    fn named(every: &str, on: &str, short_month: Option<&str>, year: i32, month: u32) -> Vec<String> {
        let words = Words {
            every: Some(every.to_owned()),
            on: if on.is_empty() { Vec::new() } else { vec![on.to_owned()] },
            at: vec!["08:00".to_owned()],
            short_month: short_month.map(str::to_owned),
            cron: None,
        };
        let days = parse(&words, Weekday::Mon).unwrap().days_in_month(year, month);
        days.iter().map(|day| format!("{}{}", day.date.day(), if day.clamped { "!" } else { "" })).collect()
    }

    #[test]
    fn days_of_months() {
        assert_eq!(named("month", "31", None, 2026, 6), ["30!"]);
        assert_eq!(named("month", "29", None, 2026, 2), ["28!"]);
        assert_eq!(named("month", "29", None, 2028, 2), ["29"]);
        assert!(named("month", "31", Some("skip"), 2026, 6).is_empty());
        assert_eq!(named("month", "30,31", None, 2026, 6), ["30!"], "two days that fall on one are one");
        assert_eq!(named("month", "15,last,1", None, 2026, 2), ["1", "15", "28"]);
        assert_eq!(named("month", "last-business-day", None, 2026, 5), ["29"]);
        assert_eq!(named("month", "last-business-day", None, 2026, 6), ["30"]);
        assert_eq!(named("month", "first-business-day", None, 2026, 8), ["3"]);
        assert_eq!(named("month", "third business day,10th-business-day", None, 2026, 8), ["5", "14"]);
        assert!(named("month", "23rd-business-day", None, 2026, 8).is_empty());
        assert_eq!(named("month", "first mon", None, 2026, 6), ["1"]);
        assert_eq!(named("month", "last sun", None, 2026, 5), ["31"]);
        assert_eq!(named("month", "fifth mon", None, 2026, 6), ["29"]);
        assert!(named("month", "fifth mon", None, 2026, 5).is_empty());
    }

    #[test]
    fn days_of_weeks_quarters_and_years() {
        assert_eq!(named("week", "mon,thu", None, 2026, 2), ["2", "5", "9", "12", "16", "19", "23", "26"]);
        assert_eq!(named("weekday", "", None, 2026, 2).len(), 20);
        assert_eq!(named("day", "", None, 2028, 2).len(), 29);
        assert_eq!(named("quarter", "", None, 2026, 4), ["1"]);
        assert!(named("quarter", "", None, 2026, 5).is_empty());
        assert_eq!(named("quarter", "2-31", None, 2026, 2), ["28!"]);
        assert_eq!(named("quarter", "2-31", None, 2026, 5), ["31"]);
        assert_eq!(named("quarter", "last", None, 2026, 9), ["30"]);
        assert_eq!(named("quarter", "last-business-day", None, 2027, 12), ["31"]);
        assert_eq!(named("year", "02-29", None, 2026, 2), ["28!"]);
        assert!(named("year", "02-29", Some("skip"), 2026, 2).is_empty());
        assert_eq!(named("year", "02-29", Some("skip"), 2028, 2), ["29"]);
    }
}
