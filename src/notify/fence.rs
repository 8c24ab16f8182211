//! The fence: the one conditional update between "the other side would take it" and "it may be out of our hands". Who
//! can't pass it must walk away, because somebody else has the delivery, or nobody may have it any more.

use std::sync::Arc;
use std::time::Duration;

use crate::clock::Clock;
use crate::domain::delivery::DeliveryState;
use crate::domain::ids::DeliveryId;
use crate::notify::facts;
use crate::store::batch::Batch;
use crate::store::moves::{Change, Guard, Move};

/// The fence of one try.
#[derive(Clone)]
pub struct Fence {
    pub(super) batch: Batch,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) delivery: DeliveryId,
    /// The lease of the worker that tries.
    pub(super) token: String,
    pub(super) lane: String,
    pub(super) message_hash: String,
    /// For the ledger: that these bytes differ from those of an earlier try.
    pub(super) remark: Option<String>,
    /// Whose calls its reader's own ones are, where the gate asked that.
    pub(super) own_agent: Option<String>,
    /// How long the other side may take to answer; past that the outcome is unknown.
    pub(super) patience: Duration,
}

impl Fence {
    /// Passes the fence; `false`: it is somebody else's now, the gate has shut since it was asked (the other side took
    /// minutes to answer, and its reader left or stopped it meanwhile), or it couldn't be stored. Nothing may be sent then.
    /// The gate is asked inside the fence's own transaction, which many deliveries share.
    pub async fn pass(&self) -> bool {
        let now = self.clock.now();
        let step = Move {
            detail: self.remark.clone(),
            change: Change {
                lane: Some(self.lane.clone()),
                lease_until: Some(now + self.patience),
                keeps_token: true,
                counts_try: true,
                message_hash: Some(self.message_hash.clone()),
                ..Change::default()
            },
            ..Move::to(self.delivery, &[DeliveryState::Claimed], DeliveryState::Handed, "recipient_taken")
        }
        .under(&self.token)
        .when(Guard::new({
            let own_agent = self.own_agent.clone();
            move |row, now| facts::still_goes(row, own_agent.as_deref(), now)
        }));
        match self.batch.apply(now, step).await {
            Ok(passed) => passed,
            Err(error) => {
                tracing::warn!(delivery.id = self.delivery.0, error = %error, "The fence couldn't be stored");
                false
            }
        }
    }
}

impl std::fmt::Debug for Fence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fence").field("delivery", &self.delivery).field("lane", &self.lane).finish_non_exhaustive()
    }
}
