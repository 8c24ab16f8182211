//! `callbrief silence`.

use std::time::Duration;

use comfy_table::{ContentArrangement, Table, presets};

use super::balance::find;
use super::wall_clocks::WallClocks;
use super::{Context, Exit, Failure};
use crate::app::App;
use crate::config::{self, duration};
use crate::domain::ids::ContactId;
use crate::domain::instant::Instant;
use crate::domain::notice::{KINDS, NoticeKind};
use crate::notify::silence;
use crate::store::silences::{NewSilence, Silence};

/// Keep notices back for a while, show what is kept back, and end that.
///
/// What is silenced isn't sent and isn't sent later either: when the silence ends, its owner is told what it kept back. Reports
/// aren't notices; pause their schedule instead.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief silence add --project acme --kind funds --for 3d --reason \"invoice is being paid\"
  callbrief silence add --project acme --contact nadia --until 2026-12-01 --reason \"on leave, Olena looks\"
  callbrief silence add --all --kind owner --for 2h --reason \"relay is being moved\"
  callbrief silence list
  callbrief silence end 3")]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Begin one: of a project or all, of a kind or every kind, to a contact or everybody.
    Add {
        /// Of every project.
        #[arg(long, conflicts_with = "project", required_unless_present = "project")]
        all: bool,
        /// Only of this project.
        #[arg(long, value_name = "ID")]
        project: Option<String>,
        /// Only this kind: funds, paid_until, owner …
        #[arg(long, value_name = "KIND")]
        kind: Option<String>,
        /// Only to this contact.
        #[arg(long, value_name = "ID")]
        contact: Option<String>,
        /// How long: 2h, 3d.
        #[arg(long = "for", value_name = "SPAN", conflicts_with = "until", required_unless_present = "until")]
        span: Option<String>,
        /// Up to when: an instant with its offset, or with --project a date or time of its zone.
        #[arg(long, value_name = "TIME")]
        until: Option<String>,
        /// Why, for whoever wonders.
        #[arg(long, value_name = "WORDS")]
        reason: String,
    },
    /// Show what is silenced: who wants it, what, until when and why.
    List {
        /// With those that ended.
        #[arg(long)]
        all: bool,
        /// As a JSON list.
        #[arg(long)]
        json: bool,
    },
    /// End one now.
    End { id: i64 },
}

/// Runs the command.
pub(super) async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let app = context.app().await?;
    match args.what {
        What::Add { all: _, project, kind, contact, span, until, reason } => {
            add(&app, project.as_deref(), kind.as_deref(), contact.as_deref(), (span, until), &reason).await
        }
        What::List { all, json } => list(&app, all, json).await,
        What::End { id } => match silence::end(&app, id, &config::user_name()).await? {
            Some(ended) => {
                println!("Silence {id} is over: {} is heard again. Its owner is told what it kept back.", what(&ended));
                Ok(Exit::Done)
            }
            None => {
                Err(Failure::usage(format!("error: no silence {id} is in force; `callbrief silence list` shows them")))
            }
        },
    }
}

/// Longer ones are forgotten.
const LONGEST: Duration = Duration::from_secs(90 * 86_400);

async fn add(
    app: &App,
    project: Option<&str>,
    kind: Option<&str>,
    contact: Option<&str>,
    (span, until): (Option<String>, Option<String>),
    reason: &str,
) -> Result<Exit, Failure> {
    let now = app.clock.now();
    let found = match project {
        Some(text) => Some(find(app, text).await?),
        None => None,
    };
    let kinds = || KINDS.iter().filter(|line| line.kind.is_billing() || line.kind == NoticeKind::Owner);
    if let Some(kind) = kind
        && !kinds().any(|line| line.name == kind)
    {
        let known: Vec<&str> = kinds().map(|line| line.name).collect();
        return Err(Failure::usage(format!("error: `{kind}` can't be silenced; the kinds are {}", known.join(", "))));
    }
    if let Some(text) = contact {
        let id = ContactId::parse(text).ok();
        let known = match &id {
            Some(id) => app.store.contact(id).await?,
            None => None,
        };
        if known.is_none() {
            return Err(Failure::usage(format!(
                "error: there is no contact `{text}`; `callbrief list contacts` shows them"
            )));
        }
    }
    let until = match (&span, &until) {
        (Some(span), _) => {
            now + duration::parse(span).map_err(|why| Failure::usage(format!("error: --for `{span}`: {why}")))?
        }
        (None, Some(text)) => {
            let zone = found.as_ref().map(|(_, zone)| zone);
            let read = Instant::parse_rfc3339(text).or_else(|| zone.and_then(|zone| zone.read_instant(text)));
            read.ok_or_else(|| {
                Failure::usage(format!(
                    "error: --until `{text}`: write an instant with its offset, such as 2026-12-01T09:00:00+02:00; with --project \
                     a date or time of its zone will do"
                ))
            })?
        }
        (None, None) => return Err(Failure::usage("error: say --for SPAN or --until TIME")),
    };
    if until <= now || until > now + LONGEST {
        return Err(Failure::usage("error: a silence ends after now and within 90 days"));
    }
    if reason.trim().is_empty() {
        return Err(Failure::usage("error: --reason says why, to whoever wonders why nothing is heard"));
    }
    let actor = config::user_name();
    let new = NewSilence {
        project: found.as_ref().map(|(project, _)| project.key),
        kind,
        contact,
        reason: reason.trim(),
        actor: &actor,
        until,
    };
    let id = silence::begin(app, &new, project.unwrap_or("everything")).await?;
    let clocks = WallClocks::load(&app.store, &app.zones).await?;
    println!("Silence {id} is in force until {}; its owner is told when it ends.", clocks.show(None, project, until));
    Ok(Exit::Done)
}

async fn list(app: &App, all: bool, json: bool) -> Result<Exit, Failure> {
    let rows = app.store.silences(all).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&rows)?);
        return Ok(Exit::Done);
    }
    if rows.is_empty() {
        println!("Nothing is silenced.");
        return Ok(Exit::Done);
    }
    let clocks = WallClocks::load(&app.store, &app.zones).await?;
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(["id", "what", "until", "why", "by", "ended"]);
    for row in &rows {
        let local = |at| clocks.show(None, row.project_id.as_deref(), at);
        let by = row.ended_by.as_deref().unwrap_or_default();
        table.add_row([
            row.id.to_string(),
            what(row),
            local(row.until),
            row.reason.clone(),
            row.actor.clone(),
            row.ended_at.map_or_else(String::new, |at| format!("{} {by}", local(at))),
        ]);
    }
    super::table::print(table);
    Ok(Exit::Done)
}

/// `funds of acme to nadia`
fn what(row: &Silence) -> String {
    let kind = row.kind.as_deref().unwrap_or("every notice");
    let project = row.project_id.as_deref().map_or_else(|| "every project".to_owned(), str::to_owned);
    let contact = row.contact.as_deref().map(|id| format!(" to {id}")).unwrap_or_default();
    format!("{kind} of {project}{contact}")
}
