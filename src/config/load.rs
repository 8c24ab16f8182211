//! Reads settings: embedded defaults < file < environment < command line. Every value remembers where it came from, and
//! everything that is wrong is found in one pass.

use std::cell::RefCell;
use std::fs;
use std::path::Path;
use std::time::Duration;

use super::channels::{CHANNELS, Channel};
use super::environment::{self, Variable};
use super::keys::{KEYS, RELAYS};
use super::money_sources::MONEY_SOURCES;
use super::problem::{Problems, Source};
use super::relays::readable;
use super::secret::{self, Secret};
use super::settings::{
    Keep, Listen, Log, LogFormat, Mail, MailEvents, OnlyTo, Operations, Settings, SmsCaps, Transport, Watch, Work,
};
use super::table::{self, Document, Value};
use crate::domain::contact::{ChannelKind, EmailAddress};
use crate::net::{Exceptions, NetSettings, Target};

const DEFAULTS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/default.toml"));
const USUAL_FILE: &str = "callbrief.toml";
/// What `config/default.toml` gives as the sender: nobody can send for it.
const NO_SENDER: &str = "sender.invalid";
const SHORTEST_KEY: usize = 32;
const SHORTEST_PASSWORD: usize = 12;
const SHORTEST_PATH: usize = 20;
const DAY: Duration = Duration::from_secs(86_400);

/// What settings are read from.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// `--config`.
    pub file: Option<&'a Path>,
    /// `--database`.
    pub database: Option<&'a str>,
    pub environment: &'a [(String, String)],
    pub purpose: Purpose,
}

/// What the settings are read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Relays may be opened, so each needs what it logs in with.
    Sending,
    /// Databases of others are asked, and nothing is sent.
    Fetching,
    /// Nothing is sent or asked: a relay's password that isn't there stays unset.
    Anything,
}

/// Everything there is to say about the settings.
#[derive(Debug)]
pub struct Survey {
    /// `None` when anything is wrong.
    pub settings: Option<Settings>,
    /// Every value in use, in the order of the manual.
    pub values: Vec<Effective>,
    pub problems: Problems,
}

/// One value in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effective {
    pub path: String,
    /// As it is written; secrets are hidden.
    pub shown: String,
    /// `default`, `callbrief.toml:12`, a variable's name, or the command line's argument.
    pub origin: String,
}

/// Reads the settings of this process.
pub fn survey_process(file: Option<&Path>, database: Option<&str>, purpose: Purpose) -> Survey {
    survey(Inputs { file, database, environment: &environment::of_process(), purpose })
}

/// Reads settings from these inputs and nothing else (but the files that they name).
pub fn survey(inputs: Inputs<'_>) -> Survey {
    let problems = Problems::default();
    let written = file_source(inputs.file, &problems);
    of_written(inputs, written, problems)
}

/// The same of a settings file that has been read.
pub(super) fn of_written(inputs: Inputs<'_>, written: Option<Source>, problems: Problems) -> Survey {
    let defaults = Source::new(table::DEFAULTS, DEFAULTS);
    let (settings, values) = {
        let default = Document::parse(&defaults, &problems);
        let file = written.as_ref().map(|source| Document::parse(source, &problems));
        let variables = environment::read(inputs.environment, &problems);
        if let Some(file) = &file {
            let known: Vec<&str> = KEYS.iter().map(|key| key.path).chain([RELAYS, CHANNELS, MONEY_SOURCES]).collect();
            file.refuse_others(&known, &problems);
        }
        let layers = Layers { inputs, default, file, variables, problems: &problems, values: RefCell::default() };
        let settings = layers.settings();
        (settings, layers.values.take())
    };
    let settings = settings.filter(|_| problems.errors() == 0);
    Survey { settings, values, problems }
}

fn file_source(chosen: Option<&Path>, problems: &Problems) -> Option<Source> {
    let path = chosen.unwrap_or(Path::new(USUAL_FILE));
    match fs::read_to_string(path) {
        Ok(text) => Some(Source::new(path.display().to_string(), text)),
        Err(error) if chosen.is_none() && error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => {
            problems.error_nowhere(format!("the settings file {} can't be read: {error}", path.display()), None);
            None
        }
    }
}

/// The layers, highest last, and what was found in use.
pub(super) struct Layers<'a> {
    pub(super) inputs: Inputs<'a>,
    default: Document<'a>,
    pub(super) file: Option<Document<'a>>,
    pub(super) variables: Vec<Variable<'a>>,
    pub(super) problems: &'a Problems,
    values: RefCell<Vec<Effective>>,
}

impl Layers<'_> {
    fn settings(&self) -> Option<Settings> {
        let database_url = self.database_url();
        let public_url = self.optional("public_url", |value| value.parsed(web_address));
        let secret_key = self.secret("secret_key", |secret| match secret.reveal().len() {
            SHORTEST_KEY.. => Ok(()),
            _ => Err(format!("a key has at least {SHORTEST_KEY} characters")),
        });
        if let (Some(Some(url)), Some(value)) = (&public_url, self.find("public_url"))
            && url.scheme() == "http"
        {
            let title = match is_this_machine(url) {
                true => format!(
                    "`public_url` is {url}: links in mails lead to this machine alone, as is right for trials only"
                ),
                false => format!(
                    "`public_url` is {url}: without https no mail gets a link that stops a report with one click, and what goes \
                     there can be read on the way"
                ),
            };
            value.place.warning(
                title,
                Some(
                    "write the https address of your proxy; or leave `public_url` out, and a mail to `mail.stop_address` \
                     stops it"
                        .to_owned(),
                ),
            );
        }
        let heartbeat_url = self.secret("heartbeat_url", |secret| {
            Target::parse(secret.reveal().trim()).map(|_| ()).map_err(|error| error.to_string())
        });
        let hold = self.get("hold").and_then(|value| match value.raw() {
            toml::de::DeValue::Integer(_) => value.integer(0..=1).map(|number| number == 1),
            _ => value.boolean(),
        });
        let operations = self.get("operations.email").and_then(|value| addresses(&value));
        let mail = self.mail();
        let channels = self.channels();
        let money_sources = self.money_sources();
        let net = self.net();
        let rooms = channels.as_deref().and_then(|channels| self.rooms(channels));
        let sms = self.sms();
        let watch = self.watch();
        let listen = (self.socket("listen.public"), self.socket("listen.ops"));
        let format = self.get("log.format").and_then(|value| {
            value.one_of(&["human", "json"], |word| match word {
                "human" => Some(LogFormat::Human),
                "json" => Some(LogFormat::Json),
                _ => None,
            })
        });
        let filter = self.get("log.filter").and_then(|value| value.parsed(log_filter));
        let work = self.work();
        let keep = self.keep();
        if let (Some(mail), Some(work)) = (&mail, &work) {
            self.check_together(mail, work);
        }
        if let (Some(net), Some(work)) = (&net, &work)
            && net.connect + net.reply >= work.lease
        {
            self.problems.error_nowhere(
                "`work.lease` must be longer than `net.connect_timeout` and `net.reply_timeout` together",
                Some("else a message that a slow service is still taking looks abandoned".to_owned()),
            );
        }
        Some(Settings {
            database_url: database_url?,
            public_url: public_url?,
            secret_key: secret_key?,
            heartbeat_url: heartbeat_url?,
            hold: hold?,
            operations: Operations { email: operations?, channels: rooms? },
            mail: mail?,
            channels: channels?,
            money_sources: money_sources?,
            net: net?,
            sms: sms?,
            watch: watch?,
            listen: Listen { public: listen.0?, ops: listen.1? },
            log: Log { format: format?, filter: filter? },
            work: work?,
            keep: keep?,
        })
    }

    fn mail(&self) -> Option<Mail> {
        let from_name = self.get("mail.from_name").and_then(|value| value.line());
        let from_address = self.get("mail.from_address").and_then(|value| value.parsed(EmailAddress::parse));
        let reply_to = self.optional("mail.reply_to", |value| value.parsed(EmailAddress::parse));
        let stop_address = self.optional("mail.stop_address", |value| value.parsed(EmailAddress::parse));
        let redirect_to = self.optional("mail.redirect_to", |value| value.parsed(EmailAddress::parse));
        let only_to = self.get("mail.only_to").and_then(|value| {
            let items = value.list()?;
            let read: Vec<_> = items.iter().map(|item| item.parsed(OnlyTo::parse)).collect();
            read.into_iter().collect::<Option<Vec<_>>>()
        });
        let bounce_domain = self.optional("mail.bounce_domain", |value| value.parsed(domain));
        let events = self.mail_events();
        let relays = self.relays();
        Some(Mail {
            from_name: from_name?,
            from_address: from_address?,
            reply_to: reply_to?,
            stop_address: stop_address?,
            redirect_to: redirect_to?,
            bounce_domain: bounce_domain?,
            events: events?,
            only_to: only_to?,
            relays: relays?,
        })
    }

    fn mail_events(&self) -> Option<MailEvents> {
        let mailgun_key = self.secret("mail.events.mailgun_key", |_| Ok(()));
        let postmark_login = self.secret("mail.events.postmark_login", |secret| {
            let (name, password) = secret.reveal().split_once(':').unwrap_or_default();
            match !name.is_empty() && password.len() >= SHORTEST_PASSWORD {
                true => Ok(()),
                false => {
                    Err(format!("write name:password, with a password of at least {SHORTEST_PASSWORD} characters"))
                }
            }
        });
        let postmark_path = self.secret("mail.events.postmark_path", |secret| path_secret(secret.reveal()));
        let ses_topics = self.get("mail.events.ses_topics").and_then(|value| {
            let read: Vec<_> = value.list()?.iter().map(|item| item.parsed(topic)).collect();
            read.into_iter().collect::<Option<Vec<_>>>()
        });
        Some(MailEvents {
            mailgun_key: mailgun_key?,
            postmark_login: postmark_login?,
            postmark_path: postmark_path?,
            ses_topics: ses_topics?,
        })
    }

    fn net(&self) -> Option<NetSettings> {
        let allow = self.get("net.allow").and_then(|value| exceptions(&value));
        let ca_file = self.optional("net.ca_file", |value| value.parsed(readable));
        let span = |path| self.get(path).and_then(|value| value.duration());
        let (connect, reply) = (span("net.connect_timeout"), span("net.reply_timeout"));
        Some(NetSettings { allow: allow?, ca_file: ca_file?, names: Vec::new(), connect: connect?, reply: reply? })
    }

    /// Channels that operations hear by, which must be there.
    fn rooms(&self, channels: &[Channel]) -> Option<Vec<(ChannelKind, String)>> {
        let value = self.get("operations.channels")?;
        let read: Vec<_> = value
            .list()?
            .iter()
            .map(|item| {
                item.parsed(|text| match channels.iter().find(|channel| channel.name == text) {
                    Some(channel) if channel.kind.is_endpoint() => Ok((channel.kind, channel.name.clone())),
                    Some(_) => Err(format!("[channels.{text}] carries texts to numbers; name a room or a webhook")),
                    None => Err(format!("there is no [channels.{text}]")),
                })
            })
            .collect();
        read.into_iter().collect()
    }

    fn watch(&self) -> Option<Watch> {
        let span = |path| self.get(path).and_then(|value| value.duration());
        let (reports, lane) = (span("watch.reports"), span("watch.lane"));
        let (source, balance) = (span("watch.source"), span("watch.balance"));
        let (money_source, usage) = (span("watch.money_source"), span("watch.usage"));
        Some(Watch {
            reports: reports?,
            lane: lane?,
            source: source?,
            balance: balance?,
            money_source: money_source?,
            usage: usage?,
        })
    }

    fn sms(&self) -> Option<SmsCaps> {
        let number = |path| self.get(path).and_then(|value| value.integer(0..=1_000_000));
        let (per_contact_day, per_project_month) = (number("sms.per_contact_day"), number("sms.per_project_month"));
        Some(SmsCaps { per_contact_day: per_contact_day?, per_project_month: per_project_month? })
    }

    fn work(&self) -> Option<Work> {
        let span = |path| self.get(path).and_then(|value| value.duration());
        let number = |path, most| self.get(path).and_then(|value| value.integer(1..=most));
        let (poll, lease, shutdown) = (span("work.poll"), span("work.lease"), span("work.shutdown"));
        let batch_rows = number("work.batch_rows", 100_000_000);
        let backlog_per_minute = number("work.backlog_per_minute", 1_000_000);
        Some(Work {
            poll: poll?,
            lease: lease?,
            shutdown: shutdown?,
            batch_rows: usize::try_from(batch_rows?).ok()?,
            backlog_per_minute: u32::try_from(backlog_per_minute?).ok()?,
        })
    }

    fn keep(&self) -> Option<Keep> {
        let span = |path| self.get(path).and_then(|value| value.duration());
        let (events, documents, calls) = (span("keep.events"), span("keep.documents"), span("keep.calls"));
        let (addresses, ledger) = (span("keep.addresses"), span("keep.ledger"));
        let keep =
            Keep { events: events?, documents: documents?, calls: calls?, addresses: addresses?, ledger: ledger? };
        let shorter = |this: &str, time: Duration, least: Duration, why: &str| {
            if time < least {
                self.problems.error_nowhere(format!("`keep.{this}` is too short"), Some(why.to_owned()));
            }
        };
        shorter("events", keep.events, DAY, "a call's events come over hours: keep them for a day at least");
        shorter(
            "documents",
            keep.documents,
            DAY * 10,
            "what is on its way may be sent for some days: keep it for 10 days",
        );
        let month = "a month's report is compared with the month before: keep calls for 62 days at least";
        shorter("calls", keep.calls, DAY * 62, month);
        shorter(
            "addresses",
            keep.addresses,
            keep.documents,
            "no shorter than `keep.documents`: what can be sent again has an address",
        );
        shorter("ledger", keep.ledger, keep.addresses, "no shorter than `keep.addresses`: they stand in it");
        Some(keep)
    }

    /// What no single value shows.
    fn check_together(&self, mail: &Mail, work: &Work) {
        let mut sends_by_smtp = false;
        for relay in &mail.relays {
            let Transport::Smtp(smtp) = &relay.transport else { continue };
            sends_by_smtp = true;
            if smtp.timeouts.body >= work.lease {
                self.problems.error_nowhere(
                    format!("`work.lease` must be longer than `body_timeout` of the relay {}", relay.id),
                    Some("else a mail that a slow relay is still taking looks abandoned".to_owned()),
                );
            }
        }
        if sends_by_smtp && mail.from_address.domain() == NO_SENDER {
            self.problems.error_nowhere(
                "`mail.from_address` must be set: there is a relay, and nobody may send for the default",
                None,
            );
        }
        if mail.relays.is_empty() {
            self.problems.warning_nowhere(
                "no relay is configured: mails are made and wait in the queue, and nothing is sent",
                Some("begin one by [[mail.relay]] in the settings file, or set CALLBRIEF_MAIL_RELAY_1_URL".to_owned()),
            );
        }
    }

    fn database_url(&self) -> Option<Secret> {
        if let Some(url) = self.inputs.database {
            self.note("database_url", &without_password(url), "--database");
            if let Err(why) = known_database(url) {
                self.problems.error_nowhere(format!("--database: {why}"), None);
                return None;
            }
            return Some(Secret::new(url));
        }
        let from_file = self.file.as_ref().and_then(|file| file.find("database_url", self.problems));
        let in_the_open = from_file.or_else(|| self.default.find("database_url", self.problems));
        match in_the_open.filter(|value| self.variable("database_url").is_none() && value.raw().is_str()) {
            Some(value) => {
                let url = value.text()?;
                if without_password(url) != url {
                    value.place.hidden_warning(
                        "`database_url` holds a password, which doesn't belong in a file of settings",
                        Some("write { env = \"NAME\" } or { file = \"PATH\" } in its place".to_owned()),
                    );
                }
                self.note("database_url", &format!("\"{}\"", without_password(url)), &origin(&value));
                if let Err(why) = known_database(url) {
                    value.place.hidden_error(format!("`database_url`: {why}"), None);
                    return None;
                }
                Some(Secret::new(url))
            }
            None => self.secret("database_url", |secret| known_database(secret.reveal())).flatten(),
        }
    }

    fn socket(&self, path: &'static str) -> Option<std::net::SocketAddr> {
        self.get(path)?.parsed(|text| {
            text.parse().map_err(|_| "an address to listen on is an IP and a port, such as `127.0.0.1:8080`")
        })
    }

    /// A value that may be absent: `Some(None)` when it is, `None` when it is wrong.
    fn optional<T>(&self, path: &'static str, read: impl FnOnce(&Value<'_>) -> Option<T>) -> Option<Option<T>> {
        match self.get(path) {
            Some(value) => read(&value).map(Some),
            None => Some(None),
        }
    }

    /// A secret that may be absent, in the same way.
    fn secret(&self, path: &'static str, check: impl Fn(&Secret) -> Result<(), String>) -> Option<Option<Secret>> {
        let Some(value) = self.find(path) else {
            self.note(path, "(not set)", "");
            return Some(None);
        };
        self.note(path, "(hidden)", &origin(&value));
        let secret = secret_of(&value, self.variable(path), self.inputs.environment)?;
        if let Err(why) = check(&secret) {
            value.place.hidden_error(format!("`{path}`: {why}"), None);
            return None;
        }
        Some(Some(secret))
    }

    /// The value of the highest layer that has one; it is the one in use.
    fn get(&self, path: &'static str) -> Option<Value<'_>> {
        let found = self.find(path);
        match &found {
            Some(value) => self.note(path, value.written(), &origin(value)),
            None => self.note(path, "(not set)", ""),
        }
        found
    }

    fn find(&self, path: &'static str) -> Option<Value<'_>> {
        self.variable(path)
            .map(|variable| as_value(variable, self.problems))
            .or_else(|| self.file.as_ref()?.find(path, self.problems))
            .or_else(|| self.default.find(path, self.problems))
    }

    fn variable(&self, path: &str) -> Option<&Variable<'_>> {
        self.variables.iter().find(|variable| variable.relay.is_none() && variable.key.path == path)
    }

    pub(super) fn note(&self, path: &str, shown: &str, origin: &str) {
        let effective = Effective { path: path.to_owned(), shown: shown.to_owned(), origin: origin.to_owned() };
        self.values.borrow_mut().push(effective);
    }
}

pub(super) fn as_value<'a>(variable: &'a Variable<'_>, problems: &'a Problems) -> Value<'a> {
    let span = variable.name.len() + 1..variable.source.text.len();
    Value::outside(&variable.value, &variable.source, span, problems, variable.key.path)
}

pub(super) fn secret_of(
    value: &Value<'_>,
    variable: Option<&Variable<'_>>,
    environment: &[(String, String)],
) -> Option<Secret> {
    match variable {
        Some(variable) if variable.is_file => secret::from_file(value, value.text()?),
        Some(_) => Some(Secret::new(value.text()?)),
        None => secret::read(value, environment),
    }
}

pub(super) fn origin(value: &Value<'_>) -> String {
    value.place.origin()
}

fn addresses(value: &Value<'_>) -> Option<Vec<EmailAddress>> {
    let items = value.list()?;
    let read: Vec<_> = items.iter().map(|item| item.parsed(EmailAddress::parse)).collect();
    read.into_iter().collect()
}

fn exceptions(value: &Value<'_>) -> Option<Exceptions> {
    let mut exceptions = Exceptions::default();
    let read: Vec<_> = value.list()?.iter().map(|item| item.parsed(|text| exceptions.add(text))).collect();
    read.into_iter().collect::<Option<Vec<()>>>().map(|_| exceptions)
}

fn web_address(text: &str) -> Result<url::Url, String> {
    let url =
        url::Url::parse(text.trim_end_matches('/')).map_err(|error| format!("this isn't a web address: {error}"))?;
    match url.scheme() {
        "https" | "http" if url.query().is_none() && url.fragment().is_none() => Ok(url),
        "https" | "http" => Err("a public address has nothing behind `?` or `#`".to_owned()),
        scheme => Err(format!("a public address begins with https: and not with {scheme}:")),
    }
}

/// A name that mail can be sent to.
fn domain(text: &str) -> Result<String, String> {
    EmailAddress::parse(&format!("b@{text}"))
        .map(|address| address.domain().to_owned())
        .map_err(|_| "write a domain, such as `bounces.acme.example`".to_owned())
}

/// What stands at the end of an address and nobody may guess.
fn path_secret(text: &str) -> Result<(), String> {
    let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    match text.len() >= SHORTEST_PATH && text.bytes().all(fits) {
        true => Ok(()),
        false => Err(format!("write at least {SHORTEST_PATH} letters, digits, - and _: it ends a web address")),
    }
}

fn topic(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split(':').collect();
    match parts[..] {
        ["arn", "aws", "sns", region, account, name] if ![region, account, name].contains(&"") => Ok(text.to_owned()),
        _ => Err("write a topic as `arn:aws:sns:eu-west-1:123456789012:name`".to_owned()),
    }
}

/// Whether an address leads to the machine that it is read on.
pub fn is_this_machine(url: &url::Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn log_filter(text: &str) -> Result<String, String> {
    text.parse::<tracing_subscriber::filter::Targets>()
        .map(|_| text.to_owned())
        .map_err(|error| format!("this isn't a log filter ({error}); write `info` or `info,callbrief::jobs=debug`"))
}

/// The databases that there are; the text may hold a password and isn't repeated.
fn known_database(url: &str) -> Result<(), String> {
    let known = ["sqlite:", "postgres:", "postgresql:"];
    if known.iter().any(|scheme| url.starts_with(scheme)) {
        return Ok(());
    }
    Err("this must begin with `sqlite:` (sqlite://callbrief.db) or `postgres:` (postgres://user@host/name)".to_owned())
}

/// The database's address without its password.
pub(super) fn without_password(url: &str) -> String {
    match url::Url::parse(url) {
        Ok(mut parsed) if parsed.password().is_some() => {
            let _ = parsed.set_password(Some("…"));
            parsed.to_string().replace("%E2%80%A6", "…")
        }
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests;
