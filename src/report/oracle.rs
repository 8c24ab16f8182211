//! Tests only: slices of random calls, and a slow, obvious second computation of every figure.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, Timelike};
use proptest::prelude::*;

use crate::domain::cadence::Weekday;
use crate::domain::call::{CallStatus, Direction, PartKind, PartOutcome};
use crate::domain::callback::{ClientCall, entries};
use crate::domain::ids::{CallKey, ProjectId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::domain::project::Project;
use crate::domain::report_spec::{Options, preset};
use crate::domain::role::{Rights, Role};
use crate::domain::slice::{AgentRow, AttributionRow, CallFlags, CallRow, PartRow, Slice, SliceRequest, SourceRow};
use crate::domain::target::Talk;
use crate::zones::{Zone, Zones};

use super::ReportRequest;
use super::group::{has_talk, is_answered_in, is_missed_in, is_short, is_target};
use super::origin::origin;
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
        attached: Vec::new(),
    }
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
    let openings: BTreeSet<_> = entries.iter().map(|entry| (entry.client, entry.opened_at)).collect();
    let source = SourceRow {
        name: "Main PBX".into(),
        format: "native".into(),
        last_event_at: calls.last().map(|call| call.started_at),
        spans: vec![Period::new(since.plus_seconds(-60 * 86_400), request.period.to()).expect("a span")],
    };
    let mut slice = Slice::empty(request.clone());
    slice.calls = inside(Some(request.period));
    slice.previous = inside(request.compared_with);
    let keys: BTreeSet<CallKey> = slice.calls.iter().map(|call| call.key).collect();
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
    ]);
    slice.sources = BTreeMap::from([(1, source)]);
    slice.opening_calls = calls
        .iter()
        .filter(|call| call.client.is_some_and(|client| openings.contains(&(client, call.started_at))))
        .copied()
        .collect();
    slice.entries = entries;
    slice.history_from = calls.first().map(|call| call.started_at);
    for call in calls.iter().rev() {
        slice.first_calls.extend(call.client.map(|client| (client, call.started_at)));
    }
    slice.repeated = request.target_rule.repeats(calls.iter().filter_map(Talk::of).collect());
    Arc::new(slice)
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
        (proptest::option::of(1..=3_i64), proptest::option::of(1..=4_i64), 0..64_u8),
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
    let answered: Vec<&CallRow> = inbound.iter().copied().filter(|call| call.status == CallStatus::Answered).collect();
    let missed: Vec<&CallRow> = inbound.iter().copied().filter(|call| options.missed.contains(call.status)).collect();
    let offered: Vec<&CallRow> =
        inbound.iter().copied().filter(|c| is_answered_in(c) || is_missed_in(c, options)).collect();
    let mut tally = Tally {
        answered: answered.len() as u64,
        missed: missed.len() as u64,
        target: answered.iter().filter(|call| is_target(call, slice)).count() as u64,
        short: missed.iter().filter(|call| is_short(call, options)).count() as u64,
        callers: offered.iter().filter_map(|call| call.client).collect::<BTreeSet<_>>().len() as u64,
        new_callers: offered
            .iter()
            .filter(|call| call.flags.first() != Some(false))
            .filter_map(|call| call.client)
            .filter(|client| slice.first_calls[client] >= period.from())
            .collect::<BTreeSet<_>>()
            .len() as u64,
        missed_withheld: missed.iter().filter(|call| call.client.is_none()).count() as u64,
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
        entry.talked += u64::from(has_talk(call));
    }
    let first = zone.date(period.from());
    let mut slots: BTreeMap<(u32, u8, u8), (u64, u64)> = BTreeMap::new();
    for call in &offered {
        let local = zone.local(call.started_at);
        let day = local.date().signed_duration_since(first).num_days() as u32;
        let slot = slots.entry((day, local.weekday().num_days_from_monday() as u8, local.hour() as u8)).or_default();
        if is_answered_in(call) { slot.0 += 1 } else { slot.1 += 1 }
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
    for call in calls.iter().filter(|call| is_answered_in(call) || is_missed_in(call, options)) {
        let label = origin(call.attribution.and_then(|id| slice.attributions.get(&id))).label().to_lowercase();
        let tally = by_label.entry(label).or_default();
        tally.offered += 1;
        tally.answered += u64::from(is_answered_in(call));
        tally.target += u64::from(is_target(call, slice));
    }
    by_label
}

/// Agents' figures by looking at every agent of every call in turn.
pub(super) fn slow_agents(slice: &Slice, options: &Options) -> BTreeMap<Option<i64>, AgentTally> {
    let mut agents: BTreeMap<Option<i64>, AgentTally> = BTreeMap::new();
    for call in &slice.calls {
        let parts: Vec<&PartRow> = slice.parts.iter().filter(|part| part.call == call.key).collect();
        let mut people: BTreeSet<Option<i64>> = parts.iter().map(|part| part.agent).filter(Option::is_some).collect();
        if is_answered_in(call) {
            people.insert(call.agent);
        }
        for person in people.into_iter().filter(|_| is_answered_in(call) || is_missed_in(call, options)) {
            let tally = agents.entry(person).or_default();
            let own: Vec<&&PartRow> = parts.iter().filter(|part| part.agent == person && person.is_some()).collect();
            let credited = is_answered_in(call) && call.agent == person;
            tally.answered += u64::from(credited);
            tally.target += u64::from(credited && is_target(call, slice));
            let talks: Vec<u32> =
                own.iter().filter(|part| part.kind == PartKind::Talk).filter_map(|part| part.talk_sec).collect();
            let talk = if !is_answered_in(call) {
                None
            } else if talks.is_empty() {
                call.talk_sec.filter(|_| credited)
            } else {
                Some(talks.iter().sum())
            };
            tally.talk.total += u64::from(talk.unwrap_or(0));
            tally.talk.known += u64::from(talk.is_some());
            let rang = own.iter().any(|part| {
                part.kind == PartKind::Ring
                    && part.outcome != PartOutcome::Answered
                    && part.outcome != PartOutcome::Busy
            });
            tally.elsewhere += u64::from(rang && is_answered_in(call) && !credited && talks.is_empty());
            tally.lost += u64::from(rang && is_missed_in(call, options));
        }
    }
    agents
}
