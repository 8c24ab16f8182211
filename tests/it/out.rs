//! The one way out, on both databases: once to each address whoever is sending, and an announced end for every delivery.

use std::collections::BTreeMap;
use std::time::Duration;

use callbrief::app::App;
use callbrief::config::settings::{Encryption, Relay};
use callbrief::domain::contact::EmailAddress;
use callbrief::domain::delivery::DeliveryState;
use callbrief::domain::ids::DeliveryId;
use callbrief::domain::notice::NoticeKind;
use callbrief::domain::role::{Rights, Role};
use callbrief::domain::stopping::{Standing, Wish};
use callbrief::notify::lanes::Lanes;
use callbrief::notify::post::Posted;
use callbrief::notify::stop::Done;
use callbrief::notify::{by_hand, post, send, settle, stop};
use callbrief::store::moves::Move;

use crate::support::posting::{self, To};
use crate::support::smtp::{Act, At, Script, SmtpServer};
use crate::support::{Engine, World, ledger, on_both};

const STANDS: &str = "select state || '|' || coalesce(reason, '') from deliveries order by id";

/// The same installation, sending through these relays.
async fn through(world: &World, relays: Vec<Relay>) -> (App, Lanes) {
    let app = world.replica(|settings| {
        settings.database_url = world.app.settings.database_url.clone();
        settings.mail.relays = relays;
    });
    let app = app.await;
    let lanes = Lanes::open(&app).await.expect("lanes");
    (app, lanes)
}

async fn send_all(app: &App, lanes: &Lanes) -> send::SendReport {
    send::step(app, lanes).await.expect("a step")
}

on_both! {
    async fn many_workers_deliver_each_once(world: World) {
        posting::project(&world).await;
        let server = SmtpServer::start(Script::default()).await;
        let addresses: Vec<String> = (0..60).map(|n| format!("a{n}@acme.example")).collect();
        let to: Vec<To<'_>> = addresses.iter().map(|address| To::Address(address)).collect();
        posting::report(&world.app, "bulk", &to).await;
        let again = posting::report(&world.app, "bulk", &to).await;
        assert!(matches!(again, Posted::Already(_)), "{again:?}");
        let mut sending = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let (app, lanes) = through(&world, vec![server.relay("a", Encryption::Plain)]).await;
            sending.spawn(async move { send_all(&app, &lanes).await.accepted });
        }
        let accepted: u64 = sending.join_all().await.into_iter().sum();
        assert_eq!(accepted, 60);
        let mut copies: BTreeMap<String, u32> = BTreeMap::new();
        for taken in server.seen().taken {
            *copies.entry(taken.to).or_default() += 1;
        }
        assert_eq!(copies.len(), 60);
        assert!(copies.values().all(|count| *count == 1), "{copies:?}");
        ledger::assert_lawful(&world).await;
    }

    async fn who_lost_the_fence_walks_away(world: World) {
        posting::project(&world).await;
        let told = std::sync::Arc::new(tokio::sync::Notify::new());
        let script = Script::default().at(At::Rcpt, Act::SayWhen(told.clone(), "250 ok"));
        let server = SmtpServer::start(script).await;
        posting::report(&world.app, "r", &[To::Contact("taras", Role::Manager)]).await;
        let (app, lanes) = through(&world, vec![server.relay("a", Encryption::Plain)]).await;
        let sending = tokio::spawn(async move { send_all(&app, &lanes).await });
        while world.texts(STANDS).await[0].starts_with("queued") {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let row = by_hand::find(&world.app, "1").await.expect("it is there");
        by_hand::cancel(&world.app, &row, "tester", "changed my mind").await.expect("it is cancelled");
        told.notify_one();
        sending.await.expect("the step ends");
        assert_eq!(world.texts(STANDS).await, ["cancelled|cancelled_by_hand"]);
        let seen = server.seen();
        assert!(seen.taken.is_empty(), "nothing was sent");
        assert_eq!(seen.commands.last().map(String::as_str), Some("RSET"), "{:?}", seen.commands);
        ledger::assert_lawful(&world).await;
    }

    async fn a_late_report_is_heard_before_anything_else_moved_it(world: World) {
        posting::project(&world).await;
        let told = std::sync::Arc::new(tokio::sync::Notify::new());
        let server = SmtpServer::start(Script::default().at(At::Dot, Act::SayWhen(told.clone(), "250 late"))).await;
        posting::report(&world.app, "r", &[To::Contact("taras", Role::Manager)]).await;
        let (app, lanes) = through(&world, vec![server.relay("a", Encryption::Plain)]).await;
        let sending = tokio::spawn(async move { send_all(&app, &lanes).await });
        while !world.texts(STANDS).await[0].starts_with("handed") {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        world.advance(Duration::from_secs(3_600));
        let kept = settle::housekeeping(&world.app).await.expect("housekeeping");
        assert_eq!(kept.uncertain, 1);
        assert!(world.texts(STANDS).await[0].starts_with("uncertain|lease_ended"));
        told.notify_one();
        sending.await.expect("the step ends");
        assert!(world.texts(STANDS).await[0].starts_with("accepted|taken_by_relay"));
        world.execute("delete from ledger where delivery in (select id from deliveries where kind = 'owner')").await;
        world.execute("delete from deliveries where kind = 'owner'").await;
        ledger::assert_lawful(&world).await;
    }

    async fn leases_end_by_where_the_worker_died(world: World) {
        posting::project(&world).await;
        posting::report(&world.app, "claimed", &[To::Contact("taras", Role::Manager)]).await;
        die(&world, 1, false).await;
        posting::report(&world.app, "handed", &[To::Contact("olena", Role::Owner)]).await;
        die(&world, 2, true).await;
        posting::notice(&world.app, NoticeKind::Owner, "alert", &[To::Contact("olena", Role::Owner)]).await;
        die(&world, 3, true).await;
        world.advance(Duration::from_secs(120));
        let done = settle::housekeeping(&world.app).await.expect("housekeeping");
        assert_eq!((done.released, done.uncertain, done.told), (1, 2, 1), "{done:?}");
        assert_eq!(world.texts(STANDS).await[..3], ["queued|lease_ended", "uncertain|lease_ended", "queued|sent_again_when_unknown"]);
        let told = world.texts("select subject from variants v join notices n on n.id = v.notice where n.dedup_key like 'owner/%'").await;
        assert_eq!(told, ["Acme Windows: one mail may not have arrived"]);
        let again = settle::housekeeping(&world.app).await.expect("housekeeping");
        assert_eq!((again.told, again.uncertain), (0, 0), "once");
        world.advance(Duration::from_secs(120));
        let (app, lanes) = (world.app.clone(), Lanes::open(&world.app).await.expect("lanes"));
        send_all(&app, &lanes).await;
        world.advance(Duration::from_secs(7 * 86_400));
        settle::housekeeping(&world.app).await.expect("housekeeping");
        assert_eq!(world.texts(STANDS).await[..3], ["accepted|taken_by_relay", "failed|unknown", "accepted|taken_by_relay"]);
        send_all(&app, &lanes).await;
        ledger::assert_lawful(&world).await;
    }

    async fn a_refused_address_is_marked_after_ten_minutes_and_its_owner_told_once(world: World) {
        posting::project(&world).await;
        let server = SmtpServer::start(Script::default().for_recipient("taras", At::Rcpt, Act::Say("550 5.1.1 no such user"))).await;
        posting::report(&world.app, "r", &[To::Contact("taras", Role::Manager), To::Contact("olena", Role::Owner)]).await;
        let (app, lanes) = through(&world, vec![server.relay("a", Encryption::Plain)]).await;
        send_all(&app, &lanes).await;
        assert_eq!(world.texts(STANDS).await, ["refused|refused_at_recipient", "accepted|taken_by_relay"]);
        assert_eq!(world.number("select count(*) from suppressions").await, 0);
        world.advance(Duration::from_secs(600));
        settle::housekeeping(&app).await.expect("housekeeping");
        assert_eq!(world.texts("select address || ' ' || reason from suppressions").await, ["taras@acme.example no_such_address"]);
        assert_eq!(world.texts(STANDS).await[0], "failed|address_marked");
        posting::report(&world.app, "r2", &[To::Contact("taras", Role::Manager)]).await;
        send_all(&app, &lanes).await;
        settle::housekeeping(&app).await.expect("housekeeping");
        assert_eq!(world.texts("select state || ' ' || coalesce(reason, '') from deliveries where kind = 'report' order by id desc limit 1").await, ["suppressed no_such_address"]);
        assert_eq!(world.number("select count(*) from notices where kind = 'owner'").await, 1);
        let mails = server.seen().taken;
        assert_eq!(mails.len(), 2, "the report to olena, and what she is told");
        assert!(mails.iter().all(|mail| mail.to == "olena@acme.example"));
        ledger::assert_lawful(&world).await;
    }

    async fn a_trial_whose_one_address_is_refused_marks_nobody_and_says_which_was_refused(world: World) {
        posting::project(&world).await;
        let server = SmtpServer::start(Script::default().at(At::Rcpt, Act::Say("550 5.1.1 no such user"))).await;
        posting::report(&world.app, "r", &[To::Contact("taras", Role::Manager)]).await;
        let app = world.replica(|settings| {
            settings.mail.redirect_to = EmailAddress::parse("trial@elsewhere.example").ok();
            settings.mail.relays = vec![server.relay("a", Encryption::Plain)];
        }).await;
        let lanes = Lanes::open(&app).await.expect("lanes");
        send_all(&app, &lanes).await;
        world.advance(Duration::from_secs(600));
        settle::housekeeping(&app).await.expect("housekeeping");
        assert_eq!(world.texts("select reason from deliveries where kind = 'report'").await, ["redirect_refused"]);
        assert_eq!(world.number("select count(*) from suppressions").await, 0, "taras@acme.example was never asked");
        send_all(&app, &lanes).await;
        ledger::assert_lawful(&world).await;
    }

    async fn five_alike_refusals_hold_the_lane_and_mark_nobody(world: World) {
        posting::project(&world).await;
        let bad = SmtpServer::start(Script::default().at(At::Rcpt, Act::Say("550 5.1.1 not from you"))).await;
        let to: Vec<String> = (0..5).map(|n| format!("a{n}@acme.example")).collect();
        posting::report(&world.app, "r", &to.iter().map(|address| To::Address(address)).collect::<Vec<_>>()).await;
        let (app, lanes) = through(&world, vec![bad.relay("a", Encryption::Plain)]).await;
        send_all(&app, &lanes).await;
        assert_eq!(world.texts(STANDS).await[..5], ["queued|lane_held"; 5]);
        assert_eq!(world.number("select count(*) from suppressions").await, 0);
        assert_eq!(world.texts("select held_reason from lanes where id = 'email/a'").await, ["many addresses were refused with 5.1.1"]);
        assert_eq!(send_all(&app, &lanes).await.claimed, 0, "nothing goes while it is held");
        let good = SmtpServer::start(Script::default()).await;
        world.advance(Duration::from_secs(1_801));
        let (app, lanes) = through(&world, vec![good.relay("a", Encryption::Plain)]).await;
        send_all(&app, &lanes).await;
        assert!(world.texts(STANDS).await.iter().all(|row| row == "accepted|taken_by_relay"));
        assert_eq!(world.number("select count(*) from lanes where held_reason is not null").await, 0);
        ledger::assert_lawful(&world).await;
    }

    async fn a_dead_relay_is_passed_by_and_costs_no_try(world: World) {
        posting::project(&world).await;
        let dead = SmtpServer::start(Script::default().at(At::Greeting, Act::Say("421 4.3.2 closed"))).await;
        let good = SmtpServer::start(Script::default()).await;
        let to: Vec<String> = (0..7).map(|n| format!("a{n}@acme.example")).collect();
        posting::report(&world.app, "r", &to.iter().map(|address| To::Address(address)).collect::<Vec<_>>()).await;
        let relays = vec![dead.relay("first", Encryption::Plain), good.relay("second", Encryption::Plain)];
        let (app, lanes) = through(&world, relays).await;
        send_all(&app, &lanes).await;
        let stands = world.texts("select state || ' ' || lane || ' ' || tries from deliveries").await;
        assert_eq!(stands, vec!["accepted email/second 1"; 7]);
        assert_eq!(good.seen().connections.min(2), good.seen().connections, "connections carry many messages");
        ledger::assert_lawful(&world).await;
    }

    async fn a_rate_holds_over_replicas(world: World) {
        posting::project(&world).await;
        let server = SmtpServer::start(Script::default()).await;
        let to: Vec<String> = (0..30).map(|n| format!("a{n}@acme.example")).collect();
        posting::report(&world.app, "r", &to.iter().map(|address| To::Address(address)).collect::<Vec<_>>()).await;
        let relay = || Relay { per_second: 2.0, ..server.relay("a", Encryption::Plain) };
        let (app, lanes) = through(&world, vec![relay()]).await;
        let (other, other_lanes) = through(&world, vec![relay()]).await;
        let (one, two) = tokio::join!(send_all(&app, &lanes), send_all(&other, &other_lanes));
        assert_eq!(one.accepted + two.accepted, 10, "one burst of five seconds");
        assert!(one.next_at.or(two.next_at).is_some_and(|at| at > world.now()));
        world.advance(Duration::from_secs(3));
        let (one, two) = tokio::join!(send_all(&app, &lanes), send_all(&other, &other_lanes));
        assert_eq!(one.accepted + two.accepted, 6);
        world.advance(Duration::from_secs(60));
        send_all(&app, &lanes).await;
        world.advance(Duration::from_secs(60));
        send_all(&app, &lanes).await;
        assert_eq!(server.seen().taken.len(), 30);
    }

    async fn a_leaver_gets_nothing_and_a_stop_stops(world: World) {
        posting::project(&world).await;
        let (app, lanes) = (world.app.clone(), Lanes::open(&world.app).await.expect("lanes"));
        posting::report(&app, "r1", &[To::Contact("olena", Role::Owner), To::Contact("taras", Role::Manager)]).await;
        world.execute("update contacts set active = false where id = 'taras'").await;
        send_all(&app, &lanes).await;
        assert_eq!(world.texts(STANDS).await, ["accepted|taken_by_relay", "suppressed|contact_inactive"]);
        let mail = String::from_utf8(world.outbox().remove(0)).expect("text");
        let unfolded = mail.replace("\r\n ", " ");
        let token = unfolded.split("/stop/").nth(1).and_then(|rest| rest.split(['>', '"', ' ']).next()).expect("a link").to_owned();
        assert!(stop::wish(&app, &format!("{token}x"), Wish::Stop).await.expect("asked").is_none(), "a changed token is nobody's");
        assert!(stop::wish(&app, "2-AAAA", Wish::Stop).await.expect("asked").is_none());
        let subject = stop::subject(&app, &token).await.expect("asked").expect("ours");
        assert_eq!((subject.masked_address.as_str(), subject.standing), ("o•••@acme.example", Standing::Gets));
        for _ in 0..2 {
            let done = stop::wish(&app, &token, Wish::Stop).await.expect("stopped");
            assert!(matches!(done, Some(Done::Yes(subject)) if subject.standing == Standing::Stopped));
        }
        assert_eq!(world.number("select count(*) from suppressions").await, 1);
        posting::report(&app, "r2", &[To::Contact("olena", Role::Owner)]).await;
        send_all(&app, &lanes).await;
        assert_eq!(world.texts(STANDS).await[2], "suppressed|unsubscribed");
        ledger::assert_lawful(&world).await;
    }

    async fn who_may_see_less_gets_a_narrower_variant(world: World) {
        posting::project(&world).await;
        let (app, lanes) = (world.app.clone(), Lanes::open(&world.app).await.expect("lanes"));
        posting::report(&app, "r", &[To::Contact("taras", Role::Manager), To::Address("plain@acme.example")]).await;
        world.execute("update contact_roles set role = 'finance' where contact = 'taras'").await;
        send_all(&app, &lanes).await;
        assert_eq!(world.texts(STANDS).await, ["accepted|taken_by_relay", "accepted|taken_by_relay"]);
        for mail in world.outbox() {
            assert!(!String::from_utf8_lossy(&mail).contains("Full"), "no full numbers for anybody");
        }
        posting::report(&app, "r2", &[To::Contact("taras", Role::Manager)]).await;
        send_all(&app, &lanes).await;
        assert_eq!(world.texts(STANDS).await[2], "queued|narrower_variant");
        assert_eq!(world.number("select count(*) from deliveries where variant is null").await, 1);
        let mut session = app.store.write().await.expect("a transaction");
        let none = posting::recipient("taras@acme.example");
        let variant = posting::variant("r2", Rights::of(&[Role::Finance], None), none);
        post::narrow(&app, &mut session, DeliveryId(3), variant).await.expect("it is added");
        session.commit().await.expect("it is kept");
        send_all(&app, &lanes).await;
        assert_eq!(world.texts(STANDS).await[2], "accepted|taken_by_relay");
        ledger::assert_lawful(&world).await;
    }

    async fn people_resend_cancel_and_settle(world: World) {
        posting::project(&world).await;
        let (app, lanes) = (world.app.clone(), Lanes::open(&world.app).await.expect("lanes"));
        posting::report(&app, "r", &[To::Contact("taras", Role::Manager)]).await;
        let row = by_hand::find(&app, "1").await.expect("there");
        assert!(by_hand::resend(&app, &row, None, "t", "r").await.is_err(), "it is on its way");
        assert!(by_hand::settle(&app, &row, true, "t", "r").await.is_err(), "it isn't uncertain");
        send_all(&app, &lanes).await;
        let row = by_hand::find(&app, &row.reference.to_lowercase()).await.expect("by its reference");
        assert!(by_hand::cancel(&app, &row, "t", "r").await.is_err(), "it is gone");
        by_hand::resend(&app, &row, None, "tester", "lost it").await.expect("again");
        let other = EmailAddress::parse("boss@acme.example").expect("valid");
        let stranger = EmailAddress::parse("boss@elsewhere.example").expect("valid");
        by_hand::resend(&app, &row, Some(&other), "tester", "on leave").await.expect("to another");
        by_hand::resend(&app, &row, Some(&stranger), "tester", "on leave").await.expect_err("the gate would stop it");
        send_all(&app, &lanes).await;
        let stands = world.texts("select generation || ' ' || address || ' ' || state || ' ' || coalesce(reason, '') from deliveries order by id").await;
        assert_eq!(stands, [
            "1 taras@acme.example accepted taken_by_relay",
            "2 taras@acme.example accepted taken_by_relay",
            "1 boss@acme.example queued narrower_variant",
        ]);
        assert_eq!(world.number("select count(distinct message_id) from deliveries").await, 3);
        assert_eq!(world.texts("select actor || ' ' || detail from ledger where delivery = 2 order by id limit 1").await, ["tester lost it"]);
        let waiting = by_hand::find(&app, "3").await.expect("there");
        by_hand::cancel(&app, &waiting, "tester", "enough").await.expect("cancelled");
        ledger::assert_lawful(&world).await;
    }

    async fn what_waits_too_long_expires_and_the_owner_hears(world: World) {
        posting::project(&world).await;
        posting::report(&world.app, "r", &[To::Contact("taras", Role::Manager)]).await;
        world.advance(Duration::from_secs(3 * 86_400));
        let done = settle::housekeeping(&world.app).await.expect("housekeeping");
        assert_eq!((done.expired, done.told), (1, 1));
        assert_eq!(world.texts(STANDS).await[0], "expired|gave_up");
        let lanes = Lanes::open(&world.app).await.expect("lanes");
        send_all(&world.app, &lanes).await;
        assert_eq!(world.outbox().len(), 1);
        ledger::assert_lawful(&world).await;
    }
}

/// A worker that takes the oldest delivery and dies, before the fence or past it.
async fn die(world: &World, id: i64, past_fence: bool) {
    let mut session = world.app.store.write().await.expect("a transaction");
    let now = world.now();
    let token = format!("dead {id}");
    let until = now.plus_seconds(60);
    let claimed = session.claim_deliveries(now, "email", None, 10, &token, until).await.expect("a claim");
    assert_eq!(claimed.iter().map(|row| row.id).collect::<Vec<_>>(), [id]);
    if past_fence {
        let mut fence =
            Move::to(DeliveryId(id), &[DeliveryState::Claimed], DeliveryState::Handed, "recipient_taken").under(&token);
        fence.change.keeps_token = true;
        fence.change.lease_until = Some(until);
        assert_eq!(session.move_deliveries(now, &[&fence]).await.expect("the fence"), [true]);
    }
    session.commit().await.expect("it is kept");
}

/// Anything may happen in any order; the ledger stays lawful, and nobody gets a generation twice but by an announced
/// `uncertain`.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_the_ledger_is_lawful() {
    for seed in [1_u64, 7, 42] {
        let script = Script::default()
            .for_recipient("a1", At::Rcpt, Act::Say("550 5.1.1 no such user"))
            .for_recipient("a2", At::Rcpt, Act::Say("450 4.2.1 busy"))
            .for_recipient("a3", At::Dot, Act::Close)
            .for_recipient("a4", At::Data, Act::Close)
            .for_recipient("a5", At::Dot, Act::Say("554 5.7.1 spam"));
        let server = SmtpServer::start(script).await;
        let mut world = World::new(Engine::Sqlite).await;
        world.allow_leftovers();
        posting::project(&world).await;
        let (app, lanes) = through(&world, vec![server.relay("a", Encryption::Plain)]).await;
        let mut dice = seed;
        let mut roll = |sides: u64| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (dice >> 33) % sides
        };
        for n in 0..40 {
            let id = roll(20) + 1;
            let row = by_hand::find(&app, &id.to_string()).await.ok();
            match (roll(8), row) {
                (0 | 1, _) => {
                    let addresses: Vec<String> = (0..4).map(|_| format!("a{}@acme.example", roll(8))).collect();
                    let to: Vec<To<'_>> = addresses.iter().map(|address| To::Address(address)).collect();
                    posting::report(&app, &format!("r{n}"), &to).await;
                }
                (2 | 3, _) => drop(send_all(&app, &lanes).await),
                (4, _) => drop(settle::housekeeping(&app).await.expect("housekeeping")),
                (5, _) => world.advance(Duration::from_secs(roll(100_000))),
                (6, Some(row)) => drop(by_hand::cancel(&app, &row, "t", "dice").await),
                (7, Some(row)) => {
                    drop(by_hand::settle(&app, &row, roll(2) == 0, "t", "dice").await);
                    drop(by_hand::resend(&app, &row, None, "t", "dice").await);
                }
                _ => {}
            }
        }
        ledger::assert_lawful(&world).await;
        let accepted = server.seen().taken.iter().filter(|taken| taken.accepted).count();
        assert_eq!(world.number("select count(*) from deliveries where lane is not null and state = 'accepted' and reason = 'taken_by_relay'").await, i64::try_from(accepted).expect("few"), "seed {seed}");
    }
}

on_both! {
    async fn a_mail_is_what_other_programs_read(world: World) {
        posting::project(&world).await;
        let server = SmtpServer::start(Script::default().at_first(At::Dot, 1, Act::Say("451 4.3.0 later"))).await;
        posting::report(&world.app, "r", &[To::Contact("taras", Role::Manager)]).await;
        let (app, lanes) = through(&world, vec![server.relay("a", Encryption::Plain)]).await;
        send_all(&app, &lanes).await;
        world.advance(Duration::from_secs(3_600));
        send_all(&app, &lanes).await;
        let taken = server.seen().taken;
        assert_eq!(taken.len(), 2);
        assert_eq!(taken[0].bytes, taken[1].bytes, "every try has the same bytes");
        assert_eq!(world.number("select count(*) from ledger where detail like '%differ%'").await, 0);
        assert!(taken[0].bytes.is_ascii() && taken[0].bytes.split(|byte| *byte == b'\n').all(|line| line.len() < 998));
        let mail = mail_parser::MessageParser::new().parse(&taken[0].bytes).expect("a mail");
        assert_eq!(mail.subject(), Some("Acme Windows: 9 callers to call back — Дзвінки"));
        assert_eq!(mail.to().and_then(|to| to.first()).and_then(|to| to.address()), Some("taras@acme.example"));
        assert!(mail.bcc().is_none(), "a name can't bring headers of its own");
        assert!(mail.body_text(0).expect("text").contains("\n.a line that begins with a dot"));
        assert!(mail.body_html(0).expect("html").contains("Дзвінки"));
        assert_eq!(mail.attachment(0).expect("a file").contents(), b"%PDF-1.7 not really");
        let header = |name: &str| mail.header_raw(name).unwrap_or_default().trim().replace("\r\n", "");
        assert_eq!(header("Auto-Submitted"), "auto-generated");
        assert_eq!(header("List-Id"), "<weekly.acme.test.example>");
        assert_eq!(header("Reply-To"), "olena@acme.example");
        assert!(header("List-Unsubscribe").starts_with("<https://reports.test.example/stop/1-"));
        assert_eq!(header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
        assert_eq!(world.texts("select message_id from deliveries").await, [header("Message-ID")]);
        read_by_python(&taken[0].bytes);

        // Without a page that mail programs may post to, a person is written to.
        let app = world.replica(|settings| {
            settings.database_url = world.app.settings.database_url.clone();
            settings.public_url = Some("http://reports.test.example".parse().expect("valid"));
            settings.mail.redirect_to = EmailAddress::parse("trial@elsewhere.example").ok();
            settings.mail.relays = vec![server.relay("a", Encryption::Plain)];
        }).await;
        posting::report(&app, "r2", &[To::Contact("taras", Role::Manager)]).await;
        send_all(&app, &Lanes::open(&app).await.expect("lanes")).await;
        let taken = server.seen().taken.remove(2);
        assert_eq!(taken.to, "trial@elsewhere.example");
        let text = String::from_utf8(taken.bytes).expect("ASCII").replace("\r\n ", " ");
        assert!(text.contains("List-Unsubscribe: <mailto:olena@acme.example?subject=stop%20"), "{text}");
        assert!(text.contains("X-Intended-Recipient: taras@acme.example") && !text.contains("List-Unsubscribe-Post"));
    }
}

/// Python's `email` sees the same parts, and finds nothing to complain about.
fn read_by_python(bytes: &[u8]) {
    use std::io::Write;
    let script = "
import email, email.policy, sys
mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
defects = [d for part in mail.walk() for d in part.defects]
assert not defects, defects
kinds = [part.get_content_type() for part in mail.walk()]
assert kinds == ['multipart/mixed', 'multipart/alternative', 'text/plain', 'text/html', 'application/pdf'], kinds
assert mail['subject'] == 'Acme Windows: 9 callers to call back — Дзвінки', mail['subject']
assert mail['to'].addresses[0].addr_spec == 'taras@acme.example', mail['to']
assert len(mail['to'].addresses) == 1 and mail['bcc'] is None
assert 'Дзвінки' in mail.get_body(('plain',)).get_content()
assert [a.get_filename() for a in mail.iter_attachments()] == ['acme-summary.pdf']
assert mail['date'].datetime is not None and mail['message-id'].startswith('<')
";
    let mut python = std::process::Command::new("python3")
        .args(["-c", script])
        .stdin(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("python3 reads our mails in this test; install it");
    python.stdin.take().expect("its input").write_all(bytes).expect("it reads");
    let done = python.wait_with_output().expect("it ends");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Fences and outcomes share their commits: that is what lets a disk that takes its time keep up with a relay.
#[tokio::test(flavor = "multi_thread")]
async fn in_bulk_a_delivery_costs_less_than_a_quarter_of_a_commit() {
    let world = World::new(Engine::Sqlite).await;
    posting::project(&world).await;
    let server = SmtpServer::start(Script::default()).await;
    let relay = Relay { connections: 16, ..server.relay("a", Encryption::Plain) };
    bulk(&world, relay, 400).await;
    assert_eq!(server.seen().taken.len(), 400);
}

/// The same against Postfix's sink, for the figure: `cargo nextest run --test it --run-ignored all -E 'test(postfix)' --no-capture`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement; needs smtp-sink (Debian: postfix)"]
async fn speed_against_postfix_sink() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("bound").port();
    let mut sink = std::process::Command::new("/usr/sbin/smtp-sink")
        .args(["-u", "nobody", &format!("127.0.0.1:{port}"), "100"])
        .spawn()
        .expect("smtp-sink starts");
    tokio::time::sleep(Duration::from_millis(300)).await;
    let world = World::new(Engine::Sqlite).await;
    posting::project(&world).await;
    let server = SmtpServer::start(Script::default()).await;
    let mut relay = Relay { connections: 8, ..server.relay("a", Encryption::Plain) };
    if let callbrief::config::settings::Transport::Smtp(smtp) = &mut relay.transport {
        smtp.port = port;
        smtp.host = "127.0.0.1".to_owned();
    }
    bulk(&world, relay, 3_000).await;
    sink.kill().expect("smtp-sink ends");
    sink.wait().expect("it ended");
}

async fn bulk(world: &World, relay: Relay, count: u32) {
    let addresses: Vec<String> = (0..count).map(|n| format!("a{n}@acme.example")).collect();
    let to: Vec<To<'_>> = addresses.iter().map(|address| To::Address(address)).collect();
    posting::report(&world.app, "bulk", &to).await;
    let (app, lanes) = through(world, vec![Relay { per_second: 100_000.0, ..relay }]).await;
    let begun = std::time::Instant::now();
    assert_eq!(send_all(&app, &lanes).await.accepted, u64::from(count));
    let took = begun.elapsed().as_secs_f64();
    // A claim of 200 is one commit more.
    let commits = f64::from(u32::try_from(lanes.batch().commits()).expect("few")) + f64::from(count.div_ceil(200));
    println!("{:.0} deliveries/s, {:.3} commits each", f64::from(count) / took, commits / f64::from(count));
    assert!(commits / f64::from(count) < 0.25, "{commits} commits for {count} deliveries");
}
