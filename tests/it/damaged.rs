//! Rows that this version of the program can't read: they cost their own report, its owner hears of it, and nobody else waits.

use crate::complete::import_covering;
use crate::flow::{ACME, CALLS, DUE};
use crate::support::mail::Mail;
use crate::support::{Engine, World, on_both};

/// A second report of the same project, at the same moment.
const ANOTHER: &str = r#"
[[report]]
id = "short"
sections = ["headline", "totals"]

[[schedule]]
id = "another"
project = "acme"
report = "short"
recipients = ["taras"]
every = "week"
on = ["mon"]
at = "08:00"
"#;

const WHY: &str = "Reason: something stored for it can’t be read by this version of the program.";

async fn two_reports(world: &World) {
    world.set("2026-11-16T09:00:00Z");
    world.apply(&format!("{ACME}{ANOTHER}")).await;
    world.import("acme", CALLS).await;
}

/// How many reports `schedule` got to somebody.
async fn sent(world: &World, schedule: &str) -> i64 {
    let sql = "select count(*) from deliveries where kind = 'report' and state = 'accepted' and schedule = ";
    world.number(&format!("{sql}'{schedule}'")).await
}

/// What the owner was told that couldn't be made.
fn told(world: &World) -> Vec<String> {
    let mails = Mail::all(world).into_iter().filter(|mail| mail.to == "olena@acme.example");
    let mails = mails.filter(|mail| mail.subject.contains("couldn’t be made"));
    mails.map(|mail| mail.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

on_both! {
    async fn a_schedule_that_cant_be_read_holds_up_nobody_and_goes_on_once_it_is_mended(world: World) {
        two_reports(&world).await;
        let good = world.texts("select cadence from schedules where id = 'weekly'").await.remove(0);
        world.execute("update schedules set cadence = '{\"every\": \"fortnight\"}' where id = 'weekly'").await;
        world.set(DUE);
        world.settle().await;
        assert_eq!((sent(&world, "another").await, sent(&world, "weekly").await), (1, 0));
        assert_eq!(told(&world).len(), 1);
        // Looked at again every hour, but told once.
        world.set("2026-11-23T07:05:00Z");
        world.settle().await;
        assert_eq!(told(&world).len(), 1);
        world.execute(&format!("update schedules set cadence = '{good}' where id = 'weekly'")).await;
        world.set("2026-11-23T08:10:00Z");
        world.settle().await;
        assert_eq!((sent(&world, "another").await, sent(&world, "weekly").await), (1, 4), "late, but whole");
        let occurrences = world.texts("select occurrence from runs where schedule = 'weekly'").await;
        assert_eq!(occurrences, ["2026-11-23T08:00#0"]);
        world.set("2026-11-23T09:20:00Z");
        assert_eq!(world.settle().await.fired, 0, "and once");
    }

    async fn a_report_that_cant_be_read_fails_alone(world: World) {
        two_reports(&world).await;
        world.execute("update reports set sections = '[\"horoscope\"]' where id = 'short'").await;
        world.set(DUE);
        let report = world.settle().await;
        assert_eq!((report.failed, sent(&world, "weekly").await, sent(&world, "another").await), (1, 4, 0));
        let states = world.texts("select state || ' ' || coalesce(reason, '') from runs where schedule = 'another'").await;
        assert_eq!(states, ["failed unreadable"]);
        let told = told(&world);
        assert!(told.len() == 1 && told[0].contains(WHY), "{told:?}");
        assert_eq!(world.settle().await.failed, 0, "it isn't tried for ever");
    }

    async fn a_run_that_cant_be_read_fails_alone(world: World) {
        two_reports(&world).await;
        world.set(DUE);
        let fired = callbrief::jobs::fire_schedules::step(&world.app).await.expect("they are fired");
        assert_eq!(fired.fired, 2);
        world.execute("update runs set notes = 'eclipse' where schedule = 'another'").await;
        let report = world.settle().await;
        assert_eq!((report.failed, sent(&world, "weekly").await, sent(&world, "another").await), (1, 4, 0));
        let states = world.texts("select state || ' ' || coalesce(reason, '') from runs where schedule = 'another'").await;
        assert_eq!(states, ["failed unreadable"]);
        let told = told(&world);
        assert!(told.len() == 1 && told[0].contains(WHY), "{told:?}");
    }

    async fn a_held_run_that_cant_be_read_any_more_is_given_up_alone(world: World) {
        world.set("2026-11-16T09:00:00Z");
        world.apply(&format!("{ACME}if_incomplete = \"hold\"\n{ANOTHER}if_incomplete = \"hold\"\n")).await;
        let behind = ("2026-11-09T00:00:00+02:00", "2026-11-22T17:40:00+02:00");
        import_covering(&world, "Main PBX", CALLS, behind).await;
        world.set(DUE);
        world.settle().await;
        assert_eq!(world.number("select count(*) from runs where state = 'waiting_for_data'").await, 2);
        world.execute("update runs set wait_for = 'eclipse' where schedule = 'another'").await;
        world.set("2026-11-23T09:30:00Z");
        world.settle().await;
        let states = world.texts("select schedule || ' ' || state from runs order by schedule").await;
        assert_eq!(states, ["another failed", "weekly waiting_for_data"]);
        assert_eq!(told(&world).len(), 1, "and the other is told as held");
        let held = Mail::all(&world).into_iter().filter(|mail| mail.to == "olena@acme.example").count();
        assert_eq!(held, 2);
    }
}

/// What a Postgres says that has nothing left for us, in place of every call.
const NOTHING_LEFT: &[&str] = &[
    "alter table calls rename to calls_kept",
    "create function nothing_left() returns boolean language plpgsql as $$ begin
        raise exception using errcode = '53200', message = 'out of memory'; end $$",
    "create view calls as select * from calls_kept where nothing_left()",
];

/// Where the database has nothing left while a report is made, the report isn't given up.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_in_trouble_while_a_report_is_made_costs_no_report() {
    let world = World::new(Engine::Postgres).await;
    two_reports(&world).await;
    world.set(DUE);
    for statement in NOTHING_LEFT {
        world.execute(statement).await;
    }
    for _ in 0..7 {
        let failed = callbrief::jobs::tick(&world.app).await.expect_err("the calls can't be read");
        assert!(format!("{failed:#}").contains("out of memory"), "{failed:#}");
    }
    assert_eq!(world.texts("select distinct state || ' ' || tries from runs").await, ["due 0"]);
    assert!(told(&world).is_empty(), "nobody is told that it can't be made");
    for statement in ["drop view calls", "alter table calls_kept rename to calls"] {
        world.execute(statement).await;
    }
    world.settle().await;
    assert_eq!((sent(&world, "another").await, sent(&world, "weekly").await), (1, 4));
}
