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
    let slips = [
        (format!("balance add acme forwardng {entry}"), 2),
        ("balance import ledger.csv --project acme".to_owned(), 3),
    ];
    for (slip, code) in slips {
        let output = run(&slip);
        assert_eq!(output.status.code(), Some(code), "{}", said(&output));
        assert!(said(&output).contains("acme has no balance `forwardng`; is `forwarding` meant?"), "{}", said(&output));
    }
    let output = run(&format!("balance add acme rent {entry}"));
    assert!(output.status.success() && out(&output).contains("Nobody has said yet what rent is"), "{}", out(&output));
    let list = out(&run("balance list"));
    assert!(!list.contains("forwardng"), "{list}");
    let first = run("balance set acme forwardng --amount 1 --currency JPY --as-of 2026-06-01");
    for told in [
        "`forwardng` is a new balance of acme; did you mean `forwarding`?",
        "it is in JPY, and acme counts in USD",
        "balance remove acme forwardng",
    ] {
        assert!(first.status.success() && out(&first).contains(told), "{told}: {}", out(&first));
    }
    assert!(out(&run("balance list")).contains("1 JPY"), "{}", out(&run("balance list")));
    assert!(out(&run("balance remove acme forwardng --dry-run")).contains("would be removed"));
    assert!(out(&run("balance list")).contains("forwardng"), "a trial removes nothing");
    assert!(out(&run("balance remove acme forwardng")).contains("forwardng is removed, with 0 entries"));
    let gone = run("balance remove acme forwardng");
    assert!(gone.status.code() == Some(2) && said(&gone).contains("is `forwarding` meant?"), "{}", said(&gone));
    assert!(!out(&run("balance list")).contains("forwardng"));
    let unknown = run("forecast acme forwrding");
    assert!(
        unknown.status.code() == Some(4)
            && out(&unknown).contains("has no balance `forwrding`; is `forwarding` meant?"),
        "{}",
        out(&unknown)
    );
}

#[test]
fn what_is_told_of_money_is_answered_by_the_part_that_is_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    let setup =
        "version = 1\n[[project]]\nid = \"acme\"\nname = \"Acme\"\nzone = \"Europe/Kyiv\"\ncurrency = \"EUR\"\n";
    std::fs::write(folder.path().join("setup.toml"), setup).expect("written");
    let run = |line: &str| callbrief(folder.path(), &line.split_whitespace().collect::<Vec<_>>());
    let out = |output: &Output| String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(run("apply setup.toml").status.success());
    for (line, told) in [
        ("balance set acme a --amount 1 --as-of 2026-06-01 --credit-limit -50", "write it without a sign"),
        (
            "balance set acme a --amount 1 --as-of 2126-06-01T08:00",
            "--as-of (2126-06-01 08:00 Europe/Kyiv): it lies in the future",
        ),
        (
            "balance add acme a --kind usage --amount 1 --at 2126-06-01",
            "--at (2126-06-01 00:00 Europe/Kyiv): it lies in the future",
        ),
        ("balance add acme a --kind usage --amount -1 --at 2026-06-01", "callbrief balance withdraw"),
        (
            "standing set acme --status active --paid-until 2026-11-20T10:00 --as-of 2026-06-01",
            "`10:00` is a time of day",
        ),
        ("standing set acme --status active --paid-until 2026-13-20 --as-of 2026-06-01", "the month 13"),
        ("standing set acme --status active --paid-until 2026-11-31 --as-of 2026-06-01", "November 2026 has 30 days"),
        ("standing set acme --status active --as-of 2026-11-31", "November 2026 has 30 days"),
    ] {
        let output = run(line);
        assert!(output.status.code() == Some(2) && said(&output).contains(told), "{line}: {}", said(&output));
    }
    let ahead = run("balance add acme a --kind fixed --amount 1 --at 2126-06-01 --id rent");
    assert!(ahead.status.success() && out(&ahead).contains("new, with the id `rent`"), "{}", out(&ahead));
    assert!(
        out(&run("balance withdraw acme a --id rent"))
            .contains("fixed of 1.00 at 2126-06-01 00:00 Europe/Kyiv is withdrawn")
    );
    assert_eq!(run("balance withdraw acme a --id rent").status.code(), Some(2));
    let trial = run("standing set acme --status trial --as-of 2026-06-01");
    assert!(out(&trial).contains("acme is trial; the trial's last day (`paid_until`) isn't told"), "{}", out(&trial));
    let trial = run("standing set acme --status trial --paid-until 2126-06-14 --as-of 2026-06-02");
    assert_eq!(out(&trial).trim(), "acme is trial, last day 2126-06-14");
    assert!(out(&run("standing list")).contains("last day 2126-06-14"));
    let older = run("standing set acme --status active --as-of 2026-06-01");
    assert!(out(&older).contains("2026-06-02 00:00 Europe/Kyiv"), "{}", out(&older));
    assert!(run("balance set acme b --amount 1 --as-of 2026-06-02").status.success());
    let older = run("balance set acme b --amount 2 --as-of 2026-06-01");
    assert!(
        out(&older).contains("was told of 2026-06-02 00:00 Europe/Kyiv already, which is later than 2026-06-01 00:00"),
        "{}",
        out(&older)
    );

    let rows = "id;at;kind;amount;balance\n1;2026-06-01;usage;6.10;b\n2;2126-06-01;topup;5;b\n;2126-06-01;balance;9;b\n\
                ;2026-06-03;balance;9;b\n;2026-06-01;balance;7;b\n3;2026-06-01;usage;6;10;b\n1;2026-06-01;usage;7;b\n";
    std::fs::write(folder.path().join("ledger.csv"), rows).expect("written");
    let trial = run("balance import ledger.csv --project acme --dry-run");
    let real = run("balance import ledger.csv --project acme");
    for output in [&trial, &real] {
        assert_eq!(output.status.code(), Some(3), "{}", said(output));
        for told in [
            "line 3, at `2126-06-01`: it lies in the future",
            "line 4, at",
            "line 7: it has 6 fields",
            "line 8, id `1`",
        ] {
            assert!(said(output).contains(told), "{told}: {}", said(output));
        }
    }
    let counts = "0 known; 1 balances c";
    let (trial, real) = (out(&trial), out(&real));
    assert!(trial.contains("1 entries would be new") && trial.contains("nothing was written"), "{trial}");
    assert!(real.contains("1 entries are new") && real.contains(counts), "{real}");
    for output in [&trial, &real] {
        assert!(output.contains("0 as before, 1 older than what stands; 4 rows set aside"), "{output}");
    }
    let again = out(&run("balance import ledger.csv --project acme"));
    assert!(again.contains("0 entries are new, 1 known; 0 balances changed, 1 as before"), "{again}");
}
