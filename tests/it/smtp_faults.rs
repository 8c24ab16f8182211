//! Every way in which a conversation can go wrong, and where the delivery stands after it, with which reason.

use std::time::Duration;

use callbrief::config::settings::{Encryption, Relay, Transport};
use callbrief::domain::role::Role;
use callbrief::notify::lanes::Lanes;
use callbrief::notify::send;

use crate::support::posting::{self, To};
use crate::support::smtp::{Act, At, Script, Seen, SmtpServer, with_login};
use crate::support::{Engine, World};

/// `state|reason|tries|code` and the steps of the ledger.
struct After {
    stands: String,
    steps: Vec<String>,
    seen: Seen,
}

async fn after(script: Script, change: impl FnOnce(&SmtpServer) -> Relay) -> After {
    let server = SmtpServer::start(script).await;
    let relay = change(&server);
    let mut world = World::with(Engine::Sqlite, |settings| settings.mail.relays = vec![relay]).await;
    world.allow_leftovers();
    posting::project(&world).await;
    posting::report(&world.app, "r1", &[To::Contact("taras", Role::Manager)]).await;
    let lanes = Lanes::open(&world.app).await.expect("lanes");
    send::step(&world.app, &lanes).await.expect("a step");
    let stands = "select state || '|' || coalesce(reason, '') || '|' || tries || '|' || coalesce(code, '') from deliveries where kind = 'report'";
    let steps = world.texts("select to_state || ' ' || reason from ledger where delivery = 1 order by id").await;
    crate::support::ledger::assert_lawful(&world).await;
    After { stands: world.texts(stands).await.remove(0), steps, seen: server.seen() }
}

async fn plain(script: Script) -> After {
    after(script, |server| server.relay("a", Encryption::Plain)).await
}

const LANE: &str = "queued|lane_unreachable|0|";
const AGAIN: &str = "queued|try_again|1|";

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_before_a_message_is_the_lanes_and_costs_no_try() {
    let rows: Vec<(&str, Script, Encryption)> = vec![
        ("silent greeting", Script::default().at(At::Greeting, Act::Silent), Encryption::Plain),
        ("refusing greeting", Script::default().at(At::Greeting, Act::Say("554 5.7.1 go away")), Encryption::Plain),
        ("no greeting", Script::default().at(At::Greeting, Act::Close), Encryption::Plain),
        ("reset at the greeting", Script::default().at(At::Greeting, Act::Reset), Encryption::Plain),
        (
            "greeting that is no SMTP",
            Script::default().at(At::Greeting, Act::Say("HTTP/1.1 400 Bad")),
            Encryption::Plain,
        ),
        ("EHLO refused", Script::default().at(At::Ehlo, Act::Say("550 no")), Encryption::Plain),
        ("EHLO silent", Script::default().at(At::Ehlo, Act::Silent), Encryption::Plain),
        ("STARTTLS not offered", Script::default(), Encryption::Starttls),
        (
            "STARTTLS refused",
            Script::default().starttls().at(At::Starttls, Act::Say("454 4.7.0 not now")),
            Encryption::Starttls,
        ),
        ("STARTTLS silent", Script::default().starttls().at(At::Starttls, Act::Silent), Encryption::Starttls),
        (
            "a reply injected before STARTTLS",
            Script::default().starttls().at(At::Starttls, Act::Say("220 go\r\n250 injected\r\n")),
            Encryption::Starttls,
        ),
        ("TLS to a plain port", Script::default(), Encryption::Tls),
        (
            "sender refused for lack of a log-in",
            Script::default().at(At::Mail, Act::Say("530 5.7.0 log in")),
            Encryption::Plain,
        ),
    ];
    for (name, script, encryption) in rows {
        let after = after(script, |server| server.relay("a", encryption)).await;
        assert_eq!(after.stands, LANE, "{name}");
        assert!(after.seen.taken.is_empty(), "{name}");
    }
    let closed_port = |server: &SmtpServer| {
        let mut relay = server.relay("a", Encryption::Plain);
        if let Transport::Smtp(smtp) = &mut relay.transport {
            smtp.port = 1;
        }
        relay
    };
    assert_eq!(after(Script::default(), closed_port).await.stands, LANE, "nobody listens");
    let untrusted = |server: &SmtpServer| {
        let mut relay = server.relay("a", Encryption::Starttls);
        if let Transport::Smtp(smtp) = &mut relay.transport {
            smtp.ca_file = None;
        }
        relay
    };
    assert_eq!(
        after(Script::default().starttls(), untrusted).await.stands,
        LANE,
        "a certificate that nobody vouches for"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn encryption_and_log_in_work_and_are_insisted_on() {
    for mechanism in ["PLAIN", "LOGIN"] {
        let script = || Script::default().starttls().auth(mechanism, "user", "secret");
        let right =
            after(script(), |server| with_login(server.relay("a", Encryption::Starttls), "user", "secret")).await;
        assert_eq!(right.stands, "accepted|taken_by_relay|1|", "{mechanism}");
        assert!(right.seen.taken[0].was_encrypted);
        let wrong =
            after(script(), |server| with_login(server.relay("a", Encryption::Starttls), "user", "wrong")).await;
        assert_eq!(wrong.stands, LANE, "{mechanism}");
    }
    let tls = after(Script::default().tls(), |server| server.relay("a", Encryption::Tls)).await;
    assert_eq!(tls.stands, "accepted|taken_by_relay|1|");
    assert!(tls.seen.taken[0].was_encrypted);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_relay_says_decides() {
    let rows: Vec<(At, &'static str, &str)> = vec![
        (At::Mail, "451 4.3.0 later", "queued|try_again|1|4.3.0"),
        (At::Mail, "550 5.1.8 bad sender", "failed|refused_for_good|1|5.1.8"),
        (At::Mail, "550 5.1.1 odd at the sender", "failed|refused_for_good|1|5.1.1"),
        (At::Mail, "421 4.3.2 closing", "queued|try_again|1|4.3.2"),
        (At::Rcpt, "450 4.2.1 busy", "queued|try_again|1|4.2.1"),
        (At::Rcpt, "421 4.3.2 closing", "queued|try_again|1|4.3.2"),
        (At::Rcpt, "550 5.1.1 no such user", "refused|refused_at_recipient|1|5.1.1"),
        (At::Rcpt, "550-5.1.1 The account\r\n550 5.1.1 does not exist", "refused|refused_at_recipient|1|5.1.1"),
        (At::Rcpt, "556 5.1.10 null MX", "refused|refused_at_recipient|1|5.1.10"),
        (At::Rcpt, "550 5.1.7 bad sender address", "failed|refused_for_good|1|5.1.7"),
        (At::Rcpt, "550 5.7.1 policy", "failed|refused_for_good|1|5.7.1"),
        (At::Rcpt, "550 no such user", "failed|refused_for_good|1|550"),
        (At::Rcpt, "251 will forward", "accepted|taken_by_relay|1|"),
        (At::Rcpt, "354 what", AGAIN),
        (At::Data, "452 4.3.1 full", "queued|try_again|1|4.3.1"),
        (At::Data, "554 5.6.0 no", "failed|refused_for_good|1|5.6.0"),
        (At::Data, "250 odd", AGAIN),
        (At::Dot, "451 4.7.1 greylisted", "queued|try_again|1|4.7.1"),
        (At::Dot, "552 5.3.4 too big", "failed|refused_for_good|1|5.3.4"),
        (At::Dot, "550 5.1.6 moved", "refused|refused_at_body|1|5.1.6"),
        (At::Dot, "354 what", "uncertain|odd_after_message|1|"),
        (At::Dot, "hello", "uncertain|odd_after_message|1|"),
    ];
    for (at, reply, stands) in rows {
        let after = plain(Script::default().at(at, Act::Say(reply))).await;
        assert_eq!(after.stands, stands, "{at:?}: {reply}");
    }
}

/// A reply in an old charset is a reply: its code counts, and its words stay as readable as they can be.
#[tokio::test(flavor = "multi_thread")]
async fn a_reply_in_any_charset_counts() {
    let rows: Vec<(At, &'static [u8], &str)> = vec![
        (At::Greeting, b"220 Gr\xfc\xdfe", "accepted|taken_by_relay|1|"),
        (At::Rcpt, b"550 5.1.1 Empf\xe4nger unbekannt", "refused|refused_at_recipient|1|5.1.1"),
        (At::Dot, b"250 2.0.0 \xff\xfe taken", "accepted|taken_by_relay|1|"),
    ];
    for (at, reply, stands) in rows {
        for encryption in [Encryption::Plain, Encryption::Starttls, Encryption::Tls] {
            let script = match encryption {
                Encryption::Plain => Script::default(),
                Encryption::Starttls => Script::default().starttls(),
                Encryption::Tls => Script::default().tls(),
            };
            let after = after(script.at(at, Act::SayBytes(reply)), |server| server.relay("a", encryption)).await;
            assert_eq!(after.stands, stands, "{at:?}, {encryption:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_breaks_off_is_not_sent_before_the_message_and_unknown_after_it() {
    for act in [Act::Silent, Act::Close, Act::HalfClose, Act::Reset] {
        for at in [At::Mail, At::Rcpt, At::Data] {
            let after = plain(Script::default().at(at, act.clone())).await;
            assert_eq!(after.stands, AGAIN, "{at:?} {act:?}");
            let how = if matches!(act, Act::Silent) { "silent" } else { "lost" };
            assert!(
                after.steps.iter().any(|step| step.starts_with(&format!("refused {how}_at_"))),
                "{:?}",
                after.steps
            );
            assert!(after.seen.taken.is_empty(), "{at:?} {act:?}");
        }
        let after = plain(Script::default().at(At::Dot, act.clone())).await;
        let how = if matches!(act, Act::Silent) { "silent" } else { "lost" };
        assert_eq!(after.stands, format!("uncertain|{how}_after_message|1|"), "{act:?}");
        assert_eq!(after.seen.taken.len(), 1, "{act:?}");
    }
    let late = plain(Script::default().at(At::Dot, Act::SayLate(Duration::from_secs(60), "250 ok"))).await;
    assert_eq!(late.stands, "uncertain|silent_after_message|1|");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_relay_is_waited_for() {
    let slow = Act::Slowly(Duration::from_millis(2));
    let after = plain(Script::default().at(At::Rcpt, slow.clone()).at(At::Dot, slow)).await;
    assert_eq!(after.stands, "accepted|taken_by_relay|1|");
    assert_eq!(after.steps, ["queued posted", "claimed may_go", "handed recipient_taken", "accepted taken_by_relay"]);
}

/// An answer that is late, and in time: a script's senders wait for a minute.
#[tokio::test(flavor = "multi_thread")]
async fn a_late_answer_counts_at_every_stage() {
    let late = |words| Act::SayLate(Duration::from_millis(700), words);
    let rows: Vec<(At, &'static str, &str)> = vec![
        (At::Greeting, "220 at last", "accepted|taken_by_relay|1|"),
        (At::Mail, "250 2.1.0 at last", "accepted|taken_by_relay|1|"),
        (At::Rcpt, "250 2.1.5 at last", "accepted|taken_by_relay|1|"),
        (At::Rcpt, "550 5.1.1 no such user", "refused|refused_at_recipient|1|5.1.1"),
        (At::Rcpt, "450 4.2.0 greylisted", "queued|try_again|1|4.2.0"),
        (At::Data, "354 go on", "accepted|taken_by_relay|1|"),
        (At::Data, "451 4.3.0 later", "queued|try_again|1|4.3.0"),
        (At::Dot, "250 2.0.0 at last", "accepted|taken_by_relay|1|"),
        (At::Dot, "554 5.6.0 no", "failed|refused_for_good|1|5.6.0"),
    ];
    for (at, reply, stands) in rows {
        assert_eq!(plain(Script::default().at(at, late(reply))).await.stands, stands, "{at:?}: {reply}");
    }
}

/// Replies of several lines, and bare ones that are nothing but a code.
#[tokio::test(flavor = "multi_thread")]
async fn a_reply_is_its_code_however_many_lines_it_has() {
    let rows: Vec<(At, &'static str, &str)> = vec![
        (At::Greeting, "220-one\r\n220-two\r\n220 three", "accepted|taken_by_relay|1|"),
        (At::Greeting, "220", "accepted|taken_by_relay|1|"),
        (At::Greeting, "554-5.7.1 one\r\n554 5.7.1 two", LANE),
        // A relay names itself here.
        (At::Ehlo, "250", LANE),
        (At::Mail, "250", "accepted|taken_by_relay|1|"),
        (At::Mail, "250-2.1.0 one\r\n250-2.1.0 two\r\n250 2.1.0 three", "accepted|taken_by_relay|1|"),
        (At::Mail, "451-4.3.0 one\r\n451 4.3.0 two", "queued|try_again|1|4.3.0"),
        (At::Mail, "550", "failed|refused_for_good|1|550"),
        (At::Rcpt, "250", "accepted|taken_by_relay|1|"),
        (At::Rcpt, "450", "queued|try_again|1|450"),
        (At::Rcpt, "450-4.2.1 one\r\n450-4.2.1 two\r\n450 4.2.1 three", "queued|try_again|1|4.2.1"),
        (At::Data, "354", "accepted|taken_by_relay|1|"),
        (At::Data, "354-one\r\n354 two", "accepted|taken_by_relay|1|"),
        (At::Data, "452", "queued|try_again|1|452"),
        (At::Dot, "250", "accepted|taken_by_relay|1|"),
        (At::Dot, "250-2.0.0 queued\r\n250 2.0.0 as 7", "accepted|taken_by_relay|1|"),
        (At::Dot, "451", "queued|try_again|1|451"),
        (At::Dot, "552-5.3.4 one\r\n552 5.3.4 two", "failed|refused_for_good|1|5.3.4"),
        // Two codes in one reply are none.
        (At::Rcpt, "250-2.1.5 one\r\n550 5.1.1 two", AGAIN),
        (At::Dot, "250-2.0.0 one\r\n554 5.6.0 two", "uncertain|odd_after_message|1|"),
    ];
    for (at, reply, stands) in rows {
        assert_eq!(plain(Script::default().at(at, Act::Say(reply))).await.stands, stands, "{at:?}: {reply}");
    }
}

/// A relay that answers more than it was asked: nothing it says is taken for the answer to what comes next.
#[tokio::test(flavor = "multi_thread")]
async fn who_is_out_of_step_takes_no_message() {
    let no = Act::Say("554 5.6.0 no");
    let rows: Vec<(At, &'static str, &str)> = vec![
        (At::Greeting, "220 hello\r\n250 extra", LANE),
        (At::Mail, "250 2.1.0 ok\r\n250 2.1.5 ok", AGAIN),
        (At::Rcpt, "250 2.1.5 ok\r\n354 go on", AGAIN),
        (At::Data, "354 go on\r\n250 2.0.0 taken", AGAIN),
    ];
    for (at, reply, stands) in rows {
        let after = plain(Script::default().at(at, Act::Say(reply)).at(At::Dot, no.clone())).await;
        assert_eq!(after.stands, stands, "{at:?}: {reply}");
        assert!(after.seen.taken.is_empty(), "{at:?}: {reply}");
    }
    // One reply too many after the message is nobody's: the next message goes by a fresh connection.
    let server =
        SmtpServer::start(Script::default().at_first(At::Dot, 1, Act::Say("250 2.0.0 ok\r\n250 2.1.0 extra"))).await;
    let relay = server.relay("a", Encryption::Plain);
    let world = World::with(Engine::Sqlite, |settings| settings.mail.relays = vec![relay]).await;
    posting::project(&world).await;
    let lanes = Lanes::open(&world.app).await.expect("lanes");
    for key in ["r1", "r2"] {
        posting::report(&world.app, key, &[To::Contact("taras", Role::Manager)]).await;
        assert_eq!(send::step(&world.app, &lanes).await.expect("a step").accepted, 1, "{key}");
    }
    assert_eq!((server.seen().taken.len(), server.seen().connections), (2, 2));
}

/// Every refusal at every stage for an hour: who is put off is asked again ever more seldom, and gets the mail once.
#[tokio::test(flavor = "multi_thread")]
async fn an_hour_of_greylisting_ends_in_one_mail() {
    for (at, reply) in [
        (At::Mail, "451 4.7.1 greylisted"),
        (At::Rcpt, "450 4.7.1 greylisted"),
        (At::Data, "451 4.7.1 greylisted"),
        (At::Dot, "451 4.7.1 greylisted"),
    ] {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let server = SmtpServer::start(Script::default().at(at, Act::Say(reply))).await;
            let open = SmtpServer::start(Script::default()).await;
            let (closed_relay, open_relay) = (server.relay("a", Encryption::Plain), open.relay("a", Encryption::Plain));
            let world = World::with(engine, |settings| settings.mail.relays = vec![closed_relay]).await;
            posting::project(&world).await;
            posting::report(&world.app, "r1", &[To::Contact("taras", Role::Manager)]).await;
            let mut accepted = 0;
            let later = world.replica(|settings| settings.mail.relays = vec![open_relay]).await;
            for minute in 0..180 {
                // For an hour the relay knows nobody.
                let app = if minute < 60 { &world.app } else { &later };
                let lanes = Lanes::open(app).await.expect("lanes");
                accepted += send::step(app, &lanes).await.expect("a step").accepted;
                world.advance(Duration::from_secs(60));
            }
            assert_eq!((accepted, open.seen().taken.len()), (1, 1), "{at:?} {engine:?}");
            let tries = world.number("select tries from deliveries where kind = 'report'").await;
            assert!((3..=12).contains(&tries), "{at:?} {engine:?}: {tries} tries in an hour");
            let steps = world.texts("select distinct to_state || ' ' || reason from ledger where delivery = 1 and to_state in ('refused', 'queued') order by 1").await;
            assert!(steps.contains(&"queued try_again".to_owned()), "{steps:?}");
            crate::support::ledger::assert_lawful(&world).await;
        }
    }
}

/// Two relays that come and go for a day, each in its own way: every report goes once, and waits for nobody who is away.
#[tokio::test(flavor = "multi_thread")]
async fn relays_that_come_and_go_lose_nothing_and_send_nothing_twice() {
    let ways =
        [Act::Close, Act::Reset, Act::Say("421 4.3.2 going down"), Act::Say("554 5.3.2 not here"), Act::HalfClose];
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (one, other) = (SmtpServer::start(Script::default()).await, SmtpServer::start(Script::default()).await);
        let relays = vec![one.relay("a", Encryption::Plain), other.relay("b", Encryption::Plain)];
        let world = World::with(engine, |settings| settings.mail.relays = relays).await;
        posting::project(&world).await;
        let lanes = Lanes::open(&world.app).await.expect("lanes");
        let mut posted = 0;
        for hour in 0..24_usize {
            let act = &ways[hour % ways.len()];
            // Each is away every other hour, and at times both are.
            for (server, is_away) in [(&one, hour % 2 == 0), (&other, hour % 3 == 0)] {
                if is_away {
                    server.also(At::Greeting, 3, act.clone());
                }
            }
            posting::report(&world.app, &format!("r{hour}"), &[To::Contact("taras", Role::Manager)]).await;
            posted += 1;
            for _ in 0..12 {
                lanes.drop_idle(Duration::ZERO);
                send::step(&world.app, &lanes).await.expect("a step");
                world.advance(Duration::from_secs(300));
            }
        }
        let taken: Vec<_> = one.seen().taken.into_iter().chain(other.seen().taken).collect();
        assert_eq!(taken.len(), posted, "{engine:?}");
        let distinct: std::collections::BTreeSet<_> = taken.iter().map(|taken| taken.bytes.clone()).collect();
        assert_eq!(distinct.len(), posted, "{engine:?}");
        let stands = world
            .texts("select distinct state || ' ' || reason || ' ' || tries from deliveries where kind = 'report'")
            .await;
        assert_eq!(stands, ["accepted taken_by_relay 1"], "{engine:?}: who can't be reached costs no try");
        crate::support::ledger::assert_lawful(&world).await;
    }
}
