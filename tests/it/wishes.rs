//! What readers wish: stop, pause, all of a project, and back, by the link in a mail; STOP and START by a text.

use std::time::Duration;

use callbrief::domain::ids::{BalanceName, ProjectId};
use callbrief::domain::money::Amount;
use callbrief::funds;
use callbrief::store::balances::NewBalance;

use crate::flow::{self, ACME, CALLS, DUE};
use crate::support::mail::Mail;
use crate::support::{World, on_both};
use crate::web::{Site, ask};

/// The path of the stop link in the last mail to this address.
fn link(world: &World, to: &str) -> String {
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
        let balance = |amount: &'static str| {
            let world = &world;
            async move {
                let project = world.app.store.project(&ProjectId::parse("acme").expect("an id")).await.expect("read").expect("there");
                let new = NewBalance {
                    name: BalanceName::parse("forwarding").expect("a name"),
                    currency: "EUR".into(),
                    amount: Amount::parse(amount).expect("a sum"),
                    credit_limit: None,
                    as_of: world.now(),
                };
                funds::set_balance(&world.app, &project, &new, "tester").await.expect("it is taken");
                world.settle().await;
                world.advance(Duration::from_secs(60));
            }
        };
        balance("60").await;
        balance("40").await;
        let warned = "select address from deliveries where kind = 'low_balance' and state = 'accepted' order by id";
        assert_eq!(world.texts(warned).await, ["inna@acme.example"]);
        let bill = world.outbox().into_iter().map(|mail| String::from_utf8_lossy(&mail).into_owned());
        let bill = bill.into_iter().find(|mail| Mail::read(mail.as_bytes()).text.contains("40")).expect("the warning");
        assert!(!bill.contains("List-Unsubscribe"), "{bill}");
        let site = Site::of(&world).await;
        post(&site, &link(&world, "inna@acme.example"), "do=project").await;
        balance("300").await;
        balance("30").await;
        let last = world.texts(warned).await.pop();
        assert_eq!(last.as_deref(), Some("olena@acme.example"), "the owner hears instead");
        site.end().await;
    }
}
