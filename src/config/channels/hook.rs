//! `kind = "slack"` and `kind = "teams"`: one address, which is the secret, because whoever knows it can write there.

use super::{Entry, Service};
use crate::net::Target;

/// An incoming webhook.
#[derive(Clone, Debug)]
pub struct Hook {
    pub target: Target,
}

pub(super) fn slack(entry: &Entry<'_, '_>) -> Option<Option<Service>> {
    Some(entry.secret_target("url")?.map(|target| Service::Slack(Hook { target })))
}

pub(super) fn teams(entry: &Entry<'_, '_>) -> Option<Option<Service>> {
    Some(entry.secret_target("url")?.map(|target| Service::Teams(Hook { target })))
}
