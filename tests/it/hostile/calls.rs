//! Calls that can't be: before the telephone, after the end of time, shorter than nothing, longer than a life; and none at all.

use callbrief::domain::ids::ProjectId;
use callbrief::ingest::{self, Format, ImportAccount, ImportRequest};
use serde_json::{Value, json};

use super::judged;
use crate::flow;
use crate::support::mail::Mail;
use crate::support::setup::{ACME, OLENA, file, schedule};
use crate::support::{World, on_both};

async fn take(world: &World, format: Format, text: impl Into<Vec<u8>>) -> ImportAccount {
    let project = ProjectId::parse("acme").expect("an id");
    let request = ImportRequest::new(project, format, "calls", std::io::Cursor::new(text.into()));
    ingest::import(&world.app, request).await.unwrap_or_else(|error| panic!("{error}"))
}

/// The JSON of the only report with this ending among the mails.
fn machine(world: &World) -> Value {
    let mails = Mail::all(world);
    let mut files = mails.iter().flat_map(|mail| &mail.files).filter(|(name, _)| name.ends_with(".json"));
    let file = files.next_back().expect("a report as JSON");
    serde_json::from_slice(&file.1).expect("JSON")
}

/// Every number of a JSON.
fn numbers(value: &Value, into: &mut Vec<f64>) {
    match value {
        Value::Number(number) => into.extend(number.as_f64()),
        Value::Array(list) => list.iter().for_each(|item| numbers(item, into)),
        Value::Object(fields) => fields.values().for_each(|item| numbers(item, into)),
        _ => {}
    }
}

on_both! {
    async fn what_lasts_less_than_nothing_or_longer_than_a_month_is_set_aside_and_the_rest_is_counted(world: World) {
        flow::acme(&world).await;
        let header = "call_id,started_at,answered_at,ended_at,direction,status,client_number,wait_sec,talk_sec,cost,currency\n";
        let row = |id: usize, answered: &str, ended: &str, wait: &str, talk: &str, cost: &str| {
            format!("{id},2026-11-17T10:00:00Z,{answered},{ended},inbound,answered,+38067000{id:04},{wait},{talk},{cost},EUR\n")
        };
        let good = row(1, "", "", "0", "2678400", "0") + &row(2, "", "", "2678400", "0", "0.000001");
        let durations = ["-1", "-0.5", "2678401", "4294967296", "9223372036854775808", "-9223372036854775808", "1e308", "NaN",
            "inf", "-inf", "0x10", "٣", "1,5e9", "99999999999999999999999999999999", "1:2:3:4", "307445734561825860:16"];
        let mut bad: Vec<String> = Vec::new();
        for (n, odd) in durations.iter().enumerate() {
            bad.push(row(100 + n, "", "", &format!("\"{odd}\""), "", ""));
            bad.push(row(200 + n, "", "", "", &format!("\"{odd}\""), ""));
        }
        for (n, odd) in ["1e308", "NaN", "-1e400", "99999999999999999999", "9223372036854775807"].iter().enumerate() {
            bad.push(row(300 + n, "", "", "", "", odd));
        }
        for (n, ended) in ["2031-06-01T09:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"].iter().enumerate() {
            bad.push(row(400 + n, "", ended, "", "", ""));
            bad.push(row(500 + n, ended, "", "", "", ""));
        }
        let account = take(&world, Format::Native, format!("{header}{good}{}", bad.concat())).await;
        assert_eq!(account.rows as usize, 2 + bad.len());
        assert_eq!(account.calls + account.set_aside, account.rows, "every row is accounted for");
        let odd = "select count(*) from calls where wait_sec < 0 or talk_sec < 0 or wait_sec > 2678400 or talk_sec > 2678400";
        assert_eq!(world.number(odd).await, 0);
        assert!(account.set_aside as usize >= durations.len(), "{:?}", account.first_set_aside);
        // A call that ends before it begins has no length, and takes none from the others.
        let before = row(9, "2026-11-17T08:00:00Z", "2026-11-17T09:00:00Z", "", "", "");
        take(&world, Format::Native, format!("{header}{before}")).await;
        world.apply(&flow::ACME.replace("formats = [\"pdf\"]", "formats = [\"pdf\", \"json\", \"csv\", \"xlsx\"]")).await;
        world.set(flow::DUE);
        world.settle().await;
        let mut found = Vec::new();
        numbers(&machine(&world)["figures"], &mut found);
        assert!(!found.is_empty() && found.iter().all(|number| number.is_finite() && *number > -1e7), "{found:?}");
        let faults = judged(&world.folder().join("outbox"));
        assert!(faults.is_empty(), "{faults:?}");
    }

    async fn calls_of_the_future_and_of_before_the_telephone_are_in_no_report_of_today(world: World) {
        flow::acme(&world).await;
        let call = |id: &str, at: &str| json!({ "call_id": id, "started_at": at, "direction": "inbound", "status": "missed_no_answer",
            "client_number": "+380671112299" }).to_string();
        let never = ["1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "1900-01-01 00:00:00", "0001-01-01T00:00:00Z", "0000-00-00 00:00:00",
            "-4713-11-24T00:00:00Z", "9999-12-31T23:59:59Z", "2101-01-01T00:00:00Z", "+262142-12-31T23:59:59Z", "1979-12-31T23:59:59Z",
            "99999999999999999999", "253402300800", "-1", "2026-02-30T10:00:00Z", "2026-11-17T24:00:01Z", "2026-11-17T10:00:60.5Z+99:99"];
        let text: Vec<String> = never.iter().enumerate().map(|(n, at)| call(&format!("n{n}"), at)).collect();
        let account = take(&world, Format::Native, text.join("\n")).await;
        assert_eq!((account.calls, account.set_aside as usize), (0, never.len()), "{:?}", account.first_set_aside);
        let far = ["1980-01-01T00:00:00Z", "1999-12-31T23:59:59+14:00", "2026-11-23T06:00:01Z", "2026-12-24T00:00:00Z", "2100-12-31T12:00:00Z"];
        let text: Vec<String> = far.iter().enumerate().map(|(n, at)| call(&format!("f{n}"), at)).collect();
        let account = take(&world, Format::Native, text.join("\n")).await;
        assert_eq!((account.calls as usize, account.set_aside), (far.len(), 0), "{:?}", account.first_set_aside);
        world.apply(&flow::ACME.replace("formats = [\"pdf\"]", "formats = [\"json\"]")).await;
        world.set(flow::DUE);
        world.settle().await;
        let report = machine(&world);
        assert_eq!(report["figures"]["totals.calls"]["value"], 3, "those of the week, as without the others: {}", report["figures"]);
        let faults = judged(&world.folder().join("outbox"));
        assert!(faults.is_empty(), "{faults:?}");
    }

    async fn a_nul_in_any_value_of_any_format_costs_its_row_at_most(world: World) {
        flow::acme(&world).await;
        let before = world.number("select count(*) from call_details").await;
        let csv = |text: &str, delimiter: char| {
            // Every field of every row but those of the header, in turn.
            text.lines().enumerate().map(|(n, line)| if n == 0 { line.to_owned() } else { line.replace(delimiter, &format!("{delimiter}\0")) }).collect::<Vec<_>>().join("\n")
        };
        let ringostat = include_str!("../../../config/samples/ringostat.csv");
        let asterisk = include_str!("../../../config/samples/asterisk-freepbx.csv");
        let objects = |text: &str| {
            let list: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()).map(|line| line["event"].clone()).collect();
            list.iter().take(40).map(|event| with_nuls(event).to_string()).collect::<Vec<_>>().join("\n")
        };
        let native = json!([{"call_id": "a\0b", "started_at": "2026-11-17T10:00:00Z", "direction": "inbound", "status": "answered",
            "agent_id": "\0", "agent_name": "O\0lena", "tags": ["a\0", "\0b"], "utm_source": "g\0", "client_number": "+38067\x301112233\0",
            "parts": [{"kind": "talk", "outcome": "answered", "agent_id": "2\u{0}01", "talk_sec": 3}]},
            {"call_id": "c", "started_at": "2026-11-17T10:00:00Z\0x", "direction": "in\0bound", "status": "answered"},
            {"call_id": "d", "started_at": "2026-11-17T10:00:00Z", "direction": "inbound", "status": "no\0such", "wait_sec": "1\0", "parts": [{"kind": "\0"}]}]).to_string();
        let broken = "{\"call_id\": \"x\0\", \"started_at\n{\"a\0\": [}\n".to_owned();
        let short = "call_id,started_at,direction,status\n1\0,2\0\n\0\n\"a\0\",\"b\0,c\n".to_owned();
        for (format, text) in [
            (Format::Ringostat, csv(ringostat, ';')),
            (Format::Asterisk, csv(asterisk, ',')),
            (Format::Voys, objects(include_str!("../../../config/samples/voipgrid_events.jsonl"))),
            (Format::Native, native),
            (Format::Native, broken),
            (Format::Native, short),
        ] {
            let account = take(&world, format, text).await;
            let aside = &account.first_set_aside;
            assert!(account.rows > 0, "{format:?}: {aside:?}");
        }
        assert!(world.number("select count(*) from call_details").await > before, "those that could be read are there");
        let kept = world.texts("select value || field from set_aside").await;
        assert!(!kept.is_empty() && kept.iter().all(|text| !text.contains('\0')), "{kept:?}");
        world.set(flow::DUE);
        world.settle().await;
    }

    async fn a_project_without_a_call_has_a_report_in_every_form_that_says_so(world: World) {
        world.set("2026-11-16T09:00:00Z");
        let reports = ["summary", "agents", "sources", "missed", "call-log"];
        let all: Vec<String> = reports
            .iter()
            .map(|report| {
                schedule(report, "every = \"week\"\non = [\"mon\"]\nformats = [\"pdf\", \"xlsx\", \"csv\", \"json\"]")
                    .replace("report = \"summary\"", &format!("report = \"{report}\""))
            })
            .collect();
        world.apply(&file(&[ACME, OLENA, &all.concat()])).await;
        world.set(flow::DUE);
        world.settle().await;
        let mails = Mail::all(&world);
        assert_eq!(mails.len(), reports.len());
        for mail in &mails {
            assert_eq!(mail.files.len(), 4, "{}", mail.subject);
            for odd in ["NaN", "inf", "null", "undefined", "-0", "0 %"] {
                assert!(!mail.text.split_whitespace().any(|word| word == odd), "{odd}: {}", mail.text);
            }
            let said = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(said.contains("No data") || said.contains("no data") || said.contains("nothing was heard"), "{said}");
        }
        let faults = judged(&world.folder().join("outbox"));
        assert!(faults.is_empty(), "{faults:?}");
    }
}

/// The same with a NUL before and behind each text that isn't a time or a word of the format's own.
fn with_nuls(value: &Value) -> Value {
    match value {
        Value::String(text) if text.len() < 24 => json!(format!("\0{text}\0")),
        Value::Array(list) => list.iter().map(with_nuls).collect(),
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), with_nuls(value))).collect(),
        other => other.clone(),
    }
}
