//! For those who run Callbrief: is it alive, can it work, what has it done, how do things stand. Not for the internet.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::clock::Trust;
use crate::config::settings::NO_RELAY;
use crate::domain::completeness::Missing;
use crate::domain::instant::Instant;
use crate::funds::source::{Kept, turn};
use crate::notify::hold;
use crate::notify::lanes::is_configured;
use crate::notify::rate;
use crate::store::holds::Hold;
use crate::store::runs::StoredRun;
use crate::store::status::{LaneStatus, StoreStatus};
use crate::store::{StoreError, Traffic, WriterTimes};
use crate::telemetry::Pass;

/// How long the database may take to answer before we are called not ready.
const DATABASE_TIMEOUT: Duration = Duration::from_secs(3);

#[derive(Clone)]
struct Ops {
    app: App,
    stop: CancellationToken,
    started_at: Instant,
}

/// The pages of the ops listener.
pub fn router(app: App, stop: CancellationToken) -> Router {
    let started_at = app.clock.now();
    Router::new()
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route("/metrics", get(metrics))
        .route("/status", get(status))
        .with_state(Ops { app, stop, started_at })
}

/// The process answers.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// The process can work: the database answers and can be written, the clock can be trusted and nobody told us to stop. Without a relay it makes
/// reports and answers readers, so it is ready, and says what is missing.
async fn readyz(State(ops): State<Ops>) -> Response {
    if ops.stop.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response();
    }
    match tokio::time::timeout(DATABASE_TIMEOUT, ping(&ops.app)).await {
        Ok(Ok(holds)) => ready(&ops.app, &holds),
        Ok(Err(error)) => (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {error}\n")).into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {}\n", silent(&ops.app))).into_response(),
    }
}

fn silent(app: &App) -> String {
    format!("the database {} doesn't answer", app.store.place())
}

/// A process whose clock is far off claims nothing, so it isn't ready; after a jump only firing waits.
fn ready(app: &App, holds: &[Hold]) -> Response {
    match app.clock.trust() {
        Trust::Steady if !holds.is_empty() => holds
            .iter()
            .map(|held| format!("ready, but {}\n", hold::sentence(held)))
            .collect::<String>()
            .into_response(),
        Trust::Steady if !app.settings.mail.has_relay() => format!("ready, but {NO_RELAY}\n").into_response(),
        Trust::Steady => "ready\n".into_response(),
        Trust::JustMoved => "ready; the clock jumped, and nothing fires until it has kept still\n".into_response(),
        Trust::FarOff => {
            let why =
                "not ready: the machine's clock is far from the database's, and nothing is done until they agree\n";
            (StatusCode::SERVICE_UNAVAILABLE, why).into_response()
        }
    }
}

async fn ping(app: &App) -> Result<Vec<Hold>, StoreError> {
    let mut session = app.store.read().await?;
    session.ping().await?;
    let holds = session.holds().await?;
    drop(session);
    app.store.must_be_writable().await?;
    Ok(holds)
}

async fn read(app: &App) -> Result<StoreStatus, String> {
    let read = async { app.store.read().await?.status(app.clock.now()).await };
    match tokio::time::timeout(DATABASE_TIMEOUT, read).await {
        Ok(read) => read.map_err(|error: StoreError| error.to_string()),
        Err(_) => Err(silent(app)),
    }
}

async fn metrics(State(ops): State<Ops>) -> Response {
    let metrics = &ops.app.telemetry.metrics;
    metrics.set_zone_data(ops.app.zones.version());
    // Counters are worth showing even while the database is away; the gauges then keep what they last said.
    if let Ok(status) = read(&ops.app).await {
        let now = ops.app.clock.now();
        metrics.set_held(status.held);
        metrics.set_holds(status.holds.len());
        metrics.set_open(&status.runs, &status.deliveries, status.schedules.overdue);
        let lanes = status.lanes.iter().filter(|lane| is_configured(&ops.app, &lane.id));
        metrics.set_lanes(lanes.map(|lane| (lane.id.as_str(), is_shut(lane, now))));
    }
    let media_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, media_type)], metrics.text()).into_response()
}

fn is_shut(lane: &LaneStatus, now: Instant) -> bool {
    lane.held_reason.is_some() || rate::shut_until(lane.shut_until, now).is_some()
}

/// What the status page says.
#[derive(Debug, Serialize)]
struct Status {
    version: &'static str,
    now: Instant,
    /// `steady`, `just_moved` (nothing fires), `far_off` (nothing is done).
    clock: &'static str,
    started_at: Instant,
    stopping: bool,
    database: &'static str,
    zone_data: ZoneData,
    schedules: Schedules,
    runs: BTreeMap<String, i64>,
    /// Runs that wait for calls, the longest due first; `runs` counts them all.
    waiting: Vec<Waits>,
    deliveries: BTreeMap<String, i64>,
    /// How long writes of this process held SQLite's one writer; null on Postgres.
    writer_held: Option<WriterTimes>,
    /// What this process asked its database for.
    traffic: Traffic,
    /// What of sending is held by somebody of ours, until `callbrief release`.
    holds: Vec<Hold>,
    lanes: Vec<Lane>,
    /// Databases that tell what balances are, by name: how the last look at each ended.
    money_sources: BTreeMap<String, Kept>,
    /// When somebody last looked for what is older than it is kept, and the rows removed since the beginning, by kind.
    forgotten: serde_json::Value,
    /// The last pass of each job in this process.
    passes: BTreeMap<&'static str, Pass>,
}

#[derive(Debug, Serialize)]
struct ZoneData {
    version: String,
    origin: String,
}

#[derive(Debug, Serialize)]
struct Schedules {
    total: i64,
    overdue: i64,
    next_fire_at: Option<Instant>,
}

/// A run that waits for calls.
#[derive(Debug, Serialize)]
struct Waits {
    schedule: String,
    occurrence: String,
    /// When the time is up; of one that is held, when it is given up.
    until: Instant,
    held: bool,
    /// What is missing, source by source.
    missing: Vec<Missing>,
}

impl Waits {
    fn of(stored: StoredRun) -> Option<Self> {
        let waiting = stored.waiting?;
        Some(Self {
            schedule: stored.run.schedule.to_string(),
            occurrence: stored.run.occurrence,
            until: waiting.until,
            held: waiting.told_at.is_some(),
            missing: waiting.missing,
        })
    }
}

#[derive(Debug, Serialize)]
struct Lane {
    id: String,
    /// `false`: the settings name it no more (its row stays), and nothing goes by it.
    configured: bool,
    open: bool,
    failures: i64,
    shut_until: Option<Instant>,
    held_reason: Option<String>,
    last_error: Option<String>,
}

async fn status(State(ops): State<Ops>) -> Response {
    let read = async { Ok::<_, String>((read(&ops.app).await?, money_sources(&ops.app).await?)) };
    match read.await {
        Ok((status, money)) => Json(describe(&ops, status, money)).into_response(),
        Err(error) => {
            let answer = serde_json::json!({ "version": env!("CARGO_PKG_VERSION"), "error": error });
            (StatusCode::SERVICE_UNAVAILABLE, Json(answer)).into_response()
        }
    }
}

async fn money_sources(app: &App) -> Result<BTreeMap<String, Kept>, String> {
    let mut known = BTreeMap::new();
    for source in &app.settings.money_sources {
        let kept = turn::kept(app, source).await.map_err(|error| error.to_string())?;
        known.insert(source.name.clone(), kept);
    }
    Ok(known)
}

fn describe(ops: &Ops, status: StoreStatus, money_sources: BTreeMap<String, Kept>) -> Status {
    let app = &ops.app;
    let now = app.clock.now();
    let lanes = status.lanes.into_iter().map(|lane| Lane {
        configured: is_configured(app, &lane.id),
        open: is_configured(app, &lane.id) && !is_shut(&lane, now),
        id: lane.id,
        failures: lane.failures,
        shut_until: lane.shut_until,
        held_reason: lane.held_reason,
        last_error: lane.last_error,
    });
    Status {
        version: env!("CARGO_PKG_VERSION"),
        now,
        clock: app.clock.trust().name(),
        started_at: ops.started_at,
        stopping: ops.stop.is_cancelled(),
        database: if app.store.is_sqlite() { "sqlite" } else { "postgres" },
        zone_data: ZoneData { version: app.zones.version().to_owned(), origin: app.zones.origin().to_string() },
        schedules: Schedules {
            total: status.schedules.total,
            overdue: status.schedules.overdue,
            next_fire_at: status.schedules.next_fire_at,
        },
        runs: status.runs.into_iter().collect(),
        waiting: status.waiting.into_iter().filter_map(Waits::of).collect(),
        deliveries: status.deliveries.into_iter().collect(),
        writer_held: app.store.writer_held(),
        traffic: Traffic::now(),
        holds: status.holds,
        lanes: lanes.collect(),
        money_sources,
        forgotten: status.forgotten.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default(),
        passes: app.telemetry.passes.all(),
    }
}
