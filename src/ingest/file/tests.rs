use rstest::rstest;

use super::*;
use crate::ingest::Format;
use crate::zones::Zones;

const HEADER: &str = "call_id,started_at,direction,status";
const ROW: &str = "1,2026-06-01T09:00:00Z,inbound,answered";

fn reading(format: Format) -> Reading {
    let zone = Zones::bundled().get("Europe/Kyiv").expect("a zone");
    Reading {
        format,
        project: "acme".into(),
        source: "native".into(),
        zone,
        region: None,
        mapping: None,
        is_explained: false,
        encoding: None,
    }
}

fn read_all(format: Format, bytes: &[u8]) -> Result<Chunk, FileProblem> {
    let mut all = Chunk::default();
    read(bytes, &reading(format), &mut |chunk| {
        all.items.extend(chunk.items);
        all.set_aside.extend(chunk.set_aside);
        all.rows += chunk.rows;
        all.bytes = chunk.bytes;
        all.rows_with_bad_text += chunk.rows_with_bad_text;
        all.ignored_columns.extend(chunk.ignored_columns);
        for (word, count) in chunk.unknown_statuses {
            *all.unknown_statuses.entry(word).or_default() += count;
        }
        true
    })?;
    Ok(all)
}

fn native(bytes: &[u8]) -> Chunk {
    read_all(Format::Native, bytes).expect("readable")
}

fn shape(bytes: &[u8]) -> String {
    match read_all(Format::Native, bytes) {
        Err(FileProblem::Shape(detail)) => detail,
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case(format!("{HEADER}\n{ROW}\n"))]
#[case(format!("{HEADER}\r\n{ROW}\r\n"))]
#[case(format!("\u{feff}{HEADER}\n{ROW}"))]
#[case(format!("{HEADER}\n\n{ROW}\n\n"))]
#[case(format!("{HEADER}\n{ROW}\n").replace(',', ";"))]
#[case(format!("{HEADER}\n{ROW}\n").replace(',', "\t"))]
#[case(format!("{}\n{ROW}\n", HEADER.to_uppercase()))]
#[case(r#"{"call_id":1,"started_at":"2026-06-01T09:00:00Z","direction":"inbound","status":"answered"}"#.to_owned())]
#[case("\u{feff}\r\n".to_owned() + r#"{"started_at":"2026-06-01T09:00:00Z","direction":"inbound","status":"answered"}"# + "\r\n")]
fn one_row_in_many_clothes(#[case] file: String) {
    let found = native(file.as_bytes());
    assert_eq!((found.rows, found.items.len(), found.set_aside), (1, 1, Vec::new()));
    assert_eq!(found.bytes, file.len() as u64);
}

#[rstest]
#[case("[ROW]")]
#[case("[\n  ROW\n]\n")]
#[case("ROW")]
fn objects_in_a_list_are_rows(#[case] file: &str) {
    let row = r#"{"started_at":"2026-06-01T09:00:00Z","direction":"inbound","status":"answered"}"#;
    assert_eq!(native(file.replace("ROW", row).as_bytes()).items.len(), 1);
    let found = native(file.replace("ROW", &format!("{row},{{}},{row}")).as_bytes());
    assert_eq!((found.items.len(), found.set_aside.len()), (2, 1));
}

#[test]
fn headers_and_empty_rows_inside_a_file_are_no_rows() {
    let found = native(format!("{HEADER}\n{ROW}\n,,,\n{}\n{ROW}\n", HEADER.to_uppercase()).as_bytes());
    assert_eq!((found.rows, found.items.len()), (2, 2));
    let other = "status;direction;started_at".replace(';', ",");
    let row = "answered,inbound,2026-06-01T09:00:00Z";
    let found = native(format!("{HEADER}\n{ROW}\n{other}\n{row}\n{row}\n").as_bytes());
    assert_eq!((found.rows, found.items.len(), found.set_aside.len()), (3, 3, 0), "columns in another order");
    let found = native(format!("{HEADER},\n{ROW},\n{ROW}\n").as_bytes());
    assert_eq!((found.items.len(), found.set_aside.len()), (1, 1), "a column without a name is a column");
    let found = native(format!("{HEADER}\n{ROW},\n{ROW},x\n").as_bytes());
    assert_eq!((found.items.len(), found.set_aside.len()), (1, 1), "an empty field too many is none");
}

#[test]
fn an_empty_file_has_no_rows() {
    for file in ["", "\u{feff}", "\n\n", HEADER] {
        let found = native(file.as_bytes());
        assert_eq!((found.rows, found.items.len()), (0, 0), "{file:?}");
    }
}

#[test]
fn a_bad_row_stops_nothing_and_names_its_line() {
    let file = format!("{HEADER}\n{ROW}\n2,soon,inbound,answered\n3,too,few\n{ROW}\n");
    for end in ["\r\n", "\r"] {
        assert_eq!(native(file.replace('\n', end).as_bytes()).set_aside, native(file.as_bytes()).set_aside, "{end:?}");
    }
    let spread = format!("{HEADER}\r\n\r\n\"1\r\n2\",2026-06-01T09:00:00Z,inbound,answered\r\n2,soon,inbound,answered");
    assert_eq!(native(spread.as_bytes()).set_aside[0].line, 5);
    let found = native(file.as_bytes());
    assert_eq!((found.rows, found.items.len()), (4, 2));
    let places: Vec<_> =
        found.set_aside.iter().map(|row| (row.line, row.column.as_str(), row.value.as_str())).collect();
    assert_eq!(places, [(3, "started_at", "soon"), (4, "", "3,too,few")]);
}

#[test]
fn a_row_of_too_few_fields_is_quoted_as_it_stands() {
    let row = "3;\"too, few\";x";
    for end in ["", "\n", "\r\n"] {
        let file = format!("{HEADER}\n{ROW}\n").replace(',', ";") + row + end;
        let found = native(file.as_bytes());
        let told: Vec<_> = found.set_aside.iter().map(|row| (row.line, row.value.as_str())).collect();
        assert_eq!((found.items.len(), told), (1, vec![(3, row)]));
    }
}

#[test]
fn broken_text_is_replaced_and_counted() {
    let mut file = format!("{HEADER},agent_name\n{ROW},Ol").into_bytes();
    file.extend_from_slice(b"\xe9na\n");
    let found = native(&file);
    assert_eq!((found.items.len(), found.rows_with_bad_text), (1, 1));
    let line =
        r#"{"started_at":"2026-06-01T09:00:00Z","direction":"inbound","status":"answered","agent_name":"Ol#na"}"#;
    let line: Vec<u8> = line.bytes().map(|byte| if byte == b'#' { 0xe9 } else { byte }).collect();
    assert_eq!(native(&line).rows_with_bad_text, 1);
}

#[test]
fn unknown_words_and_columns_are_told() {
    let file = format!("{HEADER},colour,raw\n{ROW},red,x\n{},,\n", ROW.replace("answered", "GLORP"));
    let found = native(file.as_bytes());
    assert_eq!(found.unknown_statuses, BTreeMap::from([("GLORP".to_owned(), 1)]));
    assert_eq!(found.ignored_columns, BTreeSet::from(["colour".to_owned()]));
}

#[test]
fn a_file_of_another_shape_is_refused_whole() {
    assert!(shape(b"started_at;call_id\n1;2\n").contains("missing: direction, status or raw_status"));
    assert!(shape(b"status,started_at,direction,Status\n").contains("`Status` is there twice"));
    assert!(shape(b"incorrect field").contains("It has: incorrect field"));
    assert!(shape(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03").contains("this is gzip; unpack it first"));
    assert!(shape(b"PK\x03\x04\x14\x00\x06\x00").contains("xlsx"));
    assert!(shape(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").contains("xls"));
    let long = "x".repeat(5_000);
    assert!(shape(long.as_bytes()).len() < 300, "a line of any length is cut");
}

#[test]
fn a_line_without_end_costs_no_memory_and_no_neighbour() {
    let mut file = vec![b'{'; 3 << 20];
    file.extend_from_slice(b"\n");
    file.extend_from_slice(br#"{"started_at":"2026-06-01T09:00:00Z","direction":"inbound","status":"answered"}"#);
    let found = native(&file);
    assert_eq!((found.items.len(), found.set_aside.len(), found.bytes), (1, 1, file.len() as u64));
    assert_eq!(found.set_aside[0].line, 1);
}

#[test]
fn notifications_are_read_as_they_come() {
    let line = r#"{"call_id":"c","timestamp":"2026-06-01T08:00:01Z","status":"ringing","direction":"inbound"}"#;
    let file = format!("{line}\n\n{line}\r\nnonsense\n");
    let found = read_all(Format::Voys, file.as_bytes()).expect("readable");
    assert_eq!((found.rows, found.items.len(), found.set_aside.len()), (3, 2, 1));
    assert_eq!(found.set_aside[0].line, 4);
}

/// Sixteen rows' worth of one line without an end, made as it is read.
fn endless(begin: &'static [u8], end: &'static [u8]) -> impl std::io::Read {
    begin.chain(std::io::repeat(b'x').take(16 << 20)).chain(end)
}

#[test]
fn a_line_of_many_megabytes_is_one_row_set_aside() {
    let header = "call_id,started_at,direction,status\n\"";
    let json = r#"{"started_at":"2026-06-01T09:00:00Z","direction":"inbound","status":"answered"}"#;
    for (begin, end, format) in [
        (header.as_bytes(), format!("\n{ROW}\n"), Format::Native),
        (b"[{\"call_id\":\"".as_slice(), format!("\"}},{json}]"), Format::Native),
        (b"{\"call_id\":\"".as_slice(), format!("\n{json}\n"), Format::Native),
        (b"nonsense ".as_slice(), "\n".to_owned(), Format::Voys),
    ] {
        let (mut items, mut set_aside) = (0, Vec::new());
        read(endless(begin, end.leak().as_bytes()), &reading(format), &mut |chunk| {
            items += chunk.items.len();
            set_aside.extend(chunk.set_aside);
            true
        })
        .expect("readable");
        assert_eq!((items, set_aside.len()), (usize::from(format == Format::Native), 1));
        assert!(set_aside[0].value.chars().count() <= 81, "what is shown of it is short");
    }
}

#[test]
fn zeros_and_what_a_database_writes_for_nothing_are_nothing() {
    let file = format!("{HEADER},agent_name,queue\n{ROW},\0,NULL\n{ROW},a\0b,\\N\n");
    let found = native(file.as_bytes());
    let names: Vec<_> = found
        .items
        .iter()
        .map(|item| match item {
            Item::Call(ranked) => (ranked.call.agent_name.as_deref(), ranked.call.queue.as_deref()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(names, [(None, None), (Some("a b"), None)]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_a_file_holds_every_row_is_accounted_for(
        pieces in proptest::collection::vec(proptest::sample::select(vec![
            "\"", "\n", "\r\n", ",", ";", "{", "}", "[", "]", ":", "\\", "\0", "a", "call_id,started_at,direction,status\n",
            "1,2026-06-01T09:00:00Z,inbound,answered\n", "{\"call_id\":\"c\",\"timestamp\":1}", "calldate;call_type;disposition\n",
        ]), 0..60),
        bad in proptest::collection::vec(proptest::num::u8::ANY, 0..4),
    ) {
        let mut file = pieces.concat().into_bytes();
        file.extend_from_slice(&bad);
        for format in [Format::Native, Format::Ringostat, Format::Voys] {
            if let Ok(found) = read_all(format, &file) {
                let told = found.items.len() + found.set_aside.len();
                proptest::prop_assert_eq!(found.rows, told as u64);
                proptest::prop_assert_eq!(found.bytes, file.len() as u64);
            }
        }
    }
}
