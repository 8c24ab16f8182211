//! Several processes that start at the same moment on a database where nothing is yet.

use std::process::{Command, Output, Stdio};

use callbrief::store::Store;

use crate::support::postgres;

const PROCESSES: usize = 6;

fn start_together(url: &str, folder: &std::path::Path) -> Vec<Output> {
    let start = |_| {
        Command::new(env!("CARGO_BIN_EXE_callbrief"))
            .args(["--database", url, "migrate"])
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts")
    };
    let children: Vec<_> = (0..PROCESSES).map(start).collect();
    children.into_iter().map(|child| child.wait_with_output().expect("it ends")).collect()
}

fn assert_all_well(outputs: &[Output]) {
    for output in outputs {
        assert!(output.status.success(), "{}{}", output.status, String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn processes_that_start_together_share_an_empty_file() {
    for _ in 0..20 {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("new.db").display());
        assert_all_well(&start_together(&url, folder.path()));
        assert!(folder.path().join("new.db").exists());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_start_together_share_an_empty_postgres() {
    let url = postgres::new_database().await;
    let folder = tempfile::tempdir().expect("a folder");
    assert_all_well(&start_together(&url, folder.path()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_structure_from_the_future_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}", folder.path().join("new.db").display());
    let store = Store::open(&url).await.expect("it opens");
    store.migrate().await.expect("it is made");
    let mut session = store.write().await.expect("a connection");
    let callbrief::store::On::Sqlite(connection) = session.on() else { panic!("this is SQLite") };
    sqlx::query("insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (9999, 'later', true, x'00', 0)")
        .execute(connection)
        .await
        .expect("a migration that we don't know");
    session.commit().await.expect("kept");
    store.migrate().await.expect("an older program still starts");
}

/// On a full disk SQLite ends a transaction by itself, and sqlx doesn't know; here a conflict that says `or rollback` does the
/// same. The next transaction finds a connection on which nothing hangs.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_transaction_that_sqlite_ended_by_itself_writing_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}", folder.path().join("new.db").display());
    let store = Store::open(&url).await.expect("it opens");
    store.migrate().await.expect("it is made");
    for round in 0..3 {
        let mut session = store.write().await.unwrap_or_else(|error| panic!("round {round}: {error}"));
        let callbrief::store::On::Sqlite(connection) = session.on() else { panic!("this is SQLite") };
        let insert = "insert or rollback into meta (name, value) values ('one', 'more')";
        sqlx::query(insert).execute(&mut *connection).await.expect("the first is taken");
        sqlx::query(insert).execute(&mut *connection).await.expect_err("the second conflicts");
    }
    let mut session = store.write().await.expect("a connection");
    let callbrief::store::On::Sqlite(connection) = session.on() else { panic!("this is SQLite") };
    sqlx::query("insert into meta (name, value) values ('one', 'more')")
        .execute(connection)
        .await
        .expect("not there yet");
    session.commit().await.expect("kept");
}

/// Neither database is touched when another program's tables stand in it: ours would be in their way.
#[tokio::test(flavor = "multi_thread")]
async fn another_program_s_database_is_left_alone() {
    use sqlx::{Connection, PgConnection, SqliteConnection};
    const THEIRS: &str =
        "create table orders (id integer); create table _sqlx_migrations (version bigint, description text)";
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("theirs.db");
    let on_file = format!("sqlite://{}", file.display());
    let mut theirs = SqliteConnection::connect(&format!("{on_file}?mode=rwc")).await.expect("it opens");
    sqlx::raw_sql(THEIRS).execute(&mut theirs).await.expect("their tables");
    theirs.close().await.expect("closed");
    let on_server = postgres::new_database().await;
    let mut theirs = PgConnection::connect(&on_server).await.expect("it opens");
    sqlx::raw_sql(THEIRS).execute(&mut theirs).await.expect("their tables");
    for url in [on_file, on_server] {
        let before = std::fs::read(&file).expect("theirs");
        let output = Command::new(env!("CARGO_BIN_EXE_callbrief"))
            .args(["--database", &url, "migrate"])
            .current_dir(folder.path())
            .output()
            .expect("the program starts");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains("belongs to another program"), "{said}");
        assert!(said.contains("holds orders, and nothing of ours") && said.contains("`database_url`"), "{said}");
        assert_eq!(before, std::fs::read(&file).expect("theirs"), "a file of theirs was written to");
    }
}
