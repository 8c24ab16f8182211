//! Quiet hours: spans of a contact's week in which nothing goes to them but what is critical. Wall-clock times in the contact's
//! own zone; what waits goes at the end of the span.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use super::cadence::Weekday;

/// A contact's quiet hours: one span for each weekday on which it begins. A span whose end isn't after its start ends on the next
/// day; one that ends when it starts is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    /// Monday first; `None`: no span begins on that day.
    pub days: [Option<Span>; 7],
}

/// From one wall-clock time to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub from: NaiveTime,
    pub to: NaiveTime,
}

impl Span {
    /// Whether it is no span at all: it ends when it starts.
    pub fn is_off(self) -> bool {
        self.from == self.to
    }

    /// When it begins and ends that begins on this date.
    fn on(self, date: NaiveDate) -> Option<(NaiveDateTime, NaiveDateTime)> {
        if self.is_off() {
            return None;
        }
        let last = if self.to > self.from { date } else { date.succ_opt()? };
        Some((date.and_time(self.from), last.and_time(self.to)))
    }
}

impl QuietHours {
    /// Whether no span is left.
    pub fn is_off(&self) -> bool {
        self.days.iter().flatten().all(|span| span.is_off())
    }

    /// The spans that begin on the day before `date`, on it, or on the day after, by the wall clock, in order.
    pub fn around(&self, date: NaiveDate) -> Vec<(NaiveDateTime, NaiveDateTime)> {
        let days = [date.pred_opt(), Some(date), date.succ_opt()];
        days.into_iter().flatten().filter_map(|day| self.days[usize::from(Weekday::of(day).index())]?.on(day)).collect()
    }
}
