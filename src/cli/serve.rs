//! `callbrief serve`.

use super::{Context, Exit, Failure};

/// Run the loops and both listeners until told to stop.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the command.
pub async fn run(_context: &Context, _args: Args) -> Result<Exit, Failure> {
    Err(Failure::usage("this command isn't built yet"))
}
