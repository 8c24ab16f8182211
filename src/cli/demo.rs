//! `callbrief demo`.

use super::{Context, Exit, Failure};

/// Make a folder with a sample set-up, real and generated calls, and the mails they lead to.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the command.
pub async fn run(_context: &Context, _args: Args) -> Result<Exit, Failure> {
    Err(Failure::usage("this command isn't built yet"))
}
