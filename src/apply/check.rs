//! Whether what a file names exists and fits: projects, contacts, reports, zones, currencies, languages, addresses, rules;
//! and whether what other files keep still fits to what this one makes of the rest.

mod away;
mod balances;
mod erased;
mod filters;
mod listed;
mod reach;
pub(super) mod recipients;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::Days;

use super::Request;
use super::plan::{Noun, Wanted, WantedSchedule};
use super::standing::Standing;
use super::templates;
use crate::config::nearest::{choices, nearest};
use crate::config::problem::Problems;
use crate::config::setup::{
    At, CalendarEntry, ContactEntry, ProjectEntry, ScheduleEntry, Setup, Spot, When, is_stand_in,
};
use crate::domain::cadence;
use crate::domain::calendar::{Calendar, LONGEST_CLOSURE_DAYS};
use crate::domain::contact::Contact;
use crate::domain::directory::ListedAgent;
use crate::domain::ids::{ContactId, ProjectId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::presets;
use crate::domain::project::Project;
use crate::domain::report_spec::{self, ReportSpec, SectionId};
use crate::domain::role::Role;
use crate::domain::schedule::{OnDayOff, Recipient, Schedule};
use crate::i18n::{self, Words};
use crate::store::StoredSchedule;
use crate::zones::{Zone, Zones, firing};

/// Turns a file's words into what should stand; what doesn't fit is noted.
pub(super) fn check(
    setup: Setup,
    standing: &Standing,
    zones: &Zones,
    request: &Request<'_>,
    problems: &Problems,
) -> Wanted {
    let notes = Notes { problems };
    let retired = retired(&setup, standing, request, problems);
    let gone = Gone::of(&retired);
    let mut wanted = Wanted { keepers: keepers(&setup, request), ..Wanted::default() };
    wanted.calendars = setup.calendars.iter().map(|entry| calendar(entry, zones, notes, request.now)).collect();
    let calendars = After::of(&standing.calendars, &wanted.calendars, &gone, Noun::Calendar, |it| it.id.as_str());
    for entry in setup.projects.iter().filter_map(|entry| entry.calendar.as_ref()) {
        let id = entry.value.as_str();
        if calendars.get(id).is_none() {
            notes.error(&entry.spot, format!("there is no calendar `{id}`"), Some(calendars.hint(id, &[])));
        }
    }
    drop(calendars);
    wanted.projects = setup.projects.iter().map(|entry| project(entry, zones, notes)).collect();
    for entry in &setup.projects {
        balances::check(entry, standing, notes);
    }
    wanted.reports = setup.reports.iter().map(|entry| entry.spec.clone()).collect();
    for entry in setup.reports.iter().filter(|entry| report_spec::preset(entry.id.as_str()).is_some()) {
        let title = format!("`{}` takes the place of the preset of this name, for every schedule", entry.id);
        notes.warning(&entry.spot, title, Some("another id leaves the preset as it is".to_owned()));
    }
    let projects = After::of(&standing.projects, &wanted.projects, &gone, Noun::Project, |project| project.id.as_str());
    let contacts: Vec<Contact> = setup.contacts.iter().map(|entry| contact(entry, &projects, zones, notes)).collect();
    for (entry, contact) in setup.contacts.iter().zip(&contacts) {
        reach::check(entry, contact, standing, request, notes);
        erased::check(entry, standing, notes);
    }
    let contacts_after = After::of(&standing.contacts, &contacts, &gone, Noun::Contact, |contact| contact.id.as_str());
    for (entry, contact) in setup.contacts.iter().zip(&contacts) {
        away::check(entry, contact, &contacts_after, notes);
    }
    let directory = listed::check(&setup, standing, &gone, &projects, &contacts_after, notes);
    let after = Known {
        contacts: contacts_after,
        directory: &directory,
        reports: After::of(&standing.reports, &wanted.reports, &gone, Noun::Report, |spec| spec.id.as_str()),
        projects,
    };
    let schedules: Vec<WantedSchedule> =
        setup.schedules.iter().filter_map(|entry| schedule(entry, &after, zones, notes, request.now)).collect();
    let is_gone = |noun: Noun, id: &str| gone.has(noun, id);
    let field = templates::Field { setup: &setup, standing, is_gone: &is_gone, known: &after, zones, request, notes };
    let spread = field.spread();
    let of_templates = spread.schedules.iter().map(|(wanted, _)| wanted);
    filters::check(&setup, &schedules.iter().chain(of_templates).collect::<Vec<_>>(), standing, &after, notes);
    others(standing, &schedules, &wanted.projects, &gone, &after, notes);
    owners(&setup.projects, &after, request, notes);
    drop(after);
    drop(gone);
    wanted.retired = retired;
    wanted.contacts = contacts;
    wanted.schedules = schedules;
    templates::take_in(&mut wanted, spread, &setup);
    wanted.agents = setup.agents.into_iter().map(|entry| (entry.project.value, entry.agent)).collect();
    wanted.numbers = setup.numbers.into_iter().map(|entry| (entry.project.value, entry.number)).collect();
    wanted
}

/// Which text keeps each entry.
fn keepers(setup: &Setup, request: &Request<'_>) -> HashMap<(Noun, String), String> {
    let of: HashMap<&str, &str> =
        request.inputs.iter().map(|input| (&*input.source.name, input.keeper.as_str())).collect();
    let entries = setup.entries();
    let kept = entries.map(|(noun, id, spot)| {
        let keeper = of.get(&*spot.source.name).copied().unwrap_or(request.subject);
        ((Noun::of(noun), id.to_owned()), keeper.to_owned())
    });
    kept.collect()
}

/// What is retired, ready to be looked up.
#[derive(Default)]
struct Gone<'a>(BTreeMap<Noun, HashSet<&'a str>>);

impl<'a> Gone<'a> {
    fn of(retired: &'a [(Noun, String)]) -> Self {
        let mut gone = Self::default();
        for (noun, id) in retired {
            gone.0.entry(*noun).or_default().insert(id);
        }
        gone
    }

    fn has(&self, noun: Noun, id: &str) -> bool {
        self.0.get(&noun).is_some_and(|ids| ids.contains(id))
    }
}

#[derive(Clone, Copy)]
pub(super) struct Notes<'a> {
    pub(super) problems: &'a Problems,
}

impl Notes<'_> {
    pub(super) fn error(self, spot: &Spot, title: impl Into<String>, help: Option<String>) {
        self.problems.error(&spot.source, spot.span.clone(), title, help);
    }

    pub(super) fn warning(self, spot: &Spot, title: impl Into<String>, help: Option<String>) {
        self.problems.warning(&spot.source, spot.span.clone(), title, help);
    }
}

/// What will stand of one noun: the file's own over what stands already, without what is retired.
pub(super) struct After<'a, T> {
    pub(super) all: Vec<&'a T>,
    by_id: HashMap<&'a str, &'a T>,
    id: fn(&T) -> &str,
}

pub(super) struct Known<'a> {
    directory: &'a HashMap<ProjectId, Vec<ListedAgent>>,
    pub(super) projects: After<'a, Project>,
    contacts: After<'a, Contact>,
    reports: After<'a, ReportSpec>,
}

impl<'a, T> After<'a, T> {
    fn of(standing: &'a [(T, Option<String>)], own: &'a [T], gone: &Gone<'_>, noun: Noun, id: fn(&T) -> &str) -> Self {
        let named: HashSet<&str> = own.iter().map(id).collect();
        let stays = standing.iter().map(|(old, _)| old).filter(|old| !gone.has(noun, id(old)));
        let stays = stays.filter(|old| !named.contains(id(old)));
        let all: Vec<&T> = own.iter().filter(|new| !is_stand_in(id(new))).chain(stays).collect();
        // Of two with one id, which is noted, the first is meant.
        let by_id = all.iter().rev().map(|known| (id(known), *known)).collect();
        Self { all, by_id, id }
    }

    fn get(&self, id: &str) -> Option<&'a T> {
        self.by_id.get(id).copied()
    }

    /// `did you mean …`, or what there is.
    fn hint(&self, written: &str, also: &[&str]) -> String {
        let ids = || self.all.iter().map(|known| (self.id)(known)).chain(also.iter().copied());
        match nearest(written, ids()) {
            Some(word) => format!("did you mean `{word}`?"),
            None if ids().next().is_none() => "none is known yet".to_owned(),
            None => {
                let known: BTreeSet<&str> = ids().collect();
                let shown: Vec<&str> = known.into_iter().take(12).collect();
                format!("known: {}", shown.join(", "))
            }
        }
    }
}

/// What is retired; what could be and wasn't asked to is told.
fn retired(setup: &Setup, standing: &Standing, request: &Request<'_>, problems: &Problems) -> Vec<(Noun, String)> {
    let unnamed = unnamed(setup, standing, request);
    if request.prune || request.retire.is_some() || unnamed.is_empty() {
        return unnamed;
    }
    let named: Vec<String> = unnamed.iter().take(5).map(|(noun, id)| format!("{} {id}", noun.name())).collect();
    let more = unnamed.len() - named.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    problems.warning_nowhere(
        format!("{} once made what it names no more, and it stays: {}{more}", request.called(), named.join(", ")),
        Some("--prune retires it".to_owned()),
    );
    Vec::new()
}

/// What the same file once made and names no more.
fn unnamed(setup: &Setup, standing: &Standing, request: &Request<'_>) -> Vec<(Noun, String)> {
    if let Some(project) = request.retire {
        let schedules = standing.schedules.iter().filter(|stored| stored.schedule.project == *project);
        let schedules = schedules.map(|stored| (Noun::Schedule, stored.schedule.id.to_string()));
        return std::iter::once((Noun::Project, project.to_string())).chain(schedules).collect();
    }
    let ours = |file: &Option<String>| file.as_deref().is_some_and(|file| request.keeps(file));
    let named: HashSet<(&str, &str)> = setup.entries().map(|(noun, id, _)| (noun, id)).collect();
    let is_named = |noun: Noun, id: &str| named.contains(&(noun.name(), id));
    let mut retired = Vec::new();
    let calendars = standing.calendars.iter().filter(|(_, file)| ours(file)).map(|(calendar, _)| &calendar.id);
    let gone = calendars.filter(|id| !is_named(Noun::Calendar, id.as_str()));
    retired.extend(gone.map(|id| (Noun::Calendar, id.to_string())));
    let projects = standing.projects.iter().filter(|(_, file)| ours(file)).map(|(project, _)| &project.id);
    let gone = projects.filter(|id| !is_named(Noun::Project, id.as_str()));
    retired.extend(gone.map(|id| (Noun::Project, id.to_string())));
    let contacts = standing.contacts.iter().filter(|(_, file)| ours(file)).map(|(contact, _)| &contact.id);
    let gone = contacts.filter(|id| !is_named(Noun::Contact, id.as_str()));
    retired.extend(gone.map(|id| (Noun::Contact, id.to_string())));
    for old in standing.agents.iter().filter(|old| ours(&old.file)) {
        let id = format!("{}/{}", old.project, old.entry.id);
        if !is_named(Noun::Agent, &id) {
            retired.push((Noun::Agent, id));
        }
    }
    for old in standing.numbers.iter().filter(|old| ours(&old.file)) {
        let id = format!("{}/{}", old.project, old.entry.number);
        if !is_named(Noun::Number, &id) {
            retired.push((Noun::Number, id));
        }
    }
    let reports = standing.reports.iter().filter(|(_, file)| ours(file)).map(|(spec, _)| &spec.id);
    let gone = reports.filter(|id| !is_named(Noun::Report, id.as_str()));
    retired.extend(gone.map(|id| (Noun::Report, id.clone())));
    let templates = standing.templates.iter().filter(|(_, file)| ours(file)).map(|(entry, _)| &entry.id);
    // What is a template now and was a schedule, or the other way round, is ended by what it became.
    let is_named_schedule = |id: &str| is_named(Noun::Template, id) || is_named(Noun::Schedule, id);
    let gone = templates.filter(|id| !is_named_schedule(id.as_str()));
    retired.extend(gone.map(|id| (Noun::Template, id.to_string())));
    let is_own = |stored: &&StoredSchedule| stored.schedule.settings.template.is_none();
    let schedules = standing.schedules.iter().filter(|stored| ours(&stored.applied_by)).filter(is_own);
    let gone = schedules.filter(|stored| !is_named_schedule(stored.schedule.id.as_str()));
    retired.extend(gone.map(|stored| (Noun::Schedule, stored.schedule.id.to_string())));
    retired
}

fn calendar(entry: &CalendarEntry, zones: &Zones, notes: Notes<'_>, now: Instant) -> Calendar {
    let zone = entry.zone.as_ref().and_then(|name| zone(name, zones, notes));
    let calendar = Calendar::new(
        entry.id.clone(),
        entry.name.clone(),
        zone.as_ref().map(|zone| zone.name().to_owned()),
        entry.week.clone(),
        entry.days_off.clone(),
        entry.extra.clone(),
    );
    let today = match (&zone, now.to_utc()) {
        (Some(zone), _) => zone.date(now),
        (None, now) => now.map(|now| now.date_naive()).unwrap_or_default(),
    };
    if let Some((first, last)) = calendar.long_closure(today) {
        let title = format!("by the calendar `{}` nobody works from {first} to {last}", entry.id);
        let help = format!(
            "at most {LONGEST_CLOSURE_DAYS} days off may follow each other; look for a slip in `days_off` and in what is imported"
        );
        notes.error(&entry.spot, title, Some(help));
    }
    if let Some(last) = calendar.last_day_off()
        && last < today + Days::new(WARN_DAYS)
    {
        let when = if last < today { "is past" } else { "is soon" };
        let title = format!("the last day off of the calendar `{}`, {last}, {when}", entry.id);
        notes.warning(&entry.spot, title, Some("name those of the coming year, or import a newer file".to_owned()));
    }
    calendar
}

/// So many days before a calendar's days off end, whoever applies it is told.
const WARN_DAYS: u64 = 60;

fn project(entry: &ProjectEntry, zones: &Zones, notes: Notes<'_>) -> Project {
    let code = entry.currency.value.as_str();
    if !code.is_empty() && iso_currency::Currency::from_code(code).is_none() {
        let upper = code.to_uppercase();
        let help = match iso_currency::Currency::from_code(&upper) {
            Some(_) => format!("write `{upper}`"),
            None => "write an ISO 4217 code such as `EUR`".to_owned(),
        };
        notes.error(&entry.currency.spot, format!("`{code}` isn't a currency"), Some(help));
    }
    Project {
        key: ProjectKey(0),
        id: entry.id.clone(),
        name: entry.name.clone(),
        zone: zone(&entry.zone, zones, notes).map_or_else(String::new, |zone| zone.name().to_owned()),
        locale: language(&entry.locale, notes),
        currency: code.to_owned(),
        week_start: entry.week_start,
        allowed_domains: entry.allowed_domains.clone(),
        settings: entry.settings.clone(),
    }
}

fn zone(name: &At<String>, zones: &Zones, notes: Notes<'_>) -> Option<Zone> {
    if name.value.is_empty() {
        return None; // noted where it was read
    }
    match zones.get(&name.value) {
        Ok(zone) => Some(zone),
        Err(unknown) => {
            notes.error(&name.spot, unknown.to_string(), None);
            None
        }
    }
}

/// The tag in its usual form (`uk-UA`).
fn language(tag: &At<String>, notes: Notes<'_>) -> String {
    if tag.value.is_empty() {
        return String::new();
    }
    // The standard takes any five to eight letters for a language, `english` too, and no language has such a tag.
    let read = tag.value.parse::<unic_langid::LanguageIdentifier>().ok().filter(|tag| tag.language.as_str().len() <= 3);
    let Some(read) = read else {
        let help = format!("write one of {}, with a country if you like: `en-GB`", choices(i18n::spoken()));
        notes.error(&tag.spot, format!("`{}` isn't a language tag (BCP 47)", tag.value), Some(help));
        return String::new();
    };
    if !i18n::is_spoken(&tag.value) {
        let said = Words::of(&tag.value).language();
        let title = format!("there are no words for `{}` yet; what is sent will be in `{said}`", tag.value);
        notes.warning(&tag.spot, title, Some(format!("there are words for {}", i18n::spoken().join(", "))));
    }
    read.to_string()
}

fn contact(entry: &ContactEntry, projects: &After<'_, Project>, zones: &Zones, notes: Notes<'_>) -> Contact {
    for (project, _) in &entry.roles {
        unknown_project(project.value.as_str(), &project.spot, projects, notes);
    }
    Contact {
        id: entry.id.clone(),
        name: entry.name.clone(),
        language: entry.language.as_ref().map(|tag| language(tag, notes)),
        zone: entry.zone.as_ref().and_then(|name| zone(name, zones, notes)).map(|zone| zone.name().to_owned()),
        active: entry.active,
        addresses: entry.addresses.clone(),
        roles: entry.roles.iter().map(|(project, roles)| (project.value.clone(), roles.clone())).collect(),
        settings: entry.settings.clone(),
    }
}

fn unknown_project(id: &str, spot: &Spot, projects: &After<'_, Project>, notes: Notes<'_>) -> bool {
    if projects.get(id).is_some() || is_stand_in(id) {
        return false;
    }
    notes.error(spot, format!("there is no project `{id}`"), Some(projects.hint(id, &[])));
    true
}

pub(super) fn schedule(
    entry: &ScheduleEntry,
    known: &Known<'_>,
    zones: &Zones,
    notes: Notes<'_>,
    now: Instant,
) -> Option<WantedSchedule> {
    let report = entry.report.value.as_str();
    if !report.is_empty() && known.reports.get(report).is_none() && report_spec::preset(report).is_none() {
        let hint = known.reports.hint(report, &presets::names());
        notes.error(&entry.report.spot, format!("there is no report `{report}`"), Some(hint));
    }
    let own_zone = entry.zone.as_ref().map(|name| zone(name, zones, notes));
    unknown_project(entry.project.value.as_str(), &entry.project.spot, &known.projects, notes);
    let project = known.projects.get(entry.project.value.as_str());
    for other in entry.projects.iter().filter(|other| other.value != entry.project.value) {
        unknown_project(other.value.as_str(), &other.spot, &known.projects, notes);
    }
    let all: Vec<&Project> = match entry.projects.as_slice() {
        [] => project.into_iter().collect(),
        several => several.iter().filter_map(|at| known.projects.get(at.value.as_str())).collect(),
    };
    for recipient in &entry.recipients {
        recipients::check(recipient, &all, known, notes);
    }
    tables_of_several(entry, known, notes);
    let week_start = project.map_or(cadence::Weekday::Mon, |project| project.week_start);
    let rule = cadence::parse(&entry.rule.words, week_start);
    if let Err(wrong) = &rule {
        for problem in wrong {
            let spot = entry.rule.spot_of(problem).unwrap_or_else(|| entry.spot.clone());
            notes.error(&spot, problem.to_string(), None);
        }
    }
    let inherited = || project.and_then(|project| zones.get(&project.zone).ok());
    let zone = own_zone.clone().unwrap_or_else(inherited);
    // A rule that no zone could keep is wrong whatever the zone.
    if let (Ok(cadence), Some(zone)) = (&rule, zone.clone().or_else(|| zones.get("UTC").ok()))
        && let Err(why) = firing::check(cadence, &zone)
    {
        notes.error(entry.rule.spot(&entry.spot), format!("the schedule `{}` {why}", entry.id), None);
    }
    let (project, cadence, zone) = (project?, rule.ok()?, zone?);
    let starts = entry.starts.as_ref().map(|at| instant(at.value, &zone));
    let ends = entry.ends.as_ref().map(|at| instant(at.value, &zone));
    if let (Some(begin), Some(end), Some(at)) = (starts, ends, &entry.ends)
        && end <= begin
    {
        notes.error(&at.spot, "`ends` must come after `starts`", None);
    }
    if let (Some(end), Some(at)) = (ends.filter(|end| *end <= now), &entry.ends) {
        notes.warning(&at.spot, format!("this schedule has ended: {end} is past"), None);
    }
    if cadence.leaves_units_out() {
        let title = format!(
            "not every month or year has the day of `{}`: where it is missing, no report tells of the one before",
            entry.id
        );
        let help = "choose a day that each has: `last`, 1 to 28, or `short_month = \"clamp\"`";
        notes.warning(&entry.spot, title, Some(help.to_owned()));
    }
    if entry.settings.on_day_off != OnDayOff::Send && project.settings.calendar.is_none() {
        let title =
            format!("`{}` has no calendar, so only Saturdays and Sundays are days off for `{}`", project.id, entry.id);
        notes.warning(&entry.spot, title, Some("give the project a `calendar`".to_owned()));
    }
    let schedule = Schedule {
        id: entry.id.clone(),
        project: project.id.clone(),
        report: report.to_owned(),
        recipients: entry.recipients.iter().map(|recipient| recipient.value.clone()).collect(),
        cadence,
        zone: zone.name().to_owned(),
        starts,
        ends,
        paused: entry.paused,
        catch_up: entry.catch_up,
        max_late_sec: entry.max_late_sec,
        send: entry.send,
        formats: entry.formats.clone(),
        numbers: entry.numbers,
        settings: entry.settings.clone(),
        active_since: now,
        next_fire_at: None,
        next_occurrence: None,
    };
    Some(WantedSchedule { schedule, own_zone: own_zone.flatten().map(|zone| zone.name().to_owned()) })
}

/// A report over several projects has one shape; what else its sections tell is in attached tables, if there are any.
fn tables_of_several(entry: &ScheduleEntry, known: &Known<'_>, notes: Notes<'_>) {
    if entry.projects.len() < 2 || entry.formats.iter().any(|format| format.has_tables()) {
        return;
    }
    let report = entry.report.value.as_str();
    let Some(spec) = known.reports.get(report).cloned().or_else(|| report_spec::preset(report)) else { return };
    let sections = spec.only_in_tables_of_several();
    if sections.is_empty() {
        return;
    }
    let sections: Vec<&str> = sections.into_iter().map(SectionId::name).collect();
    let title = format!(
        "`{}` goes over several projects, and neither its mail nor its PDF shows {} of `{report}`",
        entry.id,
        sections.join(", ")
    );
    let help = "attached tables do: add `xlsx`, `csv` or `json` to `formats`".to_owned();
    notes.warning(&entry.report.spot, title, Some(help));
}

fn instant(when: When, zone: &Zone) -> Instant {
    match when {
        When::Instant(instant) => instant,
        When::Day(day) => zone.start_of_day(day),
        When::Local(local) => zone.resolve(local).earliest(),
    }
}

/// What other files keep and this one pulls the ground from.
fn others(
    standing: &Standing,
    own: &[WantedSchedule],
    own_projects: &[Project],
    gone: &Gone<'_>,
    known: &Known<'_>,
    notes: Notes<'_>,
) {
    let retired = |noun, id: &str| gone.has(noun, id);
    let own_projects: HashSet<&ProjectId> = own_projects.iter().map(|project| &project.id).collect();
    let own: HashSet<&str> = own.iter().map(|wanted| wanted.schedule.id.as_str()).collect();
    for (project, keeper) in &standing.projects {
        let is_own = own_projects.contains(&project.id) || retired(Noun::Project, project.id.as_str());
        if let Some(id) = project.settings.calendar.as_ref().filter(|_| !is_own)
            && retired(Noun::Calendar, id.as_str())
        {
            notes.problems.error_nowhere(
                format!("the calendar `{id}` can't be retired: the project `{}` goes by it", project.id),
                Some(format!("that project is kept by {}; change it first", keeper.as_deref().unwrap_or("nobody"))),
            );
        }
    }
    for stored in &standing.schedules {
        let schedule = &stored.schedule;
        // What a template makes follows from what will stand.
        let is_templates = schedule.settings.template.is_some();
        if is_templates || own.contains(schedule.id.as_str()) || retired(Noun::Schedule, schedule.id.as_str()) {
            continue;
        }
        let contacts = schedule.recipients.iter().filter_map(|recipient| match recipient {
            Recipient::Contact(id) => Some((Noun::Contact, ContactId::as_str(id))),
            Recipient::Address(_) => None,
        });
        let projects = schedule.projects().map(|id| (Noun::Project, id.as_str()));
        let named = projects.chain([(Noun::Report, schedule.report.as_str())]);
        for (noun, id) in named.chain(contacts).filter(|(noun, id)| retired(*noun, id)) {
            let keeper = stored.applied_by.as_deref().unwrap_or("nobody");
            notes.problems.error_nowhere(
                format!("the {} `{id}` can't be retired: the schedule `{}` needs it", noun.name(), schedule.id),
                Some(format!("that schedule is kept by {keeper}; change it first")),
            );
        }
        recipients::shut_out(schedule, standing, known, notes);
    }
}

/// A project whose troubles nobody would hear of.
fn owners(entries: &[ProjectEntry], known: &Known<'_>, request: &Request<'_>, notes: Notes<'_>) {
    if request.has_operations {
        return;
    }
    let roles = known.contacts.all.iter().filter(|contact| contact.active).flat_map(|contact| &contact.roles);
    let owned: HashSet<&ProjectId> =
        roles.filter(|(_, roles)| roles.contains(&Role::Owner)).map(|(project, _)| project).collect();
    let entries: HashMap<&ProjectId, &ProjectEntry> = entries.iter().map(|entry| (&entry.id, entry)).collect();
    for project in known.projects.all.iter().filter(|project| !owned.contains(&project.id)) {
        let title = format!("the project `{}` has no owner: nobody hears when something of it fails", project.id);
        let help = Some("give a contact the role `owner`, or set `[operations] email` in the settings".to_owned());
        match entries.get(&project.id) {
            Some(entry) => notes.warning(&entry.spot, title, help),
            None => notes.problems.warning_nowhere(title, help),
        }
    }
}
