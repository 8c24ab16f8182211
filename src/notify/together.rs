//! What may be told in one message with others, asked of each before they are put together: what the gate stops, what its reader
//! gathers for later, and a text that no limit has room for go their own way, each with its own reason.

use std::collections::BTreeSet;

use crate::app::App;
use crate::domain::instant::Instant;
use crate::domain::quiet::Rest;
use crate::notify::gate::{self, Verdict};
use crate::notify::{caps, facts, quiet};

/// What becomes of deliveries that would be told together.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// They may go now, together.
    pub together: BTreeSet<i64>,
    /// Those of them whose reader has quiet hours.
    pub at_rest: BTreeSet<i64>,
    /// Somebody of ours holds them.
    pub held_by_us: BTreeSet<i64>,
}

/// Asks of each of these deliveries.
pub async fn ask(app: &App, ids: &[i64], now: Instant) -> anyhow::Result<Asked> {
    let mut asked = Asked::default();
    for row in app.store.delivery_facts(ids).await? {
        // What can't be read is said where it would be sent.
        let Ok(facts) = facts::read_for(app, &row) else { continue };
        match gate::decide(&facts, now) {
            Verdict::Send => {
                let rest = quiet::of(app, &row, now)?;
                if matches!(rest, Rest::Held { .. }) {
                    asked.at_rest.insert(row.id);
                }
                let goes = !matches!(rest, Rest::Gathered { .. }) && caps::full(app, &row, now).await?.is_none();
                goes && asked.together.insert(row.id)
            }
            Verdict::Hold => asked.held_by_us.insert(row.id),
            _ => false,
        };
    }
    Ok(asked)
}
