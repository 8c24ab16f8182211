//! `callbrief apply`.

use std::cell::Cell;
use std::io::IsTerminal;
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Context, Exit, Failure};
use crate::app::App;
use crate::apply::{ApplyError, Files, Outcome, Plan, Progress, Request, Whose, apply, by_project};
use crate::config;
use crate::config::problem::{self, Problems};
use crate::domain::instant::Instant;
use crate::store::Store;

/// Bring projects, contacts, reports and schedules to what a file, or a folder of files, says.
///
/// Shows what changes first, then changes all of it or nothing; everything that is wrong with any of the files is told at once,
/// by file and line. An entry that isn't named stays as it is; an entry that is named becomes what is said of it as a
/// whole, so a key that is left out goes back to its default. Applying the same again changes nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief apply setup.toml --dry-run     show what would change, and do nothing
  callbrief apply setup.toml
  callbrief apply setup.toml --prune       also retire what this file once made and names no more
  callbrief apply customers/               every *.toml and *.jsonl in the folder, as one
  callbrief apply customers.jsonl --by-project

A line of a .jsonl file is a project with the keys of [[project]], or a document of several entries:
  {\"id\": \"acme\", \"name\": \"Acme\", \"zone\": \"Europe/Kyiv\", \"currency\": \"EUR\"}
  {\"project\": {\"id\": \"beta\", …}, \"contact\": [{\"id\": \"olena\", …}], \"schedule\": [{…}]}
Keys and values are those of TOML; dates and times are texts, and what is null isn't there.

An entry ([[project]], [[contact]] …) is known by its id, a file by where it lies. --prune touches only \
what was applied from the same place: the same file, or any file of the same folder, one that is gone as well. An entry that \
two files name belongs to the one that was applied last; the difference says so.

--by-project applies each project by itself, in a transaction of its own, with a line that says what became of it: one that is \
wrong holds back no other. A project comes with its [[agent]]s, [[number]]s, schedules, and the contacts who have roles in it \
alone. What several projects share (calendars and reports, other contacts, schedules over several) has lines of its own. \
When some of it failed, mend that and apply all again.

Exit code: 0 applied, or nothing to change; 2 something is wrong, and nothing was changed; 3 with --by-project, something is \
wrong, and what isn't was applied; 75 try later.")]
pub struct Args {
    /// The file: `version = 1`, then [[calendar]], [[project]], [[contact]], [[agent]], [[number]],
    /// [[report]] and [[schedule]]; or a folder of such files.
    #[arg(value_name = "FILE|FOLDER")]
    file: PathBuf,
    /// Show what would change, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Retire what the same file or folder once made and names no more.
    #[arg(long, conflicts_with = "by_project")]
    prune: bool,
    /// Apply each project by itself: one that is wrong holds back no other.
    #[arg(long)]
    by_project: bool,
}

/// Runs the command.
pub async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let wrong = |problems: Problems| Failure::Usage(problems.render(problem::coloured_errors()));
    let files = Files::read(&args.file).map_err(wrong)?;
    let actor = config::user_name();
    let settings = context.settings()?;
    let (channels, has_operations) = (settings.channels.clone(), !settings.operations.email.is_empty());
    let bar = Bar::new();
    let progress = |step| bar.show(step);
    let request = |now: Instant, dry_run: bool| Request {
        folder: files.folder.as_deref(),
        dry_run,
        prune: args.prune,
        has_operations,
        channels: &channels,
        progress: &progress,
        ..Request::new(&files.inputs, &files.subject, &actor, now)
    };
    if args.dry_run {
        let (trial, _folder) = context.app_for_trial().await?;
        let request = request(trial.clock.now(), true);
        if args.by_project {
            return each(&trial, &request, &bar).await;
        }
        let plan = applied(&trial, &request, &bar, show).await?;
        if !plan.changes.is_empty() {
            println!("a dry run: nothing was changed");
        }
        return Ok(Exit::Done);
    }
    if Store::absent_file(settings.database_url.reveal()).is_some() && !args.by_project {
        // A file that is wrong makes no database.
        let (trial, _folder) = context.app_for_trial().await?;
        applied(&trial, &request(trial.clock.now(), true), &bar, |_, _| {}).await?;
    }
    let app = Context::app_from_nothing(settings).await?;
    let request = request(app.clock.now(), false);
    if args.by_project {
        return each(&app, &request, &bar).await;
    }
    let plan = applied(&app, &request, &bar, show).await?;
    if !plan.changes.is_empty() {
        println!("applied");
    }
    Ok(Exit::Done)
}

/// What is told before anything is changed.
fn show(plan: &Plan, warnings: &Problems) {
    eprint!("{}", warnings.render(problem::coloured_errors()));
    print!("{}", plan.render(problem::coloured_output()));
}

async fn applied(
    app: &App,
    request: &Request<'_>,
    bar: &Bar,
    show: impl FnOnce(&Plan, &Problems),
) -> Result<Plan, Failure> {
    let applied = apply(&app.store, &app.zones, request, |plan, warnings| bar.0.suspend(|| show(plan, warnings))).await;
    bar.0.finish_and_clear();
    applied.map_err(failure)
}

fn failure(error: ApplyError) -> Failure {
    match error {
        ApplyError::Problems(problems) => Failure::Usage(problems.render(problem::coloured_errors())),
        ApplyError::Store(error) if error.is_passing() => Failure::TryLater(error.into()),
        error => Failure::failed(error),
    }
}

/// Each project by itself, with a line for each.
async fn each(app: &App, request: &Request<'_>, bar: &Bar) -> Result<Exit, Failure> {
    let (applied, unchanged, failed) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let count = |counted: &Cell<usize>| counted.set(counted.get() + 1);
    let done = by_project(&app.store, &app.zones, request, |whose, outcome| {
        bar.0.suspend(|| match (whose, outcome) {
            (_, Outcome::Unchanged) => count(&unchanged),
            (None, Outcome::Wrong(warnings)) => eprint!("{}", warnings.render(problem::coloured_errors())),
            (whose, outcome) => {
                let counted = match outcome {
                    Outcome::Applied(plan, _) if plan.changes.is_empty() => &unchanged,
                    Outcome::Applied(..) => &applied,
                    _ => &failed,
                };
                count(counted);
                tell(whose, outcome, request.dry_run);
            }
        });
    })
    .await;
    bar.0.finish_and_clear();
    done.map_err(failure)?;
    let would = if request.dry_run { "would be applied" } else { "applied" };
    println!("{} {would}, {} unchanged, {} failed", applied.get(), unchanged.get(), failed.get());
    if request.dry_run {
        println!("a dry run: nothing was changed");
    }
    Ok(if failed.get() == 0 { Exit::Done } else { Exit::Partly })
}

/// The line of a part, and what is to be known about it.
fn tell(whose: Option<&Whose>, outcome: &Outcome, dry_run: bool) {
    let name = whose.map(ToString::to_string).unwrap_or_default();
    match outcome {
        Outcome::Unchanged => {}
        Outcome::Applied(plan, warnings) => {
            eprint!("{}", warnings.render(problem::coloured_errors()));
            if !plan.changes.is_empty() {
                println!("{name}: {}{}", if dry_run { "" } else { "applied, " }, plan.counted());
            }
        }
        Outcome::Wrong(problems) => {
            println!("{name}: not applied");
            eprint!("{}", problems.render_of("of it nothing was done", problem::coloured_errors()));
        }
        Outcome::Failed(error) => {
            println!("{name}: not applied");
            eprintln!("error: {error}\n");
        }
    }
}

/// What is shown to somebody who waits at a terminal, and to nobody else.
struct Bar(ProgressBar);

impl Bar {
    fn new() -> Self {
        let bar = ProgressBar::no_length();
        if !std::io::stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        let style = ProgressStyle::with_template("{msg} {pos}/{len} [{bar:30}] {elapsed}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self(bar)
    }

    fn show(&self, step: Progress) {
        let (words, done, all) = match step {
            Progress::Read(done, all) => ("reading files", done, all),
            Progress::Checking => ("checking", 0, 1),
            Progress::Written(done, all) => ("writing", done, all),
        };
        self.0.set_message(words);
        self.0.set_length(all as u64);
        self.0.set_position(done as u64);
    }
}
