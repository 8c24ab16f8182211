//! `callbrief standing`.

use chrono::NaiveDate;
use comfy_table::{ContentArrangement, Table, presets};
use serde_json::json;

use super::balance::{as_of_time, find, refused, shown};
use super::{Context, Exit, Failure, table};
use crate::app::App;
use crate::config;
use crate::domain::balance::{Status, Taken, ToldDay, ToldStanding};
use crate::domain::day;
use crate::funds;

/// Tell how projects stand with their provider; show it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief standing set acme --status active --paid-until 2026-06-20 --as-of 2026-06-01T08:00
  callbrief standing set acme --status suspended --as-of 2026-06-21
  callbrief standing set acme --status active --no-paid-until --as-of 2026-06-22
  callbrief standing list --json")]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Say how a project stands.
    Set {
        #[arg(value_name = "PROJECT")]
        project: String,
        /// trial, active, suspended or archived.
        #[arg(long, value_name = "STATUS", value_parser = parse_status)]
        status: Status,
        /// The last local day that is paid for; in a trial, its last day. As it was when not given; only a trial's last day
        /// ends with the trial.
        #[arg(long, value_name = "DATE", value_parser = day::read)]
        paid_until: Option<NaiveDate>,
        /// Nothing is paid to a day (any more).
        #[arg(long, conflicts_with = "paid_until")]
        no_paid_until: bool,
        /// When it was so: an instant, or a date or time of the project's zone.
        #[arg(long, value_name = "TIME")]
        as_of: String,
    },
    /// Show how all projects stand.
    List {
        /// As a JSON list.
        #[arg(long)]
        json: bool,
    },
}

fn parse_status(text: &str) -> Result<Status, String> {
    let words = Status::ALL.map(Status::name).join(", ");
    Status::parse(text).ok_or_else(|| format!("a project is told to be {words}; everything finer is worked out"))
}

/// Runs the command.
pub(super) async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let app = context.app().await?;
    match args.what {
        What::Set { project, status, paid_until, no_paid_until, as_of } => {
            let (project, zone) = find(&app, &project).await?;
            let told = match paid_until {
                Some(day) => ToldDay::Until(day),
                None if no_paid_until => ToldDay::Never,
                None => ToldDay::AsItWas,
            };
            let new = ToldStanding { status, paid_until: told, as_of: as_of_time(&app, &as_of, &zone)? };
            let taken = funds::set_standing(&app, &project, new, &config::user_name()).await.map_err(refused)?;
            let stands = app.store.read().await?.standings(Some(project.key)).await?.pop();
            let stays = if told == ToldDay::AsItWas { " as before" } else { "" };
            let stands = stands.map(|stands| stands.standing);
            let until = stands.and_then(|stands| stands.until());
            let until = until.map(|until| format!(", {until}{stays}")).unwrap_or_default();
            let note = stands.and_then(|stands| stands.note()).map(|note| format!("; {note}")).unwrap_or_default();
            let text = format!("{} is {}{until}", project.id, status.name());
            match taken {
                Taken::Now | Taken::Fresh => println!("{text}{note}"),
                Taken::Same => println!("{text}; nothing changed{note}"),
                Taken::Older { than } => {
                    println!("Not taken: how {} stands was told of {} already.", project.id, shown(&zone, than));
                    return Ok(Exit::Refused);
                }
            }
            Ok(Exit::Done)
        }
        What::List { json } => list(&app, json).await,
    }
}

async fn list(app: &App, json: bool) -> Result<Exit, Failure> {
    let mut session = app.store.read().await?;
    let standings = session.standings(None).await?;
    let projects = session.projects().await?;
    let keys: Vec<_> = projects.iter().map(|project| project.key).collect();
    let promises = session.promises(&keys).await?;
    drop(session);
    let promised = |key| {
        let zone =
            projects.iter().find(|project| project.key == key).and_then(|project| app.zones.get(&project.zone).ok())?;
        let today = zone.date(app.clock.now());
        promises.iter().find(|said| said.project == key && said.balance.is_empty() && said.arrives_on >= today)
    };
    if json {
        let list: Vec<_> = standings
            .iter()
            .map(|stored| {
                let standing = stored.standing;
                json!({
                    "project": stored.project, "status": standing.status, "paid_until": standing.paid_until,
                    "as_of": standing.as_of.to_string(),
                    "payment_arrives_on": promised(stored.key).map(|said| said.arrives_on),
                    "payment_said_by": promised(stored.key).map(|said| said.contact.as_str()),
                })
            })
            .collect();
        println!("{}", serde_json::to_string_pretty(&list)?);
        return Ok(Exit::Done);
    }
    if projects.is_empty() {
        println!("No projects yet: write [[project]] into a set-up file, and `callbrief apply FILE` makes them.");
        return Ok(Exit::Done);
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(["project", "status", "until", "payment on its way", "as of"]);
    for project in &projects {
        let found = standings.iter().find(|stored| stored.key == project.key).map(|stored| stored.standing);
        let zone = app.zones.get(&project.zone).ok();
        let as_of =
            found.map(|standing| zone.map_or_else(|| standing.as_of.to_string(), |zone| shown(&zone, standing.as_of)));
        table.add_row([
            project.id.to_string(),
            found.map_or("(not told)", |standing| standing.status.name()).to_owned(),
            found.and_then(|standing| standing.until()).unwrap_or_default(),
            promised(project.key).map(|said| format!("{}, says {}", said.arrives_on, said.contact)).unwrap_or_default(),
            as_of.unwrap_or_default(),
        ]);
    }
    table::print(table);
    Ok(Exit::Done)
}
