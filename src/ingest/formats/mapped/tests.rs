use std::fmt::Write;

use super::*;
use crate::config::mapping;
use crate::config::problem::{Problems, Source};
use crate::domain::call::Call;
use crate::ingest::file::{self, Chunk, FileProblem};
use crate::ingest::formats::native::COLUMNS;
use crate::ingest::{Format, SetAside};
use crate::zones::Zones;

macro_rules! sample {
    ($file:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/mappings/", $file))
    };
}

fn reading(text: &str) -> Reading {
    let problems = Problems::default();
    let source = Source::new("calls.toml", text);
    let zones = Zones::bundled();
    let mapping = mapping::read(&source, &zones, &problems).unwrap_or_else(|| panic!("{}", problems.render(false)));
    Reading {
        format: Format::Mapped,
        project: "acme".into(),
        source: mapping.source.clone().unwrap_or_else(|| "mapping".into()),
        zone: zones.get("Europe/Kyiv").expect("a zone"),
        region: None,
        encoding: mapping.layout.encoding.as_ref().and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes())),
        mapping: Some(std::sync::Arc::new(mapping)),
        is_explained: false,
    }
}

fn try_read(mapping: &str, file: &[u8]) -> Result<(Vec<Call>, Chunk), FileProblem> {
    let (mut calls, mut last) = (Vec::new(), Chunk::default());
    file::read(file, &reading(mapping), &mut |mut chunk| {
        for item in std::mem::take(&mut chunk.items) {
            let Item::Call(ranked) = item else { panic!("a row is a call") };
            calls.push(ranked.call);
        }
        last = chunk;
        true
    })?;
    Ok((calls, last))
}

fn read(mapping: &str, file: &str) -> (Vec<Call>, Chunk) {
    try_read(mapping, file.as_bytes()).unwrap_or_else(|problem| panic!("{problem:?}"))
}

/// The one call of a file with one row, by a mapping with these fields.
fn one(fields: &str, file: &str) -> Call {
    let (mut calls, chunk) = read(&format!("version = 1\n{fields}"), file);
    assert_eq!(chunk.set_aside, []);
    calls.pop().expect("a call")
}

#[test]
fn every_field_is_a_column_of_ours() {
    for (name, _) in mapping::FIELDS {
        assert!(COLUMNS.contains(name), "{name}");
    }
    let left_out = ["project_id", "source", "agent_role", "merged_into", "legs", "id_is_synthetic"];
    for name in COLUMNS {
        let is_there = mapping::FIELDS.iter().any(|(field, _)| field == name);
        assert_eq!(is_there, !left_out.contains(name), "{name}");
    }
}

#[test]
fn the_samples_read_as_their_people_would() {
    let mut text = String::new();
    for (name, mapping, file) in [
        ("callrail", sample!("callrail.toml"), sample!("callrail.csv")),
        ("3cx", sample!("3cx.toml"), sample!("3cx.log")),
        ("freeswitch", sample!("freeswitch.toml"), sample!("freeswitch.csv")),
    ] {
        let (calls, chunk) = read(mapping, file);
        assert_eq!(
            (calls.len() as u64, chunk.set_aside),
            (file.lines().count() as u64 - u64::from(name == "callrail"), vec![])
        );
        assert_eq!(chunk.unknown_statuses.len() + chunk.unknown_directions.len(), 0, "{name}");
        writeln!(text, "{name}").expect("text");
        for call in calls {
            let word = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".into());
            let number = |number: Option<u32>| number.map_or_else(|| "–".into(), |number| number.to_string());
            writeln!(
                text,
                "  {} {} {} {} ({})  client {}  agent {} {}  wait {} talk {} of {}  from {} / {}  tags {:?}",
                call.call_id,
                call.started_at,
                call.direction.name(),
                call.status.name(),
                word(&call.raw_status),
                word(&call.client_number),
                word(&call.agent_id),
                word(&call.agent_name),
                number(call.wait_sec),
                number(call.talk_sec),
                number(call.duration_sec),
                word(&call.utm.source),
                word(&call.utm.medium),
                call.tags,
            )
            .expect("text");
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn what_the_file_lacks_is_named_beside_what_it_has() {
    let mapping = sample!("callrail.toml");
    let file = sample!("callrail.csv").replace("start_time", "Start time").replace(",voicemail", ",vm");
    let Err(FileProblem::Shape(problem)) = try_read(mapping, file.as_bytes()) else { panic!("it doesn't fit") };
    insta::assert_snapshot!(problem);
}

#[test]
fn words_conditions_and_the_rest() {
    let fields = r#"
[file]
decimal = ","
nothing = ["-", "k. A."]
[times]
format = "%d.%m.%Y %H:%M:%S"
zone = "Europe/Berlin"
[durations]
unit = "mm:ss"
[fields]
call_id = { hash = ["Datum", "Zeit", "Von"] }
started_at = { columns = ["Datum", "Zeit"] }
direction = { column = "Art", words = { "Eingehend" = "inbound", "Ausgehend" = "outbound" } }
status = { column = "Ergebnis", words = { "Besetzt" = "busy", "Verpasst" = "no answer", "Angenommen" = "answered" } }
from_number = "Von"
to_number = "An"
talk_sec = "Dauer"
agent_name = "Wer"
cost = { column = "Preis", negate = true }
currency = { constant = "EUR" }
tags = { column = "Marken", split = ", " }
"#;
    let row = |result: &str, kind: &str| {
        let header = "Datum;Zeit;Art;Ergebnis;Von;An;Dauer;Wer;Preis;Marken";
        format!("{header}\n09.11.2026;09:14:52;{kind};{result};+4930123456;+49301;1:05;k. A.;-0,35;neu, Tür\n")
    };
    let call = one(fields, &row("ANGENOMMEN", "eingehend"));
    assert_eq!(call.started_at.to_string(), "2026-11-09T08:14:52Z");
    assert_eq!((call.status.name(), call.direction.name(), call.talk_sec), ("answered", "inbound", Some(65)));
    assert_eq!(
        (call.agent_name, call.cost_micro, call.tags),
        (None, Some(350_000), vec!["neu".to_owned(), "Tür".into()])
    );
    assert_eq!((call.call_id.len(), call.id_is_synthetic, call.raw_status.as_deref()), (32, true, Some("ANGENOMMEN")));
    let silent = |result: &str, kind: &str| one(fields, &row(result, kind).replace("1:05", "0:00")).status.name();
    assert_eq!(silent("Besetzt", "Eingehend"), "missed_busy");
    assert_eq!(silent("Besetzt", "Ausgehend"), "client_busy", "a word goes by the direction");
    assert_eq!(silent("VOICEMAIL", "Eingehend"), "missed_voicemail", "a word that everybody knows needs no line");
    let (calls, chunk) = read(&format!("version = 1\n{fields}"), &row("Weg", "Quer").replace("1:05", "0:00"));
    assert_eq!((calls[0].status.name(), calls[0].direction.name()), ("unknown", "unknown"));
    assert_eq!(chunk.unknown_statuses.keys().collect::<Vec<_>>(), ["Weg"]);
    assert_eq!(chunk.unknown_directions.keys().collect::<Vec<_>>(), ["Quer"]);
}

#[test]
fn what_cant_be_read_is_named_as_the_file_names_it() {
    let fields = "version = 1\n[rows]\nskip = [{ Kind = \"sms\" }]\n[times]\nformat = \"%d.%m.%Y %H:%M\"\n[fields]\n\
        started_at = \"Start\"\ndirection = { constant = \"inbound\" }\nstatus = { constant = \"answered\" }\n\
        talk_sec = { column = \"Talk\", unit = \"hh:mm:ss\" }\nis_target = \"Good\"\n";
    let file = "Start,Talk,Good,Kind\n01.06.2026 9:00,0:00:05,yes,call\nsoon,0:00:05,yes,call\n\
        01.06.2026 9:00,5,yes,call\n01.06.2026 9:00,0:00:05,perhaps,call\n,,,SMS\n";
    let (calls, chunk) = read(fields, file);
    assert_eq!((calls.len(), chunk.no_calls, chunk.rows), (1, 1, 5));
    let places: Vec<_> = chunk
        .set_aside
        .iter()
        .map(|SetAside { line, column, value, .. }| (*line, column.as_str(), value.as_str()))
        .collect();
    assert_eq!(places, [(3, "Start", "soon"), (4, "Talk", "5"), (5, "Good", "perhaps")]);
    assert!(chunk.set_aside[0].reason.contains("`%d.%m.%Y %H:%M`"), "{}", chunk.set_aside[0].reason);
}

#[test]
fn a_file_in_an_old_encoding_is_read_as_it_is_named() {
    let fields = "version = 1\n[file]\nencoding = \"windows-1251\"\n[fields]\nstarted_at = \"Start\"\n\
        direction = { constant = \"inbound\" }\nstatus = { constant = \"answered\" }\nagent_name = \"Who\"\n";
    let mut file = b"Start,Who\n2026-06-01 09:00:00,".to_vec();
    file.extend_from_slice(b"\xce\xeb\xe5\xed\xe0\n");
    let (calls, chunk) = try_read(fields, &file).expect("readable");
    assert_eq!((calls[0].agent_name.as_deref(), chunk.rows_with_bad_text), (Some("Олена"), 0));
}
