//! The difference between what stands and what is wanted: found by comparing facets, shown to people, kept in the audit.

use std::collections::{HashMap, HashSet};

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
use crate::domain::template::Template;
use crate::store::directory::Kept;
use crate::zones::Zones;

/// What kind of thing changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Noun {
    Calendar,
    Project,
    Contact,
    Agent,
    Number,
    Report,
    Template,
    Schedule,
}

impl Noun {
    const ALL: [Self; 8] = [
        Self::Calendar,
        Self::Project,
        Self::Contact,
        Self::Agent,
        Self::Number,
        Self::Report,
        Self::Template,
        Self::Schedule,
    ];

    /// Of the word of the file.
    pub(super) fn of(word: &str) -> Self {
        Self::ALL.into_iter().find(|noun| noun.name() == word).unwrap_or(Self::Schedule)
    }

    /// The word of the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Calendar => "calendar",
            Self::Project => "project",
            Self::Contact => "contact",
            Self::Agent => "agent",
            Self::Number => "number",
            Self::Report => "report",
            Self::Template => "template",
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
    Template(Template),
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
    pub(super) templates: Vec<Template>,
    pub(super) schedules: Vec<WantedSchedule>,
    pub(super) retired: Vec<(Noun, String)>,
    /// Which text keeps each entry from now on.
    pub(super) keepers: HashMap<(Noun, String), String>,
}

/// Everything that a file changes, in the order in which it is written.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub changes: Vec<Change>,
    /// Which text keeps each entry from now on.
    keepers: HashMap<(Noun, String), String>,
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
    let mut plan = Plan { keepers: std::mem::take(&mut wanted.keepers), ..Plan::default() };
    for calendar in wanted.calendars.iter().cloned() {
        let old = standing.calendars.iter().find(|(old, _)| old.id == calendar.id);
        let old = old.map(|(old, file)| (facets::of_calendar(old), file.clone()));
        let (id, new) = (calendar.id.to_string(), facets::of_calendar(&calendar));
        plan.note(Noun::Calendar, id, old, new, request, || What::Calendar(calendar));
    }
    for project in &wanted.projects {
        let old = standing.kept_project(project.id.as_str());
        let old = old.map(|(old, file)| (facets::of_project(old), file.clone()));
        let (id, new) = (project.id.to_string(), facets::of_project(project));
        plan.note(Noun::Project, id, old, new, request, || What::Project(Box::new(project.clone())));
    }
    let contacts: HashMap<_, _> = standing.contacts.iter().map(|(old, file)| (&old.id, (old, file))).collect();
    for contact in std::mem::take(&mut wanted.contacts) {
        let old = contacts.get(&contact.id).map(|(old, file)| (facets::of_contact(old), (*file).clone()));
        let (id, new) = (contact.id.to_string(), facets::of_contact(&contact));
        plan.note(Noun::Contact, id, old, new, request, || What::Contact(contact));
    }
    let agents: HashMap<_, _> = standing.agents.iter().map(|old| ((&old.project, &old.entry.id), old)).collect();
    for (project, agent) in std::mem::take(&mut wanted.agents) {
        let old = agents.get(&(&project, &agent.id));
        let old = old.map(|old| (facets::of_agent(&old.entry), old.file.clone()));
        let (id, new) = (format!("{project}/{}", agent.id), facets::of_agent(&agent));
        plan.note(Noun::Agent, id, old, new, request, || What::Agent(project, agent));
    }
    let listed = |old: &Kept<ListedNumber>| (old.project.clone(), old.entry.number.to_string());
    let numbers: HashMap<_, _> = standing.numbers.iter().map(|old| (listed(old), old)).collect();
    for (project, number) in std::mem::take(&mut wanted.numbers) {
        let old = numbers.get(&(project.clone(), number.number.to_string()));
        let old = old.map(|old| (facets::of_number(&old.entry), old.file.clone()));
        let (id, new) = (format!("{project}/{}", number.number), facets::of_number(&number));
        plan.note(Noun::Number, id, old, new, request, || What::Number(project, number));
    }
    for spec in std::mem::take(&mut wanted.reports) {
        let old = standing.reports.iter().find(|(old, _)| old.id == spec.id);
        let old = old.map(|(old, file)| (facets::of_report(old), file.clone()));
        let (id, new) = (spec.id.clone(), facets::of_report(&spec));
        plan.note(Noun::Report, id, old, new, request, || What::Report(spec));
    }
    for template in std::mem::take(&mut wanted.templates) {
        let old = standing.templates.iter().find(|(old, _)| old.id == template.id);
        let old = old.and_then(|(old, file)| Some((facets::of_template(old.template.as_ref()?), file.clone())));
        let (id, new) = (template.id.to_string(), facets::of_template(&template));
        plan.note(Noun::Template, id, old, new, request, || What::Template(template));
    }
    let schedules = std::mem::take(&mut wanted.schedules);
    let after = ProjectsAfter::of(standing, &wanted);
    let week_start = |project: &str| after.get(project).map(|project| project.week_start);
    for mut schedule in schedules {
        let id = schedule.schedule.id.clone();
        let stored = standing.schedule(&id);
        let new = facets::of_schedule(&schedule, zones);
        let old = stored.map(|stored| {
            let old = WantedSchedule { schedule: stored.schedule.clone(), own_zone: stored.own_zone.clone() };
            (facets::of_schedule(&old, zones), stored.applied_by.clone())
        });
        let last = standing.last_runs.get(&id).copied().unwrap_or_default();
        let week_start = week_start(schedule.schedule.project.as_str());
        let calendars = after.calendars(schedule.schedule.project.as_str());
        dates::settle(&mut schedule.schedule, stored, calendars, last, zones, week_start, request.now);
        let told = standing.told_lately.get(&id).map(Vec::as_slice).unwrap_or_default();
        dates::pass_over_told(&mut schedule.schedule, stored, told, calendars, last, zones);
        plan.note(Noun::Schedule, id.to_string(), old, new, request, || What::Schedule(Box::new(schedule)));
    }
    plan.follow(standing, &after, &wanted.retired, zones, request);
    drop(after);
    for (noun, id) in wanted.retired.into_iter().rev() {
        let change = Change { noun, id, verb: Verb::Retire, fields: Vec::new(), keeper: None, what: What::Retire };
        plan.changes.push(change);
    }
    plan
}

/// Projects as they will stand.
struct ProjectsAfter<'a> {
    standing: &'a Standing,
    own: HashMap<&'a str, &'a Project>,
    calendars: &'a [Calendar],
}

impl<'a> ProjectsAfter<'a> {
    fn of(standing: &'a Standing, wanted: &'a Wanted) -> Self {
        let own = wanted.projects.iter().map(|project| (project.id.as_str(), project)).collect();
        Self { standing, own, calendars: &wanted.calendars }
    }

    fn get(&self, id: &str) -> Option<&'a Project> {
        self.own.get(id).copied().or_else(|| self.standing.project(id))
    }

    /// The calendar that a project goes by, before and after.
    fn calendars(&self, project: &str) -> dates::Calendars<'a> {
        let chosen = |project: Option<&Project>| project.and_then(|project| project.settings.calendar.clone());
        let own = |id| self.calendars.iter().find(|calendar| calendar.id == id).or_else(|| self.standing.calendar(&id));
        dates::Calendars {
            before: chosen(self.standing.project(project)).and_then(|id| self.standing.calendar(&id)),
            after: chosen(self.get(project)).and_then(own),
        }
    }
}

impl Plan {
    /// Of these changes.
    pub(super) fn of(changes: Vec<Change>) -> Self {
        Self { changes, keepers: HashMap::new() }
    }

    fn note(
        &mut self,
        noun: Noun,
        id: String,
        old: Option<(Facets, Option<String>)>,
        new: Facets,
        request: &Request<'_>,
        what: impl FnOnce() -> What,
    ) {
        let key = (noun, id);
        let file = self.keepers.get(&key).map_or(request.subject, String::as_str).to_owned();
        let id = key.1;
        let (verb, old, keeper) = match old {
            Some((old, keeper)) => (Verb::Change, old, keeper.unwrap_or_default()),
            None => (Verb::Add, new.iter().map(|(name, _)| (*name, String::new())).collect(), file.clone()),
        };
        let pairs = old.into_iter().zip(new);
        let mut fields: Vec<Field> = pairs
            .map(|((name, old), (_, new))| Field { name, old, new })
            .filter(|field| field.old != field.new)
            .collect();
        if keeper != file {
            fields.push(Field { name: KEPT_BY, old: keeper, new: file.clone() });
        }
        if !fields.is_empty() || verb == Verb::Add {
            self.changes.push(Change { noun, id, verb, fields, keeper: Some(file), what: what() });
        }
    }

    /// Schedules that this file doesn't change itself, and that go by the zone or the calendar of a project which changes
    /// them.
    fn follow(
        &mut self,
        standing: &Standing,
        after: &ProjectsAfter<'_>,
        retired: &[(Noun, String)],
        zones: &Zones,
        request: &Request<'_>,
    ) {
        let changes = self.changes.iter().filter(|change| change.noun == Noun::Schedule);
        let done: HashSet<String> = changes.map(|change| change.id.clone()).collect();
        let gone: HashSet<&str> =
            retired.iter().filter(|(noun, _)| *noun == Noun::Schedule).map(|(_, id)| id.as_str()).collect();
        for stored in &standing.schedules {
            let old = &stored.schedule;
            if done.contains(old.id.as_str()) || gone.contains(old.id.as_str()) {
                continue;
            }
            let Some(project) = after.get(old.project.as_str()) else { continue };
            let calendars = after.calendars(old.project.as_str());
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

    /// In one line: `2 to add, 1 to change, 0 to retire`.
    pub fn counted(&self) -> String {
        let count = |verb| self.count(verb);
        format!("{} to add, {} to change, {} to retire", count(Verb::Add), count(Verb::Change), count(Verb::Retire))
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
        text.push_str(&format!("\n{}\n", self.counted()));
        text
    }

    /// For the audit.
    pub fn as_json(&self) -> Value {
        let field = |field: &Field| json!({ "name": field.name, "old": field.old, "new": field.new });
        let change = |change: &Change| {
            let fields: Vec<Value> = change.fields.iter().map(field).collect();
            json!({ "verb": change.verb.name(), "noun": change.noun.name(), "id": change.id, "fields": fields })
        };
        json!({ "changes": self.changes.iter().map(change).collect::<Vec<_>>() })
    }
}
