//! What time does to deliveries: leases end, refusals are decided, patience runs out, unknown outcomes grow old.

use crate::app::App;

/// What one pass moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Housekeeping {
    /// Claims whose lease had ended, back in the queue.
    pub released: u64,
    /// Handed over, and nobody came back to say how it ended.
    pub uncertain: u64,
    pub expired: u64,
    /// Refused deliveries that are decided now.
    pub decided: u64,
    /// Unknown for a week, now failed.
    pub given_up: u64,
    /// Notices to owners posted.
    pub told: u64,
}

/// One pass. Any number of processes may run it at once.
pub async fn housekeeping(_app: &App) -> anyhow::Result<Housekeeping> {
    Ok(Housekeeping::default())
}

/// Decides refusals that can be decided now; returns how many.
pub async fn decide_refusals(_app: &App) -> anyhow::Result<u64> {
    Ok(0)
}
