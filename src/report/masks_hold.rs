//! Tests only: whatever the calls, the reader and the format, nobody sees more of a number than allowed, nor money, nor a
//! recording. It loops over the tables of roles and of renderers, so what is added there is held to it.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::strategy::ValueTree;

use crate::domain::directory::Directory;
use crate::domain::document::Document;
use crate::domain::ids::{ProjectId, ProjectKey};
use crate::domain::presets::PRESETS;
use crate::domain::report_spec::{Options, ReportSpec, SectionId};
use crate::domain::role::{Numbers, ROLES, Rights, Scope};
use crate::domain::slice::Slice;

use super::ReportRequest;
use super::oracle::{any_calls, request, slice};
use super::render::{self, RENDERERS};

/// A number of the digits 7, 8 and 9 only, which the rest of a small report hardly ever has in a row.
fn number(client: i64) -> i64 {
    let mut rest = client.unsigned_abs() % 6_561;
    let digits = (0..8).map(|_| {
        let digit = 7 + rest % 3;
        rest /= 3;
        char::from(b'0' + digit as u8)
    });
    format!("9987{}", digits.collect::<String>()).parse().unwrap_or_default()
}

/// The slice with such numbers, and each in every text in which a source may have put it.
pub(super) fn telling(slice: &Slice) -> Arc<Slice> {
    let mut slice = slice.clone();
    let calls = slice.calls.iter_mut().chain(&mut slice.previous).chain(&mut slice.entry_calls);
    calls.for_each(|call| call.client = call.client.map(number));
    slice.entries.iter_mut().for_each(|entry| entry.client = number(entry.client));
    let clients: BTreeSet<i64> = slice.calls.iter().filter_map(|call| call.client).collect();
    for (client, (id, utm)) in clients.iter().zip(&mut slice.attributions) {
        utm.source = Some(format!("sms {client}"));
        utm.campaign = Some(format!("back-{}-{id}", client % 100_000_000));
    }
    for (client, agent) in clients.iter().zip(slice.agents.values_mut()) {
        (agent.key, agent.name) = (client.to_string(), Some(format!("Mobile +{client}")));
    }
    for row in &slice.calls {
        let told = row.client.map(|client| format!("+{client}"));
        let spaced = row.client.map(|client| format!("call (0{}) {} again", client % 1_000 + 99, client));
        let record = serde_json::json!({
            "call_id": format!("c-{}", row.key.0), "source": "Main PBX", "direction": row.direction.name(),
            "started_at": row.started_at, "from_number": told, "to_number": told, "client_number": told,
            "status": row.status.name(), "answered_by": "human", "utm": {"term": told}, "first_utm": {"source": told},
            "tags": told.iter().collect::<Vec<_>>(), "comment": spaced, "queue": told, "department": told,
            "landing": told.as_ref().map(|number| format!("https://example.com/?tel={number}")),
            "agent_id": told, "agent_name": told, "hangup_cause": told, "category": told, "raw_status": told,
            "cost_micro": 61_430_000, "currency": "XAU", "recording_url": format!("https://rec.example/{}", row.key.0),
            "id_is_synthetic": false, "parts": [],
        });
        slice.records.insert(row.key, serde_json::from_value(record).expect("a canonical record"));
    }
    Arc::new(slice)
}

/// Every role, as it is and as a schedule may narrow it.
fn readers() -> BTreeSet<Rights> {
    let narrowed = |rights: Rights| Numbers::ALL.map(|most| rights.clone().narrowed(most));
    ROLES.iter().flat_map(|line| narrowed(Rights::of(&[line.role], Some("201")))).collect()
}

/// Everything that can be read from a rendered file, whatever its format: texts, names, links, metadata.
fn texts_of(bytes: &[u8]) -> Vec<String> {
    if bytes.starts_with(b"PK") {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
        let mut texts = Vec::new();
        for n in 0..archive.len() {
            let mut file = archive.by_index(n).expect("an entry");
            let mut content = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut content).expect("it can be read");
            texts.extend(texts_of(&content).into_iter().map(|text| in_short(&text)));
        }
        return texts;
    }
    if bytes.starts_with(b"%PDF") {
        let file = lopdf::Document::load_mem(bytes).expect("a PDF");
        let pages: Vec<u32> = file.get_pages().keys().copied().collect();
        let mut texts = vec![file.extract_text(&pages).expect("text")];
        file.objects.values().for_each(|object| strings(object, &mut texts));
        return texts;
    }
    let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
    // What stands between tags, and what stands in them.
    text.split(['<', '>']).map(str::to_owned).collect()
}

/// Moments are fractions of days in a workbook: their many digits are nobody's number.
fn in_short(text: &str) -> String {
    match text.parse::<f64>() {
        Ok(number) if text.split_once('.').is_some_and(|(_, fraction)| fraction.len() > 2) => format!("{number:.2}"),
        _ => text.to_owned(),
    }
}

fn strings(object: &lopdf::Object, into: &mut Vec<String>) {
    match object {
        lopdf::Object::String(bytes, _) => {
            let wide: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            into.push(String::from_utf8_lossy(bytes).into_owned());
            into.push(String::from_utf16_lossy(&wide));
        }
        lopdf::Object::Array(items) => items.iter().for_each(|item| strings(item, into)),
        lopdf::Object::Dictionary(map) => map.iter().for_each(|(_, item)| strings(item, into)),
        lopdf::Object::Stream(stream) => {
            stream.dict.iter().for_each(|(_, item)| strings(item, into));
            let is_metadata =
                stream.dict.get(b"Type").and_then(lopdf::Object::as_name).is_ok_and(|name| name == b"Metadata");
            if is_metadata {
                into.push(String::from_utf8_lossy(&stream.content).into_owned());
            }
        }
        _ => {}
    }
}

/// Digits that stand together, single marks between them aside.
pub(super) fn bare(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let digit = |n: usize| letters.get(n).is_some_and(char::is_ascii_digit);
    let is_mark = |n: usize| matches!(letters[n], ' ' | '\u{a0}' | '\u{202f}' | '-' | '(' | ')' | '/');
    let between = |n: usize| n > 0 && is_mark(n) && digit(n - 1) && digit(n + 1);
    let text: String = (0..letters.len()).filter(|n| !between(*n)).map(|n| letters[n]).collect();
    without_long_fractions(&text)
}

/// Without the digits of fractions such as 7/9 or the hour of a day in a workbook, which may be any.
fn without_long_fractions(text: &str) -> String {
    let mut parts = text.split('.');
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.chars().take_while(char::is_ascii_digit).count();
        let is_long = bare.ends_with(|c: char| c.is_ascii_digit()) && digits > 6;
        bare.push('.');
        bare.push_str(if is_long { &part[digits..] } else { part });
    }
    bare
}

/// More of a number than a reader may see: so many of its digits in a row.
pub(super) fn told(number: &str, numbers: Numbers) -> impl Iterator<Item = &str> {
    let allowed = if numbers == Numbers::Last4 { 4 } else { 3 };
    (0..number.len() - allowed).map(move |at| &number[at..=at + allowed])
}

pub(super) fn artefacts(document: &Document) -> Vec<(String, Vec<String>)> {
    let own = vec![
        document.subject.clone(),
        document.preview.clone(),
        document.title.clone(),
        document.file_stem.clone(),
        document.eyebrow.clone(),
    ];
    let forms = RENDERERS.iter().map(|renderer| {
        let rendered = render::render(document, renderer.format).expect("it can be drawn");
        (format!("{:?}", renderer.format), texts_of(&rendered.bytes))
    });
    std::iter::once(("the head".to_owned(), own)).chain(forms).collect()
}

/// The report over two projects with these calls.
fn over_two(request: &ReportRequest, slice: &Arc<Slice>) -> Document {
    let mut other = request.clone();
    other.project.key = ProjectKey(request.project.key.0 + 1);
    other.project.id = ProjectId::parse("another").expect("an id");
    other.project.name = "Another".into();
    let both = vec![(request.clone(), Arc::clone(slice)), (other, Arc::clone(slice))];
    super::over_several(&[both]).expect("a document").pop().expect("one")
}

fn report(request: &ReportRequest, slice: &Arc<Slice>) -> Document {
    let mut made = super::documents(&[(request.clone(), Arc::clone(slice))]).expect("a document");
    made.pop().expect("one")
}

pub(super) fn everything() -> ReportRequest {
    let mut request = request();
    request.spec.sections = SectionId::ALL.to_vec();
    let columns =
        ["started_at", "client_number", "agent", "origin", "cost", "recording_url", "comment", "tags", "queue"];
    request.spec.options.columns = columns.map(str::to_owned).to_vec();
    request.directory = Arc::new(Directory::default());
    request
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn nobody_sees_more_than_allowed_in_any_format((calls, parts) in any_calls(25), of_two in 0_usize..2) {
        let mut request = everything();
        let slice = telling(&slice(request.slice_request(), calls, parts));
        let numbers: BTreeSet<String> = slice.calls.iter().filter_map(|call| call.client).map(|n| n.to_string()).collect();
        for (n, rights) in readers().into_iter().enumerate() {
            request.rights = rights.clone();
            // Every other reader's is over two projects, by turns: together they would take twice the time.
            let document = if n % 2 == of_two { over_two(&request, &slice) } else { report(&request, &slice) };
            for (form, texts) in artefacts(&document) {
                for text in texts.iter().map(|text| bare(text)) {
                    if rights.numbers != Numbers::Full {
                        for run in numbers.iter().flat_map(|number| told(number, rights.numbers)) {
                            prop_assert!(!text.contains(run), "{rights:?}, {form}: `{run}` in `{text}`");
                        }
                        prop_assert!(!text.contains("tel:"), "{rights:?}, {form}: {text}");
                    }
                    prop_assert!(rights.money || !text.contains("61.43"), "{rights:?}, {form}: money in {text}");
                    prop_assert!(rights.recordings || !text.contains("rec.example"), "{rights:?}, {form}: {text}");
                }
            }
        }
    }
}

/// The same look finds what is there for those who may see it, so that it can fail.
#[test]
fn those_who_may_see_it_do_in_every_format_that_has_a_list() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let tree = any_calls(60).new_tree(&mut runner).expect("calls");
    let (calls, parts) = tree.current();
    let mut request = everything();
    let slice = telling(&slice(request.slice_request(), calls, parts));
    let listed = slice.calls.iter().find_map(|call| call.client).expect("a call with a number").to_string();
    request.rights = Rights::of(&[crate::domain::role::Role::Owner], None);
    for (form, texts) in artefacts(&report(&request, &slice)).into_iter().skip(1) {
        let all = bare(&texts.join("\n"));
        assert!(all.contains(&listed), "{form} hides {listed} from its owner");
        assert!(all.contains("61.43"), "{form} hides costs from the owner");
        // A print on paper has no address behind its words in the extracted text, but among its links.
        assert!(all.contains("rec.example"), "{form} hides recordings from the owner");
    }
    // Only the list of calls has them.
    request.spec.sections.retain(|section| *section != SectionId::CallList);
    for (form, texts) in artefacts(&report(&request, &slice)) {
        assert!(!texts.join("\n").contains("rec.example"), "{form}: a recording outside the list of calls");
    }
}

/// A recording is a secret: the log of every call leads to them, and a list that asks for them, for whoever may listen; no
/// other report in any format.
#[test]
fn only_the_log_and_a_list_that_asks_lead_to_recordings() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (calls, parts) = any_calls(40).new_tree(&mut runner).expect("calls").current();
    let mut reports: Vec<(String, ReportSpec, bool)> =
        PRESETS.iter().map(|preset| (preset.name.to_owned(), preset.spec(), preset.name == "call-log")).collect();
    let list = |id: &str, columns: &[&str]| {
        let mut spec = ReportSpec { id: id.to_owned(), ..PRESETS[0].spec() };
        spec.sections = vec![SectionId::Totals, SectionId::CallList];
        spec.options.columns = columns.iter().map(|column| (*column).to_owned()).collect();
        spec
    };
    let log = PRESETS.iter().find(|preset| preset.name == "call-log").expect("a preset").spec();
    let without = Options { columns: vec!["started_at".into()], ..log.options.clone() };
    reports.extend([
        ("a list".to_owned(), list("all", &[]), false),
        ("called like the log".to_owned(), list("call-log", &[]), false),
        ("other columns".to_owned(), list("some", &["started_at", "client_number"]), false),
        ("a list that asks".to_owned(), list("some", &["started_at", "recording_url"]), true),
        ("the log without".to_owned(), ReportSpec { options: without, ..log }, false),
    ]);
    let mut request = request();
    let slice = telling(&slice(request.slice_request(), calls, parts));
    for line in ROLES {
        request.rights = Rights { scope: Scope::Project, ..Rights::of(&[line.role], Some("201")) };
        for (report_name, spec, leads) in &reports {
            request.spec = spec.clone();
            let allowed = *leads && line.recordings;
            let asks = !spec.options.columns.is_empty();
            for (form, texts) in artefacts(&report(&request, &slice)).into_iter().skip(1) {
                let shown = texts.join(" ");
                let found = shown.contains("rec.example") || shown.contains("recording_url");
                // Where nobody asks, people aren't shown a column of links; machines are.
                let for_machines = ["Xlsx", "Csv", "Json"].contains(&form.as_str());
                assert_eq!(found, allowed && (asks || for_machines), "{}, {report_name}, {form}", line.name);
            }
        }
    }
}
