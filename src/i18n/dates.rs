//! Dates, times and periods in words. All functions take local (civil) time: which instant is which local time is for
//! `zones` to say.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::Words;

impl Words {
    /// `Mon`
    pub fn weekday_short(&self, date: NaiveDate) -> String {
        self.word(&format!("weekday-short-{}", date.weekday().number_from_monday()))
    }

    /// `Monday`
    pub fn weekday_long(&self, date: NaiveDate) -> String {
        self.word(&format!("weekday-long-{}", date.weekday().number_from_monday()))
    }

    /// `08:00`
    pub fn time(&self, time: NaiveTime) -> String {
        self.say(
            "date-time-of-day",
            &[("hour", format!("{:02}", time.hour()).into()), ("minute", format!("{:02}", time.minute()).into())],
        )
    }

    /// `10:00–12:00`, of whole hours; the end may be 24.
    pub fn hours(&self, from: u8, to: u8) -> String {
        self.say("date-hours", &[("from", format!("{from:02}:00").into()), ("to", format!("{to:02}:00").into())])
    }

    /// `15 Nov`
    pub fn day_month_short(&self, date: NaiveDate) -> String {
        self.date("date-day-month", date, "short")
    }

    /// `15 November`
    pub fn day_month(&self, date: NaiveDate) -> String {
        self.date("date-day-month", date, "long")
    }

    /// `15 November 2026`
    pub fn day_month_year(&self, date: NaiveDate) -> String {
        self.date("date-day-month-year", date, "long")
    }

    /// `Monday 23 November`
    pub fn weekday_day_month(&self, date: NaiveDate) -> String {
        self.say(
            "date-weekday-day",
            &[("weekday", self.weekday_long(date).into()), ("day", self.day_month(date).into())],
        )
    }

    /// `Sun 15 Nov 17:40`
    pub fn moment(&self, at: NaiveDateTime) -> String {
        self.say(
            "date-moment",
            &[
                ("weekday", self.weekday_short(at.date()).into()),
                ("day", self.day_month_short(at.date()).into()),
                ("time", self.time(at.time()).into()),
            ],
        )
    }

    /// The same with its year: `Fri 27 Mar 2026 17:40`.
    pub fn moment_year(&self, at: NaiveDateTime) -> String {
        self.say(
            "date-moment",
            &[
                ("weekday", self.weekday_short(at.date()).into()),
                ("day", self.date("date-day-month-year", at.date(), "short").into()),
                ("time", self.time(at.time()).into()),
            ],
        )
    }

    /// `Tue 10:12`: within a week of `near` the weekday is enough; else `27 Oct 10:12`, in another year `27 Oct 2025`.
    pub fn moment_near(&self, at: NaiveDateTime, near: NaiveDate) -> String {
        let days = near.signed_duration_since(at.date()).num_days();
        let time = self.time(at.time());
        if (0..7).contains(&days) {
            let weekday = self.weekday_short(at.date());
            self.say("date-day-time", &[("day", weekday.into()), ("time", time.into())])
        } else if at.year() == near.year() || days.abs() < 180 {
            let day = self.day_month_short(at.date());
            self.say("date-day-time", &[("day", day.into()), ("time", time.into())])
        } else {
            self.date("date-day-month-year", at.date(), "short")
        }
    }

    /// Local days, both inside: `9–15 November 2026`, `26 October – 1 November 2026`, `15 November 2026`.
    pub fn days(&self, first: NaiveDate, last: NaiveDate) -> String {
        self.day_span(first, last, "long", true)
    }

    /// The same without the year: `2–8 November`.
    pub fn days_without_year(&self, first: NaiveDate, last: NaiveDate) -> String {
        self.day_span(first, last, "long", first.year() != last.year())
    }

    /// The same, short: `9–15 Nov`.
    pub fn days_short(&self, first: NaiveDate, last: NaiveDate) -> String {
        self.day_span(first, last, "short", first.year() != last.year())
    }

    /// `Week of 9–15 November 2026`
    pub fn week(&self, first: NaiveDate, last: NaiveDate) -> String {
        self.say("period-week", &[("days", self.days(first, last).into())])
    }

    /// `November 2026`
    pub fn month(&self, first: NaiveDate) -> String {
        let month = self.word(&format!("month-alone-{}", first.month()));
        self.say("period-month", &[("month", month.into()), ("year", first.year().to_string().into())])
    }

    /// `Quarter 4, 2026`
    pub fn quarter(&self, first: NaiveDate) -> String {
        let quarter = (first.month0() / 3 + 1).to_string();
        self.say("period-quarter", &[("quarter", quarter.into()), ("year", first.year().to_string().into())])
    }

    /// `2026`
    pub fn year(&self, first: NaiveDate) -> String {
        self.say("period-year", &[("year", first.year().to_string().into())])
    }

    /// A span that isn't whole days: `Mon 16 Nov 08:00 – Mon 16 Nov 12:00`, on one day `Mon 16 Nov 08:00–12:00`.
    pub fn moments(&self, from: NaiveDateTime, to: NaiveDateTime) -> String {
        if from.date() == to.date() {
            let values = [("from", self.moment(from).into()), ("to", self.time(to.time()).into())];
            self.say("period-moments-one-day", &values)
        } else {
            self.say("period-moments", &[("from", self.moment(from).into()), ("to", self.moment(to).into())])
        }
    }

    /// A zone as a place: `Kyiv time` for `Europe/Kyiv`; `UTC` and fixed offsets stay as they are.
    pub fn zone(&self, name: &str) -> String {
        match name.rsplit_once('/') {
            Some(("Etc", offset)) => offset.to_owned(),
            Some((_, place)) => self.say("zone-place", &[("place", place.replace('_', " ").into())]),
            None => name.to_owned(),
        }
    }

    fn date(&self, id: &str, date: NaiveDate, length: &str) -> String {
        let month = self.word(&format!("month-{length}-{}", date.month()));
        let mut values = vec![("day", date.day().to_string().into()), ("month", month.into())];
        if id.ends_with("year") {
            values.push(("year", date.year().to_string().into()));
        }
        self.say(id, &values)
    }

    fn day_span(&self, first: NaiveDate, last: NaiveDate, length: &str, with_year: bool) -> String {
        let id = if with_year { "date-day-month-year" } else { "date-day-month" };
        let end = self.date(id, last, length);
        if first >= last {
            self.date(id, first, length)
        } else if (first.year(), first.month()) == (last.year(), last.month()) {
            self.say("date-span-in-month", &[("from", first.day().to_string().into()), ("to", end.into())])
        } else {
            let id = if first.year() == last.year() { "date-day-month" } else { "date-day-month-year" };
            self.say("date-span", &[("from", self.date(id, first, length).into()), ("to", end.into())])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn spans_of_days_share_what_they_have_in_common() {
        let words = Words::of("en");
        assert_eq!(words.week(day("2026-11-09"), day("2026-11-15")), "Week of 9–15 November 2026");
        assert_eq!(words.days(day("2026-10-26"), day("2026-11-01")), "26 October – 1 November 2026");
        assert_eq!(words.days(day("2025-12-29"), day("2026-01-04")), "29 December 2025 – 4 January 2026");
        assert_eq!(words.days_without_year(day("2026-11-02"), day("2026-11-08")), "2–8 November");
        assert_eq!(words.days_short(day("2026-11-09"), day("2026-11-15")), "9–15 Nov");
        assert_eq!(words.days_short(day("2026-11-15"), day("2026-11-15")), "15 Nov");
        assert_eq!(words.month(day("2026-11-01")), "November 2026");
        assert_eq!(words.quarter(day("2026-10-01")), "Quarter 4, 2026");
    }

    #[test]
    fn moments_say_no_more_than_needed() {
        let words = Words::of("en");
        let at = day("2026-11-15").and_hms_opt(17, 40, 0).expect("a time");
        assert_eq!(words.moment(at), "Sun 15 Nov 17:40");
        assert_eq!(words.moment_near(at, day("2026-11-16")), "Sun 17:40");
        assert_eq!(words.moment_near(at, day("2026-11-30")), "15 Nov 17:40");
        assert_eq!(words.moment_near(at, day("2027-11-30")), "15 Nov 2026");
        assert_eq!(words.weekday_day_month(day("2026-11-23")), "Monday 23 November");
        assert_eq!(words.hours(10, 12), "10:00–12:00");
    }

    #[test]
    fn zones_are_places() {
        let words = Words::of("en");
        assert_eq!(words.zone("Europe/Kyiv"), "Kyiv time");
        assert_eq!(words.zone("America/Argentina/Buenos_Aires"), "Buenos Aires time");
        assert_eq!(words.zone("Etc/UTC"), "UTC");
        assert_eq!(words.zone("UTC"), "UTC");
    }
}
