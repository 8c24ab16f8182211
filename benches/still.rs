//! A program with hardly anything to do: what it asks its database while nothing is due, the memory that it needs, and how long it
//! takes from the moment a report is due to the mail server's word that it has it, one report at a time.
//!
//! The clock runs as fast as ours and is put a few seconds before the next report each time.
//!
//! `cargo bench --bench still -- [MINUTES idle] [REPORTS] [postgres://… of an empty database; without it, SQLite]`

#[path = "monday/calls.rs"]
#[allow(dead_code, reason = "what is measured beside the other bench isn't needed here")]
mod calls;
#[path = "kept.rs"]
mod kept;
#[path = "opened.rs"]
mod opened;
#[path = "monday/sink.rs"]
#[allow(dead_code, reason = "as above")]
mod sink;

use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use callbrief::app::App;
use callbrief::clock::{Clock, ManualClock, SystemClock};
use callbrief::domain::ids::ProjectId;
use callbrief::domain::instant::Instant;
use callbrief::domain::period::Period;
use callbrief::ingest::{self, Format, ImportRequest};
use callbrief::jobs::{self, Work};
use callbrief::store::Traffic;
use callbrief::telemetry::Stage;
use opened::{instant, set_up};
use sink::Sink;

/// Calls are known up to here.
const END: &str = "2026-11-15T22:00:00Z";
/// 08:00 in Kyiv, while it is at two hours from UTC, on days whose calls are known.
const FIRST_DUE: &str = "2026-10-27T06:00:00Z";
const DAY_SEC: i64 = 86_400;
/// More days than these have other hours, or no calls.
const MOST_REPORTS: usize = 19;
const PROJECTS: usize = 6;
const SETUP: &str = "version = 1
[[project]]
id = \"pNUMBER\"
name = \"Acme NUMBER\"
zone = \"Europe/Kyiv\"
locale = \"en\"
currency = \"UAH\"
[[contact]]
id = \"mNUMBER\"
name = \"Marta\"
addresses = { email = [\"mNUMBER@example.com\"] }
roles = { pNUMBER = [\"owner\", \"manager\"] }
[[schedule]]
id = \"sNUMBER\"
project = \"pNUMBER\"
report = \"summary\"
recipients = [\"mNUMBER\"]
every = \"day\"
at = \"HOUR\"
formats = [\"pdf\"]
";

/// The machine's clock, and so far ahead of it.
#[derive(Clone, Default)]
struct Ahead(Arc<AtomicI64>);

impl Ahead {
    fn show(&self, now: Instant) {
        self.0.store(now.as_micros() - SystemClock.now().as_micros(), Ordering::SeqCst);
    }
}

impl Clock for Ahead {
    fn now(&self) -> Instant {
        Instant::from_micros(SystemClock.now().as_micros() + self.0.load(Ordering::SeqCst))
    }
}

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let number = |at: usize, usual: usize| words.get(at).map_or(Ok(usual), |word| word.parse());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(still(number(0, 10)?, number(1, 100)?, words.get(2).map(String::as_str)))
}

async fn still(minutes: usize, reports: usize, server: Option<&str>) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = format!("sqlite://{}", folder.path().join("still.db").display());
    let url = server.unwrap_or(&file);
    let sink = Sink::open().await?;
    prepare(url, &sink).await?;
    let clock = Ahead::default();
    clock.show(instant(FIRST_DUE).plus_seconds(DAY_SEC / -2));
    let app = App::open(sink.settings(url)?, Arc::new(clock.clone())).await?;
    let database = if app.store.is_sqlite() { "SQLite" } else { "Postgres" };
    let work = Arc::new(Work::open(&app).await?);
    let mut loops = tokio::spawn(jobs::serve(app.clone(), Arc::clone(&work)));
    // Until everything was looked at once.
    tokio::time::sleep(Duration::from_secs(20)).await;
    if minutes > 0 {
        let before = Traffic::now();
        tokio::time::sleep(Duration::from_secs(minutes as u64 * 60)).await;
        let asked = Traffic::now().since(before).statements as f64 / minutes as f64;
        let said = format!("{asked:.0} statements a minute; {} MB", kept::resident_mb()?);
        println!("idle for {minutes} minutes: {said}");
        kept::keep("still", &format!("nothing due for {minutes} minutes, {database}"), &said)?;
    }

    let mut took = Vec::with_capacity(reports);
    let before: Vec<Duration> = Stage::ALL.iter().map(|stage| app.telemetry.metrics.spent(*stage).0).collect();
    'days: for day in 0.. {
        for project in 0..PROJECTS {
            if took.len() >= reports {
                break 'days;
            }
            anyhow::ensure!(day < MOST_REPORTS, "at most {} reports", MOST_REPORTS * PROJECTS);
            let due = instant(FIRST_DUE).plus_seconds(day as i64 * DAY_SEC + project as i64 * 3_600);
            let taken = sink.taken();
            // Some seconds before, each time others.
            clock.show(Instant::from_micros(due.as_micros() - 3_000_000 - (took.len() as i64 * 377_000) % 2_000_000));
            while sink.taken() == taken {
                anyhow::ensure!(!loops.is_finished(), "a job ended");
                anyhow::ensure!(clock.now() < due.plus_seconds(60), "the report of {due} never came");
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            took.push((clock.now().as_micros() - due.as_micros()) as f64 / 1_000.0);
        }
    }
    work.stop();
    anyhow::ensure!((&mut loops).await?, "a job didn't end");
    took.sort_by(f64::total_cmp);
    let part = |share: f64| took[((took.len() as f64 * share).ceil() as usize).clamp(1, took.len()) - 1];
    let said = format!("{:.0} ms in the middle, {:.0} ms p99, {:.0} ms at most", part(0.5), part(0.99), part(1.0));
    println!("from due to taken, {} reports: {said}", took.len());
    print!("of that, ms a report, waits included:");
    for (stage, before) in Stage::ALL.iter().zip(before) {
        let spent = app.telemetry.metrics.spent(*stage).0.saturating_sub(before);
        print!(" {} {:.1}", stage.name(), spent.as_secs_f64() * 1_000.0 / took.len() as f64);
    }
    println!();
    kept::keep(
        "still",
        &format!("from due to taken, {} reports with PDF, one at a time, {database}", took.len()),
        &said,
    )
}

/// Makes projects whose calls are known, with a clock that stands after them.
async fn prepare(url: &str, sink: &Sink) -> anyhow::Result<()> {
    let end = instant(END);
    let app = App::open(sink.settings(url)?, Arc::new(ManualClock::at(end))).await?;
    let since = instant(FIRST_DUE).plus_seconds(-DAY_SEC);
    for project in 0..PROJECTS {
        let hour = format!("{:02}:00", 8 + project);
        let setup = SETUP.replace("NUMBER", &project.to_string()).replace("HOUR", &hour);
        set_up(&app, &setup, since).await?;
        let calls = calls::csv(&calls::of_project(project, 2_500, end));
        let request = ImportRequest {
            covers: Period::new(end.plus_seconds(-calls::WEEKS * 7 * DAY_SEC), end),
            strict: true,
            ..ImportRequest::new(ProjectId::parse(&format!("p{project}"))?, Format::Native, "bench", Cursor::new(calls))
        };
        ingest::import(&app, request).await?;
    }
    app.store.close().await;
    Ok(())
}
