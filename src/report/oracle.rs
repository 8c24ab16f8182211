//! Tests only: slices of random calls, and a slow, obvious second computation of every figure. What a call counts as is
//! said here once more, in words of its own, so that a wrong definition doesn't agree with itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, Timelike};
use proptest::prelude::*;

use crate::domain::cadence::Weekday;
use crate::domain::calendar::{Calendar, Shift};
use crate::domain::call::{CallStatus, Direction, PartKind, PartOutcome};
use crate::domain::callback::{ClientCall, entries};
use crate::domain::directory::{ListedAgent, ListedKey};
use crate::domain::filters::{Filters, WorkingHours};
use crate::domain::ids::{CalendarId, CallKey, ProjectId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::domain::project::Project;
use crate::domain::report_spec::{Options, SourceGroup, preset};
use crate::domain::role::{Rights, Role};
use crate::domain::slice::{
    AgentRow, AttributionRow, CallFacts, CallFlags, CallRow, PartRow, Slice, SliceRequest, SourceRow,
};
use crate::domain::target::Rule;
use crate::zones::working::WorkingTime;
use crate::zones::{Zone, Zones};

use super::ReportRequest;
use super::tally::{AgentTally, OriginTally, Slot, StatusTally, Sum, Tally};

/// Monday, 9 November 2026, 00:00 in Kyiv.
pub(super) const WEEK_BEGINS: &str = "2026-11-08T22:00:00Z";

pub(super) fn instant(text: &str) -> Instant {
    Instant::parse_rfc3339(text).expect("RFC 3339")
}

pub(super) fn kyiv() -> Zone {
    Zones::bundled().get("Europe/Kyiv").expect("a zone")
}

/// A request for the summary of the week of 9 November, compared with the week before, made on Monday at 08:00.
pub(super) fn request() -> ReportRequest {
    let from = instant(WEEK_BEGINS);
    let week = 7 * 86_400;
    ReportRequest {
        project: Project {
            key: ProjectKey(1),
            id: ProjectId::parse("acme").expect("an id"),
            name: "Acme Windows".into(),
            zone: "Europe/Kyiv".into(),
            locale: "en".into(),
            currency: "EUR".into(),
            week_start: Weekday::Mon,
            allowed_domains: Vec::new(),
            settings: Default::default(),
        },
        spec: preset("summary").expect("a preset"),
        zone: kyiv(),
        calendar: None,
        period: Period::new(from, from.plus_seconds(week)).expect("a week"),
        compared_with: Period::new(from.plus_seconds(-week), from),
        rights: Rights::of(&[Role::Manager], None),
        language: "en".into(),
        made_at: from.plus_seconds(week + 8 * 3600),
        due_at: Some(from.plus_seconds(week + 8 * 3600)),
        is_sample: false,
        notes: Vec::new(),
        directory: Default::default(),
        history: Default::default(),
    }
}

/// These hours from Monday to Friday.
pub(super) fn office(hours: &str, zone: &Zone) -> Arc<WorkingTime> {
    let day = || vec![Shift::parse(hours).expect("hours")];
    let week = [day(), day(), day(), day(), day(), Vec::new(), Vec::new()];
    let id = CalendarId::parse("office").expect("an id");
    let calendar = Calendar::new(id, "Office".into(), None, week, Vec::new(), Vec::new());
    Arc::new(WorkingTime::new(calendar, zone.clone()))
}

/// A slice of these calls: parts, agents, attributions and entries made to fit.
pub(super) fn slice(request: SliceRequest, mut calls: Vec<CallRow>, parts: Vec<PartRow>) -> Arc<Slice> {
    calls.sort_unstable_by_key(|call| (call.started_at, call.key));
    let inside = |period: Option<Period>| -> Vec<CallRow> {
        calls.iter().filter(|call| period.is_some_and(|period| period.contains(call.started_at))).copied().collect()
    };
    let client_calls: Vec<ClientCall> = calls
        .iter()
        .filter_map(|call| {
            Some(ClientCall {
                client: call.client?,
                tracking: call.tracking,
                started_at: call.started_at,
                direction: call.direction,
                status: call.status,
                wait_sec: call.wait_sec,
                talk_sec: call.talk_sec,
            })
        })
        .collect();
    let since = request.compared_with.map_or(request.period.from(), Period::to).min(request.period.from());
    let mut entries: Vec<_> = entries(&client_calls)
        .iter()
        .filter_map(|entry| entry.under(request.callback_rule))
        .filter(|e| e.opened_at < request.period.to() && e.closed_at.is_none_or(|closed| closed >= since))
        .collect();
    entries.sort_unstable_by_key(|entry| (entry.opened_at, entry.client));
    let openings: BTreeSet<_> =
        entries.iter().flat_map(|entry| entry.missed.iter().map(|miss| (entry.client, miss.at))).collect();
    let source = SourceRow {
        name: "Main PBX".into(),
        format: "native".into(),
        last_event_at: calls.last().map(|call| call.started_at),
        spans: vec![Period::new(since.plus_seconds(-60 * 86_400), request.period.to()).expect("a span")],
    };
    let mut slice = Slice::empty(request.clone());
    slice.calls = inside(Some(request.period));
    slice.previous = inside(request.compared_with);
    slice.entry_calls = calls
        .iter()
        .filter(|call| call.client.is_some_and(|client| openings.contains(&(client, call.started_at))))
        .copied()
        .collect();
    let before = slice.previous.iter().filter(|_| request.with_previous_parts);
    let keys: BTreeSet<CallKey> =
        slice.calls.iter().chain(&slice.entry_calls).chain(before).map(|call| call.key).collect();
    slice.parts = parts.into_iter().filter(|part| keys.contains(&part.call)).collect();
    slice.parts.sort_by_key(|part| part.call);
    let names = ["Olena K.", "Taras B.", "Ihor M."];
    slice.agents = (1..=3)
        .map(|id| {
            (id, AgentRow { key: format!("20{id}"), name: Some(names[id as usize - 1].to_owned()), listed: None })
        })
        .collect();
    let utm = |source: &str, medium: &str| AttributionRow {
        source: Some(source.into()),
        medium: Some(medium.into()),
        ..AttributionRow::default()
    };
    slice.attributions = BTreeMap::from([
        (1, utm("google", "cpc")),
        (2, AttributionRow { has_session: true, ..AttributionRow::default() }),
        (3, utm("facebook", "paid")),
        (4, utm("Google", "CPC")),
        (5, AttributionRow { referrer_host: Some("partner.example".into()), ..AttributionRow::default() }),
        (6, AttributionRow { campaign: Some("Brand".into()), ..AttributionRow::default() }),
    ]);
    slice.sources = BTreeMap::from([(1, source)]);
    slice.entries = entries;
    slice.history_from = calls.first().map(|call| call.started_at);
    slice.first_calls = first_calls(&calls);
    let calls_in = |call: &&CallRow| matches!(call.direction, Direction::Inbound | Direction::Callback);
    let known: BTreeSet<i64> = (slice.calls.iter().chain(&slice.previous).filter(calls_in))
        .filter_map(|call| call.client)
        .chain(slice.entries.iter().map(|entry| entry.client))
        .collect();
    slice.first_calls.retain(|client, _| known.contains(client));
    slice.repeated = slow_repeated(&calls, request.target_rule);
    Arc::new(slice)
}

/// When everybody called first, or was called.
pub(super) fn first_calls(calls: &[CallRow]) -> BTreeMap<i64, Instant> {
    let mut first = BTreeMap::new();
    for call in calls {
        if let Some(client) = call.client {
            let at = first.entry(client).or_insert(call.started_at);
            *at = call.started_at.min(*at);
        }
    }
    first
}

/// A call in that a person took.
pub(super) fn is_answered(call: &CallRow) -> bool {
    call.direction == Direction::Inbound && call.status == CallStatus::Answered
}

/// A call in whose word the report counts as missed.
pub(super) fn is_missed(call: &CallRow, options: &Options) -> bool {
    let word = match call.status {
        CallStatus::MissedNoAnswer => "no_answer",
        CallStatus::MissedBusy => "busy",
        CallStatus::MissedAbandoned => "abandoned",
        CallStatus::MissedCancelled => "cancelled",
        CallStatus::MissedVoicemail => "voicemail",
        CallStatus::MissedNoRoute => "no_route",
        CallStatus::MissedIvr => "ivr",
        _ => return false,
    };
    call.direction == Direction::Inbound && options.missed.words().any(|counted| counted == word)
}

/// A missed call whose caller hung up, in the queue or while it rang, within the limit.
fn left_soon(call: &CallRow, options: &Options) -> bool {
    let hung_up = call.status == CallStatus::MissedAbandoned || call.status == CallStatus::MissedCancelled;
    is_missed(call, options) && hung_up && call.wait_sec.is_some_and(|wait| wait <= options.short_call_sec)
}

/// Two people talked; where nobody says how long, an answered call is one.
fn talked(call: &CallRow) -> bool {
    match call.talk_sec {
        Some(seconds) => seconds != 0,
        None => call.status == CallStatus::Answered,
    }
}

/// A long talk of which the source doesn't say whether it is a target call.
fn may_be_target(call: &CallRow, talk_sec: u32) -> bool {
    let (says, says_repeat) = (call.flags.0 & 0b1 != 0, call.flags.0 & 0b11_0000 == 0b11_0000);
    is_answered(call) && !says && !says_repeat && call.talk_sec.is_some_and(|talk| talk >= talk_sec)
}

fn is_target_as_told(call: &CallRow) -> bool {
    is_answered(call) && call.flags.0 & 0b11 == 0b11
}

fn is_target(call: &CallRow, slice: &Slice) -> bool {
    let talk_sec = slice.request.target_rule.talk_sec;
    is_target_as_told(call) || (may_be_target(call, talk_sec) && !slice.repeated.contains(&call.key))
}

/// Long talks less than a sale cycle after a target call of the same caller, from the first call there ever was.
fn slow_repeated(calls: &[CallRow], rule: Rule) -> BTreeSet<CallKey> {
    let mut sorted: Vec<&CallRow> = calls.iter().filter(|call| is_answered(call) && call.client.is_some()).collect();
    sorted.sort_by_key(|call| (call.started_at, call.key));
    let mut targets: Vec<&CallRow> = Vec::new();
    let mut repeated = BTreeSet::new();
    for call in sorted {
        let days = |target: &&CallRow| call.started_at.since(target.started_at).as_secs_f64() / 86_400.0;
        let in_cycle = |target: &&CallRow| target.client == call.client && days(target) < f64::from(rule.cycle_days);
        if is_target_as_told(call) {
            targets.push(call);
        } else if may_be_target(call, rule.talk_sec) {
            if targets.iter().any(in_cycle) {
                repeated.insert(call.key);
            } else {
                targets.push(call);
            }
        }
    }
    repeated
}

/// Source, medium and campaign; what isn't told is empty.
pub(super) fn slow_origin(call: &CallRow, slice: &Slice) -> [String; 3] {
    let told = |text: &Option<String>| text.clone().unwrap_or_default().trim().to_lowercase();
    let set = |source: &str, medium: &str| [source.to_owned(), medium.to_owned(), String::new()];
    let utm = |texts: [&Option<String>; 3]| -> Option<[String; 3]> {
        let [source, medium, campaign] = texts.map(told);
        let nothing = source.is_empty() && medium.is_empty() && campaign.is_empty();
        let source = if source.is_empty() { "(not set)".to_owned() } else { source };
        (!nothing).then_some([source, medium, campaign])
    };
    let row = call.attribution.and_then(|id| slice.attributions.get(&id)).cloned().unwrap_or_default();
    if let Some(own) = utm([&row.source, &row.medium, &row.campaign]) {
        own
    } else if !told(&row.referrer_host).is_empty() {
        set(&told(&row.referrer_host), "referral")
    } else if row.has_session {
        set("(direct)", "(none)")
    } else {
        let number = call.tracking.and_then(|number| slice.numbers.get(&number));
        let of_number = number.and_then(|number| utm([&number.source, &number.medium, &number.campaign]));
        of_number.unwrap_or(set("(not tracked)", ""))
    }
}

/// Random calls of both weeks and of some weeks before, with parts.
pub(super) fn any_calls(most: usize) -> impl Strategy<Value = (Vec<CallRow>, Vec<PartRow>)> {
    let call = (
        (
            prop_oneof![4 => 0..14 * 86_400_i64, 1 => -70 * 86_400..0_i64],
            0..Direction::ALL.len(),
            0..CallStatus::ALL.len(),
            0..12_i64,
        ),
        (proptest::option::of(1..=3_i64), proptest::option::of(1..=6_i64), 0..128_u8),
        (proptest::option::of(0..200_u32), proptest::option::of(0..900_u32)),
        proptest::collection::vec((proptest::option::of(1..=3_i64), 0..5_usize, 0..6_usize, 0..300_u32), 0..4),
    );
    proptest::collection::vec(call, 0..most).prop_map(|calls| {
        let begin = instant(WEEK_BEGINS).plus_seconds(-7 * 86_400);
        let mut all_parts = Vec::new();
        let calls = calls
            .into_iter()
            .enumerate()
            .map(|(n, ((at, direction, status, client), (agent, attribution, flags), (wait_sec, talk_sec), parts))| {
                let key = CallKey(n as i64 + 1);
                all_parts.extend(parts.into_iter().map(|(agent, kind, outcome, seconds)| PartRow {
                    call: key,
                    agent,
                    kind: PartKind::ALL[kind],
                    ring_sec: Some(seconds),
                    talk_sec: (kind == 1).then_some(seconds),
                    outcome: PartOutcome::ALL[outcome],
                }));
                // Most calls are inbound, as in life.
                let direction = if direction > 3 { Direction::Inbound } else { Direction::ALL[direction] };
                CallRow {
                    key,
                    started_at: begin.plus_seconds(at),
                    source: 1,
                    direction,
                    status: CallStatus::ALL[status],
                    client: (client > 1).then_some(380_679_876_540 + client),
                    tracking: Some(380_445_550_101),
                    agent,
                    attribution,
                    wait_sec,
                    talk_sec,
                    flags: CallFlags(flags),
                }
            })
            .collect();
        (calls, all_parts)
    })
}

/// Every figure of one period, one plain loop after another.
pub(super) fn slow_tally(slice: &Slice, calls: &[CallRow], period: Period, zone: &Zone, options: &Options) -> Tally {
    let inbound: Vec<&CallRow> = calls.iter().filter(|call| call.direction == Direction::Inbound).collect();
    let answered: Vec<&CallRow> = inbound.iter().copied().filter(|call| is_answered(call)).collect();
    let missed: Vec<&CallRow> = inbound.iter().copied().filter(|call| is_missed(call, options)).collect();
    let offered: Vec<&CallRow> = inbound.iter().copied().filter(|c| is_answered(c) || is_missed(c, options)).collect();
    let mut tally = Tally {
        answered: answered.len() as u64,
        missed: missed.len() as u64,
        target: answered.iter().filter(|call| is_target(call, slice)).count() as u64,
        short: missed.iter().filter(|call| left_soon(call, options)).count() as u64,
        callers: offered.iter().filter_map(|call| call.client).collect::<BTreeSet<_>>().len() as u64,
        new_callers: offered
            .iter()
            .filter(|call| call.flags.0 & 0b1100 != 0b0100)
            .filter_map(|call| call.client)
            .filter(|client| slice.first_calls[client] >= period.from())
            .collect::<BTreeSet<_>>()
            .len() as u64,
        missed_withheld: missed.iter().filter(|call| call.client.is_none() && call.flags.0 < 64).count() as u64,
        missed_unread: missed.iter().filter(|call| call.client.is_none() && call.flags.0 >= 64).count() as u64,
        last_call_at: calls.iter().map(|call| call.started_at).max(),
        ..Tally::default()
    };
    let mut waits: Vec<u32> = answered.iter().filter_map(|call| call.wait_sec).collect();
    waits.sort_unstable();
    tally.wait = Sum { total: waits.iter().map(|wait| u64::from(*wait)).sum(), known: waits.len() as u64 };
    tally.wait_median = match waits.len() {
        0 => None,
        n if n % 2 == 1 => Some(f64::from(waits[n / 2])),
        n => Some((f64::from(waits[n / 2 - 1]) + f64::from(waits[n / 2])) / 2.0),
    };
    // The smallest wait that nine tenths don't exceed.
    tally.wait_p90 = waits
        .iter()
        .find(|wait| waits.iter().filter(|other| other <= wait).count() * 10 >= waits.len() * 9)
        .map(|wait| f64::from(*wait));
    for talk in answered.iter().filter_map(|call| call.talk_sec) {
        tally.talk.total += u64::from(talk);
        tally.talk.known += 1;
    }
    for call in calls {
        let entry: &mut StatusTally = tally.by_status.entry((call.direction, call.status)).or_default();
        entry.calls += 1;
        entry.talked += u64::from(talked(call));
    }
    let first = zone.date(period.from());
    let mut slots: BTreeMap<(u32, u8, u8), (u64, u64)> = BTreeMap::new();
    for call in &offered {
        let local = zone.local(call.started_at);
        let day = local.date().signed_duration_since(first).num_days() as u32;
        let slot = slots.entry((day, local.weekday().num_days_from_monday() as u8, local.hour() as u8)).or_default();
        if is_answered(call) { slot.0 += 1 } else { slot.1 += 1 }
    }
    tally.slots = slots
        .into_iter()
        .map(|((day, weekday, hour), (answered, missed))| Slot { day, weekday, hour, answered, missed })
        .collect();
    tally
}

/// Origins by label, so that numbering doesn't matter.
pub(super) fn slow_origins(slice: &Slice, calls: &[CallRow], options: &Options) -> BTreeMap<String, OriginTally> {
    let mut by_label: BTreeMap<String, OriginTally> = BTreeMap::new();
    for call in calls.iter().filter(|call| is_answered(call) || is_missed(call, options)) {
        let label = slow_origin(call, slice)
            .into_iter()
            .take(if options.group == SourceGroup::Campaign { 3 } else { 2 })
            .filter(|part| !part.is_empty() && part != "(none)")
            .collect::<Vec<_>>()
            .join(" / ");
        let tally = by_label.entry(label).or_default();
        tally.offered += 1;
        tally.answered += u64::from(is_answered(call));
        tally.target += u64::from(is_target(call, slice));
    }
    by_label
}

/// Whether the filters let a call through, one after the other. The slice must have the parts and first calls of
/// everything there ever was.
pub(super) fn slow_admits(call: &CallRow, slice: &Slice, request: &ReportRequest) -> bool {
    let filters = &request.spec.filters;
    let agents_of_call: Vec<&AgentRow> = slice
        .parts
        .iter()
        .filter(|part| part.call == call.key)
        .filter_map(|part| part.agent)
        .chain(call.agent)
        .filter_map(|id| slice.agents.get(&id))
        .collect();
    let facts = slice.facts.get(&call.key).cloned().unwrap_or_default();
    let one_of =
        |wanted: &Vec<String>, have: &[String]| wanted.is_empty() || have.iter().any(|one| wanted.contains(one));
    let list = |text: Option<&String>| text.cloned().into_iter().collect::<Vec<String>>();
    let status = |word: &String| match word.as_str() {
        "missed" => is_missed(call, &request.spec.options),
        "client_not_reached" => {
            let is_ours = call.direction != Direction::Inbound;
            is_ours && matches!(call.status, CallStatus::ClientNoAnswer | CallStatus::ClientBusy)
        }
        "left_out" => {
            let is_counted = call.status == CallStatus::Answered || is_missed(call, &request.spec.options);
            call.direction == Direction::Inbound && !is_counted
        }
        word => call.status.name() == word,
    };
    let [source, medium, campaign] = slow_origin(call, slice);
    let or_none = |text: String| if text.is_empty() { "(none)".to_owned() } else { text };
    let team = |agent: &&AgentRow| agent.listed.as_ref().and_then(|listed| listed.team.clone());
    let is_first = match call.flags.0 & 0b1100 {
        // Nobody called.
        _ if call.direction != Direction::Inbound && call.direction != Direction::Callback => None,
        0b0100 => Some(false),
        0b1100 => Some(true),
        _ => call.client.and_then(|client| slice.first_calls.get(&client)).map(|first| *first == call.started_at),
    };
    let is_open = request.calendar.as_ref().map(|working| working.is_open(call.started_at));
    one_of(&filters.direction, &[call.direction.name().to_owned()])
        && (filters.status.is_empty() || filters.status.iter().any(status))
        && one_of(&filters.agent, &agents_of_call.iter().map(|agent| agent.key.clone()).collect::<Vec<_>>())
        && one_of(&filters.team, &agents_of_call.iter().filter_map(team).collect::<Vec<_>>())
        && one_of(&filters.number, &list(call.tracking.map(|digits| format!("+{digits}")).as_ref()))
        && one_of(&filters.queue, &list(facts.queue.as_ref()))
        && one_of(&filters.department, &list(facts.department.as_ref()))
        && one_of(&filters.tag, &facts.tags)
        && one_of(&filters.source, &list(slice.sources.get(&call.source).map(|source| &source.name)))
        && one_of(&filters.utm_source, &[source])
        && one_of(&filters.utm_medium, &[or_none(medium)])
        && one_of(&filters.utm_campaign, &[or_none(campaign)])
        && filters.min_duration_sec.is_none_or(|least| facts.duration_sec.is_some_and(|sec| sec >= least))
        && filters.max_duration_sec.is_none_or(|most| facts.duration_sec.is_some_and(|sec| sec <= most))
        && filters.first_time.is_none_or(|wanted| is_first == Some(wanted))
        && filters.working_hours.is_none_or(|wanted| is_open == Some(wanted == WorkingHours::In))
}

/// One filter, or two.
pub(super) fn any_filters() -> impl Strategy<Value = Filters> {
    let one = (0..16_usize, 0..3_usize).prop_map(|(filter, value)| {
        let mut filters = Filters::default();
        let mut set = |list: fn(&mut Filters) -> &mut Vec<String>, values: [&str; 3]| {
            list(&mut filters).push(values[value].to_owned());
        };
        match filter {
            0 => set(|f| &mut f.direction, ["inbound", "outbound", "callback"]),
            1 => set(|f| &mut f.status, ["missed", "answered", "client_not_reached"]),
            2 => set(|f| &mut f.agent, ["201", "202", "999"]),
            3 => set(|f| &mut f.team, ["Sales", "Service", "None"]),
            4 => set(|f| &mut f.number, ["+380445550101", "+380445550102", "+380445550103"]),
            5 => set(|f| &mut f.queue, ["sales", "service", "other"]),
            6 => set(|f| &mut f.department, ["Doors", "Windows", "Other"]),
            7 => set(|f| &mut f.source, ["Main PBX", "Web", "Other"]),
            8 => set(|f| &mut f.utm_source, ["google", "(direct)", "(not tracked)"]),
            9 => set(|f| &mut f.utm_medium, ["cpc", "paid", "(none)"]),
            10 => set(|f| &mut f.utm_campaign, ["(none)", "brand", "other"]),
            11 => set(|f| &mut f.tag, ["vip", "spam", "other"]),
            12 => filters.min_duration_sec = Some([0, 30, 60][value]),
            13 => filters.max_duration_sec = Some([10, 30, 90][value]),
            14 => filters.working_hours = Some(WorkingHours::ALL[value % 2]),
            _ => filters.first_time = Some(value == 0),
        }
        filters
    });
    (one.clone(), one, any::<bool>()).prop_map(|(mut one, other, both)| {
        if both {
            one.status.extend(other.status);
            one.tag.extend(other.tag);
            one.utm_source.extend(other.utm_source);
            one.min_duration_sec = one.min_duration_sec.or(other.min_duration_sec);
            one.first_time = one.first_time.or(other.first_time);
            one.direction.extend(other.direction);
        }
        one
    })
}

/// The slice with all that filters ask about, made from the calls' keys.
pub(super) fn with_facts(slice: &Arc<Slice>) -> Arc<Slice> {
    let mut slice = Slice::clone(slice);
    let calls: Vec<CallRow> = slice.calls.iter().chain(&slice.previous).chain(&slice.entry_calls).copied().collect();
    for call in calls {
        let n = call.key.0;
        let pick = |names: [&str; 2]| (n % 3 < 2).then(|| names[(n % 2) as usize].to_owned());
        let facts = CallFacts {
            queue: pick(["sales", "service"]),
            department: pick(["Doors", "Windows"]),
            tags: if n % 4 == 0 { vec!["vip".into(), "spam".into()] } else { Vec::new() },
            duration_sec: (n % 5 > 0).then_some((n * 7 % 100) as u32),
        };
        slice.facts.insert(call.key, facts);
    }
    for (id, team) in [(1, "Sales"), (2, "Service")] {
        if let Some(agent) = slice.agents.get_mut(&id) {
            let key = agent.key.clone();
            agent.listed = Some(Arc::new(ListedAgent {
                id: key.clone(),
                name: agent.name.clone().unwrap_or_default(),
                team: Some(team.to_owned()),
                keys: vec![ListedKey::always(key)],
                contact: None,
            }));
        }
    }
    Arc::new(slice)
}

/// Some call.
pub(super) fn any_one_call() -> CallRow {
    CallRow {
        key: CallKey(1),
        started_at: instant(WEEK_BEGINS),
        source: 1,
        direction: Direction::Inbound,
        status: CallStatus::Answered,
        client: Some(380_671_112_233),
        tracking: None,
        agent: None,
        attribution: None,
        wait_sec: None,
        talk_sec: None,
        flags: CallFlags(0),
    }
}

/// Agents' figures by looking at every agent of every call in turn.
pub(super) fn slow_agents(slice: &Slice, options: &Options) -> BTreeMap<Option<i64>, AgentTally> {
    let mut agents: BTreeMap<Option<i64>, AgentTally> = BTreeMap::new();
    for call in &slice.calls {
        let parts: Vec<&PartRow> = slice.parts.iter().filter(|part| part.call == call.key).collect();
        let mut people: BTreeSet<Option<i64>> = parts.iter().map(|part| part.agent).filter(Option::is_some).collect();
        if is_answered(call) {
            people.insert(call.agent);
        }
        let all_talks: Vec<u32> = parts
            .iter()
            .filter(|part| part.kind == PartKind::Talk && part.agent.is_some())
            .filter_map(|part| part.talk_sec)
            .collect();
        let longer = all_talks.iter().sum::<u32>();
        for person in people.into_iter().filter(|_| is_answered(call) || is_missed(call, options)) {
            let tally = agents.entry(person).or_default();
            let own: Vec<&&PartRow> = parts.iter().filter(|part| part.agent == person && person.is_some()).collect();
            let credited = is_answered(call) && call.agent == person;
            tally.answered += u64::from(credited);
            tally.target += u64::from(credited && is_target(call, slice));
            let talks: Vec<u32> =
                own.iter().filter(|part| part.kind == PartKind::Talk).filter_map(|part| part.talk_sec).collect();
            let own_sum = talks.iter().sum::<u32>();
            let talk = match (is_answered(call), all_talks.is_empty(), call.talk_sec) {
                (false, ..) => None,
                (true, true, whole) => whole.filter(|_| credited),
                (true, false, _) if talks.is_empty() => None,
                // Parts side by side: each its share of the call.
                (true, false, Some(whole)) if longer > whole => {
                    Some((f64::from(own_sum) * f64::from(whole) / f64::from(longer)).floor() as u32)
                }
                (true, false, _) => Some(own_sum),
            };
            tally.talk.total += u64::from(talk.unwrap_or(0));
            tally.talk.known += u64::from(talk.is_some());
            let rang = own.iter().any(|part| {
                part.kind == PartKind::Ring
                    && part.outcome != PartOutcome::Answered
                    && part.outcome != PartOutcome::Busy
            });
            tally.elsewhere += u64::from(rang && is_answered(call) && !credited && talks.is_empty());
            tally.lost += u64::from(rang && is_missed(call, options));
        }
    }
    agents
}

proptest! {
    #[test]
    fn repetitions_are_those_of_a_slow_look((calls, _) in any_calls(60), talk_sec in 0..120_u32, cycle_days in 0..40_u32) {
        let rule = Rule { talk_sec, cycle_days };
        let talks = calls.iter().filter_map(crate::domain::target::Talk::of).collect();
        prop_assert_eq!(rule.repeats(talks), slow_repeated(&calls, rule));
    }
}
