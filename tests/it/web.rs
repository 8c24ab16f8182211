//! The two listeners, asked over real sockets.

use std::net::SocketAddr;
use std::sync::Arc;

use callbrief::app::App;
use callbrief::clock::{Clock, ManualClock, Trust};
use callbrief::domain::instant::Instant;
use callbrief::domain::role::Role;
use callbrief::notify::lanes::Lanes;
use callbrief::notify::send;
use callbrief::web::Listeners;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

use crate::support::posting::{self, To};
use crate::support::{Engine, World, on_both};

/// A world whose listeners answer.
pub struct Site {
    pub public: SocketAddr,
    pub ops: SocketAddr,
    pub stop: CancellationToken,
    run: tokio::task::JoinHandle<()>,
}

impl Site {
    pub async fn of(world: &World) -> Self {
        Self::open(&world.app).await
    }

    pub async fn open(app: &App) -> Self {
        let listeners = Listeners::bind(&app.settings.listen).await.expect("the listeners are bound");
        let (public, ops) = (listeners.public_address().expect("bound"), listeners.ops_address().expect("bound"));
        let stop = CancellationToken::new();
        let run = tokio::spawn(listeners.run(app.clone(), stop.clone(), stop.clone()));
        Self { public, ops, stop, run }
    }

    pub async fn end(self) {
        self.stop.cancel();
        self.run.await.expect("the listeners end");
    }
}

/// Sends a request as it is written here and returns the whole answer.
pub async fn ask(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("somebody listens");
    let (line, rest) = request.split_once('\n').unwrap_or((request, ""));
    let end = if rest.contains("\r\n\r\n") { "" } else { "\r\n" };
    let text = format!("{line} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n{rest}{end}");
    stream.write_all(text.as_bytes()).await.expect("it can be sent");
    let mut answer = Vec::new();
    // A listener that refuses a body closes before it has read all of it.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

on_both! {
    async fn the_ops_listener_says_how_things_stand(world: World) {
        let site = Site::of(&world).await;
        world.settle().await;
        assert!(ask(site.ops, "GET /healthz").await.starts_with("HTTP/1.1 200 OK"));
        assert!(ask(site.ops, "GET /readyz").await.ends_with("ready\n"));
        let status = ask(site.ops, "GET /status").await;
        let (_, body) = status.split_once("\r\n\r\n").expect("a head and a body");
        let json: serde_json::Value = serde_json::from_str(body).expect("the status is JSON");
        assert_eq!(json["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(json["now"], "2026-11-16T06:00:00Z");
        assert_eq!(json["clock"], "steady");
        assert_eq!(json["zone_data"]["version"], world.app.zones.version());
        assert_eq!(json["schedules"]["overdue"], 0);
        assert!(json["passes"]["fire_schedules"]["error"].is_null());
        assert_eq!(json["passes"]["fire_schedules"]["at"], "2026-11-16T06:00:00Z");
        let metrics = ask(site.ops, "GET /metrics").await;
        assert!(metrics.contains("callbrief_overdue_schedules 0"), "{metrics}");
        assert!(metrics.contains("callbrief_pass_seconds_count{job=\"fire_schedules\"}"), "{metrics}");
        assert!(ask(site.ops, "GET /stop/x").await.starts_with("HTTP/1.1 404"));
        site.end().await;
    }
}

on_both! {
    async fn one_click_stops_this_schedule_for_this_address(world: World) {
        posting::project(&world).await;
        let lanes = Lanes::open(&world.app).await.expect("lanes");
        posting::report(&world.app, "r1", &[To::Contact("olena", Role::Owner), To::Contact("taras", Role::Manager)]).await;
        send::step(&world.app, &lanes).await.expect("a step");
        let mail = String::from_utf8(world.outbox().remove(0)).expect("text").replace("\r\n ", " ");
        let (header, _) = mail.split_once("\r\n\r\n").expect("a head");
        assert!(header.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{header}");
        let link = header.split("https://reports.test.example").nth(1).and_then(|rest| rest.split('>').next()).expect("a link");
        let site = Site::of(&world).await;
        let stops = "select address || ' ' || schedule || ' ' || reason from suppressions where lifted_at is null";
        let page = ask(site.public, &format!("GET {link}")).await;
        assert!(page.starts_with("HTTP/1.1 200") && page.contains("<form"), "{page}");
        assert!(world.texts(stops).await.is_empty(), "a GET only shows a page: scanners follow links");
        let body = "List-Unsubscribe=One-Click";
        let post = format!(
            "POST {link}\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        for _ in 0..2 {
            let answer = ask(site.public, &post).await;
            assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
            assert!(!answer.to_lowercase().contains("location:"), "no redirect: {answer}");
            assert_eq!(world.texts(stops).await, ["olena@acme.example weekly unsubscribed"]);
        }
        site.end().await;
        posting::report(&world.app, "r2", &[To::Contact("olena", Role::Owner), To::Contact("taras", Role::Manager)]).await;
        send::step(&world.app, &lanes).await.expect("a step");
        let second = "select address || ' ' || state || ' ' || reason from deliveries order by id desc limit 2";
        assert_eq!(
            world.texts(second).await,
            ["taras@acme.example accepted taken_by_relay", "olena@acme.example suppressed unsubscribed"]
        );
    }
}

/// The world's clock, of which somebody says how far it can be trusted.
struct Doubtful(ManualClock, Trust);

impl Clock for Doubtful {
    fn now(&self) -> Instant {
        self.0.now()
    }

    fn trust(&self) -> Trust {
        self.1
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_cant_be_trusted_is_said() {
    let mut world = World::new(Engine::Sqlite).await;
    for (trust, code, name) in [(Trust::JustMoved, "200", "just_moved"), (Trust::FarOff, "503", "far_off")] {
        world.app.clock = Arc::new(Doubtful(world.clock.clone(), trust));
        let site = Site::of(&world).await;
        let ready = ask(site.ops, "GET /readyz").await;
        assert!(ready.starts_with(&format!("HTTP/1.1 {code}")) && ready.contains("clock"), "{ready}");
        let status = ask(site.ops, "GET /status").await;
        assert!(status.contains(&format!("\"clock\":\"{name}\"")), "{status}");
        site.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_stops_or_lost_its_database_is_not_ready() {
    let world = World::new(Engine::Sqlite).await;
    let site = Site::of(&world).await;
    world.app.store.close().await;
    assert!(ask(site.ops, "GET /readyz").await.starts_with("HTTP/1.1 503"));
    assert!(ask(site.ops, "GET /status").await.starts_with("HTTP/1.1 503"));
    assert!(ask(site.ops, "GET /metrics").await.starts_with("HTTP/1.1 200"));
    site.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_listener_answers_strictly() {
    let world = World::new(Engine::Sqlite).await;
    let site = Site::of(&world).await;
    for request in ["GET /stop/nonsense", "POST /stop/nonsense\ncontent-length: 0\r\n", "GET /healthz", "GET /"] {
        let answer = ask(site.public, request).await;
        assert!(answer.starts_with("HTTP/1.1 404"), "{request}: {answer}");
        for header in [
            "content-security-policy: default-src 'none'",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "cache-control: no-store",
            "x-frame-options: DENY",
        ] {
            assert!(answer.contains(header), "{request}: {header} isn't in {answer}");
        }
        assert!(!answer.to_lowercase().contains("set-cookie"));
    }
    let large = format!("POST /stop/nonsense\ncontent-length: 20000\r\n\r\n{}", "x".repeat(20_000));
    let answer = ask(site.public, &large).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    site.end().await;
}
