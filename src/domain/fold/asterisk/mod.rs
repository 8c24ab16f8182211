//! Folding the legs of Asterisk's call detail records into calls.
//!
//! A record tells of one attempt to connect two channels, so one call has several: one for each phone that rang, for each
//! member of a queue, for the menu before and the voicemail behind. They share a `linkedid`. Seconds up aren't talk:
//! menus, voicemail and detours inside the system answer too. Somebody talked where a record was answered, has seconds,
//! and names a real channel at its other end.

mod leg;
mod line;

pub use leg::{Disposition, Leg};

use std::collections::BTreeMap;

use super::{Ranked, blank};
use crate::domain::call::{AnsweredBy, Call, CallStatus, Direction, LONGEST_SEC};
use crate::domain::instant::Instant;
use crate::domain::phone::{self, Reading, Region};
use leg::{End, Side, is_extension};
use line::Line;

/// What the legs of one call fold into; `None` when there is none.
pub fn fold(call_id: &str, source: &str, legs: Vec<Leg>, region: Option<Region>) -> Option<Ranked> {
    let legs = told_once(legs);
    let call = call_of(call_id, source, &legs, region)?;
    let evidence = match call.status {
        CallStatus::Answered => 3,
        CallStatus::Unknown => 0,
        _ => 2,
    };
    Some(Ranked::new(call, None, evidence))
}

/// Legs in their order, each once: two exports of one record differ in the columns that they have.
fn told_once(legs: Vec<Leg>) -> Vec<Leg> {
    let mut once: BTreeMap<_, Leg> = BTreeMap::new();
    for leg in legs {
        let what = (leg.start, leg.uniqueid.clone(), leg.channel.clone(), leg.dstchannel.clone());
        let key = (what, leg.dst.clone(), leg.disposition, leg.duration, leg.billsec);
        match once.get_mut(&key) {
            Some(known) => known.learn(leg),
            None => {
                once.insert(key, leg);
            }
        }
    }
    let mut legs: Vec<Leg> = once.into_values().collect();
    legs.sort_unstable();
    legs
}

impl Leg {
    /// Takes what another telling of the same record knows more.
    fn learn(&mut self, other: Self) {
        for (mine, theirs) in [
            (&mut self.lastapp, other.lastapp),
            (&mut self.lastdata, other.lastdata),
            (&mut self.dcontext, other.dcontext),
            (&mut self.src, other.src),
            (&mut self.clid, other.clid),
            (&mut self.did, other.did),
            (&mut self.cnum, other.cnum),
            (&mut self.cnam, other.cnam),
            (&mut self.dst_cnam, other.dst_cnam),
            (&mut self.linkedid, other.linkedid),
            (&mut self.recording, other.recording),
        ] {
            let known = mine.take();
            *mine = known.max(theirs);
        }
        self.sequence = self.sequence.max(other.sequence);
    }

    fn caller(&self) -> Option<&str> {
        let in_brackets = |clid: &'_ str| -> Option<(usize, usize)> {
            let begin = clid.rfind('<')? + 1;
            Some((begin, begin + clid[begin..].find('>')?))
        };
        let named = self.clid.as_deref().and_then(|clid| in_brackets(clid).map(|(begin, end)| &clid[begin..end]));
        self.src.as_deref().or(self.cnum.as_deref()).or(named)
    }

    /// The number that was dialled: `dst`, unless that is a place in the dialplan; then what was given to `Dial`.
    fn dialled(&self) -> Option<&str> {
        let is_number = |text: &&str| text.bytes().filter(u8::is_ascii_digit).count() >= 2;
        self.dst.as_deref().filter(is_number).or_else(|| {
            let first = self.lastdata.as_deref()?.split([',', '&']).next()?;
            let digits = |part: &&str| part.len() >= 5 && part.bytes().all(|b| b.is_ascii_digit() || b == b'+');
            first.split(['/', '@']).rev().find(digits)
        })
    }
}

fn call_of(call_id: &str, source: &str, legs: &[Leg], region: Option<Region>) -> Option<Call> {
    let start = legs.first()?.start;
    let root = legs.iter().find(|leg| leg.uniqueid.as_deref() == Some(call_id)).or(legs.first())?;
    let end = legs.iter().map(Leg::end).max()?;
    let direction = direction_of(root, legs);
    let line = Line::of(legs, direction);
    let first = line.talks.first();
    let did = legs.iter().find_map(|leg| leg.did.as_deref());
    let own = match direction {
        Direction::Outbound => root.caller(),
        _ => did.or(root.dst.as_deref()),
    };
    let region = own.and_then(|own| phone::e164(own, None)).and_then(|number| number.region()).or(region);

    let mut call = blank(call_id, source, start);
    call.direction = direction;
    call.status = status_of(direction, legs, &line);
    call.raw_status = Some(raw_status(legs));
    call.answered_by = match call.status {
        CallStatus::Answered => AnsweredBy::Human,
        CallStatus::MissedVoicemail => AnsweredBy::Voicemail,
        CallStatus::MissedIvr | CallStatus::SystemOnly => AnsweredBy::Ivr,
        CallStatus::Unknown => AnsweredBy::Unknown,
        _ => AnsweredBy::None,
    };
    call.answered_at = first.map(|talk| talk.from);
    call.ended_at = Some(end);
    call.duration_sec = Some(whole_seconds(start, end));
    call.talk_sec = Some(line::seconds_in(line.talks.iter().map(|talk| (talk.from, talk.to))));
    call.wait_sec = line.waited().map(|(from, to)| whole_seconds(from, to));
    call.ring_sec = line.rang().map(|(from, to)| whole_seconds(from, to));
    call.ivr_sec = line.menu.map(|(from, to)| whole_seconds(from, to));
    call.queue = legs.iter().filter(|leg| leg.is_queue()).find_map(queue_of);
    call.id_is_synthetic = legs.iter().all(|leg| leg.linkedid.is_none() && leg.uniqueid.is_none());
    call.linked_id = legs.iter().find_map(|leg| leg.linkedid.clone());

    let dialled = legs.iter().find_map(Leg::dialled);
    let (from, to) = (root.caller(), if direction == Direction::Inbound { did.or(root.dialled()) } else { dialled });
    call.from_number = from.and_then(|from| written(from, region));
    call.to_number = to.and_then(|to| written(to, region));
    match direction {
        Direction::Inbound => {
            call.client_number = from.and_then(|from| number(from, region));
            call.tracking_number = did.or(root.dst.as_deref()).and_then(|own| number(own, region));
        }
        Direction::Outbound => call.client_number = to.and_then(|to| number(to, region)),
        _ => {}
    }

    call.agent_id = match direction {
        Direction::Outbound => caller_of(root),
        _ => first.map_or_else(|| line.only_rung(), |talk| talk.who.clone()),
    };
    call.agent_name = call.agent_id.as_deref().and_then(|agent| name_of(agent, direction, legs));
    let recordings = legs.iter().filter_map(|leg| leg.recording.as_deref());
    call.recording_url = recordings.filter(|text| text.starts_with("http")).map(str::to_owned).next();
    call.parts = line.parts(call.status, direction);
    Some(call)
}

/// The side that the first channel is on says whether the call came in. A call of ours that reached a trunk, or was to,
/// went out; one that stayed among phones is internal.
fn direction_of(root: &Leg, legs: &[Leg]) -> Direction {
    match root.a_side() {
        Some(Side::Outside) => Direction::Inbound,
        Some(Side::Inside) => {
            let rang = |side| legs.iter().any(|leg| leg.b_side() == Some(side));
            let to_colleague = root.dst.as_deref().is_some_and(is_extension) && rang(Side::Inside);
            let digits = root.dialled().map_or(0, |dialled| dialled.bytes().filter(u8::is_ascii_digit).count());
            if !to_colleague && (rang(Side::Outside) || digits >= 7) {
                Direction::Outbound
            } else {
                Direction::Internal
            }
        }
        None => Direction::Unknown,
    }
}

fn status_of(direction: Direction, legs: &[Leg], line: &Line) -> CallStatus {
    use CallStatus::*;
    let ours = direction == Direction::Outbound;
    let by_side = |missed, client| if ours { client } else { missed };
    if !line.talks.is_empty() {
        return Answered;
    }
    if !ours && legs.iter().any(|leg| leg.was_up() && leg.is_voicemail()) {
        return MissedVoicemail;
    }
    if !ours && legs.iter().any(Leg::is_queue) {
        return MissedAbandoned;
    }
    let by_word = |legs: &mut dyn Iterator<Item = &Leg>| {
        // Of several attempts, the one that got furthest tells.
        Some(match legs.map(|leg| leg.disposition).min()? {
            Disposition::Answered | Disposition::NoAnswer => by_side(MissedNoAnswer, ClientNoAnswer),
            Disposition::Busy => by_side(MissedBusy, ClientBusy),
            Disposition::Failed | Disposition::Congestion => Failed,
            Disposition::Unknown => Unknown,
        })
    };
    if let Some(status) = by_word(&mut legs.iter().filter(|leg| leg.b().is_some())) {
        return status;
    }
    let mut up = legs.iter().filter(|leg| leg.was_up()).peekable();
    if up.peek().is_some() {
        return if !ours && up.any(Leg::is_menu) { MissedIvr } else { SystemOnly };
    }
    by_word(&mut legs.iter()).unwrap_or(Unknown)
}

/// The words of the legs with the application that ran last, each once, in their order.
fn raw_status(legs: &[Leg]) -> String {
    const MOST_WORDS: usize = 6;
    let mut words: Vec<String> = Vec::new();
    for leg in legs {
        let word = match &leg.lastapp {
            Some(app) => format!("{} {app}", leg.disposition.word()),
            None => leg.disposition.word().to_owned(),
        };
        if words.len() < MOST_WORDS && !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(", ")
}

/// The queue's name or number, the first argument of the application.
fn queue_of(leg: &Leg) -> Option<String> {
    let name = leg.lastdata.as_deref()?.split(',').next()?.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// The phone that a call of ours was made from.
fn caller_of(root: &Leg) -> Option<String> {
    match root.a()? {
        End::Local(number) => Some(number).filter(|number| is_extension(number)).or(root.cnum.as_deref()),
        End::Device(_, name) => Some(name),
    }
    .map(str::to_owned)
}

/// The name that a record gives beside this phone: the caller's on calls of ours, else the called one's.
fn name_of(agent: &str, direction: Direction, legs: &[Leg]) -> Option<String> {
    let named = |leg: &Leg| match direction {
        Direction::Outbound => leg.cnam.clone().filter(|_| leg.cnum.as_deref() == Some(agent)),
        _ => leg.dst_cnam.clone().filter(|_| leg.dst.as_deref() == Some(agent)),
    };
    legs.iter().find_map(named).filter(|name| name != agent)
}

/// At most what a call can last: clocks that were wrong tell of years.
fn whole_seconds(from: Instant, to: Instant) -> u32 {
    u32::try_from(to.since(from).as_secs()).unwrap_or(u32::MAX).min(LONGEST_SEC)
}

fn number(raw: &str, region: Option<Region>) -> Option<String> {
    phone::e164(raw, region).map(|number| number.to_string())
}

fn written(raw: &str, region: Option<Region>) -> Option<String> {
    match phone::read(raw, region) {
        Reading::Number(number) => Some(number.to_string()),
        Reading::Withheld => None,
        Reading::Other => Some(raw.to_owned()),
    }
}
