//! Folding notifications of Voys and VoIPGRID (version 2) into calls.
//!
//! What a call *is* (direction, start, numbers, end) comes from the events under its own id; the events of a call that
//! was merged into it (the consultation before an attended transfer) only add parts. A talk is what lies between a
//! pick-up and the next transfer or the end; whoever spoke to a person was answered, however a later transfer went.

mod legs;
mod people;

use crate::domain::call::{AnsweredBy, Call, CallPart, CallStatus, Direction, LONGEST_SEC, PartKind};
use crate::domain::instant::Instant;
use crate::domain::phone::{self, Reading, Region};

use super::{Ranked, blank};
use people::People;

/// What a notification reports, in the order of a call's life: of two at one moment the later stage comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    Created,
    Ringing,
    InProgress,
    WarmTransfer,
    ColdTransfer,
    Ended,
}

impl Stage {
    /// Reads the word of the notification. A plain `transfer` is one that nobody announced.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "created" => Self::Created,
            "ringing" => Self::Ringing,
            "in-progress" => Self::InProgress,
            "warm-transfer" => Self::WarmTransfer,
            "cold-transfer" | "transfer" => Self::ColdTransfer,
            "ended" => Self::Ended,
            _ => return None,
        })
    }

    /// The word of the notification.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Ringing => "ringing",
            Self::InProgress => "in-progress",
            Self::WarmTransfer => "warm-transfer",
            Self::ColdTransfer => "cold-transfer",
            Self::Ended => "ended",
        }
    }
}

/// One side of a call, as a notification names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Party {
    pub number: String,
    pub name: Option<String>,
    /// The account of the phone, for phones of ours.
    pub account: Option<String>,
    /// The person's own number: an extension.
    pub user_number: Option<String>,
}

/// One notification. The order is that of a call's life: time, stage, then the rest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    pub at: Instant,
    pub stage: Stage,
    pub call_id: String,
    /// The call that is folded away into `call_id`.
    pub merged_id: Option<String>,
    /// Why it ended: `completed`, `busy` …
    pub reason: Option<String>,
    pub direction: Direction,
    pub caller: Party,
    /// The number that was dialled.
    pub destination: String,
    pub targets: Vec<Party>,
    pub redirector: Option<Party>,
}

/// What the events of `root`, and of the calls merged into it, fold into. `None` while `root` has no event of its own.
pub fn fold(root: &str, source: &str, events: &[Event], region: Option<Region>) -> Option<Ranked> {
    let mut all: Vec<&Event> = events.iter().collect();
    all.sort_unstable();
    all.dedup();
    let own: Vec<&Event> = all.iter().copied().filter(|event| event.call_id == root).collect();
    let last = all.last()?.at;
    let call = call_of(root, source, &own, &all, region)?;
    let evidence = match call.status {
        CallStatus::Answered => 3,
        CallStatus::Unknown => 0,
        _ => 2,
    };
    Some(Ranked::new(call, Some(last), evidence))
}

fn call_of(root: &str, source: &str, own: &[&Event], all: &[&Event], region: Option<Region>) -> Option<Call> {
    let first = *own.first()?;
    let ended = own.iter().rev().find(|event| event.stage == Stage::Ended).copied();
    let pick_up = own.iter().find(|event| event.stage == Stage::InProgress).copied();
    let rang = own.iter().find(|event| matches!(event.stage, Stage::Created | Stage::Ringing)).copied();
    let rung = own.iter().find(|event| event.stage == Stage::Ringing).copied();
    let people = People::of(all);
    let ours = if first.direction == Direction::Inbound { &first.destination } else { &first.caller.number };
    let region = phone::e164(ours, None).and_then(|number| number.region()).or(region);
    let direction = direction_of(own, region);
    let seconds = |from: Option<&Event>, to: Option<&Event>| Some(whole_seconds(from?.at, to?.at));

    let mut call = blank(root, source, first.at);
    call.direction = direction;
    call.status = status_of(direction, rung.is_some(), pick_up.is_some(), ended);
    call.raw_status = Some(match (ended, own.last()) {
        (Some(event), _) => format!("ended {}", event.reason.as_deref().unwrap_or("without a reason")),
        (None, last) => last.map_or("created", |event| event.stage.name()).to_owned(),
    });
    call.answered_by = match call.status {
        _ if pick_up.is_some() => AnsweredBy::Human,
        CallStatus::SystemOnly => AnsweredBy::Ivr,
        CallStatus::InProgress | CallStatus::Unknown => AnsweredBy::Unknown,
        _ => AnsweredBy::None,
    };
    call.answered_at = pick_up.map(|event| event.at);
    call.ended_at = ended.map(|event| event.at);
    call.duration_sec = seconds(Some(first), ended);
    call.wait_sec = seconds(rang, pick_up.or(ended));
    call.ring_sec = seconds(rung, pick_up.or(ended));
    call.talk_sec = if pick_up.is_some() { seconds(pick_up, ended) } else { ended.map(|_| 0) };

    call.from_number = written(&first.caller.number, region);
    call.to_number = written(dialled(own), region);
    match direction {
        Direction::Inbound => {
            call.client_number = number(&first.caller.number, region);
            call.tracking_number = number(&first.destination, region);
            call.queue = Some(first.destination.clone()).filter(|queue| !queue.is_empty());
        }
        Direction::Outbound => call.client_number = number(dialled(own), region),
        _ => {}
    }

    call.parts = legs::parts(root, all, &people);
    let agent = match (direction, pick_up) {
        (Direction::Outbound, _) => Some(people.key(&first.caller)),
        (_, Some(event)) => event.targets.first().map(|target| people.key(target)),
        (_, None) => the_one_that_rang(&call.parts),
    };
    call.agent_name = agent.as_deref().and_then(|key| people.name(key));
    call.agent_id = agent;
    Some(call)
}

/// The number that was called, in its international form where a target has it so.
fn dialled<'a>(own: &[&'a Event]) -> &'a str {
    let Some(first) = own.first() else { return "" };
    let target = own.iter().flat_map(|event| event.targets.first()).next();
    match target {
        Some(target) if first.direction == Direction::Outbound && target.number.starts_with('+') => &target.number,
        _ => &first.destination,
    }
}

/// Systems report calls between colleagues as outbound; the dialled number and the accounts give them away. What counts
/// is the first event: a transfer may report another direction.
fn direction_of(own: &[&Event], region: Option<Region>) -> Direction {
    let Some(first) = own.first() else { return Direction::Unknown };
    if first.direction != Direction::Outbound {
        return first.direction;
    }
    let first_target = own.iter().flat_map(|event| event.targets.first()).next();
    let between_accounts =
        first.caller.account.is_some() && first_target.is_some_and(|target| target.account.is_some());
    let to_extension = is_extension(&first.destination) && !is_emergency(&first.destination, region);
    if between_accounts || to_extension { Direction::Internal } else { Direction::Outbound }
}

fn status_of(direction: Direction, rung: bool, picked_up: bool, ended: Option<&Event>) -> CallStatus {
    use CallStatus::*;
    let Some(ended) = ended else { return InProgress };
    if picked_up {
        return Answered;
    }
    let ours = direction == Direction::Outbound;
    let by_side = |missed, client| if ours { client } else { missed };
    match ended.reason.as_deref() {
        // The line was up, but a pick-up by a person is always reported: only a machine spoke.
        Some("completed") if !rung => SystemOnly,
        Some("completed" | "no-answer") => by_side(MissedNoAnswer, ClientNoAnswer),
        Some("busy") => by_side(MissedBusy, ClientBusy),
        Some("cancelled") => by_side(MissedCancelled, ClientNoAnswer),
        Some("abandon") => by_side(MissedAbandoned, ClientNoAnswer),
        Some("failed") => Failed,
        _ => Unknown,
    }
}

fn the_one_that_rang(parts: &[CallPart]) -> Option<String> {
    let mut rung = parts.iter().filter(|part| part.kind == PartKind::Ring).map(|part| part.agent_key.as_ref());
    let one = rung.next()??;
    rung.all(|other| other == Some(one)).then(|| one.clone())
}

/// At most what a call can last: clocks that were wrong tell of years.
fn whole_seconds(from: Instant, to: Instant) -> u32 {
    u32::try_from(to.since(from).as_secs()).unwrap_or(u32::MAX).min(LONGEST_SEC)
}

/// An extension: 2 to 4 digits.
fn is_extension(number: &str) -> bool {
    (2..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Short numbers that reach the outside world, by country; where the country isn't known, those most of the world shares.
fn is_emergency(number: &str, region: Option<Region>) -> bool {
    let code = region.map(Region::code);
    let numbers: &[&str] = match code.as_deref() {
        Some("NL") => &["112", "144"],
        Some("BE") => &["100", "101", "112"],
        Some("DE") => &["110", "112"],
        Some("GB") => &["112", "999"],
        Some("UA") => &["101", "102", "103", "104", "112"],
        Some("US" | "CA") => &["911"],
        Some("ZA") => &["107", "112"],
        Some("AU") => &["000", "112"],
        _ => &["112", "911", "999"],
    };
    numbers.contains(&number)
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
