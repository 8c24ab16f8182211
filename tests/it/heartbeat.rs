//! A monitor of somebody else's is told that `serve` works.

use std::sync::Arc;

use callbrief::config::secret::Secret;
use callbrief::jobs::{self, Work};

use crate::support::http::{Act, HttpServer};
use crate::support::{World, on_both};

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
}
