//! A calendar: when a project works. Weekly hours, days off, and dates with hours of their own. It knows dates and wall
//! clocks only; which instants those are, is in `zones::working`.
//!
//! Hours may run past midnight (`22:00-06:00`): such a shift belongs whole to the date on which it begins, so a day off
//! takes its own night shift away and leaves the end of the one before. A date with hours of its own goes by them, whatever
//! the week or the days off say.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Timelike};
use serde::{Deserialize, Serialize};

use super::cadence::Weekday;
use super::ids::CalendarId;

const DAY_MINUTES: u16 = 24 * 60;

/// Whoever closes for longer has no calendar to go by: reports that wait for a working day would never come.
pub const LONGEST_CLOSURE_DAYS: i64 = 366;

/// Hours of one date: from a minute of it up to another, which may lie in the next date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Shift {
    from: u16,
    to: u16,
}

impl Shift {
    /// The whole date: `00:00-24:00`.
    pub const WHOLE_DAY: Self = Self { from: 0, to: DAY_MINUTES };

    /// Reads `09:00-18:00`, `22:00-06:00` (to the next morning) or `00:00-24:00`.
    pub fn parse(text: &str) -> Result<Self, InvalidShift> {
        let wrong = || InvalidShift(text.to_owned());
        let (from, to) = text.split_once('-').ok_or_else(wrong)?;
        let (from, to) = (minute(from).ok_or_else(wrong)?, minute(to).ok_or_else(wrong)?);
        match (from, to) {
            (DAY_MINUTES, _) => Err(wrong()),
            (from, to) if from == to => Err(wrong()),
            (from, to) if from < to => Ok(Self { from, to }),
            (from, to) => Ok(Self { from, to: to + DAY_MINUTES }),
        }
    }

    /// Minutes from the date's midnight; the second may lie beyond the next one.
    pub const fn minutes(self) -> (u16, u16) {
        (self.from, self.to)
    }

    /// The wall clock's times, half-open.
    pub fn on(self, date: NaiveDate) -> Option<(NaiveDateTime, NaiveDateTime)> {
        let at = |minutes: u16| {
            let day = date.checked_add_days(Days::new(u64::from(minutes / DAY_MINUTES)))?;
            let rest = u32::from(minutes % DAY_MINUTES);
            day.and_hms_opt(rest / 60, rest % 60, 0)
        };
        Some((at(self.from)?, at(self.to)?))
    }
}

/// Why a text names no hours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` isn't a span of hours such as `09:00-18:00`, `22:00-06:00` (to the next morning) or `00:00-24:00`")]
pub struct InvalidShift(pub String);

/// `9:00` or `09:00`, and `24:00` for the end of a day.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let digits = |text: &str, most: usize| {
        (!text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse().ok())?
    };
    let (hour, minute): (u16, u16) = (digits(hour, 2)?, digits(minute, 2).filter(|_| minute.len() == 2)?);
    (hour < 24 && minute < 60 || (hour, minute) == (24, 0)).then_some(hour * 60 + minute)
}

impl fmt::Display for Shift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let to = if self.to > DAY_MINUTES { self.to - DAY_MINUTES } else { self.to };
        write!(f, "{:02}:{:02}-{:02}:{:02}", self.from / 60, self.from % 60, to / 60, to % 60)
    }
}

impl TryFrom<String> for Shift {
    type Error = InvalidShift;
    fn try_from(text: String) -> Result<Self, InvalidShift> {
        Self::parse(&text)
    }
}

impl From<Shift> for String {
    fn from(shift: Shift) -> Self {
        shift.to_string()
    }
}

/// Dates on which nobody works.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DayOff {
    pub from: NaiveDate,
    /// The last of them.
    pub to: NaiveDate,
    /// May be empty.
    pub name: String,
    /// The file that it was imported from; `None`: the set-up file says it itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A date with hours of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ExtraDay {
    pub date: NaiveDate,
    /// Sorted, apart from each other, never empty.
    pub hours: Vec<Shift>,
}

/// A calendar as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    pub id: CalendarId,
    pub name: String,
    /// IANA name; `None`: that of each project which chooses it.
    pub zone: Option<String>,
    /// By weekday, Monday first; each sorted, apart from each other.
    pub week: [Vec<Shift>; 7],
    days_off: Vec<DayOff>,
    extra: Vec<ExtraDay>,
    /// Date → place in `days_off`.
    off: BTreeMap<NaiveDate, usize>,
}

impl Calendar {
    /// Puts a calendar together. Where two days off share a date, the one without a source names it, else the first.
    pub fn new(
        id: CalendarId,
        name: String,
        zone: Option<String>,
        week: [Vec<Shift>; 7],
        mut days_off: Vec<DayOff>,
        mut extra: Vec<ExtraDay>,
    ) -> Self {
        days_off.sort();
        days_off.dedup();
        extra.sort();
        let mut off = BTreeMap::new();
        let own_first = [true, false]
            .into_iter()
            .flat_map(|own| days_off.iter().enumerate().filter(move |(_, day)| day.source.is_none() == own));
        for (place, day) in own_first {
            for date in day.from.iter_days().take_while(|date| *date <= day.to) {
                off.entry(date).or_insert(place);
            }
        }
        Self { id, name, zone, week, days_off, extra, off }
    }

    /// In order.
    pub fn days_off(&self) -> &[DayOff] {
        &self.days_off
    }

    /// In order.
    pub fn extra_days(&self) -> &[ExtraDay] {
        &self.extra
    }

    /// The hours that begin on this date; empty: nobody works.
    pub fn hours(&self, date: NaiveDate) -> &[Shift] {
        if let Ok(place) = self.extra.binary_search_by_key(&date, |day| day.date) {
            &self.extra[place].hours
        } else if self.off.contains_key(&date) {
            &[]
        } else {
            &self.week[usize::from(Weekday::of(date).index())]
        }
    }

    /// Whether somebody works on that date.
    pub fn is_business_day(&self, date: NaiveDate) -> bool {
        !self.hours(date).is_empty()
    }

    /// The name of a day off, where it has one and nobody works.
    pub fn day_name(&self, date: NaiveDate) -> Option<&str> {
        if self.is_business_day(date) {
            return None;
        }
        self.off.get(&date).map(|place| self.days_off[*place].name.as_str()).filter(|name| !name.is_empty())
    }

    /// Whether that date is a day off, and not merely a day of the week on which nobody works.
    pub fn is_day_off(&self, date: NaiveDate) -> bool {
        self.off.contains_key(&date) && !self.is_business_day(date)
    }

    /// Whether a day off takes hours of work away: the day of the week has some.
    pub fn takes_work(&self, date: NaiveDate) -> bool {
        self.is_day_off(date) && !self.week[usize::from(Weekday::of(date).index())].is_empty()
    }

    /// Whether a date with hours of its own adds work: the day of the week has none.
    pub fn adds_work(&self, date: NaiveDate) -> bool {
        self.is_business_day(date) && self.week[usize::from(Weekday::of(date).index())].is_empty()
    }

    /// Whether the wall clock shows an hour of work.
    pub fn is_open(&self, local: NaiveDateTime) -> bool {
        let date = local.date();
        let minute = (local.hour() * 60 + local.minute()) as u16;
        let holds = |shift: &Shift, minute: u16| shift.from <= minute && minute < shift.to;
        self.hours(date).iter().any(|shift| holds(shift, minute))
            || date
                .pred_opt()
                .is_some_and(|before| self.hours(before).iter().any(|shift| holds(shift, minute + DAY_MINUTES)))
    }

    /// Microseconds of work between two times of a wall clock that runs without a change.
    pub fn open_micros(&self, from: NaiveDateTime, to: NaiveDateTime) -> i64 {
        let mut open = 0;
        let mut done = from;
        let first = from.date().pred_opt().unwrap_or(from.date());
        for date in first.iter_days().take_while(|date| *date <= to.date()) {
            for (begin, end) in self.hours(date).iter().filter_map(|shift| shift.on(date)) {
                let (begin, end) = (begin.max(done), end.min(to));
                if begin < end {
                    open += (end - begin).num_microseconds().unwrap_or(0);
                    done = end;
                }
            }
        }
        open
    }

    /// The first time from a date on that nobody works for longer than [`LONGEST_CLOSURE_DAYS`]: the first and the last
    /// date of it.
    pub fn long_closure(&self, from: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        let until = self.last_day_off()?.checked_add_days(Days::new(7))?;
        let mut first = None;
        for date in from.iter_days().take_while(|date| *date <= until) {
            if !self.is_business_day(date) {
                first.get_or_insert(date);
            } else if let Some(begin) = first.take()
                && date.signed_duration_since(begin).num_days() > LONGEST_CLOSURE_DAYS
            {
                return date.pred_opt().map(|last| (begin, last));
            }
        }
        None
    }

    /// The last date that a day off names.
    pub fn last_day_off(&self) -> Option<NaiveDate> {
        self.days_off.iter().map(|day| day.to).max()
    }
}

/// Sorts hours; `None` when two of them share a minute.
pub fn apart(mut hours: Vec<Shift>) -> Option<Vec<Shift>> {
    hours.sort_unstable();
    hours.windows(2).all(|pair| pair[0].to <= pair[1].from).then_some(hours)
}

/// Monday to Friday where no calendar says otherwise.
pub fn is_working(calendar: Option<&Calendar>, day: NaiveDate) -> bool {
    let usual = !matches!(day.weekday(), chrono::Weekday::Sat | chrono::Weekday::Sun);
    calendar.map_or(usual, |calendar| calendar.is_business_day(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a time")
    }

    fn shifts(texts: &[&str]) -> Vec<Shift> {
        texts.iter().map(|text| Shift::parse(text).expect("hours")).collect()
    }

    /// Monday to Thursday nine to six with lunch, Friday from ten at night to six; 25 December off, Saturday 28 November
    /// ten to two.
    fn calendar() -> Calendar {
        let day = || shifts(&["09:00-13:00", "14:00-18:00"]);
        let off = |from: &str, to: &str, name: &str, source: Option<&str>| DayOff {
            from: date(from),
            to: date(to),
            name: name.into(),
            source: source.map(str::to_owned),
        };
        Calendar::new(
            CalendarId::parse("office").expect("an id"),
            "Office".into(),
            None,
            [day(), day(), day(), day(), shifts(&["22:00-06:00"]), vec![], vec![]],
            vec![
                off("2026-12-24", "2026-12-26", "Feast", Some("holidays.ics")),
                off("2026-12-25", "2026-12-25", "Christmas", None),
            ],
            vec![ExtraDay { date: date("2026-11-28"), hours: shifts(&["10:00-14:00"]) }],
        )
    }

    #[test]
    fn hours_are_read_and_written() {
        for (text, minutes) in [
            ("09:00-18:00", (540, 1080)),
            ("22:00-06:00", (1320, 1800)),
            ("00:00-24:00", (0, 1440)),
            ("9:00-24:00", (540, 1440)),
        ] {
            let shift = Shift::parse(text).expect(text);
            assert_eq!(shift.minutes(), minutes, "{text}");
            assert_eq!(Shift::parse(&shift.to_string()), Ok(shift), "{text}");
        }
        for text in [
            "",
            "09:00",
            "09:00-09:00",
            "24:00-06:00",
            "09:60-10:00",
            "9-18",
            "09:0-10:00",
            "25:00-26:00",
            "-1:00-2:00",
        ] {
            assert!(Shift::parse(text).is_err(), "{text}");
        }
        assert_eq!(apart(shifts(&["14:00-18:00", "09:00-14:00"])), Some(shifts(&["09:00-14:00", "14:00-18:00"])));
        assert_eq!(apart(shifts(&["09:00-15:00", "14:00-18:00"])), None);
    }

    #[test]
    fn a_night_shift_belongs_to_the_date_on_which_it_begins() {
        let calendar = calendar();
        for (at, open) in [
            ("2026-11-23 09:00", true),
            ("2026-11-23 12:59", true),
            ("2026-11-23 13:00", false),
            ("2026-11-23 18:00", false),
            ("2026-11-20 21:59", false),
            ("2026-11-20 22:00", true),
            ("2026-11-21 05:59", true),
            ("2026-11-21 06:00", false),
            ("2026-11-28 05:00", true),
            ("2026-11-28 10:00", true),
            ("2026-12-25 22:30", false),
            ("2026-12-26 05:00", false),
        ] {
            assert_eq!(calendar.is_open(local(at)), open, "{at}");
        }
    }

    #[test]
    fn days_off_have_names_and_own_hours_win() {
        let calendar = calendar();
        assert_eq!(calendar.day_name(date("2026-12-25")), Some("Christmas"), "the file's own name first");
        assert_eq!(calendar.day_name(date("2026-12-24")), Some("Feast"));
        assert_eq!(calendar.day_name(date("2026-12-23")), None);
        assert!(calendar.is_business_day(date("2026-11-28")) && !calendar.is_business_day(date("2026-11-29")));
        assert!(calendar.is_day_off(date("2026-12-24")) && !calendar.is_day_off(date("2026-11-29")));
        assert_eq!(calendar.last_day_off(), Some(date("2026-12-26")));
    }

    #[test]
    fn hours_of_work_add_up_minute_by_minute() {
        let calendar = calendar();
        for (from, to) in [
            ("2026-11-23 08:00", "2026-11-23 19:00"),
            ("2026-11-20 23:00", "2026-11-30 12:30"),
            ("2026-12-20 00:00", "2026-12-31 00:00"),
            ("2026-11-23 10:00", "2026-11-23 10:00"),
            ("2026-11-24 10:00", "2026-11-23 10:00"),
        ] {
            let (from, to) = (local(from), local(to));
            let minutes = (0..).map(|n| from + chrono::TimeDelta::minutes(n)).take_while(|at| *at < to);
            let slow = minutes.filter(|at| calendar.is_open(*at)).count() as i64 * 60_000_000;
            assert_eq!(calendar.open_micros(from, to), slow, "{from} {to}");
        }
    }
}
