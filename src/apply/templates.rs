//! Schedules that stand for many: each project that a template chooses has a schedule of its own, `TEMPLATE.PROJECT`, which
//! remembers its template and is made, changed and retired with it. So every project's occurrences are named, kept and caught up with
//! like those of any schedule, and fire exactly once.
//!
//! A schedule that somebody wrote under that id for that project goes before the template's. What stands and can't be made
//! anew just now (its zone is unknown, its template was written by a later version) stays as it is.

use std::collections::{HashMap, HashSet};

use super::Request;
use super::check::{Known, Notes, recipients, schedule};
use super::plan::{Noun, Wanted, WantedSchedule};
use super::standing::Standing;
use crate::config::problem::Problems;
use crate::config::setup::{At, ScheduleEntry, Setup, is_stand_in};
use crate::domain::ids::{InvalidId, ProjectId, ScheduleId};
use crate::domain::project::Project;
use crate::domain::schedule::Recipient;
use crate::zones::Zones;

/// Projects that are named in a warning.
const MOST_NAMED: usize = 8;

/// The id of a template's schedule.
pub(super) fn id_of(template: &ScheduleId, project: &ProjectId) -> Result<ScheduleId, InvalidId> {
    ScheduleId::parse(&format!("{template}.{project}"))
}

/// What templates come to.
#[derive(Default)]
pub(super) struct Spread {
    /// Each with who keeps it; `None`: whoever keeps its template in this request.
    pub(super) schedules: Vec<(WantedSchedule, Option<String>)>,
    /// Schedules and templates that are no more.
    pub(super) retired: Vec<(Noun, String)>,
    /// Ids that templates have for a project, whether or not they could be made.
    stands_for: HashSet<ScheduleId>,
    /// Which template makes an id.
    makers: HashMap<ScheduleId, ScheduleId>,
}

/// What spreading looks at.
pub(super) struct Field<'a> {
    pub(super) setup: &'a Setup,
    pub(super) standing: &'a Standing,
    pub(super) is_gone: &'a dyn Fn(Noun, &str) -> bool,
    pub(super) known: &'a Known<'a>,
    pub(super) zones: &'a Zones,
    pub(super) request: &'a Request<'a>,
    pub(super) notes: Notes<'a>,
}

/// A template, and whether this request names it; else who keeps it.
struct One<'a> {
    entry: &'a ScheduleEntry,
    keeper: Option<String>,
}

impl One<'_> {
    const fn is_named(&self) -> bool {
        self.keeper.is_none()
    }
}

/// Why a project has no schedule of a template, and nobody wanted it so.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Without {
    Readers,
    ShortId,
    FreeId,
    Faults,
}

impl<'a> Field<'a> {
    /// Spreads the request's templates, and those that stand and that it doesn't name.
    pub(super) fn spread(&self) -> Spread {
        let Self { setup, standing, .. } = *self;
        let mut spread = Spread::default();
        let own: HashMap<&str, &ScheduleEntry> = setup.schedules.iter().map(|own| (own.id.as_str(), own)).collect();
        let named: HashSet<&str> = setup.templates.iter().map(|entry| entry.id.as_str()).collect();
        let mut all: Vec<One<'_>> = setup.templates.iter().map(|entry| One { entry, keeper: None }).collect();
        for (entry, file) in &standing.templates {
            let id = entry.id.as_str();
            if own.contains_key(id) {
                // An id is one thing: a template that is written as a schedule is none any more.
                spread.retired.push((Noun::Template, id.to_owned()));
            } else if !named.contains(id) && !(self.is_gone)(Noun::Template, id) {
                self.needs(entry, file.as_deref());
                all.push(One { entry, keeper: Some(file.clone().unwrap_or_default()) });
            }
        }
        let here: HashSet<&ProjectId> = setup.projects.iter().map(|entry| &entry.id).collect();
        for one in &all {
            self.of_one(one, &own, &here, &mut spread);
        }
        for stored in &standing.schedules {
            let id = stored.schedule.id.as_str();
            let is_over = match &stored.schedule.settings.template {
                Some(template) => {
                    let is_unread = standing.unread_templates.contains(template.as_str());
                    let stays = is_unread && !named.contains(template.as_str());
                    !stays && !spread.stands_for.contains(&stored.schedule.id) && !own.contains_key(id)
                }
                // A schedule that is written as a template.
                None => named.contains(id),
            };
            if is_over && self.may_change(&stored.schedule.project) && !(self.is_gone)(Noun::Schedule, id) {
                spread.retired.push((Noun::Schedule, id.to_owned()));
            }
        }
        spread
    }

    /// Whoever has one project open changes nothing of another.
    fn may_change(&self, project: &ProjectId) -> bool {
        self.request.only.is_none_or(|only| only == project)
    }

    /// Whether there will be a template of this id.
    fn is_template(&self, id: &str) -> bool {
        let stays = self.standing.is_template(id) && !(self.is_gone)(Noun::Template, id);
        stays || self.setup.templates.iter().any(|entry| entry.id.as_str() == id)
    }

    /// A template that stands needs its report and the contacts of its list, as a schedule does.
    fn needs(&self, entry: &ScheduleEntry, keeper: Option<&str>) {
        let contacts = entry.recipients.iter().filter_map(|recipient| match &recipient.value {
            Recipient::Contact(id) => Some((Noun::Contact, id.as_str())),
            Recipient::Address(_) => None,
        });
        let named = contacts.chain([(Noun::Report, entry.report.value.as_str())]);
        for (noun, id) in named.filter(|(noun, id)| (self.is_gone)(*noun, id)) {
            let title = format!("the {} `{id}` can't be retired: the template `{}` needs it", noun.name(), entry.id);
            let help = format!("that template is kept by {}; change it first", keeper.unwrap_or("nobody"));
            self.notes.problems.error_nowhere(title, Some(help));
        }
    }

    /// One template's schedules, one for each project that it chooses.
    fn of_one(
        &self,
        one: &One<'_>,
        own: &HashMap<&str, &ScheduleEntry>,
        here: &HashSet<&ProjectId>,
        spread: &mut Spread,
    ) {
        let One { entry, keeper } = one;
        let Some(template) = &entry.template else { return };
        let is_meant = |project: &&&Project| {
            template.choice.has(project) && !is_stand_in(project.id.as_str()) && self.may_change(&project.id)
        };
        let chosen: Vec<&Project> = self.known.projects.all.iter().filter(is_meant).copied().collect();
        if one.is_named() {
            entry.recipients.iter().for_each(|recipient| recipients::unknown(recipient, self.known, self.notes));
            if chosen.is_empty() {
                let title = format!("`{}` stands for no project yet: {}", entry.id, template.choice);
                self.notes.warning(&entry.spot, title, None);
            }
        }
        let mut without: Vec<(Without, &str)> = Vec::new();
        let mut is_first = true;
        for project in chosen.iter().copied() {
            // Of a template that stands is told what concerns those who are named now.
            let is_told = one.is_named() || here.contains(&project.id);
            let mut tell = |why: Without| without.extend(Some((why, project.id.as_str())).filter(|_| is_told));
            let Ok(id) = id_of(&entry.id, &project.id) else {
                tell(Without::ShortId);
                continue;
            };
            match self.whose(&id, &project.id, entry, own, spread) {
                Whose::Own => continue,
                Whose::Others => {
                    tell(Without::FreeId);
                    continue;
                }
                Whose::Template => {}
            }
            let mut wanted = (*entry).clone();
            wanted.recipients.retain(|recipient| recipients::gets_it(recipient, project, self.known));
            if wanted.recipients.is_empty() {
                tell(Without::Readers);
                continue;
            }
            wanted.id = id.clone();
            wanted.project = At { value: project.id.clone(), spot: entry.spot.clone() };
            spread.stands_for.insert(id);
            let found = Problems::default();
            let made = schedule(&wanted, self.known, self.zones, Notes { problems: &found }, self.request.now);
            if found.errors() > 0 {
                if one.is_named() {
                    // What is wrong with it for one project mostly is for all, and is said once.
                    self.notes.problems.take_in(found);
                    return;
                }
                tell(Without::Faults);
                continue;
            }
            if one.is_named() && is_first {
                self.notes.problems.take_in(found);
            }
            is_first = false;
            if let Some(mut made) = made {
                made.schedule.settings.template = Some(entry.id.clone());
                spread.schedules.push((made, keeper.clone()));
            }
        }
        if one.is_named() && is_first {
            self.try_alone(entry, chosen.first().copied());
        }
        self.tell(one, &without);
    }

    /// Nobody's recipients came to anything, so nothing has looked at the rest of it.
    fn try_alone(&self, entry: &ScheduleEntry, project: Option<&Project>) {
        let Some(project) = project.or_else(|| self.known.projects.all.first().copied()) else { return };
        let mut trial = entry.clone();
        trial.recipients.clear();
        trial.project = At { value: project.id.clone(), spot: entry.spot.clone() };
        let _ = schedule(&trial, self.known, self.zones, self.notes, self.request.now);
    }

    /// Whose the id is that a template has for a project.
    fn whose(
        &self,
        id: &ScheduleId,
        project: &ProjectId,
        entry: &ScheduleEntry,
        own: &HashMap<&str, &ScheduleEntry>,
        spread: &mut Spread,
    ) -> Whose {
        let of = |other: &ProjectId| if other == project { Whose::Own } else { Whose::Others };
        if let Some(written) = own.get(id.as_str()) {
            if written.project.value != *project {
                let title = format!("`{id}` is the id of what the template `{}` makes for `{project}`", entry.id);
                self.notes.error(&written.spot, title, Some("choose another".to_owned()));
            }
            return Whose::Own;
        }
        let stands = self.standing.schedule(id).filter(|_| !(self.is_gone)(Noun::Schedule, id.as_str()));
        // `a.b` of `c`, and `a` of `b.c`: whichever made it has it.
        if let Some(stored) = stands {
            match &stored.schedule.settings.template {
                None => return of(&stored.schedule.project),
                Some(maker) if maker != &entry.id && self.is_template(maker.as_str()) => return Whose::Others,
                Some(_) => {}
            }
        }
        if self.standing.elsewhere.contains(id.as_str()) {
            return Whose::Others;
        }
        let maker = spread.makers.entry(id.clone()).or_insert_with(|| entry.id.clone());
        if *maker == entry.id { Whose::Template } else { Whose::Others }
    }

    fn tell(&self, one: &One<'_>, without: &[(Without, &str)]) {
        let id = &one.entry.id;
        let tell = |title: String, help: &str| match one.is_named() {
            true => self.notes.warning(&one.entry.spot, title, Some(help.to_owned())),
            false => self.notes.problems.warning_nowhere(title, Some(help.to_owned())),
        };
        let told = [
            (
                Without::Readers,
                "reaches nobody in",
                "",
                "who is listed in `recipients` gets the reports of projects in which they have a role",
            ),
            (
                Without::ShortId,
                "makes no schedule for",
                ": its id would be too long",
                "an id has at most 64 characters; give the template a shorter one",
            ),
            (
                Without::FreeId,
                "makes no schedule for",
                ": another has that id",
                "its schedules are called TEMPLATE.PROJECT; give the template or the other schedule another id",
            ),
            (
                Without::Faults,
                "can't be made for",
                " just now; what stands of it stays",
                "apply the file that keeps the template: what is wrong with it is told then",
            ),
        ];
        for (why, before, after, help) in told {
            let projects: Vec<&str> = without.iter().filter(|(of, _)| *of == why).map(|(_, id)| *id).collect();
            if !projects.is_empty() {
                tell(format!("`{id}` {before} {}{after}", listed(&projects)), help);
            }
        }
    }
}

/// Whose an id is.
enum Whose {
    Template,
    /// A schedule that somebody wrote for the project.
    Own,
    /// Something of another project, or another template's.
    Others,
}

fn listed(ids: &[&str]) -> String {
    let more = if ids.len() > MOST_NAMED { format!(" and {} more", ids.len() - MOST_NAMED) } else { String::new() };
    format!("{}{more}", ids[..ids.len().min(MOST_NAMED)].join(", "))
}

/// Puts what templates come to beside the rest.
pub(super) fn take_in(wanted: &mut Wanted, spread: Spread, setup: &Setup) {
    wanted.templates.extend(setup.templates.iter().filter_map(|entry| entry.template.clone()));
    for (schedule, file) in spread.schedules {
        let template = schedule.schedule.settings.template.clone();
        let own = template.and_then(|id| wanted.keepers.get(&(Noun::Template, id.to_string())).cloned());
        if let Some(keeper) = file.or(own) {
            wanted.keepers.insert((Noun::Schedule, schedule.schedule.id.to_string()), keeper);
        }
        wanted.schedules.push(schedule);
    }
    // What is made again isn't retired: somebody gave up a schedule that stood before the template's.
    let made: HashSet<&str> = wanted.schedules.iter().map(|wanted| wanted.schedule.id.as_str()).collect();
    wanted.retired.retain(|(noun, id)| *noun != Noun::Schedule || !made.contains(id.as_str()));
    let mut known: HashSet<(Noun, String)> = wanted.retired.iter().cloned().collect();
    wanted.retired.extend(spread.retired.into_iter().filter(|retired| known.insert(retired.clone())));
}
