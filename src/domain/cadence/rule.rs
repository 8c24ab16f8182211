//! A rule with what decides about its dates: the calendar of the project, and what happens on days off.
//!
//! An occurrence on a day off keeps its name. It fires as named, not at all, or on the next date on which somebody works;
//! what meets there at one time of day is one firing, under the latest of the names, and tells the periods of all.

use chrono::NaiveDate;

use super::{Cadence, Weekday};
use crate::domain::calendar::Calendar;
use crate::domain::schedule::OnDayOff;

/// A day off that is followed by more days off than this isn't moved: its calendar has no working day in reach.
const FARTHEST_DAYS: usize = 400;

/// When a schedule fires, as far as wall clocks and dates decide it.
#[derive(Clone, Copy, Debug)]
pub struct Rule<'a> {
    pub cadence: &'a Cadence,
    /// `None`: somebody works from Monday to Friday.
    pub calendar: Option<&'a Calendar>,
    pub on_day_off: OnDayOff,
}

impl<'a> From<&'a Cadence> for Rule<'a> {
    fn from(cadence: &'a Cadence) -> Self {
        Self { cadence, calendar: None, on_day_off: OnDayOff::Send }
    }
}

impl Rule<'_> {
    /// Whether somebody works on that date.
    pub fn is_business_day(&self, date: NaiveDate) -> bool {
        self.calendar.map_or_else(|| Weekday::of(date).is_business_day(), |calendar| calendar.is_business_day(date))
    }

    /// The date on which it fires what it names for `date`.
    pub(super) fn moved(&self, date: NaiveDate) -> NaiveDate {
        if self.on_day_off != OnDayOff::NextWorkingDay {
            return date;
        }
        date.iter_days().take(FARTHEST_DAYS).find(|date| self.is_business_day(*date)).unwrap_or(date)
    }

    /// The earliest date whose occurrences may fire on `date` or later.
    pub(super) fn earliest_for(&self, date: NaiveDate) -> NaiveDate {
        if self.on_day_off != OnDayOff::NextWorkingDay {
            return date;
        }
        let before = std::iter::successors(date.pred_opt(), NaiveDate::pred_opt);
        before.take(FARTHEST_DAYS).take_while(|date| !self.is_business_day(*date)).last().unwrap_or(date)
    }

    /// Whether what it names for `date` doesn't fire.
    pub(super) fn skips(&self, date: NaiveDate) -> bool {
        self.on_day_off == OnDayOff::Skip && !self.is_business_day(date)
    }
}
