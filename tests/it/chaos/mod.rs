//! Chaos: the program is killed again and again, by printed seeds, and afterwards what the rules say, what the servers took
//! and what the ledger says agree: nothing is absent, nothing comes twice but what was announced as unknown (under the same
//! Message-ID), nothing is stuck longer than lease and grace, and nobody else is touched.
//!
//! `tests/run chaos::` runs the short form; `KILLS=1000 tests/run chaos::long` the long one, which writes its result into
//! `tests/README.md`. `SEED=n` begins with another seed, `MINUTES=n` ends it after that time with what was reached.

mod agree;
mod apart;
pub mod dice;
mod faults;
mod jumps;
mod points;
mod proxy;
mod replica;
mod rounds;
mod script;
mod stage;
mod stops;
mod table;

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use callbrief::chaos::POINTS;
use futures_util::FutureExt;

use crate::support::Engine;
use points::{AFTER_A_CRASH, IN_AN_HOUR, OF_COMMANDS, Tally};
use rounds::Life;
use table::Part;

/// Points that need a world of their own: `apart`, and `wait.told` in `crashes`.
const ELSEWHERE: &[&str] = &[
    "wait.told",
    "rules.told_instead",
    "narrow.made",
    "refusals.decided",
    "watch.told",
    "forget.removed",
    "back.noted",
];

#[test]
fn every_point_is_died_at_somewhere() {
    let names = |list: &'static [(&'static str, usize)]| list.iter().map(|(name, _)| *name);
    let listed = OF_COMMANDS.iter().chain(ELSEWHERE).copied();
    let known: Vec<&str> = names(IN_AN_HOUR).chain(names(AFTER_A_CRASH)).chain(listed).collect();
    for point in POINTS {
        assert_eq!(known.iter().filter(|name| *name == point).count(), 1, "{point}: who dies at it?");
    }
    assert_eq!(known.len(), POINTS.len());
}

/// The short form goes on until somebody died at each point of an hour and of a command; at most for so many hours: an hour has
/// one or two deaths, and not every point in every hour.
const MOST_HOURS: u64 = 120;

async fn short(engine: Engine, seed: u64) {
    let begun = Instant::now();
    let mut life = Life::begin(engine, seed).await;
    life.want(IN_AN_HOUR.iter().map(|(name, _)| *name).chain(OF_COMMANDS.iter().copied()));
    while !life.wants().is_empty() && life.tally.hours < MOST_HOURS {
        life.hour().await;
    }
    let left = life.wants().to_vec();
    let tally = life.end().await;
    let (kills, took) = (tally.all_kills(), begun.elapsed());
    eprintln!("seed {seed} on {engine:?}: {kills} kills in {took:?}; {tally:?}");
    assert!(left.is_empty(), "nobody died at {left:?} in {MOST_HOURS} hours: {tally:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_again_and_again_on_sqlite() {
    short(Engine::Sqlite, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_again_and_again_on_postgres() {
    short(Engine::Postgres, 2).await;
}

/// Hours of one installation in the long form; then a new one begins with the next seed.
const LONG_HOURS: usize = 40;

/// Lives one after the other until so many kills were made on this database, or the time is up.
async fn lives(engine: Engine, first: u64, kills: u64, at_most: Duration) -> Part {
    let begun = Instant::now();
    let mut part = Part { engine, seeds: (first, first), took: Duration::ZERO, tally: Tally::default(), failure: None };
    while part.tally.all_kills() < kills && part.failure.is_none() && begun.elapsed() < at_most {
        let seed = part.seeds.1;
        let mut so_far = Tally::default();
        let lived = AssertUnwindSafe(async {
            let mut life = Life::begin(engine, seed).await;
            for _ in 0..LONG_HOURS {
                life.hour().await;
                so_far = life.tally.clone();
                if part.tally.all_kills() + so_far.all_kills() >= kills || begun.elapsed() >= at_most {
                    break;
                }
            }
            so_far = life.end().await;
        });
        let ended = lived.catch_unwind().await;
        part.tally.add(&so_far);
        part.seeds.1 += 1;
        part.took = begun.elapsed();
        eprintln!("{engine:?}: seed {seed}, {} of {kills} kills after {:?}", part.tally.all_kills(), part.took);
        if ended.is_err() {
            part.failure = Some(format!("seed {seed}"));
        }
    }
    part
}

#[expect(clippy::disallowed_methods, reason = "what a person asks this run for")]
fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Does nothing without `KILLS`.
#[test]
fn long() {
    let Some(kills) = asked("KILLS") else { return };
    let first = asked("SEED").unwrap_or(1_000);
    let at_most = asked("MINUTES").map_or(Duration::MAX, |minutes| Duration::from_secs(60 * minutes));
    let half = kills.div_ceil(2);
    let on = |engine| {
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
            runtime.block_on(lives(engine, first, half, at_most))
        })
    };
    let parts = [Engine::Sqlite, Engine::Postgres].map(on).map(|part| part.join().expect("it ends"));
    table::write(kills, &parts);
    for part in &parts {
        assert!(part.failure.is_none(), "{:?}: {:?}", part.engine, part.failure);
    }
}
