//! `callbrief send-now`.

use super::{Context, Exit, Failure};

/// Send a schedule's last complete period now, marked as a sample.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the command.
pub async fn run(_context: &Context, _args: Args) -> Result<Exit, Failure> {
    Err(Failure::usage("this command isn't built yet"))
}
