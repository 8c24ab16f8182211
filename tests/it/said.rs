//! What people are told when something is missing, away or over: in their words, with the place and the way out.

use std::io::{BufRead, BufReader, Lines};
use std::net::SocketAddr;
use std::process::{ChildStderr, Command, Stdio};
use std::str::FromStr;
use std::time::Duration;

use callbrief::domain::contact::EmailAddress;
use callbrief::domain::ids::ScheduleId;
use callbrief::jobs;
use callbrief::notify::by_hand;
use callbrief::notify::lanes::Lanes;
use callbrief::store::Store;
use sqlx::postgres::PgConnectOptions;
use tokio::io::{AsyncRead, AsyncWrite, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream, UnixStream};

use crate::complete::import_covering;
use crate::crashes::program;
use crate::flow::{ACME, CALLS, DUE, acme, explain};
use crate::program::{Running, Silent, command, settings, terminate};
use crate::support::mail::Mail;
use crate::support::setup::try_apply;
use crate::support::smtp::{Act, At, Script, SmtpServer};
use crate::support::{Engine, World, on_both};
use crate::web::{Site, ask};

/// What the program says to these arguments beside this world: exit code, standard output, standard error.
fn run(world: &World, now: &str, args: &[&str]) -> (Option<i32>, String, String) {
    let output = command(world, now, args).output().expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// Changes the settings beside this world.
fn resettle(world: &World, change: impl FnOnce(String) -> String) {
    settings(world, 0);
    let file = world.folder().join("callbrief.toml");
    let text = std::fs::read_to_string(&file).expect("settings");
    std::fs::write(&file, change(text)).expect("settings");
}

fn without_relay(text: String) -> String {
    let (before, rest) = text.split_once("[[mail.relay]]\n").expect("a relay");
    let (_, after) = rest.split_once('\n').expect("its address");
    format!("{before}{after}")
}

const LATER: &str = "2026-11-23T06:05:00Z";

/// Mail goes by this server.
fn by_smtp(world: &World, server: &SmtpServer) {
    let file = format!("url = \"file:{}\"", world.folder().join("outbox").display());
    let relay = format!("url = \"smtp://{}\"\nencryption = \"plain\"\nconnections = 1", server.address);
    resettle(world, |text| text.replace(&file, &relay));
}

/// Somebody of ours stopped this address.
async fn stop(world: &World, address: &str) {
    let then = "(select created_at from contacts where id = 'olena')";
    world
        .execute(&format!(
            "insert into suppressions (channel, address, reason, actor, created_at) values ('email', '{address}', 'by_hand', 'test', {then})"
        ))
        .await;
}

type Log = Lines<BufReader<ChildStderr>>;

fn serve(world: &World) -> (Running, Log) {
    let mut child = command(world, DUE, &["serve"]).stderr(Stdio::piped()).spawn().expect("the program starts");
    let log = BufReader::new(child.stderr.take().expect("piped")).lines();
    (Running(child), log)
}

/// Reads the log up to the line with these words.
fn read_to(log: &mut Log, words: &str) -> Vec<String> {
    let mut seen = Vec::new();
    for line in log.map_while(Result::ok) {
        seen.push(line);
        if seen.last().is_some_and(|line| line.contains(words)) {
            return seen;
        }
    }
    panic!("the log ended before `{words}`: {seen:#?}");
}

fn read_on(log: Log) {
    std::thread::spawn(move || log.map_while(Result::ok).for_each(|line| eprintln!("{line}")));
}

fn ops_of(line: &str) -> SocketAddr {
    let (_, rest) = line.split_once("ops=").expect("an address");
    rest.split_whitespace().next().expect("an address").parse().expect("an address")
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// Whoever connects speaks with the server of this address.
async fn lead_to(listener: TcpListener, url: String) {
    let server = PgConnectOptions::from_str(&url).expect("an address");
    loop {
        let Ok((mut here, _)) = listener.accept().await else { return };
        let mut there: Box<dyn Stream> = match server.get_socket() {
            Some(folder) => {
                let socket = folder.join(format!(".s.PGSQL.{}", server.get_port()));
                Box::new(UnixStream::connect(socket).await.expect("the server"))
            }
            None => {
                let address = (server.get_host(), server.get_port());
                Box::new(TcpStream::connect(address).await.expect("the server"))
            }
        };
        tokio::spawn(async move { copy_bidirectional(&mut here, &mut there).await });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn serve_says_at_once_what_it_can_t_reach_and_goes_on_when_it_can() {
    let world = World::new(Engine::Postgres).await;
    acme(&world).await;
    let own = world.app.settings.database_url.reveal().to_owned();
    let database = PgConnectOptions::from_str(&own).expect("an address").get_database().expect("a name").to_owned();
    let silent = Silent::port();
    let place = format!("127.0.0.1:{}/{database}", silent.number());
    resettle(&world, |text| text.replace(&own, &format!("postgres://postgres:hush@{place}")));

    let (away, mut log) = serve(&world);
    let said = read_to(&mut log, "can't be reached").pop().expect("a line");
    assert!(
        said.contains("WARN") && said.contains(&format!("the database {place} can't be reached: nobody listens")),
        "{said}"
    );
    assert!(said.contains("tried again every 5 s") && !said.contains("hush"), "{said}");
    assert!(terminate(away).success(), "told to stop, it stops");

    let (child, mut log) = serve(&world);
    let ops = ops_of(&read_to(&mut log, "can't be reached").pop().expect("a line"));
    assert!(ask(ops, "GET /healthz").await.starts_with("HTTP/1.1 200"));
    let ready = ask(ops, "GET /readyz").await;
    assert!(
        ready.starts_with("HTTP/1.1 503") && ready.contains(&format!("not ready: the database {place}")),
        "{ready}"
    );
    let leading = tokio::spawn(lead_to(silent.0.listen(64).expect("it listens"), own));
    let seen = read_to(&mut log, "callbrief runs");
    assert!(seen.iter().any(|line| line.contains(&format!("the database {place} answers"))), "{seen:#?}");
    read_on(log);
    assert!(ask(ops, "GET /readyz").await.starts_with("HTTP/1.1 200"));
    while world.number("select count(*) from deliveries where state = 'accepted'").await < 4 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(terminate(child).success());
    leading.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_isn_t_there_is_named_with_what_to_do() {
    let world = World::new(Engine::Postgres).await;
    let own = world.app.settings.database_url.reveal();
    let name = PgConnectOptions::from_str(own).expect("an address").get_database().expect("a name").to_owned();
    let other = own.replace(&name, "nowhere");
    let error = Store::open(&other).await.expect_err("there is none");
    let said = error.to_string();
    assert!(said.starts_with("there is no database `nowhere` on ") && said.contains("createdb nowhere"), "{said}");
    assert!(!error.is_passing(), "it won't come by itself");
}

on_both! {
    async fn without_a_relay_everybody_is_told(mut world: World) {
        world.allow_leftovers();
        acme(&world).await;
        resettle(&world, without_relay);
        const WHY: &str = "no relay is configured";
        let (code, said, _) = run(&world, DUE, &["tick"]);
        assert_eq!(code, Some(3), "{said}");
        assert!(said.contains(&format!("4 mails wait: {WHY}")) && said.contains("[[mail.relay]]"), "{said}");
        let (_, said, _) = run(&world, DUE, &["send-now", "weekly", "--to", "me@acme.example"]);
        assert!(said.contains(&format!("1 mail waits: {WHY}")), "{said}");
        let (_, said, _) = run(&world, DUE, &["explain", "--to", "olena@acme.example"]);
        assert!(said.contains(&format!("waits to be sent: {WHY}")), "{said}");
        let (_, said, _) = run(&world, DUE, &["deliveries"]);
        assert_eq!(said.matches(WHY).count(), 5, "{said}");
        let (_, said, _) = run(&world, DUE, &["deliveries", "--json"]);
        assert_eq!(said.matches("\"reason\": \"no_relay\"").count(), 5, "{said}");
        stop(&world, "me@acme.example").await;
        let (_, said, _) = run(&world, LATER, &["send-now", "weekly", "--to", "me@acme.example"]);
        assert!(said.contains("1 mail won't be sent: the address gets nothing more"), "{said}");
        assert!(!said.contains("mail waits"), "{said}");
        let (_, said, _) = run(&world, LATER, &["explain", "--to", "me@acme.example"]);
        assert!(said.contains("won't be sent: the address gets nothing more") && !said.contains("waits to be sent"), "{said}");

        let (child, mut log) = serve(&world);
        let mut seen = read_to(&mut log, "callbrief runs");
        let ops = ops_of(&seen.pop().expect("a line"));
        assert!(seen.iter().any(|line| line.contains("WARN") && line.contains(WHY)), "{seen:#?}");
        read_on(log);
        let ready = ask(ops, "GET /readyz").await;
        assert!(ready.starts_with("HTTP/1.1 200") && ready.contains(&format!("ready, but {WHY}")), "{ready}");
        assert!(terminate(child).success());
    }

    async fn an_address_of_another_role_gets_its_own_report_within_one_tick(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&ACME.replace("\"olena\", \"taras\", \"fin\", \"board@acme.example\"", "\"taras\"")).await;
        world.import("acme", CALLS).await;
        world.set(DUE);
        assert_eq!(world.settle().await.accepted, 1);
        settings(&world, 0);
        let (code, said, _) = run(&world, DUE, &["resend", "1", "--to", "inna@acme.example"]);
        assert_eq!(code, Some(0), "{said}");
        let (code, said, log) = run(&world, DUE, &["tick"]);
        assert_eq!(code, Some(0), "{said}{log}");
        assert!(said.contains("1 mail taken by a relay."), "{said}");
        let mails = Mail::all(&world);
        let text = Mail::to(&mails, "inna@acme.example").text.replace('\u{a0}', " ");
        assert!(!text.contains("222 33") && text.contains("3344"), "numbers as finance may see them: {text}");
    }

    async fn nobody_is_asked_to_write_to_themselves(world: World) {
        acme(&world).await;
        world.set(DUE);
        let header = |to: &str, name: &str| {
            let mails = world.outbox();
            let raw = mails.iter().map(|raw| String::from_utf8_lossy(raw).replace("\r\n ", " "));
            let to = format!("<{to}>");
            let mut raw = raw.rev();
            let mail = raw.find(|raw| raw.lines().any(|line| line.starts_with("To: ") && line.contains(&to)));
            let mail = mail.unwrap_or_else(|| panic!("no mail to {to}"));
            let line = mail.lines().find(|line| line.starts_with(&format!("{name}: "))).unwrap_or_default();
            line.to_owned()
        };
        let app = world.replica(|settings| settings.public_url = None).await;
        assert_eq!(jobs::tick(&app).await.expect("the jobs run").accepted, 4);
        for (to, other) in [("taras@acme.example", "olena@acme.example"), ("olena@acme.example", "operations@test.example")] {
            assert!(header(to, "Reply-To").contains(other), "{}", header(to, "Reply-To"));
            assert!(header(to, "List-Unsubscribe").contains(&format!("mailto:{other}?")), "{}", header(to, "List-Unsubscribe"));
        }
        let alone = world.replica(|settings| {
            settings.public_url = None;
            settings.operations.email.clear();
        }).await;
        let row = by_hand::find(&alone, &world.texts("select reference from deliveries where contact = 'taras'").await[0]).await.expect("there");
        let olena = EmailAddress::parse("olena@acme.example").expect("valid");
        by_hand::resend(&alone, &row, Some(&olena), "t", "r").await.expect("it is queued");
        for file in std::fs::read_dir(world.folder().join("outbox")).expect("the outbox").flatten() {
            std::fs::remove_file(file.path()).expect("removed");
        }
        assert_eq!(jobs::tick(&alone).await.expect("the jobs run").accepted, 1);
        assert_eq!((header("olena@acme.example", "Reply-To"), header("olena@acme.example", "List-Unsubscribe")), (String::new(), String::new()));
        let mails = Mail::all(&world);
        let mail = Mail::to(&mails, "olena@acme.example");
        assert!(!mail.text.contains("mailto:") && !mail.html.contains("mailto:"), "{}", mail.text);
    }

    async fn a_relay_that_the_settings_name_no_more_is_marked(world: World) {
        let other = world.replica(|settings| settings.mail.relays[0].id = "old".to_owned()).await;
        Lanes::open(&other).await.expect("its row");
        Lanes::open(&world.app).await.expect("its row");
        let site = Site::of(&world).await;
        let status = ask(site.ops, "GET /status").await;
        let (_, body) = status.split_once("\r\n\r\n").expect("a head and a body");
        let json: serde_json::Value = serde_json::from_str(body).expect("JSON");
        let stands = |id: &str| {
            let lane = json["lanes"].as_array().and_then(|all| all.iter().find(|lane| lane["id"] == id)).expect("listed");
            (lane["configured"] == true, lane["open"] == true)
        };
        assert_eq!((stands("email/old"), stands("email/outbox")), ((false, false), (true, true)));
        let metrics = ask(site.ops, "GET /metrics").await;
        assert!(metrics.contains("email/outbox") && !metrics.contains("email/old"), "{metrics}");
        site.end().await;
    }

    async fn a_mail_that_may_have_been_taken_is_told_as_that(mut world: World) {
        world.allow_leftovers();
        acme(&world).await;
        let server = SmtpServer::start(Script::default().at_first(At::Dot, 1, Act::Close)).await;
        by_smtp(&world, &server);
        let sample = ["send-now", "weekly", "--to", "me@acme.example"];
        let (code, said, log) = run(&world, DUE, &sample);
        assert!(code == Some(3) && said.contains("mails taken by a relay: 0."), "{code:?} {said}{log}");
        assert!(said.contains("1 mail may have been taken: its outcome isn't known (reference "), "{said}");
        assert!(!said.contains("Not taken") && log.contains("whether a mail was taken isn't known"), "{said}{log}");
        assert!(!log.contains("a mail wasn't taken"), "{log}");
        let (code, said, _) = run(&world, DUE, &["tick"]);
        assert!(code == Some(0) && said.contains("1 mail may have been taken"), "known before: {code:?} {said}");
        assert_eq!(run(&world, LATER, &sample).0, Some(0), "the next sample is taken");
        let (_, said, _) = run(&world, LATER, &["explain", "--to", "me@acme.example"]);
        assert!(said.contains("whether it was taken isn't known") && said.contains("was taken by"), "{said}");
        stop(&world, "me@acme.example").await;
        let (code, said, _) = run(&world, "2026-11-23T06:10:00Z", &sample);
        let why = "1 mail not sent: the address gets nothing more (somebody of ours stopped the address).";
        assert!(code == Some(3) && said.contains(why) && !said.contains("Not taken"), "{code:?} {said}");
    }

    async fn a_tick_tells_of_mails_that_a_killed_process_left(mut world: World) {
        world.allow_leftovers();
        acme(&world).await;
        let server = SmtpServer::start(Script::default()).await;
        by_smtp(&world, &server);
        let killed = command(&world, DUE, &["tick"]).env("CALLBRIEF_CRASH_AT", "send.after_fence:1").output().expect("it runs");
        assert!(killed.status.code().is_none(), "{killed:?}");
        let (code, said, _) = run(&world, "2026-11-23T06:01:00Z", &["tick"]);
        assert!(said.contains("under way since 2026-11-23 06:00 UTC; whether a relay took that is known by 2026-11-23 06:"), "{code:?} {said}");
        let (code, said, _) = run(&world, "2026-11-23T06:40:00Z", &["tick"]);
        assert!(code == Some(3) && said.contains("outcome isn't known") && said.contains("may have been taken"), "{code:?} {said}");
        let (code, said, _) = run(&world, "2026-11-23T06:45:00Z", &["tick"]);
        assert!(code == Some(0) && said.contains("may have been taken") && !said.contains("under way"), "{code:?} {said}");
    }

    async fn a_tick_says_until_when_reports_wait_for_calls(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(ACME).await;
        import_covering(&world, "Main PBX", CALLS, ("2026-11-09T00:00:00+02:00", "2026-11-22T17:40:00+02:00")).await;
        settings(&world, 0);
        let (code, said, _) = run(&world, DUE, &["tick"]);
        assert_eq!(code, Some(0), "waiting for calls is no failure: {said}");
        assert!(said.starts_with("1 due, 0 reports made, 0 mails taken by a relay."), "{said}");
        assert!(said.contains("1 report waits for calls that are missing, until 2026-11-23 09:00 UTC: `weekly` (calls of “Main PBX”)."), "{said}");
    }

    async fn a_schedule_that_is_over_is_explained_with_who_ended_it_and_when(world: World) {
        acme(&world).await;
        world.set(DUE);
        world.settle().await;
        let weekly = ScheduleId::parse("weekly").expect("valid");
        let olena = EmailAddress::parse("olena@acme.example").expect("valid");
        let told = async |on: Option<&str>| {
            let on = on.map(|date| date.parse().expect("a date"));
            let told = callbrief::cli::explain::by_address(&world.app, olena.as_str(), Some(&weekly), on).await;
            told.expect("asked").unwrap_or_else(|unknown| unknown)
        };
        world.apply(&format!("{ACME}ends = 2026-11-24T00:00:00\n")).await;
        world.set("2026-11-25T10:00:00Z");
        let said = told(None).await;
        assert!(said.contains("The schedule ended 2026-11-24 00:00, as `ends` in setup.toml says."), "{said}");
        let cut = ACME.find("[[schedule]]").expect("one");
        let row = by_hand::find(&world.app, &world.texts("select reference from deliveries where contact = 'olena'").await[0]).await;
        by_hand::resend(&world.app, &row.expect("there"), None, "t", "r").await.expect("it is queued");
        try_apply(&world, "setup.toml", &ACME[..cut], true).await.expect("it is applied");
        for said in [told(None).await, explain(&world, "olena@acme.example").await] {
            assert!(said.contains("weekly (acme)"), "{said}");
            assert!(said.contains("The schedule was retired 2026-11-25 12:00 by test: setup.toml names it no more."), "{said}");
            assert!(said.contains("A report was due 2026-11-23 08:00") && said.contains("Nothing more is due."), "{said}");
            assert!(said.contains("won't be sent: the schedule had been retired."), "{said}");
        }
        let done = world.settle().await;
        assert_eq!((done.accepted, done.stopped), (0, 1), "and so it is");
        assert!(told(Some("2026-11-30")).await.contains("The nearest one before it was due 2026-11-23 08:00."));
        let said = told(Some("2026-12-07")).await;
        assert!(said.contains("Nothing is due on 2026-12-07: the schedule was retired 2026-11-25 12:00."), "{said}");
        assert!(!said.contains("still to come"), "{said}");
    }

    async fn a_day_without_a_report_shows_no_other_day_s(world: World) {
        acme(&world).await;
        world.set(DUE);
        world.settle().await;
        world.set("2026-11-25T10:00:00Z");
        // A notice, which belongs to no schedule, of today.
        let notice = callbrief::jobs::build::failure::drawn(&world.app, callbrief::domain::ids::ProjectKey(1), &ScheduleId::parse("weekly").expect("valid"), "2026-11-23T08:00#0", "unreadable").await.expect("drawn");
        let mut session = world.app.store.write().await.expect("a connection");
        callbrief::notify::owner::tell_within(&world.app, &mut session, Some(callbrief::domain::ids::ProjectKey(1)), "once", notice).await.expect("told");
        session.commit().await.expect("kept");
        world.settle().await;
        let olena = EmailAddress::parse("olena@acme.example").expect("valid");
        let on = async |date: &str| {
            let told = callbrief::cli::explain::by_address(&world.app, olena.as_str(), None, Some(date.parse().expect("a date"))).await;
            told.expect("asked").expect("known")
        };
        let said = on("2026-11-24").await;
        assert!(!said.contains("The mail to") && !said.contains("The notice to"), "{said}");
        assert!(said.contains("The nearest one before it was due 2026-11-23 08:00."), "{said}");
        assert!(!said.contains("nearest one after"), "2026-11-30 is named as the next one already: {said}");
        let said = on("2026-11-19").await;
        assert!(said.contains("The nearest one after it was due 2026-11-23 08:00."), "{said}");
        assert!(on("2026-11-25").await.contains("The notice to olena@acme.example"));
    }

    async fn lists_say_when_they_are_cut_or_empty(world: World) {
        settings(&world, 0);
        let (_, said, _) = run(&world, DUE, &["deliveries"]);
        assert!(said.starts_with("No deliveries yet"), "{said}");
        for (what, noun) in [("projects", "project"), ("schedules", "schedule"), ("contacts", "contact"), ("calendars", "calendar")] {
            let (_, said, _) = run(&world, DUE, &["list", what]);
            assert!(said.starts_with(&format!("No {what} yet")) && said.contains(&format!("[[{noun}]]")), "{said}");
            assert_eq!(run(&world, DUE, &["list", what, "--json"]).1.trim(), "[]");
        }
        acme(&world).await;
        world.set(DUE);
        world.settle().await;
        for (args, cut) in [(&["deliveries", "--json", "--limit", "3"][..], true), (&["deliveries", "--limit", "4"], false)] {
            let (_, said, note) = run(&world, DUE, args);
            assert_eq!(note.contains("there are older ones"), cut, "{args:?}: {note}");
            assert!(!cut || serde_json::from_str::<Vec<serde_json::Value>>(&said).is_ok_and(|rows| rows.len() == 3), "{said}");
        }
        let (_, said, _) = run(&world, DUE, &["deliveries", "--to", "nobody@acme.example"]);
        assert!(said.starts_with("No deliveries like that"), "{said}");
    }

    async fn who_did_it_is_known_without_the_environment(world: World) {
        settings(&world, 0);
        std::fs::write(world.folder().join("setup.toml"), ACME).expect("a file");
        let (code, said, log) = run(&world, DUE, &["apply", "setup.toml"]);
        assert_eq!(code, Some(0), "{said}{log}");
        let who = Command::new("id").arg("-un").output().expect("id runs");
        assert_eq!(world.texts("select actor from audit").await, [String::from_utf8_lossy(&who.stdout).trim()]);
    }
}

#[test]
fn arguments_that_don_t_fit_are_told_as_they_should_be() {
    let run = |args: &[&str]| {
        let output = Command::new(program()).args(args).env_clear().output().expect("it runs");
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&said).into_owned())
    };
    let (code, said) = run(&["explain"]);
    assert!(code == Some(2) && said.contains("explain REFERENCE") && said.contains("--to ADDRESS"), "{said}");
    let (code, said) = run(&["explain", "--to", "a@acme.example", "--on", "yesterday"]);
    assert!(code == Some(2) && said.contains("2026-11-16"), "{said}");
    let (_, said) = run(&["explain", "--help"]);
    assert!(
        said.contains(
            "Usage: callbrief explain --to ADDRESS [--schedule ID] [--on DATE]\n       callbrief explain REFERENCE"
        ),
        "{said}"
    );
    let (_, said) = run(&["preview", "--help"]);
    assert!(
        said.contains("Usage: callbrief preview REPORT --project PROJECT [--project PROJECT]...")
            && said.contains("callbrief preview --samples DIR"),
        "{said}"
    );
}
