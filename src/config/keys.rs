//! Every key that settings have. The environment's names, the check for unknown keys and the list that `check-config` prints come from
//! these two tables. To add a setting: a line here, its words in `config/default.toml`, and its reading in `load`.

/// What a key holds, as far as the environment (where everything is text) has to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// Commas between the items.
    List,
    /// A number, or true or false.
    Bare,
    /// Never shown; may be `{ env = … }` or `{ file = … }`, and in the environment NAME_FILE.
    Secret,
}

/// One setting.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    /// From the root: `mail.from_name`.
    pub(super) path: &'static str,
    pub(super) kind: Kind,
}

const fn key(path: &'static str, kind: Kind) -> Key {
    Key { path, kind }
}

/// Settings outside relays.
pub(super) const KEYS: &[Key] = &[
    key("database_url", Kind::Secret),
    key("public_url", Kind::Text),
    key("secret_key", Kind::Secret),
    key("heartbeat_url", Kind::Secret),
    key("hold", Kind::Bare),
    key("operations.email", Kind::List),
    key("operations.channels", Kind::List),
    key("mail.from_name", Kind::Text),
    key("mail.from_address", Kind::Text),
    key("mail.reply_to", Kind::Text),
    key("mail.stop_address", Kind::Text),
    key("mail.bounce_domain", Kind::Text),
    key("mail.events.mailgun_key", Kind::Secret),
    key("mail.events.postmark_login", Kind::Secret),
    key("mail.events.postmark_path", Kind::Secret),
    key("mail.events.ses_topics", Kind::List),
    key("mail.redirect_to", Kind::Text),
    key("mail.only_to", Kind::List),
    key("net.allow", Kind::List),
    key("net.ca_file", Kind::Text),
    key("net.connect_timeout", Kind::Text),
    key("net.reply_timeout", Kind::Text),
    key("sms.per_contact_day", Kind::Bare),
    key("sms.per_project_month", Kind::Bare),
    key("watch.reports", Kind::Text),
    key("watch.lane", Kind::Text),
    key("watch.source", Kind::Text),
    key("watch.balance", Kind::Text),
    key("watch.money_source", Kind::Text),
    key("watch.usage", Kind::Text),
    key("listen.public", Kind::Text),
    key("listen.ops", Kind::Text),
    key("log.format", Kind::Text),
    key("log.filter", Kind::Text),
    key("work.poll", Kind::Text),
    key("work.lease", Kind::Text),
    key("work.shutdown", Kind::Text),
    key("work.batch_rows", Kind::Bare),
    key("work.backlog_per_minute", Kind::Bare),
    key("keep.events", Kind::Text),
    key("keep.documents", Kind::Text),
    key("keep.calls", Kind::Text),
    key("keep.addresses", Kind::Text),
    key("keep.ledger", Kind::Text),
];

/// Settings of each relay; their names in the environment begin with `CALLBRIEF_MAIL_RELAY_<number>_`.
pub(super) const RELAY_KEYS: &[Key] = &[
    key("url", Kind::Text),
    key("id", Kind::Text),
    key("encryption", Kind::Text),
    key("username", Kind::Text),
    key("password", Kind::Secret),
    key("hello_name", Kind::Text),
    key("ca_file", Kind::Text),
    key("per_second", Kind::Bare),
    key("connections", Kind::Bare),
    key("connect_timeout", Kind::Text),
    key("command_timeout", Kind::Text),
    key("data_timeout", Kind::Text),
    key("body_timeout", Kind::Text),
    key("opened", Kind::Bare),
];

/// Where relays stand in a file.
pub(super) const RELAYS: &str = "mail.relay";

/// Names that only a build for crash tests knows.
pub(super) const TEST_NAMES: &[&str] = if cfg!(feature = "chaos") {
    &["CALLBRIEF_TEST_CLOCK", "CALLBRIEF_TEST_CLOCK_SHIFT", "CALLBRIEF_CRASH_AT"]
} else {
    &[]
};

impl Key {
    /// `CALLBRIEF_MAIL_FROM_NAME`.
    pub(super) fn variable(&self) -> String {
        format!("CALLBRIEF_{}", self.path.replace('.', "_").to_uppercase())
    }

    /// `CALLBRIEF_MAIL_RELAY_1_URL` for the first relay.
    pub(super) fn relay_variable(&self, number: usize) -> String {
        format!("CALLBRIEF_MAIL_RELAY_{number}_{}", self.path.to_uppercase())
    }
}
