//! What happened along one call: who rang, who talked and when, what a machine did before.

use super::leg::{Disposition, End, Leg, Side};
use super::{is_extension, whole_seconds};
use crate::domain::call::{CallPart, CallStatus, Direction, LONGEST_SEC, PartKind, PartOutcome};
use crate::domain::instant::Instant;

/// From and to.
pub(super) type Span = (Instant, Instant);

/// A stretch of talk with one person; `None`: the client's own phone, or one that nobody knows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Talk {
    pub from: Instant,
    pub to: Instant,
    pub who: Option<String>,
}

/// A phone that rang.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Ring {
    from: Instant,
    to: Instant,
    who: Option<String>,
    outcome: PartOutcome,
}

/// A call along its time.
#[derive(Debug)]
pub(super) struct Line {
    /// In their order; two of one person never touch.
    pub talks: Vec<Talk>,
    rings: Vec<Ring>,
    queue: Option<Span>,
    voicemail: Option<Span>,
    /// A machine spoke before a phone rang, or instead.
    pub menu: Option<Span>,
}

impl Line {
    pub(super) fn of(legs: &[Leg], direction: Direction) -> Self {
        let counts = |leg: &&Leg| leg.reached_somebody() && !is_consultation(leg, direction);
        let talk = |leg: &Leg| Talk { from: leg.answer(), to: leg.end(), who: talker(leg, direction) };
        let mut talks: Vec<Talk> = legs.iter().filter(counts).map(talk).collect();
        talks.sort_unstable();
        let mut joined: Vec<Talk> = Vec::new();
        for talk in talks {
            // A detour that is taken out of the way ends its leg and begins another, of the same two people.
            let touching = |known: &&mut Talk| known.who == talk.who && talk.from <= known.to.plus_seconds(1);
            match joined.iter_mut().rev().find(touching) {
                Some(known) => known.to = known.to.max(talk.to),
                None => joined.push(talk),
            }
        }
        let whole = |legs: &mut dyn Iterator<Item = &Leg>| -> Option<Span> {
            legs.fold(None, |span: Option<Span>, leg| {
                let (from, to) = span.unwrap_or((leg.start, leg.end()));
                Some((from.min(leg.start), to.max(leg.end())))
            })
        };
        let rings = rings(legs, direction, &joined);
        let queue = whole(&mut legs.iter().filter(|leg| leg.is_queue()));
        let voicemail = whole(&mut legs.iter().filter(|leg| leg.was_up() && leg.is_voicemail()));
        let is_machine = |leg: &&Leg| leg.was_up() && leg.b().is_none() && !leg.is_queue() && !leg.is_voicemail();
        let menu = whole(&mut legs.iter().filter(is_machine));
        let waits = rings.iter().map(|ring| ring.from).chain(queue.map(|(from, _)| from)).min();
        // What a machine said after somebody rang isn't time in a menu.
        let menu = menu.and_then(|(from, to)| match waits {
            Some(waits) if from >= waits => None,
            Some(waits) => Some((from, to.min(waits))),
            None => Some((from, to)),
        });
        Self { talks: joined, rings, queue, voicemail, menu }
    }

    /// From the first ring, or from entering the queue, to the pick-up, to the voicemail or to giving up.
    pub(super) fn waited(&self) -> Option<Span> {
        let spans = || self.rings.iter().map(|ring| (ring.from, ring.to)).chain(self.queue);
        let from = spans().map(|(from, _)| from).min()?;
        let gave_up = self.voicemail.map(|(from, _)| from).or(spans().map(|(_, to)| to).max())?;
        Some((from, self.talks.first().map_or(gave_up, |talk| talk.from).max(from)))
    }

    /// The part of the wait in which phones rang.
    pub(super) fn rang(&self) -> Option<Span> {
        let from = self.rings.iter().map(|ring| ring.from).min()?;
        let to = self.rings.iter().map(|ring| ring.to).max()?;
        Some((from, self.talks.first().map_or(to, |talk| talk.from.max(from))))
    }

    /// The one person whose phone rang; nobody when several did.
    pub(super) fn only_rung(&self) -> Option<String> {
        let mut rung = self.rings.iter().map(|ring| ring.who.as_ref());
        let one = rung.next()??;
        rung.all(|other| other == Some(one)).then(|| one.clone())
    }

    /// The parts, in the order in which they began.
    pub(super) fn parts(&self, status: CallStatus, direction: Direction) -> Vec<CallPart> {
        let part = |kind, (from, to): Span, outcome| CallPart {
            agent_key: None,
            kind,
            started_at: Some(from),
            ring_sec: (kind == PartKind::Queue).then(|| whole_seconds(from, to)),
            talk_sec: None,
            outcome,
        };
        let mut parts = Vec::new();
        if let Some(span) = self.menu {
            let left = matches!(status, CallStatus::MissedIvr);
            parts.push(part(PartKind::Menu, span, if left { PartOutcome::CallerLeft } else { PartOutcome::Answered }));
        }
        if let (Some((from, to)), true) = (self.queue, direction != Direction::Outbound) {
            let picked_up = self.talks.first().map(|talk| talk.from.max(from));
            let outcome = match (picked_up, status) {
                (Some(_), _) => PartOutcome::Answered,
                (None, CallStatus::MissedAbandoned) => PartOutcome::CallerLeft,
                (None, _) => PartOutcome::NoAnswer,
            };
            parts.push(part(PartKind::Queue, (from, picked_up.unwrap_or(to)), outcome));
        }
        parts.extend(self.rings.iter().map(|ring| CallPart {
            agent_key: ring.who.clone(),
            kind: PartKind::Ring,
            started_at: Some(ring.from),
            ring_sec: Some(whole_seconds(ring.from, ring.to)),
            talk_sec: None,
            outcome: ring.outcome,
        }));
        parts.extend(self.talks.iter().map(|talk| CallPart {
            agent_key: talk.who.clone(),
            kind: PartKind::Talk,
            started_at: Some(talk.from),
            ring_sec: None,
            talk_sec: Some(whole_seconds(talk.from, talk.to)),
            outcome: PartOutcome::Answered,
        }));
        parts.extend(self.voicemail.map(|span| part(PartKind::Voicemail, span, PartOutcome::NoAnswer)));
        parts.sort_by_key(|part| part.started_at);
        parts
    }
}

/// A colleague asks a colleague while the client waits: their words are no talk of this call.
fn is_consultation(leg: &Leg, direction: Direction) -> bool {
    let between_phones = matches!(leg.a(), Some(End::Device(..)))
        && leg.a_side() == Some(Side::Inside)
        && leg.b_side() == Some(Side::Inside);
    direction != Direction::Internal && between_phones
}

/// Whose talk an answered leg is: that of the phone it reached, else of the phone it came from, else of whoever was
/// dialled outside.
fn talker(leg: &Leg, direction: Direction) -> Option<String> {
    let caller = || match leg.a()? {
        End::Device(_, name) if leg.a_side() == Some(Side::Inside) => Some(name),
        End::Local(number) if is_extension(number) => Some(number),
        _ => None,
    };
    match leg.b()? {
        End::Device(_, name) if leg.b_side() == Some(Side::Inside) => Some(name.to_owned()),
        _ if direction == Direction::Outbound => caller().or(leg.cnum.as_deref()).map(str::to_owned),
        _ => caller().or(leg.dialled()).map(str::to_owned),
    }
}

fn rings(legs: &[Leg], direction: Direction, talks: &[Talk]) -> Vec<Ring> {
    let mut rings: Vec<Ring> = Vec::new();
    for leg in legs {
        let who = match leg.b() {
            Some(End::Device(_, name)) if leg.b_side() == Some(Side::Inside) => Some(name.to_owned()),
            // The client's phone.
            Some(End::Device(..)) if direction == Direction::Outbound => None,
            Some(End::Device(..)) => leg.dialled().map(str::to_owned),
            // A detour whose other half is told rings there.
            Some(End::Local(number)) if is_extension(number) && !has_other_half(leg, legs) => Some(number.to_owned()),
            _ => continue,
        };
        let reached = leg.reached_somebody();
        let to = if reached { leg.answer() } else { leg.end() };
        let outcome = match leg.disposition {
            Disposition::Answered if reached => PartOutcome::Answered,
            Disposition::Busy => PartOutcome::Busy,
            // The phone is switched off or out of reach: it didn't ring.
            Disposition::Failed | Disposition::Congestion => continue,
            _ if talks.iter().any(|talk| leg.start <= talk.from && talk.from <= to.plus_seconds(1)) => {
                PartOutcome::Elsewhere
            }
            _ => PartOutcome::NoAnswer,
        };
        let goes_on = |talk: &Talk| talk.who == who && talk.from < leg.start && leg.start <= talk.to.plus_seconds(1);
        if !(reached && talks.iter().any(goes_on)) {
            rings.push(Ring { from: leg.start, to, who, outcome });
        }
    }
    rings.sort_unstable();
    rings.dedup();
    rings
}

fn has_other_half(leg: &Leg, legs: &[Leg]) -> bool {
    let base = |channel: &str| channel.split(';').next().map(str::to_owned);
    let detour = leg.dstchannel.as_deref().and_then(base);
    legs.iter().any(|other| base(&other.channel) == detour)
}

/// Seconds that lie in any of these spans: those that run side by side count once.
pub(super) fn seconds_in(spans: impl Iterator<Item = Span>) -> u32 {
    let mut spans: Vec<Span> = spans.collect();
    spans.sort_unstable();
    let (mut total, mut counted_to) = (0_u32, None);
    for (from, to) in spans {
        let from = counted_to.map_or(from, |counted: Instant| counted.max(from));
        if to > from {
            total = total.saturating_add(whole_seconds(from, to)).min(LONGEST_SEC);
        }
        counted_to = counted_to.max(Some(to));
    }
    total
}
