//! What the log says of a delivery: names of ours, never whom it goes to or what the other side said about them.

use std::time::Duration;

use tokio::time::Instant as Tick;

use crate::domain::delivery::DeliveryState as State;
use crate::notify::lanes::{Lane, relay_name};
use crate::store::deliveries::DeliveryFacts;
use crate::store::moves::Move;

/// One delivery under way, as the log names it.
pub(super) struct News {
    reference: String,
    kind: String,
    schedule: Option<String>,
    relay: String,
    /// It goes to a service and not by a relay.
    is_service: bool,
    begun: Tick,
}

/// An event with what every event of a delivery has, and more.
macro_rules! say {
    ($level:ident, $news:ident, $settled:ident, $relay:ident, $($more:tt)+) => {
        tracing::$level!(
            delivery.id = $settled.delivery.0,
            delivery.reference = $news.reference,
            kind = $news.kind,
            schedule.id = $news.schedule,
            relay = $relay,
            $($more)+
        )
    };
}

impl News {
    pub(super) fn of(facts: &DeliveryFacts, lane: &Lane) -> Self {
        Self {
            reference: facts.reference.clone(),
            kind: facts.kind.clone(),
            schedule: facts.schedule.clone(),
            relay: relay_name(&lane.id).to_owned(),
            is_service: lane.carrier.way().is_some(),
            begun: Tick::now(),
        }
    }

    /// Since it was begun.
    pub(super) fn took(&self) -> Duration {
        self.begun.elapsed()
    }

    /// Says what became of it, once that is stored.
    pub(super) fn log(&self, settled: &Move, took: Duration) {
        let Some((state, reason)) = settled.steps.last() else { return };
        let lane = settled.change.lane.as_deref();
        let relay = match self.is_service {
            true => lane.unwrap_or(&self.relay),
            false => lane.map_or(self.relay.as_str(), relay_name),
        };
        let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let (code, name) = (settled.change.code.as_deref(), state.name());
        // What a try came to is the first step's reason; the last one's says what follows from it.
        let why = settled.steps.first().map_or("", |(_, why)| why.as_str());
        let (taken, not_taken) = match self.is_service {
            true => ("a notice was taken by its service", "a notice wasn't taken"),
            false => ("a mail was taken by the relay", "a mail wasn't taken"),
        };
        match state {
            State::Accepted => say!(info, self, settled, relay, took_ms, "{taken}"),
            State::Queued if !self.is_service && settled.steps.len() == 1 => {
                say!(debug, self, settled, relay, reason, "a mail went back to the queue");
            }
            State::Uncertain if !self.is_service => {
                say!(warn, self, settled, relay, took_ms, reason = why, "whether a mail was taken isn't known");
            }
            State::Suppressed if !self.is_service => {
                say!(info, self, settled, relay, reason = why, "a mail isn't sent: its reader gets nothing more");
            }
            State::Held => match self.is_service {
                true => say!(
                    info,
                    self,
                    settled,
                    relay,
                    reason = why,
                    "a notice waits for the hour at which its reader wants it"
                ),
                false => say!(
                    info,
                    self,
                    settled,
                    relay,
                    reason = why,
                    "a mail waits for the hour at which its reader wants it"
                ),
            },
            State::Suppressed => {
                say!(info, self, settled, relay, reason = why, "a notice isn't sent: its reader gets nothing more")
            }
            State::Queued => {
                say!(info, self, settled, relay, took_ms, state = name, reason = why, code, "{not_taken}");
            }
            _ => say!(warn, self, settled, relay, took_ms, state = name, reason = why, code, "{not_taken}"),
        }
    }
}
