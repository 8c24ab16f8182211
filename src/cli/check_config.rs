//! `callbrief check-config`.

use super::{Context, Exit, Failure};
use crate::config::load::{self, Survey};
use crate::config::problem;

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
    let survey = load::survey_process(context.config.as_deref(), context.database.as_deref());
    if !args.quiet {
        print!("{}", table(&survey));
    }
    eprint!("{}", survey.problems.render(problem::coloured_errors()));
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
