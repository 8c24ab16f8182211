//! `callbrief import`.

mod explained;

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use comfy_table::{Table, presets};
use indicatif::{ProgressBar, ProgressStyle};

use super::{Context, Exit, Failure};
use crate::app::App;
use crate::config::mapping::{self, Mapping};
use crate::config::problem::{Problems, Source, coloured_errors};
use crate::domain::ids::ProjectId;
use crate::ingest::{
    Format, ImportAccount, ImportError, ImportRequest, Progress, Uncovered, explain, harmless, import, parse_covers,
};

/// Take calls in from a file.
///
/// The same file again, in pieces or in another order, ends in the same calls. Rows that can't be read are set aside and
/// shown; the rest goes on.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief import calls.csv --project acme --format native
  callbrief import calls.csv --project acme --format native --covers 2026-06-01..2026-06-08
  callbrief import calls-list.csv --project acme --format ringostat
  callbrief import Master.csv --project acme --format asterisk --zone Europe/Kyiv
  callbrief import events.jsonl --project acme --format voys --source office
  zcat calls.csv.gz | callbrief import - --project acme --format native --zone Europe/Kyiv
  callbrief import calls.csv --project acme --mapping callrail.toml --explain
  callbrief import calls.csv --project acme --mapping callrail.toml
  callbrief import calls.csv --project acme --format native --dry-run

Exit code: 0 all was taken in, 3 something was set aside, 1 --strict refused the file, 2 the command or the file is wrong.")]
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
    /// The span of which the file tells everything, half-open: local dates or times, or instants. Reports wait for
    /// sources that state one.
    #[arg(long, value_name = "FROM..TO")]
    covers: Option<String>,
    /// Take the span as covered although rows were set aside, because they are no calls, or although the file is empty.
    #[arg(long, requires = "covers")]
    covers_anyway: bool,
    /// Show what would happen, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Refuse the whole file when any row can't be read, or has a word for status or direction that nobody knows.
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
    print!("{}", harmless(&render(&account)));
    Ok(match account.set_aside {
        _ if account.refused => Exit::Refused,
        0 if account.uncovered.is_none() => Exit::Done,
        _ => Exit::Partly,
    })
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
    let read = mapping::read(&Source { name, text }, &app.zones, &problems);
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

/// The account as a person reads it.
fn render(account: &ImportAccount) -> String {
    let mut text = String::new();
    let mut line = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    if account.refused {
        let reason = match account.set_aside {
            0 => "nobody knows some words of it".to_owned(),
            rows => format!("{rows} of {} rows can't be read", account.rows),
        };
        line(format!("Refused: {reason}. Nothing was written."));
    } else {
        let mut table = Table::new();
        table.load_style(presets::UTF8_HORIZONTAL_ONLY);
        table.set_header(["rows", "calls", "new", "updated", "unchanged", "set aside"]);
        let counts = [account.rows, account.calls, account.new, account.updated, account.unchanged, account.set_aside];
        table.add_row(counts.map(|count| count.to_string()));
        line(table.to_string());
        line(format!("Source: {}", account.source));
    }
    if !account.first_set_aside.is_empty() {
        line(format!("Set aside ({}):", account.set_aside));
        for row in &account.first_set_aside {
            let place = if row.column.is_empty() { String::new() } else { format!(", {}", row.column) };
            let value = if row.value.is_empty() { String::new() } else { format!(" `{}`", row.value) };
            line(format!("  line {}{place}{value}: {}", row.line, row.reason));
        }
        let more = account.set_aside - account.first_set_aside.len() as u64;
        if more > 0 {
            line(format!("  and {more} more"));
        }
    }
    for (words, what) in [
        (&account.unknown_statuses, "Status words that nobody knows (the calls are `unknown`):"),
        (&account.unknown_directions, "Words for the direction that nobody knows (the calls are in no rate):"),
    ] {
        if !words.is_empty() {
            line(what.to_owned());
        }
        for (word, count) in words {
            line(format!("  {word}: {count}"));
        }
    }
    for (count, what) in [
        (account.no_calls, "that are no calls, as the mapping says"),
        (account.rows_with_bad_text, "with bytes that aren't UTF-8, which were replaced"),
        (account.lost_numbers, "with a number in a spreadsheet's short form (3.8E+11), whose digits are lost"),
        (account.ambiguous_times, "with a local time that the clock showed twice; the first was taken"),
    ] {
        if count > 0 {
            line(format!("Rows {what}: {count}"));
        }
    }
    if !account.ignored_columns.is_empty() {
        line(format!("Columns that aren't read: {}", account.ignored_columns.join(", ")));
    }
    match account.uncovered {
        Some(Uncovered::SetAside) => line(
            "The span isn't taken as covered: what was set aside may be calls. Mend those rows and give the file again, or \
             say --covers-anyway when they are none."
                .to_owned(),
        ),
        Some(Uncovered::EmptyFile) => line(
            "The span isn't taken as covered: the file is empty, without even a header. For a time without calls give a \
             header alone or `[]`, or say --covers-anyway."
                .to_owned(),
        ),
        None => {}
    }
    if account.let_go > 0 {
        line(format!("Reports that waited for these calls and go now: {}", account.let_go));
    }
    if account.dry_run && !account.refused {
        line("a dry run: nothing was written".to_owned());
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::ingest::SetAside;

    #[test]
    fn the_account_says_everything() {
        let account = ImportAccount {
            source: "native".into(),
            rows: 25,
            calls: 3,
            new: 1,
            updated: 1,
            unchanged: 1,
            set_aside: 22,
            first_set_aside: vec![
                SetAside {
                    line: 3,
                    column: "started_at".into(),
                    value: "soon".into(),
                    reason: "a time is written so".into(),
                },
                SetAside { line: 4, column: String::new(), value: String::new(), reason: "too few fields".into() },
            ],
            unknown_statuses: BTreeMap::from([("GLORP".to_owned(), 2)]),
            unknown_directions: BTreeMap::from([("sideways".to_owned(), 1)]),
            lost_numbers: 1,
            no_calls: 1,
            rows_with_bad_text: 1,
            ambiguous_times: 0,
            ignored_columns: vec!["colour".into()],
            let_go: 2,
            is_empty: false,
            uncovered: Some(Uncovered::SetAside),
            refused: false,
            dry_run: true,
        };
        insta::assert_snapshot!(render(&account));
        let refused = ImportAccount { refused: true, ..account };
        assert!(render(&refused).starts_with("Refused: 22 of 25 rows can't be read. Nothing was written."));
        let words = render(&ImportAccount { set_aside: 0, first_set_aside: Vec::new(), ..refused });
        assert!(
            words.starts_with("Refused: nobody knows some words of it. Nothing was written.\nStatus words"),
            "{words}"
        );
    }
}
