//! Points that no usual hour passes: each is died at once, in a world made for it, and what it was about is there once.

use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::process::{ExitStatus, Stdio};

use callbrief::domain::delivery::DeliveryState;

use super::replica::{SIGKILL, command};
use crate::comeback::{self, bounce};
use crate::flow::{self, ACME, DUE, build_without_sending};
use crate::program::{Silent, settings};
use crate::support::mail::Mail;
use crate::support::smtp::{Act, At, Script, SmtpServer};
use crate::support::{World, on_both};
use crate::{crashes, unheard};

/// One `tick` beside this world at this time, to die at a point or not.
fn tick(world: &World, now: &str, dies_at: Option<&str>) -> ExitStatus {
    crashes::write_time(world, now);
    command(world.folder(), &["tick"], dies_at).status().expect("the program starts")
}

fn dies(world: &World, now: &str, point: &str) {
    let ended = tick(world, now, Some(&format!("{point}:1")));
    assert_eq!(ended.signal(), Some(SIGKILL), "{point}: {ended}");
}

/// The same settings with a relay at this port.
fn with_relay(world: &World, port: u16) {
    let file = world.folder().join("callbrief.toml");
    let text = std::fs::read_to_string(&file).expect("settings");
    let relay = format!("url = \"file:{}\"", world.folder().join("outbox").display());
    assert!(text.contains(&relay), "{text}");
    let other = format!("url = \"smtp://127.0.0.1:{port}\"\nencryption = \"plain\"");
    std::fs::write(file, text.replace(&relay, &other)).expect("settings");
}

on_both! {
    async fn killed_when_a_narrower_variant_is_made_its_reader_gets_that_once(world: World) {
        world.set("2026-11-16T09:00:00Z");
        // Nobody else sees as little, so that there is no such variant yet.
        let setup = ACME.replace("recipients = [\"olena\", \"taras\", \"fin\", \"board@acme.example\"]", "recipients = [\"olena\", \"taras\"]");
        world.apply(&setup).await;
        world.import("acme", flow::CALLS).await;
        world.set(DUE);
        build_without_sending(&world).await;
        world.apply(&setup.replace("roles = { acme = [\"manager\"] }", "roles = { acme = [\"viewer\"] }")).await;
        settings(&world, 0);
        dies(&world, DUE, "narrow.made");
        assert!(tick(&world, "2026-11-23T06:10:00Z", None).success());
        let mails = Mail::all(&world);
        assert_eq!(mails.len(), 2);
        let taras = Mail::to(&mails, "taras@acme.example");
        assert!(!taras.text.replace('\u{a0}', " ").contains("222 33"), "{}", taras.text);
    }

    async fn killed_when_a_refusal_is_decided_the_address_is_marked_once_and_its_owner_hears_once(world: World) {
        let no_such = Act::Say("550 5.1.1 no such user");
        let smtp = SmtpServer::start(Script::default().for_recipient("taras", At::Rcpt, no_such)).await;
        flow::acme(&world).await;
        settings(&world, 0);
        with_relay(&world, smtp.address.port());
        let states = || world.texts("select state from deliveries where address = 'taras@acme.example'");
        // It is decided some minutes later: a relay may refuse everybody.
        tick(&world, DUE, None);
        dies(&world, "2026-11-23T06:15:00Z", "refusals.decided");
        for later in ["2026-11-23T06:30:00Z", "2026-11-23T06:50:00Z"] {
            tick(&world, later, None);
        }
        assert_eq!(states().await, [DeliveryState::Failed.name()]);
        assert_eq!(world.number("select count(*) from suppressions").await, 1);
        let told = smtp.taken_since(0).into_iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("taras@acme.example"));
        assert_eq!(told.map(|(to, _)| to).collect::<Vec<_>>(), ["olena@acme.example"]);
        assert_eq!(smtp.taken_since(0).len(), 4, "three reports, and the owner's mail");
    }

    async fn killed_when_somebody_must_look_everybody_is_told_once(world: World) {
        flow::acme(&world).await;
        settings(&world, 0);
        let silent = Silent::port();
        with_relay(&world, silent.number());
        tick(&world, DUE, None);
        dies(&world, "2026-11-23T07:10:00Z", "watch.told");
        let told = "select dedup_key from notices where dedup_key like 'watch/%' order by 1";
        let before = world.texts(told).await;
        assert!(!before.is_empty());
        for later in ["2026-11-23T07:11:00Z", "2026-11-23T07:30:00Z"] {
            tick(&world, later, None);
        }
        let after = world.texts(told).await;
        assert_eq!(after.iter().filter(|key| before.contains(key)).count(), before.len(), "{before:?} {after:?}");
        settings(&world, 0);
        for later in ["2026-11-23T08:30:00Z", "2026-11-23T09:30:00Z"] {
            tick(&world, later, None);
        }
        assert_eq!(world.number("select count(*) from deliveries where state in ('queued', 'claimed', 'handed')").await, 0);
    }

    async fn killed_while_old_data_go_the_rest_goes_later_and_nothing_else(world: World) {
        flow::acme(&world).await;
        world.set(DUE);
        world.settle().await;
        world.execute("update schedules set paused = true, next_fire_at = null").await;
        settings(&world, 0);
        tick(&world, "2027-02-21T06:00:00Z", None);
        let forms = "select count(*) from variant_artefacts";
        assert!(world.number(forms).await > 0, "ninety days aren't over");
        dies(&world, "2027-02-22T08:00:00Z", "forget.removed");
        assert!(tick(&world, "2027-02-22T09:30:00Z", None).success());
        assert_eq!(world.number(forms).await, 0);
        assert_eq!(world.number("select count(*) from deliveries where state = 'accepted'").await, 4);
    }

    async fn killed_when_somebody_else_is_told_a_warning_it_comes_to_them_once(world: World) {
        world.set("2026-06-01T09:00:00Z");
        world.apply(&unheard::setup(&["nadia", "olena"])).await;
        unheard::topup_failed(&world).await;
        unheard::post_only(&world).await;
        unheard::stopped(&world, unheard::NADIA).await;
        settings(&world, 0);
        dies(&world, "2026-06-01T09:10:00Z", "rules.told_instead");
        for later in ["2026-06-01T09:20:00Z", "2026-06-01T09:40:00Z"] {
            tick(&world, later, None);
        }
        assert_eq!(unheard::warned(&world), [unheard::OLENA]);
    }

    async fn killed_when_a_mail_came_back_the_same_report_again_changes_nothing_more(world: World) {
        comeback::sent(&world).await;
        settings(&world, 0);
        let message = bounce("x@test.example", &comeback::one(&world, "message_id", "olena").await, "5.1.1");
        let bounced = |dies_at: Option<&str>| {
            crashes::write_time(&world, "2026-11-16T06:10:00Z");
            let mut child = command(world.folder(), &["bounced"], dies_at).stdin(Stdio::piped()).spawn().expect("it starts");
            child.stdin.take().expect("piped").write_all(message.as_bytes()).expect("it is read");
            child.wait().expect("it ends")
        };
        assert_eq!(bounced(Some("back.noted:1")).signal(), Some(SIGKILL));
        assert!(bounced(None).success(), "again");
        assert_eq!(comeback::states(&world).await, ["olena bounced", "taras accepted"]);
        assert_eq!(comeback::stops(&world).await.len(), 1);
        world.settle().await;
    }
}
