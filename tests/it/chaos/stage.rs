//! An installation as chaos finds it: a database, the servers that take what is sent, a proxy before a Postgres, and a clock
//! in a file. What runs on it are processes of the program itself.

use std::path::Path;
use std::time::{Duration, Instant as Stopwatch};

use callbrief::config::secret::Secret;
use callbrief::config::settings::Settings;
use callbrief::domain::contact::ChannelKind;
use callbrief::domain::instant::Instant;
use sqlx::{Connection, Executor, SqliteConnection};

use super::proxy::Proxy;
use super::replica::{Replica, command};
use crate::channels::{FIXTURES, channel, with_channels};
use crate::crashes::write_time;
use crate::support::http::HttpServer;
use crate::support::smtp::{Script, SmtpServer};
use crate::support::{Engine, World};

/// Seconds that a process may hold a piece of work.
pub const LEASE_SEC: i64 = 60;
/// How long anything may stay undone that could be done, by the real clock.
const GRACE: Duration = Duration::from_secs(45);
/// Before a lease is let end, whoever holds it may need so long for a report or a message, if it lives; and so many times
/// what it takes to start, on a machine that others use too. Were it shorter, time would run away from those who work.
const BREATH: Duration = Duration::from_secs(1);
const STARTS_A_BREATH: u32 = 8;
const LOOK_EVERY: Duration = Duration::from_millis(25);

pub struct Stage {
    pub world: World,
    pub smtp: SmtpServer,
    pub http: HttpServer,
    pub proxy: Option<Proxy>,
    /// Names logs.
    started: u32,
    /// What the last start took.
    pub start_took: Duration,
}

/// `postgres://user@host:port/name` led through the proxy.
async fn behind_a_proxy(url: &str) -> (String, Proxy) {
    let mut url: url::Url = url.parse().expect("an address");
    let port = url.port().unwrap_or(5432);
    let host = url.host_str().filter(|host| !host.is_empty()).unwrap_or("127.0.0.1").to_owned();
    let server = tokio::net::lookup_host((host, port)).await.expect("it is found").next().expect("an address");
    let proxy = Proxy::before(server).await;
    url.set_host(Some("127.0.0.1")).expect("a host");
    url.set_port(Some(proxy.address.port())).expect("a port");
    (url.into(), proxy)
}

impl Stage {
    /// With this file of settings for `apply`.
    pub async fn set(engine: Engine, setup: &str) -> Self {
        Self::set_in(engine, setup, None).await
    }

    /// The same, with an embedded database in this folder.
    pub async fn set_in(engine: Engine, setup: &str, folder: Option<&Path>) -> Self {
        let smtp = SmtpServer::start(Script::default()).await;
        let http = HttpServer::start((FIXTURES[2].yes)()).await;
        let crm = channel("crm", ChannelKind::Webhook, (FIXTURES[2].service)(&http));
        let channels = with_channels(vec![crm]);
        let change = |settings: &mut Settings| {
            channels(settings);
            if let Some(folder) = folder {
                settings.database_url = Secret::new(format!("sqlite://{}", folder.join("world.db").display()));
            }
        };
        let mut world = World::with(engine, change).await;
        // What is left over is judged by the three readings.
        world.allow_leftovers();
        let direct = world.app.settings.database_url.reveal().to_owned();
        let (url, proxy) = match engine {
            Engine::Sqlite => (direct, None),
            // The test's own server listens on a socket in a folder only.
            Engine::Postgres if direct.contains("host=") => (direct, None),
            Engine::Postgres => {
                let (url, proxy) = behind_a_proxy(&direct).await;
                (url, Some(proxy))
            }
        };
        let stage = Self { world, smtp, http, proxy, started: 0, start_took: Duration::ZERO };
        for (file, text) in [
            ("callbrief.toml", stage.settings(&url).as_str()),
            ("secret", "a secret for tests only, not used anywhere else"),
            ("key", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        ] {
            std::fs::write(stage.world.folder().join(file), text).expect("a file of settings");
        }
        // Past the full hour, at which schedules of this set-up fire.
        stage.set_clock(stage.world.now().plus_seconds(600));
        stage.world.apply(setup).await;
        stage
    }

    fn settings(&self, url: &str) -> String {
        format!(
            r#"
database_url = "{url}"
public_url = "https://reports.test.example"
secret_key = {{ file = "secret" }}
[operations]
email = ["operations@test.example"]
[watch]
reports = "500w"
lane = "500w"
source = "500w"
balance = "500w"
money_source = "500w"
usage = "500w"
[mail]
from_address = "reports@test.example"
[[mail.relay]]
url = "smtp://{}"
encryption = "plain"
connections = 2
per_second = 10000
connect_timeout = "10s"
command_timeout = "20s"
data_timeout = "20s"
body_timeout = "20s"
[channels.crm]
kind = "webhook"
url = "{}"
keys = [{{ file = "key" }}]
per_second = 10000
[net]
allow = ["127.0.0.0/8"]
connect_timeout = "10s"
reply_timeout = "20s"
[listen]
public = "127.0.0.1:0"
ops = "127.0.0.1:0"
[work]
poll = "100ms"
lease = "{LEASE_SEC}s"
shutdown = "20s"
"#,
            self.smtp.address,
            self.http.url("/hook"),
        )
    }

    /// Moves the clock, for every process and for the test itself.
    pub fn set_clock(&self, now: Instant) {
        self.world.clock.set(now);
        write_time(&self.world, &now.to_string());
    }

    /// One more `serve`; it may not be up yet.
    pub fn replica(&mut self, dies_at: Option<String>) -> Replica {
        self.started += 1;
        Replica::start(self.world.folder(), &format!("replica-{}", self.started), dies_at)
    }

    /// The same, once it runs; and how long that took tells how busy the machine is.
    pub async fn running(&mut self, dies_at: Option<String>) -> Replica {
        let mut replica = self.replica(dies_at);
        self.is_up(&mut replica).await;
        replica
    }

    /// Waits until it runs.
    pub async fn is_up(&mut self, replica: &mut Replica) {
        let begun = Stopwatch::now();
        replica.is_up().await;
        self.start_took = begun.elapsed();
    }

    /// A command that ends; whether it was killed.
    pub fn run(&self, args: &[&str], dies_at: Option<&str>) -> std::process::ExitStatus {
        command(self.world.folder(), args, dies_at).status().expect("the program starts")
    }

    /// A column's time in microseconds.
    fn micros(&self, column: &str) -> String {
        match self.world.engine {
            Engine::Sqlite => column.to_owned(),
            Engine::Postgres => format!("cast(extract(epoch from {column}) * 1000000 as bigint)"),
        }
    }

    /// When something is to happen next by itself, and how what is held under leases stands; nothing: nothing will.
    async fn pending(&self) -> Option<Pending> {
        let at = |column| self.micros(column);
        let sql = format!(
            "select cast(min(t) as text) || ' ' || sum(held) || ' ' || sum(n) from (
                select {lease} as t, 1 as held, id * 7 + tries as n from deliveries where state in ('claimed', 'handed')
                union all select {lease}, 1, id * 5 + tries from runs where state = 'building'
                union all select {not_before}, 0, 0 from deliveries where state in ('queued', 'held')
                union all select 0, 0, 0 from deliveries where state = 'refused'
                union all select 0, 0, 0 from deliveries d where state = 'uncertain' and kind <> 'report' and
                    (select count(*) from ledger l where l.delivery = d.id and l.reason = 'sent_again_when_unknown') < 2
                union all select coalesce({wait}, {fires}), 0, 0 from runs where state = 'due'
                union all select {wait}, 0, 0 from runs where state = 'waiting_for_data'
                union all select {next}, 0, 0 from schedules where retired_at is null and not paused and next_fire_at is not null
                union all select {due}, 0, 0 from evaluations
            ) as everything",
            lease = at("lease_until"),
            not_before = at("not_before"),
            wait = at("wait_until"),
            fires = at("fires_at"),
            next = at("next_fire_at"),
            due = at("due_at"),
        );
        let found = self.world.texts(&sql).await.pop()?;
        let mut words = found.split(' ').map(|word| word.parse::<i64>().expect("a number"));
        let mut next = || words.next().expect("three numbers");
        Some(Pending { at: Instant::from_micros(next()), held: (next(), next()) })
    }

    /// Lets time pass until nothing happens by itself before `until`: from one moment at which something is due to the next.
    /// Fails when something that could be done isn't, within lease and grace.
    pub async fn settle(&self, until: Instant) {
        let breath = BREATH.max(self.start_took * STARTS_A_BREATH);
        let (mut moved, mut held) = (Stopwatch::now(), ((0, 0), Stopwatch::now()));
        loop {
            let now = self.world.now();
            let Some(pending) = self.pending().await else { return };
            if pending.at > now {
                if pending.held != held.0 {
                    held = (pending.held, Stopwatch::now());
                }
                let breathes = pending.held.0 > 0 && held.1.elapsed() < breath;
                if !breathes && pending.at > until {
                    return;
                }
                if !breathes {
                    self.set_clock(pending.at);
                    moved = Stopwatch::now();
                }
            } else if moved.elapsed() > GRACE {
                panic!("it is {now} and nobody does what was due at {}: {}", pending.at, self.left_over().await);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Whether a transaction stands open that doesn't move on.
    pub async fn is_somebody_in_a_transaction(&self) -> bool {
        let url = self.world.app.settings.database_url.reveal();
        if self.world.engine == Engine::Sqlite {
            let mut connection = SqliteConnection::connect(url).await.expect("it opens");
            connection.execute("pragma busy_timeout = 150").await.expect("some patience");
            return connection.execute("begin immediate").await.is_err();
        }
        tokio::time::sleep(Duration::from_millis(60)).await;
        let open = "select count(*) from pg_stat_activity where datname = current_database()
            and state like 'idle in transaction%' and clock_timestamp() - state_change > interval '40 ms'";
        self.world.number(open).await > 0
    }

    /// Whether nothing is due at this moment, whoever holds the rest.
    pub async fn is_quiet(&self) -> bool {
        let now = self.world.now();
        self.pending().await.is_none_or(|pending| pending.at > now)
    }

    /// What is under way, for who reads a failure.
    pub async fn left_over(&self) -> String {
        let mut left = self
            .world
            .texts("select 'delivery ' || id || ' ' || kind || ' ' || address || ' ' || state || ' ' || coalesce(reason, '') from deliveries where state in ('queued', 'claimed', 'handed', 'refused', 'uncertain', 'held') order by id")
            .await;
        let failed = "select 'run ' || id || ' ' || schedule || ' ' || occurrence || ' failed: ' || coalesce(reason, '') || ' after ' || tries || ' tries' from runs where state = 'failed'";
        left.extend(self.world.texts(failed).await);
        left.extend(self.world.texts("select 'run ' || id || ' ' || schedule || ' ' || occurrence || ' ' || state from runs where state in ('due', 'building', 'waiting_for_data')").await);
        left.join("; ")
    }
}

struct Pending {
    at: Instant,
    /// How many are under a lease, and which.
    held: (i64, i64),
}
