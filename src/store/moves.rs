//! The one way in which a delivery's state changes. Each move is checked against the table of states, applied only to a
//! row that still stands where its mover saw it (and, for workers, only under the worker's own lease), and written to the
//! ledger in the same transaction. The fence is such a move; it is guarded by the gate as well.

use std::sync::Arc;

use serde::Serialize;

use super::deliveries::DeliveryFacts;
use super::ledger::NewEntry;
use super::{Session, Sql, StoreError};
use super::{fetch_all, json, sql, stored};
use crate::domain::delivery::DeliveryState;
use crate::domain::ids::DeliveryId;
use crate::domain::instant::Instant;

const LOCK: Sql = sql!(twin "deliveries/lock");
const MOVE: Sql = sql!(twin "deliveries/move");

/// Who moves what by itself.
pub const ITSELF: &str = "callbrief";

/// A change of a delivery's state, through one or more steps of the table.
#[derive(Clone, Debug)]
pub struct Move {
    pub delivery: DeliveryId,
    /// Where it must stand; elsewhere nothing happens.
    pub from: &'static [DeliveryState],
    /// The lease it must be under; `None`: whatever its lease.
    pub token: Option<String>,
    /// The states it passes, each with its named reason; it rests in the last.
    pub steps: Vec<(DeliveryState, String)>,
    /// For the ledger: the other side's words, or a person's reason.
    pub detail: Option<String>,
    pub actor: String,
    pub change: Change,
    /// Asked once more, inside the transaction, whether it may be; else nothing happens.
    pub guard: Option<Guard>,
}

/// What a move depends on beyond its row: a question about the facts as the move's own transaction sees them.
#[derive(Clone)]
pub struct Guard(Arc<Question>);

/// Whether the facts, read anew, still let a delivery go at that moment.
type Question = dyn Fn(&DeliveryFacts, Instant) -> bool + Send + Sync;

impl Guard {
    /// `may`: whether the move may happen, by these facts, at this time.
    pub fn new(may: impl Fn(&DeliveryFacts, Instant) -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(may))
    }
}

impl std::fmt::Debug for Guard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Guard")
    }
}

/// What else changes on the row; what isn't given stays.
#[derive(Clone, Debug, Default)]
pub struct Change {
    pub code: Option<String>,
    pub reply: Option<String>,
    pub lane: Option<String>,
    pub not_before: Option<Instant>,
    /// It is tried until then.
    pub give_up_at: Option<Instant>,
    pub lease_until: Option<Instant>,
    /// The lease goes on (it is handed over, or its outcome is unknown and a late report may still come).
    pub keeps_token: bool,
    /// A try is counted.
    pub counts_try: bool,
    pub message_hash: Option<String>,
    pub variant: Option<i64>,
    /// It waits for another variant to be made.
    pub drops_variant: bool,
    /// Whose message tells it.
    pub folded_into: Option<i64>,
}

impl Move {
    /// A move to one state.
    pub fn to(
        delivery: DeliveryId,
        from: &'static [DeliveryState],
        to: DeliveryState,
        reason: impl Into<String>,
    ) -> Self {
        Self {
            delivery,
            from,
            token: None,
            steps: vec![(to, reason.into())],
            detail: None,
            actor: ITSELF.to_owned(),
            change: Change::default(),
            guard: None,
        }
    }

    /// And on to the next state.
    #[must_use]
    pub fn then(mut self, to: DeliveryState, reason: impl Into<String>) -> Self {
        self.steps.push((to, reason.into()));
        self
    }

    /// Only under this lease.
    #[must_use]
    pub fn under(mut self, token: &str) -> Self {
        self.token = Some(token.to_owned());
        self
    }

    /// Only when this says so.
    #[must_use]
    pub fn when(mut self, guard: Guard) -> Self {
        self.guard = Some(guard);
        self
    }

    /// With this detail in the ledger.
    #[must_use]
    pub fn saying(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

/// A move as the statement takes it.
#[derive(Debug, Serialize)]
struct Item<'a> {
    id: i64,
    from: &'static str,
    token: Option<&'a str>,
    state: &'static str,
    reason: &'a str,
    code: Option<&'a str>,
    reply: Option<&'a str>,
    lane: Option<&'a str>,
    not_before: Option<i64>,
    give_up_at: Option<i64>,
    lease_until: Option<i64>,
    keeps_token: bool,
    tries: i64,
    message_hash: Option<&'a str>,
    variant: Option<i64>,
    drops_variant: bool,
    is_final: bool,
    folded_into: Option<i64>,
}

#[derive(Debug, sqlx::FromRow)]
struct Standing {
    id: i64,
    project: Option<i64>,
    state: String,
    lease_token: Option<String>,
}

impl Session {
    /// Applies moves, each or not at all, and tells for each whether it was. A delivery may be named once a call.
    pub async fn move_deliveries(&mut self, now: Instant, moves: &[&Move]) -> Result<Vec<bool>, StoreError> {
        let ids: Vec<i64> = moves.iter().map(|step| step.delivery.0).collect();
        let standing = fetch_all!(self, LOCK, Standing, json(&ids))?;
        let guarded: Vec<i64> = moves.iter().filter(|step| step.guard.is_some()).map(|step| step.delivery.0).collect();
        let facts = if guarded.is_empty() { Vec::new() } else { self.delivery_facts(&guarded).await? };
        let mut items = Vec::with_capacity(moves.len());
        let mut origins: Vec<Option<(DeliveryState, Option<i64>)>> = Vec::with_capacity(moves.len());
        for step in moves {
            let row = standing.iter().find(|row| row.id == step.delivery.0);
            let Some((row, from)) = fitting(step, row)?.filter(|_| may(step, &facts, now)) else {
                origins.push(None);
                continue;
            };
            origins.push(Some((from, row.project)));
            items.push(item(step, from)?);
        }
        if items.is_empty() {
            return Ok(vec![false; moves.len()]);
        }
        let moved: Vec<i64> = fetch_all!(self, MOVE, (i64,), json(&items), now)?.into_iter().map(|(id,)| id).collect();
        let mut done = Vec::with_capacity(moves.len());
        let mut entries = Vec::new();
        for (step, origin) in moves.iter().zip(origins) {
            let origin = origin.filter(|_| moved.contains(&step.delivery.0));
            done.push(origin.is_some());
            if let Some((from, project)) = origin {
                write_down(step, from, project, &mut entries);
            }
        }
        self.add_to_ledger(now, &entries).await?;
        Ok(done)
    }
}

/// What the guard of a move says.
fn may(step: &Move, facts: &[DeliveryFacts], now: Instant) -> bool {
    let Some(Guard(may)) = &step.guard else { return true };
    facts.iter().find(|row| row.id == step.delivery.0).is_some_and(|row| may(row, now))
}

/// The row and its state, when the move may be applied to it.
fn fitting<'a>(step: &Move, row: Option<&'a Standing>) -> Result<Option<(&'a Standing, DeliveryState)>, StoreError> {
    let Some(row) = row else { return Ok(None) };
    let from = stored("state of a delivery", DeliveryState::parse(&row.state).ok_or(&row.state))?;
    let lease_fits = step.token.is_none() || step.token == row.lease_token;
    Ok((step.from.contains(&from) && lease_fits).then_some((row, from)))
}

fn item(step: &Move, from: DeliveryState) -> Result<Item<'_>, StoreError> {
    let mut at = from;
    for (next, _) in &step.steps {
        if !at.may_become(*next) {
            let detail = format!("{} may not become {}", at.name(), next.name());
            return Err(StoreError::Corrupt { what: "move of a delivery", detail });
        }
        at = *next;
    }
    let reason = step.steps.last().map_or("", |(_, reason)| reason);
    let change = &step.change;
    Ok(Item {
        id: step.delivery.0,
        from: from.name(),
        token: step.token.as_deref(),
        state: at.name(),
        reason,
        code: change.code.as_deref(),
        reply: change.reply.as_deref(),
        lane: change.lane.as_deref(),
        not_before: change.not_before.map(Instant::as_micros),
        give_up_at: change.give_up_at.map(Instant::as_micros),
        lease_until: change.lease_until.map(Instant::as_micros),
        keeps_token: change.keeps_token,
        tries: i64::from(change.counts_try),
        message_hash: change.message_hash.as_deref(),
        variant: change.variant,
        drops_variant: change.drops_variant,
        is_final: at.is_final(),
        folded_into: change.folded_into,
    })
}

fn write_down(step: &Move, origin: DeliveryState, project: Option<i64>, entries: &mut Vec<NewEntry>) {
    let mut from = origin;
    for (to, reason) in &step.steps {
        entries.push(NewEntry {
            project,
            run: None,
            delivery: Some(step.delivery.0),
            from: Some(from.name()),
            to: to.name(),
            reason: reason.clone(),
            detail: step.detail.clone(),
            actor: step.actor.clone(),
        });
        from = *to;
    }
}
