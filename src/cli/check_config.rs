//! `callbrief check-config`.

use super::{Context, Exit, Failure};
use crate::config::load::{self, Purpose, Survey};
use crate::config::problem;
use crate::store::Store;

/// Check settings and show where each value comes from.
///
/// Every problem is shown at once, with file, line and the offending text. Secrets are never shown. Exit code 4 when
/// anything is wrong; a warning alone is no reason.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  callbrief check-config\n  callbrief check-config --config /etc/callbrief/callbrief.toml"
)]
pub struct Args {
    /// Say only what is wrong.
    #[arg(long)]
    quiet: bool,
}

/// Runs the command.
pub async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let survey = load::survey_process(context.config.as_deref(), context.database.as_deref(), Purpose::Sending);
    if !args.quiet {
        print!("{}", table(&survey));
        let file = survey.settings.as_ref().and_then(|settings| Store::file_of(settings.database_url.reveal()));
        if let Some(file) = file {
            let is_there = if file.exists() { "" } else { ", which isn't there yet: `apply` or `migrate` makes it" };
            println!("\nThe database is the file {}{is_there}.", file.display());
        }
    }
    // A check does nothing anyway.
    let problems = survey.problems.render(problem::coloured_errors());
    eprint!("{}", problems.replace("; nothing was done\n", "\n"));
    Ok(if survey.settings.is_some() { Exit::Done } else { Exit::No })
}

fn table(survey: &Survey) -> String {
    let width = |of: fn(&load::Effective) -> &str| survey.values.iter().map(|value| of(value).chars().count()).max();
    let path_width = width(|value| &value.path).unwrap_or(0);
    let shown_width = width(|value| &value.shown).unwrap_or(0).min(60);
    let line = |value: &load::Effective| {
        let text = format!("{:path_width$}  {:shown_width$}  {}", value.path, value.shown, value.origin);
        format!("{}\n", text.trim_end())
    };
    survey.values.iter().map(line).collect()
}
