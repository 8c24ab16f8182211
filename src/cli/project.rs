//! `callbrief project`.

use std::collections::BTreeMap;
use std::io::BufWriter;
use std::path::PathBuf;

use super::confirm::confirmed;
use super::{Context, Exit, Failure};
use crate::app::App;
use crate::config;
use crate::domain::ids::ProjectKey;
use crate::jobs::project_data::{self, Purged};

/// Give a project's data away as a whole, or remove it for good.
///
/// Both look at every table that says it is about the project, or belongs to something that is: calls, events, imports,
/// schedules, what was sent and why, stored documents, balances, tokens. Projects are added and changed by `apply`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief project export acme --out acme.jsonl
  callbrief project purge acme --dry-run
  callbrief project purge acme")]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Write everything of a project: a line of JSON for each row, documents in base64.
    Export {
        #[arg(value_name = "ID")]
        project: String,
        /// The file to write.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Remove everything of a project. It can't be undone.
    ///
    /// The project ends at once; contacts who have roles in no other project go with it. What stays is the trace that it was
    /// purged, and that set-up files were applied. Take it out of the set-up file as well, else the next `apply` makes it
    /// again, empty. Exit code 75: a message or report of it is under way; do the same again in some minutes.
    Purge {
        #[arg(value_name = "ID")]
        project: String,
        /// Say what would be removed, and change nothing.
        #[arg(long)]
        dry_run: bool,
        /// Don't ask.
        #[arg(long)]
        yes: bool,
    },
}

/// Runs the command.
pub(super) async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let app = context.app().await?;
    match args.what {
        What::Export { project, out } => {
            let key = find(&app, &project).await?;
            let mut file = BufWriter::new(super::private_file(&out)?);
            let rows = project_data::export(&app, &project, key, &mut file).await?;
            println!("{rows} rows of {project} are in {}.", out.display());
            Ok(Exit::Done)
        }
        What::Purge { project, dry_run, yes } => purge(&app, &project, dry_run, yes).await,
    }
}

/// The number of a project, retired or not.
async fn find(app: &App, id: &str) -> Result<ProjectKey, Failure> {
    let found = app.store.read().await?.project_of_id(id).await?;
    found.map(|(key, _)| key).ok_or_else(|| {
        Failure::usage(format!(
            "error: there is no project `{id}`, nor was there; `callbrief list projects` shows them"
        ))
    })
}

async fn purge(app: &App, id: &str, dry_run: bool, yes: bool) -> Result<Exit, Failure> {
    let key = find(app, id).await?;
    let counts = project_data::counts(app, key).await?;
    println!("{id} has: {}.", listed(&counts));
    for schedule in told_by_others(app, id).await? {
        println!("Schedule `{schedule}` tells of it too: take it out there, in the set-up file.");
    }
    if dry_run {
        println!("Nothing was changed.");
        return Ok(Exit::Done);
    }
    if !confirmed(yes, &format!("Removing everything of {id}"), id)? {
        println!("Nothing was changed.");
        return Ok(Exit::Refused);
    }
    match project_data::purge(app, id, key, &config::user_name()).await? {
        Purged::Done(removed) => {
            println!("Removed: {}.", listed(&removed));
            Ok(Exit::Done)
        }
        Purged::UnderWay(count) => Err(Failure::TryLater(anyhow::anyhow!(
            "{count} things of {id} are under way (messages, reports, imports); it was ended and nothing was removed yet. Do \
             the same again in some minutes"
        ))),
    }
}

fn listed<N: std::fmt::Display>(counts: &BTreeMap<String, N>) -> String {
    let each: Vec<String> = counts.iter().map(|(table, rows)| format!("{table} {rows}")).collect();
    if each.is_empty() { "nothing".to_owned() } else { each.join(", ") }
}

/// Schedules of other projects whose reports tell of this one as well.
async fn told_by_others(app: &App, id: &str) -> Result<Vec<String>, Failure> {
    let schedules = app.store.schedules().await?;
    let tells = |schedule: &&crate::domain::schedule::Schedule| {
        schedule.project.as_str() != id && schedule.projects().any(|project| project.as_str() == id)
    };
    Ok(schedules.iter().filter(tells).map(|schedule| schedule.id.to_string()).collect())
}
