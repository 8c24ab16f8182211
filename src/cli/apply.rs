//! `callbrief apply`.

use super::{Context, Exit, Failure};

/// Bring projects, contacts, reports and schedules to what a file says.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the command.
pub async fn run(_context: &Context, _args: Args) -> Result<Exit, Failure> {
    Err(Failure::usage("this command isn't built yet"))
}
