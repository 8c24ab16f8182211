//! The real program as those who run it meet it: it starts, answers, stops in good order, sends a sample when asked.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};

use callbrief::config::settings::{Encryption, Transport};

use crate::crashes::{program, write_time};
use crate::flow::{self, DUE};
use crate::support::mail::Mail;
use crate::support::smtp::{Script, SmtpServer};
use crate::support::{World, on_both};
use crate::web::Site;

/// The settings of a process beside this world: its database, its outbox, listeners on free ports.
pub fn settings(world: &World, ops_port: u16) {
    let text = format!(
        "database_url = \"{}\"\npublic_url = \"https://reports.test.example\"\n\
         [mail]\nfrom_address = \"reports@test.example\"\n[[mail.relay]]\nurl = \"file:{}\"\n\
         [listen]\npublic = \"127.0.0.1:0\"\nops = \"127.0.0.1:{ops_port}\"\n[work]\npoll = \"100ms\"\nshutdown = \"120s\"\n",
        world.app.settings.database_url.reveal(),
        world.folder().join("outbox").display(),
    );
    std::fs::write(world.folder().join("callbrief.toml"), text).expect("the settings are written");
}

/// The program beside this world at this time.
pub fn command(world: &World, now: &str, args: &[&str]) -> Command {
    let clock = write_time(world, now);
    let mut command = Command::new(program());
    command.args(args).current_dir(world.folder()).env_clear().env("CALLBRIEF_TEST_CLOCK", clock);
    command
}

pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("bound").port()
}

/// A port where nobody answers, and nobody else can either as long as it is kept: bound, but not listened on.
pub struct Silent(pub tokio::net::TcpSocket);

impl Silent {
    pub fn port() -> Self {
        let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
        socket.bind(([127, 0, 0, 1], 0).into()).expect("a port");
        Self(socket)
    }

    pub fn number(&self) -> u16 {
        self.0.local_addr().expect("bound").port()
    }
}

/// A process that doesn't outlive its test.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// `serve`, up to the line that says it runs; and the port of its ops listener.
fn serve(world: &World, now: &str) -> (Running, u16) {
    let mut child = command(world, now, &["serve"]).stderr(Stdio::piped()).spawn().expect("the program starts");
    let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines();
    let runs = lines.by_ref().map_while(Result::ok).find(|line| line.contains("callbrief runs"));
    let runs = runs.expect("the program ended before it ran");
    let port =
        runs.split_once("ops=127.0.0.1:").map(|(_, rest)| rest.chars().take_while(char::is_ascii_digit).collect());
    let port = port.and_then(|digits: String| digits.parse().ok()).unwrap_or_else(|| panic!("no port in: {runs}"));
    // Read on, so that the program never waits for somebody to take its log.
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| eprintln!("{line}")));
    (Running(child), port)
}

pub fn terminate(mut running: Running) -> ExitStatus {
    let id = running.0.id().to_string();
    let told = Command::new("/bin/sh").args(["-c", "kill -TERM \"$1\"", "sh", &id]).status();
    assert!(told.is_ok_and(|status| status.success()), "the signal is sent");
    running.0.wait().expect("the program ends")
}

on_both! {
    async fn serve_sends_what_is_due_answers_health_and_stops_in_good_order(world: World) {
        flow::acme(&world).await;
        let silent = Silent::port();
        settings(&world, silent.number());
        let health = || {
            let output = command(&world, DUE, &["health"]).output().expect("it runs");
            (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
        };
        assert_eq!(health().0, Some(75), "nobody answers yet");
        settings(&world, 0);
        let (child, port) = serve(&world, DUE);
        settings(&world, port);
        assert_eq!(health(), (Some(0), String::new()));
        while world.number("select count(*) from deliveries where state = 'accepted'").await < 4 {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        let ended = terminate(child);
        assert!(ended.success(), "{ended}");
        assert_eq!(world.outbox().len(), 4);
        assert_eq!(world.number("select count(*) from runs where lease_token is not null").await, 0);
    }

    async fn a_token_is_shown_once_and_found_again_by_its_beginning(world: World) {
        flow::acme(&world).await;
        settings(&world, 0);
        let token = |args: &[&str]| {
            let output = command(&world, DUE, &[&["token"], args].concat()).output().expect("it runs");
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            (output.status.code(), text(&output.stdout), text(&output.stderr))
        };
        let create = ["create", "--scope", "balance", "--project", "acme", "--name", "billing", "--expires"];
        let (code, made, told) = token(&[&create[..], &["90d"]].concat());
        let secret = made.trim();
        let (name, hidden) = secret.rsplit_once('_').expect("a token");
        assert!(code == Some(0) && secret.starts_with("cb_") && hidden.len() == 64, "{made}{told}");
        assert!(told.contains("the only time") && told.contains(name), "{told}");
        for (expires, word) in [("2020-01-01", "over already"), ("soon", "write the last day")] {
            let (code, _, told) = token(&[&create[..], &[expires]].concat());
            assert!(code == Some(2) && told.contains(word), "{told}");
        }
        for args in [&["list"][..], &["list", "--json"], &["list", "--project", "acme", "--all"]] {
            let (code, list, _) = token(args);
            assert!(code == Some(0) && list.contains(name) && list.contains("billing"), "{list}");
            assert!(!list.contains(hidden), "never the secret: {list}");
        }
        let (code, said, _) = token(&["revoke", secret]);
        assert!(code == Some(0) && said.contains(name) && !said.contains(hidden), "{said}");
        assert!(token(&["revoke", name]).1.contains("as before"));
        assert_eq!(token(&["revoke", "cb_00000000"]).0, Some(2));
        assert!(token(&["list"]).1.contains("No tokens"));
        assert!(token(&["list", "--all"]).1.contains("revoked"));
    }

    async fn the_log_says_what_was_done_and_never_to_whom(world: World) {
        flow::acme(&world).await;
        settings(&world, 0);
        let output = command(&world, DUE, &["tick"]).output().expect("it runs");
        let log = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{log}");
        let lines = |what: &str| log.lines().filter(|line| line.contains(what)).map(str::to_owned).collect::<Vec<_>>();
        let due = lines("a report is due");
        assert!(!due.is_empty() && due.iter().all(|line| line.contains("run.id=") && line.contains("schedule.id=")), "{log}");
        assert!(due.iter().all(|line| line.contains("period.from=2026-")), "{log}");
        let made = lines("a report was made");
        assert_eq!(made.len(), due.len(), "{log}");
        assert!(made.iter().all(|line| line.contains("took_ms=") && line.contains("readers=")), "{log}");
        let taken = lines("a mail was taken by the relay");
        assert_eq!(taken.len(), 4, "{log}");
        for reference in world.texts("select reference from deliveries").await {
            assert!(taken.iter().any(|line| line.contains(&reference) && line.contains("relay=\"file\"")), "{reference}: {log}");
        }
        assert!(!log.contains('@') && !log.contains("+380") && !log.contains('\u{1b}'), "{log}");
    }

    async fn a_relay_that_is_away_is_said_and_costs_the_exit_code(world: World) {
        flow::acme(&world).await;
        settings(&world, 0);
        let silent = Silent::port();
        let file = world.folder().join("callbrief.toml");
        let text = std::fs::read_to_string(&file).expect("settings");
        let relay = format!("url = \"file:{}\"", world.folder().join("outbox").display());
        let away = format!("url = \"smtp://127.0.0.1:{}\"\nencryption = \"plain\"", silent.number());
        assert!(text.contains(&relay));
        std::fs::write(&file, text.replace(&relay, &away)).expect("settings");
        let output = command(&world, DUE, &["tick"]).output().expect("it runs");
        let (said, log) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(3), "{said}{log}");
        assert!(said.starts_with("1 due, 1 report made, 0 mails taken by a relay."), "{said}");
        assert!(said.contains("4 mails wait for a relay until 2026-11-23 06:0"), "{said}");
        let listed = command(&world, DUE, &["deliveries"]).output().expect("it runs");
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        assert!(listed.contains("the relay couldn't be used when it was tried"), "{listed}");
        let told = command(&world, DUE, &["explain", "--to", "olena@acme.example"]).output().expect("it runs");
        let told = String::from_utf8_lossy(&told.stdout).into_owned();
        assert!(told.contains("waits to be sent: the relay couldn't be used when it was tried."), "{told}");
        for text in [&*said, &*log, &listed, &told] {
            assert!(!text.to_lowercase().contains("lane"), "an inner word: {text}");
        }
        assert!(!log.contains('\u{1b}'), "no colours where nobody sees them: {log}");
        settings(&world, 0);
        let later = DUE.replace("06:00:00", "06:10:00");
        let output = command(&world, &later, &["tick"]).output().expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        assert_eq!(world.outbox().len(), 4, "and they went once the relay was there");
    }

    async fn a_relay_that_answers_and_doesn_t_encrypt_is_not_called_away(mut world: World) {
        world.allow_leftovers();
        flow::acme(&world).await;
        settings(&world, 0);
        let server = SmtpServer::start(Script::default()).await;
        let Transport::Smtp(smtp) = server.relay("a", Encryption::Starttls).transport else { return };
        let file = world.folder().join("callbrief.toml");
        let text = std::fs::read_to_string(&file).expect("settings");
        let relay = format!("url = \"file:{}\"", world.folder().join("outbox").display());
        let plain = format!("url = \"smtp://127.0.0.1:{}\"\nencryption = \"starttls\"", smtp.port);
        std::fs::write(&file, text.replace(&relay, &plain)).expect("settings");
        command(&world, DUE, &["tick"]).output().expect("it runs");
        let listed = command(&world, DUE, &["deliveries"]).output().expect("it runs");
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        assert!(listed.contains("STARTTLS") && !listed.contains("can't be reached"), "{listed}");
    }

    async fn who_reads_may_leave_early(world: World) {
        flow::acme(&world).await;
        settings(&world, 0);
        for args in [
            &["list", "schedules"][..],
            &["list", "contacts", "--json"],
            &["deliveries"],
            &["explain", "--to", "olena@acme.example"],
            &["next"],
            &["preview", "summary", "--project", "acme", "--format", "html"],
            &["suppressions", "list"],
        ] {
            let mut child = command(&world, DUE, args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
            drop(child.stdout.take());
            let ended = child.wait_with_output().expect("it ends");
            let said = String::from_utf8_lossy(&ended.stderr);
            assert_eq!((ended.status.code(), &*said), (Some(141), ""), "{args:?}");
        }
    }

    async fn a_process_that_says_no_is_not_healthy(world: World) {
        let site = Site::of(&world).await;
        settings(&world, site.ops.port());
        let health = || {
            let output = command(&world, DUE, &["health"]).output().expect("it runs");
            (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
        };
        assert_eq!(health(), (Some(0), String::new()));
        world.app.store.close().await;
        let (code, said) = health();
        assert_eq!(code, Some(4), "{said}");
        site.end().await;
    }

    async fn a_strict_import_that_is_refused_says_so_by_its_code(world: World) {
        flow::acme(&world).await;
        settings(&world, 0);
        let import = |text: &str, more: &[&str]| {
            std::fs::write(world.folder().join("some.csv"), format!("call_id,started_at,direction,status\n{text}")).expect("a file");
            let args = [&["import", "some.csv", "--project", "acme", "--format", "native"], more].concat();
            let output = command(&world, DUE, &args).output().expect("it runs");
            (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
        };
        let calls = "select count(*) from call_details where call_id like 'n%'";
        let (code, said) = import("n1,2026-11-17T10:00:00Z,inbound,answered\nn2,yesterday,inbound,answered\n", &["--strict"]);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("Nothing was written"), "{said}");
        assert_eq!(world.number(calls).await, 0);
        let (code, said) = import("n1,2026-11-17T10:00:00Z,inbound,answered\nn2,2026-11-17T10:00:00Z,inbound,perhaps\n", &["--strict"]);
        assert_eq!(code, Some(1), "a word that nobody knows: {said}");
        assert!(said.contains("perhaps: 1"), "{said}");
        assert_eq!(world.number(calls).await, 0);
        assert_eq!(import("n3,yesterday,inbound,answered\n", &[]).0, Some(3), "without it the rest is taken in");
        let two = "n4,2026-11-17T10:00:00Z,inbound,answered\nn4,2026-11-17T11:00:00Z,inbound,answered\n";
        assert_eq!(import(two, &["--strict"]).0, Some(1), "two calls with one id");
        let (code, said) = import(two, &[]);
        assert_eq!(code, Some(3), "{said}");
        assert!(said.contains("line 3: the id `n4` of line 2, with another start"), "{said}");
    }

    async fn a_file_without_a_row_says_so_and_what_it_covers(world: World) {
        flow::acme(&world).await;
        settings(&world, 0);
        let import = |more: &[&str]| {
            std::fs::write(world.folder().join("none.csv"), "call_id,started_at,direction,status\n").expect("a file");
            let args = [&["import", "none.csv", "--project", "acme", "--format", "native"], more].concat();
            let output = command(&world, DUE, &args).output().expect("it runs");
            (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
        };
        let (code, said) = import(&[]);
        assert_eq!(code, Some(3), "{said}");
        assert!(said.contains("the file has no row") && said.contains("--covers FROM..TO"), "{said}");
        let (code, said) = import(&["--covers", "2026-11-14..2026-11-15"]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("The span 2026-11-14 … 2026-11-15 (Europe/Kyiv) is stated as covered by source native."), "{said}");
    }

    async fn a_sample_goes_to_one_address_and_moves_nothing(world: World) {
        flow::acme(&world).await;
        settings(&world, 0);
        let next = world.texts("select next_occurrence from schedules").await;
        let elsewhere = command(&world, DUE, &["send-now", "weekly", "--to", "me@elsewhere.example"]).output().expect("it runs");
        assert_eq!(elsewhere.status.code(), Some(2), "{}", String::from_utf8_lossy(&elsewhere.stdout));
        assert_eq!(world.number("select count(*) from runs").await, 0, "nothing was made for it");
        let asked = command(&world, DUE.replace("06:00", "05:00").as_str(), &["send-now", "weekly", "--to", "me@acme.example"])
            .output()
            .expect("it runs");
        let mut said = String::from_utf8_lossy(&asked.stdout).into_owned();
        said += &world.texts("select state || ' ' || coalesce(reason, '') from deliveries").await.join(", ");
        assert!(asked.status.success(), "{said}{}", String::from_utf8_lossy(&asked.stderr));
        assert!(said.contains("mails taken by a relay: 1."), "{said}");
        let mails = Mail::all(&world);
        let sample = Mail::to(&mails, "me@acme.example");
        assert!(sample.text.contains("This is a sample"), "{}", sample.text);
        assert_eq!(world.texts("select next_occurrence from schedules").await, next);
        world.set(DUE);
        assert_eq!(world.settle().await.accepted, 4, "the report itself comes as if nothing had been sent");
    }
}

on_both! {
    async fn a_sample_counts_its_own_mails_and_a_stranger_is_refused_at_once(world: World) {
        flow::acme(&world).await;
        settings(&world, 0);
        world.set(DUE);
        world.settle().await;
        let now = DUE.replace("06:00", "07:00");
        let run = |args: &[&str]| {
            let output = command(&world, &now, args).output().expect("it runs");
            let said = [output.stdout, output.stderr].concat();
            (output.status.code(), String::from_utf8_lossy(&said).into_owned())
        };
        let first = world.texts("select reference from deliveries where address = 'taras@acme.example'").await.remove(0);
        let (code, said) = run(&["resend", &first, "--to", "x@evil.example"]);
        assert!(code == Some(2) && said.contains("add one or the other"), "{code:?} {said}");
        assert_eq!(run(&["resend", &first]).0, Some(0));
        let (code, said) = run(&["send-now", "weekly", "--to", "me@acme.example"]);
        assert!(code == Some(0) && said.contains("mails taken by a relay: 1."), "{code:?} {said}");
        assert_eq!(world.number("select count(*) from deliveries where generation = 2 and state = 'accepted'").await, 1, "it went as well");
        let (_, said) = run(&["list", "schedules"]);
        assert!(said.contains("board@acme.example (viewer)") && !said.contains("()"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_leaves_no_database_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("setup.toml"), flow::ACME).expect("a file");
    let run = |args: &[&str]| {
        let output =
            Command::new(program()).args(args).current_dir(folder.path()).env_clear().output().expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (code, said) = run(&["apply", "setup.toml", "--dry-run"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("nothing was changed"), "{said}");
    let files: Vec<_> =
        std::fs::read_dir(folder.path()).expect("a folder").flatten().map(|file| file.file_name()).collect();
    assert_eq!(files, ["setup.toml"]);
    assert_eq!(run(&["apply", "setup.toml"]).0, Some(0));
    assert!(folder.path().join("callbrief.db").exists());
    let (code, said) = run(&["apply", "setup.toml", "--dry-run"]);
    assert_eq!((code, said.contains("nothing was changed")), (Some(0), false), "it looks at what stands: {said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_away_is_told_soon() {
    let silent = Silent::port();
    let url = format!("postgres://nobody@127.0.0.1:{}/none", silent.number());
    let begun = std::time::Instant::now();
    let output = Command::new(program()).args(["--database", &url, "tick"]).env_clear().output().expect("it runs");
    assert_eq!(output.status.code(), Some(75), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(begun.elapsed() < std::time::Duration::from_secs(300), "{:?}", begun.elapsed());
}
