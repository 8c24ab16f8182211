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

use std::ops::Range;

use super::problem::{Problems, Source};
use super::table::{Document, Place, Table, Value};

pub use agent::AgentEntry;
pub use calendar::CalendarEntry;
pub use contact::ContactEntry;
pub use number::NumberEntry;
pub use project::ProjectEntry;
pub use report::ReportEntry;
pub use schedule::{RuleEntry, ScheduleEntry, When};

/// The version of the file's language.
const VERSION: i64 = 1;

/// Bytes of the file.
pub type Spot = Range<usize>;

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
}

/// Reads a file; what is wrong is noted.
pub fn read(source: &Source, problems: &Problems) -> Setup {
    let document = Document::parse(source, problems);
    let root = document.root(problems);
    // In what couldn't be parsed, a version that isn't found isn't missing.
    let version = if problems.errors() > 0 { root.get("version") } else { root.need("version") };
    if let Some(version) = version {
        match version.integer(i64::MIN..=i64::MAX) {
            Some(VERSION) | None => {}
            Some(other) => version.wrong(format!("this program reads version {VERSION}, not {other}")),
        }
    }
    let setup = Setup {
        calendars: entries(&root, "calendar", calendar::read),
        projects: entries(&root, "project", project::read),
        contacts: entries(&root, "contact", contact::read),
        agents: entries(&root, "agent", agent::read),
        numbers: entries(&root, "number", number::read),
        reports: entries(&root, "report", report::read),
        schedules: entries(&root, "schedule", schedule::read),
    };
    root.finish();
    setup
}

/// Every `[[noun]]`; two with the same id are an error at the second.
fn entries<T: Entry>(root: &Table<'_>, noun: &'static str, read: impl Fn(&Table<'_>) -> Option<T>) -> Vec<T> {
    let mut found: Vec<T> = Vec::new();
    for table in root.tables(noun) {
        let entry = read(&table);
        if let Some(entry) = &entry
            && let Some(first) = found.iter().find(|other| other.id() == entry.id())
        {
            let line = table.place.line_of(first.spot().start);
            let title = format!("there are two `[[{noun}]]` with the id `{}`; the first is in line {line}", entry.id());
            match table.get("id") {
                Some(id) => id.place.error(title, None),
                None => table.place.error(title, None),
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
        At { value, spot: self.place.span.clone() }
    }

    /// A text with its place; a wrong one is noted and reads as empty.
    fn text_at(&self) -> At<String> {
        self.at(self.line().unwrap_or_default())
    }
}

impl Place<'_> {
    fn spot(&self) -> Spot {
        self.span.clone()
    }
}
