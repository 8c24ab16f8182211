//! Agents and attributions as numbers, so that a call's row stays narrow.

use std::collections::{BTreeMap, HashMap};

use sha2::{Digest, Sha256};

use super::calls::Interned;
use super::{Session, Sql, StoreError, execute, fetch_all, sql, stored};
use crate::domain::fold::Attribution;
use crate::domain::hex::hex;
use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;

const INTERN_AGENTS: Sql = sql!(twin "agents/intern");
const AGENT_IDS: Sql = sql!(twin "agents/ids");
const INTERN_ATTRIBUTIONS: Sql = sql!(twin "attributions/intern");
const ATTRIBUTION_IDS: Sql = sql!(twin "attributions/ids");

/// More agents or attributions than these are looked up again.
const MOST_KNOWN: usize = 20_000;

/// An agent's number, and the latest name that was told for it.
#[derive(Clone, Debug)]
pub(super) struct AgentSeen {
    id: i64,
    named: Option<(Instant, String)>,
}

#[derive(sqlx::FromRow)]
struct AgentRow {
    key: String,
    id: i64,
}

#[derive(sqlx::FromRow)]
struct AttributionRow {
    digest: String,
    id: i64,
}

impl Interned {
    /// The number of the agent with this key.
    pub(super) fn agent(&self, key: &str) -> Option<i64> {
        self.agents.get(key).map(|seen| seen.id)
    }
}

impl Session {
    /// Makes sure that every one of `agents` (key, and the latest name with its time) has a number in `known`.
    pub(super) async fn intern_agents(
        &mut self,
        project: ProjectKey,
        agents: &BTreeMap<String, Option<(Instant, String)>>,
        known: &mut HashMap<String, AgentSeen>,
    ) -> Result<(), StoreError> {
        if known.len() > MOST_KNOWN {
            known.clear();
        }
        let news: BTreeMap<&str, Option<(Instant, &str)>> = agents
            .iter()
            .filter(|(key, named)| known.get(*key).is_none_or(|seen| **named > seen.named))
            .map(|(key, named)| (key.as_str(), named.as_ref().map(|(at, name)| (*at, name.as_str()))))
            .collect();
        if news.is_empty() {
            return Ok(());
        }
        let rows: Vec<(&str, Option<&str>, Option<i64>)> = news
            .iter()
            .map(|(key, named)| (*key, named.map(|(_, name)| name), named.map(|(at, _)| at.as_micros())))
            .collect();
        execute!(self, INTERN_AGENTS, project.0, &stored("agents", serde_json::to_string(&rows))?)?;
        let keys: Vec<&str> = news.keys().copied().collect();
        let found = fetch_all!(self, AGENT_IDS, AgentRow, project.0, &stored("agents", serde_json::to_string(&keys))?)?;
        for row in found {
            let named = news.get(row.key.as_str()).copied().flatten().map(|(at, name)| (at, name.to_owned()));
            known.insert(row.key, AgentSeen { id: row.id, named });
        }
        Ok(())
    }

    /// Makes sure that every one of `attributions` has a number in `known`; its instant is that of
    /// the earliest call that has it. Two that differ in letters' case only share one, and the earliest spelling stays.
    pub(super) async fn intern_attributions(
        &mut self,
        project: ProjectKey,
        attributions: &BTreeMap<Attribution, Instant>,
        known: &mut HashMap<Attribution, i64>,
    ) -> Result<(), StoreError> {
        if known.len() > MOST_KNOWN {
            known.clear();
        }
        let mut by_age: Vec<_> =
            attributions.iter().filter(|(attribution, _)| !known.contains_key(*attribution)).collect();
        by_age.sort_by_key(|(_, seen)| **seen);
        let mut news: BTreeMap<String, Vec<&Attribution>> = BTreeMap::new();
        for (attribution, _) in by_age {
            news.entry(digest(attribution)).or_default().push(attribution);
        }
        if news.is_empty() {
            return Ok(());
        }
        let rows: Vec<_> = news
            .iter()
            .filter_map(|(digest, spellings)| {
                let one = spellings.first()?;
                Some((digest, &one.source, &one.medium, &one.campaign, &one.referrer_host, one.has_session))
            })
            .collect();
        execute!(self, INTERN_ATTRIBUTIONS, project.0, &stored("attributions", serde_json::to_string(&rows))?)?;
        let digests: Vec<&String> = news.keys().collect();
        let digests = stored("attributions", serde_json::to_string(&digests))?;
        for row in fetch_all!(self, ATTRIBUTION_IDS, AttributionRow, project.0, &digests)? {
            for spelling in news.get(&row.digest).into_iter().flatten() {
                known.insert((*spelling).clone(), row.id);
            }
        }
        Ok(())
    }
}

/// SHA-256, in hex, of the set with letters' case folded.
fn digest(attribution: &Attribution) -> String {
    let folded = attribution.folded();
    let set = (&folded.source, &folded.medium, &folded.campaign, &folded.referrer_host, folded.has_session);
    let bytes = serde_json::to_vec(&set).unwrap_or_default();
    hex(&Sha256::digest(&bytes))
}
