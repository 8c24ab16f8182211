//! What a reader may say about a report by the link in its mail, and how an address stands towards it. Pure.

use chrono::NaiveDate;

/// What is wished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// No more of this report.
    Stop,
    /// None of it before this day.
    Pause(NaiveDate),
    /// Nothing more of the project.
    Project,
    /// As it was before this reader wished anything.
    Undo,
}

/// How an address stands towards a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Gets,
    /// Its reader stopped the report.
    Stopped,
    /// Its reader paused it, up to this day.
    Paused(NaiveDate),
    /// Its reader stopped all of the project.
    ProjectStopped,
    /// Somebody else stopped it, or its mail came back: its reader can't take that back here.
    StoppedByOthers,
}

/// A stop in force that concerns the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    pub by_reader: bool,
    /// It is of this schedule alone.
    pub of_schedule: bool,
    /// It is a pause, up to this day.
    pub until: Option<NaiveDate>,
}

/// How an address stands with these stops. What reaches furthest is said: others' stops before its reader's own, the
/// project before the report, for good before a pause.
pub fn standing(reasons: &[Reason]) -> Standing {
    let own = || reasons.iter().filter(|reason| reason.by_reader);
    if reasons.iter().any(|reason| !reason.by_reader) {
        Standing::StoppedByOthers
    } else if own().any(|reason| !reason.of_schedule) {
        Standing::ProjectStopped
    } else if own().any(|reason| reason.until.is_none()) {
        Standing::Stopped
    } else {
        own().filter_map(|reason| reason.until).max().map_or(Standing::Gets, Standing::Paused)
    }
}

/// The days up to which a report may be paused: from tomorrow, for a year.
pub fn pause_days(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let tomorrow = today.succ_opt().unwrap_or(today);
    (tomorrow, today.checked_add_days(chrono::Days::new(LONGEST_PAUSE)).unwrap_or(tomorrow))
}

/// A pause without an end is a stop.
const LONGEST_PAUSE: u64 = 366;

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, day).expect("a date")
    }

    #[test]
    fn what_reaches_furthest_is_said() {
        let pause = Reason { by_reader: true, of_schedule: true, until: Some(day(7)) };
        let stop = Reason { until: None, ..pause };
        let project = Reason { of_schedule: false, ..stop };
        let others = Reason { by_reader: false, ..stop };
        assert_eq!(standing(&[]), Standing::Gets);
        assert_eq!(standing(&[pause]), Standing::Paused(day(7)));
        assert_eq!(standing(&[pause, stop]), Standing::Stopped);
        assert_eq!(standing(&[stop, project]), Standing::ProjectStopped);
        assert_eq!(standing(&[project, others]), Standing::StoppedByOthers);
    }

    #[test]
    fn a_pause_begins_tomorrow_and_has_an_end() {
        let (first, last) = pause_days(day(1));
        assert_eq!((first, (last - day(1)).num_days()), (day(2), 366));
        assert_eq!(pause_days(NaiveDate::MAX), (NaiveDate::MAX, NaiveDate::MAX));
    }
}
