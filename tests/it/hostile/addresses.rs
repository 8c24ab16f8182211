//! Addresses that are none, and addresses in all the letters of the world.

use callbrief::config::settings::Encryption;
use callbrief::domain::contact::EmailAddress;
use callbrief::store::suppressions::NewSuppression;

use crate::support::setup::{ACME, OLENA, file, schedule};
use crate::support::smtp::{Script, SmtpServer};
use crate::support::{Engine, World, on_both};

const NONE: &[&str] = &[
    "",
    "olena",
    "@acme.example",
    "olena@",
    "olena@acme",
    "olena@@acme.example",
    "olena @acme.example",
    "olena@acme .example",
    "olena@acme..example",
    "olena@.acme.example",
    "olena@acme.example.",
    "olena@-acme.example",
    "olena@127.0.0.1",
    "olena@[127.0.0.1]",
    "olena@[IPv6:::1]",
    "\"o l\"@acme.example",
    "Olena <olena@acme.example>",
    "olena@acme.example, eve@evil.example",
    "olena@acme.example;eve@evil.example",
    "olena@acme.example\r\nBcc: eve@evil.example",
    "olena@acme.example\nRCPT TO:<eve@evil.example>",
    "olena@acme.example\0",
    "olena\u{0}@acme.example",
    "olena@acme.example>",
    "ol(comment)ena@acme.example",
    "mailto:olena@acme.example",
    "olena@acme.example?bcc=eve@evil.example",
    "ol\u{202e}ena@acme.example",
    "olena@acme.exam\u{200b}ple",
    "olena@ac\u{ad}me.example",
    "👩@acme.example",
    "olena@👩.",
    "javascript:alert(1)@",
    "olena@xn--a.example",
    "olena@xn--.example",
];

#[test]
fn what_is_no_address_is_none() {
    let long = [
        format!("{}@acme.example", "o".repeat(65)),
        format!("olena@{}.example", "a".repeat(64)),
        format!("olena@{}example", "a.".repeat(10_000)),
    ];
    for text in NONE.iter().copied().chain(long.iter().map(String::as_str)) {
        let read = EmailAddress::parse(text);
        // A line break at the end is a slip of whoever copied it.
        assert!(read.is_err(), "{text:?} is read as {read:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_address_is_refused_with_its_line_wherever_it_stands() {
    let world = World::new(Engine::Sqlite).await;
    for text in NONE {
        let text = super::quoted(text);
        let places = [
            OLENA.replace("\"olena@acme.example\"", &text),
            format!("{OLENA}{}", schedule("daily", "every = \"day\"").replace("\"olena\"", &text)),
        ];
        // A name without an `@` may be a contact's.
        for place in places.into_iter().take(if text.contains('@') { 2 } else { 1 }) {
            let whole = file(&[ACME, &place]);
            let said = world.refused(&whole).await;
            let line =
                whole.lines().enumerate().filter(|(_, line)| line.contains(&text)).last().expect("it stands there").0
                    + 1;
            assert!(said.contains(&format!("setup.toml:{line}:")), "{text}: {said}");
        }
    }
    for number in
        ["0441234567", "+38", "+380 44 abc", "+380441234567,+380441234568", "+999999999999999999", "STOP", "+٣٨٠\0"]
    {
        let sms = format!("addresses = {{ sms = [{{ number = {}, verified = \"x\" }}] }}", super::quoted(number));
        let whole = file(&[ACME, &OLENA.replace("addresses = { email = [\"olena@acme.example\"] }", &sms)]);
        let said = world.refused(&whole).await;
        assert!(said.contains("setup.toml:"), "{number}: {said}");
    }
}

/// One mailbox in every spelling of its domain.
const SPELLINGS: &[&str] = &[
    "info@bücher.example",
    "info@BÜCHER.example",
    "info@bu\u{308}cher.example",
    "info@xn--bcher-kva.example",
    "info@XN--BCHER-KVA.EXAMPLE",
    "info@ｂücher.example",
];

#[test]
fn one_mailbox_is_one_address_however_its_domain_is_spelled() {
    for spelling in SPELLINGS {
        let read = EmailAddress::parse(spelling).map(String::from);
        assert_eq!(read, Ok("info@bücher.example".to_owned()), "{spelling}");
    }
    for stays in
        ["o@acme.example", "олена@пошта.укр", "o.k+x@a-b.co.uk", "用户@例子.广告", "info@faß.example", "o@xn.example"]
    {
        assert_eq!(EmailAddress::parse(stays).map(String::from), Ok(stays.to_owned()));
    }
    assert!(EmailAddress::parse("оле\u{438}\u{306}@пошта.укр").is_err(), "letters in pieces are no letters");
    assert!(EmailAddress::parse("o@ac\u{ad}mé.example").is_err(), "letters that nobody sees");
}

on_both! {
    async fn a_mailbox_that_is_spelled_in_several_ways_gets_one_mail_by_its_ascii_name(world: World) {
        world.set("2026-11-16T09:00:00Z");
        let server = SmtpServer::start(Script::default()).await;
        let app = world.replica(|settings| settings.mail.relays = vec![server.relay("main", Encryption::Plain)]).await;
        let people: Vec<String> = SPELLINGS
            .iter()
            .enumerate()
            .map(|(n, address)| {
                OLENA.replace("\"olena\"", &format!("\"o{n}\"")).replace("olena@acme.example", address).replace("Olena", "O")
            })
            .collect();
        let recipients: Vec<String> = (0..people.len()).map(|n| format!("\"o{n}\"")).collect();
        let daily = schedule("daily", "every = \"day\"").replace("\"olena\"", &recipients.join(", "));
        world.apply(&file(&[ACME, &people.concat(), &daily])).await;
        world.set("2026-11-17T06:00:00Z");
        callbrief::jobs::tick(&app).await.expect("the jobs run");
        let to: Vec<String> = server.seen().taken.iter().map(|taken| taken.to.clone()).collect();
        assert_eq!(to, ["info@xn--bcher-kva.example"], "once, and as every relay takes it");
    }

    async fn what_an_earlier_version_spelled_otherwise_is_the_same_mailbox(world: World) {
        world.set("2026-11-16T09:00:00Z");
        let server = SmtpServer::start(Script::default()).await;
        let app = world.replica(|settings| settings.mail.relays = vec![server.relay("main", Encryption::Plain)]).await;
        let info = OLENA.replace("olena@acme.example", "info@bücher.example");
        let acme = format!("{ACME}allowed_domains = [\"bücher.example\"]\n");
        let daily = schedule("daily", "every = \"day\"").replace("\"olena\"", "\"olena\", \"nina@bücher.example\", \"oleh@bücher.example\"");
        world.apply(&file(&[&acme, &info, &daily])).await;
        let stop = |address| NewSuppression {
            project: None, schedule: None, channel: "email", address, reason: "by_hand", detail: None, actor: "test",
        };
        let mut session = world.app.store.write().await.expect("a session");
        assert!(session.suppress(world.now(), &stop("oleh@bücher.example")).await.expect("it is stopped"));
        // By the link of a mail that went out before.
        assert!(!session.suppress(world.now(), &stop("oleh@xn--bcher-kva.example")).await.expect("it is stopped already"));
        assert_eq!(session.stops_of("email", "oleh@xn--bcher-kva.example").await.expect("read").len(), 1);
        session.commit().await.expect("kept");
        for sql in [
            "update suppressions set address = 'oleh@xn--bcher-kva.example'",
            "insert into suppressions (channel, address, reason, actor, created_at, until) select channel, 'oleh@bücher.example', 'paused_by_reader', actor, created_at, created_at from suppressions",
            "update contact_addresses set address = 'info@xn--bcher-kva.example'",
            "update projects set allowed_domains = '[\"xn--bcher-kva.example\"]'",
            "delete from meta where name = 'addresses_spelled'",
        ] {
            world.execute(sql).await;
        }
        world.app.store.migrate().await.expect("it is brought up to date");
        assert_eq!(world.texts("select address || ' ' || reason from suppressions").await, ["oleh@bücher.example by_hand"], "the pause was shorter");
        assert_eq!(world.texts("select address from contact_addresses").await, ["info@bücher.example"]);
        assert_eq!(world.texts("select allowed_domains from projects").await, ["[\"bücher.example\"]"]);
        world.set("2026-11-17T06:00:00Z");
        callbrief::jobs::tick(&app).await.expect("the jobs run");
        let mut to: Vec<String> = server.seen().taken.iter().map(|taken| taken.to.clone()).collect();
        to.sort();
        assert_eq!(to, ["info@xn--bcher-kva.example", "nina@xn--bcher-kva.example"]);
        assert_eq!(world.texts("select address from deliveries where state = 'suppressed'").await, ["oleh@bücher.example"]);
    }
}
