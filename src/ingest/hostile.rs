//! Hostile values in every format: nothing panics, every row is accounted for, and what becomes a call is within bounds.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use super::Format;
use super::file::Chunk;
use super::formats::{Reading, native, ringostat};
use super::fuzzed::{must_be_within_bounds, reading, taken_in};
use crate::domain::fold::Ranked;

macro_rules! sample {
    ($file:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/", $file))
    };
}

const VALUES: &[&str] = &[
    "",
    "0",
    "-1",
    "-0.0",
    "2678400",
    "2678401",
    "4000000000",
    "4294967296",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "99999999999999999999999999999999999999",
    "1e308",
    "-1e400",
    "NaN",
    "inf",
    "0.00000000000000000001",
    "9223372036854.775807",
    "9223372036855",
    "307445734561825860:16",
    "5124095576030431:00:16",
    "999999999999:59:59",
    "9999-12-31 23:59:59",
    "0000-00-00 00:00:00",
    "0000/00/00 00:00:00",
    "9999/12/31 23:59:59",
    "2100-12-31T23:59:59-12:00",
    "1980-01-01 00:00:00",
    "+262142-12-31T23:59:59Z",
    "-262143-01-01 00:00:00",
    "2026-06-01T09:00:00+99:99",
    "2026-03-29 03:30:00",
    "Fri, 31 Dec 9999 23:59:59 +0000",
    "253402300799999",
    "+000000000000000000000",
    "+999999999999999999999999",
    "٣٤٥",
    "=1+1",
    "\u{0}",
    "\u{202e}",
    "\"",
    "é",
    "ANSWERED",
    "PJSIP/99999999999999999999-00000001",
    "Local/@;",
    "9999999999.99999999999999999999",
];

/// A file without harm.
struct Table {
    reading: Reading,
    delimiter: u8,
    /// With the header, if there is one.
    rows: Vec<Vec<String>>,
    has_header: bool,
}

static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| {
    let table = |(format, mapping, delimiter, rows, has_header)| {
        let reading = reading(format, mapping);
        Table { reading, delimiter, rows, has_header }
    };
    tables().into_iter().map(table).collect()
});

static OBJECTS: LazyLock<Vec<(Reading, Vec<Value>)>> =
    LazyLock::new(|| objects().into_iter().map(|(format, rows)| (reading(format, None), rows)).collect());

/// Format, mapping, delimiter, rows, whether the first is a header.
type Shape = (Format, Option<&'static str>, u8, Vec<Vec<String>>, bool);

fn tables() -> Vec<Shape> {
    let rows = |text: &str, delimiter: u8| -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader.has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
        reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
    };
    let header: Vec<String> = native::COLUMNS.iter().map(|name| (*name).to_owned()).collect();
    let known = |name: &String| match name.as_str() {
        "started_at" => "2026-06-01 09:00:00",
        "direction" => "inbound",
        "status" => "answered",
        "from_number" | "client_number" => "+380671112233",
        _ => "",
    };
    let row: Vec<String> = header.iter().map(|name| known(name).to_owned()).collect();
    let native = vec![header, row.clone(), row];
    let header: Vec<String> = ringostat::COLUMNS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let known = |name: &String| match name.as_str() {
        "calldate" => "2026-06-01 09:00:00",
        "call_type" => "in",
        "disposition" => "ANSWERED",
        _ => "7",
    };
    let row: Vec<String> = header.iter().map(|name| known(name).to_owned()).collect();
    vec![
        (Format::Native, None, b',', native, true),
        (Format::Ringostat, None, b';', vec![header, row], true),
        (Format::Ringostat, None, b';', rows(sample!("ringostat.csv"), b';'), true),
        (Format::Asterisk, None, b',', rows(sample!("asterisk-master.csv"), b','), false),
        (Format::Asterisk, None, b',', rows(sample!("asterisk-freepbx.csv"), b','), true),
        (Format::Asterisk, None, b';', rows(sample!("asterisk-sql.csv"), b';'), true),
        (Format::Mapped, Some(sample!("mappings/3cx.toml")), b',', rows(sample!("mappings/3cx.log"), b','), false),
        (
            Format::Mapped,
            Some(sample!("mappings/callrail.toml")),
            b',',
            rows(sample!("mappings/callrail.csv"), b','),
            true,
        ),
        (
            Format::Mapped,
            Some(sample!("mappings/freeswitch.toml")),
            b',',
            rows(sample!("mappings/freeswitch.csv"), b','),
            false,
        ),
    ]
}

/// Rows as JSON has them.
fn objects() -> Vec<(Format, Vec<Value>)> {
    let native = json!({
        "started_at": "2026-06-01T09:00:00Z", "direction": "inbound", "status": "answered", "from_number": "+380671112233",
        "wait_sec": 3, "talk_sec": 60, "cost": 1.5, "ended_at": "2026-06-01T09:01:03Z", "tags": ["a"],
        "parts": [{"kind": "talk", "outcome": "answered", "agent_id": "201", "started_at": "2026-06-01T09:00:03Z",
            "ring_sec": 3, "talk_sec": 60}],
    });
    let ringostat: Vec<Value> = serde_json::from_str(sample!("ringostat.json")).expect("a list");
    let event = |line: &str| serde_json::from_str::<Value>(line).expect("JSON")["event"].clone();
    let voys: Vec<Value> = sample!("voipgrid_events.jsonl").lines().take(30).map(event).collect();
    vec![(Format::Native, vec![native.clone(), native]), (Format::Ringostat, ringostat), (Format::Voys, voys)]
}

/// A file that must be one of its format.
fn all_of(bytes: &[u8], reading: &Reading) -> (Chunk, Vec<Ranked>) {
    taken_in(bytes, reading).unwrap_or_else(|problem| panic!("{problem:?}: {}", String::from_utf8_lossy(bytes)))
}

fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => select(VALUES).prop_map(str::to_owned),
        1 => any::<i64>().prop_map(|number| number.to_string()),
        1 => "[^\r\n]{0,24}",
        1 => Just("9".repeat(5_000)),
    ]
}

fn hostile_json() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => hostile().prop_map(Value::String),
        1 => any::<i64>().prop_map(|number| json!(number)),
        1 => Just(json!(u64::MAX)),
        1 => Just(json!(1e308)),
        1 => Just(json!(null)),
        1 => Just(json!([[{"a": []}], "x", 1])),
        1 => Just(json!({"number": {"number": 1}})),
    ]
}

/// The `which`th leaf of a value becomes another.
fn put(value: &mut Value, which: &mut usize, new: &Value) -> bool {
    match value {
        Value::Array(list) => list.iter_mut().any(|item| put(item, which, new)),
        Value::Object(fields) => fields.values_mut().any(|item| put(item, which, new)),
        leaf if *which == 0 => {
            leaf.clone_from(new);
            true
        }
        _ => {
            *which -= 1;
            false
        }
    }
}

fn leaves(value: &Value) -> usize {
    match value {
        Value::Array(list) => list.iter().map(leaves).sum(),
        Value::Object(fields) => fields.values().map(leaves).sum(),
        _ => 1,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn rows_of_csv_become_calls_or_are_set_aside(
        table in any::<Index>(),
        harm in proptest::collection::vec((any::<Index>(), any::<Index>(), hostile()), 1..12),
    ) {
        let Table { reading, delimiter, rows, has_header } = &TABLES[table.index(TABLES.len())];
        let (mut rows, first) = (rows.clone(), usize::from(*has_header));
        for (row, cell, value) in harm {
            // A file without a header is known by its first row.
            let row = row.index(rows.len() - 1) + 1;
            let cell = cell.index(rows[row].len());
            rows[row][cell] = value;
        }
        let mut writer = csv::WriterBuilder::new().delimiter(*delimiter).flexible(true).from_writer(Vec::new());
        rows.iter().for_each(|row| writer.write_record(row).expect("it can be written"));
        let bytes = writer.into_inner().expect("it can be written");
        let (all, calls) = all_of(&bytes, reading);
        prop_assert_eq!(all.rows as usize, rows.len() - first);
        prop_assert_eq!(all.items.len() + all.set_aside.len() + all.no_calls as usize, rows.len() - first);
        calls.iter().for_each(|ranked| must_be_within_bounds(&ranked.call));
    }

    #[test]
    fn objects_become_calls_or_are_set_aside(
        list in any::<Index>(),
        harm in proptest::collection::vec((any::<Index>(), any::<Index>(), hostile_json()), 1..8),
    ) {
        let (reading, rows) = &OBJECTS[list.index(OBJECTS.len())];
        let mut rows = rows.clone();
        for (row, leaf, value) in harm {
            let place = row.index(rows.len());
            let row = &mut rows[place];
            let mut which = leaf.index(leaves(row).max(1));
            put(row, &mut which, &value);
        }
        let text: Vec<String> = rows.iter().map(Value::to_string).collect();
        let (all, calls) = all_of(text.join("\n").as_bytes(), reading);
        prop_assert_eq!(all.rows as usize, rows.len());
        prop_assert_eq!(all.items.len() + all.set_aside.len(), rows.len());
        calls.iter().for_each(|ranked| must_be_within_bounds(&ranked.call));
    }
}

#[test]
fn a_wait_of_years_is_set_aside_with_its_line_and_column() {
    let file = "started_at,direction,status,wait_sec,ended_at\n\
        2026-06-01 09:00:00,inbound,answered,4000000000,\n\
        2026-06-01 09:00:00,inbound,answered,,2031-06-01 09:00:00\n\
        2026-06-01 09:00:00,inbound,answered,2678400,2026-07-02 09:00:00\n";
    let (all, calls) = all_of(file.as_bytes(), &reading(Format::Native, None));
    let told: Vec<_> = all.set_aside.iter().map(|row| (row.line, row.column.as_str(), row.reason.as_str())).collect();
    assert_eq!(
        told,
        [
            (2, "wait_sec", "no call lasts longer than 31 days; seconds are expected, are these milliseconds?"),
            (3, "ended_at", "lies more than 31 days after the call's start"),
        ]
    );
    assert_eq!(calls.len(), 1);
}
