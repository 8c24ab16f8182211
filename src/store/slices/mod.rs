//! Slices: the rows that reports are computed from, for many reports at once and as of one moment of the database.
//!
//! Each request becomes numbered *spans* (its period, the period compared with) that one statement reads together. SQLite
//! packs each column of a span into one text (of many calls, of each piece), Postgres sends plain rows; neither promises an order,
//! so rows are sorted here.

mod before;
mod packed;
mod pieces;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::json;

use super::{Session, Store, StoreError};
use crate::domain::call::Call;
use crate::domain::callback::{Entry, is_made};
use crate::domain::ids::{CallKey, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::domain::slice::{AgentRow, AttributionRow, CallFacts, CallRow, PartRow, Slice, SliceRequest, SourceRow};

/// A numbered span of one project's calls.
type Span = (usize, ProjectKey, Instant, Instant);

impl Store {
    /// The slices of these requests, in their order, all as of one moment of the database. Equal requests share one.
    ///
    /// # Errors
    /// When the database can't be read, or holds what can't be a call.
    pub async fn load_slices(&self, requests: &[SliceRequest]) -> Result<Vec<Arc<Slice>>, StoreError> {
        let distinct: Vec<&SliceRequest> = requests.iter().collect::<BTreeSet<_>>().into_iter().collect();
        let mut session = self.snapshot().await?;
        let mut slices: Vec<Slice> = distinct.iter().map(|request| Slice::empty((*request).clone())).collect();
        load_calls(&mut session, &mut slices).await?;
        load_entries(&mut session, &mut slices).await?;
        load_parts(&mut session, &mut slices).await?;
        load_names(&mut session, &mut slices).await?;
        load_sources(&mut session, &mut slices).await?;
        load_records(&mut session, &mut slices).await?;
        before::load(&mut session, &mut slices).await?;
        load_facts(&mut session, &mut slices).await?;
        session.commit().await?;
        let loaded: BTreeMap<SliceRequest, Arc<Slice>> =
            slices.into_iter().map(|slice| (slice.request.clone(), Arc::new(slice))).collect();
        Ok(requests.iter().filter_map(|request| loaded.get(request).cloned()).collect())
    }

    /// The calls of a project that started in a period, in no order, without what belongs to them.
    ///
    /// # Errors
    /// As those of [`Store::load_slices`].
    pub async fn call_rows(&self, project: ProjectKey, period: Period) -> Result<Vec<CallRow>, StoreError> {
        let mut session = self.read().await?;
        let spans = rows::calls(&mut session, &[(0, project, period.from(), period.to())]).await?;
        Ok(spans.into_iter().flat_map(|(_, calls)| calls).collect())
    }

    /// How many calls of a project started in each of these periods, so that a batch of reports can be kept within bounds.
    pub async fn count_calls(&self, spans: &[(ProjectKey, Period)]) -> Result<Vec<u64>, StoreError> {
        if spans.is_empty() {
            return Ok(Vec::new());
        }
        let spans = spans.iter().map(|(project, period)| (*project, period.from(), period.to()));
        rows::count(&mut self.read().await?, spans).await
    }
}

async fn load_calls(session: &mut Session, slices: &mut [Slice]) -> Result<(), StoreError> {
    for (span, mut calls) in rows::calls(session, &spans(slices, true)).await? {
        calls.sort_unstable_by_key(|call| (call.started_at, call.key));
        if let Some(slice) = slices.get_mut(span / 2) {
            *(if span.is_multiple_of(2) { &mut slice.calls } else { &mut slice.previous }) = calls;
        }
    }
    Ok(())
}

async fn load_parts(session: &mut Session, slices: &mut [Slice]) -> Result<(), StoreError> {
    let wanted: Vec<Span> = spans(slices, true)
        .into_iter()
        .filter(|span| span.0.is_multiple_of(2) || slices[span.0 / 2].request.with_previous_parts)
        .collect();
    let calls_of = |(span, ..): &Span| {
        let slice = &slices[span / 2];
        if span.is_multiple_of(2) { slice.calls.len() } else { slice.previous.len() }
    };
    let counts: Vec<u64> = wanted.iter().map(|span| calls_of(span) as u64).collect();
    let mut parts_of: BTreeMap<usize, Vec<(i64, PartRow)>> = BTreeMap::new();
    for (span, parts) in rows::parts(session, &pieces::cut(&wanted, &counts)).await? {
        parts_of.entry(span / 2).or_default().extend(parts);
    }
    // Whose phones rang when somebody began to wait decides whose report they are in, however long ago it was.
    let mut older = Vec::new();
    for (index, Slice { request, entry_calls, .. }) in slices.iter().enumerate() {
        let previous = request.compared_with.filter(|_| request.with_previous_parts);
        let is_read = |at| request.period.contains(at) || previous.is_some_and(|previous| previous.contains(at));
        older.extend(entry_calls.iter().filter(|c| !is_read(c.started_at)).map(|call| json!([index, call.key.0])));
    }
    for (index, parts) in rows::parts_of(session, &json!(older)).await? {
        parts_of.entry(index).or_default().extend(parts);
    }
    for (slice, mut parts) in parts_of {
        parts.sort_unstable_by_key(|(n, part)| (part.call, *n));
        slices[slice].parts = parts.into_iter().map(|(_, part)| part).collect();
    }
    Ok(())
}

/// Entries that were open at some time from the end of the compared period (or the start of this one, whichever is
/// earlier) to the end of this one, and the missed calls of each. Those that nobody was called back for in months are
/// counted by the database, unless calls are chosen.
async fn load_entries(session: &mut Session, slices: &mut [Slice]) -> Result<(), StoreError> {
    load_older(session, slices).await?;
    let wanted = slices.iter().enumerate().map(|(index, Slice { request, .. })| {
        let (since, end) = (request.counts_from(), request.period.to());
        let rule = request.callback_rule;
        let listed_from = request.older_than().map_or(0, Instant::as_micros);
        let bits = (rule.missed.bits(), rule.short_call_sec, !rule.is_within_usual());
        json!([index, request.project.0, since.as_micros(), end.as_micros(), bits.2, listed_from, bits.0, bits.1])
    });
    let mut missed = Vec::new();
    for (index, entry) in rows::entries(session, &wanted.collect()).await? {
        let slice = &mut slices[index];
        // Under the report's own rule an entry may open later, or not at all.
        let ruled = entry.under(slice.request.callback_rule);
        let Some(entry) = ruled.filter(|entry| entry.opened_at < slice.request.period.to()) else { continue };
        let (project, client) = (slice.request.project.0, entry.client);
        let ats: BTreeSet<Instant> =
            std::iter::once(entry.opened_at).chain(entry.missed.iter().map(|miss| miss.at)).collect();
        missed.extend(ats.into_iter().map(|at| json!([index, project, client, at.as_micros()])));
        slice.entries.push(known_until(entry, slice.request.until));
    }
    for (index, mut calls) in rows::entry_calls(session, &json!(missed)).await? {
        calls.sort_unstable_by_key(|call| (call.started_at, call.key));
        slices[index].entry_calls = calls;
    }
    for slice in slices {
        slice.entries.sort_unstable_by_key(|entry| (entry.opened_at, entry.client));
    }
    Ok(())
}

/// Counts the entries that are too old to be listed, and reads the waits of whoever was called nevertheless.
async fn load_older(session: &mut Session, slices: &mut [Slice]) -> Result<(), StoreError> {
    let (mut spans, mut called) = (Vec::new(), Vec::new());
    for (index, Slice { request, calls, .. }) in slices.iter().enumerate() {
        let Some(older) = request.older_than().map(Instant::as_micros) else { continue };
        let (project, rule, from) = (request.project.0, request.callback_rule, request.period.from().as_micros());
        let (words, short) = (rule.missed.bits(), rule.short_call_sec);
        let (since, end) = (request.counts_from().as_micros(), request.period.to().min(request.until).as_micros());
        let before = request.compared_with.map(|compared| compared.to().as_micros());
        let read = request.until.as_micros();
        spans.push(json!([index, project, since, end, before, older, words, short, from, read]));
        let ours = |call: &&CallRow| is_made(call.direction, call.status, call.talk_sec);
        let clients: BTreeSet<i64> = calls.iter().filter(ours).filter_map(|call| call.client).collect();
        called.extend(clients.into_iter().map(|client| json!([index, project, client, older, from, words, short])));
    }
    if spans.is_empty() {
        return Ok(());
    }
    for (index, older) in rows::older(session, &json!(spans)).await? {
        slices[index].older = older;
    }
    for (index, mut waited) in rows::waited(session, &json!(called)).await? {
        waited.to = waited.to.filter(|closed| *closed < slices[index].request.until);
        slices[index].older_called.push(waited);
    }
    Ok(())
}

/// The entry without what happened at or after `until`.
fn known_until(mut entry: Entry, until: Instant) -> Entry {
    if entry.closed_at.is_some_and(|closed| closed >= until) {
        entry.closed_at = None;
        entry.closed_by = None;
    }
    entry.missed.retain(|miss| miss.at < until);
    entry.attempts.retain(|at| *at < until);
    entry
}

async fn load_names(session: &mut Session, slices: &mut [Slice]) -> Result<(), StoreError> {
    let mut agents: BTreeSet<i64> = BTreeSet::new();
    let mut attributions: BTreeSet<i64> = BTreeSet::new();
    for slice in slices.iter() {
        agents.extend(all_calls(slice).filter_map(|call| call.agent));
        agents.extend(slice.parts.iter().filter_map(|part| part.agent));
        attributions.extend(all_calls(slice).filter_map(|call| call.attribution));
    }
    let names: BTreeMap<i64, AgentRow> = rows::agents(session, &json!(agents)).await?;
    let sets: BTreeMap<i64, AttributionRow> = rows::attributions(session, &json!(attributions)).await?;
    for slice in slices {
        let agents: BTreeSet<i64> = all_calls(slice)
            .filter_map(|call| call.agent)
            .chain(slice.parts.iter().filter_map(|part| part.agent))
            .collect();
        let attributions: BTreeSet<i64> = all_calls(slice).filter_map(|call| call.attribution).collect();
        slice.agents = agents.into_iter().filter_map(|id| Some((id, names.get(&id)?.clone()))).collect();
        slice.attributions = attributions.into_iter().filter_map(|id| Some((id, sets.get(&id)?.clone()))).collect();
    }
    Ok(())
}

fn all_calls(slice: &Slice) -> impl Iterator<Item = &CallRow> {
    slice.calls.iter().chain(&slice.previous).chain(&slice.entry_calls)
}

async fn load_sources(session: &mut Session, slices: &mut [Slice]) -> Result<(), StoreError> {
    let projects: BTreeSet<i64> = slices.iter().map(|slice| slice.request.project.0).collect();
    let sources: Vec<(i64, ProjectKey, SourceRow)> = rows::sources(session, &json!(projects)).await?;
    for slice in slices {
        slice.sources = sources
            .iter()
            .filter(|(_, project, _)| *project == slice.request.project)
            .map(|(id, _, source)| (*id, source.clone()))
            .collect();
    }
    Ok(())
}

async fn load_records(session: &mut Session, slices: &mut [Slice]) -> Result<(), StoreError> {
    for slice in slices.iter_mut().filter(|slice| slice.request.with_records) {
        let keys: Vec<i64> = slice.calls.iter().map(|call| call.key.0).collect();
        let records: BTreeMap<CallKey, Call> = rows::records(session, &json!(keys)).await?;
        slice.records = records;
    }
    Ok(())
}

async fn load_facts(session: &mut Session, slices: &mut [Slice]) -> Result<(), StoreError> {
    let wanted = |slice: &&mut Slice| slice.request.with_facts;
    let ids: BTreeSet<i64> = slices
        .iter_mut()
        .filter(wanted)
        .flat_map(|slice| all_calls(slice).map(|call| call.key.0).collect::<Vec<_>>())
        .collect();
    if ids.is_empty() {
        return Ok(());
    }
    let facts = rows::facts(session, &json!(ids)).await?;
    for slice in slices.iter_mut().filter(wanted) {
        let own: BTreeMap<CallKey, CallFacts> =
            all_calls(slice).filter_map(|call| Some((call.key, facts.get(&call.key)?.clone()))).collect();
        slice.facts = own;
    }
    Ok(())
}

/// Two spans a slice: even numbers the period, odd ones what it is compared with.
fn spans(slices: &[Slice], with_previous: bool) -> Vec<Span> {
    let mut spans = Vec::new();
    for (index, Slice { request, .. }) in slices.iter().enumerate() {
        spans.push((index * 2, request.project, request.period.from(), request.period.to()));
        if let Some(compared) = request.compared_with.filter(|_| with_previous) {
            spans.push((index * 2 + 1, request.project, compared.from(), compared.to()));
        }
    }
    spans
}
