//! `callbrief tick`.

use std::sync::Arc;

use super::waits::{self, counted};
use super::{Context, Exit, Failure, stopping};
use crate::domain::delivery::DeliveryState;
use crate::jobs::{self, Work};
use crate::telemetry;

/// Do everything that is due once, then exit.
///
/// Fires schedules, makes reports and sends what may go, as one pass of `serve` does; for those who would rather have
/// cron or a systemd timer than a process that stays. It ends with an account: what was made and sent, and what still waits,
/// for what and until when, and which mails a relay may have taken without anybody knowing. Exit code 3: something couldn't
/// be made or sent, a mail still waits for a relay or its next try, or this tick found a mail whose outcome isn't known; a
/// report that waits for calls, and what an earlier tick found, is no reason. SIGTERM or Ctrl-C: nothing new is begun, what is under way is finished, and the next tick goes on.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  callbrief tick\n  * * * * *  callbrief --config /etc/callbrief.toml tick    (a crontab line)"
)]
pub(super) struct Args {}

/// Runs the command.
pub(super) async fn run(context: &Context, _args: Args) -> Result<Exit, Failure> {
    let settings = context.settings_to_send()?;
    telemetry::init(&settings.log).map_err(Failure::Usage)?;
    let app = Context::app_from_nothing(settings).await?;
    let work = Arc::new(Work::open(&app).await?);
    let stopped = Arc::clone(&work);
    stopping::when_told(move || stopped.stop())?;
    let done = jobs::tick_with(&app, &work).await;
    work.lanes.close().await;
    let report = done?;
    println!(
        "{} due, {} made, {} taken by a relay{}.",
        report.fired,
        counted(report.built, "report", "reports"),
        counted(report.accepted, "mail", "mails"),
        remarks(&report),
    );
    let queue = app.store.read().await?.waiting_deliveries(app.clock.now(), None).await?;
    let waiting = app.store.waiting_runs(None, MOST_WAITING).await?;
    let unsettled = app.store.unsettled_deliveries(MOST_WAITING).await?;
    let lines = waits::mails(&app, queue).await?.into_iter().chain(waits::unsettled(&unsettled));
    for line in whys(&report).chain(lines).chain(waits::reports(&waiting)) {
        println!("{line}");
    }
    if work.stop.is_cancelled() {
        println!("Stopped before everything was looked at; the next tick goes on.");
        return Ok(Exit::Partly);
    }
    let is_whole = report.failed + report.not_accepted + report.uncertain == 0 && queue.total == 0;
    Ok(if is_whole { Exit::Done } else { Exit::Partly })
}

/// Where the reason of each is found that the account only counts.
fn whys(report: &jobs::TickReport) -> impl Iterator<Item = String> {
    let states = [(report.not_accepted, DeliveryState::Failed), (report.stopped, DeliveryState::Suppressed)];
    states.into_iter().filter(|(count, _)| *count > 0).map(|(count, state)| {
        let whose = if count == 1 { "Why it was" } else { "Why each was" };
        let what = if state == DeliveryState::Failed { "not taken" } else { "not sent" };
        format!("{whose} {what}: `callbrief deliveries --state {}`.", state.name())
    })
}

/// Reports that wait for calls, and mails on their way, that are counted in the account.
const MOST_WAITING: i64 = 10_000;

/// What didn't end in a mail, where there is any.
fn remarks(report: &jobs::TickReport) -> String {
    let parts = [
        (report.facts, "fact from a money source", "facts from money sources"),
        (report.warned, "warning about money", "warnings about money"),
        (report.skipped, "date passed over", "dates passed over"),
        (report.not_built, "due report not needed", "due reports not needed"),
        (report.failed, "report couldn't be made", "reports couldn't be made"),
        (report.not_accepted, "mail not taken", "mails not taken"),
        (report.uncertain, "mail whose outcome isn't known", "mails whose outcome isn't known"),
        (
            report.stopped,
            "mail not sent, whose reader gets nothing more",
            "mails not sent, whose readers get nothing more",
        ),
    ];
    let parts = parts.iter().filter(|(count, ..)| *count > 0);
    let said: Vec<String> = parts.map(|(count, one, many)| counted(*count, one, many)).collect();
    if said.is_empty() { String::new() } else { format!("; {}", said.join(", ")) }
}
