//! From what happened on the wire to the step that is written down. Pure; every reason that the ledger may hold for a try
//! is named here.

use std::time::Duration;

use crate::domain::delivery::DeliveryState as State;
use crate::domain::ids::DeliveryId;
use crate::domain::instant::Instant;
use crate::notify::channels::{Carrier, Decline, Stage, Tried, Way};
use crate::notify::lanes::Lane;
use crate::notify::rate;
use crate::notify::refusal::{self, Meaning};
use crate::notify::send::SendReport;
use crate::store::deliveries::DeliveryFacts;
use crate::store::moves::{Change, Move};

/// A try's end, ready to be stored.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    pub(super) step: Move,
    what: What,
}

#[derive(Clone, Copy, Debug)]
enum What {
    Accepted,
    Refused,
    Uncertain,
    Suppressed,
    Released,
    ToNarrow,
    Held,
}

impl Settled {
    /// Given back, or given up.
    pub(super) fn released(step: Move) -> Self {
        Self { step, what: What::Released }
    }

    /// Given back until a narrower variant is made for it.
    pub(super) fn to_narrow(step: Move) -> Self {
        Self { step, what: What::ToNarrow }
    }

    /// Waits for its reader's quiet hours to end.
    pub(super) fn held(step: Move) -> Self {
        Self { step, what: What::Held }
    }

    /// Stopped by the gate.
    pub(super) fn suppressed(step: Move) -> Self {
        Self { step, what: What::Suppressed }
    }

    /// Counts itself.
    pub(super) fn count(&self, report: &mut SendReport) {
        let counter = match self.what {
            What::Accepted => &mut report.accepted,
            What::Refused => &mut report.refused,
            What::Uncertain => &mut report.uncertain,
            What::Suppressed => &mut report.suppressed,
            What::Released => &mut report.released,
            What::ToNarrow => &mut report.to_narrow,
            What::Held => &mut report.held,
        };
        *counter += 1;
    }
}

/// Where a delivery may stand when its try ends past the fence: a late report is heard before anything else moved it.
const PAST_FENCE: &[State] = &[State::Handed, State::Uncertain];
const BEFORE_FENCE: &[State] = &[State::Claimed];

/// What a try means; `None`: the fence was lost, and the delivery is somebody else's.
pub(super) fn settle(row: &DeliveryFacts, token: &str, by: &Lane, tried: Tried, now: Instant) -> Option<Settled> {
    let (id, lane) = (DeliveryId(row.id), by.id.as_str());
    Some(match tried {
        Tried::WalkedAway | Tried::LaneFailed { .. } => return None,
        Tried::Accepted { reply } => {
            let reason = match &by.carrier {
                Carrier::Folder(_) => "written_to_a_file",
                carrier if carrier.way().is_some() => "taken_by_service",
                _ => "taken_by_relay",
            };
            let mut step = Move::to(id, PAST_FENCE, State::Accepted, reason).under(token).saying(&*reply);
            step.change = Change { lane: Some(lane.to_owned()), reply: Some(reply), ..Change::default() };
            Settled { step, what: What::Accepted }
        }
        Tried::Uncertain { how, error } => {
            let reason = format!("{}_after_message", how.name());
            let mut step = Move::to(id, &[State::Handed], State::Uncertain, reason).under(token).saying(error);
            step.change = Change { lane: Some(lane.to_owned()), ..Change::default() };
            if let Some(wait) = by.carrier.way().filter(|way| way.knows_repetitions).and_then(|way| wait(way, row)) {
                step = step.then(State::Queued, "sent_again_when_unknown");
                step.change.not_before = Some(now + wait);
            }
            Settled { step, what: What::Uncertain }
        }
        Tried::Declined { code, text, what } => declined(row, token, by, (code, text, what), now),
        Tried::Forbidden { why } => {
            let step = Move::to(id, BEFORE_FENCE, State::Refused, ADDRESS_NOT_ALLOWED);
            let step = step.then(State::Failed, ADDRESS_NOT_ALLOWED).under(token).saying(&*why);
            let change = Change { lane: Some(lane.to_owned()), reply: Some(why), ..Change::default() };
            Settled { step: Move { change, ..step }, what: What::Refused }
        }
        Tried::Refused { stage, code, text } => refused(row, token, lane, stage, code, &text, now),
        Tried::NotSent { stage, how, error } => {
            let reason = format!("{}_at_{}", how.name(), stage.name());
            let step = begin(id, stage, reason).under(token).saying(error);
            Settled { step: try_again(step, row, lane, stage, now), what: What::Refused }
        }
        Tried::Unfit { reason } => unfit(row, token, reason),
    })
}

fn refused(row: &DeliveryFacts, token: &str, lane: &str, stage: Stage, code: u16, text: &str, now: Instant) -> Settled {
    let reply = format!("{code} {text}");
    let reason = format!("refused_at_{}", stage.name());
    let step = begin(DeliveryId(row.id), stage, reason).under(token).saying(&*reply);
    // A refusal of the sender says nothing about the recipient.
    let meaning = match (stage, refusal::meaning(code, text)) {
        (Stage::Sender, Meaning::MarksAddress) => Meaning::Fails,
        (_, meaning) => meaning,
    };
    let mut step = match meaning {
        Meaning::Later => try_again(step, row, lane, stage, now),
        Meaning::Fails => ended(step.then(State::Failed, "refused_for_good"), lane, stage),
        Meaning::MarksAddress => ended(step, lane, stage),
    };
    step.change.code = Some(refusal::enhanced_code(code, text).map_or_else(|| code.to_string(), ToOwned::to_owned));
    step.change.reply = Some(reply);
    Settled { step, what: What::Refused }
}

/// An address that nothing is sent to: private, or in the open.
const ADDRESS_NOT_ALLOWED: &str = "address_not_allowed";

/// Tries of a message that its receiver refuses for a reason of its own.
const THREE: i64 = 3;

/// How long a way waits after this try; `None`: that was the last.
fn wait(way: &Way, row: &DeliveryFacts) -> Option<Duration> {
    (way.wait)(row.tries + 1, row.id)
}

fn declined(
    row: &DeliveryFacts,
    token: &str,
    by: &Lane,
    (code, text, what): (u16, String, Decline),
    now: Instant,
) -> Settled {
    let step = Move::to(DeliveryId(row.id), PAST_FENCE, State::Refused, "refused_at_request");
    let step = step.under(token).saying(&*text);
    let waits = by.carrier.way().and_then(|way| wait(way, row));
    let again = match what {
        Decline::Later { after, .. } => waits.map(|wait| wait.max(after.unwrap_or_default())),
        Decline::ThreeTries if row.tries + 1 < THREE => waits,
        Decline::ThreeTries | Decline::Fails | Decline::MarksAddress | Decline::ReaderStopped => None,
    };
    let mut step = match (again, what) {
        (Some(wait), _) => {
            let mut step = step.then(State::Queued, "try_again");
            step.change.not_before = Some(now + wait);
            step
        }
        (None, Decline::MarksAddress | Decline::ReaderStopped) => step,
        (None, Decline::Fails | Decline::ThreeTries) => step.then(State::Failed, "refused_for_good"),
        (None, Decline::Later { .. }) => step.then(State::Failed, "tried_often_enough"),
    };
    step.change.lane = Some(by.id.clone());
    step.change.code = Some(match what {
        Decline::ReaderStopped => refusal::READER_STOPPED.to_owned(),
        _ => code.to_string(),
    });
    step.change.reply = Some(text);
    Settled { step, what: What::Refused }
}

fn begin(id: DeliveryId, stage: Stage, reason: String) -> Move {
    let from = if stage.is_past_fence() { PAST_FENCE } else { BEFORE_FENCE };
    Move::to(id, from, State::Refused, reason)
}

fn try_again(step: Move, row: &DeliveryFacts, lane: &str, stage: Stage, now: Instant) -> Move {
    let mut step = ended(step.then(State::Queued, "try_again"), lane, stage);
    step.change.not_before = Some(now + rate::retry_after(row.tries + 1, row.id));
    step
}

/// The fence has counted the try already.
fn ended(mut step: Move, lane: &str, stage: Stage) -> Move {
    step.change = Change { lane: Some(lane.to_owned()), counts_try: !stage.is_past_fence(), ..Change::default() };
    step
}

/// It can't be made, or not be carried by such a relay: waiting won't help.
pub(super) fn unfit(row: &DeliveryFacts, token: &str, reason: &str) -> Settled {
    let step = Move::to(DeliveryId(row.id), BEFORE_FENCE, State::Refused, reason);
    Settled { step: step.then(State::Failed, reason).under(token), what: What::Refused }
}

/// It can't be read: later, perhaps by a newer version.
pub(super) fn unreadable(row: &DeliveryFacts, token: &str, error: &str, now: Instant) -> Settled {
    let step = Move::to(DeliveryId(row.id), BEFORE_FENCE, State::Refused, "row_unreadable");
    let mut step = step.then(State::Queued, "try_again").under(token).saying(error);
    step.change = Change {
        counts_try: true,
        not_before: Some(now + rate::retry_after(row.tries + 1, row.id)),
        ..Change::default()
    };
    Settled { step, what: What::Refused }
}
