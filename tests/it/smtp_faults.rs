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
