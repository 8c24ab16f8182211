//! The one way to other machines by HTTP. It connects only to public addresses, or to those that the settings except; what
//! is checked is the address that is really connected to, so no spelling of a host, no answer of a name server and no
//! redirect leads anywhere else (redirects aren't followed at all).
//!
//! Connecting and sending are two steps: whatever fails in the first proves that nothing was sent, and the fence lies
//! between them. Each has its limit of time, and answers their limit of size.

mod client;
pub mod dns;
pub mod guard;
pub mod reply;
pub mod target;
pub mod tls;

pub use client::{Broken, Client, Connection, NotConnected, Request};
pub use guard::Exceptions;
pub use reply::Reply;
pub use target::Target;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// How other machines are reached.
#[derive(Clone, Debug)]
pub struct NetSettings {
    /// Hosts and networks that may be reached although they aren't public, or without encryption.
    pub allow: Exceptions,
    /// PEM certificates to trust beside the system's.
    pub ca_file: Option<PathBuf>,
    /// Where names lead, over what the system says of them: for tests, and no setting sets it.
    pub names: Vec<(String, SocketAddr)>,
    /// For name, connection and encryption together.
    pub connect: Duration,
    /// From the first byte sent to the last one received.
    pub reply: Duration,
}

impl Default for NetSettings {
    fn default() -> Self {
        Self {
            allow: Exceptions::default(),
            ca_file: None,
            names: Vec::new(),
            connect: Duration::from_secs(10),
            reply: Duration::from_secs(30),
        }
    }
}
