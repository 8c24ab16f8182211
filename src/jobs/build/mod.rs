//! Makes the reports of due runs. Runs are taken under a lease and a token, their calls are loaded in few batches, the
//! documents are computed and rendered on the blocking pool, and each run ends in the transaction that posts its notice.
//! No connection is held while anything is computed.

mod attach;
mod compute;
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
use tokio_util::task::AbortOnDropHandle;

use super::Work;
use crate::app::App;
use crate::chaos::crash_point;
use crate::clock::Trust;
use crate::domain::contact::ChannelKind;
use crate::domain::ids::{ProjectKey, RunId, ScheduleId};
use crate::domain::instant::Instant;
use crate::domain::notice::{NoticeKind, Severity};
use crate::domain::period::Period;
use crate::domain::run::{Run, RunState, Told};
use crate::domain::schedule::Format;
use crate::domain::schedule::SendWhen;
use crate::notify::owner::{self, Drawn};
use crate::notify::post::{self, NewNotice, NewRecipient, NewVariant};
use crate::report::ReportRequest;
use crate::store::runs::{BuiltRun, StoredRun};
use crate::store::{Session, StoreError};
use crate::telemetry::Stage;
use compute::{Made, ToMake};
use prepare::{NoReport, Prepared, prepare};
use recipients::Addressee;
use shelf::Shelf;

/// Runs taken at a time.
const CLAIM: i64 = 64;

/// Runs whose notices become rows in one transaction.
const POST_TOGETHER: usize = 64;

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

/// How a run ends.
enum Ending {
    Built(Box<Prepared>, Box<MadeForRun>),
    Not(Box<StoredRun>, NoReport),
}

/// Runs under a lease of ours.
struct Claimed {
    runs: Vec<StoredRun>,
    token: String,
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

async fn claim(app: &App, work: &Work) -> anyhow::Result<Claimed> {
    let token = work.new_token();
    let now = app.clock.now();
    let mut session = app.store.write().await?;
    let lease_until = now + app.settings.work.lease;
    let mut runs = session.claim_runs(now, lease_until, &token, CLAIM).await?;
    // After a jump of the clock nobody knows yet whether the time is up.
    if app.clock.trust() == Trust::Steady {
        runs.extend(session.claim_waited_runs(now, lease_until, &token, CLAIM).await?);
    }
    session.commit().await?;
    Ok(Claimed { runs, token })
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

/// Renews the lease until dropped.
fn keep_lease(app: App, token: String) -> AbortOnDropHandle<()> {
    AbortOnDropHandle::new(tokio::spawn(async move {
        let lease = app.settings.work.lease;
        loop {
            tokio::time::sleep(lease / 3).await;
            let renew = async {
                let mut session = app.store.write().await?;
                session.renew_runs(&token, app.clock.now() + lease).await?;
                session.commit().await
            };
            if let Err(error) = renew.await {
                tracing::warn!("a lease couldn't be renewed: {error}");
            }
        }
    }))
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

/// Cuts runs into batches whose calls together stay below the bound, and into as many as there are processors when
/// there are enough runs.
async fn in_batches(app: &App, prepared: Vec<Prepared>) -> Result<Vec<Vec<Prepared>>, StoreError> {
    let most_rows = u64::try_from(app.settings.work.batch_rows).unwrap_or(u64::MAX);
    let most_runs = prepared.len().div_ceil(app.cpu.available_permits().max(1)).max(4);
    let spans = |ready: &Prepared| {
        let run = &ready.run.run;
        let periods = [Some(run.period), run.compared_with].into_iter().flatten();
        let projects = ready.projects().into_iter().map(|(project, _)| project.key);
        projects.flat_map(|project| periods.clone().map(move |period| (project, period))).collect::<Vec<_>>()
    };
    let mut wanted: Vec<(ProjectKey, Period)> = prepared.iter().flat_map(spans).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let counted = app.store.count_calls(&wanted).await?;
    let counted: HashMap<(ProjectKey, Period), u64> = wanted.into_iter().zip(counted).collect();
    let mut batches: Vec<Vec<Prepared>> = Vec::new();
    let mut rows = 0;
    for ready in prepared {
        let own = spans(&ready).iter().filter_map(|span| counted.get(span)).sum();
        match batches.last_mut() {
            Some(batch) if batch.len() < most_runs && rows + own <= most_rows => {
                rows += own;
                batch.push(ready);
            }
            _ => {
                rows = own;
                batches.push(vec![ready]);
            }
        }
    }
    Ok(batches)
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

fn endings(batch: Vec<Prepared>, made: Vec<MadeForRun>) -> Vec<Ending> {
    batch.into_iter().zip(made).map(|(ready, made)| ending(ready, made)).collect()
}

fn ending(ready: Prepared, made: MadeForRun) -> Ending {
    if made.is_empty_and_unwanted {
        Ending::Not(Box::new(ready.run), NoReport::Skip { reason: "no_calls", detail: None })
    } else {
        Ending::Built(Box::new(ready), Box::new(made))
    }
}

/// Writes down how runs ended, some at a time: a run is built in the transaction that posts its notice, and fails in the
/// one that tells its owner. `begun`: when their making began.
async fn end_all(app: &App, endings: Vec<Ending>, token: &str, begun: Stopwatch) -> anyhow::Result<BuildReport> {
    let mut report = BuildReport::default();
    let mut left = endings.into_iter().peekable();
    while left.peek().is_some() {
        let mut together = Vec::with_capacity(POST_TOGETHER);
        for ending in left.by_ref().take(POST_TOGETHER) {
            let news = news_of(app, &ending).await?;
            together.push((ending, news));
        }
        let _posting = app.telemetry.metrics.time(Stage::Post);
        let now = app.clock.now();
        let mut session = app.store.write().await?;
        let mut done = BuildReport::default();
        let mut ended = Vec::with_capacity(POST_TOGETHER);
        let mut news = HashMap::new();
        let (mut built, mut others) = (Vec::new(), Vec::new());
        for (ending, its_news) in together {
            news.extend(its_news.map(|its_news| (ending.run().run.id, its_news)));
            match ending {
                Ending::Built(ready, made) => built.push((ready, made)),
                Ending::Not(run, why) => others.push((run, why)),
            }
        }
        for run in post_built(app, &mut session, built, token, now).await? {
            done.built += 1;
            ended.push(run);
        }
        for (run, why) in others {
            let (state, counter) = match &why {
                NoReport::Skip { .. } => (RunState::Skipped, &mut done.skipped),
                NoReport::Fail { .. } => (RunState::Failed, &mut done.failed),
            };
            let (reason, detail) = why.said();
            if session.settle_run(&run.run, token, state, Some(reason), detail, now).await? {
                *counter += 1;
                ended.push(Ended::not(&run.run, &why));
            }
        }
        for (run, project) in ended.iter().map(|ended| (ended.run, ended.project)) {
            if let Some((once, drawn)) = news.remove(&run) {
                owner::tell_within(app, &mut session, Some(project), &once, drawn).await?;
            }
        }
        session.commit().await?;
        ended.iter().for_each(|ended| ended.log(begun));
        crash_point!("build.posted");
        report.add(done);
    }
    Ok(report)
}

/// Ends runs whose reports were made and posts those, but of runs that somebody else holds by now; those that were ended.
async fn post_built(
    app: &App,
    session: &mut Session,
    built: Vec<(Box<Prepared>, Box<MadeForRun>)>,
    token: &str,
    now: Instant,
) -> Result<Vec<Ended>, StoreError> {
    if built.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<BuiltRun<'_>> = built
        .iter()
        .map(|(ready, made)| BuiltRun { run: &ready.run.run, told: &made.told, as_of: made.as_of.unwrap_or(now) })
        .collect();
    let is_ours = session.settle_built(&rows, token, now).await?;
    let (mut ended, mut notices) = (Vec::new(), Vec::new());
    for ((ready, made), _) in built.into_iter().zip(is_ours).filter(|(_, is_ours)| *is_ours) {
        for (name, reason) in &ready.audience.left_out {
            session.note_left_out(&ready.run.run, name, reason.name(), now).await?;
        }
        ended.push(Ended::built(&ready, &made));
        notices.push(notice(&ready, made.variants));
    }
    post::post_all(app, session, notices).await?;
    Ok(ended)
}

/// How a run ended, told once it is true.
struct Ended {
    run: RunId,
    project: ProjectKey,
    schedule: ScheduleId,
    period: Period,
    how: How,
}

enum How {
    Built { readers: usize, variants: usize, calls: u64 },
    NotNeeded(&'static str),
    Failed(&'static str),
}

impl Ended {
    fn built(ready: &Prepared, made: &MadeForRun) -> Self {
        let readers = ready.audience.readers.values().map(Vec::len).sum();
        Self::of(&ready.run.run, How::Built { readers, variants: made.variants.len(), calls: made.told.all })
    }

    fn not(run: &Run, why: &NoReport) -> Self {
        let how = match why {
            NoReport::Skip { reason, .. } => How::NotNeeded(reason),
            NoReport::Fail { reason, .. } => How::Failed(reason),
        };
        Self::of(run, how)
    }

    fn of(run: &Run, how: How) -> Self {
        Self { run: run.id, project: run.project, schedule: run.schedule.clone(), period: run.period, how }
    }

    fn log(&self, begun: Stopwatch) {
        let (run, schedule) = (self.run.0, &self.schedule);
        let (from, to) = (self.period.from(), self.period.to());
        match self.how {
            How::Built { readers, variants, calls } => {
                let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
                tracing::info!(
                    run.id = run, schedule.id = %schedule, period.from = %from, period.to = %to, readers, variants, calls,
                    took_ms, "a report was made"
                );
            }
            How::NotNeeded(reason) => tracing::info!(
                run.id = run, schedule.id = %schedule, period.from = %from, period.to = %to, reason, "no report was needed"
            ),
            How::Failed(reason) => tracing::warn!(
                run.id = run, schedule.id = %schedule, period.from = %from, period.to = %to, reason,
                "a run ended without a report, and its owner is told"
            ),
        }
    }
}

impl Ending {
    fn run(&self) -> &StoredRun {
        match self {
            Self::Built(ready, _) => &ready.run,
            Self::Not(run, _) => run,
        }
    }
}

/// What the owner is told of an ending, drawn before a transaction begins, and what makes it one notice.
async fn news_of(app: &App, ending: &Ending) -> anyhow::Result<Option<(String, Vec<Drawn>)>> {
    let run = &ending.run().run;
    let (schedule, occurrence) = (&run.schedule, run.occurrence.as_str());
    Ok(match ending {
        Ending::Built(_, made) => {
            let mut left_out: Vec<Format> = made.variants.iter().flat_map(|made| made.left_out.clone()).collect();
            left_out.sort_unstable();
            left_out.dedup();
            if left_out.is_empty() {
                return Ok(None);
            }
            let drawn = too_large::drawn(app, run.project, schedule, occurrence, &left_out).await?;
            Some((too_large::once(schedule, occurrence), drawn))
        }
        Ending::Not(_, NoReport::Skip { .. }) => None,
        Ending::Not(_, NoReport::Fail { reason, .. }) => {
            let drawn = failure::drawn(app, run.project, schedule, occurrence, reason).await?;
            Some((failure::once(schedule, occurrence), drawn))
        }
    })
}

fn notice(ready: &Prepared, made: Vec<Made>) -> NewNotice {
    let run = &ready.run.run;
    NewNotice {
        project: Some(run.project),
        kind: NoticeKind::Report,
        severity: Severity::Info,
        run: Some(run.id),
        schedule: Some(run.schedule.clone()),
        occurrence: Some(run.occurrence.clone()),
        dedup_key: format!("report/{}", run.id),
        not_before: None,
        give_up_at: ready.give_up_at,
        variants: made
            .into_iter()
            .map(|made| {
                let addressees = ready.audience.readers.get(&made.reader).map(Vec::as_slice).unwrap_or_default();
                variant(ready, made, addressees)
            })
            .collect(),
    }
}

fn variant(ready: &Prepared, made: Made, addressees: &[Addressee]) -> NewVariant {
    let recipients = addressees
        .iter()
        .map(|addressee| NewRecipient {
            contact: addressee.contact.clone(),
            channel: ChannelKind::Email,
            address: addressee.address.clone(),
            display_name: addressee.display_name.clone(),
            foot: foot::foot(ready, &made, addressee),
            by_hand: addressee.by_hand,
            confirms_number: false,
            of_use_until: None,
            not_before: None,
            shut: None,
        })
        .collect();
    let sender = Some(ready.face(&made.reader).key);
    NewVariant { sender, recipients, reader: made.reader, subject: made.subject, artefacts: made.artefacts }
}
