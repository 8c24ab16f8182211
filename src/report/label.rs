//! A period in words: what a report is called, what it is compared with, how a sentence speaks of it.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Timelike};

use crate::domain::cadence::Weekday;
use crate::domain::period::Period;
use crate::i18n::Words;
use crate::zones::Zone;
use crate::zones::span::{Unit, unit_of};

/// A period and the zone whose calendar names it.
#[derive(Clone, Debug)]
pub(super) struct Label<'a> {
    pub(super) unit: Unit,
    period: Period,
    zone: &'a Zone,
    words: Words,
    /// First and last local dates, when it is whole days.
    days: Option<(NaiveDate, NaiveDate)>,
}

impl<'a> Label<'a> {
    pub(super) fn new(period: Period, zone: &'a Zone, week_start: Weekday, words: Words) -> Self {
        let (first, end) = (zone.date(period.from()), zone.date(period.to()));
        let whole = zone.start_of_day(first) == period.from() && zone.start_of_day(end) == period.to();
        let days = whole.then(|| (first, end.checked_sub_days(Days::new(1)).unwrap_or(end)));
        Self { unit: unit_of(period, zone, week_start), period, zone, words, days }
    }

    /// The first local date inside.
    pub(super) fn first_date(&self) -> NaiveDate {
        self.zone.date(self.period.from())
    }

    /// The last local date inside.
    pub(super) fn last_date(&self) -> NaiveDate {
        self.days.map_or_else(|| self.zone.date(self.period.to()), |(_, last)| last)
    }

    /// Whether it begins and ends at midnight.
    pub(super) fn is_whole_days(&self) -> bool {
        self.days.is_some()
    }

    /// `Week of 9–15 November 2026`
    pub(super) fn title(&self) -> String {
        match (self.unit, self.days) {
            (Unit::Week, Some((first, last))) => self.words.week(first, last),
            (Unit::Month, Some((first, _))) => self.words.month(first),
            (Unit::Quarter, Some((first, _))) => self.words.quarter(first),
            (Unit::Year, Some((first, _))) => self.words.year(first),
            (_, Some((first, last))) => self.words.days(first, last),
            (_, None) => self.moments(),
        }
    }

    /// `9–15 Nov`, for a subject.
    pub(super) fn short(&self) -> String {
        match (self.unit, self.days) {
            (Unit::Month | Unit::Quarter | Unit::Year, _) => self.title(),
            (_, Some((first, last))) => self.words.days_short(first, last),
            (_, None) => self.moments(),
        }
    }

    /// `2–8 November`, for "compared with".
    pub(super) fn plain(&self) -> String {
        match (self.unit, self.days) {
            (Unit::Month | Unit::Quarter | Unit::Year, _) => self.title(),
            (_, Some((first, last))) => self.words.days_without_year(first, last),
            (_, None) => self.moments(),
        }
    }

    /// `from 9 to 15 November`, `on 15 November`, `in November 2026`, as a sentence goes on.
    pub(super) fn when(&self) -> String {
        let words = &self.words;
        match (self.unit, self.days) {
            (Unit::Month, Some((first, _))) => words.in_month(first),
            (Unit::Quarter, Some((first, _))) => words.in_quarter(first),
            (Unit::Year, Some((first, _))) => words.in_year(first),
            (_, Some((first, last))) if first == last => {
                words.say("when-on", &[("day", words.day_month(first).into())])
            }
            (_, Some((first, last))) => {
                let same_month = (first.year(), first.month()) == (last.year(), last.month());
                let (id, from) = if same_month {
                    ("when-days-in-month", first.day().to_string())
                } else {
                    ("when-days", words.day_month(first))
                };
                words.say(id, &[("from", from.into()), ("to", words.day_month(last).into())])
            }
            (_, None) => words.say(
                "when-moments",
                &[
                    ("from", words.moment(self.zone.local(self.period.from())).into()),
                    ("to", words.moment(self.zone.local(self.period.to())).into()),
                ],
            ),
        }
    }

    /// What a comparison with `other` calls it: `the week before` where it ends as this one begins, else its dates.
    pub(super) fn before(&self, other: &Self) -> String {
        let is_just_before = other.period.to() == self.period.from();
        let id = match self.unit {
            _ if !is_just_before => return self.words.say("before-span", &[("period", other.plain().into())]),
            Unit::Day => "before-day",
            Unit::Week => "before-week",
            Unit::Month => "before-month",
            Unit::Quarter => "before-quarter",
            Unit::Year => "before-year",
            Unit::Span => return self.words.say("before-span", &[("period", other.plain().into())]),
        };
        self.words.word(id)
    }

    /// For file names: `2026-11-09`, with the time when it doesn't begin at midnight: `2026-11-16-0800`.
    pub(super) fn stem(&self) -> String {
        let local = self.zone.local(self.period.from());
        if self.days.is_some() || local.time() == NaiveTime::MIN {
            local.date().to_string()
        } else {
            format!("{}-{:02}{:02}", local.date(), local.hour(), local.minute())
        }
    }

    fn moments(&self) -> String {
        self.words.moments(self.zone.local(self.period.from()), self.zone.local(self.period.to()))
    }
}
