//! What falls due by time goes at its moment: the running program is told when that is, and doesn't look for it again and again.

use std::sync::Arc;
use std::time::Duration;

use callbrief::domain::instant::Instant;
use callbrief::domain::role::Role;
use callbrief::jobs::{self, JOBS, Work};

use crate::support::posting::{self, To};
use crate::support::{World, on_both, until};

const SETUP: &str = "version = 1\n[[project]]\nid = \"acme\"\nname = \"Acme\"\nzone = \"Europe/Kyiv\"\ncurrency = \"EUR\"\n\
    [[contact]]\nid = \"marta\"\nname = \"Marta\"\naddresses = { email = [\"marta@people.example\"] }\n\
    roles = { acme = [\"owner\", \"manager\"] }\n\
    [[schedule]]\nid = \"weekly\"\nproject = \"acme\"\nreport = \"summary\"\nrecipients = [\"marta\"]\n\
    every = \"week\"\non = [\"mon\"]\nat = \"08:00\"\nformats = []\n";

async fn next_due(world: &World) -> Option<Instant> {
    world.app.store.read().await.expect("a session").next_due().await.expect("read")
}

fn at(text: &str) -> Option<Instant> {
    Some(Instant::parse_rfc3339(text).expect("a time"))
}

on_both! {
    async fn whatever_falls_due_next_is_known(world: World) {
        assert_eq!(next_due(&world).await, None, "an empty database waits for nothing");
        world.set("2026-11-15T12:00:00Z");
        world.apply(SETUP).await;
        assert_eq!(next_due(&world).await, at("2026-11-16T06:00:00Z"), "its report");
        world.execute("insert into evaluations (project, due_at, version) select key, created_at, 1 from projects").await;
        assert_eq!(next_due(&world).await, at("2026-11-15T12:00:00Z"), "its money, since it was made");
        world.settle().await;
        assert_eq!(next_due(&world).await, at("2026-11-15T22:00:00Z"), "its money, when its day begins");
        world.set("2026-11-16T06:00:00Z");
        world.settle().await;
        assert_eq!(next_due(&world).await, at("2026-11-16T22:00:00Z"), "all of it went");
    }

    async fn what_waits_to_be_sent_is_due_when_it_may_go(world: World) {
        posting::project(&world).await;
        world.settle().await;
        posting::report(&world.app, "alarm/now", &[To::Contact("taras", Role::Manager)]).await;
        assert!(next_due(&world).await <= Some(world.now()));
        for (state, set) in [("queued", ""), ("held", ", state = 'held'"), ("without its variant", ", state = 'queued', variant = null")] {
            let later = if world.app.store.is_sqlite() { "not_before + 3600000000" } else { "not_before + interval '1 hour'" };
            world.execute(&format!("update deliveries set not_before = {later}{set}")).await;
            let next = next_due(&world).await;
            assert_eq!(next <= Some(world.now()), state == "without its variant", "{state}: {next:?}");
        }
        world.execute("update deliveries set state = 'accepted'").await;
        assert!(next_due(&world).await > Some(world.now()), "what is done isn't due");
    }

    async fn a_report_goes_at_its_moment_and_not_at_the_next_look(world: World) {
        world.set("2026-11-15T22:00:00Z");
        world.apply(SETUP).await;
        world.settle().await;
        // It looks once an hour, and the report is due in two seconds.
        world.set("2026-11-16T05:59:58Z");
        let other = world.replica(|settings| settings.work.poll = Duration::from_secs(3_600)).await;
        let work = Arc::new(Work::open(&other).await.expect("it opens"));
        let serving = tokio::spawn(jobs::serve(other.clone(), Arc::clone(&work)));
        until("every job looked once", async || other.telemetry.passes.all().len() == JOBS.len()).await;
        assert_eq!(world.number("select count(*) from runs").await, 0, "nothing is due yet");
        // Two seconds later; the clock of these tests moves by hand.
        tokio::time::sleep(Duration::from_secs(1)).await;
        world.set("2026-11-16T06:00:00Z");
        until("the report is taken", async || world.number("select count(*) from deliveries where state = 'accepted'").await == 1).await;
        work.stop();
        assert!(serving.await.expect("it ends"), "in good order");
    }
}
