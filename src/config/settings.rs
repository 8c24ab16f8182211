//! Everything that can be set, parsed: embedded `config/default.toml` < file < environment.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::config::channels::Channel;
use crate::config::load::{self, Purpose, is_this_machine};
use crate::config::money_sources::MoneySource;
use crate::config::problem;
use crate::config::secret::Secret;
use crate::domain::contact::{ChannelKind, EmailAddress};
use crate::net::NetSettings;

/// All settings of a running Callbrief.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite://callbrief.db` or `postgres://…`; may hold a password.
    pub database_url: Secret,
    /// Where readers reach the public listener, without a trailing slash: `https://reports.acme.example`. Without it no
    /// mail has a web link.
    pub public_url: Option<url::Url>,
    /// Signs the links in mails; made once and kept in the database when unset.
    pub secret_key: Option<Secret>,
    /// Called once a minute while this process works; who knows it can pretend to be it.
    pub heartbeat_url: Option<Secret>,
    /// Everything is held from the start on.
    pub hold: bool,
    pub operations: Operations,
    pub mail: Mail,
    /// Services besides mail, by name.
    pub channels: Vec<Channel>,
    /// Databases of others that say what balances are, by name.
    pub money_sources: Vec<MoneySource>,
    pub net: NetSettings,
    pub sms: SmsCaps,
    pub watch: Watch,
    pub listen: Listen,
    pub log: Log,
    pub work: Work,
    pub keep: Keep,
}

impl Settings {
    /// Embedded defaults < `file` (without one: `callbrief.toml` here, if it exists) < environment < `database` (the
    /// command's own argument). The error is every problem at once, ready to print.
    pub fn load(file: Option<&Path>, database: Option<&str>, purpose: Purpose) -> Result<Self, String> {
        let survey = load::survey_process(file, database, purpose);
        survey.settings.ok_or_else(|| survey.problems.render(problem::coloured_errors()))
    }
}

/// What is said of settings without a relay.
pub const NO_RELAY: &str = "no relay is configured: mails are made and wait in the queue, and nothing is sent. Begin one by \
                            [[mail.relay]] in the settings file, or set CALLBRIEF_MAIL_RELAY_1_URL";

impl Mail {
    /// Whether mail may go to this address; in trials only to some.
    pub fn may_write_to(&self, address: &str) -> bool {
        let is_listed = |address: &EmailAddress| self.only_to.iter().any(|only| only.is_of(address));
        self.only_to.is_empty() || EmailAddress::parse(address).is_ok_and(|address| is_listed(&address))
    }

    /// Whether anything can be sent at all.
    pub fn has_relay(&self) -> bool {
        !self.relays.is_empty()
    }
}

impl Settings {
    /// What works otherwise than most people want, for the log of a process that begins to work with it.
    pub fn doubts(&self) -> Vec<String> {
        let no_relay = (!self.mail.has_relay()).then(|| NO_RELAY.to_owned());
        let http = self.public_url.as_ref().filter(|url| url.scheme() != "https" && !is_this_machine(url)).map(|url| {
            format!(
                "`public_url` is {url}, and without https no mail gets a link that stops a report with one click: write the \
                 https address of your proxy, or leave it out"
            )
        });
        let redirected = self.mail.redirect_to.as_ref().map(|to| {
            format!(
                "every mail goes to {to}, whoever it is for: `mail.redirect_to` is set, as is right for trials only"
            )
        });
        let only = (!self.mail.only_to.is_empty()).then(|| {
            "mail goes only to the addresses of `mail.only_to`, and everybody else's is stopped, as is right for trials only"
                .to_owned()
        });
        no_relay.into_iter().chain(http).chain(redirected).chain(only).collect()
    }
}

/// How long what goes wrong may last before somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    /// A report that was due and that nobody took.
    pub reports: Duration,
    /// A relay or service that can't be used.
    pub lane: Duration,
    /// A source that tells nothing.
    pub source: Duration,
    /// A balance that isn't told any more.
    pub balance: Duration,
    /// A money source that can't be asked.
    pub money_source: Duration,
    /// Usage of a balance that isn't told any more, since the end of the last day that was.
    pub usage: Duration,
}

/// How many texts may go at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SmsCaps {
    /// To one contact on one of its days.
    pub per_contact_day: i64,
    /// Of one project in one of its calendar months.
    pub per_project_month: i64,
}

/// Who hears what no project's owner can hear.
#[derive(Clone, Debug, Default)]
pub struct Operations {
    pub email: Vec<EmailAddress>,
    /// Rooms and webhooks among the channels that hear what somebody must notice.
    pub channels: Vec<(ChannelKind, String)>,
}

impl Operations {
    /// Whether nobody is named.
    pub const fn is_empty(&self) -> bool {
        self.email.is_empty() && self.channels.is_empty()
    }
}

/// How mail goes out.
#[derive(Clone, Debug)]
pub struct Mail {
    pub from_name: String,
    pub from_address: EmailAddress,
    pub reply_to: Option<EmailAddress>,
    /// Where "stop" goes when there is no `public_url`; without it: the project's owner.
    pub stop_address: Option<EmailAddress>,
    /// What comes back of a mail goes to an address of its own at this domain; `None`: to `from_address`.
    pub bounce_domain: Option<String>,
    pub events: MailEvents,
    /// For trials: every mail goes to this address instead, with its true recipient in `X-Intended-Recipient`.
    pub redirect_to: Option<EmailAddress>,
    /// For trials: mail goes to these only; empty: to everybody.
    pub only_to: Vec<OnlyTo>,
    /// Relays in order of preference; the next one is used while the first is shut.
    pub relays: Vec<Relay>,
}

/// Mail services that tell us what came back.
#[derive(Clone, Debug, Default)]
pub struct MailEvents {
    /// The signing key of Mailgun's webhooks.
    pub mailgun_key: Option<Secret>,
    /// `name:password` that Postmark's webhooks log in with.
    pub postmark_login: Option<Secret>,
    /// The last part of the address that Postmark's webhooks go to.
    pub postmark_path: Option<Secret>,
    /// Topics of SNS whose messages are believed.
    pub ses_topics: Vec<String>,
}

impl MailEvents {
    /// Whether Postmark tells.
    pub fn is_of_postmark(&self) -> bool {
        self.postmark_login.is_some() || self.postmark_path.is_some()
    }
}

/// Whom a trial may write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnlyTo {
    Address(EmailAddress),
    /// Everybody at this domain.
    Domain(String),
}

impl OnlyTo {
    /// Reads `me@acme.example` or `@acme.example`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is neither an address (me@acme.example) nor a domain (@acme.example)");
        match text.strip_prefix('@') {
            // Whether it may be a domain is what an address at it says.
            Some(domain) => EmailAddress::parse(&format!("x@{domain}"))
                .map(|address| Self::Domain(address.domain().to_owned()))
                .map_err(|_| wrong()),
            None => EmailAddress::parse(text).map(Self::Address).map_err(|_| wrong()),
        }
    }

    fn is_of(&self, address: &EmailAddress) -> bool {
        match self {
            Self::Address(one) => one.as_str().eq_ignore_ascii_case(address.as_str()),
            Self::Domain(domain) => domain == address.domain(),
        }
    }
}

/// One relay, which is one lane.
#[derive(Clone, Debug)]
pub struct Relay {
    /// Names the lane: `email/<id>`.
    pub id: String,
    pub transport: Transport,
    /// Messages a second, over all replicas.
    pub per_second: f64,
    /// Connections at once, in this process.
    pub connections: usize,
}

/// Where a relay's messages go.
#[derive(Clone, Debug)]
pub enum Transport {
    Smtp(Smtp),
    /// Each message becomes a file in this folder: for trials, and for mail systems that pick files up.
    File {
        folder: PathBuf,
        /// Whether the HTML and the attachments are put beside each message, to be opened without a mail program.
        opened: bool,
    },
}

/// An SMTP relay.
#[derive(Clone, Debug)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub encryption: Encryption,
    pub username: Option<String>,
    pub password: Option<Secret>,
    /// What we call ourselves in EHLO; `None`: the sender's domain.
    pub hello_name: Option<String>,
    /// PEM certificates to trust beside the system's: for a relay with a private authority.
    pub ca_file: Option<PathBuf>,
    pub timeouts: SmtpTimeouts,
}

/// How the connection is protected. `Starttls` and `Tls` refuse to go on without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    Starttls,
    Tls,
    Plain,
}

impl Encryption {
    /// As the settings write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Starttls => "starttls",
            Self::Tls => "tls",
            Self::Plain => "plain",
        }
    }
}

/// The longest each stage may take.
#[derive(Clone, Copy, Debug)]
pub struct SmtpTimeouts {
    pub connect: Duration,
    /// Greeting, EHLO, STARTTLS, AUTH, MAIL, RCPT: each.
    pub command: Duration,
    /// DATA until 354.
    pub data: Duration,
    /// The body and its final dot until the reply.
    pub body: Duration,
}

/// The two listeners.
#[derive(Clone, Debug)]
pub struct Listen {
    /// For readers and programs: stop pages, `/v1`.
    pub public: SocketAddr,
    /// For operators only: healthz, readyz, metrics, status.
    pub ops: SocketAddr,
}

/// How it talks about itself.
#[derive(Clone, Debug)]
pub struct Log {
    pub format: LogFormat,
    /// As `tracing` filters are written: `info`, `callbrief=debug,warn`.
    pub filter: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// One line a person can read.
    Human,
    Json,
}

/// How hard it works.
#[derive(Clone, Copy, Debug)]
pub struct Work {
    /// The longest pause between two looks at the database.
    pub poll: Duration,
    /// How long a claim holds before another worker may take the work.
    pub lease: Duration,
    /// How long a stop may take before the process ends anyway.
    pub shutdown: Duration,
    /// Calls loaded at once while building reports.
    pub batch_rows: usize,
    /// Reports a minute that a backlog (late by more than an hour) is released at.
    pub backlog_per_minute: u32,
}

/// How long things are kept, from the day on which they came in; calls from their start where that is later.
#[derive(Clone, Copy, Debug)]
pub struct Keep {
    /// What telephony systems told us, as it came, and rows that couldn't be read.
    pub events: Duration,
    /// Rendered reports and notices.
    pub documents: Duration,
    pub calls: Duration,
    /// Readers' addresses in the record of what was sent; after that a hash stands in their place.
    pub addresses: Duration,
    /// The record of what was sent to whom and why; after that a count by day stays.
    pub ledger: Duration,
}
