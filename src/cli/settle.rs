//! `callbrief settle`.

use super::resend::refused;
use super::{Context, Exit, Failure};
use crate::config;
use crate::notify::by_hand;

/// Say how a delivery ended whose outcome isn't known.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief settle 7Q3F-K2MD accepted --reason \"Olena has it\"
  callbrief settle 1042 failed --reason \"not in the relay's log\"

After `failed`, `callbrief resend` sends it again. Without an answer it counts as failed after seven days.")]
pub(super) struct Args {
    /// Its id, or the reference under its mail.
    id: String,
    /// How it ended.
    outcome: Outcome,
    /// How you know, for the ledger.
    #[arg(long)]
    reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Outcome {
    Accepted,
    Failed,
}

/// Runs the command.
pub(super) async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let app = context.app().await?;
    let row = by_hand::find(&app, &args.id).await.map_err(refused)?;
    let was_accepted = args.outcome == Outcome::Accepted;
    by_hand::settle(&app, &row, was_accepted, &config::user_name(), &args.reason).await.map_err(refused)?;
    println!("delivery {} to {} is {}", row.id, row.address, if was_accepted { "accepted" } else { "failed" });
    Ok(Exit::Done)
}
