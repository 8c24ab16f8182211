//! `callbrief tick`.

use super::{Context, Exit, Failure};

/// Do everything that is due once, then exit.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the command.
pub async fn run(_context: &Context, _args: Args) -> Result<Exit, Failure> {
    Err(Failure::usage("this command isn't built yet"))
}
