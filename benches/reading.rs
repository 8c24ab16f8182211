//! Reading calls for a report, and beside it what the database's own tool takes for the same columns of the same calls: `sqlite3`
//! writing text, or `psql` with `COPY … (FORMAT binary)`, both to nowhere. What we read ends as rows in memory: the calls alone, and all
//! that a report wants with them (parts, names, open call-backs, who called before). Compare the ratios.
//!
//! `cargo bench --bench reading -- [CALLS] [postgres://… of an empty database; without it, SQLite]`

#[path = "monday/calls.rs"]
#[allow(dead_code, reason = "what is measured beside the other bench isn't needed here")]
mod calls;
#[path = "kept.rs"]
mod kept;
#[path = "opened.rs"]
mod opened;

use std::io::Cursor;
use std::process::{Command, Stdio};
use std::time::Instant as Stopwatch;

use callbrief::clock::ManualClock;
use callbrief::domain::ids::ProjectId;
use callbrief::domain::period::Period;
use callbrief::domain::report_spec::preset;
use callbrief::domain::slice::SliceRequest;
use callbrief::ingest::{self, Format, ImportRequest};
use opened::{instant, open, set_up, settle};

const END: &str = "2026-11-15T22:00:00Z";
const WEEK_SEC: i64 = 7 * 86_400;
/// Each is measured so often, in turn; the best counts.
const TIMES: usize = 5;
const COLUMNS: &str =
    "id, started_at, source, direction, status, client, tracking, agent, attribution, wait_sec, talk_sec, flags";
const SETUP: &str = "version = 1
[[project]]
id = \"acme\"
name = \"Acme\"
zone = \"Europe/Kyiv\"
locale = \"en\"
currency = \"UAH\"
";

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let calls = words.first().map_or(Ok(1_000_000), |word| word.parse())?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(reading(calls, words.get(1).map(String::as_str)))
}

async fn reading(count: usize, server: Option<&str>) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("calls.db").display().to_string();
    let url = server.map_or_else(|| format!("sqlite://{file}"), str::to_owned);
    let end = instant(END);
    let app = open(&url, ManualClock::at(end)).await?;
    set_up(&app, SETUP, end).await?;
    let covers = Period::new(end.plus_seconds(-calls::WEEKS * WEEK_SEC), end);
    let csv = calls::csv(&calls::of_project(0, count, end));
    let acme = ProjectId::parse("acme")?;
    let request = ImportRequest {
        covers,
        strict: true,
        ..ImportRequest::new(acme.clone(), Format::Native, "bench", Cursor::new(csv))
    };
    let stopwatch = Stopwatch::now();
    ingest::import(&app, request).await?;
    println!("imported   {:>10.0} calls/s", count as f64 / stopwatch.elapsed().as_secs_f64());
    settle(&app).await?;
    let project = app.store.project(&acme).await?.ok_or_else(|| anyhow::anyhow!("no project"))?;
    let period = covers.ok_or_else(|| anyhow::anyhow!("no period"))?;
    let summary = preset("summary").ok_or_else(|| anyhow::anyhow!("no summary"))?;
    let request = SliceRequest {
        project: project.key,
        period,
        compared_with: None,
        until: end,
        with_previous_parts: false,
        with_records: false,
        chooses: false,
        response_window_hours: 24,
        callback_rule: summary.options.callback_rule(),
        target_rule: summary.options.target_rule(),
        with_facts: false,
    };
    kept::forget_peak()?;
    let (mut alone, mut ours, mut theirs) = (f64::MAX, f64::MAX, f64::MAX);
    for _ in 0..TIMES {
        let stopwatch = Stopwatch::now();
        let found = app.store.call_rows(project.key, period).await?.len();
        alone = alone.min(stopwatch.elapsed().as_secs_f64());
        anyhow::ensure!(found == count, "{found} calls instead of {count}");
        let stopwatch = Stopwatch::now();
        let slices = app.store.load_slices(std::slice::from_ref(&request)).await?;
        ours = ours.min(stopwatch.elapsed().as_secs_f64());
        let found = slices.first().map_or(0, |slice| slice.calls.len());
        anyhow::ensure!(found == count, "{found} calls instead of {count}");
        let stopwatch = Stopwatch::now();
        let status = match server {
            None => Command::new("sqlite3")
                .args([&file, &format!("select {COLUMNS} from calls where project = {}", project.key.0)])
                .stdout(Stdio::null())
                .status()?,
            Some(url) => {
                let calls = format!("select {COLUMNS} from calls where project = {}", project.key.0);
                let copy = format!("copy ({calls}) to stdout (format binary)");
                Command::new("psql").args([url, "-q", "-c", &copy]).stdout(Stdio::null()).status()?
            }
        };
        anyhow::ensure!(status.success(), "the other tool failed: {status}");
        theirs = theirs.min(stopwatch.elapsed().as_secs_f64());
    }
    let rate = |seconds: f64| count as f64 / seconds;
    let (tool, database) = match server {
        None => ("sqlite3", "SQLite"),
        Some(_) => ("COPY binary", "Postgres"),
    };
    println!("calls      {:>10.0} calls/s", rate(alone));
    println!("read       {:>10.0} calls/s, with parts, names and call-backs", rate(ours));
    println!("{tool:<10} {:>10.0} calls/s", rate(theirs));
    println!("ratio      {:>10.2} the calls, {:.2} with all of it", theirs / alone, theirs / ours);
    println!("memory     {:>10} MB at most", kept::peak_mb()?);
    let said = format!("{:.0} calls/s; {:.2} times {tool}", rate(alone), theirs / alone);
    kept::keep("reading", &format!("{count} calls alone, {database}"), &said)?;
    let said = format!("{:.0} calls/s; {:.2} times {tool}; {} MB at most", rate(ours), theirs / ours, kept::peak_mb()?);
    kept::keep("reading", &format!("{count} calls read for a report, {database}"), &said)
}
