//! What happens to databases while two replicas are at work: they restart, stall, may only be read, have no connection or no
//! room left, are locked, are given a newer structure. Once it is over, everything is told once.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use callbrief::domain::balance::Status;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};

use super::proxy::Line;
use super::replica::{READ_ONLY, READ_ONLY_LIBRARY, Replica};
use super::rounds::Life;
use super::script::{self, SETUP};
use super::stage::Stage;
use crate::flow::{self, DUE};
use crate::support::{Engine, World, postgres};

/// How long each trouble lasts.
const A_WHILE: Duration = Duration::from_millis(1_500);

async fn a_while() {
    tokio::time::sleep(A_WHILE).await;
}

/// Statements on a connection of their own, past the proxy and every transaction of ours.
async fn on_server(stage: &Stage, statements: &[&str]) {
    let url = stage.world.app.settings.database_url.reveal();
    let mut connection = PgConnection::connect(url).await.expect("the server answers the test");
    for statement in ["set session characteristics as transaction read write"].iter().chain(statements) {
        let done = connection.execute(AssertSqlSafe((*statement).to_owned())).await;
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    let _ = connection.close().await;
}

/// Every connection to this database ends, as when its server restarts.
const END_ALL: &str = "select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()";

async fn read_only_for_a_while(stage: &Stage) {
    let url: url::Url = stage.world.app.settings.database_url.reveal().parse().expect("an address");
    let set = |value: &str| {
        let name = url.path().trim_start_matches('/');
        format!("alter database {name} set default_transaction_read_only = {value}")
    };
    on_server(stage, &[&set("on"), END_ALL]).await;
    // Whoever was about to log in just then has the old value and isn't seen yet.
    tokio::time::sleep(Duration::from_millis(300)).await;
    on_server(stage, &[END_ALL]).await;
    a_while().await;
    // Nobody ends the connections that were opened meanwhile: they keep what they were opened with.
    on_server(stage, &[&set("off")]).await;
}

const FILL: &[&str] = &[
    "create function no_room() returns trigger language plpgsql as $$ begin
        raise exception using errcode = '53100', message = 'could not extend file: No space left on device'; end $$",
    "create trigger no_room before insert on ledger for each statement execute function no_room()",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_postgres_in_every_trouble_loses_and_repeats_nothing() {
    let mut life = Life::begin(Engine::Postgres, 5).await;
    if life.stage.proxy.is_none() {
        eprintln!("no proxy can stand before a socket: run by tests/run");
        return;
    }
    // It restarts: every connection ends, and for a while nobody is let in.
    life.hour_with(async |stage| {
        let proxy = stage.proxy.as_ref().expect("there");
        proxy.set(Line::Refused);
        on_server(stage, &[END_ALL]).await;
        a_while().await;
        proxy.set(Line::Open);
    })
    .await;
    // It stalls.
    life.hour_with(async |stage| {
        let proxy = stage.proxy.as_ref().expect("there");
        proxy.set(Line::Stalled);
        a_while().await;
        proxy.set(Line::Open);
    })
    .await;
    // It may only be read, as one that was promoted away from.
    life.hour_with(async |stage| {
        read_only_for_a_while(stage).await;
    })
    .await;
    // It has no connection left.
    life.hour_with(async |stage| {
        let proxy = stage.proxy.as_ref().expect("there");
        proxy.set(Line::Full);
        proxy.cut();
        a_while().await;
        proxy.set(Line::Open);
    })
    .await;
    // Its disk is full: a trigger says what the server would, wherever a step is written down.
    life.hour_with(async |stage| {
        on_server(stage, FILL).await;
        a_while().await;
        on_server(stage, &["drop trigger no_room on ledger"]).await;
    })
    .await;
    life.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_another_process_locks_is_waited_for() {
    let mut life = Life::begin(Engine::Sqlite, 6).await;
    life.hour_with(async |stage| {
        let url = stage.world.app.settings.database_url.reveal();
        let mut other = SqliteConnection::connect(url).await.expect("it opens");
        other.execute("pragma busy_timeout = 10000").await.expect("patience");
        other.execute("begin immediate").await.expect("the lock");
        a_while().await;
        other.execute("rollback").await.expect("it ends");
    })
    .await;
    life.end().await;
}

/// A file system in memory that ends with the test.
struct Small(tempfile::TempDir);

impl Small {
    /// `None`: mounting isn't ours to do.
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=24m", "tmpfs"]).arg(folder.path()).output();
        mounted.is_ok_and(|output| output.status.success()).then(|| Self(folder))
    }

    /// Takes all the room that is left.
    fn fill(&self) {
        let _ = Command::new("dd").args(["if=/dev/zero", "bs=4096"]).arg(format!("of={}", self.ballast())).output();
    }

    fn ballast(&self) -> String {
        self.0.path().join("ballast").display().to_string()
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).output();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_under_a_file_loses_and_repeats_nothing() {
    let Some(small) = Small::mount() else {
        eprintln!("a disk can't be mounted here: only `a_file_that_may_not_grow` tells what a full one does");
        return;
    };
    let stage = Stage::set_in(Engine::Sqlite, SETUP, Some(small.0.path())).await;
    let mut life = Life::on(stage, 7).await;
    life.hour_with(async |_| {
        small.fill();
        a_while().await;
        std::fs::remove_file(small.ballast()).expect("room again");
    })
    .await;
    life.end().await;
}

/// What all replicas of this stage have said.
fn logs(stage: &Stage) -> String {
    let files =
        std::fs::read_dir(stage.world.folder()).expect("the folder").filter_map(|entry| Some(entry.ok()?.path()));
    let logs = files.filter(|file| file.extension().is_some_and(|ending| ending == "log"));
    logs.map(|file| std::fs::read_to_string(file).unwrap_or_default()).collect()
}

/// The ops listeners of all that run, and what they say of themselves.
async fn readiness(logs: &str) -> Vec<String> {
    let ports = logs.lines().filter(|line| line.contains("callbrief runs")).filter_map(|line| {
        let (_, rest) = line.split_once("ops=127.0.0.1:")?;
        rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<u16>().ok()
    });
    let mut said = Vec::new();
    for port in ports {
        said.push(crate::web::ask(([127, 0, 0, 1], port).into(), "GET /readyz").await);
    }
    said
}

/// As when the kernel finds a fault of the disk: whoever has the file open can't write it any more. A file system can't be made
/// so under a process that writes; a library before the program's own says what the kernel would.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_can_t_be_written_for_a_while_loses_and_repeats_nothing() {
    let stage = Stage::set(Engine::Sqlite, SETUP).await;
    let library = stage.world.folder().join(READ_ONLY_LIBRARY);
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/chaos/read_only.c");
    let made = Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&library).arg(source).output();
    let made = made.expect("cc makes a library for this test; install gcc");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let mut life = Life::on(stage, 9).await;
    life.hour_with(async |stage| {
        let flag = stage.world.folder().join(READ_ONLY);
        std::fs::write(&flag, "").expect("from now on");
        // Something that has to be written down.
        script::standing(stage, Status::Active).await;
        let begun = std::time::Instant::now();
        while !logs(stage).contains("nothing is done until the database is back") {
            assert!(begun.elapsed() < Duration::from_secs(60), "nobody says it: {}", logs(stage));
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let said = readiness(&logs(stage)).await;
        let is_said = |answer: &&String| answer.starts_with("HTTP/1.1 503") && answer.contains("world.db");
        assert!(said.iter().filter(is_said).count() > 0, "{said:?}");
        std::fs::remove_file(flag).expect("from now on not");
    })
    .await;
    life.hour_with(async |_| ()).await;
    life.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_may_not_grow_sends_everything_once_it_may() {
    let world = World::new(Engine::Sqlite).await;
    flow::acme(&world).await;
    world.set(DUE);
    let pages = world.number("select page_count from pragma_page_count").await;
    for more in [0, 1, 2, 4, 8, 16, 100_000] {
        world.execute(&format!("pragma max_page_count = {}", pages + more)).await;
        // What fails for want of room is tried again.
        let _ = callbrief::jobs::tick(&world.app).await;
    }
    assert_eq!(world.outbox().len(), 4);
    assert_eq!(world.number("select count(*) from deliveries where kind = 'report' and state = 'accepted'").await, 4);
}

/// A structure that a later version made: columns in the tables that are written most, and a table of its own.
async fn a_later_structure(stage: &Stage) {
    let tables = [
        "projects",
        "contacts",
        "schedules",
        "runs",
        "notices",
        "variants",
        "deliveries",
        "ledger",
        "lanes",
        "episodes",
        "balances",
        "evaluations",
    ];
    for table in tables {
        stage.world.execute(&format!("alter table {table} add column of_a_later_version text")).await;
    }
    stage.world.execute("create table of_a_later_version (id bigint primary key)").await;
    let made = match stage.world.engine {
        Engine::Sqlite => "x'00'",
        Engine::Postgres => "'\\x00'",
    };
    let insert = "insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (9999, 'later', true";
    stage.world.execute(&format!("{insert}, {made}, 0)")).await;
}

async fn an_old_program_beside_a_new_structure(engine: Engine) {
    let mut life = Life::begin(engine, 8).await;
    // While it is at work, and one that starts on it.
    life.hour_with(a_later_structure).await;
    life.hour_with(async |_| ()).await;
    life.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_program_goes_on_beside_a_new_structure_on_sqlite() {
    an_old_program_beside_a_new_structure(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_program_goes_on_beside_a_new_structure_on_postgres() {
    an_old_program_beside_a_new_structure(Engine::Postgres).await;
}

/// Several that start for the first time at one moment, on a database where nothing is yet.
async fn first_starts(url: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = format!(
        "database_url = \"{url}\"\n[listen]\npublic = \"127.0.0.1:0\"\nops = \"127.0.0.1:0\"\n[work]\npoll = \"50ms\"\n"
    );
    std::fs::write(folder.path().join("callbrief.toml"), settings).expect("settings");
    std::fs::write(folder.path().join("now"), "2026-11-16T06:00:00Z").expect("a clock");
    let start = |n| Replica::start(folder.path(), &format!("first-{n}"), None);
    let mut replicas: Vec<Replica> = (0..3).map(start).collect();
    for replica in &mut replicas {
        replica.is_up().await;
        replica.terminate();
        let ended = replica.end(Duration::from_secs(60)).await;
        assert!(ended.success(), "{ended}: {}", replica.log());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn first_starts_race_on_an_empty_file() {
    let folder = tempfile::tempdir().expect("a folder");
    first_starts(&format!("sqlite://{}", Path::join(folder.path(), "new.db").display())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn first_starts_race_on_an_empty_postgres() {
    first_starts(&postgres::new_database().await).await;
}
