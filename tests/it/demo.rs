//! The demo as a whole, on a fixed day: what it makes, that its figures are those of the calls that came in, and that a
//! second run adds only what has become due since.

use std::collections::BTreeSet;
use std::path::Path;

use callbrief::config::load::{Inputs, Purpose, survey};
use callbrief::demo::{self, Account, Folder, Warning};
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
    assert_eq!(mails.len(), first.mails.len() + warnings_by_mail(&first));
    for name in &mails {
        let raw = std::fs::read(folder.outbox().join(name)).expect("it can be read");
        let mail = MessageParser::default().parse(&raw).expect("mail-parser reads it");
        let parts = (mail.text_body_count(), mail.html_body_count());
        assert_eq!(parts, (1, 1), "{name}: one text and one page");
        assert!(mail.subject().is_some() && mail.message_id().is_some() && mail.date().is_some(), "{name}");
        assert!(mail.parts.iter().all(|part| !part.is_encoding_problem), "{name}: every part is decoded");
    }

    let again = play(&folder, NOW).await;
    assert!(!again.is_first && again.mails.is_empty() && again.warnings.is_empty() && again.calls == 0, "{again:?}");
    assert_eq!(files(&folder, ".eml"), mails);

    let next_day = play(&folder, "2026-11-19T06:00:00Z").await;
    let added: Vec<_> = next_day.mails.iter().map(|mail| mail.schedule.as_str()).collect();
    assert_eq!(added, ["vikna-daily"], "on Thursday at six only the daily one is due");
    assert!(next_day.calls > 20, "{} calls since Wednesday noon", next_day.calls);
    assert_eq!(files(&folder, ".eml").len(), mails.len() + 1 + warnings_by_mail(&next_day));
}

fn warnings_by_mail(account: &Account) -> usize {
    let to = account.warnings.iter().flat_map(|warning| &warning.to);
    to.filter(|to| to.channel == "email" && to.state == "accepted").count()
}

/// Who got one thing, over what and when, by the project's wall clock.
fn told(warning: &Warning) -> String {
    let to = warning.to.iter().map(|to| {
        let state = if to.state == "accepted" { String::new() } else { format!(" {}", to.reason) };
        format!("{} {}{state}", to.channel, to.address)
    });
    let mut to: Vec<String> = to.collect();
    to.sort();
    let at = warning.zone.local(warning.at).format("%a %d %H:%M");
    format!("{at} {}: {}", warning.kind, to.join(", "))
}

fn of<'a>(account: &'a Account, project: &str) -> Vec<&'a Warning> {
    account.warnings.iter().filter(|warning| warning.project.as_deref() == Some(project)).collect()
}

/// What a reader was shown, without the lines' breaks.
fn shown(warning: &Warning, channel: &str) -> String {
    let to = warning.to.iter().find(|to| to.channel == channel).unwrap_or_else(|| panic!("{channel}: {warning:?}"));
    let file = to.file.as_ref().unwrap_or_else(|| panic!("a file: {to:?}"));
    let file = if channel == "email" { file.with_extension("eml") } else { file.clone() };
    let bytes = std::fs::read(file).expect("it can be read");
    let text = match channel {
        "email" => {
            let mail = MessageParser::default().parse(&bytes).expect("a mail");
            mail.body_text(0).expect("a text").into_owned()
        }
        _ => String::from_utf8(bytes).expect("text"),
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const HALYNA: &str = "email halyna@books.example";
const PHONE: &str = "sms +380445550190";

/// The four stories about money: which notices, to whom, over what, how many, and none twice.
#[tokio::test(flavor = "multi_thread")]
async fn four_stories_about_money_are_told_to_whom_they_concern_and_none_twice() {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = Folder::at(scratch.path().join("demo"));
    let account = play(&folder, NOW).await;

    // Days from the end: a week ahead finance; at three days the owner too, and a phone. The mornings of working days.
    let vikna = of(&account, "vikna");
    assert_eq!(
        vikna.iter().map(|one| told(one)).collect::<Vec<_>>(),
        [
            format!("Thu 12 09:00 funds: {HALYNA}"),
            format!("Tue 17 09:00 funds: {HALYNA}, email olena@vikna.example, {PHONE}"),
        ]
    );
    let mail = shown(vikna[1], "email");
    for part in [
        "If they run out, forwarded calls are no longer connected.",
        "please pay by",
        "Add UAH",
        "UAH 311",
        "on working days",
        "number rent",
        "last day to pay",
        "http://127.0.0.1:8080/paid/",
    ] {
        assert!(mail.contains(part), "no {part} in {mail}");
    }
    let text = shown(vikna[1], "sms");
    assert!(
        text.starts_with("To: +380445550190 Parts: 2 (GSM-7") && text.contains("Vikna Plus: forwarding funds"),
        "{text}"
    );

    // Past the paid date: the last day, and one, three and seven days after; nobody is in finance.
    let hudson = of(&account, "hudson");
    let (dana, room) = ("email dana@hudson.example", "slack on-duty");
    assert_eq!(
        hudson.iter().map(|one| told(one)).collect::<Vec<_>>(),
        ["Mon 09", "Tue 10", "Thu 12", "Mon 16"].map(|day| format!("{day} 09:00 paid_until: {dana}, {room}"))
    );
    assert!(hudson[0].subject.ends_with("the paid period ends on Monday, 9 November"), "{}", hudson[0].subject);
    for after in &hudson[1..] {
        assert!(after.subject.ends_with("the paid period ended on Monday, 9 November"), "{}", after.subject);
        assert!(shown(after, "email").contains("A payment prevents that."), "{}", shown(after, "email"));
    }

    // Below nothing, and back; a night with two failed top-ups, of which one digest tells; the other's end in the afternoon.
    let amstel = of(&account, "amstel");
    let eva = "email eva@amstel.example";
    assert_eq!(
        amstel.iter().map(|one| told(one)).collect::<Vec<_>>(),
        [
            format!("Wed 11 15:40 balance_negative: {eva}, {HALYNA}, slack on-duty, {PHONE}, teams amstel-shop"),
            format!("Thu 12 11:05 recovered: {eva}, {HALYNA}, slack on-duty, teams amstel-shop"),
            format!("Thu 12 22:05 topup_failed: {HALYNA} in_a_digest"),
            format!("Thu 12 22:30 topup_failed: {HALYNA} in_a_digest"),
            format!("Fri 13 06:30 digest: {HALYNA}"),
            format!("Fri 13 14:00 recovered: {HALYNA}"),
        ]
    );
    assert!(
        shown(amstel[0], "slack").contains("Amstel Cycles") && !shown(amstel[0], "slack").contains("12.80"),
        "no sums for ops"
    );
    assert!(shown(amstel[0], "teams").contains("€ 12,80"), "{}", shown(amstel[0], "teams"));
    let digest = shown(amstel[4], "email");
    for part in [
        "Still open: 1. Opened and resolved: 1.",
        "Still open: Amstel Cycles: the top-up of €25.00",
        "Opened and resolved: Amstel Cycles: the top-up of €150.00",
    ] {
        assert!(digest.contains(part), "no {part} in {digest}");
    }

    let all: Vec<_> = account.warnings.iter().flat_map(|one| &one.to).collect();
    let references: BTreeSet<_> = all.iter().map(|to| &to.reference).collect();
    assert_eq!(references.len(), all.len());
    for to in all.iter().filter(|to| to.state == "accepted") {
        assert!(to.file.is_some(), "something to open: {to:?}");
    }
    let texts = files(&folder, ".sms.txt").len();
    let rooms = files(&folder, ".slack.json").len() + files(&folder, ".teams.json").len();
    assert_eq!((texts, rooms), (2, 8));
    assert!(files(&folder, ".part").is_empty());

    links_lead_to_pages(&folder, &account).await;

    // Two days on: one pays, the other's period is paid too, and both are thanked once.
    let later = play(&folder, "2026-11-21T06:00:00Z").await;
    let well: Vec<String> = later.warnings.iter().filter(|one| one.kind == "recovered").map(told).collect();
    assert_eq!(
        well,
        [
            format!("Thu 19 10:00 recovered: {dana}, {room}"),
            // Whoever is on duty had heard on Thursday, the morning after the day to pay by.
            format!("Fri 20 15:00 recovered: {HALYNA}, email olena@vikna.example, {room}"),
        ],
        "{:?}",
        later.warnings
    );
    assert!(play(&folder, "2026-11-21T06:00:00Z").await.warnings.is_empty());
}

/// `demo --serve` serves what stands in the folder: the pages behind the links of its mails answer.
async fn links_lead_to_pages(folder: &Folder, account: &Account) {
    let here = "http://127.0.0.1:8080";
    let link = |file: &Path, page: &str| {
        let html = std::fs::read_to_string(file).expect("a page");
        let begin = format!("{here}{page}");
        let at = html.find(&begin).unwrap_or_else(|| panic!("no link to {page}"));
        html[at + here.len()..].split('"').next().expect("its end").to_owned()
    };
    let stop = link(account.mails[0].page.as_ref().expect("a page"), "/stop/");
    let funds = of(account, "vikna")[1].to[0].file.clone().expect("a page");
    let paid = link(&funds, "/paid/");

    let file = folder.settings();
    let inputs = Inputs { file: Some(&file), database: None, environment: &[], purpose: Purpose::Sending };
    let survey = survey(inputs);
    let mut settings = survey.settings.expect("the demo's settings are good");
    settings.listen.public = "127.0.0.1:0".parse().expect("an address");
    settings.listen.ops = "127.0.0.1:0".parse().expect("an address");
    let clock = callbrief::clock::ManualClock::at(at(NOW));
    let app = callbrief::app::App::open(settings, std::sync::Arc::new(clock)).await.expect("it opens");
    let site = crate::web::Site::open(&app).await;
    let asked = crate::web::ask(site.public, &format!("GET {stop}")).await;
    assert!(asked.starts_with("HTTP/1.1 200") && asked.contains("one of the buttons"), "{asked}");
    assert_eq!(asked.matches("<button").count(), 3);
    let asked = crate::web::ask(site.public, &format!("GET {paid}")).await;
    assert!(asked.starts_with("HTTP/1.1 200") && asked.contains("When does your payment arrive?"), "{asked}");
    site.end().await;
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
