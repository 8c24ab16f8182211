//! Calls in by weekday and hour, and the busiest of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, TimeDelta, Timelike};

use super::super::view::View;

/// Calls in of one hour of one weekday, summed over the period's days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hour {
    pub(super) answered: u64,
    pub(super) missed: u64,
    /// Days of the period that have this hour.
    pub(super) days: u64,
}

impl Hour {
    pub(super) fn calls(self) -> u64 {
        self.answered + self.missed
    }
}

/// Seven weekdays (Monday first) by 24 hours. `None`: the period has no such hour, because no such weekday lies in it, or
/// clocks went forward over it, or it hasn't come yet. An hour that a clock showed twice is summed.
pub(super) fn grid(view: &View<'_>) -> [[Option<Hour>; 24]; 7] {
    let mut grid = [[None; 24]; 7];
    let (period, zone) = (view.request.period, &view.request.zone);
    // Hours of the wall clock; one that it shows twice is still one hour of its day.
    let mut seen = BTreeSet::new();
    for segment in zone.offset_segments(period) {
        let end = segment.to.min(view.request.made_at);
        let offset = i64::from(segment.offset_seconds);
        // From hour to hour of the wall clock; the first may have begun before the segment.
        let begin = segment.from.as_seconds() + offset;
        let mut at = begin - begin.rem_euclid(3600);
        while at - offset < end.as_seconds() {
            if let Some(local) = DateTime::from_timestamp(at, 0) {
                let cell: &mut Option<Hour> =
                    &mut grid[local.weekday().num_days_from_monday() as usize][local.hour() as usize];
                cell.get_or_insert_default().days += u64::from(seen.insert(at));
            }
            at += TimeDelta::hours(1).num_seconds();
        }
    }
    for slot in &view.now.slots {
        let hour = grid[usize::from(slot.weekday)][usize::from(slot.hour)].get_or_insert_default();
        hour.answered += slot.answered;
        hour.missed += slot.missed;
    }
    grid
}

/// `Busiest: Tuesday 10:00–11:00, 14 calls, 5 of them missed`; `None` when no call came in.
pub(super) fn busiest(view: &View<'_>) -> Option<String> {
    let grid = grid(view);
    let mut by_calls: BTreeMap<u64, (usize, usize, Hour)> = BTreeMap::new();
    for (weekday, hours) in grid.iter().enumerate() {
        for (hour, cell) in hours.iter().enumerate() {
            if let Some(cell) = cell.filter(|cell| cell.calls() > 0) {
                // Ties stay with the earlier.
                by_calls.entry(cell.calls()).or_insert((weekday, hour, cell));
            }
        }
    }
    let (calls, (weekday, hour, cell)) = by_calls.pop_last()?;
    let words = &view.words;
    let weekday = words.word(&format!("weekday-long-{}", weekday + 1));
    let values = [
        ("weekday", weekday.into()),
        ("hours", words.hours(hour as u8, hour as u8 + 1).into()),
        ("calls", calls.into()),
        ("missed", cell.missed.into()),
    ];
    Some(words.say(if cell.missed > 0 { "busiest-missed" } else { "busiest" }, &values))
}

/// Calls in of an average Monday, Tuesday …, with the weekday's number from 0 on; nothing unless some weekday comes twice.
pub(super) fn averages(grid: &[[Option<Hour>; 24]; 7]) -> Vec<(usize, f64)> {
    let days = |hours: &[Option<Hour>; 24]| hours.iter().flatten().map(|hour| hour.days).max().unwrap_or(0);
    if grid.iter().all(|hours| days(hours) < 2) {
        return Vec::new();
    }
    grid.iter()
        .enumerate()
        .filter(|(_, hours)| days(hours) > 0)
        .map(|(weekday, hours)| {
            let calls: u64 = hours.iter().flatten().map(|hour| hour.calls()).sum();
            (weekday, calls as f64 / days(hours) as f64)
        })
        .collect()
}
