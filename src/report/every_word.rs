//! Tests only: ids of messages that are put together from a name (of a column, a word, a figure, a day) all exist. The
//! build compares the languages with English, so what English has every language has; here English is asked for each.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use crate::domain::cadence::Weekday;
use crate::domain::call::{AnsweredBy, CallStatus, Direction};
use crate::domain::column::{CALL_COLUMNS, COLUMNS, ColumnKind, head_id, word_id};
use crate::domain::document::{Document, MachineData};
use crate::domain::figure::{ORDER, in_order, word};
use crate::domain::filters::status_words;
use crate::domain::missed::MissedSet;
use crate::domain::report_spec::SectionId;
use crate::domain::role::ROLES;
use crate::domain::schedule::Format;
use crate::domain::slice::Slice;
use crate::domain::watch::Trouble;
use crate::i18n::{Words, spoken};

use super::masks_hold::{artefacts, everything, telling};
use super::notice::MailEvent;
use super::oracle::slice;
use super::reasons::GROUPS;
use super::tests::two_weeks;
use super::{ReportRequest, documents, over_several, sections};

/// Every beginning of an id that the code completes, and what with; an id that begins otherwise isn't looked for here.
fn families() -> Vec<(&'static str, Vec<String>)> {
    let dashed = |word: &str| word.replace('_', "-");
    let numbers = |last: usize| (1..=last).map(|n| n.to_string()).collect::<Vec<_>>();
    let directions = Direction::ALL.iter().map(|direction| dashed(direction.name())).collect();
    let statuses = status_words().into_iter().map(dashed).collect();
    let missed: Vec<String> = MissedSet::WORDS.into_iter().map(dashed).collect();
    let left_out = CallStatus::ALL.iter().filter(|status| !status.is_answered()).map(|status| dashed(status.name()));
    let reasons = GROUPS.into_iter().chain(["no_answer_or_busy"]).map(dashed).collect();
    let tables = SectionId::ALL.iter().filter(|id| !matches!(id, SectionId::Headline | SectionId::Totals));
    let parts = |names: &[&str], parts: &[&str]| -> Vec<String> {
        names.iter().flat_map(|name| parts.iter().map(move |part| format!("{name}-{part}"))).collect()
    };
    let events: Vec<&str> = MailEvent::ALL.iter().map(|event| event.name()).collect();
    let months = parts(&["long", "short", "alone", "in"], &numbers(12).iter().map(String::as_str).collect::<Vec<_>>());
    vec![
        ("calls-of-", numbers(7)),
        ("direction-", directions),
        ("left-out-", left_out.chain(["ignored-number".to_owned()]).collect()),
        ("mail-", parts(&events, &["subject", "title", "sentence", "advice"])),
        ("missed-", reasons),
        ("month-", months),
        ("month-short-", numbers(12)),
        ("month-alone-", numbers(12)),
        ("month-in-", numbers(12)),
        ("number-", numbers(12)),
        ("role-", ROLES.iter().map(|line| line.role.name().to_owned()).collect()),
        ("sheet-", tables.map(|id| dashed(id.name())).chain(["projects".to_owned()]).collect()),
        ("status-", statuses),
        ("status-missed-", missed),
        ("texts-", parts(&["near-day", "near-month", "full-day", "full-month"], &["title", "then"])),
        (
            "stop-",
            parts(
                &["ask", "done", "paused", "project", "others", "undone", "day", "unknown", "later"],
                &["title", "sentence", "note"],
            ),
        ),
        ("watch-", parts(&Trouble::ALL.map(Trouble::name), &["title", "sentence", "advice"])),
        ("silence-", parts(&["over"], &["title", "sentence", "advice"])),
        ("sns-", parts(&["begin", "end"], &["title", "sentence", "advice"])),
        ("weekday-long-", numbers(7)),
        ("weekday-short-", numbers(7)),
        ("weekday-object-", numbers(7)),
        // Of reports that are held and given up; `which` stands in front.
        ("", parts(&["held", "gave-up"], &["subject", "title", "sentence", "advice"])),
    ]
}

/// Every canonical word that a column of words may hold.
fn words_of(column: &str) -> Vec<&'static str> {
    match column {
        "weekday" => Weekday::ALL.iter().map(|day| day.name()).collect(),
        "reason" => GROUPS.into_iter().chain(["no_answer_or_busy"]).collect(),
        "direction" => Direction::ALL.iter().map(|direction| direction.name()).collect(),
        "status" => CallStatus::ALL.iter().map(|status| status.name()).collect(),
        "kind" => vec!["person", "team", "no_team", "unknown"],
        "answered_by" => AnsweredBy::ALL.iter().map(|by| by.name()).collect(),
        other => panic!("nobody knows which words stand in the column {other}"),
    }
}

#[test]
fn every_id_that_is_put_together_is_a_message() {
    let columns = || COLUMNS.iter().chain(CALL_COLUMNS);
    let mut ids: BTreeSet<String> = columns().map(|(name, _)| head_id(name)).collect();
    ids.extend(ORDER.iter().map(|name| word(name)));
    for (name, _) in columns().filter(|(_, kind)| *kind == ColumnKind::Word) {
        ids.extend(words_of(name).into_iter().map(|word| word_id(name, word)));
    }
    ids.extend(families().iter().flat_map(|(begin, ends)| ends.iter().map(move |end| format!("{begin}{end}"))));
    for language in spoken() {
        let words = Words::of(language);
        let missing: Vec<&String> = ids.iter().filter(|id| !words.knows(id)).collect();
        assert!(missing.is_empty(), "{language} lacks {missing:?}");
    }
}

/// Who puts an id together in a new way has to say here from what.
#[test]
fn nobody_puts_together_an_id_that_is_not_looked_for() {
    let known: BTreeSet<&str> = families().into_iter().map(|(begin, _)| begin).collect();
    let mut found = 0;
    for (file, text) in sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
        let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(");
        for call in [".word(&format!(", ".say(&format!(", ".maybe(&format!("] {
            for rest in text.split(call).skip(1) {
                let begin = rest.trim_start().strip_prefix('"').and_then(|id| id.split('{').next()).unwrap_or_default();
                found += 1;
                assert!(known.contains(begin), "{file} completes ids that begin with `{begin}`");
            }
        }
    }
    assert!(found > 15, "{found} found");
}

fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("src can be read") {
        let path = entry.expect("an entry").path();
        let name = path.display().to_string();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if name.ends_with(".rs") && !name.ends_with("every_word.rs") {
            found.push((name, std::fs::read_to_string(&path).expect("source is text")));
        }
    }
    found
}

/// The order is that of every figure, and people's.
#[test]
fn every_figure_has_its_place() {
    let names: BTreeSet<String> = sections::figure_names().into_iter().collect();
    let placed: BTreeSet<String> = ORDER.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!((names, placed.len()), (placed, ORDER.len()));
}

fn with_everything(language: &str) -> (ReportRequest, Arc<Slice>) {
    let request = ReportRequest { language: language.to_owned(), ..everything() };
    let slice = telling(&slice(request.slice_request(), two_weeks(), Vec::new()));
    (request, slice)
}

/// A report with every section, and one over two projects.
fn both(language: &str) -> [Document; 2] {
    let part = with_everything(language);
    let mut other = part.clone();
    other.0.project.key = crate::domain::ids::ProjectKey(77);
    other.0.project.id = crate::domain::ids::ProjectId::parse("another").expect("an id");
    let single = documents(std::slice::from_ref(&part)).expect("a document").remove(0);
    [single, over_several(&[vec![part, other]]).expect("a document").remove(0)]
}

fn check(data: &MachineData) {
    let known = |name: &str| COLUMNS.iter().chain(CALL_COLUMNS).find(|(known, _)| *known == name);
    for (table, columns) in &data.columns {
        for column in columns {
            let (_, kind) = known(&column.name).unwrap_or_else(|| panic!("{table}: {} isn't listed", column.name));
            assert_eq!(*kind, column.kind, "{table}: {}", column.name);
            for row in &data.tables[table] {
                if let (ColumnKind::Word, Some(Value::String(word))) = (column.kind, row.get(&column.name)) {
                    assert!(words_of(&column.name).contains(&word.as_str()), "{table}: {} {word}", column.name);
                }
            }
        }
    }
    data.projects.iter().for_each(check);
}

#[test]
fn every_column_of_a_report_is_listed_and_every_word_known() {
    for document in both("en") {
        check(document.data.as_ref().expect("data"));
    }
}

/// What a workbook tells in one language holds no name of a column, word or table for machines, nor English.
#[test]
fn a_workbook_is_in_one_language() {
    let machine: BTreeSet<&str> = COLUMNS
        .iter()
        .chain(CALL_COLUMNS)
        .flat_map(|(name, kind)| if *kind == ColumnKind::Word { words_of(name) } else { Vec::new() })
        .chain(COLUMNS.iter().map(|(name, _)| *name))
        .chain(["projects", "missed reasons", "(not tracked)"])
        .collect();
    let english = Words::of("en");
    for document in both("uk") {
        let (_, texts) = artefacts(&document).into_iter().find(|(form, _)| form == "Xlsx").expect("a workbook");
        for text in &texts {
            assert!(!machine.contains(text.as_str()) && !text.contains("table-"), "{text}");
            let is_english = COLUMNS.iter().any(|(name, _)| *text == english.word(&head_id(name)));
            assert!(!is_english, "{text}");
        }
        assert!(texts.iter().any(|text| text == "Понеділок" || text == "понеділок"), "{texts:?}");
        assert!(texts.iter().any(|text| text == "Ніхто не підняв слухавку"), "{texts:?}");
    }
}

/// Figures stand as in the report, in the workbook and in the list of values.
#[test]
fn figures_stand_in_the_order_of_the_report() {
    let [document, _] = both("en");
    let figures = &document.data.as_ref().expect("data").figures;
    let names: Vec<&str> = in_order(figures).into_iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names[..4], ["totals.calls", "totals.answered", "totals.answer_rate", "totals.missed"]);
    let csv = super::render::render(&document, Format::Csv).expect("CSV").bytes;
    let csv = String::from_utf8(csv).expect("UTF-8");
    let mut told: Vec<&str> = csv.lines().filter_map(|line| line.split(',').nth(2)).collect();
    told.dedup();
    let told: Vec<&str> = told.into_iter().filter(|name| figures.contains_key(*name)).collect();
    let with_values: Vec<&str> = names.into_iter().filter(|name| told.contains(name)).collect();
    assert_eq!(told, with_values);
    let (_, texts) = artefacts(&document).into_iter().find(|(form, _)| form == "Xlsx").expect("a workbook");
    let place = |label: &str| texts.iter().position(|text| text == label).unwrap_or_else(|| panic!("{label}"));
    assert!(place("Calls in") < place("Answered") && place("Answered") < place("Answer rate"));
    assert!(texts.iter().any(|text| text == "Waited in all, seconds"), "a duration says its unit");
}
