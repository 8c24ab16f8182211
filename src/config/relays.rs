//! Reads the list of relays: the file's `[[mail.relay]]`, the nth of them under `CALLBRIEF_MAIL_RELAY_<n>_…`.

use std::path::PathBuf;
use std::time::Duration;

use super::keys::{RELAY_KEYS, RELAYS};
use super::load::{Layers, Purpose, as_value, origin, secret_of};
use super::relay::RelayUrl;
use super::secret::{self, Secret};
use super::settings::{Encryption, Relay, Smtp, SmtpTimeouts, Transport};
use super::table::{Table, Value};

/// A key's value where nobody sets it, and how a file would write it.
type Usual<T> = (T, &'static str);

const CONNECT: Usual<Duration> = (Duration::from_secs(30), "\"30s\"");
const COMMAND: Usual<Duration> = (Duration::from_secs(120), "\"2m\"");
const DATA: Usual<Duration> = (Duration::from_secs(120), "\"2m\"");
const BODY: Usual<Duration> = (Duration::from_secs(240), "\"4m\"");
const PER_SECOND: f64 = 20.0;
const CONNECTIONS: i64 = 8;

impl Layers<'_> {
    /// Every relay in order of preference; `None` when anything about one is wrong.
    pub(super) fn relays(&self) -> Option<Vec<Relay>> {
        let value = self.file.as_ref().and_then(|file| file.find(RELAYS, self.problems));
        let mut tables = value.map(|value| value.tables()).unwrap_or_default().into_iter();
        let numbered = self.variables.iter().filter_map(|variable| variable.relay).max().unwrap_or(0);
        let count = tables.len().max(numbered);
        let relays: Vec<_> = (1..=count).map(|number| self.relay(number, tables.next())).collect();
        let relays: Vec<Relay> = relays.into_iter().collect::<Option<_>>()?;
        for (at, relay) in relays.iter().enumerate() {
            if relays[..at].iter().any(|other| other.id == relay.id) {
                self.problems.error_nowhere(
                    format!("two relays are called `{}`", relay.id),
                    Some("give one of them an `id` of its own".to_owned()),
                );
            }
        }
        Some(relays)
    }

    fn relay(&self, number: usize, table: Option<Table<'_>>) -> Option<Relay> {
        let entry = Entry { layers: self, number, table };
        let relay = entry.read();
        if let Some(table) = entry.table {
            table.finish();
        }
        relay
    }
}

/// One relay's layers.
struct Entry<'l, 'a> {
    layers: &'l Layers<'a>,
    number: usize,
    table: Option<Table<'l>>,
}

impl Entry<'_, '_> {
    fn read(&self) -> Option<Relay> {
        let url = self.url();
        let id = self.optional("id", |value| value.parsed(lane_name));
        let encryption = self.optional("encryption", |value| {
            value.one_of(&["starttls", "tls", "plain"], |word| match word {
                "starttls" => Some(Encryption::Starttls),
                "tls" => Some(Encryption::Tls),
                "plain" => Some(Encryption::Plain),
                _ => None,
            })
        });
        let username = self.optional("username", |value| value.line());
        let password = self.password();
        let hello_name = self.optional("hello_name", |value| value.parsed(host_name));
        let ca_file = self.optional("ca_file", |value| value.parsed(readable));
        let per_second = self.optional("per_second", |value| value.rate());
        let connections = self.optional("connections", |value| value.integer(1..=100));
        let span = |key, usual: Usual<Duration>| Some(self.optional(key, |value| value.duration())?.unwrap_or(usual.0));
        let connect = span("connect_timeout", CONNECT);
        let command = span("command_timeout", COMMAND);
        let data = span("data_timeout", DATA);
        let body = span("body_timeout", BODY);
        let opened = self.optional("opened", |value| value.boolean());

        let encryption = match &url {
            Some(RelayUrl::Smtp { encryption: by_url, .. }) => self.encryption(*by_url, encryption?),
            _ => encryption?,
        };

        let timeouts = SmtpTimeouts { connect: connect?, command: command?, data: data?, body: body? };
        let (url, password) = (url?, password?);
        let usual_id = url.usual_id();
        let transport = match url {
            RelayUrl::File { folder } => Transport::File { folder, opened: opened?.unwrap_or(false) },
            RelayUrl::Smtp { host, port, username: user, password: inline, .. } => {
                let encryption = encryption?;
                let username = username?.or(user);
                let password = password.or(inline);
                self.check_login(username.is_some(), password.is_some() || self.find("password").is_some());
                let (hello_name, ca_file) = (hello_name?, ca_file?);
                Transport::Smtp(Smtp { host, port, encryption, username, password, hello_name, ca_file, timeouts })
            }
        };
        self.note_usual(&transport, &usual_id);
        Some(Relay {
            id: id?.unwrap_or(usual_id),
            transport,
            per_second: per_second?.unwrap_or(PER_SECOND),
            connections: usize::try_from(connections?.unwrap_or(CONNECTIONS)).ok()?,
        })
    }

    /// Shows what holds where nobody says anything else.
    fn note_usual(&self, transport: &Transport, id: &str) {
        let note = |key: &'static str, shown: &str| {
            if self.find(key).is_none() {
                self.layers.note(&self.path(key), shown, "default");
            }
        };
        note("id", &format!("\"{id}\""));
        if let Transport::Smtp(smtp) = transport {
            note("encryption", &format!("\"{}\"", smtp.encryption.name()));
            note("hello_name", "(the domain of mail.from_address)");
        }
        note("per_second", &PER_SECOND.to_string());
        note("connections", &CONNECTIONS.to_string());
        match transport {
            Transport::Smtp(_) => {
                note("connect_timeout", CONNECT.1);
                note("command_timeout", COMMAND.1);
                note("data_timeout", DATA.1);
                note("body_timeout", BODY.1);
            }
            Transport::File { .. } => note("opened", "false"),
        }
    }

    fn url(&self) -> Option<RelayUrl> {
        let Some(value) = self.find("url") else {
            let number = self.number;
            match &self.table {
                Some(table) => table.place.error("`url` is missing in this relay", None),
                None => self.layers.problems.error_nowhere(
                    format!("relay {number} of the environment has no address"),
                    Some(format!("set CALLBRIEF_MAIL_RELAY_{number}_URL")),
                ),
            }
            return None;
        };
        let text = value.text()?;
        match RelayUrl::parse(text) {
            Ok(RelayUrl::Smtp { password: Some(_), .. }) if !self.is_variable("url") => {
                value.place.hidden_error(
                    "`mail.relay.url` holds a password, which doesn't belong in a file of settings",
                    Some("take it out of the url and write `password = { env = \"NAME\" }`".to_owned()),
                );
                None
            }
            Ok(url) => {
                let shown = match &url {
                    RelayUrl::Smtp { password: Some(_), .. } => "(hidden)".to_owned(),
                    _ => value.written().to_owned(),
                };
                self.layers.note(&self.path("url"), &shown, &origin(&value));
                Some(url)
            }
            Err(why) => {
                value.place.hidden_error(format!("`mail.relay.url`: {why}"), None);
                None
            }
        }
    }

    fn password(&self) -> Option<Option<Secret>> {
        let Some(value) = self.find("password") else { return Some(None) };
        self.layers.note(&self.path("password"), "(hidden)", &origin(&value));
        let variable =
            self.layers.variables.iter().find(|variable| self.names(variable.relay, variable.key.path, "password"));
        match (self.layers.inputs.purpose, variable) {
            (Purpose::Sending, _) => secret_of(&value, variable, self.layers.inputs.environment).map(Some),
            (_, Some(_)) => Some(None),
            (_, None) => secret::whereabouts(&value).map(|_| None),
        }
    }

    fn encryption(&self, by_url: Encryption, said: Option<Encryption>) -> Option<Encryption> {
        match (by_url, said) {
            (by_url, None) => Some(by_url),
            (Encryption::Tls, Some(Encryption::Starttls | Encryption::Plain)) => {
                let value = self.find("encryption")?;
                value.wrong("`smtps:` is TLS from the first byte; write `smtp:` for anything else");
                None
            }
            (_, Some(said)) => Some(said),
        }
    }

    fn check_login(&self, has_name: bool, has_password: bool) {
        if has_password && !has_name {
            let relay = self.table.as_ref().map(|table| &table.place);
            let title = "this relay has a password and no user name";
            let help = "put the name into the url (`smtp://user@host`) or into `username`".to_owned();
            match relay {
                Some(place) => place.error(title, Some(help)),
                None => self.layers.problems.error_nowhere(format!("relay {}: {title}", self.number), Some(help)),
            }
        }
    }

    fn optional<T>(&self, key: &'static str, read: impl FnOnce(&Value<'_>) -> Option<T>) -> Option<Option<T>> {
        let Some(value) = self.find(key) else { return Some(None) };
        self.layers.note(&self.path(key), value.written(), &origin(&value));
        read(&value).map(Some)
    }

    fn find(&self, key: &'static str) -> Option<Value<'_>> {
        debug_assert!(RELAY_KEYS.iter().any(|known| known.path == key));
        let from_file = self.table.as_ref().and_then(|table| table.get(key));
        let variable = self.layers.variables.iter().find(|variable| self.names(variable.relay, variable.key.path, key));
        variable.map(|variable| as_value(variable, self.layers.problems)).or(from_file)
    }

    fn is_variable(&self, key: &str) -> bool {
        self.layers.variables.iter().any(|variable| self.names(variable.relay, variable.key.path, key))
    }

    fn names(&self, relay: Option<usize>, path: &str, key: &str) -> bool {
        relay == Some(self.number) && path == key
    }

    fn path(&self, key: &str) -> String {
        format!("mail.relay.{}.{key}", self.number)
    }
}

fn lane_name(text: &str) -> Result<String, &'static str> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.');
    match text.chars().all(fits) && (1..=64).contains(&text.len()) {
        true => Ok(text.to_owned()),
        false => Err("a relay's name has 1 to 64 lower-case letters, digits, `-`, `_` and `.`"),
    }
}

fn host_name(text: &str) -> Result<String, &'static str> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '[' | ']' | ':');
    match text.chars().all(fits) && !text.is_empty() {
        true => Ok(text.to_owned()),
        false => Err("a host name has letters, digits, `-` and `.`"),
    }
}

pub(super) fn readable(text: &str) -> Result<PathBuf, String> {
    match std::fs::File::open(text) {
        Ok(_) => Ok(PathBuf::from(text)),
        Err(error) => Err(format!("the file {text} can't be read: {error}")),
    }
}
