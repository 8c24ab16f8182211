//! Warnings over every channel that their reader chose: who gets which form, what no channel may show, and what is said of a
//! channel that leads nowhere.

use std::time::Duration;

use callbrief::app::App;
use callbrief::cli::explain;
use callbrief::cli::who::{self, Args};
use callbrief::config::channels::Channel;
use callbrief::config::settings::SmsCaps;
use callbrief::domain::balance::{Entry, EntryKind};
use callbrief::domain::contact::ChannelKind;
use callbrief::domain::episode::Level;
use callbrief::domain::ids::{BalanceName, ProjectId};
use callbrief::domain::instant::Instant;
use callbrief::domain::money::Amount;
use callbrief::domain::notice::NoticeKind;
use callbrief::domain::project::Project;
use callbrief::domain::sms;
use callbrief::funds;
use callbrief::jobs;
use callbrief::notify::owner;
use callbrief::report::notice::{self, MailEvent};
use callbrief::store::balances::NewBalance;

use crate::channels::{FIXTURES, channel, with_channels};
use crate::support::http::{Act, HttpServer, Taken};
use crate::support::mail::Mail;
use crate::support::{World, ledger, on_both};

/// Project `acme` with a limit of 50 for one balance, and these people.
pub fn setup(people: &str) -> String {
    format!(
        r#"
version = 1
[[project]]
id = "acme"
name = "Acme Windows"
zone = "Europe/Kyiv"
locale = "en"
currency = "EUR"
[project.brand.links]
pay = "https://acme.example/pay"
[project.balances.forwarding]
low = "50"
{people}
"#
    )
}

pub fn person(id: &str, role: &str, more: &str) -> String {
    format!("[[contact]]\nid = \"{id}\"\nname = \"{id}\"\nroles = {{ acme = [\"{role}\"] }}\n{more}\n")
}

const NUMBER: &str = "{ number = \"+380441234567\", verified = \"contract 2026-05-01\" }";

/// A server for chats and one for texts, and a process that knows both.
struct Services {
    chat: HttpServer,
    texts: HttpServer,
    app: App,
}

impl Services {
    async fn of(world: &World) -> Self {
        let (chat, texts) =
            (HttpServer::start((FIXTURES[0].yes)()).await, HttpServer::start((FIXTURES[4].yes)()).await);
        let channels: Vec<Channel> = vec![
            channel("room", ChannelKind::Slack, (FIXTURES[0].service)(&chat)),
            channel("texts", ChannelKind::Sms, (FIXTURES[4].service)(&texts)),
        ];
        let app = world.replica(with_channels(channels)).await;
        Self { chat, texts, app }
    }

    async fn settle(&self) {
        jobs::tick(&self.app).await.expect("the jobs run");
    }
}

async fn acme(world: &World) -> Project {
    let id = ProjectId::parse("acme").expect("an id");
    world.app.store.project(&id).await.expect("it is read").expect("it is there")
}

pub async fn balance(world: &World, amount: &str) {
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

async fn entry(world: &World, id: &str, at: &str, kind: EntryKind, amount: &str) {
    let at = Instant::parse_rfc3339(at).expect("an instant");
    let amount = Amount::parse(amount).expect("a sum");
    let entry = Entry { id: id.into(), at, kind, amount, what: String::new() };
    let name = BalanceName::parse("forwarding").expect("a name");
    funds::add_entries(&world.app, &acme(world).await, &name, &[entry], "tester").await.expect("added");
}

/// Ten for the first, twenty for the second.
async fn topup_failed(world: &World, id: &str, at: &str) {
    entry(world, id, at, EntryKind::TopupFailed, if id == "f1" { "10" } else { "20" }).await;
}

async fn topup(world: &World, id: &str, at: &str) {
    entry(world, id, at, EntryKind::Topup, "200").await;
}

/// From enough to too little.
async fn fall(world: &World, services: &Services) {
    balance(world, "60").await;
    services.settle().await;
    balance(world, "40").await;
    services.settle().await;
}

fn last(server: &HttpServer) -> Taken {
    server.taken().pop().expect("a request")
}

async fn states(world: &World) -> Vec<String> {
    let sql =
        "select channel || ' ' || address || ' ' || state || ' ' || coalesce(reason, '') from deliveries order by 1";
    world.texts(sql).await
}

async fn explained(app: &App, address: &str) -> String {
    let told = explain::by_address(app, address, None, None).await.expect("it is read");
    told.unwrap_or_else(|nothing| nothing)
}

on_both! {
    async fn a_warning_goes_once_over_each_channel_that_its_reader_chose_in_its_form(world: World) {
        let services = Services::of(&world).await;
        let nadia = format!(
            "addresses = {{ email = [\"nadia@acme.example\"], sms = [{NUMBER}], slack = [\"room\"] }}\n\
             alerts = {{ warnings = [\"email\", \"slack\"], critical = [\"sms\"] }}"
        );
        let taras = "addresses = { email = [\"taras@acme.example\"] }";
        world.apply(&setup(&(person("nadia", "finance", &nadia) + &person("taras", "owner", taras)))).await;
        fall(&world, &services).await;
        assert_eq!(
            states(&world).await,
            [
                "email nadia@acme.example accepted taken_by_relay",
                "email taras@acme.example accepted taken_by_relay",
                "slack room accepted taken_by_service",
                "sms +380441234567 accepted taken_by_service",
            ]
        );
        let chat = last(&services.chat).json();
        assert_eq!(chat["text"].as_str().map(|text| text.lines().next().unwrap_or_default().to_owned()).as_deref(), Some("Acme Windows: forwarding funds are below €50.00"));
        let blocks = chat["blocks"].to_string();
        for said in ["€40.00", "https://acme.example/pay", "You get this because you are the finance contact of Acme Windows", "Reference "] {
            assert!(blocks.contains(said), "{said} isn't in {blocks}");
        }
        let text = last(&services.texts).json()["text"].as_str().expect("a text").to_owned();
        assert!(text.starts_with("Acme Windows: forwarding funds are below EUR 50.00. The balance is EUR 40.00. If they run out, "), "{text}");
        assert!(text.contains(" Ref ") && sms::size(&text).parts <= 2, "{text}");
        let mails = Mail::all(&world);
        assert!(mails.iter().all(|mail| mail.text.contains("Told of this: nadia, taras.")), "each name once");

        services.settle().await;
        assert_eq!(states(&world).await.len(), 4, "a second look tells nothing");
        balance(&world, "400").await;
        services.settle().await;
        assert_eq!(services.chat.taken().len(), 2, "that all is well, too");
        assert_eq!(services.texts.taken().len(), 1, "which isn't critical");
        assert!(last(&services.chat).body.contains("thank you"));
        ledger::assert_lawful(&world).await;

        let said = explained(&services.app, "+380441234567").await;
        assert!(said.contains("hears of all of them as finance"), "{said}");
        assert!(said.contains("By nadia@acme.example, slack room."), "{said}");
        assert!(said.contains("What is critical also by sms +380441234567."), "{said}");
        assert!(said.contains("The warning (low_balance) by sms to +380441234567"), "{said}");
    }

    async fn a_room_that_somebody_without_money_reads_shows_no_sums(world: World) {
        let services = Services::of(&world).await;
        let (room, chosen) = ("addresses = { slack = [\"room\"] }", "alerts = \"slack\"");
        let nadia = person("nadia", "finance", &format!("{room}\n{chosen}"));
        world.apply(&setup(&(nadia.clone() + &person("taras", "ops", room)))).await;
        fall(&world, &services).await;
        let body = last(&services.chat).body;
        assert!(body.contains("forwarding funds are low") && !body.contains('€') && !body.contains("pay"), "{body}");

        // And whoever comes to the room while it waits stops what shows them.
        world.apply(&setup(&(nadia.clone() + &person("taras", "owner", room)))).await;
        balance(&world, "400").await;
        services.settle().await;
        services.chat.does([Act::answer("500 Oh", "", "")]);
        balance(&world, "40").await;
        services.settle().await;
        let waiting = "select state || ' ' || reason from deliveries where channel = 'slack' order by id desc limit 1";
        assert_eq!(world.texts(waiting).await, ["queued try_again"]);
        let tries = services.chat.taken().len();
        world.apply(&setup(&(nadia + &person("taras", "ops", room)))).await;
        world.advance(Duration::from_secs(7_200));
        services.settle().await;
        assert_eq!(world.texts(waiting).await, ["suppressed shared_without_money"]);
        assert_eq!(services.chat.taken().len(), tries);
        ledger::assert_lawful(&world).await;
    }

    async fn the_gate_asks_again_whether_its_reader_wants_it_by_this_channel(world: World) {
        let services = Services::of(&world).await;
        let nadia = |alerts: &str| {
            let addresses = "addresses = { email = [\"nadia@acme.example\"], slack = [\"room\"] }";
            person("nadia", "finance", &format!("{addresses}\nalerts = {alerts}"))
        };
        services.chat.does([Act::answer("500 Oh", "", "")]);
        world.apply(&setup(&nadia("[\"slack\"]"))).await;
        fall(&world, &services).await;
        assert!(Mail::all(&world).is_empty(), "mail wasn't chosen");
        world.apply(&setup(&nadia("{ warnings = [\"slack\"], low_balance = [\"email\"] }"))).await;
        world.advance(Duration::from_secs(7_200));
        services.settle().await;
        let told = "email nadia@acme.example accepted taken_by_relay";
        assert_eq!(states(&world).await, [told, "slack room suppressed channel_not_wanted"], "she hears it where she wants to");
        assert_eq!(services.chat.taken().len(), 1);
    }

    async fn what_leads_nowhere_is_written_down_and_somebody_else_is_told(world: World) {
        let services = Services::of(&world).await;
        let nadia = "addresses = { sms = [\"+380441234567\"], slack = [\"cellar\"] }\nalerts = [\"sms\", \"slack\"]";
        let olena = "addresses = { email = [\"olena@acme.example\"] }";
        let people = person("nadia", "finance", nadia) + &person("olena", "owner", olena);
        world.apply(&setup(&people)).await;
        fall(&world, &services).await;
        assert_eq!(
            states(&world).await,
            [
                "email olena@acme.example accepted taken_by_relay",
                "slack cellar suppressed channel_missing",
                "sms +380441234567 suppressed number_not_confirmed",
            ]
        );
        assert!(services.chat.taken().is_empty() && services.texts.taken().is_empty());
        let mails = Mail::all(&world);
        assert!(!mails[0].text.contains("Told of this"), "{}", mails[0].text);
        let said = explained(&services.app, "cellar").await;
        assert!(said.contains("slack cellar (nothing goes there: the settings have no such channel)"), "{said}");
        assert!(said.contains("sms +380441234567 (nothing goes there: nobody confirmed"), "{said}");
        let kept = world.texts("select settings from contacts where id = 'nadia'").await;
        world.apply(&setup(&people)).await;
        assert_eq!(world.texts("select settings from contacts where id = 'nadia'").await, kept);
        // Nobody is left who can be told.
        world.apply(&setup(&person("nadia", "finance", nadia)).replace("version = 1", "version = 1\n")).await;
        world.execute("delete from contact_roles where contact = 'olena'").await;
        balance(&world, "-1").await;
        services.settle().await;
        let to: Vec<String> = Mail::all(&world).into_iter().map(|mail| mail.to).collect();
        assert!(to.contains(&"operations@test.example".to_owned()), "{to:?}");
    }

    async fn texts_have_a_limit_a_day_and_a_month_and_the_owner_hears_of_it(world: World) {
        let services = Services::of(&world).await;
        let nadia = format!(
            "zone = \"America/New_York\"\naddresses = {{ email = [\"nadia@acme.example\"], sms = [{NUMBER}] }}\nalerts = [\"sms\"]"
        );
        let olena = "addresses = { email = [\"olena@acme.example\"] }";
        world.apply(&setup(&(person("nadia", "finance", &nadia) + &person("olena", "owner", olena)))).await;
        let app = world.replica(|settings| {
            settings.channels = services.app.settings.channels.clone();
            settings.net = services.app.settings.net.clone();
            settings.sms = SmsCaps { per_contact_day: 5, per_project_month: 8 };
        });
        let app = app.await;
        let subjects = |part: &str| {
            let mut found: Vec<String> = Mail::all(&world).into_iter().map(|mail| mail.subject).collect();
            found.retain(|subject| subject.contains(part));
            found.sort();
            found
        };
        let mut gone = Vec::new();
        // 16 November, 08:00 in Kyiv, 01:00 in New York; an hour for each turn, three texts each.
        for _ in 0..3 {
            for amount in ["400", "40", "-1"] {
                world.advance(Duration::from_secs(1_200));
                balance(&world, amount).await;
                jobs::tick(&app).await.expect("the jobs run");
            }
            gone.push(services.texts.taken().len());
        }
        assert_eq!(gone, [2, 5, 5], "five a day");
        assert_eq!(subjects("texts"), [
            "Acme Windows: 4 of 5 texts to nadia today are used",
            "Acme Windows: the limit of 5 texts a day to nadia is reached",
        ]);
        let stopped = "select count(*) from deliveries where state = 'suppressed' and reason = 'texts_of_day_used_up'";
        assert!(world.number(stopped).await > 0);
        // Midnight in New York is seven in the morning in Kyiv.
        world.set("2026-11-17T04:59:00Z");
        balance(&world, "400").await;
        jobs::tick(&app).await.expect("the jobs run");
        assert_eq!(services.texts.taken().len(), 5);
        world.set("2026-11-17T05:00:00Z");
        for amount in ["40", "-1", "400", "40", "-1"] {
            world.advance(Duration::from_secs(1_200));
            balance(&world, amount).await;
            jobs::tick(&app).await.expect("the jobs run");
        }
        assert_eq!(services.texts.taken().len(), 8, "eight a month");
        let of_month = "select count(*) from deliveries where state = 'suppressed' and reason = 'texts_of_month_used_up'";
        assert!(world.number(of_month).await > 0);
        assert_eq!(subjects("of this month"), [
            "Acme Windows: 7 of 8 texts of this month are used",
            "Acme Windows: the limit of 8 texts of this month is reached",
        ]);
        ledger::assert_lawful(&world).await;
        let said = explained(&app, "+380441234567").await;
        assert!(said.contains("the project had sent as many texts that month as it may"), "{said}");
        world.set("2026-11-30T22:00:00Z");
        balance(&world, "500").await;
        jobs::tick(&app).await.expect("the jobs run");
        balance(&world, "30").await;
        jobs::tick(&app).await.expect("the jobs run");
        assert!(services.texts.taken().len() > 8, "another month in Kyiv");
    }

    async fn a_chat_whose_answer_says_nothing_gets_a_warning_once(world: World) {
        let services = Services::of(&world).await;
        let nadia = "addresses = { email = [\"nadia@acme.example\"], slack = [\"room\"] }\nalerts = [\"email\", \"slack\"]";
        world.apply(&setup(&person("nadia", "finance", nadia))).await;
        world.set("2026-11-16T10:00:00Z");
        services.chat.does([Act::Say("SSH-2.0-OpenSSH_9.2\r\n".to_owned())]);
        balance(&world, "400").await;
        topup_failed(&world, "f1", "2026-11-16T09:50:00Z").await;
        services.settle().await;
        let unknown = "select count(*) from deliveries where channel = 'slack' and state = 'uncertain'";
        assert_eq!(world.number(unknown).await, 1, "{:?}", states(&world).await);
        for minute in [2, 20, 40] {
            world.set(&format!("2026-11-16T10:{minute:02}:00Z"));
            services.settle().await;
        }
        assert_eq!(services.chat.taken().len(), 1, "a room would show it twice");
        assert_eq!(world.number(unknown).await, 1, "it stays unknown");
    }

    async fn a_night_holds_what_may_wait_and_ends_in_one_digest(world: World) {
        let services = Services::of(&world).await;
        let nadia = "addresses = { email = [\"nadia@acme.example\"], slack = [\"room\"] }\n\
                     alerts = [\"email\", \"slack\"]\nquiet = \"22:00-07:00\"";
        world.apply(&setup(&person("nadia", "finance", nadia))).await;
        // Monday, 23:00 in Kyiv.
        world.set("2026-11-16T21:00:00Z");
        balance(&world, "400").await;
        topup_failed(&world, "f1", "2026-11-16T20:50:00Z").await;
        services.settle().await;
        assert_eq!(
            states(&world).await,
            ["email nadia@acme.example held quiet_hours", "slack room held quiet_hours"]
        );
        let said = explained(&services.app, "nadia@acme.example").await;
        assert!(said.contains("Quiet hours: mon-sun 22:00-07:00 (Europe/Kyiv time); it is quiet until 2026-11-17 07:00"), "{said}");
        assert!(said.contains("is held until 2026-11-17 07:00: the contact's quiet hours"), "{said}");
        // It resolves in the night, and another thing opens; what is critical goes at once.
        world.set("2026-11-16T22:00:00Z");
        topup(&world, "t1", "2026-11-16T21:30:00Z").await;
        balance(&world, "600").await;
        services.settle().await;
        assert!(Mail::all(&world).is_empty(), "nobody had heard, so nobody is thanked");
        world.set("2026-11-17T01:00:00Z");
        topup_failed(&world, "f2", "2026-11-17T00:50:00Z").await;
        services.settle().await;
        assert!(Mail::all(&world).is_empty());
        world.set("2026-11-17T04:59:59Z");
        services.settle().await;
        assert!(Mail::all(&world).is_empty() && services.chat.taken().is_empty());
        world.set("2026-11-17T05:00:00Z");
        services.settle().await;
        let mails = Mail::all(&world);
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].subject, "Acme Windows: 2 messages that waited");
        let text = &mails[0].text;
        let open = text.find("Still open: Acme Windows: the top-up of €20.00 didn’t work").expect(text);
        let over = text.find("Opened and resolved: Acme Windows: the top-up of €10.00 didn’t work").expect(text);
        assert!(open < over, "{text}");
        assert_eq!(services.chat.taken().len(), 1, "one message each channel");
        assert!(last(&services.chat).body.contains("Opened and resolved"));
        assert_eq!(world.number("select count(*) from deliveries where state = 'folded'").await, 4);
        assert_eq!(world.number("select count(distinct folded_into) from deliveries where state = 'folded'").await, 2, "each names its digest");
        let said = explained(&services.app, "nadia@acme.example").await;
        assert!(said.contains("The digest of 2 messages to nadia@acme.example") && said.contains("; that message is "), "{said}");
        services.settle().await;
        assert_eq!(Mail::all(&world).len(), 1);
        ledger::assert_lawful(&world).await;
    }

    async fn what_is_critical_goes_through_a_night_and_a_single_message_comes_as_itself(world: World) {
        let services = Services::of(&world).await;
        let nadia = "zone = \"America/New_York\"\naddresses = { email = [\"nadia@acme.example\"] }\nquiet = \"22:00-07:00\"";
        world.apply(&setup(&person("nadia", "finance", nadia))).await;
        // 16 November, 01:00 in New York.
        world.set("2026-11-16T06:00:00Z");
        fall(&world, &services).await;
        assert_eq!(Mail::all(&world).len(), 1, "below the limit is critical");
        balance(&world, "400").await;
        services.settle().await;
        assert_eq!(Mail::all(&world).len(), 1);
        world.set("2026-11-16T12:00:00Z");
        services.settle().await;
        let mails = Mail::all(&world);
        assert_eq!(mails.len(), 2, "a digest of one thing would say less");
        assert!(mails.iter().any(|mail| mail.subject.contains("thank you")));
        let args = Args {
            kind: NoticeKind::Funds,
            level: Some(Level::Warning),
            project: "acme".into(),
            at: Some("2026-11-17T05:00".into()),
            past_pay_by: false,
            json: false,
        };
        let said = who::answer(&services.app, &args).await.unwrap_or_else(|_| panic!("an answer")).text();
        assert!(said.contains("nadia (finance): nadia@acme.example, 2026-11-17 09:00 America/New_York time: in the morning"), "{said}");
        let critical = Args { kind: NoticeKind::BalanceNegative, level: Some(Level::Empty), ..args };
        let said = who::answer(&services.app, &critical).await.unwrap_or_else(|_| panic!("an answer")).text();
        assert!(said.contains("2026-11-16 22:00 America/New_York time: at once: what is critical goes through"), "{said}");
        let topup = Args { kind: NoticeKind::TopupFailed, level: Some(Level::Warning), ..critical };
        let said = who::answer(&services.app, &topup).await.unwrap_or_else(|_| panic!("an answer")).text();
        assert!(said.contains("2026-11-17 07:00 America/New_York time: held for the contact's quiet hours"), "{said}");
    }

    async fn a_late_report_respects_quiet_hours_and_one_on_time_does_not(world: World) {
        let olena = "addresses = { email = [\"olena@acme.example\"] }\nquiet = \"06:00-12:00\"";
        let schedule = "[[schedule]]\nid = \"daily\"\nproject = \"acme\"\nreport = \"summary\"\nrecipients = [\"olena\"]\n\
                        every = \"day\"\nat = \"08:00\"\n";
        world.apply(&(setup(&person("olena", "owner", olena)) + schedule)).await;
        world.set("2026-11-17T06:00:00Z");
        world.settle().await;
        assert_eq!(Mail::all(&world).len(), 1, "on time");
        // Nobody ran before 10:30 the next day.
        world.set("2026-11-18T08:30:00Z");
        world.settle().await;
        assert_eq!(Mail::all(&world).len(), 1);
        assert_eq!(world.texts("select reason from deliveries where state = 'held'").await, ["quiet_hours"]);
        world.set("2026-11-18T10:00:00Z");
        world.settle().await;
        assert_eq!(Mail::all(&world).len(), 2, "it comes as itself");
        ledger::assert_lawful(&world).await;
    }

    async fn who_says_who_is_told_and_why_the_others_are_not(world: World) {
        let services = Services::of(&world).await;
        let mail = |id: &str| format!("addresses = {{ email = [\"{id}@acme.example\"] }}");
        let nadia = format!("{}\nalerts = {{ critical = [\"sms\"] }}", mail("nadia"));
        let people = person("nadia", "finance", &nadia)
            + &person("olena", "owner", &mail("olena"))
            + &person("taras", "ops", &mail("taras"))
            + &person("ihor", "manager", &mail("ihor"))
            + &person("eva", "finance", "active = false")
            + &person("mute", "finance", "");
        world.apply(&setup(&people)).await;
        let ask = |kind, level: Option<Level>, past_pay_by| Args {
            kind,
            level,
            project: "acme".into(),
            at: Some("2026-11-22T03:00".into()),
            past_pay_by,
            json: false,
        };
        let answer = who::answer(&services.app, &ask(NoticeKind::Funds, Some(Level::Warning), false)).await;
        let said = answer.unwrap_or_else(|_| panic!("an answer")).text();
        for line in [
            "funds, level warning (warning) of acme, found 2026-11-22 03:00 (Europe/Kyiv time)",
            "nadia (finance): nadia@acme.example, 2026-11-23 09:00 Europe/Kyiv time: in the morning of a working day",
            "not olena: an owner hears three days before an end",
            "not taras: ops hear when a payment would come too late",
            "not ihor: none of the contact's roles hears of such a thing",
            "not eva: the contact isn't active",
            "not mute: every address that the contact chose for it is stopped, or there is none",
        ] {
            assert!(said.contains(line), "{line}\n{said}");
        }
        let answer = who::answer(&services.app, &ask(NoticeKind::Funds, Some(Level::Critical), true)).await;
        let said = answer.unwrap_or_else(|_| panic!("an answer")).text();
        assert!(said.contains("olena (owner): olena@acme.example") && said.contains("taras (ops, without sums)"), "{said}");
        assert!(Mail::all(&world).is_empty());
        let json = who::answer(&services.app, &ask(NoticeKind::Owner, None, false)).await;
        let json = json.unwrap_or_else(|_| panic!("an answer")).json();
        assert_eq!(json["told"][0]["contact"], "olena");
        assert_eq!(json["told"][0]["ways"][0]["reason"], "at_once");
    }

    async fn an_owner_who_wants_it_hears_of_our_own_work_in_a_room(world: World) {
        let services = Services::of(&world).await;
        let olena = "addresses = { email = [\"olena@acme.example\"], slack = [\"room\"] }\nalerts = { owner = [\"slack\"] }";
        let eva = "addresses = { email = [\"eva@acme.example\"], slack = [\"room\"] }\nalerts = [\"slack\"]";
        world.apply(&setup(&(person("olena", "owner", olena) + &person("eva", "owner", eva)))).await;
        let (app, project) = (&services.app, acme(&world).await);
        let make = |language: &str| {
            notice::deliveries(MailEvent::OutcomeUnknown, language, "Acme Windows", &[], 0, world.now())
        };
        let drawn = owner::drawn(app, Some(project.key), make).await.expect("it is drawn");
        let mut session = app.store.write().await.expect("a transaction");
        assert!(owner::tell_within(app, &mut session, Some(project.key), "owner/test", drawn).await.expect("posted"));
        session.commit().await.expect("it is kept");
        services.settle().await;
        assert_eq!(
            states(&world).await,
            ["email eva@acme.example accepted taken_by_relay", "slack room accepted taken_by_service"],
            "eva chose channels for warnings only"
        );
        assert!(last(&services.chat).body.contains("Acme Windows"));
    }
}
