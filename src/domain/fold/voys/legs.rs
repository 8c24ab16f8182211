//! The parts of a call: every phone that rang, and every stretch of talk with a person of ours.

use crate::domain::call::{CallPart, Direction, PartKind, PartOutcome};
use crate::domain::instant::Instant;

use super::people::People;
use super::{Event, Party, Stage, is_extension, whole_seconds};

/// Parts in the order in which they began. A client's phone that rang is a part without an agent; a consultation before a
/// transfer rings, but is no talk of this call.
pub(super) fn parts(root: &str, events: &[&Event], people: &People) -> Vec<CallPart> {
    let mut line = Line { root, people, parts: Vec::new(), rings: Vec::new(), talks: Vec::new() };
    for event in events {
        match event.stage {
            Stage::Created => {}
            Stage::Ringing => line.ring(event),
            Stage::InProgress => line.pick_up(event),
            Stage::WarmTransfer => {
                line.hand_over(event);
                for target in event.targets.iter().filter(|target| is_ours(event, target)) {
                    line.talk(event, Some(target));
                }
            }
            Stage::ColdTransfer => {
                line.hand_over(event);
                line.ring(event);
            }
            Stage::Ended => line.end(event),
        }
    }
    line.parts
}

/// A part that hasn't ended: which, on which call's events, and whose.
struct Open {
    part: usize,
    leg: String,
    who: String,
}

struct Line<'a> {
    root: &'a str,
    people: &'a People,
    parts: Vec<CallPart>,
    rings: Vec<Open>,
    talks: Vec<Open>,
}

impl Line<'_> {
    fn ring(&mut self, event: &Event) {
        for target in &event.targets {
            let who = phone_of(target);
            if self.rings.iter().any(|open| open.leg == event.call_id && open.who == who) {
                continue;
            }
            self.rings.push(Open { part: self.parts.len(), leg: event.call_id.clone(), who: who.to_owned() });
            self.parts.push(CallPart {
                agent_key: is_ours(event, target).then(|| self.people.key(target)),
                kind: PartKind::Ring,
                started_at: Some(event.at),
                ring_sec: None,
                talk_sec: None,
                outcome: PartOutcome::NoAnswer,
            });
        }
    }

    fn pick_up(&mut self, event: &Event) {
        for open in self.rings.extract_if(.., |open| open.leg == event.call_id) {
            let took_it = event.targets.iter().any(|target| phone_of(target) == open.who);
            let outcome = if took_it { PartOutcome::Answered } else { PartOutcome::Elsewhere };
            end_ring(&mut self.parts[open.part], event.at, outcome);
        }
        if event.call_id != self.root {
            return;
        }
        match event.targets.first() {
            Some(target) if is_ours(event, target) => self.talk(event, Some(target)),
            _ if event.direction == Direction::Outbound => self.talk(event, Some(&event.caller)),
            _ => self.talk(event, None),
        }
    }

    fn talk(&mut self, event: &Event, person: Option<&Party>) {
        let agent_key = person.map(|person| self.people.key(person));
        let who = agent_key.clone().unwrap_or_default();
        if self.talks.iter().any(|open| open.who == who) {
            return;
        }
        self.parts.push(CallPart {
            agent_key,
            kind: PartKind::Talk,
            started_at: Some(event.at),
            ring_sec: None,
            talk_sec: None,
            outcome: PartOutcome::Answered,
        });
        self.talks.push(Open { part: self.parts.len() - 1, leg: event.call_id.clone(), who });
    }

    /// Ends the talk of whoever transfers; phones that ring on the merged call ring on for this one.
    fn hand_over(&mut self, event: &Event) {
        self.end_talks(&event.call_id, event.at);
        for open in &mut self.rings {
            if Some(&open.leg) == event.merged_id.as_ref() {
                open.leg.clone_from(&event.call_id);
            }
        }
    }

    fn end(&mut self, event: &Event) {
        let outcome = match event.reason.as_deref() {
            Some("busy") => PartOutcome::Busy,
            Some("cancelled" | "abandon") => PartOutcome::CallerLeft,
            _ => PartOutcome::NoAnswer,
        };
        let is_root = event.call_id == self.root;
        for open in self.rings.extract_if(.., |open| is_root || open.leg == event.call_id) {
            end_ring(&mut self.parts[open.part], event.at, outcome);
        }
        self.end_talks(&event.call_id, event.at);
    }

    fn end_talks(&mut self, leg: &str, at: Instant) {
        for open in self.talks.extract_if(.., |open| open.leg == leg) {
            let part = &mut self.parts[open.part];
            part.talk_sec = part.started_at.map(|from| whole_seconds(from, at));
        }
    }
}

fn end_ring(part: &mut CallPart, at: Instant, outcome: PartOutcome) {
    part.ring_sec = part.started_at.map(|from| whole_seconds(from, at));
    part.outcome = outcome;
}

/// Tells phones apart: several ring under one number.
fn phone_of(party: &Party) -> &str {
    party.account.as_ref().unwrap_or(&party.number)
}

/// Whether a phone of ours is meant: always when somebody calls in, else when it has an account or an extension.
fn is_ours(event: &Event, party: &Party) -> bool {
    event.direction != Direction::Outbound
        || party.account.is_some()
        || party.user_number.is_some()
        || is_extension(&party.number)
}
