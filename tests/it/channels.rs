//! Slack, Teams, webhooks and SMS by the one way out: every answer that a service can give, for every registered kind, and
//! where the delivery stands after it.

use std::sync::Arc;
use std::time::Duration;

use callbrief::app::App;
use callbrief::config::channels::{
    Accepted, Channel, Gateway, Hook, Outbox, Sender, Service, SigningKey, Sms, SmsWay, Twilio, Webhook,
};
use callbrief::config::secret::Secret;
use callbrief::config::settings::{Settings, SmsCaps};
use callbrief::domain::contact::ChannelKind;
use callbrief::domain::ids::{ContactId, ProjectId};
use callbrief::net::{NetSettings, Target};
use callbrief::notify::channels::WAYS;
use callbrief::notify::lanes::Lanes;
use callbrief::notify::test_alert::{self, Asked};
use callbrief::notify::{by_hand, send};
use tokio::sync::Notify;

use crate::program;
use crate::support::http::{Act, HttpServer, response};
use crate::support::{Engine, World, ledger, on_both, posting};

const KEY: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const NEXT_KEY: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

/// A service of each kind, with the answer by which it says yes.
pub struct Fixture {
    name: &'static str,
    pub kind: ChannelKind,
    pub yes: fn() -> Act,
    pub service: fn(&HttpServer) -> Service,
}

pub const FIXTURES: &[Fixture] = &[
    Fixture {
        name: "slack",
        kind: ChannelKind::Slack,
        yes: || Act::answer("200 OK", "", "ok"),
        service: |server| Service::Slack(Hook { target: target(server) }),
    },
    Fixture {
        name: "teams",
        kind: ChannelKind::Teams,
        yes: || Act::answer("202 Accepted", "", ""),
        service: |server| Service::Teams(Hook { target: target(server) }),
    },
    Fixture {
        name: "webhook",
        kind: ChannelKind::Webhook,
        yes: || Act::Say("HTTP/1.1 204 No Content\r\n\r\n".to_owned()),
        service: |server| {
            let keys = [KEY, NEXT_KEY].map(|key| SigningKey::parse(key).expect("a key")).into();
            Service::Webhook(Webhook { target: target(server), keys })
        },
    },
    Fixture {
        name: "twilio",
        kind: ChannelKind::Sms,
        yes: || Act::answer("201 Created", "", r#"{"sid":"SM1","status":"queued","num_segments":"1"}"#),
        service: |server| {
            let way = SmsWay::Twilio(Twilio {
                target: target(server),
                account: "AC1".to_owned(),
                token: Secret::new("geheim"),
                sender: Sender::From("+12025550123".to_owned()),
            });
            Service::Sms(Sms { way, most_parts: 3 })
        },
    },
    Fixture {
        name: "gateway",
        kind: ChannelKind::Sms,
        yes: || Act::answer("200 OK", "", "queued 17"),
        service: |server| {
            let way = SmsWay::Gateway(Gateway {
                method: "POST".parse().expect("a method"),
                url: Secret::new(server.url("/send?to={to_digits}")),
                headers: Vec::new(),
                content_type: "application/json".to_owned(),
                body: r#"{"to":"{to}","text":"{text}"}"#.to_owned(),
                replies: None,
                accepted: Accepted { status: Vec::new(), body: Some("queued".to_owned()) },
            });
            Service::Sms(Sms { way, most_parts: 3 })
        },
    },
];

fn target(server: &HttpServer) -> Target {
    Target::parse(&server.url("/hook")).expect("an address")
}

/// How other machines are reached where this one is what is reached. Nobody loses patience but where nobody answers.
fn here() -> NetSettings {
    let mut net =
        NetSettings { connect: Duration::from_secs(60), reply: Duration::from_secs(60), ..NetSettings::default() };
    net.allow.add("127.0.0.0/8").expect("an exception");
    net.allow.add("localhost").expect("an exception");
    net
}

pub fn channel(name: &str, kind: ChannelKind, service: Service) -> Channel {
    Channel { name: name.to_owned(), kind, service: Some(service), per_second: 10_000.0 }
}

pub fn with_channels(channels: Vec<Channel>) -> impl FnOnce(&mut Settings) {
    move |settings| {
        settings.channels = channels;
        settings.net = here();
        settings.sms = SmsCaps { per_contact_day: 10_000, per_project_month: 10_000 };
    }
}

/// Project `acme`, and `olena` with addresses of every kind; endpoints are called `room`.
async fn people(world: &World) {
    posting::project(world).await;
    for (channel, address) in [("slack", "room"), ("teams", "room"), ("webhook", "room"), ("sms", "+380441234567")] {
        let sql = "insert into contact_addresses (contact, channel, position, address) values ('olena',";
        world.execute(&format!("{sql} '{channel}', 0, '{address}')")).await;
    }
    let confirmed = r#"{"verified":{"+380441234567":"contract 2026-05-01"}}"#;
    world.execute(&format!("update contacts set settings = '{confirmed}' where id = 'olena'")).await;
}

/// Posts a test to olena over this channel.
async fn post(app: &App, channel: ChannelKind) {
    let contact = ContactId::parse("olena").expect("valid");
    let contact = app.store.read().await.expect("a connection").contact(&contact).await.expect("read").expect("olena");
    let project = ProjectId::parse("acme").expect("valid");
    let project = app.store.project(&project).await.expect("read").expect("acme");
    let asked = Asked { contact: &contact, project: &project, channel, actor: "tester" };
    let posted = test_alert::post(app, asked).await.expect("it is posted");
    assert_eq!(posted.len(), 1);
}

async fn step(app: &App) {
    let lanes = Lanes::open(app).await.expect("lanes");
    send::step(app, &lanes).await.expect("a step");
}

const LAST: &str = "select state || '|' || coalesce(reason, '') || '|' || tries || '|' || coalesce(code, '') \
                    from deliveries order by id desc limit 1";

async fn last(world: &World) -> String {
    world.texts(LAST).await.remove(0)
}

/// Whatever became of the one before, the next one starts anew.
async fn forget(world: &World) {
    for sql in [
        "update deliveries set state = 'cancelled' where state in ('queued', 'refused', 'uncertain')",
        "update lanes set failures = 0, shut_until = null, held_reason = null, tokens = 100",
        "delete from suppressions",
    ] {
        world.execute(sql).await;
    }
}

/// Where a delivery stands after an answer: to a webhook, to a service that isn't one.
struct Row {
    name: &'static str,
    act: Act,
    of_webhook: &'static str,
    of_others: &'static str,
}

fn row(name: &'static str, act: Act, of_webhook: &'static str, of_others: &'static str) -> Row {
    Row { name, act, of_webhook, of_others }
}

const AGAIN: &str = "queued|sent_again_when_unknown|1|";

fn replies() -> Vec<Row> {
    let say = |text: &str| Act::Say(text.to_owned());
    vec![
        row(
            "400",
            Act::answer("400 Bad Request", "", "invalid_payload"),
            "queued|try_again|1|400",
            "failed|refused_for_good|1|400",
        ),
        row("401", Act::answer("401 Unauthorized", "", ""), "queued|try_again|1|401", "queued|try_again|1|401"),
        row("403", Act::answer("403 Forbidden", "", "no"), "queued|try_again|1|403", "failed|refused_for_good|1|403"),
        row(
            "404",
            Act::answer("404 Not Found", "", "no_service"),
            "queued|try_again|1|404",
            "failed|refused_for_good|1|404",
        ),
        row("408", Act::answer("408 Request Timeout", "", ""), "queued|try_again|1|408", "queued|try_again|1|408"),
        row(
            "410",
            Act::answer("410 Gone", "", ""),
            "refused|refused_at_request|1|410",
            "failed|refused_for_good|1|410",
        ),
        row("413", Act::answer("413 Too Large", "", ""), "queued|try_again|1|413", "failed|refused_for_good|1|413"),
        row(
            "429",
            Act::answer("429 Too Many", "Retry-After: 7200\r\n", ""),
            "queued|try_again|1|429",
            "queued|try_again|1|429",
        ),
        row("500", Act::answer("500 Oh", "", ""), "queued|try_again|1|500", "queued|try_again|1|500"),
        row(
            "503",
            Act::answer("503 Busy", "Retry-After: 7200\r\n", "x"),
            "queued|try_again|1|503",
            "queued|try_again|1|503",
        ),
        row("504", Act::answer("504 Gateway", "", ""), "queued|try_again|1|504", "uncertain|odd_after_message|1|"),
        row(
            "redirect",
            Act::answer("302 Found", "Location: http://169.254.169.254/\r\n", ""),
            "queued|try_again|1|302",
            "failed|refused_for_good|1|302",
        ),
        row("garbage", say("SSH-2.0-OpenSSH_9.2\r\n"), AGAIN, "uncertain|odd_after_message|1|"),
        row("closed", Act::Close, AGAIN, "uncertain|lost_after_message|1|"),
        row("half-closed", Act::HalfClose, AGAIN, "uncertain|lost_after_message|1|"),
        row("reset", Act::Reset, AGAIN, "uncertain|lost_after_message|1|"),
        row("half a head", say("HTTP/1.1 200 OK\r\nContent-Le"), AGAIN, "uncertain|lost_after_message|1|"),
    ]
}

/// The table for one service: yes, slow, everything above, silence, nobody there, nowhere allowed.
async fn every_reply(engine: Engine, fixture: &Fixture) {
    let server = HttpServer::start((fixture.yes)()).await;
    let settings = with_channels(vec![channel("room", fixture.kind, (fixture.service)(&server))]);
    let mut world = World::with(engine, settings).await;
    world.allow_leftovers();
    people(&world).await;
    let (name, app) = (fixture.name, world.app.clone());
    let is_webhook = fixture.kind == ChannelKind::Webhook;

    post(&app, fixture.kind).await;
    step(&app).await;
    assert_eq!(last(&world).await, "accepted|taken_by_service|1|", "{name}: success");
    let lane = world.texts("select lane from deliveries").await.remove(0);
    assert_eq!(lane, format!("{}/room", fixture.kind.name()));
    ledger::assert_lawful(&world).await;

    let gate = Arc::new(Notify::new());
    let Act::Say(yes) = (fixture.yes)() else { panic!("a yes is an answer") };
    server.does([Act::SayWhen(Arc::clone(&gate), yes)]);
    post(&app, fixture.kind).await;
    let sending = tokio::spawn({
        let app = app.clone();
        async move { step(&app).await }
    });
    server.has_taken(2).await;
    assert_eq!(last(&world).await, "handed|recipient_taken|1|", "{name}: past the fence, no answer yet");
    gate.notify_one();
    sending.await.expect("it ends");
    assert_eq!(last(&world).await, "accepted|taken_by_service|1|", "{name}: slow");

    for reply in replies() {
        let before = server.taken().len();
        server.does([reply.act.clone()]);
        post(&app, fixture.kind).await;
        step(&app).await;
        let wanted = if is_webhook { reply.of_webhook } else { reply.of_others };
        assert_eq!(last(&world).await, wanted, "{name}: {}", reply.name);
        assert_eq!(server.taken().len(), before + 1, "{name}: {}: one request, and nothing is followed", reply.name);
        if reply.name == "429" {
            let waits = "select count(*) from lanes where shut_until is not null and failures = 1";
            assert_eq!(world.number(waits).await, 1, "{name}: the lane waits as it was asked to");
        }
        forget(&world).await;
    }

    server.does([Act::Silent]);
    let impatient = world.replica(|settings| settings.net.reply = Duration::from_secs(1)).await;
    post(&impatient, fixture.kind).await;
    step(&impatient).await;
    let silent = if is_webhook { AGAIN } else { "uncertain|silent_after_message|1|" };
    assert_eq!(last(&world).await, silent, "{name}: silent");
    forget(&world).await;

    let before = server.taken().len();
    let strict = world.replica(|settings| settings.net.allow = Default::default()).await;
    post(&strict, fixture.kind).await;
    step(&strict).await;
    assert_eq!(last(&world).await, "failed|address_not_allowed|0|", "{name}: not excepted");
    assert_eq!(server.taken().len(), before, "{name}: nothing is sent there");

    drop(server);
    post(&app, fixture.kind).await;
    step(&app).await;
    assert_eq!(last(&world).await, "queued|lane_unreachable|0|", "{name}: nobody listens");
}

#[test]
fn every_registered_kind_has_a_fixture() {
    for way in WAYS {
        assert!(FIXTURES.iter().any(|fixture| fixture.kind == way.kind), "{:?} isn't tested", way.kind);
    }
    assert_eq!(WAYS.len(), ChannelKind::ALL.len() - 1, "every channel but mail is on the web");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reply_to_every_kind_on_sqlite() {
    for fixture in FIXTURES {
        every_reply(Engine::Sqlite, fixture).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reply_to_every_kind_on_postgres() {
    for fixture in FIXTURES {
        every_reply(Engine::Postgres, fixture).await;
    }
}

fn signature(key: &str, id: &str, at: &str, body: &str) -> String {
    use base64::Engine;
    use hmac::{KeyInit, Mac};
    let base64 = base64::engine::general_purpose::STANDARD;
    let key = base64.decode(key.trim_start_matches("whsec_")).expect("base 64");
    let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(&key).expect("a key");
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    format!("v1,{}", base64.encode(mac.finalize().into_bytes()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_is_the_same_event_on_every_try_signed_anew_by_every_key() {
    let server = HttpServer::start(Act::answer("500 Oh", "", "")).await;
    let service = (FIXTURES[2].service)(&server);
    let settings = with_channels(vec![channel("room", ChannelKind::Webhook, service)]);
    let mut world = World::with(Engine::Sqlite, settings).await;
    world.allow_leftovers();
    people(&world).await;
    post(&world.app, ChannelKind::Webhook).await;
    for _ in 0..2 {
        step(&world.app).await;
        world.advance(Duration::from_secs(40));
    }
    let taken = server.taken();
    assert_eq!(taken.len(), 2, "the second try comes after half a minute");
    assert_eq!((&taken[0].body, taken[0].header("webhook-id")), (&taken[1].body, taken[1].header("webhook-id")));
    assert_ne!(taken[0].header("webhook-timestamp"), taken[1].header("webhook-timestamp"));
    for request in &taken {
        let (id, at) = (request.header("webhook-id"), request.header("webhook-timestamp"));
        let wanted = [KEY, NEXT_KEY].map(|key| signature(key, id, at, &request.body)).join(" ");
        assert_eq!(request.header("webhook-signature"), wanted);
    }
    let event = taken[0].json();
    assert_eq!((event["type"].as_str(), event["data"]["test"].as_bool()), (Some("test"), Some(true)));
    assert_eq!(event["id"].as_str(), Some(taken[0].header("webhook-id")));
    assert_eq!(event["data"]["project"], "acme");
    let remarks = world.number("select count(*) from ledger where detail like 'these bytes differ%'").await;
    assert_eq!(remarks, 0, "the same bytes");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_service_is_told_in_its_own_form_what_is_marked_a_test() {
    let server = HttpServer::start(Act::answer("200 OK", "", "ok")).await;
    let mut bodies = Vec::new();
    for fixture in FIXTURES {
        server.does([(fixture.yes)()]);
        let settings = with_channels(vec![channel("room", fixture.kind, (fixture.service)(&server))]);
        let world = World::with(Engine::Sqlite, settings).await;
        people(&world).await;
        world.execute("update contacts set language = 'uk' where id = 'olena'").await;
        post(&world.app, fixture.kind).await;
        step(&world.app).await;
        assert_eq!(last(&world).await, "accepted|taken_by_service|1|", "{}", fixture.name);
        bodies.push(server.taken().pop().expect("a request"));
    }
    let [slack, teams, webhook, twilio, gateway] = &bodies[..] else { panic!("five") };
    assert!(slack.json()["text"].as_str().is_some_and(|text| text.starts_with("ТЕСТ: ")), "{}", slack.body);
    assert_eq!(slack.json()["blocks"][0]["type"], "header");
    let card = &teams.json()["attachments"][0]["content"];
    assert_eq!(
        (card["version"].as_str(), card["body"][0]["text"].as_str()),
        (Some("1.4"), Some("ТЕСТ: цей канал працює"))
    );
    assert_eq!(webhook.json()["data"]["language"], "uk");
    assert!(
        twilio.header("authorization").starts_with("Basic ") && twilio.body.starts_with("To=%2B380441234567&From=")
    );
    assert_eq!(gateway.line, "POST /send?to=380441234567 HTTP/1.1");
    let text = gateway.json()["text"].as_str().expect("a text").to_owned();
    assert!(text.starts_with("ТЕСТ: ") && text.contains("Ref ") && text.contains("tester"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn encryption_is_insisted_on_and_checked() {
    let server = HttpServer::encrypted(Act::answer("200 OK", "", "ok")).await;
    let target = Target::parse(&format!("https://localhost:{}/hook", server.address.port())).expect("an address");
    let service = Service::Slack(Hook { target });
    let ca_file = server.ca_file.clone();
    let mut world =
        World::with(Engine::Sqlite, with_channels(vec![channel("room", ChannelKind::Slack, service)])).await;
    world.allow_leftovers();
    people(&world).await;
    post(&world.app, ChannelKind::Slack).await;
    step(&world.app).await;
    assert_eq!(last(&world).await, "queued|lane_unreachable|0|", "nobody vouches for its certificate");
    assert!(server.taken().is_empty());
    forget(&world).await;
    let trusting = world.replica(|settings| settings.net.ca_file = Some(ca_file)).await;
    post(&trusting, ChannelKind::Slack).await;
    step(&trusting).await;
    assert_eq!(last(&world).await, "accepted|taken_by_service|1|");
}

on_both! {
    async fn one_endpoint_that_never_answers_holds_up_nobody_else(world: World) {
        let (silent, quick) = (HttpServer::start(Act::Silent).await, HttpServer::start(Act::answer("200 OK", "", "ok")).await);
        let gate = Arc::new(Notify::new());
        silent.does([Act::SayWhen(Arc::clone(&gate), response("200 OK", "", ""))]);
        people(&world).await;
        let channels = vec![
            channel("room", ChannelKind::Webhook, (FIXTURES[2].service)(&silent)),
            channel("room", ChannelKind::Slack, (FIXTURES[0].service)(&quick)),
        ];
        let app = world.replica(with_channels(channels)).await;
        for kind in [ChannelKind::Webhook, ChannelKind::Slack, ChannelKind::Email] {
            post(&app, kind).await;
        }
        let sending = tokio::spawn({
            let app = app.clone();
            async move { step(&app).await }
        });
        silent.has_taken(1).await;
        while world.number("select count(*) from deliveries where state = 'accepted'").await < 2 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        gate.notify_one();
        sending.await.expect("it ends");
        assert_eq!(world.number("select count(*) from deliveries where state = 'accepted'").await, 3);
        ledger::assert_lawful(&world).await;
    }

    async fn texts_go_by_the_next_gateway_while_the_first_cant_be_reached(world: World) {
        let (gone, there) = (HttpServer::start(Act::Silent).await, HttpServer::start((FIXTURES[4].yes)()).await);
        people(&world).await;
        let channels = vec![
            channel("a-first", ChannelKind::Sms, (FIXTURES[3].service)(&gone)),
            channel("b-next", ChannelKind::Sms, (FIXTURES[4].service)(&there)),
        ];
        drop(gone);
        let app = world.replica(with_channels(channels)).await;
        post(&app, ChannelKind::Sms).await;
        step(&app).await;
        assert_eq!(last(&world).await, "accepted|taken_by_service|1|");
        assert_eq!(world.texts("select lane from deliveries").await, ["sms/b-next"]);
        ledger::assert_lawful(&world).await;
    }

    async fn the_gate_is_asked_for_every_channel_as_for_mail(world: World) {
        let server = HttpServer::start(Act::answer("200 OK", "", "ok")).await;
        people(&world).await;
        let app = world.replica(with_channels(vec![channel("room", ChannelKind::Slack, (FIXTURES[0].service)(&server))])).await;
        post(&app, ChannelKind::Slack).await;
        world.execute("delete from contact_addresses where channel = 'slack'").await;
        step(&app).await;
        assert_eq!(last(&world).await, "suppressed|address_removed|0|");
        assert!(server.taken().is_empty());
    }

    async fn a_number_that_nobody_confirmed_gets_nothing(world: World) {
        let server = HttpServer::start((FIXTURES[4].yes)()).await;
        people(&world).await;
        world.execute("update contacts set settings = '{}'").await;
        let service = (FIXTURES[4].service)(&server);
        let app = world.replica(with_channels(vec![channel("texts", ChannelKind::Sms, service)])).await;
        post(&app, ChannelKind::Sms).await;
        step(&app).await;
        assert_eq!(last(&world).await, "suppressed|number_not_confirmed|0|");
        assert!(server.taken().is_empty());
    }

    async fn the_command_says_what_happened_or_why_not(world: World) {
        let server = HttpServer::start(Act::answer("200 OK", "", "ok")).await;
        people(&world).await;
        program::settings(&world, 0);
        let file = world.folder().join("callbrief.toml");
        let mut text = std::fs::read_to_string(&file).expect("the settings");
        text.push_str("[net]\nallow = [\"127.0.0.0/8\"]\n[channels.room]\nkind = \"slack\"\nurl = { env = \"ROOM_URL\" }\n");
        std::fs::write(&file, text).expect("written");
        let run = |args: &[&str]| {
            let output = program::command(&world, "2026-11-16T06:00:00Z", args)
                .env("ROOM_URL", server.url("/services/geheim"))
                .output()
                .expect("it runs");
            let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            assert!(!said.contains("geheim"), "{said}");
            (output.status.code(), said)
        };
        let (code, said) = run(&["test-alert", "--channel", "slack", "--to", "olena"]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("slack room: taken by slack/room, which said: 127.0.0.1:") && said.contains("200 ok; reference "), "{said}");
        let reference = said.split("; reference ").nth(1).and_then(|rest| rest.split_whitespace().next());
        let reference = reference.expect("it is said").to_owned();
        let (_, explained) = run(&["explain", &reference]);
        assert!(explained.contains("The test by slack to room") && explained.contains("was taken by room"), "{explained}");
        let (_, listed) = run(&["deliveries"]);
        assert!(listed.contains("slack room"), "{listed}");
        let (code, said) = run(&["test-alert", "--channel", "email", "--to", "olena"]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("email olena@acme.example: taken by email/file"), "{said}");
        server.does([Act::answer("404 Not Found", "", "no_service")]);
        let (code, said) = run(&["test-alert", "--channel", "slack", "--to", "olena", "--project", "acme"]);
        assert_eq!(code, Some(4), "{said}");
        assert!(said.contains("slack room: failed: it was refused for good") && said.contains("404 no_service"), "{said}");
        for (args, wanted) in [
            (vec!["--channel", "teams", "--to", "olena"], "the settings have no [channels.room] with kind = \"teams\""),
            (vec!["--channel", "slack", "--to", "taras"], "`taras` has no address for slack"),
            (vec!["--channel", "slack", "--to", "nobody"], "there is no contact `nobody`"),
            (vec!["--channel", "fax", "--to", "olena"], "the channels are email, sms, slack, teams, webhook"),
        ] {
            let (code, said) = run(&["test-alert"].into_iter().chain(args).collect::<Vec<_>>());
            assert_eq!(code, Some(2), "{said}");
            assert!(said.contains(wanted), "{wanted}\n{said}");
        }
        assert_eq!(world.outbox().len(), 1);
        let found = by_hand::find(&world.app, &reference).await.expect("it is found");
        assert_eq!(found.state, "accepted");
    }
}

fn written(world: &World) -> Vec<(String, String)> {
    let mut files: Vec<_> = std::fs::read_dir(world.folder().join("rooms"))
        .into_iter()
        .flatten()
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("text"))
        })
        .collect();
    files.sort();
    files
}

on_both! {
    async fn a_channel_that_is_a_folder_takes_what_would_have_been_posted_once_and_says_that_nothing_was_sent(world: World) {
        people(&world).await;
        let folder = world.folder().join("rooms");
        let outbox = Outbox { folder: folder.clone(), opened: true, most_parts: 3 };
        let kinds = [ChannelKind::Slack, ChannelKind::Teams, ChannelKind::Webhook, ChannelKind::Sms];
        let channels = kinds.map(|kind| channel("room", kind, Service::Folder(outbox.clone())));
        // Not even this machine may be reached.
        let app = world.replica(|settings| settings.channels = channels.into()).await;
        for kind in kinds {
            post(&app, kind).await;
            step(&app).await;
            assert_eq!(last(&world).await, "accepted|written_to_a_file|1|", "{kind:?}");
        }
        step(&app).await;
        let references = world.texts("select reference from deliveries order by id").await;
        let files = written(&world);
        let mut names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
        let mut expected: Vec<String> = ["slack.json", "teams.json", "webhook.json", "sms.txt"]
            .iter()
            .zip(&references)
            .map(|(ending, reference)| format!("{reference}.{ending}"))
            .collect();
        expected.push(format!("{}.slack.html", references[0]));
        expected.push(format!("{}.teams.html", references[1]));
        expected.sort();
        names.sort();
        assert_eq!(names, expected, "no draft is left, and nothing is there twice");
        let text = |ending: &str| files.iter().find(|(name, _)| name.ends_with(ending)).expect("a file").1.clone();
        let json = |ending: &str| serde_json::from_str::<serde_json::Value>(&text(ending)).expect("JSON");
        assert_eq!(json("slack.json")["blocks"][0]["type"], "header");
        assert_eq!(json("teams.json")["attachments"][0]["content"]["version"], "1.4");
        assert_eq!(json("webhook.json")["type"], "test");
        let sms = text("sms.txt");
        assert!(sms.starts_with("To: +380441234567\nParts: 1 (GSM-7, ") && sms.contains("\n\nTEST: "), "{sms}");
        assert!(sms.contains(&format!("Ref {}", references[3])), "{sms}");
        assert!(text("slack.html").contains("TEST:") && text("teams.html").contains(&references[1]));
        let replies = world.texts("select reply from deliveries order by id").await;
        for (reply, reference) in replies.iter().zip(&references) {
            assert!(reply.starts_with(&format!("written to the file {reference}.")), "{reply}");
            assert!(reply.ends_with("; nothing was sent"), "{reply}");
        }
        // Again is the same file: a try whose outcome was lost writes what stands there already.
        let before = written(&world);
        world.execute("update deliveries set state = 'queued', not_before = created_at, settled_at = null").await;
        step(&app).await;
        assert_eq!(written(&world), before);
    }

    async fn a_folder_that_can_t_be_written_costs_no_try(world: World) {
        people(&world).await;
        std::fs::write(world.folder().join("rooms"), "a file where the folder should be").expect("written");
        let outbox = Outbox { folder: world.folder().join("rooms"), opened: false, most_parts: 3 };
        let app = world.replica(|settings| {
            settings.channels = vec![channel("room", ChannelKind::Slack, Service::Folder(outbox))];
        }).await;
        post(&app, ChannelKind::Slack).await;
        step(&app).await;
        assert!(last(&world).await.starts_with("queued|"), "{}", last(&world).await);
        assert!(last(&world).await.ends_with("|0|"), "{}", last(&world).await);
        forget(&world).await;
    }
}
