//! `callbrief who`: who would be told of something, over what and when, and why the others wouldn't. It asks the same functions as
//! the jobs that tell, and sends nothing.

mod answer;
mod levels;
mod past;

use chrono::NaiveDate;

use self::past::Past;
use super::explain::words;
use super::{Context, Exit, Failure};
use crate::app::App;
use crate::domain::balance::{Standing, Status};
use crate::domain::calendar::Calendar;
use crate::domain::contact::Contact;
use crate::domain::episode::Level;
use crate::domain::ids::{ContactId, ProjectId};
use crate::domain::instant::Instant;
use crate::domain::notice::{KINDS, NoticeKind, Severity};
use crate::domain::project::{BILLING_AT, Project};
use crate::domain::quiet::{Rest, rest};
use crate::domain::reach::{Roads, Way, ways};
use crate::domain::role::Role;
use crate::funds;
use crate::notify::roads::roads;
use crate::rules::{Heard, RULES, Widening, audience, morning};
use crate::store::holds::Hold;
use crate::store::silences::Silence;
use crate::zones::Zone;
use crate::zones::pace::next_gathering;
use crate::zones::quiet::quiet_until;

/// Say who would be told of something, over what and when, and why the others wouldn't.
///
/// Nothing is sent and nothing is written down.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief who --kind funds --level critical --project acme
  callbrief who --kind funds --level critical --project acme --at 2026-11-22T03:00
  callbrief who --kind owner --project acme --json

Kinds: paid_until, trial, funds, low_balance, balance_negative, topup_failed, status, recovered, owner.
Levels: 7_before, 3_before, 1_before, last_day, 1_after, 3_after, 7_after (paid_until, trial); warning, critical (funds); \
critical (low_balance); empty (balance_negative); suspended, archived (status); warning (topup_failed). Of recovered, the \
level that was told before; owner has none. Without --level: the kind's first.

Where the day to pay by of a balance (or the paid period) is past, the answer is for that; it says so.")]
pub struct Args {
    /// What it is about.
    #[arg(long, value_parser = kind)]
    pub kind: NoticeKind,
    /// How bad it is; without it the kind's first level.
    #[arg(long, value_parser = level)]
    pub level: Option<Level>,
    /// The project's id.
    #[arg(long, value_name = "ID")]
    pub project: String,
    /// When it would be found: a local time of the project, or one with its offset. Without it: now.
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// As if the last day on which a payment arrives in time were past, also where it isn't.
    #[arg(long)]
    pub past_pay_by: bool,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}

fn kind(text: &str) -> Result<NoticeKind, String> {
    let known = || KINDS.iter().map(|line| line.kind).filter(|kind| kind.is_billing() || *kind == NoticeKind::Owner);
    known().find(|kind| kind.name() == text).ok_or_else(|| {
        let names: Vec<&str> = known().map(NoticeKind::name).collect();
        format!("the kinds are {}", names.join(", "))
    })
}

fn level(text: &str) -> Result<Level, String> {
    Level::parse(text).ok_or_else(|| format!("the levels are {}", Level::ALL.map(Level::name).join(", ")))
}

/// Runs the command.
pub async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let app = context.app().await?;
    let answer = answer(&app, &args).await?;
    match args.json {
        true => println!("{}", serde_json::to_string_pretty(&answer.json())?),
        false => print!("{}", answer.text()),
    }
    Ok(Exit::Done)
}

/// Somebody, and what becomes of each way to them.
#[derive(Clone, Debug)]
struct Told {
    contact: ContactId,
    role: Role,
    /// Of whom it is the deputy, by name.
    in_place_of: Option<String>,
    zone: String,
    ways: Vec<(Way, Fate)>,
}

/// What becomes of a message.
#[derive(Clone, Debug)]
struct Fate {
    /// When it would go; `None`: it wouldn't.
    at: Option<(Instant, String)>,
    /// The named reason.
    reason: &'static str,
}

/// Who is told and who isn't.
#[derive(Clone, Debug)]
pub struct Answer {
    head: String,
    /// What the answer rests on, a sentence each.
    notes: Vec<String>,
    /// `None`: the kind has none.
    level: Option<Level>,
    /// Whether it is for a payment that would come too late.
    past_pay_by: bool,
    is_archived: bool,
    /// The project's.
    zone: Zone,
    told: Vec<Told>,
    others: Vec<(ContactId, &'static str)>,
    /// Who hears instead of everybody.
    operations: Option<Vec<String>>,
    /// What is held now and stands in the way of some of it.
    holds: Vec<Hold>,
}

/// Asks. Public for tests of what people are told.
pub async fn answer(app: &App, args: &Args) -> Result<Answer, Failure> {
    let id = ProjectId::parse(&args.project)
        .map_err(|error| Failure::usage(format!("error: --project {}: {error}", args.project)))?;
    let unknown = || Failure::usage(format!("error: there is no project `{id}`; `callbrief list projects` shows all"));
    let project = app.store.project(&id).await?.ok_or_else(unknown)?;
    let level = levels::meant(args.kind, args.level).map_err(|why| Failure::usage(format!("error: --level: {why}")))?;
    let zone = app.zones.get(&project.zone)?;
    let at = match &args.at {
        None => app.clock.now(),
        Some(text) => zone.read_instant(text).ok_or_else(|| {
            Failure::usage(format!("error: --at {text}: a time is written as 2026-11-22T03:00, or with its offset"))
        })?,
    };
    let mut session = app.store.read().await?;
    let calendar = session.calendar_of(&project).await?;
    let contacts = session.contacts_of_project(project.key).await?;
    let roads = roads(app, &mut session, project.key, &contacts).await?;
    let standing = session.standings(Some(project.key)).await?.into_iter().next().map(|stored| stored.standing);
    drop(session);
    let past = past::find(app, &project, standing, calendar.as_ref(), args.kind, zone.date(at)).await?;
    let silences = app.store.silences(true).await?;
    let holds = app.store.holds().await?;
    let asked = Asked {
        app,
        args,
        level,
        standing,
        past: &past,
        project: &project,
        zone: &zone,
        calendar: calendar.as_ref(),
        at,
        roads: &roads,
        silences: &silences,
        holds: &holds,
    };
    asked.answer(&contacts)
}

struct Asked<'a> {
    app: &'a App,
    args: &'a Args,
    /// The one that is meant; `None`: the kind has none.
    level: Option<Level>,
    standing: Option<Standing>,
    /// What is past its day to pay by.
    past: &'a [Past],
    project: &'a Project,
    zone: &'a Zone,
    calendar: Option<&'a Calendar>,
    at: Instant,
    roads: &'a Roads,
    /// All there were.
    silences: &'a [Silence],
    /// Those in force now.
    holds: &'a [Hold],
}

impl Asked<'_> {
    fn severity(&self) -> Severity {
        match self.args.kind {
            NoticeKind::Owner => Severity::Warning,
            NoticeKind::Recovered => Severity::Info,
            _ => self.level.map_or(Severity::Warning, Level::severity),
        }
    }

    fn answer(&self, contacts: &[Contact]) -> Result<Answer, Failure> {
        let (kind, severity) = (self.args.kind, self.severity());
        let of = |contact: &Contact| ways(contact, kind, severity, self.roads);
        let heard = match kind {
            NoticeKind::Owner => self.owners(contacts),
            _ if self.has_stopped() => Vec::new(),
            _ => audience(contacts, &self.project.id, self.widening(), self.day(), of),
        };
        let mut told = Vec::new();
        for one in &heard {
            let contact = contacts.iter().find(|contact| contact.id == one.contact);
            let own = contact.and_then(|contact| contact.zone.as_deref());
            let zone = own.and_then(|name| self.app.zones.get(name).ok());
            let zone = zone.as_ref().unwrap_or(self.zone);
            let fate = |way: &Way| (way.clone(), self.fate(contact, way, zone));
            let ways = one.ways.iter().map(fate).collect();
            let in_place_of = one.in_place_of.as_ref().map(|(name, _)| name.clone());
            let (contact, role, zone) = (one.contact.clone(), one.role, zone.name().to_owned());
            told.push(Told { contact, role, in_place_of, zone, ways });
        }
        let others = contacts.iter().filter(|contact| !heard.iter().any(|one| one.contact == contact.id));
        let others = others.map(|contact| (contact.id.clone(), self.why_not(contact, contacts, &of))).collect();
        let is_reached = self.has_stopped() || heard.iter().any(Heard::is_reached);
        let operations = self.app.settings.operations.email.iter().map(ToString::to_string).collect();
        let is_in_the_way = |hold: &&Hold| {
            let mut ways = told.iter().flat_map(|one: &Told| &one.ways).filter(|(_, fate)| fate.at.is_some());
            ways.any(|(way, _)| hold.covers(Some(self.project.id.as_str()), way.channel.name()))
        };
        let holds = self.holds.iter().filter(is_in_the_way).cloned().collect();
        let level = self.level.map_or(String::new(), |level| format!(", level {}", level.name()));
        Ok(Answer {
            zone: self.zone.clone(),
            notes: self.notes(),
            level: self.level,
            past_pay_by: self.is_past(),
            is_archived: self.has_stopped(),
            head: format!(
                "{}{level} ({}) of {}, found {} ({} time)",
                kind.name(),
                severity.name(),
                self.project.id,
                words::moment(self.zone, self.at),
                self.zone.name()
            ),
            told,
            others,
            operations: (!is_reached).then_some(operations),
            holds,
        })
    }

    /// A payment would come too late; of a trial and of how a project stands nobody is told when to pay by.
    fn is_past(&self) -> bool {
        let has_day = !matches!(self.args.kind, NoticeKind::Trial | NoticeKind::Status | NoticeKind::Owner);
        has_day && (self.args.past_pay_by || !self.past.is_empty())
    }

    fn widening(&self) -> Widening {
        self.level.map(|level| Widening::of(level, self.is_past())).unwrap_or_default()
    }

    /// An archived project gets its last notice and no other warning.
    fn has_stopped(&self) -> bool {
        let is_archived = self.standing.is_some_and(|standing| standing.status == Status::Archived);
        let is_last = self.args.kind == NoticeKind::Status && self.level == Some(Level::Archived);
        is_archived && self.args.kind.is_billing() && !is_last
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let kind = self.args.kind;
        if self.args.level.is_none() && levels::of(kind).len() > 1 {
            notes.push(format!("The levels of {} are {}: this is for the first.", kind.name(), levels::names(kind)));
        }
        if self.has_stopped() {
            notes.push(format!(
                "Warnings of {} have stopped, since it is archived; only that it was archived is told.",
                self.project.id
            ));
        } else if let (Some(past), true) = (self.past.first(), self.is_past()) {
            notes.push(format!("The day to pay by {past} is past, so a payment would come too late."));
        } else if self.is_past() {
            notes.push("This is as if the day to pay by were past.".to_owned());
        }
        notes
    }

    fn owners(&self, contacts: &[Contact]) -> Vec<Heard> {
        let owns = |contact: &&Contact| {
            contact.active && contact.roles.get(&self.project.id).is_some_and(|roles| roles.contains(&Role::Owner))
        };
        let heard = contacts.iter().filter(owns).map(|contact| Heard {
            contact: contact.id.clone(),
            name: contact.name.clone(),
            ways: ways(contact, NoticeKind::Owner, Severity::Warning, self.roads),
            language: contact.language.clone(),
            zone: contact.zone.clone(),
            role: Role::Owner,
            in_place_of: None,
        });
        heard.filter(|one| !one.ways.is_empty()).collect()
    }

    /// The project's day on which it would be told.
    fn day(&self) -> NaiveDate {
        match self.counts_days() {
            true => self.zone.date(self.morning_in(self.zone)),
            false => self.zone.date(self.at),
        }
    }

    fn counts_days(&self) -> bool {
        RULES.iter().any(|rule| rule.kind == self.args.kind && rule.counts_days)
    }

    fn morning_in(&self, zone: &Zone) -> Instant {
        let billing_at = self.project.settings.billing_at.unwrap_or(BILLING_AT);
        morning(self.at, billing_at, zone, |day| funds::is_working(self.calendar, day))
    }

    fn fate(&self, contact: Option<&Contact>, way: &Way, zone: &Zone) -> Fate {
        if let Some(shut) = way.shut {
            return Fate { at: None, reason: shut.reason() };
        }
        let own = contact.map(|contact| contact.id.as_str());
        let covers = |silence: &Silence| silence.covers(Some(self.project.id.as_str()), self.args.kind.name(), own);
        let is_silenced = |at: Instant| self.silences.iter().any(|silence| covers(silence) && in_force(silence, at));
        let counts_days = self.counts_days();
        let begun = if counts_days { self.morning_in(zone) } else { self.at };
        let until = contact.and_then(|contact| quiet_until(&contact.settings.quiet, zone, begun));
        let pace = contact.and_then(|contact| contact.settings.pace(self.args.kind));
        let gathering = pace.map(|pace| next_gathering(pace, zone, self.at));
        let rest = rest(self.args.kind, self.severity(), None, false, until, begun);
        let rest = rest.gathered(self.args.kind, self.severity(), gathering, begun);
        let (at, reason) = match rest {
            Rest::Held { until } | Rest::Gathered { until } => (until, rest.reason()),
            Rest::Awake if counts_days => (begun, "working_morning"),
            Rest::Awake => (begun, "at_once"),
            rest => (begun, rest.reason()),
        };
        // That is asked when its turn comes, and once more when its reader is awake.
        if is_silenced(begun) || is_silenced(at) {
            return Fate { at: None, reason: "silenced" };
        }
        Fate { at: Some((at, words::moment(zone, at))), reason }
    }

    fn why_not(&self, contact: &Contact, contacts: &[Contact], of: &impl Fn(&Contact) -> Vec<Way>) -> &'static str {
        let roles = contact.roles.get(&self.project.id).map(Vec::as_slice).unwrap_or_default();
        let hears = |role: &Role| match self.args.kind {
            NoticeKind::Owner => *role == Role::Owner,
            _ => matches!(role, Role::Owner | Role::Finance | Role::Ops),
        };
        if self.has_stopped() {
            "project_archived"
        } else if !contact.active {
            "contact_inactive"
        } else if !roles.iter().any(hears) {
            "role_hears_not"
        } else if of(contact).is_empty() {
            "no_address_to_use"
        } else if self.would_hear_elsewhere(contact, contacts, of) {
            "same_address"
        } else if contact.settings.away.as_ref().is_some_and(|away| away.covers(self.day())) {
            "away"
        } else if roles.contains(&Role::Owner) {
            "owner_hears_later"
        } else {
            "ops_hear_later"
        }
    }

    /// Whether a contact would be told if nobody else had the same addresses.
    fn would_hear_elsewhere(
        &self,
        contact: &Contact,
        contacts: &[Contact],
        of: &impl Fn(&Contact) -> Vec<Way>,
    ) -> bool {
        let own = |way: Way| Way { address: format!("{} only {}", contact.id, way.address), ..way };
        let alone = |other: &Contact| match other.id == contact.id {
            true => of(other).into_iter().map(own).collect(),
            false => of(other),
        };
        let heard = audience(contacts, &self.project.id, self.widening(), self.day(), alone);
        heard.iter().any(|one| one.contact == contact.id)
    }
}

/// Whether a silence had begun by then, and hadn't ended.
fn in_force(silence: &Silence, at: Instant) -> bool {
    silence.since <= at && at < silence.ended_at.map_or(silence.until, |ended| ended.min(silence.until))
}
