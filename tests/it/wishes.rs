//! What readers wish: stop, pause, all of a project, and back, by the link in a mail; STOP and START by a text.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use callbrief::config::channels::{Channel, Replies, Service, SmsWay};
use callbrief::config::secret::Secret;
use callbrief::config::settings::Settings;
use callbrief::domain::balance::{Entry, EntryKind};
use callbrief::domain::contact::ChannelKind;
use callbrief::domain::ids::{BalanceName, ContactId, ProjectId};
use callbrief::domain::money::Amount;
use callbrief::funds;
use callbrief::jobs;
use callbrief::notify::test_alert::{self, Asked};
use callbrief::store::balances::NewBalance;
use ring::hmac;

use crate::channels::{FIXTURES, channel};
use crate::flow::{self, ACME, CALLS, DUE};
use crate::support::http::{Act, HttpServer};
use crate::support::mail::Mail;
use crate::support::{Engine, World, on_both};
use crate::web::{Site, ask};

/// The path of the stop link in the last mail to this address.
pub fn link(world: &World, to: &str) -> String {
    let mails = world.outbox();
    let raw = mails.iter().rev().map(|mail| String::from_utf8_lossy(mail).replace("\r\n ", " "));
    let mut own = raw.filter(|mail| mail.contains(&format!("{to}>")) || mail.contains(&format!("To: {to}")));
    let mail = own.find(|mail| mail.contains("/stop/")).unwrap_or_else(|| panic!("a mail to {to}"));
    let rest = mail.split("https://reports.test.example").nth(1).expect("a link");
    rest.split(['>', '"', ' ', '\r']).next().expect("a path").to_owned()
}

async fn post(site: &Site, path: &str, body: &str) -> String {
    let head = "content-type: application/x-www-form-urlencoded\r\n";
    ask(site.public, &format!("POST {path}\n{head}content-length: {}\r\n\r\n{body}", body.len())).await
}

async fn stops(world: &World) -> Vec<String> {
    let sql = "select address || ' ' || coalesce(schedule, 'all') || ' ' || reason from suppressions where lifted_at is null order by id";
    world.texts(sql).await
}

async fn sent_to(world: &World, address: &str) -> usize {
    let sql = format!("select state from deliveries where address = '{address}' and state = 'accepted'");
    world.texts(&sql).await.len()
}

const TARAS: &str = "taras@acme.example";

/// Four of five get Monday's report; the site answers.
async fn monday(world: &World) -> Site {
    flow::acme(world).await;
    world.set(DUE);
    world.settle().await;
    Site::of(world).await
}

on_both! {
    async fn a_report_is_paused_up_to_a_day_and_comes_again_by_itself(world: World) {
        let site = monday(&world).await;
        let path = link(&world, TARAS);
        let page = ask(site.public, &format!("GET {path}")).await;
        for said in ["Acme Windows", "t•••@acme.example", "type=\"date\"", "min=\"2026-11-24\"", "value=\"project\""] {
            assert!(page.contains(said), "{said}: {page}");
        }
        for wrong in ["do=pause&until=2026-11-23", "do=pause&until=2027-11-25", "do=pause&until=x", "do=pause"] {
            assert!(post(&site, &path, wrong).await.starts_with("HTTP/1.1 422"), "{wrong}");
        }
        assert!(stops(&world).await.is_empty());
        for _ in 0..2 {
            let page = post(&site, &path, "do=pause&until=2026-12-05").await;
            assert!(page.contains("The report is paused") && page.contains("5 December 2026"), "{page}");
            assert_eq!(stops(&world).await, ["taras@acme.example weekly paused_by_reader"]);
        }
        assert_eq!(sent_to(&world, TARAS).await, 1);
        world.set("2026-11-30T06:00:00Z");
        world.settle().await;
        assert_eq!(sent_to(&world, TARAS).await, 1, "it is paused");
        // The fifth of December begins in Kyiv.
        world.set("2026-12-04T21:59:59Z");
        world.settle().await;
        assert_eq!(stops(&world).await.len(), 1);
        world.set("2026-12-04T22:00:00Z");
        world.settle().await;
        assert!(stops(&world).await.is_empty());
        world.set("2026-12-07T06:00:00Z");
        world.settle().await;
        assert_eq!(sent_to(&world, TARAS).await, 2, "it comes again");
        site.end().await;
    }

    async fn one_click_outlasts_a_pause_and_undo_takes_back_only_what_its_reader_wished(world: World) {
        let site = monday(&world).await;
        let path = link(&world, TARAS);
        post(&site, &path, "do=pause&until=2026-12-05").await;
        assert!(post(&site, &path, "List-Unsubscribe=One-Click").await.starts_with("HTTP/1.1 200"));
        assert_eq!(stops(&world).await, ["taras@acme.example weekly unsubscribed"]);
        let page = post(&site, &path, "do=project").await;
        assert!(page.contains("Everything of Acme Windows is stopped") && page.contains("value=\"undo\""), "{page}");
        assert_eq!(stops(&world).await, ["taras@acme.example weekly unsubscribed", "taras@acme.example all unsubscribed"]);
        post(&site, &path, "List-Unsubscribe=One-Click").await;
        assert_eq!(stops(&world).await.len(), 2, "one click never narrows a no");
        let page = post(&site, &path, "do=undo").await;
        assert!(page.contains("The report comes again") && stops(&world).await.is_empty(), "{page}");
        // What one of us stopped, its reader can't take back.
        world.execute("insert into suppressions (channel, address, reason, actor, created_at) select 'email', 'taras@acme.example', 'by_hand', 'me', created_at from projects").await;
        let page = post(&site, &path, "do=undo").await;
        assert!(page.contains("Nothing is sent here any more") && !page.contains("<form"), "{page}");
        assert_eq!(stops(&world).await, ["taras@acme.example all by_hand"]);
        assert!(post(&site, &format!("{path}x"), "do=project").await.starts_with("HTTP/1.1 404"));
        site.end().await;
    }

    async fn a_person_s_no_outlives_the_file(world: World) {
        let site = monday(&world).await;
        post(&site, &link(&world, TARAS), "do=stop").await;
        world.apply(ACME).await;
        world.apply(&ACME.replace("\"taras\", ", "").replace("at = \"08:00\"", "at = \"09:00\"")).await;
        world.apply(&ACME.replace("Taras Bondar", "T. Bondar")).await;
        assert_eq!(stops(&world).await, ["taras@acme.example weekly unsubscribed"]);
        world.import("acme", &CALLS.replace("2026-11-1", "2026-11-2").replace("a,", "d,").replace("b,", "e,").replace("c,", "f,")).await;
        world.set("2026-11-30T07:00:00Z");
        world.settle().await;
        assert_eq!(sent_to(&world, TARAS).await, 1, "no more than the first");
        assert_eq!(sent_to(&world, "olena@acme.example").await, 2);
        site.end().await;
    }

    async fn the_owner_stands_in_for_a_last_reader_of_bills_who_stops_and_no_bill_has_a_one_click_header(world: World) {
        world.set("2026-11-16T09:00:00Z");
        let with_limit = ACME.replace("allowed_domains = [\"acme.example\"]", "allowed_domains = [\"acme.example\"]\n[project.balances.forwarding]\nlow = \"50\"");
        world.apply(&with_limit).await;
        world.import("acme", CALLS).await;
        world.set(DUE);
        world.settle().await;
        let project = world.app.store.project(&ProjectId::parse("acme").expect("an id")).await.expect("read").expect("there");
        let name = BalanceName::parse("forwarding").expect("a name");
        let balance = |amount: &'static str| {
            let (world, project, name) = (&world, &project, &name);
            async move {
                let amount = Amount::parse(amount).expect("a sum");
                let new = NewBalance { name: name.clone(), currency: "EUR".into(), amount, credit_limit: None, auto_topup: Default::default(), as_of: world.now() };
                funds::set_balance(&world.app, project, &new, "tester").await.expect("it is taken");
                world.settle().await;
                world.advance(Duration::from_secs(60));
            }
        };
        balance("600").await;
        let topup = |id: &'static str, kind: EntryKind| {
            let (world, project, name) = (&world, &project, &name);
            async move {
                let amount = Amount::parse("40").expect("a sum");
                let entry = Entry { id: id.into(), at: world.now(), kind, amount, what: String::new() };
                funds::add_entries(&world.app, project, name, &[entry], "tester").await.expect("added");
                world.settle().await;
                world.advance(Duration::from_secs(60));
            }
        };
        topup("f1", EntryKind::TopupFailed).await;
        let warned = "select address from deliveries where kind = 'topup_failed' and state = 'accepted' order by id";
        assert_eq!(world.texts(warned).await, ["inna@acme.example"]);
        let bill = world.outbox().into_iter().map(|mail| String::from_utf8_lossy(&mail).into_owned());
        let bill = bill.into_iter().find(|mail| Mail::read(mail.as_bytes()).text.contains("40")).expect("the warning");
        assert!(!bill.contains("List-Unsubscribe"), "{bill}");
        let site = Site::of(&world).await;
        post(&site, &link(&world, "inna@acme.example"), "do=project").await;
        topup("t1", EntryKind::Topup).await;
        balance("700").await;
        topup("f2", EntryKind::TopupFailed).await;
        let last = world.texts(warned).await.pop();
        assert_eq!(last.as_deref(), Some("olena@acme.example"), "the owner hears instead");
        site.end().await;
    }
}

/// A channel of Twilio's and a gateway that tells answers.
async fn with_texts(engine: Engine) -> (World, HttpServer) {
    let server = HttpServer::start((FIXTURES[3].yes)()).await;
    let twilio = channel("texts", ChannelKind::Sms, (FIXTURES[3].service)(&server));
    let mut other: Channel = channel("texts-backup", ChannelKind::Sms, (FIXTURES[4].service)(&server));
    let Some(Service::Sms(sms)) = &mut other.service else { panic!("a gateway") };
    let SmsWay::Gateway(gateway) = &mut sms.way else { panic!("a gateway") };
    let (from, text) = ("/message/from".to_owned(), "/message/text".to_owned());
    gateway.replies = Some(Replies { secret: Secret::new("0123456789abcdef0123"), from, text });
    let world = World::with(engine, |settings: &mut Settings| {
        crate::channels::with_channels(vec![twilio, other])(settings);
    })
    .await;
    let people = "[[contact]]\nid = \"olena\"\nname = \"Olena\"\nroles = { acme = [\"owner\"] }\n\
        addresses = { email = [\"olena@acme.example\"], sms = [{ number = \"+380441234567\", verified = \"contract\" }] }\n";
    world.apply(&format!("{}\n{people}", &ACME[..ACME.find("[[contact]]").expect("contacts")])).await;
    (world, server)
}

fn signed(token: &str, body: &str) -> String {
    let mut fields: Vec<(String, String)> = url::form_urlencoded::parse(body.as_bytes())
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    fields.sort();
    let text: String = fields.into_iter().map(|(name, value)| name + &value).collect();
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.as_bytes());
    let tag = hmac::sign(&key, format!("https://reports.test.example/v1/sms-replies{text}").as_bytes());
    STANDARD.encode(tag)
}

async fn twilio(site: &Site, token: &str, body: &str) -> String {
    let head =
        format!("content-type: application/x-www-form-urlencoded\r\nx-twilio-signature: {}\r\n", signed(token, body));
    ask(site.public, &format!("POST /v1/sms-replies\n{head}content-length: {}\r\n\r\n{body}", body.len())).await
}

async fn texts_stop_and_start(engine: Engine) {
    let (world, server) = with_texts(engine).await;
    let site = Site::of(&world).await;
    let audit = || {
        world
            .texts("select actor || ' ' || action || ' ' || subject from audit where action like 'texts_%' order by id")
    };
    let stop = "From=%2B380441234567&To=%2B12025550123&Body=Stop.&MessageSid=SM00000000000000000000000000000001";
    assert!(twilio(&site, "another", stop).await.starts_with("HTTP/1.1 401"));
    assert!(stops(&world).await.is_empty());
    for _ in 0..2 {
        let answer = twilio(&site, "geheim", stop).await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("<Response/>"), "{answer}");
    }
    assert_eq!(stops(&world).await, ["+380441234567 all stopped_by_text"]);
    assert_eq!(audit().await, ["recipient texts_stopped +380441234567"], "once");
    let other = "From=%2B380441234567&Body=I+will+start+soon&MessageSid=SM00000000000000000000000000000002";
    twilio(&site, "geheim", other).await;
    assert_eq!(stops(&world).await.len(), 1, "only a whole answer is a wish");
    // Another gateway's START lifts it: it is the number's own wish.
    let json = |text: &str| format!("{{\"message\":{{\"from\":380441234567,\"text\":\"{text}\"}}}}");
    let ask_gateway = |path: &'static str, head: &'static str, body: String| {
        let request = format!(
            "POST {path}\ncontent-type: application/json\r\n{head}content-length: {}\r\n\r\n{body}",
            body.len()
        );
        let public = site.public;
        async move { ask(public, &request).await }
    };
    assert!(ask_gateway("/v1/sms-replies", "", json("START")).await.starts_with("HTTP/1.1 401"));
    assert!(ask_gateway("/v1/sms-replies/0123456789abcdef0124", "", json("START")).await.starts_with("HTTP/1.1 401"));
    let bearer = "authorization: Bearer 0123456789abcdef0123\r\n";
    assert!(ask_gateway("/v1/sms-replies", bearer, json("START")).await.starts_with("HTTP/1.1 200"));
    assert!(stops(&world).await.is_empty());
    assert!(ask_gateway("/v1/sms-replies/0123456789abcdef0123", "", json("СТОП")).await.starts_with("HTTP/1.1 200"));
    assert_eq!(stops(&world).await.len(), 1);
    for wrong in ["", "{}", "[[[[", "{\"message\":{\"from\":\"x\",\"text\":\"STOP\"}}"] {
        let answer = ask_gateway("/v1/sms-replies/0123456789abcdef0123", "", wrong.to_owned()).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    }
    ask_gateway("/v1/sms-replies", bearer, json("START")).await;
    assert_eq!(audit().await.len(), 4);
    // Twilio knows of a STOP that we weren't told.
    world.advance(Duration::from_secs(60));
    server.does([Act::answer(
        "400 Bad Request",
        "",
        r#"{"code":21610,"message":"Attempt to send to unsubscribed recipient"}"#,
    )]);
    let id = ProjectId::parse("acme").expect("an id");
    let project = world.app.store.project(&id).await.expect("read").expect("there");
    let contact =
        world.app.store.contact(&ContactId::parse("olena").expect("an id")).await.expect("read").expect("there");
    test_alert::post(
        &world.app,
        Asked { project: &project, contact: &contact, channel: ChannelKind::Sms, actor: "tester" },
    )
    .await
    .expect("posted");
    jobs::tick(&world.app).await.expect("the jobs run");
    assert_eq!(stops(&world).await, ["+380441234567 all stopped_by_text"]);
    let sql = "select state || ' ' || reason from deliveries where kind = 'test'";
    assert_eq!(world.texts(sql).await, ["failed stopped_by_text"]);
    site.end().await;
}

async fn told_again(engine: Engine) {
    let (mut world, _server) = with_texts(engine).await;
    world.allow_leftovers();
    let site = Site::of(&world).await;
    let text =
        |word: &str, number: u32| format!("From=%2B380441234567&Body={word}&MessageSid=SM{number:032x}&NumMedia=0");
    let audit = "select count(*) from audit where action like 'texts_%'";
    let (started, stopped) = (text("START", 1), text("STOP", 2));
    // A START that lifts nothing is taken too: what stops come after it are none of its business.
    for body in [&started, &stopped, &started, &stopped] {
        let answer = twilio(&site, "geheim", body).await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("<Response/>"), "{answer}");
    }
    assert_eq!(stops(&world).await, ["+380441234567 all stopped_by_text"], "an old START lifts nothing");
    world.advance(Duration::from_secs(300 * 86_400));
    twilio(&site, "geheim", &started).await;
    assert_eq!(stops(&world).await.len(), 1, "nor does it months later");
    twilio(&site, "geheim", &text("START", 3)).await;
    assert!(stops(&world).await.is_empty(), "a new one does");
    twilio(&site, "geheim", &stopped).await;
    assert!(stops(&world).await.is_empty(), "and an old STOP stops nothing");
    assert_eq!(world.number(audit).await, 2, "what changed nothing is in no audit");
    // The same signature over the same letters, with other borders between them: no name, or another.
    let words = |body: &str| signed("geheim", body);
    let without = "From=%2B380441234567&Body=STARTMessageSidSM00000000000000000000000000000001NumMedia0";
    let longer = "From=%2B380441234567&Body=STOP&MessageSid=SM00000000000000000000000000000002NumMedia0";
    assert_eq!(words(longer), words(&stopped), "it is signed as well");
    for body in [without, longer, "From=%2B380441234567&Body=STOP", &text("STOP", 9).replace("=SM", "=CA")] {
        let answer = twilio(&site, "geheim", body).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    }
    assert!(stops(&world).await.is_empty());
    // Two that come at one moment are one.
    let both = text("STOP", 10);
    let _ = futures_util::future::join_all((0..8).map(|_| twilio(&site, "geheim", &both))).await;
    assert_eq!((stops(&world).await.len(), world.number(audit).await), (1, 3));
    // What is kept is a name, which nobody is known by, and for as long as the ledger.
    assert_eq!(world.number("select count(*) from replies").await, 4);
    assert_eq!(world.number("select count(*) from replies where message like '%380441234567%'").await, 0);
    for days in [20, 20, 900, 20, 20] {
        world.advance(Duration::from_secs(days * 86_400));
        let _ = jobs::tick(&world.app).await;
        world.advance(Duration::from_secs(25 * 3_600));
        let _ = jobs::tick(&world.app).await;
    }
    assert_eq!(world.number("select count(*) from replies").await, 0, "they aren't kept for ever");
    site.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_told_again_later_changes_nothing_on_sqlite() {
    told_again(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_told_again_later_changes_nothing_on_postgres() {
    told_again(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_stop_and_start_on_sqlite() {
    texts_stop_and_start(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_stop_and_start_on_postgres() {
    texts_stop_and_start(Engine::Postgres).await;
}
