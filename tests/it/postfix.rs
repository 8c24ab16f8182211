//! A real mail server takes our mails and sends back what it can't deliver (see [`crate::support::postfix`]): what lies in the
//! mailbox is what is promised, whoever is put off gets it once, and what comes back is understood ([`back`]).

mod back;

use std::collections::BTreeMap;
use std::time::Duration;

use callbrief::app::App;
use callbrief::config::secret::Secret;
use callbrief::config::settings::Relay;
use callbrief::jobs;
use callbrief::notify::back::verp;
use callbrief::notify::lanes::Lanes;
use callbrief::notify::{send, settle};
use mail_parser::{HeaderName, Message, MessageParser, MimeHeaders};
use sha2::{Digest, Sha256};

use crate::flow::{self, DUE};
use crate::support::postfix::{Otherwise, Postfix};
use crate::support::posting::{self, To};
use crate::support::{World, ledger, on_both};

const BOUNCES: &str = "bounces.test.example";
const STANDS: &str = "select state || '|' || coalesce(reason, '') || '|' || tries || '|' || coalesce(code, '') \
                      from deliveries where kind = 'report' order by id";

/// The same installation, sending through this relay, from addresses that name their mails where `bounce_domain` says so.
async fn through(world: &World, relay: Relay, bounce_domain: Option<&str>) -> App {
    world
        .replica(|settings| {
            settings.mail.relays = vec![relay];
            settings.mail.bounce_domain = bounce_domain.map(str::to_owned);
        })
        .await
}

/// What the loops do, once.
async fn pass(app: &App) {
    let lanes = Lanes::open(app).await.expect("lanes");
    settle::housekeeping(app).await.expect("housekeeping");
    send::step(app, &lanes).await.expect("a step");
    lanes.close().await;
}

/// A mail in a mailbox: what the servers on its way wrote before it, and what was sent.
struct Lying {
    trace: String,
    sent: Vec<u8>,
}

impl Lying {
    /// Whatever stands before our first header is the servers'.
    fn read(raw: &[u8]) -> Self {
        let text = String::from_utf8(raw.to_vec()).expect("a mail without odd bytes");
        const OF_SERVERS: [&str; 5] = ["Return-Path:", "X-Original-To:", "Delivered-To:", "Received:", "\t"];
        let is_trace = |line: &&str| OF_SERVERS.iter().any(|begin| line.starts_with(begin));
        let trace: String = text.split_inclusive('\n').take_while(is_trace).collect();
        // A mailbox's lines end as files' lines do.
        let sent = text[trace.len()..].replace('\n', "\r\n").into_bytes();
        Self { trace, sent }
    }

    /// What the servers wrote behind this.
    fn traced(&self, header: &str) -> &str {
        let line = self.trace.lines().find_map(|line| line.strip_prefix(header));
        line.unwrap_or_else(|| panic!("no {header} in {}", self.trace)).trim()
    }

    fn message(&self) -> Message<'_> {
        MessageParser::default().parse(&self.sent).expect("a message")
    }
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn one(world: &World, column: &str, address: &str) -> String {
    world.texts(&format!("select {column} from deliveries where address = '{address}'")).await.remove(0)
}

/// Whatever the standards of mail ask of any message: RFC 5322 §2.1.1 and §3.6, RFC 2045 §6, RFC 2047 §2, RFC 2046 §5.1.
fn assert_lawful(sent: &[u8]) {
    assert!(sent.is_ascii() && !sent.contains(&0), "only ASCII");
    assert!(sent.ends_with(b"\r\n"));
    let text = String::from_utf8(sent.to_vec()).expect("ASCII");
    assert_eq!(text.replace("\r\n", "").find(['\r', '\n']), None, "line ends");
    for line in text.split("\r\n") {
        assert!(line.len() <= 998, "{} bytes: {line}", line.len());
    }
    let message = MessageParser::default().parse(sent).expect("a message");
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for (name, value) in message.headers_raw() {
        *counts.entry(name.to_lowercase()).or_default() += 1;
        for word in value.split_whitespace().filter(|word| word.starts_with("=?")) {
            assert!(word.len() <= 75, "an encoded word of {} letters: {word}", word.len());
        }
        for line in value.split("\r\n").skip(1) {
            assert!(line.is_empty() || !line.trim().is_empty(), "a folded line of spaces in {name}: {value:?}");
        }
    }
    for name in ["date", "from", "to", "subject", "message-id", "mime-version", "content-type", "auto-submitted"] {
        assert_eq!(counts.get(name), Some(&1), "{name}: {counts:?}");
    }
    assert!(counts.values().all(|count| *count == 1), "each header once: {counts:?}");
    assert!(!counts.contains_key("bcc") && !counts.contains_key("return-path"), "{counts:?}");
    for part in &message.parts {
        let encoding = part.content_transfer_encoding().unwrap_or("7bit").to_lowercase();
        let allowed: &[&str] = if part.is_multipart() { &["7bit"] } else { &["7bit", "quoted-printable", "base64"] };
        assert!(allowed.contains(&encoding.as_str()), "{encoding}");
        if let Some(boundary) = part.content_type().and_then(|kind| kind.attribute("boundary")) {
            assert!(boundary.len() <= 70 && !boundary.ends_with(' '), "{boundary}");
            assert_eq!(text.matches(&format!("\r\n--{boundary}--\r\n")).count(), 1, "{boundary} ends once");
        }
    }
}

on_both! {
    async fn a_report_lies_in_the_mailbox_as_it_was_sent_with_all_that_is_promised(world: World) {
        let postfix = Postfix::start().await;
        flow::acme(&world).await;
        world.apply(&flow::ACME.replace("formats = [\"pdf\"]", "formats = [\"pdf\", \"xlsx\", \"csv\"]")
            .replace("Acme Windows", "Вікна Акме — найкращі вікна та двері для кожного дому в усій Україні й за кордоном")).await;
        world.set(DUE);
        let app = through(&world, postfix.relay(), Some(BOUNCES)).await;
        let done = jobs::tick(&app).await.expect("the jobs run");
        assert_eq!((done.fired, done.built, done.accepted), (1, 1, 4), "{done:?}");
        let mails = postfix.mails_in("acme.example", 4).await;
        assert_eq!(mails.len(), 4);
        let key = app.settings.secret_key.clone().expect("a key");
        for raw in &mails {
            let mail = Lying::read(raw);
            let to = mail.traced("X-Original-To:");
            // Byte for byte what we know that we sent, over TLS, by somebody who logged in, from an address of its own.
            assert_eq!(hex(&mail.sent), one(&world, "message_hash", to).await, "{to}");
            assert_eq!(mail.trace.matches("Received:").count(), 1, "{}", mail.trace);
            let queue_id = mail.trace.split_once("with ESMTPSA id ").map(|(_, rest)| rest.split_whitespace().next());
            let queue_id = queue_id.flatten().unwrap_or_else(|| panic!("{}", mail.trace));
            assert_eq!(one(&world, "reply", to).await, format!("250 2.0.0 Ok: queued as {queue_id}"));
            let reference = one(&world, "reference", to).await;
            let sender = verp::address(&key, &reference, BOUNCES).expect("an address");
            assert_eq!(mail.traced("Return-Path:"), format!("<{}>", sender.as_str()));

            assert_lawful(&mail.sent);
            let message = mail.message();
            let header = |name: &str| message.header_raw(name).unwrap_or_default().trim().replace("\r\n", "");
            let from = message.from().and_then(|from| from.first()).expect("a sender");
            assert_eq!(from.address(), Some("reports@test.example"));
            assert!(from.name().is_some_and(|name| !name.is_empty()), "{from:?}");
            let named = message.to().and_then(|to| to.first()).expect("a reader");
            assert_eq!((message.to().expect("a reader").iter().count(), named.address()), (1, Some(to)));
            let name = one(&world, "display_name", to).await;
            assert_eq!(named.name().unwrap_or_default(), name);
            assert_eq!(message.date().map(|date| date.to_timestamp()), Some(world.now().as_seconds()));
            assert_eq!(header("Message-ID"), one(&world, "message_id", to).await);
            assert_eq!(header("MIME-Version"), "1.0");
            assert_eq!(header("Auto-Submitted"), "auto-generated");
            assert_eq!(header("List-Id"), "<weekly.acme.test.example>");
            let stop = header("List-Unsubscribe");
            assert!(stop.starts_with("<https://reports.test.example/stop/") && stop.ends_with('>'), "{stop}");
            assert!(!stop.contains(char::is_whitespace), "mail programs open it as it stands: {stop}");
            assert_eq!(header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
            assert!(message.header(HeaderName::ReplyTo).is_some());
            let subject = message.subject().expect("a subject");
            let subjects = "select v.subject from variants v join deliveries d on d.variant = v.id where d.address";
            assert_eq!([subject], *world.texts(&format!("{subjects} = '{to}'")).await);
            assert!(subject.contains("Вікна Акме"), "{subject}");

            let kinds: Vec<String> = message.parts.iter().filter_map(|part| part.content_type())
                .map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default())).collect();
            let workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            let attached = ["application/pdf", workbook, "text/csv"];
            assert_eq!(kinds[..4], ["multipart/mixed", "multipart/alternative", "text/plain", "text/html"]);
            assert_eq!(kinds[4..], attached);
            assert!(message.body_text(0).expect("text").contains(&reference), "people quote it");
            assert!(message.body_html(0).expect("HTML").contains("Вікна Акме"));
            let files: Vec<String> = message.attachments().map(|file| hex(file.contents())).collect();
            let kept = format!("select a.hash from variant_artefacts a join deliveries d on d.variant = a.variant \
                where d.address = '{to}' and a.format in ('pdf', 'xlsx', 'csv') order by case a.format when 'pdf' then 1 when 'xlsx' then 2 else 3 end");
            assert_eq!(files, world.texts(&kept).await, "{to}: every file byte for byte");
            assert!(message.attachment(0).is_some_and(|file| file.contents().starts_with(b"%PDF")));
        }
        assert!(postfix.mailbox(BOUNCES).is_empty() && !postfix.log().contains("warning: non-SMTP command"));
        ledger::assert_lawful(&world).await;
    }

    async fn who_can_t_log_in_or_isn_t_trusted_gets_no_mail_and_it_goes_once_that_is_mended(world: World) {
        let (postfix, other) = (Postfix::start().await, Postfix::start().await);
        posting::project(&world).await;
        posting::report(&world.app, "r", &[To::Address("taras@acme.example")]).await;
        let wrong: [(&str, Relay); 4] = [
            ("log-in: permanent error (535): 5.7.8", postfix.relay_with(|smtp| smtp.password = Some(Secret::new("wrong")))),
            ("log-in: permanent error (535): 5.7.8", postfix.relay_with(|smtp| smtp.username = Some("nobody@test.example".to_owned()))),
            ("invalid peer certificate", postfix.relay_with(|smtp| smtp.ca_file = Some(other.certificate()))),
            ("not valid for name", postfix.relay_with(|smtp| smtp.host = "127.0.0.1".to_owned())),
        ];
        for (why, relay) in wrong {
            pass(&through(&world, relay, None).await).await;
            assert_eq!(world.texts(STANDS).await, ["queued|lane_unreachable|0|"], "{why}");
            let said = world.texts("select last_error from lanes where id = 'email/postfix'").await;
            assert!(said[0].contains(why), "{said:?}");
            world.advance(Duration::from_secs(600));
        }
        assert!(postfix.mailbox("acme.example").is_empty());
        pass(&through(&world, postfix.relay(), None).await).await;
        assert_eq!(world.texts(STANDS).await, ["accepted|taken_by_relay|1|"]);
        assert_eq!(postfix.mails_in("acme.example", 1).await.len(), 1);
        ledger::assert_lawful(&world).await;
    }

    async fn who_is_put_off_gets_their_mail_once_when_they_are_no_longer(world: World) {
        let postfix = Postfix::start().await;
        postfix.refuses(&[("taras@acme.example", "450 4.2.0 Greylisted, see https://postgrey.example/")]);
        posting::project(&world).await;
        let app = through(&world, postfix.relay(), Some(BOUNCES)).await;
        posting::report(&app, "r", &[To::Address("taras@acme.example"), To::Address("olena@acme.example")]).await;
        pass(&app).await;
        assert_eq!(world.texts(STANDS).await, ["queued|try_again|1|4.2.0", "accepted|taken_by_relay|1|"]);
        assert!(one(&world, "reply", "taras@acme.example").await.contains("Greylisted, see https://postgrey.example/"));
        pass(&app).await;
        assert!(world.texts(STANDS).await[0].ends_with("|1|4.2.0"), "not before its time");
        world.advance(Duration::from_secs(61));
        pass(&app).await;
        assert_eq!(world.texts(STANDS).await[0], "queued|try_again|2|4.2.0");
        postfix.refuses(&[]);
        world.advance(Duration::from_secs(121));
        pass(&app).await;
        assert!(world.texts(STANDS).await[0].starts_with("accepted|taken_by_relay|3|"));
        world.advance(Duration::from_secs(3_600));
        pass(&app).await;
        let mails = postfix.mails_in("acme.example", 2).await;
        let to: Vec<String> = mails.iter().map(|raw| Lying::read(raw).traced("X-Original-To:").to_owned()).collect();
        assert_eq!(to, ["olena@acme.example", "taras@acme.example"], "each once");
        ledger::assert_lawful(&world).await;
    }

    /// Postfix ends a conversation with 421 after twenty refusals; whoever waits behind them is none the worse.
    async fn many_refusals_in_one_conversation_cost_nobody_else_anything(world: World) {
        let postfix = Postfix::otherwise(Otherwise { main: "smtpd_error_sleep_time = 0".to_owned(), ..Otherwise::default() }).await;
        let addresses: Vec<String> = (0..50).map(|n| format!("a{n}@acme.example")).collect();
        let busy: Vec<(&str, &str)> = addresses[..40].iter().map(|address| (address.as_str(), "450 4.2.1 busy")).collect();
        postfix.refuses(&busy);
        posting::project(&world).await;
        let app = through(&world, Relay { connections: 1, ..postfix.relay() }, None).await;
        posting::report(&app, "r", &addresses.iter().map(|address| To::Address(address)).collect::<Vec<_>>()).await;
        pass(&app).await;
        let stands = world.texts(STANDS).await;
        assert_eq!(stands[..40], vec!["queued|try_again|1|4.2.1"; 40]);
        assert_eq!(stands[40..], ["accepted|taken_by_relay|1|"; 10]);
        postfix.refuses(&[]);
        world.advance(Duration::from_secs(61));
        pass(&app).await;
        let mails = postfix.mails_in("acme.example", 50).await;
        let mut to: Vec<String> = mails.iter().map(|raw| Lying::read(raw).traced("X-Original-To:").to_owned()).collect();
        to.sort();
        to.dedup();
        assert_eq!((mails.len(), to.len()), (50, 50), "each once");
        ledger::assert_lawful(&world).await;
    }
}
