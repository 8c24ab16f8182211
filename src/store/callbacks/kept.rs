//! Entries as their rows hold them.

use super::super::{StoreError, json, stored};
use crate::domain::call::CallStatus;
use crate::domain::callback::{ClosedBy, Entry, Miss, Rule};
use crate::domain::instant::Instant;

#[derive(sqlx::FromRow)]
pub(super) struct EntryRow {
    client: i64,
    opened_at: Instant,
    closed_at: Option<Instant>,
    closed_by: Option<i64>,
    tracking: Option<i64>,
    missed: String,
    attempts: String,
}

impl EntryRow {
    pub(super) fn read(self) -> Result<Entry, StoreError> {
        Ok(Entry {
            client: self.client,
            tracking: self.tracking,
            opened_at: self.opened_at,
            closed_at: self.closed_at,
            closed_by: self.closed_by.map(|code| if code == 0 { ClosedBy::OurCall } else { ClosedBy::ClientReturn }),
            missed: misses(&self.missed)?,
            attempts: instants(&self.attempts)?,
        })
    }
}

/// One miss as it is kept: microseconds, status, wait, whether a call-back was asked for; or, of a former release, the
/// microseconds alone.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum KeptMiss {
    Whole(i64, i64, Option<u32>, u8),
    At(i64),
}

/// The misses of an entry as they are kept.
pub(in crate::store) fn misses(text: &str) -> Result<Vec<Miss>, StoreError> {
    let kept: Vec<KeptMiss> = stored("list of missed calls", serde_json::from_str(text))?;
    let miss = |kept| match kept {
        KeptMiss::Whole(at, status, wait_sec, requested) => Ok(Miss {
            at: Instant::from_micros(at),
            status: stored("status", CallStatus::from_code(status).ok_or_else(|| format!("{status} isn't one")))?,
            wait_sec,
            requested: requested != 0,
        }),
        KeptMiss::At(at) => Ok(Miss {
            at: Instant::from_micros(at),
            status: CallStatus::MissedNoAnswer,
            wait_sec: None,
            requested: false,
        }),
    };
    kept.into_iter().map(miss).collect()
}

pub(in crate::store) fn instants(text: &str) -> Result<Vec<Instant>, StoreError> {
    let micros: Vec<i64> = stored("list of times", serde_json::from_str(text))?;
    Ok(micros.into_iter().map(Instant::from_micros).collect())
}

/// Client, opened, closed, by whom, number, misses, attempts, whether it counts by the usual rule: as it is bound.
pub(super) type BoundEntry = (i64, i64, Option<i64>, Option<i64>, Option<i64>, String, String, bool);

pub(super) fn entry_row(entry: &Entry) -> BoundEntry {
    let miss = |miss: &Miss| (miss.at.as_micros(), miss.status.code(), miss.wait_sec, u8::from(miss.requested));
    let missed: Vec<_> = entry.missed.iter().map(miss).collect();
    let list = |times: &[Instant]| {
        let micros: Vec<String> = times.iter().map(|time| time.as_micros().to_string()).collect();
        format!("[{}]", micros.join(","))
    };
    (
        entry.client,
        entry.opened_at.as_micros(),
        entry.closed_at.map(Instant::as_micros),
        entry.closed_by.map(|by| by as i64),
        entry.tracking,
        json(&missed),
        list(&entry.attempts),
        entry.under(Rule::default()).is_some(),
    )
}
