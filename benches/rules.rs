//! The beginning of a day: every project is judged, none has anything to tell. First everything is judged for the first time,
//! then a day later, with four weeks of spend each. What is printed is seconds for all of them, of a tick that also looks at what
//! is late, which is another job; compare ratios on one machine, not numbers between machines.
//!
//! `cargo bench --bench rules -- [PROJECTS] [postgres://… of an empty database; without it, SQLite]`

#[path = "kept.rs"]
mod kept;
#[path = "opened.rs"]
mod opened;

use std::time::Instant as Stopwatch;

use callbrief::clock::ManualClock;
use callbrief::jobs;
use callbrief::store::On;
use opened::{instant, open, settle};

/// Monday, 1 June 2026, early in Kyiv; and the next day.
const MONDAY: &str = "2026-06-01T02:00:00Z";
const TUESDAY: &str = "2026-06-02T02:00:00Z";

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let projects = words.first().and_then(|word| word.parse().ok()).unwrap_or(100_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(rules(projects, words.get(1).map(String::as_str)))
}

async fn rules(projects: i64, server: Option<&str>) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = format!("sqlite://{}", folder.path().join("rules.db").display());
    let clock = ManualClock::at(instant(MONDAY));
    let app = open(server.unwrap_or(&file), clock.clone()).await?;
    let stopwatch = Stopwatch::now();
    for statement in facts(projects, app.store.is_sqlite()) {
        let statement = sqlx::raw_sql(sqlx::AssertSqlSafe(statement));
        let mut session = app.store.write().await?;
        match session.on() {
            On::Sqlite(connection) => statement.execute(connection).await?.rows_affected(),
            On::Postgres(connection) => statement.execute(connection).await?.rows_affected(),
        };
        session.commit().await?;
    }
    settle(&app).await?;
    println!("{projects} projects with 28 days of spend each: written in {:.1} s", stopwatch.elapsed().as_secs_f64());
    for (what, now) in [("judged for the first time", MONDAY), ("judged at the beginning of a day", TUESDAY)] {
        clock.set(instant(now));
        let stopwatch = Stopwatch::now();
        let report = jobs::tick(&app).await?;
        let tick = stopwatch.elapsed().as_secs_f64();
        let rules = app.telemetry.passes.all().get("evaluate_rules").map_or(tick, |pass| pass.took_ms as f64 / 1_000.0);
        println!(
            "{what}: {rules:.1} s, {:.0} projects a second; {} told; the whole tick {tick:.1} s",
            projects as f64 / rules,
            report.warned
        );
        let database = if app.store.is_sqlite() { "SQLite" } else { "Postgres" };
        let said = format!("{rules:.1} s of a tick of {tick:.1} s");
        kept::keep("rules", &format!("{projects} projects {what}, {database}"), &said)?;
        // A day lies between.
        settle(&app).await?;
    }
    Ok(())
}

/// Statements that write projects with a balance that lasts, its spend, and a paid period that isn't near its end.
fn facts(projects: i64, on_sqlite: bool) -> Vec<String> {
    let now = instant(MONDAY).as_micros();
    let begin = now - 28 * 86_400_000_000;
    let (n, d, day) = if on_sqlite {
        let n = format!(
            "(with recursive n (n) as (select 1 union all select n + 1 from n where n < {projects}) select n from n) n"
        );
        (
            n,
            "(with recursive d (d) as (select 0 union all select d + 1 from d where d < 27) select d from d) d"
                .to_owned(),
            "",
        )
    } else {
        (format!("generate_series(1, {projects}) n (n)"), "generate_series(0, 27) d (d)".to_owned(), "::bigint")
    };
    let at = |micros: String| match on_sqlite {
        true => micros,
        false => format!("timestamptz 'epoch' + ({micros}) * interval '1 microsecond'"),
    };
    let (now, spent) = (at(now.to_string()), at(format!("{begin} + d{day} * 86400000000 + 43200000000")));
    let begin = at(begin.to_string());
    vec![
        format!(
            "insert into projects (key, id, name, zone, locale, currency, week_start, allowed_domains, created_at, updated_at, settings) \
             select n, 'p' || n, 'Project ' || n, 'Europe/Kyiv', 'en', 'EUR', 'mon', '[]', {begin}, {begin}, \
             '{{\"balances\":{{\"forwarding\":{{\"low\":\"50.00\",\"payment_lead_days\":1}}}}}}' from {n}"
        ),
        format!(
            "insert into balances (project, name, currency, amount, credit_limit, as_of, updated_at) \
             select n, 'forwarding', 'EUR', 400000000 + n % 100 * 1000000, 0, {now}, {now} from {n}"
        ),
        format!(
            "insert into balance_entries (project, balance, id, at, kind, amount, what, added_at) \
             select n, 'forwarding', 'u' || d, {spent}, 'usage', 6000000 + d % 7 * 1000000, '', {now} \
             from {n} cross join {d}"
        ),
        format!(
            "insert into standings (project, status, paid_until, as_of, updated_at) \
             select n, 'active', '2026-07-20', {now}, {now} from {n}"
        ),
        format!("insert into evaluations (project, due_at, version) select n, {now}, 1 from {n}"),
    ]
}
