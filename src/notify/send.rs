//! The one loop out: claim, gate, load, compose, hand over, settle.

use crate::app::App;
use crate::domain::instant::Instant;
use crate::notify::lanes::Lanes;

/// What one step did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SendReport {
    pub claimed: u64,
    pub accepted: u64,
    pub refused: u64,
    pub uncertain: u64,
    /// Stopped by the gate.
    pub suppressed: u64,
    /// Given back: a relay couldn't be reached, a narrower variant is needed, or we are stopping.
    pub released: u64,
    /// When the next delivery may become claimable, where that is known (a rate, a shut lane, a later try).
    pub next_at: Option<Instant>,
}

/// Sends everything that may go now, and returns when nothing more is claimable.
pub async fn step(_app: &App, _lanes: &Lanes) -> anyhow::Result<SendReport> {
    Ok(SendReport::default())
}
