//! Calls as they are stored: `call_details` is the cold half (the canonical record, the ranks that decide merging, a
//! version), `calls` the hot half that reports read, `call_parts` the parts. The three are always written together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::agents::AgentSeen;
use super::{Session, Sql, StoreError, execute, fetch_all, sql, stored};
use crate::domain::call::{Call, CallPart};
use crate::domain::fold::{
    Attribution, Ranked, Ranks, agent_of, attribution, client_digits, flags, parts, tracking_digits,
};
use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;

const LOAD_DETAILS: Sql = sql!(twin "calls/load_details");
const SAVE_DETAILS: Sql = sql!(twin "calls/save_details");
const DELETE: Sql = sql!(twin "calls/delete");
const DELETE_HOT: Sql = sql!(twin "calls/delete_hot");
const DELETE_PARTS: Sql = sql!(twin "calls/delete_parts");
const SAVE_HOT: Sql = sql!(twin "calls/save_hot");
const SAVE_PARTS: Sql = sql!(twin "calls/save_parts");

/// What a call was made from.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredCall {
    pub id: i64,
    /// Grows by one with every write.
    pub version: i64,
    pub record: Ranked,
    /// How many events it was folded from; 0: from whole rows only.
    pub events: u32,
    /// What the whole rows alone told, where there are events too.
    pub whole: Option<Ranked>,
}

/// A call to be written.
#[derive(Clone, Debug)]
pub struct CallWrite {
    /// What it replaces.
    pub before: Option<StoredCall>,
    pub record: Ranked,
    pub events: u32,
    pub whole: Option<Ranked>,
}

/// Calls as they go into the database, made before its writer is taken: text is by far the most of the work.
#[derive(Debug)]
pub struct PreparedCalls<'a> {
    writes: &'a [CallWrite],
    /// Of each call.
    parts: Vec<Vec<CallPart>>,
    /// The cold half, as the statement takes it.
    details: String,
    /// Numbers of the calls that stand already, as statements take them; `None`: all are new.
    replaced: Option<String>,
    /// Every agent's key, with the latest name and when it was told.
    agents: BTreeMap<String, Option<(Instant, String)>>,
    /// Every attribution, with the earliest call that has it.
    attributions: BTreeMap<Attribution, Instant>,
}

/// The stored form of what isn't in the record itself.
#[derive(Serialize, Deserialize)]
struct Evidence {
    #[serde(flatten)]
    ranks: Ranks,
    #[serde(rename = "n", default, skip_serializing_if = "is_zero")]
    events: u32,
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    whole: Option<(Call, Ranks)>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

#[derive(sqlx::FromRow)]
struct DetailsRow {
    id: i64,
    call_id: String,
    version: i64,
    evidence: String,
    record: String,
}

#[derive(sqlx::FromRow)]
struct SavedRow {
    id: i64,
    call_id: String,
}

/// Numbers of agents and attributions that were looked up already, for one project. Start anew when a transaction fails.
#[derive(Debug, Default)]
pub struct Interned {
    pub(super) agents: HashMap<String, AgentSeen>,
    pub(super) attributions: HashMap<Attribution, i64>,
}

impl Session {
    /// The stored records of these calls, by call id.
    pub async fn stored_calls(
        &mut self,
        project: ProjectKey,
        source: i64,
        call_ids: &BTreeSet<String>,
    ) -> Result<HashMap<String, StoredCall>, StoreError> {
        let ids = stored("list of calls", serde_json::to_string(call_ids))?;
        let rows = fetch_all!(self, LOAD_DETAILS, DetailsRow, project.0, source, &ids)?;
        rows.into_iter().map(|row| Ok((row.call_id.clone(), row.read()?))).collect()
    }

    /// Writes calls, their parts and what follows from them. Gives the number of each call, by call id; `None`: somebody
    /// else wrote one of them meanwhile, and the transaction must be given up.
    pub async fn save_calls(
        &mut self,
        project: ProjectKey,
        source: i64,
        prepared: &PreparedCalls<'_>,
        interned: &mut Interned,
        now: Instant,
    ) -> Result<Option<HashMap<String, i64>>, StoreError> {
        let PreparedCalls { writes, parts, details, replaced, agents, attributions } = prepared;
        if writes.is_empty() {
            return Ok(Some(HashMap::new()));
        }
        self.intern_agents(project, agents, &mut interned.agents).await?;
        self.intern_attributions(project, attributions, &mut interned.attributions).await?;
        let saved = fetch_all!(self, SAVE_DETAILS, SavedRow, project.0, source, details, now)?;
        if saved.len() < writes.len() {
            return Ok(None);
        }
        let ids: HashMap<String, i64> = saved.into_iter().map(|row| (row.call_id, row.id)).collect();

        if let Some(replaced) = replaced {
            execute!(self, DELETE_HOT, replaced)?;
            execute!(self, DELETE_PARTS, replaced)?;
        }
        let mut hot = Vec::with_capacity(writes.len());
        let mut part_rows = Vec::with_capacity(writes.len());
        for (write, parts) in writes.iter().zip(parts) {
            let call = &write.record.call;
            let Some(id) = ids.get(&call.call_id) else { return Ok(None) };
            // A record that says it went into another call isn't counted beside it.
            if call.merged_into.as_ref().is_none_or(|into| *into == call.call_id) {
                hot.push(hot_row(*id, call, interned));
            }
            part_rows.extend(parts.iter().enumerate().map(|(n, part)| part_row(*id, n, part, interned)));
        }
        execute!(self, SAVE_HOT, project.0, source, &stored("calls", serde_json::to_string(&hot))?)?;
        execute!(self, SAVE_PARTS, &stored("parts", serde_json::to_string(&part_rows))?)?;
        Ok(Some(ids))
    }

    /// Removes calls that were folded into others.
    pub async fn delete_calls(&mut self, ids: &[i64]) -> Result<(), StoreError> {
        if !ids.is_empty() {
            let ids = stored("list of calls", serde_json::to_string(ids))?;
            execute!(self, DELETE_HOT, &ids)?;
            execute!(self, DELETE_PARTS, &ids)?;
            execute!(self, DELETE, &ids)?;
        }
        Ok(())
    }
}

impl<'a> PreparedCalls<'a> {
    /// Everything of these writes that needs no database.
    pub fn new(writes: &'a [CallWrite]) -> Result<Self, StoreError> {
        let parts: Vec<Vec<CallPart>> = writes.iter().map(|write| parts(&write.record.call)).collect();
        let mut agents: BTreeMap<String, Option<(Instant, String)>> = BTreeMap::new();
        let mut attributions: BTreeMap<Attribution, Instant> = BTreeMap::new();
        for (write, parts) in writes.iter().zip(&parts) {
            let call = &write.record.call;
            for key in parts.iter().filter_map(|part| part.agent_key.as_deref()) {
                if !agents.contains_key(key) {
                    agents.insert(key.to_owned(), None);
                }
            }
            if let Some((key, name)) = agent_of(call) {
                let seen = agents.entry(key.to_owned()).or_default();
                let told = name.map(|name| (call.started_at, name));
                if told > seen.as_ref().map(|(at, name)| (*at, name.as_str())) {
                    *seen = told.map(|(at, name)| (at, name.to_owned()));
                }
            }
            if let Some(attribution) = attribution(call) {
                let seen = attributions.entry(attribution).or_insert(call.started_at);
                *seen = (*seen).min(call.started_at);
            }
        }
        let details = writes.iter().map(details_row).collect::<Result<Vec<_>, StoreError>>()?;
        let details = stored("record", serde_json::to_string(&details))?;
        let replaced: Vec<i64> = writes.iter().filter_map(|write| Some(write.before.as_ref()?.id)).collect();
        let replaced = stored("list of calls", serde_json::to_string(&replaced))?;
        let replaced = writes.iter().any(|write| write.before.is_some()).then_some(replaced);
        Ok(Self { writes, parts, details, replaced, agents, attributions })
    }
}

impl DetailsRow {
    fn read(self) -> Result<StoredCall, StoreError> {
        let evidence: Evidence = stored("evidence of a call", serde_json::from_str(&self.evidence))?;
        let call: Call = stored("record of a call", serde_json::from_str(&self.record))?;
        Ok(StoredCall {
            id: self.id,
            version: self.version,
            record: Ranked::restore(call, evidence.ranks),
            events: evidence.events,
            whole: evidence.whole.map(|(call, ranks)| Ranked::restore(call, ranks)),
        })
    }
}

fn details_row(write: &CallWrite) -> Result<(&str, i64, String, String), StoreError> {
    let evidence = Evidence {
        ranks: write.record.ranks(),
        events: write.events,
        whole: write.whole.as_ref().map(|whole| (whole.call.clone(), whole.ranks())),
    };
    Ok((
        &write.record.call.call_id,
        write.before.as_ref().map_or(1, |before| before.version + 1),
        stored("evidence of a call", serde_json::to_string(&evidence))?,
        stored("record of a call", serde_json::to_string(&write.record.call))?,
    ))
}

type HotRow = (
    i64,
    i64,
    Option<i64>,
    i64,
    i64,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<u32>,
    Option<u32>,
    i64,
);

fn hot_row(id: i64, call: &Call, interned: &Interned) -> HotRow {
    (
        id,
        call.started_at.as_micros(),
        call.ended_at.map(Instant::as_micros),
        call.direction.code(),
        call.status.code(),
        client_digits(call),
        tracking_digits(call),
        agent_of(call).and_then(|(key, _)| interned.agent(key)),
        attribution(call).and_then(|attribution| interned.attributions.get(&attribution).copied()),
        call.wait_sec,
        call.talk_sec,
        flags(call),
    )
}

type PartRow = (i64, i64, Option<i64>, i64, Option<i64>, Option<u32>, Option<u32>, i64);

fn part_row(call: i64, n: usize, part: &CallPart, interned: &Interned) -> PartRow {
    (
        call,
        i64::try_from(n).unwrap_or(i64::MAX),
        part.agent_key.as_deref().and_then(|key| interned.agent(key)),
        part.kind.code(),
        part.started_at.map(Instant::as_micros),
        part.ring_sec,
        part.talk_sec,
        part.outcome.code(),
    )
}
