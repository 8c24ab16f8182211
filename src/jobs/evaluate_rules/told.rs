//! In the transaction that remembers a decision: what is to be told is posted, and what older alerts have waiting ends with it.

use super::Remembered;
use super::tell::Telling;
use super::whom::answered;
use crate::app::App;
use crate::domain::delivery::DeliveryState as State;
use crate::domain::episode::{Level, Told};
use crate::domain::ids::{ContactId, DeliveryId, ProjectKey};
use crate::domain::instant::Instant;
use crate::notify::post::{self, NewNotice, Posted};
use crate::rules::Judged;
use crate::store::Session;
use crate::store::episodes::{GoodNews, StoredEpisode};
use crate::store::moves::Move;

/// What alerts that wait are cancelled for.
const OVER: &str = "alert_over";
const SUPERSEDED: &str = "alert_superseded";

pub(super) enum Outcome {
    Told,
    /// All is well, and nobody had got anything that said otherwise.
    NobodyKnew(ProjectKey, String, String),
}

/// Posts a warning and ends what waits of older ones.
pub(super) async fn tell(
    app: &App,
    session: &mut Session,
    telling: Telling,
    remembered: &Remembered,
    now: Instant,
) -> anyhow::Result<Outcome> {
    let Telling { project, balance, judged, well, going_on, answers, notice } = telling;
    let nobody_knew = Outcome::NobodyKnew(project, balance.clone(), judged.rule.name.to_owned());
    let Some(mut notice) = notice else { return Ok(nobody_knew) };
    match judged.told {
        // What is archived is the last word of all its things.
        Told::Level(Level::Archived) => {
            for kept in remembered.get(&project).into_iter().flatten() {
                cancel(session, (project, &kept.balance, &kept.rule), None, SUPERSEDED, now).await?;
            }
        }
        Told::Level(level) => {
            for (rule, number) in going_on.into_iter().filter(|(rule, _)| ends(level, judged.rule.name, rule)) {
                cancel(session, (project, &balance, rule), Some(number), SUPERSEDED, now).await?;
            }
        }
        Told::Recovered => {
            let mut warned = Vec::new();
            for (rule, number) in well {
                warned.extend(session.readers_since(project, (&balance, rule), number, None).await?);
            }
            let Some(answered) = answered(notice, &answers, &warned) else { return Ok(nobody_knew) };
            notice = answered;
            replace_older(session, (project, &balance, judged.rule.name), &notice, now).await?;
        }
        Told::PayByPassed(_) | Told::Nothing(_) => {}
    }
    let word = judged.told.word();
    let posted = post::post(app, session, notice).await?;
    // With what else its readers hear at that moment; what is the last word is said by itself.
    let joins = judged.told != Told::Level(Level::Archived);
    if let (Posted::New { deliveries, .. }, true) = (&posted, joins) {
        session.set_joins(&deliveries.iter().map(|id| id.0).collect::<Vec<_>>(), true).await?;
    }
    let (Posted::New { notice, .. } | Posted::Already(notice)) = posted;
    let told = StoredEpisode {
        project,
        balance,
        rule: judged.rule.name.to_owned(),
        episode: judged.after,
        decision: word.to_owned(),
        decided_at: now,
    };
    session.tell_level(&told, word, notice, now).await?;
    Ok(Outcome::Told)
}

/// Whether a level of a rule ends what waits of another's alerts about the same thing: what is empty ends all that says less. That
/// a top-up failed, and why, is said by nothing else.
fn ends(level: Level, own: &str, rule: &str) -> bool {
    rule == own || (level == Level::Empty && rule != "topup_failed")
}

/// Good news that wait, whose readers hear newer ones now, aren't told beside those.
async fn replace_older(
    session: &mut Session,
    (project, balance, rule): (ProjectKey, &str, &str),
    newer: &NewNotice,
    now: Instant,
) -> anyhow::Result<()> {
    let told = newer.variants.iter().flat_map(|variant| &variant.recipients).filter(|one| one.shut.is_none());
    let waiting = session.waiting_good_news(project, (balance, rule)).await?;
    let is_told = |older: &GoodNews| {
        told.clone().any(|one| one.contact.as_ref().map(ContactId::as_str) == older.contact.as_deref())
    };
    let moves: Vec<Move> = waiting
        .iter()
        .filter(|older| waits(&older.state) && is_told(older))
        .map(|older| to_cancel(older.id, SUPERSEDED))
        .collect();
    move_all(session, &moves, now).await
}

/// Ends what waits of alerts about something that is over: whoever pays in time hears nothing more of it.
pub(super) async fn end(
    session: &mut Session,
    project: ProjectKey,
    balance: &str,
    one: &Judged,
    now: Instant,
) -> anyhow::Result<()> {
    let is_over = one.before.is_open && (!one.after.is_open || one.after.number != one.before.number);
    if is_over {
        cancel(session, (project, balance, one.rule.name), Some(one.before.number), OVER, now).await?;
    }
    Ok(())
}

async fn cancel(
    session: &mut Session,
    (project, balance, rule): (ProjectKey, &str, &str),
    episode: Option<i64>,
    why: &'static str,
    now: Instant,
) -> anyhow::Result<()> {
    let mails = session.deliveries_of_episode(project, balance, rule, episode).await?;
    // What is held for the night is told in the morning: that it opened and resolved.
    let is_kept = |state: &str| why == OVER && State::parse(state) == Some(State::Held);
    let waiting = mails.into_iter().filter(|mail| waits(&mail.state) && !is_kept(&mail.state)).map(|mail| mail.id);
    let moves: Vec<Move> = waiting.map(|id| to_cancel(id, why)).collect();
    move_all(session, &moves, now).await
}

fn to_cancel(id: i64, why: &'static str) -> Move {
    Move::to(DeliveryId(id), &[State::Queued, State::Held], State::Cancelled, why)
}

async fn move_all(session: &mut Session, moves: &[Move], now: Instant) -> anyhow::Result<()> {
    if !moves.is_empty() {
        session.move_deliveries(now, &moves.iter().collect::<Vec<_>>()).await?;
    }
    Ok(())
}

fn waits(state: &str) -> bool {
    matches!(State::parse(state), Some(State::Queued | State::Held))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Of, RULES};

    #[test]
    fn no_other_rule_ends_that_a_top_up_failed_and_only_what_is_empty_ends_others() {
        let of_balances = || RULES.iter().filter(|rule| rule.of == Of::Balance).map(|rule| rule.name);
        for (own, rule) in of_balances().flat_map(|own| of_balances().map(move |rule| (own, rule))) {
            for level in Level::ALL {
                let is_said_by_it = own == rule || (level == Level::Empty && rule != "topup_failed");
                assert_eq!(ends(level, own, rule), is_said_by_it, "{own} {level:?} {rule}");
            }
        }
    }
}
