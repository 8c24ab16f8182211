//! `callbrief deliveries`.

use comfy_table::{ContentArrangement, Table, presets};

use super::wall_clocks::WallClocks;
use super::{Context, Exit, Failure, explain, hold};
use crate::app::App;
use crate::domain::delivery::DeliveryState;
use crate::domain::ids::{ProjectId, ScheduleId};
use crate::domain::instant::Instant;
use crate::notify::facts;
use crate::store::deliveries::{DeliveryFilter, ListedDelivery};

/// List deliveries and where they stand, newest first.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief deliveries
  callbrief deliveries --state uncertain
  callbrief deliveries --to olena@acme.example --limit 5
  callbrief deliveries --state failed --json

`callbrief explain`, `resend`, `cancel` and `settle` take the id or the reference of each; `for` is its schedule, or the project of a
notice. With --json, `not_before` says when a queued one may go.

States: queued, claimed, held, handed, refused, uncertain, accepted, failed, bounced, complained, folded, suppressed, cancelled, expired. `accepted` means that the relay took it; nobody can promise more.")]
pub(super) struct Args {
    /// Only those in this state.
    #[arg(long, value_parser = state)]
    state: Option<DeliveryState>,
    /// Only those to this address.
    #[arg(long, value_name = "ADDRESS")]
    to: Option<String>,
    /// Only those of this project.
    #[arg(long, value_name = "ID")]
    project: Option<String>,
    /// Only those of this schedule.
    #[arg(long, value_name = "ID")]
    schedule: Option<String>,
    /// At most so many, the newest; when there are more, a note on standard error says so.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(i64).range(1..=100_000))]
    limit: i64,
    /// As a JSON list.
    #[arg(long)]
    json: bool,
}

fn state(text: &str) -> Result<DeliveryState, String> {
    DeliveryState::parse(text).ok_or_else(|| {
        let known: Vec<&str> = DeliveryState::ALL.into_iter().map(DeliveryState::name).collect();
        format!("the states are {}", known.join(", "))
    })
}

/// Runs the command.
pub(super) async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let app = context.app().await?;
    for (what, id, is_there) in [
        ("schedule", &args.schedule, knows_schedule(&app, args.schedule.as_deref()).await?),
        ("project", &args.project, knows_project(&app, args.project.as_deref()).await?),
    ] {
        if let (Some(id), false) = (id, is_there) {
            return Err(Failure::usage(format!(
                "error: there is no {what} `{id}`; `callbrief list {what}s` shows them"
            )));
        }
    }
    let filter = DeliveryFilter {
        state: args.state.map(DeliveryState::name),
        project: args.project.as_deref(),
        schedule: args.schedule.as_deref(),
        address: args.to.as_deref(),
    };
    let mut rows = app.store.deliveries(filter, args.limit + 1).await?;
    let is_cut = rows.len() > usize::try_from(args.limit)?;
    rows.truncate(usize::try_from(args.limit)?);
    if !app.settings.mail.has_relay() {
        let waits = rows.iter_mut().filter(|row| row.state == "queued" && row.channel == "email");
        waits.for_each(|row| row.reason = Some("no_relay".to_owned()));
    }
    let holds = app.store.holds().await?;
    let is_held = |row: &ListedDelivery| holds.iter().any(|hold| hold.covers(row.project.as_deref(), &row.channel));
    for row in rows.iter_mut().filter(|row| row.state == "queued" && is_held(row)) {
        row.reason = Some("on_hold".to_owned());
    }
    for id in passed_over(&app, &rows).await? {
        // Not `on_hold`: it won't go when that is released.
        let passed = rows.iter_mut().filter(|row| row.id == id);
        passed.for_each(|row| (row.reason, row.not_before) = (Some("passed_over_on_release".to_owned()), None));
    }
    let is_narrowed = args.state.is_some() || args.to.is_some() || args.project.is_some() || args.schedule.is_some();
    if args.json {
        println!("{}", serde_json::to_string_pretty(&rows)?);
    } else if rows.is_empty() && is_narrowed {
        println!("No deliveries like that; `callbrief deliveries` lists all.");
    } else if rows.is_empty() {
        println!(
            "No deliveries yet: they come when a report falls due under `serve` or `tick`, or by `callbrief send-now SCHEDULE`."
        );
    } else {
        let clocks = WallClocks::load(&app.store, &app.zones).await?;
        super::table::print(table(&rows, &clocks, app.clock.now()));
        if rows.iter().any(|row| row.reason.as_deref() == Some("lane_unreachable")) {
            for (relay, why) in explain::opening(&app).await?.failing {
                println!(
                    "{}",
                    super::table::sentences(&format!("The relay {relay}: {}.", why.trim_end_matches('.'))).trim_end()
                );
            }
        }
    }
    if !args.json {
        for line in hold::said(&app).await? {
            println!("{line}");
        }
    }
    if is_cut {
        eprintln!("note: these are the newest {}; there are older ones, which a larger --limit lists", args.limit);
    }
    if !args.json && args.state.is_none() && args.to.is_none() {
        for line in not_made_yet(&app, &args).await? {
            println!("{line}");
        }
    }
    Ok(Exit::Done)
}

/// Those that wait and will be stopped when their turn comes, because a release passes them over.
async fn passed_over(app: &App, rows: &[ListedDelivery]) -> anyhow::Result<Vec<i64>> {
    let waits = |row: &&ListedDelivery| matches!(row.state.as_str(), "queued" | "held");
    let waiting: Vec<i64> = rows.iter().filter(waits).map(|row| row.id).collect();
    let mut found = Vec::new();
    for part in waiting.chunks(MOST_ASKED) {
        let facts = app.store.delivery_facts(part).await?;
        found.extend(facts.iter().filter(|row| facts::is_passed_over(row)).map(|row| row.id));
    }
    Ok(found)
}

/// Deliveries asked about at once.
const MOST_ASKED: usize = 500;

/// Reports that wait for calls and are named below the list.
const MOST_WAITING: i64 = 20;

/// Reports that have no deliveries yet because they wait for calls: for which, and until when.
async fn not_made_yet(app: &App, args: &Args) -> anyhow::Result<Vec<String>> {
    let schedules = app.store.stored_schedules().await?;
    let mut lines = Vec::new();
    for run in app.store.waiting_runs(None, MOST_WAITING + 1).await? {
        if lines.len() >= usize::try_from(MOST_WAITING)? {
            lines.push("More reports wait for calls; `callbrief list schedules` shows each schedule's.".to_owned());
            break;
        }
        let found = schedules.iter().find(|stored| stored.schedule.id == run.run.schedule);
        let Some(schedule) = found.map(|stored| &stored.schedule) else { continue };
        let is_asked_for = args.schedule.as_deref().is_none_or(|id| id == schedule.id.as_str())
            && args.project.as_deref().is_none_or(|id| id == schedule.project.as_str());
        if let (true, Ok(zone)) = (is_asked_for, app.zones.get(&schedule.zone)) {
            lines.push(format!("{}: {} ({} time)", schedule.id, explain::sentence(&run, &zone), zone.name()));
        }
    }
    Ok(lines)
}

/// Whether nothing was asked, or there is or was such a schedule: what is retired may have deliveries.
async fn knows_schedule(app: &App, id: Option<&str>) -> Result<bool, Failure> {
    let Some(id) = id else { return Ok(true) };
    let stands = match ScheduleId::parse(id) {
        Ok(id) => app.store.schedule(&id).await?.is_some(),
        Err(_) => false,
    };
    let sent = DeliveryFilter { state: None, project: None, schedule: Some(id), address: None };
    Ok(stands || !app.store.deliveries(sent, 1).await?.is_empty())
}

/// The same of a project.
async fn knows_project(app: &App, id: Option<&str>) -> Result<bool, Failure> {
    let Some(id) = id else { return Ok(true) };
    let stands = match ProjectId::parse(id) {
        Ok(id) => app.store.project(&id).await?.is_some(),
        Err(_) => false,
    };
    let sent = DeliveryFilter { state: None, project: Some(id), schedule: None, address: None };
    Ok(stands || !app.store.deliveries(sent, 1).await?.is_empty())
}

/// The address; of what isn't mail with its channel: `slack ops-room`.
fn addressed(channel: &str, address: &str) -> String {
    if channel == "email" { address.to_owned() } else { format!("{channel} {address}") }
}

/// The reason where it stands, and when it goes on.
fn why(row: &ListedDelivery, clocks: &WallClocks, now: Instant) -> String {
    let reason = row.reason.as_deref().map(explain::words::reason).unwrap_or_default();
    let Some(at) = row.not_before.filter(|at| *at > now) else { return reason.to_owned() };
    let at = clocks.show(row.schedule.as_deref(), row.project.as_deref(), at);
    match row.tries {
        0 if row.reason.as_deref() == Some("posted") => format!("it goes out {at}"),
        0 => format!("{reason}; it goes out {at}"),
        _ => format!("{reason}; the next try comes after {at}"),
    }
}

fn table(rows: &[ListedDelivery], clocks: &WallClocks, now: Instant) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(["id", "reference", "kind", "for", "to", "state", "reason", "tries", "at"]);
    for row in rows {
        let schedule = row.schedule.as_deref().or(row.project.as_deref()).unwrap_or("–");
        let generation = if row.generation > 1 { format!(" (no. {})", row.generation) } else { String::new() };
        table.add_row([
            row.id.to_string(),
            row.reference.clone(),
            row.kind.clone(),
            schedule.to_owned(),
            format!("{}{generation}", addressed(&row.channel, &row.address)),
            row.state.clone(),
            why(row, clocks, now),
            row.tries.to_string(),
            clocks.show(row.schedule.as_deref(), row.project.as_deref(), row.at),
        ]);
    }
    table
}
