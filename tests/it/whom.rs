//! `who` and `explain` answer for how things stand, and for nothing that doesn't exist.

use callbrief::app::App;
use callbrief::cli::explain;
use callbrief::cli::who::{self, Args};
use callbrief::domain::balance::{Entry, EntryKind, Standing, Status};
use callbrief::domain::contact::ChannelKind;
use callbrief::domain::episode::Level;
use callbrief::domain::ids::{BalanceName, ProjectId};
use callbrief::domain::instant::Instant;
use callbrief::domain::money::Amount;
use callbrief::domain::notice::NoticeKind;
use callbrief::domain::project::Project;
use callbrief::funds;
use callbrief::jobs;
use callbrief::notify::{hold, silence};
use callbrief::store::silences::NewSilence;

use crate::channels::{FIXTURES, channel, with_channels};
use crate::program::{command, settings};
use crate::reach::{balance, person, setup};
use crate::support::http::HttpServer;
use crate::support::{World, on_both};
use crate::web::{Site, ask};

async fn acme(world: &World) -> Project {
    let id = ProjectId::parse("acme").expect("an id");
    world.app.store.project(&id).await.expect("it is read").expect("it is there")
}

async fn standing(world: &World, status: Status, paid_until: Option<&str>) {
    let paid_until = paid_until.map(|day| day.parse().expect("a day"));
    let new = Standing { status, paid_until, as_of: world.now() };
    funds::set_standing(&world.app, &acme(world).await, new, "tester").await.expect("it is taken");
}

fn mail(id: &str) -> String {
    format!("addresses = {{ email = [\"{id}@acme.example\"] }}")
}

fn people() -> String {
    person("nadia", "finance", &mail("nadia"))
        + &person("olena", "owner", &mail("olena"))
        + &person("taras", "ops", &mail("taras"))
}

fn args(kind: NoticeKind, level: Option<Level>) -> Args {
    Args { kind, level, project: "acme".into(), at: None, past_pay_by: false, json: false }
}

async fn asked(app: &App, args: &Args) -> String {
    who::answer(app, args).await.unwrap_or_else(|_| panic!("an answer to {args:?}")).text()
}

async fn explained(app: &App, address: &str) -> String {
    let told = explain::by_address(app, address, None, None).await.expect("it is read");
    told.unwrap_or_else(|unknown| panic!("{unknown}"))
}

async fn by_number(app: &App, number: i64) -> String {
    let told = explain::by_reference(app, &number.to_string()).await.expect("it is read");
    told.unwrap_or_else(|unknown| panic!("{unknown}"))
}

/// A program's words, with its exit code.
fn run(world: &World, args: &[&str]) -> (Option<i32>, String) {
    settings(world, 0);
    let output = command(world, &world.now().to_string(), args).output().expect("it runs");
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    (output.status.code(), text.split_whitespace().collect::<Vec<_>>().join(" "))
}

async fn usage_of_two_weeks(world: &World) {
    let name = BalanceName::parse("forwarding").expect("a name");
    let entry = |day: u32| Entry {
        id: format!("u{day}"),
        at: Instant::parse_rfc3339(&format!("2026-11-{day:02}T12:00:00Z")).expect("an instant"),
        kind: EntryKind::Usage,
        amount: Amount::parse("20").expect("a sum"),
        what: String::new(),
    };
    let entries: Vec<Entry> = (1..16).map(entry).collect();
    funds::add_entries(&world.app, &acme(world).await, &name, &entries, "tester").await.expect("added");
}

on_both! {
    async fn who_takes_the_kind_s_own_level_and_refuses_others(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&setup(&people())).await;
        let said = asked(&world.app, &args(NoticeKind::BalanceNegative, None)).await;
        assert!(said.contains("balance_negative, level empty (critical)") && said.contains("taras (ops"), "{said}");
        let said = asked(&world.app, &args(NoticeKind::Funds, None)).await;
        assert!(said.contains("The levels of funds are warning, critical: this is for the first."), "{said}");
        assert!(who::answer(&world.app, &args(NoticeKind::BalanceNegative, Some(Level::Warning))).await.is_err());
        let (code, said) = run(&world, &["who", "--kind", "balance_negative", "--level", "warning", "--project", "acme"]);
        assert!(code == Some(2) && said.contains("`balance_negative` has no level `warning`; it has empty"), "{said}");
    }

    async fn who_knows_that_the_day_to_pay_by_is_past(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&setup(&people())).await;
        balance(&world, "9000").await;
        let topup = args(NoticeKind::TopupFailed, None);
        let said = asked(&world.app, &topup).await;
        assert!(said.contains("not taras: ops hear when a payment would come too late"), "{said}");
        usage_of_two_weeks(&world).await;
        world.set("2026-11-16T09:01:00Z");
        balance(&world, "25").await;
        for kind in [NoticeKind::TopupFailed, NoticeKind::Funds, NoticeKind::LowBalance] {
            let said = asked(&world.app, &args(kind, None)).await;
            assert!(said.contains("taras (ops, without sums)") && said.contains("The day to pay by of forwarding (2026-11-"), "{kind:?}: {said}");
        }
        let period = args(NoticeKind::PaidUntil, None);
        assert!(asked(&world.app, &period).await.contains("not taras: ops hear"), "the balance is no paid period");
        standing(&world, Status::Active, Some("2026-11-22")).await;
        assert!(asked(&world.app, &period).await.contains("not taras: ops hear"), "there are days left");
        let later = Args { at: Some("2026-11-22T10:00".into()), ..args(NoticeKind::PaidUntil, None) };
        let said = asked(&world.app, &later).await;
        assert!(said.contains("taras (ops") && said.contains("The day to pay by of the paid period (2026-11-"), "{said}");
        let trial = Args { past_pay_by: true, ..args(NoticeKind::Trial, None) };
        assert!(asked(&world.app, &trial).await.contains("not taras: ops hear"), "a trial has no day to pay by");
    }

    async fn whoever_has_somebody_s_address_is_told_so(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&setup(&(people() + &person("twin", "ops", &mail("olena"))))).await;
        let said = asked(&world.app, &args(NoticeKind::BalanceNegative, None)).await;
        assert!(said.contains("not twin: somebody before has the same address"), "{said}");
        let said = asked(&world.app, &args(NoticeKind::Funds, None)).await;
        assert!(said.contains("not twin: ops hear when"), "{said}");
    }

    async fn only_silences_in_force_then_count_and_an_archived_project_has_none_to_tell(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&setup(&people())).await;
        let until = world.now().plus_seconds(3_600);
        let new = NewSilence { project: Some(acme(&world).await.key), kind: None, contact: None, reason: "tests", actor: "me", until };
        let id = silence::begin(&world.app, &new, "acme").await.expect("begun");
        let at = |at: &str| Args { at: Some(at.into()), ..args(NoticeKind::TopupFailed, None) };
        let is_silenced = async |when: &str| asked(&world.app, &at(when)).await.contains("not by nadia@acme.example");
        assert!(!is_silenced("2026-11-16T10:59").await, "it hadn't begun");
        assert!(is_silenced("2026-11-16T11:30").await);
        assert!(!is_silenced("2026-11-16T12:00").await, "it is over");
        world.set("2026-11-16T09:20:00Z");
        silence::end(&world.app, id, "me").await.expect("asked");
        assert!(is_silenced("2026-11-16T11:10").await, "it was in force then");
        assert!(!is_silenced("2026-11-16T11:30").await, "it was ended before");
        standing(&world, Status::Archived, None).await;
        let said = asked(&world.app, &args(NoticeKind::Funds, None)).await;
        assert!(said.contains("Warnings of acme have stopped, since it is archived") && !said.contains("nadia (finance)"), "{said}");
        let said = asked(&world.app, &args(NoticeKind::Status, Some(Level::Archived))).await;
        assert!(said.contains("nadia (finance)"), "the last notice: {said}");
        world.settle().await;
        let said = explained(&world.app, "nadia@acme.example").await;
        assert!(said.contains("Warnings have stopped, since acme is archived") && !said.contains("nothing to warn of"), "{said}");
    }

    async fn explain_says_what_became_of_each_warning_and_why_it_waits(world: World) {
        world.set("2026-11-16T03:00:00Z");
        let nadia = format!("{}\nzone = \"Europe/Amsterdam\"", mail("nadia"));
        world.apply(&setup(&person("nadia", "finance", &nadia))).await;
        standing(&world, Status::Active, Some("2026-11-23")).await;
        let said = explained(&world.app, "nadia@acme.example").await;
        assert!(said.contains("Not judged yet") && !said.contains("nothing to warn of"), "{said}");
        world.settle().await;
        let said = explained(&world.app, "nadia@acme.example").await;
        assert!(said.contains("paid_until: the level `7_before` is reached; its message waits until 2026-11-16 10:00"), "{said}");
        assert!(said.contains("Every other rule: nothing to warn of.") && !said.contains("was told"), "{said}");
        let said = by_number(&world.app, 1).await;
        assert!(said.contains("It tells `paid_until` of acme, level `7_before`."), "{said}");
        assert!(said.contains("It waits until 2026-11-16 09:00 (Europe/Amsterdam time): that is its reader's next working morning"), "{said}");
        // The same is found again by the next fact.
        world.set("2026-11-16T03:10:00Z");
        balance(&world, "900").await;
        world.settle().await;
        let said = explained(&world.app, "nadia@acme.example").await;
        assert!(!said.contains("told before") && said.contains("its message waits until 2026-11-16 10:00"), "{said}");
        let hold = hold::place(&world.app, hold::Scope::default(), "moving", "me");
        assert!(hold.await.expect("placed"));
        let said = explained(&world.app, "nadia@acme.example").await;
        assert!(said.contains("its message waits: sending is held") && !said.contains("was told"), "{said}");
        hold::release(&world.app, None, None, "me").await.expect("released");
        world.set("2026-11-16T08:00:00Z");
        world.settle().await;
        let said = explained(&world.app, "nadia@acme.example").await;
        assert!(said.contains("it had been told before") && said.contains("was taken by"), "{said}");
    }

    async fn explain_knows_rooms_of_several_and_whose_deputy_somebody_is(world: World) {
        world.set("2026-11-16T09:00:00Z");
        let chat = HttpServer::start((FIXTURES[0].yes)()).await;
        let app = world.replica(with_channels(vec![channel("room", ChannelKind::Slack, (FIXTURES[0].service)(&chat))])).await;
        let room = |id: &str, more: &str| {
            format!("addresses = {{ email = [\"{id}@acme.example\"], slack = [\"room\"] }}\n{more}")
        };
        let away = "away = { from = \"2026-11-16\", to = \"2026-11-18\", deputy = \"olena\" }\nalerts = [\"slack\"]";
        let people = person("abel", "manager", &room("abel", "")) + &person("nadia", "finance", &room("nadia", away)) + &person("olena", "owner", &mail("olena"));
        world.apply(&setup(&people)).await;
        balance(&world, "900").await;
        jobs::tick(&app).await.expect("the jobs run");
        let said = explained(&app, "room").await;
        assert!(said.contains("Warnings about money of acme") && said.contains("Told there for nadia."), "{said}");
        let said = explained(&app, "olena@acme.example").await;
        assert!(said.contains("Deputy of nadia until 2026-11-18"), "{said}");
        let site = Site::open(&app).await;
        let status = ask(site.ops, "GET /status").await;
        let (_, lane) = status.split_once("\"id\":\"slack/room\"").unwrap_or_else(|| panic!("{status}"));
        assert!(lane.starts_with(",\"configured\":true,\"open\":true"), "{lane}");
        site.end().await;
    }
}
