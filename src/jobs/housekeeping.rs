//! What time does to work that nobody finished: leases of runs end here, those of deliveries in `notify::settle`.

use std::collections::BTreeMap;

use anyhow::Context;

use crate::app::App;
use crate::chaos::crash_point;
use crate::clock::Trust;
use crate::domain::run::RunState;
use crate::jobs::build;
use crate::notify::{owner, settle, silence};

/// One pass. Returns how many runs failed for good, and how many mails have an unknown outcome now.
pub(super) async fn step(app: &App) -> anyhow::Result<(u64, u64)> {
    compare_clocks(app).await?;
    if app.clock.trust() == Trust::JustMoved {
        return Ok((0, 0));
    }
    let now = app.clock.now();
    // Drawn before the transaction that fails them, which tells their owners: no crash comes in between.
    let mut news = BTreeMap::new();
    let about_to_fail = app.store.read().await?.runs_about_to_fail(now).await?;
    for lease in about_to_fail {
        let (schedule, occurrence) = (&lease.schedule, &lease.occurrence);
        let drawn = build::failure::drawn(app, lease.project, schedule, occurrence, "builder_died").await?;
        news.insert(lease.run.0, drawn);
    }
    let mut session = app.store.write().await?;
    let ended = session.end_run_leases(now).await?;
    for lease in ended.iter().filter(|lease| lease.state == RunState::Failed) {
        let drawn = news.remove(&lease.run.0);
        let drawn = drawn.with_context(|| format!("run {} failed just now; the next pass sees to it", lease.run.0))?;
        let once = build::failure::once(&lease.schedule, &lease.occurrence);
        owner::tell_within(app, &mut session, Some(lease.project), &once, drawn).await?;
    }
    session.end_pauses(now).await?;
    let silent = session.end_silent_imports(now).await?;
    session.commit().await?;
    if !ended.is_empty() {
        crash_point!("leases.ended_of_runs");
    }
    if silent > 0 {
        tracing::warn!(imports = silent, "imports broke off; giving the same files again goes on where they ended");
    }
    let mut failed = 0;
    for lease in ended {
        if lease.state == RunState::Failed {
            failed += 1;
        } else {
            tracing::warn!(run.id = lease.run.0, "a run's builder was never heard of again; it is due once more");
        }
    }
    silence::end_due(app).await?;
    let done = settle::housekeeping(app).await?;
    if done.uncertain > 0 {
        tracing::warn!(
            mails = done.uncertain,
            "whether a mail was taken isn't known: whoever sent it was never heard of again"
        );
    }
    Ok((failed, done.uncertain))
}

/// Takes the database's time, when the clock asks for it: all replicas follow that one.
pub(super) async fn compare_clocks(app: &App) -> anyhow::Result<()> {
    if !app.clock.wants_comparison() {
        return Ok(());
    }
    let mut session = app.store.read().await?;
    let asked = app.clock.now();
    let shown = session.clock().await?;
    match shown {
        Some(shown) => app.clock.compare(asked, shown, app.clock.now()),
        None => app.clock.compare(asked, asked, asked),
    }
    Ok(())
}
