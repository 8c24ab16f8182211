//! A crowd of callers in one week, each missed: the report counts them all, lists as many as anybody reads, and ends.
//!
//!     CALLERS=1000000 tests/run hostile::crowd     a million: minutes, most of them for the rows

use std::time::Instant;

use serde_json::Value;

use crate::support::mail::Mail;
use crate::support::setup::{ACME, OLENA, file, schedule};
use crate::support::{Engine, World};

const USUAL: i64 = 50_000;

/// How many there are: fewer than could be, because an unoptimised build takes its time.
#[expect(clippy::disallowed_methods, reason = "what a person asks this run for")]
fn callers() -> i64 {
    std::env::var("CALLERS").ok().and_then(|text| text.parse().ok()).unwrap_or(USUAL)
}

/// Calls and callers to call back, as intake would have written them.
async fn a_crowd(world: &World, many: i64) {
    let of_engine =
        |sqlite: &'static str, postgres: &'static str| if world.engine == Engine::Sqlite { sqlite } else { postgres };
    let at =
        of_engine("1794823200000000 + n * 400000", "timestamptz '2026-11-16 10:00:00Z' + n * interval '0.4 second'");
    let numbers = of_engine(
        "with recursive s (n) as (select 1 union all select n + 1 from s where n < MANY)",
        "with s as (select n from generate_series(cast(1 as bigint), MANY) n)",
    );
    let numbers = numbers.replace("MANY", &many.to_string());
    let epoch = of_engine("0", "timestamptz 'epoch'");
    let missed =
        of_engine("'[' || (1794823200000000 + n * 400000) || ']'", "'[' || (1794823200000000 + n * 400000) || ']'");
    for sql in [
        format!("insert into sources (project, name, format, created_at) values (1, 'native', 'native', {epoch})"),
        format!(
            "insert into call_details (id, project, source, call_id, version, evidence, record, first_seen_at, updated_at)
             {numbers} select n, 1, 1, 'c' || n, 1, '{{}}', '{{}}', {epoch}, {epoch} from s"
        ),
        format!(
            "insert into calls (project, started_at, id, source, direction, status, client, wait_sec, talk_sec, flags)
             {numbers} select 1, {at}, n, 1, 0, 1, 380670000000 + n, 7, 0, 0 from s"
        ),
        format!(
            "insert into callback_entries (project, client, opened_at, missed, attempts)
             {numbers} select 1, 380670000000 + n, {at}, {missed}, '[]' from s"
        ),
    ] {
        world.execute(&sql).await;
    }
}

async fn counted(engine: Engine) {
    let (world, many) = (World::new(engine).await, callers());
    world.set("2026-11-16T09:00:00Z");
    let weekly = schedule("weekly", "every = \"week\"\non = [\"mon\"]\nformats = [\"pdf\", \"json\"]");
    world.apply(&file(&[ACME, OLENA, &weekly])).await;
    let begun = Instant::now();
    a_crowd(&world, many).await;
    eprintln!("{engine:?}: {many} callers in {:?}", begun.elapsed());
    world.set("2026-11-23T06:00:00Z");
    let begun = Instant::now();
    world.settle().await;
    eprintln!("{engine:?}: reported in {:?}", begun.elapsed());
    let runs = world.texts("select state || ' ' || coalesce(reason, '') from runs").await;
    assert_eq!(runs, ["built "], "{runs:?}");
    let mails = Mail::all(&world);
    let mail = Mail::to(&mails, "olena@acme.example");
    assert!(world.outbox().iter().all(|raw| raw.len() < 10_000_000));
    let digits: String = mail.text.chars().filter(|c| !matches!(c, ',' | '\u{202f}' | '\u{a0}')).collect();
    assert!(digits.contains(&many.to_string()), "{}", mail.text);
    if let Some((_, json)) = mail.files.iter().find(|(name, _)| name.ends_with(".json")) {
        let report: Value = serde_json::from_slice(json).expect("JSON");
        assert_eq!(report["figures"]["totals.calls"]["value"], many);
    }
    assert!(mail.text.len() < 200_000, "{} bytes of text", mail.text.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_of_callers_is_counted_on_sqlite() {
    counted(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_of_callers_is_counted_on_postgres() {
    counted(Engine::Postgres).await;
}
