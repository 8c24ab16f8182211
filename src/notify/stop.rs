//! Stopping by the link in a mail: this schedule, for this address. The token says who may; it never expires.

use crate::app::App;

/// What a valid token stands for, for the page that asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub project_name: String,
    pub schedule: String,
    /// `o•••@acme.example`
    pub masked_address: String,
    /// Whether it is stopped already.
    pub is_stopped: bool,
}

/// Reads a token; `None`: not one of ours.
pub async fn subject(_app: &App, _token: &str) -> anyhow::Result<Option<Subject>> {
    Ok(None)
}

/// Ends this schedule for this address; again is the same as once. `None`: the token isn't one of ours.
pub async fn stop(_app: &App, _token: &str) -> anyhow::Result<Option<Subject>> {
    Ok(None)
}
