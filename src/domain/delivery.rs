//! A delivery: one notice, one address, one channel. The table of its states is the promise "once".

use serde::{Deserialize, Serialize};

/// Where a delivery stands (DESIGN: "States").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    Queued,
    /// Taken by a worker; its lease may end.
    Claimed,
    /// Waits for quiet hours, a digest or a hold to end; never claimable.
    Held,
    /// The fence: from here on the message may be out of our hands.
    Handed,
    /// Refused, and whether it is the address's or our fault isn't decided yet.
    Refused,
    /// Handed over, and the outcome isn't known.
    Uncertain,
    Accepted,
    Failed,
    Bounced,
    Complained,
    Folded,
    Suppressed,
    Cancelled,
    Expired,
}

impl DeliveryState {
    /// All, in the order of life.
    pub const ALL: [Self; 14] = [
        Self::Queued,
        Self::Claimed,
        Self::Held,
        Self::Handed,
        Self::Refused,
        Self::Uncertain,
        Self::Accepted,
        Self::Failed,
        Self::Bounced,
        Self::Complained,
        Self::Folded,
        Self::Suppressed,
        Self::Cancelled,
        Self::Expired,
    ];

    /// The stored word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Claimed => "claimed",
            Self::Held => "held",
            Self::Handed => "handed",
            Self::Refused => "refused",
            Self::Uncertain => "uncertain",
            Self::Accepted => "accepted",
            Self::Failed => "failed",
            Self::Bounced => "bounced",
            Self::Complained => "complained",
            Self::Folded => "folded",
            Self::Suppressed => "suppressed",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    /// Reads the stored word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == text)
    }

    /// Whether the table of states allows this step.
    pub const fn may_become(self, next: Self) -> bool {
        use DeliveryState as S;
        matches!(
            (self, next),
            (S::Queued, S::Claimed | S::Held | S::Suppressed | S::Cancelled | S::Expired)
                | (S::Held, S::Folded | S::Queued | S::Suppressed | S::Cancelled | S::Expired)
                | (
                    S::Claimed,
                    S::Queued | S::Handed | S::Held | S::Refused | S::Suppressed | S::Cancelled | S::Expired
                )
                | (S::Handed, S::Refused | S::Accepted | S::Uncertain)
                | (S::Refused, S::Queued | S::Failed)
                | (S::Uncertain, S::Accepted | S::Refused | S::Failed | S::Queued)
                | (S::Accepted, S::Bounced | S::Complained)
                // Taken out of a message that hasn't gone.
                | (S::Folded, S::Queued)
        )
    }

    /// Nothing more happens by itself.
    pub const fn is_final(self) -> bool {
        !matches!(self, Self::Queued | Self::Claimed | Self::Held | Self::Handed | Self::Refused | Self::Uncertain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back_and_final_states_stay() {
        for state in DeliveryState::ALL {
            assert_eq!(DeliveryState::parse(state.name()), Some(state));
            let leaves = DeliveryState::ALL.into_iter().any(|next| state.may_become(next));
            let may_change = matches!(state, DeliveryState::Accepted | DeliveryState::Folded);
            assert_eq!(leaves, !state.is_final() || may_change, "{state:?}");
        }
    }
}
