//! Whatever the calls and whoever reads: a report over several projects tells each project as its own report does, and of
//! a project that its reader may not see, nothing.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use serde_json::Value;

use crate::domain::call::{CallStatus, Direction};
use crate::domain::document::{Block, Document};
use crate::domain::figure::DataStamp;
use crate::domain::ids::{ProjectId, ProjectKey};
use crate::domain::period::Period;
use crate::domain::role::{Numbers, Rights, Role};
use crate::domain::schedule::Format;
use crate::domain::slice::{CallRow, PartRow, Slice};

use super::super::masks_hold::{artefacts, bare, everything, telling, told};
use super::super::oracle::{any_calls, instant, slice};
use super::super::render::render;
use super::super::schema_check::complaints;
use super::super::tests::{text, two_weeks};
use super::super::{ReportRequest, documents, over_several};
use super::MOST_CALLERS;

/// A word for each project that stands in all of its names, and in nothing else.
const MARKS: [&str; 3] = ["Quux", "Zyzx", "Wokk"];

type Part = (ReportRequest, Arc<Slice>);

/// One project's report of these calls; its names and numbers are its own.
fn part(n: usize, calls: &[CallRow], parts: &[PartRow]) -> Part {
    let mark = MARKS[n];
    let mut request = everything();
    request.project.key = ProjectKey(n as i64 + 1);
    request.project.id = ProjectId::parse(&mark.to_lowercase()).expect("an id");
    request.project.name = format!("{mark} Ltd");
    let apart = |call: &CallRow| CallRow { client: call.client.map(|client| client + 1_000 * n as i64), ..*call };
    let slice = slice(request.slice_request(), calls.iter().map(apart).collect(), parts.to_vec());
    let mut slice = Slice::clone(&telling(&slice));
    for agent in slice.agents.values_mut() {
        agent.name = agent.name.as_ref().map(|name| format!("{mark} {name}"));
    }
    slice.attributions.values_mut().for_each(|utm| utm.medium = Some(mark.to_owned()));
    for source in slice.sources.values_mut() {
        source.name = format!("PBX {mark}");
        let span = source.spans[0];
        source.spans = vec![Period::new(span.from(), instant("2026-11-15T15:40:00Z")).expect("a span")];
    }
    (request, Arc::new(slice))
}

/// What a reader sees of each project; `None`: nothing.
fn any_reader() -> impl Strategy<Value = [Option<Rights>; 3]> {
    let rights = prop_oneof![
        2 => Just(None),
        1 => Just(Some(Rights::of(&[Role::Owner], None))),
        1 => Just(Some(Rights::of(&[Role::Manager], None))),
        1 => Just(Some(Rights::of(&[Role::Viewer], None))),
        1 => Just(Some(Rights::of(&[Role::Manager], None).narrowed(Numbers::None))),
    ];
    [rights.clone(), rights.clone(), rights].prop_filter("sees one", |all| all.iter().any(Option::is_some))
}

fn seen(all: &[Part], reader: &[Option<Rights>; 3]) -> Vec<Part> {
    let seen = all.iter().zip(reader).filter_map(|((request, slice), rights)| {
        Some((ReportRequest { rights: rights.clone()?, ..request.clone() }, Arc::clone(slice)))
    });
    seen.collect()
}

fn schema() -> Value {
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/guide/reports.schema.json"));
    serde_json::from_str(text).expect("the schema is JSON")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    /// All readers of a batch are made together, so what is one's could come to another.
    #[test]
    fn nobody_sees_anything_of_a_project_without_a_role_in_it(
        calls in [any_calls(10), any_calls(10), any_calls(10)],
        readers in [any_reader(), any_reader()],
    ) {
        let all: Vec<Part> = calls.iter().enumerate().map(|(n, (calls, parts))| part(n, calls, parts)).collect();
        let reports: Vec<Vec<Part>> = readers.iter().map(|reader| seen(&all, reader)).collect();
        let made = over_several(&reports).expect("documents");
        for ((reader, report), document) in readers.iter().zip(&reports).zip(&made) {
            let data = document.data.as_ref().expect("data");
            let mut own_requests = report.clone();
            own_requests.iter_mut().for_each(|(request, _)| request.spec.options.max_rows = MOST_CALLERS);
            let own = documents(&own_requests).expect("documents");
            let own: Vec<_> = own.into_iter().filter_map(|document| document.data).collect();
            prop_assert_eq!(&data.projects, &own, "each project as its own report tells it");
            let rows = &data.tables["projects"];
            for (row, own) in rows.iter().zip(&own) {
                for name in ["calls", "answered", "missed", "target", "to_call_back"] {
                    let figure = own.figures[&format!("totals.{name}")].value;
                    prop_assert_eq!(row[name].as_f64(), figure, "{}", name);
                }
            }
            let total = |of: fn(&DataStamp) -> u64| own.iter().map(|data| of(&data.stamp)).sum::<u64>();
            prop_assert_eq!(data.stamp.calls, total(|stamp| stamp.calls), "and of no other");
            let json = render(document, Format::Json).expect("JSON").bytes;
            let found = complaints(&schema(), &serde_json::from_slice(&json).expect("JSON"));
            prop_assert!(found.is_empty(), "{}", found.join("\n"));
            let hidden: Vec<&str> =
                MARKS.iter().zip(reader).filter(|(_, rights)| rights.is_none()).map(|(mark, _)| *mark).collect();
            for (form, texts) in artefacts(document) {
                for text in &texts {
                    let flat = text.to_lowercase();
                    for mark in &hidden {
                        prop_assert!(!flat.contains(&mark.to_lowercase()), "{form}: {mark} in {text}");
                    }
                    let bare = bare(text);
                    for ((_, slice), rights) in all.iter().zip(reader) {
                        let numbers: BTreeSet<String> =
                            slice.calls.iter().filter_map(|call| call.client).map(|client| client.to_string()).collect();
                        let seen = rights.as_ref().map_or(Numbers::None, |rights| rights.numbers);
                        if seen != Numbers::Full {
                            // The last digits alone may be those of a client of another project.
                            let long = |number: &str| told(number, seen).map(str::to_owned).collect::<Vec<_>>();
                            for run in numbers.iter().flat_map(|number| long(number)).filter(|_| all_masked(reader)) {
                                prop_assert!(!bare.contains(&run), "{form}: {run} in {text}");
                            }
                            for number in &numbers {
                                prop_assert!(!bare.contains(number.as_str()), "{form}: {number} in {text}");
                            }
                        }
                    }
                }
            }
        }
    }
}

fn all_masked(reader: &[Option<Rights>; 3]) -> bool {
    reader.iter().flatten().map(|rights| rights.numbers).max() == Some(Numbers::None)
}

/// The same look finds what is there, so that it can fail.
#[test]
fn whoever_may_see_a_project_does() {
    let all: Vec<Part> = (0..3).map(|n| part(n, &two_weeks(), &[])).collect();
    let owner = Some(Rights::of(&[Role::Owner], None));
    let reports = [seen(&all, &[owner.clone(), None, owner])];
    let document = over_several(&reports).expect("a document").remove(0);
    for (form, texts) in artefacts(&document).into_iter().skip(1) {
        let text = texts.join("\n");
        assert!(text.contains(MARKS[0]) && text.contains(MARKS[2]), "{form}: {text}");
    }
    let waiting = all[0].1.entries.first().expect("somebody waits").client.to_string();
    let all_text: String = artefacts(&document).into_iter().flat_map(|(_, texts)| texts).collect();
    assert!(bare(&all_text).contains(&waiting), "{waiting}");
}

/// Projects that can't be counted aren't quiet ones.
#[test]
fn no_data_of_some_or_all_is_not_no_calls() {
    let silent = |n: usize, calls: &[CallRow]| {
        let (request, slice) = part(n, calls, &[]);
        let mut slice = Slice::clone(&slice);
        for source in slice.sources.values_mut() {
            source.spans.clear();
            source.last_event_at = Some(instant("2026-11-08T16:02:00Z"));
        }
        (request, Arc::new(slice))
    };
    let quiet = |n: usize| {
        let (request, slice) = part(n, &[], &[]);
        let mut slice = Slice::clone(&slice);
        for source in slice.sources.values_mut() {
            source.spans = vec![Period::new(instant("2026-09-01T00:00:00Z"), request.period.to()).expect("a span")];
        }
        (request, Arc::new(slice))
    };
    let of = |report: Vec<Part>| over_several(&[report]).expect("a document").remove(0);
    let said = |document: &Document| text(document).replace('~', " ");
    let none = of(vec![silent(0, &[]), silent(1, &[])]);
    assert_eq!(none.subject, "2 projects: no data (9–15 Nov)");
    assert!(none.title.starts_with("No data for"), "{}", none.title);
    assert!(none.preview.starts_with("2 projects have no data"), "{}", none.preview);
    assert!(!none.blocks.iter().any(|block| matches!(block, Block::Cards(_))), "{}", said(&none));
    let some = of(vec![silent(0, &[]), part(1, &two_weeks(), &[])]);
    assert!(some.preview.contains("calls in 1 project. 1 project has no data"), "{}", some.preview);
    let mixed = of(vec![silent(0, &[]), quiet(1)]);
    assert!(mixed.title.starts_with("No data for"), "{}", mixed.title);
    let quiet = of(vec![quiet(0), quiet(1)]);
    assert_eq!(quiet.title, "No calls came in");
    assert!(!said(&quiet).contains("have no data"), "{}", said(&quiet));
}

/// Outbound calls alone are calls too, and are in no rate.
#[test]
fn a_project_that_only_calls_out_is_known() {
    let out: Vec<CallRow> = two_weeks()
        .into_iter()
        .filter(|call| call.direction == Direction::Outbound && call.status != CallStatus::MissedNoAnswer)
        .collect();
    let document = over_several(&[vec![part(0, &out, &[]), part(1, &two_weeks(), &[])]]).expect("a document").remove(0);
    let rows = &document.data.as_ref().expect("data").tables["projects"];
    assert_eq!(rows[0]["calls"], 0);
    assert_eq!(rows[0]["answer_rate"], Value::Null);
}
