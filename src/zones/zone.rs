//! One time zone: what its wall clock shows at an instant, and which instant its wall clock means. A local time may not
//! exist (a gap: clocks went forward) or exist twice (an overlap: clocks went back), and a day may begin late or be
//! missing altogether; every answer here names which it is, and none of them panics, however far the year.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use jiff::Timestamp;
use jiff::tz::{AmbiguousOffset, TimeZone};

use crate::domain::instant::Instant;
use crate::domain::period::Period;

/// A zone of the data in use, under its canonical name. Cheap to clone; two are equal when their names are.
#[derive(Clone)]
pub struct Zone(Arc<Inner>);

struct Inner {
    name: String,
    rules: TimeZone,
}

/// What a local date-time means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// It exists once.
    Single(Instant),
    /// It doesn't exist; `end` is the first instant after the gap.
    Gap { end: Instant },
    /// It exists twice.
    Overlap { first: Instant, second: Instant },
}

impl Resolved {
    /// The one instant to act at: the end of a gap, the first pass of an overlap.
    pub fn earliest(self) -> Instant {
        match self {
            Self::Single(instant) | Self::Gap { end: instant } | Self::Overlap { first: instant, .. } => instant,
        }
    }
}

/// A stretch of time with one offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OffsetSegment {
    pub from: Instant,
    /// Not inside.
    pub to: Instant,
    /// Local time minus UTC.
    pub offset_seconds: i32,
}

impl Zone {
    pub(super) fn new(name: impl Into<String>, rules: TimeZone) -> Self {
        Self(Arc::new(Inner { name: name.into(), rules }))
    }

    /// The canonical IANA name: `Europe/Kyiv`.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Local time minus UTC at that instant.
    pub fn offset_seconds(&self, at: Instant) -> i32 {
        self.0.rules.to_offset(timestamp(at)).seconds()
    }

    /// What the wall clock shows, to the microsecond.
    pub fn local(&self, at: Instant) -> NaiveDateTime {
        wall(at, self.offset_seconds(at))
    }

    /// The local time with its offset: `2026-03-30T09:00:00+03:00`. Offsets with seconds (before the 1970s) are
    /// rounded to the minute and the time with them, so that the text always means this very instant.
    pub fn rfc3339(&self, at: Instant) -> String {
        let minutes = (f64::from(self.offset_seconds(at)) / 60.0).round() as i32;
        let shown = wall(at, minutes * 60);
        let sign = if minutes < 0 { '-' } else { '+' };
        let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
        format!("{}{sign}{hours:02}:{rest:02}", shown.format("%Y-%m-%dT%H:%M:%S%.f"))
    }

    /// Which instant, or instants, the wall clock shows `local` at.
    pub fn resolve(&self, local: NaiveDateTime) -> Resolved {
        match self.0.rules.to_ambiguous_timestamp(civil(local)).offset() {
            AmbiguousOffset::Unambiguous { offset } => Resolved::Single(instant_at_offset(local, offset.seconds())),
            AmbiguousOffset::Fold { before, after } => Resolved::Overlap {
                first: instant_at_offset(local, before.seconds()),
                second: instant_at_offset(local, after.seconds()),
            },
            AmbiguousOffset::Gap { before, after } => {
                Resolved::Gap { end: self.end_of_gap(local, before.seconds(), after.seconds()) }
            }
        }
    }

    /// Reads an instant as people write it: RFC 3339 with an offset, else a local date-time or date of this zone.
    pub fn read_instant(&self, text: &str) -> Option<Instant> {
        let text = text.trim();
        if let Some(instant) = Instant::parse_rfc3339(text) {
            return Some(instant);
        }
        let local = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M"];
        let local = local.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
        let date = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        local.map(|local| self.resolve(local).earliest()).or_else(|| date().map(|date| self.start_of_day(date)))
    }

    /// The first instant of that local date, or of the next date that exists: the day may begin at 01:00, or be missing.
    pub fn start_of_day(&self, date: NaiveDate) -> Instant {
        self.resolve(date.and_time(NaiveTime::MIN)).earliest()
    }

    /// The local date at an instant.
    pub fn date(&self, at: Instant) -> NaiveDate {
        self.local(at).date()
    }

    /// The period cut where the offset changes; consecutive segments touch and differ in offset.
    pub fn offset_segments(&self, period: Period) -> Vec<OffsetSegment> {
        let mut segments = Vec::new();
        let (mut from, mut offset_seconds) = (period.from(), self.offset_seconds(period.from()));
        for (at, next_offset) in self.changes_after(period.from()).take_while(|(at, _)| *at < period.to()) {
            segments.push(OffsetSegment { from, to: at, offset_seconds });
            (from, offset_seconds) = (at, next_offset);
        }
        segments.push(OffsetSegment { from, to: period.to(), offset_seconds });
        segments
    }

    /// The first instant after `at` from which another offset holds, and that offset.
    pub(super) fn next_change(&self, at: Instant) -> Option<(Instant, i32)> {
        self.changes_after(at).next()
    }

    /// The last instant at or before `at` from which another offset held than just before it.
    pub(super) fn change_at_or_before(&self, at: Instant) -> Option<Instant> {
        let just_after = timestamp(Instant::from_micros(at.as_micros().saturating_add(1)));
        self.0
            .rules
            .preceding(just_after)
            .map(|change| from_timestamp(change.timestamp()))
            .find(|at| self.offset_seconds(*at) != self.offset_seconds(just_before(*at)))
    }

    fn changes_after(&self, at: Instant) -> impl Iterator<Item = (Instant, i32)> + '_ {
        let mut current = self.offset_seconds(at);
        self.0.rules.following(timestamp(at)).filter_map(move |change| {
            let offset = change.offset().seconds();
            let differs = offset != current;
            current = offset;
            differs.then(|| (from_timestamp(change.timestamp()), offset))
        })
    }

    fn end_of_gap(&self, local: NaiveDateTime, before: i32, after: i32) -> Instant {
        let early = instant_at_offset(local, after);
        self.changes_after(early)
            .map(|(at, _)| at)
            .take_while(|at| *at <= instant_at_offset(local, before))
            .find(|at| wall(*at, before) <= local && local < wall(*at, after))
            .unwrap_or_else(|| instant_at_offset(local, before))
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for Zone {}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.0.name)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.name)
    }
}

/// `date` moved by whole days, staying inside the calendar.
pub(super) fn plus_days(date: NaiveDate, days: i64) -> NaiveDate {
    let span = Days::new(days.unsigned_abs());
    let moved = if days < 0 { date.checked_sub_days(span) } else { date.checked_add_days(span) };
    moved.unwrap_or(date)
}

fn just_before(at: Instant) -> Instant {
    Instant::from_micros(at.as_micros().saturating_sub(1))
}

/// The same instant for jiff, which knows the years -9999 to 9999; what lies outside is moved to the nearer end.
fn timestamp(at: Instant) -> Timestamp {
    let nearer = if at.as_micros() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_microsecond(at.as_micros()).unwrap_or(nearer)
}

fn from_timestamp(at: Timestamp) -> Instant {
    Instant::from_micros(at.as_microsecond())
}

fn wall(at: Instant, offset_seconds: i32) -> NaiveDateTime {
    let shifted = at.plus_seconds(i64::from(offset_seconds)).as_micros();
    let nearer = if shifted < 0 { NaiveDateTime::MIN } else { NaiveDateTime::MAX };
    DateTime::from_timestamp_micros(shifted).map_or(nearer, |time| time.naive_utc())
}

/// The instant at which a clock with that offset shows `local`.
pub(super) fn instant_at_offset(local: NaiveDateTime, offset_seconds: i32) -> Instant {
    Instant::from(local.and_utc()).plus_seconds(-i64::from(offset_seconds))
}

/// The same local date-time for jiff; years outside -9999 to 9999 are moved to the nearer end.
fn civil(local: NaiveDateTime) -> jiff::civil::DateTime {
    let nearer = if local.year() < 0 { jiff::civil::DateTime::MIN } else { jiff::civil::DateTime::MAX };
    let Ok(year) = i16::try_from(local.year()) else { return nearer };
    let (month, day) = (local.month() as i8, local.day() as i8);
    let (hour, minute, second) = (local.hour() as i8, local.minute() as i8, local.second() as i8);
    let nanosecond = (local.nanosecond() % 1_000_000_000) as i32;
    jiff::civil::DateTime::new(year, month, day, hour, minute, second, nanosecond).unwrap_or(nearer)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use chrono::TimeZone as _;
    use proptest::prelude::*;

    use super::*;
    use crate::zones::Zones;

    fn zones() -> &'static Zones {
        static ZONES: LazyLock<Zones> = LazyLock::new(Zones::bundled);
        &ZONES
    }

    fn zone(name: &str) -> Zone {
        zones().get(name).unwrap()
    }

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap()
    }

    fn at(text: &str) -> Instant {
        Instant::parse_rfc3339(text).unwrap()
    }

    #[test]
    fn a_gap_has_an_end_and_an_overlap_two_passes() {
        for (name, shown, means) in [
            ("Europe/Kyiv", "2026-03-29T02:59", Resolved::Single(at("2026-03-29T02:59:00+02:00"))),
            ("Europe/Kyiv", "2026-03-29T03:00", Resolved::Gap { end: at("2026-03-29T04:00:00+03:00") }),
            ("Europe/Kyiv", "2026-03-29T03:59", Resolved::Gap { end: at("2026-03-29T04:00:00+03:00") }),
            ("Europe/Kyiv", "2026-03-29T04:00", Resolved::Single(at("2026-03-29T04:00:00+03:00"))),
            ("Africa/Cairo", "2026-04-24T00:30", Resolved::Gap { end: at("2026-04-24T01:00:00+03:00") }),
            ("America/Nuuk", "2026-03-28T23:30", Resolved::Gap { end: at("2026-03-29T00:00:00-01:00") }),
            ("Australia/Lord_Howe", "2026-10-04T02:10", Resolved::Gap { end: at("2026-10-04T02:30:00+11:00") }),
            ("Pacific/Apia", "2011-12-30T12:00", Resolved::Gap { end: at("2011-12-31T00:00:00+14:00") }),
        ] {
            assert_eq!(zone(name).resolve(local(shown)), means, "{name} {shown}");
        }
        let twice =
            Resolved::Overlap { first: at("2026-10-25T03:30:00+03:00"), second: at("2026-10-25T03:30:00+02:00") };
        assert_eq!(zone("Europe/Kyiv").resolve(local("2026-10-25T03:30")), twice);
    }

    #[test]
    fn a_day_begins_when_it_first_can() {
        let date = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap();
        for (name, day, begins) in [
            ("Europe/Kyiv", "2026-03-29", "2026-03-29T00:00:00+02:00"),
            ("Africa/Cairo", "2026-04-24", "2026-04-24T01:00:00+03:00"),
            ("America/Havana", "2026-03-08", "2026-03-08T01:00:00-04:00"),
            ("America/Havana", "2026-11-01", "2026-11-01T00:00:00-04:00"),
            ("America/Santiago", "2026-09-06", "2026-09-06T01:00:00-03:00"),
            ("Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00"),
        ] {
            assert_eq!(zone(name).start_of_day(date(day)), at(begins), "{name} {day}");
        }
    }

    #[test]
    fn the_text_always_means_the_instant() {
        let kyiv = zone("Europe/Kyiv");
        assert_eq!(kyiv.rfc3339(at("2026-03-30T06:00:00Z")), "2026-03-30T09:00:00+03:00");
        assert_eq!(zone("America/St_Johns").rfc3339(at("2026-01-01T00:00:00Z")), "2025-12-31T20:30:00-03:30");
        assert_eq!(zone("UTC").rfc3339(at("2026-01-01T00:00:00.25Z")), "2026-01-01T00:00:00.250+00:00");
        for seconds in [-3_000_000_000, -1_600_000_000, 0, 1_780_000_000] {
            let instant = Instant::from_seconds(seconds);
            assert_eq!(Instant::parse_rfc3339(&kyiv.rfc3339(instant)), Some(instant), "{instant}");
        }
    }

    #[test]
    fn segments_touch_and_differ() {
        let period = Period::new(at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z")).unwrap();
        let segments = zone("Europe/Kyiv").offset_segments(period);
        let cuts: Vec<String> = segments.iter().map(|it| format!("{} {}", it.from, it.offset_seconds / 3600)).collect();
        assert_eq!(cuts, ["2026-01-01T00:00:00Z 2", "2026-03-29T01:00:00Z 3", "2026-10-25T01:00:00Z 2"]);
        assert_eq!(zone("UTC").offset_segments(period).len(), 1);
        let short = Period::new(at("2026-03-29T01:00:00Z"), at("2026-03-29T01:00:01Z")).unwrap();
        assert_eq!(zone("Europe/Kyiv").offset_segments(short).len(), 1);
    }

    #[test]
    fn no_year_is_too_far() {
        let kyiv = zone("Europe/Kyiv");
        assert_eq!(kyiv.offset_seconds(at("2150-07-01T00:00:00Z")), 10_800);
        assert_eq!(kyiv.offset_seconds(at("9998-07-01T00:00:00Z")), 10_800);
        for micros in [i64::MIN, i64::MAX, -62_135_596_800_000_000 * 6, 253_402_300_799_000_000 * 6] {
            let _ = (kyiv.local(Instant::from_micros(micros)), kyiv.rfc3339(Instant::from_micros(micros)));
        }
        for date in [NaiveDate::MIN, NaiveDate::MAX] {
            let _ = (kyiv.start_of_day(date), kyiv.resolve(date.and_time(NaiveTime::MIN)));
        }
    }

    #[test]
    fn reads_instants_as_people_write_them() {
        let kyiv = zone("Europe/Kyiv");
        for text in ["2026-03-28T07:00:00Z", "2026-03-28T09:00:00+02:00", "2026-03-28T09:00", "2026-03-28 09:00:00"] {
            assert_eq!(kyiv.read_instant(text), Some(at("2026-03-28T07:00:00Z")), "{text}");
        }
        assert_eq!(kyiv.read_instant("2026-03-28"), Some(at("2026-03-27T22:00:00Z")));
        assert_eq!(kyiv.read_instant("tomorrow"), None);
    }

    proptest! {
        #[test]
        fn what_a_clock_shows_means_that_instant(index in 0..400_usize, seconds in -2_000_000_000_i64..8_000_000_000) {
            let zones = zones();
            let names = zones.names();
            let zone = zones.get(names[index % names.len()]).unwrap();
            let instant = Instant::from_seconds(seconds);
            let back = zone.resolve(zone.local(instant));
            let found = match back {
                Resolved::Single(only) => only == instant,
                Resolved::Overlap { first, second } => first == instant || second == instant,
                Resolved::Gap { .. } => false,
            };
            prop_assert!(found, "{zone} {instant} {back:?}");
        }

        /// Years in which no zone's history has been corrected since the data that chrono-tz carries.
        #[test]
        fn agrees_with_chrono_tz_about_the_past(index in 0..400_usize, seconds in 315_532_800_i64..1_704_067_200) {
            let zones = zones();
            let names = zones.names();
            let zone = zones.get(names[index % names.len()]).unwrap();
            let Ok(theirs) = zone.name().parse::<chrono_tz::Tz>() else { return Ok(()) };
            let utc = DateTime::from_timestamp(seconds, 0).unwrap();
            let shown = theirs.from_utc_datetime(&utc.naive_utc()).naive_local();
            prop_assert_eq!(zone.local(Instant::from_seconds(seconds)), shown, "{}", zone);
        }
    }
}
