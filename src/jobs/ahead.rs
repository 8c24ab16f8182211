//! Schedules that are ahead of the time: a clock that was wrong for long made them fire for days to come. What they fired
//! for doesn't fire again, so until then they are silent, and somebody must be told.

use crate::app::App;

/// A clock of a replica may be ahead by so much.
const AHEAD_SEC: i64 = 3_600;

/// Says so in the log; called when a process begins.
pub(super) async fn warn(app: &App) -> anyhow::Result<()> {
    for ahead in app.store.schedules_ahead(app.clock.now().plus_seconds(AHEAD_SEC)).await? {
        let next = ahead.next.map_or_else(|| "never".to_owned(), |next| next.to_string());
        tracing::warn!(
            schedule.id = ahead.schedule,
            fired_for = %ahead.fired,
            next,
            "a schedule has fired for a time that is still to come, because a clock was ahead; it fires no more until then: \
             `callbrief send-now` sends what is missing"
        );
    }
    Ok(())
}
