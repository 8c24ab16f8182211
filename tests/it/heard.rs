//! What somebody must notice is told once, past what fails; what nobody wants to hear is kept back and told of when that ends; what
//! may wait is gathered.

use std::time::Duration;

use callbrief::config::money_sources::MoneySource;
use callbrief::config::settings::{Encryption, Settings, Transport, Watch};
use callbrief::domain::balance::{Entry, EntryKind};
use callbrief::domain::contact::ChannelKind;
use callbrief::domain::ids::{BalanceName, ProjectId};
use callbrief::domain::instant::Instant;
use callbrief::domain::money::Amount;
use callbrief::domain::project::Project;
use callbrief::funds;
use callbrief::funds::source::{Account, Look, LookError, turn};
use callbrief::notify::silence;
use callbrief::store::balances::NewBalance;
use callbrief::store::silences::NewSilence;

use crate::channels::{FIXTURES, channel, with_channels};
use crate::complete::import_covering;
use crate::flow::{ACME, CALLS, DUE};
use crate::program::Silent;
use crate::support::http::HttpServer;
use crate::support::mail::Mail;
use crate::support::smtp::{Script, SmtpServer};
use crate::support::{Engine, World, ledger, on_both};

async fn acme(world: &World) -> Project {
    let id = ProjectId::parse("acme").expect("an id");
    world.app.store.project(&id).await.expect("it is read").expect("it is there")
}

async fn balance(world: &World, amount: &str) {
    let new = NewBalance {
        name: BalanceName::parse("forwarding").expect("a name"),
        currency: "EUR".into(),
        amount: Amount::parse(amount).expect("a sum"),
        credit_limit: None,
        auto_topup: Default::default(),
        as_of: world.now(),
    };
    funds::set_balance(&world.app, &acme(world).await, &new, "tester").await.expect("it is taken");
}

/// Usage of a day, of a project's forwarding funds.
async fn usage(world: &World, project: &str, at: &str) {
    let id = ProjectId::parse(project).expect("an id");
    let project = world.app.store.project(&id).await.expect("it is read").expect("it is there");
    let at = Instant::parse_rfc3339(at).expect("a time");
    let amount = Amount::parse("10").expect("a sum");
    let entry = Entry { id: at.to_string(), at, kind: EntryKind::Usage, amount, what: String::new() };
    let name = BalanceName::parse("forwarding").expect("a name");
    funds::add_entries(&world.app, &project, &name, &[entry], "tester").await.expect("added");
}

/// A balance that is told now, of so much that nobody is warned.
async fn told_balance(world: &World, project: &str) {
    let id = ProjectId::parse(project).expect("an id");
    let project = world.app.store.project(&id).await.expect("it is read").expect("it is there");
    let new = NewBalance {
        name: BalanceName::parse("forwarding").expect("a name"),
        currency: "EUR".into(),
        amount: Amount::parse("9000").expect("a sum"),
        credit_limit: None,
        auto_topup: Default::default(),
        as_of: world.now(),
    };
    funds::set_balance(&world.app, &project, &new, "tester").await.expect("it is taken");
}

/// A project whose usage is what calls cost.
const BY_CALLS: &str = "\n[[project]]\nid = \"calls\"\nname = \"Calls\"\nzone = \"Europe/Kyiv\"\nlocale = \"en\"\ncurrency = \"EUR\"\n\n\
    [project.balances.forwarding]\nusage_from_calls = true\n";

async fn entry(world: &World, id: &str, kind: EntryKind) {
    let amount = Amount::parse(if id == "f1" { "10" } else { "20" }).expect("a sum");
    let entry = Entry { id: id.into(), at: world.now(), kind, amount, what: String::new() };
    let name = BalanceName::parse("forwarding").expect("a name");
    funds::add_entries(&world.app, &acme(world).await, &name, &[entry], "tester").await.expect("added");
    world.settle().await;
    world.advance(Duration::from_secs(60));
}

/// A top-up that didn't work, and one that did.
async fn fails_and_mends(world: &World, failed: &str, mended: &str, amount: &str) {
    entry(world, failed, EntryKind::TopupFailed).await;
    entry(world, mended, EntryKind::Topup).await;
    balance(world, amount).await;
    world.settle().await;
    world.advance(Duration::from_secs(60));
}

async fn told(world: &World, trouble: &str) -> i64 {
    world.number(&format!("select count(*) from notices where dedup_key like 'watch/{trouble}/%'")).await
}

const MINUTE: u64 = 60;

async fn later(world: &World, minutes: u64) {
    world.advance(Duration::from_secs(minutes * MINUTE));
    world.settle().await;
}

async fn mail_fails(engine: Engine) {
    let chat = HttpServer::start((FIXTURES[0].yes)()).await;
    let (server, silent) = (SmtpServer::start(Script::default()).await, Silent::port());
    let mut relay = server.relay("main", Encryption::Plain);
    if let Transport::Smtp(smtp) = &mut relay.transport {
        smtp.port = silent.number();
    }
    let room = channel("room", ChannelKind::Slack, (FIXTURES[0].service)(&chat));
    let mut world = World::with(engine, |settings: &mut Settings| {
        with_channels(vec![room])(settings);
        settings.mail.relays = vec![relay];
        settings.operations.channels = vec![(ChannelKind::Slack, "room".to_owned())];
        let span = |minutes: u64| Duration::from_secs(minutes * MINUTE);
        settings.watch = Watch { reports: span(60), lane: span(30), ..settings.watch };
    })
    .await;
    world.allow_leftovers();
    let olena =
        "addresses = { email = [\"olena@acme.example\"], slack = [\"room\"] }\nalerts = { critical = [\"slack\"] }";
    world.set("2026-11-16T09:00:00Z");
    world.apply(&ACME.replace("addresses = { email = [\"olena@acme.example\"] }", olena)).await;
    world.import("acme", CALLS).await;
    world.set(DUE);
    world.settle().await;
    later(&world, 5).await;
    later(&world, 29).await;
    assert_eq!((told(&world, "lane").await, chat.taken().len()), (0, 0), "it may last for half an hour");
    later(&world, 2).await;
    assert_eq!((told(&world, "lane").await, told(&world, "reports").await), (1, 0));
    assert_eq!(chat.taken().len(), 1);
    assert!(chat.taken()[0].body.contains("email/main can’t be used"), "{}", chat.taken()[0].body);
    later(&world, 30).await;
    assert_eq!(told(&world, "reports").await, 2, "the owner and operations");
    assert_eq!(chat.taken().len(), 3);
    assert!(chat.taken()[2].body.contains("Reports aren’t going out"), "{}", chat.taken()[2].body);
    for _ in 0..5 {
        later(&world, 20).await;
    }
    assert_eq!((told(&world, "lane").await, told(&world, "reports").await, chat.taken().len()), (1, 2, 3), "once");
    let ways = "select distinct d.channel from deliveries d join notices n on n.id = d.notice where n.dedup_key like 'watch/%'";
    assert_eq!(world.texts(ways).await, ["slack"], "not by mail, which is what fails");
    // It is well again, and fails again a week later.
    world.execute("update deliveries set state = 'cancelled' where state = 'queued'").await;
    world.execute("update lanes set failures = 0, shut_until = null, last_error = null").await;
    later(&world, 2).await;
    world.set("2026-11-30T06:00:00Z");
    world.settle().await;
    later(&world, 5).await;
    later(&world, 31).await;
    later(&world, 31).await;
    assert_eq!((told(&world, "lane").await, told(&world, "reports").await), (2, 4), "again, because it had ended");
    drop(silent);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_must_know_that_mail_fails_hears_it_by_another_way_once_on_sqlite() {
    mail_fails(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_must_know_that_mail_fails_hears_it_by_another_way_once_on_postgres() {
    mail_fails(Engine::Postgres).await;
}

fn watchful(settings: &mut Settings) {
    let days = |days: u64| Duration::from_secs(days * 86_400);
    settings.watch = Watch { balance: days(2), source: days(3), usage: days(4), ..settings.watch };
}

/// A database of somebody else's that tells usage; nobody asks it, because its address isn't known here.
fn billing() -> MoneySource {
    MoneySource {
        name: "billing".to_owned(),
        url: None,
        every: Duration::from_secs(900),
        timeout: Duration::from_secs(60),
        most_rows: 1_000,
        zone: "UTC".to_owned(),
        tls: None,
        ca_file: None,
        balances: None,
        entries: Some("select 1".to_owned()),
        standings: None,
    }
}

fn with_billing(settings: &mut Settings) {
    watchful(settings);
    settings.money_sources = vec![billing()];
}

const NADIA: &str = "[[contact]]\nid = \"nadia\"\nname = \"Nadia\"\nroles = { acme = [\"finance\"] }\naddresses = { email = [\"nadia@acme.example\"] }\n";

/// A project with a balance, its owner, and Nadia, who looks after money.
fn people(nadia: &str) -> String {
    let project = &ACME[..ACME.find("[[contact]]").expect("contacts")];
    format!(
        "{project}\n[project.balances.forwarding]\nlow = \"1\"\n\n[[contact]]\nid = \"olena\"\nname = \"Olena\"\n\
         addresses = {{ email = [\"olena@acme.example\"] }}\nroles = {{ acme = [\"owner\"] }}\n\n{NADIA}{nadia}\n"
    )
}

fn subjects(world: &World) -> Vec<String> {
    Mail::all(world).into_iter().map(|mail| format!("{} {}", mail.to, mail.subject)).collect()
}

on_both! {
    async fn an_old_balance_is_told_once_to_its_owner_and_to_operations(world: World, watchful) {
        world.set("2026-11-16T09:00:00Z");
        let taras = "[[contact]]\nid = \"taras\"\nname = \"Taras\"\naddresses = { email = [\"taras@acme.example\"] }\n\
                     roles = { acme = [\"ops\"] }\n";
        world.apply(&(people("") + taras)).await;
        balance(&world, "600").await;
        world.settle().await;
        assert!(subjects(&world).is_empty());
        world.set("2026-11-18T08:59:00Z");
        world.settle().await;
        assert_eq!(told(&world, "balance").await, 0);
        world.set("2026-11-18T09:01:00Z");
        world.settle().await;
        assert_eq!(told(&world, "balance").await, 2);
        let mails = Mail::all(&world);
        let to_ops = mails.iter().find(|mail| mail.to == "taras@acme.example").expect("the project's ops hear of it too");
        assert!(to_ops.text.contains("You get this because"), "{}", to_ops.text);
        for _ in 0..3 {
            later(&world, 2).await;
        }
        assert_eq!(told(&world, "balance").await, 2);
    }

    async fn usage_that_stops_is_told_once_until_it_comes_again(world: World, watchful) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&(people("") + BY_CALLS)).await;
        for day in 3..=12 {
            usage(&world, "acme", &format!("2026-11-{day:02}T12:00:00Z")).await;
            usage(&world, "calls", &format!("2026-11-{day:02}T12:00:00Z")).await;
        }
        // The twelfth was the last day, and balances go on being told.
        let told_on = async |day: u32, hour: &str| {
            world.set(&format!("2026-11-{day:02}T{hour}:00Z"));
            for id in ["acme", "calls"] {
                told_balance(&world, id).await;
            }
            world.settle().await;
            told(&world, "usage").await
        };
        assert_eq!(told_on(16, "09:00").await, 0, "not over yet");
        assert_eq!(told_on(16, "21:59").await, 0);
        assert_eq!(told_on(16, "22:30").await, 2, "four days without, in Kyiv: its owner and operations");
        for day in 17..=19 {
            assert_eq!(told_on(day, "09:00").await, 2, "once");
        }
        let mails = Mail::all(&world);
        let mail = mails.iter().find(|mail| mail.to == "olena@acme.example").expect("a mail to the owner");
        assert!(mail.text.contains("The first day without usage is Friday, 13 November"), "{}", mail.text);
        assert!(mail.subject.contains("balance “forwarding”"), "{}", mail.subject);
        usage(&world, "acme", "2026-11-18T12:00:00Z").await;
        for hour in ["10:00", "10:20", "11:00"] {
            assert_eq!(told_on(19, hour).await, 2);
        }
        assert_eq!(world.number("select count(*) from meta where name = 'watch' and value like '%usage/%'").await, 0, "it is over");
        assert_eq!(told_on(23, "09:00").await, 4, "and stopped again");
    }

    async fn usage_that_stops_with_a_failing_money_source_is_told_only_if_it_still_lacks(world: World, with_billing) {
        world.set("2026-11-13T05:00:00Z");
        world.apply(&people("")).await;
        for day in 3..=12 {
            usage(&world, "acme", &format!("2026-11-{day:02}T12:00:00Z")).await;
        }
        let ended = async |look: Result<Look, LookError>| {
            turn::end(&world.app, &billing(), world.now(), &look).await.expect("it is remembered");
        };
        ended(Err(LookError::Silent(30))).await;
        world.set("2026-11-17T09:00:00Z");
        told_balance(&world, "acme").await;
        world.settle().await;
        assert_eq!(told(&world, "usage").await, 0, "the source's own notice says so");
        ended(Ok(Look { facts: Default::default(), account: Account::default(), changes: Vec::new() })).await;
        later(&world, 20).await;
        assert_eq!(told(&world, "usage").await, 2, "it works, and usage isn't told");
    }

    async fn a_source_that_went_silent_is_told_once_until_it_speaks_again(world: World, watchful) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&people("")).await;
        import_covering(&world, "pbx", "", ("2026-11-09T00:00:00Z", "2026-11-16T08:00:00Z")).await;
        world.settle().await;
        world.set("2026-11-19T07:59:00Z");
        world.settle().await;
        assert_eq!(told(&world, "source").await, 0);
        world.set("2026-11-19T08:01:00Z");
        world.settle().await;
        assert_eq!(told(&world, "source").await, 2, "its owner and operations");
        for _ in 0..3 {
            later(&world, 60).await;
        }
        assert_eq!(told(&world, "source").await, 2);
        import_covering(&world, "pbx", "", ("2026-11-16T08:00:00Z", "2026-11-19T11:00:00Z")).await;
        later(&world, 2).await;
        world.set("2026-11-22T10:59:00Z");
        world.settle().await;
        assert_eq!(told(&world, "source").await, 2, "it spoke");
        later(&world, 3).await;
        assert_eq!(told(&world, "source").await, 4, "and went silent again");
    }

    async fn what_is_silenced_isn_t_sent_and_its_end_is_told(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&people("")).await;
        balance(&world, "600").await;
        world.settle().await;
        let project = acme(&world).await;
        let new = |kind: Option<&'static str>, until: Instant| NewSilence {
            project: Some(project.key),
            kind,
            contact: None,
            reason: "the bank is being changed",
            actor: "vera",
            until,
        };
        let first = silence::begin(&world.app, &new(Some("topup_failed"), world.now().plus_seconds(86_400)), "acme").await.expect("begun");
        silence::begin(&world.app, &new(Some("trial"), world.now().plus_seconds(600)), "acme").await.expect("begun");
        fails_and_mends(&world, "f1", "t1", "700").await;
        let states = "select kind || ' ' || state || ' ' || reason from deliveries where kind = 'topup_failed'";
        assert_eq!(world.texts(states).await, ["topup_failed suppressed silenced"]);
        assert!(subjects(&world).iter().all(|mail| !mail.contains("top-up")), "{:?}", subjects(&world));
        world.set("2026-11-17T08:59:59Z");
        world.settle().await;
        assert_eq!(world.app.store.silences(false).await.expect("listed").len(), 1, "the other one is over");
        world.set("2026-11-17T09:00:00Z");
        world.settle().await;
        assert!(world.app.store.silences(false).await.expect("listed").is_empty());
        let over = Mail::all(&world).into_iter().filter(|mail| mail.subject.contains("A silence is over"));
        let (over, empty): (Vec<Mail>, Vec<Mail>) = over.partition(|mail| mail.text.contains("It kept 1 notice back"));
        assert!(!empty.is_empty() && empty.iter().all(|mail| !mail.text.contains("isn’t sent after the event")), "{empty:?}");
        assert!(over.iter().all(|mail| mail.text.contains("isn’t sent after the event")));
        let [over] = &over[..] else { panic!("{:?}", subjects(&world)) };
        assert!(over.to.contains("olena@acme.example"), "{}", over.to);
        for said in ["vera", "the bank is being changed", "top-up of €10.00"] {
            assert!(over.text.contains(said), "{said}: {}", over.text);
        }
        assert!(silence::end(&world.app, first, "me").await.expect("asked").is_none(), "it is over already");
        fails_and_mends(&world, "f2", "t2", "900").await;
        assert!(subjects(&world).iter().any(|mail| mail.contains("nadia") && mail.contains("top-up of €20.00")), "{:?}", subjects(&world));
        let audit = "select actor || ' ' || action from audit where action like 'silence%' order by id";
        assert_eq!(world.texts(audit).await.len(), 4);
        ledger::assert_lawful(&world).await;
    }

    async fn what_may_wait_is_gathered_in_its_reader_s_rhythm(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&people("digest = \"hourly\"")).await;
        world.apply(&people("digest = \"hourly\"")).await;
        balance(&world, "600").await;
        world.settle().await;
        // Ten past eleven in Kyiv.
        world.set("2026-11-16T09:10:00Z");
        fails_and_mends(&world, "f1", "t1", "700").await;
        fails_and_mends(&world, "f2", "t2", "900").await;
        entry(&world, "f3", EntryKind::TopupFailed).await;
        let states = "select distinct state || ' ' || reason from deliveries where contact = 'nadia'";
        assert_eq!(world.texts(states).await, ["held digest_mode"]);
        assert!(subjects(&world).is_empty(), "{:?}", subjects(&world));
        world.set("2026-11-16T09:59:59Z");
        world.settle().await;
        assert!(subjects(&world).is_empty());
        world.set("2026-11-16T10:00:00Z");
        world.settle().await;
        assert_eq!(subjects(&world), ["nadia@acme.example Acme Windows: 3 messages that waited"]);
        let text = &Mail::all(&world)[0].text;
        assert!(text.contains("Still open") && text.contains("Opened and resolved"), "{text}");
        for _ in 0..3 {
            later(&world, 60).await;
        }
        assert_eq!(subjects(&world).len(), 1, "an empty hour says nothing");
        ledger::assert_lawful(&world).await;
    }
}
