//! `callbrief test-alert`.

use std::sync::Arc;

use super::explain::words;
use super::{Context, Exit, Failure, stopping};
use crate::app::App;
use crate::config;
use crate::domain::contact::{ChannelKind, Contact};
use crate::domain::delivery::DeliveryState;
use crate::domain::ids::{ContactId, DeliveryId, ProjectId};
use crate::domain::project::Project;
use crate::jobs::Work;
use crate::notify::test_alert::{self, Asked};
use crate::notify::{hold, send, settle};
use crate::store::deliveries::StoredDelivery;
use crate::telemetry;
use crate::zones::Zone;

/// Send a test over a channel, by the way that every notice takes.
///
/// It is marked TEST, in the contact's language, and goes to every address that the contact has of this channel. What became
/// of it is said: taken by whom and with which words, or why not. Exit code 4 when anything wasn't taken.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief test-alert --channel slack --to olena
  callbrief test-alert --channel sms --to olena --project acme
  callbrief test-alert --channel email --to olena

A contact's addresses stand in the set-up file: addresses = { email = [\"…\"], sms = [\"+380…\"], slack = [\"ops-room\"] }. \
Of slack, teams and webhook they are the names of channels in the settings: [channels.ops-room].")]
pub(super) struct Args {
    /// email, sms, slack, teams or webhook.
    #[arg(long, value_name = "CHANNEL", value_parser = channel)]
    channel: ChannelKind,
    /// The contact's id.
    #[arg(long, value_name = "CONTACT")]
    to: String,
    /// In whose name; needn't be said when the contact has roles in one project only.
    #[arg(long, value_name = "ID")]
    project: Option<String>,
}

pub(super) fn channel(text: &str) -> Result<ChannelKind, String> {
    ChannelKind::parse(text).ok_or_else(|| {
        let known: Vec<&str> = ChannelKind::ALL.into_iter().map(ChannelKind::name).collect();
        format!("the channels are {}", known.join(", "))
    })
}

/// Runs the command.
pub(super) async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let settings = context.settings_to_send()?;
    telemetry::init(&settings.log).map_err(Failure::Usage)?;
    let app = Context::app_that_stands(settings).await?;
    let (contact, project) = whom(&app, &args.to, args.project.as_deref()).await?;
    has_ways(&app, &contact, args.channel)?;
    let work = open(&app).await?;
    let asked = Asked { contact: &contact, project: &project, channel: args.channel, actor: &config::user_name() };
    let posted = test_alert::post(&app, asked).await?;
    let all_taken = send_and_say(&app, &work, args.channel, &posted, &app.zones.get(&project.zone)?).await?;
    Ok(if all_taken { Exit::Done } else { Exit::No })
}

/// What sends, until somebody stops it.
pub(super) async fn open(app: &App) -> Result<Arc<Work>, Failure> {
    let work = Arc::new(Work::open(app).await?);
    let stopped = Arc::clone(&work);
    stopping::when_told(move || stopped.stop())?;
    Ok(work)
}

/// Sends what may go over a channel now, and says what became of these; whether all of them were taken.
pub(super) async fn send_and_say(
    app: &App,
    work: &Work,
    channel: ChannelKind,
    posted: &[DeliveryId],
    zone: &Zone,
) -> Result<bool, Failure> {
    for route in work.lanes.routes().iter().filter(|route| route.channel == channel) {
        send::step_of(app, &work.lanes, route).await?;
    }
    settle::decide_refusals(app).await?;
    work.lanes.close().await;
    let mut all_taken = true;
    for id in posted {
        let Some(row) = app.store.read().await?.delivery(*id).await? else { continue };
        let (sentence, is_taken) = said(app, *id, &row, zone).await?;
        println!("{sentence}");
        all_taken &= is_taken;
    }
    Ok(all_taken)
}

/// The contact, and the project in whose name it is written to.
pub(super) async fn whom(app: &App, to: &str, project: Option<&str>) -> Result<(Contact, Project), Failure> {
    let id = ContactId::parse(to)
        .map_err(|error| Failure::usage(format!("error: `{to}`: {error}; it is a contact's id")))?;
    let unknown = || Failure::usage(format!("error: there is no contact `{id}`; `callbrief list contacts` shows all"));
    let contact = app.store.read().await?.contact(&id).await?.ok_or_else(unknown)?;
    let in_one = || match contact.roles.keys().collect::<Vec<_>>().as_slice() {
        [one] => Ok((*one).clone()),
        [] => Err(Failure::usage(format!(
            "error: `{id}` has no role in any project, so nothing may be sent to it; give it one in the set-up file"
        ))),
        several => {
            let several: Vec<String> = several.iter().map(|id| format!("`{id}`")).collect();
            Err(Failure::usage(format!("error: `{id}` has roles in {}; name one by --project", several.join(", "))))
        }
    };
    let named = match project {
        Some(text) => {
            ProjectId::parse(text).map_err(|error| Failure::usage(format!("error: --project {text}: {error}")))?
        }
        None => in_one()?,
    };
    let unknown =
        || Failure::usage(format!("error: there is no project `{named}`; `callbrief list projects` shows all"));
    let project = app.store.project(&named).await?.ok_or_else(unknown)?;
    Ok((contact, project))
}

/// Whether the contact has addresses of this channel, and the settings a way to them.
pub(super) fn has_ways(app: &App, contact: &Contact, channel: ChannelKind) -> Result<(), Failure> {
    let missing = test_alert::missing_way(app, contact, channel);
    missing.map_or(Ok(()), |why| Err(Failure::usage(format!("error: {why}"))))
}

/// What became of one, and whether it was taken.
async fn said(app: &App, id: DeliveryId, row: &StoredDelivery, zone: &Zone) -> anyhow::Result<(String, bool)> {
    let to = format!("{} {}", row.channel, row.address);
    let reference = format!("reference {}", row.reference);
    let because = row.reason.as_deref().map(words::reason).unwrap_or_default();
    let last_words = app.store.ledger_of(id).await?.into_iter().rev().find_map(|entry| entry.detail);
    let detail = last_words.map_or(String::new(), |text| format!(" ({text})"));
    let holds = app.store.holds().await?;
    let held = holds.iter().find(|hold| hold.covers(row.project_id.as_deref(), &row.channel));
    let state = DeliveryState::parse(&row.state);
    if let (Some(DeliveryState::Queued), Some(held)) = (state, held) {
        return Ok((format!("{to}: waits, because {}; {reference}", hold::sentence(held)), false));
    }
    let sentence = match state {
        Some(DeliveryState::Accepted) => {
            let lane = row.lane.as_deref().unwrap_or("the other side");
            format!("{to}: taken by {lane}, which said: {}; {reference}", row.reply.as_deref().unwrap_or("nothing"))
        }
        Some(DeliveryState::Uncertain) => {
            format!("{to}: handed over, and whether it was taken isn't known: {because}{detail}; {reference}")
        }
        Some(DeliveryState::Queued) => {
            let at = words::moment(zone, row.not_before);
            let lane = failing(app, row).await?.map_or(detail, |error| format!(" ({error})"));
            format!("{to}: not taken yet: {because}{lane}; `serve` or `tick` tries again after {at}; {reference}")
        }
        Some(DeliveryState::Refused) => format!("{to}: refused{detail}; {reference}"),
        _ => format!("{to}: {}: {because}{detail}; {reference}", row.state),
    };
    Ok((sentence, row.state == DeliveryState::Accepted.name()))
}

/// What is wrong with the lane that should take it.
async fn failing(app: &App, row: &StoredDelivery) -> anyhow::Result<Option<String>> {
    let lanes = app.store.lanes().await?;
    let prefix = format!("{}/", row.channel);
    let is_its = |id: &str| match row.channel.as_str() {
        "email" | "sms" => id.starts_with(&prefix),
        _ => id.strip_prefix(&prefix) == Some(row.address.as_str()),
    };
    Ok(lanes.into_iter().filter(|lane| is_its(&lane.id) && lane.failures > 0).find_map(|lane| lane.last_error))
}
