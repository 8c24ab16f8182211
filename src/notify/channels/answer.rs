//! What an answer means where a service says nothing of its own about it.

use std::time::Duration;

use super::Decline;
use crate::net::Reply;

/// What a service said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It has it; its words.
    Taken(String),
    No(Decline),
    /// It may have it: somebody on the way answered, or the answer makes no sense.
    Unknown(String),
}

/// Reads an answer that isn't a yes; `wait` is what it asks us to wait.
///
/// 502 and 504 come from somebody on the way who may have passed the message on, so what became of it isn't known; any other
/// of 500 to 599 is the service's own, and it has nothing.
pub fn usual(reply: &Reply, wait: Option<Duration>) -> Answer {
    match reply.status {
        // Nobody there takes our log-in; the message is as good as any.
        401 | 407 => Answer::No(Decline::Later { after: wait, shuts_lane: true }),
        429 => Answer::No(Decline::Later { after: wait, shuts_lane: true }),
        408 | 425 => Answer::No(Decline::Later { after: wait, shuts_lane: false }),
        502 | 504 => Answer::Unknown(reply.words()),
        500..=599 => Answer::No(Decline::Later { after: wait, shuts_lane: wait.is_some() }),
        _ => Answer::No(Decline::Fails),
    }
}
