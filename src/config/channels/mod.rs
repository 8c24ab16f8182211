//! Reads `[channels.NAME]`: the services besides mail that carry notices. Contacts name them in their addresses, so what is
//! secret about them stays in the settings. Each may be a folder instead (`outbox`).
//!
//! To add one: a file here that reads its keys, a variant of [`Service`] and a line in [`KINDS`].

mod hook;
mod outbox;
mod sms;
mod webhook;

pub use hook::Hook;
pub use outbox::Outbox;
pub use sms::{Accepted, Gateway, HeaderValue, Replies, Sender, Sms, SmsWay, Twilio};
pub use webhook::{SigningKey, Webhook};

use super::load::{Layers, Purpose, origin};
use super::secret::{self, Secret};
use super::table::{Table, Value};
use crate::domain::contact::{ChannelKind, endpoint_name};
use crate::net::Target;

/// Where channels stand in a file.
pub(super) const CHANNELS: &str = "channels";

/// One service, which is one lane.
#[derive(Clone, Debug)]
pub struct Channel {
    /// What contacts call it, and what names its lane: `slack/ops-room`.
    pub name: String,
    pub kind: ChannelKind,
    /// `None`: a secret of it isn't there, and nobody who sends asks.
    pub service: Option<Service>,
    /// Messages a second, over all replicas.
    pub per_second: f64,
}

/// What a service is reached by.
#[derive(Clone, Debug)]
pub enum Service {
    Slack(Hook),
    Teams(Hook),
    Webhook(Webhook),
    Sms(Sms),
    /// Any of them, written down and not sent.
    Folder(Outbox),
}

type Read = fn(&Entry<'_, '_>) -> Option<Option<Service>>;

/// Every kind of service: its word, its reader, and messages a second where nobody says (what Slack, Teams and most
/// providers of SMS publish).
const KINDS: &[(ChannelKind, Read, f64)] = &[
    (ChannelKind::Slack, hook::slack, 1.0),
    (ChannelKind::Teams, hook::teams, 2.0),
    (ChannelKind::Webhook, webhook::read, 10.0),
    (ChannelKind::Sms, sms::read, 1.0),
];

impl Layers<'_> {
    /// Every channel by its name; `None` when anything about one is wrong.
    pub(super) fn channels(&self) -> Option<Vec<Channel>> {
        let Some(value) = self.file.as_ref().and_then(|file| file.find(CHANNELS, self.problems)) else {
            return Some(Vec::new());
        };
        let table = value.table()?;
        let read = table.entries().map(|(value, name, key)| match endpoint_name(name) {
            Ok(name) => self.channel(&name, value.table()?),
            Err(why) => {
                key.error(format!("`{name}` can't be a channel: {why}"), None);
                None
            }
        });
        let read: Vec<_> = read.collect();
        read.into_iter().collect()
    }

    fn channel(&self, name: &str, table: Table<'_>) -> Option<Channel> {
        let words: Vec<&str> = KINDS.iter().map(|(kind, ..)| kind.name()).collect();
        let of = |word: &str| KINDS.iter().find(|(kind, ..)| kind.name() == word);
        let entry = Entry { layers: self, name, table };
        let line = entry.table.need("kind").and_then(|value| {
            entry.note("kind", &value, value.written());
            value.one_of(&words, of)
        });
        // Which keys there are follows from the kind; without one, naming them all as unknown helps nobody.
        let (kind, read, usual) = line?;
        let folder = entry.table.get("folder");
        let usual = if folder.is_some() { &outbox::PER_SECOND } else { usual };
        let per_second = match entry.table.get("per_second") {
            Some(value) => {
                entry.note("per_second", &value, value.written());
                value.rate()
            }
            None => {
                self.note(&entry.path("per_second"), &usual.to_string(), "default");
                Some(*usual)
            }
        };
        let service = match &folder {
            Some(value) => outbox::read(&entry, *kind, value),
            None => read(&entry),
        };
        entry.table.finish();
        Some(Channel { name: name.to_owned(), kind: *kind, service: service?, per_second: per_second? })
    }
}

/// One channel's keys.
struct Entry<'l, 'a> {
    layers: &'l Layers<'a>,
    name: &'l str,
    table: Table<'l>,
}

impl Entry<'_, '_> {
    fn path(&self, key: &str) -> String {
        format!("{CHANNELS}.{}.{key}", self.name)
    }

    fn note(&self, key: &str, value: &Value<'_>, shown: &str) {
        self.layers.note(&self.path(key), shown, &origin(value));
    }

    /// A text that is no secret; `Some(None)`: it isn't there.
    fn text<T>(&self, key: &'static str, read: impl FnOnce(&Value<'_>) -> Option<T>) -> Option<Option<T>> {
        let Some(value) = self.table.get(key) else { return Some(None) };
        self.note(key, &value, value.written());
        read(&value).map(Some)
    }

    /// A secret that must be there; `Some(None)`: nobody who sends asks, so it wasn't looked for.
    fn secret(&self, key: &'static str) -> Option<Option<Secret>> {
        let value = self.table.need(key)?;
        self.note(key, &value, "(hidden)");
        self.follow(&value)
    }

    fn follow(&self, value: &Value<'_>) -> Option<Option<Secret>> {
        match self.layers.inputs.purpose {
            Purpose::Sending => secret::read(value, self.layers.inputs.environment).map(Some),
            Purpose::Fetching | Purpose::Anything => secret::whereabouts(value).map(|_| None),
        }
    }

    /// A web address that is a secret.
    fn secret_target(&self, key: &'static str) -> Option<Option<Target>> {
        let value = self.table.need(key)?;
        self.note(key, &value, "(hidden)");
        self.target_of(&value)
    }

    /// A web address that may be a secret.
    fn target(&self, key: &'static str) -> Option<Option<Target>> {
        let value = self.table.need(key)?;
        if !value.is_text() {
            self.note(key, &value, "(hidden)");
            return self.target_of(&value);
        }
        match Target::parse(value.text()?) {
            Ok(target) => {
                self.note(key, &value, value.written());
                Some(Some(target))
            }
            // It may hold a password.
            Err(why) => {
                value.place.hidden_error(format!("`{}`: {why}", value.place.path), None);
                None
            }
        }
    }

    fn target_of(&self, value: &Value<'_>) -> Option<Option<Target>> {
        let Some(secret) = self.follow(value)? else { return Some(None) };
        match Target::parse(secret.reveal().trim()) {
            Ok(target) => Some(Some(target)),
            Err(why) => {
                value.place.hidden_error(format!("`{}`: {why}", value.place.path), None);
                None
            }
        }
    }
}
