//! Taking deliveries: the first lane that is open and has a place and a token, as many as its rate allows, the most urgent
//! and oldest first; what is too much for one lane goes by the next. A lane's row is locked while its tokens are spent, so
//! its rate holds over all replicas.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::app::App;
use crate::domain::instant::Instant;
use crate::notify::lanes::{Lane, Route, relay_name};
use crate::notify::rate;
use crate::store::deliveries::DeliveryFacts;
use crate::store::lanes::Lane as LaneRow;

/// Deliveries that are claimed at once, for each connection.
const PER_CONNECTION: usize = 25;

/// What a claim gave.
pub(super) enum Claim {
    Some {
        facts: Vec<DeliveryFacts>,
        lane: Arc<Lane>,
        lane_is_on_trial: bool,
    },
    /// Those lanes that could take more have as many messages under way as they may.
    Busy,
    /// Nothing is due, or no lane may take anything before then.
    Nothing {
        next_at: Option<Instant>,
    },
}

/// What one lane gave.
enum Took {
    Some(Claim),
    /// Shut, or at its rate.
    NotBefore(Instant),
    /// Nothing is waiting any more.
    NothingWaits,
}

/// Claims deliveries of a route for the first of its lanes that may take some.
pub(super) async fn claim(app: &App, route: &Route, token: &str) -> anyhow::Result<Claim> {
    let now = app.clock.now();
    match app.store.next_delivery_at(route.channel.name(), route.address.as_deref()).await? {
        Some(at) if at <= now => {}
        later => return Ok(Claim::Nothing { next_at: later }),
    }
    let rows = app.store.lanes().await?;
    let (mut next_at, mut is_busy) = (None, false);
    for lane in in_order(&route.lanes, &rows) {
        if let Some(until) = shut_until(lane, &rows, now) {
            next_at = earlier(next_at, until);
        } else if !lane.has_place() {
            is_busy = true;
        } else {
            match take(app, lane, route, token).await? {
                Took::Some(claim) => return Ok(claim),
                Took::NotBefore(at) => next_at = earlier(next_at, at),
                Took::NothingWaits => return Ok(Claim::Nothing { next_at: None }),
            }
        }
    }
    Ok(if is_busy { Claim::Busy } else { Claim::Nothing { next_at } })
}

pub(super) fn earlier(known: Option<Instant>, at: Instant) -> Option<Instant> {
    Some(known.map_or(at, |known| known.min(at)))
}

/// By preference; but a lane on trial that is just being tried comes last, so that nobody waits for it who needn't.
fn in_order<'a>(lanes: &'a [Arc<Lane>], rows: &[LaneRow]) -> Vec<&'a Arc<Lane>> {
    let is_being_tried =
        |lane: &Arc<Lane>| !lane.is_idle() && rows.iter().any(|row| row.id == lane.id && row.failures > 0);
    let (tried, others): (Vec<_>, Vec<_>) = lanes.iter().partition(|lane| is_being_tried(lane));
    others.into_iter().chain(tried).collect()
}

fn shut_until(lane: &Lane, rows: &[LaneRow], now: Instant) -> Option<Instant> {
    rate::shut_until(rows.iter().find(|row| row.id == lane.id)?.shut_until, now)
}

/// Whether a lane may take one delivery more.
pub(super) enum Turn {
    Now { lane_is_on_trial: bool },
    NotBefore(Instant),
}

/// A lane's token for a delivery that is claimed already and that another lane can't carry.
pub(super) async fn turn(app: &App, lane: &Lane) -> anyhow::Result<Turn> {
    let now = app.clock.now();
    let mut session = app.store.write().await?;
    let Some(row) = session.lock_lane(&lane.id).await? else {
        anyhow::bail!("the row of the relay {} is gone", relay_name(&lane.id));
    };
    if let Some(until) = rate::shut_until(row.shut_until, now) {
        return Ok(Turn::NotBefore(until));
    }
    if let Some(per_second) = lane.per_second {
        let tokens = rate::refill(row.tokens, row.refilled_at, now, per_second);
        if tokens < 1.0 {
            return Ok(Turn::NotBefore(rate::next_token_at(tokens, now, per_second)));
        }
        session.keep_tokens(&lane.id, tokens - 1.0, now).await?;
    }
    session.commit().await?;
    Ok(Turn::Now { lane_is_on_trial: row.failures > 0 })
}

async fn take(app: &App, lane: &Arc<Lane>, route: &Route, token: &str) -> anyhow::Result<Took> {
    let now = app.clock.now();
    let mut session = app.store.write().await?;
    let Some(row) = session.lock_lane(&lane.id).await? else {
        anyhow::bail!("the row of the relay {} is gone", relay_name(&lane.id));
    };
    if let Some(until) = rate::shut_until(row.shut_until, now) {
        return Ok(Took::NotBefore(until));
    }
    let lane_is_on_trial = row.failures > 0;
    let most = if lane_is_on_trial { 1 } else { lane.connections * PER_CONNECTION };
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let tokens = lane.per_second.map(|per_second| rate::refill(row.tokens, row.refilled_at, now, per_second));
    let allowed = match (tokens, lane.per_second) {
        (Some(tokens), Some(per_second)) if tokens < 1.0 => {
            return Ok(Took::NotBefore(rate::next_token_at(tokens, now, per_second)));
        }
        #[expect(clippy::cast_possible_truncation, reason = "a bucket holds far fewer tokens than i64 counts")]
        (Some(tokens), _) => most.min(tokens.floor() as i64),
        (None, _) => most,
    };
    let (channel, address) = (route.channel.name(), route.address.as_deref());
    let until = now + app.settings.work.lease;
    let claimed = session.claim_deliveries(now, channel, address, allowed, token, until).await?;
    if claimed.is_empty() {
        return Ok(Took::NothingWaits);
    }
    if let Some(tokens) = tokens {
        #[expect(clippy::cast_precision_loss, reason = "a claim is a few hundred at most")]
        session.keep_tokens(&lane.id, tokens - claimed.len() as f64, now).await?;
    }
    session.commit().await?;
    let ids: Vec<i64> = claimed.iter().map(|row| row.id).collect();
    let facts = app.store.delivery_facts(&ids).await?;
    Ok(Took::Some(Claim::Some { facts, lane: lane.clone(), lane_is_on_trial }))
}

/// Shuts a lane, once for all who find it dead at the same time.
pub(super) async fn shut(app: &App, lane: &str, is_dead: &AtomicBool, error: &str) -> anyhow::Result<()> {
    if is_dead.swap(true, Ordering::SeqCst) {
        return Ok(());
    }
    let now = app.clock.now();
    let mut session = app.store.write().await?;
    let failures = session.lock_lane(lane).await?.map_or(0, |row| row.failures);
    let until = now + rate::shut_for(failures + 1);
    session.lane_failed(lane, until, error, now).await?;
    session.commit().await?;
    tracing::warn!(relay = relay_name(lane), until = %until, error, "a relay can't be used and is left alone for a while");
    Ok(())
}

/// Shuts a lane for as long as its service asks us to wait, or, where it doesn't say, as after a failure.
pub(super) async fn rest(app: &App, lane: &str, wait: Option<Duration>, error: &str) -> anyhow::Result<()> {
    let now = app.clock.now();
    let mut session = app.store.write().await?;
    let failures = session.lock_lane(lane).await?.map_or(0, |row| row.failures);
    let until = now + wait.unwrap_or_else(|| rate::shut_for(failures + 1));
    session.lane_failed(lane, until, error, now).await?;
    session.commit().await?;
    tracing::warn!(relay = relay_name(lane), until = %until, "a service takes nothing for a while");
    Ok(())
}

/// A lane on trial took a message: it is open again.
pub(super) async fn works(app: &App, lane: &str) -> anyhow::Result<()> {
    let mut session = app.store.write().await?;
    let is_news = session.lane_works(lane, app.clock.now()).await?;
    session.commit().await?;
    // Others may have found it before.
    if is_news {
        tracing::info!(relay = relay_name(lane), "a relay works again");
    }
    Ok(())
}
