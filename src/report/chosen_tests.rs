//! Tests only: a report of chosen calls lists, counts and names what was chosen and nothing else, and whoever may not see
//! something is told no more of it by the choice.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::domain::call::{Call, CallStatus, Direction};
use crate::domain::digits::digit;
use crate::domain::document::{Block, Document};
use crate::domain::filters::Filters;
use crate::domain::ids::CallKey;
use crate::domain::period::Period;
use crate::domain::presets::preset;
use crate::domain::project::AgentsShown;
use crate::domain::report_spec::SectionId;
use crate::domain::role::{Numbers, ROLES, Rights, Role, Scope};
use crate::domain::schedule::Format;
use crate::domain::slice::{CallRow, Slice};

use super::ReportRequest;
use super::masks_hold::{artefacts, told};
use super::oracle::{any_one_call, instant, request, slice, with_facts};
use super::tests::{document, text, two_weeks};

const OURS: &str = "+380445550101";

fn record(row: &CallRow, from: Option<&str>, to: Option<&str>) -> Call {
    let client = row.client.map(|client| format!("+{client}"));
    let call = json!({
        "call_id": format!("c-{}", row.key.0), "source": "Main PBX", "direction": row.direction.name(),
        "started_at": row.started_at, "from_number": from, "to_number": to, "client_number": client,
        "tracking_number": row.tracking.map(|number| format!("+{number}")), "status": row.status.name(),
        "answered_by": "none", "utm": {}, "first_utm": {}, "tags": [], "id_is_synthetic": false, "parts": [],
    });
    serde_json::from_value(call).expect("a canonical record")
}

/// A call of every direction and status, all in the first hour of the period.
fn of_every_kind() -> Vec<CallRow> {
    let kinds =
        Direction::ALL.iter().flat_map(|direction| CallStatus::ALL.iter().map(move |status| (direction, status)));
    kinds
        .enumerate()
        .map(|(n, (direction, status))| CallRow {
            key: CallKey(n as i64 + 1),
            started_at: instant("2026-11-09T08:00:00Z").plus_seconds(n as i64 * 20),
            direction: *direction,
            status: *status,
            client: (*direction == Direction::Inbound).then_some(380_671_110_000 + n as i64),
            tracking: Some(380_445_550_101),
            ..any_one_call()
        })
        .collect()
}

fn with_records(request: &ReportRequest, calls: Vec<CallRow>) -> Arc<Slice> {
    let mut slice = Slice::clone(&slice(request.slice_request(), calls, Vec::new()));
    let rows = slice.calls.clone();
    slice.records.extend(rows.iter().map(|row| (row.key, record(row, Some("+380509998877"), Some(OURS)))));
    Arc::new(slice)
}

fn rows<'d>(document: &'d Document, table: &str) -> Vec<&'d serde_json::Map<String, Value>> {
    let tables = &document.data.as_ref().expect("data").tables;
    tables.get(table).into_iter().flatten().collect()
}

#[test]
fn a_list_of_missed_calls_has_as_many_as_the_figure() {
    let preset = ReportRequest { spec: preset("missed").expect("a preset"), ..request() };
    let mut filtered = request();
    filtered.spec.sections = SectionId::ALL.to_vec();
    filtered.spec.filters.status = vec!["missed".into()];
    for request in [preset, filtered] {
        let document = document(&request, &with_records(&request, of_every_kind()));
        let missed = document.data.as_ref().expect("data").figures["totals.missed"].value.expect("known") as usize;
        let listed = rows(&document, "call_list");
        assert_eq!((listed.len(), missed > 0), (missed, true));
        assert!(listed.iter().all(|row| row["direction"] == "inbound"), "{listed:?}");
    }
}

#[test]
fn a_report_of_what_is_left_out_counts_it() {
    let mut request = request();
    request.spec = preset("call-log").expect("a preset");
    request.spec.filters.status = vec!["left_out".into()];
    let document = document(&request, &with_records(&request, of_every_kind()));
    let n = rows(&document, "call_list").len();
    assert!(n > 1);
    let seen = text(&document);
    assert!(seen.contains(&format!("lead:    {n} calls.")), "{seen}");
    assert!(seen.contains(&format!("card:    Calls | {n} |")), "{seen}");
    assert!(!seen.contains("went out"), "{seen}");
}

/// A call of every direction between two numbers that aren't the project's, in every way to write them.
fn between_strangers(request: &ReportRequest) -> (Arc<Slice>, BTreeSet<String>) {
    let mut calls = Vec::new();
    let mut strangers = BTreeSet::new();
    let mut records = Vec::new();
    for (n, direction) in Direction::ALL.iter().enumerate() {
        let [one, other] = [format!("99878{n}9879787"), format!("99879{n}7897898")];
        strangers.extend([one.clone(), other.clone()]);
        let client = match direction {
            Direction::Inbound => one.parse().ok(),
            Direction::Outbound | Direction::Callback => other.parse().ok(),
            _ => None,
        };
        let status = CallStatus::Answered;
        let at = instant("2026-11-09T08:00:00Z").plus_seconds(n as i64 * 600);
        let row = CallRow {
            key: CallKey(n as i64 + 1),
            started_at: at,
            direction: *direction,
            status,
            client,
            ..any_one_call()
        };
        let wide = |text: &str| -> String {
            text.chars().map(|c| char::from_u32(u32::from(c) - u32::from('0') + 0xff10).expect("a digit")).collect()
        };
        let arabic = |text: &str| -> String {
            text.chars().map(|c| char::from_u32(u32::from(c) - u32::from('0') + 0x660).expect("a digit")).collect()
        };
        let mut call = record(&row, Some(&format!("+{one}")), Some(&format!("sip:+{other}@pbx.example")));
        call.call_id = format!("id-{one}");
        call.linked_id = Some(other.clone());
        call.client_id = Some(format!("1.{one}"));
        call.comment = Some(format!("{} then {}", wide(&one), arabic(&other)));
        call.department = Some(format!("Sales {}", wide(&other)));
        call.tags = vec![format!("+{other}")];
        calls.push(row);
        records.push((row.key, call));
    }
    let mut slice = Slice::clone(&slice(request.slice_request(), calls, Vec::new()));
    slice.records.extend(records);
    (Arc::new(slice), strangers)
}

#[test]
fn neither_side_of_a_call_of_any_direction_tells_more_than_allowed_in_any_format() {
    let mut request = request();
    request.spec = preset("call-log").expect("a preset");
    let columns =
        ["direction", "client_number", "from_number", "to_number", "call_id", "linked_id", "client_id", "comment"];
    request.spec.options.columns = columns.map(str::to_owned).to_vec();
    let (slice, strangers) = between_strangers(&request);
    for line in ROLES {
        for most in Numbers::ALL {
            request.rights = Rights { scope: Scope::Project, ..Rights::of(&[line.role], Some("201")).narrowed(most) };
            let document = document(&request, &slice);
            if request.rights.numbers == Numbers::Full {
                let shown: BTreeSet<String> =
                    rows(&document, "call_list").iter().map(|row| row["from_number"].to_string()).collect();
                assert_eq!(shown.len(), Direction::ALL.len(), "those who may see numbers do");
                continue;
            }
            for (form, texts) in artefacts(&document) {
                for text in texts {
                    let plain = |letter| digit(letter).map_or(letter, |value| char::from(b'0' + value));
                    let bare = super::masks_hold::bare(&text.chars().map(plain).collect::<String>());
                    assert!(!text.contains("+…"), "{}, {form}: {text}", line.name);
                    for run in strangers.iter().flat_map(|number| told(number, request.rights.numbers)) {
                        assert!(
                            !text.contains(run) && !bare.contains(run),
                            "{}, {form}: `{run}` in `{text}`",
                            line.name
                        );
                    }
                }
            }
            for row in rows(&document, "call_list") {
                for id in ["call_id", "linked_id", "client_id"] {
                    assert_eq!(row[id], Value::Null, "half an id is another one's");
                }
                let last_four = |side: &str| row[side].as_str().map(|text| text.starts_with('…'));
                let masked = (request.rights.numbers == Numbers::Last4).then_some(true);
                assert_eq!((last_four("from_number"), last_four("to_number")), (masked, masked), "{row:?}");
            }
        }
    }
}

#[test]
fn the_project_s_own_numbers_are_no_secret_and_short_ones_of_others_are() {
    let mut request = request();
    request.spec = preset("call-log").expect("a preset");
    request.rights = Rights::of(&[Role::Viewer], None);
    let inner = CallRow { key: CallKey(1), direction: Direction::Internal, client: None, ..any_one_call() };
    let inbound = CallRow { key: CallKey(2), tracking: Some(380_445_550_101), ..any_one_call() };
    let mut slice = Slice::clone(&slice(request.slice_request(), vec![inner, inbound], Vec::new()));
    slice.records.insert(inner.key, record(&inner, Some("201"), Some("12345")));
    slice.records.insert(inbound.key, record(&inbound, Some("+380671112233"), Some("0445550101")));
    let document = document(&request, &Arc::new(slice));
    let sides: Vec<[&Value; 2]> =
        rows(&document, "call_list").into_iter().map(|row| [&row["from_number"], &row["to_number"]]).collect();
    assert_eq!(sides, [[&json!("201"), &Value::Null], [&json!("…2233"), &json!("0445550101")]]);
}

#[test]
fn a_number_is_withheld_only_where_the_caller_hid_it() {
    let mut request = request();
    request.spec = preset("call-log").expect("a preset");
    let row = |n: i64, direction| CallRow { key: CallKey(n), direction, client: None, ..any_one_call() };
    let calls = vec![
        row(1, Direction::Internal),
        row(2, Direction::Transit),
        row(3, Direction::Unknown),
        row(4, Direction::Inbound),
        row(5, Direction::Inbound),
        row(6, Direction::Outbound),
    ];
    let mut slice = Slice::clone(&slice(request.slice_request(), calls.clone(), Vec::new()));
    for (call, from) in calls.iter().zip([Some("201"), Some("+380509998877"), Some("12345"), None, Some("shop"), None])
    {
        slice.records.insert(call.key, record(call, from, None));
    }
    let slice = Arc::new(slice);
    let callers = |request: &ReportRequest| -> Vec<String> {
        let document = document(request, &slice);
        let list = document.blocks.iter().find_map(|block| match block {
            Block::List(list) => Some(&list.table),
            _ => None,
        });
        let table = list.expect("a list");
        let at = table.columns.iter().position(|column| column.label == "Caller").expect("callers");
        table.rows.iter().map(|row| row[at].text.clone()).collect()
    };
    assert_eq!(callers(&request), ["201", "+380\u{a0}50\u{a0}999\u{a0}8877", "12345", "withheld", "shop", "–"]);
    request.rights = Rights::of(&[Role::Viewer], None);
    assert_eq!(callers(&request), ["201", "…8877", "number hidden", "withheld", "shop", "–"]);
}

#[test]
fn of_people_only_the_chosen_ones_have_a_line() {
    let mut request = request();
    let whole = document(&request, &slice(request.slice_request(), two_weeks(), Vec::new()));
    assert!(rows(&whole, "agents").len() >= 3);
    request.spec.filters = Filters { agent: vec!["201".into()], ..Filters::default() };
    let mut slice = Slice::clone(&slice(request.slice_request(), two_weeks(), Vec::new()));
    // Phones of the chosen one rang for calls that a colleague took.
    slice.parts = slice
        .calls
        .iter()
        .filter(|call| call.agent == Some(2))
        .map(|call| crate::domain::slice::PartRow {
            call: call.key,
            agent: Some(1),
            kind: crate::domain::call::PartKind::Ring,
            ring_sec: None,
            outcome: crate::domain::call::PartOutcome::Elsewhere,
            talk_sec: None,
        })
        .collect();
    let chosen = document(&request, &Arc::new(slice));
    let seen = text(&chosen);
    let named: Vec<&Value> = rows(&chosen, "agents").into_iter().map(|row| &row["agent_name"]).collect();
    assert_eq!(named, [&json!("Olena K.")], "{seen}");
    assert!(seen.contains("more by colleagues"), "{seen}");
}

#[test]
fn a_report_of_calls_out_says_who_made_them_or_why_nobody_is_named() {
    let mut request = request();
    request.spec.filters.direction = vec!["outbound".into()];
    let nobody = text(&document(&request, &slice(request.slice_request(), two_weeks(), Vec::new())));
    let missed = CallRow { status: CallStatus::MissedNoAnswer, ..any_one_call() };
    let back = CallRow {
        key: CallKey(2),
        started_at: missed.started_at.plus_seconds(600),
        direction: Direction::Outbound,
        agent: Some(1),
        ..missed
    };
    let back = CallRow { status: CallStatus::Answered, ..back };
    let seen = text(&document(&request, &slice(request.slice_request(), vec![missed, back], Vec::new())));
    assert!(seen.contains("# People") && seen.contains("Olena K. | 1 | 1 · 1\n"), "{seen}");
    let out = CallRow { client: Some(380_509_998_877), ..back };
    let fresh = text(&document(&request, &slice(request.slice_request(), vec![out], Vec::new())));
    assert!(fresh.contains("Olena K. | 0 | 1 · 1\n"), "nobody waited for this call: {fresh}");
    let out = CallRow { agent: None, ..out };
    let none = text(&document(&request, &slice(request.slice_request(), vec![out], Vec::new())));
    assert!(none.contains("People aren't shown: nobody here"), "{none}");
    assert!(nobody.contains("# People") || nobody.contains("People aren't shown"), "{nobody}");
}

#[test]
fn a_reader_who_may_see_none_of_the_columns_gets_the_usual_ones() {
    let mut request = request();
    request.spec = preset("call-log").expect("a preset");
    request.spec.options.columns = vec!["cost".into(), "currency".into(), "recording_url".into()];
    request.rights = Rights::of(&[Role::Viewer], None);
    let document = document(&request, &with_records(&request, of_every_kind()));
    let columns = &document.data.as_ref().expect("data").columns["call_list"];
    assert!(columns.iter().any(|column| column.name == "started_at"), "{columns:?}");
    assert!(!columns.iter().any(|column| ["cost", "recording_url"].contains(&column.name.as_str())), "{columns:?}");
    for (form, texts) in artefacts(&document).into_iter().skip(1) {
        assert!(texts.join(" ").contains("0006"), "{form} lists nothing: {texts:?}");
    }
}

#[test]
fn without_rates_the_figures_tell_how_the_counts_changed() {
    let mut request = request();
    request.rights.scope = Scope::Agent("201".into());
    let seen = text(&document(&request, &slice(request.slice_request(), two_weeks(), Vec::new())));
    let (_, figures) = seen.split_once("# All figures").expect("figures");
    let answered = figures.lines().find(|line| line.starts_with("Answered | ")).expect("a row of counts");
    assert!(!answered.contains('–') && !figures.contains("rate |"), "{figures}");
}

/// Calls of ours, some of which reached somebody, and callers who waited.
fn ours_and_theirs() -> Vec<CallRow> {
    let one = any_one_call();
    let calls = [
        (1, Direction::Inbound, CallStatus::MissedNoAnswer, None),
        (2, Direction::Outbound, CallStatus::ClientNoAnswer, Some(1)),
        (3, Direction::Outbound, CallStatus::Answered, Some(1)),
        (4, Direction::Inbound, CallStatus::MissedNoAnswer, None),
        (5, Direction::Callback, CallStatus::MissedNoAnswer, Some(1)),
        (6, Direction::Callback, CallStatus::Failed, Some(1)),
        (7, Direction::Callback, CallStatus::ClientBusy, Some(2)),
    ];
    let call = |(n, direction, status, agent): (i64, Direction, CallStatus, Option<i64>)| CallRow {
        key: CallKey(n),
        started_at: one.started_at.plus_seconds(n * 600),
        direction,
        status,
        agent,
        tracking: (direction == Direction::Inbound).then_some(380_445_550_101),
        ..one
    };
    calls.map(call).to_vec()
}

#[test]
fn only_calls_that_were_made_are_calls_back_whichever_filters_chose_the_caller() {
    let made = |filters: Filters| -> Vec<(Value, Value)> {
        let mut request = request();
        request.spec.filters = filters;
        let document = document(&request, &slice(request.slice_request(), ours_and_theirs(), Vec::new()));
        rows(&document, "agents").into_iter().map(|row| (row["agent_id"].clone(), row["called_back"].clone())).collect()
    };
    let both = vec![(json!("201"), json!(2)), (json!("202"), json!(1))];
    assert_eq!(made(Filters::default()), both, "two calls out, and one request that we took");
    assert_eq!(
        made(Filters { number: vec![OURS.into()], ..Filters::default() }),
        both,
        "calls out tell no such number"
    );
    assert_eq!(made(Filters { utm_source: vec!["(not tracked)".into()], ..Filters::default() }), both);
    assert_eq!(made(Filters { direction: vec!["inbound".into()], ..Filters::default() }), both);
    assert_eq!(made(Filters { status: vec!["missed".into()], ..Filters::default() }), both);
    let other = Filters { number: vec!["+380445550199".into()], ..Filters::default() };
    assert!(made(other).iter().all(|(_, back)| *back == json!(0)), "nobody waits there");
    let inner = Filters { direction: vec!["internal".into()], ..Filters::default() };
    assert!(made(inner).iter().all(|(_, back)| back.is_null()), "nobody waits and nobody calls back");
}

#[test]
fn what_no_filter_lets_through_is_said_nowhere() {
    let said = |filters: Filters| {
        let mut request = request();
        request.spec.filters = filters;
        let document = document(&request, &slice(request.slice_request(), ours_and_theirs(), Vec::new()));
        (text(&document), document)
    };
    let (seen, document) = said(Filters { status: vec!["client_not_reached".into()], ..Filters::default() });
    assert!(seen.contains("lead:    1 call went out.\n"), "{seen}");
    assert!(seen.contains("Olena K. | 1 | 1\n") && !seen.contains("1 · 0"), "{seen}");
    assert_eq!(rows(&document, "agents")[0]["outbound_reached"], Value::Null);
    let mut requests = Filters { status: vec!["client_not_reached".into()], ..Filters::default() };
    requests.direction = vec!["callback".into()];
    let (seen, _) = said(requests);
    assert!(seen.contains("lead:    1 call-back request.\n"), "{seen}");
    let (_, document) = said(Filters { first_time: Some(true), ..Filters::default() });
    let figures = &document.data.as_ref().expect("data").figures;
    assert_eq!((figures["totals.outbound"].value, figures["totals.outbound_reached"].value), (None, None));
    assert!(rows(&document, "agents").iter().all(|row| row["outbound"].is_null()), "nobody calls who is called");
    let (_, document) = said(Filters { status: vec!["missed".into()], ..Filters::default() });
    for table in ["agents", "sources", "by_day"] {
        assert!(rows(&document, table).iter().all(|row| row["answered"].is_null()), "{table}: none was looked for");
    }
    let (_, document) = said(Filters { direction: vec!["outbound".into()], ..Filters::default() });
    for table in ["by_day", "by_hour"] {
        assert!(rows(&document, table).iter().all(|row| row["calls"].is_null()), "{table}: no call in was looked for");
    }
}

#[test]
fn call_back_requests_are_told_whole() {
    let request = request();
    let document = document(&request, &slice(request.slice_request(), ours_and_theirs(), Vec::new()));
    let seen = text(&document);
    let row = "Call-back requests · reached · not reached · not taken · other | 3~· 0~· 1~· 1~· 1";
    assert!(seen.contains(row), "{seen}");
    let calls = ours_and_theirs().into_iter().filter(|call| call.status != CallStatus::Failed).collect();
    let seen = text(&super::tests::document(&request, &slice(request.slice_request(), calls, Vec::new())));
    assert!(seen.contains("Call-back requests · reached · not reached · not taken | 2~· 0~· 1~· 1"), "{seen}");
}

#[test]
fn a_call_out_came_from_nowhere() {
    let mut request = request();
    request.spec = preset("call-log").expect("a preset");
    let document = document(&request, &with_records(&request, ours_and_theirs()));
    for row in rows(&document, "call_list") {
        let came = if row["direction"] == "outbound" { Value::Null } else { json!("(not tracked)") };
        assert_eq!(row["origin"], came, "{row:?}");
    }
    let mut tracked = ours_and_theirs();
    tracked[1].attribution = Some(1);
    let document = super::tests::document(&request, &with_records(&request, tracked));
    let list = rows(&document, "call_list");
    assert_eq!(list[1]["origin"], json!("google / cpc"), "its source says so itself");
}

#[test]
fn people_of_no_team_and_people_not_known_are_told_apart() {
    let mut request = request();
    request.project.settings.agents = AgentsShown::Team;
    let answered = |n: i64, agent| CallRow {
        key: CallKey(n),
        started_at: any_one_call().started_at.plus_seconds(n * 60),
        agent,
        ..any_one_call()
    };
    let calls = vec![answered(1, Some(1)), answered(2, Some(3)), answered(3, None)];
    let slice = with_facts(&slice(request.slice_request(), calls, Vec::new()));
    let document = document(&request, &slice);
    let mut told: Vec<[&Value; 3]> =
        rows(&document, "agents").into_iter().map(|row| [&row["kind"], &row["agent_id"], &row["agent_name"]]).collect();
    told.sort_by_key(|row| row[0].to_string());
    let (sales, none) = (json!("Sales"), Value::Null);
    assert_eq!(
        told,
        [
            [&json!("no_team"), &none, &json!("Without a team")],
            [&json!("team"), &sales, &sales],
            [&json!("unknown"), &none, &json!("Person not known")],
        ]
    );
}

#[test]
fn machines_are_told_when_the_data_begin() {
    let request = request();
    let mut slice = Slice::clone(&slice(request.slice_request(), Vec::new(), Vec::new()));
    let begins = |slice: &Slice| {
        let document = document(&request, &Arc::new(slice.clone()));
        let json = super::render::render(&document, Format::Json).expect("JSON").bytes;
        let json: Value = serde_json::from_slice(&json).expect("JSON");
        (json["data"]["begins_at"].clone(), text(&document).contains("begin"))
    };
    assert_eq!(begins(&slice), (Value::Null, false));
    let at = instant("2026-11-11T08:00:00Z");
    for source in slice.sources.values_mut() {
        source.spans = vec![Period::new(at, request.period.to()).expect("a span")];
    }
    assert_eq!(begins(&slice), (json!(at), true));
}
