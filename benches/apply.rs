//! Many projects: each with an owner and a weekly schedule, in lines of JSON. They are made, applied again (nothing is to change),
//! applied each by itself, and one of them is changed. What is printed is seconds for all of them.
//!
//! `cargo bench --bench apply -- [PROJECTS] [postgres://… of an empty database; without it, SQLite]`

#[path = "kept.rs"]
mod kept;
#[path = "opened.rs"]
mod opened;

use std::time::Instant as Stopwatch;

use callbrief::app::App;
use callbrief::apply::{self, Request};
use callbrief::clock::ManualClock;
use callbrief::config::problem::Source;
use callbrief::config::setup::{Form, Input};
use opened::{instant, open};

/// Monday, 1 June 2026, early in Kyiv.
const MONDAY: &str = "2026-06-01T02:00:00Z";

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let projects = words.first().and_then(|word| word.parse().ok()).unwrap_or(10_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(many(projects, words.get(1).map(String::as_str)))
}

async fn many(projects: usize, server: Option<&str>) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = format!("sqlite://{}", folder.path().join("apply.db").display());
    let now = instant(MONDAY);
    let app = open(server.unwrap_or(&file), ManualClock::at(now)).await?;
    let text: String = (0..projects).map(line).collect();
    let edited = text.replacen("Client 7\"", "Client seven\"", 1);
    for (what, text, wanted) in [
        ("made", &text, projects * 3),
        ("applied again, unchanged", &text, 0),
        ("applied again, one changed", &edited, 1),
    ] {
        let stopwatch = Stopwatch::now();
        let inputs = inputs(text);
        let request = Request::new(&inputs, "customers.jsonl", "bench", now);
        let plan = apply::apply(&app.store, &app.zones, &request, |_, _| {}).await?;
        anyhow::ensure!(plan.changes.len() == wanted, "{} changes instead of {wanted}", plan.changes.len());
        told(&app, projects, what, stopwatch)?;
    }
    let stopwatch = Stopwatch::now();
    let (inputs, mut changed) = (inputs(&text), 0);
    let request = Request::new(&inputs, "customers.jsonl", "bench", now);
    apply::by_project(&app.store, &app.zones, &request, |_, outcome| {
        changed += usize::from(matches!(outcome, apply::Outcome::Applied(plan, _) if !plan.changes.is_empty()));
    })
    .await?;
    anyhow::ensure!(changed == 1, "{changed} changed");
    told(&app, projects, "applied each by itself, one changed", stopwatch)
}

fn told(app: &App, projects: usize, what: &str, stopwatch: Stopwatch) -> anyhow::Result<()> {
    let took = stopwatch.elapsed().as_secs_f64();
    let database = if app.store.is_sqlite() { "SQLite" } else { "Postgres" };
    println!("{projects} projects {what}, {database}: {took:.1} s");
    let build = if cfg!(debug_assertions) { ", not optimised" } else { "" };
    kept::keep("apply", &format!("{projects} projects {what}, {database}{build}"), &format!("{took:.1} s"))
}

fn inputs(text: &str) -> [Input; 1] {
    let source = Source::new("customers.jsonl", text);
    [Input { source, form: Form::JsonLines, keeper: "customers.jsonl".to_owned() }]
}

fn line(n: usize) -> String {
    format!(
        "{{\"project\": {{\"id\": \"p{n}\", \"name\": \"Client {n}\", \"zone\": \"Europe/Kyiv\", \"currency\": \"EUR\", \
         \"balances\": {{\"forwarding\": {{\"low\": \"50.00\"}}}}}}, \
         \"contact\": {{\"id\": \"c{n}\", \"name\": \"Owner {n}\", \"addresses\": {{\"email\": [\"c{n}@client.example\"]}}, \
         \"roles\": {{\"p{n}\": [\"owner\", \"manager\"]}}}}, \
         \"schedule\": {{\"id\": \"weekly-p{n}\", \"project\": \"p{n}\", \"report\": \"summary\", \"recipients\": [\"c{n}\"], \
         \"every\": \"week\", \"at\": \"08:00\"}}}}\n"
    )
}
