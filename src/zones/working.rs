//! A calendar on the time line: which instants are working time. An instant is when the wall clock of the calendar's zone
//! shows an hour of work, so an hour that clocks skip isn't worked and one that they show twice is worked twice.

use chrono::{NaiveDate, NaiveTime};

use super::{UnknownZone, Zone, Zones};
use crate::domain::calendar::Calendar;
use crate::domain::instant::Instant;
use crate::domain::period::Period;

/// A calendar in its zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingTime {
    pub calendar: Calendar,
    pub zone: Zone,
}

impl WorkingTime {
    /// This calendar on the wall clock of this zone.
    pub const fn new(calendar: Calendar, zone: Zone) -> Self {
        Self { calendar, zone }
    }

    /// The calendar in its own zone, or in that of the project which goes by it.
    pub fn of(calendar: Calendar, project_zone: &str, zones: &Zones) -> Result<Self, UnknownZone> {
        let zone = zones.get(calendar.zone.as_deref().unwrap_or(project_zone))?;
        Ok(Self::new(calendar, zone))
    }

    /// Whether it is working time.
    pub fn is_open(&self, at: Instant) -> bool {
        self.calendar.is_open(self.zone.local(at))
    }

    /// Whole seconds of working time from one instant to another; 0 when the second isn't later.
    pub fn open_seconds(&self, from: Instant, to: Instant) -> u64 {
        let Some(period) = Period::new(from, to) else { return 0 };
        let micros: i64 = self
            .zone
            .offset_segments(period)
            .iter()
            .map(|segment| {
                let shown = |at: Instant| at.plus_seconds(segment.offset_seconds.into()).to_utc();
                let (from, to) = (shown(segment.from), shown(segment.to));
                from.zip(to).map_or(0, |(from, to)| self.calendar.open_micros(from.naive_utc(), to.naive_utc()))
            })
            .sum();
        u64::try_from(micros / 1_000_000).unwrap_or(0)
    }

    /// Whether somebody works on that date.
    pub fn is_business_day(&self, date: NaiveDate) -> bool {
        self.calendar.is_business_day(date)
    }

    /// The name of a day off.
    pub fn day_name(&self, date: NaiveDate) -> Option<&str> {
        self.calendar.day_name(date)
    }

    /// The dates of a period on which somebody works.
    pub fn working_days(&self, period: Period) -> Vec<NaiveDate> {
        self.dates(period).filter(|date| self.is_business_day(*date)).collect()
    }

    /// The days off of a period that take hours of work away: what would be worked if the calendar didn't name them.
    pub fn days_off(&self, period: Period) -> Vec<NaiveDate> {
        self.dates(period).filter(|date| self.calendar.takes_work(*date)).collect()
    }

    /// The dates of a period that are worked though their day of the week isn't.
    pub fn extra_days(&self, period: Period) -> Vec<NaiveDate> {
        self.dates(period).filter(|date| self.calendar.adds_work(*date)).collect()
    }

    /// A date belongs to the period in which its noon lies, so that periods that touch share none, also when the period
    /// was cut in a neighbouring zone.
    fn dates(&self, period: Period) -> impl Iterator<Item = NaiveDate> {
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
        let zone = self.zone.clone();
        let (first, last) = (zone.date(period.from()), zone.date(period.to()));
        first
            .iter_days()
            .take_while(move |date| *date <= last)
            .filter(move |date| period.contains(zone.resolve(date.and_time(noon)).earliest()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::calendar::{DayOff, ExtraDay, Shift};
    use crate::domain::ids::CalendarId;
    use crate::zones::Zones;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn hours(texts: &[&str]) -> Vec<Shift> {
        texts.iter().map(|text| Shift::parse(text).expect("hours")).collect()
    }

    fn working(zone: &str, week: [&[&str]; 7]) -> WorkingTime {
        let off = DayOff { from: date("2026-11-17"), to: date("2026-11-18"), name: "Feast".into(), source: None };
        let extra = ExtraDay { date: date("2026-11-21"), hours: hours(&["10:00-12:00"]) };
        let id = CalendarId::parse("office").expect("an id");
        let calendar = Calendar::new(id, "Office".into(), None, week.map(hours), vec![off], vec![extra]);
        WorkingTime::new(calendar, Zones::bundled().get(zone).expect("a zone"))
    }

    const OFFICE: [&[&str]; 7] =
        [&["09:00-18:00"], &["09:00-18:00"], &["09:00-18:00"], &["09:00-18:00"], &["09:00-18:00"], &[], &[]];
    const NIGHTS: [&[&str]; 7] = [&["22:00-06:00"]; 7];

    fn seconds(working: &WorkingTime, from: &str, to: &str) -> u64 {
        let at = |text| working.zone.read_instant(text).expect("a time");
        working.open_seconds(at(from), at(to))
    }

    #[test]
    fn hours_of_work_follow_the_wall_clock() {
        let office = working("Europe/Kyiv", OFFICE);
        assert_eq!(seconds(&office, "2026-11-13T17:40", "2026-11-16T09:20"), 40 * 60, "over a weekend");
        assert_eq!(seconds(&office, "2026-11-16T17:00", "2026-11-19T10:00"), 2 * 3600, "over two days off");
        assert_eq!(seconds(&office, "2026-11-20T18:00", "2026-11-22T18:00"), 2 * 3600, "an extra Saturday");
        assert_eq!(seconds(&office, "2026-11-16T10:00", "2026-11-16T10:00"), 0);
        assert_eq!(seconds(&office, "2026-11-16T12:00", "2026-11-16T10:00"), 0);
        let nights = working("Europe/Kyiv", NIGHTS);
        assert_eq!(seconds(&nights, "2026-03-28T12:00", "2026-03-29T12:00"), 7 * 3600, "the night of 23 hours");
        assert_eq!(seconds(&nights, "2026-10-24T12:00", "2026-10-25T12:00"), 9 * 3600, "the night of 25 hours");
    }

    #[test]
    fn days_are_counted_by_their_noon() {
        let office = working("Europe/Kyiv", OFFICE);
        for zone in ["Europe/Kyiv", "Europe/Berlin", "America/New_York", "Asia/Tokyo"] {
            let zone = Zones::bundled().get(zone).expect("a zone");
            let week = Period::new(zone.start_of_day(date("2026-11-16")), zone.start_of_day(date("2026-11-23")));
            let week = week.expect("a week");
            let days: Vec<String> = office.working_days(week).iter().map(|day| day.format("%a").to_string()).collect();
            assert_eq!(days, ["Mon", "Thu", "Fri", "Sat"], "{zone}");
            assert_eq!(office.days_off(week), [date("2026-11-17"), date("2026-11-18")], "{zone}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// The slow way: every minute of the real clock, asked on its own.
        #[test]
        fn open_seconds_are_the_minutes_that_are_open(
            zone in prop::sample::select(&["Europe/Kyiv", "Australia/Lord_Howe", "America/Havana", "UTC"][..]),
            nights in any::<bool>(), begin in 0..365_i64, minutes in 0..4_000_i64,
        ) {
            let working = working(zone, if nights { NIGHTS } else { OFFICE });
            let from = Instant::parse_rfc3339("2026-01-01T00:00:00Z").expect("valid").plus_seconds(begin * 86_400);
            let to = from.plus_seconds(minutes * 60);
            let slow = (0..minutes).filter(|n| working.is_open(from.plus_seconds(n * 60))).count() as u64 * 60;
            prop_assert_eq!(working.open_seconds(from, to), slow);
            let middle = from.plus_seconds(minutes / 2 * 60);
            let halves = working.open_seconds(from, middle) + working.open_seconds(middle, to);
            prop_assert_eq!(halves, slow, "spans that touch add up");
        }
    }
}
