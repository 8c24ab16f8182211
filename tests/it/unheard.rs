//! A warning about money that reaches none of its readers is told to somebody else, and whoever was warned hears that it is over.

use callbrief::config::channels::Channel;
use callbrief::domain::balance::{Entry, EntryKind, Standing, Status};
use callbrief::domain::contact::ChannelKind;
use callbrief::domain::ids::{BalanceName, ProjectId};
use callbrief::domain::money::Amount;
use callbrief::domain::project::Project;
use callbrief::funds;
use callbrief::jobs;
use callbrief::notify::hold::{self, Scope};
use callbrief::store::suppressions::NewSuppression;

use crate::channels::{FIXTURES, channel, with_channels};
use crate::support::http::HttpServer;
use crate::support::mail::Mail;
use crate::support::{World, ledger, on_both};

pub const NADIA: &str = "nadia@acme.example";
pub const OLENA: &str = "olena@acme.example";
const TARAS: &str = "taras@acme.example";
const OPERATIONS: &str = "operations@test.example";

/// Project `acme` with these of its people.
pub fn setup(people: &[&str]) -> String {
    let project = "[[project]]\nid = \"acme\"\nname = \"Acme Windows\"\nzone = \"Europe/Kyiv\"\nlocale = \"en\"\ncurrency = \"EUR\"\n";
    let all = [("nadia", "finance"), ("olena", "owner"), ("taras", "ops")];
    let people = all.into_iter().filter(|(id, _)| people.contains(id)).map(|(id, role)| {
        format!(
            "[[contact]]\nid = \"{id}\"\nname = \"{id}\"\naddresses = {{ email = [\"{id}@acme.example\"] }}\nroles = {{ acme = [\"{role}\"] }}\n"
        )
    });
    format!("version = 1\n{project}{}", people.collect::<String>())
}

async fn acme(world: &World) -> Project {
    let id = ProjectId::parse("acme").expect("an id");
    world.app.store.project(&id).await.expect("it is read").expect("it is there")
}

pub async fn topup_failed(world: &World) {
    let (amount, name) = (Amount::parse("20").expect("a sum"), BalanceName::parse("project").expect("a name"));
    let at = world.now().plus_seconds(-60);
    let entry =
        Entry { id: format!("f{}", at.as_micros()), at, kind: EntryKind::TopupFailed, amount, what: String::new() };
    let balance = callbrief::store::balances::NewBalance {
        name: name.clone(),
        currency: "EUR".into(),
        amount: Amount::parse("100").expect("a sum"),
        credit_limit: None,
        auto_topup: Default::default(),
        as_of: world.now(),
    };
    funds::set_balance(&world.app, &acme(world).await, &balance, "tester").await.expect("it is taken");
    funds::add_entries(&world.app, &acme(world).await, &name, &[entry], "tester").await.expect("added");
}

pub async fn stopped(world: &World, address: &str) {
    let mut session = world.app.store.write().await.expect("a connection");
    let stop = NewSuppression {
        project: None,
        schedule: None,
        channel: "email",
        address,
        reason: "by_hand",
        detail: None,
        actor: "somebody",
    };
    assert!(session.suppress(world.now(), &stop).await.expect("it is stopped"));
    session.commit().await.expect("it is kept");
}

async fn freed(world: &World, address: &str) {
    let mut session = world.app.store.write().await.expect("a connection");
    let lifted = session.lift_suppressions(world.now(), None, Some(address), "somebody", "it works again").await;
    assert_eq!(lifted.expect("it is lifted"), 1);
    session.commit().await.expect("it is kept");
}

/// There is enough, and the failed top-up is made good.
async fn money_came(world: &World) {
    let balance = callbrief::store::balances::NewBalance {
        name: BalanceName::parse("project").expect("a name"),
        currency: "EUR".into(),
        amount: Amount::parse("300").expect("a sum"),
        credit_limit: None,
        auto_topup: Default::default(),
        as_of: world.now(),
    };
    funds::set_balance(&world.app, &acme(world).await, &balance, "tester").await.expect("it is taken");
    world.settle().await;
}

/// Judges and posts, and sends nothing.
pub async fn post_only(world: &World) {
    let app = world.replica(|settings| settings.mail.relays.clear()).await;
    jobs::tick(&app).await.expect("the jobs run");
}

/// What money is said to be wrong with, by its reader.
pub fn warned(world: &World) -> Vec<String> {
    let about_money = |mail: &Mail| {
        mail.subject.contains("top-up") || mail.subject.contains("paid") || mail.subject.contains("thank you")
    };
    let mut told: Vec<String> = Mail::all(world).into_iter().filter(about_money).map(|mail| mail.to).collect();
    told.sort();
    told
}

on_both! {
    async fn whose_only_reader_was_stopped_meanwhile_is_told_to_the_owner_once(world: World) {
        world.set("2026-06-01T09:00:00Z");
        world.apply(&setup(&["nadia", "olena"])).await;
        topup_failed(&world).await;
        post_only(&world).await;
        stopped(&world, NADIA).await;
        world.settle().await;
        assert_eq!(warned(&world), [OLENA]);
        world.settle().await;
        world.set("2026-06-03T09:00:00Z");
        world.settle().await;
        assert_eq!(warned(&world), [OLENA], "once");
        ledger::assert_lawful(&world).await;
    }

    async fn what_somebody_may_get_yet_is_not_looked_at_and_stands_in_nobody_s_way(world: World) {
        world.set("2026-06-01T09:00:00Z");
        let petro = setup(&["nadia"]).replace("nadia", "petro");
        let petro = &petro[petro.find("[[contact]]").expect("a contact")..];
        world.apply(&(setup(&["nadia", "olena"]) + petro)).await;
        topup_failed(&world).await;
        post_only(&world).await;
        let ended = async |after| {
            let found = world.app.store.unheard_deliveries(after, 10).await.expect("they are read");
            found.into_iter().map(|one| one.id).collect::<Vec<_>>()
        };
        world.execute("update deliveries set state = 'suppressed', reason = 'unsubscribed' where address = 'nadia@acme.example'").await;
        assert!(ended(0).await.is_empty(), "petro's mail waits for its relay");
        world.execute("update deliveries set state = 'failed', reason = 'no_such_address' where address = 'petro@acme.example'").await;
        let both = ended(0).await;
        assert_eq!(both.len(), 2, "nobody gets it any more");
        assert_eq!(ended(both[0]).await, both[1..], "those after the first");
    }

    async fn and_where_the_owner_gets_nothing_either_to_operations(world: World) {
        world.set("2026-06-01T09:00:00Z");
        world.apply(&setup(&["nadia", "olena"])).await;
        topup_failed(&world).await;
        post_only(&world).await;
        stopped(&world, NADIA).await;
        stopped(&world, OLENA).await;
        post_only(&world).await;
        assert_eq!(world.number("select count(*) from notices where dedup_key like 'operations/%'").await, 0, "it still waits");
        world.settle().await;
        assert_eq!(warned(&world), [OPERATIONS]);
        world.settle().await;
        assert_eq!(world.texts("select dedup_key from notices where dedup_key like 'operations/%'").await.len(), 1);
        ledger::assert_lawful(&world).await;
    }

    async fn what_somebody_of_ours_keeps_back_is_told_to_nobody_else(world: World) {
        world.set("2026-06-01T09:00:00Z");
        world.apply(&setup(&["nadia", "olena"])).await;
        assert!(hold::place(&world.app, Scope::default(), "a restored backup", "tester").await.expect("it is placed"));
        topup_failed(&world).await;
        world.settle().await;
        world.set("2026-06-01T10:00:00Z");
        hold::release(&world.app, None, Some(world.now()), "tester").await.expect("it is released");
        world.settle().await;
        assert!(warned(&world).is_empty(), "it was told before the backup was made");
        assert_eq!(world.texts("select distinct reason from deliveries where kind = 'topup_failed'").await, ["passed_over_on_release"]);
        ledger::assert_lawful(&world).await;
    }

    async fn a_warning_for_nobody_goes_to_the_rooms_of_operations_as_well(world: World) {
        let chat = HttpServer::start((FIXTURES[0].yes)()).await;
        let channels: Vec<Channel> = vec![channel("room", ChannelKind::Slack, (FIXTURES[0].service)(&chat))];
        let configured = with_channels(channels);
        let app = world.replica(|settings| {
            configured(settings);
            settings.operations.email.clear();
            settings.operations.channels = vec![(ChannelKind::Slack, "room".into())];
        }).await;
        world.set("2026-06-01T09:00:00Z");
        world.apply(&setup(&[])).await;
        topup_failed(&world).await;
        jobs::tick(&app).await.expect("the jobs run");
        assert_eq!(chat.taken().len(), 1);
        let said = &chat.taken()[0].body;
        assert!(said.contains("Acme Windows") && !said.contains("20"), "without sums: {said}");
    }

    async fn whoever_was_warned_hears_that_it_is_over(world: World) {
        world.set("2026-06-19T16:00:00Z");
        world.apply(&setup(&["nadia", "olena", "taras"])).await;
        // The last day on which a payment arrives in time is over, so ops hear of it.
        let standing = async |paid_until: &str| {
            let new = Standing { status: Status::Active, paid_until: paid_until.parse().ok(), as_of: world.now() };
            funds::set_standing(&world.app, &acme(&world).await, new, "tester").await.expect("it is taken");
            world.settle().await;
        };
        standing("2026-06-20").await;
        assert_eq!(warned(&world), [NADIA, OLENA, TARAS]);
        world.set("2026-06-20T08:00:00Z");
        standing("2026-07-20").await;
        assert_eq!(warned(&world), [NADIA, NADIA, OLENA, OLENA, TARAS, TARAS]);
        assert!(!Mail::all(&world).iter().any(|mail| mail.to == TARAS && mail.text.contains('€')), "without sums");
    }

    async fn whoever_heard_it_instead_hears_that_it_is_over_and_who_heard_nothing_is_not_thanked(world: World) {
        world.set("2026-06-01T09:00:00Z");
        world.apply(&setup(&["nadia", "olena"])).await;
        topup_failed(&world).await;
        post_only(&world).await;
        stopped(&world, NADIA).await;
        world.settle().await;
        assert_eq!(warned(&world), [OLENA]);
        freed(&world, NADIA).await;
        world.set("2026-06-02T09:00:00Z");
        money_came(&world).await;
        assert_eq!(warned(&world), [OLENA, OLENA]);
        let thanks = Mail::all(&world).into_iter().filter(|mail| mail.subject.contains("thank you")).map(|mail| mail.to);
        assert_eq!(thanks.collect::<Vec<_>>(), [OLENA]);
        ledger::assert_lawful(&world).await;
    }

    async fn operations_that_heard_it_instead_hear_that_it_is_over(world: World) {
        world.set("2026-06-01T09:00:00Z");
        world.apply(&setup(&["nadia", "olena"])).await;
        topup_failed(&world).await;
        post_only(&world).await;
        stopped(&world, NADIA).await;
        stopped(&world, OLENA).await;
        world.settle().await;
        world.settle().await;
        assert_eq!(warned(&world), [OPERATIONS]);
        for address in [NADIA, OLENA] {
            freed(&world, address).await;
        }
        world.set("2026-06-02T09:00:00Z");
        money_came(&world).await;
        assert_eq!(warned(&world), [OPERATIONS, OPERATIONS]);
        world.set("2026-06-03T09:00:00Z");
        topup_failed(&world).await;
        world.settle().await;
        assert_eq!(warned(&world), [NADIA, OPERATIONS, OPERATIONS], "the next one is finance's again");
        ledger::assert_lawful(&world).await;
    }

    async fn that_the_day_to_pay_has_passed_is_told_to_operations_where_only_those_are_left_who_know(world: World) {
        world.set("2026-06-12T03:00:00Z");
        let lead = "[project.balances.project]\npayment_lead_days = 2\n\n[[contact]]";
        world.apply(&setup(&["nadia", "taras"]).replacen("[[contact]]", lead, 1)).await;
        let new = Standing { status: Status::Active, paid_until: "2026-06-20".parse().ok(), as_of: world.now() };
        funds::set_standing(&world.app, &acme(&world).await, new, "tester").await.expect("it is taken");
        for day in ["12", "15", "16", "17"] {
            world.set(&format!("2026-06-{day}T06:00:00Z"));
            world.settle().await;
        }
        let hers = warned(&world);
        assert!(!hers.is_empty() && hers.iter().all(|to| to == NADIA), "{hers:?}");
        world.set("2026-06-18T06:00:00Z");
        post_only(&world).await;
        stopped(&world, TARAS).await;
        world.settle().await;
        world.settle().await;
        let all = warned(&world);
        assert_eq!(all.iter().filter(|to| *to == NADIA).count(), hers.len(), "she knows: {all:?}");
        assert_eq!(all.iter().filter(|to| *to != NADIA).collect::<Vec<_>>(), [OPERATIONS]);
        let looked_at = "select n.dedup_key from deliveries d join notices n on n.id = d.notice where d.looked_at is not null";
        let keys = world.texts(looked_at).await;
        assert!(keys.len() == 1 && keys[0].ends_with("/pay_by_passed"), "{keys:?}");
        let instead = world.texts("select dedup_key from notices where dedup_key not like 'alert/%'").await;
        assert_eq!(instead, [format!("operations/{}", keys[0])]);
        ledger::assert_lawful(&world).await;
    }
}
