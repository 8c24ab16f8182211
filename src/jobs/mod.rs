//! The loops that do the work. Each is a step that takes no input, looks at the database, does what is due and ends; the
//! next pass is the retry. [`tick`] runs them all until nothing more is due; [`serve`] keeps each in a loop of its own,
//! woken by time or by the bell that another loop rings when it has made work.
//!
//! To add a job: a file with a `step`, a variant and a line in [`JOBS`], and an arm in `step` below.

mod ahead;
mod alarm;
mod awake;
pub mod build;
mod evaluate_rules;
mod fetch_money;
pub mod fire_schedules;
pub mod forget;
mod heartbeat;
mod housekeeping;
pub mod person;
pub mod project_data;
pub mod rebuild_dates;
mod release_held;
mod serve;
mod wait_for_data;
mod watch;
mod work;

pub use serve::serve;
pub use work::Work;

use std::time::Instant as Stopwatch;

use crate::app::App;
use crate::clock::Trust;
use crate::notify::send;
use crate::telemetry::{Outcome, Pass};

/// What one pass over everything due did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TickReport {
    /// Runs made because a schedule fell due.
    pub fired: u64,
    /// Occurrences that were passed over.
    pub skipped: u64,
    /// Runs whose report was made and posted.
    pub built: u64,
    /// Runs that ended without a report, for a reason that is no fault: no calls, nobody to send to.
    pub not_built: u64,
    /// Runs that couldn't be made.
    pub failed: u64,
    /// Facts about money that are something else since a database of somebody else's was asked.
    pub facts: u64,
    /// Warnings about money that were posted.
    pub warned: u64,
    /// Deliveries that a relay took.
    pub accepted: u64,
    /// Deliveries that a relay refused.
    pub not_accepted: u64,
    /// Deliveries of which nobody knows whether a relay took them.
    pub uncertain: u64,
    /// Deliveries that the gate stopped: their readers left, stopped the report or lost the right to it.
    pub stopped: u64,
    /// Deliveries that wait for a narrower variant, which the next round makes.
    pub to_narrow: u64,
}

impl TickReport {
    fn add(&mut self, other: Self) {
        self.fired += other.fired;
        self.skipped += other.skipped;
        self.built += other.built;
        self.not_built += other.not_built;
        self.failed += other.failed;
        self.facts += other.facts;
        self.warned += other.warned;
        self.accepted += other.accepted;
        self.not_accepted += other.not_accepted;
        self.uncertain += other.uncertain;
        self.stopped += other.stopped;
        self.to_narrow += other.to_narrow;
    }

    /// Everything that a pass moved forward; 0: there was nothing to do.
    fn done(&self) -> u64 {
        let made = self.fired + self.skipped + self.built + self.not_built + self.failed + self.facts + self.warned;
        // What ended without being taken may have to be told to somebody else.
        made + self.accepted + self.not_accepted + self.stopped + self.to_narrow
    }
}

/// One of the jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    Housekeeping,
    FireSchedules,
    WaitForData,
    BuildReports,
    Narrow,
    FetchMoney,
    EvaluateRules,
    ReleaseHeld,
    Watch,
    SendDeliveries,
    /// One of the ways out, by its place among them: in `serve` each has a loop of its own.
    SendBy(usize),
    Forget,
}

/// Every job with its name, in the order in which a report passes them.
pub const JOBS: &[(Job, &str)] = &[
    (Job::Housekeeping, "housekeeping"),
    (Job::FireSchedules, "fire_schedules"),
    (Job::WaitForData, "wait_for_data"),
    (Job::BuildReports, "build_reports"),
    (Job::Narrow, "narrow"),
    (Job::FetchMoney, FETCH_MONEY),
    (Job::EvaluateRules, "evaluate_rules"),
    (Job::ReleaseHeld, "release_held"),
    (Job::Watch, "watch"),
    (Job::SendDeliveries, "send_deliveries"),
    (Job::Forget, "forget"),
];

const FETCH_MONEY: &str = "fetch_money";

/// Rounds after which [`tick`] ends whatever is left; the next tick goes on.
const MOST_ROUNDS: usize = 1_000;

/// Does everything that is due, until nothing more is.
pub async fn tick(app: &App) -> anyhow::Result<TickReport> {
    let work = Work::open(app).await?;
    let done = tick_with(app, &work).await;
    work.lanes.close().await;
    done
}

/// The same with handles that are kept from one tick to the next.
pub async fn tick_with(app: &App, work: &Work) -> anyhow::Result<TickReport> {
    housekeeping::compare_clocks(app).await?;
    rebuild_dates::step(app).await?;
    ahead::warn(app).await?;
    // Databases of others are asked while everything else goes on: a slow one delays nothing but what it tells.
    let (fetched, total) = tokio::join!(pass(app, work, Job::FetchMoney, FETCH_MONEY), rounds(app, work));
    let (fetched, mut total) = (fetched?, total?);
    total.add(fetched);
    if fetched.done() > 0 && !work.stop.is_cancelled() {
        total.add(rounds(app, work).await?);
    }
    Ok(total)
}

/// Every job but the one that waits for others, until nothing more is due.
async fn rounds(app: &App, work: &Work) -> anyhow::Result<TickReport> {
    let mut total = TickReport::default();
    for _ in 0..MOST_ROUNDS {
        let mut round = TickReport::default();
        for (job, name) in JOBS.iter().filter(|(job, _)| *job != Job::FetchMoney) {
            round.add(pass(app, work, *job, name).await?);
        }
        total.add(round);
        if round.done() == 0 || work.stop.is_cancelled() {
            break;
        }
    }
    if !work.stop.is_cancelled() {
        heartbeat::tell_once(app).await;
    }
    Ok(total)
}

/// Sends whatever may go now.
pub async fn send_now(app: &App, work: &Work) -> anyhow::Result<TickReport> {
    pass(app, work, Job::SendDeliveries, "send_deliveries").await
}

/// One pass of one job, timed, counted and kept for the status page.
async fn pass(app: &App, work: &Work, job: Job, name: &'static str) -> anyhow::Result<TickReport> {
    let (at, begun) = (app.clock.now(), Stopwatch::now());
    let result = step(app, work, job).await;
    let took = begun.elapsed();
    app.telemetry.metrics.count_pass(name, took.as_secs_f64(), result.is_err());
    app.telemetry.passes.keep(
        name,
        Pass {
            at,
            took_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            done: result.as_ref().map_or(0, TickReport::done),
            error: result.as_ref().err().map(|error| format!("{error:#}")),
        },
    );
    result
}

/// Whether a job must wait until the clock can be trusted again.
fn is_held(job: Job, trust: Trust) -> bool {
    match trust {
        Trust::Steady => false,
        // Whatever is begun by a time that may be wrong leaves its marks: what waits goes, what is too old expires, a relay
        // is shut until next week. Housekeeping compares clocks, and does the rest when they can be trusted.
        Trust::JustMoved | Trust::FarOff => job != Job::Housekeeping,
    }
}

async fn step(app: &App, work: &Work, job: Job) -> anyhow::Result<TickReport> {
    if is_held(job, app.clock.trust()) {
        return Ok(TickReport::default());
    }
    let metrics = &app.telemetry.metrics;
    let mut report = TickReport::default();
    match job {
        Job::Housekeeping => (report.failed, report.uncertain) = housekeeping::step(app).await?,
        Job::FireSchedules => {
            let done = fire_schedules::step(app).await?;
            metrics.count_runs(Outcome::Fired, done.fired);
            metrics.count_runs(Outcome::PassedOver, done.skipped);
            (report.fired, report.skipped) = (done.fired, done.skipped);
        }
        Job::WaitForData => {
            let done = wait_for_data::step(app).await?;
            metrics.count_runs(Outcome::Skipped, done.skipped);
            metrics.count_runs(Outcome::Failed, done.failed);
            (report.not_built, report.failed) = (done.skipped, done.failed);
        }
        Job::BuildReports => {
            let done = build::step(app, work).await?;
            metrics.count_runs(Outcome::Built, done.built);
            metrics.count_runs(Outcome::Skipped, done.skipped);
            metrics.count_runs(Outcome::Failed, done.failed);
            (report.built, report.not_built, report.failed) = (done.built, done.skipped, done.failed);
        }
        Job::Narrow => report.built = build::narrow::step(app).await?,
        Job::FetchMoney => report.facts = fetch_money::step(app, work).await?,
        Job::EvaluateRules => report.warned = evaluate_rules::step(app).await?,
        Job::ReleaseHeld => {
            release_held::step(app).await?;
        }
        Job::Watch => {
            watch::step(app).await?;
        }
        Job::Forget => {
            forget::step(app).await?;
        }
        Job::SendDeliveries | Job::SendBy(_) => {
            let done = match job {
                Job::SendBy(place) => match work.lanes.routes().get(place) {
                    Some(route) => send::step_of(app, &work.lanes, route).await?,
                    None => return Ok(report),
                },
                _ => send::step(app, &work.lanes).await?,
            };
            metrics.count_deliveries(Outcome::Accepted, done.accepted);
            metrics.count_deliveries(Outcome::Refused, done.refused);
            metrics.count_deliveries(Outcome::Uncertain, done.uncertain);
            metrics.count_deliveries(Outcome::Suppressed, done.suppressed);
            metrics.count_deliveries(Outcome::Released, done.released + done.to_narrow);
            report.accepted = done.accepted;
            (report.not_accepted, report.uncertain) = (done.refused, done.uncertain);
            (report.stopped, report.to_narrow) = (done.suppressed, done.to_narrow);
        }
    }
    Ok(report)
}
