//! Each job in a loop of its own. A loop that did something rings the bell and looks again at once; one that found
//! nothing waits for the bell, which `alarm` rings when something falls due, or looks by itself after long. Other processes ring it
//! too where the database can pass that on (Postgres: LISTEN); what `alarm` finds in the database is the truth.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant as Stopwatch};

use futures_util::FutureExt;
use tokio::task::JoinSet;

use super::{JOBS, Job, Work, ahead, alarm, awake, heartbeat, housekeeping, pass, rebuild_dates};
use crate::app::App;
use crate::store::{BellLine, StoreError};

/// After a pass that failed; the database is most often away.
const PAUSE_AFTER_ERROR: Duration = Duration::from_secs(5);

/// Runs all jobs until [`Work::stop`], then lets each finish its pass within the settings' deadline. Returns whether all
/// of them did; leases give back what the others held.
pub async fn serve(app: App, work: Arc<Work>) -> bool {
    if let Err(error) = housekeeping::compare_clocks(&app).await {
        tracing::error!("the database's clock couldn't be read: {error:#}");
    }
    if let Err(error) = rebuild_dates::step(&app).await {
        tracing::error!("next dates couldn't be checked against the zone data: {error:#}");
    }
    if let Err(error) = ahead::warn(&app).await {
        tracing::error!("whether a schedule is ahead of the time couldn't be found out: {error:#}");
    }
    if let Err(error) = awake::tell_of_standstill(&app).await {
        tracing::error!("whether anything was missed couldn't be seen: {error:#}");
    }
    let mut loops = JoinSet::new();
    let database = Arc::new(Database::default());
    for (job, name) in JOBS {
        for (job, name) in apart(*job, name, work.lanes.routes().len()) {
            loops.spawn(keep_going(app.clone(), Arc::clone(&work), Arc::clone(&database), job, name));
        }
    }
    loops.spawn(watch(app.clone(), Arc::clone(&work), database));
    loops.spawn(hear(app.clone(), Arc::clone(&work)));
    loops.spawn(alarm::keep_ringing(app.clone(), Arc::clone(&work)));
    loops.spawn(awake::keep_noting(app.clone(), Arc::clone(&work)));
    loops.spawn(heartbeat::keep_telling(app.clone(), Arc::clone(&work)));
    work.stop.cancelled().await;
    let finished =
        tokio::time::timeout(app.settings.work.shutdown, async { while loops.join_next().await.is_some() {} }).await;
    if finished.is_err() {
        loops.abort_all();
    }
    finished.is_ok()
}

/// The loops of a job. What is sent goes by a loop for each way out, so that a service which doesn't answer holds up
/// nobody else; mail is the first and keeps the job's name.
fn apart(job: Job, name: &'static str, routes: usize) -> Vec<(Job, &'static str)> {
    match job {
        Job::SendDeliveries => {
            (0..routes).map(|place| (Job::SendBy(place), if place == 0 { name } else { "send_to_services" })).collect()
        }
        job => vec![(job, name)],
    }
}

/// Before the line for announcements is tried again.
const LISTEN_AGAIN: Duration = Duration::from_secs(30);

/// Rings our bell when another process announces work. Where that can't be heard (an embedded database, a pooler that
/// passes no announcements on) polling finds it, which the metrics say and nobody is told.
async fn hear(app: App, work: Arc<Work>) {
    let listening = async {
        loop {
            match app.store.listen().await {
                Ok(None) => return,
                Ok(Some(line)) => {
                    listen(&app, &work, line).await;
                    work.set_heard(false);
                }
                Err(error) => tracing::debug!("announcements of work can't be heard: {error}"),
            }
            tokio::time::sleep(LISTEN_AGAIN).await;
        }
    };
    tokio::select! {
        () = listening => {}
        () = work.stop.cancelled() => {}
    }
}

/// Until the line can't be mended.
async fn listen(app: &App, work: &Arc<Work>, mut line: BellLine) {
    let metrics = &app.telemetry.metrics;
    metrics.set_bell_listens(true);
    work.set_heard(true);
    // Something may have been announced before we listened.
    work.ring();
    let shortly = Shortly::default();
    loop {
        match line.heard().await {
            Ok(true) => metrics.count_bell(),
            Ok(false) => {
                metrics.count_bell_lost();
                metrics.set_bell_listens(true);
            }
            Err(error) => {
                metrics.count_bell_lost();
                tracing::debug!("announcements of work aren't heard any more: {error}");
                return;
            }
        }
        shortly.ring(work);
    }
}

/// Whoever made work takes it up at once; others look after so long, and once for all that was announced meanwhile. Else
/// each commit of one would wake every loop of all, which then take small pieces of it from one another.
const OTHERS_FIRST: Duration = Duration::from_millis(100);

/// A bell that rings a little later, once however often it was asked to meanwhile.
#[derive(Debug, Default)]
struct Shortly {
    is_coming: Arc<AtomicBool>,
}

impl Shortly {
    fn ring(&self, work: &Arc<Work>) {
        if self.is_coming.swap(true, Ordering::AcqRel) {
            return;
        }
        let (is_coming, work) = (Arc::clone(&self.is_coming), Arc::clone(work));
        tokio::spawn(async move {
            tokio::time::sleep(OTHERS_FIRST).await;
            // What is announced from now on wants another ring: it may come after the loops have looked.
            is_coming.store(false, Ordering::Release);
            work.ring();
        });
    }
}

/// Whether the database answers, told once when that changes and not by every loop.
#[derive(Debug, Default)]
struct Database {
    /// Since when it doesn't.
    away: Mutex<Option<Stopwatch>>,
}

impl Database {
    fn is_away(&self, why: &str) {
        let mut away = self.away.lock().unwrap_or_else(PoisonError::into_inner);
        if away.is_none() {
            tracing::warn!(
                "nothing is done until the database is back, which is asked every {} s: {why}",
                ASK_AGAIN.as_secs()
            );
            *away = Some(Stopwatch::now());
        }
    }

    /// `true`: it was away until now.
    fn answers(&self) -> bool {
        let since = self.away.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(since) = since {
            let away_ms = u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX);
            tracing::warn!(away_ms, "the database is back");
        }
        since.is_some()
    }
}

/// Between two questions to the database whether it is there, as long as it is and as long as it isn't, and the longest wait for
/// its answer.
const ASK_AGAIN: Duration = Duration::from_secs(15);
const ASK_SOON: Duration = Duration::from_secs(5);
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Asks the database now and then: a pool tries for half a minute before it gives an error, and loops that wait long
/// between two looks would find it back late.
async fn watch(app: App, work: Arc<Work>, database: Arc<Database>) {
    while !work.stop.is_cancelled() {
        let asked = tokio::time::timeout(ANSWER_WITHIN, async {
            app.store.read().await?.ping().await?;
            app.store.must_be_writable().await
        });
        let asked = asked.await;
        let pause = if matches!(asked, Ok(Ok(()))) { ASK_AGAIN } else { ASK_SOON };
        match asked {
            Ok(Ok(())) => {
                if database.answers() {
                    work.ring();
                }
            }
            Ok(Err(error)) => database.is_away(&error.to_string()),
            Err(_) => {
                let (place, limit) = (app.store.place(), ANSWER_WITHIN.as_secs());
                let why = app.store.why_away().await.map(|error| error.to_string());
                database.is_away(&why.unwrap_or_else(|| format!("the database {place} gave no answer in {limit} s")));
            }
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = work.stop.cancelled() => {}
        }
    }
}

/// Whether an error comes only of a database that is away, starting or busy, or can't be written.
fn is_of_the_database(error: &anyhow::Error) -> bool {
    let is_it = |error: &StoreError| error.is_passing() || error.is_shut();
    error.chain().any(|cause| cause.downcast_ref::<StoreError>().is_some_and(is_it))
}

async fn keep_going(app: App, work: Arc<Work>, database: Arc<Database>, job: Job, name: &'static str) {
    let mut bell = work.listen();
    let mut said = false;
    while !work.stop.is_cancelled() {
        bell.mark_unchanged();
        // A pass that panics is a pass that failed: the loop goes on.
        let passed = AssertUnwindSafe(pass(&app, &work, job, name)).catch_unwind().await;
        let is_failing = !matches!(passed, Ok(Ok(_)));
        let pause = match passed.unwrap_or_else(|_| Err(anyhow::anyhow!("the pass broke off"))) {
            Ok(report) => {
                if said {
                    tracing::info!(job = name, "the job works again");
                }
                said = false;
                if report.done() > 0 {
                    tracing::debug!(job = name, done = report.done(), "a pass did something");
                    work.ring();
                    continue;
                }
                alarm::rest(app.settings.work.poll)
            }
            Err(error) => {
                if is_of_the_database(&error) {
                    database.is_away(&format!("{error:#}"));
                } else if !said {
                    tracing::error!(job = name, "a pass failed, and is tried again: {error:#}");
                    said = true;
                }
                PAUSE_AFTER_ERROR
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = bell.changed(), if !is_failing => {}
            () = work.stop.cancelled() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_database_that_is_away_is_told_once_for_all_loops() {
        let away = StoreError::away();
        assert!(is_of_the_database(&anyhow::Error::from(away).context("reports couldn't be made")));
        let broken = StoreError::Corrupt { what: "run", detail: "no such state".into() };
        assert!(!is_of_the_database(&anyhow::Error::from(broken)), "a loop says that itself");
        let database = Database::default();
        assert!(!database.answers(), "it wasn't away");
        database.is_away("a");
        database.is_away("b");
        assert!(database.answers() && !database.answers(), "back once");
    }
}
