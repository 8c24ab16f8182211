//! What waited through a night: one message to each address whichever projects it is of, and each of them judged by itself.

use callbrief::domain::balance::{Entry, EntryKind};
use callbrief::domain::ids::{BalanceName, ProjectId};
use callbrief::domain::money::Amount;
use callbrief::domain::project::Project;
use callbrief::funds;
use callbrief::jobs;
use callbrief::notify::silence;
use callbrief::store::balances::NewBalance;
use callbrief::store::silences::NewSilence;

use crate::support::mail::Mail;
use crate::support::{World, ledger, on_both};

const NADIA: &str = "nadia@firm.example";

/// Two projects in one zone and two languages; Nadia, with these roles, sleeps from ten to seven and names no zone.
fn setup(roles: &str) -> String {
    let project = |id: &str, name: &str, locale: &str| {
        format!(
            "[[project]]\nid = \"{id}\"\nname = \"{name}\"\nzone = \"Asia/Tokyo\"\nlocale = \"{locale}\"\ncurrency = \"EUR\"\n"
        )
    };
    let nadia = format!(
        "[[contact]]\nid = \"nadia\"\nname = \"nadia\"\nquiet = \"22:00-07:00\"\n\
         addresses = {{ email = [\"{NADIA}\"] }}\nroles = {{ {roles} }}\n"
    );
    ["version = 1\n".to_owned(), project("acme", "Acme Windows", "en"), project("bravo", "Bravo Dental", "uk"), nadia]
        .join("\n")
}

const BOTH: &str = "acme = [\"finance\"], bravo = [\"finance\"]";

async fn project(world: &World, id: &str) -> Project {
    let id = ProjectId::parse(id).expect("an id");
    world.app.store.project(&id).await.expect("it is read").expect("it is there")
}

async fn told(world: &World, id: &str, balance: &str, amount: &str) {
    let new = NewBalance {
        name: BalanceName::parse(balance).expect("a name"),
        currency: "EUR".into(),
        amount: Amount::parse(amount).expect("a sum"),
        credit_limit: None,
        auto_topup: Default::default(),
        as_of: world.now(),
    };
    funds::set_balance(&world.app, &project(world, id).await, &new, "tester").await.expect("it is taken");
}

async fn failed(world: &World, id: &str, balance: &str, (entry, amount): (&str, &str)) {
    let amount = Amount::parse(amount).expect("a sum");
    let entry = Entry { id: entry.into(), at: world.now(), kind: EntryKind::TopupFailed, amount, what: String::new() };
    let name = BalanceName::parse(balance).expect("a name");
    funds::add_entries(&world.app, &project(world, id).await, &name, &[entry], "tester").await.expect("added");
}

async fn topup_failed(world: &World, id: &str, balance: &str) {
    told(world, id, balance, "400").await;
    failed(world, id, balance, ("f", "200")).await;
}

/// One in the morning in Tokyo: three top-ups fail, two of one project.
async fn night(world: &World) {
    world.set("2026-06-01T16:00:00Z");
    world.apply(&setup(BOTH)).await;
    topup_failed(world, "acme", "forwarding").await;
    topup_failed(world, "acme", "numbers").await;
    topup_failed(world, "bravo", "forwarding").await;
    world.settle().await;
    assert_eq!(world.number("select count(*) from deliveries where state = 'held'").await, 3);
    assert!(Mail::all(world).is_empty());
}

async fn silenced(world: &World, id: &str) {
    let project = project(world, id).await;
    let quiet = NewSilence {
        project: Some(project.key),
        kind: Some("topup_failed"),
        contact: None,
        reason: "the bank is known to be down",
        actor: "tester",
        until: world.now().plus_seconds(86_400),
    };
    silence::begin(&world.app, &quiet, id).await.expect("it begins");
}

/// Seven in the morning in Tokyo, where it is ten in the evening in UTC.
const AWAKE: &str = "2026-06-01T22:00:00Z";

fn words(mail: &Mail) -> String {
    mail.text.split_whitespace().collect::<Vec<_>>().join(" ")
}

on_both! {
    async fn what_waited_of_several_projects_is_one_message_whose_lines_say_of_what_they_are(world: World) {
        night(&world).await;
        world.set(AWAKE);
        world.settle().await;
        let mails = Mail::all(&world);
        assert_eq!(mails.iter().map(|mail| mail.subject.as_str()).collect::<Vec<_>>(), ["3 messages that waited, of 2 projects"]);
        let said = words(&mails[0]);
        for line in [
            "Still open: Acme Windows: the top-up of €200.00 didn’t work (forwarding funds)",
            "Still open: Acme Windows: the top-up of €200.00 didn’t work (funds “numbers”)",
            "Still open: Bravo Dental: the top-up of €200.00 didn’t work",
        ] {
            assert!(said.contains(line), "{line}: {said}");
        }
        assert!(!said.contains("didn’t work (forwarding funds) Still open: Bravo Dental: the top-up of €200.00 didn’t work (") , "{said}");
        assert_eq!(world.number("select count(distinct folded_into) from deliveries where state = 'folded'").await, 1);
        world.settle().await;
        assert_eq!(Mail::all(&world).len(), 1, "once");
        ledger::assert_lawful(&world).await;
    }

    async fn what_is_silenced_or_was_taken_from_a_role_is_no_line_and_says_why(world: World) {
        night(&world).await;
        silenced(&world, "bravo").await;
        world.set(AWAKE);
        world.settle().await;
        let mails = Mail::all(&world);
        assert_eq!(mails.iter().map(|mail| mail.subject.as_str()).collect::<Vec<_>>(), ["Acme Windows: 2 messages that waited"]);
        let reasons = "select p.id || ' ' || d.state || ' ' || d.reason from deliveries d join projects p on p.key = d.project \
                       where d.kind = 'topup_failed' order by 1";
        assert_eq!(world.texts(reasons).await, ["acme folded in_a_digest", "acme folded in_a_digest", "bravo suppressed silenced"]);
    }

    async fn what_waits_for_somebody_who_left_is_stopped_each_for_that_reason(world: World) {
        night(&world).await;
        // Operations hear of such things, but see no sums.
        world.apply(&setup("acme = [\"ops\"], bravo = [\"finance\"]")).await;
        world.set(AWAKE);
        world.settle().await;
        let (hers, others): (Vec<Mail>, Vec<Mail>) = Mail::all(&world).into_iter().partition(|mail| mail.to == NADIA);
        assert_eq!(hers.len(), 1);
        assert!(hers[0].subject.starts_with("Bravo Dental: "), "the only one comes as itself: {}", hers[0].subject);
        assert_eq!(others.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["operations@test.example"; 2], "nobody else is left");
        let reasons = "select p.id || ' ' || d.state || ' ' || d.reason from deliveries d join projects p on p.key = d.project \
            where d.contact is not null order by 1";
        let expected = ["acme suppressed role_receives_not", "acme suppressed role_receives_not", "bravo accepted taken_by_relay"];
        assert_eq!(world.texts(reasons).await, expected);
        let said = callbrief::cli::explain::by_address(&world.app, NADIA, None, None).await.expect("read").expect("known");
        assert!(said.contains("the contact's role in the project doesn't get such messages") && !said.contains("reports: "), "{said}");
    }

    async fn a_digest_that_waits_for_its_relay_is_made_anew_without_what_is_silenced_meanwhile(world: World) {
        night(&world).await;
        world.set(AWAKE);
        let app = world.replica(|settings| settings.mail.relays.clear()).await;
        jobs::tick(&app).await.expect("the jobs run");
        assert_eq!(world.number("select count(*) from deliveries where kind = 'digest' and state = 'queued'").await, 1);
        silenced(&world, "bravo").await;
        world.settle().await;
        let mails = Mail::all(&world);
        assert_eq!(mails.iter().map(|mail| mail.subject.as_str()).collect::<Vec<_>>(), ["Acme Windows: 2 messages that waited"]);
        assert!(!mails[0].text.contains("Bravo"), "{}", mails[0].text);
        // And nothing of it goes where all of it is silenced.
        ledger::assert_lawful(&world).await;
    }

    async fn an_empty_balance_says_nothing_of_a_failed_top_up_and_ends_no_word_of_it(world: World) {
        world.set("2026-06-01T14:00:00Z");
        world.apply(&setup(BOTH)).await;
        topup_failed(&world, "acme", "forwarding").await;
        world.settle().await;
        // In the night it is made good, fails again, and what is there goes.
        for (hour, amount) in [(15, "600"), (17, "-5")] {
            world.set(&format!("2026-06-01T{hour}:00:00Z"));
            told(&world, "acme", "forwarding", amount).await;
            world.settle().await;
            if hour == 15 {
                world.set("2026-06-01T16:00:00Z");
                failed(&world, "acme", "forwarding", ("g", "70")).await;
                world.settle().await;
            }
        }
        let subjects = || Mail::all(&world).into_iter().map(|mail| mail.subject).collect::<Vec<_>>();
        assert_eq!(subjects(), ["Acme Windows owes €5.00"], "critical goes through");
        world.set(AWAKE);
        world.settle().await;
        let mails = Mail::all(&world);
        let digest = mails.iter().find(|mail| mail.subject.contains("that waited")).unwrap_or_else(|| panic!("{:?}", subjects()));
        let said = words(digest);
        assert!(said.contains("Still open: Acme Windows: the top-up of €70.00 didn’t work"), "{said}");
        assert!(said.contains("Opened and resolved: Acme Windows: the top-up of €200.00 didn’t work"), "{said}");
        assert_eq!(mails.len(), 2);
        ledger::assert_lawful(&world).await;
    }
}
