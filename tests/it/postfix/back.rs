//! What a real mail server sends back of our mails, read by the command as it lies in a mailbox, or piped into it.

use std::io::Write;
use std::net::SocketAddr;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use super::{BOUNCES, STANDS, one, pass, through};
use crate::crashes::{program, write_time};
use crate::program::{Silent, command};
use crate::support::postfix::{NOBODY, Otherwise, Postfix};
use crate::support::posting::{self, To};
use crate::support::smtp::{Act, At, Script, SmtpServer};
use crate::support::{World, ledger, on_both};

on_both! {
    async fn what_is_refused_further_on_comes_back_and_is_understood(world: World) {
        let elsewhere = elsewhere().await;
        let postfix = Postfix::otherwise(onward(&routes(elsewhere.address), "")).await;
        posting::project(&world).await;
        let app = through(&world, postfix.relay(), Some(BOUNCES)).await;
        let to = ["gone@acme.example", "full@acme.example", "taras@acme.example"].map(To::Address);
        posting::report(&app, "r", &to).await;
        pass(&app).await;
        assert_eq!(world.texts(STANDS).await, ["accepted|taken_by_relay|1|"; 3], "the relay takes them all");
        let came = postfix.mails_in(BOUNCES, 2).await;
        assert_eq!(came.len(), 2);
        let mut said: Vec<String> = came.iter().map(|raw| bounced(&world, raw)).collect();
        said.sort_by_key(|text| text.contains("for good"));
        assert!(said[0].contains(" is bounced: ") && !said[0].contains("gets nothing more"), "{said:?}");
        assert!(said[1].contains("is bounced: a mail came back from the address for good; its address gets nothing more"), "{said:?}");
        assert_eq!(world.texts(STANDS).await, ["bounced|came_back_for_good|1|5.1.1", "bounced|came_back|1|5.2.2", "accepted|taken_by_relay|1|"]);
        let reply = one(&world, "reply", "gone@acme.example").await;
        assert!(reply.contains("550 5.1.1") && reply.contains("nobody of that name"), "{reply}");
        let stops = world.texts("select address || ' ' || reason || ' ' || actor from suppressions").await;
        assert_eq!(stops, ["gone@acme.example came_back_for_good bounce message"]);
        assert!(bounced(&world, &came[0]).contains("already"), "the same again changes nothing");
        ledger::assert_lawful(&world).await;
    }

    /// Without a domain for it, a bounce goes to the sender that readers see, and its mail is known by its Message-ID: with
    /// the whole mail in it, with its headers alone, and of an address in other letters (RFC 6533).
    async fn without_a_bounce_domain_a_bounce_is_known_by_what_it_returns(world: World) {
        let elsewhere = elsewhere().await;
        posting::project(&world).await;
        let cases = [
            ("gone@acme.example", "", "message/rfc822"),
            ("gone@acme.example", "bounce_size_limit = 500", "text/rfc822-headers"),
            ("борис@acme.example", "", "message/global"),
            ("борис@acme.example", "bounce_size_limit = 500", "message/global-headers"),
        ];
        for (n, (address, more, returned)) in cases.into_iter().enumerate() {
            let postfix = Postfix::otherwise(onward(&routes(elsewhere.address), more)).await;
            let app = through(&world, postfix.relay(), None).await;
            posting::report(&app, &format!("r{n}"), &[To::Address(address)]).await;
            pass(&app).await;
            let came = postfix.mails_in("test.example", 1).await;
            let text = String::from_utf8_lossy(&came[0]);
            assert!(text.contains(&format!("Content-Type: {returned}")), "{text}");
            assert!(bounced(&world, &came[0]).contains("for good"), "{returned}");
            assert_eq!(world.texts(STANDS).await.last().map(String::as_str), Some("bounced|came_back_for_good|1|5.1.1"));
            world.execute("delete from suppressions").await;
        }
        ledger::assert_lawful(&world).await;
    }

    /// First it says that it will go on trying, which changes nothing; then it gives up, which says nothing of the address.
    async fn a_delay_isn_t_a_bounce_until_it_is_given_up(world: World) {
        let nobody = Silent::port();
        let address = SocketAddr::from(([127, 0, 0, 1], nobody.number()));
        let seconds = IMPATIENT.replace("30s", "5s");
        let postfix = Postfix::otherwise(onward(&[("taras@acme.example", address)], &seconds)).await;
        posting::project(&world).await;
        let app = through(&world, postfix.relay(), Some(BOUNCES)).await;
        posting::report(&app, "r", &[To::Address("taras@acme.example")]).await;
        pass(&app).await;
        let came = postfix.mails_in(BOUNCES, 1).await;
        assert!(String::from_utf8_lossy(&came[0]).contains("Action: delayed"), "{}", String::from_utf8_lossy(&came[0]));
        assert!(bounced(&world, &came[0]).contains("A report that changes nothing"));
        assert_eq!(world.texts(STANDS).await, ["accepted|taken_by_relay|1|"]);
        let came = postfix.mails_in(BOUNCES, 2).await;
        let last = came.last().expect("two");
        assert!(String::from_utf8_lossy(last).contains("Action: failed"), "{}", String::from_utf8_lossy(last));
        assert!(bounced(&world, last).contains(" is bounced: "));
        assert_eq!(world.texts(STANDS).await, ["bounced|came_back|1|4.4.1"]);
        assert_eq!(world.number("select count(*) from suppressions").await, 0);
        ledger::assert_lawful(&world).await;
    }

    /// Set up as the guide says: Postfix starts the command itself, as another user, and asks again after exit code 75.
    async fn postfix_pipes_what_comes_back_into_the_command_as_the_guide_says(world: World) {
        let told = Arc::new(Notify::new());
        let late = Act::SayWhen(told.clone(), "550 5.1.1 nobody of that name");
        let elsewhere = SmtpServer::start(Script::default().for_recipient("gone@", At::Rcpt, late)).await;
        write_settings(&world);
        let clock = write_time(&world, &world.now().to_string());
        let program = open_to_nobody(&world);
        let config = world.folder().join("callbrief.toml");
        let postfix = Postfix::otherwise(Otherwise {
            onward: &routes(elsewhere.address),
            main: format!("{IMPATIENT}export_environment = CALLBRIEF_TEST_CLOCK={}\n", clock.display()),
            pipe: Some(format!("{} --config {} bounced --to ${{recipient}}", program.display(), config.display())),
        }).await;
        posting::project(&world).await;
        let app = through(&world, postfix.relay(), Some(BOUNCES)).await;
        posting::report(&app, "r", &[To::Address("gone@acme.example")]).await;
        pass(&app).await;
        world.execute("update deliveries set state = 'handed'").await;
        told.notify_one();
        until(&postfix, "status=deferred", "its mail is being handed over just now").await;
        // What is wrong with us is no reason to throw away what came back.
        std::fs::write(&config, "databas_url = \"?\"\n").expect("the settings are written");
        until(&postfix, "status=deferred", "databas_url").await;
        world.execute("update deliveries set state = 'accepted'").await;
        write_settings(&world);
        until(&postfix, "relay=bounces", "status=sent").await;
        assert_eq!(world.texts(STANDS).await, ["bounced|came_back_for_good|1|5.1.1"]);
    }
}

/// Lines of main.cf: tries and delays of seconds instead of hours. A pause between tries is longer than one between two looks at
/// the queue: Postfix passes over a mail that it looks at in the very moment in which it is put back.
const IMPATIENT: &str = "queue_run_delay = 1s\nminimal_backoff_time = 3s\nmaximal_backoff_time = 3s\n\
                         delay_warning_time = 1s\nmaximal_queue_lifetime = 30s\nbounce_queue_lifetime = 30s\n";

/// The server of some readers: one has left, one has no room.
async fn elsewhere() -> SmtpServer {
    let gone = Act::Say("550 5.1.1 nobody of that name");
    let script = Script::default().any_letters().for_recipient("gone@", At::Rcpt, gone.clone());
    let full = Act::Say("552 5.2.2 no room left");
    SmtpServer::start(script.for_recipient("борис@", At::Rcpt, gone).for_recipient("full@", At::Rcpt, full)).await
}

/// Who is reached there.
fn routes(at: SocketAddr) -> [(&'static str, SocketAddr); 3] {
    ["gone@acme.example", "full@acme.example", "борис@acme.example"].map(|address| (address, at))
}

fn onward<'a>(onward: &'a [(&'a str, SocketAddr)], main: &str) -> Otherwise<'a> {
    Otherwise { onward, main: main.to_owned(), pipe: None }
}

/// The settings of `bounced` beside this world, with its key.
fn write_settings(world: &World) {
    let key = world.folder().join("key");
    std::fs::write(&key, world.app.settings.secret_key.as_ref().expect("a key").reveal()).expect("the key is written");
    let text = format!(
        "database_url = \"{}\"\nsecret_key = {{ file = \"{}\" }}\n[mail]\nfrom_address = \"reports@test.example\"\nbounce_domain = \"{BOUNCES}\"\n\
         [[mail.relay]]\nurl = \"file:{}\"\n",
        world.app.settings.database_url.reveal(),
        key.display(),
        world.folder().join("outbox").display(),
    );
    std::fs::write(world.folder().join("callbrief.toml"), text).expect("the settings are written");
}

/// What `callbrief bounced` says of this mail from a mailbox.
fn bounced(world: &World, raw: &[u8]) -> String {
    program();
    write_settings(world);
    let mut child = command(world, &world.now().to_string(), &["bounced"]);
    let mut child =
        child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    child.stdin.take().expect("piped").write_all(raw).expect("it is read");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Lets Debian's nobody run the program beside this world; where it lies then.
fn open_to_nobody(world: &World) -> PathBuf {
    let folder = world.folder();
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).expect("permissions");
    let files = std::fs::read_dir(folder).expect("the folder").flatten().map(|entry| entry.path());
    for path in files.chain([folder.to_owned()]) {
        chown(path, Some(NOBODY), Some(NOBODY)).expect("it is given away");
    }
    let link = folder.join("callbrief");
    // The checkout may lie where nobody else may go.
    std::fs::hard_link(program(), &link).or_else(|_| std::fs::copy(program(), &link).map(|_| ())).expect("the program");
    link
}

/// Waits for a line of Postfix's log that says both.
async fn until(postfix: &Postfix, one: &str, other: &str) {
    for _ in 0..1_200 {
        if postfix.log().lines().any(|line| line.contains(one) && line.contains(other)) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no line says {one} and {other}");
}
