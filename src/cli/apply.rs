//! `callbrief apply`.

use std::path::PathBuf;

use super::{Context, Exit, Failure};
use crate::app::App;
use crate::apply::{ApplyError, Plan, Request, apply_text, keeper};
use crate::config;
use crate::config::problem::{self, Problems};
use crate::domain::instant::Instant;
use crate::store::Store;

/// Bring projects, contacts, reports and schedules to what a file says.
///
/// Shows what changes first, then changes all of it or nothing. An entry that the file doesn't name stays as it is; an entry
/// that it names becomes what the file says as a whole, so a key that is left out goes back to its default. Applying the same
/// file again changes nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief apply setup.toml --dry-run     show what would change, and do nothing
  callbrief apply setup.toml
  callbrief apply setup.toml --prune       also retire what this file once made and names no more

An entry ([[project]], [[contact]] …) is known by its id, a file by where it lies. --prune touches only \
what was applied from the same place. An entry that two files name belongs to the one that was applied last; the difference says so.

Exit code: 0 applied, or nothing to change; 2 the file is wrong, and nothing was changed; 75 try later.")]
pub struct Args {
    /// The file: `version = 1`, then [[calendar]], [[project]], [[contact]], [[agent]], [[number]],
    /// [[report]] and [[schedule]].
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Show what would change, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Retire what this same file once made and names no more.
    #[arg(long)]
    prune: bool,
}

/// Runs the command.
pub async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let text = std::fs::read_to_string(&args.file)
        .map_err(|error| Failure::usage(format!("error: the file {} can't be read: {error}", args.file.display())))?;
    let (file, keeper) = (args.file.display().to_string(), keeper(&args.file));
    let actor = config::user_name();
    let settings = context.settings()?;
    let (channels, has_operations) = (settings.channels.clone(), !settings.operations.email.is_empty());
    let request = |now: Instant, dry_run: bool| Request {
        file: &file,
        keeper: &keeper,
        text: &text,
        actor: &actor,
        now,
        dry_run,
        prune: args.prune,
        has_operations,
        channels: &channels,
    };
    if args.dry_run {
        let (trial, _folder) = context.app_for_trial().await?;
        let plan = applied(&trial, &request(trial.clock.now(), true), show).await?;
        if !plan.changes.is_empty() {
            println!("a dry run: nothing was changed");
        }
        return Ok(Exit::Done);
    }
    if Store::absent_file(settings.database_url.reveal()).is_some() {
        // A file that is wrong makes no database.
        let (trial, _folder) = context.app_for_trial().await?;
        applied(&trial, &request(trial.clock.now(), true), |_, _| {}).await?;
    }
    let app = Context::app_from_nothing(settings).await?;
    let plan = applied(&app, &request(app.clock.now(), false), show).await?;
    if !plan.changes.is_empty() {
        println!("applied");
    }
    Ok(Exit::Done)
}

/// What is told before anything is changed.
fn show(plan: &Plan, warnings: &Problems) {
    eprint!("{}", warnings.render(problem::coloured_errors()));
    print!("{}", plan.render(problem::coloured_output()));
}

async fn applied(app: &App, request: &Request<'_>, show: impl FnOnce(&Plan, &Problems)) -> Result<Plan, Failure> {
    apply_text(&app.store, &app.zones, request, show).await.map_err(|error| match error {
        ApplyError::Problems(problems) => Failure::Usage(problems.render(problem::coloured_errors())),
        ApplyError::Store(error) if error.is_passing() => Failure::TryLater(error.into()),
        ApplyError::Store(error) => Failure::failed(error),
    })
}
