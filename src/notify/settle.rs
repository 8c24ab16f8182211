//! What time does to deliveries: leases end, refusals are decided, patience runs out, unknown outcomes grow old, and
//! owners hear of what ended badly.

use std::collections::{BTreeMap, HashMap};

use crate::app::App;
use crate::chaos::crash_point;
use crate::domain::delivery::DeliveryState as State;
use crate::domain::ids::{DeliveryId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::notice::KINDS;
use crate::i18n::Words;
use crate::notify::lanes::relay_name;
use crate::notify::named::ReportName;
use crate::notify::owner::{self, Drawn};
use crate::notify::refusal::{self, Decision, Refused};
use crate::notify::tell;
use crate::notify::text_replies::STOPPED;
use crate::report::notice::{self, AffectedMail, MailEvent};
use crate::store::Session;
use crate::store::deliveries::{RefusedDelivery, Uncertain, Waiting};
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
/// Before an alert whose outcome is unknown goes again: the first time, the second time. After that it stays unknown, as a
/// report does: a relay that breaks off after each message has taken enough copies.
const AGAIN_SEC: [i64; 2] = [60, 900];
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
    let old = app.store.long_unknown_deliveries(now.plus_seconds(-UNKNOWN_SEC), MOST).await?;
    done.given_up = apply(app, now, old.iter().map(grown_old).collect()).await?;
    for kind in KINDS.iter().filter(|kind| kind.resends_when_uncertain) {
        let unknown = app.store.uncertain_deliveries(kind.name, now, AGAIN_SEC.len(), MOST).await?;
        apply(app, now, unknown.iter().filter_map(|row| once_more(row, now)).collect()).await?;
    }
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

fn grown_old(row: &Waiting) -> Move {
    Move::to(DeliveryId(row.id), &[State::Uncertain], State::Failed, "unknown")
}

/// An alert had better come twice than not at all; its Message-ID, date and bytes stay.
fn once_more(row: &Uncertain, now: Instant) -> Option<Move> {
    let wait = AGAIN_SEC.get(usize::try_from(row.repeats).ok()?)?;
    let at = now.plus_seconds(*wait);
    (at < row.give_up_at).then(|| {
        let mut step = Move::to(DeliveryId(row.id), &[State::Uncertain], State::Queued, "sent_again_when_unknown");
        step.change.not_before = Some(at);
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
    crash_point!("leases.ended_of_mails");
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
    let mut held: BTreeMap<(&str, &str), Vec<&RefusedDelivery>> = BTreeMap::new();
    let mut others = Vec::new();
    for decision in &decisions {
        match decision {
            Decision::HoldLane { delivery, lane, code } => {
                held.entry((lane, code)).or_default().extend(by_id.get(delivery));
            }
            other => others.push(other),
        }
    }
    let mut decided = 0;
    for ((lane, code), rows) in held {
        decided += hold(app, lane, code, &rows, now).await?;
    }
    for chunk in others.chunks(usize::try_from(MOST)?) {
        let mut session = app.store.write().await?;
        let doubted: Vec<i64> = chunk.iter().filter_map(|decision| decision.marks()).collect();
        let good: BTreeMap<i64, String> = session.disproved_refusals(&doubted).await?.into_iter().collect();
        // What was refused in a trial that sends all mail to one address is that address.
        let is_redirected = app.settings.mail.redirect_to.is_some();
        let one = |decision: &&Decision| decided_move(decision, &by_id, &good, is_redirected);
        let moves: Vec<Move> = chunk.iter().filter_map(one).collect();
        let moved = session.move_deliveries(now, &moves.iter().collect::<Vec<_>>()).await?;
        for (step, _) in moves.iter().zip(&moved).filter(|(_, moved)| **moved) {
            decided += 1;
            let is_marked = step.steps.last().is_some_and(|(_, reason)| reason == ADDRESS_MARKED || reason == STOPPED);
            if let Some(row) = by_id.get(&step.delivery.0).filter(|_| is_marked) {
                session.suppress(now, &mark(row)).await?;
            }
        }
        session.commit().await?;
        crash_point!("refusals.decided");
    }
    Ok(decided)
}

/// Holds a lane and sends what it refused alike back to the queue, all in one transaction with what is told of it: were
/// some left behind, they would look like addresses that are refused alone.
async fn hold(app: &App, lane: &str, code: &str, rows: &[&RefusedDelivery], now: Instant) -> anyhow::Result<u64> {
    let until = now.plus_seconds(HOLD_SEC);
    let moves: Vec<Move> = rows.iter().map(|row| back_for_the_hold(row.id, code, until)).collect();
    let news = news_of_hold(app, rows, now).await?;
    let mut session = app.store.write().await?;
    let moved = session.move_deliveries(now, &moves.iter().collect::<Vec<_>>()).await?;
    let decided = moved.into_iter().map(u64::from).sum();
    if decided > 0 {
        session.hold_lane(lane, until, &held_words(code), now).await?;
        tell_held(app, &mut session, lane, news, now).await?;
    }
    session.commit().await?;
    if decided > 0 {
        tracing::error!(relay = relay_name(lane), code, "a relay refuses many addresses alike and is held");
    }
    Ok(decided)
}

/// Why a lane is held; `sql/deliveries/refused.sql` compares with it.
fn held_words(code: &str) -> String {
    format!("many addresses were refused with {code}")
}

fn known(row: &RefusedDelivery) -> Refused {
    Refused {
        id: row.id,
        address: row.address.clone(),
        lane: row.lane.clone(),
        code: row.code.clone(),
        refused_at: row.refused_at,
        lane_is_held: row.lane_is_held,
        was_held: row.was_held,
    }
}

/// Not before the hold ends, so that whoever waited longer goes first then and shows whether the lane takes anybody.
fn back_for_the_hold(delivery: i64, code: &str, until: Instant) -> Move {
    let mut step = Move::to(DeliveryId(delivery), &[State::Refused], State::Queued, "lane_held");
    step.detail = Some(held_words(code));
    step.change.not_before = Some(until);
    step
}

/// Why a refused delivery fails whose address is marked.
const ADDRESS_MARKED: &str = "address_marked";

/// `good`: whose address was taken, or freed by a person, since the refusal.
fn decided_move(
    decision: &Decision,
    by_id: &BTreeMap<i64, &RefusedDelivery>,
    good: &BTreeMap<i64, String>,
    is_redirected: bool,
) -> Option<Move> {
    match decision {
        Decision::HoldLane { .. } => None,
        Decision::JoinHold { delivery, code } => {
            let until = by_id.get(delivery)?.shut_until?;
            Some(back_for_the_hold(*delivery, code, until))
        }
        Decision::MarkAddress { delivery } => {
            let row = by_id.get(delivery);
            let is_wished = row.is_some_and(|row| row.code == refusal::READER_STOPPED);
            let is_elsewhere = is_redirected && row.is_some_and(|row| row.channel == "email");
            let reason = match good.get(delivery).map(String::as_str) {
                _ if is_elsewhere => "redirect_refused",
                None if is_wished => STOPPED,
                None => ADDRESS_MARKED,
                Some("lifted") => "refused_before_lift",
                Some(_) => "refused_before_taken",
            };
            Some(Move::to(DeliveryId(*delivery), &[State::Refused], State::Failed, reason))
        }
    }
}

fn mark(row: &RefusedDelivery) -> NewSuppression<'_> {
    NewSuppression {
        project: None,
        schedule: None,
        channel: &row.channel,
        address: &row.address,
        reason: if row.code == refusal::READER_STOPPED { STOPPED } else { "no_such_address" },
        detail: Some(&row.reply),
        actor: crate::store::moves::ITSELF,
    }
}

fn affected(row: &RefusedDelivery, reports: &HashMap<&str, ReportName>, words: &Words) -> AffectedMail {
    AffectedMail {
        address: row.address.clone(),
        what: tell::what(words, &row.kind, reports, (row.schedule.as_deref(), row.occurrence.as_deref())),
        reason: row.reply.clone(),
        reference: row.reference.clone(),
    }
}

/// What the owners of the mails that wait are told, and whoever looks after the relay (`None`).
async fn news_of_hold(
    app: &App,
    rows: &[&RefusedDelivery],
    now: Instant,
) -> anyhow::Result<Vec<(Option<ProjectKey>, Vec<Drawn>)>> {
    let mut by_project: BTreeMap<Option<i64>, Vec<&RefusedDelivery>> = BTreeMap::new();
    for row in rows {
        by_project.entry(None).or_default().push(row);
        if row.project.is_some() {
            by_project.entry(row.project).or_default().push(row);
        }
    }
    let mut news = Vec::new();
    for (project, rows) in by_project {
        let project = project.map(ProjectKey);
        let name_of = tell::called(app, project).await?;
        let schedules = rows.iter().take(tell::MOST_NAMED).filter_map(|row| row.schedule.as_deref());
        let reports = ReportName::find_all(&mut app.store.read().await?, schedules).await?;
        let make = |language: &str| {
            let words = Words::of(language);
            let named = rows.iter().take(tell::MOST_NAMED);
            let mails: Vec<AffectedMail> = named.map(|row| affected(row, &reports, &words)).collect();
            notice::deliveries(MailEvent::RelayHeld, language, &name_of(language), &mails, rows.len(), now)
        };
        news.push((project, owner::drawn(app, project, make).await?));
    }
    Ok(news)
}

/// Once a day for a lane and an owner, however often it is held.
async fn tell_held(
    app: &App,
    session: &mut Session,
    lane: &str,
    news: Vec<(Option<ProjectKey>, Vec<Drawn>)>,
    now: Instant,
) -> anyhow::Result<()> {
    let day = now.as_seconds().div_euclid(86_400);
    for (project, drawn) in news {
        let once = format!("owner/held/{lane}/{}/{day}", project.map_or(0, |key| key.0));
        owner::tell_within(app, session, project, &once, drawn).await?;
    }
    Ok(())
}
