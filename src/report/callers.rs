//! Callers to call back: who waited at the period's end, what has been done since, and how fast we were. Plain sequences
//! over sorted rows; the entries themselves are kept by the fold.

use std::collections::BTreeMap;

use crate::domain::call::Direction;
use crate::domain::callback::Entry;
use crate::domain::instant::Instant;
use crate::domain::report_spec::Options;
use crate::domain::slice::{CallRow, Slice, SliceRequest};

use super::choose::Chosen;

/// Entries older than this at the period's end are one line with a count.
pub(super) const BACKLOG_DAYS: i64 = 14;

/// A caller who waits.
#[derive(Clone, Debug)]
pub(super) struct Waiting<'a> {
    pub(super) entry: &'a Entry,
    /// Missed calls of the entry up to the period's end.
    pub(super) tries: u64,
    /// The call that opened it; `None`: it isn't kept any more.
    pub(super) opening: Option<&'a CallRow>,
}

/// What is known of the callers of one report.
#[derive(Clone, Debug, Default)]
pub(super) struct Callers<'a> {
    /// Open at the period's end and not older than the backlog's age, longest waiting first.
    pub(super) waiting: Vec<Waiting<'a>>,
    /// Open and older.
    pub(super) backlog: u64,
    /// Of all that are open, those for whom the response window has passed.
    pub(super) lost: u64,
    /// Open at the end of the period compared with.
    pub(super) open_before: Option<u64>,
    /// Entries that ended within the period.
    pub(super) reached: u64,
    /// Seconds from the first missed call to our first try, over entries opened in the period that got one in time.
    pub(super) first_response_median: Option<f64>,
    /// Our calls in the period to somebody who waited at that moment, by agent.
    pub(super) called_back: BTreeMap<Option<i64>, u64>,
}

impl<'a> Callers<'a> {
    /// Looks at the chosen entries and calls of a slice. A period that isn't over ends at `made_at`: nobody has waited
    /// longer than that.
    pub(super) fn of(slice: &'a Slice, chosen: &Chosen<'a>, options: &Options, made_at: Instant) -> Self {
        let SliceRequest { period, compared_with, .. } = slice.request;
        let end = period.to().min(made_at);
        let window_sec = i64::from(options.response_window_hours) * 3600;
        let openings: BTreeMap<(i64, Instant), &CallRow> =
            slice.opening_calls.iter().filter_map(|call| Some(((call.client?, call.started_at), call))).collect();
        let mut callers = Self::default();
        let mut responses = Vec::new();
        for &entry in &chosen.entries {
            if entry.is_open_at(end) {
                callers.lost += u64::from(entry.opened_at.plus_seconds(window_sec) <= end);
                if entry.opened_at < end.plus_seconds(-BACKLOG_DAYS * 86_400) {
                    callers.backlog += 1;
                } else {
                    callers.waiting.push(Waiting {
                        entry,
                        tries: entry.missed.iter().filter(|miss| miss.at < end).count() as u64,
                        opening: openings.get(&(entry.client, entry.opened_at)).copied(),
                    });
                }
            }
            callers.reached += u64::from(entry.closed_at.is_some_and(|closed| period.contains(closed)));
            if period.contains(entry.opened_at)
                && let Some(response) = entry.first_response().filter(|at| *at < period.to())
                && response < entry.opened_at.plus_seconds(window_sec)
            {
                responses.push(response.since(entry.opened_at).as_secs());
            }
        }
        callers.waiting.sort_by_key(|waiting| (waiting.entry.opened_at, waiting.entry.client));
        callers.open_before = compared_with
            .map(|compared| chosen.entries.iter().filter(|entry| entry.is_open_at(compared.to())).count() as u64);
        callers.first_response_median = median(responses);
        callers.called_back = called_back(chosen);
        callers
    }

    /// Entries open at the period's end, whenever they began.
    pub(super) fn open(&self) -> u64 {
        self.waiting.len() as u64 + self.backlog
    }
}

fn called_back(chosen: &Chosen<'_>) -> BTreeMap<Option<i64>, u64> {
    let mut entries: BTreeMap<i64, Vec<&Entry>> = BTreeMap::new();
    for entry in &chosen.entries {
        entries.entry(entry.client).or_default().push(entry);
    }
    let mut made = BTreeMap::new();
    let ours = chosen.calls.iter().filter(|call| matches!(call.direction, Direction::Outbound | Direction::Callback));
    for call in ours {
        let waited = call
            .client
            .and_then(|client| entries.get(&client))
            .is_some_and(|entries| entries.iter().any(|entry| entry.is_open_at(call.started_at)));
        if waited {
            *made.entry(call.agent).or_insert(0) += 1;
        }
    }
    made
}

/// The middle value, of an even count the mean of the middle two.
fn median(mut values: Vec<u64>) -> Option<f64> {
    values.sort_unstable();
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(values[middle] as f64),
        _ => Some((values[middle - 1] + values[middle]) as f64 / 2.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_count_is_the_mean_of_the_middle_two() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![9, 1, 5]), Some(5.0));
        assert_eq!(median(vec![9, 1, 5, 6]), Some(5.5));
    }
}
