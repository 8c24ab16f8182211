//! What was told wrong is taken back: one entry, or a whole balance that is none.

use serde_json::json;

use crate::app::App;
use crate::domain::balance::Entry;
use crate::domain::delivery::DeliveryState as State;
use crate::domain::episode::Episode;
use crate::domain::ids::{BalanceName, DeliveryId};
use crate::domain::project::Project;
use crate::store::StoreError;
use crate::store::episodes::StoredEpisode;
use crate::store::moves::Move;

/// What became of a balance that was removed, or would become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    pub entries: u64,
    /// Messages about it that waited.
    pub cancelled: usize,
}

/// Where a message stands that nobody got yet.
const WAITING: &[State] = &[State::Queued, State::Held, State::Claimed];

/// Why such a message is cancelled, as `explain` knows it.
const OVER: &str = "alert_over";

/// What rules decide of a balance that isn't there any more, as `explain` knows it.
const NOTHING_TO_SAY: &str = "nothing_to_say";

/// Takes back an entry; what it was, if it was there. Its id is free again: the right one may be told by the same.
pub async fn withdraw_entry(
    app: &App,
    project: &Project,
    balance: &BalanceName,
    id: &str,
    actor: &str,
) -> Result<Option<Entry>, StoreError> {
    if !Entry::is_id(id) {
        return Ok(None);
    }
    let now = app.clock.now();
    let mut session = app.store.write().await?;
    let entry = session.withdraw_entry(project.key, balance, id, now).await?;
    if let Some(entry) = &entry {
        let on = format!("{}/{balance}", project.id);
        let detail = json!({
            "id": entry.id, "at": entry.at.to_string(), "kind": entry.kind, "amount": entry.amount, "what": entry.what,
        });
        session.audit(now, actor, "balance_entry_withdrawn", &on, &detail).await?;
    }
    session.commit().await?;
    Ok(entry)
}

/// Forgets a balance: what it is, what moved it, what was said of payments for it; what waits to tell of it is cancelled.
/// `None`: nobody told anything of it. `is_trial`: only counts.
pub async fn remove_balance(
    app: &App,
    project: &Project,
    name: &BalanceName,
    actor: &str,
    is_trial: bool,
) -> Result<Option<Removed>, StoreError> {
    let now = app.clock.now();
    let mut session = if is_trial { app.store.read().await? } else { app.store.write().await? };
    let balance = session.balances(Some(project.key), Some(name)).await?.pop().map(|stored| stored.balance);
    let entries = session.count_entries(project.key, name).await?;
    if balance.is_none() && entries == 0 {
        return Ok(None);
    }
    let kept = session.episodes(&[project.key]).await?;
    let kept: Vec<StoredEpisode> = kept.into_iter().filter(|kept| kept.balance == name.as_str()).collect();
    let mut waiting: Vec<i64> = Vec::new();
    for episode in &kept {
        let mails = session.deliveries_of_episode(project.key, name.as_str(), &episode.rule, None).await?;
        let waits = mails.iter().filter(|mail| State::parse(&mail.state).is_some_and(|state| WAITING.contains(&state)));
        waiting.extend(waits.map(|mail| mail.id));
    }
    waiting.sort_unstable();
    waiting.dedup();
    if is_trial {
        return Ok(Some(Removed { entries, cancelled: waiting.len() }));
    }
    let cancel = |id: &i64| Move {
        actor: actor.to_owned(),
        ..Move::to(DeliveryId(*id), WAITING, State::Cancelled, OVER).saying(format!("the balance {name} was removed"))
    };
    let moves: Vec<Move> = waiting.iter().map(cancel).collect();
    let cancelled = match moves.is_empty() {
        true => 0,
        false => {
            let moved = session.move_deliveries(now, &moves.iter().collect::<Vec<_>>()).await?;
            moved.into_iter().filter(|is_moved| *is_moved).count()
        }
    };
    // Episodes end and keep their numbers: a number is a part of what names a warning, and under a name that is told again a
    // warning must be a new one.
    let ended = kept.into_iter().map(|kept| StoredEpisode {
        episode: Episode { number: kept.episode.number, ..Episode::default() },
        decision: NOTHING_TO_SAY.to_owned(),
        ..kept
    });
    let ended: Vec<StoredEpisode> = ended.collect();
    if !ended.is_empty() {
        session.keep_episodes(&ended, now).await?;
    }
    session.withdraw_promise(project.key, name.as_str(), now).await?;
    session.remove_balance(project.key, name, now).await?;
    let stood = balance.map(
        |balance| json!({ "amount": balance.amount, "currency": balance.currency, "as_of": balance.as_of.to_string() }),
    );
    let detail = json!({ "stood": stood, "entries": entries, "cancelled": cancelled });
    session.audit(now, actor, "balance_removed", &format!("{}/{name}", project.id), &detail).await?;
    session.commit().await?;
    Ok(Some(Removed { entries, cancelled }))
}
