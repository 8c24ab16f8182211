//! Databases that can be read and not written for a while, under a process that runs: it says so, and goes on by itself when
//! they can be written again. And a file that several processes share: none takes its log from under another.

use std::path::Path;
use std::process::Command;

use callbrief::jobs;
use callbrief::store::{On, Store, StoreError};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use crate::flow::{self, DUE};
use crate::program::{command, settings};
use crate::support::{Engine, World};
use crate::web::{Site, ask};

const REPORTS: usize = 4;

async fn readiness(site: &Site) -> String {
    ask(site.ops, "GET /readyz").await
}

/// Everything goes out once, at the latest when it is tried for the second time.
async fn goes_on(world: &World, site: &Site) {
    for _ in 0..2 {
        let _ = jobs::tick(&world.app).await;
    }
    assert_eq!(world.outbox().len(), REPORTS, "everybody has their report once");
    let states = "select distinct state from deliveries where kind = 'report'";
    assert_eq!(world.texts(states).await, ["accepted"]);
    assert_eq!(world.texts("select distinct state from runs").await, ["built"]);
    let answer = readiness(site).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

/// Whether a write came about, on a connection of the pool.
async fn written(store: &Store) -> Result<(), String> {
    let mut session = store.write().await.map_err(|error| error.to_string())?;
    let sql = "update projects set name = name";
    match session.on() {
        On::Sqlite(on) => on.execute(sql).await.map(|_| ()),
        On::Postgres(on) => on.execute(sql).await.map(|_| ()),
    }
    .map_err(|error| StoreError::from(error).to_string())?;
    session.commit().await.map_err(|error| error.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_may_be_written_again_is_written_again() {
    let world = World::new(Engine::Postgres).await;
    flow::acme(&world).await;
    let site = Site::of(&world).await;
    world.set(DUE);
    let url = world.app.settings.database_url.reveal();
    let mut other = PgConnection::connect(url).await.expect("it answers");
    let current: String = sqlx::query_scalar("select current_database()").fetch_one(&mut other).await.expect("a name");
    let set =
        |value: &str| AssertSqlSafe(format!("alter database {current} set default_transaction_read_only = {value}"));
    other.execute(set("on")).await.expect("it is set");
    other
        .execute(
            "select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid()",
        )
        .await
        .expect("everybody is sent away");
    // Connections that are opened now keep that for as long as they live.
    let begun = std::time::Instant::now();
    while !written(&world.app.store).await.is_err_and(|said| said.contains("read-only")) {
        assert!(begun.elapsed() < std::time::Duration::from_secs(30), "it is written all the same");
    }
    for _ in 0..3 {
        let said = written(&world.app.store).await.expect_err("it may only be read");
        assert!(said.contains("read-only") || said.contains("may only be read"), "{said}");
    }
    assert!(jobs::tick(&world.app).await.is_err());
    let answer = readiness(&site).await;
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("may only be read: it is a standby"), "{answer}");
    assert_eq!(world.outbox().len(), 0);
    // Nobody ends anything now.
    other.execute("set session characteristics as transaction read write").await.expect("for this session");
    other.execute(set("off")).await.expect("it is set");
    let _ = written(&world.app.store).await;
    for _ in 0..20 {
        written(&world.app.store).await.expect("what was opened before isn't lent any more");
    }
    goes_on(&world, &site).await;
    site.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_opened_a_file_to_be_read_is_not_kept() {
    let world = World::new(Engine::Sqlite).await;
    flow::acme(&world).await;
    let site = Site::of(&world).await;
    world.set(DUE);
    let mut session = world.app.store.write().await.expect("a connection");
    // As one that was opened while the file couldn't be written.
    if let On::Sqlite(on) = session.on() {
        on.execute("pragma query_only = on").await.expect("it is set");
    }
    drop(session);
    let said = written(&world.app.store).await.expect_err("it may only be read");
    assert!(said.contains("readonly") || said.contains("not written"), "{said}");
    written(&world.app.store).await.expect("another connection may");
    goes_on(&world, &site).await;
    site.end().await;
}

/// A folder that is covered by itself, to be read only.
struct Covered<'a>(&'a Path);

impl<'a> Covered<'a> {
    /// `None`: mounting isn't ours to do.
    fn by_itself(folder: &'a Path) -> Option<Self> {
        let mount = |args: &[&str]| {
            let done = Command::new("mount").args(args).arg(folder).output();
            done.is_ok_and(|output| output.status.success())
        };
        let covered = mount(&["--bind", &folder.display().to_string()]).then_some(Self(folder))?;
        mount(&["-o", "remount,bind,ro"]).then_some(covered)
    }
}

impl Drop for Covered<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).output();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_may_only_be_read_is_said_by_readiness() {
    let world = World::new(Engine::Sqlite).await;
    flow::acme(&world).await;
    let site = Site::of(&world).await;
    world.set(DUE);
    let Some(covered) = Covered::by_itself(world.folder()) else {
        eprintln!("nothing can be mounted here: only `chaos::faults` tells what a file does that can't be written");
        world.settle().await;
        return;
    };
    let answer = readiness(&site).await;
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("can be read and not written"), "{answer}");
    let said = written(&world.app.store).await.expect_err("it may only be read");
    assert!(said.contains("can be read and not written"), "{said}");
    // One that opens it in the meantime opens it to be read.
    let late = Store::open(world.app.settings.database_url.reveal()).await.expect("it can be read");
    assert!(late.schedules().await.is_ok_and(|all| all.len() == 1));
    drop(covered);
    let first = written(&late).await;
    written(&late).await.unwrap_or_else(|error| panic!("it is opened anew: {error}, after {first:?}"));
    late.close().await;
    goes_on(&world, &site).await;
    site.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_starts_on_a_file_that_may_only_be_read_says_so_and_ends() {
    let world = World::new(Engine::Sqlite).await;
    let Some(covered) = Covered::by_itself(world.folder()) else {
        return eprintln!("nothing can be mounted here, so no file is on a disk that may only be read");
    };
    for command in ["serve", "tick"] {
        let output = Command::new("timeout")
            .args([
                "30",
                env!("CARGO_BIN_EXE_callbrief"),
                "--database",
                world.app.settings.database_url.reveal(),
                command,
            ])
            .env("CALLBRIEF_MAIL_FROM_ADDRESS", "reports@acme.example")
            .output()
            .expect("the program starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{command}: {said}");
        let why = "world.db can be read and not written: the user who runs Callbrief needs to write to the file and to its folder";
        assert!(said.contains(why), "{said}");
    }
    drop(covered);
}

/// SQLite's log beside the file of this world.
fn log(world: &World) -> std::path::PathBuf {
    world.folder().join("world.db-wal")
}

#[tokio::test(flavor = "multi_thread")]
async fn another_process_that_comes_and_goes_leaves_the_log_of_who_stays() {
    let world = World::new(Engine::Sqlite).await;
    flow::acme(&world).await;
    settings(&world, 0);
    let site = Site::of(&world).await;
    let now = "2026-11-16T09:00:00Z";
    let by_another = |sql: &str| {
        let script = "import sqlite3, sys\nc = sqlite3.connect(sys.argv[1], isolation_level=None)\n\
                      print(c.execute(sys.argv[2]).fetchall())\nc.close()";
        let file = world.folder().join("world.db").display().to_string();
        let output = Command::new("python3").args(["-c", script, &file, sql]).output().expect("python3 runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    for round in 0..3 {
        // Whatever looks at the file here must not give up the locks that we hold on it.
        let answer = readiness(&site).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(by_another("update projects set name = 'theirs' returning name").contains("theirs"));
        assert!(command(&world, now, &["list", "projects"]).output().expect("it runs").status.success());
        assert!(log(&world).exists(), "round {round}: the log we write to was removed");
        world.execute(&format!("update projects set name = 'ours {round}'")).await;
        let seen = by_another("select name from projects");
        assert!(seen.contains(&format!("ours {round}")), "what we wrote is there for others: {seen}");
    }
    site.end().await;
    world.app.store.close().await;
}
