//! Walks the local date-times that a rule names, on a calendar without clock changes.

use chrono::{Datelike, NaiveDateTime, NaiveTime};

use super::{Cadence, NamedDay};

/// A local date-time that a rule names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Named {
    pub local: NaiveDateTime,
    /// The rule asked for a later day, which this month doesn't have.
    pub clamped: bool,
}

/// The longest wait between two firings is forty years (a 29 February that must be a Sunday, round the year 2100).
const MONTHS: i32 = 12 * 60;

impl Cadence {
    /// What the rule names at or after `from`, in order; ends after sixty years.
    pub fn named_from(&self, from: NaiveDateTime) -> impl Iterator<Item = Named> + '_ {
        let first = month_index(from);
        let days = (first..=first + MONTHS).flat_map(|month| self.in_month(month));
        days.skip_while(move |day| day.date < from.date()).flat_map(move |day| {
            let passed = self.times().partition_point(|time| day.date.and_time(*time) < from);
            self.times()[passed..].iter().map(move |time| at(day, *time))
        })
    }

    /// What the rule names at or before `from`, latest first; ends sixty years before.
    pub fn named_back_from(&self, from: NaiveDateTime) -> impl Iterator<Item = Named> + '_ {
        let last = month_index(from);
        let days = (last - MONTHS..=last).rev().flat_map(|month| self.in_month(month).into_iter().rev());
        days.skip_while(move |day| day.date > from.date()).flat_map(move |day| {
            let until = self.times().partition_point(|time| day.date.and_time(*time) <= from);
            self.times()[..until].iter().rev().map(move |time| at(day, *time))
        })
    }

    fn in_month(&self, index: i32) -> Vec<NamedDay> {
        self.days_in_month(index.div_euclid(12), index.rem_euclid(12) as u32 + 1)
    }
}

fn at(day: NamedDay, time: NaiveTime) -> Named {
    Named { local: day.date.and_time(time), clamped: day.clamped }
}

fn month_index(local: NaiveDateTime) -> i32 {
    local.year() * 12 + local.month0() as i32
}
