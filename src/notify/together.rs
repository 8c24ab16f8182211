//! What may be told in one message with others, asked of each before they are put together: what the gate stops, what its reader
//! gathers for later, and a text that no limit has room for go their own way, each with its own reason.

use std::collections::BTreeSet;

use crate::app::App;
use crate::domain::instant::Instant;
use crate::domain::quiet::Rest;
use crate::notify::gate::{self, Verdict};
use crate::notify::{caps, facts, quiet};
use crate::store::deliveries::DeliveryFacts;

/// Of these deliveries, those that may go now, together.
pub async fn may_join(app: &App, ids: &[i64], now: Instant) -> anyhow::Result<BTreeSet<i64>> {
    let mut may = BTreeSet::new();
    for row in app.store.delivery_facts(ids).await? {
        if goes(app, &row, now).await? {
            may.insert(row.id);
        }
    }
    Ok(may)
}

async fn goes(app: &App, row: &DeliveryFacts, now: Instant) -> anyhow::Result<bool> {
    // What can't be read is said where it would be sent.
    let Ok(facts) = facts::read_for(app, row) else { return Ok(false) };
    if gate::decide(&facts, now) != Verdict::Send {
        return Ok(false);
    }
    let is_gathered = matches!(quiet::of(app, row, now)?, Rest::Gathered { .. });
    Ok(!is_gathered && caps::full(app, row, now).await?.is_none())
}
