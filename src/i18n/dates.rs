//! Dates, times and periods in words. All functions take local (civil) time: which instant is which local time is for
//! `zones` to say.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::{Words, places};

impl Words {
    /// `Mon`
    pub fn weekday_short(&self, date: NaiveDate) -> String {
        self.word(&format!("weekday-short-{}", date.weekday().number_from_monday()))
    }

    /// `Monday`
    pub fn weekday_long(&self, date: NaiveDate) -> String {
        self.word(&format!("weekday-long-{}", date.weekday().number_from_monday()))
    }

    /// `Monday` as an object: of "every", "the first".
    pub fn weekday_object(&self, weekday: u8) -> String {
        self.word(&format!("weekday-object-{}", weekday + 1))
    }

    /// `on Monday`; 0 is Monday.
    pub fn weekday_on(&self, weekday: u8) -> String {
        let values = [("weekday", self.weekday_object(weekday).into()), ("day", (u64::from(weekday) + 1).into())];
        self.say("weekday-on", &values)
    }

    /// `08:00`
    pub fn time(&self, time: NaiveTime) -> String {
        self.clock(time.hour(), time.minute())
    }

    /// `10:00`; the hour may be 24.
    pub fn hour(&self, hour: u8) -> String {
        self.clock(hour.into(), 0)
    }

    fn clock(&self, hour: u32, minute: u32) -> String {
        let width = self.0.marks.hour_digits;
        self.say(
            "date-time-of-day",
            &[("hour", format!("{hour:0width$}").into()), ("minute", format!("{minute:02}").into())],
        )
    }

    /// `10:00–12:00`, of whole hours; the end may be 24.
    pub fn hours(&self, from: u8, to: u8) -> String {
        self.say("date-hours", &[("from", self.hour(from).into()), ("to", self.hour(to).into())])
    }

    /// `15 Nov`
    pub fn day_month_short(&self, date: NaiveDate) -> String {
        self.date(date, Length::Short, false)
    }

    /// `15 November`
    pub fn day_month(&self, date: NaiveDate) -> String {
        self.date(date, Length::Long, false)
    }

    /// `15 November 2026`
    pub fn day_month_year(&self, date: NaiveDate) -> String {
        self.date(date, Length::Long, true)
    }

    /// `Monday 23 November`
    pub fn weekday_day_month(&self, date: NaiveDate) -> String {
        self.say(
            "date-weekday-day",
            &[("weekday", self.weekday_long(date).into()), ("day", self.day_month(date).into())],
        )
    }

    /// `Monday, 23 November`, in a form that any preposition of the language may stand before.
    pub fn day_named(&self, date: NaiveDate) -> String {
        let values = [("weekday", self.weekday_long(date).into()), ("day", self.day_month(date).into())];
        self.say("date-named", &values)
    }

    /// The same, short: `Mon 23 November`.
    pub fn day_named_short(&self, date: NaiveDate) -> String {
        let values = [("weekday", self.weekday_short(date).into()), ("day", self.day_month(date).into())];
        self.say("date-named-short", &values)
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
                ("day", self.date(at.date(), Length::Short, true).into()),
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
            self.date(at.date(), Length::Short, true)
        }
    }

    /// Local days, both inside: `9–15 November 2026`, `26 October – 1 November 2026`, `15 November 2026`.
    pub fn days(&self, first: NaiveDate, last: NaiveDate) -> String {
        self.day_span(first, last, Length::Long, true)
    }

    /// The same without the year: `2–8 November`.
    pub fn days_without_year(&self, first: NaiveDate, last: NaiveDate) -> String {
        self.day_span(first, last, Length::Long, first.year() != last.year())
    }

    /// The same, short: `9–15 Nov`.
    pub fn days_short(&self, first: NaiveDate, last: NaiveDate) -> String {
        self.day_span(first, last, Length::Short, first.year() != last.year())
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
        let quarter = first.month0() / 3 + 1;
        self.say("period-quarter", &[("quarter", quarter.into()), ("year", first.year().to_string().into())])
    }

    /// `in November 2026`
    pub fn in_month(&self, first: NaiveDate) -> String {
        let month = self.word(&format!("month-in-{}", first.month()));
        self.say("when-in-month", &[("month", month.into()), ("year", first.year().to_string().into())])
    }

    /// `in quarter 4 of 2026`
    pub fn in_quarter(&self, first: NaiveDate) -> String {
        let quarter = first.month0() / 3 + 1;
        self.say("when-in-quarter", &[("quarter", quarter.into()), ("year", first.year().to_string().into())])
    }

    /// `in 2026`
    pub fn in_year(&self, first: NaiveDate) -> String {
        self.say("when-in-year", &[("year", first.year().to_string().into())])
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
            Some((_, place)) => {
                let city = places::city(name, self.0.tag).map_or_else(|| place.replace('_', " "), str::to_owned);
                self.say("zone-place", &[("place", city.into())])
            }
            None => name.to_owned(),
        }
    }

    fn date(&self, date: NaiveDate, length: Length, with_year: bool) -> String {
        let (month, ids) = match length {
            Length::Long => ("long", ["date-day-month", "date-day-month-year"]),
            Length::Short => ("short", ["date-day-month-short", "date-day-month-year-short"]),
        };
        let month = self.word(&format!("month-{month}-{}", date.month()));
        let mut values = vec![("day", date.day().to_string().into()), ("month", month.into())];
        if with_year {
            values.push(("year", date.year().to_string().into()));
        }
        self.say(ids[usize::from(with_year)], &values)
    }

    fn day_span(&self, first: NaiveDate, last: NaiveDate, length: Length, with_year: bool) -> String {
        if first >= last {
            return self.date(first, length, with_year);
        }
        let end = self.date(last, length, with_year);
        if (first.year(), first.month()) == (last.year(), last.month()) {
            self.say("date-span-in-month", &[("from", first.day().to_string().into()), ("to", end.into())])
        } else {
            let from = self.date(first, length, first.year() != last.year());
            self.say("date-span", &[("from", from.into()), ("to", end.into())])
        }
    }
}

/// How a month is written.
#[derive(Clone, Copy)]
enum Length {
    Long,
    Short,
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
