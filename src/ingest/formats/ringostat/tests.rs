use std::collections::BTreeMap;

use proptest::prelude::*;
use rstest::rstest;
use serde_json::json;

use super::*;
use crate::domain::call::{Call, CallStatus, Direction};
use crate::domain::fold::{Ranked, parts};
use crate::domain::phone::Region;
use crate::ingest::Format;
use crate::zones::Zones;

/// The vendor's own sample, with invented people.
const SAMPLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/ringostat.json"));

fn reading() -> Reading {
    Reading {
        format: Format::Ringostat,
        project: "acme".into(),
        source: "ringostat".into(),
        zone: Zones::bundled().get("Europe/Kyiv").expect("a zone"),
        region: Region::parse("UA"),
        mapping: None,
        is_explained: false,
        encoding: None,
    }
}

fn of_item(item: Item) -> Ranked {
    match item {
        Item::Call(ranked) => *ranked,
        other => panic!("a row is a call: {other:?}"),
    }
}

fn try_read(value: &Value) -> Result<(Call, Noticed), Problem> {
    let mut noticed = Noticed::default();
    read_object(&value.to_string(), &reading(), &mut noticed).map(|item| (of_item(item).call, noticed))
}

fn row(over: Value) -> Value {
    let mut row = json!({
        "calldate": "2026-06-01 09:14:52", "uniqueid": "ua3_-1", "call_type": "in", "caller": "380671112233",
        "dst": "380445550101", "disposition": "ANSWERED"
    });
    for (key, value) in over.as_object().expect("an object") {
        row[key] = value.clone();
    }
    row
}

fn call(over: Value) -> Call {
    try_read(&row(over)).expect("a call").0
}

#[test]
fn the_sample_reads_as_its_people_would() {
    let list: Vec<Value> = serde_json::from_str(SAMPLE).expect("JSON");
    let calls: Vec<(Call, Vec<String>)> = list
        .iter()
        .map(|value| {
            let call = try_read(value).expect("a call").0;
            let parts =
                parts(&call).iter().map(|part| format!("{} {}", part.kind.name(), part.outcome.name())).collect();
            (call, parts)
        })
        .collect();
    let shown: Vec<Value> = calls
        .iter()
        .map(|(call, parts)| {
            let mut shown = serde_json::to_value(call).expect("JSON");
            let object = shown.as_object_mut().expect("an object");
            object.retain(|_, value| !value.is_null() && *value != json!([]) && *value != json!(""));
            for key in ["utm", "first_utm"] {
                object[key].as_object_mut().expect("a set").retain(|_, value| !value.is_null());
            }
            shown["derived_parts"] = json!(parts);
            shown
        })
        .collect();
    insta::assert_snapshot!(serde_json::to_string_pretty(&shown).expect("JSON"));
}

/// The vendor's words, for a call that comes in and one that goes out.
#[rstest]
#[case("ANSWERED", "answered", "answered")]
#[case("PROPER", "answered", "answered")]
#[case("REPEATED", "answered", "answered")]
#[case("CONNECTED", "answered", "answered")]
#[case("NO ANSWER", "missed_no_answer", "client_no_answer")]
#[case("NO+ANSWER", "missed_no_answer", "client_no_answer")]
#[case("no_answer", "missed_no_answer", "client_no_answer")]
#[case("BUSY", "missed_busy", "client_busy")]
#[case("VOICEMAIL", "missed_voicemail", "missed_voicemail")]
#[case("NO FORWARD", "missed_no_route", "missed_no_route")]
#[case("NO-FORWARD", "missed_no_route", "missed_no_route")]
#[case("CLIENT NO ANSWER", "client_no_answer", "client_no_answer")]
#[case("OPERATOR NO ANSWER", "missed_no_answer", "missed_no_answer")]
#[case("WRONG EXTENSION", "missed_ivr", "missed_ivr")]
#[case("NO EXTENSION", "missed_ivr", "missed_ivr")]
#[case("FAILED", "failed", "failed")]
#[case("DECLINE", "failed", "failed")]
#[case("FAILED FORBIDDEN DESTINATION", "forbidden", "forbidden")]
#[case("IN PROGRESS", "in_progress", "in_progress")]
#[case("CALLING", "in_progress", "in_progress")]
#[case("GLORP", "unknown", "unknown")]
fn every_word(#[case] word: &str, #[case] inbound: &str, #[case] outbound: &str) {
    let read = |kind: &str| call(json!({"disposition": word, "call_type": kind}));
    assert_eq!((read("in").status.name(), read("out").status.name()), (inbound, outbound));
    assert_eq!(read("callback").status.name(), outbound);
    assert_eq!(read("in").raw_status.as_deref(), Some(word), "the word stays beside what it means");
    assert_eq!(read("in").is_target, (word == "PROPER").then_some(true));
    assert_eq!(read("in").is_repeat, (word == "REPEATED").then_some(true));
}

#[rstest]
#[case(json!({"disposition": "NO ANSWER", "billsec": "12"}), "answered", Some(12))]
#[case(json!({"disposition": "GLORP", "billsec": "12"}), "answered", Some(12))]
#[case(json!({"disposition": "VOICEMAIL", "billsec": "12"}), "missed_voicemail", Some(0))]
#[case(json!({"disposition": "WRONG EXTENSION", "billsec": "12"}), "missed_ivr", Some(0))]
#[case(json!({"disposition": "CLIENT NO ANSWER", "billsec": "12", "call_type": "callback"}), "client_no_answer", Some(0))]
#[case(json!({"disposition": "ANSWERED", "billsec": ""}), "answered", None)]
#[case(json!({"disposition": "", "billsec": "12"}), "answered", Some(12))]
#[case(json!({"disposition": null, "billsec": "0"}), "unknown", Some(0))]
fn talk_before_words_but_for_machines(#[case] over: Value, #[case] status: &str, #[case] talk: Option<u32>) {
    let call = call(over);
    assert_eq!((call.status.name(), call.talk_sec), (status, talk));
}

#[rstest]
#[case("in", Direction::Inbound)]
#[case("out", Direction::Outbound)]
#[case("outgoing", Direction::Outbound)]
#[case("callback", Direction::Callback)]
#[case("transitin", Direction::Transit)]
#[case("transitout", Direction::Transit)]
#[case("fax", Direction::Unknown)]
fn every_direction(#[case] word: &str, #[case] expected: Direction) {
    let (call, noticed) = try_read(&row(json!({"call_type": word}))).expect("a call");
    assert_eq!(call.direction, expected);
    assert_eq!(noticed.unknown_direction.is_some(), expected == Direction::Unknown);
}

#[rstest]
#[case("\"shop_olena\" <shop_olena>")]
#[case("&quot;shop_olena&quot; &lt;shop_olena&gt;")]
#[case("shop_olena")]
fn our_own_calls_name_the_account(#[case] caller: &str) {
    let call = call(json!({"call_type": "out", "caller": caller, "dst": "0671112233"}));
    assert_eq!((call.agent_id.as_deref(), call.client_number.as_deref()), (Some("shop_olena"), Some("+380671112233")));
    assert_eq!((call.from_number.as_deref(), call.tracking_number), (Some("shop_olena"), None));
}

#[test]
fn who_answered_is_the_number_then_the_account_with_the_name_beside() {
    let all = json!({"employee_number": "104", "employee_fio": "Olena K.", "connected_with": "shop_olena"});
    let found = call(all);
    assert_eq!((found.agent_id.as_deref(), found.agent_name.as_deref()), (Some("104"), Some("Olena K.")));
    let account = call(json!({"connected_with": "&lt;shop_olena&gt;", "employee_fio": "NULL"}));
    assert_eq!((account.agent_id.as_deref(), account.agent_name), (Some("shop_olena"), None));
    let several = call(json!({"connected_with": "shop_olena, shop_ivan", "disposition": "NO ANSWER"}));
    assert_eq!(several.agent_id, None, "which of the phones is meant can't be told");
}

#[rstest]
#[case(json!({"caller": "\"Ivan\" <380671112233>"}), Some("+380671112233"))]
#[case(json!({"caller": "=\"380671112233\""}), Some("+380671112233"))]
#[case(json!({"caller": 380_671_112_233_i64}), Some("+380671112233"))]
#[case(json!({"caller": "3.80671112233E+11"}), Some("+380671112233"))]
#[case(json!({"caller": "3.80671E+11"}), None)]
#[case(json!({"caller": "anonymous", "caller_number": ""}), None)]
#[case(json!({"caller": "Ivan", "caller_number": "0671112233"}), Some("+380671112233"))]
fn callers_as_they_are_written(#[case] over: Value, #[case] client: Option<&str>) {
    assert_eq!(call(over).client_number.as_deref(), client);
}

#[test]
fn what_is_not_told_is_not_known() {
    let bare = call(json!({"disposition": "PROPER"}));
    assert_eq!((bare.wait_sec, bare.talk_sec, bare.duration_sec), (None, None, None));
    assert_eq!((bare.answered_at, bare.ended_at, bare.is_first_call), (None, None, None));
    let timed = call(json!({"waittime": "11", "billsec": "93", "duration": "104", "call_counter": 3}));
    let at = |moment: Option<crate::domain::instant::Instant>| moment.map(|at| at.to_string());
    assert_eq!(at(timed.answered_at).as_deref(), Some("2026-06-01T06:15:03Z"));
    assert_eq!(at(timed.ended_at).as_deref(), Some("2026-06-01T06:16:36Z"));
    assert_eq!(timed.is_first_call, Some(false));
    let by_milliseconds =
        call(json!({"duration_ms": "104500", "has_recording": "0", "recording": "https://x.example"}));
    assert_eq!((by_milliseconds.duration_sec, by_milliseconds.recording_url), (Some(104), None));
    let open = call(json!({"disposition": "IN PROGRESS", "duration": "5"}));
    assert_eq!((open.status, open.ended_at), (CallStatus::InProgress, None));
    let iso = call(json!({"calldate": "2026-06-01T09:14:52+0200"}));
    assert_eq!(iso.started_at.to_string(), "2026-06-01T07:14:52Z");
}

#[rstest]
#[case(json!({"calldate": ""}), "calldate", "")]
#[case(json!({"calldate": "01.06.2026"}), "calldate", "01.06.2026")]
#[case(json!({"billsec": "long"}), "billsec", "long")]
#[case(json!({"waittime": "-1"}), "waittime", "-1")]
#[case(json!({"proper_flag": "maybe"}), "proper_flag", "maybe")]
#[case(json!({"caller": {"number": 1}}), "caller", "{\"number\":1}")]
fn what_cant_be_read_is_named_as_the_file_names_it(#[case] over: Value, #[case] column: &str, #[case] value: &str) {
    let problem = try_read(&row(over)).expect_err("nothing to read");
    assert_eq!((problem.column.as_str(), problem.value.as_str()), (column, value));
}

#[test]
fn a_header_without_what_is_needed_is_refused() {
    let refused = layout(&["calldate", "caller"], &reading()).expect_err("too little");
    assert!(refused.contains("missing: call_type, disposition. It has: calldate, caller"), "{refused}");
    let found = layout(&["calldate", "call_type", "disposition", "referrer", "colour"], &reading()).expect("a layout");
    assert_eq!((found.ignored, found.columns[3]), (vec!["colour".to_owned()], column("refferrer")));
}

/// A row of the export, with the fields that somebody chose.
fn exported() -> impl Strategy<Value = BTreeMap<&'static str, String>> {
    let words = prop::sample::select(vec!["ANSWERED", "PROPER", "NO ANSWER", "BUSY", "VOICEMAIL", "IN PROGRESS", "X"]);
    let kinds = prop::sample::select(vec!["in", "out", "callback", "transitin"]);
    let callers = prop::sample::select(vec!["380671112233", "\"a\" <shop_a>", "", "anonymous", "3.8E+11"]);
    let seconds = || prop::sample::select(vec!["", "0", "7", "93"]);
    let text = || "[a-z;\"' \u{430}-\u{44f}]{0,6}";
    let numbers = (seconds(), seconds(), seconds());
    ((words, kinds, callers), numbers, (text(), text(), text()), 0..600u32).prop_map(|(words, numbers, texts, at)| {
        BTreeMap::from([
            ("calldate", format!("2026-06-01 {:02}:{:02}:00", at / 60, at % 60)),
            ("uniqueid", format!("ua-{at}")),
            ("disposition", words.0.to_owned()),
            ("call_type", words.1.to_owned()),
            ("caller", words.2.to_owned()),
            ("dst", "380445550101".to_owned()),
            ("waittime", numbers.0.to_owned()),
            ("billsec", numbers.1.to_owned()),
            ("duration", numbers.2.to_owned()),
            ("employee_fio", texts.0),
            ("utm_source", texts.1),
            ("category_mark", texts.2),
        ])
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_csv_and_the_json_of_the_same_calls_are_the_same_calls(rows in prop::collection::vec(exported(), 1..8)) {
        let mut csv = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
        csv.write_record(rows[0].keys()).expect("memory");
        for row in &rows {
            csv.write_record(row.values()).expect("memory");
        }
        let csv = csv.into_inner().expect("memory");
        let json = serde_json::to_vec(&rows).expect("JSON");
        let read = |bytes: &[u8]| {
            let mut calls = Vec::new();
            crate::ingest::file::read(bytes, &reading(), &mut |chunk| {
                assert_eq!(chunk.set_aside, []);
                calls.extend(chunk.items.into_iter().map(of_item));
                true
            })
            .expect("readable");
            calls
        };
        let (csv, json) = (read(&csv), read(&json));
        prop_assert_eq!(csv.len(), rows.len());
        prop_assert_eq!(csv, json);
    }
}
