//! `callbrief import`.

mod account;
mod explained;

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use indicatif::{ProgressBar, ProgressStyle};

use super::{Context, Exit, Failure, table};
use crate::app::App;
use crate::config::mapping::{self, Mapping};
use crate::config::problem::{Problems, Source, coloured_errors};
use crate::domain::ids::ProjectId;
use crate::ingest::{
    Format, ImportAccount, ImportError, ImportRequest, Progress, explain, harmless, import, parse_covers,
};

/// Take calls in from a file.
///
/// The same file again, in pieces or in another order, ends in the same calls. Rows that can't be read are set aside and
/// shown; the rest goes on.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "callbrief import FILE --project ID --format FORMAT [OPTIONS]\n       \
    callbrief import FILE --project ID --mapping MAPPING [OPTIONS]",
    after_help = "Examples:
  callbrief import calls.csv --project acme --format native
  callbrief import calls.csv --project acme --format native --covers 2026-06-01..2026-06-08
  callbrief import calls-list.csv --project acme --format ringostat
  callbrief import Master.csv --project acme --format asterisk --zone Europe/Kyiv
  callbrief import events.jsonl --project acme --format voys --source office
  zcat calls.csv.gz | callbrief import - --project acme --format native --zone Europe/Kyiv
  callbrief import calls.csv --project acme --mapping callrail.toml --explain
  callbrief import calls.csv --project acme --mapping callrail.toml
  callbrief import calls.csv --project acme --format native --dry-run

The account: rows = calls + further rows of them + repeated rows + clashing rows (the id of one call with the \
start or the number of another) + rows that are no calls + rows set aside; columns of which there are none aren't shown.

Exit code: 0 all was taken in; 3 rows were set aside or clash, a span couldn't be taken as covered, or there was \
no row and no --covers; 1 --strict refused the file; 2 the command or the file is wrong; 75 try later."
)]
pub struct Args {
    /// The file; `-` reads standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The project that the calls belong to.
    #[arg(long, value_name = "ID")]
    project: String,
    /// What the file is.
    #[arg(long, value_name = "FORMAT", value_parser = parse_format, long_help = formats(),
        required_unless_present = "mapping", conflicts_with = "mapping")]
    format: Option<Format>,
    /// A file that says what the columns of any other CSV mean.
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Show the first rows as they would become calls (3, or as many as you say), and write nothing.
    #[arg(long, value_name = "ROWS", num_args = 0..=1, default_missing_value = "3",
        value_parser = clap::value_parser!(u16).range(1..=100))]
    explain: Option<u16>,
    /// What the file is written in when it isn't UTF-8 or UTF-16: windows-1251, iso-8859-2 …
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// The stream that the calls belong to; by default the format's name. Streams with different names never share a call.
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Zone of times without an offset; by default the project's.
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// The span of which the file tells everything, half-open: local dates or times, or instants (2026-11-09..2026-11-16).
    /// It's how a day without calls is told from a day without data; reports wait for sources that state one.
    #[arg(long, value_name = "FROM..TO")]
    covers: Option<String>,
    /// Take the span as covered although rows were set aside, because they are no calls, or although the file is empty.
    #[arg(long, requires = "covers")]
    covers_anyway: bool,
    /// Show what would happen, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Refuse the whole file when a row can't be read, clashes with another row, begins in the future, or has a word for
    /// status or direction that nobody knows.
    #[arg(long)]
    strict: bool,
}

fn formats() -> String {
    let lines: Vec<String> = Format::ALL
        .into_iter()
        .filter(|format| *format != Format::Mapped)
        .map(|format| format!("{:<10} {}", format.name(), format.about()))
        .collect();
    format!("What the file is:\n{}", lines.join("\n"))
}

fn parse_format(text: &str) -> Result<Format, String> {
    let named = || Format::ALL.into_iter().filter(|format| *format != Format::Mapped);
    let names: Vec<&str> = named().map(Format::name).collect();
    let found = named().find(|format| format.name() == text);
    found.ok_or_else(|| format!("the formats are: {}; any other CSV is described with --mapping", names.join(", ")))
}

/// Runs the command.
pub async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let project = ProjectId::parse(&args.project)
        .map_err(|error| Failure::usage(format!("error: --project `{}`: {error}", args.project)))?;
    if let Some(source) = &args.source
        && (source.trim() != source || source.is_empty() || source.len() > 64 || source.contains(char::is_control))
    {
        return Err(Failure::usage("error: --source: a name has 1 to 64 characters and no blanks around it"));
    }
    let (app, _trial) = if args.dry_run { context.app_for_trial().await? } else { (context.app().await?, None) };
    let covers = match &args.covers {
        Some(text) => Some(covers(&app, &project, &args, text).await?),
        None => None,
    };
    let mapping = args.mapping.as_deref().map(|file| mapping(&app, file)).transpose()?;
    let (reader, size) = open(&args.file)?;
    let format = args.format.unwrap_or(Format::Mapped);
    let mut request = ImportRequest::new(project, format, args.file.display().to_string(), reader);
    request.mapping = mapping;
    request.encoding = args.encoding;
    request.source = args.source;
    request.zone = args.zone;
    request.covers = covers;
    request.covers_anyway = args.covers_anyway;
    request.strict = args.strict;
    request.dry_run = args.dry_run;
    if let Some(rows) = args.explain {
        let explanation = explain(&app, request, usize::from(rows)).await.map_err(failure)?;
        print!("{}", harmless(&explained::render(&args.file.display().to_string(), &explanation)));
        return Ok(if explanation.set_aside.is_empty() { Exit::Done } else { Exit::Partly });
    }
    let bar = progress_bar(size);
    let shown = bar.clone();
    request.progress = Some(Box::new(move |progress: Progress| {
        shown.set_position(progress.bytes);
        shown.set_message(format!("{} rows", progress.rows));
    }));
    let result = import(&app, request).await;
    bar.finish_and_clear();
    let account = result.map_err(failure)?;
    print!("{}", table::sentences(&harmless(&account::render(&account, table::width()))));
    Ok(exit(&account))
}

fn exit(account: &ImportAccount) -> Exit {
    let says_nothing = account.rows == 0 && account.covered.is_none();
    if account.refused {
        Exit::Refused
    } else if account.set_aside > 0 || account.has_lost_calls() || account.uncovered.is_some() || says_nothing {
        Exit::Partly
    } else {
        Exit::Done
    }
}

async fn covers(
    app: &App,
    project: &ProjectId,
    args: &Args,
    text: &str,
) -> Result<crate::domain::period::Period, Failure> {
    let stands = app.store.read().await?.project(project).await?;
    let zone = match (&args.zone, stands) {
        (Some(zone), _) => zone.clone(),
        (None, Some(project)) => project.zone,
        (None, None) => return Err(failure(ImportError::UnknownProject(project.to_string()))),
    };
    let zone = app.zones.get(&zone).map_err(|error| Failure::usage(format!("error: {error}")))?;
    let span = parse_covers(text, &zone).map_err(|error| Failure::usage(format!("error: --covers: {error}")))?;
    let now = app.clock.now();
    if span.to() > now.plus_seconds(300) {
        let shown = zone.local(now).format("%Y-%m-%dT%H:%M");
        return Err(Failure::usage(format!(
            "error: --covers {text}: it ends in the future, and no file can tell of calls that haven't come; now it is {shown} ({})",
            zone.name()
        )));
    }
    Ok(span)
}

/// Reads a mapping file, or says everything that is wrong with it.
fn mapping(app: &App, file: &Path) -> Result<Arc<Mapping>, Failure> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure::usage(format!("error: the mapping {name} can't be read: {error}")))?;
    let problems = Problems::default();
    let read = mapping::read(&Source::new(name, text), &app.zones, &problems);
    read.map(Arc::new).ok_or_else(|| Failure::usage(problems.render(coloured_errors()).trim_end()))
}

fn open(file: &Path) -> Result<(Box<dyn std::io::Read + Send>, Option<u64>), Failure> {
    if file == Path::new("-") {
        return Ok((Box::new(std::io::stdin()), None));
    }
    let unreadable = |error| Failure::usage(format!("error: the file {} can't be read: {error}", file.display()));
    let opened = std::fs::File::open(file).map_err(unreadable)?;
    let about = opened.metadata().map_err(unreadable)?;
    if about.is_dir() {
        return Err(Failure::usage(format!("error: {} is a folder; name a file", file.display())));
    }
    Ok((Box::new(opened), Some(about.len())))
}

fn progress_bar(size: Option<u64>) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = size.map_or_else(ProgressBar::no_length, ProgressBar::new);
    let template = match size {
        Some(_) => "{bar:32} {percent:>3} %  {msg}  {bytes_per_sec}  {eta} left",
        None => "{spinner} {bytes}  {msg}  {bytes_per_sec}",
    };
    bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn failure(error: ImportError) -> Failure {
    match error {
        ImportError::Store(error) if error.is_passing() => Failure::TryLater(error.into()),
        ImportError::Store(_) | ImportError::Temporary(_) | ImportError::Read { .. } => Failure::failed(error),
        ImportError::UnknownProject(_)
        | ImportError::UnknownZone(_)
        | ImportError::NoMapping
        | ImportError::UnknownEncoding(_)
        | ImportError::File { .. } => Failure::usage(harmless(&format!("error: {error}"))),
    }
}
