//! What waited through somebody's quiet hours: reports and single messages go on as they are, several become one digest of what
//! is still open, what opened and resolved meanwhile, and what else there was, whichever of the reader's projects they are of.
//! What the gate would stop goes on as well, to be stopped for its own reason. Only this job moves what is held, each group in one
//! transaction.

use std::collections::BTreeMap;

use crate::app::App;
use crate::chaos::crash_point;
use crate::domain::contact::{ChannelKind, Contact};
use crate::domain::delivery::DeliveryState as State;
use crate::domain::ids::{ContactId, DeliveryId};
use crate::domain::instant::Instant;
use crate::domain::notice::NoticeKind;
use crate::domain::quiet::{Part, part};
use crate::notify::digest::{self, Digest, Folded};
use crate::notify::joined::IN_A_DIGEST;
use crate::notify::post::{self, Posted};
use crate::notify::together;
use crate::store::deliveries::HeldRow;
use crate::store::moves::{Change, Move};

/// Held deliveries that are looked at in one pass.
const MOST: i64 = 500;

/// What goes into one digest: contact, channel and address.
type Whose = (Option<String>, String, String);

/// One pass; returns how many digests were posted.
pub(super) async fn step(app: &App) -> anyhow::Result<u64> {
    let now = app.clock.now();
    let rows = app.store.held_deliveries(now, MOST).await?;
    let mut groups: BTreeMap<Whose, Vec<HeldRow>> = BTreeMap::new();
    for row in rows {
        let group = (row.contact.clone(), row.channel.clone(), row.address.to_lowercase());
        groups.entry(group).or_default().push(row);
    }
    let mut posted = 0;
    for rows in groups.into_values() {
        posted += u64::from(release(app, rows, now).await?);
    }
    Ok(posted)
}

async fn release(app: &App, rows: Vec<HeldRow>, now: Instant) -> anyhow::Result<bool> {
    let ids: Vec<i64> = rows.iter().filter(|row| part_of(row) != Part::Alone).map(|row| row.id).collect();
    let asked = together::ask(app, &ids, now).await?;
    // What somebody of ours holds waits here, so that it is still known what resolved.
    let rows = rows.into_iter().filter(|row| !asked.held_by_us.contains(&row.id));
    let (folded, mut alone): (Vec<_>, Vec<_>) = rows.partition(|row| asked.together.contains(&row.id));
    let is_single = folded.len() == 1 && folded.iter().all(|row| part_of(row) != Part::Over);
    let contact = match folded.first().and_then(|row| row.contact.as_deref()) {
        Some(id) => app.store.contact(&ContactId::parse(id)?).await?,
        None => None,
    };
    let (folded, drawn) = match contact {
        Some(contact) if !is_single => {
            let drawn = drawn(app, &contact, &folded, now).await?;
            (folded, Some(drawn))
        }
        _ => {
            alone.extend(folded);
            (Vec::new(), None)
        }
    };
    let to = |row: &HeldRow, state, reason: &str| Move::to(DeliveryId(row.id), &[State::Held], state, reason);
    let mut session = app.store.write().await?;
    let is_digest = drawn.is_some();
    let into = match drawn {
        Some(notice) => match post::post(app, &mut session, notice).await? {
            Posted::New { deliveries, .. } => deliveries.first().map(|id| id.0),
            // Another replica was faster.
            _ => return Ok(false),
        },
        None => None,
    };
    let mut moves: Vec<Move> = alone.iter().map(|row| to(row, State::Queued, "quiet_over")).collect();
    moves.extend(folded.iter().map(|row| {
        let mut step = to(row, State::Folded, IN_A_DIGEST);
        step.change = Change { folded_into: into, ..Change::default() };
        step
    }));
    let moved = session.move_deliveries(now, &moves.iter().collect::<Vec<_>>()).await?;
    if moved.contains(&false) {
        // Somebody else was faster, or one was cancelled meanwhile: the next pass looks again.
        return Ok(false);
    }
    session.commit().await?;
    if !moves.is_empty() {
        crash_point!("held.released");
    }
    Ok(is_digest)
}

fn part_of(row: &HeldRow) -> Part {
    NoticeKind::parse(&row.kind).map_or(Part::Alone, |kind| part(kind, row.is_open))
}

async fn drawn(app: &App, contact: &Contact, rows: &[HeldRow], now: Instant) -> anyhow::Result<post::NewNotice> {
    let mut folded = Vec::new();
    for row in rows {
        folded.push(Folded::of(app, row).await?);
    }
    let first = &rows[0];
    let digest = Digest {
        contact,
        channel: ChannelKind::parse(&first.channel).unwrap_or(ChannelKind::Email),
        address: &first.address,
        key: format!("digest/{}/{}/{}", first.channel, first.address, first.id),
        folded,
    };
    digest::drawn(app, digest, now).await
}
