//! `callbrief backup`.

use std::path::PathBuf;

use super::{Context, Exit, Failure, context};
use crate::store::Store;
use crate::store::backup::BackupError;

/// Copy the embedded database into a new file, while everything runs.
///
/// The copy is one moment of the database, and SQLite's own check has found nothing wrong with it; it has its name only then.
/// A file that is there is never written over. Restoring is putting the file in the database's place while nothing runs:
/// config/guide/backups.md says how, and how on Postgres.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief backup /backups/callbrief-2026-11-23.db
  callbrief backup \"/backups/callbrief-$(date +%F).db\"      (from cron, each night)")]
pub(super) struct Args {
    /// The file to make.
    file: PathBuf,
}

/// Runs the command.
pub(super) async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let settings = context.settings()?;
    context::must_be_there(&settings)?;
    // Its structure stays as it is: a backup before an upgrade is one of before.
    let made = Store::back_up(settings.database_url.reveal(), &args.file).await.map_err(|error| match error {
        BackupError::Exists(_) => Failure::usage(format!("error: {error}")),
        BackupError::Postgres => Failure::usage(format!(
            "error: {error}. config/guide/backups.md has the two commands, for backing up and for restoring"
        )),
        BackupError::Store(error) if error.is_passing() => Failure::TryLater(error.into()),
        error => Failure::failed(error),
    })?;
    println!(
        "{} holds the whole database of this moment: {} tables, {:.1} MB, checked.",
        args.file.display(),
        made.tables,
        made.bytes as f64 / 1e6
    );
    if settings.secret_key.is_none() {
        println!("The key that signs links in mails is inside: keep the file where only you can read it.");
    }
    Ok(Exit::Done)
}
