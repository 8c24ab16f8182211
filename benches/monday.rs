//! Monday morning: every project's weekly report falls due at one instant. From due to taken by a relay, all of it:
//! fire, read, compute, render, claim, fence, SMTP, settle, on SQLite. What is printed is reports a second, as a first
//! figure; compare ratios on one machine, not numbers between machines.
//!
//! `cargo bench --bench monday -- [PROJECTS] [CALLS a project and week] [html|pdf]`

use std::fmt::Write as _;
use std::io::Cursor;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant as Stopwatch};

use callbrief::app::App;
use callbrief::apply::{self, apply_text};
use callbrief::clock::ManualClock;
use callbrief::config::load::{Inputs, Purpose, survey};
use callbrief::config::settings::{Encryption, Relay, Settings, Smtp, SmtpTimeouts, Transport};
use callbrief::domain::ids::ProjectId;
use callbrief::domain::instant::Instant;
use callbrief::domain::period::Period;
use callbrief::ingest::{self, Format, ImportRequest};
use callbrief::jobs;
use callbrief::store::Traffic;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Two weeks before, when the calls begin; and Monday, 08:00 in Kyiv.
const BEGIN: &str = "2026-11-01T22:00:00Z";
const MONDAY: &str = "2026-11-16T06:00:00Z";
const WEEK_SEC: i64 = 7 * 86_400;

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let number = |at: usize, usual: usize| words.get(at).and_then(|word| word.parse().ok()).unwrap_or(usual);
    let (projects, calls) = (number(0, 200), number(1, 200));
    let formats = if words.get(2).is_some_and(|word| word == "pdf") { "\"pdf\"" } else { "" };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(monday(projects, calls, formats))
}

async fn monday(projects: usize, calls: usize, formats: &str) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let taken = Arc::new(AtomicUsize::new(0));
    let sink = sink(Arc::clone(&taken)).await?;
    let clock = ManualClock::at(instant(BEGIN));
    let app = App::open(settings(folder.path(), sink)?, Arc::new(clock.clone())).await?;

    let stopwatch = Stopwatch::now();
    let text = setup(projects, formats);
    let request = apply::Request {
        file: "monday.toml",
        keeper: "monday.toml",
        text: &text,
        actor: "bench",
        now: instant(BEGIN),
        dry_run: false,
        prune: false,
        has_operations: true,
        channels: &[],
    };
    apply_text(&app.store, &app.zones, &request, |_, _| {}).await?;
    let applied = stopwatch.elapsed();

    let stopwatch = Stopwatch::now();
    let two_weeks = Period::new(instant(BEGIN), instant(BEGIN).plus_seconds(2 * WEEK_SEC));
    for project in 0..projects {
        let file = Cursor::new(rows(project, calls * 2));
        let request = ImportRequest {
            covers: two_weeks,
            strict: true,
            ..ImportRequest::new(ProjectId::parse(&id(project))?, Format::Native, "monday", file)
        };
        ingest::import(&app, request).await?;
    }
    let imported = stopwatch.elapsed();

    clock.set(instant(MONDAY));
    let (stopwatch, before) = (Stopwatch::now(), Traffic::now());
    let report = jobs::tick(&app).await?;
    let (took, traffic) = (stopwatch.elapsed(), Traffic::now().since(before));
    let taken = taken.load(Ordering::SeqCst);
    anyhow::ensure!(
        taken == projects && report.accepted == projects as u64,
        "{taken} of {projects} arrived: {report:?}"
    );

    let rate = |count: usize, span: Duration| count as f64 / span.as_secs_f64();
    println!(
        "projects {projects}, calls a week {calls}, attached: {}",
        if formats.is_empty() { "nothing" } else { "PDF" }
    );
    println!("applied   {:>9.0} schedules/s", rate(projects, applied));
    println!("imported  {:>9.0} calls/s", rate(projects * calls * 2, imported));
    println!("reported  {:>9.1} reports/s end to end ({:.2} s)", rate(projects, took), took.as_secs_f64());
    let each = |count: u64| count as f64 / projects as f64;
    println!(
        "asked     {:>9.3} commits and {:.2} statements a report",
        each(traffic.commits),
        each(traffic.statements)
    );
    println!("memory    {:>9} MB at most, of the whole process with its sink", peak_kb()? / 1000);
    println!("size      {:>9} kB of database", std::fs::metadata(folder.path().join("monday.db"))?.len() / 1000);
    app.store.close().await;
    Ok(())
}

/// The most memory that the process had so far, by Linux.
fn peak_kb() -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    Ok(line.and_then(|line| line.split_whitespace().next()).unwrap_or("0").parse()?)
}

fn instant(text: &str) -> Instant {
    Instant::parse_rfc3339(text).unwrap_or_default()
}

fn id(project: usize) -> String {
    format!("p{project:05}")
}

fn settings(folder: &std::path::Path, sink: SocketAddr) -> anyhow::Result<Settings> {
    let url = format!("sqlite://{}", folder.join("monday.db").display());
    let read = survey(Inputs { file: None, database: Some(&url), environment: &[], purpose: Purpose::Sending });
    let mut settings = read.settings.ok_or_else(|| anyhow::anyhow!("{}", read.problems.render(false)))?;
    let minute = Duration::from_secs(60);
    settings.mail.relays = vec![Relay {
        id: "sink".to_owned(),
        transport: Transport::Smtp(Smtp {
            host: sink.ip().to_string(),
            port: sink.port(),
            encryption: Encryption::Plain,
            username: None,
            password: None,
            hello_name: None,
            ca_file: None,
            timeouts: SmtpTimeouts { connect: minute, command: minute, data: minute, body: minute },
        }),
        per_second: 1_000_000.0,
        connections: 4,
    }];
    Ok(settings)
}

fn setup(projects: usize, formats: &str) -> String {
    let mut text = "version = 1\n".to_owned();
    for project in 0..projects {
        let id = id(project);
        let _ = write!(
            text,
            "[[project]]\nid = \"{id}\"\nname = \"Project {project}\"\nzone = \"Europe/Kyiv\"\nlocale = \"en\"\ncurrency = \
             \"UAH\"\n[[contact]]\nid = \"m-{id}\"\nname = \"Manager {project}\"\naddresses = {{ email = \
             [\"m{project}@example.com\"] }}\nroles = {{ {id} = [\"owner\", \"manager\"] }}\n[[schedule]]\nid = \
             \"weekly-{id}\"\nproject = \"{id}\"\nreport = \"summary\"\nrecipients = [\"m-{id}\"]\nevery = \"week\"\non = \
             [\"mon\"]\nat = \"08:00\"\nformats = [{formats}]\n"
        );
    }
    text
}

/// Calls spread evenly over two weeks, with what a report looks at: agents, sources, repeats, misses.
fn rows(project: usize, count: usize) -> Vec<u8> {
    const STATUSES: [&str; 8] = [
        "answered",
        "answered",
        "answered",
        "missed_no_answer",
        "answered",
        "missed_abandoned",
        "answered",
        "client_no_answer",
    ];
    const SOURCES: [(&str, &str); 4] = [("google", "cpc"), ("facebook", "paid"), ("", ""), ("bing", "cpc")];
    let mut text = "call_id,started_at,direction,status,from_number,to_number,wait_sec,talk_sec,agent_id,agent_name,\
                    utm_source,utm_medium\n"
        .to_owned();
    for call in 0..count {
        let started = instant(BEGIN).plus_seconds(2 * WEEK_SEC * call as i64 / count as i64);
        let status = STATUSES[(call * 7 + project) % STATUSES.len()];
        let (client, agent) = (call * 7919 % 4000, call * 31 % 6);
        let (source, medium) = SOURCES[call * 13 % SOURCES.len()];
        let talk = if status == "answered" { 30 + call * 17 % 400 } else { 0 };
        let (direction, from, to) = if status == "client_no_answer" {
            ("outbound", "+380445550101".to_owned(), format!("+38067{client:07}"))
        } else {
            ("inbound", format!("+38067{client:07}"), "+380445550101".to_owned())
        };
        let _ = writeln!(
            text,
            "{call},{started},{direction},{status},{from},{to},{},{talk},{agent},Agent {agent},{source},{medium}",
            call % 40
        );
    }
    text.into_bytes()
}

/// A mail server that takes everything and forgets it.
async fn sink(taken: Arc<AtomicUsize>) -> anyhow::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(converse(stream, Arc::clone(&taken)));
        }
    });
    Ok(address)
}

async fn converse(stream: TcpStream, taken: Arc<AtomicUsize>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).split(b'\n');
    write.write_all(b"220 sink\r\n").await?;
    let mut in_message = false;
    while let Some(line) = lines.next_segment().await? {
        let reply: &[u8] = match line.strip_suffix(b"\r").unwrap_or(&line) {
            b"." if in_message => {
                in_message = false;
                taken.fetch_add(1, Ordering::SeqCst);
                b"250 taken\r\n"
            }
            _ if in_message => continue,
            verb if verb.eq_ignore_ascii_case(b"data") => {
                in_message = true;
                b"354 go on\r\n"
            }
            verb if verb.eq_ignore_ascii_case(b"quit") => b"221 bye\r\n",
            _ => b"250 ok\r\n",
        };
        write.write_all(reply).await?;
    }
    Ok(())
}
