//! A private PostgreSQL server for this test binary: made on first use, on a socket of its own in a fresh folder, and
//! gone with the process however that ends. A shell sits between us and the server: when our end of its standard
//! input closes, it stops the server it started (by id) and removes the folder.
//!
//! Where TEST_POSTGRES_URL names a server (`tests/run` starts one for all test processes), that one is used instead.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::installed::is_root;

const HOW_TO_INSTALL: &str = "PostgreSQL's server programs (initdb, postgres) weren't found on PATH or under /usr/lib/postgresql. \
                              Install them with: apt-get install postgresql";

struct Server {
    folder: PathBuf,
    /// Held open as long as the process lives; see [`WATCH`].
    _stdin: ChildStdin,
    _watch: Child,
}

static SERVER: OnceLock<Server> = OnceLock::new();
static PROCESS: OnceLock<u64> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// Starts the server, waits for the end of standard input, stops the server and cleans up.
const WATCH: &str = r#"
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c full_page_writes=off -c synchronous_commit=off \
  -c max_connections=200 -c shared_buffers=32MB -c logging_collector=off >"$2/log" 2>&1 </dev/null &
server=$!
read -r _
kill -INT "$server"
wait "$server"
rm -rf "$2"
"#;

/// The address of a new, empty database.
pub async fn new_database() -> String {
    if let Some(shared) = std::env::var_os("TEST_POSTGRES_URL") {
        return new_database_on(shared.to_str().expect("TEST_POSTGRES_URL is UTF-8")).await;
    }
    let server = SERVER.get_or_init(start);
    let name = format!("world_{}", DATABASES.fetch_add(1, Ordering::SeqCst));
    let admin = connect(server, "postgres").await;
    sqlx::query(sqlx::AssertSqlSafe(format!("create database {name}")))
        .execute(&admin)
        .await
        .expect("a database is made");
    admin.close().await;
    address(server, &name)
}

/// The same on a server that somebody else started and will throw away.
async fn new_database_on(server: &str) -> String {
    // Not by its number, which another process had before it: crash tests use those up quickly.
    let process = PROCESS.get_or_init(|| RandomState::new().build_hasher().finish());
    let name = format!("world_{process:016x}_{}", DATABASES.fetch_add(1, Ordering::SeqCst));
    let admin = sqlx::PgPool::connect(server).await.expect("the server of TEST_POSTGRES_URL takes connections");
    sqlx::query(sqlx::AssertSqlSafe(format!("create database {name}")))
        .execute(&admin)
        .await
        .expect("a database is made");
    admin.close().await;
    let (before, _) = server.rsplit_once('/').expect("TEST_POSTGRES_URL ends with a database's name");
    format!("{before}/{name}")
}

fn address(server: &Server, database: &str) -> String {
    format!("postgres://postgres@localhost/{database}?host={}", server.folder.display())
}

/// Waits until the server takes connections.
async fn connect(server: &Server, database: &str) -> sqlx::PgPool {
    let mut last = None;
    for _ in 0..400 {
        match sqlx::PgPool::connect(&address(server, database)).await {
            Ok(pool) => return pool,
            Err(error) => last = Some(error),
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let log = std::fs::read_to_string(server.folder.join("log")).unwrap_or_default();
    panic!("the test server doesn't answer: {last:?}\n{log}");
}

fn start() -> Server {
    let programs = programs();
    let folder = tempfile::Builder::new().prefix("callbrief-pg-").tempdir().expect("a folder").keep();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).expect("permissions");
    let owner = unprivileged();
    if let Some((uid, gid)) = owner {
        chown(&folder, Some(uid), Some(gid)).expect("the folder is given to the server's user");
    }
    let as_owner = |program: &Path| {
        let mut command = Command::new(program);
        if let Some((uid, gid)) = owner {
            command.uid(uid).gid(gid);
        }
        command.current_dir(&folder).env("LC_ALL", "C");
        command
    };
    let template = template();
    if template.exists() {
        let copied = Command::new("cp").arg("-a").arg(&template).arg(folder.join("data")).status().expect("cp runs");
        assert!(copied.success(), "the template of the test server can't be copied");
    } else {
        let made = as_owner(&programs.join("initdb"))
            .args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync", "-D", "data"])
            .output()
            .expect("initdb runs");
        assert!(made.status.success(), "initdb failed: {}", String::from_utf8_lossy(&made.stderr));
        keep_template(&folder.join("data"), &template);
    }
    let mut watch = as_owner(Path::new("/bin/sh"))
        .args(["-c", WATCH, "watch"])
        .arg(&programs)
        .arg(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("sh runs");
    let stdin = watch.stdin.take().expect("piped");
    Server { folder, _stdin: stdin, _watch: watch }
}

/// Where an initialised, never started data folder is kept between runs.
fn template() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("postgres-template")
}

/// Keeps a copy for the next process. Whoever is first wins; a failure costs nothing but a second.
fn keep_template(data: &Path, template: &Path) {
    let partial = template.with_extension(std::process::id().to_string());
    let copied = Command::new("cp").arg("-a").arg(data).arg(&partial).status();
    if !copied.is_ok_and(|status| status.success()) || std::fs::rename(&partial, template).is_err() {
        let _ = std::fs::remove_dir_all(&partial);
    }
}

/// PostgreSQL refuses to run as root: the user `postgres` then, as installed with it.
fn unprivileged() -> Option<(u32, u32)> {
    if !is_root() {
        return None;
    }
    let users = std::fs::read_to_string("/etc/passwd").expect("/etc/passwd can be read");
    let line = users.lines().find(|line| line.starts_with("postgres:"));
    let fields: Vec<_> = line.unwrap_or_else(|| panic!("{HOW_TO_INSTALL}")).split(':').collect();
    Some((fields[2].parse().expect("a user id"), fields[3].parse().expect("a group id")))
}

/// The folder of `initdb` and `postgres`: the newest that Debian installed, else wherever PATH leads.
fn programs() -> PathBuf {
    let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    found.sort();
    let on_path =
        std::env::var_os("PATH").into_iter().flat_map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    found
        .into_iter()
        .rev()
        .map(|(_, folder)| folder)
        .chain(on_path)
        .find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
        .unwrap_or_else(|| panic!("{HOW_TO_INSTALL}"))
}
