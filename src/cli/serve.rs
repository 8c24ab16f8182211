//! `callbrief serve`.

use std::sync::Arc;

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::{Context, Exit, Failure};
use crate::app::App;
use crate::jobs::{self, Work};
use crate::telemetry;
use crate::web::Listeners;

/// Run: fire schedules, make reports, send them, and answer on the two listeners.
///
/// Any number of these may run on one Postgres database. SIGTERM or Ctrl-C ends it: nothing new is begun, what is under
/// way is finished or given back within `work.shutdown`, then the process exits.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  callbrief serve\n  callbrief --config /etc/callbrief.toml serve")]
pub(super) struct Args {}

/// Runs the command.
pub(super) async fn run(context: &Context, _args: Args) -> Result<Exit, Failure> {
    let settings = context.settings_to_send()?;
    telemetry::init(&settings.log).map_err(Failure::Usage)?;
    let app = Context::patient_app(settings).await?;
    serve(app).await
}

/// Runs until SIGTERM or Ctrl-C; for `demo --serve` too.
pub(super) async fn serve(app: App) -> Result<Exit, Failure> {
    let listeners = Listeners::bind(&app).await?;
    let work = Arc::new(Work::open(&app).await?);
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        zone_data = app.zones.version(),
        public = %listeners.public_address()?,
        ops = %listeners.ops_address()?,
        "callbrief runs"
    );
    let (stopping, ended) = (CancellationToken::new(), CancellationToken::new());
    let pages = tokio::spawn(listeners.run(app.clone(), stopping.clone(), ended.clone()));
    let loops = tokio::spawn(jobs::serve(app.clone(), Arc::clone(&work)));

    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("told to stop: finishing what is under way");
    work.stop();
    stopping.cancel();
    let finished = loops.await?;
    work.lanes.close().await;
    ended.cancel();
    pages.await?;
    app.store.close().await;
    if finished {
        tracing::info!("stopped");
    } else {
        tracing::warn!("stopped before everything was finished; leases give back the rest");
    }
    Ok(Exit::Done)
}
