//! "I've paid, it arrives on …" quiets what a message is to tell with others as well, and only what goes on.

use callbrief::domain::balance::{Entry, EntryKind};
use callbrief::domain::ids::BalanceName;
use callbrief::domain::money::Amount;
use callbrief::funds;
use callbrief::store::balances::NewBalance;

use crate::mornings::{ALL, NADIA, PETRO, paid_links, paid_until, project, say, setup, tick_without_relay, to};
use crate::support::{World, ledger, on_both};
use crate::web::Site;

/// Two that end on the same Monday, told in one mail on the Monday before; Petro reads of one of them alone.
async fn two(world: &World, nadia: &str) {
    world.set("2026-06-01T03:00:00Z");
    let both = "acme = [\"finance\"], bravo = [\"finance\"]";
    world.apply(&setup(both).replace("id = \"nadia\"\n", &format!("id = \"nadia\"\n{nadia}\n"))).await;
    for id in ["acme", "bravo"] {
        paid_until(world, id, "2026-06-08").await;
    }
    // Judged before their morning.
    world.settle().await;
}

/// Petro says that the payment for his project arrives on that day of June.
async fn promised(world: &World, site: &Site, day: u32) {
    let path = paid_links(&to(world, PETRO)[0]).remove(0);
    say(site, &path, &format!("do=promise&until=2026-06-{day:02}")).await;
    assert_eq!(world.number("select count(*) from promises where withdrawn_at is null").await, 1);
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
    funds::set_balance(&world.app, &project(world, "bravo").await, &new, "tester").await.expect("it is taken");
}

async fn topup_failed(world: &World, id: &str) {
    let amount = Amount::parse("20").expect("a sum");
    let entry = Entry { id: id.into(), at: world.now(), kind: EntryKind::TopupFailed, amount, what: String::new() };
    let name = BalanceName::parse("forwarding").expect("a name");
    funds::add_entries(&world.app, &project(world, "bravo").await, &name, &[entry], "tester").await.expect("added");
}

/// What Nadia has read: how many mails, and how many of them tell of Bravo.
fn read(world: &World) -> (usize, usize) {
    let mails = to(world, NADIA);
    (mails.len(), mails.iter().filter(|mail| mail.text.contains("Bravo") || mail.subject.contains("Bravo")).count())
}

on_both! {
    async fn a_mail_that_its_reader_s_night_holds_goes_without_what_is_promised_and_that_comes_after(world: World) {
        two(&world, "quiet = \"00:00-11:00\"").await;
        world.set("2026-06-01T06:01:00Z");
        world.settle().await;
        assert_eq!(world.number("select count(*) from deliveries where kind = 'digest' and state = 'held'").await, 1);
        let site = Site::of(&world).await;
        promised(&world, &site, 2).await;
        world.set("2026-06-01T08:01:00Z");
        world.settle().await;
        assert_eq!(read(&world), (1, 0), "{:?}", to(&world, NADIA));
        assert!(to(&world, NADIA)[0].text.contains("Acme Windows"));
        world.set("2026-06-02T10:00:00Z");
        world.settle().await;
        assert_eq!(read(&world), (1, 0));
        // It didn't come: told on the day after, when her night is over.
        world.set("2026-06-03T08:01:00Z");
        world.settle().await;
        assert_eq!(read(&world).1, 1, "{:?}", to(&world, NADIA));
        assert_eq!(to(&world, PETRO).len(), 1, "he has it");
        ledger::assert_lawful(&world).await;
        site.end().await;
    }

    async fn a_mail_that_waits_for_its_relay_goes_without_what_is_promised_and_not_at_all_if_that_is_all(world: World) {
        two(&world, "quiet = \"00:00-11:00\"").await;
        world.set("2026-06-01T06:01:00Z");
        world.settle().await;
        world.set("2026-06-01T08:01:00Z");
        tick_without_relay(&world).await;
        assert_eq!(world.number("select count(*) from deliveries where kind = 'digest' and state = 'queued'").await, 1);
        // Acme pays, Bravo says that it has.
        paid_until(&world, "acme", "2026-07-08").await;
        let site = Site::of(&world).await;
        promised(&world, &site, 2).await;
        world.settle().await;
        assert_eq!(read(&world), (0, 0), "{:?}", to(&world, NADIA));
        assert_eq!(world.texts("select state || ' ' || reason from deliveries where kind = 'digest'").await, ["suppressed alert_over"]);
        paid_until(&world, "bravo", "2026-07-08").await;
        world.set("2026-06-03T08:01:00Z");
        world.settle().await;
        assert_eq!(read(&world), (0, 0), "it came, and she never heard that it was missing");
        ledger::assert_lawful(&world).await;
        site.end().await;
    }

    async fn what_opened_and_resolved_reminds_nobody_and_is_put_off_by_no_promise(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&setup(ALL).replace("id = \"nadia\"\n", "id = \"nadia\"\nquiet = \"00:00-11:00\"\n")).await;
        balance(&world, "100").await;
        topup_failed(&world, "f1").await;
        world.settle().await;
        world.set("2026-06-01T04:00:00Z");
        balance(&world, "300").await;
        world.settle().await;
        world.set("2026-06-01T05:00:00Z");
        topup_failed(&world, "f2").await;
        world.settle().await;
        assert_eq!(world.number("select count(*) from deliveries where state = 'held'").await, 2);
        let site = Site::of(&world).await;
        let failed = to(&world, PETRO).into_iter().find(|mail| !paid_links(mail).is_empty()).expect("a link");
        say(&site, &paid_links(&failed).remove(0), "do=promise&until=2026-06-02").await;
        world.set("2026-06-01T08:01:00Z");
        world.settle().await;
        let mails = to(&world, NADIA);
        assert_eq!(mails.len(), 1);
        assert!(mails[0].text.contains("Still open: 0. Opened and resolved: 1"), "{}", mails[0].text);
        world.set("2026-06-03T08:01:00Z");
        world.settle().await;
        assert_eq!(to(&world, NADIA).len(), 2, "the second failure, as nothing came");
        ledger::assert_lawful(&world).await;
        site.end().await;
    }
}
