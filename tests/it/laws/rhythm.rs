//! Rhythms as people choose them, in the words that the program reads and once more as a question to each date.

use std::collections::BTreeMap;

use callbrief::domain::cadence::{Cadence, Weekday, Words, parse};
use callbrief::domain::calendar::{Calendar, DayOff, Shift};
use callbrief::domain::ids::CalendarId;
use callbrief::domain::schedule::OnDayOff;
use chrono::{Datelike, Days, NaiveDate};

use super::clock::{Minute, dates, midnight};
use crate::chaos::dice::Dice;

/// A day of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    Day(u32),
    Last,
    LastWorking,
    NthWorking(usize),
    /// 1 to 5, or 0 for the last; Monday is 0.
    NthWeekday(u32, u32),
}

/// How often.
#[derive(Clone, Debug)]
pub enum Every {
    Day,
    Working,
    /// Monday is 0.
    Week(Vec<u32>),
    Month(Vec<Of>),
    /// Month 1 to 3 and day.
    Quarter(Vec<(u32, Of)>),
    Year(Vec<(u32, u32)>),
    /// Days of the month, months, days of the week (Sunday is 0); empty for `*`.
    Cron(Vec<u32>, Vec<u32>, Vec<u32>),
}

/// A rhythm with its times of day.
#[derive(Clone, Debug)]
pub struct Rhythm {
    pub every: Every,
    /// Minutes of the day, sorted, each once.
    pub times: Vec<u32>,
    /// What stands in a cron's fields of minutes and hours.
    cron_times: String,
    /// A cron with `*` in one of these: it goes by the real clock.
    pub follows_clock: bool,
    skips_short_months: bool,
    pub on_day_off: OnDayOff,
    /// Weekdays that are worked, and dates that aren't all the same.
    worked: [bool; 7],
    days_off: Vec<(NaiveDate, u64)>,
}

/// A name that the rhythm gives: what the wall shows, and what it is called by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Of the occurrence.
    pub named: Minute,
    /// The first date whose occurrences come together here.
    pub since: NaiveDate,
    /// It is on a day off, and isn't sent.
    pub is_skipped: bool,
}

/// What of the calendar one report tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tells {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    WholeDays,
    ToTheMinute,
}

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const NTH: [&str; 6] = ["last", "first", "second", "third", "fourth", "fifth"];

impl Rhythm {
    /// Any of them, about a year that begins so.
    pub fn any(dice: &mut Dice, begins: NaiveDate) -> Self {
        let every = any_every(dice);
        let is_cron = matches!(every, Every::Cron(..));
        let follows_clock = is_cron && dice.chance(40);
        let (times, cron_times) =
            if is_cron { cron_times(dice, follows_clock) } else { (any_times(dice), String::new()) };
        let worked = std::array::from_fn(|day| day < 3 || (day < 5 && dice.chance(90)) || dice.chance(15));
        let some = dice.below(8) as u64;
        let days_off =
            (0..some).map(|_| (begins + Days::new(dice.below(366) as u64), 1 + dice.below(4) as u64)).collect();
        Self {
            every,
            times,
            cron_times,
            follows_clock,
            skips_short_months: dice.chance(30),
            on_day_off: dice.pick(&[OnDayOff::Send, OnDayOff::Send, OnDayOff::NextWorkingDay, OnDayOff::Skip]),
            worked,
            days_off,
        }
    }

    /// The rule as the program reads it.
    pub fn cadence(&self) -> Cadence {
        let two = |minute: &u32| format!("{:02}:{:02}", minute / 60, minute % 60);
        let mut words = Words::default();
        if let Every::Cron(days, months, weekdays) = &self.every {
            let field = |list: &Vec<u32>| {
                let list: Vec<String> = list.iter().map(u32::to_string).collect();
                if list.is_empty() { "*".to_owned() } else { list.join(",") }
            };
            words.cron = Some(format!("{} {} {} {}", self.cron_times, field(days), field(months), field(weekdays)));
        } else {
            words.at = self.times.iter().map(two).collect();
            (words.every, words.on) = self.in_words();
            words.short_month = Some(if self.skips_short_months { "skip" } else { "clamp" }.to_owned())
                .filter(|_| matches!(self.every, Every::Month(_) | Every::Quarter(_) | Every::Year(_)));
        }
        parse(&words, Weekday::Mon).unwrap_or_else(|problems| panic!("{self:?}: {problems:?}"))
    }

    fn in_words(&self) -> (Option<String>, Vec<String>) {
        let day_of_month = |of: &Of| match of {
            Of::Day(day) => day.to_string(),
            Of::Last => "last".to_owned(),
            Of::LastWorking => "last-business-day".to_owned(),
            Of::NthWorking(nth) => {
                format!("{}-business-day", ["", "first", "second", "third", "fourth", "fifth"][*nth])
            }
            Of::NthWeekday(nth, weekday) => format!("{} {}", NTH[*nth as usize], WEEKDAYS[*weekday as usize]),
        };
        let (every, on) = match &self.every {
            Every::Day => ("day", Vec::new()),
            Every::Working => ("weekday", Vec::new()),
            Every::Week(days) => ("week", days.iter().map(|day| WEEKDAYS[*day as usize].to_owned()).collect()),
            Every::Month(days) => ("month", days.iter().map(day_of_month).collect()),
            Every::Quarter(days) => {
                let of_quarter = |(month, of): &(u32, Of)| match of {
                    Of::Day(day) => format!("{month}-{day:02}"),
                    other => day_of_month(other),
                };
                ("quarter", days.iter().map(of_quarter).collect())
            }
            Every::Year(days) => ("year", days.iter().map(|(month, day)| format!("{month:02}-{day:02}")).collect()),
            Every::Cron(..) => unreachable!("a cron has no words"),
        };
        (Some(every.to_owned()), on)
    }

    /// Who works when, as the program knows it.
    pub fn calendar(&self) -> Calendar {
        let hours = |worked: bool| if worked { vec![Shift::WHOLE_DAY] } else { Vec::new() };
        let day_off = |(from, days): &(NaiveDate, u64)| DayOff {
            from: *from,
            to: *from + Days::new(days - 1),
            name: "off".into(),
            source: None,
        };
        let id = CalendarId::parse("any").expect("an id");
        let days_off = self.days_off.iter().map(day_off).collect();
        Calendar::new(id, "Any".into(), None, self.worked.map(hours), days_off, Vec::new())
    }

    fn is_worked(&self, date: NaiveDate) -> bool {
        let is_off = |(from, days): &(NaiveDate, u64)| *from <= date && date < *from + Days::new(*days);
        self.worked[date.weekday().num_days_from_monday() as usize] && !self.days_off.iter().any(is_off)
    }

    /// Whether the rhythm names this date.
    fn names(&self, date: NaiveDate) -> bool {
        let weekday = date.weekday().num_days_from_monday();
        let of_month = |day: u32| date.with_day(day);
        let last = (28..=31).filter_map(of_month).max().expect("every month has 28 days");
        let numbered = |day: u32| date.day() == day || (!self.skips_short_months && day > last.day() && date == last);
        let working = || (1..=31).filter_map(of_month).filter(|date| self.is_worked(*date)).collect::<Vec<_>>();
        let is = |of: &Of| match *of {
            Of::Day(day) => numbered(day),
            Of::Last => date == last,
            Of::LastWorking => working().last() == Some(&date),
            Of::NthWorking(nth) => working().get(nth - 1) == Some(&date),
            Of::NthWeekday(0, wanted) => weekday == wanted && of_month(date.day() + 7).is_none(),
            Of::NthWeekday(nth, wanted) => weekday == wanted && date.day().div_ceil(7) == nth,
        };
        match &self.every {
            Every::Day => true,
            Every::Working => self.is_worked(date),
            Every::Week(days) => days.contains(&weekday),
            Every::Month(days) => days.iter().any(is),
            Every::Quarter(days) => days.iter().any(|(month, of)| (date.month() - 1) % 3 + 1 == *month && is(of)),
            Every::Year(days) => days.iter().any(|(month, day)| date.month() == *month && numbered(*day)),
            Every::Cron(days, months, weekdays) => {
                let in_month = months.is_empty() || months.contains(&date.month());
                let (day, weekday) =
                    (days.contains(&date.day()), weekdays.contains(&date.weekday().num_days_from_sunday()));
                let fits = match (days.is_empty(), weekdays.is_empty()) {
                    (true, true) => true,
                    (false, true) => day,
                    (true, false) => weekday,
                    (false, false) => day || weekday,
                };
                in_month && fits
            }
        }
    }

    /// What fires when the wall shows what, on these dates.
    pub fn names_between(&self, from: NaiveDate, to: NaiveDate) -> BTreeMap<Minute, Name> {
        let mut found = BTreeMap::new();
        for date in dates(from, to).filter(|date| self.names(*date)) {
            let off = !self.is_worked(date);
            let fires_on = match self.on_day_off {
                OnDayOff::NextWorkingDay => dates(date, to).find(|date| self.is_worked(*date)),
                OnDayOff::Send | OnDayOff::Skip => Some(date),
            };
            let Some(fires_on) = fires_on else { continue };
            for time in &self.times {
                let (shown, named) = (midnight(fires_on) + i64::from(*time), midnight(date) + i64::from(*time));
                let is_skipped = off && self.on_day_off == OnDayOff::Skip;
                // The latest name of those that meet, and the first of their dates.
                let name = found.entry(shown).or_insert(Name { named, since: date, is_skipped });
                name.named = named;
            }
        }
        found
    }

    /// What a report of this rhythm tells.
    pub fn tells(&self) -> Tells {
        match &self.every {
            Every::Cron(..) => Tells::ToTheMinute,
            _ if self.times.len() > 1 => Tells::ToTheMinute,
            Every::Day => Tells::Day,
            Every::Week(days) if days.len() == 1 => Tells::Week,
            Every::Month(days) if days.len() == 1 => Tells::Month,
            Every::Quarter(days) if days.len() == 1 => Tells::Quarter,
            Every::Year(days) if days.len() == 1 => Tells::Year,
            _ => Tells::WholeDays,
        }
    }
}

/// Often where clocks change: just after midnight, between one and four.
fn any_time(dice: &mut Dice) -> u32 {
    let hour = if dice.chance(60) { dice.pick(&[0, 0, 1, 2, 2, 3, 23]) } else { dice.below(24) as u32 };
    hour * 60 + dice.below(12) as u32 * 5
}

fn any_times(dice: &mut Dice) -> Vec<u32> {
    let most = if dice.chance(70) { 1 } else { 2 + dice.below(3) };
    distinct((0..most).map(|_| any_time(dice)).collect())
}

/// Times of a cron, and its first two fields.
fn cron_times(dice: &mut Dice, follows_clock: bool) -> (Vec<u32>, String) {
    let minute = dice.below(60) as u32;
    let list = |minutes: &[u32], hours: &[u32]| {
        distinct(hours.iter().flat_map(|hour| minutes.iter().map(move |minute| hour * 60 + minute)).collect())
    };
    let all_hours: Vec<u32> = (0..24).collect();
    match (follows_clock, dice.below(10)) {
        (true, 0) => (list(&[minute], &all_hours), format!("{minute} *")),
        (true, 1..6) => (list(&[minute], &[0, 6, 12, 18]), format!("{minute} */6")),
        (true, _) => {
            let hour = dice.below(4) as u32;
            (list(&[0, 20, 40], &[hour]), format!("*/20 {hour}"))
        }
        (false, _) => {
            let hours = distinct(vec![dice.below(4) as u32, dice.below(24) as u32]);
            let text: Vec<String> = hours.iter().map(u32::to_string).collect();
            (list(&[minute], &hours), format!("{minute} {}", text.join(",")))
        }
    }
}

fn any_every(dice: &mut Dice) -> Every {
    let several = |dice: &mut Dice| if dice.chance(60) { 1 } else { 2 + dice.below(2) };
    let of_month = |dice: &mut Dice| match dice.below(8) {
        0..3 => Of::Day(dice.pick(&[1, 15, 28, 29, 30, 31, 31])),
        3 => Of::Last,
        4 => Of::LastWorking,
        5 => Of::NthWorking(1 + dice.below(5)),
        _ => Of::NthWeekday(dice.below(6) as u32, dice.below(7) as u32),
    };
    match dice.below(16) {
        0..3 => Every::Day,
        3..5 => Every::Working,
        5..8 => Every::Week(distinct((0..several(dice)).map(|_| dice.below(7) as u32).collect())),
        8..12 => Every::Month(distinct((0..several(dice)).map(|_| of_month(dice)).collect())),
        12 => {
            let of_quarter = |dice: &mut Dice| match dice.below(3) {
                0 => (3, Of::Last),
                1 => (3, Of::LastWorking),
                _ => (1 + dice.below(3) as u32, Of::Day(dice.pick(&[1, 15, 30, 31]))),
            };
            Every::Quarter(distinct((0..several(dice)).map(|_| of_quarter(dice)).collect()))
        }
        13 => {
            let of_year = |dice: &mut Dice| dice.pick(&[(1, 1), (2, 29), (3, 29), (10, 25), (12, 31)]);
            Every::Year(distinct((0..several(dice)).map(|_| of_year(dice)).collect()))
        }
        _ => {
            let some = |dice: &mut Dice, percent, list: &[u32]| match dice.chance(percent) {
                true => distinct(vec![dice.pick(list), dice.pick(list)]),
                false => Vec::new(),
            };
            let days = some(dice, 30, &[1, 13, 28, 30, 31]);
            let months = some(dice, 20, &[1, 3, 4, 9, 10, 11]);
            Every::Cron(days, months, some(dice, 40, &[0, 1, 5, 6]))
        }
    }
}

fn distinct<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort_unstable();
    list.dedup();
    list
}
