//! `callbrief cancel`.

use super::resend::refused;
use super::{Context, Exit, Failure};
use crate::config;
use crate::notify::by_hand;

/// Cancel a delivery that isn't handed over yet.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief cancel 1042
  callbrief cancel 7Q3F-K2MD --reason \"wrong figures\"")]
pub(super) struct Args {
    /// Its id, or its reference.
    id: String,
    /// Why, for the ledger.
    #[arg(long, default_value = "not wanted")]
    reason: String,
}

/// Runs the command.
pub(super) async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let app = context.app().await?;
    let row = by_hand::find(&app, &args.id).await.map_err(refused)?;
    by_hand::cancel(&app, &row, &config::user_name(), &args.reason).await.map_err(refused)?;
    println!("delivery {} to {} is cancelled", row.id, row.address);
    Ok(Exit::Done)
}
