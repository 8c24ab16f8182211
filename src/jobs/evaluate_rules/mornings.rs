//! One mail a morning, and one a moment: warnings that wait for the same reader's morning, or are found at the same time and can't
//! wait, are told in one message, and one that is alone goes as it is. Whoever may take them waits for this job, so that none leaves before the others are there. The first morning of a
//! day takes those of its reader along that would come a few hours later (projects with other hours, or in other zones).
//! While another replica judges more of the reader's projects, as after an outage, they wait for those, but not for long.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::App;
use crate::chaos::crash_point;
use crate::domain::delivery::DeliveryState as State;
use crate::domain::ids::{DeliveryId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::notice::Severity;
use crate::notify::joined::{self, Member, Remade};
use crate::notify::post::{self, Posted};
use crate::notify::together;
use crate::store::deliveries::JoinRow;
use crate::store::holds::Hold;
use crate::store::moves::{Change, Move};

/// What would come so much later on the same day is told with the rest.
const SAME_MORNING_SEC: i64 = 4 * 3_600;
/// Longest that what is due waits for the judgement of its reader's other projects.
const WAITS_FOR_OTHERS_SEC: i64 = 600;
/// Warnings that are looked at in one pass.
const MOST: i64 = 5_000;
/// Messages that are made anew in one pass.
const MOST_ANEW: i64 = 50;

/// Who gets it, and where.
type Whose = (Option<String>, String, String);

/// Joins what is to go now.
pub(super) async fn step(app: &App) -> anyhow::Result<()> {
    let now = app.clock.now();
    let mut session = app.store.read().await?;
    let rows = session.deliveries_to_join(now.plus_seconds(SAME_MORNING_SEC), MOST).await?;
    let holds = session.holds().await?;
    let unmade = session.unmade_joined(MOST_ANEW).await?;
    let due = rows.iter().filter(|row| row.not_before <= now);
    let readers: BTreeSet<&str> = due.filter_map(|row| row.contact.as_deref()).collect();
    let readers: Vec<&str> = readers.into_iter().collect();
    let unready = if readers.is_empty() { Vec::new() } else { session.readers_with_more(&readers, now).await? };
    drop(session);
    let mut groups: BTreeMap<Whose, Vec<JoinRow>> = BTreeMap::new();
    for row in rows.into_iter().filter(|row| !is_held(&holds, row)) {
        let whose = (row.contact.clone(), row.channel.clone(), row.address.to_lowercase());
        groups.entry(whose).or_default().push(row);
    }
    for rows in groups.into_values() {
        let Some(since) = due_since(&rows, now) else { continue };
        let rows = at_hand(rows, now);
        let has_more = !rows.iter().any(is_urgent)
            && rows.iter().any(|row| row.contact.as_ref().is_some_and(|contact| unready.contains(contact)));
        if !has_more || since.plus_seconds(WAITS_FOR_OTHERS_SEC) <= now {
            release(app, rows, now).await?;
        }
    }
    for id in unmade {
        anew(app, id, now).await?;
    }
    Ok(())
}

/// Since when the first of them could go; `None`: it can't yet.
fn due_since(rows: &[JoinRow], now: Instant) -> Option<Instant> {
    rows.iter().map(|row| row.not_before.max(row.created_at)).filter(|at| *at <= now).min()
}

/// Whether it waits for its reader's morning, and wasn't to be told at once.
fn is_of_a_morning(row: &JoinRow) -> bool {
    row.not_before > row.created_at
}

/// What is told now: what is due, and with a morning's words those that would come a few hours later. What is told at once
/// takes nobody's morning along.
fn at_hand(mut rows: Vec<JoinRow>, now: Instant) -> Vec<JoinRow> {
    if !rows.iter().any(|row| row.not_before <= now && is_of_a_morning(row)) {
        rows.retain(|row| row.not_before <= now);
    }
    rows
}

/// What is critical and told at once waits for nobody.
fn is_urgent(row: &JoinRow) -> bool {
    Severity::of_priority(row.priority) == Severity::Critical && !is_of_a_morning(row)
}

/// What somebody of ours holds waits until that is released.
fn is_held(holds: &[Hold], row: &JoinRow) -> bool {
    holds.iter().any(|hold| {
        hold.project.is_none_or(|key| key == row.project)
            && hold.channel.as_ref().is_none_or(|channel| *channel == row.channel)
    })
}

async fn release(app: &App, rows: Vec<JoinRow>, now: Instant) -> anyhow::Result<()> {
    let (mut members, mut alone) = (Vec::new(), Vec::new());
    // One that is alone is judged where it is sent.
    let may = match rows.len() {
        0 | 1 => BTreeSet::new(),
        _ => {
            let asked = together::ask(app, &rows.iter().map(|row| row.id).collect::<Vec<_>>(), now).await?;
            // What can't wait for a morning, but for the end of quiet hours, is told then with what became of it meanwhile.
            let is_of_a_morning = rows.iter().any(is_of_a_morning);
            let stays = |id: &i64| is_of_a_morning || !asked.at_rest.contains(id);
            asked.together.iter().copied().filter(stays).collect()
        }
    };
    for row in rows {
        if !may.contains(&row.id) {
            alone.push(row);
            continue;
        }
        match Member::of(app, row).await? {
            Ok(member) => members.push(member),
            Err(row) => alone.push(row),
        }
    }
    if members.len() < 2 {
        alone.extend(members.drain(..).map(|member| member.row));
    }
    // What would have come later goes then, if nothing is there to be told with it.
    alone.retain(|row| row.not_before <= now);
    let notice = match members.first() {
        Some(first) => match app.store.project_by_key(ProjectKey(first.row.project)).await? {
            Some(project) => Some(joined::drawn(app, &members, &project, now).await?),
            None => None,
        },
        None => None,
    };
    let is_joined = notice.is_some();
    let mut session = app.store.write().await?;
    if !alone.is_empty() {
        let ids: Vec<i64> = alone.iter().map(|row| row.id).collect();
        session.set_joins(&ids, false).await?;
    }
    if let Some(notice) = notice {
        let Posted::New { deliveries, .. } = post::post(app, &mut session, notice).await? else { return Ok(()) };
        let into = deliveries.first().map(|id| id.0);
        let moves: Vec<Move> = members.iter().map(|member| folded(member, into)).collect();
        let moved = session.move_deliveries(now, &moves.iter().collect::<Vec<_>>()).await?;
        if moved.contains(&false) {
            // Somebody else was faster, or one was cancelled meanwhile: the next pass looks again.
            return Ok(());
        }
    }
    session.commit().await?;
    if is_joined {
        crash_point!("rules.joined");
    }
    Ok(())
}

fn folded(member: &Member, into: Option<i64>) -> Move {
    let step = Move::to(DeliveryId(member.row.id), &[State::Queued], State::Held, "in_one_mail");
    let mut step = step.then(State::Folded, "in_one_mail");
    step.change = Change { folded_into: into, ..Change::default() };
    step
}

/// A message of which something is over is made anew without that.
async fn anew(app: &App, id: DeliveryId, now: Instant) -> anyhow::Result<()> {
    let mut session = app.store.read().await?;
    let remade = joined::remade(app, &mut session, id, now).await?;
    drop(session);
    let Some(remade) = remade else { return Ok(()) };
    let mut session = app.store.write().await?;
    match remade {
        Remade::Variant(variant) => {
            post::narrow(app, &mut session, id, *variant).await?;
        }
        Remade::Nothing => {
            let over = Move::to(id, &[State::Queued], State::Suppressed, "alert_over");
            session.move_deliveries(now, &[&over]).await?;
        }
    }
    session.commit().await?;
    Ok(())
}
