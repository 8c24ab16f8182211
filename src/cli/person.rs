//! `callbrief person`.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use comfy_table::{ContentArrangement, Table, presets};
use serde_json::{Value, json};

use super::balance::find as find_project;
use super::confirm::confirmed;
use super::{Context, Exit, Failure};
use crate::app::App;
use crate::config;
use crate::domain::person::{Identity, Marks, Trace};
use crate::domain::project::Project;
use crate::jobs::person::{self, Found, Scope, replay};

/// Give somebody what is stored of them, or erase it.
///
/// A person is whoever a phone number or a mail address belongs to: a caller, a reader, an agent. Every table, raw event,
/// row that couldn't be read and stored document is looked through, whatever way the number or address is written. Without
/// --project that is the whole installation, every project in it: right when everything here is one business's. Where projects
/// belong to different businesses, name the one that was asked: the others keep their own records.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief person export --number +380671112233 --out person.json
  callbrief person erase --number +380671112233 --dry-run
  callbrief person erase --number +380671112233 --address olena@acme.example
  callbrief person erase --number +380671112233 --project acme --yes
  callbrief person replay callbrief-erased.jsonl")]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Write everything that names the person as JSON.
    Export {
        #[command(flatten)]
        who: Who,
        /// The file to write; without it the terminal.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Erase the person. It can't be undone.
    ///
    /// A call stays as one call of a hidden number: totals, answered and missed, agents, sources and times stay as they were,
    /// and only what counts callers (how many, who calls again, whom to call back) is without them. Stored documents that name
    /// the person go; reports that wait are made anew. Messages to the person that wait are cancelled. A keyed hash is kept,
    /// so that importing the same calls again doesn't bring the person back; a call that begins after this is a new one and is
    /// taken in as any other. Exit code 3: a message to the person was on its way; do the same again in some minutes.
    Erase {
        #[command(flatten)]
        who: Who,
        /// Say what would be done, and change nothing.
        #[arg(long)]
        dry_run: bool,
        /// Don't ask.
        #[arg(long)]
        yes: bool,
        /// The file that `person replay` takes after a backup was restored; lines are added.
        #[arg(long, value_name = "FILE", default_value = "callbrief-erased.jsonl")]
        replay_file: PathBuf,
    },
    /// Erase everybody again whom `person erase` wrote down: after a backup from before was restored.
    Replay {
        file: PathBuf,
        /// Say what would be done, and change nothing.
        #[arg(long)]
        dry_run: bool,
        /// Don't ask.
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Debug, clap::Args)]
struct Who {
    /// A phone number with + and country code; may be given several times.
    #[arg(long, value_name = "NUMBER", required_unless_present = "address")]
    number: Vec<String>,
    /// A mail address; may be given several times.
    #[arg(long, value_name = "ADDRESS")]
    address: Vec<String>,
    /// Only what this project has of them.
    #[arg(long, value_name = "ID")]
    project: Option<String>,
}

/// The person that is meant, and where.
struct Wanted {
    traces: Vec<Trace>,
    project: Option<Project>,
    scope: Scope,
    persons: Vec<Identity>,
}

/// Runs the command.
pub(super) async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let app = context.app().await?;
    match args.what {
        What::Export { who, out } => export(&app, &who, out.as_deref()).await,
        What::Erase { who, dry_run, yes, replay_file } => {
            let wanted = wanted(&app, &who).await?;
            erase(&app, wanted, dry_run, yes, &replay_file).await
        }
        What::Replay { file, dry_run, yes } => again(&app, &file, dry_run, yes).await,
    }
}

async fn wanted(app: &App, who: &Who) -> Result<Wanted, Failure> {
    let usage = |why: String| Failure::usage(format!("error: {why}"));
    let numbers = who.number.iter().map(|text| Identity::number(text));
    let addresses = who.address.iter().map(|text| Identity::email(text));
    let named = numbers.chain(addresses).collect::<Result<Vec<_>, _>>().map_err(usage)?;
    let project = match &who.project {
        Some(id) => Some(find_project(app, id).await?.0),
        None => None,
    };
    let scope = Scope { project: project.as_ref().map(|project| project.key) };
    let persons = person::all_of(app, named, scope).await?;
    let traces = person::traces(app, &persons, scope, app.clock.now()).await?;
    Ok(Wanted { traces, project, scope, persons })
}

async fn export(app: &App, who: &Who, out: Option<&Path>) -> Result<Exit, Failure> {
    let wanted = wanted(app, who).await?;
    let found = person::find(app, &person::whenever(&wanted.traces), wanted.scope).await?;
    let text = serde_json::to_string_pretty(&exported(app, &wanted, &found))? + "\n";
    match out {
        Some(file) => {
            super::private_file(file)?.write_all(text.as_bytes())?;
            let rows: usize = found.rows.values().map(Vec::len).sum();
            println!("{rows} rows and {} documents are in {}.", found.documents.len(), file.display());
        }
        None => std::io::stdout().write_all(text.as_bytes()).map_err(super::outcome::unwritten)?,
    }
    Ok(Exit::Done)
}

fn exported(app: &App, wanted: &Wanted, found: &Found) -> Value {
    let name = |identity: &Identity| match identity {
        Identity::Number(number) => number.to_string(),
        Identity::Email(address) => address.clone(),
    };
    let row = |row: &person::FoundRow| {
        let mut told: BTreeMap<String, Value> =
            row.row.iter().map(|(name, value)| (name.clone(), readable(value))).collect();
        if let Some(id) = row.project.and_then(|key| found.projects.get(&key)) {
            told.insert("project".to_owned(), id.as_str().into());
        }
        told
    };
    let tables: BTreeMap<&String, Vec<_>> =
        found.rows.iter().map(|(table, rows)| (table, rows.iter().map(row).collect())).collect();
    let documents: Vec<Value> = found
        .documents
        .iter()
        .map(|one| json!({ "notice": one.notice, "kind": one.kind, "project": one.project.and_then(|key| found.projects.get(&key)) }))
        .collect();
    json!({
        "made_at": app.clock.now().to_string(),
        "person": wanted.persons.iter().map(name).collect::<Vec<_>>(),
        "tables": tables,
        "stored_documents": documents,
    })
}

/// JSON within JSON is opened, and whole microseconds become moments.
fn readable(value: &Value) -> Value {
    /// 2001; digits of a number are fewer.
    const FIRST_MICROS: i64 = 1_000_000_000_000_000;
    match value {
        Value::String(text) if text.starts_with(['{', '[']) => {
            serde_json::from_str(text).unwrap_or_else(|_| value.clone())
        }
        Value::Number(number) if number.as_i64().is_some_and(|micros| micros >= FIRST_MICROS) => {
            let micros = number.as_i64().unwrap_or_default();
            crate::domain::instant::Instant::from_micros(micros).to_string().into()
        }
        _ => value.clone(),
    }
}

async fn erase(app: &App, wanted: Wanted, dry_run: bool, yes: bool, file: &Path) -> Result<Exit, Failure> {
    let marks = person::whenever(&wanted.traces);
    let found = person::find(app, &marks, wanted.scope).await?;
    refuse_own_lines(&found)?;
    println!("{}", account(&found, dry_run));
    if dry_run {
        println!("Nothing was changed.");
        return Ok(Exit::Done);
    }
    no_import_runs(app).await?;
    if !confirmed(yes, "Erasing a person", "erase")? {
        println!("Nothing was changed.");
        return Ok(Exit::Refused);
    }
    replay::write(file, &wanted.traces, wanted.project.as_ref().map(|project| project.id.as_str()))?;
    let outcome = person::erase(app, &wanted.traces, &marks, wanted.scope, &config::user_name()).await?;
    println!(
        "Erased. {} erases the same person again after a restored backup: keep it beside your backups, \
         and run `callbrief person replay` with it.",
        file.display()
    );
    for contact in &outcome.contacts {
        println!(
            "Contact `{contact}`: take it out of the set-up file too, else the next `callbrief apply` makes it again."
        );
    }
    Ok(said_of_rest(&outcome))
}

async fn again(app: &App, file: &Path, dry_run: bool, yes: bool) -> Result<Exit, Failure> {
    let traces = replay::read(app, file).await.map_err(|error| Failure::usage(format!("error: {error:#}")))?;
    let mut by_project: BTreeMap<Option<i64>, Vec<Trace>> = BTreeMap::new();
    for trace in traces {
        by_project.entry(trace.project).or_default().push(trace);
    }
    if !dry_run {
        no_import_runs(app).await?;
        if !confirmed(yes, "Erasing these persons again", "erase")? {
            println!("Nothing was changed.");
            return Ok(Exit::Refused);
        }
    }
    let mut exit = Exit::Done;
    for (project, traces) in by_project {
        let scope = Scope { project: project.map(crate::domain::ids::ProjectKey) };
        let marks = Marks::new(&traces);
        let found = person::find(app, &marks, scope).await?;
        println!("{}", account(&found, dry_run));
        if !dry_run {
            let outcome = person::erase(app, &traces, &marks, scope, &config::user_name()).await?;
            if said_of_rest(&outcome) == Exit::Partly {
                exit = Exit::Partly;
            }
        }
    }
    println!("{}", if dry_run { "Nothing was changed." } else { "Erased again." });
    Ok(exit)
}

/// An import that runs knows whom it leaves out since its start.
async fn no_import_runs(app: &App) -> Result<(), Failure> {
    let mut session = app.store.write().await?;
    // One that was killed says nothing more.
    session.end_silent_imports(app.clock.now()).await?;
    let are_under_way = session.imports_under_way().await?;
    session.commit().await?;
    if are_under_way {
        return Err(Failure::TryLater(anyhow::anyhow!(
            "calls are being taken in, which could bring the person back; do the same again when `callbrief import` has ended"
        )));
    }
    Ok(())
}

fn refuse_own_lines(found: &Found) -> Result<(), Failure> {
    if found.own_lines.is_empty() {
        return Ok(());
    }
    let projects: Vec<&str> = found.own_lines.iter().map(String::as_str).collect();
    Err(Failure::usage(format!(
        "error: this number is a line of {} itself: calls came in on it, or the set-up file lists it. Nothing was changed. \
         If it is a person's all the same, erase them within another project (--project), or take it out of the set-up file",
        projects.join(", ")
    )))
}

fn account(found: &Found, dry_run: bool) -> String {
    if found.is_empty() {
        return "Nothing here names them.".to_owned();
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(["where", "rows", "what becomes of them"]);
    for (name, count) in found.counts() {
        table.add_row([name.clone(), count.to_string(), fate(&name).to_owned()]);
    }
    let by_project: Vec<String> = found
        .by_project()
        .into_iter()
        .map(
            |(project, rows)| {
                if project.is_empty() { format!("{rows} of no project") } else { format!("{rows} of {project}") }
            },
        )
        .collect();
    let head = if dry_run { "This would be erased" } else { "This names them" };
    format!("{head} (rows: {}):\n{}", by_project.join(", "), super::table::fitted(table))
}

fn fate(table: &str) -> &'static str {
    match table {
        "calls" | "call_details" => "stay as calls of a hidden number",
        "call_events" => "are removed; the calls stay",
        "callback_entries" => "are removed: nobody to call back",
        "deliveries" => "cancelled where they wait; a hash stands for the address",
        "contact_addresses" => "are removed; without one the contact is blank and retired",
        "number_confirmations" | "listed_numbers" => "are removed",
        "set_aside" => "what stood there is removed",
        "stored documents" => "are removed; waiting reports are made anew",
        _ => "stay, without the person's name in them",
    }
}

fn said_of_rest(outcome: &person::Outcome) -> Exit {
    if outcome.left.is_empty() {
        return Exit::Done;
    }
    let left: Vec<String> = outcome.left.iter().map(|(table, rows)| format!("{rows} in {table}")).collect();
    println!(
        "Not all of it is done: {} still name them. Most likely a message was on its way; do the same again in some minutes.",
        left.join(", ")
    );
    Exit::Partly
}
