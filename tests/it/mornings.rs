//! One mail a morning: what several projects have to tell one reader, and "I've paid, it arrives on …".

use callbrief::cli::{explain, who};
use callbrief::config::settings::SmsCaps;
use callbrief::domain::balance::{Standing, Status};
use callbrief::domain::contact::ChannelKind;
use callbrief::domain::episode::Level;
use callbrief::domain::ids::{BalanceName, ProjectId};
use callbrief::domain::money::Amount;
use callbrief::domain::notice::NoticeKind;
use callbrief::domain::project::Project;
use callbrief::funds;
use callbrief::jobs;
use callbrief::notify::hold::{self, Scope};
use callbrief::notify::silence;
use callbrief::store::balances::NewBalance;
use callbrief::store::silences::NewSilence;

use crate::channels::{FIXTURES, channel, with_channels};
use crate::program::{command, settings};
use crate::support::http::HttpServer;
use crate::support::mail::Mail;
use crate::support::{Engine, World, ledger, on_both};
use crate::web::{Site, ask};

pub const NADIA: &str = "nadia@firm.example";
pub const PETRO: &str = "petro@firm.example";

/// Three projects: Nadia looks after the money of all, Petro after that of one, Taras operates one and sees no sums.
pub fn setup(nadia: &str) -> String {
    let project = |id: &str, name: &str| {
        format!(
            "[[project]]\nid = \"{id}\"\nname = \"{name}\"\nzone = \"Europe/Kyiv\"\nlocale = \"en\"\ncurrency = \"EUR\"\n\
             [project.brand.links]\npay = \"https://pay.example/{id}\"\n"
        )
    };
    let person = |id: &str, roles: &str| {
        format!(
            "[[contact]]\nid = \"{id}\"\nname = \"{id}\"\naddresses = {{ email = [\"{id}@firm.example\"] }}\nroles = {{ {roles} }}\n"
        )
    };
    [
        "version = 1\n".to_owned(),
        project("acme", "Acme Windows"),
        project("bravo", "Bravo Dental"),
        project("casa", "Casa Bonita"),
        person("nadia", nadia),
        person("petro", "bravo = [\"finance\"]"),
    ]
    .join("\n")
}

pub const ALL: &str = "acme = [\"finance\"], bravo = [\"finance\"], casa = [\"finance\"]";

pub async fn project(world: &World, id: &str) -> Project {
    let id = ProjectId::parse(id).expect("an id");
    world.app.store.project(&id).await.expect("it is read").expect("it is there")
}

pub async fn paid_until(world: &World, id: &str, day: &str) {
    let paid_until = Some(day.parse().expect("a day"));
    let new = Standing { status: Status::Active, paid_until, as_of: world.now() };
    funds::set_standing(&world.app, &project(world, id).await, new, "tester").await.expect("it is taken");
}

async fn balance(world: &World, id: &str, amount: &str) {
    let new = NewBalance {
        name: BalanceName::parse("forwarding").expect("a name"),
        currency: "EUR".into(),
        amount: Amount::parse(amount).expect("a sum"),
        credit_limit: None,
        auto_topup: Default::default(),
        as_of: world.now(),
    };
    funds::set_balance(&world.app, &project(world, id).await, &new, "tester").await.expect("it is taken");
}

/// Monday, 1 June 2026, early: all three end within a week.
async fn three(world: &World) {
    world.set("2026-06-01T03:00:00Z");
    world.apply(&setup(ALL)).await;
    paid_until(world, "acme", "2026-06-08").await;
    paid_until(world, "bravo", "2026-06-04").await;
    paid_until(world, "casa", "2026-06-05").await;
}

pub fn to(world: &World, address: &str) -> Vec<Mail> {
    Mail::all(world).into_iter().filter(|mail| mail.to == address).collect()
}

async fn states(world: &World) -> Vec<String> {
    world.texts("select kind || ' ' || address || ' ' || state from deliveries order by kind, address, id").await
}

fn places(text: &str, parts: &[&str]) -> Vec<usize> {
    parts.iter().map(|part| text.find(part).unwrap_or_else(|| panic!("no {part} in {text}"))).collect()
}

/// What a command says, its spaces as one each.
fn said(world: &World, args: &[&str]) -> String {
    settings(world, 0);
    let output = command(world, &world.now().to_string(), args).output().expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(output.status.success(), "{text} {}", String::from_utf8_lossy(&output.stderr));
    text
}

pub async fn tick_without_relay(world: &World) {
    let app = world.replica(|settings| settings.mail.relays.clear()).await;
    jobs::tick(&app).await.expect("the jobs run");
}

/// From now on somebody else has the judgement of a project in hand, and doesn't end it.
async fn judged_elsewhere(world: &World, id: &str) {
    let key = project(world, id).await.key.0;
    if world.engine == Engine::Postgres {
        world.execute("create function elsewhere() returns trigger language plpgsql as 'begin return null; end'").await;
        world
            .execute(&format!(
                "create trigger elsewhere before update on evaluations for each row when (old.project = {key}) \
                 execute function elsewhere()"
            ))
            .await;
    } else {
        world
            .execute(&format!(
                "create trigger elsewhere before update on evaluations when old.project = {key} \
                 begin select raise(ignore); end"
            ))
            .await;
    }
}

/// The address of the page where a payment is told, as a mail has it.
pub fn paid_links(mail: &Mail) -> Vec<String> {
    let mut links: Vec<String> = mail
        .html
        .split("https://reports.test.example")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|path| path.starts_with("/paid/"))
        .map(ToOwned::to_owned)
        .collect();
    links.dedup();
    links
}

pub async fn say(site: &Site, path: &str, body: &str) -> String {
    let request = format!(
        "POST {path}\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    ask(site.public, &request).await
}

on_both! {
    async fn all_warnings_of_a_reader_and_morning_are_one_mail_with_what_ends_first_at_the_top(world: World) {
        three(&world).await;
        world.settle().await;
        assert!(to(&world, NADIA).is_empty(), "it is too early");
        world.set("2026-06-01T06:00:00Z");
        world.settle().await;
        let mails = to(&world, NADIA);
        assert_eq!(mails.iter().map(|mail| mail.subject.as_str()).collect::<Vec<_>>(), ["3 projects need funds, first pay-by Wed 3 June"]);
        let found = places(&mails[0].text, &["3 projects need funds", "Bravo Dental", "Casa Bonita", "Acme Windows"]);
        assert!(found.is_sorted(), "{}", mails[0].text);
        let said = mails[0].text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("please pay by Wednesday, 3 June"), "each names its day: {said}");
        assert!(!mails[0].text.contains("PAID-BY") && !mails[0].html.contains("PAID-BY"), "{}", mails[0].html);
        assert_eq!(paid_links(&mails[0]).len(), 3, "{}", mails[0].html);
        // Who hears of one project gets that one's warning as it always was, and nothing of the others.
        let single = to(&world, PETRO);
        assert_eq!(single.iter().map(|mail| mail.subject.as_str()).collect::<Vec<_>>(), ["Pay by Wed 3 June: the paid period of Bravo Dental ends on Thu 4 June"]);
        assert!(!single[0].text.contains("Acme") && !single[0].text.contains("Casa"));
        assert_eq!(
            states(&world).await,
            [
                "digest nadia@firm.example accepted",
                "paid_until nadia@firm.example folded",
                "paid_until nadia@firm.example folded",
                "paid_until nadia@firm.example folded",
                "paid_until petro@firm.example accepted",
            ]
        );
        // Each level is one notice, and each of its deliveries knows whose message told it.
        assert_eq!(world.number("select count(*) from episode_levels").await, 3);
        assert_eq!(world.number("select count(distinct folded_into) from deliveries where state = 'folded'").await, 1);
        let said = explain::by_address(&world.app, NADIA, None, None).await.expect("it is read").expect("it is known");
        assert!(said.contains("it was told in one message with what else there was that morning"), "{said}");
        let (_, reference) = said.split_once("The digest of 3 messages to nadia@firm.example, reference ").expect(&said);
        let told_in = format!("; that message is {}.", &reference[..9]);
        assert_eq!(said.matches(&told_in).count(), 3, "{said}");
        world.settle().await;
        assert_eq!(to(&world, NADIA).len(), 1, "nothing twice");
        // A payment is told to whoever was told otherwise in a mail with others.
        world.set("2026-06-01T08:00:00Z");
        paid_until(&world, "casa", "2026-07-05").await;
        world.settle().await;
        assert!(to(&world, NADIA).iter().any(|mail| mail.subject == "Casa Bonita: paid until Sunday, 5 July, thank you"), "{:?}", to(&world, NADIA));
    }

    async fn what_is_found_at_one_moment_and_cannot_wait_is_one_mail_and_takes_no_morning_along(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup(ALL)).await;
        paid_until(&world, "casa", "2026-06-08").await;
        world.settle().await;
        balance(&world, "acme", "-3").await;
        balance(&world, "bravo", "-7").await;
        world.settle().await;
        let subjects = |world: &World, address| to(world, address).into_iter().map(|mail| mail.subject).collect::<Vec<_>>();
        assert_eq!(subjects(&world, NADIA), ["2 projects need funds"], "at once, and nothing of the morning");
        assert_eq!(subjects(&world, PETRO), ["Bravo Dental owes €7.00"], "one that is alone goes as it is");
        let text = to(&world, NADIA).remove(0).text;
        assert!(text.contains("Acme Windows") && text.contains("Bravo Dental") && !text.contains("Casa"), "{text}");
        world.set("2026-06-01T06:00:00Z");
        world.settle().await;
        assert_eq!(subjects(&world, NADIA).len(), 2, "and in the morning what belongs there");
        ledger::assert_lawful(&world).await;
    }

    async fn neither_a_night_nor_a_rhythm_keeps_a_warning_beyond_the_day_to_pay(world: World) {
        // Friday, 12:00 in Kyiv, on a contact's Saturday morning and a night that lasts to Saturday.
        world.set("2026-06-05T09:00:00Z");
        let text = setup("acme = [\"finance\"]")
            .replace("id = \"petro\"\n", "id = \"petro\"\ndigest = \"20:00\"\n")
            .replace("id = \"nadia\"\n", "id = \"nadia\"\nquiet = \"08:00-07:00\"\n");
        world.apply(&text).await;
        // Paid until Monday, and a transfer takes a day: today is the last one to pay.
        paid_until(&world, "acme", "2026-06-08").await;
        paid_until(&world, "bravo", "2026-06-08").await;
        world.settle().await;
        for reader in [PETRO, NADIA] {
            let told: Vec<String> = to(&world, reader).into_iter().map(|mail| mail.subject).collect();
            assert_eq!(told.len(), 1, "{reader}: {told:?}");
            assert!(told[0].starts_with("Pay today"), "{told:?}");
        }
        let said = "select count(*) from deliveries where state = 'held'";
        assert_eq!(world.number(said).await, 0);
    }

    async fn what_one_payment_mends_is_one_mail_to_each(world: World) {
        world.set("2026-06-01T07:00:00Z");
        world.apply(&setup(ALL)).await;
        let standing = async |status: Status, paid_until: &str| {
            let paid_until = Some(paid_until.parse().expect("a day"));
            let new = Standing { status, paid_until, as_of: world.now() };
            funds::set_standing(&world.app, &project(&world, "bravo").await, new, "tester").await.expect("it is taken");
        };
        standing(Status::Suspended, "2026-05-30").await;
        balance(&world, "bravo", "-7").await;
        world.settle().await;
        world.set("2026-06-02T06:00:00Z");
        world.settle().await;
        let before = to(&world, PETRO).len();
        world.set("2026-06-02T08:00:00Z");
        standing(Status::Active, "2026-07-30").await;
        balance(&world, "bravo", "300").await;
        world.settle().await;
        for address in [PETRO, NADIA] {
            let mails = to(&world, address);
            assert_eq!(mails.len(), before + 1, "{:?}", mails.iter().map(|mail| &mail.subject).collect::<Vec<_>>());
            let [mail] = &mails.iter().filter(|mail| mail.subject == "Bravo Dental: all is well again").collect::<Vec<_>>()[..] else { panic!("{mails:?}") };
            for said in ["works again", "paid until Thursday, 30 July", "sufficient again"] {
                assert!(mail.text.replace('\n', " ").contains(said), "{said}: {}", mail.text);
            }
        }
        ledger::assert_lawful(&world).await;
    }

    async fn a_morning_waits_for_what_another_replica_still_judges_but_not_for_ever(world: World) {
        three(&world).await;
        judged_elsewhere(&world, "bravo").await;
        world.set("2026-06-01T06:00:00Z");
        world.settle().await;
        assert!(to(&world, NADIA).is_empty(), "one of her projects isn't judged yet");
        world.set("2026-06-01T06:09:59Z");
        world.settle().await;
        assert!(to(&world, NADIA).is_empty());
        world.set("2026-06-01T06:10:00Z");
        world.settle().await;
        let subjects = |mails: &[Mail]| mails.iter().map(|mail| mail.subject.clone()).collect::<Vec<_>>();
        assert_eq!(subjects(&to(&world, NADIA)), ["2 projects need funds, first pay-by Thu 4 June"]);
    }

    async fn a_morning_is_one_mail_whoever_judged_what(world: World) {
        three(&world).await;
        judged_elsewhere(&world, "bravo").await;
        world.set("2026-06-01T06:00:00Z");
        world.settle().await;
        world.execute(if world.engine == Engine::Postgres { "drop trigger elsewhere on evaluations" } else { "drop trigger elsewhere" }).await;
        world.settle().await;
        let mails = to(&world, NADIA);
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].subject, "3 projects need funds, first pay-by Wed 3 June");
    }

    async fn the_morning_after_two_days_to_pay_is_one_mail_to_operations(world: World) {
        world.set("2026-06-01T03:00:00Z");
        let lead = "[project.balances.project]\npayment_lead_days = 2\n[project.brand.links]";
        let taras = "\n[[contact]]\nid = \"taras\"\nname = \"taras\"\naddresses = { email = [\"taras@firm.example\"] }\n\
                     roles = { acme = [\"ops\"], bravo = [\"ops\"] }\n";
        world.apply(&(setup(ALL).replace("[project.brand.links]", lead) + taras)).await;
        for id in ["acme", "bravo"] {
            paid_until(&world, id, "2026-06-06").await;
        }
        for day in 1..=3 {
            world.set(&format!("2026-06-0{day}T06:00:00Z"));
            world.settle().await;
        }
        assert!(to(&world, "taras@firm.example").is_empty(), "Wednesday is the day to pay by");
        let seen = to(&world, NADIA).len();
        world.set("2026-06-04T06:00:00Z");
        world.settle().await;
        let mails = to(&world, "taras@firm.example");
        assert_eq!((mails.len(), to(&world, NADIA).len()), (1, seen), "one mail, and finance knows");
        let text = &mails[0].text;
        assert!(text.contains("Acme Windows") && text.contains("Bravo Dental") && text.contains("3 June"), "{text}");
        assert_eq!(world.number("select count(*) from episode_levels where level = 'pay_by_passed'").await, 2);
    }

    async fn what_is_over_before_the_mail_has_gone_is_no_row_of_it(world: World) {
        three(&world).await;
        world.set("2026-06-01T06:00:00Z");
        tick_without_relay(&world).await;
        assert_eq!(world.number("select count(*) from deliveries where kind = 'digest' and state = 'queued'").await, 1);
        paid_until(&world, "bravo", "2026-07-04").await;
        world.settle().await;
        let mails = to(&world, NADIA);
        assert_eq!(mails.len(), 1, "{mails:?}");
        assert_eq!(mails[0].subject, "2 projects need funds, first pay-by Thu 4 June");
        assert!(!mails[0].text.contains("Bravo"), "{}", mails[0].text);
        assert!(to(&world, PETRO).is_empty(), "and whoever heard of that one alone hears nothing");
    }

    async fn a_mail_of_which_everything_is_over_is_not_sent(world: World) {
        three(&world).await;
        world.set("2026-06-01T06:00:00Z");
        tick_without_relay(&world).await;
        for id in ["acme", "bravo", "casa"] {
            paid_until(&world, id, "2026-07-04").await;
        }
        world.settle().await;
        assert!(Mail::all(&world).is_empty());
        assert_eq!(world.texts("select reason from deliveries where kind = 'digest'").await, ["alert_over"]);
    }

    async fn who_lost_a_role_meanwhile_reads_nothing_of_that_project(world: World) {
        three(&world).await;
        world.set("2026-06-01T06:00:00Z");
        tick_without_relay(&world).await;
        // Operations may be warned, but see no sums; of the other project nothing is left.
        world.apply(&setup("acme = [\"finance\"], bravo = [\"ops\"]")).await;
        world.settle().await;
        let mails = to(&world, NADIA);
        assert_eq!(mails.iter().map(|mail| mail.subject.as_str()).collect::<Vec<_>>(), ["Pay by Fri 5 June: the paid period of Acme Windows ends on Mon 8 June"]);
        assert!(!mails[0].text.contains("Bravo") && !mails[0].text.contains("Casa"), "{}", mails[0].text);
    }

    async fn a_held_project_waits_alone(world: World) {
        three(&world).await;
        world.settle().await;
        let bravo = project(&world, "bravo").await;
        let scope = Scope { project: Some(&bravo), channel: None };
        assert!(hold::place(&world.app, scope, "an audit", "tester").await.expect("placed"));
        world.set("2026-06-01T06:00:00Z");
        world.settle().await;
        let mails = to(&world, NADIA);
        assert_eq!(mails.iter().map(|mail| mail.subject.as_str()).collect::<Vec<_>>(), ["2 projects need funds, first pay-by Thu 4 June"]);
        hold::release(&world.app, None, None, "tester").await.expect("released");
        world.settle().await;
        let mails = to(&world, NADIA);
        assert_eq!(mails.len(), 2);
        assert!(mails.iter().any(|mail| mail.subject.starts_with("Pay by Wed 3 June: the paid period of Bravo Dental")), "{mails:?}");
    }

    async fn rooms_and_machines_hear_of_each_project_by_itself(world: World) {
        world.set("2026-06-01T03:00:00Z");
        let mut servers = Vec::new();
        let mut channels = Vec::new();
        for fixture in FIXTURES.iter().filter(|fixture| fixture.kind != ChannelKind::Sms).chain(&FIXTURES[4..5]) {
            let server = HttpServer::start((fixture.yes)()).await;
            channels.push(channel("room", fixture.kind, (fixture.service)(&server)));
            servers.push((fixture.kind, server));
        }
        let app = world.replica(with_channels(channels)).await;
        let names: Vec<String> = ChannelKind::ALL.iter().map(|kind| format!("\"{}\"", kind.name())).collect();
        let text = setup(ALL).replace(
            "addresses = { email = [\"nadia@firm.example\"] }",
            &format!(
                "alerts = [{}]\naddresses = {{ email = [\"nadia@firm.example\"], slack = [\"room\"], teams = [\"room\"], \
                 webhook = [\"room\"], sms = [{{ number = \"+380441234567\", verified = \"contract\" }}] }}",
                names.join(", ")
            ),
        );
        world.apply(&text).await;
        paid_until(&world, "acme", "2026-06-08").await;
        paid_until(&world, "bravo", "2026-06-04").await;
        jobs::tick(&app).await.expect("the jobs run");
        assert!(servers.iter().all(|(_, server)| server.taken().is_empty()), "the morning holds for every channel");
        world.set("2026-06-01T06:00:00Z");
        jobs::tick(&app).await.expect("the jobs run");
        for kind in ChannelKind::ALL {
            let sql = format!(
                "select kind || ' ' || state from deliveries where contact = 'nadia' and channel = '{}' order by kind, state",
                kind.name()
            );
            let alone = ["paid_until accepted", "paid_until accepted"];
            let together = ["digest accepted", "paid_until folded", "paid_until folded"];
            let expected = if kind.is_endpoint() { &alone[..] } else { &together[..] };
            assert_eq!(world.texts(&sql).await, expected, "{}", kind.name());
        }
        for (kind, server) in servers.iter().filter(|(kind, _)| kind.is_endpoint()) {
            let mut bodies: Vec<String> = server.taken().into_iter().map(|taken| taken.body).collect();
            bodies.sort_by_key(|body| body.contains("Bravo Dental"));
            let [acme, bravo] = &bodies[..] else { panic!("{}: {bodies:?}", kind.name()) };
            assert!(acme.contains("Acme Windows") && acme.contains("https://pay.example/acme"), "{acme}");
            assert!(bravo.contains("Bravo Dental") && bravo.contains("https://pay.example/bravo"), "{bravo}");
            if *kind == ChannelKind::Webhook {
                assert!(bodies.iter().all(|body| body.contains("paid_until") && !body.contains("digest")), "{bodies:?}");
            }
        }
    }

    async fn quiet_hours_of_a_mail_over_several_projects_are_those_of_their_zone(world: World) {
        world.set("2026-05-31T12:00:00Z");
        let text = setup(ALL).replace("Europe/Kyiv", "Asia/Tokyo").replace("id = \"nadia\"\n", "id = \"nadia\"\nquiet = \"22:00-07:00\"\n");
        world.apply(&text).await;
        paid_until(&world, "acme", "2026-06-08").await;
        paid_until(&world, "casa", "2026-06-05").await;
        // Nine on Monday in Tokyo; in UTC it is midnight.
        world.set("2026-06-01T00:00:00Z");
        world.settle().await;
        let told: Vec<String> = to(&world, NADIA).into_iter().map(|mail| mail.subject).collect();
        assert_eq!(told, ["2 projects need funds, first pay-by Thu 4 June"], "{:?}", states(&world).await);
    }

    async fn what_is_silenced_over_or_gathered_is_no_part_of_the_morning(world: World) {
        world.set("2026-06-01T03:00:00Z");
        let text = setup(ALL).replace("id = \"nadia\"\n", "id = \"nadia\"\ndigest = { trial = \"18:00\" }\n");
        world.apply(&text).await;
        paid_until(&world, "acme", "2026-06-08").await;
        paid_until(&world, "casa", "2026-06-05").await;
        let trial = Standing { status: Status::Trial, paid_until: "2026-06-08".parse().ok(), as_of: world.now() };
        funds::set_standing(&world.app, &project(&world, "bravo").await, trial, "tester").await.expect("it is taken");
        world.settle().await;
        let casa = project(&world, "casa").await;
        let quiet = NewSilence {
            project: Some(casa.key), kind: None, contact: None, reason: "a known fault", actor: "tester",
            until: world.now().plus_seconds(86_400),
        };
        silence::begin(&world.app, &quiet, "casa").await.expect("it begins");
        world.set("2026-06-01T06:00:00Z");
        world.settle().await;
        let told: Vec<String> = to(&world, NADIA).into_iter().map(|mail| mail.subject).collect();
        assert_eq!(told, ["Pay by Fri 5 June: the paid period of Acme Windows ends on Mon 8 June"], "{:?}", states(&world).await);
        let reasons = world.texts("select kind || ' ' || state || ' ' || reason from deliveries where contact = 'nadia' order by 1").await;
        assert_eq!(reasons, ["paid_until accepted taken_by_relay", "paid_until suppressed silenced", "trial held digest_mode"]);
        world.set("2026-06-01T15:00:00Z");
        world.settle().await;
        assert_eq!(to(&world, NADIA).len(), 2, "at six in the evening");
    }

    async fn a_silence_that_begins_while_the_mail_waits_for_its_relay_holds_for_its_project(world: World) {
        three(&world).await;
        world.set("2026-06-01T06:00:00Z");
        tick_without_relay(&world).await;
        let casa = project(&world, "casa").await;
        let quiet = NewSilence {
            project: Some(casa.key), kind: Some("paid_until"), contact: Some("nadia"), reason: "a known fault", actor: "tester",
            until: world.now().plus_seconds(86_400),
        };
        silence::begin(&world.app, &quiet, "casa").await.expect("it begins");
        world.settle().await;
        let mails = to(&world, NADIA);
        assert_eq!(mails.iter().map(|mail| mail.subject.as_str()).collect::<Vec<_>>(), ["2 projects need funds, first pay-by Wed 3 June"]);
        assert!(!mails[0].text.contains("Casa"), "{}", mails[0].text);
    }

    async fn what_its_reader_hears_of_by_another_channel_meanwhile_is_no_row(world: World) {
        three(&world).await;
        world.set("2026-06-01T06:00:00Z");
        tick_without_relay(&world).await;
        let text = setup(ALL)
            .replace("email = [\"nadia@firm.example\"]", "email = [\"nadia@firm.example\"], slack = [\"room\"]")
            .replace("id = \"nadia\"\n", "id = \"nadia\"\nalerts = { warnings = [\"email\"], paid_until = [\"slack\"] }\n");
        world.apply(&text).await;
        world.settle().await;
        assert!(to(&world, NADIA).is_empty(), "{:?}", to(&world, NADIA));
        assert_eq!(world.texts("select reason from deliveries where kind = 'digest'").await, ["channel_not_wanted"]);
        let said = explain::by_address(&world.app, NADIA, None, None).await.expect("it is read").expect("it is known");
        assert_eq!(said.matches(", and was suppressed.").count(), 3, "what was folded into it wasn't told: {said}");
    }

    async fn a_text_over_several_projects_is_one_of_each_project_s_month(world: World) {
        world.set("2026-06-01T03:00:00Z");
        let server = HttpServer::start((FIXTURES[4].yes)()).await;
        let channels = vec![channel("texts", ChannelKind::Sms, (FIXTURES[4].service)(&server))];
        let app = world.replica(|settings| {
            with_channels(channels)(settings);
            settings.sms = SmsCaps { per_contact_day: 10, per_project_month: 1 };
        });
        let app = app.await;
        let text = setup(ALL).replace(
            "addresses = { email = [\"nadia@firm.example\"] }",
            "alerts = [\"sms\"]\naddresses = { sms = [{ number = \"+380441234567\", verified = \"contract\" }] }",
        );
        world.apply(&text).await;
        paid_until(&world, "acme", "2026-06-08").await;
        paid_until(&world, "casa", "2026-06-05").await;
        world.set("2026-06-01T06:00:00Z");
        jobs::tick(&app).await.expect("the jobs run");
        assert_eq!(server.taken().len(), 1, "of both");
        world.set("2026-06-01T09:00:00Z");
        for id in ["acme", "bravo", "casa"] {
            balance(&world, id, "-1").await;
        }
        jobs::tick(&app).await.expect("the jobs run");
        assert_eq!(server.taken().len(), 2, "one of bravo, which hadn't used its text");
        let stopped = "select p.id || ' ' || d.reason from deliveries d join projects p on p.key = d.project \
                       where d.contact = 'nadia' and d.state = 'suppressed' order by 1";
        assert_eq!(world.texts(stopped).await, ["acme texts_of_month_used_up", "casa texts_of_month_used_up"]);
    }

    async fn a_reader_on_the_other_side_of_the_world_hears_while_it_is_of_use(world: World) {
        let mut world = world;
        // Of a period that is over there is more to tell.
        world.allow_leftovers();
        world.set("2026-11-20T00:00:00Z");
        let text = setup("acme = [\"finance\"]")
            .replacen("zone = \"Europe/Kyiv\"\nlocale = \"en\"\ncurrency = \"EUR\"\n[project.brand.links]\npay = \"https://pay.example/bravo\"", "zone = \"America/Los_Angeles\"\nlocale = \"en\"\ncurrency = \"EUR\"", 1)
            .replace("id = \"nadia\"\n", "id = \"nadia\"\nzone = \"Pacific/Auckland\"\n")
            .replace("id = \"petro\"\n", "id = \"petro\"\nzone = \"Europe/Kyiv\"\n");
        assert!(text.contains("America/Los_Angeles"));
        world.apply(&text).await;
        paid_until(&world, "acme", "2026-11-29").await;
        paid_until(&world, "bravo", "2026-11-29").await;
        let readers = [(NADIA, "Europe/Kyiv", "Pacific/Auckland"), (PETRO, "America/Los_Angeles", "Europe/Kyiv")];
        let mut seen = [0; 2];
        let mut named = 0;
        for _ in 0..96 {
            world.settle().await;
            for ((address, there, here), seen) in readers.iter().zip(&mut seen) {
                let mails = to(&world, address);
                let dates = [there, here].map(|zone| world.app.zones.get(zone).expect("a zone").date(world.now()).to_string());
                let before = std::mem::replace(seen, mails.len());
                if mails.len() == before {
                    continue;
                }
                assert_eq!(mails.len(), before + 1);
                let told = world.texts(&format!("select v.subject from deliveries d join variants v on v.id = d.variant where d.address = '{address}' and d.state = 'accepted' order by d.settled_at desc, d.id desc limit 1")).await.remove(0);
                for (part, end) in [("Pay by Thu 26 November", "2026-11-26"), ("Pay today", "2026-11-26"), ("ends on Sunday, 29 November", "2026-11-29")] {
                    if told.contains(part) {
                        named += 1;
                        assert!(dates.iter().all(|date| date.as_str() <= end), "{address}: {told} on {dates:?}");
                    }
                }
            }
            world.advance(std::time::Duration::from_secs(3 * 3_600));
        }
        assert_eq!(named, 6, "two reminders to pay by Thursday and one of the end, to each");
        assert!(to(&world, NADIA).iter().any(|mail| mail.text.contains("This can’t wait")), "and it says so");
    }

    async fn a_payment_on_its_way_quiets_its_reminders_until_the_day_after_and_no_others(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup(ALL)).await;
        paid_until(&world, "bravo", "2026-06-08").await;
        world.set("2026-06-01T06:00:00Z");
        world.settle().await;
        let [mail] = &to(&world, PETRO)[..] else { panic!("one mail") };
        let [path] = &paid_links(mail)[..] else { panic!("{}", mail.html) };
        assert!(mail.text.contains("I’ve paid, it arrives on …"), "{}", mail.text);
        let site = Site::of(&world).await;
        let page = ask(site.public, &format!("GET {path}")).await;
        assert!(page.starts_with("HTTP/1.1 200") && page.contains("When does your payment arrive?"), "{page}");
        assert!(page.contains("type=\"date\"") && page.contains("min=\"2026-06-01\"") && page.contains("form-action"), "{page}");
        assert_eq!(world.number("select count(*) from promises").await, 0, "looking changes nothing");
        for wrong in ["", "do=promise&until=2026-05-31", "do=promise&until=2027-01-01", "do=promise&until=soon"] {
            let page = say(&site, path, wrong).await;
            assert!(page.starts_with("HTTP/1.1 422") && page.contains("Please choose a day from"), "{wrong}: {page}");
        }
        let other = path.replace("/paid/", "/paid/9");
        assert!(say(&site, &other, "do=promise&until=2026-06-08").await.starts_with("HTTP/1.1 404"));
        assert_eq!(world.number("select count(*) from promises").await, 0);
        // It waits for Friday's morning when the payment is named: it is put off.
        world.set("2026-06-05T03:00:00Z");
        world.settle().await;
        assert_eq!(world.number("select count(*) from deliveries where state = 'queued'").await, 2);
        let page = say(&site, path, "do=promise&until=2026-06-09").await;
        assert!(page.contains("Reminders are quiet") && page.contains("Tuesday, 9 June") && page.contains("value=\"undo\""), "{page}");
        say(&site, path, "do=promise&until=2026-06-09").await;
        assert_eq!(world.number("select count(*) from promises").await, 1, "the same again is the same");
        assert_eq!(world.texts("select actor || ' ' || action from audit where action like '%promise%'").await, ["contact petro payment_promised"]);
        assert!(said(&world, &["standing", "list"]).contains("2026-06-09, says petro"), "whoever looks after billing sees it");
        assert!(said(&world, &["standing", "list", "--json"]).contains("\"payment_arrives_on\": \"2026-06-09\""));
        for day in ["05", "08", "09"] {
            world.set(&format!("2026-06-{day}T06:00:00Z"));
            world.settle().await;
            assert_eq!(to(&world, PETRO).len(), 1, "quiet on {day}");
        }
        balance(&world, "bravo", "-3").await;
        world.settle().await;
        assert_eq!(to(&world, PETRO).len(), 2, "what is used up is told all the same");
        world.set("2026-06-10T06:00:00Z");
        world.settle().await;
        let told: Vec<String> = to(&world, PETRO).into_iter().map(|mail| mail.subject).collect();
        assert!(told.iter().any(|subject| subject == "Bravo Dental: the paid period ended on Monday, 8 June"), "{told:?}");
        site.end().await;
    }

    async fn a_payment_on_its_way_quiets_what_its_reader_s_night_holds_as_well(world: World) {
        world.set("2026-06-01T03:00:00Z");
        let text = setup(ALL).replace("id = \"petro\"\n", "id = \"petro\"\nquiet = \"20:00-10:00\"\n");
        world.apply(&text).await;
        paid_until(&world, "bravo", "2026-06-08").await;
        // Told at nine, and held for Petro until ten.
        world.set("2026-06-01T06:30:00Z");
        world.settle().await;
        let held = "select count(*) from deliveries where state = 'held' and reason = 'quiet_hours'";
        assert_eq!(world.number(held).await, 1);
        let path = paid_links(&to(&world, NADIA)[0]).remove(0);
        let site = Site::of(&world).await;
        say(&site, &path, "do=promise&until=2026-06-03").await;
        assert_eq!(world.number(held).await, 0);
        for (now, told) in [("2026-06-01T07:30:00Z", 0), ("2026-06-03T08:00:00Z", 0), ("2026-06-04T07:00:00Z", 1)] {
            world.set(now);
            world.settle().await;
            assert_eq!(to(&world, PETRO).len(), told, "{now}");
        }
        site.end().await;
    }

    async fn a_payment_that_came_quiets_nothing_any_more(world: World) {
        world.set("2026-06-01T06:00:00Z");
        let low = "[project.balances.forwarding]\nlow = \"80\"\n";
        world.apply(&setup(ALL).replace("[project.brand.links]\npay = \"https://pay.example/bravo\"\n", &format!("[project.brand.links]\npay = \"https://pay.example/bravo\"\n{low}"))).await;
        balance(&world, "bravo", "75").await;
        world.settle().await;
        let [mail] = &to(&world, PETRO)[..] else { panic!("one mail") };
        let [path] = &paid_links(mail)[..] else { panic!("{}", mail.html) };
        let site = Site::of(&world).await;
        say(&site, path, "do=promise&until=2026-06-27").await;
        let in_force = "select count(*) from promises where withdrawn_at is null";
        assert_eq!(world.number(in_force).await, 1);
        let mut told = Vec::new();
        for (hour, amount) in [(7, "60"), (8, "900"), (9, "70"), (10, "-12")] {
            world.set(&format!("2026-06-01T{hour:02}:00:00Z"));
            balance(&world, "bravo", amount).await;
            world.settle().await;
            told.push((to(&world, PETRO).len(), world.number(in_force).await));
        }
        assert_eq!(told, [(1, 1), (2, 0), (3, 0), (4, 0)], "quiet; it came; low again; used up");
        site.end().await;
    }

    async fn what_a_payment_puts_off_goes_in_each_reader_s_own_morning(world: World) {
        world.set("2026-06-01T03:00:00Z");
        let text = setup("acme = [\"finance\"]").replace("id = \"petro\"\n", "id = \"petro\"\nzone = \"America/New_York\"\n");
        world.apply(&text).await;
        paid_until(&world, "bravo", "2026-06-08").await;
        world.set("2026-06-01T13:00:00Z");
        world.settle().await;
        let path = paid_links(&to(&world, PETRO)[0]).remove(0);
        world.set("2026-06-02T06:00:00Z");
        paid_until(&world, "bravo", "2026-06-16").await;
        world.settle().await;
        let before = to(&world, PETRO).len();
        // It waits for nine in New York, and is put off to the morning after.
        world.set("2026-06-09T04:00:00Z");
        world.settle().await;
        assert_eq!(world.number("select count(*) from deliveries where state = 'queued'").await, 1);
        let site = Site::of(&world).await;
        say(&site, &path, "do=promise&until=2026-06-09").await;
        site.end().await;
        for at in ["2026-06-09T13:00:00Z", "2026-06-10T06:00:00Z", "2026-06-10T12:59:59Z"] {
            world.set(at);
            world.settle().await;
            assert_eq!(to(&world, PETRO).len(), before, "{at}");
        }
        world.set("2026-06-10T13:00:00Z");
        world.settle().await;
        assert_eq!(to(&world, PETRO).len(), before + 1);
    }

    async fn a_word_that_is_taken_back_quiets_nothing_and_only_who_may_can_give_it(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup(ALL)).await;
        paid_until(&world, "bravo", "2026-06-08").await;
        world.set("2026-06-01T06:00:00Z");
        world.settle().await;
        let path = paid_links(&to(&world, PETRO)[0]).remove(0);
        let site = Site::of(&world).await;
        say(&site, &path, "do=promise&until=2026-06-20").await;
        let page = ask(site.public, &format!("GET {path}")).await;
        assert!(page.contains("Reminders are quiet") && page.contains("Undo"), "{page}");
        world.set("2026-06-05T06:00:00Z");
        world.settle().await;
        assert_eq!(to(&world, PETRO).len(), 1);
        assert_eq!(world.texts("select decision from episodes where rule = 'paid_until' and decision = 'payment_promised'").await.len(), 1);
        let page = say(&site, &path, "do=undo").await;
        assert!(page.contains("Reminders go on"), "{page}");
        world.settle().await;
        assert_eq!(to(&world, PETRO).len(), 2, "the level that was kept quiet is told");
        let gone = setup(ALL).replace("bravo = [\"finance\"]\"", "").replace("id = \"petro\"", "id = \"petro\"\nactive = false");
        world.apply(&gone).await;
        assert!(say(&site, &path, "do=promise&until=2026-06-20").await.starts_with("HTTP/1.1 403"));
        assert_eq!(world.number("select count(*) from promises where withdrawn_at is null").await, 0);
        site.end().await;
    }

    async fn whoever_is_away_is_stood_in_for_and_apply_refuses_who_cannot(world: World) {
        world.set("2026-06-01T03:00:00Z");
        let away = |away: &str| {
            setup(ALL).replace("id = \"nadia\"\n", &format!("id = \"nadia\"\naway = {{ from = \"2026-06-01\", to = \"2026-06-02\", deputy = \"{away}\" }}\n"))
        };
        let all = |text: String| text.replace("roles = { bravo = [\"finance\"] }", &format!("roles = {{ {ALL} }}"));
        for (text, why) in [
            (away("nadia"), "can't stand in for itself"),
            (away("petra"), "there is no contact `petra`; did you mean `petro`?"),
            (away("petro"), "`petro` can't stand in for `nadia` in acme, casa"),
            (all(away("petro")).replace("id = \"petro\"\n", "id = \"petro\"\nactive = false\n"), "isn't active"),
            (
                all(away("petro")).replace("id = \"petro\"\n", "id = \"petro\"\naway = { from = \"2026-06-02\", to = \"2026-06-09\", deputy = \"nadia\" }\n"),
                "it is away itself (2026-06-02 to 2026-06-09, deputy nadia)",
            ),
        ] {
            let refused = world.refused(&text).await.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(refused.contains(why) || why.contains("; ") && refused.contains("there is no contact `petra`"), "{why}: {refused}");
        }
        world.apply(&all(away("petro"))).await;
        assert!(said(&world, &["list", "contacts", "--json"]).contains("\"deputy\": \"petro\""));
        paid_until(&world, "acme", "2026-06-08").await;
        paid_until(&world, "casa", "2026-06-05").await;
        let args = |at: &str| who::Args {
            kind: NoticeKind::PaidUntil, level: Some(Level::SevenBefore), project: "acme".into(), at: Some(at.into()), past_pay_by: false, json: false,
        };
        let said = who::answer(&world.app, &args("2026-06-01T03:00")).await.map_err(|_| "refused").expect("an answer").text();
        assert!(said.contains("petro (finance, deputy of nadia): petro@firm.example") && said.contains("not nadia: away on that day"), "{said}");
        let said = who::answer(&world.app, &args("2026-06-03T03:00")).await.map_err(|_| "refused").expect("an answer").text();
        assert!(said.contains("nadia (finance): nadia@firm.example") && !said.contains("deputy"), "{said}");
        world.set("2026-06-01T06:00:00Z");
        world.settle().await;
        assert!(to(&world, NADIA).is_empty());
        let mails = to(&world, PETRO);
        assert_eq!(mails.iter().map(|mail| mail.subject.as_str()).collect::<Vec<_>>(), ["2 projects need funds, first pay-by Thu 4 June"]);
        world.set("2026-06-03T06:00:00Z");
        paid_until(&world, "bravo", "2026-06-06").await;
        world.settle().await;
        world.set("2026-06-04T06:00:00Z");
        world.settle().await;
        assert!(!to(&world, NADIA).is_empty(), "back at the desk");
    }

    async fn without_a_public_address_no_mail_offers_the_page(world: World) {
        three(&world).await;
        let app = world.replica(|settings| settings.public_url = None).await;
        jobs::tick(&app).await.expect("the jobs run");
        world.set("2026-06-01T06:00:00Z");
        jobs::tick(&app).await.expect("the jobs run");
        let mails = Mail::all(&world);
        assert_eq!(mails.len(), 2);
        assert!(mails.iter().all(|mail| !mail.html.contains("/paid/") && !mail.text.contains("I’ve paid")));
    }
}
