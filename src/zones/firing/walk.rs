//! The next and the previous firing of a rule.
//!
//! A rule of fixed local times is walked as it names them. From name to instant is a monotone step (the end of a gap, the
//! first pass of an overlap), so several names may share an instant: they are one firing, under the earliest name. A rule
//! that follows the real clock is walked one stretch of constant offset at a time instead.

use chrono::{NaiveDate, TimeDelta};

use crate::domain::cadence::{Named, Rule};
use crate::domain::instant::Instant;
use crate::domain::occurrence::Occurrence;
use crate::zones::zone::instant_at_offset;
use crate::zones::{Resolved, Zone};

/// One firing of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firing {
    /// Its identity: `2026-10-25T03:30#0`, see [`Occurrence`].
    pub occurrence: String,
    pub fires_at: Instant,
    /// What the wall clock shows then, with its offset: `2026-10-25T03:30:00+03:00`.
    pub local: String,
    /// Words for the reader, sorted: `clamped`, `day_off`, `gap`, `overlap`, `skipped`.
    pub notes: Vec<String>,
    /// The first of the dates whose occurrences fire here; its own where nothing was moved here.
    pub since: NaiveDate,
    /// On a day off, and so not sent.
    pub skipped: bool,
}

impl Firing {
    /// The identity, read. `None` only for a text that no firing writes.
    pub fn occurrence(&self) -> Option<Occurrence> {
        Occurrence::parse(&self.occurrence)
    }

    /// The instant that its name is about: when it fires, unless a day off moved it.
    pub fn named_at(&self, zone: &Zone) -> Instant {
        let named = self.occurrence().map(|occurrence| occurrence.local);
        match named.filter(|local| local.date() != self.shown(zone) && self.notes.iter().any(|note| note == DAY_OFF)) {
            Some(local) => zone.resolve(local).earliest(),
            None => self.fires_at,
        }
    }

    fn shown(&self, zone: &Zone) -> NaiveDate {
        zone.date(self.fires_at)
    }
}

/// The note of a firing that has to do with a day off.
pub const DAY_OFF: &str = "day_off";

/// Stretches of constant offset that a search goes through before it gives up: more than sixty years of any zone.
const MOST_STRETCHES: usize = 400;

/// Firings in a row that may be skipped before a search gives up: more than a year of one every five minutes.
const MOST_SKIPPED: usize = 120_000;

/// The first firing strictly after an instant, be it one that is skipped; `None` when there is none in the sixty years
/// that follow.
pub fn next<'a>(rule: impl Into<Rule<'a>>, zone: &Zone, after: Instant) -> Option<Firing> {
    let rule = rule.into();
    if rule.cadence.follows_real_clock() {
        return next_by_clock(rule, zone, after);
    }
    let mut names = rule.named_from(zone.local(after)).map(|named| Step::of(zone, named));
    names.find(|step| step.at > after).map(|step| step.firing(zone))
}

/// The same, without those that are skipped.
pub fn next_sent<'a>(rule: impl Into<Rule<'a>>, zone: &Zone, after: Instant) -> Option<Firing> {
    let rule = rule.into();
    let all = std::iter::successors(next(rule, zone, after), |firing| next(rule, zone, firing.fires_at));
    all.take(MOST_SKIPPED).find(|firing| !firing.skipped)
}

/// The last firing strictly before an instant.
pub fn previous<'a>(rule: impl Into<Rule<'a>>, zone: &Zone, before: Instant) -> Option<Firing> {
    let rule = rule.into();
    if rule.cadence.follows_real_clock() {
        return previous_by_clock(rule, zone, before);
    }
    let shown = zone.local(before);
    let latest = match zone.resolve(shown) {
        // In the second pass, the first has already shown later times than this one.
        Resolved::Overlap { first, second } => shown + TimeDelta::microseconds(second.as_micros() - first.as_micros()),
        Resolved::Single(_) | Resolved::Gap { .. } => shown,
    };
    let mut names = rule.named_back_from(latest).map(|named| Step::of(zone, named));
    let latest = names.find(|step| step.at < before)?;
    let at = latest.at;
    let earliest = names.take_while(|step| step.at == at).last().unwrap_or(latest);
    Some(earliest.firing(zone))
}

/// The same, without those that are skipped.
pub fn previous_sent<'a>(rule: impl Into<Rule<'a>>, zone: &Zone, before: Instant) -> Option<Firing> {
    let rule = rule.into();
    let all = std::iter::successors(previous(rule, zone, before), |firing| previous(rule, zone, firing.fires_at));
    all.take(MOST_SKIPPED).find(|firing| !firing.skipped)
}

fn next_by_clock(rule: Rule<'_>, zone: &Zone, after: Instant) -> Option<Firing> {
    let mut from = Instant::from_micros(after.as_micros().saturating_add(1));
    for _ in 0..MOST_STRETCHES {
        let offset = zone.offset_seconds(from);
        let end = zone.next_change(from).map(|(at, _)| at);
        let named = rule.named_from(zone.local(from)).next()?;
        let at = instant_at_offset(named.shown, offset);
        match end {
            Some(end) if at >= end => from = end,
            _ => return Some(by_clock(zone, named, at)),
        }
    }
    None
}

fn previous_by_clock(rule: Rule<'_>, zone: &Zone, before: Instant) -> Option<Firing> {
    let mut until = Instant::from_micros(before.as_micros().saturating_sub(1));
    for _ in 0..MOST_STRETCHES {
        let offset = zone.offset_seconds(until);
        let begin = zone.change_at_or_before(until);
        let named = rule.named_back_from(zone.local(until)).next()?;
        let at = instant_at_offset(named.shown, offset);
        match begin {
            Some(begin) if at < begin => until = Instant::from_micros(begin.as_micros() - 1),
            _ => return Some(by_clock(zone, named, at)),
        }
    }
    None
}

fn by_clock(zone: &Zone, named: Named, at: Instant) -> Firing {
    let resolved = zone.resolve(named.shown);
    let pass = u8::from(matches!(resolved, Resolved::Overlap { second, .. } if second == at));
    let twice = matches!(resolved, Resolved::Overlap { .. });
    Step { named, pass, at, gap: false, overlap: twice }.firing(zone)
}

/// A name and the instant it comes out at.
struct Step {
    named: Named,
    pass: u8,
    at: Instant,
    gap: bool,
    overlap: bool,
}

impl Step {
    fn of(zone: &Zone, named: Named) -> Self {
        let resolved = zone.resolve(named.shown);
        Self {
            named,
            pass: 0,
            at: resolved.earliest(),
            gap: matches!(resolved, Resolved::Gap { .. }),
            overlap: matches!(resolved, Resolved::Overlap { .. }),
        }
    }

    fn firing(&self, zone: &Zone) -> Firing {
        let named = &self.named;
        let notes = [
            ("clamped", named.clamped),
            (DAY_OFF, named.meets_day_off()),
            ("gap", self.gap),
            ("overlap", self.overlap),
            ("skipped", named.skipped),
        ];
        Firing {
            occurrence: Occurrence { local: named.local, pass: self.pass }.to_string(),
            fires_at: self.at,
            local: zone.rfc3339(self.at),
            notes: notes.into_iter().filter(|(_, holds)| *holds).map(|(note, _)| note.to_owned()).collect(),
            since: named.since,
            skipped: named.skipped,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::firing::laws::{rule, zones};

    /// The firings after an instant: `occurrence -> local notes`.
    fn walk(words: &str, zone: &str, after: &str, count: usize) -> Vec<String> {
        let zone = zones().get(zone).unwrap();
        let rule = rule(words);
        let after = Instant::parse_rfc3339(after).unwrap();
        std::iter::successors(next(&rule, &zone, after), |firing| next(&rule, &zone, firing.fires_at))
            .take(count)
            .map(|firing| {
                format!("{} -> {} {}", firing.occurrence, firing.local, firing.notes.join(" ")).trim().to_owned()
            })
            .collect()
    }

    #[test]
    fn a_time_that_clocks_skip_fires_at_the_end_of_the_gap() {
        let found = walk("every=day at=03:30", "Europe/Kyiv", "2026-03-28T12:00:00Z", 2);
        assert_eq!(
            found,
            ["2026-03-29T03:30#0 -> 2026-03-29T04:00:00+03:00 gap", "2026-03-30T03:30#0 -> 2026-03-30T03:30:00+03:00",]
        );
        let found = walk("every=week on=sat at=23:30", "America/Nuuk", "2026-03-27T12:00:00Z", 1);
        assert_eq!(found, ["2026-03-28T23:30#0 -> 2026-03-29T00:00:00-01:00 gap"]);
        let found = walk("every=day at=00:30", "Pacific/Apia", "2011-12-29T20:00:00Z", 3);
        assert_eq!(
            found,
            [
                "2011-12-30T00:30#0 -> 2011-12-31T00:00:00+14:00 gap",
                "2011-12-31T00:30#0 -> 2011-12-31T00:30:00+14:00",
                "2012-01-01T00:30#0 -> 2012-01-01T00:30:00+14:00",
            ]
        );
    }

    #[test]
    fn a_time_that_clocks_show_twice_fires_at_the_first() {
        let found = walk("every=day at=03:30", "Europe/Kyiv", "2026-10-24T12:00:00Z", 2);
        assert_eq!(
            found,
            [
                "2026-10-25T03:30#0 -> 2026-10-25T03:30:00+03:00 overlap",
                "2026-10-26T03:30#0 -> 2026-10-26T03:30:00+02:00",
            ]
        );
        let second_pass = walk("every=day at=03:30", "Europe/Kyiv", "2026-10-25T01:10:00Z", 1);
        assert_eq!(second_pass, ["2026-10-26T03:30#0 -> 2026-10-26T03:30:00+02:00"]);
    }

    #[test]
    fn two_occurrences_at_one_instant_are_one() {
        let found = walk("every=day at=03:10,03:50,04:00,05:00", "Europe/Kyiv", "2026-03-28T12:00:00Z", 2);
        assert_eq!(
            found,
            ["2026-03-29T03:10#0 -> 2026-03-29T04:00:00+03:00 gap", "2026-03-29T05:00#0 -> 2026-03-29T05:00:00+03:00",]
        );
        let zone = zones().get("Europe/Kyiv").unwrap();
        let before = Instant::parse_rfc3339("2026-03-29T01:30:00Z").unwrap();
        let last = previous(&rule("every=day at=03:10,03:50,04:00"), &zone, before).unwrap();
        assert_eq!((last.occurrence.as_str(), last.notes.as_slice()), ("2026-03-29T03:10#0", &["gap".to_owned()][..]));
    }

    #[test]
    fn cron_with_a_star_follows_the_real_clock() {
        let found = walk("cron=30 * * * *", "Europe/Kyiv", "2026-10-24T23:45:00Z", 3);
        assert_eq!(
            found,
            [
                "2026-10-25T03:30#0 -> 2026-10-25T03:30:00+03:00 overlap",
                "2026-10-25T03:30#1 -> 2026-10-25T03:30:00+02:00 overlap",
                "2026-10-25T04:30#0 -> 2026-10-25T04:30:00+02:00",
            ]
        );
        let found = walk("cron=30 * * * *", "Europe/Kyiv", "2026-03-28T23:45:00Z", 2);
        assert_eq!(
            found,
            ["2026-03-29T02:30#0 -> 2026-03-29T02:30:00+02:00", "2026-03-29T04:30#0 -> 2026-03-29T04:30:00+03:00",]
        );
        let found = walk("cron=*/20 3 * * *", "Europe/Kyiv", "2026-03-28T23:45:00Z", 1);
        assert_eq!(found, ["2026-03-30T03:00#0 -> 2026-03-30T03:00:00+03:00"], "nothing made up in the gap");
        let fixed = walk("cron=30 3 * * *", "Europe/Kyiv", "2026-03-28T12:00:00Z", 1);
        assert_eq!(fixed, ["2026-03-29T03:30#0 -> 2026-03-29T04:00:00+03:00 gap"]);
    }

    #[test]
    fn a_short_month_fires_on_its_last_day_or_not_at_all() {
        let clamped = walk("every=month on=31 at=08:00", "Europe/Kyiv", "2026-01-31T12:00:00Z", 2);
        assert_eq!(
            clamped,
            [
                "2026-02-28T08:00#0 -> 2026-02-28T08:00:00+02:00 clamped",
                "2026-03-31T08:00#0 -> 2026-03-31T08:00:00+03:00",
            ]
        );
        let skipped = walk("every=month on=31 short_month=skip at=08:00", "Europe/Kyiv", "2026-01-31T12:00:00Z", 1);
        assert_eq!(skipped, ["2026-03-31T08:00#0 -> 2026-03-31T08:00:00+03:00"]);
    }

    #[test]
    fn far_years_fire_and_the_calendars_end_is_quiet() {
        assert_eq!(walk("every=day at=08:00", "Europe/Kyiv", "2150-07-01T00:00:00Z", 1).len(), 1);
        let zone = zones().get("Europe/Kyiv").unwrap();
        for words in ["every=day at=08:00", "cron=*/5 * * * *"] {
            for micros in [i64::MIN, i64::MAX] {
                let _ = next(&rule(words), &zone, Instant::from_micros(micros));
                let _ = previous(&rule(words), &zone, Instant::from_micros(micros));
            }
        }
    }
}
