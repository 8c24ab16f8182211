//! A monitor of somebody else's is told that `serve` works.

use std::sync::Arc;
use std::time::Duration;

use callbrief::config::secret::Secret;
use callbrief::jobs::{self, Work};

use crate::flow;
use crate::support::http::{Act, HttpServer};
use crate::support::mail::Mail;
use crate::support::on_both;

on_both! {
    async fn a_process_whose_jobs_pass_calls_its_monitor(world: World) {
        let server = HttpServer::start(Act::answer("200 OK", "", "OK")).await;
        let app = world.replica(|settings| {
            settings.heartbeat_url = Some(Secret::new(server.url("/ping/one-of-a-kind")));
            settings.net.allow.add("127.0.0.0/8").expect("an exception");
        }).await;
        let work = Arc::new(Work::open(&app).await.expect("it opens"));
        let serving = tokio::spawn(jobs::serve(app.clone(), Arc::clone(&work)));
        server.has_taken(1).await;
        assert_eq!(server.taken()[0].line, "GET /ping/one-of-a-kind HTTP/1.1");
        work.stop();
        assert!(serving.await.expect("it ends"), "all loops ended in time");
        assert_eq!(server.taken().len(), 1, "once a minute");
        assert!(!format!("{:?}", app.settings).contains("one-of-a-kind"), "it is a secret");
    }

    async fn a_tick_calls_it_once_at_its_end(world: World) {
        let server = HttpServer::start(Act::answer("200 OK", "", "OK")).await;
        let app = world.replica(|settings| {
            settings.heartbeat_url = Some(Secret::new(server.url("/ping/one-of-a-kind")));
            settings.net.allow.add("127.0.0.0/8").expect("an exception");
        }).await;
        jobs::tick(&app).await.expect("the jobs run");
        assert_eq!(server.taken().len(), 1);
    }

    async fn after_a_standstill_operations_are_told_once_what_fell_due(world: World) {
        flow::acme(&world).await;
        let accepted = "select count(*) from deliveries where state = 'accepted'";
        let serve_until = async |sql: &str, wanted: i64| {
            let work = Arc::new(Work::open(&world.app).await.expect("it opens"));
            let serving = tokio::spawn(jobs::serve(world.app.clone(), Arc::clone(&work)));
            while world.number(sql).await != wanted {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            work.stop();
            assert!(serving.await.expect("it ends"), "all loops ended in time");
        };
        serve_until("select count(*) from meta where name = 'last_awake'", 1).await;
        // A week later, the report of that morning is half an hour late.
        world.set("2026-11-23T06:30:00Z");
        for _ in 0..2 {
            serve_until(accepted, 5).await;
        }
        let notices = "select dedup_key from notices where dedup_key like 'owner/down/%'";
        assert_eq!(world.texts(notices).await, ["owner/down/2026-11-16T09:00:00Z"], "once");
        let mails = Mail::all(&world);
        let told = &Mail::to(&mails, "operations@test.example").text;
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains("One schedule fell due in that time") && told.contains("from Mon 16 Nov 2026"), "{told}");
    }
}
