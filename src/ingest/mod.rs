//! How calls come in. A file is read in the shape that its *format* gives it, row by row and in bounded memory; what
//! can't be read is set aside with its line, and never stops the rest. What is read folds into calls
//! (`domain::fold`) and is written in small transactions, so that reports and sending go on meanwhile.
//!
//! To add a format, see `formats`. Rows of a format whose row is a call aren't kept beside the record they become:
//! merging needs only the record and its evidence.

mod account;
mod erased;
mod explain;
mod file;
pub(crate) mod formats;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzed;
mod home;
#[cfg(test)]
mod hostile;
mod intake;
mod problem;
mod request;
mod rows;
mod spill;
mod tally;
mod text;
mod times;

pub use account::{Clash, ImportAccount, SetAside, StoodOtherwise, Uncovered};
pub use explain::{ExplainedRow, Explanation, explain};
pub use home::home_of;
use problem::cut;
pub use problem::harmless;
pub use request::{Format, ImportError, ImportRequest, Progress};
pub use times::parse_covers;

use std::io::{Read, Seek};
use std::time::{Duration, Instant as Stopwatch};

use encoding_rs::Encoding;
use tokio::sync::mpsc;

use crate::app::App;
use crate::chaos::crash_point;
use crate::domain::completeness::SourceKind;
use crate::domain::instant::Instant;
use crate::domain::phone::Region;
use crate::domain::project::Project;
use crate::store::{ImportEnd, ImportTotals, Session};
use crate::zones::Zone;
use erased::Erased;
use file::{Chunk, FileProblem};
use formats::Reading;
use intake::{Intake, Stood};
use rows::{ClashingRow, RowCounts, Rows};

/// Chunks that are read ahead.
const READ_AHEAD: usize = 4;
/// A call that begins so much later than now is of the future; clocks are allowed to differ by less.
const FUTURE_SEC: i64 = 300;
/// As many set-aside rows of one import are kept in the database; all are counted.
const MOST_SET_ASIDE: u64 = 1000;

/// Takes calls in, and says what became of every row. Giving the same rows again, in pieces or in another order, ends in
/// the same calls.
pub async fn import(app: &App, mut request: ImportRequest) -> Result<ImportAccount, ImportError> {
    let mut session = app.store.read().await?;
    let found = session.project(&request.project).await?;
    let project = found.ok_or_else(|| ImportError::UnknownProject(request.project.to_string()))?;
    drop(session);
    let reading = reading(app, &project, &request)?;
    let now = app.clock.now();
    let blank = ImportAccount {
        source: reading.source.clone(),
        zone: reading.zone.name().to_owned(),
        country: reading.region.map(Region::code),
        dry_run: request.dry_run,
        ..ImportAccount::default()
    };
    if request.strict {
        let mut account = check(&mut request, &reading, blank.clone(), now).await?;
        if !account.has_doubts() {
            try_out(app, &project, &mut request, &reading, &mut account).await?;
        }
        if account.has_doubts() {
            account.refused = true;
            return Ok(account);
        }
    }
    let mut account = blank;
    let (source, import) = begin(app, &project, &request, &reading.source, now).await?;
    crash_point!("import.begun");
    let (covers, covers_anyway) = (request.covers, request.covers_anyway);
    let zone = reading.zone.clone();
    let taken = take_in(app, &project, request, reading, (source, import), &mut account).await;
    if let (Err(_), Some(import)) = (&taken, import) {
        // What stopped it matters more than that this can't be noted either.
        if let Err(error) = end_failed(app, import, &account).await {
            tracing::warn!(import, "the end of an import that failed couldn't be noted: {error}");
        }
        return taken.map(|()| account);
    }
    // Zero calls is not no data: what may have held calls and couldn't be read covers nothing.
    account.uncovered = match (account.is_empty, account.set_aside) {
        _ if covers.is_none() || covers_anyway => None,
        (true, _) => Some(Uncovered::EmptyFile),
        (false, 1..) => Some(Uncovered::SetAside),
        _ if account.has_lost_calls() => Some(Uncovered::SharedIds),
        _ => None,
    };
    let covered = covers.filter(|_| account.uncovered.is_none());
    account.covered = covered.map(|span| times::span(span, &zone));
    if let (Some(source), Some(import)) = (source, import) {
        let mut session = app.store.write().await?;
        if let Some(span) = covered {
            account.let_go = session.state_coverage(project.key, source, span, app.clock.now()).await?;
        }
        session.end_import(import, ImportEnd::Done, account.totals(), app.clock.now()).await?;
        session.commit().await?;
        if account.let_go > 0 {
            crash_point!("wait.let_go");
        }
    }
    taken.map(|()| account)
}

async fn end_failed(app: &App, import: i64, account: &ImportAccount) -> Result<(), crate::store::StoreError> {
    let mut session = app.store.write().await?;
    session.end_import(import, ImportEnd::Failed, account.totals(), app.clock.now()).await?;
    session.commit().await
}

/// A sign of life is left at most this often.
const SIGN_EVERY: Duration = Duration::from_secs(10);

/// Reads the file and writes its calls.
async fn take_in(
    app: &App,
    project: &Project,
    request: ImportRequest,
    reading: Reading,
    (source, import): (Option<i64>, Option<i64>),
    account: &mut ImportAccount,
) -> Result<(), ImportError> {
    let now = app.clock.now();
    let zone = reading.zone.clone();
    let mut intake =
        Intake::new(app.store.clone(), project.key, source.unwrap_or(-1), reading.clone(), request.dry_run, now);
    let erased = Erased::load(app, project).await?;
    let (sender, mut chunks) = mpsc::channel::<Chunk>(READ_AHEAD);
    let reader = request.reader;
    let reader = tokio::task::spawn_blocking(move || {
        file::read(reader, &reading, &mut |chunk| sender.blocking_send(chunk).is_ok())
    });
    let mut kept_aside = 0;
    let mut rows = Rows::default();
    account.is_empty = true;
    let mut signed = Stopwatch::now();
    while let Some(mut chunk) = chunks.recv().await {
        account.note(&chunk, &mut rows, &zone, now).map_err(ImportError::Temporary)?;
        let items = erased.clean(std::mem::take(&mut chunk.items));
        intake.take(items).await?;
        erased.clean_values(&mut chunk.set_aside);
        if let Some(import) = import
            && !chunk.set_aside.is_empty()
            && kept_aside < MOST_SET_ASIDE
        {
            kept_aside += chunk.set_aside.len() as u64;
            let mut session = app.store.write().await?;
            set_aside(&mut session, import, &chunk.set_aside).await?;
            session.commit().await?;
        }
        let bytes = chunk.bytes;
        account.is_empty = bytes == 0;
        account.absorb(chunk);
        if let (Some(import), true) = (import, signed.elapsed() >= SIGN_EVERY) {
            let mut session = app.store.write().await?;
            session.note_import(import, account.rows, app.clock.now()).await?;
            session.commit().await?;
            signed = Stopwatch::now();
        }
        if let Some(progress) = &request.progress {
            progress(Progress { bytes, rows: account.rows });
        }
    }
    let read = reader.await.map_err(|error| ImportError::Read {
        file: request.file_name.clone(),
        error: std::io::Error::other(error.to_string()),
    })?;
    read.map_err(|problem| refusal(&request.file_name, problem))?;

    crash_point!("import.all_stored");
    intake.stood.iter().for_each(|stood| rows.name(stood.key, &stood.call_id));
    let asked: Vec<u64> = intake.stood.iter().map(|stood| stood.key).collect();
    let counts = rows.counts(ImportAccount::MOST_SHOWN, &asked).map_err(ImportError::Temporary)?;
    account.unread = intake.unread;
    account.stood_otherwise = intake.stood_more;
    for Stood { key, call_id, differs, stood, told, kept } in intake.stood {
        let (line, clashes) = counts.asked.get(&key).copied().unwrap_or_default();
        // Rows of this file that clash are told of by themselves.
        if !clashes {
            account.stood_otherwise += 1;
            let [stood, told, kept] = [stood, told, kept].map(|call| account::in_short(&call, &zone));
            account.first_stood.push(StoodOtherwise { line, call_id, differs, stood, told, kept });
        }
    }
    account.first_stood.sort_by_key(|stood| stood.line);
    account.first_stood.truncate(ImportAccount::MOST_SHOWN);
    (account.new, account.updated, account.unchanged) = intake.tally.counts().map_err(ImportError::Temporary)?;
    account.calls = account.new + account.updated + account.unchanged;
    account.take_rows(counts);
    if let Some(source) = source.filter(|_| import.is_some()) {
        let ids = account.first_clashes.iter().filter_map(|clash| clash.call_id.clone()).collect();
        let stored = app.store.read().await?.stored_calls(project.key, source, &ids).await?;
        for clash in &mut account.first_clashes {
            let stored = clash.call_id.as_ref().and_then(|call_id| stored.get(call_id));
            clash.kept = stored.map(|stored| account::in_short(&stored.record.call, &zone));
        }
    }
    Ok(())
}

fn reading(app: &App, project: &Project, request: &ImportRequest) -> Result<Reading, ImportError> {
    let zone = request.zone.as_deref().unwrap_or(&project.zone);
    let zone = app.zones.get(zone).map_err(|error| ImportError::UnknownZone(error.to_string()))?;
    if request.format == Format::Mapped && request.mapping.is_none() {
        return Err(ImportError::NoMapping);
    }
    let mapping = request.mapping.clone();
    let of_mapping = mapping.as_ref().and_then(|mapping| mapping.source.clone());
    let source = request.source.clone().or(of_mapping).unwrap_or_else(|| request.format.name().to_owned());
    let label = request.encoding.as_ref().or(mapping.as_ref().and_then(|mapping| mapping.layout.encoding.as_ref()));
    let encoding = label
        .map(|label| Encoding::for_label(label.as_bytes()).ok_or_else(|| ImportError::UnknownEncoding(label.clone())));
    let encoding = encoding.transpose()?;
    let region = home_of(project);
    let project = project.id.to_string();
    let is_explained = false;
    Ok(Reading { format: request.format, project, source, zone, region, mapping, is_explained, encoding })
}

/// Finds calls that stand as others than the file tells, without writing anything; the file is there to be read again.
async fn try_out(
    app: &App,
    project: &Project,
    request: &mut ImportRequest,
    reading: &Reading,
    account: &mut ImportAccount,
) -> Result<(), ImportError> {
    let mut file = std::mem::replace(&mut request.reader, Box::new(std::io::empty()));
    let mut copy = tempfile::tempfile().map_err(ImportError::Temporary)?;
    let copied = tokio::task::spawn_blocking(move || {
        std::io::copy(&mut file, &mut copy)?;
        copy.rewind()?;
        Ok((copy.try_clone()?, copy))
    });
    let copied = copied.await.map_err(std::io::Error::other).and_then(|copied| copied);
    let (again, mut copy) = copied.map_err(ImportError::Temporary)?;
    let mut trial = ImportRequest::new(request.project.clone(), request.format, request.file_name.clone(), again);
    (trial.mapping, trial.dry_run) = (request.mapping.clone(), true);
    let source = app.store.read().await?.find_source(project.key, &reading.source).await?;
    let mut tried = ImportAccount { zone: account.zone.clone(), dry_run: true, ..ImportAccount::default() };
    take_in(app, project, trial, reading.clone(), (source, None), &mut tried).await?;
    copy.rewind().map_err(ImportError::Temporary)?;
    request.reader = Box::new(copy);
    (account.stood_otherwise, account.first_stood) = (tried.stood_otherwise, tried.first_stood);
    Ok(())
}

/// Reads the whole file without writing anything, and leaves a copy of it to be read again.
async fn check(
    request: &mut ImportRequest,
    reading: &Reading,
    mut account: ImportAccount,
    now: Instant,
) -> Result<ImportAccount, ImportError> {
    let reading = reading.clone();
    let mut reader = std::mem::replace(&mut request.reader, Box::new(std::io::empty()));
    let checked = tokio::task::spawn_blocking(move || {
        let mut copy = tempfile::tempfile()?;
        std::io::copy(&mut reader, &mut copy)?;
        copy.rewind()?;
        let again: &mut dyn Read = &mut copy;
        let (mut rows, mut noted) = (Rows::default(), Ok(()));
        let result = file::read(again, &reading, &mut |chunk| {
            noted = account.note(&chunk, &mut rows, &reading.zone, now);
            account.absorb(chunk);
            noted.is_ok()
        });
        noted?;
        account.take_rows(rows.counts(ImportAccount::MOST_SHOWN, &[])?);
        copy.rewind()?;
        Ok((copy, account, result))
    });
    let failed = |error| ImportError::Read { file: request.file_name.clone(), error };
    let checked = checked.await.map_err(|error| failed(std::io::Error::other(error.to_string())))?;
    let (copy, account, result) = checked.map_err(failed)?;
    result.map_err(|problem| refusal(&request.file_name, problem))?;
    request.reader = Box::new(copy);
    Ok(account)
}

/// The source and the record of this import; in a trial run only the source, and only if it exists.
async fn begin(
    app: &App,
    project: &Project,
    request: &ImportRequest,
    source: &str,
    now: Instant,
) -> Result<(Option<i64>, Option<i64>), ImportError> {
    if request.dry_run {
        return Ok((app.store.read().await?.find_source(project.key, source).await?, None));
    }
    let file_name = Erased::load(app, project).await?.clean_text(&request.file_name);
    let mut session = app.store.write().await?;
    let format = request.format.name();
    let source = session.ensure_source(project.key, source, format, SourceKind::Imported, now).await?;
    session.end_silent_imports(now).await?;
    let import = session.begin_import(project.key, source, &file_name, now).await?;
    session.commit().await?;
    Ok((Some(source), Some(import)))
}

async fn set_aside(session: &mut Session, import: i64, rows: &[SetAside]) -> Result<(), ImportError> {
    let rows: Vec<_> =
        rows.iter().map(|row| (row.line, row.column.as_str(), row.value.as_str(), row.reason.as_str())).collect();
    session.save_set_aside(import, &rows).await?;
    Ok(())
}

/// Letters of why a file is refused.
const MOST_OF_REFUSAL: usize = 1_500;

fn refusal(file: &str, problem: FileProblem) -> ImportError {
    let file = file.to_owned();
    match problem {
        FileProblem::Read(error) => ImportError::Read { file, error },
        // It may name every column of a file that has a million.
        FileProblem::Shape(detail) => ImportError::File { file, detail: cut(&detail, MOST_OF_REFUSAL) },
    }
}

impl ImportAccount {
    /// Notes every row that could be read, and those that tell of the future.
    fn note(&mut self, chunk: &Chunk, rows: &mut Rows, zone: &Zone, now: Instant) -> std::io::Result<()> {
        let latest = now.plus_seconds(FUTURE_SEC).as_seconds();
        for (told, item) in chunk.told.iter().zip(&chunk.items) {
            rows.add(*told, item)?;
            if told.at_sec > latest {
                self.from_the_future += 1;
                let local = || zone.local(Instant::from_seconds(told.at_sec)).format("%Y-%m-%d %H:%M").to_string();
                self.first_future.get_or_insert_with(|| (told.line, local()));
            }
        }
        Ok(())
    }

    /// Takes over what the rows come to. The events that fold one call into another make fewer calls than there are ids.
    fn take_rows(&mut self, counts: RowCounts) {
        self.further = (counts.calls + counts.further).saturating_sub(self.calls);
        (self.repeated, self.clashing) = (counts.repeated, counts.clashing);
        let clash = |ClashingRow { line, first_line, call_id, differs }| Clash {
            line,
            first_line,
            call_id,
            differs,
            kept: None,
        };
        self.first_clashes = counts.first_clashing.into_iter().map(clash).collect();
    }

    fn absorb(&mut self, chunk: Chunk) {
        self.rows += chunk.rows;
        self.set_aside += chunk.set_aside.len() as u64;
        let room = Self::MOST_SHOWN.saturating_sub(self.first_set_aside.len());
        self.first_set_aside.extend(chunk.set_aside.into_iter().take(room));
        self.rows_with_bad_text += chunk.rows_with_bad_text;
        self.ambiguous_times += chunk.ambiguous_times;
        self.lost_numbers += chunk.lost_numbers;
        self.no_calls += chunk.no_calls;
        for (words, more) in [
            (&mut self.unknown_statuses, chunk.unknown_statuses),
            (&mut self.unknown_directions, chunk.unknown_directions),
        ] {
            for (word, count) in more {
                let is_known = words.contains_key(&word) || words.len() < Self::MOST_WORDS;
                let word = if is_known { word } else { "(other words)".to_owned() };
                *words.entry(word).or_default() += count;
            }
        }
        for column in chunk.ignored_columns {
            if self.ignored_columns.len() < Self::MOST_WORDS && !self.ignored_columns.contains(&column) {
                self.ignored_columns.push(column);
            }
        }
    }

    fn totals(&self) -> ImportTotals {
        ImportTotals {
            rows: self.rows,
            new: self.new,
            updated: self.updated,
            unchanged: self.unchanged,
            set_aside: self.set_aside,
        }
    }
}
