//! Many schedules of which few are due: what it takes to find out that none is, to plan ten thousand that are, and to work out every
//! next date again when the zone data changed. What is printed is for one machine; compare ratios.
//!
//! `cargo bench --bench due -- [SCHEDULES] [DUE] [postgres://… of an empty database; without it, SQLite]`

#[path = "kept.rs"]
mod kept;
#[path = "opened.rs"]
mod opened;

use std::time::Instant as Stopwatch;

use callbrief::app::App;
use callbrief::clock::ManualClock;
use callbrief::jobs::{fire_schedules, rebuild_dates};
use callbrief::store::On;
use opened::{instant, open, set_up, settle};

/// Sunday, 15 November 2026, at noon in Kyiv; the Monday after it, 07:59 and 08:00 there.
const SUNDAY: &str = "2026-11-15T10:00:00Z";
const JUST_BEFORE: &str = "2026-11-16T05:59:00Z";
const MONDAY: &str = "2026-11-16T06:00:00Z";
/// Schedules a project, and how often is asked whether one is due.
const EACH: usize = 10;
const TIMES: u32 = 200;

const SETUP: &str = "version = 1
[[project]]
id = \"p0\"
name = \"Project\"
zone = \"Europe/Kyiv\"
locale = \"en\"
currency = \"UAH\"
[[contact]]
id = \"m\"
name = \"Manager\"
addresses = { email = [\"m@example.com\"] }
roles = { p0 = [\"owner\", \"manager\"] }
[[schedule]]
id = \"s0\"
project = \"p0\"
report = \"summary\"
recipients = [\"m\"]
every = \"week\"
on = [\"mon\"]
at = \"08:00\"
[[schedule]]
id = \"t0\"
project = \"p0\"
report = \"summary\"
recipients = [\"m\"]
every = \"week\"
on = [\"tue\"]
at = \"08:00\"
";

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let number = |at: usize, usual: usize| words.get(at).map_or(Ok(usual), |word| word.parse());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(due(number(0, 1_000_000)?, number(1, 10_000)?, words.get(2).map(String::as_str)))
}

async fn due(schedules: usize, due: usize, server: Option<&str>) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = format!("sqlite://{}", folder.path().join("due.db").display());
    let clock = ManualClock::at(instant(SUNDAY));
    let app = open(server.unwrap_or(&file), clock.clone()).await?;
    set_up(&app, SETUP, instant(SUNDAY)).await?;
    let stopwatch = Stopwatch::now();
    for statement in copies(schedules, due, app.store.is_sqlite()) {
        run(&app, &statement).await?;
    }
    settle(&app).await?;
    println!("{schedules} schedules, of which {due} are due: written in {:.1} s", stopwatch.elapsed().as_secs_f64());
    let database = if app.store.is_sqlite() { "SQLite" } else { "Postgres" };
    let of = format!("of {schedules} schedules, {database}");

    clock.set(instant(JUST_BEFORE));
    fire_schedules::step(&app).await?;
    let stopwatch = Stopwatch::now();
    for _ in 0..TIMES {
        let report = fire_schedules::step(&app).await?;
        anyhow::ensure!(report.fired == 0, "{} fired", report.fired);
    }
    let each = stopwatch.elapsed().as_secs_f64() * 1_000.0 / f64::from(TIMES);
    println!("none due:  {each:.2} ms");
    kept::keep("due", &format!("none due {of}"), &format!("{each:.2} ms"))?;

    clock.set(instant(MONDAY));
    let stopwatch = Stopwatch::now();
    let report = fire_schedules::step(&app).await?;
    let took = stopwatch.elapsed().as_secs_f64();
    anyhow::ensure!(report.fired == u64::try_from(due)?, "{} fired instead of {due}", report.fired);
    println!("planned:   {took:.2} s for {due} runs");
    kept::keep("due", &format!("{due} runs planned {of}"), &format!("{took:.2} s"))?;

    // As if the zone data said an hour less before, for every schedule.
    let wrong = match app.store.is_sqlite() {
        true => "update schedules set next_fire_at = next_fire_at + 3600000000",
        false => "update schedules set next_fire_at = next_fire_at + interval '1 hour'",
    };
    run(&app, wrong).await?;
    settle(&app).await?;
    let stopwatch = Stopwatch::now();
    let moved = rebuild_dates::repair(&app).await?;
    let took = stopwatch.elapsed().as_secs_f64();
    anyhow::ensure!(moved == u64::try_from(schedules)?, "{moved} moved instead of {schedules}");
    println!("rebuilt:   {took:.1} s, every date moved");
    kept::keep("due", &format!("every next date moved {of}"), &format!("{took:.1} s"))?;
    println!("memory:    {} MB at most", kept::peak_mb()?);
    Ok(())
}

/// Statements that copy the project and its schedules: the first ones of Monday's, the others of Tuesday's.
fn copies(schedules: usize, due: usize, on_sqlite: bool) -> [String; 3] {
    let projects = schedules / EACH;
    let numbers = |from: usize, to: usize| match on_sqlite {
        true => format!(
            "(with recursive n (n) as (select {from} union all select n + 1 from n where n < {to}) select n from n) n"
        ),
        false => format!("generate_series({from}, {to}) n (n)"),
    };
    let copy = |pattern: &str, from: usize, to: usize| {
        format!(
            "insert into schedules (id, project, report, recipients, cadence, zone, starts, ends, paused, catch_up, max_late_sec, \
             send, formats, numbers, active_since, next_fire_at, next_occurrence, applied_by, created_at, updated_at, settings) \
             select '{pattern}' || n.n, p.key, s.report, s.recipients, s.cadence, s.zone, s.starts, s.ends, s.paused, s.catch_up, \
             s.max_late_sec, s.send, s.formats, s.numbers, s.active_since, s.next_fire_at, s.next_occurrence, s.applied_by, \
             s.created_at, s.updated_at, s.settings from {} join projects p on p.id = 'p' || (n.n / {EACH}) \
             join schedules s on s.id = '{pattern}0'",
            numbers(from, to)
        )
    };
    [
        format!(
            "insert into projects (id, name, zone, locale, currency, week_start, allowed_domains, created_at, updated_at, settings) \
             select 'p' || n.n, 'Project ' || n.n, p.zone, p.locale, p.currency, p.week_start, p.allowed_domains, p.created_at, \
             p.updated_at, p.settings from {} join projects p on p.id = 'p0'",
            numbers(1, projects)
        ),
        copy("s", 1, due - 1),
        copy("t", due, schedules - 2),
    ]
}

async fn run(app: &App, statement: &str) -> anyhow::Result<()> {
    let statement = sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned()));
    let mut session = app.store.write().await?;
    match session.on() {
        On::Sqlite(connection) => statement.execute(connection).await?.rows_affected(),
        On::Postgres(connection) => statement.execute(connection).await?.rows_affected(),
    };
    Ok(session.commit().await?)
}
