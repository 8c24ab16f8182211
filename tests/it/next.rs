//! `callbrief next` as people and scripts meet it: no database, a JSON shape that is a promise, errors that say what to do.

use std::process::{Command, Output};

use callbrief::clock::{Clock, FollowingClock, Trust};
use serde_json::{Value, json};

use crate::support::on_both;

fn next(arguments: &str) -> Output {
    let folder = tempfile::tempdir().expect("a folder");
    let words = arguments.split('|').flat_map(|part| {
        let quoted = part.starts_with('\'');
        if quoted { vec![part.trim_matches('\'')] } else { part.split_whitespace().collect() }
    });
    let output = Command::new(env!("CARGO_BIN_EXE_callbrief"))
        .arg("next")
        .args(words)
        .env_clear()
        .current_dir(folder.path())
        .output()
        .expect("the program runs");
    let left: Vec<_> = std::fs::read_dir(folder.path()).expect("still there").collect();
    assert!(left.is_empty(), "a rule needs no database: {left:?}");
    output
}

fn firings(arguments: &str) -> Value {
    let output = next(&format!("{arguments}| --json"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON on standard output and nothing else")
}

fn refusal(arguments: &str) -> String {
    let output = next(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments}");
    assert!(output.stdout.is_empty(), "{arguments}");
    String::from_utf8(output.stderr).expect("text")
}

#[test]
fn prints_the_promised_json() {
    let found =
        firings("--every week --on mon,thu --at 09:00 --zone Europe/Kyiv --after 2026-03-28T00:00:00Z --count 2");
    assert_eq!(
        found,
        json!([
            {
                "fires_at": "2026-03-30T06:00:00Z",
                "local": "2026-03-30T09:00:00+03:00",
                "period": ["2026-03-26T00:00:00+02:00", "2026-03-30T00:00:00+03:00"],
                "notes": []
            },
            {
                "fires_at": "2026-04-02T06:00:00Z",
                "local": "2026-04-02T09:00:00+03:00",
                "period": ["2026-03-30T00:00:00+03:00", "2026-04-02T00:00:00+03:00"],
                "notes": []
            }
        ])
    );
}

#[test]
fn notes_name_what_clocks_and_months_did() {
    let gap = firings("--every day --at 03:30 --zone Europe/Kiev --after 2026-03-28T12:00:00Z --count 1");
    assert_eq!(gap[0]["local"], "2026-03-29T04:00:00+03:00");
    assert_eq!(gap[0]["notes"], json!(["gap"]));
    let overlap = firings("--every day --at 03:30 --zone Europe/Kyiv --after 2026-10-24T12:00:00Z --count 2");
    assert_eq!(overlap[0]["fires_at"], "2026-10-25T00:30:00Z");
    assert_eq!(overlap[0]["notes"], json!(["overlap"]));
    assert_eq!(overlap[1]["fires_at"], "2026-10-26T01:30:00Z");
    let clamped =
        firings("--every month --on 31 --short-month clamp --at 08:00 --after 2026-06-01T00:00:00Z --count 2");
    assert_eq!(clamped[0]["fires_at"], "2026-06-30T08:00:00Z");
    assert_eq!(clamped[0]["notes"], json!(["clamped"]));
    assert_eq!(clamped[1]["notes"], json!([]));
    let skipped = firings("--every month --on 31 --short-month skip --at 08:00 --after 2026-06-01T00:00:00Z --count 1");
    assert_eq!(skipped[0]["fires_at"], "2026-07-31T08:00:00Z");
}

#[test]
fn every_form_of_a_rule_is_understood() {
    for (rule, first) in [
        ("--every month --on last --at 09:00", "2026-06-30T09:00:00Z"),
        ("--every month --on last-business-day --at 09:00", "2026-06-30T09:00:00Z"),
        ("--every month --on| 'first mon'| --at 09:00", "2026-07-06T09:00:00Z"),
        ("--every quarter --on 2-15 --at 09:00", "2026-08-15T09:00:00Z"),
        ("--every quarter --at 09:00", "2026-07-01T09:00:00Z"),
        ("--every year --on 02-29 --at 09:00", "2027-02-28T09:00:00Z"),
        ("--every weekday --at 09:00,17:30", "2026-06-12T17:30:00Z"),
        ("--every week --week-start sun --at 09:00", "2026-06-14T09:00:00Z"),
        ("--every month --on 31 --short-month clamp", "2026-06-30T00:00:00Z"),
        ("--cron| '0 9 * * MON'", "2026-06-15T09:00:00Z"),
    ] {
        let rule = rule.replace("| ", "|");
        assert_eq!(firings(&format!("{rule}| --after 2026-06-12T12:00:00Z --count 1"))[0]["fires_at"], first, "{rule}");
    }
}

#[test]
fn after_is_exclusive_and_each_line_is_the_last_run_of_the_next() {
    let found = firings("--cron|'0 9 * * MON'|--zone Europe/Kyiv --after 2026-06-08T06:00:00Z --count 2");
    assert_eq!(found[0]["fires_at"], "2026-06-15T06:00:00Z");
    assert_eq!(found[0]["period"], json!(["2026-06-08T09:00:00+03:00", "2026-06-15T09:00:00+03:00"]));
    assert_eq!(found[1]["period"], json!(["2026-06-15T09:00:00+03:00", "2026-06-22T09:00:00+03:00"]));
}

#[test]
fn people_get_a_table() {
    let output = next("--every weekday --at 08:00 --zone Europe/Kyiv --after 2026-03-28 --count 2");
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.starts_with("every weekday at 08:00, Europe/Kyiv (tz data 20"), "{text}");
    assert!(text.contains("mon 2026-03-30 08:00 +03:00"), "{text}");
    assert!(text.contains("2026-03-27 to 2026-03-29"), "{text}");
}

#[test]
fn a_period_over_a_change_of_clocks_has_its_offsets() {
    let output = next("--cron|'*/30 1-2 * * *'|--zone America/New_York --after 2026-11-01T05:00:00Z --count 3");
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.contains("2026-11-01 01:30 -04:00 to 2026-11-01 01:00 -05:00"), "{text}");
    assert!(!text.contains("00:30 -0"), "elsewhere there is one: {text}");
}

#[test]
fn a_cron_rule_with_a_star_follows_the_real_clock_and_one_without_doesn_t() {
    let fires = |rule: &str, after: &str| {
        let all = firings(&format!("--cron|'{rule}'|--zone Europe/Amsterdam --after {after} --count 2"));
        [0, 1].map(|n| all[n]["local"].as_str().unwrap_or_default().to_owned())
    };
    let spring = "2026-03-28T02:00:00Z";
    assert_eq!(fires("*/30 2 * * *", spring)[0], "2026-03-30T02:00:00+02:00", "nothing in the gap");
    assert_eq!(fires("0,30 2 * * *", spring)[0], "2026-03-29T03:00:00+02:00", "at the end of the gap");
    let autumn = "2026-10-25T00:15:00Z";
    assert_eq!(fires("*/30 2 * * *", autumn), ["2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00"]);
    assert_eq!(fires("0,30 2 * * *", autumn), ["2026-10-25T02:30:00+02:00", "2026-10-26T02:00:00+01:00"]);
}

#[test]
fn what_is_wrong_is_said_with_what_to_do() {
    for (arguments, part) in [
        ("--every week --on someday --at 09:00", "error: --on: `someday` is not a day of the week"),
        ("--every day --at 9", "error: --at: `9` is not a time of day"),
        ("--every day --at 09:00 --zone Europe/Kiyv", "did you mean `Europe/Kyiv`?"),
        ("--every month --short-month wrap --at 09:00", "error: --short-month: `wrap` is neither"),
        ("--cron|'0 9 * *'", "error: --cron: five fields are needed"),
        ("--cron|'0 0 31 2 *'", "never fires"),
        ("--every day --at 09:00 --after soon", "error: --after: `soon` is not a time"),
        ("--every day --at 09:00 --week-start x", "error: --week-start: `x`"),
        ("--every day --at 09:00 --count 0", "0 is not in"),
        ("weekly --every day", "cannot be used with"),
        ("--every day --cron|'0 9 * * *'", "cannot be used with"),
        ("--on mon", "--every <UNIT>"),
        ("--at 09:00", "--every <UNIT>"),
        ("--every fortnight --at 09:00", "is not one of day, weekday, week, month, quarter, year\n"),
    ] {
        let text = refusal(arguments);
        assert!(text.contains(part), "{arguments}: {text}");
    }
    let both = refusal("--every month --on 0,x --at 9");
    assert_eq!(both.lines().count(), 3, "{both}");
}

#[test]
fn a_rule_that_no_schedule_may_have_is_shown_with_the_reason() {
    let output = next("--cron|'* * * * *'|--count 1 --json");
    assert!(output.status.success());
    let said = String::from_utf8(output.stderr).expect("text");
    assert!(said.contains("fires too often: at 00:00 and again at 00:01"), "{said}");
}

const ACME: &str = r#"
version = 1

[[project]]
id = "acme"
name = "Acme"
zone = "Europe/Kiev"
locale = "en"
currency = "UAH"

[[contact]]
id = "olena"
name = "Olena"
addresses = { email = ["olena@acme.example"] }
roles = { acme = ["owner"] }

[[schedule]]
id = "weekly"
project = "acme"
report = "summary"
recipients = ["olena"]
every = "week"
at = "08:00"

[[schedule]]
id = "resting"
project = "acme"
report = "summary"
recipients = ["olena"]
every = "day"
at = "08:00"
paused = true
"#;

on_both! {
    async fn a_schedule_shows_what_is_coming(world: World) {
        let file = world.folder().join("acme.toml");
        std::fs::write(&file, ACME).expect("written");
        let url = world.app.settings.database_url.reveal().to_owned();
        let run = |words: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_callbrief"));
            let output = command.args(words).args(["--database", &url]).env_clear().current_dir(world.folder()).output();
            output.expect("the program runs")
        };
        let applied = run(&["apply", &file.display().to_string()]);
        assert!(applied.status.success(), "{}", String::from_utf8_lossy(&applied.stderr));

        let coming = run(&["next", "weekly", "--after", "2030-03-28T00:00:00Z", "--count", "2", "--json"]);
        let coming: Value = serde_json::from_slice(&coming.stdout).expect("JSON");
        assert_eq!(coming[0]["local"], "2030-04-01T08:00:00+03:00");
        assert_eq!(coming[0]["period"], json!(["2030-03-25T00:00:00+02:00", "2030-04-01T00:00:00+03:00"]));
        assert_eq!(coming.as_array().map(Vec::len), Some(2));

        let all = run(&["next", "--json"]);
        let all: Value = serde_json::from_slice(&all.stdout).expect("JSON");
        assert_eq!(all.as_array().map(Vec::len), Some(1), "one of the two is paused: {all}");
        assert_eq!(all[0]["schedule"], "weekly");

        let two = run(&["next", "--json", "--count", "2"]);
        let two: Value = serde_json::from_slice(&two.stdout).expect("JSON");
        assert_eq!(two.as_array().map(Vec::len), Some(2), "as many of each as asked for: {two}");

        for width in ["60", "80", "100"] {
            for words in [&["list", "schedules"][..], &["list", "projects"], &["list", "contacts"], &["next"]] {
                let mut command = Command::new(env!("CARGO_BIN_EXE_callbrief"));
                let command = command.args(words).args(["--database", &url]).env_clear().env("COLUMNS", width);
                let output = command.current_dir(world.folder()).output().expect("it runs");
                let shown = String::from_utf8(output.stdout).expect("text");
                let widest = shown.lines().map(|line| line.chars().count()).max().unwrap_or(0);
                assert!(widest > 20 && widest <= width.parse().expect("a number"), "{words:?} in {width}:\n{shown}");
            }
        }
        let said = |words: &[&str]| String::from_utf8(run(words).stdout).expect("text");
        assert!(said(&["list", "calendars"]).starts_with("No calendars yet: write [[calendar]]"));
        let none = said(&["list", "agents", "--project", "acme"]);
        assert!(none.starts_with("No agents of acme yet"), "{none}");
        let elsewhere = run(&["list", "schedules", "--project", "other"]);
        let why = String::from_utf8_lossy(&elsewhere.stderr).into_owned();
        assert_eq!(elsewhere.status.code(), Some(2), "{why}");
        assert!(why.contains("there is no project `other`"), "{why}");
        assert!(said(&["list", "schedules", "--project", "acme"]).contains("weekly"));
        assert_eq!(said(&["list", "agents", "--json"]).trim(), "[]");
        assert_eq!(run(&["list", "reports", "--project", "acme"]).status.code(), Some(2));

        let paused = String::from_utf8(run(&["next", "resting"]).stdout).expect("text");
        assert!(paused.starts_with("resting: every day at 08:00, Europe/Kyiv; paused"), "{paused}");
        let unknown = run(&["next", "wekly"]);
        assert_eq!(unknown.status.code(), Some(2));
        let said = String::from_utf8(unknown.stderr).expect("text");
        assert!(said.contains("there is no schedule `wekly`: did you mean `weekly`?"), "{said}");
    }

    async fn all_replicas_follow_the_database_s_clock(world: World) {
        let clock = FollowingClock::default();
        let mut session = world.app.store.read().await.expect("a connection");
        let shown = session.clock().await.expect("the statement runs");
        assert_eq!(shown.is_some(), world.engine == crate::support::Engine::Postgres);
        let now = clock.now();
        clock.compare(now, shown.unwrap_or(now), now);
        assert_eq!(clock.trust(), Trust::Steady, "both are this machine's");
    }
}
