//! The captured calls, folded: as their file says where it does, and as written down in the snapshot everywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::domain::call::{Call, PartKind};
use crate::domain::fold::voys::{Stage, fold};
use crate::domain::fold::{parts, roots};
use crate::zones::Zones;

const CAPTURES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/voipgrid_events.jsonl"));
const EXPECTED: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/voipgrid_events.expected.json"));

fn utc() -> Zone {
    static UTC: LazyLock<Zone> = LazyLock::new(|| Zones::bundled().get("Etc/UTC").expect("a zone"));
    UTC.clone()
}

/// Events by scenario, in the order of the file.
fn scenarios() -> BTreeMap<String, Vec<Event>> {
    let mut scenarios: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for line in CAPTURES.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let found = read(&line["event"].to_string(), &utc()).expect("a notification");
        scenarios.entry(line["scenario"].as_str().expect("a name").to_owned()).or_default().push(found.0);
    }
    scenarios
}

fn calls_of(events: &[Event]) -> Vec<Call> {
    let pairs = events.iter().filter_map(|event| Some((event.merged_id.clone()?, event.call_id.clone()))).collect();
    let roots = roots(&pairs);
    let mut by_root: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for event in events {
        let root = roots.get(&event.call_id).unwrap_or(&event.call_id);
        by_root.entry(root.clone()).or_default().push(event.clone());
    }
    by_root
        .into_iter()
        .filter_map(|(root, events)| fold(&root, "voys", &events, None))
        .map(|ranked| ranked.call)
        .collect()
}

#[test]
fn captures_fold_as_expected() {
    let expected: Value = serde_json::from_str(EXPECTED).expect("JSON");
    let scenarios = scenarios();
    let expected = expected["scenarios"].as_object().expect("scenarios");
    assert!(expected.len() > 10);
    for (name, expected) in expected {
        let events = scenarios.get(name).map_or(&[][..], Vec::as_slice);
        let calls = calls_of(events);
        let wanted = expected["calls"].as_array().expect("calls");
        assert_eq!(calls.len(), wanted.len(), "{name}");
        for wanted in wanted {
            let id = wanted["call_id"].as_str().expect("an id");
            let call = calls.iter().find(|call| call.call_id == id).unwrap_or_else(|| panic!("{name}: no call {id}"));
            assert_eq!(call.status.name(), wanted["status"], "{name}");
            assert_eq!(call.direction.name(), wanted["direction"], "{name}");
            assert_eq!(call.status.is_answered(), wanted["answered"], "{name}");
            let ended = format!("ended {}", wanted["ended_reason"].as_str().expect("a reason"));
            assert_eq!(call.raw_status.as_deref(), Some(ended.as_str()), "{name}");
            let rung = call.parts.iter().filter(|part| part.kind == PartKind::Ring).count();
            assert_eq!(rung as u64, wanted["targets_rung"], "{name}");
            assert_eq!(rung > 0, wanted["rang"], "{name}");
            let transfers: Vec<_> = events
                .iter()
                .filter(|event| event.call_id == id && matches!(event.stage, Stage::WarmTransfer | Stage::ColdTransfer))
                .map(|event| event.stage.name())
                .collect();
            assert_eq!(Value::from(transfers), wanted["transfers"], "{name}");
        }
    }
}

#[test]
fn what_every_capture_folds_into() {
    let mut text = String::new();
    for (name, events) in scenarios() {
        writeln!(text, "{name}").expect("text");
        for call in calls_of(&events) {
            let agent = call.agent_id.as_deref().unwrap_or("–");
            let client = call.client_number.as_deref().unwrap_or("–");
            let (direction, status) = (call.direction.name(), call.status.name());
            writeln!(text, "  {direction} {status}  agent {agent}  client {client}").expect("text");
            for part in parts(&call) {
                let agent = part.agent_key.as_deref().unwrap_or("–");
                writeln!(text, "    {} {agent} {}", part.kind.name(), part.outcome.name()).expect("text");
            }
        }
    }
    insta::assert_snapshot!(text);
}

fn all_events() -> Vec<Event> {
    static EVENTS: LazyLock<Vec<Event>> = LazyLock::new(|| scenarios().into_values().flatten().collect());
    EVENTS.clone()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn order_and_repetition_change_nothing(events in Just(all_events()).prop_shuffle(), again in 0..190usize) {
        let mut doubled = events.clone();
        doubled.extend_from_slice(&events[again.min(events.len())..]);
        static CALLS: LazyLock<Vec<Call>> = LazyLock::new(|| calls_of(&all_events()));
        prop_assert_eq!(&calls_of(&doubled), &*CALLS);
    }
}

#[test]
fn captures_hold_distinct_calls() {
    let ids: BTreeSet<_> = all_events().into_iter().map(|event| event.call_id).collect();
    assert_eq!(ids.len(), 63, "before merging");
    assert_eq!(calls_of(&all_events()).len(), 51);
}

#[test]
fn a_dirty_line_is_told_by_its_key() {
    let problem = |line: &str| {
        let problem = read(line, &utc()).expect_err("not a notification");
        (problem.column, problem.value)
    };
    let good = r#"{"call_id":"c","timestamp":"2026-06-01T08:00:01Z","status":"ringing","direction":"inbound"}"#;
    assert!(read(good, &utc()).is_ok());
    assert_eq!(problem(&good.replace("ringing", "rang")), ("status".into(), "rang".into()));
    assert_eq!(problem(&good.replace("inbound", "sideways")), ("direction".into(), "sideways".into()));
    assert_eq!(problem(&good.replace("2026-06-01T", "2026-06-99T")).0, "timestamp");
    assert_eq!(problem(&good.replace(r#""c""#, "[1]")), ("call_id".into(), "[1]".into()));
    assert_eq!(problem(&good.replace("call_id", "id")).0, "call_id");
    assert_eq!(problem(r#"{"scenario":"x","seq":0,"event":{}}"#).0, "status");
    assert_eq!(problem("[1]").0, "");
    assert_eq!(problem("{").0, "");
}
