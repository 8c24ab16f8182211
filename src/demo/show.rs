//! How the demo looks on a terminal: lines while it works, and the account at its end.

use std::fmt::Write as _;
use std::io::IsTerminal;
use std::path::Path;
use std::time::Duration;

use comfy_table::{Attribute, Cell, CellAlignment, ContentArrangement, Table, presets};
use indicatif::{ProgressBar, ProgressStyle};

use super::tale::tale;
use super::{Account, Folder, Mail, News, captures};
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::zones::Zone;

/// Columns where no terminal says how many there are.
const WIDTH: u16 = 150;
/// In fewer columns a table of six breaks its lines too often to be read.
const NARROW: u16 = 130;
/// Whose question is asked in the examples, and whose page is opened first.
const EXAMPLE: &str = "olena@vikna.example";

/// Lines while the demo works: on a terminal the last one moves; elsewhere every line stays.
#[derive(Debug)]
pub struct Screen {
    moving: Option<ProgressBar>,
}

impl Screen {
    /// Says what is about to happen.
    pub fn open(folder: &Folder) -> Self {
        println!(
            "\nCallbrief demo in {}\n\n  Three invented businesses in Kyiv, Amsterdam and New York, with\n  generated calls; \
             and {} real calls, captured on a live telephone system,\n  moved to last week, their pauses stretched to usual \
             lengths. Their\n  billing tells of money: four stories of it end in warnings.\n",
            folder.path().display(),
            captures::CALLS
        );
        let moving = std::io::stdout().is_terminal().then(|| {
            let style = ProgressStyle::with_template("  {spinner:.cyan} {wide_msg}");
            let bar = ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
            bar.enable_steady_tick(Duration::from_millis(90));
            bar
        });
        Self { moving }
    }

    /// One more line.
    pub fn tell(&self, news: &News) {
        match news {
            News::SetUp { projects, contacts, schedules } => {
                self.stay(&format!("set up: {projects} projects, {contacts} people, {schedules} schedules"));
                self.move_on("calls of the six weeks before …");
            }
            News::History { calls, from, to, took } => self.stay(&format!(
                "{} calls of {} to {} taken in, {}",
                grouped(*calls as u64),
                utc_day(*from),
                utc_day(*to),
                seconds(*took)
            )),
            News::Clock { at, mails } => {
                let line = format!("the clock stands at {}; mails so far: {mails}", utc_minute(*at));
                if self.moving.is_some() { self.move_on(&line) } else { self.stay(&line) }
            }
        }
    }

    /// Takes the moving line away.
    pub fn close(self) {
        if let Some(bar) = self.moving {
            bar.finish_and_clear();
        }
    }

    fn stay(&self, line: &str) {
        match &self.moving {
            Some(bar) => bar.println(format!("  \u{2713} {line}")),
            None => println!("  {line}"),
        }
    }

    fn move_on(&self, line: &str) {
        if let Some(bar) = &self.moving {
            bar.set_message(line.to_owned());
        }
    }
}

/// What the account is drawn on.
#[derive(Debug)]
pub struct Terminal {
    /// In columns; `None`: nobody says.
    pub width: Option<u16>,
    /// Draws a table.
    pub fitted: fn(Table) -> String,
    /// Breaks a line between words.
    pub wrapped: fn(&str, usize) -> String,
}

impl Terminal {
    pub(super) fn wrap(&self, line: &str) -> String {
        self.width.map_or_else(|| line.to_owned(), |width| (self.wrapped)(line, usize::from(width)))
    }
}

/// The account at the end: what went to whom and why, what to open, what to try next, `program` being what people type.
pub fn closing(folder: &Folder, account: &Account, program: &str, terminal: &Terminal) -> String {
    let mut text = String::new();
    let span = format!("{} to {}", utc_minute(account.from), utc_minute(account.to));
    if account.mails.is_empty() && account.warnings.is_empty() {
        let line = format!(
            "Nothing new: nothing has become due from {span}. What there is stays in {}.",
            folder.outbox().display()
        );
        let _ = writeln!(text, "\n{}", terminal.wrap(&line));
    } else {
        let what = if account.is_first { "went out" } else { "has become due since the last run" };
        let count = match account.mails.len() {
            1 => "1 mail".to_owned(),
            many => format!("{many} mails"),
        };
        let shown = match terminal.width {
            Some(width) if width < NARROW => blocks(account, usize::from(width), terminal.wrapped),
            _ => (terminal.fitted)(table(account)),
        };
        let _ = writeln!(text, "\nWhat {what}: {count}, {span}\n\n{shown}\n");
        let example = account.mails.iter().find(|mail| mail.address == EXAMPLE).or(account.mails.first());
        if let Some(page) = example.and_then(|mail| mail.page.as_deref()) {
            let page = page.display();
            let line = format!("Open {page} in a browser. Beside each page: the mail (.eml) and what was attached.");
            let _ = writeln!(text, "{}", terminal.wrap(&line));
        }
    }
    let told = tale(account, terminal);
    if !told.is_empty() {
        let _ = writeln!(text, "\n{told}");
    }
    let _ = writeln!(text, "\nTry\n{}", commands(folder, program, terminal));
    text
}

/// The same without a table: what fell due, and under it a line for each reader.
fn blocks(account: &Account, width: usize, wrapped: fn(&str, usize) -> String) -> String {
    let of_one = |mails: &[Mail]| {
        let first = &mails[0];
        let period = first.period.map(|period| format!(", {}", period_words(&first.zone, period))).unwrap_or_default();
        let due = format!("{}, {}", minute(&first.zone, first.at), place(&first.zone));
        let mut lines = vec![format!("{due}: {}{period}", first.subject), format!("  {}", first.when)];
        for mail in mails {
            lines.push(format!("  {} \u{b7} {}, {}", to_whom(mail), kilobytes(mail.size), milliseconds(mail.took)));
            lines.extend(mail.page.as_deref().map(|page| format!("    {}", file_name(page))));
        }
        lines.iter().map(|line| wrapped(line, width)).collect::<Vec<_>>().join("\n")
    };
    account.mails.chunk_by(is_one_due).map(of_one).collect::<Vec<_>>().join("\n\n")
}

fn is_one_due(a: &Mail, b: &Mail) -> bool {
    (a.at, &a.schedule) == (b.at, &b.schedule)
}

fn table(account: &Account) -> Table {
    let mut table = Table::new();
    if !table.is_tty() {
        table.set_width(WIDTH);
    }
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    let head = ["Due", "What, and for which period", "To whom, and why", "Size", "Took", "Open"];
    table.set_header(head.map(|text| Cell::new(text).add_attribute(Attribute::Bold)));
    for mails in account.mails.chunk_by(is_one_due) {
        let first = &mails[0];
        let each = |line: fn(&Mail) -> String| mails.iter().map(line).collect::<Vec<_>>().join("\n");
        let what = match first.period {
            Some(period) => format!("{}\n{}", first.subject, period_words(&first.zone, period)),
            None => first.subject.clone(),
        };
        table.add_row([
            Cell::new(format!("{}\n{}", minute(&first.zone, first.at), place(&first.zone))),
            Cell::new(what),
            Cell::new(format!("{}\n{}", each(to_whom), first.when)),
            Cell::new(each(|mail| kilobytes(mail.size))).set_alignment(CellAlignment::Right),
            Cell::new(each(|mail| milliseconds(mail.took))).set_alignment(CellAlignment::Right),
            Cell::new(each(|mail| mail.page.as_deref().map(file_name).unwrap_or_default())),
        ]);
    }
    table
}

/// `olena@acme.example, owner of Acme`; the state only where it isn't what everybody expects.
fn to_whom(mail: &Mail) -> String {
    let state = if mail.state == "accepted" { String::new() } else { format!(" ({})", mail.state) };
    let reader = if mail.reader.is_empty() { String::new() } else { format!(", {}", mail.reader) };
    format!("{}{state}{reader}", mail.address)
}

fn commands(folder: &Folder, program: &str, terminal: &Terminal) -> String {
    let settings = folder.settings();
    let lines = [
        (format!("explain --to {EXAMPLE}"), "why it was sent, or wasn't"),
        ("preview summary --project amstel --format text".to_owned(), "last week as text; also html, pdf, json"),
        ("list schedules".to_owned(), "who gets what, and when next"),
        ("forecast vikna".to_owned(), "how long its funds last, day by day"),
        ("who --kind funds --level critical --project vikna".to_owned(), "who would hear of it, and who wouldn't"),
    ];
    let width = lines.iter().map(|(command, _)| command.len()).max().unwrap_or(0);
    let line = |(command, what): &(String, &str)| {
        let begin = format!("  {program} --config {}", settings.display());
        let whole = format!("{begin} {command:width$}   # {what}\n");
        match terminal.width {
            // A comment that is broken would be a command of its own.
            Some(columns) if whole.chars().count() > usize::from(columns) => format!("  # {what}\n{begin} {command}\n"),
            _ => whole,
        }
    };
    lines.iter().map(line).collect()
}

pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// `Europe/Kyiv` as people say it: `Kyiv`.
pub(super) fn place(zone: &Zone) -> String {
    zone.name().rsplit('/').next().unwrap_or_default().replace('_', " ")
}

pub(super) fn minute(zone: &Zone, at: Instant) -> String {
    zone.local(at).format("%a %-d %b %H:%M").to_string()
}

fn utc_minute(at: Instant) -> String {
    at.to_utc().map(|at| at.format("%a %-d %b %H:%M UTC").to_string()).unwrap_or_default()
}

fn utc_day(at: Instant) -> String {
    at.to_utc().map(|at| at.format("%-d %B").to_string()).unwrap_or_default()
}

/// Whole days as days, anything else to the minute.
fn period_words(zone: &Zone, period: Period) -> String {
    let (from, to) = (zone.local(period.from()), zone.local(period.to()));
    let midnight = chrono::NaiveTime::MIN;
    if from.time() != midnight || to.time() != midnight {
        return format!("{} to {}", from.format("%a %-d %b %H:%M"), to.format("%a %-d %b %H:%M"));
    }
    let last = to.date().pred_opt().unwrap_or(to.date());
    if from.date() == last {
        from.format("%a %-d %b").to_string()
    } else {
        format!("{} to {}", from.format("%a %-d %b"), last.format("%a %-d %b"))
    }
}

fn kilobytes(bytes: u64) -> String {
    if bytes == 0 { "\u{2013}".to_owned() } else { format!("{} kB", bytes.div_ceil(1000)) }
}

fn milliseconds(span: Duration) -> String {
    format!("{} ms", grouped(span.as_millis().try_into().unwrap_or(u64::MAX)))
}

fn seconds(span: Duration) -> String {
    format!("{:.1} s", span.as_secs_f64())
}

/// 12,345.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::Zones;

    #[test]
    fn periods_and_numbers_read_well() {
        let zone = Zones::load().get("Europe/Kyiv").expect("a zone");
        let at = |text| Instant::parse_rfc3339(text).expect("valid");
        let words = |from, to| period_words(&zone, Period::new(at(from), at(to)).expect("in order"));
        assert_eq!(words("2026-11-08T22:00:00Z", "2026-11-15T22:00:00Z"), "Mon 9 Nov to Sun 15 Nov");
        assert_eq!(words("2026-11-08T22:00:00Z", "2026-11-09T22:00:00Z"), "Mon 9 Nov");
        assert_eq!(words("2026-11-09T10:30:00Z", "2026-11-09T15:30:00Z"), "Mon 9 Nov 12:30 to Mon 9 Nov 17:30");
        assert_eq!([grouped(7), grouped(1_234), grouped(1_234_567)], ["7", "1,234", "1,234,567"]);
    }

    #[test]
    fn the_account_fits_a_terminal_of_any_width() {
        let zone = Zones::bundled().get("Europe/Kyiv").expect("a zone");
        let at = |text| Instant::parse_rfc3339(text).expect("valid");
        let mail = |address: &str| Mail {
            zone: zone.clone(),
            at: at("2026-11-16T06:00:00Z"),
            schedule: "vikna-weekly".into(),
            name: String::new(),
            address: address.into(),
            subject: "Vikna Plus: 312 calls, 41 missed, 6 callers to call back".into(),
            period: Period::new(at("2026-11-08T22:00:00Z"), at("2026-11-15T22:00:00Z")),
            why: String::new(),
            when: "every Monday at 08:00 (Kyiv time)".into(),
            reader: "owner of Vikna Plus".into(),
            state: "accepted".into(),
            reference: String::new(),
            took: Duration::from_millis(1234),
            size: 44_000,
            message: None,
            page: Some("demo/outbox/2026-11-16-vikna-weekly-olena-vikna.example.html".into()),
            attached: Vec::new(),
        };
        let mut account = Account::begin(at("2026-11-08T00:00:00Z"), at("2026-11-16T07:00:00Z"), true);
        account.mails = vec![mail(EXAMPLE), mail("taras@vikna.example")];
        let shown = |width| {
            let terminal = Terminal { width, fitted: |table| table.to_string(), wrapped: |line, _| line.to_owned() };
            closing(&Folder::at("demo"), &account, "callbrief", &terminal)
        };
        assert!(shown(None).contains("To whom, and why"), "{}", shown(None));
        let narrow = shown(Some(80));
        let mails = narrow.split("Open ").next().unwrap_or_default();
        assert!(!mails.contains('─') && mails.lines().all(|line| line.chars().count() < 130), "{narrow}");
        for line in
            ["  every Monday at 08:00 (Kyiv time)", "  taras@vikna.example, owner of Vikna Plus · 44 kB, 1,234 ms"]
        {
            assert!(narrow.lines().any(|shown| shown == line), "{line}\n{narrow}");
        }
        let nothing = Account::begin(at("2026-11-08T00:00:00Z"), at("2026-11-16T07:00:00Z"), false);
        let terminal = Terminal {
            width: Some(80),
            fitted: |table| table.to_string(),
            wrapped: |line, width| {
                line.split_inclusive(' ').fold(String::new(), |text, word| {
                    let is_full = text.rsplit('\n').next().unwrap_or_default().len() + word.len() > width;
                    if is_full { text + "\n" + word } else { text + word }
                })
            },
        };
        let nothing = closing(&Folder::at("demo"), &nothing, "callbrief", &terminal);
        let said = nothing.split("\nTry\n").next().unwrap_or_default();
        assert!(said.contains("Nothing new") && said.lines().all(|line| line.trim_end().len() <= 80), "{nothing}");
        let tries = |text: &str| text.lines().filter(|line| line.starts_with("  callbrief --config")).count();
        assert_eq!((tries(&narrow), tries(&shown(None))), (5, 5));
        assert!(narrow.contains("  # why it was sent, or wasn't\n"), "{narrow}");
    }
}
