//! How a message leaves. A channel composes a message from what is stored and carries it over one of its lanes; it never
//! sees a project, and it tells what happened without deciding what that means.
//!
//! To add a channel: a folder here with its composer and its carrier, a variant of [`Carrier`], and its lanes in
//! `notify::lanes`.

pub mod email;

use std::time::Duration;

use crate::domain::contact::EmailAddress;
use crate::notify::fence::Fence;

/// A message that is ready to go.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// What people quote; names files.
    pub reference: String,
    pub from: EmailAddress,
    pub to: EmailAddress,
    pub bytes: Vec<u8>,
    /// The readable parts by file name, for lanes that put them beside the message.
    pub parts: Vec<(String, Vec<u8>)>,
}

/// Where in the conversation something happened. The words are part of the named reasons in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// MAIL FROM.
    Sender,
    /// RCPT TO.
    Recipient,
    /// DATA, until the other side asks for the message: past the fence, and nothing is sent yet.
    Data,
    /// The message and its end: past the fence, and it may have been taken.
    Body,
}

impl Stage {
    /// `sender`, `recipient`, `data`, `body`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sender => "sender",
            Self::Recipient => "recipient",
            Self::Data => "data",
            Self::Body => "body",
        }
    }

    /// Whether the fence is passed.
    pub fn is_past_fence(self) -> bool {
        matches!(self, Self::Data | Self::Body)
    }
}

/// How a conversation broke off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// No answer within the limit.
    Silent,
    /// The connection ended.
    Lost,
    /// An answer that makes no sense here.
    Odd,
}

impl Break {
    /// `silent`, `lost`, `odd`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Lost => "lost",
            Self::Odd => "odd",
        }
    }
}

/// What happened to one try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tried {
    /// The other side took it, with these words.
    Accepted { reply: String },
    /// It said no (`code` 400 to 599).
    Refused { stage: Stage, code: u16, text: String },
    /// It broke off while nothing can have been taken.
    NotSent { stage: Stage, how: Break, error: String },
    /// It broke off when it may have been taken.
    Uncertain { how: Break, error: String },
    /// The fence wasn't passed; nothing was sent.
    WalkedAway,
    /// The lane couldn't be reached or logged in to; no try for the delivery.
    LaneFailed { error: String },
    /// This lane can't carry such a message at all; where the reason is [`TAKES_NO_SUCH_ADDRESS`], another one may.
    Unfit { reason: &'static str },
}

/// The relay offers no SMTPUTF8, and an address has letters outside ASCII.
pub const TAKES_NO_SUCH_ADDRESS: &str = "relay_takes_no_such_address";

/// What carries messages over one lane.
#[derive(Debug)]
pub enum Carrier {
    Smtp(Box<email::smtp::SmtpLane>),
    File(email::file::FileLane),
}

impl Carrier {
    /// Tries to hand a message over, passing the fence on the way.
    pub async fn carry(&self, message: &Outgoing, fence: &Fence) -> Tried {
        match self {
            Self::Smtp(lane) => lane.carry(message, fence).await,
            Self::File(lane) => lane.carry(message, fence).await,
        }
    }

    /// Gives up connections that waited this long for the next message.
    pub fn drop_idle(&self, longer_than: Duration) {
        if let Self::Smtp(lane) = self {
            lane.drop_idle(longer_than);
        }
    }

    /// Says goodbye on connections that wait for the next message.
    pub async fn close(&self) {
        if let Self::Smtp(lane) = self {
            lane.close().await;
        }
    }
}
