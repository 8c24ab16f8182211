//! The ground that the other tests stand on.

use std::time::Duration;

use crate::support::{Engine, World, on_both};

on_both! {
    async fn a_world_begins_empty_and_its_clock_stands_still(world: World) {
        assert_eq!(world.now().to_string(), "2026-11-16T06:00:00Z");
        world.advance(Duration::from_secs(3_600));
        assert_eq!(world.now().to_string(), "2026-11-16T07:00:00Z");
        let report = world.settle().await;
        assert_eq!(report.fired, 0);
        assert!(world.outbox().is_empty());
        assert_eq!(world.number("select count(*) from runs").await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
#[should_panic(expected = "the test ends with work left over: 1 runs due or being built")]
async fn a_world_that_ends_with_work_left_over_fails_its_test() {
    let world = World::new(Engine::Sqlite).await;
    world
        .execute("insert into projects (id, name, zone, locale, currency, week_start, allowed_domains, created_at, updated_at) values ('p', 'P', 'UTC', 'en', 'EUR', 'mon', '[]', 0, 0)")
        .await;
    world
        .execute("insert into schedules (id, project, report, recipients, cadence, zone, paused, catch_up, send, formats, active_since, created_at, updated_at) values ('s', 1, 'summary', '[]', '{}', 'UTC', false, 'latest', 'always', '[]', 0, 0, 0)")
        .await;
    world
        .execute("insert into runs (project, schedule, occurrence, fires_at, period_from, period_to, notes, is_sample, state, created_at, updated_at) values (1, 's', '2026-11-16T08:00#0', 0, 0, 1, '[]', false, 'due', 0, 0)")
        .await;
}
