//! `callbrief tick`.

use std::sync::Arc;

use super::{Context, Exit, Failure, stopping};
use crate::jobs::{self, Work};
use crate::telemetry;

/// Do everything that is due once, then exit.
///
/// Fires schedules, makes reports and sends what may go, as one pass of `serve` does; for those who would rather have
/// cron or a systemd timer than a process that stays. Ends with 3 when something couldn't be made or sent, or still
/// waits for a relay. SIGTERM or Ctrl-C: nothing new is begun, what is under way is finished, and the next tick goes on.
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
        "{} due, {} reports made, {} mails taken by a relay{}",
        report.fired,
        report.built,
        report.accepted,
        remarks(&report),
    );
    let waiting = app.store.read().await?.waiting_deliveries(app.clock.now(), None).await?;
    if waiting > 0 {
        println!(
            "{waiting} wait for a relay or for their next try and go by themselves later; `callbrief deliveries --state queued` says which."
        );
    }
    if work.stop.is_cancelled() {
        println!("Stopped before everything was looked at; the next tick goes on.");
        return Ok(Exit::Partly);
    }
    Ok(if report.failed > 0 || report.not_accepted > 0 || waiting > 0 { Exit::Partly } else { Exit::Done })
}

/// What didn't end in a mail, where there is any.
fn remarks(report: &jobs::TickReport) -> String {
    let parts = [
        (report.skipped, "passed over"),
        (report.not_built, "needed no report"),
        (report.failed, "couldn't be made"),
        (report.not_accepted, "mails not taken"),
    ];
    let said: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if said.is_empty() { String::new() } else { format!("; {}", said.join(", ")) }
}
