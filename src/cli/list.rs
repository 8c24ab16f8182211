//! `callbrief list`.

use std::collections::HashMap;

use chrono::NaiveDate;
use comfy_table::{ContentArrangement, Table, presets};
use serde_json::{Value, json};

use super::{Context, Exit, Failure, table};
use crate::app::App;
use crate::apply::{entries, hours};
use crate::domain::cadence::Weekday;
use crate::domain::calendar::Calendar;
use crate::domain::contact::{ChannelKind, Contact, EmailAddress};
use crate::domain::directory::Directory;
use crate::domain::ids::{CalendarId, ContactId, ProjectId};
use crate::domain::instant::Instant;
use crate::domain::presets::{PRESETS, Preset};
use crate::domain::project::Project;
use crate::domain::reach::Roads;
use crate::domain::report_spec::{Filters, Options, ReportSpec};
use crate::domain::role::Role;
use crate::domain::schedule::{Recipient, Schedule};
use crate::jobs::build::recipients::{self, Addressee, Audience, Each};
use crate::store::runs::StoredRun;
use crate::store::suppressions::Suppression;
use crate::store::{Store, StoredSchedule};
use crate::zones::firing::{self, Firing};

pub(super) mod directory;
mod templates;

/// The width where there is no terminal to ask.
const WIDTH: u16 = 120;
/// Runs that wait for calls and are named beside their schedules.
const MOST_WAITING: i64 = 1_000;

/// Show what stands: projects, contacts, agents, numbers, reports, schedules, calendars; or what isn't listed yet.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief list schedules            who receives what, and when next
  callbrief list schedules --project acme
  callbrief list contacts --json
  callbrief list unknown --project acme   agents and numbers that calls name and the set-up doesn't")]
pub struct Args {
    /// What to show.
    what: What,
    /// Only of this project; reports and calendars belong to none.
    #[arg(long, value_name = "PROJECT")]
    project: Option<String>,
    /// As JSON, a list of objects.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum What {
    /// Projects, and who hears when something of them fails.
    Projects,
    /// People, their roles and addresses.
    Contacts,
    /// Reports, those that are built in too.
    Reports,
    /// Who receives what, and when next.
    Schedules,
    /// Working hours and days off.
    Calendars,
    /// People of the directory.
    Agents,
    /// Numbers of the directory.
    Numbers,
    /// What calls name and the directory doesn't.
    Unknown,
}

/// Runs the command.
pub async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let project = args.project.as_deref();
    if let (What::Reports | What::Calendars, Some(_)) = (args.what, project) {
        return Err(Failure::usage("error: --project: reports and calendars belong to no project; leave it out"));
    }
    let app = context.app().await?;
    if let Some(project) = project
        && app.store.projects().await?.iter().all(|there| there.id.as_str() != project)
    {
        let text = format!("error: there is no project `{project}`; `callbrief list projects` shows those there are");
        return Err(Failure::usage(text));
    }
    let (value, table) = match args.what {
        What::Agents => directory::agents(&app.store, project).await?,
        What::Numbers => directory::numbers(&app.store, project).await?,
        What::Unknown => return directory::unknown(&app, project, args.json).await,
        What::Projects => projects(&app.store, !app.settings.operations.email.is_empty(), project).await?,
        What::Contacts => contacts(&app.store, project).await?,
        What::Reports => reports(&app.store).await?,
        What::Schedules => schedules(&app, project).await?,
        What::Calendars => calendars(&app).await?,
    };
    if args.json {
        println!("{}", serde_json::to_string_pretty(&value)?);
    } else if value.as_array().is_some_and(Vec::is_empty) {
        println!("{}", args.what.none(project));
    } else {
        table::print(table);
    }
    Ok(Exit::Done)
}

impl What {
    /// In place of a table without rows: that there is nothing, and how it comes.
    fn none(self, project: Option<&str>) -> String {
        let of = project.map_or(String::new(), |project| format!(" of {project}"));
        let (what, noun) = match self {
            Self::Projects => ("projects", "project"),
            Self::Contacts => ("contacts", "contact"),
            Self::Reports => ("reports", "report"),
            Self::Schedules => ("schedules", "schedule"),
            Self::Calendars => ("calendars", "calendar"),
            Self::Agents => ("agents", "agent"),
            Self::Numbers => ("numbers", "number"),
            Self::Unknown => return format!("Nothing unknown{of}."),
        };
        format!("No {what}{of} yet: write [[{noun}]] into a set-up file, and `callbrief apply FILE` makes them.")
    }
}

type Shown = (Value, Table);

async fn projects(store: &Store, has_operations: bool, only: Option<&str>) -> anyhow::Result<Shown> {
    let mut table = table(&["project", "name", "zone", "locale", "money", "week", "owner", "domains"]);
    let mut list = Vec::new();
    let contacts = store.contacts().await?;
    let archived = store.read().await?.archived_projects().await?;
    for project in store.projects().await?.into_iter().filter(|it| only.is_none_or(|only| it.id.as_str() == only)) {
        let owners: Vec<&Contact> = contacts.iter().filter(|contact| owns(contact, &project)).collect();
        let names: Vec<&str> = owners.iter().map(|owner| owner.name.as_str()).collect();
        let heard_by = match (names.is_empty(), has_operations) {
            (false, _) => names.join("\n"),
            (true, true) => "(operations)".to_owned(),
            (true, false) => "(nobody)".to_owned(),
        };
        let is_archived = archived.contains(&project.key);
        table.add_row([
            project.id.to_string(),
            if is_archived { format!("{} (archived)", project.name) } else { project.name.clone() },
            project.zone.clone(),
            project.locale.clone(),
            project.currency.clone(),
            project.week_start.name().to_owned(),
            heard_by,
            project.allowed_domains.join("\n"),
        ]);
        list.push(json!({
            "id": project.id, "name": project.name, "zone": project.zone, "locale": project.locale,
            "currency": project.currency, "week_start": project.week_start.name(),
            "allowed_domains": project.allowed_domains, "archived": is_archived, "calendar": project.settings.calendar,
            "owners": owners.iter().map(|owner| owner.id.as_str()).collect::<Vec<_>>(),
        }));
    }
    Ok((Value::Array(list), table))
}

fn owns(contact: &Contact, project: &Project) -> bool {
    contact.active && contact.roles.get(&project.id).is_some_and(|roles| roles.contains(&Role::Owner))
}

async fn contacts(store: &Store, only: Option<&str>) -> anyhow::Result<Shown> {
    let mut table = table(&["contact", "name", "roles", "addresses", "alerts", "language", "zone"]);
    let mut list = Vec::new();
    let is_in =
        |contact: &Contact| only.is_none_or(|only| contact.roles.keys().any(|project| project.as_str() == only));
    let codes = store.number_codes().await?.into_iter().filter(|code| code.confirmed_at.is_some());
    let roads = Roads { confirmed: codes.map(|code| (code.contact, code.number)).collect(), ..Roads::default() };
    for contact in store.contacts().await?.into_iter().filter(is_in) {
        let roles = contact.roles.iter().map(|(project, roles)| format!("{project}: {}", words(roles)));
        let addresses: Vec<String> = contact
            .addresses
            .iter()
            .flat_map(|(kind, list)| list.iter().map(move |address| (*kind, address)))
            .map(|(kind, address)| match kind {
                ChannelKind::Sms if !roads.is_confirmed(&contact, address) => {
                    format!("{address} (not confirmed)")
                }
                kind if kind.is_endpoint() => format!("{} {address}", kind.name()),
                _ => address.clone(),
            })
            .collect();
        let name = if contact.active { contact.name.clone() } else { format!("{} (not active)", contact.name) };
        let or_project = |value: &Option<String>| value.clone().unwrap_or_else(|| "(project's)".to_owned());
        table.add_row([
            contact.id.to_string(),
            name,
            roles.collect::<Vec<_>>().join("\n"),
            addresses.join("\n"),
            alerts(&contact),
            or_project(&contact.language),
            or_project(&contact.zone),
        ]);
        list.push(json!({
            "id": contact.id, "name": contact.name, "active": contact.active, "language": contact.language,
            "zone": contact.zone, "addresses": contact.addresses, "roles": contact.roles,
            "alerts": contact.settings.alerts, "quiet": hours(&contact.settings.quiet.week),
            "digest": contact.settings.digest, "verified": contact.settings.verified,
            "confirmed_by_code": roads.confirmed_of(&contact.id),
            "away": contact.settings.away,
        }));
    }
    Ok((Value::Array(list), table))
}

/// By which channels, a line each, and when not.
fn alerts(contact: &Contact) -> String {
    let away = contact.settings.away.as_ref().map_or(String::new(), |away| format!("\naway: {away}"));
    let channels = contact.settings.alerts.to_string().replace("; ", "\n");
    let channels = match contact.settings.quiet.is_off() {
        true => channels,
        false => format!("{channels}\nquiet: {}", hours(&contact.settings.quiet.week).replace("; ", "\n")),
    };
    let gathered = contact.settings.digest.iter().map(|(kind, pace)| format!("\ngathered: {kind} {pace}"));
    gathered.fold(channels, |text, line| text + &line) + &away
}

async fn reports(store: &Store) -> anyhow::Result<Shown> {
    let mut table = ruled(&["report", "sections", "filters and options", "used by"]);
    let mut list = Vec::new();
    let schedules = store.schedules().await?;
    let applied = store.report_specs().await?;
    let presets = PRESETS.iter().filter(|preset| !applied.iter().any(|spec| spec.id == preset.name));
    let presets: Vec<ReportSpec> = presets.map(Preset::spec).collect();
    let all = applied.iter().map(|spec| (spec, false)).chain(presets.iter().map(|spec| (spec, true)));
    for (spec, is_preset) in all {
        let users: Vec<&str> = schedules
            .iter()
            .filter(|schedule| schedule.report == spec.id)
            .map(|schedule| schedule.id.as_str())
            .collect();
        let sections: Vec<&str> = spec.sections.iter().map(|section| section.name()).collect();
        let about = PRESETS.iter().find(|preset| is_preset && preset.name == spec.id).map(|preset| preset.about);
        let told = [
            entries(&json!(spec.filters), &json!(Filters::default())),
            entries(&json!(spec.options), &json!(Options::default())),
        ];
        let told: Vec<String> = told.iter().flat_map(|text| text.split("; ")).map(str::to_owned).collect();
        table.add_row([
            if is_preset { format!("{} (built in)", spec.id) } else { spec.id.clone() },
            match about {
                Some(about) => format!("{about}\n{}", sections.join(", ")),
                None => sections.join(", "),
            },
            told.join("\n"),
            users.join("\n"),
        ]);
        list.push(json!({
            "id": spec.id, "preset": is_preset, "sections": spec.sections, "filters": spec.filters,
            "options": spec.options, "schedules": users, "about": about,
        }));
    }
    Ok((Value::Array(list), table))
}

async fn schedules(app: &App, only: Option<&str>) -> anyhow::Result<Shown> {
    let mut table = ruled(&["schedule", "recipients", "next"]);
    let mut list = Vec::new();
    let projects: HashMap<ProjectId, Project> =
        app.store.projects().await?.into_iter().map(|project| (project.id.clone(), project)).collect();
    let calendars: HashMap<CalendarId, Calendar> =
        app.store.calendars().await?.into_iter().map(|calendar| (calendar.id.clone(), calendar)).collect();
    let contacts: HashMap<ContactId, Contact> =
        app.store.contacts().await?.into_iter().map(|contact| (contact.id.clone(), contact)).collect();
    let (directories, nobody) = (directory::directories(&app.store).await?, Directory::default());
    let waiting = app.store.waiting_runs(None, MOST_WAITING).await?;
    let archived = app.store.read().await?.archived_projects().await?;
    let stops: Vec<Suppression> = app.store.suppressions(false, None).await?;
    for unreadable in app.store.read().await?.unreadable_schedules().await? {
        eprintln!("warning: the schedule `{}` can't be read and sends nothing: {}", unreadable.id, unreadable.why);
    }
    let all_stored = app.store.stored_schedules().await?;
    if only.is_none() {
        let has_made = |id: &str| {
            let maker = |stored: &StoredSchedule| stored.schedule.settings.template.as_ref().map(|id| id.to_string());
            all_stored.iter().filter_map(maker).any(|maker| maker == id)
        };
        let without = app.store.read().await?.templates().await?.into_iter().filter(|template| !has_made(&template.id));
        for template in without {
            let (cells, shown) = templates::shown(&template);
            table.add_row(cells);
            list.push(shown);
        }
    }
    for stored in &all_stored {
        let schedule = &stored.schedule;
        if only.is_some_and(|only| schedule.projects().all(|project| project.as_str() != only)) {
            continue;
        }
        let waits: Vec<&StoredRun> = waiting.iter().filter(|waits| waits.run.schedule == schedule.id).collect();
        let Some(project) = projects.get(&schedule.project) else { continue };
        let all: Vec<(&Project, &Directory)> = schedule
            .projects()
            .filter_map(|id| Some((projects.get(id)?, directories.get(id).unwrap_or(&nobody))))
            .collect();
        let is_over_several = !schedule.settings.projects.is_empty();
        let audience = match is_over_several {
            true => recipients::resolve_over(schedule, &all, &contacts),
            false => recipients::resolve(schedule, project, &contacts, directories.get(&project.id).unwrap_or(&nobody)),
        };
        let each = |recipient: &Recipient| match is_over_several {
            true => recipients::each(recipient, schedule, &all, &contacts),
            false => Vec::new(),
        };
        let names: Vec<&str> = schedule.projects().map(ProjectId::as_str).collect();
        let calendar = project.settings.calendar.as_ref().and_then(|id| calendars.get(id));
        let next = match archived.contains(&stored.project_key) {
            true => Next::Archived,
            false => Next::of(app, stored, calendar),
        };
        table.add_row([
            format!(
                "{}\n{}{} of {}\n{}",
                schedule.id,
                schedule.settings.template.as_ref().map(|id| format!("by the template {id}\n")).unwrap_or_default(),
                schedule.report,
                names.join(", "),
                schedule.cadence
            ),
            receivers(&audience, each, schedule, &stops).join("\n"),
            waits
                .iter()
                .map(|run| waits_shown(app, schedule, run))
                .chain([next.shown(&schedule.zone)])
                .collect::<Vec<_>>()
                .join("\n"),
        ]);
        list.push(json!({
            "id": schedule.id, "project": schedule.project, "projects": names, "report": schedule.report,
            "rule": schedule.cadence.to_string(), "zone": schedule.zone, "paused": schedule.paused,
            "starts": schedule.starts, "ends": schedule.ends, "catch_up": schedule.catch_up.name(),
            "on_day_off": schedule.settings.on_day_off.name(), "max_late_sec": schedule.max_late_sec, "send": schedule.send.name(), "formats": schedule.formats,
            "numbers": schedule.numbers, "recipients": receivers_json(&audience, each, schedule, &stops), "next": next.as_json(),
            "if_incomplete": schedule.settings.if_incomplete, "wait_at_most_sec": schedule.settings.wait_at_most_sec,
            "waiting": waits.iter().map(|run| waits_json(run)).collect::<Vec<_>>(),
            "applied_by": stored.applied_by, "template": schedule.settings.template,
        }));
    }
    Ok((Value::Array(list), table))
}

/// `Sun 2026-11-15 08:00 waits for calls of Main PBX until 11:00`
fn waits_shown(app: &App, schedule: &Schedule, stored: &StoredRun) -> String {
    let (Some(waiting), Ok(zone)) = (&stored.waiting, app.zones.get(&schedule.zone)) else { return String::new() };
    let local = |at: Instant, form: &str| zone.local(at).format(form).to_string();
    let mut sources: Vec<&str> = waiting.missing.iter().map(|missing| missing.source.as_str()).collect();
    sources.dedup();
    let (what, then) = match (waiting.told_at.is_some(), waiting.holds) {
        (true, _) => ("is held", "; it is given up"),
        (false, true) => ("waits", "; its owner is told"),
        (false, false) => ("waits", " until"),
    };
    format!(
        "{} {what} for calls of {}{then} {}",
        local(stored.run.fires_at, "%a %Y-%m-%d %H:%M"),
        sources.join(", "),
        local(waiting.until, "%a %H:%M"),
    )
}

fn waits_json(stored: &StoredRun) -> Value {
    let Some(waiting) = &stored.waiting else { return Value::Null };
    json!({
        "occurrence": stored.run.occurrence, "until": waiting.until, "held": waiting.told_at.is_some(),
        "missing": waiting.missing,
    })
}

/// Why an address gets nothing of a schedule, if it is stopped.
fn stop_of<'a>(stops: &'a [Suppression], schedule: &Schedule, address: &str) -> Option<&'a str> {
    let is_it = |stop: &&Suppression| {
        stop.address.eq_ignore_ascii_case(address)
            && stop.project.as_deref().is_none_or(|project| project == schedule.project.as_str())
            && stop.schedule.as_deref().is_none_or(|id| id == schedule.id.as_str())
    };
    stops.iter().find(is_it).map(|stop| stop.reason.as_str())
}

/// `Olena Koval (owner, manager)` with the address in the next line, and whoever gets nothing with the reason; of a report
/// over several projects with what they see of each.
fn receivers(
    audience: &Audience,
    each: impl Fn(&Recipient) -> Each,
    schedule: &Schedule,
    stops: &[Suppression],
) -> Vec<String> {
    let addressees = audience.readers.values().flatten().map(|addressee| {
        let who = match (addressee.display_name.as_str(), addressee.contact.is_some()) {
            (name, true) => format!("{name} ({})\n  {}", words(&addressee.roles), addressee.address),
            (_, false) => format!("{} (viewer)", addressee.address),
        };
        let seen = listed_as(addressee).map(|recipient| each(&recipient)).unwrap_or_default();
        let seen = seen.iter().map(|(project, seen)| match seen {
            Ok(rights) => format!("\n  {project}: numbers {}", rights.numbers.name()),
            Err(why) => format!("\n  not {project}: {}", why.name().replace('_', " ")),
        });
        let stopped = stop_of(stops, schedule, &addressee.address);
        let stopped = stopped.map_or(String::new(), |why| format!("\n  stopped: {}", why.replace('_', " ")));
        who + &stopped + &seen.collect::<String>()
    });
    let left_out = audience.left_out.iter().map(|(name, why)| format!("not {name}: {}", why.name().replace('_', " ")));
    addressees.chain(left_out).collect()
}

/// The line of the schedule's list that named this addressee.
fn listed_as(addressee: &Addressee) -> Option<Recipient> {
    match &addressee.contact {
        Some(contact) => Some(Recipient::Contact(contact.clone())),
        None => EmailAddress::parse(&addressee.address).ok().map(Recipient::Address),
    }
}

/// `{"acme": {"numbers": "full"}, "beta": {"reason": "contact_without_role"}}`; null where there is one project.
fn each_json(each: &Each) -> Value {
    let seen = each.iter().map(|(project, seen)| {
        let seen = match seen {
            Ok(rights) => json!({ "receives": true, "numbers": rights.numbers }),
            Err(why) => json!({ "receives": false, "reason": why.name() }),
        };
        (project.to_string(), seen)
    });
    if each.is_empty() { Value::Null } else { Value::Object(seen.collect()) }
}

fn receivers_json(
    audience: &Audience,
    each: impl Fn(&Recipient) -> Each,
    schedule: &Schedule,
    stops: &[Suppression],
) -> Vec<Value> {
    let each = &each;
    let addressees = audience.readers.iter().flat_map(|(reader, addressees)| {
        addressees.iter().map(move |addressee| {
            let stopped = stop_of(stops, schedule, &addressee.address);
            json!({
                "contact": addressee.contact, "name": addressee.display_name, "channel": ChannelKind::Email.name(),
                "address": addressee.address, "roles": addressee.roles, "language": reader.language,
                "numbers": reader.rights.numbers, "receives": stopped.is_none(), "reason": stopped,
                "projects": listed_as(addressee).map_or(Value::Null, |recipient| each_json(&each(&recipient))),
            })
        })
    });
    let left_out = audience
        .left_out
        .iter()
        .map(|(name, why)| json!({ "recipient": name, "receives": false, "reason": why.name() }));
    addressees.chain(left_out).collect()
}

/// When a schedule fires next.
enum Next {
    At {
        fires_at: Instant,
        local: String,
        shown: String,
        occurrence: Option<String>,
        is_due: bool,
        firing: Option<Firing>,
    },
    Paused,
    /// Its project is.
    Archived,
    Never,
}

impl Next {
    fn of(app: &App, stored: &StoredSchedule, calendar: Option<&Calendar>) -> Self {
        let schedule = &stored.schedule;
        match (schedule.next_fire_at, app.zones.get(&schedule.zone)) {
            _ if schedule.paused => Self::Paused,
            (Some(fires_at), Ok(zone)) => Self::At {
                fires_at,
                local: zone.rfc3339(fires_at),
                shown: zone.local(fires_at).format("%a %Y-%m-%d %H:%M").to_string(),
                occurrence: schedule.next_occurrence.clone(),
                is_due: fires_at <= app.clock.now(),
                firing: firing::next(schedule.rule(calendar), &zone, fires_at.plus_seconds(-1))
                    .filter(|firing| firing.fires_at == fires_at),
            },
            _ => Self::Never,
        }
    }

    fn shown(&self, zone: &str) -> String {
        match self {
            Self::At { shown, is_due, firing, .. } => {
                let day_off = match firing.as_ref().filter(|firing| notes(firing).contains(&firing::DAY_OFF)) {
                    Some(firing) if firing.skipped => "\nskipped: a day off".to_owned(),
                    Some(firing) => format!("\nmoved from {}, a day off", firing.since),
                    None => String::new(),
                };
                format!("{shown}\n{zone}{}{day_off}", if *is_due { ", due now" } else { "" })
            }
            Self::Paused => "(paused)".to_owned(),
            Self::Archived => "(the project is archived)".to_owned(),
            Self::Never => "(never again)".to_owned(),
        }
    }

    fn as_json(&self) -> Value {
        match self {
            Self::At { fires_at, local, occurrence, firing, .. } => {
                let notes = firing.as_ref().map(notes).unwrap_or_default();
                json!({ "fires_at": fires_at, "local": local, "occurrence": occurrence, "notes": notes })
            }
            Self::Paused | Self::Archived | Self::Never => Value::Null,
        }
    }
}

fn notes(firing: &Firing) -> Vec<&str> {
    firing.notes.iter().map(String::as_str).collect()
}

async fn calendars(app: &App) -> anyhow::Result<Shown> {
    let mut table = ruled(&["calendar", "hours", "days off", "used by"]);
    let mut list = Vec::new();
    let projects = app.store.projects().await?;
    let today = app.clock.now().to_utc().map(|now| now.date_naive()).unwrap_or_default();
    for (calendar, file) in app.store.kept_calendars().await? {
        let users: Vec<&str> = projects
            .iter()
            .filter(|project| project.settings.calendar.as_ref() == Some(&calendar.id))
            .map(|project| project.id.as_str())
            .collect();
        let hours = crate::apply::hours(&calendar.week);
        let zone = calendar.zone.clone().unwrap_or_else(|| "(project's zone)".to_owned());
        table.add_row([
            format!("{}\n{}\n{zone}", calendar.id, calendar.name),
            hours.replace("; ", "\n"),
            days_off(&calendar, today),
            users.join("\n"),
        ]);
        list.push(json!({
            "id": calendar.id, "name": calendar.name, "zone": calendar.zone,
            "hours": Weekday::ALL.map(|day| (day.name(), &calendar.week[usize::from(day.index())]))
                .into_iter().collect::<std::collections::BTreeMap<_, _>>(),
            "days_off": calendar.days_off(), "extra_working_days": calendar.extra_days(),
            "days_off_until": calendar.last_day_off(), "projects": users, "applied_by": file,
        }));
    }
    Ok((Value::Array(list), table))
}

/// How many there are and from where, the next one, and when they end.
fn days_off(calendar: &Calendar, today: NaiveDate) -> String {
    let Some(last) = calendar.last_day_off() else { return "(none)".to_owned() };
    let mut lines =
        vec![format!("{} until {last}{}", calendar.days_off().len(), if last < today { ", all past" } else { "" })];
    let mut files: Vec<&str> = calendar.days_off().iter().filter_map(|day| day.source.as_deref()).collect();
    files.sort_unstable();
    files.dedup();
    lines.extend(files.iter().map(|file| format!("from {file}")));
    if let Some(next) = calendar.days_off().iter().find(|day| day.to >= today) {
        lines.push(format!("next {} {}", next.from, next.name).trim_end().to_owned());
    }
    lines.join("\n")
}

fn words(roles: &[Role]) -> String {
    roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(", ")
}

/// Lines between the rows where a row has several lines.
fn ruled(head: &[&str]) -> Table {
    let mut table = table(head);
    table.load_style(presets::UTF8_HORIZONTAL_ONLY);
    table
}

fn table(head: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    if !table.is_tty() {
        table.set_width(WIDTH);
    }
    table.set_header(head.iter().map(|cell| (*cell).to_owned()));
    table
}
