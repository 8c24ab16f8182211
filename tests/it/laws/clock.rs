//! What a wall clock shows at each minute of a while, as `chrono-tz` tells its offset, and nothing else.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone};
use chrono_tz::Tz;

/// Minutes since 1970, of UTC or of a wall clock.
pub type Minute = i64;

pub const DAY: Minute = 24 * 60;
/// In the years that are looked at, clocks were changed by whole quarters of an hour, when one began.
const QUARTER: Minute = 15;
const HOUR: Minute = 60;

/// The wall clock of a zone for a while.
pub struct Wall {
    begin: Minute,
    /// Minutes ahead of UTC: in the quarter that begins at `begin`, in the next, …
    ahead: Vec<Minute>,
    first_shown: Minute,
    /// The quarter in which it first shows `first_shown` or something later, the same of a quarter later, …
    shown_first: Vec<Minute>,
}

/// The time that a wall clock's minute reads.
pub fn reading(minute: Minute) -> NaiveDateTime {
    DateTime::from_timestamp(minute * 60, 0).expect("in the calendar").naive_utc()
}

/// Midnight of a date, on the wall.
pub fn midnight(date: NaiveDate) -> Minute {
    date.and_time(NaiveTime::MIN).and_utc().timestamp().div_euclid(60)
}

/// All dates from one to another, both among them.
pub fn dates(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    std::iter::successors(Some(from), |date| date.checked_add_days(Days::new(1))).take_while(move |date| *date <= to)
}

impl Wall {
    /// From one date to another, and two days more on either side.
    pub fn of(zone: Tz, from: NaiveDate, to: NaiveDate) -> Self {
        let (begin, end) = (midnight(from) - 2 * DAY, midnight(to) + 2 * DAY);
        let ahead_at = |at: Minute| i64::from(zone.offset_from_utc_datetime(&reading(at)).fix().local_minus_utc()) / 60;
        let mut ahead = Vec::new();
        let mut hour = begin;
        while hour < end {
            // An hour with one offset at both ends has it throughout.
            let (first, last) = (ahead_at(hour), ahead_at(hour + HOUR));
            for quarter in 0..HOUR / QUARTER {
                ahead.push(if first == last { first } else { ahead_at(hour + quarter * QUARTER) });
            }
            hour += HOUR;
        }
        let first_shown = begin + ahead[0];
        let mut shown_first = Vec::new();
        for (nth, ahead) in (0..).zip(&ahead) {
            let quarter = begin + nth * QUARTER;
            while first_shown + shown_first.len() as Minute * QUARTER <= quarter + ahead {
                shown_first.push(quarter);
            }
        }
        Self { begin, ahead, first_shown, shown_first }
    }

    /// Each minute with what the clock shows.
    pub fn minutes(&self) -> impl Iterator<Item = (Minute, Minute)> + '_ {
        let quarters = (0..).zip(&self.ahead).map(|(nth, ahead)| (self.begin + nth * QUARTER, *ahead));
        quarters.flat_map(|(quarter, ahead)| (quarter..quarter + QUARTER).map(move |at| (at, at + ahead)))
    }

    /// What it shows then. `None`: not in this while.
    pub fn shown(&self, at: Minute) -> Option<Minute> {
        let quarter = usize::try_from((at - self.begin).div_euclid(QUARTER)).ok()?;
        Some(at + self.ahead.get(quarter)?)
    }

    /// When it first shows that minute; where it never does, the first that is later. `None`: not in this while.
    pub fn when(&self, shown: Minute) -> Option<Minute> {
        let into = (shown - self.first_shown).rem_euclid(QUARTER);
        let nth = usize::try_from((shown - self.first_shown).div_euclid(QUARTER)).ok()?;
        let quarter = *self.shown_first.get(nth)?;
        // A clock that jumped over it shows something later from the beginning of the quarter on.
        let is_jumped_over = self.shown(quarter)? != shown - into;
        Some(if is_jumped_over { quarter } else { quarter + into })
    }

    /// When that date begins.
    pub fn begins(&self, date: NaiveDate) -> Option<Minute> {
        self.when(midnight(date))
    }

    /// When the clock first shows what it shows now, so many days earlier.
    pub fn days_before(&self, at: Minute, days: i64) -> Option<Minute> {
        self.when(self.shown(at)? - days * DAY)
    }
}
