//! `callbrief next`.

use super::{Context, Exit, Failure};

/// Show when a schedule, or any rule, fires next.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the command.
pub async fn run(_context: &Context, _args: Args) -> Result<Exit, Failure> {
    Err(Failure::usage("this command isn't built yet"))
}
