//! The lane to a service on the web: one connection a message, the fence between connecting and sending.

use std::sync::Arc;

use super::answer::Answer;
use super::{Break, Post, Stage, Tried, Way};
use crate::clock::Clock;
use crate::config::channels::Service;
use crate::net::{Broken, Client, NotConnected};
use crate::notify::fence::Fence;

/// A service that messages are posted to.
pub struct WebLane {
    pub way: &'static Way,
    pub service: Service,
    pub client: Client,
    pub clock: Arc<dyn Clock>,
}

impl WebLane {
    /// Hands a message over: connection, fence, request.
    pub async fn carry(&self, post: &Post, fence: &Fence) -> Tried {
        let (target, request) = match (self.way.request)(&self.service, post, self.clock.now()) {
            Ok(made) => made,
            Err(reason) => return Tried::Unfit { reason },
        };
        let connection = match self.client.connect(&target).await {
            Ok(connection) => connection,
            Err(NotConnected::Forbidden(why)) => return Tried::Forbidden { why },
            Err(NotConnected::Unreachable(error)) => return Tried::LaneFailed { error },
        };
        crate::chaos::crash_point!("send.before_fence");
        if !fence.pass().await {
            return Tried::WalkedAway;
        }
        crate::chaos::crash_point!("send.after_fence");
        let reply = match connection.send(request).await {
            Ok(reply) => reply,
            Err(Broken::Unsent(error)) => return Tried::NotSent { stage: Stage::Request, how: Break::Lost, error },
            Err(Broken::Silent) => {
                let error = format!("{target} gave no answer within {:?}", self.client.reply_limit());
                return Tried::Uncertain { how: Break::Silent, error };
            }
            Err(Broken::Lost(error)) => return Tried::Uncertain { how: Break::Lost, error },
            Err(Broken::Odd(error)) => return Tried::Uncertain { how: Break::Odd, error },
        };
        let wait = reply.wait(self.clock.now());
        match (self.way.answer)(&self.service, &reply, wait) {
            Answer::Taken(words) => Tried::Accepted { reply: format!("{target}: {words}") },
            Answer::No(what) => {
                Tried::Declined { code: reply.status, text: format!("{target}: {}", reply.words()), what }
            }
            Answer::Unknown(words) => Tried::Uncertain { how: Break::Odd, error: format!("{target}: {words}") },
        }
    }
}

impl std::fmt::Debug for WebLane {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebLane").field("kind", &self.way.kind).field("service", &self.service).finish_non_exhaustive()
    }
}
