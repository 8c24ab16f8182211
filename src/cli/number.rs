//! `callbrief number`.

use comfy_table::{ContentArrangement, Table, presets};
use serde::Serialize;

use super::test_alert::{has_ways, open, send_and_say, whom};
use super::wall_clocks::WallClocks;
use super::{Context, Exit, Failure, table};
use crate::app::App;
use crate::config;
use crate::domain::contact::{ChannelKind, Contact};
use crate::domain::ids::{ContactId, ProjectId};
use crate::domain::instant::Instant;
use crate::domain::number_code::{MOST_AN_HOUR, NumberCode, masked};
use crate::domain::project::Project;
use crate::domain::text_reply;
use crate::notify::number_codes::{self, Asked, Problem};
use crate::store::number_codes::{ListedNumberCode, NumberOf};
use crate::telemetry;

/// Confirm contacts' phone numbers by a code, and show which are confirmed.
///
/// Texts go only to numbers that are known to be their contact's: the set-up file says by what
/// (`{ number = "+380…", verified = "contract 2026-05-01" }`), or a code that went there was given back.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief number confirm olena
  callbrief number confirm olena --code 123456
  callbrief number confirm olena --number +380671112233 --project acme
  callbrief number list
  callbrief number list --project acme --json")]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Send a code to a contact's number, or take the code that went there.
    ///
    /// The text goes as every other: stops (STOP), holds and limits of texts count for it. The code is good for ten minutes and
    /// five tries; three an hour go to one number. Where the gateway tells answers, the code may also be sent back as a text.
    /// Exit code 4 when the text wasn't taken, or the code confirms nothing; 75 when the number has had its codes for this hour.
    #[command(after_help = "Examples:
  callbrief number confirm olena
  callbrief number confirm olena --code 123456")]
    Confirm {
        /// The contact's id.
        #[arg(value_name = "CONTACT")]
        contact: String,
        /// The code that went there; without it one is sent.
        #[arg(long, value_name = "CODE")]
        code: Option<String>,
        /// Which of several numbers; without it the first that isn't confirmed.
        #[arg(long, value_name = "NUMBER")]
        number: Option<String>,
        /// In whose name; needn't be said when the contact has roles in one project only.
        #[arg(long, value_name = "ID")]
        project: Option<String>,
    },
    /// Show which numbers are confirmed, how and since when.
    List {
        /// Only contacts with a role in this project.
        #[arg(long, value_name = "ID")]
        project: Option<String>,
        /// As a JSON list.
        #[arg(long)]
        json: bool,
    },
}

/// Runs the command.
pub(super) async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    match args.what {
        What::Confirm { contact, code: Some(code), number, project: _ } => {
            give(&context.app().await?, &contact, number.as_deref(), &code).await
        }
        What::Confirm { contact, code: None, number, project } => {
            let settings = context.settings_to_send()?;
            telemetry::init(&settings.log).map_err(Failure::Usage)?;
            let app = Context::app_that_stands(settings).await?;
            send(&app, &contact, number.as_deref(), project.as_deref()).await
        }
        What::List { project, json } => list(&context.app().await?, project.as_deref(), json).await,
    }
}

async fn send(app: &App, to: &str, number: Option<&str>, project: Option<&str>) -> Result<Exit, Failure> {
    let (contact, project) = whom(app, to, project).await?;
    has_ways(app, &contact, ChannelKind::Sms)?;
    let known = known(app, &contact).await?;
    let chosen = chosen(&contact, &known, number)?;
    if chosen.is_confirmed() {
        println!("{} of {} is confirmed: {}; no code was sent", masked(&chosen.number), contact.id, chosen.how());
        return Ok(Exit::Done);
    }
    let work = open(app).await?;
    let asked = Asked { contact: &contact, project: &project, number: &chosen.number, actor: &config::user_name() };
    let zone = app.zones.get(&project.zone)?;
    let sent = number_codes::send(app, asked).await.map_err(|problem| match problem {
        Problem::TooMany { number, next_at } => Failure::TryLater(anyhow::anyhow!(
            "{MOST_AN_HOUR} codes were asked for {number} within an hour, and no more are sent; the next may go at {} ({} time)",
            zone.local(next_at).format("%H:%M"),
            zone.name()
        )),
        Problem::Stopped { .. } => Failure::usage(format!("error: {problem}")),
        Problem::Store(error) if error.is_passing() => Failure::TryLater(error.into()),
        other => Failure::failed(other),
    })?;
    if !send_and_say(app, &work, ChannelKind::Sms, &[sent.delivery], &zone).await? {
        return Ok(Exit::No);
    }
    println!(
        "The code is good until {} ({} time): callbrief number confirm {} --code CODE",
        zone.local(sent.expires_at).format("%H:%M"),
        zone.name(),
        contact.id
    );
    Ok(Exit::Done)
}

async fn give(app: &App, contact: &str, number: Option<&str>, code: &str) -> Result<Exit, Failure> {
    let id = ContactId::parse(contact)
        .map_err(|error| Failure::usage(format!("error: `{contact}`: {error}; it is a contact's id")))?;
    let unknown = || Failure::usage(format!("error: there is no contact `{id}`; `callbrief list contacts` shows all"));
    let contact = app.store.contact(&id).await?.ok_or_else(unknown)?;
    let read = NumberCode::read(code);
    let code =
        read.ok_or_else(|| Failure::usage("error: --code: six digits, as they stand at the beginning of the text"))?;
    let known = known(app, &contact).await?;
    let chosen = match number {
        None => awaiting(&known).map_or_else(|| chosen(&contact, &known, None), Ok)?,
        some => chosen(&contact, &known, some)?,
    };
    let shown = masked(&chosen.number);
    if !chosen.is_confirmed() {
        let of = NumberOf { contact: &contact.id, number: &chosen.number };
        match number_codes::confirm(app, of, &code, &config::user_name()).await {
            Ok(()) => {}
            Err(Problem::Store(error)) if error.is_passing() => return Err(Failure::TryLater(error.into())),
            Err(problem @ (Problem::Store(_) | Problem::Failed(_))) => return Err(Failure::failed(problem)),
            Err(problem) => {
                eprintln!("error: {problem}");
                return Ok(Exit::No);
            }
        }
        println!("{shown} of {} is confirmed", contact.id);
        return Ok(Exit::Done);
    }
    println!("{shown} of {} is confirmed, as before: {}", contact.id, chosen.how());
    Ok(Exit::Done)
}

/// A number of a contact, and how it stands.
#[derive(Clone, Debug, Serialize)]
struct Known {
    contact: ContactId,
    #[serde(serialize_with = "as_masked")]
    number: String,
    /// By what, as the set-up file says.
    verified: Option<String>,
    /// When a code that went there was given.
    confirmed_at: Option<Instant>,
    confirmed_by: Option<String>,
    /// Until when the youngest code can be given.
    code_good_until: Option<Instant>,
}

fn as_masked<S: serde::Serializer>(number: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&masked(number))
}

impl Known {
    fn is_confirmed(&self) -> bool {
        self.verified.is_some() || self.confirmed_at.is_some()
    }

    /// By what; of one that isn't, how that is done.
    fn how(&self) -> String {
        match (&self.verified, &self.confirmed_by) {
            (Some(how), _) => format!("{how} (set-up file)"),
            (None, Some(actor)) if actor == "recipient" => "a code, sent back as a text".to_owned(),
            (None, Some(actor)) => format!("a code, given by {actor}"),
            (None, None) => format!("not confirmed; `callbrief number confirm {}`", self.contact),
        }
    }
}

/// How a contact's numbers stand, in their order.
async fn known(app: &App, contact: &Contact) -> anyhow::Result<Vec<Known>> {
    let codes = app.store.read().await?.number_codes(Some(&contact.id)).await?;
    Ok(standing(contact, &codes, app.clock.now()))
}

fn standing(contact: &Contact, codes: &[ListedNumberCode], now: Instant) -> Vec<Known> {
    let numbers = contact.addresses.get(&ChannelKind::Sms).map(Vec::as_slice).unwrap_or_default();
    let of = |number: &String| {
        let code = codes.iter().find(|code| code.contact == contact.id && code.number == *number);
        let given = code.filter(|code| code.confirmed_at.is_some());
        Known {
            contact: contact.id.clone(),
            number: number.clone(),
            verified: contact.settings.verified.get(number).cloned(),
            confirmed_at: given.and_then(|code| code.confirmed_at),
            confirmed_by: given.and_then(|code| code.confirmed_by.clone()),
            code_good_until: code.filter(|_| given.is_none()).map(|code| code.expires_at).filter(|at| now < *at),
        }
    };
    numbers.iter().map(of).collect()
}

/// The number to which the code went that can be given last.
fn awaiting(known: &[Known]) -> Option<Known> {
    known.iter().filter(|one| one.code_good_until.is_some()).max_by_key(|one| one.code_good_until).cloned()
}

/// The number that is meant: the one that is named, else the first that isn't confirmed.
fn chosen(contact: &Contact, known: &[Known], named: Option<&str>) -> Result<Known, Failure> {
    let Some(named) = named else {
        let first = known.iter().find(|one| !one.is_confirmed()).or(known.first());
        return first.cloned().ok_or_else(|| {
            Failure::usage(format!(
                "error: `{}` has no address for sms; add it to the set-up file and apply it: addresses = {{ sms = \
                 [\"+380441234567\"] }}",
                contact.id
            ))
        });
    };
    let number = text_reply::sender(named).map(|number| number.to_string());
    known.iter().find(|one| Some(&one.number) == number.as_ref()).cloned().ok_or_else(|| {
        Failure::usage(format!(
            "error: --number {named}: `{}` has no such number; write it with its country, as the set-up file has it",
            contact.id
        ))
    })
}

async fn list(app: &App, project: Option<&str>, json: bool) -> Result<Exit, Failure> {
    let project = match project {
        Some(text) => Some(super::balance::find(app, text).await?.0),
        None => None,
    };
    let is_in = |contact: &Contact| {
        project.as_ref().is_none_or(|project: &Project| contact.roles.keys().any(|id: &ProjectId| *id == project.id))
    };
    let mut session = app.store.read().await?;
    let contacts = session.contacts().await?;
    let codes = session.number_codes(None).await?;
    drop(session);
    let now = app.clock.now();
    let of = |contact: &Contact| standing(contact, &codes, now);
    let rows: Vec<(&Contact, Known)> = contacts
        .iter()
        .filter(|contact| is_in(contact))
        .flat_map(|contact| of(contact).into_iter().map(move |one| (contact, one)))
        .collect();
    if json {
        let rows: Vec<&Known> = rows.iter().map(|(_, one)| one).collect();
        println!("{}", serde_json::to_string_pretty(&rows)?);
        return Ok(Exit::Done);
    }
    if rows.is_empty() {
        println!(
            "No contact has a number. One stands in the set-up file: addresses = {{ sms = [\"+380441234567\"] }}."
        );
        return Ok(Exit::Done);
    }
    let clocks = WallClocks::load(&app.store, &app.zones).await?;
    let mut shown = Table::new();
    shown.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    shown.set_header(["CONTACT", "NUMBER", "CONFIRMED", "BY WHAT"]);
    for (contact, one) in &rows {
        let local = |at| clocks.show(None, contact.roles.keys().next().map(ProjectId::as_str), at);
        let confirmed = match (one.confirmed_at, one.is_confirmed(), one.code_good_until) {
            (Some(at), _, _) => local(at),
            (None, true, _) => "yes".to_owned(),
            (None, false, Some(until)) => format!("code sent, good until {}", local(until)),
            (None, false, None) => "no".to_owned(),
        };
        shown.add_row([one.contact.to_string(), masked(&one.number), confirmed, one.how()]);
    }
    table::print(shown);
    Ok(Exit::Done)
}
