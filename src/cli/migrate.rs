//! `callbrief migrate`.

use super::{Context, Exit, Failure};

/// Bring the database's structure up to date.
///
/// Every command that opens the database does this first; the command of its own is for deployments that want it done
/// before anything else starts. Any number of processes may run it at the same moment.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the command.
pub async fn run(context: &Context, _args: Args) -> Result<Exit, Failure> {
    context.new_store().await?;
    println!("the database's structure is up to date");
    Ok(Exit::Done)
}
