//! A Callbrief with everything real but the time: a database of its own, a clock that stands still until it is moved,
//! and mail that becomes files in an outbox. Dropping it fails the test when work is left over.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use callbrief::app::App;
use callbrief::apply;
use callbrief::clock::{Clock, ManualClock};
use callbrief::config::secret::Secret;
use callbrief::config::settings::{
    Keep, Listen, Log, LogFormat, Mail, MailEvents, Operations, Relay, Settings, SmsCaps, Transport, Watch, Work,
};
use callbrief::config::setup::Input;
use callbrief::domain::contact::EmailAddress;
use callbrief::domain::ids::ProjectId;
use callbrief::domain::instant::Instant;
use callbrief::ingest::{self, Format, ImportRequest};
use callbrief::jobs::{self, TickReport};
use callbrief::net::NetSettings;
use callbrief::store::{On, Store};

use super::postgres;

/// Which database a world stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Where every world's clock begins: Monday, 16 November 2026, 06:00 in UTC (08:00 in Kyiv).
pub const BEGIN: &str = "2026-11-16T06:00:00Z";

/// One installation.
pub struct World {
    pub app: App,
    pub clock: ManualClock,
    pub engine: Engine,
    leftovers_allowed: bool,
    folder: tempfile::TempDir,
}

impl World {
    /// A new, empty installation on this kind of database; its mails become files (see [`World::outbox`]).
    pub async fn new(engine: Engine) -> Self {
        Self::with(engine, |_| {}).await
    }

    /// The same, with settings changed before it opens.
    pub async fn with(engine: Engine, change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = match engine {
            Engine::Sqlite => format!("sqlite://{}", folder.path().join("world.db").display()),
            Engine::Postgres => postgres::new_database().await,
        };
        let mut settings = settings(&url, folder.path().join("outbox"));
        change(&mut settings);
        let clock = ManualClock::at(Instant::parse_rfc3339(BEGIN).expect("valid"));
        let app = App::open_patiently(settings, Arc::new(clock.clone())).await.expect("the app opens");
        Self { app, clock, engine, leftovers_allowed: false, folder }
    }

    /// Another process on the same database and clock, with settings changed.
    pub async fn replica(&self, change: impl FnOnce(&mut Settings)) -> App {
        let mut settings = (*self.app.settings).clone();
        change(&mut settings);
        App::open_patiently(settings, Arc::new(self.clock.clone())).await.expect("the app opens")
    }

    /// What the clock shows.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Moves the clock to this RFC 3339 instant.
    pub fn set(&self, instant: &str) {
        self.clock.set(Instant::parse_rfc3339(instant).unwrap_or_else(|| panic!("`{instant}` is not RFC 3339")));
    }

    /// Moves the clock forward.
    pub fn advance(&self, span: Duration) {
        self.clock.set(self.now() + span);
    }

    /// Runs every job until nothing more is due.
    pub async fn settle(&self) -> TickReport {
        jobs::tick(&self.app).await.expect("the jobs run")
    }

    /// Applies a set-up file's text.
    pub async fn apply(&self, text: &str) {
        self.apply_by(&self.app, text).await;
    }

    /// The same by another process, whose settings may know other channels.
    pub async fn apply_by(&self, app: &App, text: &str) {
        let inputs = [Input::toml("setup.toml", text)];
        let channels = &app.settings.channels;
        let request = apply::Request { channels, ..apply::Request::new(&inputs, "setup.toml", "test", self.now()) };
        apply::apply(&app.store, &app.zones, &request, |_, _| {}).await.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Why a set-up file's text isn't taken.
    pub async fn refused(&self, text: &str) -> String {
        self.why_refused(text).await.expect("it is refused")
    }

    /// The same of one that may be taken.
    pub async fn why_refused(&self, text: &str) -> Option<String> {
        let inputs = [Input::toml("setup.toml", text)];
        let channels = &self.app.settings.channels;
        let request = apply::Request {
            channels,
            dry_run: true,
            ..apply::Request::new(&inputs, "setup.toml", "test", self.now())
        };
        let taken = apply::apply(&self.app.store, &self.app.zones, &request, |_, _| {}).await;
        taken.err().map(|error| error.to_string())
    }

    /// Takes in calls: native CSV without its first line, `started_at,direction,status,client_number,talk_sec`.
    pub async fn import(&self, project: &str, rows: &str) {
        self.import_file(project, &format!("call_id,started_at,direction,status,client_number,talk_sec\n{rows}")).await;
    }

    /// Takes in calls: native CSV with its first line.
    pub async fn import_file(&self, project: &str, text: &str) {
        let project = ProjectId::parse(project).expect("valid");
        let text = std::io::Cursor::new(text.to_owned());
        let request = ImportRequest::new(project, Format::Native, "calls.csv", text);
        let account = ingest::import(&self.app, request).await.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(account.set_aside, 0, "{account:?}");
    }

    /// The folder that belongs to this world.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Mails that the file transport wrote, sorted by name, as raw messages.
    pub fn outbox(&self) -> Vec<Vec<u8>> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(self.folder.path().join("outbox"))
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "eml"))
            .collect();
        files.sort();
        files.iter().map(|path| std::fs::read(path).expect("the mail can be read")).collect()
    }

    /// Says that this test ends with work left over on purpose.
    pub fn allow_leftovers(&mut self) {
        self.leftovers_allowed = true;
    }

    /// The number that a statement gives; nothing counts as 0.
    pub async fn number(&self, sql: &str) -> i64 {
        number(&self.app.store, sql).await
    }

    /// The texts that a statement's first column gives.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let mut session = self.app.store.read().await.expect("a connection");
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        match session.on() {
            On::Sqlite(connection) => sqlx::query_scalar(sql).fetch_all(connection).await,
            On::Postgres(connection) => sqlx::query_scalar(sql).fetch_all(connection).await,
        }
        .expect("the statement runs")
    }

    /// Runs a statement of the test's own.
    pub async fn execute(&self, sql: &str) {
        let mut session = self.app.store.write().await.expect("a connection");
        let text = sqlx::AssertSqlSafe(sql.to_owned());
        match session.on() {
            On::Sqlite(connection) => sqlx::query(text).execute(connection).await.map(|_| ()),
            On::Postgres(connection) => sqlx::query(text).execute(connection).await.map(|_| ()),
        }
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
        session.commit().await.expect("it is kept");
    }
}

async fn number(store: &Store, sql: &str) -> i64 {
    let mut session = store.read().await.expect("a connection");
    let text = sqlx::AssertSqlSafe(sql.to_owned());
    let found: Option<i64> = match session.on() {
        On::Sqlite(connection) => sqlx::query_scalar(text).fetch_optional(connection).await,
        On::Postgres(connection) => sqlx::query_scalar(text).fetch_optional(connection).await,
    }
    .unwrap_or_else(|error| panic!("{sql}: {error}"));
    found.unwrap_or(0)
}

const LEFTOVERS: &[(&str, &str)] = &[
    (
        "deliveries queued, claimed or handed",
        "select count(*) from deliveries where state in ('queued', 'claimed', 'handed')",
    ),
    ("runs due or being built", "select count(*) from runs where state in ('due', 'building')"),
];

impl Drop for World {
    fn drop(&mut self) {
        if self.leftovers_allowed || std::thread::panicking() {
            return;
        }
        let url = self.app.settings.database_url.reveal().to_owned();
        let left = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let store = Store::open(&url).await.expect("the database opens");
                let mut left = Vec::new();
                for (what, sql) in LEFTOVERS {
                    let count = number(&store, sql).await;
                    if count > 0 {
                        left.push(format!("{count} {what}"));
                    }
                }
                store.close().await;
                left
            })
        })
        .join()
        .expect("the look at what is left");
        assert!(left.is_empty(), "the test ends with work left over: {}", left.join(", "));
    }
}

fn settings(url: &str, outbox: PathBuf) -> Settings {
    let address = |text: &str| EmailAddress::parse(text).expect("valid");
    Settings {
        database_url: Secret::new(url),
        public_url: Some("https://reports.test.example".parse().expect("valid")),
        secret_key: Some(Secret::new("a secret for tests only, not used anywhere else")),
        heartbeat_url: None,
        hold: false,
        operations: Operations { email: vec![address("operations@test.example")], channels: Vec::new() },
        mail: Mail {
            from_name: "Call reports".to_owned(),
            from_address: address("reports@test.example"),
            reply_to: None,
            stop_address: None,
            redirect_to: None,
            bounce_domain: None,
            events: MailEvents::default(),
            only_to: Vec::new(),
            relays: vec![Relay {
                id: "outbox".to_owned(),
                transport: Transport::File { folder: outbox, opened: false },
                per_second: 10_000.0,
                connections: 2,
            }],
        },
        channels: Vec::new(),
        money_sources: Vec::new(),
        net: NetSettings::default(),
        watch: {
            // Tests of other things stand for days without a word from anybody.
            let long = Duration::from_secs(20_000 * 3_600);
            Watch { reports: long, lane: long, source: long, balance: long, money_source: long, usage: long }
        },
        sms: SmsCaps { per_contact_day: 10, per_project_month: 200 },
        listen: Listen { public: ([127, 0, 0, 1], 0).into(), ops: ([127, 0, 0, 1], 0).into() },
        log: Log { format: LogFormat::Human, filter: "warn".to_owned() },
        work: Work {
            poll: Duration::from_millis(50),
            lease: Duration::from_secs(60),
            shutdown: Duration::from_secs(10),
            batch_rows: 500_000,
            backlog_per_minute: 600,
        },
        keep: {
            let days = |days: u64| Duration::from_secs(days * 86_400);
            Keep { events: days(30), documents: days(90), calls: days(762), addresses: days(396), ledger: days(762) }
        },
    }
}
