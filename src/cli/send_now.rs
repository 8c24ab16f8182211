//! `callbrief send-now`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::explain::words;
use super::list::directory::directories;
use super::waits::{self, counted};
use super::{Context, Exit, Failure, stopping};
use crate::app::App;
use crate::config;
use crate::config::settings::NO_RELAY;
use crate::domain::contact::{ChannelKind, Contact, EmailAddress};
use crate::domain::directory::Directory;
use crate::domain::ids::{DeliveryId, ProjectId, ScheduleId};
use crate::domain::occurrence;
use crate::domain::project::Project;
use crate::domain::role::Rights;
use crate::domain::run::RunState;
use crate::domain::schedule::Schedule;
use crate::jobs::build::TO_NOTE;
use crate::jobs::build::recipients::{self, LeftOut};
use crate::jobs::{self, Work};
use crate::notify::facts;
use crate::store::deliveries::Progress;
use crate::store::runs::{NewRun, StoredRun};
use crate::store::waiting::LetGo;
use crate::telemetry;
use crate::zones::{Zone, firing};

/// Send a schedule's report of its last complete period now, marked as a sample.
///
/// It goes to the schedule's recipients, or with --to to one address only. The schedule's own dates and periods aren't
/// touched: the next report comes as if nothing had been sent. With --waiting no sample is made: what waits for calls goes.
///
/// Exit code 3: a mail wasn't taken or sent, still waits, or nobody knows whether it was taken; the account says which.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  callbrief send-now weekly\n  callbrief send-now weekly --to me@acme.example\n  callbrief send-now weekly --waiting"
)]
pub(super) struct Args {
    /// The schedule's id.
    schedule: String,
    /// Send it to this address only. It sees what its owner may see; an address that nobody has, what a viewer sees.
    #[arg(long, value_name = "ADDRESS", conflicts_with = "waiting")]
    to: Option<String>,
    /// Instead of a sample: send the reports of this schedule that wait, or are held, for missing calls, as they are.
    #[arg(long)]
    waiting: bool,
}

/// Waiting reports of one schedule that one command lets go.
const MOST_WAITING: i64 = 100;

/// Runs the command.
pub(super) async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let id = ScheduleId::parse(&args.schedule)
        .map_err(|error| Failure::usage(format!("error: `{}`: {error}", args.schedule)))?;
    let to = match &args.to {
        Some(text) => {
            Some(EmailAddress::parse(text).map_err(|error| Failure::usage(format!("error: --to {text}: {error}")))?)
        }
        None => None,
    };
    let settings = context.settings_to_send()?;
    telemetry::init(&settings.log).map_err(Failure::Usage)?;
    let app = Context::app_that_stands(settings).await?;
    let now = app.clock.now();

    let mut session = app.store.read().await?;
    let unknown =
        || Failure::usage(format!("error: there is no schedule `{id}`; `callbrief list schedules` shows all"));
    let stored = session.stored_schedule(&id).await?.ok_or_else(unknown)?;
    let project = session.project(&stored.schedule.project).await?.ok_or_else(unknown)?;
    if let Some(address) = to.as_ref().filter(|_| !stored.schedule.settings.projects.is_empty()) {
        let seen = seen_of_several(&app, &stored.schedule, address).await?;
        println!("{address} sees {seen}.");
    } else if let Some(address) = &to {
        let allowed = project.allowed_domains.iter().any(|domain| domain.eq_ignore_ascii_case(address.domain()));
        if !allowed && !session.contacts().await?.iter().any(|contact| has_address(contact, address)) {
            return Err(Failure::usage(format!(
                "error: --to {address}: no contact has this address, and `{}` isn't in the allowed domains of `{}`; \
                 add one or the other to the set-up file",
                address.domain(),
                project.id,
            )));
        }
    }
    let waiting = session.waiting_runs(Some(&id), MOST_WAITING).await?;
    let calendar = session.calendar_of(&project).await?;
    drop(session);
    let zone = app.zones.get(&stored.schedule.zone)?;
    if args.waiting {
        return let_go(&app, &id, &waiting, &zone).await;
    }
    if let Some(first) = waiting.first() {
        let due = zone.local(first.run.fires_at).format("%Y-%m-%d %H:%M");
        println!("The report of `{id}` due {due} waits for calls; --waiting sends it now. This is a sample beside it.");
    }
    let Some(plan) = firing::last_complete(stored.schedule.rule(calendar.as_ref()), &zone, project.week_start, now)
    else {
        println!("The rule of `{id}` has no complete period yet.");
        return Ok(Exit::No);
    };
    let mut notes = plan.notes;
    notes.extend(to.as_ref().map(|address| format!("{TO_NOTE}{address}")));
    let sample = NewRun {
        project: stored.project_key,
        schedule: id.clone(),
        occurrence: occurrence::of_sample(now),
        fires_at: now,
        period: plan.period,
        compared_with: plan.compared_with,
        notes,
        is_sample: true,
        state: RunState::Due,
        reason: None,
        skipped_count: 0,
        wait_until: None,
    };
    let work = opened(&app).await?;
    let mut session = app.store.write().await?;
    let run = session.insert_run(&sample, now).await?;
    if let Some(run) = run
        && let Some(made) = session.run(run).await?
    {
        session.note_by_hand(now, &made.run, "asked_for", &config::user_name()).await?;
    }
    session.commit().await?;
    let Some(run) = run else {
        return Err(Failure::TryLater(anyhow::anyhow!("a sample of `{id}` was asked for at this very instant")));
    };
    jobs::build::now(&app, &work, run).await?;
    let Some(done) = app.store.run(run).await? else { return Err(Failure::failed(anyhow::anyhow!("the run is gone"))) };
    let local = |at| zone.local(at).format("%Y-%m-%d %H:%M").to_string();
    let span = format!("{} to {}", local(plan.period.from()), local(plan.period.to()));
    match done.run.state {
        RunState::Built => {}
        RunState::Skipped | RunState::Failed => {
            println!(
                "No sample of {span} was made: {}.",
                done.run.reason.as_deref().map_or("no reason is known", words::reason)
            );
            return Ok(Exit::No);
        }
        _ => {
            println!("Somebody else is just making the sample of {span}, and will send it.");
            return Ok(Exit::Done);
        }
    }
    let sent = jobs::send_now(&app, &work).await;
    work.lanes.close().await;
    sent?;
    // Whatever else was in the queue went as well, and isn't what was asked for.
    let stands = app.store.deliveries_of_run(run).await?;
    let taken = accepted(&stands);
    println!("A sample of {span} ({} time) was made; mails taken by a relay: {taken}.", zone.name());
    said(&app, &stands, &id).await
}

fn accepted(stands: &[Progress]) -> usize {
    stands.iter().filter(|row| row.state == "accepted").count()
}

/// Says what wasn't taken, if anything.
async fn said(app: &App, stands: &[Progress], id: &ScheduleId) -> Result<Exit, Failure> {
    let (mut waiting, mut not_taken) = (0_u64, 0_u64);
    let mut stopped: BTreeMap<(bool, String), u64> = BTreeMap::new();
    for row in stands {
        match row.state.as_str() {
            "accepted" | "claimed" | "handed" | "uncertain" => {}
            "suppressed" => *stopped.entry((false, row.reason.clone().unwrap_or_default())).or_default() += 1,
            "queued" | "held" => {
                let mut session = app.store.read().await?;
                match facts::stop_of(app, &mut session, DeliveryId(row.id), app.clock.now()).await? {
                    Some(stop) => *stopped.entry((true, stop.reason())).or_default() += 1,
                    None => waiting += 1,
                }
            }
            _ => not_taken += 1,
        }
    }
    if not_taken > 0 {
        println!("Not taken: {not_taken}; `callbrief deliveries --schedule {id}` says why.");
    }
    for ((is_to_come, reason), count) in &stopped {
        let what = if *is_to_come { "won't be sent" } else { "not sent" };
        println!("{} {what}: {}.", counted(*count, "mail", "mails"), words::not_sent(reason));
    }
    for line in waits::unsettled(stands) {
        println!("{line}");
    }
    let waits = counted(waiting, "mail waits", "mails wait");
    if waiting > 0 && !app.settings.mail.has_relay() {
        println!("{waits}: {NO_RELAY}.");
    } else if waiting > 0 {
        println!(
            "{waits} for a relay, and will go with `serve` or `tick`; `callbrief deliveries --state queued` says why."
        );
    }
    Ok(if accepted(stands) < stands.len() { Exit::Partly } else { Exit::Done })
}

/// What an address may see of a report over several projects, as a sentence goes on.
///
/// # Errors
/// When that is nothing of any, with the reason for each.
async fn seen_of_several(app: &App, schedule: &Schedule, address: &EmailAddress) -> Result<String, Failure> {
    let contacts = app.store.contacts().await?.into_iter();
    let contacts = contacts.map(|contact| (contact.id.clone(), contact)).collect();
    let recipient = recipients::named_by_hand(address, &contacts);
    let (directories, nobody) = (directories(&app.store).await?, Directory::default());
    let projects = app.store.projects().await?;
    let all: Vec<(&Project, &Directory)> = schedule
        .projects()
        .filter_map(|id| projects.iter().find(|project| project.id == *id))
        .map(|project| (project, directories.get(&project.id).unwrap_or(&nobody)))
        .collect();
    let each = recipients::each(&recipient, schedule, &all, &contacts);
    let (seen, not): (Vec<_>, Vec<_>) = each.iter().partition(|(_, rights)| rights.is_ok());
    let why = |(project, rights): &&(ProjectId, Result<Rights, LeftOut>)| match rights {
        Ok(_) => project.to_string(),
        Err(why) => format!("not `{project}`: {}", words::reason(why.name())),
    };
    let not: Vec<String> = not.iter().map(why).collect();
    if seen.is_empty() {
        return Err(Failure::usage(format!(
            "error: --to {address}: it may see none of the projects of `{}` ({})",
            schedule.id,
            not.join("; "),
        )));
    }
    let seen: Vec<String> = seen.iter().map(|(project, _)| format!("`{project}`")).collect();
    let not = if not.is_empty() { String::new() } else { format!(", {}", not.join(", ")) };
    Ok(format!("{}{not}", seen.join(", ")))
}

/// The handles of the work, which stops in good order when we are told to.
async fn opened(app: &App) -> anyhow::Result<Arc<Work>> {
    let work = Arc::new(Work::open(app).await?);
    let stopped = Arc::clone(&work);
    stopping::when_told(move || stopped.stop())?;
    Ok(work)
}

/// Makes and sends what waits, as it is.
async fn let_go(app: &App, id: &ScheduleId, waiting: &[StoredRun], zone: &Zone) -> Result<Exit, Failure> {
    if waiting.is_empty() {
        println!("No report of `{id}` waits for calls.");
        return Ok(Exit::No);
    }
    let work = opened(app).await?;
    for stored in waiting {
        let now = app.clock.now();
        let mut session = app.store.write().await?;
        if session.let_go(stored.run.id, LetGo::ByHand, now).await? {
            session.note_by_hand(now, &stored.run, LetGo::ByHand.name(), &config::user_name()).await?;
        }
        session.commit().await?;
        jobs::build::now(app, &work, stored.run.id).await?;
        let due = zone.local(stored.run.fires_at).format("%Y-%m-%d %H:%M");
        match app.store.run(stored.run.id).await?.map(|done| (done.run.state, done.run.reason)) {
            Some((RunState::Built, _)) => println!("The report due {due} ({} time) was made as it is.", zone.name()),
            Some((RunState::Skipped | RunState::Failed, why)) => {
                println!(
                    "The report due {due} wasn't made: {}.",
                    why.as_deref().map_or("no reason is known", words::reason)
                );
            }
            _ => println!("Somebody else is just making the report due {due}, and will send it."),
        }
    }
    let sent = jobs::send_now(app, &work).await;
    work.lanes.close().await;
    sent?;
    let mut all = Vec::new();
    for stored in waiting {
        all.extend(app.store.deliveries_of_run(stored.run.id).await?);
    }
    println!("Mails taken by a relay: {}.", accepted(&all));
    said(app, &all, id).await
}

fn has_address(contact: &Contact, address: &EmailAddress) -> bool {
    contact.addresses.get(&ChannelKind::Email).is_some_and(|list| list.iter().any(|one| one == address.as_str()))
}
