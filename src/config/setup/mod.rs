//! The file that `apply` takes: who gets what. Reading it finds everything that the file alone shows; whether what it
//! names exists is `apply`'s to say, so every value that names something keeps its place.
//!
//! After a problem an entry may hold a stand-in; whoever reads a setup looks at [`Problems::errors`] before using it.

mod agent;
mod balances;
mod brand;
mod calendar;
mod contact;
mod goals;
mod keep;
mod number;
mod project;
mod report;
mod schedule;
pub mod written;

use std::collections::HashMap;
use std::ops::Range;

use super::json;
use super::problem::{Problems, Source};
use super::table::{Document, Place, Table, Value};

pub use super::json::field_at;
pub use agent::AgentEntry;
pub use calendar::CalendarEntry;
pub use contact::ContactEntry;
pub use number::NumberEntry;
pub use project::ProjectEntry;
pub use report::ReportEntry;
pub use schedule::{RuleEntry, ScheduleEntry, When};

/// The version of the file's language.
const VERSION: i64 = 1;

/// Where something stands.
#[derive(Clone, Debug)]
pub struct Spot {
    pub source: Source,
    /// Bytes of the text.
    pub span: Range<usize>,
}

impl Spot {
    /// The line in which it begins, from 1.
    pub fn line(&self) -> usize {
        self.source.line(self.span.start)
    }

    /// `line 12`, or `other.toml:12` for somebody who looks at another text.
    pub fn seen_from(&self, text: &Source) -> String {
        match self.source.name == text.name {
            true => format!("line {}", self.line()),
            false => format!("{}:{}", self.source.name, self.line()),
        }
    }
}

/// One text of those that are applied together.
#[derive(Clone, Debug)]
pub struct Input {
    pub source: Source,
    pub form: Form,
    /// What it is called as the keeper of what it makes.
    pub keeper: String,
}

impl Input {
    /// A text of TOML that is kept under its own name.
    pub fn toml(name: &str, text: &str) -> Self {
        Self { source: Source::new(name, text), form: Form::Toml, keeper: name.to_owned() }
    }
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Toml,
    /// A document in each line.
    JsonLines,
    /// One document.
    Json,
}

impl Form {
    /// By a file's ending, in small letters; `None`: files of this ending aren't applied.
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "toml" => Some(Self::Toml),
            "jsonl" => Some(Self::JsonLines),
            _ => None,
        }
    }
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct At<T> {
    pub value: T,
    pub spot: Spot,
}

/// What a file says.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    pub calendars: Vec<CalendarEntry>,
    pub projects: Vec<ProjectEntry>,
    pub contacts: Vec<ContactEntry>,
    pub agents: Vec<AgentEntry>,
    pub numbers: Vec<NumberEntry>,
    pub reports: Vec<ReportEntry>,
    pub schedules: Vec<ScheduleEntry>,
    /// Schedules that stand for many projects.
    pub templates: Vec<ScheduleEntry>,
}

impl Setup {
    /// Every entry: its noun, what `apply` knows it by, and where it stands.
    pub fn entries(&self) -> impl Iterator<Item = (&'static str, &str, &Spot)> {
        fn of<'a, T: Entry>(
            noun: &'static str,
            list: &'a [T],
        ) -> impl Iterator<Item = (&'static str, &'a str, &'a Spot)> {
            list.iter().map(move |entry| (noun, entry.id(), entry.spot()))
        }
        of("calendar", &self.calendars)
            .chain(of("project", &self.projects))
            .chain(of("contact", &self.contacts))
            .chain(of("agent", &self.agents))
            .chain(of("number", &self.numbers))
            .chain(of("report", &self.reports))
            .chain(of("schedule", &self.schedules))
            .chain(of("template", &self.templates))
    }
}

/// A template that stands, as its entry was written; `None`: this version of the program can't read it, as when a later one
/// wrote it.
pub fn template_of(id: &str, body: &str) -> Option<ScheduleEntry> {
    let source = Source::new(format!("the template {id}"), format!("{{\"schedule\":[{body}]}}"));
    let problems = Problems::default();
    let input = Input { source, form: Form::Json, keeper: String::new() };
    let entry = read_all(&[input], &problems, |_| {}).templates.pop();
    entry.filter(|entry| problems.errors() == 0 && entry.id.as_str() == id)
}

/// Reads a text of TOML; what is wrong is noted.
pub fn read(source: &Source, problems: &Problems) -> Setup {
    let mut reading = Reading::default();
    reading.toml(source, problems);
    reading.setup
}

/// Reads several texts as one; what is wrong with any of them is noted. `told` hears after each text how many were read.
pub fn read_all(inputs: &[Input], problems: &Problems, mut told: impl FnMut(usize)) -> Setup {
    let mut reading = Reading::default();
    for (before, Input { source, form, .. }) in inputs.iter().enumerate() {
        match form {
            Form::Toml => reading.toml(source, problems),
            Form::JsonLines => json::lines(&source.text).for_each(|line| reading.json(source, line, problems)),
            Form::Json => reading.json(source, 0..source.text.len(), problems),
        }
        told(before + 1);
    }
    reading.setup
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    setup: Setup,
    /// Where each id of each noun stands.
    seen: HashMap<(&'static str, String), Spot>,
}

impl Reading {
    fn toml(&mut self, source: &Source, problems: &Problems) {
        let before = problems.errors();
        let document = Document::parse(source, problems);
        let root = document.root(problems);
        // In what couldn't be parsed, a version that isn't found isn't missing.
        let version = if problems.errors() > before { root.get("version") } else { root.need("version") };
        self.document(&root, version);
        root.finish();
    }

    fn json(&mut self, source: &Source, span: Range<usize>, problems: &Problems) {
        let Some(document) = json::document(source, span, problems) else { return };
        let root = document.root(problems);
        let version = root.get("version");
        self.document(&root, version);
        root.finish();
    }

    fn document(&mut self, root: &Table<'_>, version: Option<Value<'_>>) {
        if let Some(version) = version {
            match version.integer(i64::MIN..=i64::MAX) {
                Some(VERSION) | None => {}
                Some(other) => version.wrong(format!("this program reads version {VERSION}, not {other}")),
            }
        }
        let Self { setup, seen } = self;
        setup.calendars.extend(entries(root, "calendar", calendar::read, seen));
        setup.projects.extend(entries(root, "project", project::read, seen));
        setup.contacts.extend(entries(root, "contact", contact::read, seen));
        setup.agents.extend(entries(root, "agent", agent::read, seen));
        setup.numbers.extend(entries(root, "number", number::read, seen));
        setup.reports.extend(entries(root, "report", report::read, seen));
        let schedules = entries(root, "schedule", schedule::read, seen);
        let (templates, schedules) = schedules.into_iter().partition::<Vec<_>, _>(|entry| entry.template.is_some());
        setup.schedules.extend(schedules);
        setup.templates.extend(templates);
    }
}

/// Every `[[noun]]`; two with the same id are an error at the second.
fn entries<T: Entry>(
    root: &Table<'_>,
    noun: &'static str,
    read: impl Fn(&Table<'_>) -> Option<T>,
    seen: &mut HashMap<(&'static str, String), Spot>,
) -> Vec<T> {
    let mut found: Vec<T> = Vec::new();
    for table in root.tables(noun) {
        let entry = read(&table);
        if let Some(entry) = entry.as_ref().filter(|entry| !is_stand_in(entry.id())) {
            let key = (noun, entry.id().to_owned());
            if let Some(first) = seen.get(&key) {
                let first = first.seen_from(table.place.source());
                let title = format!("there are two `[[{noun}]]` with the id `{}`; the first is in {first}", entry.id());
                match table.get("id") {
                    Some(id) => id.place.error(title, None),
                    None => table.place.error(title, None),
                }
            } else {
                seen.insert(key, entry.spot().clone());
            }
        }
        table.finish();
        found.extend(entry);
    }
    found
}

/// What all of them have in common.
trait Entry {
    fn id(&self) -> &str;
    fn spot(&self) -> &Spot;
}

macro_rules! entry {
    ($($name:ident),+) => {$(
        impl Entry for $name {
            fn id(&self) -> &str {
                self.id.as_str()
            }

            fn spot(&self) -> &Spot {
                &self.spot
            }
        }
    )+};
}
entry!(CalendarEntry, ProjectEntry, ContactEntry, AgentEntry, NumberEntry, ReportEntry, ScheduleEntry);

/// How the id begins of an entry whose own can't be read.
const STAND_IN: &str = "unread-entry-in-line-";

/// Whether an id stands in for one that couldn't be read, which has been noted.
pub fn is_stand_in(id: &str) -> bool {
    id.starts_with(STAND_IN)
}

/// The id of an entry; a stand-in where it is missing or wrong, so that the rest of the entry is looked at all the same.
fn id_of<T, E: std::fmt::Display>(table: &Table<'_>, parse: fn(&str) -> Result<T, E>) -> Option<T> {
    let id = table.need("id").and_then(|value| value.parsed(parse));
    id.or_else(|| stand_in(table, parse))
}

fn stand_in<T, E>(table: &Table<'_>, parse: fn(&str) -> Result<T, E>) -> Option<T> {
    parse(&format!("{STAND_IN}{}", table.place.line_of(table.place.span.start))).ok()
}

impl Value<'_> {
    fn at<T>(&self, value: T) -> At<T> {
        At { value, spot: self.place.spot() }
    }

    /// A text with its place; a wrong one is noted and reads as empty.
    fn text_at(&self) -> At<String> {
        self.at(self.line().unwrap_or_default())
    }
}

impl Place<'_> {
    fn spot(&self) -> Spot {
        Spot { source: self.source().clone(), span: self.span.clone() }
    }
}
