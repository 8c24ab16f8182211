//! SIGTERM at any moment: whoever is told to stop ends in good order, leaves no claim, and nothing is lost or told twice.

use super::rounds::Life;
use crate::support::Engine;

/// Hours, with two stops in each.
const HOURS: usize = 4;

async fn stopped_at_any_moment(engine: Engine, seed: u64) {
    let mut life = Life::begin(engine, seed).await;
    for _ in 0..HOURS {
        life.hour_of_stops().await;
    }
    let tally = life.end().await;
    assert_eq!((tally.all_kills(), tally.found.uncertain, tally.found.copies), (0, 0, 0), "{tally:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn told_to_stop_at_any_moment_on_sqlite() {
    stopped_at_any_moment(Engine::Sqlite, 3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn told_to_stop_at_any_moment_on_postgres() {
    stopped_at_any_moment(Engine::Postgres, 4).await;
}
