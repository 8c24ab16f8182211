//! A file of millions of rows comes in: the memory that it takes must not follow its length. After every million the peak
//! so far (`VmHWM`) and the rows a second are printed. The file is made while it is read, so none lies on the disk.
//!
//! `cargo millions -- [ROWS] [native|ringostat|asterisk|voys|mapping] [dry|real|postgres://…/empty]`, or `cargo millions -- ROWS
//! FORMAT file > calls.csv` for a file to be given to the program itself. What is mapped is CallRail's, as the sample maps it.

#[path = "kept.rs"]
mod kept;
#[path = "opened.rs"]
mod opened;

use std::io::{Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant as Stopwatch;

use callbrief::clock::ManualClock;
use callbrief::config::mapping;
use callbrief::config::problem::{Problems, Source};
use callbrief::domain::ids::ProjectId;
use callbrief::domain::instant::Instant;
use callbrief::ingest::{self, Format, ImportRequest};
use opened::{instant, open, set_up};

const NOW: &str = "2026-11-16T06:00:00Z";
const MAPPING: &str = include_str!("../config/samples/mappings/callrail.toml");
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
    let names = Format::ALL.map(Format::name).join(", ");
    let format = Format::parse(&word(1, "native")).ok_or_else(|| anyhow::anyhow!("the formats are {names}"))?;
    let mut file = Rows { format, rows, next: 0, text: Vec::new(), given: 0 };
    if word(2, "dry") == "file" {
        let mut out = std::io::stdout().lock();
        std::io::copy(&mut file, &mut out)?;
        return Ok(out.flush()?);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(millions(file, &word(2, "dry")))
}

async fn millions(file: Rows, how: &str) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let now = instant(NOW);
    let url = match how {
        "dry" | "real" => format!("sqlite://{}", folder.path().join("calls.db").display()),
        server => server.to_owned(),
    };
    let app = open(&url, ManualClock::at(now)).await?;
    set_up(&app, SETUP, now).await?;
    kept::forget_peak()?;
    let (format, rows) = (file.format, file.rows);

    let (begun, told) = (Stopwatch::now(), AtomicU64::new(0));
    let mut request = ImportRequest::new(ProjectId::parse("acme")?, file.format, "millions", file);
    request.dry_run = how == "dry";
    if format == Format::Mapped {
        let (source, problems) = (Source::new("callrail.toml", MAPPING), Problems::default());
        request.mapping = mapping::read(&source, &app.zones, &problems).map(Arc::new);
        anyhow::ensure!(request.mapping.is_some(), "{}", problems.render(false));
    }
    request.progress = Some(Box::new(move |progress| {
        if progress.rows / MILLION > told.load(Ordering::Relaxed) {
            told.store(progress.rows / MILLION, Ordering::Relaxed);
            tell(progress.rows, begun);
        }
    }));
    let account = ingest::import(&app, request).await?;
    tell(account.rows, begun);
    println!("{} rows, {} calls, {} set aside", account.rows, account.calls, account.set_aside);
    anyhow::ensure!(account.rows == rows && account.set_aside == 0, "of {rows} rows {} came in", account.rows);
    let rate = rows as f64 / begun.elapsed().as_secs_f64();
    let place = match how {
        "dry" => "read and not kept",
        "real" => "SQLite",
        _ => "Postgres",
    };
    let peak = kept::peak_mb()?;
    kept::keep(
        "millions",
        &format!("{rows} rows, {}, {place}", format.name()),
        &format!("{rate:.0} rows/s; {peak} MB at most"),
    )
}

fn tell(rows: u64, begun: Stopwatch) {
    let peak = kept::peak_mb().unwrap_or_default();
    println!("{rows:>9} rows: peak {peak} MB, {:.0} rows/s", rows as f64 / begun.elapsed().as_secs_f64());
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
                Format::Ringostat => exported(&mut self.text, self.next - 1)?,
                Format::Voys => event(&mut self.text, self.next - 1)?,
                Format::Mapped => mapped(&mut self.text, self.next - 1)?,
                Format::Native => row(&mut self.text, self.next - 1)?,
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

/// The same calls in Ringostat's words.
fn exported(text: &mut Vec<u8>, n: u64) -> std::io::Result<()> {
    if n == 0 {
        writeln!(
            text,
            "calldate;uniqueid;call_type;caller;dst;disposition;duration;waittime;billsec;connected_with;employee_number;\
             employee_fio;utm_source;utm_medium;utm_campaign"
        )?;
    }
    let (word, talk) = if n.is_multiple_of(5) { ("NO ANSWER", 0) } else { ("ANSWERED", 30 + n % 300) };
    let (wait, agent) = (n % 60, n % 20);
    writeln!(
        text,
        "{};ua3_-{n};in;38067{:07};380445550101;{word};{};{wait};{talk};shop_{agent};{agent};Agent {agent};google;cpc;brand {}",
        at(n * 86).replace('T', " ").trim_end_matches('Z'),
        n * 7919 % 4000,
        wait + talk,
        n % 7
    )
}

/// Three events a call: it rings, it is taken or rings elsewhere, it ends.
fn event(text: &mut Vec<u8>, n: u64) -> std::io::Result<()> {
    let (call, step) = (n / 3, n % 3);
    let (agent, is_missed) = (201 + call % 20, call.is_multiple_of(5));
    let target = format!(
        ",\"targets\":[{{\"number\":\"{agent}\",\"name\":null,\"account_number\":1500{agent},\"user_numbers\":[\"{agent}\"],\
         \"user_emails\":[]}}]"
    );
    let (word, later, target, end) = match (step, is_missed) {
        (0, _) => ("ringing", 0, target.as_str(), ""),
        (1, true) => ("ringing", 6, target.as_str(), ""),
        (1, false) => ("in-progress", 9, target.as_str(), ""),
        (_, true) => ("ended", 25, "", ",\"reason\":\"no-answer\""),
        (_, false) => ("ended", 39 + call % 300, "", ",\"reason\":\"completed\""),
    };
    writeln!(
        text,
        "{{\"call_id\":\"c-{call}.1\",\"timestamp\":\"{}\",\"status\":\"{word}\",\"version\":\"v2\",\"direction\":\"inbound\",\
         \"caller\":{{\"number\":\"+3126{:07}\",\"name\":null,\"account_number\":null,\"user_numbers\":[],\"user_emails\":[]}},\
         \"destination\":{{\"number\":\"+31150010001\"{target}}}{end}}}",
        at(call * 86 + later),
        call * 7919 % 4000
    )
}

/// The same calls in CallRail's words.
fn mapped(text: &mut Vec<u8>, n: u64) -> std::io::Result<()> {
    if n == 0 {
        writeln!(
            text,
            "id,answered,voicemail,direction,duration,start_time,customer_phone_number,tracking_phone_number,first_call,source,\
             medium,utm_source,utm_medium,utm_campaign,landing_page_url,agent_email"
        )?;
    }
    let is_answered = !n.is_multiple_of(5);
    writeln!(
        text,
        "CAL{n},{is_answered},false,inbound,{},{},+1404{:07},+14045550150,false,Google Ads,cpc,google,cpc,autumn,\
         https://example.com/,a{}@example.com",
        30 + n % 300,
        at(n * 86),
        2_000_000 + n * 7919 % 4000,
        n % 20
    )
}

/// So many seconds after a spring, as a time in UTC.
fn at(seconds: u64) -> String {
    Instant::from_seconds(1_400_000_000 + i64::try_from(seconds).unwrap_or(i64::MAX)).to_string()
}
