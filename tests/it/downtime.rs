//! Nobody runs for three days: what is caught up, what is passed over, and what is said about it.

use std::time::Duration;

use callbrief::jobs::fire_schedules;

use crate::flow::explain;
use crate::support::mail::Mail;
use crate::support::setup::{ACME, OLENA, file, schedule};
use crate::support::{World, on_both};

/// A daily report at 08:00 in Kyiv to one reader.
fn daily(more: &str) -> String {
    file(&[ACME, OLENA, &schedule("daily", &format!("every = \"day\"\n{more}"))])
}

/// Runs on Monday, is away on Tuesday, Wednesday and Thursday at 08:00, and is back on Thursday at 10:42 in Kyiv.
async fn away_for_three_days(world: &World, more: &str) {
    world.set("2026-11-16T05:00:00Z");
    world.apply(&daily(more)).await;
    world.set("2026-11-16T06:00:00Z");
    assert_eq!(world.settle().await.accepted, 1, "Monday's");
    world.set("2026-11-19T08:42:00Z");
    world.settle().await;
}

const RUNS: &str = "select occurrence || ' ' || state || coalesce(' ' || reason, '') || case when skipped_count > 0 then ' ' || skipped_count else '' end from runs order by fires_at";

on_both! {
    async fn latest_sends_the_newest_and_keeps_one_row_for_the_others(world: World) {
        away_for_three_days(&world, "").await;
        assert_eq!(
            world.texts(RUNS).await,
            ["2026-11-16T08:00#0 built", "2026-11-18T08:00#0 skipped superseded 2", "2026-11-19T08:00#0 built"]
        );
        assert_eq!(world.outbox().len(), 2);
        let told = explain(&world, "olena@acme.example").await;
        assert!(told.contains("A report was due 2026-11-19 08:00 and made 2026-11-19 10:42"), "{told}");
        assert!(told.contains("The next one is due 2026-11-20 08:00."), "{told}");
    }

    async fn all_sends_each_with_its_own_period(world: World) {
        away_for_three_days(&world, "catch_up = \"all\"\nmax_late = \"7d\"").await;
        assert_eq!(
            world.texts(RUNS).await,
            [
                "2026-11-16T08:00#0 built",
                "2026-11-17T08:00#0 built",
                "2026-11-18T08:00#0 built",
                "2026-11-19T08:00#0 built"
            ]
        );
        assert_eq!(
            world.number("select count(distinct period_from) from runs").await,
            4
        );
        // A report waits for its reader no longer than until the next one: the older two are out of date.
        let states = world.texts("select state from deliveries order by id").await;
        assert_eq!(states, ["accepted"; 4], "each was sent: they were made now, and the next is due tomorrow");
    }

    async fn skip_sends_none_of_them_and_goes_on(world: World) {
        away_for_three_days(&world, "catch_up = \"skip\"").await;
        assert_eq!(
            world.texts(RUNS).await,
            ["2026-11-16T08:00#0 built", "2026-11-19T08:00#0 skipped missed 3"]
        );
        assert_eq!(world.outbox().len(), 1);
        world.set("2026-11-20T06:00:00Z");
        assert_eq!(world.settle().await.accepted, 1, "Friday's comes as ever");
    }

    async fn what_is_later_than_allowed_is_passed_over(world: World) {
        away_for_three_days(&world, "max_late = \"2h\"").await;
        let runs = world.texts(RUNS).await;
        assert_eq!(runs.len(), 2, "{runs:?}");
        assert!(runs[1].starts_with("2026-11-19T08:00#0 skipped"), "{runs:?}");
        assert_eq!(world.outbox().len(), 1);
    }

    async fn a_backlog_is_released_a_share_a_minute(mut world: World) {
        world.set("2026-11-16T05:00:00Z");
        world.apply(&many(7)).await;
        world.set("2026-11-19T08:42:00Z");
        let slow = world.replica(|settings| settings.work.backlog_per_minute = 3).await;
        let report = callbrief::jobs::tick(&slow).await.expect("it runs");
        assert_eq!((report.fired, report.built), (7, 3), "{report:?}");
        world.set("2026-11-19T08:43:00Z");
        assert_eq!(callbrief::jobs::tick(&slow).await.expect("it runs").built, 3);
        assert_eq!(callbrief::jobs::tick(&slow).await.expect("it runs").built, 0);
        world.set("2026-11-19T08:44:00Z");
        assert_eq!(callbrief::jobs::tick(&slow).await.expect("it runs").built, 1);
        world.allow_leftovers();
        assert_eq!(world.number("select count(*) from runs where state = 'due'").await, 0);
    }

    async fn two_that_fire_at_once_share_the_slots_of_a_backlog(mut world: World) {
        world.set("2026-11-16T05:00:00Z");
        world.apply(&many(7)).await;
        let slow = |settings: &mut callbrief::config::settings::Settings| settings.work.backlog_per_minute = 3;
        let (one, other) = (world.replica(slow).await, world.replica(slow).await);
        world.set("2026-11-19T08:42:00Z");
        // Each sees other schedules, as two do that fire different batches.
        world.execute("update schedules set retired_at = created_at where id >= 'daily-4'").await;
        assert_eq!(fire_schedules::step(&one).await.expect("it fires").fired, 4);
        // What is built meanwhile gives no slot back.
        world.execute("update runs set state = 'built' where state = 'due'").await;
        world.execute("update schedules set retired_at = null").await;
        // Another stands between taking slots and keeping them.
        let mut held = one.store.write().await.expect("a transaction");
        held.lock_meta("backlog_slots", "").await.expect("the slots");
        let firing = tokio::spawn(async move { fire_schedules::step(&other).await });
        tokio::time::sleep(Duration::from_millis(150)).await;
        assert!(!firing.is_finished(), "who comes second waits");
        held.commit().await.expect("it ends");
        assert_eq!(firing.await.expect("it ends").expect("it fires").fired, 3);
        world.allow_leftovers();
        let by_minute = "select cast(count(*) as text) from runs where state <> 'skipped' group by coalesce(wait_until, fires_at) order by coalesce(wait_until, fires_at)";
        assert_eq!(world.texts(by_minute).await, ["3", "3", "1"]);
    }

    async fn a_time_that_was_told_comes_once_in_whatever_zone(world: World) {
        let twice = |zone: &str| {
            let schedule = schedule("daily", &format!("every = \"day\"\nzone = \"{zone}\"")).replace("at = \"08:00\"", "at = [\"08:00\", \"12:00\"]");
            file(&[ACME, OLENA, &schedule])
        };
        world.set("2026-11-20T05:00:00Z");
        world.apply(&twice("Europe/Kyiv")).await;
        for at in ["2026-11-20T06:00:00Z", "2026-11-20T10:00:00Z"] {
            world.set(at);
            assert_eq!(world.settle().await.accepted, 1);
        }
        world.set("2026-11-20T14:00:00Z");
        world.apply(&twice("America/New_York")).await;
        let next = world.texts("select next_occurrence from schedules").await;
        assert_eq!(next, ["2026-11-21T08:00#0"], "12:00 of the 20th was told, and isn't promised again");
        world.set("2026-11-20T17:00:00Z");
        assert_eq!(world.settle().await.fired, 0);
        world.set("2026-11-21T13:00:00Z");
        assert_eq!(world.settle().await.accepted, 1);
        let spans = world.texts("select cast(period_to as text) from runs order by id").await;
        let begins = world.texts("select cast(period_from as text) from runs order by id").await;
        assert_eq!(spans[..2], begins[1..], "no call is lost between two zones");
    }

    async fn a_schedule_ahead_of_the_time_is_found(world: World) {
        world.set("2026-11-16T05:00:00Z");
        world.apply(&daily("")).await;
        world.set("2026-11-26T06:00:00Z");
        world.settle().await;
        world.set("2026-11-21T06:00:00Z");
        let ahead = world.app.store.schedules_ahead(world.app.clock.now()).await.expect("they are found");
        assert_eq!(ahead.iter().map(|one| (one.schedule.as_str(), one.fired.to_string())).collect::<Vec<_>>(), [("daily", "2026-11-26T06:00:00Z".to_owned())]);
        assert_eq!(ahead[0].next.map(|next| next.to_string()).as_deref(), Some("2026-11-27T06:00:00Z"));
    }

    async fn a_late_report_says_so(world: World) {
        away_for_three_days(&world, "").await;
        let mails = Mail::all(&world);
        let late = mails.iter().find(|mail| mail.text.contains("08:00") && mail.text.contains("10:42"));
        assert!(late.is_some(), "no mail says when it was due and when it was made");
    }

    async fn new_zone_data_move_the_next_date(world: World) {
        world.set("2026-11-16T05:00:00Z");
        world.apply(&daily("")).await;
        world.settle().await;
        // As an older copy of the data would have left it: an hour off.
        world.execute("update meta set value = '1999a' where name = 'zone_data'").await;
        world.execute(match world.engine {
            crate::support::Engine::Sqlite => "update schedules set next_fire_at = next_fire_at + 3600000000",
            crate::support::Engine::Postgres => "update schedules set next_fire_at = next_fire_at + interval '1 hour'",
        }).await;
        world.set("2026-11-16T06:00:00Z");
        assert_eq!(world.settle().await.fired, 1, "it fires at eight by the data in use");
    }
}

const AN_HOUR: u64 = 3_600;
/// So that the last morning's is due as well.
const THREE_DAYS: u64 = 3 * 86_400 + AN_HOUR;
const FORTY_DAYS: u64 = 40 * 86_400 + AN_HOUR;

/// How long nobody ran, from half past five on Tuesday the 17th on (half past seven in Kyiv), what the schedule says to that,
/// and what comes of it: reports made, occurrences passed over in how many rows.
const OUTAGES: &[(&str, &str, u64, &str)] = &[
    ("an hour", "catch_up = \"latest\"", AN_HOUR, "1 made"),
    ("an hour", "catch_up = \"all\"", AN_HOUR, "1 made"),
    ("an hour", "catch_up = \"skip\"", AN_HOUR, "1 passed over in 1"),
    ("three days", "catch_up = \"latest\"", THREE_DAYS, "1 made, 3 passed over in 1"),
    ("three days", "catch_up = \"all\"\nmax_late = \"7d\"", THREE_DAYS, "4 made"),
    ("three days", "catch_up = \"skip\"", THREE_DAYS, "4 passed over in 1"),
    ("forty days", "catch_up = \"latest\"", FORTY_DAYS, "1 made, 40 passed over in 1"),
    ("forty days", "catch_up = \"all\"\nmax_late = \"7d\"", FORTY_DAYS, "7 made, 34 passed over in 1"),
    ("forty days", "catch_up = \"all\"\nmax_late = \"60d\"", FORTY_DAYS, "41 made"),
    ("forty days", "catch_up = \"skip\"", FORTY_DAYS, "41 passed over in 1"),
];

/// What the runs since then come to.
async fn came_to(world: &World) -> String {
    let count = async |sql: &str| world.number(sql).await;
    let made = count("select count(*) from runs where state = 'built'").await;
    let rows = count("select count(*) from runs where state = 'skipped'").await;
    let passed =
        count("select cast(coalesce(sum(skipped_count), 0) as bigint) from runs where state = 'skipped'").await;
    let parts =
        [(made > 0).then(|| format!("{made} made")), (rows > 0).then(|| format!("{passed} passed over in {rows}"))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

async fn outages(engine: crate::support::Engine) {
    let mut wrong = Vec::new();
    for (long, policy, seconds, expected) in OUTAGES {
        let world = World::new(engine).await;
        world.set("2026-11-17T05:30:00Z");
        world.apply(&daily(policy)).await;
        world.settle().await;
        world.advance(Duration::from_secs(*seconds));
        // Whoever comes first does what is due, and the next finds nothing more.
        world.settle().await;
        // A backlog is let out a share a minute.
        world.advance(Duration::from_secs(120));
        world.settle().await;
        let came_to = came_to(&world).await;
        if came_to != *expected {
            wrong.push(format!("{long}, {policy}: {came_to} instead of {expected}"));
        }
        let mails = Mail::all(&world).len();
        let made = world.number("select count(*) from runs where state = 'built'").await;
        if i64::try_from(mails).expect("few") != made {
            wrong.push(format!("{long}, {policy}: {mails} mails of {made} reports"));
        }
        // And the day after everything is as ever.
        let today = world.now();
        world.set(&today.to_utc().expect("a time").format("%Y-%m-%dT23:00:00Z").to_string());
        world.advance(Duration::from_secs(7 * 3_600));
        assert_eq!(world.settle().await.accepted, 1, "{long}, {policy}: the next comes as ever");
        let periods =
            "select count(*) from runs a join runs b on a.id < b.id and a.state = 'built' and b.state = 'built'
            and a.period_from < b.period_to and b.period_from < a.period_to";
        assert_eq!(world.number(periods).await, 0, "{long}, {policy}: no period is told twice");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn off_for_an_hour_three_days_or_forty_on_sqlite() {
    outages(crate::support::Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn off_for_an_hour_three_days_or_forty_on_postgres() {
    outages(crate::support::Engine::Postgres).await;
}

/// Thirty schedules, each with forty reports to catch up: never more than the settings let out in a minute.
#[tokio::test(flavor = "multi_thread")]
async fn after_forty_days_nobody_is_flooded() {
    let mut world = World::new(crate::support::Engine::Sqlite).await;
    world.set("2026-11-17T05:30:00Z");
    world.apply(&many(30).replace("every = \"day\"", "every = \"day\"\ncatch_up = \"all\"\nmax_late = \"60d\"")).await;
    world.advance(Duration::from_secs(40 * 86_400));
    let slow = world.replica(|settings| settings.work.backlog_per_minute = 20).await;
    let mut minutes = Vec::new();
    for _ in 0..4 {
        minutes.push(callbrief::jobs::tick(&slow).await.expect("it runs").accepted);
        world.advance(Duration::from_secs(60));
    }
    assert_eq!(minutes, [20; 4], "a share a minute");
    world.allow_leftovers();
}

/// The same report on many schedules.
fn many(count: usize) -> String {
    let all = daily("");
    let at = all.find("[[schedule]]").expect("there");
    let (head, schedule) = all.split_at(at);
    let more: String = (0..count).map(|n| schedule.replace("id = \"daily\"", &format!("id = \"daily-{n}\""))).collect();
    format!("{head}{more}")
}
