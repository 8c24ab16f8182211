//! The difference between what stands and what is wanted: found by comparing facets, shown to people, kept in the audit.

use serde_json::{Value, json};

use super::facets::{self, Facets};
use super::standing::Standing;
use super::{Request, dates};
use crate::domain::calendar::Calendar;
use crate::domain::contact::Contact;
use crate::domain::directory::{ListedAgent, ListedNumber};
use crate::domain::ids::ProjectId;
use crate::domain::project::Project;
use crate::domain::report_spec::ReportSpec;
use crate::domain::schedule::Schedule;
use crate::zones::Zones;

/// What kind of thing changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Noun {
    Calendar,
    Project,
    Contact,
    Agent,
    Number,
    Report,
    Schedule,
}

impl Noun {
    /// The word of the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Calendar => "calendar",
            Self::Project => "project",
            Self::Contact => "contact",
            Self::Agent => "agent",
            Self::Number => "number",
            Self::Report => "report",
            Self::Schedule => "schedule",
        }
    }
}

/// What happens to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Add,
    Change,
    Retire,
}

impl Verb {
    const fn name(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Change => "change",
            Self::Retire => "retire",
        }
    }
}

/// One facet that changes; empty is what isn't said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    pub old: String,
    pub new: String,
}

/// One thing that changes.
#[derive(Clone, Debug)]
pub struct Change {
    pub noun: Noun,
    pub id: String,
    pub verb: Verb,
    pub fields: Vec<Field>,
    /// The file that keeps it from now on.
    pub(super) keeper: Option<String>,
    pub(super) what: What,
}

/// What is written.
#[derive(Clone, Debug)]
pub(super) enum What {
    Calendar(Calendar),
    Project(Box<Project>),
    Contact(Contact),
    Agent(ProjectId, ListedAgent),
    Number(ProjectId, ListedNumber),
    Report(ReportSpec),
    Schedule(Box<WantedSchedule>),
    Retire,
}

/// A schedule as it should stand.
#[derive(Clone, Debug)]
pub(super) struct WantedSchedule {
    pub(super) schedule: Schedule,
    /// `None`: its project's.
    pub(super) own_zone: Option<String>,
}

/// What a file wants, checked.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) calendars: Vec<Calendar>,
    pub(super) projects: Vec<Project>,
    pub(super) contacts: Vec<Contact>,
    pub(super) agents: Vec<(ProjectId, ListedAgent)>,
    pub(super) numbers: Vec<(ProjectId, ListedNumber)>,
    pub(super) reports: Vec<ReportSpec>,
    pub(super) schedules: Vec<WantedSchedule>,
    pub(super) retired: Vec<(Noun, String)>,
}

/// Everything that a file changes, in the order in which it is written.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub changes: Vec<Change>,
}

/// The facet that says which file keeps an entry.
const KEPT_BY: &str = "kept by";

/// Who kept an entry so far, where that changes.
fn kept_by(old: &str, new: &str) -> String {
    match old {
        "" => format!("    {KEPT_BY:<16}{new}, from now on; no file kept it so far\n"),
        old => format!(
            "    {KEPT_BY:<16}{new}, from now on\n  ! this entry was last set by {old}; if that file still names it, each takes it \
             from the other: name it in one of them\n"
        ),
    }
}

/// Compares.
pub(super) fn of(standing: &Standing, mut wanted: Wanted, zones: &Zones, request: &Request<'_>) -> Plan {
    let mut plan = Plan::default();
    for calendar in wanted.calendars.iter().cloned() {
        let old = standing.calendars.iter().find(|(old, _)| old.id == calendar.id);
        let old = old.map(|(old, file)| (facets::of_calendar(old), file.clone()));
        let (id, new) = (calendar.id.to_string(), facets::of_calendar(&calendar));
        plan.note(Noun::Calendar, id, old, new, request.keeper, What::Calendar(calendar));
    }
    for project in wanted.projects.iter().cloned() {
        let old = standing.projects.iter().find(|(old, _)| old.id == project.id);
        let old = old.map(|(old, file)| (facets::of_project(old), file.clone()));
        let (id, new) = (project.id.to_string(), facets::of_project(&project));
        plan.note(Noun::Project, id, old, new, request.keeper, What::Project(Box::new(project)));
    }
    for contact in std::mem::take(&mut wanted.contacts) {
        let old = standing.contacts.iter().find(|(old, _)| old.id == contact.id);
        let old = old.map(|(old, file)| (facets::of_contact(old), file.clone()));
        let (id, new) = (contact.id.to_string(), facets::of_contact(&contact));
        plan.note(Noun::Contact, id, old, new, request.keeper, What::Contact(contact));
    }
    for (project, agent) in std::mem::take(&mut wanted.agents) {
        let old = standing.agents.iter().find(|old| old.project == project && old.entry.id == agent.id);
        let old = old.map(|old| (facets::of_agent(&old.entry), old.file.clone()));
        let (id, new) = (format!("{project}/{}", agent.id), facets::of_agent(&agent));
        plan.note(Noun::Agent, id, old, new, request.keeper, What::Agent(project, agent));
    }
    for (project, number) in std::mem::take(&mut wanted.numbers) {
        let old = standing.numbers.iter().find(|old| old.project == project && old.entry.number == number.number);
        let old = old.map(|old| (facets::of_number(&old.entry), old.file.clone()));
        let (id, new) = (format!("{project}/{}", number.number), facets::of_number(&number));
        plan.note(Noun::Number, id, old, new, request.keeper, What::Number(project, number));
    }
    for spec in std::mem::take(&mut wanted.reports) {
        let old = standing.reports.iter().find(|(old, _)| old.id == spec.id);
        let old = old.map(|(old, file)| (facets::of_report(old), file.clone()));
        let (id, new) = (spec.id.clone(), facets::of_report(&spec));
        plan.note(Noun::Report, id, old, new, request.keeper, What::Report(spec));
    }
    let week_start = |project: &str| {
        let after = wanted.projects.iter().find(|other| other.id.as_str() == project);
        after.or_else(|| standing.project(project)).map(|project| project.week_start)
    };
    for mut schedule in std::mem::take(&mut wanted.schedules) {
        let id = schedule.schedule.id.clone();
        let stored = standing.schedule(&id);
        let new = facets::of_schedule(&schedule, zones);
        let old = stored.map(|stored| {
            let old = WantedSchedule { schedule: stored.schedule.clone(), own_zone: stored.own_zone.clone() };
            (facets::of_schedule(&old, zones), stored.applied_by.clone())
        });
        let last = standing.last_runs.get(&id).copied().unwrap_or_default();
        let week_start = week_start(schedule.schedule.project.as_str());
        let calendars = calendars(standing, &wanted.projects, &wanted.calendars, schedule.schedule.project.as_str());
        dates::settle(&mut schedule.schedule, stored, calendars, last, zones, week_start, request.now);
        let told = standing.told_lately.get(&id).map(Vec::as_slice).unwrap_or_default();
        dates::pass_over_told(&mut schedule.schedule, stored, told, calendars, last, zones);
        plan.note(Noun::Schedule, id.to_string(), old, new, request.keeper, What::Schedule(Box::new(schedule)));
    }
    plan.follow(standing, &wanted, zones, request);
    for (noun, id) in wanted.retired.into_iter().rev() {
        let change = Change { noun, id, verb: Verb::Retire, fields: Vec::new(), keeper: None, what: What::Retire };
        plan.changes.push(change);
    }
    plan
}

/// The calendar that a project goes by, before and after.
fn calendars<'a>(
    standing: &'a Standing,
    projects: &[Project],
    own: &'a [Calendar],
    project: &str,
) -> dates::Calendars<'a> {
    let before = standing.project(project);
    let after = projects.iter().find(|other| other.id.as_str() == project).or(before);
    let chosen = |project: Option<&Project>| project.and_then(|project| project.settings.calendar.clone());
    dates::Calendars {
        before: chosen(before).and_then(|id| standing.calendar(&id)),
        after: chosen(after)
            .and_then(|id| own.iter().find(|calendar| calendar.id == id).or_else(|| standing.calendar(&id))),
    }
}

impl Plan {
    fn note(
        &mut self,
        noun: Noun,
        id: String,
        old: Option<(Facets, Option<String>)>,
        new: Facets,
        file: &str,
        what: What,
    ) {
        let (verb, old, keeper) = match old {
            Some((old, keeper)) => (Verb::Change, old, keeper.unwrap_or_default()),
            None => (Verb::Add, new.iter().map(|(name, _)| (*name, String::new())).collect(), file.to_owned()),
        };
        let pairs = old.into_iter().zip(new);
        let mut fields: Vec<Field> = pairs
            .map(|((name, old), (_, new))| Field { name, old, new })
            .filter(|field| field.old != field.new)
            .collect();
        if keeper != file {
            fields.push(Field { name: KEPT_BY, old: keeper, new: file.to_owned() });
        }
        if !fields.is_empty() || verb == Verb::Add {
            self.changes.push(Change { noun, id, verb, fields, keeper: Some(file.to_owned()), what });
        }
    }

    /// Schedules that this file doesn't change itself, and that go by the zone or the calendar of a project which changes
    /// them.
    fn follow(&mut self, standing: &Standing, wanted: &Wanted, zones: &Zones, request: &Request<'_>) {
        for stored in &standing.schedules {
            let old = &stored.schedule;
            let is_done =
                self.changes.iter().any(|change| change.noun == Noun::Schedule && change.id == old.id.as_str());
            let goes = |(noun, id): &(Noun, String)| *noun == Noun::Schedule && id == old.id.as_str();
            if is_done || wanted.retired.iter().any(goes) {
                continue;
            }
            let project = wanted.projects.iter().find(|project| project.id == old.project);
            let Some(project) = project.or_else(|| standing.project(old.project.as_str())) else { continue };
            let calendars = calendars(standing, &wanted.projects, &wanted.calendars, old.project.as_str());
            let moves_zone = stored.own_zone.is_none() && project.zone != old.zone;
            if !moves_zone && calendars.before == calendars.after {
                continue;
            }
            let mut schedule = old.clone();
            if moves_zone {
                schedule.zone.clone_from(&project.zone);
            }
            let last = standing.last_runs.get(&old.id).copied().unwrap_or_default();
            dates::settle(&mut schedule, Some(stored), calendars, last, zones, Some(project.week_start), request.now);
            let told = standing.told_lately.get(&old.id).map(Vec::as_slice).unwrap_or_default();
            dates::pass_over_told(&mut schedule, Some(stored), told, calendars, last, zones);
            let mut fields = Vec::new();
            if moves_zone {
                let zone = |name: &str| format!("{name} (its project's)");
                fields.push(Field { name: "zone", old: zone(&old.zone), new: zone(&project.zone) });
            } else if schedule.next_fire_at == old.next_fire_at && schedule.next_occurrence == old.next_occurrence {
                continue;
            } else {
                let next = |schedule: &Schedule| facets::next_of(schedule, zones);
                fields.push(Field { name: "next", old: next(old), new: next(&schedule) });
            }
            let what = What::Schedule(Box::new(WantedSchedule { schedule, own_zone: stored.own_zone.clone() }));
            self.changes.push(Change {
                noun: Noun::Schedule,
                id: old.id.to_string(),
                verb: Verb::Change,
                fields,
                keeper: stored.applied_by.clone(),
                what,
            });
        }
    }

    /// How many changes of this kind.
    pub fn count(&self, verb: Verb) -> usize {
        self.changes.iter().filter(|change| change.verb == verb).count()
    }

    /// For people: what is added (`+`), changed (`~`, old → new) and retired (`-`), and a last line that counts.
    pub fn render(&self, coloured: bool) -> String {
        if self.changes.is_empty() {
            return "nothing to change: everything stands as the file says\n".to_owned();
        }
        let paint = |code: &str, text: &str| match coloured {
            true => format!("\x1b[{code}m{text}\x1b[0m"),
            false => text.to_owned(),
        };
        let mut text = String::new();
        for change in &self.changes {
            let (mark, colour) = match change.verb {
                Verb::Add => ("+", "32"),
                Verb::Change => ("~", "33"),
                Verb::Retire => ("-", "31"),
            };
            let head = format!("{mark} {} {}", change.noun.name(), change.id);
            text.push_str(&paint(colour, &head));
            text.push('\n');
            let is_told = |field: &&Field| change.verb != Verb::Add || !facets::is_usual(field);
            for field in change.fields.iter().filter(is_told) {
                let Field { name, old, new } = field;
                if *name == KEPT_BY {
                    text.push_str(&kept_by(old, new));
                    continue;
                }
                let line = match (change.verb, old.as_str(), new.as_str()) {
                    (Verb::Add, _, new) => new.to_owned(),
                    (_, old, "") => format!("{} → {}", paint("31", old), paint("2", "(nothing)")),
                    (_, "", new) => format!("{} → {}", paint("2", "(nothing)"), paint("32", new)),
                    (_, old, new) => format!("{} → {}", paint("31", old), paint("32", new)),
                };
                let is_default = change.verb == Verb::Change && !new.is_empty() && facets::is_usual(field);
                let line = if is_default { format!("{line} (the default)") } else { line };
                text.push_str(&format!("    {name:<16}{line}\n"));
            }
        }
        let count = |verb| self.count(verb);
        text.push_str(&format!(
            "\n{} to add, {} to change, {} to retire\n",
            count(Verb::Add),
            count(Verb::Change),
            count(Verb::Retire)
        ));
        text
    }

    /// For the audit.
    pub(super) fn as_json(&self) -> Value {
        let field = |field: &Field| json!({ "name": field.name, "old": field.old, "new": field.new });
        let change = |change: &Change| {
            let fields: Vec<Value> = change.fields.iter().map(field).collect();
            json!({ "verb": change.verb.name(), "noun": change.noun.name(), "id": change.id, "fields": fields })
        };
        json!({ "changes": self.changes.iter().map(change).collect::<Vec<_>>() })
    }
}
