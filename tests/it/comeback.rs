//! What comes back about mails: reports of mail servers, events of services; late, twice, foreign and forged ones.

use std::io::Write;
use std::process::Stdio;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use callbrief::config::secret::Secret;
use callbrief::config::settings::Settings;
use callbrief::domain::role::Role;
use callbrief::net::{Exceptions, NetSettings};
use callbrief::notify::back::{self, Outcome, report, verp};
use hmac::{Hmac, KeyInit, Mac};
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject;
use serde_json::{Value, json};

use crate::crashes::program;
use crate::program::{command, settings};
use crate::support::http::{Act, HttpServer};
use crate::support::mail::Mail;
use crate::support::posting::{self, To};
use crate::support::{World, on_both};
use crate::web::{Site, ask};

const TOPIC: &str = "arn:aws:sns:eu-west-1:123456789012:mails";
const SNS: &str = "sns.eu-west-1.amazonaws.com";

/// Every service is set up.
pub fn all_set(settings: &mut Settings) {
    settings.mail.bounce_domain = Some("bounces.test.example".to_owned());
    settings.mail.events.mailgun_key = Some(Secret::new("mailgun-key"));
    settings.mail.events.postmark_login = Some(Secret::new("postmark:a long password"));
    settings.mail.events.postmark_path = Some(Secret::new("0123456789abcdef0123"));
    settings.mail.events.ses_topics = vec![TOPIC.to_owned()];
}

/// Olena (owner) and Taras (manager) got a report.
pub async fn sent(world: &World) {
    posting::project(world).await;
    world.execute("update schedules set paused = true").await;
    posting::report(&world.app, "one", &[To::Contact("olena", Role::Owner), To::Contact("taras", Role::Manager)]).await;
    world.settle().await;
    assert_eq!(states(world).await, ["olena accepted", "taras accepted"]);
}

pub async fn states(world: &World) -> Vec<String> {
    world.texts("select contact || ' ' || state from deliveries where kind = 'report' order by id").await
}

pub async fn stops(world: &World) -> Vec<String> {
    let sql = "select s.address || ' ' || s.reason || ' ' || coalesce(p.id, 'everywhere') || ' ' || s.actor
        from suppressions s left join projects p on p.key = s.project where s.lifted_at is null order by s.id";
    world.texts(sql).await
}

pub async fn one(world: &World, column: &str, contact: &str) -> String {
    let sql = format!("select {column} from deliveries where contact = '{contact}' and kind = 'report'");
    world.texts(&sql).await.remove(0)
}

/// What a mail server sends back, to this address about this Message-ID.
pub fn bounce(to: &str, message_id: &str, status: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.test.example\r\nTo: <{to}>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nfailed\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test.example\r\n\r\n\
         Final-Recipient: rfc822; x@acme.example\r\nAction: failed\r\nStatus: {status}\r\nDiagnostic-Code: smtp; 550 {status} no\r\n\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\n\r\n--b--\r\n"
    )
}

async fn told(world: &World, message: &str) -> Outcome {
    let report::Read::Event(event) = report::read(message.as_bytes(), None) else { panic!("{message}") };
    back::take(&world.app, &event).await.expect("it is taken")
}

/// An answer's status and body.
async fn post(site: &Site, path: &str, headers: &str, body: &str) -> (u16, String) {
    let request =
        format!("POST {path}\ncontent-type: application/json\r\n{headers}content-length: {}\r\n\r\n{body}", body.len());
    let answer = ask(site.public, &request).await;
    let status = answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_else(|| panic!("{answer}"));
    (status, answer.split_once("\r\n\r\n").map_or("", |(_, body)| body).to_owned())
}

pub fn mailgun(world: &World, key: &str, event: &str, message_id: &str) -> String {
    let (time, token) = (world.now().as_seconds().to_string(), "0123456789abcdef");
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key.as_bytes()).expect("any length");
    mac.update(format!("{time}{token}").as_bytes());
    let signature: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    json!({
        "signature": { "timestamp": time, "token": token, "signature": signature },
        "event-data": {
            "event": event, "severity": "permanent", "reason": "bounce", "recipient": "olena@acme.example",
            "delivery-status": { "code": 550, "message": "5.1.1 no such user" },
            "message": { "headers": { "message-id": message_id.trim_matches(['<', '>']) } },
        },
    })
    .to_string()
}

on_both! {
    async fn a_bounce_ends_a_delivery_once_stops_its_address_in_its_project_and_its_owner_hears(world: World, all_set) {
        sent(&world).await;
        let key = world.app.settings.secret_key.clone().expect("a key");
        let reference = one(&world, "reference", "taras").await;
        let sender = verp::address(&key, &reference, "bounces.test.example").expect("an address");
        let message = bounce(sender.as_str(), "<other@elsewhere.example>", "5.1.1");
        let Outcome::Moved { address_stopped: true, .. } = told(&world, &message).await else { panic!("it is moved") };
        assert_eq!(states(&world).await, ["olena accepted", "taras bounced"]);
        assert_eq!(stops(&world).await, ["taras@acme.example came_back_for_good acme bounce message"]);
        let Outcome::Nothing { .. } = told(&world, &message).await else { panic!("again changes nothing") };
        // Its owner hears; nothing more goes to the address.
        world.settle().await;
        let notice = world.outbox().iter().map(|mail| Mail::read(mail)).find(|mail| mail.subject.contains("came back"));
        let notice = notice.expect("the owner hears");
        assert!(notice.to.contains("olena@acme.example") && notice.text.contains("5.1.1"), "{}", notice.text);
        posting::report(&world.app, "two", &[To::Contact("taras", Role::Manager)]).await;
        world.settle().await;
        assert_eq!(one(&world, "max(state)", "taras").await, "suppressed");
        // What a person lifts stays lifted, whatever comes again.
        world.execute("update suppressions set lifted_at = created_at, lifted_by = 'me', lifted_reason = 'works again'").await;
        told(&world, &message).await;
        assert!(stops(&world).await.is_empty());
    }

    async fn what_came_back_this_time_stops_nobody_and_what_isn_t_ours_changes_nothing(world: World, all_set) {
        sent(&world).await;
        let message_id = one(&world, "message_id", "taras").await;
        let forged = message_id.replacen('.', ".0", 1);
        assert_eq!(told(&world, &bounce("x@test.example", &forged, "5.1.1")).await, Outcome::Foreign);
        let reference = one(&world, "reference", "olena").await.replace('-', "").to_lowercase();
        let guessed = format!("b-{reference}-0123456789abcdef@bounces.test.example");
        assert_eq!(told(&world, &bounce(&guessed, "<x@y>", "5.1.1")).await, Outcome::Foreign);
        assert_eq!(told(&world, &bounce("x@y.example", "<x@y>", "5.1.1")).await, Outcome::Foreign);
        assert_eq!(states(&world).await, ["olena accepted", "taras accepted"]);
        let Outcome::Moved { address_stopped: false, .. } = told(&world, &bounce("x@test.example", &message_id, "5.2.2")).await
        else { panic!("it is moved") };
        assert_eq!(states(&world).await, ["olena accepted", "taras bounced"]);
        assert!(stops(&world).await.is_empty());
        world.settle().await;
    }

    async fn what_is_on_its_way_is_told_again_later_and_what_was_unknown_is_known(world: World, all_set) {
        sent(&world).await;
        let message = bounce("x@test.example", &one(&world, "message_id", "taras").await, "5.1.1");
        world.execute("update deliveries set state = 'handed' where contact = 'taras'").await;
        assert_eq!(told(&world, &message).await, Outcome::TooEarly);
        world.execute("update deliveries set state = 'uncertain' where contact = 'taras'").await;
        let Outcome::Moved { .. } = told(&world, &message).await else { panic!("it is moved") };
        let sql = "select e.reason from ledger e join deliveries d on d.id = e.delivery where d.contact = 'taras' order by e.id desc limit 2";
        assert_eq!(world.texts(sql).await, ["came_back_for_good", "taken_as_it_came_back"]);
        world.settle().await;
    }

    async fn the_command_reads_a_message_and_mails_are_sent_from_an_address_of_their_own(world: World, all_set) {
        program();
        sent(&world).await;
        settings(&world, 0);
        let said = |message: &str, to: &[&str]| {
            let mut child = command(&world, "2026-11-16T06:10:00Z", &[&["bounced"], to].concat());
            let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
            child.stdin.take().expect("piped").write_all(message.as_bytes()).expect("it is read");
            let output = child.wait_with_output().expect("it ends");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8_lossy(&output.stdout).into_owned()
        };
        assert!(said("From: a@b.example\r\nSubject: away\r\n\r\nUntil Monday\r\n", &[]).contains("nothing was changed"));
        assert!(said("", &[]).contains("nothing was changed"));
        assert!(said(&bounce("x@y.example", "<x@y>", "5.1.1"), &[]).contains("isn't about a mail"));
        let message = bounce("x@test.example", &one(&world, "message_id", "olena").await, "5.1.1");
        assert!(said(&message, &["--to", "bounce@test.example"]).contains("is bounced: a mail came back from the address for good"));
        assert!(said(&message, &[]).contains("is bounced already"));
    }

    async fn mailgun_is_believed_by_its_signature_only(world: World, all_set) {
        sent(&world).await;
        let site = Site::of(&world).await;
        let id = one(&world, "message_id", "olena").await;
        let forged = mailgun(&world, "another-key", "failed", &id);
        assert_eq!(post(&site, "/v1/mail-events", "", &forged).await.0, 401);
        let old = mailgun(&world, "mailgun-key", "failed", &id);
        world.advance(Duration::from_secs(25 * 3_600));
        assert_eq!(post(&site, "/v1/mail-events", "", &old).await.0, 401, "repeated a day later");
        assert_eq!(states(&world).await[0], "olena accepted");
        let genuine = mailgun(&world, "mailgun-key", "complained", &id);
        assert_eq!(post(&site, "/v1/mail-events", "", &genuine).await, (200, r#"{"ignored":0,"taken":1}"#.to_owned()));
        assert_eq!(states(&world).await[0], "olena complained");
        assert_eq!(stops(&world).await, ["olena@acme.example called_spam acme mailgun"]);
        assert_eq!(post(&site, "/v1/mail-events", "", &genuine).await, (200, r#"{"ignored":1,"taken":0}"#.to_owned()));
        let foreign = mailgun(&world, "mailgun-key", "failed", "<20260203@sample.mailgun.com>");
        assert_eq!(post(&site, "/v1/mail-events", "", &foreign).await, (200, r#"{"ignored":1,"taken":0}"#.to_owned()));
        for hostile in ["", "[]", "null", "{\"event-data\":1}", "{\"a\":", "\u{0}"] {
            let (status, _) = post(&site, "/v1/mail-events", "", hostile).await;
            assert!(status == 400 || status == 401, "{hostile}: {status}");
        }
        let deep = "[".repeat(100_000);
        assert_eq!(post(&site, "/v1/mail-events", "", &deep).await.0, 400);
        let large = format!("{{\"event-data\":\"{}\"}}", "x".repeat(700_000));
        assert_eq!(post(&site, "/v1/mail-events", "", &large).await.0, 413);
        assert!(ask(site.public, "GET /v1/mail-events").await.starts_with("HTTP/1.1 405"));
        world.settle().await;
        site.end().await;
    }

    async fn postmark_is_believed_by_its_login_or_its_address(world: World, all_set) {
        sent(&world).await;
        let site = Site::of(&world).await;
        let reference = one(&world, "reference", "taras").await;
        let raw = world.outbox().into_iter().map(|mail| String::from_utf8_lossy(&mail).into_owned());
        assert!(raw.into_iter().any(|mail| mail.contains(&format!("X-PM-Metadata-reference: {reference}"))));
        let body = |email: &str| {
            json!({ "RecordType": "Bounce", "Type": "HardBounce", "Email": email, "Details": "smtp;550 5.1.1",
                "Metadata": { "reference": reference } }).to_string()
        };
        let login = |text: &str| format!("authorization: Basic {}\r\n", STANDARD.encode(text));
        let (its, other) = (body("taras@acme.example"), body("olena@acme.example"));
        assert_eq!(post(&site, "/v1/mail-events", "", &its).await.0, 401);
        assert_eq!(post(&site, "/v1/mail-events", &login("postmark:wrong"), &its).await.0, 401);
        assert_eq!(post(&site, "/v1/mail-events/0123456789abcdef0124", "", &its).await.0, 401);
        let right = login("postmark:a long password");
        assert_eq!(post(&site, "/v1/mail-events", &right, &other).await.1, r#"{"ignored":1,"taken":0}"#, "another's reference");
        assert_eq!(post(&site, "/v1/mail-events", &right, &its).await.1, r#"{"ignored":0,"taken":1}"#);
        assert_eq!(post(&site, "/v1/mail-events/0123456789abcdef0123", "", &its).await.1, r#"{"ignored":1,"taken":0}"#);
        assert_eq!(states(&world).await, ["olena accepted", "taras bounced"]);
        world.settle().await;
        site.end().await;
    }

    async fn a_service_that_isn_t_set_up_isn_t_heard(world: World) {
        let site = Site::of(&world).await;
        for body in [r#"{"event-data":{}}"#, r#"{"RecordType":"Bounce"}"#, r#"{"TopicArn":"x"}"#] {
            assert_eq!(post(&site, "/v1/mail-events", "", body).await.0, 404, "{body}");
        }
        site.end().await;
    }
}

/// A message of SNS, signed with our own key, whose certificate stands at `place`.
fn sns(kind: &str, at: &str, message: &str, place: &str) -> Value {
    let key = PrivatePkcs8KeyDer::from_pem_slice(include_bytes!("support/sns/key.pem")).expect("a key");
    let key = RsaKeyPair::from_pkcs8(key.secret_pkcs8_der()).expect("a key");
    let subscribe = format!("https://{SNS}/?Action=ConfirmSubscription&TopicArn={TOPIC}&Token=t");
    let text = match kind {
        "Notification" => {
            format!("Message\n{message}\nMessageId\nm\nTimestamp\n{at}\nTopicArn\n{TOPIC}\nType\n{kind}\n")
        }
        _ => format!(
            "Message\n{message}\nMessageId\nm\nSubscribeURL\n{subscribe}\nTimestamp\n{at}\nToken\nt\nTopicArn\n{TOPIC}\nType\n{kind}\n"
        ),
    };
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &ring::rand::SystemRandom::new(), text.as_bytes(), &mut signature).expect("signed");
    let mut json = json!({
        "Type": kind, "MessageId": "m", "TopicArn": TOPIC, "Message": message, "Timestamp": at,
        "SignatureVersion": "2", "Signature": STANDARD.encode(signature), "SigningCertURL": place,
    });
    if kind != "Notification" {
        json["Token"] = "t".into();
        json["SubscribeURL"] = subscribe.into();
    }
    json
}

/// A server that is taken for SNS.
async fn server() -> HttpServer {
    HttpServer::encrypted_for(SNS, Act::answer("200 OK", "", include_str!("support/sns/cert.pem"))).await
}

fn leads_to(server: &HttpServer) -> impl FnOnce(&mut Settings) {
    let (address, ca_file) = (server.address, server.ca_file.clone());
    move |settings| {
        all_set(settings);
        let mut allow = Exceptions::default();
        allow.add(SNS).expect("a host");
        settings.net = NetSettings {
            allow,
            ca_file: Some(ca_file),
            names: vec![(SNS.to_owned(), address)],
            ..NetSettings::default()
        };
    }
}

async fn ses_is_believed(engine: crate::support::Engine) {
    let server = server().await;
    let world = World::with(engine, leads_to(&server)).await;
    sent(&world).await;
    let taken = "0102018f3a1b2c3d-01234567-89ab-cdef-0123-456789abcdef-000000";
    world.execute(&format!("update deliveries set reply = '250 Ok {taken}' where contact = 'olena'")).await;
    let site = Site::of(&world).await;
    let told = |to: &str| {
        json!({ "notificationType": "Bounce", "bounce": { "bounceType": "Permanent", "bounceSubType": "General",
            "bouncedRecipients": [{ "emailAddress": to, "status": "5.1.1", "diagnosticCode": "smtp; 550 5.1.1 no" }] },
            "mail": { "source": "reports@test.example", "messageId": taken } })
        .to_string()
    };
    let place = format!("https://{SNS}/SimpleNotificationService-0123abcd.pem");
    let now = "2026-11-16T06:00:00.000Z";
    let mut forged = sns("Notification", now, &told("taras@acme.example"), &place);
    forged["Message"] = told("olena@acme.example").into();
    let elsewhere =
        sns("Notification", now, &told("olena@acme.example"), "https://evil.example/SimpleNotificationService-0.pem");
    let mut other_topic = sns("Notification", now, &told("olena@acme.example"), &place);
    other_topic["TopicArn"] = "arn:aws:sns:eu-west-1:999999999999:mails".into();
    let old = sns("Notification", "2026-11-14T06:00:00.000Z", &told("olena@acme.example"), &place);
    for wrong in [forged, elsewhere, other_topic, old] {
        let (status, why) = post(&site, "/v1/mail-events", "", &wrong.to_string()).await;
        assert_eq!(status, 401, "{why}");
    }
    assert_eq!(states(&world).await, ["olena accepted", "taras accepted"]);
    let foreign = sns("Notification", now, &told("taras@acme.example"), &place).to_string();
    assert_eq!(
        post(&site, "/v1/mail-events", "", &foreign).await.1,
        r#"{"ignored":1,"taken":0}"#,
        "not that address's mail"
    );
    let genuine = sns("Notification", now, &told("olena@acme.example"), &place).to_string();
    assert_eq!(post(&site, "/v1/mail-events", "", &genuine).await.1, r#"{"ignored":0,"taken":1}"#);
    assert_eq!(states(&world).await, ["olena bounced", "taras accepted"]);
    assert_eq!(server.taken().len(), 1, "the certificate is fetched once");
    // A question is shown to operations, once, and not answered.
    let question = sns("SubscriptionConfirmation", now, "You have chosen", &place).to_string();
    for _ in 0..2 {
        assert_eq!(post(&site, "/v1/mail-events", "", &question).await.0, 200);
    }
    world.settle().await;
    let shown: Vec<Mail> =
        world.outbox().iter().map(|mail| Mail::read(mail)).filter(|mail| mail.subject.contains("Amazon SNS")).collect();
    let [shown] = &shown[..] else { panic!("{} notices", shown.len()) };
    assert!(
        shown.to.contains("operations@test.example") && shown.text.contains("Action=ConfirmSubscription"),
        "{}",
        shown.text
    );
    assert_eq!(server.taken().len(), 1, "nothing was confirmed");
    site.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ses_is_believed_by_the_signature_of_sns_on_sqlite() {
    ses_is_believed(crate::support::Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ses_is_believed_by_the_signature_of_sns_on_postgres() {
    ses_is_believed(crate::support::Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_can_t_be_had_now_is_asked_for_again() {
    let server = server().await;
    server.does([Act::answer("503 no", "", "")]);
    let world = World::with(crate::support::Engine::Sqlite, leads_to(&server)).await;
    let site = Site::of(&world).await;
    let place = format!("https://{SNS}/SimpleNotificationService-0123abcd.pem");
    let message = sns("Notification", "2026-11-16T06:00:00.000Z", "{}", &place).to_string();
    for _ in 0..3 {
        assert_eq!(post(&site, "/v1/mail-events", "", &message).await.0, 503);
    }
    assert_eq!(server.taken().len(), 1, "a failure is remembered for a minute");
    server.does([Act::answer("200 OK", "", include_str!("support/sns/cert.pem"))]);
    world.advance(Duration::from_secs(61));
    assert_eq!(post(&site, "/v1/mail-events", "", &message).await.0, 200);
    site.end().await;
}
