//! `folder = "…"` in any channel, in place of what leads to its service: each message becomes files there, for trials and for
//! staging copies, whose contacts keep the addresses that they have.

use std::path::PathBuf;

use super::{Entry, Service, sms};
use crate::config::table::Value;
use crate::domain::contact::ChannelKind;

/// A folder that messages are written into instead of being sent.
#[derive(Clone, Debug)]
pub struct Outbox {
    pub folder: PathBuf,
    /// Whether a page to open in a browser is put beside each message.
    pub opened: bool,
    /// Of a text that would be sent.
    pub most_parts: usize,
}

/// Files a second where nobody says: as fast as it goes.
pub(super) const PER_SECOND: f64 = 1_000.0;

/// What leads to a service, and so nowhere here.
const ELSEWHERE: [&str; 3] = ["url", "provider", "keys"];

pub(super) fn read(entry: &Entry<'_, '_>, kind: ChannelKind, value: &Value<'_>) -> Option<Option<Service>> {
    entry.note("folder", value, value.written());
    let folder = value.line();
    let opened = match entry.table.get("opened") {
        Some(value) => {
            entry.note("opened", &value, value.written());
            value.boolean()
        }
        None => Some(false),
    };
    let most_parts = if kind == ChannelKind::Sms { sms::most_parts(entry) } else { Some(sms::MOST_PARTS) };
    let mut is_good = true;
    for key in ELSEWHERE {
        if let Some(value) = entry.table.get(key) {
            let help = "take one of them out: with `folder` nothing is sent".to_owned();
            value.place.hidden_error(format!("`{key}` and `folder` don't go together"), Some(help));
            is_good = false;
        }
    }
    let outbox = Outbox { folder: PathBuf::from(folder?), opened: opened?, most_parts: most_parts? };
    is_good.then_some(Some(Service::Folder(outbox)))
}
