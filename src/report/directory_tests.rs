//! What the directory may and may not change: who is who, never how many; who is left out, never unaccounted for; and where
//! nobody is named, nobody is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use serde_json::Value;

use crate::domain::call::{CallStatus, Direction, PartKind, PartOutcome};
use crate::domain::directory::{Directory, ListedAgent, ListedKey, ListedNumber};
use crate::domain::document::{Block, Document};
use crate::domain::ids::CallKey;
use crate::domain::phone::PhoneE164;
use crate::domain::project::AgentsShown;
use crate::domain::report_spec::SectionId;
use crate::domain::role::{Rights, Role, Scope};
use crate::domain::schedule::Format;
use crate::domain::slice::{CallFlags, CallRow, PartRow, Slice};

use super::oracle::{any_calls, instant, request, slice, slow_agents};
use super::{ReportRequest, documents, listed, render};

fn agent(id: &str, name: &str, team: Option<&str>, keys: &[&str]) -> ListedAgent {
    ListedAgent {
        id: id.into(),
        name: name.into(),
        team: team.map(str::to_owned),
        keys: keys.iter().map(|key| ListedKey::always(*key)).collect(),
        contact: None,
    }
}

fn ignored(digits: i64) -> ListedNumber {
    ListedNumber {
        number: PhoneE164::from_digits(digits).expect("E.164"),
        label: None,
        department: None,
        source: None,
        medium: None,
        campaign: None,
        ignore: true,
    }
}

fn directory(agents: Vec<ListedAgent>, numbers: Vec<ListedNumber>) -> Arc<Directory> {
    Arc::new(Directory::new(agents, numbers, |day| instant(&format!("{day}T00:00:00Z"))))
}

fn document(request: &ReportRequest, slice: &Arc<Slice>) -> Document {
    documents(&[(request.clone(), Arc::clone(slice))]).expect("a document").remove(0)
}

fn json(document: &Document) -> Value {
    let rendered = render::render(document, Format::Json).expect("JSON can be drawn");
    serde_json::from_slice(&rendered.bytes).expect("JSON")
}

fn sum(json: &Value, column: &str) -> u64 {
    json["tables"]["agents"].as_array().into_iter().flatten().filter_map(|row| row[column].as_u64()).sum()
}

/// The slice with the agent `from` known as `to`, as if one phone had always been the other.
fn relabelled(slice: &Slice, from: i64, to: i64) -> Slice {
    let mut slice = slice.clone();
    let agents = slice.calls.iter_mut().map(|call| &mut call.agent).chain(slice.parts.iter_mut().map(|p| &mut p.agent));
    agents.filter(|agent| **agent == Some(from)).for_each(|agent| *agent = Some(to));
    slice
}

fn call(key: i64, at: &str, agent: Option<i64>, status: CallStatus) -> CallRow {
    CallRow {
        key: CallKey(key),
        started_at: instant(at),
        source: 1,
        direction: Direction::Inbound,
        status,
        client: Some(380_671_110_000 + key),
        tracking: Some(380_445_550_101),
        agent,
        attribution: None,
        wait_sec: Some(9),
        talk_sec: Some(60),
        flags: CallFlags(0),
    }
}

fn rang(call: i64, agent: i64) -> PartRow {
    PartRow {
        call: CallKey(call),
        agent: Some(agent),
        kind: PartKind::Ring,
        ring_sec: Some(9),
        talk_sec: None,
        outcome: PartOutcome::NoAnswer,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn keys_of_one_person_are_one_line_and_no_figure_moves((calls, parts) in any_calls(60)) {
        let mut request = request();
        let slice = slice(request.slice_request(), calls, parts);
        let mut before = json(&document(&request, &slice));
        request.directory = directory(vec![agent("olena", "Olena Koval", None, &["201", "Taras B."])], Vec::new());
        let mut after = json(&document(&request, &slice));
        // Who called back may turn out to be the person whose other phone rang.
        for by in ["same_agent", "colleague"] {
            for figures in [&mut before, &mut after] {
                let figures = figures["figures"].as_object_mut().expect("figures");
                figures.remove(&format!("to_call_back.first_response_{by}"));
            }
        }
        prop_assert_eq!(&before["figures"], &after["figures"]);
        prop_assert_eq!(&before["data"], &after["data"]);
        for column in ["answered", "target", "called_back", "outbound", "outbound_reached"] {
            prop_assert_eq!(sum(&before, column), sum(&after, column), "{}", column);
        }
        let oracle = slow_agents(&relabelled(&slice, 2, 1), &request.spec.options);
        let own = oracle.get(&Some(1)).copied().unwrap_or_default();
        let rows = after["tables"]["agents"].as_array().expect("rows");
        let lines: Vec<&Value> = rows.iter().filter(|row| row["agent_name"] == "Olena Koval").collect();
        prop_assert!(lines.len() <= 1, "two lines for one person");
        if let Some(line) = lines.first() {
            prop_assert_eq!(&line["agent_id"], "olena");
            prop_assert_eq!(line["answered"].as_u64(), Some(own.answered));
            prop_assert_eq!(line["rang_colleague_answered"].as_u64(), Some(own.elsewhere));
            prop_assert_eq!(line["rang_caller_lost"].as_u64(), Some(own.lost));
            prop_assert_eq!(line["talk_sec"].as_u64(), Some(own.talk.total));
        } else {
            prop_assert_eq!(own.answered + own.lost + own.elsewhere, 0);
        }
        prop_assert!(rows.iter().all(|row| row["agent_id"] != "201" && row["agent_name"] != "Taras B."));
    }

    #[test]
    fn ignored_numbers_leave_every_figure_and_are_counted((calls, parts) in any_calls(60)) {
        let mut request = request();
        let gone = [380_679_876_543, 380_679_876_546];
        let whole = slice(request.slice_request(), calls.clone(), parts.clone());
        let kept: Vec<CallRow> = calls.into_iter().filter(|call| !call.client.is_some_and(|c| gone.contains(&c))).collect();
        let mut without = slice(request.slice_request(), kept, parts);
        // How far back calls are kept doesn't depend on whose they are.
        Arc::make_mut(&mut without).history_from = whole.history_from;
        let expected = json(&document(&request, &without));
        request.directory = directory(Vec::new(), gone.map(ignored).to_vec());
        let mut found = json(&document(&request, &whole));
        let all = whole.calls.iter().filter(|call| call.direction == Direction::Inbound).count() as u64;
        let left_out: u64 = found["data"]["left_out"].as_object().expect("counts").values().filter_map(Value::as_u64).sum();
        prop_assert_eq!(found["figures"]["totals.calls"]["value"].as_f64().expect("calls") as u64 + left_out, all);
        let here = whole.calls.iter().filter(|call| call.direction == Direction::Inbound);
        let here = here.filter(|call| call.client.is_some_and(|client| gone.contains(&client))).count() as u64;
        prop_assert_eq!(found["data"]["left_out"]["ignored_number"].as_u64().unwrap_or(0), here);
        found["data"]["left_out"].as_object_mut().expect("counts").remove("ignored_number");
        for part in ["figures", "tables", "data"] {
            prop_assert_eq!(&found[part], &expected[part], "{}", part);
        }
    }

    #[test]
    fn where_nobody_is_named_no_format_tells_who((calls, parts) in any_calls(40), mode in 1..4_usize) {
        let mut request = request();
        request.spec.sections.push(SectionId::CallList);
        request.project.settings.agents = AgentsShown::ALL[mode];
        let slice = told(&slice(request.slice_request(), calls, parts));
        request.directory = directory(vec![agent("olena", "Olena Koval", Some("Sales"), &["acct-7731-a"])], Vec::new());
        let asked = ["olena", "acct-7731-b"].map(str::to_owned).to_vec();
        for (scope, asked) in
            [(Scope::Project, Vec::new()), (Scope::Project, asked), (Scope::Agent("olena".into()), Vec::new())]
        {
            request.rights.scope = scope;
            request.spec.filters.agent = asked;
            request.spec.filters.utm_source = Vec::new();
            if mode == 2 && request.spec.filters.agent.is_empty() {
                request.spec.filters.utm_source = vec!["Olena's page".into(), "google".into(), "(not tracked)".into()];
            }
            let document = document(&request, &slice);
            let mut shown = vec![format!("{document:?}")];
            for format in Format::ALL {
                let bytes = render::render(&document, format).expect("it can be drawn").bytes;
                shown.push(String::from_utf8_lossy(&bytes).into_owned());
            }
            for text in shown {
                let text = text.to_lowercase();
                for secret in ["olena", "koval", "taras", "bondar", "ihor", "acct-7731"] {
                    prop_assert!(!text.contains(secret), "{:?} tells {secret}: {}", AgentsShown::ALL[mode],
                        &text[text.find(secret).unwrap_or(0).saturating_sub(80)..][..160.min(text.len())]);
                }
            }
        }
    }
}

/// The slice with accounts as keys, and records whose every text tells who took the call.
fn told(slice: &Slice) -> Arc<Slice> {
    let mut slice = slice.clone();
    let names = ["Olena K.", "Taras Bondar", "Ihor M."];
    for ((id, agent), letter) in slice.agents.iter_mut().zip(["a", "b", "c"]) {
        agent.key = format!("acct-7731-{letter}");
        agent.name = names.get(*id as usize - 1).map(|name| (*name).to_owned());
    }
    let told = |text: &str| Some(text.to_owned());
    for (id, row) in &mut slice.attributions {
        match id {
            1 => row.source = told("Olena's page"),
            2 => row.referrer_host = told("taras-bondar.example"),
            4 => row.campaign = told("Ihor_autumn"),
            5 => row.referrer_host = told("acct-7731-c.example"),
            _ => {}
        }
    }
    for row in &slice.calls {
        let person = row.agent.and_then(|id| slice.agents.get(&id));
        let (key, name) = (person.map(|a| a.key.clone()), person.and_then(|a| a.name.clone()));
        let texts = |what: &str| name.as_ref().map(|name| format!("{what} {}", name.split(' ').next().unwrap_or(name)));
        let record = serde_json::json!({
            "call_id": key.as_ref().map_or(format!("c-{}", row.key.0), |key| format!("{key}/{}", row.key.0)),
            "source": "Main PBX", "direction": row.direction.name(), "started_at": row.started_at,
            "from_number": key, "to_number": key, "status": row.status.name(), "answered_by": "human",
            "utm": { "campaign": texts("by") }, "first_utm": {}, "tags": ["asked for Taras Bondar"],
            "comment": texts("call back"), "queue": texts("queue of"), "raw_status": texts("ANSWERED"),
            "agent_id": key, "agent_name": name, "ended_by": key,
            "recording_url": key.as_ref().map(|key| format!("https://rec.example/{key}.wav")),
            "id_is_synthetic": false, "parts": [],
        });
        slice.records.insert(row.key, serde_json::from_value(record).expect("a canonical record"));
    }
    Arc::new(slice)
}

#[test]
fn an_extension_counts_for_whoever_had_it_that_day() {
    let mut request = request();
    let calls = vec![
        call(1, "2026-11-10T08:00:00Z", Some(1), CallStatus::Answered),
        call(2, "2026-11-11T23:59:59Z", None, CallStatus::MissedNoAnswer),
        call(3, "2026-11-12T00:00:00Z", Some(1), CallStatus::Answered),
    ];
    let slice = slice(request.slice_request(), calls, vec![rang(2, 1)]);
    let mut eva = agent("eva", "Eva", None, &["201"]);
    let mut olena = agent("olena", "Olena", None, &["201"]);
    eva.keys[0].to = "2026-11-12".parse().ok();
    olena.keys[0].from = "2026-11-12".parse().ok();
    request.directory = directory(vec![eva, olena], Vec::new());
    let json = json(&document(&request, &slice));
    let row = |id: &str| {
        let rows = json["tables"]["agents"].as_array().expect("rows");
        let row = rows.iter().find(|row| row["agent_id"] == id).expect("a row");
        (row["answered"].as_u64(), row["rang_caller_lost"].as_u64())
    };
    assert_eq!(row("eva"), (Some(1), Some(1)));
    assert_eq!(row("olena"), (Some(1), Some(0)));
}

#[test]
fn teams_sum_their_people_and_count_a_lost_call_once() {
    let mut request = request();
    let calls = vec![
        call(1, "2026-11-10T08:00:00Z", Some(1), CallStatus::Answered),
        call(2, "2026-11-10T09:00:00Z", Some(2), CallStatus::Answered),
        call(3, "2026-11-10T10:00:00Z", None, CallStatus::MissedNoAnswer),
        call(4, "2026-11-10T11:00:00Z", Some(3), CallStatus::Answered),
    ];
    let slice = slice(request.slice_request(), calls, vec![rang(1, 2), rang(3, 1), rang(3, 2)]);
    request.project.settings.agents = AgentsShown::Team;
    let sales = |id: &str, key: &str| agent(id, id, Some("Sales"), &[key]);
    request.directory = directory(vec![sales("olena", "201"), sales("taras", "202")], Vec::new());
    let json = json(&document(&request, &slice));
    let rows = json["tables"]["agents"].as_array().expect("rows");
    let figures = |row: &Value| {
        ["answered", "rang_colleague_answered", "rang_caller_lost"].map(|column| row[column].as_u64().expect("a count"))
    };
    assert_eq!(rows.len(), 2);
    assert_eq!((&rows[0]["agent_name"], figures(&rows[0])), (&Value::from("Sales"), [2, 0, 1]));
    assert_eq!((&rows[1]["agent_name"], figures(&rows[1])), (&Value::from("Without a team"), [1, 0, 0]));
    request.directory = directory(vec![agent("olena", "Olena", None, &["201"])], Vec::new());
    let without = document(&request, &slice);
    assert!(headings(&without).iter().all(|section| section != "agents"), "nobody has a team");
    assert!(notes(&without).iter().any(|note| note.starts_with("Teams aren't shown")), "{:?}", notes(&without));
}

fn headings(document: &Document) -> BTreeSet<String> {
    let section = |block: &Block| match block {
        Block::Heading { section, .. } => Some(section.clone()),
        _ => None,
    };
    document.blocks.iter().filter_map(section).collect()
}

fn notes(document: &Document) -> Vec<String> {
    let note = |block: &Block| match block {
        Block::Note(text) => Some(text.to_plain()),
        _ => None,
    };
    document.blocks.iter().filter_map(note).collect()
}

#[test]
fn people_of_whom_nothing_is_known_or_told_are_left_out() {
    let mut request = request();
    let calls = vec![call(1, "2026-11-10T08:00:00Z", None, CallStatus::Answered)];
    let nobody = slice(request.slice_request(), calls, Vec::new());
    let shown = document(&request, &nobody);
    assert!(!headings(&shown).contains("agents"));
    assert!(notes(&shown).iter().any(|note| note.starts_with("People aren't shown")), "{:?}", notes(&shown));
    let calls = vec![call(1, "2026-11-10T08:00:00Z", Some(1), CallStatus::Answered)];
    let somebody = slice(request.slice_request(), calls, Vec::new());
    assert!(headings(&document(&request, &somebody)).contains("agents"));
    request.project.settings.agents = AgentsShown::Off;
    let off = document(&request, &somebody);
    assert!(!headings(&off).contains("agents") && !notes(&off).iter().any(|note| note.contains("People")));
    assert_eq!(json(&off)["tables"].get("agents"), None);
}

#[test]
fn a_personal_report_is_its_reader_s_and_shows_no_colleague() {
    let mut request = request();
    let calls = vec![
        call(1, "2026-11-10T08:00:00Z", Some(1), CallStatus::Answered),
        call(2, "2026-11-10T09:00:00Z", Some(2), CallStatus::Answered),
        call(3, "2026-11-10T10:00:00Z", Some(2), CallStatus::Answered),
        call(4, "2026-11-10T11:00:00Z", None, CallStatus::MissedNoAnswer),
        call(5, "2026-11-10T12:00:00Z", None, CallStatus::MissedNoAnswer),
    ];
    let slice = slice(request.slice_request(), calls, vec![rang(2, 1), rang(4, 1), rang(4, 3), rang(5, 3)]);
    request.rights = Rights::of(&[Role::Agent], Some("olena"));
    request.directory = directory(vec![agent("olena", "Olena Koval", None, &["201"])], Vec::new());
    let document = document(&request, &slice);
    assert_eq!(document.subject, "Acme Windows, Olena Koval: 1 caller to call back, 3 calls (9–15 Nov)");
    assert!(document.title.starts_with("Olena Koval: "), "{}", document.title);
    let shown = format!("{document:?}");
    assert!(!shown.contains("Taras") && !shown.contains("Ihor"), "{shown}");
    let json = json(&document);
    assert_eq!(json["figures"]["totals.calls"]["value"], 3.0);
    let rows = json["tables"]["agents"].as_array().expect("rows");
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (&rows[0]["answered"], &rows[0]["rang_colleague_answered"], &rows[0]["rang_caller_lost"]),
        (&1.into(), &1.into(), &1.into())
    );
    // A phone of somebody else that happens to be called like the person in the list is not the person.
    let mut twin = (*slice).clone();
    twin.agents.get_mut(&2).expect("an agent").key = "olena".into();
    let twin = documents(&[(request.clone(), Arc::new(twin))]).expect("a document").remove(0);
    assert_eq!(self::json(&twin)["figures"]["totals.calls"]["value"], 3.0);
}

#[test]
fn whoever_keeps_the_list_is_told_what_it_lacks() {
    let mut request = request();
    let calls = vec![
        call(1, "2026-11-10T08:00:00Z", Some(1), CallStatus::Answered),
        call(2, "2026-11-10T09:00:00Z", None, CallStatus::MissedNoAnswer),
        call(3, "2026-11-10T10:00:00Z", None, CallStatus::MissedNoAnswer),
    ];
    let mut slice = (*slice(request.slice_request(), calls, vec![rang(2, 2), rang(3, 2), rang(3, 1)])).clone();
    slice.agents.get_mut(&2).expect("an agent").name = None;
    let slice = Arc::new(slice);
    let told = |request: &ReportRequest| {
        let document = document(request, &slice);
        document
            .foot
            .iter()
            .map(|line| line.to_plain())
            .filter(|line| line.starts_with("Not in your list") || line.starts_with("One phone"))
            .collect::<Vec<_>>()
    };
    assert!(told(&request).is_empty(), "no list, no complaint");
    request.directory = directory(vec![agent("olena", "Olena", None, &["201"])], Vec::new());
    assert_eq!(told(&request), ["Not in your list of people: extension 202 (2 calls). Add a name."]);
    request.rights = Rights::of(&[Role::Viewer], None);
    assert!(told(&request).is_empty(), "a viewer doesn't keep the list");
    request.rights = Rights::of(&[Role::Owner], None);
    request.project.settings.agents = AgentsShown::Off;
    assert_eq!(told(&request), ["One phone isn't in your list of people."]);
    request.project.settings.agents = AgentsShown::Named;
    let mut number = ignored(380_445_550_199);
    number.ignore = false;
    request.directory = directory(Vec::new(), vec![number]);
    assert_eq!(told(&request), ["Not in your list of numbers: +380\u{a0}44\u{a0}555\u{a0}0101 (3 calls)."]);
}

#[test]
fn one_reading_of_a_slice_serves_every_report_of_it() {
    let mut request = request();
    request.directory = directory(vec![agent("olena", "Olena", None, &["201"])], Vec::new());
    let calls = vec![call(1, "2026-11-10T08:00:00Z", Some(1), CallStatus::Answered)];
    let slice = slice(request.slice_request(), calls, Vec::new());
    let read = listed::through(&[(request.clone(), Arc::clone(&slice)), (request, Arc::clone(&slice))]);
    assert!(Arc::ptr_eq(&read[0].1, &read[1].1) && !Arc::ptr_eq(&read[0].1, &slice));
    let known: BTreeMap<i64, &str> = read[0].1.agents.iter().map(|(id, agent)| (*id, agent.key.as_str())).collect();
    assert_eq!(known, BTreeMap::from([(-1, "olena"), (2, "202"), (3, "203")]));
}
