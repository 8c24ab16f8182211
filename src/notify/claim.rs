//! Taking deliveries: the first lane that is open, as many as its rate allows, the most urgent and oldest first. A lane's
//! row is locked while its tokens are spent, so its rate holds over all replicas.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::app::App;
use crate::domain::contact::ChannelKind;
use crate::domain::instant::Instant;
use crate::notify::lanes::{Lane, Lanes};
use crate::notify::rate;
use crate::store::deliveries::DeliveryFacts;
use crate::store::lanes::Lane as LaneRow;

/// Deliveries that are claimed at once, for each connection.
const PER_CONNECTION: usize = 25;

/// What a claim gave.
pub(super) enum Claim {
    Some { facts: Vec<DeliveryFacts>, lane: Arc<Lane>, lane_is_on_trial: bool },
    Nothing { next_at: Option<Instant> },
}

/// Claims deliveries for the first open lane.
pub(super) async fn claim(app: &App, lanes: &Lanes, token: &str) -> anyhow::Result<Claim> {
    let channel = ChannelKind::Email;
    let now = app.clock.now();
    let next_at = match app.store.next_delivery_at(channel.name()).await? {
        Some(at) if at <= now => at,
        later => return Ok(Claim::Nothing { next_at: later }),
    };
    let rows = app.store.lanes().await?;
    let is_open = |row: &LaneRow| row.shut_until.is_none_or(|until| until <= now);
    let open = lanes.of(channel).iter().find(|lane| rows.iter().any(|row| row.id == lane.id && is_open(row)));
    let Some(lane) = open else {
        let opens_at = rows.iter().filter(|row| lanes.of(channel).iter().any(|lane| lane.id == row.id));
        return Ok(Claim::Nothing { next_at: opens_at.filter_map(|row| row.shut_until).min() });
    };
    take(app, lane, channel, token, next_at).await
}

async fn take(
    app: &App,
    lane: &Arc<Lane>,
    channel: ChannelKind,
    token: &str,
    next_at: Instant,
) -> anyhow::Result<Claim> {
    let now = app.clock.now();
    let mut session = app.store.write().await?;
    let Some(row) = session.lock_lane(&lane.id).await? else {
        return Ok(Claim::Nothing { next_at: None });
    };
    if let Some(until) = row.shut_until.filter(|until| *until > now) {
        return Ok(Claim::Nothing { next_at: Some(until) });
    }
    let lane_is_on_trial = row.failures > 0;
    let most = if lane_is_on_trial { 1 } else { lane.connections * PER_CONNECTION };
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let tokens = lane.per_second.map(|per_second| rate::refill(row.tokens, row.refilled_at, now, per_second));
    let allowed = match (tokens, lane.per_second) {
        (Some(tokens), Some(per_second)) if tokens < 1.0 => {
            return Ok(Claim::Nothing { next_at: Some(rate::next_token_at(tokens, now, per_second)) });
        }
        #[expect(clippy::cast_possible_truncation, reason = "a bucket holds far fewer tokens than i64 counts")]
        (Some(tokens), _) => most.min(tokens.floor() as i64),
        (None, _) => most,
    };
    let claimed = session.claim_deliveries(now, channel.name(), allowed, token, now + app.settings.work.lease).await?;
    if claimed.is_empty() {
        return Ok(Claim::Nothing { next_at: Some(next_at).filter(|at| *at > now) });
    }
    if let Some(tokens) = tokens {
        #[expect(clippy::cast_precision_loss, reason = "a claim is a few hundred at most")]
        session.keep_tokens(&lane.id, tokens - claimed.len() as f64, now).await?;
    }
    session.commit().await?;
    let ids: Vec<i64> = claimed.iter().map(|row| row.id).collect();
    let facts = app.store.delivery_facts(&ids).await?;
    Ok(Claim::Some { facts, lane: lane.clone(), lane_is_on_trial })
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
    tracing::warn!(lane.id = lane, until = %until, error, "A lane can't be used and is shut for a while");
    Ok(())
}

/// A lane on trial took a message: it is open again.
pub(super) async fn works(app: &App, lane: &str) -> anyhow::Result<()> {
    let mut session = app.store.write().await?;
    session.lane_works(lane, app.clock.now()).await?;
    session.commit().await?;
    tracing::info!(lane.id = lane, "A lane works again");
    Ok(())
}
