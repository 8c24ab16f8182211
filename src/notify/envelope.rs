//! What differs by recipient, kept in the delivery's row (as JSON in `why`) when it is made, so that every try of it is
//! the same bytes whatever changes meanwhile.

use serde::{Deserialize, Serialize};

use crate::domain::foot::Foot;
use crate::domain::instant::Instant;

/// The recipient's own part of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    #[serde(flatten)]
    pub foot: Foot,
    /// Where an answer goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// The brand's name beside the sender's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_name: Option<String>,
    /// Who is written to by whoever wants it to stop, where no link does it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop_mail: Option<String>,
    /// A person named this address for this one message.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_hand: bool,
    /// It carries the code that confirms its own number, so it goes there before anybody has confirmed that.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confirms_number: bool,
    /// Whoever hears of it later hears too late: it doesn't wait beyond this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of_use_until: Option<Instant>,
}

impl Envelope {
    /// As it is stored.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| "{}".to_owned())
    }

    /// As it was stored.
    pub fn read(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }
}
