//! What a report must keep whatever the calls: parts sum to totals, masks hold in every text, quiet is not unknown.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::Value;

use crate::domain::cadence::Weekday;
use crate::domain::call::{CallStatus, Direction};
use crate::domain::document::{Block, Cell, Document, Text};
use crate::domain::ids::CallKey;
use crate::domain::period::Period;
use crate::domain::role::{Numbers, Scope};
use crate::domain::schedule::Format;
use crate::domain::slice::{CallFlags, CallRow, Slice};

use super::oracle::{any_calls, instant, request, slice};
use super::{ReportRequest, documents, render};

pub(super) fn document(request: &ReportRequest, slice: &Arc<Slice>) -> Document {
    documents(&[(request.clone(), slice.clone())]).expect("a document").remove(0)
}

/// What a person reads, block by block, without any renderer's taste.
pub(super) fn text(document: &Document) -> String {
    let mut lines = vec![
        format!("subject: {}", document.subject),
        format!("preview: {}", document.preview),
        format!("eyebrow: {}", document.eyebrow),
        format!("title:   {}", document.title),
    ];
    let cells = |row: &[Cell]| {
        row.iter()
            .map(|cell| cell.bar.map_or(cell.text.clone(), |bar| format!("{bar:.2}")))
            .collect::<Vec<_>>()
            .join(" | ")
    };
    for block in &document.blocks {
        match block {
            Block::Lead(text) => lines.push(format!("lead:    {}", text.to_plain())),
            Block::Callout(text) => lines.push(format!("callout: {}", text.to_plain())),
            Block::Button { label, link } => lines.push(format!("button:  {label} {link:?}")),
            Block::Cards(cards) => lines.extend(cards.iter().map(|card| {
                format!(
                    "card:    {} | {} | {} | {} | {:?}",
                    card.label, card.value, card.change, card.detail, card.tone
                )
            })),
            Block::Heading { text, caption, .. } => {
                let caption = caption.as_ref().map(Text::to_plain).unwrap_or_default();
                lines.push(format!("\n# {text} ({caption})"));
            }
            Block::Table(table) => {
                let labels: Vec<&str> = table.columns.iter().map(|column| column.label.as_str()).collect();
                lines.push(labels.join(" | "));
                lines.extend(table.rows.iter().map(|row| cells(row)));
                lines.extend(table.total.iter().map(|row| format!("-- {}", cells(row))));
                lines.extend(table.more.iter().map(|more| format!("   {more}")));
            }
            Block::List(list) => {
                let table = list.in_mail();
                let labels: Vec<&str> = table.columns.iter().map(|column| column.label.as_str()).collect();
                lines.push(labels.join(" | "));
                lines.extend(table.rows.iter().map(|row| cells(row)));
                lines.extend(table.more.iter().map(|more| format!("   {more}")));
            }
            Block::Columns(chart) => lines.push(chart.summary.clone()),
            Block::HeatMap(map) => {
                lines.push(map.summary.clone());
                lines.extend(map.rows.iter().map(|row| {
                    let hours = row.hours.iter().map(|hour| hour.map_or("x".to_owned(), |calls| calls.to_string()));
                    format!("{} {}", row.label, hours.collect::<Vec<_>>().join(" "))
                }));
            }
            Block::Shares(shares) => lines.push(shares.summary.clone()),
            Block::Facts(facts) => lines.push(format!("{facts:?}")),
            Block::Paragraph(text) | Block::Note(text) => lines.push(text.to_plain()),
        }
    }
    lines.push(String::new());
    lines.extend(document.foot.iter().map(Text::to_plain));
    lines.join("\n").replace('\u{a0}', "~")
}

/// Every text of a document, numbers of its JSON included.
fn all_texts(document: &Document) -> String {
    serde_json::to_string(document).expect("a document is data")
}

fn call(n: i64, at: &str, direction: Direction, status: CallStatus, client: Option<i64>) -> CallRow {
    CallRow {
        key: CallKey(n),
        started_at: instant(at),
        source: 1,
        direction,
        status,
        client,
        tracking: Some(380_445_550_101),
        agent: status.is_answered().then_some(n % 3 + 1),
        attribution: (n % 5 > 0).then_some(n % 5),
        wait_sec: Some(9 + (n % 7) as u32),
        talk_sec: Some(if status.is_answered() { 120 + n as u32 } else { 0 }),
        flags: CallFlags(0),
    }
}

/// Two weeks of invented calls with a bad Tuesday morning.
pub(super) fn two_weeks() -> Vec<CallRow> {
    let mut calls = Vec::new();
    let begin = instant("2026-11-01T22:00:00Z");
    for n in 0..400_i64 {
        let day = n % 14;
        let at = begin.plus_seconds(day * 86_400 + (9 + n % 9) * 3600 + n * 7 % 3600);
        let bad = day == 8 && n % 9 < 3;
        let status = if bad || n % 17 == 0 { CallStatus::MissedNoAnswer } else { CallStatus::Answered };
        let client = (n % 23 != 0).then_some(380_671_110_000 + n * 37 % 9000);
        calls.push(CallRow {
            started_at: at,
            ..call(n + 1, "2026-11-01T22:00:00Z", Direction::Inbound, status, client)
        });
    }
    for n in 0..30_i64 {
        let at = begin.plus_seconds(9 * 86_400 + n * 3000);
        let status = if n % 3 == 0 { CallStatus::ClientNoAnswer } else { CallStatus::Answered };
        let client = Some(380_671_110_000 + n * 17 * 37 % 9000);
        calls.push(CallRow {
            started_at: at,
            ..call(1000 + n, "2026-11-01T22:00:00Z", Direction::Outbound, status, client)
        });
    }
    calls
}

/// Who waits longer than two weeks is counted in a line and not listed.
#[test]
fn who_waits_for_over_two_weeks_is_a_line_below_the_list() {
    let request = request();
    let missed = |n, at, client| call(n, at, Direction::Inbound, CallStatus::MissedNoAnswer, Some(client));
    let old = [missed(1, "2026-10-20T08:00:00Z", 380_671_110_001), missed(2, "2026-10-21T08:00:00Z", 380_671_110_002)];
    let fresh = missed(3, "2026-11-10T08:00:00Z", 380_671_110_003);
    let said = |calls: Vec<CallRow>| text(&document(&request, &slice(request.slice_request(), calls, Vec::new())));
    let both = said([&old[..], &[fresh]].concat());
    assert!(both.contains("2 more callers have waited for over 14 days."), "{both}");
    assert!(!both.contains("111 00 01"), "{both}");
    assert!(said(vec![old[0], fresh]).contains("1 more caller has waited for over 14 days."));
    assert!(!said(vec![fresh]).contains("14 days"));
}

/// A title is read as what is to be done: whoever was reached since doesn't wait, however long they had waited.
#[test]
fn who_was_reached_since_waits_no_more_however_long_they_did() {
    let request = request();
    let missed = |n, at, client| call(n, at, Direction::Inbound, CallStatus::MissedNoAnswer, Some(client));
    let (old, fresh) = (380_671_110_001, 380_671_110_002);
    let both = [missed(1, "2026-10-20T08:00:00Z", old), missed(2, "2026-11-10T08:00:00Z", fresh)];
    let after = request.period.to().plus_seconds(60).to_string();
    assert!(request.made_at > request.period.to().plus_seconds(60));
    let back = |n, client| call(n, &after, Direction::Outbound, CallStatus::Answered, Some(client));
    let title = |since: &[CallRow]| {
        let calls = [&both[..], since].concat();
        document(&request, &slice(request.slice_request(), calls, Vec::new())).title
    };
    assert_eq!(title(&[]), "Two callers still wait for a call back");
    let one_left = "One caller still waits for a call back; 1 reached since";
    assert_eq!(title(&[back(3, old)]), one_left);
    assert_eq!(title(&[back(3, fresh)]), one_left);
    assert_eq!(title(&[back(3, old), back(4, fresh)]), "Every caller who waited has been reached since");
}

#[test]
fn a_week_reads_well() {
    let request = request();
    let document = document(&request, &slice(request.slice_request(), two_weeks(), Vec::new()));
    insta::assert_snapshot!(text(&document));
    assert_eq!(document.file_stem, "acme-2026-11-09-summary");
}

#[test]
fn the_heat_map_s_week_begins_when_the_readers_does() {
    let labels = |week_start| {
        let mut request = request();
        request.project.week_start = week_start;
        let document = document(&request, &slice(request.slice_request(), two_weeks(), Vec::new()));
        let map = document.blocks.into_iter().find_map(|block| match block {
            Block::HeatMap(map) => Some(map),
            _ => None,
        });
        map.expect("a heat map").rows.into_iter().map(|row| row.label).collect::<Vec<_>>()
    };
    assert_eq!(labels(Weekday::Mon), ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
    assert_eq!(labels(Weekday::Sun), ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]);
    assert_eq!(labels(Weekday::Sat)[..2], ["Sat", "Sun"]);
}

#[test]
fn no_calls_and_no_data_are_different_sentences() {
    let request = request();
    let quiet = document(&request, &slice(request.slice_request(), Vec::new(), Vec::new()));
    insta::assert_snapshot!("no_calls", text(&quiet));
    let mut silent = (*slice(request.slice_request(), Vec::new(), Vec::new())).clone();
    for source in silent.sources.values_mut() {
        source.spans.clear();
        source.last_event_at = Some(instant("2026-11-08T16:02:00Z"));
    }
    let silent = document(&request, &Arc::new(silent));
    insta::assert_snapshot!("no_data", text(&silent));
    assert!(silent.data.as_ref().is_some_and(|data| data.figures.values().all(|figure| figure.value.is_none())));
}

#[test]
fn a_late_sample_of_a_week_with_a_silent_sunday_says_all_of_it() {
    let mut request = request();
    request.is_sample = true;
    request.made_at = request.made_at.plus_seconds(2 * 3600 + 42 * 60);
    let mut slice = (*slice(request.slice_request(), two_weeks(), Vec::new())).clone();
    for source in slice.sources.values_mut() {
        let span = source.spans[0];
        source.spans = vec![Period::new(span.from(), instant("2026-11-15T15:40:00Z")).expect("a span")];
    }
    let document = document(&request, &Arc::new(slice));
    let said: Vec<String> = document
        .blocks
        .iter()
        .filter_map(|block| if let Block::Callout(text) = block { Some(text.to_plain()) } else { None })
        .collect();
    assert_eq!(
        said,
        [
            "Calls of Sunday after 17:40 are missing (source “Main PBX” silent).",
            "This is a sample. The scheduled report comes as always.",
            "Due 08:00, made 10:42.",
        ]
    );
    assert!(matches!(document.blocks.first(), Some(Block::Callout(_))), "what is missing is the first line");
    assert!(document.subject.starts_with("Sample: "));
    let data = document.data.expect("a report has data");
    assert_eq!(data.compared_with_local, None, "half a week is never compared with a whole one");
    assert!(data.figures.values().all(|figure| figure.previous.is_none() && figure.delta.is_none()));
}

#[test]
fn a_clear_fall_is_told_with_what_drove_it() {
    let request = request();
    let begin = instant("2026-11-01T22:00:00Z");
    let mut calls = Vec::new();
    for n in 0..280_i64 {
        let at = begin.plus_seconds(n % 14 * 86_400 + (8 + n / 14 % 10) * 3600 + n);
        let status = if n % 40 == 9 { CallStatus::MissedAbandoned } else { CallStatus::Answered };
        let client = Some(380_671_110_000 + n);
        calls.push(CallRow {
            started_at: at,
            ..call(n + 1, "2026-11-01T22:00:00Z", Direction::Inbound, status, client)
        });
    }
    for n in 0..14 {
        // The second Tuesday from 10:05 on, and some elsewhere.
        let at = if n < 10 { 8 * 86_400 + 10 * 3600 + 300 + n * 600 } else { n * 86_400 + 9 * 3600 };
        let client = Some(380_671_120_000 + n);
        let missed = call(900 + n, "2026-11-01T22:00:00Z", Direction::Inbound, CallStatus::MissedNoAnswer, client);
        calls.push(CallRow { started_at: begin.plus_seconds(at), ..missed });
    }
    let document = document(&request, &slice(request.slice_request(), calls, Vec::new()));
    insta::assert_snapshot!("a_clear_fall", text(&document).lines().take(12).collect::<Vec<_>>().join("\n"));
}

#[test]
fn an_agent_without_a_known_key_sees_nothing() {
    let mut request = request();
    request.rights.scope = Scope::Nothing;
    let document = document(&request, &slice(request.slice_request(), two_weeks(), Vec::new()));
    let shown = text(&document);
    assert!(!shown.contains("Olena") && !shown.contains("google"), "{shown}");
    assert!(document.blocks.iter().all(|block| matches!(block, Block::Lead(_))));
}

fn json(document: &Document) -> Value {
    let rendered = render::render(document, Format::Json).expect("JSON can be drawn");
    serde_json::from_slice(&rendered.bytes).expect("JSON")
}

fn schema() -> Value {
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/guide/report.schema.json"));
    serde_json::from_str(text).expect("the schema is JSON")
}

/// A record for every call of the slice, with the client's number wherever a source may have put it.
fn with_records(slice: &Arc<Slice>) -> Arc<Slice> {
    let mut slice = (**slice).clone();
    for row in &slice.calls {
        let client = row.client.map(|client| format!("+{client}"));
        let record = serde_json::json!({
            "call_id": format!("c-{}", row.key.0), "source": "Main PBX", "direction": row.direction.name(),
            "started_at": row.started_at, "from_number": client, "to_number": client, "client_number": client,
            "status": row.status.name(), "answered_by": "human", "utm": {}, "first_utm": {}, "tags": ["x", client],
            "comment": client.as_ref().map(|number| format!("call {} again", number.replace("+380", "0"))),
            "landing": client.as_ref().map(|number| format!("https://example.com/?tel={number}")),
            "agent_id": client, "cost_micro": 250_000, "currency": "EUR", "recording_url": "https://rec.example/1",
            "id_is_synthetic": false, "parts": [],
        });
        let mut record = record;
        if client.is_none() {
            record["tags"] = serde_json::json!([]);
        }
        slice.records.insert(row.key, serde_json::from_value(record).expect("a canonical record"));
    }
    Arc::new(slice)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn parts_sum_to_totals_and_the_json_keeps_its_contract((calls, parts) in any_calls(60)) {
        let mut request = request();
        request.spec.sections.push(crate::domain::report_spec::SectionId::CallList);
        let slice = with_records(&slice(request.slice_request(), calls, parts));
        let json = json(&document(&request, &slice));
        let found = super::schema_check::complaints(&schema(), &json);
        prop_assert!(found.is_empty(), "{}", found.join("\n"));
        let figure = |name: &str| json["figures"][name]["value"].as_f64();
        let sum = |table: &str, column: &str| -> f64 {
            json["tables"][table].as_array().into_iter().flatten().filter_map(|row| row[column].as_f64()).sum()
        };
        let (calls, answered, missed) =
            (figure("totals.calls").unwrap(), figure("totals.answered").unwrap(), figure("totals.missed").unwrap());
        prop_assert_eq!(calls, answered + missed);
        for table in ["sources", "by_day", "by_hour"] {
            prop_assert_eq!(sum(table, "calls"), calls, "{}", table);
            prop_assert_eq!(sum(table, "answered"), answered, "{}", table);
        }
        prop_assert_eq!(sum("agents", "answered"), answered);
        prop_assert_eq!(sum("by_day", "missed"), missed);
        let groups = ["no_answer", "hung_up", "busy", "voicemail", "no_route"];
        let in_groups: f64 = groups.iter().filter_map(|group| figure(&format!("totals.missed_{group}"))).sum();
        prop_assert_eq!(in_groups, missed);
        let left_out: u64 = json["data"]["left_out"].as_object().unwrap().values().filter_map(Value::as_u64).sum();
        let inbound = slice.calls.iter().filter(|call| call.direction == Direction::Inbound).count();
        prop_assert_eq!(calls as u64 + left_out, inbound as u64, "calls in + left out = all inbound calls");
        match (figure("totals.answer_rate"), figure("totals.missed_rate")) {
            (Some(answer), Some(missed)) => prop_assert!((answer + missed - 1.0).abs() < 1e-12),
            (None, None) => prop_assert_eq!(calls, 0.0),
            _ => prop_assert!(false, "one rate without the other"),
        }
        let requests = figure("totals.callback_requests").unwrap();
        prop_assert!(figure("totals.callback_reached").unwrap() <= requests);
        let waiting = slice.entries.iter().filter(|entry| entry.is_open_at(request.period.to())).count();
        prop_assert_eq!(figure("totals.to_call_back").unwrap() as usize, waiting);
    }

    #[test]
    fn masks_hold_in_every_text_and_in_the_json((calls, parts) in any_calls(40)) {
        let mut request = request();
        request.spec.sections.push(crate::domain::report_spec::SectionId::CallList);
        request.rights.money = false;
        request.rights.recordings = false;
        let slice = with_records(&slice(request.slice_request(), calls, parts));
        for numbers in [Numbers::None, Numbers::Last4] {
            request.rights.numbers = numbers;
            let document = document(&request, &slice);
            let json = json(&document);
            // Times and call ids have digits of their own; every other text must not tell a number.
            let mut texts = vec![document.file_stem.clone(), document.subject.clone(), text(&document)];
            for row in json["tables"]["call_list"].as_array().unwrap().iter().chain(json["tables"]["to_call_back"].as_array().unwrap()) {
                for (name, value) in row.as_object().unwrap() {
                    if !name.ends_with("_at") && name != "call_id" && name != "tracking_number" {
                        texts.push(value.to_string());
                    }
                }
                prop_assert!(row.get("cost").is_none() && row.get("recording_url").is_none());
            }
            for client in slice.calls.iter().filter_map(|call| call.client) {
                let number = client.to_string();
                let told = if numbers == Numbers::Last4 { &number[number.len() - 5..] } else { &number[number.len() - 4..] };
                for text in &texts {
                    let bare: String = text.chars().filter(|c| !matches!(c, ' ' | '~' | '-' | '\u{a0}')).collect();
                    prop_assert!(!bare.contains(told), "{:?} tells {} in {}", numbers, number, text);
                }
            }
            prop_assert!(!all_texts(&document).contains("\"tel\""), "a link would tell the number");
            let has_button = document.blocks.iter().any(|block| matches!(block, Block::Button { .. }));
            prop_assert!(!has_button, "the button would call the number");
        }
    }
}

#[test]
#[ignore = "a measurement, not a test: cargo test --lib how_long -- --ignored --nocapture"]
fn how_long_a_batch_takes() {
    for (reports, repeat) in [(1, 50), (100, 5), (500, 2)] {
        let request = request();
        let batch: Vec<_> =
            (0..reports).map(|_| (request.clone(), slice(request.slice_request(), two_weeks(), Vec::new()))).collect();
        let clock = std::time::Instant::now();
        for _ in 0..repeat {
            assert_eq!(documents(&batch).expect("documents").len(), reports);
        }
        let each = clock.elapsed().as_secs_f64() * 1000.0 / f64::from(repeat) / reports as f64;
        println!("{reports} reports of 430 calls in one frame: {each:.2} ms a report");
    }
}
