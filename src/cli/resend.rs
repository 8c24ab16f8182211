//! `callbrief resend`.

use super::{Context, Exit, Failure};

/// Send a delivery again, as a new generation.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the command.
pub async fn run(_context: &Context, _args: Args) -> Result<Exit, Failure> {
    Err(Failure::usage("this command isn't built yet"))
}
