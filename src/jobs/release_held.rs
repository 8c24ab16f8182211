//! What waited through somebody's quiet hours: reports and single messages go on as they are, several become one digest of what
//! is still open, what opened and resolved meanwhile, and what else there was. Only this job moves what is held, each group in
//! one transaction.

use std::collections::BTreeMap;

use crate::app::App;
use crate::domain::contact::{ChannelKind, Contact};
use crate::domain::delivery::DeliveryState as State;
use crate::domain::ids::{ContactId, DeliveryId, ProjectKey, VariantId};
use crate::domain::instant::Instant;
use crate::domain::notice::{NoticeKind, Reader};
use crate::domain::quiet::{Part, part};
use crate::notify::digest::{self, Digest, Folded};
use crate::notify::post::{self, Posted};
use crate::store::deliveries::HeldRow;
use crate::store::moves::{Change, Move};

/// Held deliveries that are looked at in one pass.
const MOST: i64 = 500;

/// What goes into one digest: project, contact, channel and address.
type Whose = (Option<i64>, Option<String>, String, String);

/// One pass; returns how many digests were posted.
pub(super) async fn step(app: &App) -> anyhow::Result<u64> {
    let now = app.clock.now();
    let rows = app.store.held_deliveries(now, MOST).await?;
    let mut groups: BTreeMap<Whose, Vec<HeldRow>> = BTreeMap::new();
    for row in rows {
        let group = (row.project, row.contact.clone(), row.channel.clone(), row.address.clone());
        groups.entry(group).or_default().push(row);
    }
    let mut posted = 0;
    for rows in groups.into_values() {
        posted += u64::from(release(app, rows, now).await?);
    }
    Ok(posted)
}

async fn release(app: &App, rows: Vec<HeldRow>, now: Instant) -> anyhow::Result<bool> {
    let parts: Vec<(Part, HeldRow)> = rows.into_iter().map(|row| (part_of(&row), row)).collect();
    let (alone, folded): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(part, _)| *part == Part::Alone);
    let is_single = folded.len() == 1 && folded.iter().all(|(part, _)| *part != Part::Over);
    let contact = match folded.first().and_then(|(_, row)| row.contact.as_deref()) {
        Some(id) => app.store.contact(&ContactId::parse(id)?).await?,
        None => None,
    };
    let drawn = match contact {
        Some(contact) if !folded.is_empty() && !is_single => Some(drawn(app, &contact, &folded, now).await?),
        _ => None,
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
    let mut moves: Vec<Move> = alone.iter().map(|(_, row)| to(row, State::Queued, "quiet_over")).collect();
    moves.extend(folded.iter().map(|(_, row)| {
        if !is_digest {
            return to(row, State::Queued, "quiet_over");
        }
        let mut step = to(row, State::Folded, "in_a_digest");
        step.change = Change { folded_into: into, ..Change::default() };
        step
    }));
    let moved = session.move_deliveries(now, &moves.iter().collect::<Vec<_>>()).await?;
    if moved.contains(&false) {
        // Somebody else was faster, or one was cancelled meanwhile: the next pass looks again.
        return Ok(false);
    }
    session.commit().await?;
    Ok(is_digest)
}

fn part_of(row: &HeldRow) -> Part {
    NoticeKind::parse(&row.kind).map_or(Part::Alone, |kind| part(kind, row.is_open))
}

async fn drawn(
    app: &App,
    contact: &Contact,
    folded: &[(Part, HeldRow)],
    now: Instant,
) -> anyhow::Result<post::NewNotice> {
    let mut list = Vec::new();
    let mut readers: Vec<Reader> = Vec::new();
    for (part, row) in folded {
        readers.extend(serde_json::from_str::<Reader>(&row.kind_of_reader).ok());
        list.push(Folded {
            part: *part,
            subject: row.subject.clone(),
            brief: digest::brief_of(app, VariantId(row.variant)).await?,
        });
    }
    let first = &folded[0].1;
    let project = match first.project {
        Some(key) => app.store.project_by_key(ProjectKey(key)).await?,
        None => None,
    };
    digest::drawn(
        Digest {
            project: project.as_ref(),
            contact,
            channel: ChannelKind::parse(&first.channel).unwrap_or(ChannelKind::Email),
            address: &first.address,
            language: readers.first().map_or("en", |reader| reader.language.as_str()),
            shows_money: readers.iter().any(|reader| reader.rights.money),
            key: format!("digest/{}/{}/{}", first.channel, first.address, first.id),
            folded: list,
        },
        now,
    )
    .await
}
