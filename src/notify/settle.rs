//! What time does to deliveries: leases end, refusals are decided, patience runs out, unknown outcomes grow old, and
//! owners hear of what ended badly.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::App;
use crate::domain::delivery::DeliveryState as State;
use crate::domain::ids::{DeliveryId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::notice::NoticeKind;
use crate::i18n::Words;
use crate::notify::refusal::{self, Decision, Refused};
use crate::notify::{owner, tell};
use crate::report::notice::{self, AffectedMail, MailEvent};
use crate::store::deliveries::{RefusedDelivery, Waiting};
use crate::store::moves::Move;
use crate::store::suppressions::NewSuppression;

/// What one pass moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Housekeeping {
    /// Claims whose lease had ended, back in the queue.
    pub released: u64,
    /// Handed over, and nobody came back to say how it ended.
    pub uncertain: u64,
    pub expired: u64,
    /// Refused deliveries that are decided now.
    pub decided: u64,
    /// Unknown for a week, now failed.
    pub given_up: u64,
    /// Notices to owners posted.
    pub told: u64,
}

/// Deliveries moved in one transaction.
const MOST: i64 = 200;
/// After this an unknown outcome counts as a failure.
const UNKNOWN_SEC: i64 = 7 * 86_400;
/// Before an alert whose outcome is unknown goes again.
const AGAIN_SEC: i64 = 60;
/// How long a lane is held that refuses what it shouldn't, before it is tried again.
const HOLD_SEC: i64 = 1_800;

/// One pass. Any number of processes may run it at once.
pub async fn housekeeping(app: &App) -> anyhow::Result<Housekeeping> {
    let mut done = Housekeeping::default();
    let now = app.clock.now();
    let ended = app.store.deliveries_with_ended_lease(now, MOST).await?;
    let (claimed, handed): (Vec<&Waiting>, Vec<&Waiting>) =
        ended.iter().partition(|row| row.state == State::Claimed.name());
    done.released = apply(app, now, claimed.iter().map(|row| back_to_queue(row)).collect()).await?;
    done.uncertain = apply(app, now, handed.iter().map(|row| lease_ended(row)).collect()).await?;
    let waiting = app.store.deliveries_out_of_patience(now, MOST).await?;
    done.expired = apply(app, now, waiting.iter().map(expired).collect()).await?;
    let unknown = app.store.uncertain_deliveries(MOST).await?;
    done.given_up = apply(app, now, unknown.iter().filter_map(|row| grown_old(row, now)).collect()).await?;
    apply(app, now, unknown.iter().filter_map(|row| once_more(row, now)).collect()).await?;
    done.decided = decide_refusals(app).await?;
    done.told = tell::pass(app).await?;
    Ok(done)
}

fn back_to_queue(row: &Waiting) -> Move {
    Move::to(DeliveryId(row.id), &[State::Claimed], State::Queued, "lease_ended")
}

/// Who holds the token may still report how it ended, before anything else moves it.
fn lease_ended(row: &Waiting) -> Move {
    let mut step = Move::to(DeliveryId(row.id), &[State::Handed], State::Uncertain, "lease_ended");
    step.change.keeps_token = true;
    step
}

fn expired(row: &Waiting) -> Move {
    Move::to(DeliveryId(row.id), &[State::Queued, State::Held], State::Expired, "gave_up")
}

fn grown_old(row: &Waiting, now: Instant) -> Option<Move> {
    let since = row.handed_at?;
    let is_old = since.plus_seconds(UNKNOWN_SEC) <= now;
    is_old.then(|| Move::to(DeliveryId(row.id), &[State::Uncertain], State::Failed, "unknown"))
}

/// An alert had better come twice than not at all; its Message-ID, date and bytes stay.
fn once_more(row: &Waiting, now: Instant) -> Option<Move> {
    let resends = NoticeKind::parse(&row.kind).is_some_and(|kind| kind.rules().resends_when_uncertain);
    let is_old = row.handed_at.is_some_and(|since| since.plus_seconds(UNKNOWN_SEC) <= now);
    (resends && !is_old).then(|| {
        let mut step = Move::to(DeliveryId(row.id), &[State::Uncertain], State::Queued, "sent_again_when_unknown");
        step.change.not_before = Some(now.plus_seconds(AGAIN_SEC));
        step
    })
}

async fn apply(app: &App, now: Instant, moves: Vec<Move>) -> anyhow::Result<u64> {
    if moves.is_empty() {
        return Ok(0);
    }
    let mut session = app.store.write().await?;
    let done = session.move_deliveries(now, &moves.iter().collect::<Vec<_>>()).await?;
    session.commit().await?;
    Ok(done.into_iter().map(u64::from).sum())
}

/// Decides refusals that can be decided now; returns how many.
pub async fn decide_refusals(app: &App) -> anyhow::Result<u64> {
    let now = app.clock.now();
    let rows = app.store.refused_deliveries(MOST * 5).await?;
    let refused: Vec<Refused> = rows.iter().map(known).collect();
    let decisions = refusal::decide(&refused, now);
    if decisions.is_empty() {
        return Ok(0);
    }
    let by_id: BTreeMap<i64, &RefusedDelivery> = rows.iter().map(|row| (row.id, row)).collect();
    let mut decided = 0;
    let mut held: BTreeMap<(String, String), Vec<&RefusedDelivery>> = BTreeMap::new();
    for chunk in decisions.chunks(usize::try_from(MOST)?) {
        let mut session = app.store.write().await?;
        let moves: Vec<Move> = chunk.iter().map(|decision| decided_move(decision, now)).collect();
        let moved = session.move_deliveries(now, &moves.iter().collect::<Vec<_>>()).await?;
        let mut to_hold = BTreeSet::new();
        for (decision, _) in chunk.iter().zip(&moved).filter(|(_, moved)| **moved) {
            decided += 1;
            match decision {
                Decision::HoldLane { delivery, lane, code } => {
                    to_hold.insert((lane, code));
                    held.entry((lane.clone(), code.clone())).or_default().extend(by_id.get(delivery));
                }
                Decision::MarkAddress { delivery } => {
                    let Some(row) = by_id.get(delivery) else { continue };
                    session.suppress(now, &mark(row)).await?;
                }
            }
        }
        for (lane, code) in to_hold {
            let reason = format!("many addresses were refused with {code}");
            session.hold_lane(lane, now.plus_seconds(HOLD_SEC), &reason, now).await?;
        }
        session.commit().await?;
    }
    for ((lane, code), rows) in held {
        tracing::error!(lane.id = lane, code, "A lane refuses many addresses alike and is held");
        tell_held(app, &lane, &rows, now).await?;
    }
    Ok(decided)
}

fn known(row: &RefusedDelivery) -> Refused {
    Refused {
        id: row.id,
        address: row.address.clone(),
        lane: row.lane.clone(),
        code: row.code.clone(),
        refused_at: row.refused_at,
    }
}

fn decided_move(decision: &Decision, now: Instant) -> Move {
    match decision {
        Decision::HoldLane { delivery, code, .. } => {
            let mut step = Move::to(DeliveryId(*delivery), &[State::Refused], State::Queued, "lane_held");
            step.detail = Some(format!("many addresses were refused with {code}"));
            step.change.not_before = Some(now);
            step
        }
        Decision::MarkAddress { delivery } => {
            Move::to(DeliveryId(*delivery), &[State::Refused], State::Failed, "address_marked")
        }
    }
}

fn mark(row: &RefusedDelivery) -> NewSuppression<'_> {
    NewSuppression {
        project: None,
        schedule: None,
        channel: &row.channel,
        address: &row.address,
        reason: "no_such_address",
        detail: Some(&row.reply),
        actor: crate::store::moves::ITSELF,
    }
}

fn affected(row: &RefusedDelivery, words: &Words) -> AffectedMail {
    AffectedMail {
        address: row.address.clone(),
        what: tell::what(words, &row.kind, row.schedule.as_deref(), row.occurrence.as_deref()),
        reason: row.reply.clone(),
        reference: row.reference.clone(),
    }
}

/// The owners of the mails that wait, and whoever looks after the relay.
async fn tell_held(app: &App, lane: &str, rows: &[&RefusedDelivery], now: Instant) -> anyhow::Result<()> {
    let mut by_project: BTreeMap<Option<i64>, Vec<&RefusedDelivery>> = BTreeMap::new();
    for row in rows {
        by_project.entry(None).or_default().push(row);
        if row.project.is_some() {
            by_project.entry(row.project).or_default().push(row);
        }
    }
    for (project, rows) in by_project {
        let project = project.map(ProjectKey);
        let name_of = tell::called(app, project).await?;
        let make = |language: &str| {
            let words = Words::of(language);
            let mails: Vec<AffectedMail> = rows.iter().map(|row| affected(row, &words)).collect();
            notice::deliveries(MailEvent::RelayHeld, language, &name_of(language), &mails, now)
        };
        // Once a day for a lane and an owner, however often it is held.
        let day = now.as_seconds().div_euclid(86_400);
        let once = format!("owner/held/{lane}/{}/{day}", project.map_or(0, |key| key.0));
        owner::tell(app, project, &once, make).await?;
    }
    Ok(())
}
