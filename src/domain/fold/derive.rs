//! What follows from a call and is stored beside it: its parts when the source gave none, its agent, where it came from,
//! and the narrow values that reports read by the million.

use crate::domain::call::{AnsweredBy, Call, CallPart, CallStatus, Direction, PartKind, PartOutcome};
use crate::domain::phone;

/// Where a call came from: a utm set, else the page that linked here, else a web session that tells no more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Attribution {
    pub source: Option<String>,
    pub medium: Option<String>,
    pub campaign: Option<String>,
    /// Host of the referrer, lower case; only where there is no utm value.
    pub referrer_host: Option<String>,
    /// A web session is known (client id or landing page).
    pub has_session: bool,
}

impl Attribution {
    /// The same set with letters' case folded: what two spellings of one source share.
    pub fn folded(&self) -> Self {
        let fold = |text: &Option<String>| text.as_deref().map(str::to_lowercase);
        Self {
            source: fold(&self.source),
            medium: fold(&self.medium),
            campaign: fold(&self.campaign),
            referrer_host: self.referrer_host.clone(),
            has_session: self.has_session,
        }
    }
}

/// The attribution of a call; `None`: nothing is known (an offline number).
pub fn attribution(call: &Call) -> Option<Attribution> {
    let utm = &call.utm;
    let has_utm = utm.source.is_some() || utm.medium.is_some() || utm.campaign.is_some();
    let referrer_host = if has_utm { None } else { call.referrer.as_deref().and_then(host) };
    let has_session = call.client_id.is_some() || call.landing.is_some();
    (has_utm || referrer_host.is_some() || has_session).then(|| Attribution {
        source: utm.source.clone(),
        medium: utm.medium.clone(),
        campaign: utm.campaign.clone(),
        referrer_host,
        has_session,
    })
}

fn host(referrer: &str) -> Option<String> {
    let rest = referrer.split_once("://").map_or(referrer, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?.rsplit('@').next()?.to_lowercase();
    let looks_like_one = host.contains('.') && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    looks_like_one.then_some(host)
}

/// The digits of the other side's E.164 number.
pub fn client_digits(call: &Call) -> Option<i64> {
    digits(call.client_number.as_deref())
}

/// The digits of the dialled number.
pub fn tracking_digits(call: &Call) -> Option<i64> {
    digits(call.tracking_number.as_deref())
}

fn digits(number: Option<&str>) -> Option<i64> {
    number.filter(|number| number.starts_with('+')).and_then(|number| phone::e164(number, None)).map(|n| n.digits())
}

/// The key of the agent whom the call is credited to, and the name if known.
pub fn agent_of(call: &Call) -> Option<(&str, Option<&str>)> {
    let name = call.agent_name.as_deref();
    call.agent_id.as_deref().or(name).map(|key| (key, name.filter(|name| *name != key)))
}

/// Whether the caller showed a number, and it can't be read as one.
pub fn is_unread(call: &Call) -> bool {
    call.direction == Direction::Inbound && call.client_number.is_none() && call.from_number.is_some()
}

/// What a source said about a call's worth, as bits: 1 target known, 2 target, 4 first known, 8 first, 16 repeat known,
/// 32 repeat; and of ours: 64 the caller's number can't be read.
pub fn flags(call: &Call) -> i64 {
    let said: i64 = [call.is_target, call.is_first_call, call.is_repeat]
        .into_iter()
        .enumerate()
        .map(|(n, flag)| flag.map_or(0, |set| (1 + 2 * i64::from(set)) << (2 * n)))
        .sum();
    said + (i64::from(is_unread(call)) << 6)
}

/// The parts of a call: those that the source gave, else the one that the record as a whole tells.
pub fn parts(call: &Call) -> Vec<CallPart> {
    if !call.parts.is_empty() {
        return call.parts.clone();
    }
    let is_machine = matches!(call.answered_by, AnsweredBy::Voicemail | AnsweredBy::Ivr);
    let kind = match call.status {
        CallStatus::Answered => PartKind::Talk,
        CallStatus::MissedVoicemail => PartKind::Voicemail,
        CallStatus::MissedIvr | CallStatus::SystemOnly => PartKind::Menu,
        CallStatus::MissedAbandoned => PartKind::Queue,
        _ => PartKind::Ring,
    };
    let outcome = match call.status {
        CallStatus::Answered => PartOutcome::Answered,
        CallStatus::MissedBusy | CallStatus::ClientBusy => PartOutcome::Busy,
        CallStatus::MissedAbandoned | CallStatus::MissedCancelled | CallStatus::MissedIvr => PartOutcome::CallerLeft,
        _ => PartOutcome::NoAnswer,
    };
    let client_rang = kind == PartKind::Ring && matches!(call.direction, Direction::Outbound | Direction::Callback);
    let agent = agent_of(call).filter(|_| !client_rang && !is_machine);
    vec![CallPart {
        agent_key: agent.map(|(key, _)| key.to_owned()),
        kind,
        started_at: Some(call.answered_at.filter(|_| kind == PartKind::Talk).unwrap_or(call.started_at)),
        ring_sec: call.ring_sec,
        talk_sec: call.talk_sec,
        outcome,
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fold::blank;
    use crate::domain::instant::Instant;

    fn call() -> Call {
        blank("c", "s", Instant::from_seconds(100))
    }

    #[test]
    fn where_a_call_came_from_goes_by_order() {
        let mut call = call();
        assert_eq!(attribution(&call), None);
        call.client_id = Some("147.178".into());
        assert_eq!(attribution(&call).expect("a session").referrer_host, None);
        call.referrer = Some("https://www.Example.com/windows?q=1".into());
        assert_eq!(attribution(&call).expect("a link").referrer_host.as_deref(), Some("www.example.com"));
        call.utm.source = Some("Google".into());
        let found = attribution(&call).expect("a utm set");
        assert_eq!((found.source.as_deref(), found.referrer_host.as_deref()), (Some("Google"), None));
        assert_eq!(found.folded().source.as_deref(), Some("google"));
    }

    #[test]
    fn flags_tell_no_from_not_known() {
        let mut call = call();
        assert_eq!(flags(&call), 0);
        (call.is_target, call.is_first_call, call.is_repeat) = (Some(true), Some(false), Some(true));
        assert_eq!(flags(&call), 1 + 2 + 4 + 16 + 32);
    }

    #[test]
    fn only_e164_becomes_digits() {
        let mut call = call();
        call.client_number = Some("+380671112233".into());
        call.tracking_number = Some("201".into());
        assert_eq!((client_digits(&call), tracking_digits(&call)), (Some(380_671_112_233), None));
    }

    #[test]
    fn a_record_without_parts_has_one() {
        let mut call = call();
        (call.status, call.direction) = (CallStatus::MissedNoAnswer, Direction::Inbound);
        (call.agent_id, call.ring_sec) = (Some("201".into()), Some(20));
        let found = parts(&call);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].kind, found[0].outcome), (PartKind::Ring, PartOutcome::NoAnswer));
        assert_eq!(found[0].agent_key.as_deref(), Some("201"));
        call.direction = Direction::Outbound;
        assert_eq!(parts(&call)[0].agent_key, None, "the phone that rang was the client's");
    }
}
