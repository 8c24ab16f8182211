//! Commands in a folder where nothing is yet: who makes a database, who refuses to, and who needs which secret.

use std::path::Path;
use std::process::{Command, Output};

fn callbrief(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_callbrief"));
    command.args(args).current_dir(folder).env_clear().env("TZ", "UTC");
    command.output().expect("it runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_command_that_needs_what_stands_makes_no_database() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("calls.csv"), "started_at,direction,status\n").expect("written");
    let at = folder.path().canonicalize().expect("it is there");
    for args in [
        &["list", "projects"][..],
        &["next"],
        &["next", "weekly"],
        &["explain", "--to", "olena@acme.example"],
        &["deliveries"],
        &["suppressions", "list"],
        &["balance", "list"],
        &["standing", "list"],
        &["forecast", "acme"],
        &["preview", "summary", "--project", "acme"],
        &["send-now", "weekly"],
        &["resend", "1"],
        &["cancel", "1", "--reason", "wrong"],
        &["settle", "1", "failed", "--reason", "asked"],
        &["import", "calls.csv", "--project", "acme", "--format", "native"],
    ] {
        let output = callbrief(&at, args);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        let file = at.join("callbrief.db");
        assert!(said.starts_with(&format!("error: there is no database {}\n", file.display())), "{args:?}: {said}");
        assert!(said.contains("callbrief apply FILE") && said.contains("right folder"), "{said}");
        assert!(!file.exists(), "{args:?} made one");
    }
    let output = callbrief(&at, &["check-config"]);
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(shown.contains(&format!("{}/callbrief.db, which isn't there yet", at.display())), "{shown}");
    assert!(!at.join("callbrief.db").exists(), "check-config made one");
}

#[test]
fn who_makes_a_database_says_so_once_and_where() {
    for args in [&["migrate"][..], &["tick"], &["suppressions", "add", "olena@acme.example", "--reason", "asked"]] {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path().canonicalize().expect("it is there");
        let first = said(&callbrief(&at, args));
        assert!(first.contains(&format!("made a new database: {}/callbrief.db\n", at.display())), "{args:?}: {first}");
        let again = said(&callbrief(&at, &["migrate"]));
        assert!(!again.contains("made a new"), "{args:?}: {again}");
        assert!(callbrief(&at, &["list", "schedules"]).status.success(), "and now there is one");
    }
}

#[test]
fn a_folder_that_isn_t_there_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = callbrief(folder.path(), &["--database", "sqlite://not/there/x.db", "migrate"]);
    let said = said(&output);
    let at = folder.path().canonicalize().expect("it is there");
    assert!(said.contains(&format!("{}/not/there/x.db", at.display())), "{said}");
}

#[test]
fn only_who_sends_needs_the_password_of_a_relay() {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = "[mail]\nfrom_address = \"reports@acme.example\"\n[[mail.relay]]\n\
                    url = \"smtp://reports@smtp.acme.example\"\npassword = { env = \"NOT_SET_HERE\" }\n";
    std::fs::write(folder.path().join("callbrief.toml"), settings).expect("written");
    for args in [&["migrate"][..], &["list", "schedules"], &["next"], &["deliveries"], &["suppressions", "list"]] {
        let output = callbrief(folder.path(), args);
        assert!(output.status.success(), "{args:?}: {}", said(&output));
    }
    for (args, code) in [(&["tick"][..], 2), (&["send-now", "weekly"], 2), (&["check-config"], 4)] {
        let output = callbrief(folder.path(), args);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", said(&output));
        assert!(said(&output).contains("the environment holds no NOT_SET_HERE"), "{}", said(&output));
    }
}

#[test]
fn a_slip_in_a_balance_s_name_makes_no_balance() {
    let folder = tempfile::tempdir().expect("a folder");
    let setup =
        "version = 1\n[[project]]\nid = \"acme\"\nname = \"Acme\"\nzone = \"Europe/Kyiv\"\ncurrency = \"USD\"\n";
    std::fs::write(folder.path().join("setup.toml"), setup).expect("written");
    let run = |line: &str| callbrief(folder.path(), &line.split_whitespace().collect::<Vec<_>>());
    let out = |output: &Output| String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(run("apply setup.toml").status.success());
    assert!(run("balance set acme forwarding --amount 84.60 --as-of 2026-06-01").status.success());
    let entry = "--kind usage --amount 6.10 --at 2026-05-31";
    std::fs::write(folder.path().join("ledger.csv"), "id,at,kind,amount,balance\n1,2026-05-31,usage,6.10,forwardng\n")
        .expect("written");
    for slip in [&format!("balance add acme forwardng {entry}"), "balance import ledger.csv --project acme"] {
        let output = run(slip);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains("acme has no balance `forwardng`; is `forwarding` meant?"), "{}", said(&output));
    }
    let output = run(&format!("balance add acme rent {entry}"));
    assert!(output.status.success() && out(&output).contains("Nobody has said yet what rent is"), "{}", out(&output));
    let list = out(&run("balance list"));
    assert!(!list.contains("forwardng"), "{list}");
}
