//! `callbrief who`: who would be told of something, over what and when, and why the others wouldn't. It asks the same functions as
//! the jobs that tell, and sends nothing.

use std::fmt::Write;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::explain::words;
use super::{Context, Exit, Failure};
use crate::app::App;
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
level that was told before.")]
pub struct Args {
    /// What it is about.
    #[arg(long, value_parser = kind)]
    pub kind: NoticeKind,
    /// How bad it is.
    #[arg(long, default_value = "warning", value_parser = level)]
    pub level: Level,
    /// The project's id.
    #[arg(long, value_name = "ID")]
    pub project: String,
    /// When it would be found: a local time of the project, or one with its offset. Without it: now.
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// As if the last day on which a payment arrives in time were past.
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
    drop(session);
    let silences = app.store.silences(false).await?;
    let holds = app.store.holds().await?;
    let asked = Asked {
        app,
        args,
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
    project: &'a Project,
    zone: &'a Zone,
    calendar: Option<&'a Calendar>,
    at: Instant,
    roads: &'a Roads,
    /// Those in force now.
    silences: &'a [Silence],
    /// The same.
    holds: &'a [Hold],
}

impl Asked<'_> {
    fn severity(&self) -> Severity {
        match self.args.kind {
            NoticeKind::Owner => Severity::Warning,
            NoticeKind::Recovered => Severity::Info,
            _ => self.args.level.severity(),
        }
    }

    fn answer(&self, contacts: &[Contact]) -> Result<Answer, Failure> {
        let (kind, severity) = (self.args.kind, self.severity());
        let of = |contact: &Contact| ways(contact, kind, severity, self.roads);
        let heard = match kind {
            NoticeKind::Owner => self.owners(contacts),
            _ => {
                let widening = Widening::of(self.args.level, self.args.past_pay_by);
                audience(contacts, &self.project.id, widening, self.day(), of)
            }
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
        let others =
            others.map(|contact| (contact.id.clone(), self.why_not(contact, of(contact).is_empty()))).collect();
        let is_reached = heard.iter().any(Heard::is_reached);
        let operations = self.app.settings.operations.email.iter().map(ToString::to_string).collect();
        let is_in_the_way = |hold: &&Hold| {
            let mut ways = told.iter().flat_map(|one: &Told| &one.ways).filter(|(_, fate)| fate.at.is_some());
            ways.any(|(way, _)| hold.covers(Some(self.project.id.as_str()), way.channel.name()))
        };
        let holds = self.holds.iter().filter(is_in_the_way).cloned().collect();
        let level = match kind {
            NoticeKind::Owner => String::new(),
            _ => format!(", level {}", self.args.level.name()),
        };
        Ok(Answer {
            zone: self.zone.clone(),
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
        if self.silences.iter().any(|silence| covers(silence) && self.at < silence.until) {
            return Fate { at: None, reason: "silenced" };
        }
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
        Fate { at: Some((at, words::moment(zone, at))), reason }
    }

    fn why_not(&self, contact: &Contact, has_no_way: bool) -> &'static str {
        let roles = contact.roles.get(&self.project.id).map(Vec::as_slice).unwrap_or_default();
        let hears = |role: &Role| match self.args.kind {
            NoticeKind::Owner => *role == Role::Owner,
            _ => matches!(role, Role::Owner | Role::Finance | Role::Ops),
        };
        if !contact.active {
            "contact_inactive"
        } else if !roles.iter().any(hears) {
            "role_hears_not"
        } else if has_no_way {
            "no_address_to_use"
        } else if contact.settings.away.as_ref().is_some_and(|away| away.covers(self.day())) {
            "away"
        } else if roles.contains(&Role::Finance) {
            "same_address"
        } else if roles.contains(&Role::Owner) {
            "owner_hears_later"
        } else {
            "ops_hear_later"
        }
    }
}

/// A reason in words; the ones that only this command gives have theirs here.
fn said(reason: &str) -> &str {
    match reason {
        "at_once" => "at once",
        "working_morning" => "in the morning of a working day; at once where the day to pay comes before",
        "critical_goes_at_once" => "at once: what is critical goes through quiet hours",
        "quiet_hours" => "held for the contact's quiet hours",
        "role_hears_not" => "none of the contact's roles hears of such a thing",
        "no_address_to_use" => "every address that the contact chose for it is stopped, or there is none",
        "owner_hears_later" => {
            "an owner hears three days before an end, when a payment would come too late or something is over, or when nobody in \
             finance can be reached"
        }
        "ops_hear_later" => "ops hear when a payment would come too late, or when something is over",
        "away" => "away on that day, so the deputy hears instead (`away` of the contact)",
        "same_address" => "somebody before has the same address",
        other => words::reason(other),
    }
}

impl Answer {
    /// For people.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n", self.head);
        for one in &self.told {
            for (way, fate) in &one.ways {
                let sums = if one.role.rights().money && !way.hides_money { "" } else { ", without sums" };
                let deputy = one.in_place_of.as_ref().map_or(String::new(), |name| format!(", deputy of {name}"));
                let who = format!("{} ({}{deputy}{sums})", one.contact, one.role.name());
                let _ = match &fate.at {
                    Some((_, at)) => writeln!(text, "  {who}: {way}, {at} {} time: {}.", one.zone, said(fate.reason)),
                    None => {
                        let why = said(fate.reason).replace("CONTACT", one.contact.as_str());
                        writeln!(text, "  {who}: not by {way}: {why}.")
                    }
                };
            }
        }
        for (contact, reason) in &self.others {
            let _ = writeln!(text, "  not {contact}: {}.", said(reason));
        }
        match self.operations.as_deref() {
            None => {}
            Some([]) => text.push_str("  Nobody can be told, and [operations] of the settings is empty.\n"),
            Some(list) => {
                let _ =
                    writeln!(text, "  Nobody of the project can be told, so [operations] hears: {}.", list.join(", "));
            }
        }
        for hold in &self.holds {
            let of = hold.project_id.as_ref().map_or(String::new(), |id| format!(" of {id}"));
            let by = hold.channel.as_ref().map_or(String::new(), |channel| format!(" by {channel}"));
            let _ = writeln!(
                text,
                "  Held now: everything{of}{by} waits until `callbrief release` ({} by {}: {}).",
                words::moment(&self.zone, hold.since),
                hold.actor,
                hold.reason
            );
        }
        text
    }

    /// For scripts.
    pub fn json(&self) -> Value {
        let way = |(way, fate): &(Way, Fate)| {
            json!({
                "channel": way.channel.name(), "address": way.address, "at": fate.at.as_ref().map(|(at, _)| at),
                "reason": fate.reason, "hides_money": way.hides_money,
            })
        };
        let told = self.told.iter().map(|one| {
            let ways: Vec<Value> = one.ways.iter().map(way).collect();
            json!({ "contact": one.contact, "role": one.role.name(), "in_place_of": one.in_place_of, "ways": ways })
        });
        let others = self.others.iter().map(|(contact, reason)| json!({ "contact": contact, "reason": reason }));
        json!({
            "told": told.collect::<Vec<_>>(), "others": others.collect::<Vec<_>>(), "operations": self.operations,
            "holds": self.holds,
        })
    }
}
