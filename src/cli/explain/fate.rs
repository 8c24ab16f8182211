//! What becomes of a delivery that waits or has ended, where that is a part of another sentence.

use super::words::{moment, not_sent, reason};
use crate::app::App;
use crate::domain::ids::DeliveryId;
use crate::domain::instant::Instant;
use crate::notify::facts;
use crate::notify::hold;
use crate::store::Session;
use crate::store::explain::ExplainedDelivery;
use crate::store::holds::Hold;
use crate::zones::Zone;

/// What keeps a delivery that waits from going when its time comes.
pub(super) enum InTheWay {
    /// The gate will stop it, for this reason.
    Stop(String),
    /// Sending is held, in a sentence.
    Hold(String),
}

/// Asks the gate and the holds about a delivery that waits; `None`: nothing, or it doesn't wait.
pub(super) async fn in_the_way(app: &App, session: &mut Session, delivery: &ExplainedDelivery) -> Option<InTheWay> {
    if !matches!(delivery.state.as_str(), "queued" | "held") {
        return None;
    }
    // Where the facts can't be read, what is stored of it is told all the same.
    let stop = facts::stop_of(app, session, DeliveryId(delivery.id), app.clock.now()).await;
    if let Ok(Some(stop)) = stop {
        return Some(InTheWay::Stop(stop.reason()));
    }
    let holds = session.holds().await.unwrap_or_default();
    let holds_it = |hold: &&Hold| {
        hold.project.is_none_or(|key| delivery.project == Some(key))
            && hold.channel.as_ref().is_none_or(|channel| *channel == delivery.channel)
    };
    holds.iter().find(holds_it).map(|hold| InTheWay::Hold(hold::sentence(hold)))
}

/// What became of a warning's message to an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Became {
    /// Whether its reader may have it.
    pub(super) is_told: bool,
    /// `its message waits until 2026-11-23 09:00`
    pub(super) words: String,
}

/// Says what became of a message, by the wall clock of `zone`.
pub(super) async fn became(app: &App, session: &mut Session, mail: &ExplainedDelivery, zone: &Zone) -> Became {
    let words = match in_the_way(app, session, mail).await {
        Some(InTheWay::Stop(why)) => format!("its message won't be sent: {}", not_sent(&why)),
        Some(InTheWay::Hold(why)) => format!("its message waits: {why}"),
        None => return stands(mail, zone, app.clock.now()),
    };
    Became { is_told: false, words }
}

fn stands(mail: &ExplainedDelivery, zone: &Zone, now: Instant) -> Became {
    let told = |words: String| Became { is_told: true, words };
    let not_told = |words: String| Became { is_told: false, words };
    let because = mail.reason.as_deref().map_or(String::new(), |name| format!(": {}", reason(name)));
    let settled = mail.settled_at.or(mail.handed_at).map(|at| format!(" {}", moment(zone, at))).unwrap_or_default();
    match mail.state.as_str() {
        "accepted" => told(format!("its message was taken{settled}")),
        "handed" | "uncertain" => {
            told(format!("its message was handed over{settled}, and whether it was taken isn't known"))
        }
        "bounced" => not_told(format!("its message was taken and came back{settled}")),
        "complained" => told(format!("its message was taken, and called spam{settled}")),
        "queued" if mail.not_before > now => {
            not_told(format!("its message waits until {}", moment(zone, mail.not_before)))
        }
        "queued" | "claimed" | "refused" => not_told("its message waits to be sent".to_owned()),
        "held" => not_told(format!("its message is held until {}{because}", moment(zone, mail.not_before))),
        "folded" => {
            let (reference, state) = (mail.told_in.as_deref().unwrap_or("?"), mail.told_in_state.as_deref());
            let is_told = matches!(state, Some("accepted" | "handed" | "uncertain" | "complained"));
            let words = match state {
                Some("accepted") => format!("it was told in the message {reference}, which was taken"),
                Some(state) => format!("it goes into the message {reference}, which is {state}"),
                None => "it went into another message".to_owned(),
            };
            Became { is_told, words }
        }
        _ => not_told(format!("its message wasn't sent{because}")),
    }
}
