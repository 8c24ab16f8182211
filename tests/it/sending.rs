//! What sending does when the relay, the reader or the process isn't what it was a moment ago; and what owners hear of it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use callbrief::app::App;
use callbrief::cli::explain;
use callbrief::config::settings::{Encryption, Relay};
use callbrief::domain::contact::EmailAddress;
use callbrief::domain::notice::NoticeKind;
use callbrief::domain::role::Role;
use callbrief::notify::by_hand::{self, Problem};
use callbrief::notify::lanes::Lanes;
use callbrief::notify::{send, settle};
use tokio::sync::Notify;

use crate::support::mail::Mail;
use crate::support::posting::{self, To};
use crate::support::smtp::{Act, At, Script, SmtpServer};
use crate::support::{World, ledger, on_both};

const STANDS: &str = "select state || '|' || coalesce(reason, '') from deliveries where kind = 'report' order by id";

/// The same installation, sending through these relays.
async fn through(world: &World, relays: Vec<Relay>) -> (App, Lanes) {
    let app = world.replica(|settings| settings.mail.relays = relays).await;
    let lanes = Lanes::open(&app).await.expect("lanes");
    (app, lanes)
}

/// What the loops do, once.
async fn pass(app: &App, lanes: &Lanes) {
    settle::housekeeping(app).await.expect("housekeeping");
    send::step(app, lanes).await.expect("a step");
}

async fn post_many(world: &World, key: &str, names: std::ops::Range<usize>) {
    let addresses: Vec<String> = names.map(|n| format!("a{n}@acme.example")).collect();
    posting::report(&world.app, key, &addresses.iter().map(|address| To::Address(address)).collect::<Vec<_>>()).await;
}

const MARKED: &str = "select count(*) from suppressions where reason = 'no_such_address'";

on_both! {
    async fn an_alert_of_unknown_outcome_goes_again_twice_and_a_report_never(mut world: World) {
        world.allow_leftovers();
        posting::project(&world).await;
        let server = SmtpServer::start(Script::default().at(At::Dot, Act::Close)).await;
        posting::notice(&world.app, NoticeKind::Owner, "alert", &[To::Contact("olena", Role::Owner)]).await;
        posting::report(&world.app, "r", &[To::Contact("taras", Role::Manager)]).await;
        let (app, lanes) = through(&world, vec![server.relay("a", Encryption::Plain)]).await;
        for _ in 0..96 {
            pass(&app, &lanes).await;
            world.advance(Duration::from_secs(900));
        }
        let mut copies: BTreeMap<String, Vec<Vec<u8>>> = BTreeMap::new();
        for taken in server.seen().taken {
            let mail = mail_parser::MessageParser::new().parse(&taken.bytes).expect("a mail");
            copies.entry(format!("<{}>", mail.message_id().expect("an id"))).or_default().push(taken.bytes);
        }
        let ids = world.texts("select message_id from deliveries order by id").await;
        let counts: Vec<usize> = ids.iter().map(|id| copies.get(id).map_or(0, Vec::len)).collect();
        assert_eq!(counts[..2], [3, 1], "the alert and its two repeats, the report once: {counts:?}");
        assert!(counts.iter().all(|count| *count <= 3), "{counts:?}");
        assert!(copies.values().all(|same| same.iter().all(|bytes| *bytes == same[0])), "the same bytes each time");
        let stands = "select state from deliveries where id <= 2 order by id";
        assert_eq!(world.texts(stands).await, ["uncertain", "uncertain"]);
        world.advance(Duration::from_secs(7 * 86_400));
        settle::housekeeping(&app).await.expect("housekeeping");
        assert_eq!(world.texts(stands).await, ["failed", "failed"], "it ends as reports do");
        ledger::assert_lawful(&world).await;
    }

    async fn a_relay_that_refuses_everybody_is_held_again_and_marks_nobody(mut world: World) {
        world.allow_leftovers();
        posting::project(&world).await;
        let server = SmtpServer::start(Script::default().at(At::Rcpt, Act::Say("550 5.1.1 not from you"))).await;
        post_many(&world, "r", 0..5).await;
        let (app, lanes) = through(&world, vec![server.relay("a", Encryption::Plain)]).await;
        for _ in 0..30 {
            pass(&app, &lanes).await;
            world.advance(Duration::from_secs(601));
        }
        assert_eq!(world.number(MARKED).await, 0);
        assert_eq!(world.texts(STANDS).await, ["queued|lane_held"; 5]);
        assert_eq!(world.number("select count(*) from lanes where held_reason is not null").await, 1);
        let tried = world.number("select max(tries) from deliveries where kind = 'report'").await;
        assert!((5..=12).contains(&tried), "about once each half an hour, not {tried} times");
        assert_eq!(world.number("select count(*) from notices where dedup_key like 'owner/held/%'").await, 2, "once a day");
        ledger::assert_lawful(&world).await;
    }

    async fn five_dead_addresses_hold_a_relay_once_and_are_marked_when_it_takes_others(mut world: World) {
        world.allow_leftovers();
        posting::project(&world).await;
        let dead = |script: Script, name| script.for_recipient(name, At::Rcpt, Act::Say("550 5.1.1 no such user"));
        let script = ["a0@", "a1@", "a2@", "a3@", "a4@"].into_iter().fold(Script::default(), dead);
        let server = SmtpServer::start(script).await;
        post_many(&world, "r", 0..5).await;
        let (app, lanes) = through(&world, vec![server.relay("a", Encryption::Plain)]).await;
        pass(&app, &lanes).await;
        assert_eq!(world.texts(STANDS).await, ["queued|lane_held"; 5], "the first time it may be us");
        post_many(&world, "others", 5..8).await;
        world.advance(Duration::from_secs(1_801));
        pass(&app, &lanes).await;
        assert_eq!(world.texts(STANDS).await[5..], ["accepted|taken_by_relay"; 3]);
        assert_eq!(world.texts(STANDS).await[..5], ["refused|refused_at_recipient"; 5]);
        assert_eq!(world.number("select count(*) from lanes where held_reason is not null").await, 0, "it isn't held again");
        post_many(&world, "more", 8..10).await;
        pass(&app, &lanes).await;
        assert_eq!(world.texts(STANDS).await[8..], ["accepted|taken_by_relay"; 2], "nobody waits for them");
        world.advance(Duration::from_secs(600));
        pass(&app, &lanes).await;
        assert_eq!(world.texts(STANDS).await[..5], ["failed|address_marked"; 5]);
        assert_eq!(world.number(MARKED).await, 5);
        ledger::assert_lawful(&world).await;
    }

    async fn an_address_that_is_taken_since_isn_t_marked_for_an_older_refusal(mut world: World) {
        world.allow_leftovers();
        posting::project(&world).await;
        let script = Script::default().first_for("taras", At::Rcpt, 1, Act::Say("550 5.1.1 no such user"));
        let server = SmtpServer::start(script).await;
        let (app, lanes) = through(&world, vec![server.relay("a", Encryption::Plain)]).await;
        posting::report(&world.app, "r1", &[To::Contact("taras", Role::Manager)]).await;
        pass(&app, &lanes).await;
        assert_eq!(world.texts(STANDS).await, ["refused|refused_at_recipient"]);
        world.advance(Duration::from_secs(300));
        posting::report(&world.app, "r2", &[To::Contact("taras", Role::Manager)]).await;
        pass(&app, &lanes).await;
        assert_eq!(world.texts(STANDS).await[1], "accepted|taken_by_relay");
        world.advance(Duration::from_secs(300));
        pass(&app, &lanes).await;
        assert_eq!(world.texts(STANDS).await[0], "failed|refused_before_taken");
        assert_eq!(world.number(MARKED).await, 0);
        posting::report(&world.app, "r3", &[To::Contact("taras", Role::Manager)]).await;
        pass(&app, &lanes).await;
        assert_eq!(world.texts(STANDS).await[2], "accepted|taken_by_relay", "and goes on getting its mail");
        assert_eq!(world.number("select count(*) from notices where kind = 'owner'").await, 1, "that r1 was refused is told");
        ledger::assert_lawful(&world).await;
    }

    async fn a_lift_ends_the_refusals_before_it_and_none_after_it(mut world: World) {
        world.allow_leftovers();
        posting::project(&world).await;
        let script = Script::default().for_recipient("taras", At::Rcpt, Act::Say("550 5.1.1 no such user"));
        let server = SmtpServer::start(script).await;
        let (app, lanes) = through(&world, vec![server.relay("a", Encryption::Plain)]).await;
        let in_force = format!("{MARKED} and lifted_at is null");
        for key in ["r1", "r2"] {
            posting::report(&world.app, key, &[To::Contact("taras", Role::Manager)]).await;
            pass(&app, &lanes).await;
            world.advance(Duration::from_secs(300));
        }
        pass(&app, &lanes).await;
        assert_eq!(world.texts(STANDS).await, ["failed|address_marked", "refused|refused_at_recipient"]);
        assert_eq!(world.number(&in_force).await, 1);
        world.advance(Duration::from_secs(25));
        let mut session = app.store.write().await.expect("a transaction");
        let lifted = session.lift_suppressions(world.now(), None, Some("taras@acme.example"), "olena", "mailbox is back").await;
        session.commit().await.expect("it is kept");
        assert_eq!(lifted.expect("lifted"), 1);
        world.advance(Duration::from_secs(275));
        pass(&app, &lanes).await;
        assert_eq!(world.texts(STANDS).await[1], "failed|refused_before_lift");
        assert_eq!(world.number(&in_force).await, 0, "a person's word stands");
        let said = explain::by_address(&app, "taras@acme.example", None, None).await.expect("asked").expect("known");
        assert!(said.contains("olena lifted that: “mailbox is back”"), "{said}");
        let told = "select count(*) from notices where dedup_key like 'owner/marked/%'";
        assert_eq!(world.number(told).await, 1);
        world.advance(Duration::from_secs(86_400));
        posting::report(&world.app, "r3", &[To::Contact("taras", Role::Manager)]).await;
        pass(&app, &lanes).await;
        world.advance(Duration::from_secs(600));
        pass(&app, &lanes).await;
        assert_eq!(world.texts(STANDS).await[2], "failed|address_marked");
        assert_eq!(world.number(&in_force).await, 1);
        assert_eq!(world.number(told).await, 2, "its owner hears of it anew");
        let said = explain::by_address(&app, "taras@acme.example", None, None).await.expect("asked").expect("known");
        assert!(said.contains("taras@acme.example gets nothing since 2026-11-17 08:25"), "{said}");
        ledger::assert_lawful(&world).await;
    }

    async fn all_refused_mails_are_counted_and_fifty_are_named(mut world: World) {
        world.allow_leftovers();
        posting::project(&world).await;
        post_many(&world, "r", 0..60).await;
        world.execute("update deliveries set state = 'failed', reason = 'refused_for_good', reply = '554 5.7.1 no'").await;
        assert_eq!(settle::housekeeping(&world.app).await.expect("housekeeping").told, 1);
        let (app, lanes) = (world.app.clone(), Lanes::open(&world.app).await.expect("lanes"));
        send::step(&app, &lanes).await.expect("a step");
        let mails = Mail::all(&world);
        let mail = Mail::to(&mails, "olena@acme.example");
        assert_eq!(mail.subject, "Acme Windows: 60 mails were refused");
        assert!(mail.text.contains("and 10 more") && mail.html.contains("and 10 more"), "{}", mail.text);
        assert_eq!(mail.text.matches("554 5.7.1 no").count(), 50);
        assert_eq!(world.number("select count(*) from deliveries where kind = 'report' and told_at is null").await, 0);
    }

    async fn an_owner_who_was_told_today_keeps_nobody_else_waiting(mut world: World) {
        world.allow_leftovers();
        posting::project(&world).await;
        post_many(&world, "first", 0..1).await;
        let fail = "update deliveries set state = 'failed', reason = 'refused_for_good' where kind = 'report'";
        world.execute(fail).await;
        assert_eq!(settle::housekeeping(&world.app).await.expect("housekeeping").told, 1);
        post_many(&world, "many", 1..601).await;
        world.execute("insert into projects (id, name, zone, locale, currency, week_start, allowed_domains, created_at, updated_at) select 'other', 'Other', zone, locale, currency, week_start, allowed_domains, created_at, updated_at from projects").await;
        post_many(&world, "last", 601..602).await;
        world.execute("update deliveries set project = 2 where address = 'a601@acme.example'").await;
        world.execute(fail).await;
        assert_eq!(settle::housekeeping(&world.app).await.expect("housekeeping").told, 1, "the other project's owner");
        assert_eq!(world.number("select count(*) from notices where kind = 'owner' and project = 2").await, 1);
        world.advance(Duration::from_secs(86_400));
        assert_eq!(settle::housekeeping(&world.app).await.expect("housekeeping").told, 1, "the rest, a day later");
        assert_eq!(world.number("select count(*) from deliveries where kind = 'report' and told_at is null").await, 0);
    }

    async fn a_refusal_that_is_not_decided_is_not_sent_again_by_hand(mut world: World) {
        world.allow_leftovers();
        posting::project(&world).await;
        let server = SmtpServer::start(Script::default().at(At::Rcpt, Act::Say("550 5.1.1 no such user"))).await;
        posting::report(&world.app, "r", &[To::Contact("taras", Role::Manager)]).await;
        let (app, lanes) = through(&world, vec![server.relay("a", Encryption::Plain)]).await;
        send::step(&app, &lanes).await.expect("a step");
        let row = by_hand::find(&app, "1").await.expect("there");
        assert_eq!(row.state, "refused");
        let refused = by_hand::resend(&app, &row, None, "t", "r").await;
        assert!(matches!(refused, Err(Problem::OnItsWay { .. })), "{refused:?}");
        assert_eq!(world.number("select count(*) from deliveries").await, 1);
    }

    async fn what_the_gate_would_stop_is_not_sent_again_by_hand(world: World) {
        posting::project(&world).await;
        let (app, lanes) = (world.app.clone(), Lanes::open(&world.app).await.expect("lanes"));
        posting::report(&app, "r", &[To::Contact("taras", Role::Manager)]).await;
        send::step(&app, &lanes).await.expect("a step");
        let row = by_hand::find(&app, "1").await.expect("there");
        let stranger = EmailAddress::parse("x@evil.example").expect("valid");
        let said = by_hand::resend(&app, &row, Some(&stranger), "t", "r").await.expect_err("refused").to_string();
        assert!(said.contains("x@evil.example") && said.contains("allowed domains of `acme`") && said.contains("add"), "{said}");
        world.execute("update contacts set active = false where id = 'taras'").await;
        let said = by_hand::resend(&app, &row, None, "t", "r").await.expect_err("refused").to_string();
        assert!(said.contains("isn't active"), "{said}");
        assert_eq!(world.number("select count(*) from deliveries").await, 1, "nothing was made");
    }

    async fn who_leaves_or_stops_it_while_the_relay_thinks_gets_nothing(world: World) {
        posting::project(&world).await;
        let told = Arc::new(Notify::new());
        let server = SmtpServer::start(Script::default().at_first(At::Rcpt, 2, Act::SayWhen(told.clone(), "250 ok"))).await;
        let both = [To::Contact("olena", Role::Owner), To::Contact("taras", Role::Manager)];
        posting::report(&world.app, "r", &both).await;
        let (app, lanes) = through(&world, vec![server.relay("a", Encryption::Plain)]).await;
        let sending = tokio::spawn(async move { send::step(&app, &lanes).await.expect("a step") });
        while server.seen().commands.iter().filter(|command| command.starts_with("RCPT")).count() < 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        world.execute("update contacts set active = false where id = 'taras'").await;
        let zero = "(select created_at from contacts where id = 'olena')";
        world.execute(&format!("insert into suppressions (schedule, channel, address, reason, actor, created_at) values ('weekly', 'email', 'olena@acme.example', 'unsubscribed', 'test', {zero})")).await;
        while !sending.is_finished() {
            told.notify_waiters();
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let done = sending.await.expect("the step ends");
        assert_eq!(world.texts(STANDS).await, ["suppressed|unsubscribed", "suppressed|contact_inactive"]);
        assert!(server.seen().taken.is_empty(), "nothing was sent");
        assert_eq!(done.suppressed, 2);
        ledger::assert_lawful(&world).await;
    }

    async fn an_address_with_other_letters_goes_by_a_relay_that_takes_it(world: World) {
        posting::project(&world).await;
        let plain = SmtpServer::start(Script::default()).await;
        let able = SmtpServer::start(Script::default().any_letters()).await;
        posting::report(&world.app, "r", &[To::Address("борис@acme.example"), To::Address("a@acme.example")]).await;
        let relays = vec![plain.relay("plain", Encryption::Plain), able.relay("able", Encryption::Plain)];
        let (app, lanes) = through(&world, relays).await;
        send::step(&app, &lanes).await.expect("a step");
        let went = world.texts("select address || ' ' || coalesce(lane, '') || ' ' || state from deliveries order by id").await;
        assert_eq!(went, ["борис@acme.example email/able accepted", "a@acme.example email/plain accepted"]);
        assert_eq!(able.seen().taken.len(), 1);
        ledger::assert_lawful(&world).await;
    }

    async fn where_no_relay_takes_such_letters_the_owner_reads_whose_fault_it_is(mut world: World) {
        world.allow_leftovers();
        posting::project(&world).await;
        let plain = SmtpServer::start(Script::default()).await;
        posting::report(&world.app, "r", &[To::Address("борис@acme.example")]).await;
        let relays = vec![plain.relay("one", Encryption::Plain), plain.relay("two", Encryption::Plain)];
        let (app, lanes) = through(&world, relays).await;
        send::step(&app, &lanes).await.expect("a step");
        assert_eq!(world.texts(STANDS).await, ["failed|relay_takes_no_such_address"]);
        pass(&app, &lanes).await;
        let taken = plain.seen().taken;
        let mail = Mail::read(&taken.first().expect("the owner's").bytes);
        assert_eq!((mail.to.as_str(), mail.subject.as_str()), ("olena@acme.example", "Acme Windows: one mail can’t be sent"));
        let said = mail.html.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("none of our relays takes an address with such letters"), "{said}");
        assert!(!said.contains("other side") && !said.contains("relay_takes"), "{said}");
        ledger::assert_lawful(&world).await;
    }
}
