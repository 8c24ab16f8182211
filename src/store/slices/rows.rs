//! One statement each: rows as the database gives them, turned into the rows of a slice.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use serde_json::{Value, json};

use super::super::{On, Session, Sql, StoreError, fetch_all, json, sql, stored};
use super::Span;
use super::packed::Packed;
use super::pieces;
use crate::domain::call::{Call, CallStatus, Direction, PartKind, PartOutcome};
use crate::domain::callback::{ClosedBy, Entry};
use crate::domain::ids::{CallKey, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::domain::slice::{
    AgentRow, AttributionRow, CallFacts, CallFlags, CallRow, Older, PartRow, SourceRow, Waited,
};
use crate::domain::target::Talk;
use crate::store::callbacks;

/// The numbered spans as the statements want them.
fn bound(spans: &[Span]) -> Value {
    spans.iter().map(|(n, project, from, to)| json!([n, project.0, from.as_micros(), to.as_micros()])).collect()
}

/// The calls of each span, in no order; a span without calls is left out.
pub(super) async fn calls(session: &mut Session, spans: &[Span]) -> Result<Vec<(usize, Vec<CallRow>)>, StoreError> {
    let sql = sql!(twin "slices/calls");
    if !session.is_sqlite() || spans.len() > pieces::FEW_SPANS {
        return read_calls(session, sql, &bound(spans)).await;
    }
    let counts = count(session, spans.iter().map(|(_, project, from, to)| (*project, *from, *to))).await?;
    read_calls(session, sql, &bound(&pieces::cut(spans, &counts))).await
}

/// How many calls of a project started in each of these spans.
pub(super) async fn count(
    session: &mut Session,
    spans: impl Iterator<Item = (ProjectKey, Instant, Instant)>,
) -> Result<Vec<u64>, StoreError> {
    let list: Vec<_> = spans.map(|(project, from, to)| (project.0, from.as_micros(), to.as_micros())).collect();
    let counts = fetch_all!(session, sql!(twin "slices/count_calls"), (i64,), json(&list))?;
    Ok(counts.into_iter().map(|(count,)| count.unsigned_abs()).collect())
}

/// Reads what SQLite packed, piece by piece while it packs the next.
async fn unpack<const N: usize, T>(
    session: &mut Session,
    sql: Sql,
    bind: &Value,
    what: &'static str,
    read: fn([Option<i64>; N]) -> Result<T, StoreError>,
) -> Result<Vec<(usize, Vec<T>)>, StoreError> {
    let mut spans: BTreeMap<usize, Vec<T>> = BTreeMap::new();
    if let On::Sqlite(connection) = session.on() {
        let mut pieces = sqlx::query_as::<_, Packed<N>>(sql.sqlite).bind(bind.to_string()).fetch(connection);
        while let Some(piece) = pieces.try_next().await? {
            let rows = piece.rows(what, read)?;
            match spans.get_mut(&piece.number()) {
                Some(before) => before.extend(rows),
                None => _ = spans.insert(piece.number(), rows),
            }
        }
    }
    Ok(spans.into_iter().collect())
}

/// The calls at `[[span, project, client, started at], …]`.
pub(super) async fn entry_calls(
    session: &mut Session,
    openings: &Value,
) -> Result<Vec<(usize, Vec<CallRow>)>, StoreError> {
    read_calls(session, sql!(twin "slices/entry_calls"), openings).await
}

async fn read_calls(session: &mut Session, sql: Sql, bind: &Value) -> Result<Vec<(usize, Vec<CallRow>)>, StoreError> {
    if session.is_sqlite() {
        return unpack(session, sql, bind, "call", packed_call).await;
    }
    let mut spans: BTreeMap<usize, Vec<CallRow>> = BTreeMap::new();
    for row in fetch_all!(session, sql, PlainCall, bind.to_string())? {
        spans.entry(row.0 as usize).or_default().push(plain_call(row)?);
    }
    Ok(spans.into_iter().collect())
}

/// The parts of the calls of each span with their place in the call, in no order.
pub(super) async fn parts(
    session: &mut Session,
    spans: &[Span],
) -> Result<Vec<(usize, Vec<(i64, PartRow)>)>, StoreError> {
    read_parts(session, sql!(twin "slices/parts"), &bound(spans)).await
}

/// The parts of the calls of `[[span, call], …]`, likewise.
pub(super) async fn parts_of(
    session: &mut Session,
    calls: &Value,
) -> Result<Vec<(usize, Vec<(i64, PartRow)>)>, StoreError> {
    read_parts(session, sql!(twin "slices/parts_of"), calls).await
}

async fn read_parts(
    session: &mut Session,
    sql: Sql,
    bind: &Value,
) -> Result<Vec<(usize, Vec<(i64, PartRow)>)>, StoreError> {
    if session.is_sqlite() {
        return unpack(session, sql, bind, "part of a call", packed_part).await;
    }
    let mut by_span: BTreeMap<usize, Vec<(i64, PartRow)>> = BTreeMap::new();
    for row in fetch_all!(session, sql, PlainPart, bind.to_string())? {
        by_span.entry(row.0 as usize).or_default().push(plain_part(row)?);
    }
    Ok(by_span.into_iter().collect())
}

/// The entries that were open at some time of each span of `[[span, project, from, to, all, listed from, words, short], …]`.
pub(super) async fn entries(session: &mut Session, spans: &Value) -> Result<Vec<(usize, Entry)>, StoreError> {
    let rows = fetch_all!(session, sql!(twin "slices/entries"), EntryRow, spans.to_string())?;
    rows.into_iter().map(|row| Ok((row.span as usize, entry(row)?))).collect()
}

/// What the entries that are too old to be listed come to, of `[[span, project, since, end, before, older than, words, short,
/// from, read], …]`.
pub(super) async fn older(session: &mut Session, spans: &Value) -> Result<Vec<(usize, Older)>, StoreError> {
    let rows = fetch_all!(session, sql!(twin "slices/older"), (i64, i64, i64, i64, i64), spans.to_string())?;
    let count = |counted: i64| counted.unsigned_abs();
    let older = |(span, open, before, reached, since): (i64, i64, i64, i64, i64)| {
        let [open, open_before, reached, reached_since] = [open, before, reached, since].map(count);
        (span as usize, Older { open, open_before, reached, reached_since })
    };
    Ok(rows.into_iter().map(older).collect())
}

/// The old waits of `[[span, project, client, older than, from, words, short], …]`.
pub(super) async fn waited(session: &mut Session, clients: &Value) -> Result<Vec<(usize, Waited)>, StoreError> {
    type Row = (i64, i64, Instant, Option<Instant>);
    let rows = fetch_all!(session, sql!(twin "slices/waited"), Row, clients.to_string())?;
    Ok(rows.into_iter().map(|(span, client, from, to)| (span as usize, Waited { client, from, to })).collect())
}

/// The first kept call of everybody who called in, or asked to be called, within each span; and of those of
/// `[[span, project, client], …]`.
pub(super) async fn first_calls(
    session: &mut Session,
    spans: &[Span],
    clients: &Value,
) -> Result<Vec<(usize, Vec<(i64, Instant)>)>, StoreError> {
    let sql = sql!(twin "slices/first_calls");
    let (bind, clients) = (bound(spans).to_string(), clients.to_string());
    if session.is_sqlite() {
        let first = |[client, at]: [Option<i64>; 2]| -> Result<_, StoreError> {
            Ok((present(client, "client")?, Instant::from_micros(present(at, "started_at")?)))
        };
        let spans = fetch_all!(session, sql, Packed<2>, bind, clients)?;
        return spans.into_iter().map(|span| Ok((span.number(), span.rows("first call", first)?))).collect();
    }
    let mut by_span: BTreeMap<usize, Vec<(i64, Instant)>> = BTreeMap::new();
    for (span, client, at) in fetch_all!(session, sql, (i64, i64, Instant), bind, clients)? {
        by_span.entry(span as usize).or_default().push((client, at));
    }
    Ok(by_span.into_iter().collect())
}

/// The first kept call of each of a JSON list of projects.
pub(super) async fn history(session: &mut Session, projects: &Value) -> Result<BTreeMap<i64, Instant>, StoreError> {
    let sql = sql!(twin "slices/history");
    let rows = fetch_all!(session, sql, (i64, Option<Instant>), projects.to_string())?;
    Ok(rows.into_iter().filter_map(|(project, at)| Some((project, at?))).collect())
}

/// The talks of each span of `[[span, project, client, from, to, seconds], …]`.
pub(super) async fn talks(session: &mut Session, spans: &Value) -> Result<Vec<(usize, Vec<Talk>)>, StoreError> {
    let sql = sql!(twin "slices/talks");
    if session.is_sqlite() {
        let read = |[client, at, id, talk_sec, flags]: [Option<i64>; 5]| -> Result<_, StoreError> {
            let at = Instant::from_micros(present(at, "started_at")?);
            Ok(talk(present(client, "client")?, at, present(id, "id")?, talk_sec, present(flags, "flags")?))
        };
        let spans = fetch_all!(session, sql, Packed<5>, spans.to_string())?;
        return spans.into_iter().map(|span| Ok((span.number(), span.rows("talk", read)?))).collect();
    }
    type Row = (i64, i64, Instant, i64, Option<i64>, i64);
    let mut by_span: BTreeMap<usize, Vec<Talk>> = BTreeMap::new();
    for (span, client, at, id, talk_sec, flags) in fetch_all!(session, sql, Row, spans.to_string())? {
        by_span.entry(span as usize).or_default().push(talk(client, at, id, talk_sec, flags));
    }
    Ok(by_span.into_iter().collect())
}

fn talk(client: i64, started_at: Instant, id: i64, talk_sec: Option<i64>, flags: i64) -> Talk {
    Talk { client, started_at, call: CallKey(id), talk_sec: seconds(talk_sec), flags: CallFlags(flags as u8) }
}

/// The agents of a JSON list of ids.
pub(super) async fn agents(session: &mut Session, ids: &Value) -> Result<BTreeMap<i64, AgentRow>, StoreError> {
    let rows = fetch_all!(session, sql!(twin "slices/agents"), (i64, String, Option<String>), ids.to_string())?;
    Ok(rows.into_iter().map(|(id, key, name)| (id, AgentRow { key, name, listed: None })).collect())
}

/// The attributions of a JSON list of ids.
pub(super) async fn attributions(
    session: &mut Session,
    ids: &Value,
) -> Result<BTreeMap<i64, AttributionRow>, StoreError> {
    type Row = (i64, Option<String>, Option<String>, Option<String>, Option<String>, bool);
    let rows = fetch_all!(session, sql!(twin "slices/attributions"), Row, ids.to_string())?;
    Ok(rows
        .into_iter()
        .map(|(id, source, medium, campaign, referrer_host, has_session)| {
            (id, AttributionRow { source, medium, campaign, referrer_host, has_session })
        })
        .collect())
}

/// The sources of a JSON list of projects, with what they said they cover.
pub(super) async fn sources(
    session: &mut Session,
    projects: &Value,
) -> Result<Vec<(i64, ProjectKey, SourceRow)>, StoreError> {
    let spans = fetch_all!(session, sql!(twin "slices/coverage"), (i64, Instant, Instant), projects.to_string())?;
    let mut covered: BTreeMap<i64, Vec<Period>> = BTreeMap::new();
    for (source, from, to) in spans {
        covered.entry(source).or_default().extend(Period::new(from, to));
    }
    type Row = (i64, i64, String, String, Option<Instant>);
    let rows = fetch_all!(session, sql!(twin "slices/sources"), Row, projects.to_string())?;
    Ok(rows
        .into_iter()
        .map(|(id, project, name, format, last_event_at)| {
            let spans = Period::joined(covered.remove(&id).unwrap_or_default());
            (id, ProjectKey(project), SourceRow { name, format, last_event_at, spans })
        })
        .collect())
}

/// The cold facts of a JSON list of calls.
pub(super) async fn facts(session: &mut Session, ids: &Value) -> Result<BTreeMap<CallKey, CallFacts>, StoreError> {
    type Row = (i64, Option<String>, Option<String>, Option<String>, Option<i64>, Instant, Option<Instant>);
    let rows = fetch_all!(session, sql!(twin "slices/facts"), Row, ids.to_string())?;
    rows.into_iter()
        .map(|(id, queue, department, tags, duration, started_at, ended_at)| {
            let tags = stored("tags of a call", serde_json::from_str(tags.as_deref().unwrap_or("[]")))?;
            let told = duration.and_then(|seconds| u32::try_from(seconds).ok());
            let lasted = || u32::try_from(ended_at?.since(started_at).as_secs()).ok();
            Ok((CallKey(id), CallFacts { queue, department, tags, duration_sec: told.or_else(lasted) }))
        })
        .collect()
}

/// The full records of a JSON list of calls.
pub(super) async fn records(session: &mut Session, ids: &Value) -> Result<BTreeMap<CallKey, Call>, StoreError> {
    let rows = fetch_all!(session, sql!(twin "slices/records"), (i64, String), ids.to_string())?;
    rows.into_iter()
        .map(|(id, record)| Ok((CallKey(id), stored("record of a call", serde_json::from_str(&record))?)))
        .collect()
}

/// Span, id, start, source, direction, status, client, tracking, agent, attribution, wait, talk, flags: by their places, for to
/// look for thirteen names a row takes longer than to read it.
type PlainCall = (
    i64,
    i64,
    Instant,
    i64,
    i64,
    i64,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    i64,
);

/// Span, call, place in it, agent, kind, ring, talk, outcome.
type PlainPart = (i64, i64, i64, Option<i64>, i64, Option<i64>, Option<i64>, i64);

#[derive(sqlx::FromRow)]
struct EntryRow {
    span: i64,
    client: i64,
    opened_at: Instant,
    closed_at: Option<Instant>,
    closed_by: Option<i64>,
    tracking: Option<i64>,
    missed: String,
    attempts: String,
}

fn packed_call(columns: [Option<i64>; 12]) -> Result<CallRow, StoreError> {
    let [id, started_at, source, direction, status, client, tracking, agent, attribution, wait_sec, talk_sec, flags] =
        columns;
    plain_call((
        0,
        present(id, "id")?,
        Instant::from_micros(present(started_at, "started_at")?),
        present(source, "source")?,
        present(direction, "direction")?,
        present(status, "status")?,
        client,
        tracking,
        agent,
        attribution,
        wait_sec,
        talk_sec,
        present(flags, "flags")?,
    ))
}

fn plain_call(row: PlainCall) -> Result<CallRow, StoreError> {
    let (_, id, started_at, source, direction, status, client, tracking, agent, attribution, wait_sec, talk_sec, flags) =
        row;
    Ok(CallRow {
        key: CallKey(id),
        started_at,
        source,
        direction: known(Direction::from_code(direction), "direction", direction)?,
        status: known(CallStatus::from_code(status), "status", status)?,
        client,
        tracking,
        agent,
        attribution,
        wait_sec: seconds(wait_sec),
        talk_sec: seconds(talk_sec),
        flags: CallFlags(flags as u8),
    })
}

fn packed_part(
    [call, n, agent, kind, ring_sec, talk_sec, outcome]: [Option<i64>; 7],
) -> Result<(i64, PartRow), StoreError> {
    plain_part((
        0,
        present(call, "call")?,
        present(n, "n")?,
        agent,
        present(kind, "kind")?,
        ring_sec,
        talk_sec,
        present(outcome, "outcome")?,
    ))
}

fn plain_part((_, call, n, agent, kind, ring_sec, talk_sec, outcome): PlainPart) -> Result<(i64, PartRow), StoreError> {
    let part = PartRow {
        call: CallKey(call),
        agent,
        kind: known(PartKind::from_code(kind), "kind", kind)?,
        ring_sec: seconds(ring_sec),
        talk_sec: seconds(talk_sec),
        outcome: known(PartOutcome::from_code(outcome), "outcome", outcome)?,
    };
    Ok((n, part))
}

fn entry(row: EntryRow) -> Result<Entry, StoreError> {
    Ok(Entry {
        client: row.client,
        tracking: row.tracking,
        opened_at: row.opened_at,
        closed_at: row.closed_at,
        closed_by: match row.closed_by {
            Some(0) => Some(ClosedBy::OurCall),
            Some(_) => Some(ClosedBy::ClientReturn),
            None => None,
        },
        missed: callbacks::misses(&row.missed)?,
        attempts: callbacks::instants(&row.attempts)?,
    })
}

fn seconds(stored: Option<i64>) -> Option<u32> {
    stored.and_then(|seconds| u32::try_from(seconds).ok())
}

fn present(value: Option<i64>, column: &'static str) -> Result<i64, StoreError> {
    stored("call", value.ok_or_else(|| format!("`{column}` is missing")))
}

fn known<T>(value: Option<T>, column: &'static str, code: i64) -> Result<T, StoreError> {
    stored("call", value.ok_or_else(|| format!("`{column}` can't be {code}")))
}
