//! Raw events of formats in which several make a call, and which call was folded into which.

use std::collections::BTreeSet;

use super::{Session, Sql, StoreError, execute, fetch_all, sql, stored};
use crate::domain::instant::Instant;

const SAVE: Sql = sql!(twin "call_events/save");
const OF_CALLS: Sql = sql!(twin "call_events/of_calls");
const SAVE_ALIASES: Sql = sql!(twin "call_events/save_aliases");
const ALIASES_OF: Sql = sql!(twin "call_events/aliases_of");

/// An event to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewEvent<'a> {
    pub hash: &'a [u8],
    pub call_id: &'a str,
    pub at: Instant,
    pub body: &'a str,
}

/// Events as they go into the database, made before its writer is taken.
#[derive(Debug)]
pub struct PreparedEvents(String);

impl PreparedEvents {
    /// The text that the statement takes.
    pub fn new(events: &[NewEvent<'_>]) -> Result<Self, StoreError> {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
        let hex = |bytes: &[u8]| bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
        let rows: Vec<(String, &str, i64, &str)> =
            events.iter().map(|event| (hex(event.hash), event.call_id, event.at.as_micros(), event.body)).collect();
        stored("events", serde_json::to_string(&rows)).map(Self)
    }
}

/// An event that was kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct KeptEvent {
    pub call_id: String,
    pub at: Option<Instant>,
    pub body: String,
}

#[derive(sqlx::FromRow)]
struct AliasRow {
    call_id: String,
    into_call_id: String,
}

impl Session {
    /// Keeps events; those that are there already stay as they are.
    pub async fn save_events(&mut self, source: i64, events: &PreparedEvents, now: Instant) -> Result<(), StoreError> {
        execute!(self, SAVE, source, &events.0, now)?;
        Ok(())
    }

    /// The kept events of these calls.
    pub async fn events_of(&mut self, source: i64, call_ids: &BTreeSet<String>) -> Result<Vec<KeptEvent>, StoreError> {
        let ids = stored("list of calls", serde_json::to_string(call_ids))?;
        fetch_all!(self, OF_CALLS, KeptEvent, source, &ids)
    }

    /// Keeps pairs (folded away, into).
    pub async fn save_aliases(&mut self, source: i64, pairs: &BTreeSet<(String, String)>) -> Result<(), StoreError> {
        if !pairs.is_empty() {
            execute!(self, SAVE_ALIASES, source, &stored("aliases", serde_json::to_string(pairs))?)?;
        }
        Ok(())
    }

    /// Every pair (folded away, into) that these calls are tied to, directly or through others.
    pub async fn aliases_around(
        &mut self,
        source: i64,
        call_ids: &BTreeSet<String>,
    ) -> Result<BTreeSet<(String, String)>, StoreError> {
        let mut pairs = BTreeSet::new();
        let mut asked: BTreeSet<String> = BTreeSet::new();
        let mut ask = call_ids.clone();
        while !ask.is_empty() {
            let ids = stored("list of calls", serde_json::to_string(&ask))?;
            let found = fetch_all!(self, ALIASES_OF, AliasRow, source, &ids)?;
            asked.append(&mut ask);
            for row in found {
                ask.extend([&row.call_id, &row.into_call_id].into_iter().filter(|id| !asked.contains(*id)).cloned());
                pairs.insert((row.call_id, row.into_call_id));
            }
        }
        Ok(pairs)
    }
}
