//! Which days a word of today has to serve. Nobody is told on a day off: what falls on one and ends something is told the
//! working day before, what has ended is told on the next working day.

use chrono::{Days as Span, NaiveDate};

/// Today among working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The project's local day.
    pub today: NaiveDate,
    /// The last working day up to today.
    pub since: NaiveDate,
    /// The last day before the next working day.
    pub until: NaiveDate,
}

/// A closure longer than this doesn't hold up anything.
const MOST: u64 = 14;

impl Days {
    /// Of a day, where `is_working` says which days are working days.
    pub fn of(today: NaiveDate, is_working: impl Fn(NaiveDate) -> bool) -> Self {
        let back = (0..=MOST).filter_map(|days| today.checked_sub_days(Span::new(days))).find(|day| is_working(*day));
        let next = (1..=MOST).filter_map(|days| today.checked_add_days(Span::new(days))).find(|day| is_working(*day));
        let until = next.and_then(|day| day.pred_opt()).unwrap_or(today);
        Self { today, since: back.unwrap_or(today), until }
    }

    /// Calendar days left to `last`, as its next word counts them: on Friday those that Sunday would have; once it is over,
    /// those since, as the last working day had them; 0 in between.
    pub fn left_to(&self, last: NaiveDate) -> i64 {
        let (before, after) = ((last - self.until).num_days(), (last - self.since).num_days());
        if before >= 0 { before } else { after.min(0) }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, Weekday};

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect(text)
    }

    fn days(today: &str) -> Days {
        Days::of(day(today), |day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
    }

    #[test]
    fn friday_counts_for_the_weekend_before_the_end_and_not_after_it() {
        // Monday, 1 June 2026.
        assert_eq!(days("2026-06-01").left_to(day("2026-06-08")), 7);
        assert_eq!(days("2026-06-05").left_to(day("2026-06-08")), 1, "Friday speaks for Sunday");
        assert_eq!(days("2026-06-06").left_to(day("2026-06-08")), 1, "and nobody speaks on Saturday");
        assert_eq!(days("2026-06-05").left_to(day("2026-06-06")), 0, "it ends in the middle of the weekend");
        assert_eq!(days("2026-06-06").left_to(day("2026-06-05")), 0, "told on Monday");
        assert_eq!(days("2026-06-08").left_to(day("2026-06-05")), -3);
        let always = Days::of(day("2026-06-06"), |_| true);
        assert_eq!(always.left_to(day("2026-06-05")), -1);
        let never = Days::of(day("2026-06-06"), |_| false);
        assert_eq!((never.since, never.until), (never.today, never.today));
    }
}
