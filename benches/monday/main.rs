//! Monday morning: every project's weekly report falls due at one instant. From due to taken by a relay, all of it: fire,
//! load, count, render, store, claim, fence, SMTP, settle, every step durable. What is printed is for one machine; compare
//! the ratio to what is measured beside it, not seconds between machines.
//!
//! ```text
//! cargo bench --bench monday -- [PROJECTS] [CALLS a project in thirteen weeks] [html|pdf] [options]
//!   --once             one pass as under cron, which makes everything before it sends; without it the program that runs on
//!   --parts            before it, what the parts of a report take alone, and how near to that the whole comes
//!   --replicas N       so many programs on one Postgres share the work; what each took
//!   --database URL     an empty Postgres database instead of SQLite
//!   --script FILE      a script that does the same in Python, run on the same calls and the same mail server:
//!                      FILE DB PROJECTS html|pdf PORT, with a table `calls` as calls.rs writes it
//!   --python FILE      the Python to run it with (python3)
//!   --script-end MS    the end of the week that it reports, in milliseconds since 1970
//!   --script-reports N of how many projects it makes reports (200, with PDF 40)
//! ```

mod calls;
#[path = "../kept.rs"]
mod kept;
#[path = "../opened.rs"]
mod opened;
mod parts;
mod sink;

use std::fmt::Write as _;
use std::io::Cursor;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant as Stopwatch};

use callbrief::app::App;
use callbrief::clock::ManualClock;
use callbrief::domain::ids::ProjectId;
use callbrief::domain::period::Period;
use callbrief::ingest::{self, Format, ImportRequest};
use callbrief::jobs::{self, Work};
use callbrief::store::{On, Traffic};
use callbrief::telemetry::Stage;
use opened::{instant, set_up};

use calls::ScriptDatabase;
use sink::Sink;

/// The end of the reported week in Kyiv, and Monday, 08:00 there.
const WEEK_ENDS: &str = "2026-11-15T22:00:00Z";
const MONDAY: &str = "2026-11-16T06:00:00Z";
const WEEK_SEC: i64 = 7 * 86_400;
/// Reports of each program before those that are counted.
const WARMING: usize = 64;

/// What was asked for.
struct Asked {
    projects: usize,
    calls: usize,
    is_pdf: bool,
    is_once: bool,
    with_parts: bool,
    replicas: usize,
    database: Option<String>,
    script: Option<Script>,
}

struct Script {
    file: PathBuf,
    python: String,
    end_ms: i64,
    reports: usize,
}

impl Asked {
    fn read(words: impl Iterator<Item = String>) -> anyhow::Result<Self> {
        let (mut plain, mut named) = (Vec::new(), std::collections::BTreeMap::new());
        // cargo says `--bench` by itself.
        let mut words = words.filter(|word| word != "--bench");
        let (mut is_once, mut with_parts) = (false, false);
        while let Some(word) = words.next() {
            match word.strip_prefix("--") {
                Some("once") => is_once = true,
                Some("parts") => with_parts = true,
                Some(name) => drop(named.insert(name.to_owned(), words.next().unwrap_or_default())),
                None => plain.push(word),
            }
        }
        let number = |at: usize, usual: usize| plain.get(at).map_or(Ok(usual), |word: &String| word.parse());
        let is_pdf = plain.get(2).is_some_and(|word| word == "pdf");
        let projects = number(0, 200)?;
        let usual_reports = if is_pdf { 40 } else { 200 };
        let script = match named.remove("script") {
            Some(file) => Some(Script {
                file: file.into(),
                python: named.remove("python").unwrap_or_else(|| "python3".to_owned()),
                end_ms: named.remove("script-end").map_or(Ok(1_787_862_400_000), |end| end.parse())?,
                reports: named.remove("script-reports").map_or(Ok(usual_reports), |n| n.parse())?.min(projects),
            }),
            None => None,
        };
        let database = named.remove("database");
        let replicas = named.remove("replicas").map_or(Ok(1), |count| count.parse())?;
        anyhow::ensure!(named.is_empty(), "what does {:?} mean? See the head of benches/monday/main.rs", named.keys());
        Ok(Self { projects, calls: number(1, 2_500)?, is_pdf, is_once, with_parts, replicas, database, script })
    }
}

fn main() -> anyhow::Result<()> {
    let asked = Asked::read(std::env::args().skip(1))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(monday(&asked))
}

async fn monday(asked: &Asked) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let sink = Sink::open().await?;
    let url =
        asked.database.clone().unwrap_or_else(|| format!("sqlite://{}", folder.path().join("monday.db").display()));
    let clock = ManualClock::at(instant(WEEK_ENDS).plus_seconds(-calls::WEEKS * WEEK_SEC));
    let app = App::open(sink.settings(&url)?, Arc::new(clock.clone())).await?;
    let script_file = folder.path().join("calls.db");

    let Asked { projects, calls, .. } = *asked;
    println!(
        "{projects} projects with {calls} calls each in {} weeks, attached: {}, on {}",
        calls::WEEKS,
        if asked.is_pdf { "PDF" } else { "nothing" },
        if app.store.is_sqlite() { "SQLite" } else { "Postgres" }
    );
    let applied = apply_all(&app, asked).await?;
    let imported = fill(&app, asked, &script_file).await?;
    let rate = |count: usize, span: Duration| count as f64 / span.as_secs_f64();
    println!("applied   {:>9.0} schedules/s", rate(projects, applied));
    println!("imported  {:>9.0} calls/s", rate(projects * calls, imported));

    let mut replicas = vec![app.clone()];
    for _ in 1..asked.replicas {
        replicas.push(App::open(sink.settings(&url)?, Arc::new(clock.clone())).await?);
    }
    warm_up(&replicas, &clock, &sink, asked.is_pdf).await?;
    clock.set(instant(MONDAY));
    let mut reach = None;
    if asked.with_parts {
        let all = (0..projects).map(|project| ProjectId::parse(&id("p", project))).collect::<Result<Vec<_>, _>>()?;
        let (end, now) = (instant(WEEK_ENDS), instant(MONDAY));
        let parts = parts::measure(&app, all, end, now, asked.is_pdf, sink.address).await?;
        println!("parts, ms of a processor a report, each alone:{}", parts.said());
        reach = Some(parts.reach(std::thread::available_parallelism()?.get()));
        sink.forget();
    }
    let warming = (WARMING * replicas.len()) as u64;
    kept::forget_peak()?;
    let before_stages = Stage::ALL.map(|stage| app.telemetry.metrics.spent(stage).0);
    let before_each: Vec<u64> = replicas.iter().map(composed).collect();
    let (stopwatch, before, worked, machine) = (Stopwatch::now(), Traffic::now(), cpu_ms()?, kept::machine_ms()?);
    let accepted = if asked.is_once {
        jobs::tick(&app).await?.accepted
    } else {
        serve(&replicas, &sink, projects).await? - warming
    };
    let (took, traffic, worked) = (stopwatch.elapsed(), Traffic::now().since(before), cpu_ms()? - worked);
    let machine = kept::machine_ms()? - machine;
    let taken = sink.taken();
    anyhow::ensure!(
        taken == projects && accepted == projects as u64,
        "{taken} of {projects} arrived, and {accepted} are known to have"
    );
    println!("reported  {:>9.1} reports/s end to end ({:.2} s)", rate(projects, took), took.as_secs_f64());
    let each = |count: u64| count as f64 / projects as f64;
    println!(
        "asked     {:>9.3} commits and {:.2} statements a report",
        each(traffic.commits),
        each(traffic.statements)
    );
    println!(
        "worked    {:>9.2} ms of a processor a report, in the whole process with its sink; {:.2} on the whole machine",
        worked / projects as f64,
        machine / projects as f64
    );
    let (memory, is_sqlite) = (kept::peak_mb()?, app.store.is_sqlite());
    println!("memory    {memory:>9} MB at most, of the whole process with its sink");
    if is_sqlite {
        println!("size      {:>9} kB of database", std::fs::metadata(folder.path().join("monday.db"))?.len() / 1000);
    }
    print!("stages, ms a report, all threads together, waits included:");
    for (stage, before) in Stage::ALL.into_iter().zip(before_stages) {
        let spent = app.telemetry.metrics.spent(stage).0.saturating_sub(before);
        print!(" {} {:.2}", stage.name(), spent.as_secs_f64() * 1000.0 / projects as f64);
    }
    println!();
    print!("jobs, ms a report, waits included:");
    for line in app.telemetry.metrics.text().lines() {
        let told = line.strip_prefix("callbrief_pass_seconds_sum{").and_then(|rest| rest.split_once("} "));
        let Some((job, Ok(seconds))) = told.map(|(job, sum)| (job, sum.parse::<f64>())) else { continue };
        if seconds > 0.01 {
            print!(" {} {:.2}", job.split('"').nth(1).unwrap_or(job), seconds * 1000.0 / projects as f64);
        }
    }
    println!();
    let shares: Vec<_> = replicas.iter().zip(before_each).map(|(replica, before)| composed(replica) - before).collect();
    if replicas.len() > 1 {
        println!(
            "shares    {} mails taken by each",
            shares.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        );
    }
    for replica in &replicas {
        replica.store.close().await;
    }
    let mut figures = format!(
        "{:.0} reports/s; {:.3} commits and {:.1} statements a report; {memory} MB at most",
        rate(projects, took),
        each(traffic.commits),
        each(traffic.statements)
    );
    if let Some(reach) = reach {
        let part = rate(projects, took) * 100.0 / reach;
        println!("reach     {reach:>9.1} reports/s by the parts alone; the whole comes to {part:.0} % of that");
        let _ = write!(figures, "; {part:.0} % of what its parts alone reach");
    }
    if replicas.len() > 1 {
        let least = shares.iter().min().copied().unwrap_or(0) as f64 * 100.0 / projects as f64;
        let each = machine / projects as f64;
        let _ = write!(
            figures,
            "; {} replicas, the least busy of which took {least:.0} %; {each:.1} ms of a processor a report",
            replicas.len()
        );
    }
    if let Some(script) = &asked.script {
        let ratio = rate(projects, took) / run_script(asked, script, &script_file, sink.address)?;
        println!("ratio     {ratio:>9.1} times the script");
        let _ = write!(figures, "; {ratio:.1} times the script");
    }
    let (form, database) = (if asked.is_pdf { "PDF" } else { "HTML" }, if is_sqlite { "SQLite" } else { "Postgres" });
    let replicas = if replicas.len() > 1 { format!(", {} replicas", replicas.len()) } else { String::new() };
    kept::keep("monday", &format!("{projects} projects of {calls} calls, {form}, {database}{replicas}"), &figures)?;
    Ok(())
}

/// Programs that ran through the night have made reports before: the first ones of a process draw its faces, and each connection
/// plans its statements. So few reports of projects of their own fall due an hour earlier, and aren't counted.
async fn warm_up(replicas: &[App], clock: &ManualClock, sink: &Sink, is_pdf: bool) -> anyhow::Result<()> {
    let (end, reports) = (instant(WEEK_ENDS), WARMING * replicas.len());
    set_up(&replicas[0], &setup("w", "07:00", reports, is_pdf), end.plus_seconds(-3_600)).await?;
    for project in 0..reports {
        import(&replicas[0], &id("w", project), &calls::of_project(project, 250, end)).await?;
    }
    clock.set(instant(MONDAY).plus_seconds(-1_800));
    let accepted = serve(replicas, sink, reports).await?;
    anyhow::ensure!(accepted == reports as u64, "{accepted} of {reports} reports went before");
    sink.forget();
    Ok(())
}

/// The programs that run on and on, from when they see what is due to when they have ended everything; returns what was accepted.
async fn serve(replicas: &[App], sink: &Sink, projects: usize) -> anyhow::Result<u64> {
    let mut running = Vec::with_capacity(replicas.len());
    for app in replicas {
        let work = Arc::new(Work::open(app).await?);
        running.push((Arc::clone(&work), tokio::spawn(jobs::serve(app.clone(), work))));
    }
    while sink.taken() < projects && !running.iter().any(|(_, loops)| loops.is_finished()) {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    running.iter().for_each(|(work, _)| work.stop());
    for (work, loops) in running {
        anyhow::ensure!(loops.await?, "a job didn't end");
        work.lanes.close().await;
    }
    let counted = "select count(*) from deliveries where state = 'accepted'";
    let (accepted,): (i64,) = match replicas[0].store.read().await?.on() {
        On::Sqlite(connection) => sqlx::query_as(counted).fetch_one(connection).await?,
        On::Postgres(connection) => sqlx::query_as(counted).fetch_one(connection).await?,
    };
    Ok(u64::try_from(accepted)?)
}

/// Messages that one program composed so far.
fn composed(app: &App) -> u64 {
    app.telemetry.metrics.spent(Stage::Compose).1
}

async fn apply_all(app: &App, asked: &Asked) -> anyhow::Result<Duration> {
    let stopwatch = Stopwatch::now();
    let text = setup("p", "08:00", asked.projects, asked.is_pdf);
    // After the week before ended: nothing of it is due.
    set_up(app, &text, instant(WEEK_ENDS).plus_seconds(-3_600)).await?;
    Ok(stopwatch.elapsed())
}

/// Imports every project's calls; the time is that of the imports.
async fn fill(app: &App, asked: &Asked, script_file: &Path) -> anyhow::Result<Duration> {
    let end = instant(WEEK_ENDS);
    let mut script = match &asked.script {
        Some(script) => Some(ScriptDatabase::create(script_file, end, script.end_ms).await?),
        None => None,
    };
    let mut took = Duration::ZERO;
    for project in 0..asked.projects {
        let calls = calls::of_project(project, asked.calls, end);
        if let Some(script) = &mut script {
            script.add(&calls).await?;
        }
        took += import(app, &id("p", project), &calls).await?;
    }
    if let Some(script) = script {
        script.finish().await?;
    }
    Ok(took)
}

/// Imports calls into a project; the time is that of the import.
async fn import(app: &App, project: &str, calls: &[calls::Call]) -> anyhow::Result<Duration> {
    let end = instant(WEEK_ENDS);
    let file = Cursor::new(calls::csv(calls));
    let stopwatch = Stopwatch::now();
    let request = ImportRequest {
        covers: Period::new(end.plus_seconds(-calls::WEEKS * WEEK_SEC), end),
        strict: true,
        ..ImportRequest::new(ProjectId::parse(project)?, Format::Native, "monday", file)
    };
    ingest::import(app, request).await?;
    Ok(stopwatch.elapsed())
}

/// Runs the script on the same calls; its reports a second.
fn run_script(asked: &Asked, script: &Script, calls: &Path, sink: SocketAddr) -> anyhow::Result<f64> {
    let run = std::process::Command::new(&script.python)
        .arg(&script.file)
        .arg(calls)
        .arg(script.reports.to_string())
        .arg(if asked.is_pdf { "pdf" } else { "html" })
        .arg(sink.port().to_string())
        .output()?;
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    anyhow::ensure!(run.status.success(), "the script failed: {}", String::from_utf8_lossy(&run.stderr));
    print!("script    {said}");
    let rate = said.split("= ").nth(1).and_then(|rest| rest.split("/s").next()).and_then(|rate| rate.parse().ok());
    rate.ok_or_else(|| anyhow::anyhow!("the script should say `… = N/s …`"))
}

/// What the process kept processors busy so far, in milliseconds, by Linux's clock of 10.
fn cpu_ms() -> anyhow::Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let ticks: Vec<f64> =
        stat.rsplit(") ").next().unwrap_or("").split(' ').skip(11).take(2).filter_map(|n| n.parse().ok()).collect();
    Ok(ticks.iter().sum::<f64>() * 10.0)
}

fn id(prefix: &str, project: usize) -> String {
    format!("{prefix}{project:05}")
}

fn setup(prefix: &str, at: &str, projects: usize, is_pdf: bool) -> String {
    let formats = if is_pdf { "\"pdf\"" } else { "" };
    let mut text = "version = 1\n".to_owned();
    for project in 0..projects {
        let id = id(prefix, project);
        let _ = write!(
            text,
            "[[project]]\nid = \"{id}\"\nname = \"Project {project}\"\nzone = \"Europe/Kyiv\"\nlocale = \"en\"\ncurrency = \
             \"UAH\"\n[[contact]]\nid = \"m-{id}\"\nname = \"Manager {project}\"\naddresses = {{ email = \
             [\"m-{id}@example.com\"] }}\nroles = {{ {id} = [\"owner\", \"manager\"] }}\n[[schedule]]\nid = \
             \"weekly-{id}\"\nproject = \"{id}\"\nreport = \"summary\"\nrecipients = [\"m-{id}\"]\nevery = \"week\"\non = \
             [\"mon\"]\nat = \"{at}\"\nformats = [{formats}]\n"
        );
    }
    text
}
