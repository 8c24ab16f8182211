//! Each job in a loop of its own. A loop that did something rings the bell and looks again at once; one that found
//! nothing waits for the bell, or for the poll. Other processes ring it too where the database can pass that on (Postgres:
//! LISTEN); the poll is the truth.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::task::JoinSet;

use super::{JOBS, Job, Work, housekeeping, pass, rebuild_dates};
use crate::app::App;
use crate::store::BellLine;

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
    let mut loops = JoinSet::new();
    for (job, name) in JOBS {
        loops.spawn(keep_going(app.clone(), Arc::clone(&work), *job, name));
    }
    loops.spawn(hear(app.clone(), Arc::clone(&work)));
    work.stop.cancelled().await;
    let finished =
        tokio::time::timeout(app.settings.work.shutdown, async { while loops.join_next().await.is_some() {} }).await;
    if finished.is_err() {
        loops.abort_all();
    }
    finished.is_ok()
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
                Ok(Some(line)) => listen(&app, &work, line).await,
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
async fn listen(app: &App, work: &Work, mut line: BellLine) {
    let metrics = &app.telemetry.metrics;
    metrics.set_bell_listens(true);
    // Something may have been announced before we listened.
    work.ring();
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
        work.ring();
    }
}

async fn keep_going(app: App, work: Arc<Work>, job: Job, name: &'static str) {
    let mut bell = work.listen();
    let mut failing = false;
    while !work.stop.is_cancelled() {
        bell.mark_unchanged();
        // A pass that panics is a pass that failed: the loop goes on.
        let passed = AssertUnwindSafe(pass(&app, &work, job, name)).catch_unwind().await;
        let pause = match passed.unwrap_or_else(|_| Err(anyhow::anyhow!("the pass broke off"))) {
            Ok(report) => {
                if failing {
                    tracing::info!(job = name, "the job works again");
                }
                failing = false;
                if report.done() > 0 {
                    tracing::debug!(job = name, done = report.done(), "a pass did something");
                    work.ring();
                    continue;
                }
                app.settings.work.poll
            }
            Err(error) => {
                if !failing {
                    tracing::error!(job = name, "a pass failed, and is tried again: {error:#}");
                }
                failing = true;
                PAUSE_AFTER_ERROR
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = bell.changed(), if !failing => {}
            () = work.stop.cancelled() => {}
        }
    }
}
