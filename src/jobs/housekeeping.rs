//! What time does to work that nobody finished: leases of runs end here, those of deliveries in `notify::settle`.

use crate::app::App;
use crate::domain::run::RunState;
use crate::jobs::build;
use crate::notify::settle;

/// One pass. Returns how many runs failed for good.
pub(super) async fn step(app: &App) -> anyhow::Result<u64> {
    compare_clocks(app).await?;
    let now = app.clock.now();
    let mut session = app.store.write().await?;
    let ended = session.end_run_leases(now).await?;
    let silent = session.end_silent_imports(now).await?;
    session.commit().await?;
    if silent > 0 {
        tracing::warn!(imports = silent, "imports broke off; giving the same files again goes on where they ended");
    }
    let mut failed = 0;
    for lease in ended {
        if lease.state == RunState::Failed {
            failed += 1;
            build::failure::tell(app, lease.project, &lease.schedule, &lease.occurrence, "builder_died").await?;
        } else {
            tracing::warn!(run.id = lease.run.0, "a run's builder was never heard of again; it is due once more");
        }
    }
    let done = settle::housekeeping(app).await?;
    if done.uncertain > 0 {
        tracing::warn!(deliveries = done.uncertain, "the outcome of some deliveries isn't known");
    }
    Ok(failed)
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
