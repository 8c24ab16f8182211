//! Each project by itself: what is wrong with one holds back no other. Everything is read and checked together, as usual; parts
//! with something wrong are left out, and each of the others is written in a transaction of its own, checked once more
//! against what stands just then.
//!
//! A project's part is its entry with who and what is listed for it, the schedules on it alone, and the contacts with roles in
//! it alone. Calendars and reports are a part together; every other contact and schedule is one of its own. Contacts
//! that aren't there yet and have roles in several projects are made first, without roles, so that schedules can
//! name them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt;

use super::plan::{self, Change, Noun, Plan, What};
use super::standing::{Part, Standing};
use super::{ApplyError, Progress, Request, check, read, write};
use crate::config::problem::{Problems, Source, is_unreadable};
use crate::config::setup::{
    AgentEntry, CalendarEntry, ContactEntry, Form, NumberEntry, ProjectEntry, ReportEntry, ScheduleEntry, Setup, Spot,
    is_stand_in,
};
use crate::domain::ids::{ContactId, ProjectId, ScheduleId};
use crate::domain::schedule::Recipient;
use crate::store::{Session, Store, StoreError};
use crate::zones::Zones;

/// Whose part it is; in the order in which parts are written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whose {
    /// Calendars and reports.
    Shared,
    Project(ProjectId),
    Contact(ContactId),
    Schedule(ScheduleId),
    /// A text, or a line of one, that can't be read: nobody knows whose it is.
    Unread(String),
}

impl fmt::Display for Whose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shared => f.write_str("calendars and reports"),
            Self::Project(id) => write!(f, "project {id}"),
            Self::Contact(id) => write!(f, "contact {id}"),
            Self::Schedule(id) => write!(f, "schedule {id}"),
            Self::Unread(place) => f.write_str(place),
        }
    }
}

/// What became of a part.
#[derive(Debug)]
pub enum Outcome {
    Unchanged,
    /// The changes, with what should be known beside.
    Applied(Plan, Problems),
    /// What is wrong.
    Wrong(Problems),
    /// The database refused it.
    Failed(StoreError),
}

/// Applies each project by itself. `tell` hears what became of each part, in order; warnings that are no part's come first,
/// with nobody's name. `prune` isn't looked at: what a line that can't be read names would seem to be named no more.
pub async fn by_project(
    store: &Store,
    zones: &Zones,
    request: &Request<'_>,
    mut tell: impl FnMut(Option<&Whose>, &Outcome),
) -> Result<(), ApplyError> {
    let request = &Request { prune: false, retire: None, ..*request };
    let (setup, problems) = read(zones, request);
    (request.progress)(Progress::Checking);
    let several = several(&setup);
    let places = Places::of(&setup, &several, request);
    let standing = Standing::read(&mut store.read().await?, request.now).await?;
    let mut sorted = Sorted { good: setup, several, ..Sorted::default() };
    sorted.leave_out_what_is_wrong(problems, &places, &standing);
    let (planned, problems) = loop {
        let problems = Problems::default();
        let planned = check::check(sorted.good.clone(), &standing, zones, request, &problems);
        if problems.errors() == 0 {
            break (planned, problems);
        }
        sorted.leave_out_what_is_wrong(problems, &places, &standing);
    };
    sorted.keep_warnings(problems, &places);
    if let Some(warnings) = sorted.warnings.remove(&None) {
        tell(None, &Outcome::Wrong(warnings));
    }
    let first = sorted.contacts_to_make_first(&standing);
    let owners = sorted.owners();
    let mut changes: HashMap<Whose, Vec<Change>> = HashMap::new();
    for change in plan::of(&standing, planned, zones, request).changes {
        let whose = whose_change(&change, &owners, &standing).unwrap_or(Whose::Shared);
        changes.entry(whose).or_default().push(change);
    }
    drop(standing);
    let Sorted { good, several, mut wrong, mut warnings } = sorted;
    let mut parts = parts(good, &several);
    parts.extend(wrong.keys().map(|whose| (place_of(whose, false), whose.clone(), Setup::default())));
    // What a template makes for a project that isn't named follows from what is named: who is a contact there, for one.
    let named: HashSet<Whose> = parts.iter().map(|(_, whose, _)| whose.clone()).collect();
    let follows = changes.keys().filter(|whose| matches!(whose, Whose::Project(_)) && !named.contains(whose)).cloned();
    parts.extend(follows.map(|whose| (LAST, whose, Setup::default())));
    parts.sort_by(|(place, whose, _), (other, of, _)| (place, whose).cmp(&(other, of)));
    if !request.dry_run && !first.contacts.is_empty() {
        match one(store, zones, request, first, None).await {
            Ok(_) | Err(ApplyError::Problems(_)) => {} // what is wrong with them is told by their own part
            Err(error) => return Err(error),
        }
    }
    let all = parts.len();
    for (done, (_, whose, setup)) in parts.into_iter().enumerate() {
        let warnings = warnings.remove(&Some(whose.clone())).unwrap_or_default();
        let outcome = match (wrong.remove(&whose), changes.remove(&whose)) {
            (Some(wrong), _) => {
                wrong.take_in(warnings);
                Outcome::Wrong(wrong)
            }
            (None, None) if warnings.is_empty() => Outcome::Unchanged,
            (None, None) => Outcome::Applied(Plan::default(), warnings),
            (None, Some(changes)) if request.dry_run => Outcome::Applied(Plan::of(changes), warnings),
            (None, Some(_)) => match one(store, zones, request, setup, Some(&whose)).await {
                // It came with somebody's part.
                Ok(plan) if plan.changes.is_empty() && !named.contains(&whose) => continue,
                Ok(plan) => Outcome::Applied(plan, warnings),
                Err(ApplyError::Problems(problems)) => Outcome::Wrong(problems),
                Err(ApplyError::Store(error)) if !error.is_passing() => Outcome::Failed(error),
                Err(error) => return Err(error),
            },
        };
        (request.progress)(Progress::Written(done + 1, all));
        tell(Some(&whose), &outcome);
    }
    Ok(())
}

/// Whose part a change is; `None`: that of what all share.
fn whose_change(change: &Change, owners: &HashMap<(Noun, String), Whose>, standing: &Standing) -> Option<Whose> {
    let owner = |noun, id: &str| owners.get(&(noun, id.to_owned())).cloned();
    if let Some(named) = owner(change.noun, &change.id) {
        return Some(named);
    }
    // An id that was a template's and is a schedule's now, or the other way round.
    if change.noun == Noun::Template {
        return owner(Noun::Schedule, &change.id);
    }
    if let Some(template) = owner(Noun::Template, &change.id).filter(|_| change.noun == Noun::Schedule) {
        return Some(template);
    }
    // A schedule that follows its project's zone needn't be named itself, nor what a template makes.
    let schedule = match &change.what {
        What::Schedule(wanted) => &wanted.schedule,
        _ => standing.schedule_of(&change.id)?,
    };
    let template = schedule.settings.template.as_ref().map(ScheduleId::as_str);
    let by = template.and_then(|id| owner(Noun::Template, id).or_else(|| owner(Noun::Schedule, id)));
    Some(by.unwrap_or_else(|| Whose::Project(schedule.project.clone())))
}

/// Writes one part in a transaction of its own.
async fn one(
    store: &Store,
    zones: &Zones,
    request: &Request<'_>,
    setup: Setup,
    whose: Option<&Whose>,
) -> Result<Plan, ApplyError> {
    let request = &Request { progress: &|_| {}, ..*request };
    let mut session = store.write().await?;
    session.lock_setup(request.now).await?;
    let standing = standing_for(&mut session, &setup, whose, request).await?;
    let problems = Problems::default();
    let plan = super::plan(setup, &standing, zones, request, problems, |_, _| {})?;
    if !plan.changes.is_empty() {
        write(&mut session, &plan, zones, request).await?;
        session.commit().await?;
    }
    Ok(plan)
}

/// More projects than that are read together with everything else.
const MOST_APART: usize = 20;

async fn standing_for(
    session: &mut Session,
    setup: &Setup,
    whose: Option<&Whose>,
    request: &Request<'_>,
) -> Result<Standing, StoreError> {
    let mut part = part_of(setup);
    if let Some(Whose::Project(id)) = whose {
        part.projects.insert(id.clone());
    }
    let is_of_all = !setup.templates.is_empty()
        || !setup.calendars.is_empty()
        || !setup.reports.is_empty()
        || part.projects.len() > MOST_APART;
    if is_of_all {
        return Standing::read(session, request.now).await;
    }
    let standing = Standing::read_part(session, &part, request.now).await?;
    // A template that becomes a schedule ends everywhere.
    match setup.schedules.iter().any(|entry| standing.is_template(entry.id.as_str())) {
        true => Standing::read(session, request.now).await,
        false => Ok(standing),
    }
}

/// What entries name.
fn part_of(setup: &Setup) -> Part {
    let mut part = Part::default();
    part.projects.extend(setup.projects.iter().map(|entry| entry.id.clone()));
    part.projects.extend(setup.agents.iter().map(|entry| entry.project.value.clone()));
    part.projects.extend(setup.numbers.iter().map(|entry| entry.project.value.clone()));
    part.contacts.extend(setup.agents.iter().filter_map(|entry| entry.agent.contact.clone()));
    for entry in &setup.contacts {
        part.projects.extend(entry.roles.iter().map(|(at, _)| at.value.clone()));
        part.contacts.insert(entry.id.clone());
        part.contacts.extend(entry.settings.away.as_ref().map(|away| away.deputy.clone()));
    }
    for entry in &setup.schedules {
        part.schedules.insert(entry.id.clone());
        part.projects.extend(projects_of(entry).into_iter().cloned());
        part.contacts.extend(entry.recipients.iter().filter_map(|at| match &at.value {
            Recipient::Contact(id) => Some(id.clone()),
            Recipient::Address(_) => None,
        }));
    }
    part
}

fn projects_of(entry: &ScheduleEntry) -> BTreeSet<&ProjectId> {
    entry.projects.iter().map(|at| &at.value).chain([&entry.project.value]).collect()
}

/// Contacts that are no project's, as the texts say it; they stay so when a project of theirs is left out.
type Several = HashSet<ContactId>;

/// Whose an entry is.
trait Owned {
    fn whose(&self, several: &Several) -> Whose;
    fn spot(&self) -> &Spot;
}

macro_rules! owned {
    ($($entry:ident: |$of:ident, $several:ident| $whose:expr;)+) => {$(
        impl Owned for $entry {
            fn whose(&self, $several: &Several) -> Whose {
                let $of = self;
                $whose
            }

            fn spot(&self) -> &Spot {
                &self.spot
            }
        }
    )+};
}

owned! {
    CalendarEntry: |_entry, _several| Whose::Shared;
    ReportEntry: |_entry, _several| Whose::Shared;
    ProjectEntry: |entry, _several| of_project(&entry.id, &entry.spot);
    AgentEntry: |entry, _several| of_project(&entry.project.value, &entry.spot);
    NumberEntry: |entry, _several| of_project(&entry.project.value, &entry.spot);
    ContactEntry: |entry, several| of_contact(entry, several);
    ScheduleEntry: |entry, _several| of_schedule(entry);
}

/// A project's; an entry whose id can't be read is nobody's.
fn of_project(id: &ProjectId, spot: &Spot) -> Whose {
    if is_stand_in(id.as_str()) { unread(spot) } else { Whose::Project(id.clone()) }
}

fn unread(spot: &Spot) -> Whose {
    Whose::Unread(format!("{}:{}", spot.source.name, spot.line()))
}

fn of_contact(entry: &ContactEntry, several: &Several) -> Whose {
    match entry.roles.first() {
        _ if is_stand_in(entry.id.as_str()) => unread(&entry.spot),
        Some((only, _)) if !several.contains(&entry.id) => of_project(&only.value, &entry.spot),
        _ => Whose::Contact(entry.id.clone()),
    }
}

/// Contacts with roles in several projects or in none, and whoever is away, because of the deputy.
fn several(setup: &Setup) -> Several {
    let is_of_one = |entry: &&ContactEntry| entry.roles.len() == 1 && entry.settings.away.is_none();
    setup.contacts.iter().filter(|entry| !is_of_one(entry)).map(|entry| entry.id.clone()).collect()
}

fn of_schedule(entry: &ScheduleEntry) -> Whose {
    match entry.projects.len() {
        _ if is_stand_in(entry.id.as_str()) => unread(&entry.spot),
        _ if entry.template.is_some() => Whose::Schedule(entry.id.clone()),
        0 | 1 => of_project(&entry.project.value, &entry.spot),
        _ => Whose::Schedule(entry.id.clone()),
    }
}

/// Keeps the entries of which this is true.
fn retain(setup: &mut Setup, keeps: impl Fn(&dyn Owned) -> bool) {
    setup.calendars.retain(|entry| keeps(entry));
    setup.reports.retain(|entry| keeps(entry));
    setup.projects.retain(|entry| keeps(entry));
    setup.contacts.retain(|entry| keeps(entry));
    setup.agents.retain(|entry| keeps(entry));
    setup.numbers.retain(|entry| keeps(entry));
    setup.schedules.retain(|entry| keeps(entry));
    setup.templates.retain(|entry| keeps(entry));
}

/// Every entry.
fn all(setup: &Setup) -> Vec<&dyn Owned> {
    fn of<T: Owned>(list: &[T]) -> impl Iterator<Item = &dyn Owned> {
        list.iter().map(|entry| entry as &dyn Owned)
    }
    let all = of(&setup.calendars).chain(of(&setup.reports)).chain(of(&setup.projects)).chain(of(&setup.contacts));
    all.chain(of(&setup.agents))
        .chain(of(&setup.numbers))
        .chain(of(&setup.schedules))
        .chain(of(&setup.templates))
        .collect()
}

/// The entries of each part, with its place among the parts.
fn parts(good: Setup, several: &Several) -> Vec<(u8, Whose, Setup)> {
    let mut parts: HashMap<Whose, Setup> = HashMap::new();
    let away: HashSet<ContactId> =
        good.contacts.iter().filter(|entry| entry.settings.away.is_some()).map(|entry| entry.id.clone()).collect();
    macro_rules! deal {
        ($($list:ident),+) => {$(
            for entry in good.$list {
                parts.entry(entry.whose(several)).or_default().$list.push(entry);
            }
        )+};
    }
    deal!(calendars, reports, projects, contacts, agents, numbers, schedules, templates);
    let is_away = |whose: &Whose| matches!(whose, Whose::Contact(id) if away.contains(id));
    parts.into_iter().map(|(whose, setup)| (place_of(&whose, is_away(&whose)), whose, setup)).collect()
}

/// The place of what comes after everything that is named.
const LAST: u8 = 6;

/// Whoever is away has a deputy, who must have the roles by then.
const fn place_of(whose: &Whose, is_away: bool) -> u8 {
    match whose {
        Whose::Shared => 0,
        Whose::Project(_) => 1,
        Whose::Contact(_) if !is_away => 2,
        Whose::Contact(_) => 3,
        Whose::Schedule(_) => 4,
        Whose::Unread(_) => 5,
    }
}

/// Whose the entry is that a place of a text belongs to.
struct Places(HashMap<String, (Form, Vec<(usize, Whose)>)>);

impl Places {
    fn of(setup: &Setup, several: &Several, request: &Request<'_>) -> Self {
        let forms = request.inputs.iter().map(|input| (input.source.name.to_string(), (input.form, Vec::new())));
        let mut places: HashMap<String, (Form, Vec<(usize, Whose)>)> = forms.collect();
        for entry in all(setup) {
            let spot = entry.spot();
            if let Some((_, starts)) = places.get_mut(&*spot.source.name) {
                starts.push((spot.span.start, entry.whose(several)));
            }
        }
        places.values_mut().for_each(|(_, starts)| starts.sort_by_key(|(start, _)| *start));
        Self(places)
    }

    /// Whose it is: the last entry's that begins before it; in lines of JSON, of the same line, else the line's first. Of a
    /// text that can't be parsed nobody knows what is missing, so all of it is left out.
    fn whose(&self, place: Option<(&Source, usize)>, title: &str) -> Option<Whose> {
        let (source, at) = place?;
        // What an entry reads from beside it: days off.
        let Some((form, starts)) = self.0.get(&*source.name) else { return Some(Whose::Shared) };
        let next = starts.partition_point(|(start, _)| *start <= at);
        let before = next.checked_sub(1).and_then(|n| starts.get(n));
        if *form != Form::JsonLines {
            let own = before.filter(|_| !is_unreadable(title));
            return Some(own.map_or_else(|| Whose::Unread(source.name.to_string()), |(_, whose)| whose.clone()));
        }
        let line = source.start_of_line(at);
        let end = source.text[line..].find('\n').map_or(source.text.len(), |end| line + end);
        let own = before.filter(|(start, _)| *start >= line);
        let own = own.or_else(|| starts.get(next).filter(|(start, _)| *start <= end));
        let unread = || Whose::Unread(format!("{}:{}", source.name, source.line(at)));
        Some(own.map_or_else(unread, |(_, whose)| whose.clone()))
    }
}

/// What is good so far, and what is wrong.
#[derive(Default)]
struct Sorted {
    good: Setup,
    several: Several,
    wrong: BTreeMap<Whose, Problems>,
    warnings: BTreeMap<Option<Whose>, Problems>,
}

impl Sorted {
    /// Leaves out every part with something wrong.
    fn leave_out_what_is_wrong(&mut self, problems: Problems, places: &Places, standing: &Standing) {
        for (whose, problems) in problems.by(|place, title| places.whose(place, title)) {
            match whose {
                // What is wrong and nobody's is at least told.
                None if problems.errors() > 0 => {
                    self.wrong.entry(Whose::Unread("what stands".to_owned())).or_default().take_in(problems);
                }
                Some(whose) if problems.errors() > 0 => {
                    self.leave_out(&whose, standing);
                    self.wrong.entry(whose).or_default().take_in(problems);
                }
                whose => self.warnings.entry(whose).or_default().take_in(problems),
            }
        }
    }

    /// What is good has these warnings, beside those that its text had.
    fn keep_warnings(&mut self, problems: Problems, places: &Places) {
        for (whose, problems) in problems.by(|place, title| places.whose(place, title)) {
            self.warnings.insert(whose, problems);
        }
    }

    fn leave_out(&mut self, whose: &Whose, standing: &Standing) {
        let several = &self.several;
        match whose {
            Whose::Unread(text) => {
                retain(&mut self.good, |entry| *entry.spot().source.name != **text && entry.whose(several) != *whose)
            }
            whose => retain(&mut self.good, |entry| entry.whose(several) != *whose),
        }
        // Whoever has roles elsewhere too keeps those; these come with the project.
        if let Whose::Project(id) = whose
            && standing.project(id.as_str()).is_none()
        {
            self.good.contacts.iter_mut().for_each(|entry| entry.roles.retain(|(at, _)| at.value != *id));
        }
    }

    fn owners(&self) -> HashMap<(Noun, String), Whose> {
        let good = &self.good;
        let mut owners = HashMap::new();
        let mut add = |noun, id: &str, entry: &dyn Owned| {
            owners.insert((noun, id.to_owned()), entry.whose(&self.several));
        };
        good.calendars.iter().for_each(|entry| add(Noun::Calendar, entry.id.as_str(), entry));
        good.reports.iter().for_each(|entry| add(Noun::Report, entry.id.as_str(), entry));
        good.projects.iter().for_each(|entry| add(Noun::Project, entry.id.as_str(), entry));
        good.contacts.iter().for_each(|entry| add(Noun::Contact, entry.id.as_str(), entry));
        good.agents.iter().for_each(|entry| add(Noun::Agent, &entry.id, entry));
        good.numbers.iter().for_each(|entry| add(Noun::Number, &entry.id, entry));
        good.schedules.iter().for_each(|entry| add(Noun::Schedule, entry.id.as_str(), entry));
        good.templates.iter().for_each(|entry| add(Noun::Template, entry.id.as_str(), entry));
        owners
    }

    /// Contacts of several projects that aren't there yet, as they can be made before those projects.
    fn contacts_to_make_first(&self, standing: &Standing) -> Setup {
        let stands: HashSet<&ContactId> = standing.contacts.iter().map(|(contact, _)| &contact.id).collect();
        let several = self.good.contacts.iter().filter(|entry| self.several.contains(&entry.id));
        let first = several.filter(|entry| !stands.contains(&entry.id)).cloned().map(|mut entry| {
            entry.roles.retain(|(at, _)| standing.project(at.value.as_str()).is_some());
            entry.settings.away = None;
            entry
        });
        Setup { contacts: first.collect(), ..Setup::default() }
    }
}
