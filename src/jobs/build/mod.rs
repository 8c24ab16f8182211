//! Makes the reports of due runs. Runs are taken under a lease and a token, their calls are loaded in few batches, the
//! documents are computed and rendered on the blocking pool, and each run ends in the transaction that posts its notice.
//! No connection is held while anything is computed.

mod attach;
mod batches;
mod claim;
mod compute;
mod ending;
pub mod failure;
mod foot;
pub mod narrow;
mod prepare;
mod recall;
pub mod recipients;
mod shelf;
mod too_large;

pub use prepare::TO_NOTE;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant as Stopwatch;

use anyhow::Context;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt, TryFutureExt};

use super::Work;
use crate::app::App;
use crate::chaos::crash_point;
use crate::domain::ids::RunId;
use crate::domain::instant::Instant;
use crate::domain::run::Told;
use crate::domain::schedule::SendWhen;
use crate::report::ReportRequest;
use crate::store::StoreError;
use crate::store::runs::StoredRun;
use crate::telemetry::Stage;
use batches::in_batches;
use claim::{CLAIM, Claimed, claim, keep_lease};
use compute::{Made, ToMake};
use ending::{Ending, end_all, ending, endings};
use prepare::{NoReport, Prepared, prepare};
use shelf::Shelf;

/// What a pass did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BuildReport {
    /// Reports made and posted.
    pub built: u64,
    /// Runs that needed no report.
    pub skipped: u64,
    pub failed: u64,
}

impl BuildReport {
    fn add(&mut self, other: Self) {
        self.built += other.built;
        self.skipped += other.skipped;
        self.failed += other.failed;
    }
}

/// Makes every report that is due; a run that was begun when we are told to stop is given back.
///
/// While some are computed others are read or written, so there is one group of runs more than there are processors. What
/// fails of one group leaves the others to end in good order.
pub async fn step(app: &App, work: &Work) -> anyhow::Result<BuildReport> {
    let most = app.cpu.available_permits() + 1;
    // All of it is driven together: a group may hold the one connection that writes while another wants it.
    let mut under_way: FuturesUnordered<BoxFuture<'_, anyhow::Result<Turn>>> = FuturesUnordered::new();
    let (mut report, mut failure) = (BuildReport::default(), None);
    let (mut is_more, mut is_claiming) = (true, false);
    loop {
        let may_claim = is_more && !is_claiming && failure.is_none() && !work.stop.is_cancelled();
        if may_claim && under_way.len() < most {
            is_claiming = true;
            under_way.push(claim(app, work).map_ok(Turn::Claimed).boxed());
        }
        match under_way.next().await {
            Some(Ok(Turn::Claimed(claimed))) => {
                is_claiming = false;
                // Fewer than are taken at a time: nothing is left for now.
                is_more = claimed.runs.len() as u64 >= CLAIM.unsigned_abs();
                if !claimed.runs.is_empty() {
                    under_way.push(build_claimed(app, work, claimed).map_ok(Turn::Built).boxed());
                }
            }
            Some(Ok(Turn::Built(built))) => {
                report.add(built);
                is_more = true;
                work.ring();
            }
            Some(Err(error)) => failure = failure.or(Some(error)),
            None => return failure.map_or(Ok(report), Err),
        }
    }
}

/// What one of the groups came to.
enum Turn {
    Claimed(Claimed),
    Built(BuildReport),
}

async fn build_claimed(app: &App, work: &Work, Claimed { runs, token }: Claimed) -> anyhow::Result<BuildReport> {
    if runs.iter().any(|stored| stored.waiting.is_some()) {
        crash_point!("wait.ended");
    }
    crash_point!("build.claimed");
    let _lease = keep_lease(app.clone(), token.clone());
    let taken = runs.len() as u64;
    let built = build_all(app, work, runs, &token).await;
    if !built.as_ref().is_ok_and(|built| built.built + built.skipped + built.failed == taken) {
        // Whatever wasn't ended, for a stop or an error, goes back at once instead of waiting for its lease.
        let mut session = app.store.write().await?;
        session.give_back_runs(&token, app.clock.now()).await?;
        session.commit().await?;
    }
    built
}

/// Makes the report of one run that is due, or waited and was let go, whatever its release; nothing when somebody else took it.
pub async fn now(app: &App, work: &Work, run: RunId) -> anyhow::Result<BuildReport> {
    let (token, now) = (work.new_token(), app.clock.now());
    let mut session = app.store.write().await?;
    let run = session.claim_run(now, now + app.settings.work.lease, &token, run).await?;
    session.commit().await?;
    match run {
        Some(run) => {
            let _lease = keep_lease(app.clone(), token.clone());
            build_all(app, work, vec![run], &token).await
        }
        None => Ok(BuildReport::default()),
    }
}

async fn build_all(app: &App, work: &Work, runs: Vec<StoredRun>, token: &str) -> anyhow::Result<BuildReport> {
    let now = app.clock.now();
    let mut prepared = Vec::with_capacity(runs.len());
    let mut endings = Vec::new();
    let shelf = {
        let mut session = app.store.read().await?;
        let whole: Vec<&StoredRun> = runs.iter().filter(|run| run.damage.is_none()).collect();
        Shelf::filled(app, &mut session, &whole).await?
    };
    for run in runs {
        if let Some(damage) = run.damage.clone() {
            let unreadable = NoReport::Fail { reason: "unreadable", detail: damage };
            endings.push(Ending::Not(Box::new(run), unreadable));
            continue;
        }
        match prepare(app, &shelf, &run, now) {
            Ok(ready) if ready.schedule.paused && !ready.run.run.is_sample => {
                let paused = NoReport::Skip { reason: "paused", detail: None };
                endings.push(Ending::Not(Box::new(run), paused));
            }
            Ok(ready) if ready.audience.readers.is_empty() => endings.push(Ending::Not(Box::new(run), nobody(&ready))),
            Ok(ready) => prepared.push(ready),
            Err(none) => endings.push(Ending::Not(Box::new(run), none)),
        }
    }
    recall::recall(app, &mut prepared).await?;
    let begun = Stopwatch::now();
    let mut report = end_all(app, endings, token, begun).await?;

    let batches = in_batches(app, prepared).await?;
    let at_once = app.cpu.available_permits().max(1);
    let mut built =
        futures_util::stream::iter(batches).map(|batch| build_batch(app, work, batch, token)).buffer_unordered(at_once);
    while let Some(batch) = built.next().await {
        report.add(batch?);
    }
    Ok(report)
}

/// Nobody in the list may get the report; the ledger names each with its reason.
fn nobody(prepared: &Prepared) -> NoReport {
    let all: Vec<String> =
        prepared.audience.left_out.iter().map(|(name, reason)| format!("{name}: {}", reason.name())).collect();
    NoReport::Skip { reason: "no_recipients", detail: (!all.is_empty()).then(|| all.join(", ")) }
}

/// Makes the reports of a batch; when that fails, each run's on its own, so that one bad run hurts no other.
async fn build_batch(app: &App, work: &Work, batch: Vec<Prepared>, token: &str) -> anyhow::Result<BuildReport> {
    if work.stop.is_cancelled() {
        return Ok(BuildReport::default());
    }
    let begun = Stopwatch::now();
    let endings = match make_batch(app, &batch).await {
        Ok(made) => endings(batch, made),
        // The reports can be made as soon as the database is back; they go back for somebody to take them anew.
        Err(error) if is_of_the_database(&error) => return Err(error),
        Err(error) if batch.len() > 1 => {
            tracing::warn!(runs = batch.len(), "a batch of reports couldn't be made, each is tried alone: {error:#}");
            let mut endings = Vec::with_capacity(batch.len());
            for one in batch {
                endings.push(build_one(app, one).await?);
            }
            endings
        }
        Err(error) => batch.into_iter().map(|one| failed(one, &error)).collect(),
    };
    crash_point!("build.rendered");
    end_all(app, endings, token, begun).await
}

async fn build_one(app: &App, one: Prepared) -> anyhow::Result<Ending> {
    Ok(match make_batch(app, std::slice::from_ref(&one)).await {
        Ok(mut made) => ending(one, made.pop().unwrap_or_default()),
        Err(error) if is_of_the_database(&error) => return Err(error),
        Err(error) => failed(one, &error),
    })
}

fn is_of_the_database(error: &anyhow::Error) -> bool {
    error.downcast_ref::<StoreError>().is_some_and(StoreError::is_of_the_database)
}

fn failed(one: Prepared, error: &anyhow::Error) -> Ending {
    tracing::error!(run.id = one.run.run.id.0, "a report couldn't be made: {error:#}");
    Ending::Not(Box::new(one.run), NoReport::Fail { reason: "report_not_made", detail: format!("{error:#}") })
}

/// What was made for a run: nothing when it is sent only with calls and there were none.
#[derive(Default)]
struct MadeForRun {
    variants: Vec<Made>,
    told: Told,
    /// As of when.
    as_of: Option<Instant>,
    is_empty_and_unwanted: bool,
}

/// Loads the calls of a batch in one go and makes all its reports.
async fn make_batch(app: &App, batch: &[Prepared]) -> anyhow::Result<Vec<MadeForRun>> {
    let now = app.clock.now();
    let mut requests = Vec::new();
    for ready in batch {
        requests.extend(ready.audience.readers.keys().map(|reader| ready.requests(reader, now)));
    }
    let mut wanted: Vec<_> = requests.iter().flatten().map(ReportRequest::slice_request).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let loading = app.telemetry.metrics.time(Stage::Load);
    let loaded = app.store.load_slices(&wanted).await?;
    drop(loading);
    let slices: HashMap<_, _> = wanted.into_iter().zip(loaded).collect();

    let mut made_for = Vec::with_capacity(batch.len());
    let mut to_make = Vec::with_capacity(requests.len());
    let mut requests = requests.into_iter();
    for ready in batch {
        let mut made = MadeForRun::default();
        made.told.filters = ready.spec.filters.clone();
        made.as_of = Some(now);
        made.told.missed = ready.spec.options.missed;
        for reader in ready.audience.readers.keys() {
            let Some(requests) = requests.next() else { anyhow::bail!("a reader without a request") };
            let mut parts = Vec::with_capacity(requests.len());
            for request in requests {
                let slice = slices.get(&request.slice_request()).map(Arc::clone).context("a slice wasn't loaded")?;
                parts.push((request, slice));
            }
            made.told.all = parts.iter().map(|(_, slice)| slice.calls.len() as u64).sum();
            let is_several = ready.is_several();
            to_make.push((made_for.len(), ToMake { reader: reader.clone(), parts, is_several }));
        }
        made_for.push(made);
    }
    let (owners, to_make): (Vec<usize>, Vec<ToMake>) = to_make.into_iter().unzip();
    for (owner, made) in owners.into_iter().zip(compute::make(app, to_make).await?) {
        let scope = serde_json::to_string(&made.reader.rights.scope)?;
        made_for[owner].told.readers.insert(scope, made.told);
        made_for[owner].variants.push(made);
    }
    for (ready, made) in batch.iter().zip(&mut made_for) {
        let only_if_calls = ready.schedule.send == SendWhen::IfCalls && !ready.run.run.is_sample;
        made.is_empty_and_unwanted = only_if_calls && made.variants.iter().all(|made| made.has_no_calls);
    }
    Ok(made_for)
}
