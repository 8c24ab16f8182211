//! The two listeners: public, for readers of mails (stop pages) and for programs (`/v1`), and ops, for those who run
//! Callbrief (healthz, readyz, metrics, status). A handler reads or records; it never sends.
//!
//! To add a page: a route in [`public`], [`api`], [`hooks`] or [`ops`]. Every answer of the public listener carries the same strict headers.

mod api;
mod arriving;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzed;
mod hooks;
mod listener;
pub mod ops;
mod paid;
mod places;
pub mod public;
mod waiting;

pub use waiting::Why;

use std::net::SocketAddr;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::config::settings::Listen;

/// Both listeners, bound and not yet answering.
#[derive(Debug)]
pub struct Listeners {
    public: TcpListener,
    ops: TcpListener,
}

impl Listeners {
    /// Takes both addresses of the settings.
    pub async fn bind(listen: &Listen) -> anyhow::Result<Self> {
        Ok(Self { public: bind("listen.public", listen.public).await?, ops: bind("listen.ops", listen.ops).await? })
    }

    /// Where the public one answers.
    pub fn public_address(&self) -> std::io::Result<SocketAddr> {
        self.public.local_addr()
    }

    /// Where the ops one answers.
    pub fn ops_address(&self) -> std::io::Result<SocketAddr> {
        self.ops.local_addr()
    }

    /// Answers as long as there is no database to work with, and never ends by itself: the process lives, it isn't ready, and
    /// why; readers are asked to come back.
    pub async fn answer_meanwhile(&self, why: Why) {
        let never = CancellationToken::new();
        let public = listener::serve(&self.public, waiting::public(), never.clone());
        let ops = listener::serve(&self.ops, waiting::ops(why), never);
        tokio::join!(public, ops);
    }

    /// Answers readers until `stopping`; operators, who are told from then on that it isn't ready, until `ended`. The
    /// requests under way are finished.
    pub async fn run(self, app: App, stopping: CancellationToken, ended: CancellationToken) {
        let public = listener::serve(self.public, public::router(app.clone()), stopping.clone());
        let ops = listener::serve(self.ops, ops::router(app, stopping), ended);
        tokio::join!(public, ops);
    }
}

async fn bind(key: &str, address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!("`{key}` = \"{address}\" can't be listened on; choose another port or end the program that has it")
    })
}
