use rstest::rstest;
use serde_json::{Value, json};

use super::*;
use crate::domain::call::{AnsweredBy, Call, CallStatus};
use crate::domain::phone::Region;
use crate::zones::Zones;

fn reading() -> Reading {
    Reading {
        format: crate::ingest::Format::Native,
        project: "acme".into(),
        source: "native".into(),
        zone: Zones::bundled().get("Europe/Kyiv").expect("a zone"),
        region: Region::parse("UA"),
        mapping: None,
        is_explained: false,
        encoding: None,
    }
}

fn try_read(value: &Value) -> Result<(Call, Noticed), Problem> {
    let mut noticed = Noticed::default();
    let (row, _) = Row::of_object(value)?;
    read(&row, &reading(), &mut noticed).map(|ranked| (ranked.call, noticed))
}

/// A minimal row with these values over it.
fn row(over: Value) -> Value {
    let mut row =
        json!({"call_id": "1", "started_at": "2026-06-01 09:14:52", "direction": "inbound", "status": "answered"});
    for (key, value) in over.as_object().expect("an object") {
        row[key] = value.clone();
    }
    row
}

fn call(over: Value) -> Call {
    try_read(&row(over)).expect("a call").0
}

fn problem(over: Value) -> (String, String) {
    let problem = try_read(&row(over)).expect_err("nothing to read");
    (problem.column, problem.value)
}

#[test]
fn a_full_row() {
    let call = call(json!({
        "answered_at": "2026-06-01T09:15:03+03:00", "ended_at": "2026-06-01T06:16:36Z", "from_number": "0671112233",
        "to_number": "+380445550101", "tracking_number": "380445550101", "wait_sec": "11", "talk_sec": 93,
        "duration_sec": "104.0", "agent_id": 104, "agent_name": "Olena K.", "is_target": "1", "is_repeat": false,
        "utm_source": "google", "first_utm_source": "bing", "tags": "vip | windows|", "cost": "0.0850", "currency": "uah",
        "raw": "ignored", "project_id": "acme", "legs": 1,
    }));
    assert_eq!(call.started_at.to_string(), "2026-06-01T06:14:52Z");
    assert_eq!(call.client_number.as_deref(), Some("+380671112233"));
    assert_eq!(call.from_number.as_deref(), Some("+380671112233"));
    assert_eq!(call.tracking_number.as_deref(), Some("+380445550101"));
    assert_eq!((call.wait_sec, call.talk_sec, call.duration_sec, call.ring_sec), (Some(11), Some(93), Some(104), None));
    assert_eq!((call.agent_id.as_deref(), call.is_target, call.is_repeat), (Some("104"), Some(true), Some(false)));
    assert_eq!((call.tags.as_slice(), call.cost_micro), (&["vip".to_owned(), "windows".to_owned()][..], Some(85_000)));
    assert_eq!((call.status, call.answered_by), (CallStatus::Answered, AnsweredBy::Human));
    assert_eq!((call.utm.source.as_deref(), call.first_utm.source.as_deref()), (Some("google"), Some("bing")));
}

#[rstest]
#[case(json!({"status": "missed_busy"}), "missed_busy")]
#[case(json!({"status": "", "raw_status": "NO ANSWER"}), "missed_no_answer")]
#[case(json!({"status": "", "raw_status": "NO ANSWER", "direction": "outbound"}), "client_no_answer")]
#[case(json!({"status": "", "raw_status": "BUSY", "direction": "callback"}), "client_busy")]
#[case(json!({"status": "Busy"}), "missed_busy")]
#[case(json!({"status": "missed_no_answer", "raw_status": "BUSY"}), "missed_no_answer")]
#[case(json!({"status": "unknown", "raw_status": "BUSY"}), "missed_busy")]
#[case(json!({"status": "", "raw_status": "GLORP"}), "unknown")]
#[case(json!({"status": "missed_no_answer", "talk_sec": 12}), "answered")]
#[case(json!({"status": "", "raw_status": "GLORP", "talk_sec": 12}), "answered")]
#[case(json!({"status": "missed_voicemail", "talk_sec": 12, "answered_by": "voicemail"}), "missed_voicemail")]
#[case(json!({"status": "in_progress", "talk_sec": 12}), "in_progress")]
#[case(json!({"status": "missed_no_answer", "talk_sec": 0}), "missed_no_answer")]
fn evidence_before_words(#[case] over: Value, #[case] expected: &str) {
    assert_eq!(call(over).status.name(), expected);
}

#[test]
fn an_unknown_word_is_kept_and_counted() {
    let (call, noticed) = try_read(&row(json!({"status": "", "raw_status": "GLORP"}))).expect("a call");
    assert_eq!((call.raw_status.as_deref(), noticed.unknown_status.as_deref()), (Some("GLORP"), Some("GLORP")));
    for told in
        [json!({"status": "GLORP", "talk_sec": 12}), json!({"status": "GLORP", "raw_status": "", "talk_sec": 12})]
    {
        let (call, noticed) = try_read(&row(told)).expect("a call");
        let told = (call.status, call.raw_status.as_deref(), noticed.unknown_status.as_deref());
        assert_eq!(told, (CallStatus::Answered, Some("GLORP"), Some("GLORP")), "talk decides, and the word is told");
    }
    let target = super::tests::call(json!({"status": "PROPER"}));
    assert_eq!((target.status, target.is_target), (CallStatus::Answered, Some(true)));
    assert_eq!(super::tests::call(json!({"raw_status": "REPEATED", "status": null})).is_repeat, Some(true));
}

#[rstest]
#[case(json!({"started_at": null}), "started_at", "")]
#[case(json!({"started_at": "soon"}), "started_at", "soon")]
#[case(json!({"direction": ""}), "direction", "")]
#[case(json!({"direction": "sideways"}), "direction", "sideways")]
#[case(json!({"status": " "}), "status", "")]
#[case(json!({"talk_sec": "-5"}), "talk_sec", "-5")]
#[case(json!({"talk_sec": "+5"}), "talk_sec", "+5")]
#[case(json!({"wait_sec": "1.x"}), "wait_sec", "1.x")]
#[case(json!({"wait_sec": [1]}), "wait_sec", "[1]")]
#[case(json!({"is_target": "maybe"}), "is_target", "maybe")]
#[case(json!({"cost": "1,5"}), "cost", "1,5")]
#[case(json!({"currency": "XYZ"}), "currency", "XYZ")]
#[case(json!({"answered_by": "cat"}), "answered_by", "cat")]
#[case(json!({"ended_at": "2026-06-31"}), "ended_at", "2026-06-31")]
#[case(json!({"project_id": "other"}), "project_id", "other")]
#[case(json!({"parts": "x"}), "parts", "\"x\"")]
#[case(json!({"parts": [{"kind": "song", "outcome": "answered"}]}), "parts.kind", "song")]
#[case(json!({"parts": [{"kind": "talk", "outcome": "fine"}]}), "parts.outcome", "fine")]
#[case(json!({"parts": [{"kind": "talk", "outcome": "answered", "talk_sec": "x"}]}), "parts.talk_sec", "x")]
fn what_cant_be_read_names_its_column(#[case] over: Value, #[case] column: &str, #[case] value: &str) {
    assert_eq!(problem(over), (column.to_owned(), value.to_owned()));
}

#[test]
fn withheld_callers_have_no_number() {
    for hidden in ["anonymous", "+31260xxxxxx", ""] {
        let call = call(json!({"from_number": hidden}));
        assert_eq!((call.from_number, call.client_number), (None, None));
    }
    let odd = call(json!({"from_number": "shop_olena"}));
    assert_eq!((odd.from_number.as_deref(), odd.client_number), (Some("shop_olena"), None));
    let out = call(json!({"direction": "outbound", "from_number": "201", "to_number": "0671112233"}));
    assert_eq!(out.client_number.as_deref(), Some("+380671112233"));
}

#[test]
fn a_row_without_an_id_has_one_of_its_own() {
    let made = call(json!({"call_id": null, "from_number": "+380671112233"}));
    assert!(made.id_is_synthetic);
    assert_eq!(made.call_id, call(json!({"call_id": "", "from_number": "0671112233"})).call_id);
    assert_ne!(made.call_id, call(json!({"call_id": null, "from_number": "+380671112234"})).call_id);
}

#[test]
fn parts_come_as_given() {
    let parts = json!([
        {"kind": "ring", "outcome": "elsewhere", "agent_key": "201", "ring_sec": 5},
        {"kind": "talk", "outcome": "answered", "agent_id": 202, "talk_sec": "60", "started_at": "2026-06-01 09:15:00"},
    ]);
    let call = call(json!({"parts": parts, "status": "missed_no_answer"}));
    assert_eq!(call.parts.len(), 2);
    assert_eq!(call.parts[1].agent_key.as_deref(), Some("202"));
    assert_eq!(call.status, CallStatus::Answered, "a person's talk is evidence");
}
