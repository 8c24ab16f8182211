//! What people are told of several projects: what isn't known is said, each counts in its own way, and the mail never gets
//! too long for what matters.

use std::sync::Arc;

use proptest::prelude::*;

use crate::domain::document::{Block, Document};
use crate::domain::goals::{Formula, ServiceLevel};
use crate::domain::ids::{ProjectId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::schedule::Format;
use crate::domain::slice::{CallRow, Slice};

use super::super::oracle::{any_calls, instant, office, request, slice};
use super::super::render::render;
use super::super::tests::{text, two_weeks};
use super::super::{ReportRequest, documents, over_several};

type Part = (ReportRequest, Arc<Slice>);

fn project(n: usize, calls: &[CallRow]) -> Part {
    let mut request = request();
    request.project.key = ProjectKey(n as i64 + 1);
    request.project.id = ProjectId::parse(&format!("shop-{n}")).expect("an id");
    request.project.name = format!("Shop {n} on the High Street");
    let slice = slice(request.slice_request(), calls.to_vec(), Vec::new());
    (request, slice)
}

/// The same without a word from its source since the period began.
fn silent(part: Part) -> Part {
    let mut slice = Slice::clone(&part.1);
    for source in slice.sources.values_mut() {
        source.spans.clear();
        source.last_event_at = Some(instant("2026-11-08T16:02:00Z"));
    }
    (part.0, Arc::new(slice))
}

fn answered() -> Vec<CallRow> {
    two_weeks().into_iter().filter(|call| call.status.is_answered()).collect()
}

fn made(parts: Vec<Part>) -> Document {
    over_several(&[parts]).expect("a document").remove(0)
}

#[test]
fn nobody_is_said_to_be_reached_while_a_project_is_unknown() {
    let whole = made(vec![project(0, &answered()), project(1, &answered())]);
    assert_eq!(whole.title, "Every call was answered");
    let partial = made(vec![project(0, &answered()), silent(project(1, &[]))]);
    assert_eq!(partial.title, "No data for 1 of 2 projects");
    assert!(partial.subject.contains("no data for 1 project"), "{}", partial.subject);
    assert!(partial.preview.contains("in 1 project. 1 project has no data"), "{}", partial.preview);
    let none = made(vec![silent(project(0, &[])), silent(project(1, &[]))]);
    assert!(none.subject.contains("no data") && !none.subject.contains("no calls"), "{}", none.subject);
    assert!(none.title.starts_with("No data for"), "{}", none.title);
    assert!(!none.preview.contains("no calls "), "{}", none.preview);
    let quiet = made(vec![project(0, &[]), project(1, &[])]);
    assert_eq!(quiet.preview, "There were no calls from 9 to 15 November.");
    let mixed = made(vec![project(0, &[]), silent(project(1, &[]))]);
    assert_eq!(mixed.title, "No data for 1 of 2 projects");
    assert!(mixed.subject.contains("0 calls, no data for 1 project"), "{}", mixed.subject);
    assert!(mixed.preview.starts_with("There were no calls from 9 to 15 November in 1 project. 1 project has"));
}

#[test]
fn in_every_language_what_is_unknown_is_said() {
    for language in ["uk", "nl", "de", "pl", "es"] {
        let in_language = |part: Part| (ReportRequest { language: language.into(), ..part.0 }, part.1);
        let parts = |unknown: bool| {
            let second = if unknown { silent(project(1, &[])) } else { project(1, &answered()) };
            vec![in_language(project(0, &answered())), in_language(second)]
        };
        let (known, partial) = (made(parts(false)), made(parts(true)));
        assert_ne!(known.title, partial.title, "{language}");
        for said in [&partial.title, &partial.preview, &partial.subject] {
            assert!(said.contains('1') && !said.contains("several-"), "{language}: {said}");
        }
    }
}

#[test]
fn each_project_says_how_it_counts_where_they_differ() {
    let of = |n: usize, hours: &str, seconds: u32, formula: Formula, kept: Instant| {
        let (mut request, slice) = project(n, &two_weeks());
        request.calendar = Some(office(hours, &request.zone));
        request.project.settings.goals.service_level = Some(ServiceLevel { seconds, percent: 80.0, formula });
        let slice = Slice { history_from: Some(kept), ..Slice::clone(&slice) };
        (request, Arc::new(slice))
    };
    let kept = instant("2026-03-01T10:00:00Z");
    let first = of(0, "09:00-17:00", 20, Formula::F3, kept);
    let document = made(vec![first.clone(), of(1, "07:00-12:00", 30, Formula::F1, instant("2025-05-05T10:00:00Z"))]);
    let foot: Vec<String> = document.foot.iter().map(|line| line.to_plain().replace('\u{a0}', " ")).collect();
    let all = text(&document);
    let line = |name: &str| foot.iter().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{all}"));
    let (own, other) = (line("Shop 0"), line("Shop 1"));
    for (here, there) in [("09:00", "07:00"), ("within 20 s", "within 30 s"), ("March 2026", "May 2025")] {
        assert!(own.contains(here) && !own.contains(there), "{here}: {own}");
        assert!(other.contains(there) && !other.contains(here), "{there}: {other}");
        assert!(foot.iter().filter(|line| line.contains(here)).count() == 1, "{here}: {all}");
    }
    assert_eq!(all.matches("Missed = no person").count(), 1, "{all}");
    assert!(foot[0].contains("Missed = no person"), "{all}");
    let same = made(vec![first.clone(), (of(1, "09:00-17:00", 20, Formula::F3, kept).0, first.1)]);
    let foot: Vec<String> = same.foot.iter().map(|line| line.to_plain()).collect();
    assert!(foot[0].contains("09:00") && foot[0].contains("March"), "{foot:?}");
    assert_eq!(foot.iter().filter(|line| line.contains("09:00")).count(), 1, "{foot:?}");
}

/// As large as a mail over many shops gets: each with callers who wait, so none can be called quiet.
#[test]
fn forty_projects_with_waiting_callers_fit_into_a_mail() {
    let document = made((0..40).map(|n| project(n, &two_weeks())).collect());
    let html = String::from_utf8(render(&document, Format::Html).expect("HTML").bytes).expect("UTF-8");
    assert!(html.len() < 98_000, "{} bytes", html.len());
    for n in 0..40 {
        let name = format!("Shop {n} on the High Street");
        assert!(html.matches(&name).count() >= 2, "{name} needs a person, and stands beside the others");
    }
    assert!(html.contains("not shown here in detail"));
}

/// The first number in a text; nothing where there is none.
fn number(text: &str) -> u64 {
    let digits: String = text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Those who are listed, those of whom it says that they are more, and the backlog are all who wait.
    #[test]
    fn nobody_who_waits_gets_lost(
        (calls, _) in any_calls(40),
        older in 0..4_u64,
    ) {
        let mut part = project(0, &calls);
        let mut slice = Slice::clone(&part.1);
        slice.older.open = older;
        part.1 = Arc::new(slice);
        let document = made(vec![part, project(1, &two_weeks())]);
        let data = document.data.as_ref().expect("data");
        let open = data.projects[0].figures["totals.to_call_back"].value.expect("known") as u64;
        let backlog = data.projects[0].figures["to_call_back.backlog"].value.expect("known") as u64;
        prop_assert!(backlog >= older);
        let heading = |block: &Block| matches!(block, Block::Heading { section, .. } if section == "project");
        let begin = document.blocks.iter().position(heading).expect("its block");
        let mut told = 0;
        for block in document.blocks[begin + 1..].iter().take_while(|block| !heading(block)) {
            match block {
                Block::Table(table) => told += table.rows.len() as u64 + table.more.as_deref().map_or(0, number),
                Block::Note(text) => told += number(&text.to_plain()),
                _ => {}
            }
        }
        prop_assert_eq!(told, open, "{}", text(&document));
        let waits = "waiting since";
        let exceptions = document.blocks.iter().find_map(|block| match block {
            Block::Table(table) => Some(table.rows.iter().filter(|row| row[0].text.starts_with("Shop 0")).collect::<Vec<_>>()),
            _ => None,
        });
        for row in exceptions.unwrap_or_default() {
            prop_assert!(backlog == 0 || !row[1].text.contains(waits), "{}", row[1].text);
            if row[1].text.contains("to call back") {
                prop_assert_eq!(number(&row[1].text), open);
            }
        }
    }
}

/// A goal and the figure are told in the same way as in the project's own report, and don't contradict.
#[test]
fn a_time_is_told_one_way() {
    let mut part = project(0, &two_weeks());
    part.0.project.settings.goals.first_response_minutes = Some(1);
    let own = documents(std::slice::from_ref(&part)).expect("a document").remove(0);
    let goal = own.data.as_ref().expect("data").figures["to_call_back.first_response_median_sec"].clone();
    assert_eq!(goal.goal.and_then(|goal| goal.met), Some(false));
    let span = crate::i18n::Words::of("en").span(goal.value.expect("known").ceil() as u64);
    let several = made(vec![part, project(1, &two_weeks())]);
    assert!(text(&own).replace('~', "\u{a0}").contains(&span), "{span}: {}", text(&own));
    assert!(
        text(&several).replace('~', "\u{a0}").contains(&format!("{span}, goal 1\u{a0}min")),
        "{span}: {}",
        text(&several)
    );
}
