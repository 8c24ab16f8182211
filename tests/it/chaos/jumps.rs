//! The machine's clock jumps while the program runs by it: five days ahead for some seconds, then back. Nothing of those days
//! is done, and what is true now is told once, when the clock has kept still.

use std::time::{Duration, Instant as Stopwatch};

use callbrief::clock::{Clock, SystemClock};
use callbrief::domain::balance::Status;

use super::replica::Replica;
use super::script::SETUP;
use super::stage::Stage;
use super::{agree, script};
use crate::support::Engine;

/// From the last jump on until anything may be done.
const STILL: Duration = Duration::from_secs(30);

async fn jump(engine: Engine) {
    let setup = SETUP.replace("0 * * * *", "0 0 1 1 *");
    let stage = Stage::set(engine, &setup).await;
    // From here on by the machine's own clock and what it is off by.
    std::fs::remove_file(stage.world.folder().join("now")).expect("no clock that stands");
    let shift = |seconds: i64| {
        let (file, draft) = (stage.world.folder().join("shift"), stage.world.folder().join("shift.draft"));
        std::fs::write(&draft, seconds.to_string()).expect("it is written");
        std::fs::rename(draft, file).expect("it is shown");
    };
    shift(0);
    stage.world.clock.set(SystemClock.now());
    script::standing(&stage, Status::Active).await;
    let mut replica = Replica::start(stage.world.folder(), "by-the-machine", None);
    replica.is_up().await;
    let judged = "select count(*) from evaluations where version > 1";
    until("it is judged", async || stage.world.number(judged).await > 0).await;
    shift(5 * 86_400);
    tokio::time::sleep(Duration::from_millis(300)).await;
    stage.world.clock.set(SystemClock.now());
    script::standing(&stage, Status::Suspended).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    shift(0);
    let back = Stopwatch::now();
    let told = "select count(*) from deliveries where state = 'accepted'";
    until("it is told", async || stage.world.number(told).await == 4).await;
    assert!(
        back.elapsed() + Duration::from_secs(4) > STILL,
        "told {:?} after the jump: {}",
        back.elapsed(),
        replica.log()
    );
    assert!(replica.log().contains("clock jumped"), "{}", replica.log());
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(agree::messages(&stage), 4, "each once");
    assert_eq!(stage.world.number("select count(*) from runs").await, 0, "nothing of the days ahead");
    replica.terminate();
    assert!(replica.end(Duration::from_secs(60)).await.success());
}

async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let begun = Stopwatch::now();
    while !is_so().await {
        assert!(begun.elapsed() < Duration::from_secs(150), "it never came: {what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_jumps_ahead_and_back_on_sqlite() {
    jump(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_jumps_ahead_and_back_on_postgres() {
    jump(Engine::Postgres).await;
}
