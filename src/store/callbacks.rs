//! Callers to call back, as the fold keeps them: beside every call that came, changed or went the entries of its number
//! are told anew, until they are again what they were.

mod kept;

use std::collections::{BTreeMap, BTreeSet};

use self::kept::{EntryRow, entry_row};
pub(super) use self::kept::{instants, misses};
use super::{Session, Sql, Store, StoreError, execute, fetch_all, json, sql};
use crate::domain::call::{CallStatus, Direction};
use crate::domain::callback::{ClientCall, Entry, Rule, Touch, amend, entries};
use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;

const AROUND: Sql = sql!(twin "callbacks/around");
const CALLS_FROM: Sql = sql!(twin "callbacks/calls_from");
const CALLS_OF: Sql = sql!(twin "callbacks/calls_of");
const DELETE: Sql = sql!(twin "callbacks/delete");
const DELETE_OF: Sql = sql!(twin "callbacks/delete_of");
const SAVE: Sql = sql!(twin "callbacks/save");
const OPEN_AT: Sql = sql!("callbacks/open_at");
const CLIENTS: Sql = sql!("callbacks/clients");

/// Which way of keeping entries the database holds, and the name under which it says so.
const KEPT: (&str, &str) = ("callbacks/kept", "2");

/// So many calls are read for a change at first: itself and what follows, which is nearly always enough.
const FIRST_CALLS: usize = 4;
/// So many times more where they weren't.
const MORE_CALLS: usize = 8;

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
                let clients: Vec<i64> = of_one.iter().map(|(_, client)| *client).collect();
                session.write_callbacks_anew(ProjectKey(of_one[0].0), &clients).await?;
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

impl Store {
    /// Forgets that the entries are as they should be, and writes every one anew from the calls.
    ///
    /// # Errors
    /// When the database can't be read or written.
    pub async fn repair_callbacks(&self) -> Result<(), StoreError> {
        let mut session = self.write().await?;
        session.put_meta(KEPT.0, "in repair").await?;
        session.commit().await?;
        self.keep_callbacks_anew().await
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

    /// Brings the entries of callers up to date with their calls: `touched` holds the number and start, old and new, of
    /// each call that came, changed or went. What it costs follows from that alone and not from how often anybody called.
    pub async fn refresh_callbacks(
        &mut self,
        project: ProjectKey,
        touched: &BTreeSet<(i64, Instant)>,
    ) -> Result<(), StoreError> {
        let mut left: Vec<(i64, Instant)> = touched.iter().copied().collect();
        let mut count = FIRST_CALLS;
        while !left.is_empty() {
            let touches = self.touches(project, &left, count).await?;
            let mut stood = self.entries_around(project, &touches).await?;
            let (mut gone, mut come, mut unclear) = (Vec::new(), Vec::new(), BTreeSet::new());
            for (client, touches) in &touches {
                let stood = stood.remove(client).unwrap_or_default();
                let Some(now) = amend(&stood, touches) else {
                    unclear.insert(*client);
                    continue;
                };
                let is_in = |list: &[Entry], entry: &Entry| {
                    list.binary_search_by_key(&entry.opened_at, |other| other.opened_at)
                        .is_ok_and(|at| list[at] == *entry)
                };
                gone.extend(stood.iter().filter(|entry| !is_in(&now, entry)).map(|entry| (*client, entry.opened_at)));
                come.extend(now.iter().filter(|entry| !is_in(&stood, entry)).map(entry_row));
            }
            if !gone.is_empty() {
                let gone: Vec<_> = gone.iter().map(|(client, opened_at)| (client, opened_at.as_micros())).collect();
                execute!(self, DELETE, project.0, &json(&gone))?;
            }
            if !come.is_empty() {
                execute!(self, SAVE, project.0, &json(&come))?;
            }
            left.retain(|(client, _)| unclear.contains(client));
            count *= MORE_CALLS;
        }
        Ok(())
    }

    /// Each touched instant with the first `count` calls of its number from it on.
    async fn touches(
        &mut self,
        project: ProjectKey,
        touched: &[(i64, Instant)],
        count: usize,
    ) -> Result<BTreeMap<i64, Vec<Touch>>, StoreError> {
        let bound: Vec<_> = touched.iter().map(|(client, at)| (client, at.as_micros())).collect();
        let limit = i64::try_from(count).unwrap_or(i64::MAX);
        let mut calls: BTreeMap<(i64, Instant), Vec<ClientCall>> = BTreeMap::new();
        let mut rows: BTreeMap<(i64, Instant), (usize, Option<Instant>)> = BTreeMap::new();
        for TouchedRow { touched_at, call } in
            fetch_all!(self, CALLS_FROM, TouchedRow, project.0, &json(&bound), limit)?
        {
            let of = (call.client, touched_at);
            let (number, last) = rows.entry(of).or_default();
            *number += 1;
            *last = (*last).max(Some(call.started_at));
            calls.entry(of).or_default().extend(call.read());
        }
        let mut touches: BTreeMap<i64, Vec<Touch>> = BTreeMap::new();
        for of in touched {
            let until = rows.get(of).filter(|(number, _)| *number >= count).and_then(|(_, last)| *last);
            let calls = calls.remove(of).unwrap_or_default();
            touches.entry(of.0).or_default().push(Touch { at: of.1, calls, until });
        }
        Ok(touches)
    }

    /// Of each number the last entry that began before each touch, and those that began among its calls; in order.
    async fn entries_around(
        &mut self,
        project: ProjectKey,
        touches: &BTreeMap<i64, Vec<Touch>>,
    ) -> Result<BTreeMap<i64, Vec<Entry>>, StoreError> {
        let spans = touches.iter().flat_map(|(client, touches)| {
            touches.iter().map(move |touch| (client, touch.at.as_micros(), touch.until.map(Instant::as_micros)))
        });
        let mut entries: BTreeMap<i64, Vec<Entry>> = BTreeMap::new();
        for row in fetch_all!(self, AROUND, EntryRow, project.0, &json(&spans.collect::<Vec<_>>()))? {
            let entry = row.read()?;
            entries.entry(entry.client).or_default().push(entry);
        }
        for entries in entries.values_mut() {
            entries.sort_unstable_by_key(|entry| entry.opened_at);
        }
        Ok(entries)
    }

    /// Writes all entries of these numbers from all their calls.
    async fn write_callbacks_anew(&mut self, project: ProjectKey, clients: &[i64]) -> Result<(), StoreError> {
        let clients = json(&clients);
        let rows = fetch_all!(self, CALLS_OF, CallRow, project.0, &clients)?;
        let calls: Vec<ClientCall> = rows.iter().filter_map(CallRow::read).collect();
        execute!(self, DELETE_OF, project.0, &clients)?;
        let rows: Vec<_> = entries(&calls).iter().map(entry_row).collect();
        if !rows.is_empty() {
            execute!(self, SAVE, project.0, &json(&rows))?;
        }
        Ok(())
    }
}

/// A call that is read for an instant at which some call of its number changed.
#[derive(sqlx::FromRow)]
struct TouchedRow {
    touched_at: Instant,
    #[sqlx(flatten)]
    call: CallRow,
}

impl CallRow {
    fn read(&self) -> Option<ClientCall> {
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
