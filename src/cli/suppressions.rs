//! `callbrief suppressions`.

use comfy_table::{ContentArrangement, Table, presets};

use super::explain::words::reason;
use super::wall_clocks::WallClocks;
use super::{Context, Exit, Failure};
use crate::app::App;
use crate::config;
use crate::domain::contact::EmailAddress;
use crate::domain::ids::{ProjectId, ProjectKey, ScheduleId};
use crate::domain::text_reply;
use crate::store::suppressions::{NewSuppression, Suppression};

/// Show, add and lift what stops addresses.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief suppressions list
  callbrief suppressions add olena@acme.example --reason \"left the company\"
  callbrief suppressions add olena@acme.example --schedule weekly --reason \"asked by phone\"
  callbrief suppressions lift olena@acme.example --reason \"mailbox works again\"
  callbrief suppressions lift +380671112233 --reason \"asked by phone\"
  callbrief suppressions lift 12 --reason \"wrong one\"")]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Show what stops addresses, newest first.
    List {
        /// With those that were lifted.
        #[arg(long)]
        all: bool,
        /// As a JSON list.
        #[arg(long)]
        json: bool,
    },
    /// Stop an address: for a schedule, a project, or everywhere.
    Add {
        address: String,
        /// Only this schedule.
        #[arg(long, value_name = "ID")]
        schedule: Option<String>,
        /// Only this project.
        #[arg(long, value_name = "ID")]
        project: Option<String>,
        /// Why, for whoever asks later.
        #[arg(long)]
        reason: String,
    },
    /// End what stops an address, or one stop by its id.
    Lift {
        #[arg(value_name = "ADDRESS|ID")]
        what: String,
        /// Why, for whoever asks later.
        #[arg(long)]
        reason: String,
    },
}

/// Runs the command.
pub(super) async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let app = match args.what {
        // Whom nothing may be sent to can be said before anything else is.
        What::Add { .. } => Context::app_from_nothing(context.settings()?).await?,
        What::List { .. } | What::Lift { .. } => context.app().await?,
    };
    match args.what {
        What::List { all, json } => list(&app, all, json).await,
        What::Add { address, schedule, project, reason } => add(&app, &address, schedule, project, &reason).await,
        What::Lift { what, reason } => lift(&app, &what, &reason).await,
    }
}

async fn list(app: &App, all: bool, json: bool) -> Result<Exit, Failure> {
    let rows = app.store.suppressions(all, None).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&rows)?);
    } else if rows.is_empty() {
        println!("No address is stopped. Readers who stop a report are listed here, and addresses that don't exist.");
    } else {
        let clocks = WallClocks::load(&app.store, &app.zones).await?;
        super::table::print(table(&rows, all, &clocks));
    }
    Ok(Exit::Done)
}

fn table(rows: &[Suppression], all: bool, clocks: &WallClocks) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    let mut head = vec!["id", "address", "for", "reason", "detail", "by", "since"];
    if all {
        head.push("lifted");
    }
    table.set_header(head);
    for row in rows {
        let local = |at| clocks.show(row.schedule.as_deref(), row.project.as_deref(), at);
        let scope = row.schedule.as_ref().or(row.project.as_ref()).map_or("everything", String::as_str);
        let mut cells = vec![
            row.id.to_string(),
            row.address.clone(),
            scope.to_owned(),
            reason(&row.reason).to_owned(),
            row.detail.clone().unwrap_or_default(),
            row.actor.clone(),
            match row.until {
                Some(until) => format!("{} to {}", local(row.created_at), local(until)),
                None => local(row.created_at),
            },
        ];
        if all {
            let why = row.lifted_reason.as_deref().unwrap_or_default();
            cells.push(row.lifted_at.map_or_else(String::new, |at| format!("{} {why}", local(at))));
        }
        table.add_row(cells);
    }
    table
}

async fn add(
    app: &App,
    address: &str,
    schedule: Option<String>,
    project: Option<String>,
    reason: &str,
) -> Result<Exit, Failure> {
    let address = EmailAddress::parse(address).map_err(|error| Failure::usage(format!("error: {address}: {error}")))?;
    let (project, schedule) = scope(app, schedule, project).await?;
    let stop = NewSuppression {
        project,
        schedule: schedule.as_ref().map(ScheduleId::as_str),
        channel: "email",
        address: address.as_str(),
        reason: "by_hand",
        detail: Some(reason),
        actor: &config::user_name(),
    };
    let mut session = app.store.write().await?;
    let is_new = session.suppress(app.clock.now(), &stop).await?;
    session.commit().await?;
    println!("{address} {}", if is_new { "is stopped" } else { "was stopped already" });
    Ok(Exit::Done)
}

async fn scope(
    app: &App,
    schedule: Option<String>,
    project: Option<String>,
) -> Result<(Option<ProjectKey>, Option<ScheduleId>), Failure> {
    let unknown = |what: &str, id: &str| {
        Failure::usage(format!("error: there is no {what} `{id}`; `callbrief list {what}s` shows them"))
    };
    let (project, schedule) = match schedule {
        Some(text) => {
            let id = ScheduleId::parse(&text).map_err(|_| unknown("schedule", &text))?;
            let found = app.store.schedule(&id).await?.ok_or_else(|| unknown("schedule", &text))?;
            (Some(found.project.to_string()), Some(id))
        }
        None => (project, None),
    };
    let key = match project {
        Some(text) => {
            let id = ProjectId::parse(&text).map_err(|_| unknown("project", &text))?;
            let found = app.store.project(&id).await?.ok_or_else(|| unknown("project", &text))?;
            Some(found.key)
        }
        None => None,
    };
    Ok((key, schedule))
}

async fn lift(app: &App, what: &str, reason: &str) -> Result<Exit, Failure> {
    let id = what.parse::<i64>().ok();
    let address = match id {
        Some(_) => None,
        None => {
            let usage = |error| Failure::usage(format!("error: `{what}` is neither an id nor an address: {error}"));
            match text_reply::sender(what).filter(|_| what.starts_with('+')) {
                Some(number) => Some(number.to_string()),
                None => Some(EmailAddress::parse(what).map_err(usage)?.to_string()),
            }
        }
    };
    let mut session = app.store.write().await?;
    let address = address.as_deref();
    let lifted = session.lift_suppressions(app.clock.now(), id, address, &config::user_name(), reason).await?;
    session.commit().await?;
    if lifted == 0 {
        return Err(Failure::usage(format!(
            "error: nothing stops `{what}`; `callbrief suppressions list` shows what is stopped"
        )));
    }
    println!("lifted {lifted} for {what}");
    Ok(Exit::Done)
}
