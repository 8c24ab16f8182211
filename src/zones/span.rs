//! Periods that people name: `2026-W23`, `2026-06`, `2026-06-01..2026-06-08`, `last-week`.

use chrono::{Datelike, Months, NaiveDate};

use crate::domain::cadence::Weekday;
use crate::domain::instant::Instant;
use crate::domain::period::Period;

use super::Zone;
use super::firing::{PeriodPlan, compared_with, last_unit, unit_before};
use super::zone::plus_days;

/// What a period is to people, for its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    /// Anything else.
    Span,
}

impl Unit {
    /// From short to long, without [`Unit::Span`].
    pub const WHOLE: [Self; 5] = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// The first date of the unit that holds `date`. `None` for a span, which has no such grid.
    pub(super) fn start(self, date: NaiveDate, week_start: Weekday) -> Option<NaiveDate> {
        let month = |month| NaiveDate::from_ymd_opt(date.year(), month, 1);
        match self {
            Self::Day => Some(date),
            Self::Week => {
                let into = (7 + Weekday::of(date).index() - week_start.index()) % 7;
                Some(plus_days(date, -i64::from(into)))
            }
            Self::Month => month(date.month()),
            Self::Quarter => month(date.month0() / 3 * 3 + 1),
            Self::Year => month(1),
            Self::Span => None,
        }
    }

    /// The first date of the unit before the one that begins at `start`.
    pub(super) fn before(self, start: NaiveDate) -> Option<NaiveDate> {
        match self.length() {
            Length::Days(days) => Some(plus_days(start, -days)),
            Length::Months(months) => start.checked_sub_months(Months::new(months)),
            Length::Any => None,
        }
    }

    /// The first date of the unit after the one that begins at `start`.
    fn after(self, start: NaiveDate) -> Option<NaiveDate> {
        match self.length() {
            Length::Days(days) => Some(plus_days(start, days)),
            Length::Months(months) => start.checked_add_months(Months::new(months)),
            Length::Any => None,
        }
    }

    fn length(self) -> Length {
        match self {
            Self::Day => Length::Days(1),
            Self::Week => Length::Days(7),
            Self::Month => Length::Months(1),
            Self::Quarter => Length::Months(3),
            Self::Year => Length::Months(12),
            Self::Span => Length::Any,
        }
    }
}

enum Length {
    Days(i64),
    Months(u32),
    Any,
}

/// Why a text names no period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` {why}")]
pub struct InvalidPeriod {
    pub text: String,
    pub why: String,
}

/// A report of a longer period tells nobody anything and would never be done.
const MOST_YEARS: i32 = 10;
/// No calls are older or younger.
const YEARS: std::ops::RangeInclusive<i32> = 1980..=2100;

/// Reads a period of the zone's local dates: `2026-06-03`, `2026-W23` (ISO: from Monday), `2026-06`, `2026-Q2`, `2026`,
/// `2026-06-01..2026-06-08` (half-open), `yesterday`, `last-week` (from `week_start`), `last-month`, `last-quarter`,
/// `last-year`.
pub fn parse_period(text: &str, zone: &Zone, week_start: Weekday, now: Instant) -> Result<PeriodPlan, InvalidPeriod> {
    let invalid = |why: &str| InvalidPeriod { text: text.to_owned(), why: why.to_owned() };
    let last =
        |unit| last_unit(zone, unit, week_start, zone.date(now)).ok_or_else(|| invalid("lies outside the calendar"));
    match text.trim() {
        "yesterday" => return last(Unit::Day),
        "last-week" => return last(Unit::Week),
        "last-month" => return last(Unit::Month),
        "last-quarter" => return last(Unit::Quarter),
        "last-year" => return last(Unit::Year),
        _ => {}
    }
    if let Some((from, to)) = text.split_once("..") {
        let (from, to) = (iso_date(from), iso_date(to));
        let (from, to) = from
            .zip(to)
            .ok_or_else(|| invalid("isn't two dates: write 2026-06-01..2026-06-08, the second not included"))?;
        if !YEARS.contains(&from.year()) || !YEARS.contains(&to.year()) {
            return Err(invalid(&out_of_years()));
        }
        if from == to {
            return Err(invalid(
                "is empty: the second date is not included, so one day is written 2026-06-01..2026-06-02",
            ));
        }
        let period = Period::new(zone.start_of_day(from), zone.start_of_day(to));
        let period = period.ok_or_else(|| invalid("ends before it begins; the second date is not included"))?;
        if from.checked_add_months(Months::new(12 * MOST_YEARS as u32)).is_none_or(|most| to > most) {
            return Err(invalid(&format!("is longer than {MOST_YEARS} years")));
        }
        return Ok(of_span(zone, week_start, period));
    }
    let (unit, start) = named_unit(text.trim()).ok_or_else(|| {
        invalid("isn't a period: 2026-06-03, 2026-W23, 2026-06, 2026-Q2, 2026, 2026-06-01..2026-06-08, yesterday, last-week, last-month, last-quarter or last-year")
    })?;
    if !YEARS.contains(&start.year()) {
        return Err(invalid(&out_of_years()));
    }
    let plan = unit.after(start).and_then(|end| {
        let (begin, period) = unit_before(zone, unit, end)?;
        let compared_with = unit_before(zone, unit, begin).map(|(_, period)| period);
        Some(PeriodPlan { period, compared_with, notes: Vec::new() })
    });
    plan.ok_or_else(|| invalid("lies outside the calendar"))
}

fn out_of_years() -> String {
    format!("lies outside the years {} to {}", YEARS.start(), YEARS.end())
}

/// Whether a period is exactly one local day, week (from `week_start`), month, quarter or year.
pub fn unit_of(period: Period, zone: &Zone, week_start: Weekday) -> Unit {
    let (from, to) = (zone.date(period.from()), zone.date(period.to()));
    let whole_days = zone.start_of_day(from) == period.from() && zone.start_of_day(to) == period.to();
    let is = |unit: &Unit| unit.start(from, week_start) == Some(from) && unit.after(from) == Some(to);
    Unit::WHOLE.into_iter().find(|unit| whole_days && is(unit)).unwrap_or(Unit::Span)
}

/// A span of dates is compared as the unit that it happens to be.
fn of_span(zone: &Zone, week_start: Weekday, period: Period) -> PeriodPlan {
    let unit = unit_of(period, zone, week_start);
    let compared_with = match unit {
        Unit::Span => compared_with(zone, period),
        unit => unit_before(zone, unit, zone.date(period.from())).map(|(_, period)| period),
    };
    PeriodPlan { period, compared_with, notes: Vec::new() }
}

fn named_unit(text: &str) -> Option<(Unit, NaiveDate)> {
    if let Some(date) = iso_date(text) {
        return Some((Unit::Day, date));
    }
    let (year, rest) = text.split_once('-').unwrap_or((text, ""));
    let year = digits(year, 4)? as i32;
    let month = |month| NaiveDate::from_ymd_opt(year, month, 1);
    match rest.chars().next() {
        None if !text.contains('-') => Some((Unit::Year, month(1)?)),
        Some('W' | 'w') => {
            let week = NaiveDate::from_isoywd_opt(year, digits(&rest[1..], 2)?, chrono::Weekday::Mon)?;
            Some((Unit::Week, week))
        }
        Some('Q' | 'q') => {
            let quarter = digits(&rest[1..], 1).filter(|quarter| (1..=4).contains(quarter))?;
            Some((Unit::Quarter, month(quarter * 3 - 2)?))
        }
        Some(_) => Some((Unit::Month, month(digits(rest, 2)?)?)),
        None => None,
    }
}

fn iso_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let shaped = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| shaped)
}

fn digits(text: &str, count: usize) -> Option<u32> {
    let shaped = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| shaped)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::Zones;

    fn kyiv() -> Zone {
        Zones::bundled().get("Europe/Kyiv").unwrap()
    }

    fn shown(text: &str) -> Result<String, String> {
        let zone = kyiv();
        let now = zone.read_instant("2026-06-10T12:00").unwrap();
        let plan = parse_period(text, &zone, Weekday::Sun, now).map_err(|error| error.to_string())?;
        let dates = |period: Period| format!("{}..{}", zone.date(period.from()), zone.date(period.to()));
        let unit = unit_of(plan.period, &zone, Weekday::Mon);
        Ok(format!("{} after {} {unit:?}", dates(plan.period), dates(plan.compared_with.unwrap())))
    }

    #[test]
    fn reads_the_periods_that_people_name() {
        for (text, expected) in [
            ("2026-W23", "2026-06-01..2026-06-08 after 2026-05-25..2026-06-01 Week"),
            ("2026-w01", "2025-12-29..2026-01-05 after 2025-12-22..2025-12-29 Week"),
            ("2026-06", "2026-06-01..2026-07-01 after 2026-05-01..2026-06-01 Month"),
            ("2026-Q2", "2026-04-01..2026-07-01 after 2026-01-01..2026-04-01 Quarter"),
            ("2026", "2026-01-01..2027-01-01 after 2025-01-01..2026-01-01 Year"),
            ("2026-06-03", "2026-06-03..2026-06-04 after 2026-06-02..2026-06-03 Day"),
            ("2026-06-01..2026-06-08", "2026-06-01..2026-06-08 after 2026-05-25..2026-06-01 Week"),
            ("2026-06-02..2026-06-09", "2026-06-02..2026-06-09 after 2026-05-26..2026-06-02 Span"),
            ("2026-06-01..2026-06-11", "2026-06-01..2026-06-11 after 2026-05-18..2026-05-28 Span"),
            ("2026-06-01..2026-07-01", "2026-06-01..2026-07-01 after 2026-05-01..2026-06-01 Month"),
            ("yesterday", "2026-06-09..2026-06-10 after 2026-06-08..2026-06-09 Day"),
            ("last-week", "2026-05-31..2026-06-07 after 2026-05-24..2026-05-31 Span"),
            ("last-month", "2026-05-01..2026-06-01 after 2026-04-01..2026-05-01 Month"),
            ("last-quarter", "2026-01-01..2026-04-01 after 2025-10-01..2026-01-01 Quarter"),
            ("last-year", "2025-01-01..2026-01-01 after 2024-01-01..2025-01-01 Year"),
        ] {
            assert_eq!(shown(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_period() {
        for (text, part) in [
            ("2026-06-08..2026-06-01", "ends before it begins"),
            ("2026-06-01..2026-06-01", "is empty: the second date is not included"),
            ("2026-06-01..", "isn't two dates"),
            ("2026-W54", "isn't a period"),
            ("2025-W53", "isn't a period"),
            ("2026-13", "isn't a period"),
            ("2026-Q5", "isn't a period"),
            ("2026-", "isn't a period"),
            ("2026-06-31", "isn't a period"),
            ("next-week", "isn't a period"),
            ("2026-Wé", "isn't a period"),
            ("", "isn't a period"),
            ("0001-01-01..9999-12-31", "lies outside the years 1980 to 2100"),
            ("9999", "lies outside the years"),
            ("0000-W01", "lies outside the years"),
            ("2001-01-01..2026-01-01", "is longer than 10 years"),
        ] {
            let error = shown(text).unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
