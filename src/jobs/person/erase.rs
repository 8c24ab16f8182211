//! Erasing: first by what a row means (calls, deliveries, contacts, documents), then every text that still names the person.
//! Small transactions; an erasure that breaks off is done again and ends the same.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::Scope;
use super::find::{Found, FoundRow, find};
use crate::app::App;
use crate::domain::delivery::DeliveryState as State;
use crate::domain::fold::client_digits;
use crate::domain::ids::{DeliveryId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::person::{Marks, Trace, without};
use crate::notify::secret;
use crate::store::moves::Move;
use crate::store::{CallWrite, Interned, PreparedCalls, Session, StoreError};

/// What an erasure came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What was there before, by table.
    pub found: BTreeMap<String, usize>,
    /// What still names the person, by table: messages on their way just now.
    pub left: BTreeMap<String, usize>,
    /// Contacts who have no address any more: a set-up file may still name them.
    pub contacts: BTreeSet<String>,
}

/// Calls in one transaction.
const CALLS_TOGETHER: usize = 50;
/// Rows in one transaction.
const ROWS_TOGETHER: usize = 100;
/// What the ledger says.
const REASON: &str = "person_erased";

/// Erases everybody whom these traces tell of, as `marks` find them, and keeps the traces so that later imports don't bring them
/// back.
///
/// # Errors
/// When the database can't be read or written; what was done stays, and doing the same again goes on.
pub async fn erase(
    app: &App,
    traces: &[Trace],
    marks: &Marks,
    scope: Scope,
    actor: &str,
) -> Result<Outcome, StoreError> {
    let now = app.clock.now();
    let mut session = app.store.write().await?;
    for trace in traces {
        session.add_erased(trace).await?;
    }
    session.commit().await?;
    let found = find(app, marks, scope).await?;
    let mut outcome = Outcome { found: found.counts(), ..Outcome::default() };
    calls(app, &found, marks, now).await?;
    deliveries(app, &found, marks, actor, now).await?;
    documents(app, &found, actor, now).await?;
    contacts(app, &found, &mut outcome, now).await?;
    let rest = find(app, marks, scope).await?;
    texts(app, &rest).await?;
    outcome.left = find(app, marks, scope).await?.counts();
    let mut session = app.store.write().await?;
    let detail = json!({ "found": outcome.found, "left": outcome.left, "everywhere": scope.project.is_none() });
    let tokens: BTreeSet<&str> = traces.iter().map(|trace| trace.token.as_str()).collect();
    for token in tokens {
        session.audit(now, actor, "person_erased", token, &detail).await?;
    }
    session.commit().await?;
    Ok(outcome)
}

/// Calls become calls of a hidden number; their events go, and the record speaks for itself.
async fn calls(app: &App, found: &Found, marks: &Marks, now: Instant) -> Result<(), StoreError> {
    let mut named: BTreeMap<(i64, i64), BTreeSet<String>> = BTreeMap::new();
    for row in found.of("call_details").iter().chain(found.of("call_events")) {
        if let (Some(project), Some(source)) = (row.project, row.number("source")) {
            named.entry((project, source)).or_default().insert(row.text("call_id").to_owned());
        }
    }
    for ((project, source), ids) in named {
        let regions = found.regions.get(&project).map_or(&[][..], Vec::as_slice);
        let ids: Vec<String> = ids.into_iter().collect();
        for together in ids.chunks(CALLS_TOGETHER) {
            let mut session = app.store.write().await?;
            session.lock_intake(ProjectKey(project)).await?;
            let wanted = together.iter().cloned().collect();
            let mut touched = BTreeSet::new();
            let mut writes = Vec::new();
            for (_, before) in session.stored_calls(ProjectKey(project), source, &wanted).await? {
                let call = &before.record.call;
                touched.extend(client_digits(call).map(|client| (client, call.started_at)));
                let clean = without(call, marks, regions).unwrap_or_else(|| call.clone());
                // The name that a source gave the call is its key; what is in it goes with the texts.
                let clean = crate::domain::call::Call { call_id: call.call_id.clone(), ..clean };
                let record = before.record.rewritten(clean);
                writes.push(CallWrite { before: Some(before), record, events: 0, whole: None });
            }
            let prepared = PreparedCalls::new(&writes)?;
            let saved =
                session.save_calls(ProjectKey(project), source, &prepared, &mut Interned::default(), now).await?;
            if saved.is_none() {
                return Err(StoreError::Contended { what: "calls", tries: 1 });
            }
            session.refresh_callbacks(ProjectKey(project), &touched).await?;
            let ids: Vec<&str> = together.iter().map(String::as_str).collect();
            session.remove_events(source, &ids).await?;
            session.commit().await?;
        }
    }
    let clients: BTreeSet<(i64, i64)> = found
        .of("callback_entries")
        .iter()
        .filter_map(|row| Some((row.project?, row.numbers.iter().find(|(column, _)| column == "client")?.1)))
        .collect();
    let mut session = app.store.write().await?;
    for (project, client) in clients {
        session.remove_callbacks(ProjectKey(project), client).await?;
    }
    for row in found.of("listed_numbers") {
        if let (Some(project), Some((_, number))) = (row.project, row.numbers.first()) {
            session.unlist_number(ProjectKey(project), *number).await?;
        }
    }
    session.commit().await
}

/// Messages to the person: what waits is cancelled, what ended is kept under a hash.
async fn deliveries(app: &App, found: &Found, marks: &Marks, actor: &str, now: Instant) -> Result<(), StoreError> {
    let is_to = |row: &&FoundRow| row.clean.iter().any(|(column, _)| column == "address");
    let rows: Vec<&FoundRow> = found.of("deliveries").iter().filter(is_to).collect();
    for together in rows.chunks(ROWS_TOGETHER) {
        let mut session = app.store.write().await?;
        let key = secret::key(app, &mut session).await?;
        for row in together {
            let Some(id) = row.number("id") else { continue };
            end(&mut session, id, actor, now).await?;
            let state = session.delivery_state(id).await?.and_then(|state| State::parse(&state));
            if state.is_some_and(State::is_final) && !marks.is_empty() {
                session.forget_reader(id, &secret::hidden(&key, row.text("address")), now).await?;
            }
        }
        session.commit().await?;
    }
    Ok(())
}

/// Ends one that isn't on its way just now.
async fn end(session: &mut Session, id: i64, actor: &str, now: Instant) -> Result<(), StoreError> {
    let steps = [
        Move::to(DeliveryId(id), &[State::Queued, State::Held], State::Cancelled, REASON),
        Move::to(DeliveryId(id), &[State::Uncertain], State::Failed, REASON),
    ];
    for step in steps {
        let step = Move { actor: actor.to_owned(), ..step };
        session.move_deliveries(now, &[&step]).await?;
    }
    Ok(())
}

/// Stored documents go; reports that wait for them are made anew, and other messages that were made of them don't go.
async fn documents(app: &App, found: &Found, actor: &str, now: Instant) -> Result<(), StoreError> {
    for document in &found.documents {
        let mut session = app.store.write().await?;
        for waiting in session.deliveries_waiting_for(document.notice).await? {
            let is_of_it = waiting.variant == document.variant;
            let is_made_anew = waiting.kind == "report" && waiting.state == "queued";
            if is_of_it && !is_made_anew {
                let step = Move::to(DeliveryId(waiting.id), &[State::Queued, State::Held], State::Cancelled, REASON);
                session.move_deliveries(now, &[&Move { actor: actor.to_owned(), ..step }]).await?;
            }
        }
        let hashes: Vec<&str> = document.hashes.iter().map(String::as_str).collect();
        session.remove_forms(document.variant, &hashes).await?;
        session.commit().await?;
    }
    Ok(())
}

async fn contacts(app: &App, found: &Found, outcome: &mut Outcome, now: Instant) -> Result<(), StoreError> {
    let mut session = app.store.write().await?;
    for row in found.of("contact_addresses") {
        session.take_address(row.text("contact"), row.text("address"), now).await?;
        outcome.contacts.insert(row.text("contact").to_owned());
    }
    session.commit().await
}

/// Tables whose texts aren't rewritten: a message on its way keeps its address until it ended.
fn is_left(table: &str, row: &FoundRow) -> bool {
    let state = row.text("state");
    let is_open = State::parse(state).is_some_and(|state| !state.is_final());
    table == "deliveries" && is_open && row.clean.iter().any(|(column, _)| column == "address")
}

/// A list of recipients without the addresses that are none any more: the schedule goes on for the others.
fn readable(list: &mut String) {
    let Ok(mut items) = serde_json::from_str::<Vec<Value>>(list) else { return };
    let is_erased = |item: &Value| item["address"].as_str().is_some_and(|address| !address.contains('@'));
    items.retain(|item| !is_erased(item));
    *list = Value::from(items).to_string();
}

/// Every text that still names the person.
async fn texts(app: &App, found: &Found) -> Result<(), StoreError> {
    for table in &found.tables {
        for together in found.of(&table.name).chunks(ROWS_TOGETHER) {
            let mut session = app.store.write().await?;
            for row in together.iter().filter(|row| !row.clean.is_empty() && !is_left(&table.name, row)) {
                let mut clean = row.clean.clone();
                if table.name == "set_aside" {
                    // Beside the number such a value may hold the whole row of a file.
                    clean
                        .iter_mut()
                        .filter(|(column, _)| column == "value")
                        .for_each(|(_, value)| *value = "erased".to_owned());
                }
                if table.name == "schedules" {
                    clean.iter_mut().filter(|(column, _)| column == "recipients").for_each(|(_, list)| readable(list));
                }
                session.rewrite(table, &row.row, &clean).await?;
            }
            session.commit().await?;
        }
    }
    Ok(())
}
