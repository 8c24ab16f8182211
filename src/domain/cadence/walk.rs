//! Walks the local date-times that a rule names, on a wall clock without changes, in the order in which they fire.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::{Cadence, NamedDay, Rule};

/// A local date-time at which a rule fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Named {
    /// When it fires: that of `local`, on another date when `local` was on a day off.
    pub shown: NaiveDateTime,
    /// What the rule names: the latest, where several meet.
    pub local: NaiveDateTime,
    /// The first of the dates that meet; that of `local` when it is alone.
    pub since: NaiveDate,
    /// The rule asked for a later day, which this month doesn't have.
    pub clamped: bool,
    /// It isn't sent, because `local` is on a day off.
    pub skipped: bool,
}

impl Named {
    /// Whether a day off has to do with it.
    pub fn meets_day_off(&self) -> bool {
        self.skipped || self.shown.date() != self.since
    }
}

/// The longest wait between two firings is forty years (a 29 February that must be a Sunday, round the year 2100).
const MONTHS: i32 = 12 * 60;

impl Cadence {
    /// What the rule names at or after `from`, in order, whatever the calendar; ends after sixty years.
    pub fn named_from(&self, from: NaiveDateTime) -> impl Iterator<Item = Named> + '_ {
        Rule::from(self).named_from(from)
    }
}

impl<'a> Rule<'a> {
    /// What fires at or after `from`, in order; ends after sixty years.
    pub fn named_from(self, from: NaiveDateTime) -> impl Iterator<Item = Named> + 'a {
        let begin = self.earliest_for(from.date());
        let first = month_index(begin);
        let days = (first..=first + MONTHS).flat_map(move |month| self.in_month(month));
        let days = days.skip_while(move |day| day.date < begin);
        self.meetings(days).skip_while(move |meeting| meeting.fires < from.date()).flat_map(move |meeting| {
            let times = self.cadence.times();
            let passed = times.partition_point(|time| meeting.fires.and_time(*time) < from);
            times[passed..].iter().map(move |time| meeting.at(*time))
        })
    }

    /// What fires at or before `from`, latest first; ends sixty years before.
    pub fn named_back_from(self, from: NaiveDateTime) -> impl Iterator<Item = Named> + 'a {
        let last = month_index(from.date());
        let days = (last - MONTHS..=last).rev().flat_map(move |month| self.in_month(month).into_iter().rev());
        let days = days.skip_while(move |day| day.date > from.date());
        self.meetings(days).skip_while(move |meeting| meeting.fires > from.date()).flat_map(move |meeting| {
            let times = self.cadence.times();
            let until = times.partition_point(|time| meeting.fires.and_time(*time) <= from);
            times[..until].iter().rev().map(move |time| meeting.at(*time))
        })
    }

    /// Days in a row, forwards or backwards, that fire on one date are one.
    fn meetings(self, days: impl Iterator<Item = NamedDay> + 'a) -> impl Iterator<Item = Meeting> + 'a {
        let mut days = days.map(move |day| Meeting::of(&self, day)).peekable();
        std::iter::from_fn(move || {
            let mut meeting = days.next()?;
            while let Some(other) = days.next_if(|other| other.fires == meeting.fires) {
                meeting.add(other);
            }
            Some(meeting)
        })
    }

    fn in_month(&self, index: i32) -> Vec<NamedDay> {
        self.days_in_month(index.div_euclid(12), index.rem_euclid(12) as u32 + 1)
    }
}

/// Named days that fire on one date.
#[derive(Clone, Copy)]
struct Meeting {
    fires: NaiveDate,
    since: NaiveDate,
    latest: NamedDay,
    skipped: bool,
}

impl Meeting {
    fn of(rule: &Rule<'_>, day: NamedDay) -> Self {
        Self { fires: rule.moved(day.date), since: day.date, latest: day, skipped: rule.skips(day.date) }
    }

    fn add(&mut self, other: Self) {
        self.since = self.since.min(other.since);
        self.latest = self.latest.max(other.latest);
    }

    fn at(self, time: chrono::NaiveTime) -> Named {
        let Self { fires, since, latest, skipped } = self;
        let local = latest.date.and_time(time);
        Named { shown: fires.and_time(time), local, since, clamped: latest.clamped, skipped }
    }
}

fn month_index(date: NaiveDate) -> i32 {
    date.year() * 12 + date.month0() as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cadence::{Weekday, Words, parse};
    use crate::domain::calendar::{Calendar, DayOff, ExtraDay, Shift};
    use crate::domain::ids::CalendarId;
    use crate::domain::schedule::OnDayOff;

    /// Monday to Friday; 24 to 26 December 2026 and 1 January 2027 off; Saturday 19 December worked.
    fn calendar() -> Calendar {
        let date = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let day = || vec![Shift::parse("09:00-18:00").expect("hours")];
        let off = |from: &str, to: &str| DayOff { from: date(from), to: date(to), name: "off".into(), source: None };
        Calendar::new(
            CalendarId::parse("office").expect("an id"),
            "Office".into(),
            None,
            [day(), day(), day(), day(), day(), vec![], vec![]],
            vec![off("2026-12-24", "2026-12-26"), off("2027-01-01", "2027-01-01")],
            vec![ExtraDay { date: date("2026-12-19"), hours: day() }],
        )
    }

    /// `named -> shown` of what fires from a date on.
    fn walk(every: &str, on: &str, at: &str, on_day_off: OnDayOff, from: &str, count: usize) -> Vec<String> {
        let on = if on.is_empty() { vec![] } else { vec![on.to_owned()] };
        let words = Words { every: Some(every.into()), on, at: vec![at.into()], ..Words::default() };
        let cadence = parse(&words, Weekday::Mon).expect("a rule");
        let calendar = calendar();
        let rule = Rule { cadence: &cadence, calendar: Some(&calendar), on_day_off };
        let from = NaiveDateTime::parse_from_str(from, "%Y-%m-%d %H:%M").expect("a time");
        let found: Vec<Named> = rule.named_from(from).take(count).collect();
        if let Some(last) = found.last() {
            let mut back: Vec<Named> =
                rule.named_back_from(last.shown).take_while(|named| named.shown >= from).collect();
            back.reverse();
            assert_eq!(back, found, "backwards as forwards");
        }
        let text = |named: &Named| {
            let skipped = if named.skipped { " skipped" } else { "" };
            let since =
                if named.since == named.local.date() { String::new() } else { named.since.format("%d~").to_string() };
            format!("{since}{} -> {}{skipped}", named.local.format("%a %d %H:%M"), named.shown.format("%a %d %H:%M"))
        };
        found.iter().map(text).collect()
    }

    #[test]
    fn a_calendar_decides_which_days_are_business_days() {
        let shown = |on: &str, from: &str| walk("month", on, "17:00", OnDayOff::Send, from, 2);
        assert_eq!(
            shown("last-business-day", "2026-12-01 00:00"),
            ["Thu 31 17:00 -> Thu 31 17:00", "Fri 29 17:00 -> Fri 29 17:00"]
        );
        assert_eq!(shown("first-business-day", "2026-12-15 00:00")[0], "Mon 04 17:00 -> Mon 04 17:00");
        assert_eq!(shown("3rd-business-day", "2026-12-15 00:00")[0], "Wed 06 17:00 -> Wed 06 17:00");
        let weekdays = walk("weekday", "", "08:00", OnDayOff::Send, "2026-12-18 00:00", 8);
        let days: Vec<&str> = weekdays.iter().map(|named| &named[..6]).collect();
        assert_eq!(days, ["Fri 18", "Sat 19", "Mon 21", "Tue 22", "Wed 23", "Mon 28", "Tue 29", "Wed 30"]);
    }

    #[test]
    fn what_falls_on_a_day_off_moves_and_keeps_its_name() {
        let moved = walk("week", "thu", "08:00", OnDayOff::NextWorkingDay, "2026-12-18 00:00", 3);
        assert_eq!(
            moved,
            ["Thu 24 08:00 -> Mon 28 08:00", "Thu 31 08:00 -> Thu 31 08:00", "Thu 07 08:00 -> Thu 07 08:00"]
        );
        assert_eq!(
            walk("week", "thu", "08:00", OnDayOff::NextWorkingDay, "2026-12-26 00:00", 1),
            ["Thu 24 08:00 -> Mon 28 08:00"],
            "begun inside the days off"
        );
        let met = walk("day", "", "08:00,17:00", OnDayOff::NextWorkingDay, "2026-12-23 12:00", 4);
        assert_eq!(
            met,
            [
                "Wed 23 17:00 -> Wed 23 17:00",
                "24~Mon 28 08:00 -> Mon 28 08:00",
                "24~Mon 28 17:00 -> Mon 28 17:00",
                "Tue 29 08:00 -> Tue 29 08:00"
            ]
        );
        let met = walk("week", "sat,sun", "08:00", OnDayOff::NextWorkingDay, "2026-12-18 00:00", 3);
        assert_eq!(
            met,
            ["Sat 19 08:00 -> Sat 19 08:00", "Sun 20 08:00 -> Mon 21 08:00", "26~Sun 27 08:00 -> Mon 28 08:00"]
        );
    }

    #[test]
    fn what_is_skipped_is_named_all_the_same() {
        let skipped = walk("week", "thu", "08:00", OnDayOff::Skip, "2026-12-18 00:00", 2);
        assert_eq!(skipped, ["Thu 24 08:00 -> Thu 24 08:00 skipped", "Thu 31 08:00 -> Thu 31 08:00"]);
    }
}
