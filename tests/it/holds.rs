//! Holding what goes out: at once and everywhere, and on release once, late, or passed over with a reason.

use std::sync::Arc;
use std::time::Duration;

use callbrief::config::settings::{Encryption, OnlyTo};
use callbrief::domain::balance::{Standing, Status};
use callbrief::domain::contact::{ChannelKind, EmailAddress};
use callbrief::domain::ids::ProjectId;
use callbrief::domain::instant::Instant;
use callbrief::domain::role::Role;
use callbrief::funds;
use callbrief::jobs;
use callbrief::notify::hold::{self, Scope};
use callbrief::notify::lanes::Lanes;
use callbrief::notify::{by_hand, send};

use crate::flow::{self, DUE};
use crate::program::{command, settings};
use crate::reach;
use crate::support::posting::{self, To};
use crate::support::smtp::{Act, At, Script, SmtpServer};
use crate::support::{World, ledger, on_both};
use crate::web::{Site, ask};

const STANDS: &str = "select distinct state || '|' || coalesce(reason, '') from deliveries order by 1";

async fn hold_all(world: &World) {
    assert!(hold::place(&world.app, Scope::default(), "moving house", "tester").await.expect("it is placed"));
}

async fn release(world: &World, skip: Option<&str>) -> usize {
    let skip = skip.map(|text| Instant::parse_rfc3339(text).expect("a time"));
    hold::release(&world.app, None, skip, "tester").await.expect("it is released").len()
}

on_both! {
    async fn what_falls_due_while_held_waits_and_goes_once(world: World) {
        flow::acme(&world).await;
        hold_all(&world).await;
        assert!(!hold::place(&world.app, Scope::default(), "again", "tester").await.expect("asked"), "it is held already");
        world.set(DUE);
        let report = world.settle().await;
        assert_eq!((report.built, report.accepted), (1, 0), "it is made and waits");
        assert_eq!(world.texts(STANDS).await, ["queued|posted"]);
        // Longer than any of them would wait by itself.
        world.set("2026-11-29T06:00:00Z");
        world.settle().await;
        assert_eq!(world.texts(STANDS).await, ["queued|posted"], "what is held isn't given up");
        assert_eq!(release(&world, None).await, 1);
        assert_eq!(world.settle().await.accepted, 4);
        assert_eq!(world.settle().await.accepted, 0);
        assert_eq!(world.outbox().len(), 4, "once to each");
        assert_eq!(release(&world, None).await, 0, "nothing is held any more");
        let audited = world.texts("select action || ' ' || actor || ' ' || subject from audit where action like 'hold%' order by id").await;
        assert_eq!(audited, ["hold_placed tester everything", "hold_released tester everything"]);
        ledger::assert_lawful(&world).await;
    }

    async fn what_was_due_before_a_time_is_passed_over_on_release(world: World) {
        flow::acme(&world).await;
        hold_all(&world).await;
        world.set(DUE);
        world.settle().await;
        world.set("2026-11-23T09:00:00Z");
        assert_eq!(release(&world, Some("2026-11-23T08:00:00Z")).await, 1);
        world.settle().await;
        assert_eq!(world.texts(STANDS).await, ["suppressed|passed_over_on_release"]);
        assert!(world.outbox().is_empty());
        // A person may want one all the same.
        let row = by_hand::find(&world.app, "1").await.expect("it is there");
        by_hand::resend(&world.app, &row, None, "tester", "asked by phone").await.expect("it is sent again");
        world.settle().await;
        assert_eq!(world.outbox().len(), 1);
        world.set("2026-11-30T06:00:00Z");
        world.settle().await;
        assert_eq!(world.outbox().len(), 5, "the next one goes");
        ledger::assert_lawful(&world).await;
    }

    async fn a_warning_that_waits_for_a_morning_after_that_time_goes_then(world: World) {
        world.set("2026-11-16T03:00:00Z");
        let mail = |id: &str| format!("addresses = {{ email = [\"{id}@acme.example\"] }}");
        let people = reach::person("nadia", "finance", &mail("nadia")) + &reach::person("petro", "finance", &mail("petro"));
        world.apply(&reach::setup(&people)).await;
        let id = ProjectId::parse("acme").expect("an id");
        let project = world.app.store.project(&id).await.expect("read").expect("it is there");
        let new = Standing { status: Status::Active, paid_until: "2026-11-23".parse().ok(), as_of: world.now() };
        funds::set_standing(&world.app, &project, new, "tester").await.expect("it is taken");
        hold_all(&world).await;
        for amount in ["60", "40"] {
            reach::balance(&world, amount).await;
            world.settle().await;
            world.advance(Duration::from_secs(60));
        }
        let kinds = "select kind || ' ' || state || ' ' || reason from deliveries order by kind, id";
        let waits = ["low_balance queued posted", "low_balance queued posted", "paid_until queued posted", "paid_until queued posted"];
        assert_eq!(world.texts(kinds).await, waits);
        world.set("2026-11-16T05:30:00Z");
        settings(&world, 0);
        let run = |args: &[&str]| {
            let output = command(&world, &world.now().to_string(), args).output().expect("it runs");
            String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let said = run(&["release", "--skip-due-before", "2026-11-16T05:00:00Z"]);
        assert!(said.contains("is passed over: 2 messages that waited were"), "{said}");
        let said = run(&["deliveries"]);
        assert_eq!(said.matches("it goes out").count(), 2, "the morning's: {said}");
        assert_eq!(run(&["deliveries", "--json"]).matches("\"passed_over_on_release\"").count(), 2, "those that won't");
        // Its first try doesn't end well, which makes it no older.
        let server = SmtpServer::start(Script::default().at_first(At::Rcpt, 2, Act::Say("451 4.3.0 later"))).await;
        let relay = server.relay("a", Encryption::Plain);
        let app = world.replica(|settings| settings.mail.relays = vec![relay]).await;
        for at in ["2026-11-16T05:31:00Z", "2026-11-16T07:00:00Z", "2026-11-16T07:20:00Z", "2026-11-16T09:00:00Z"] {
            world.set(at);
            jobs::tick(&app).await.expect("the jobs run");
        }
        let now = [
            "low_balance suppressed passed_over_on_release",
            "low_balance suppressed passed_over_on_release",
            "paid_until accepted taken_by_relay",
            "paid_until accepted taken_by_relay",
        ];
        assert_eq!(world.texts(kinds).await, now);
        assert_eq!(server.seen().taken.len(), 2);
        ledger::assert_lawful(&world).await;
    }

    async fn a_report_that_is_made_only_after_the_release_is_passed_over_too(world: World) {
        flow::acme(&world).await;
        hold_all(&world).await;
        world.set("2026-11-23T09:00:00Z");
        assert_eq!(release(&world, Some("2026-11-23T09:00:00Z")).await, 1);
        world.settle().await;
        assert_eq!(world.texts(STANDS).await, ["suppressed|passed_over_on_release"], "a backup doesn't know what was sent");
        assert!(world.outbox().is_empty());
    }

    async fn a_hold_is_of_its_project_and_channel(world: World) {
        flow::acme(&world).await;
        world.apply("version = 1\n\n[[project]]\nid = \"other\"\nname = \"Other\"\nzone = \"Europe/Kyiv\"\nlocale = \"en\"\ncurrency = \"EUR\"\n").await;
        let project = async |id: &str| {
            world.app.store.project(&ProjectId::parse(id).expect("an id")).await.expect("read").expect("it is there")
        };
        let (acme, other) = (project("acme").await, project("other").await);
        let place = async |project, channel| {
            assert!(hold::place(&world.app, Scope { project, channel }, "tests", "tester").await.expect("placed"));
        };
        let end = async |project, channel| {
            let ended = hold::release(&world.app, Some(Scope { project, channel }), None, "tester").await.expect("released");
            assert_eq!(ended.len(), 1);
        };
        place(Some(&other), None).await;
        place(None, Some(ChannelKind::Sms)).await;
        place(Some(&acme), Some(ChannelKind::Email)).await;
        world.set(DUE);
        assert_eq!(world.settle().await.accepted, 0, "its project and its channel");
        end(Some(&acme), Some(ChannelKind::Email)).await;
        assert_eq!(world.settle().await.accepted, 4, "the others are of others");
        end(Some(&other), None).await;
        end(None, Some(ChannelKind::Sms)).await;
    }

    async fn a_mail_that_waits_for_its_relay_is_held_at_the_last_moment(world: World) {
        posting::project(&world).await;
        let told = Arc::new(tokio::sync::Notify::new());
        let script = Script::default().at_first(At::Rcpt, 1, Act::SayWhen(told.clone(), "250 ok"));
        let server = SmtpServer::start(script).await;
        posting::report(&world.app, "r", &[To::Contact("taras", Role::Manager)]).await;
        let relay = server.relay("a", Encryption::Plain);
        let app = world.replica(|settings| settings.mail.relays = vec![relay]).await;
        let lanes = Lanes::open(&app).await.expect("lanes");
        let sending = {
            let (app, lanes) = (app.clone(), lanes.clone());
            tokio::spawn(async move { send::step(&app, &lanes).await.expect("a step") })
        };
        while !server.seen().commands.iter().any(|command| command.starts_with("RCPT")) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        // By another process, on the same database.
        hold_all(&world).await;
        while !sending.is_finished() {
            told.notify_waiters();
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let report = sending.await.expect("the step ends");
        assert_eq!((report.accepted, server.seen().taken.len()), (0, 0), "nothing was sent");
        assert_eq!(world.texts(STANDS).await, ["queued|changed_meanwhile"]);
        assert_eq!(release(&world, None).await, 1);
        assert_eq!(send::step(&app, &lanes).await.expect("a step").accepted, 1);
        assert_eq!(server.seen().taken.len(), 1);
        ledger::assert_lawful(&world).await;
    }

    async fn a_process_can_begin_held(world: World) {
        flow::acme(&world).await;
        world.set(DUE);
        let held = world.replica(|settings| settings.hold = true).await;
        for _ in 0..2 {
            assert_eq!(jobs::tick(&held).await.expect("the jobs run").accepted, 0);
        }
        assert_eq!(world.app.store.holds().await.expect("read").len(), 1, "one hold, however often it starts");
        assert_eq!(world.settle().await.accepted, 0, "other replicas too");
        assert_eq!(release(&world, None).await, 1);
        assert_eq!(world.settle().await.accepted, 4);
    }

    async fn it_is_told_wherever_somebody_looks(world: World) {
        flow::acme(&world).await;
        settings(&world, 0);
        let run = |args: &[&str], is_held: bool| {
            let mut command = command(&world, DUE, args);
            if is_held {
                command.env("CALLBRIEF_HOLD", "1");
            }
            let output = command.output().expect("it runs");
            let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
            (output.status.code(), text.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let held = "ending is held for everything";
        let (_, text) = run(&["tick"], true);
        assert!(text.contains("4 mails wait: sending is held for everything") && text.contains("callbrief release"), "{text}");
        for args in [&["hold"][..], &["deliveries"], &["explain", "--to", "olena@acme.example"]] {
            let (code, text) = run(args, false);
            assert!(code == Some(0) && text.contains(held), "{args:?}: {text}");
        }
        let (_, text) = run(&["who", "--kind", "owner", "--project", "acme"], false);
        assert!(text.contains("Held now: everything waits until `callbrief release`"), "{text}");
        assert!(run(&["deliveries", "--json"], false).1.contains("\"reason\": \"on_hold\""));
        let (code, text) = run(&["hold", "--all", "--reason", "x"], false);
        assert!(code == Some(0) && text.contains("already"), "{text}");
        assert_eq!(run(&["hold", "--all"], false).0, Some(2), "a reason is asked for");
        let (_, text) = run(&["test-alert", "--channel", "email", "--to", "olena"], false);
        assert!(text.contains("waits, because sending is held"), "{text}");
        world.set(DUE);
        let site = Site::of(&world).await;
        assert!(ask(site.ops, "GET /readyz").await.contains("ready, but sending is held for everything"));
        assert!(ask(site.ops, "GET /status").await.contains("\"holds\":[{\"project\":null,\"channel\":null"));
        assert!(ask(site.ops, "GET /metrics").await.contains("callbrief_holds 1"));
        site.end().await;
        let (code, text) = run(&["release", "--skip-due-before", "2030-01-01T00:00:00Z"], false);
        assert!(code == Some(2) && text.contains("still to come"), "{text}");
        let (code, text) = run(&["release"], false);
        assert!(code == Some(0) && text.contains("Sending goes on for everything"), "{text}");
        assert_eq!(run(&["release"], false).0, Some(1));
        assert_eq!(run(&["tick"], false).0, Some(0));
        assert_eq!(world.outbox().len(), 5, "four reports and the test");
    }

    async fn a_trial_writes_to_its_own_people_only(world: World) {
        flow::acme(&world).await;
        world.set(DUE);
        let trial = world.replica(|settings| {
            settings.mail.only_to = vec![OnlyTo::parse("Taras@ACME.example").expect("an address"), OnlyTo::parse("@elsewhere.example").expect("a domain")];
            settings.mail.redirect_to = EmailAddress::parse("me@elsewhere.example").ok();
        }).await;
        let report = jobs::tick(&trial).await.expect("the jobs run");
        assert_eq!((report.accepted, report.stopped), (1, 3));
        let mail = String::from_utf8(world.outbox().remove(0)).expect("text");
        assert!(mail.contains("To: Taras Bondar <me@elsewhere.example>") || mail.contains("me@elsewhere.example"), "{mail}");
        assert!(mail.contains("X-Intended-Recipient: taras@acme.example"), "{mail}");
        let states = "select address || '|' || state || '|' || reason from deliveries where address like 'olena%'";
        assert_eq!(world.texts(states).await, ["olena@acme.example|suppressed|not_in_only_to"]);
    }
}
