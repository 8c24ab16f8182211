//! `callbrief preview`.

use std::path::PathBuf;

use super::{Context, Exit, Failure};
use crate::report::render::sample;

/// Render a report without sending it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Write every section, notice and page, made of sample data, in every format into this folder.
    #[arg(long, value_name = "DIR")]
    samples: Option<PathBuf>,
}

/// Runs the command.
pub async fn run(_context: &Context, args: Args) -> Result<Exit, Failure> {
    let Some(folder) = args.samples else {
        return Err(Failure::usage("this command isn't built yet; --samples DIR is"));
    };
    let written = sample::write_all(&folder).map_err(Failure::failed)?;
    println!("{} files in {}", written.len(), folder.display());
    Ok(Exit::Done)
}
