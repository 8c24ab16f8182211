//! Work that one process makes wakes another long before that would look by itself. Both poll once an hour here, so only
//! an announcement can be what woke it; the test waits for the state, however slow the machine is.

use std::sync::Arc;
use std::time::Duration;

use callbrief::app::App;
use callbrief::domain::role::Role;
use callbrief::jobs::{self, JOBS, Work};

use crate::support::posting::{self, To};
use crate::support::{Engine, World, until};

fn says(app: &App, line: &str) -> bool {
    app.telemetry.metrics.text().lines().any(|said| said == line)
}

/// The count behind a name in the metrics.
fn count(app: &App, name: &str) -> u64 {
    let text = app.telemetry.metrics.text();
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.and_then(|count| count.parse().ok()).unwrap_or(0)
}

async fn accepted(world: &World) -> i64 {
    // The schedule of the project has reports of its own.
    let sql = "select count(*) from deliveries d join notices n on n.id = d.notice
        where n.dedup_key like 'bell/%' and d.state = 'accepted'";
    world.number(sql).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_process_posts_wakes_another_on_postgres() {
    let world = World::new(Engine::Postgres).await;
    posting::project(&world).await;
    let other = world.replica(|settings| settings.work.poll = Duration::from_secs(3_600)).await;
    let work = Arc::new(Work::open(&other).await.expect("it opens"));
    let serving = tokio::spawn(jobs::serve(other.clone(), Arc::clone(&work)));
    until("it listens", async || says(&other, "callbrief_bell_listening 1")).await;
    until("every job looked once", async || other.telemetry.passes.all().len() == JOBS.len()).await;
    for n in 1..=3 {
        let heard = count(&other, "callbrief_bell_heard_total");
        posting::report(&world.app, &format!("bell/{n}"), &[To::Contact("taras", Role::Manager)]).await;
        until("it is sent by the other process", async || accepted(&world).await == n).await;
        until("it was announced", async || count(&other, "callbrief_bell_heard_total") > heard).await;
    }

    // The line breaks; nothing is lost, and it stands again.
    let sql = "select cast(pg_terminate_backend(pid) as text) from pg_stat_activity
        where datname = current_database() and query ilike 'listen %' and pid <> pg_backend_pid()";
    assert_eq!(world.texts(sql).await, ["true"]);
    until("the break is noticed", async || count(&other, "callbrief_bell_lost_total") == 1).await;
    until("it listens again", async || says(&other, "callbrief_bell_listening 1")).await;
    posting::report(&world.app, "bell/after", &[To::Contact("taras", Role::Manager)]).await;
    until("it is sent after the break", async || accepted(&world).await == 4).await;
    work.stop();
    assert!(serving.await.expect("it ends"), "in good order");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_embedded_database_has_nobody_to_listen_to() {
    let world = World::new(Engine::Sqlite).await;
    assert!(world.app.store.listen().await.expect("no error").is_none());
    assert!(says(&world.app, "callbrief_bell_listening 0"));
}
