//! `callbrief serve`.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant as Stopwatch};

use tokio_util::sync::CancellationToken;

use super::stopping::Told;
use super::{Context, Exit, Failure};
use crate::app::App;
use crate::config::settings::Settings;
use crate::jobs::{self, Work};
use crate::notify::hold;
use crate::telemetry;
use crate::web::{Listeners, Why};

/// Run: fire schedules, make reports, send them, and answer on the two listeners.
///
/// Any number of these may run on one Postgres database. A database that can't be reached is asked again every five
/// seconds, at the start as later; until it answers /healthz says that the process lives and /readyz why it isn't ready.
/// SIGTERM or Ctrl-C ends it: nothing new is begun, what is under way is finished or given back within `work.shutdown`,
/// then the process exits.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  callbrief serve\n  callbrief --config /etc/callbrief.toml serve")]
pub(super) struct Args {}

/// Runs the command.
pub(super) async fn run(context: &Context, _args: Args) -> Result<Exit, Failure> {
    run_telling(context, |_, _| {}).await
}

/// The same; `begun` is told the addresses of the public listener and of the one for operations.
pub(super) async fn run_telling(
    context: &Context,
    begun: impl FnOnce(SocketAddr, SocketAddr),
) -> Result<Exit, Failure> {
    let settings = context.settings_to_send()?;
    telemetry::init(&settings.log).map_err(Failure::Usage)?;
    for doubt in settings.doubts() {
        tracing::warn!("{doubt}");
    }
    let mut told = Told::listen()?;
    let listeners = Listeners::bind(&settings.listen).await?;
    let Some(app) = opened(settings, &listeners, &mut told).await? else {
        tracing::info!("told to stop before there was a database");
        return Ok(Exit::Done);
    };
    begun(listeners.public_address()?, listeners.ops_address()?);
    serve(app, listeners, told).await
}

/// Between two tries to reach a database that is away.
const TRY_AGAIN: Duration = Duration::from_secs(5);

/// The app on a database that answers; tries until there is one. `None`: somebody told us to stop first.
async fn opened(settings: Settings, listeners: &Listeners, told: &mut Told) -> Result<Option<App>, Failure> {
    let first = tokio::select! {
        first = Context::app_from_nothing(settings.clone()) => first,
        () = told.once() => return Ok(None),
    };
    let Err(Failure::TryLater(error)) = first else { return first.map(Some) };
    let (why, begun) = (Why::default(), Stopwatch::now());
    let ops = listeners.ops_address()?;
    let is_away = |error: &anyhow::Error| {
        if why.found(format!("{error:#}")) {
            tracing::warn!(
                ops = %ops,
                "nothing is done until there is a database, which is tried again every {} s as long as this process runs: {error:#}",
                TRY_AGAIN.as_secs()
            );
        }
    };
    is_away(&error);
    let trying = async {
        loop {
            tokio::time::sleep(TRY_AGAIN).await;
            match Context::app_from_nothing(settings.clone()).await {
                Err(Failure::TryLater(error)) => is_away(&error),
                ended => return ended,
            }
        }
    };
    let app = tokio::select! {
        ended = trying => ended?,
        () = listeners.answer_meanwhile(why.clone()) => return Err(Failure::failed(anyhow::anyhow!("the listeners ended"))),
        () = told.once() => return Ok(None),
    };
    let away_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::warn!(away_ms, "the database {} answers", app.store.place());
    Ok(Some(app))
}

/// Runs until SIGTERM or Ctrl-C.
async fn serve(app: App, listeners: Listeners, mut told: Told) -> Result<Exit, Failure> {
    let work = Arc::new(Work::open(&app).await?);
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        zone_data = app.zones.version(),
        public = %listeners.public_address()?,
        ops = %listeners.ops_address()?,
        "callbrief runs"
    );
    for held in app.store.holds().await? {
        tracing::warn!("{}", hold::sentence(&held));
    }
    let (stopping, ended) = (CancellationToken::new(), CancellationToken::new());
    let pages = tokio::spawn(listeners.run(app.clone(), stopping.clone(), ended.clone()));
    let loops = tokio::spawn(jobs::serve(app.clone(), Arc::clone(&work)));

    told.once().await;
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
