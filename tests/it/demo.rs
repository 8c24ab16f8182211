//! The demo as a whole, on a fixed day: what it makes, that its figures are those of the calls that came in, and that a
//! second run adds only what has become due since.

use std::collections::BTreeSet;
use std::path::Path;

use callbrief::demo::{self, Account, Folder};
use callbrief::domain::instant::Instant;
use mail_parser::{MessageParser, MimeHeaders};
use serde_json::Value;

/// A Wednesday: the clock begins on Sunday, 8 November, and passes Monday, 9 and 16 November.
const NOW: &str = "2026-11-18T11:20:00Z";

fn at(text: &str) -> Instant {
    Instant::parse_rfc3339(text).expect("valid")
}

async fn play(folder: &Folder, now: &str) -> Account {
    demo::play(folder, at(now), &|_| {}).await.expect("the demo runs")
}

fn files(folder: &Folder, ending: &str) -> BTreeSet<String> {
    std::fs::read_dir(folder.outbox())
        .expect("an outbox")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .filter(|name| name.ends_with(ending))
        .collect()
}

/// The JSON report that the first mail of this schedule carries.
fn attached_json(account: &Account, schedule: &str) -> Value {
    let mail = account.mails.iter().find(|mail| mail.schedule == schedule).expect("a mail of the schedule");
    let message = std::fs::read(mail.message.as_ref().expect("a message")).expect("it can be read");
    let message = MessageParser::default().parse(&message).expect("a mail");
    let json = message.attachments().find(|part| part.attachment_name().is_some_and(|name| name.ends_with(".json")));
    serde_json::from_slice(json.expect("JSON is attached").contents()).expect("it is JSON")
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_are_there_and_a_second_run_adds_only_what_is_new() {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = Folder::at(scratch.path().join("demo"));
    let first = play(&folder, NOW).await;

    assert!(first.is_first);
    let schedules: BTreeSet<_> = first.mails.iter().map(|mail| mail.schedule.as_str()).collect();
    for schedule in ["vikna-weekly", "vikna-daily", "amstel-weekly", "amstel-weekdays", "hudson-weekly", "hudson-desk"]
    {
        assert!(schedules.contains(schedule), "nothing of {schedule} in {schedules:?}");
    }
    for mail in &first.mails {
        assert_eq!(mail.state, "accepted", "{mail:?}");
        assert!(mail.message.is_some() && mail.page.is_some() && mail.size > 2_000, "{mail:?}");
        assert!(!mail.subject.is_empty() && !mail.why.is_empty() && mail.period.is_some(), "{mail:?}");
        assert!(mail.when.contains(" at ") && mail.when.ends_with(" time)"), "in English whoever reads it: {mail:?}");
        assert!(mail.reader.contains(" of ") || mail.reader == "in the list by its address", "{mail:?}");
        let is_pdf = |file: &std::path::PathBuf| file.extension().is_some_and(|ending| ending == "pdf");
        assert!(mail.attached.iter().any(is_pdf), "{mail:?}");
    }
    let mails = files(&folder, ".eml");
    assert_eq!(mails.len(), first.mails.len());
    for name in &mails {
        let raw = std::fs::read(folder.outbox().join(name)).expect("it can be read");
        let mail = MessageParser::default().parse(&raw).expect("mail-parser reads it");
        let parts = (mail.text_body_count(), mail.html_body_count());
        assert_eq!(parts, (1, 1), "{name}: one text and one page");
        assert!(mail.subject().is_some() && mail.message_id().is_some() && mail.date().is_some(), "{name}");
        assert!(mail.parts.iter().all(|part| !part.is_encoding_problem), "{name}: every part is decoded");
    }

    let again = play(&folder, NOW).await;
    assert!(!again.is_first && again.mails.is_empty() && again.calls == 0, "{again:?}");
    assert_eq!(files(&folder, ".eml"), mails);

    let next_day = play(&folder, "2026-11-19T06:00:00Z").await;
    let added: Vec<_> = next_day.mails.iter().map(|mail| mail.schedule.as_str()).collect();
    assert_eq!(added, ["vikna-daily"], "on Thursday at six only the daily one is due");
    assert!(next_day.calls > 20, "{} calls since Wednesday noon", next_day.calls);
    assert_eq!(files(&folder, ".eml").len(), mails.len() + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_those_of_the_calls_that_came_in() {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = Folder::at(scratch.path().join("demo"));
    let account = play(&folder, NOW).await;
    let report = attached_json(&account, "hudson-log");

    let calls = report["tables"]["call_list"].as_array().expect("a list of calls");
    let inbound = |statuses: &[&str]| {
        let status = |call: &&Value| statuses.contains(&call["status"].as_str().unwrap_or_default());
        calls.iter().filter(|call| call["direction"] == "inbound").filter(status).count() as f64
    };
    let (answered, missed) = (
        inbound(&["answered"]),
        inbound(&[
            "missed_no_answer",
            "missed_busy",
            "missed_abandoned",
            "missed_cancelled",
            "missed_voicemail",
            "missed_no_route",
        ]),
    );
    assert!(answered > 100.0 && missed > 10.0, "{answered} answered, {missed} missed");
    let figure = |name: &str| report["figures"][name]["value"].as_f64();
    assert_eq!(figure("totals.answered"), Some(answered));
    assert_eq!(figure("totals.missed"), Some(missed));
    assert_eq!(figure("totals.calls"), Some(answered + missed));
    assert_eq!(figure("totals.answer_rate"), Some(answered / (answered + missed)));
    assert_eq!(report["data"]["calls"].as_u64(), Some(calls.len() as u64));

    let ids: BTreeSet<_> = calls.iter().map(|call| call["call_id"].as_str().expect("an id")).collect();
    assert_eq!(ids.len(), calls.len(), "no call twice");
    every_day_is_whole(&ids);

    let several = attached_json(&account, "holding-weekly");
    assert_eq!(several["schema"], "callbrief.reports/1");
    let seen: Vec<_> =
        several["tables"]["projects"].as_array().expect("rows").iter().map(|row| &row["project_id"]).collect();
    assert!(seen == ["vikna", "amstel", "hudson"] || seen == ["vikna", "amstel"], "{seen:?}");
    let whole = account.mails.iter().filter(|mail| mail.schedule == "holding-weekly").count();
    assert!(whole > 0 && whole % 2 == 0, "one for each reader of each Monday: {whole}");
    let own = account.mails.iter().find(|mail| mail.schedule == "amstel-own").expect("an agent's own report");
    assert!(own.subject.contains("Noor Bakker"), "{}", own.subject);
}

/// A made-up call is named by business, day and its number in that day; but for the first and the last day, which the
/// period cuts, no number is left out.
fn every_day_is_whole(ids: &BTreeSet<&str>) {
    let days: BTreeSet<_> = ids.iter().filter_map(|id| id.rsplit_once('-')).map(|(day, _)| day).collect();
    assert!(days.len() >= 7, "from Monday morning to Monday morning: {days:?}");
    for day in days.iter().skip(1).take(6) {
        let numbers = ids.iter().filter_map(|id| id.strip_prefix(day)?.strip_prefix('-'));
        for (expected, number) in numbers.enumerate() {
            assert_eq!(number, format!("{expected:03}"), "{day}");
        }
    }
}

#[test]
fn sending_for_real_needs_one_address() {
    let scratch = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_callbrief"))
            .args(["demo", "--folder", "demo"])
            .args(arguments)
            .current_dir(scratch.path())
            .output()
            .expect("the program runs")
    };
    for arguments in
        [&["--smtp", "smtp://localhost:2525"][..], &["--to", "me@acme.example"], &["--smtp", "x", "--to", "a@b"]]
    {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: "), "{arguments:?}");
    }
    assert!(!Path::new(&scratch.path().join("demo")).exists(), "nothing is made before the arguments are right");
}
