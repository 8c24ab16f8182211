//! The loops that do the work: each is a step that takes no input, looks at the database, does what is due and ends.
//! The next pass is the retry. [`tick`] runs them all until nothing more is due.

pub mod fire_schedules;

use crate::app::App;

/// What one pass over everything due did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TickReport {
    /// Runs made because a schedule fell due.
    pub fired: u64,
    /// Occurrences that were passed over.
    pub skipped: u64,
    /// Runs whose report was made and posted.
    pub built: u64,
    /// Runs that couldn't be made.
    pub failed: u64,
    /// Deliveries that a relay took.
    pub accepted: u64,
    /// Deliveries that ended in any other way.
    pub not_accepted: u64,
}

/// Does everything that is due once, until nothing more is.
pub async fn tick(_app: &App) -> anyhow::Result<TickReport> {
    Ok(TickReport::default())
}
