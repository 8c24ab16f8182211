//! Commands that are told to stop: what is under way is finished, what isn't begun stays for the next one.

use std::io::Read;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use crate::crashes::program;
use crate::flow::{self, DUE};
use crate::program::{command, settings};
use crate::support::smtp::{Act, At, Script, SmtpServer};
use crate::support::{World, on_both};

/// A relay with one connection, whose first answer to a recipient the test gives.
async fn relay(world: &World, told: &Arc<Notify>) -> SmtpServer {
    let server = SmtpServer::start(Script::default().at_first(At::Rcpt, 1, Act::SayWhen(told.clone(), "250 ok"))).await;
    settings(world, 0);
    let file = world.folder().join("callbrief.toml");
    let text = std::fs::read_to_string(&file).expect("settings");
    let outbox = format!("url = \"file:{}\"", world.folder().join("outbox").display());
    let smtp = format!("url = \"smtp://{}\"\nencryption = \"plain\"\nconnections = 1", server.address);
    assert!(text.contains(&outbox));
    std::fs::write(&file, text.replace(&outbox, &smtp)).expect("settings");
    server
}

/// Begins a command, tells it to stop while the relay thinks, lets the relay answer, and waits for the end.
async fn stopped(world: &World, server: &SmtpServer, told: &Notify, args: &[&str]) -> Output {
    let mut child = command(world, DUE, args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    while !server.seen().commands.iter().any(|command| command.starts_with("RCPT")) {
        assert!(child.try_wait().expect("known").is_none(), "it ended: {:?}", child.wait_with_output());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    terminate(&child);
    let said = wait_for_word(&mut child);
    let ended = tokio::task::spawn_blocking(move || child.wait_with_output().expect("it ends"));
    while !ended.is_finished() {
        told.notify_waiters();
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let mut output = ended.await.expect("no panic");
    output.stderr = [said.into_bytes(), output.stderr].concat();
    output
}

fn terminate(child: &Child) {
    let told = Command::new("/bin/sh").args(["-c", "kill -TERM \"$1\"", "sh", &child.id().to_string()]).status();
    assert!(told.is_ok_and(|status| status.success()), "the signal is sent");
}

/// Reads what the program says up to the word that it was told.
fn wait_for_word(child: &mut Child) -> String {
    let mut said = Vec::new();
    let errors = child.stderr.as_mut().expect("piped");
    let mut byte = [0];
    while !String::from_utf8_lossy(&said).contains("told to stop") {
        assert_eq!(errors.read(&mut byte).expect("readable"), 1, "{}", String::from_utf8_lossy(&said));
        said.push(byte[0]);
    }
    String::from_utf8_lossy(&said).into_owned()
}

on_both! {
    async fn a_tick_that_is_told_to_stop_finishes_its_mail_and_the_next_sends_the_rest(world: World) {
        program();
        flow::acme(&world).await;
        let told = Arc::new(Notify::new());
        let server = relay(&world, &told).await;
        let output = stopped(&world, &server, &told, &["tick"]).await;
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(3), "{said}{}", String::from_utf8_lossy(&output.stderr));
        assert!(said.contains("Stopped before everything was looked at; the next tick goes on."), "{said}");
        let states = world.texts("select distinct state from deliveries order by state").await;
        assert!(states.iter().all(|state| ["accepted", "queued"].contains(&state.as_str())), "{states:?}");
        let taken = server.seen().taken.len();
        assert!(taken >= 1, "what was under way is finished");
        assert_eq!(world.number("select count(*) from deliveries where state = 'accepted'").await as usize, taken);
        let output = command(&world, DUE, &["tick"]).output().expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        let mut to: Vec<String> = server.seen().taken.into_iter().map(|taken| taken.to).collect();
        to.sort();
        assert_eq!(to.len(), 4, "{to:?}");
        to.dedup();
        assert_eq!(to.len(), 4, "each once");
    }

    async fn a_sample_that_is_told_to_stop_is_finished(world: World) {
        program();
        flow::acme(&world).await;
        let told = Arc::new(Notify::new());
        let server = relay(&world, &told).await;
        let output = stopped(&world, &server, &told, &["send-now", "weekly", "--to", "me@acme.example"]).await;
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() || output.status.code() == Some(3), "{said}{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(server.seen().taken.len(), 1, "{said}");
        assert_eq!(world.texts("select state from deliveries").await, ["accepted"]);
    }
}

/// Two set-ups of one name in two folders keep what they made, each for itself.
#[tokio::test(flavor = "multi_thread")]
async fn pruning_by_one_folder_s_file_leaves_alone_what_another_s_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let setup = |project: &str| {
        flow::ACME
            .replace("id = \"acme\"", &format!("id = \"{project}\""))
            .replace("roles = { acme", &format!("roles = {{ {project}"))
            .replace("project = \"acme\"", &format!("project = \"{project}\""))
            .replace("\"olena\"", &format!("\"olena-{project}\""))
            .replace("\"taras\"", &format!("\"taras-{project}\""))
            .replace("\"fin\"", &format!("\"fin-{project}\""))
            .replace("id = \"weekly\"", &format!("id = \"weekly-{project}\""))
    };
    let url = format!("sqlite://{}", folder.path().join("both.db").display());
    let apply = |place: &str, more: &[&str]| {
        let place = folder.path().join(place);
        let mut command = Command::new(program());
        command.args(["--database", &url, "apply", "setup.toml"]).args(more).current_dir(place).env_clear();
        let output = command.output().expect("it runs");
        let said = [output.stdout, output.stderr].concat();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
        String::from_utf8_lossy(&said).into_owned()
    };
    for place in ["north", "south"] {
        std::fs::create_dir(folder.path().join(place)).expect("a folder");
        std::fs::write(folder.path().join(place).join("setup.toml"), setup(place)).expect("a file");
        apply(place, &[]);
    }
    assert!(apply("south", &["--prune"]).contains("nothing"), "south still names all that it made");
    let south = setup("south");
    let without = &south[..south.find("[[schedule]]").expect("there is one")];
    std::fs::write(folder.path().join("south/setup.toml"), without).expect("a file");
    let said = apply("south", &["--prune"]);
    assert!(said.contains("1 to retire") && said.contains("weekly-south") && !said.contains("north"), "{said}");
}
