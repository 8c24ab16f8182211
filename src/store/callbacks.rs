//! Callers to call back, as the fold keeps them: a caller's entries are written anew, from the entry on that a changed
//! call falls into.

use std::collections::BTreeMap;

use super::{Session, Sql, Store, StoreError, execute, fetch_all, json, sql, stored};
use crate::domain::call::{CallStatus, Direction};
use crate::domain::callback::{ClientCall, ClosedBy, Entry, Miss, Rule, entries};
use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;

const BEGUN: Sql = sql!(twin "callbacks/begun");
const CALLS_SINCE: Sql = sql!(twin "callbacks/calls_since");
const DELETE: Sql = sql!(twin "callbacks/delete");
const SAVE: Sql = sql!(twin "callbacks/save");
const OPEN_AT: Sql = sql!("callbacks/open_at");
const CLIENTS: Sql = sql!("callbacks/clients");

/// Which way of keeping entries the database holds, and the name under which it says so.
const KEPT: (&str, &str) = ("callbacks/kept", "2");

#[derive(sqlx::FromRow)]
struct CallRow {
    client: i64,
    started_at: Instant,
    direction: i64,
    status: i64,
    tracking: Option<i64>,
    wait_sec: Option<i64>,
    talk_sec: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct EntryRow {
    client: i64,
    opened_at: Instant,
    closed_at: Option<Instant>,
    closed_by: Option<i64>,
    tracking: Option<i64>,
    missed: String,
    attempts: String,
}

impl Store {
    /// The entries that stood open at `at` (exclusive, such as a period's end), each as it stood then, oldest first.
    pub async fn callback_entries_open_at(&self, project: ProjectKey, at: Instant) -> Result<Vec<Entry>, StoreError> {
        self.read().await?.callback_entries_open_at(project, at).await
    }
}

impl Store {
    /// Writes every entry anew, once, when a former release kept them in another way. Several processes may do it at the
    /// same moment.
    ///
    /// # Errors
    /// When the database can't be read or written.
    pub async fn keep_callbacks_anew(&self) -> Result<(), StoreError> {
        if self.read().await?.meta(KEPT.0).await?.as_deref() == Some(KEPT.1) {
            return Ok(());
        }
        let mut last = (i64::MIN, i64::MIN);
        loop {
            let mut session = self.write().await?;
            let callers = fetch_all!(session, CLIENTS, (i64, i64), last.0, last.1)?;
            for of_one in callers.chunk_by(|a, b| a.0 == b.0) {
                let since = of_one.iter().map(|(_, client)| (*client, Instant::from_micros(0))).collect();
                session.refresh_callbacks(ProjectKey(of_one[0].0), &since).await?;
            }
            let Some(next) = callers.last() else {
                session.put_meta(KEPT.0, KEPT.1).await?;
                return session.commit().await;
            };
            last = *next;
            session.commit().await?;
        }
    }
}

impl Session {
    /// The entries that stood open at `at` (exclusive, such as a period's end), each as it stood then, oldest first.
    pub async fn callback_entries_open_at(
        &mut self,
        project: ProjectKey,
        at: Instant,
    ) -> Result<Vec<Entry>, StoreError> {
        let rows = fetch_all!(self, OPEN_AT, EntryRow, project.0, at)?;
        let entries = rows.into_iter().map(EntryRow::read).collect::<Result<Vec<_>, _>>()?;
        let usual = entries.iter().filter_map(|entry| entry.under(Rule::default()));
        let mut open: Vec<Entry> = usual.filter_map(|entry| entry.as_of(at)).collect();
        open.sort_unstable_by_key(|entry| (entry.opened_at, entry.client));
        Ok(open)
    }

    /// Writes anew the entries of callers whose calls changed: `changed` holds each number with the earliest start, old or
    /// new, of a call that did.
    pub async fn refresh_callbacks(
        &mut self,
        project: ProjectKey,
        changed: &BTreeMap<i64, Instant>,
    ) -> Result<(), StoreError> {
        if changed.is_empty() {
            return Ok(());
        }
        let list = |since: &BTreeMap<i64, Instant>| {
            json(&since.iter().map(|(client, from)| (*client, from.as_micros())).collect::<Vec<_>>())
        };
        // An entry that began before a change may end differently now, so it is told again from its beginning.
        let mut since = changed.clone();
        for (client, opened_at) in fetch_all!(self, BEGUN, (i64, Instant), project.0, &list(changed))? {
            since.insert(client, opened_at);
        }
        let since = list(&since);
        let calls: Vec<ClientCall> =
            fetch_all!(self, CALLS_SINCE, CallRow, project.0, &since)?.iter().filter_map(CallRow::call).collect();
        execute!(self, DELETE, project.0, &since)?;
        let rows: Vec<_> = entries(&calls).iter().map(entry_row).collect();
        if !rows.is_empty() {
            execute!(self, SAVE, project.0, &json(&rows))?;
        }
        Ok(())
    }
}

impl CallRow {
    fn call(&self) -> Option<ClientCall> {
        let seconds = |value: Option<i64>| value.and_then(|value| u32::try_from(value).ok());
        Some(ClientCall {
            client: self.client,
            tracking: self.tracking,
            started_at: self.started_at,
            direction: Direction::from_code(self.direction)?,
            status: CallStatus::from_code(self.status)?,
            wait_sec: seconds(self.wait_sec),
            talk_sec: seconds(self.talk_sec),
        })
    }
}

impl EntryRow {
    fn read(self) -> Result<Entry, StoreError> {
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
pub(super) fn misses(text: &str) -> Result<Vec<Miss>, StoreError> {
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

pub(super) fn instants(text: &str) -> Result<Vec<Instant>, StoreError> {
    let micros: Vec<i64> = stored("list of times", serde_json::from_str(text))?;
    Ok(micros.into_iter().map(Instant::from_micros).collect())
}

/// Client, opened, closed, by whom, number, misses, attempts, whether it counts by the usual rule: as it is bound.
type BoundEntry = (i64, i64, Option<i64>, Option<i64>, Option<i64>, String, String, bool);

fn entry_row(entry: &Entry) -> BoundEntry {
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
