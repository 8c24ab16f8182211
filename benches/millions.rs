//! A file of millions of rows comes in: the memory that it takes must not follow its length. After every million the peak
//! so far (`VmHWM`) and the rows a second are printed. The file is made while it is read, so none lies on the disk.
//!
//! `cargo millions -- [ROWS] [native|asterisk] [dry|real]`, or `cargo millions -- ROWS FORMAT file > calls.csv` for a file
//! to be given to the program itself.

#[path = "opened.rs"]
mod opened;

use std::io::{Read, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant as Stopwatch;

use callbrief::clock::ManualClock;
use callbrief::domain::ids::ProjectId;
use callbrief::domain::instant::Instant;
use callbrief::ingest::{self, Format, ImportRequest};
use opened::{instant, open, set_up};

const NOW: &str = "2026-11-16T06:00:00Z";
const MILLION: u64 = 1_000_000;
const SETUP: &str = "version = 1
[[project]]
id = \"acme\"
name = \"Acme\"
zone = \"Etc/UTC\"
locale = \"uk-UA\"
currency = \"UAH\"
";

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let word = |at: usize, usual: &'static str| words.get(at).map_or(usual, String::as_str).to_owned();
    let rows: u64 = word(0, "1000000").parse()?;
    let format = Format::parse(&word(1, "native")).ok_or_else(|| anyhow::anyhow!("native or asterisk is expected"))?;
    let mut file = Rows { format, rows, next: 0, text: Vec::new(), given: 0 };
    if word(2, "dry") == "file" {
        let mut out = std::io::stdout().lock();
        std::io::copy(&mut file, &mut out)?;
        return Ok(out.flush()?);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(millions(file, word(2, "dry") == "dry"))
}

async fn millions(file: Rows, dry_run: bool) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let now = instant(NOW);
    let url = format!("sqlite://{}", folder.path().join("calls.db").display());
    let app = open(&url, ManualClock::at(now)).await?;
    set_up(&app, SETUP, now).await?;

    let (begun, told) = (Stopwatch::now(), AtomicU64::new(0));
    let mut request = ImportRequest::new(ProjectId::parse("acme")?, file.format, "millions", file);
    request.dry_run = dry_run;
    request.progress = Some(Box::new(move |progress| {
        if progress.rows / MILLION > told.load(Ordering::Relaxed) {
            told.store(progress.rows / MILLION, Ordering::Relaxed);
            tell(progress.rows, begun);
        }
    }));
    let account = ingest::import(&app, request).await?;
    tell(account.rows, begun);
    println!("{} rows, {} calls, {} set aside", account.rows, account.calls, account.set_aside);
    Ok(())
}

fn tell(rows: u64, begun: Stopwatch) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map_or("unknown", str::trim);
    println!("{rows:>9} rows: peak {peak}, {:.0} rows/s", rows as f64 / begun.elapsed().as_secs_f64());
}

/// The file's text, made row by row.
struct Rows {
    format: Format,
    rows: u64,
    next: u64,
    text: Vec<u8>,
    given: usize,
}

impl Read for Rows {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.given == self.text.len() {
            (self.given, self.next) = (0, self.next + 1);
            self.text.clear();
            match self.format {
                _ if self.next > self.rows => {}
                Format::Asterisk => leg(&mut self.text, self.next - 1)?,
                _ => row(&mut self.text, self.next - 1)?,
            }
        }
        let count = (self.text.len() - self.given).min(into.len());
        into[..count].copy_from_slice(&self.text[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

/// A thousand calls a day, of four thousand callers.
fn row(text: &mut Vec<u8>, n: u64) -> std::io::Result<()> {
    if n == 0 {
        writeln!(text, "call_id,started_at,direction,status,from_number,tracking_number,wait_sec,talk_sec,agent_id")?;
    }
    let (status, talk) = if n.is_multiple_of(5) { ("missed_no_answer", 0) } else { ("answered", 30 + n % 300) };
    let at = at(n * 86);
    writeln!(text, "c{n},{at},inbound,{status},+38067{:07},+380445550101,{},{talk},{}", n * 7919 % 4000, n % 60, n % 20)
}

/// Two legs a call: a phone that rang, and one that was picked up or a queue that wasn't.
fn leg(text: &mut Vec<u8>, n: u64) -> std::io::Result<()> {
    let (call, second) = (n / 2, n % 2 == 1);
    let (client, id, agent) = (call * 7919 % 4000, format!("{}.{call}", 1_400_000_000 + call * 86), 201 + call % 20);
    let (app, phone, duration, talk, word) = match (call % 5, second) {
        (0, true) => ("Queue", String::new(), 25, 25, "ANSWERED"),
        (_, true) => ("Dial", format!("PJSIP/{agent}-{call:08x}"), 9 + 30 + call % 300, 30 + call % 300, "ANSWERED"),
        (_, false) => ("Dial", format!("PJSIP/{}-{call:08x}", agent + 1), 9, 0, "NO ANSWER"),
    };
    writeln!(
        text,
        "\"\",\"38067{client:07}\",\"600\",\"from-trunk\",\"<38067{client:07}>\",\"PJSIP/trunk-{call:08x}\",\"{phone}\",\
         \"{app}\",\"600,t\",\"{}\",\"\",\"\",{duration},{talk},\"{word}\",\"DOCUMENTATION\",\"{id}\",\"\",\"\",\"{id}\",{n}",
        at(call * 86).replace('T', " ").trim_end_matches('Z')
    )
}

/// So many seconds after a spring, as a time in UTC.
fn at(seconds: u64) -> String {
    Instant::from_seconds(1_400_000_000 + i64::try_from(seconds).unwrap_or(i64::MAX)).to_string()
}
