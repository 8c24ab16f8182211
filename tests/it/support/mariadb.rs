//! A private MariaDB server for this test binary: made on first use, on a free port and in a fresh folder, and gone with the
//! process however that ends, by a shell that waits for the end of its standard input.

use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection, Executor, MySqlConnection};
use tokio::sync::OnceCell;

use super::installed::{is_root, program};
use crate::program::free_port;

const HOW_TO_INSTALL: &str = "MariaDB's server programs (mariadbd, mariadb-install-db) weren't found on PATH or in /usr/sbin. \
                              Install them with: apt-get install mariadb-server-core mariadb-client-core";

struct Server {
    port: u16,
    _stdin: ChildStdin,
    _watch: Child,
}

static SERVER: OnceCell<Server> = OnceCell::const_new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// Starts the server, waits for the end of standard input, stops the server and cleans up.
const WATCH: &str = r#"
"$1" --no-defaults $4 --datadir="$2/data" --socket="$2/socket" --port="$3" --bind-address=127.0.0.1 --skip-name-resolve \
  --pid-file="$2/pid" --innodb-log-file-size=8M --innodb-buffer-pool-size=16M --innodb-flush-log-at-trx-commit=0 \
  --default-time-zone=-03:00 >"$2/log" 2>&1 </dev/null &
server=$!
read -r _
kill -TERM "$server"
wait "$server"
rm -rf "$2"
"#;

/// A new, empty database, and the address under which its owner finds it; the password is `owner's`.
pub async fn new_database() -> String {
    let server = SERVER.get_or_init(start).await;
    let name = format!("billing_{}", DATABASES.fetch_add(1, Ordering::SeqCst));
    let mut root = connect(server.port, "").await.expect("the test server takes connections");
    for statement in [
        format!("create database {name} character set utf8mb4"),
        format!("create user {name}@'%' identified by 'owner''s'"),
        format!("grant all on {name}.* to {name}@'%'"),
    ] {
        root.execute(AssertSqlSafe(statement)).await.expect("it is made");
    }
    format!("mysql://{name}:owner%27s@127.0.0.1:{}/{name}", server.port)
}

async fn connect(port: u16, database: &str) -> Result<MySqlConnection, sqlx::Error> {
    MySqlConnection::connect(&format!("mysql://root@127.0.0.1:{port}/{database}")).await
}

/// A port that was free may be taken a moment later: then another one.
async fn start() -> Server {
    let found = |name| program(name, HOW_TO_INSTALL);
    let (server, install) = (found("mariadbd"), found("mariadb-install-db"));
    let mut log = String::new();
    for _ in 0..3 {
        let folder = tempfile::Builder::new().prefix("callbrief-mariadb-").tempdir().expect("a folder").keep();
        // Root has to say that it means it.
        let user = if is_root() { "--user=root" } else { "" };
        let made = Command::new(&install)
            .args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"])
            .args(["--innodb-log-file-size=8M", "--innodb-flush-log-at-trx-commit=0"])
            .arg(format!("--datadir={}", folder.join("data").display()))
            .args(Some(user).filter(|user| !user.is_empty()))
            .output()
            .expect("mariadb-install-db runs");
        assert!(made.status.success(), "mariadb-install-db failed: {}", String::from_utf8_lossy(&made.stderr));
        let port = free_port();
        let mut watch = Command::new("/bin/sh")
            .args(["-c", WATCH, "watch"])
            .arg(&server)
            .arg(&folder)
            .args([port.to_string().as_str(), user])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("sh runs");
        let stdin = watch.stdin.take().expect("piped");
        let started = Server { port, _stdin: stdin, _watch: watch };
        for _ in 0..1_200 {
            if connect(port, "").await.is_ok() {
                return started;
            }
            log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
            if log.contains("Aborting") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    panic!("the test server doesn't answer:\n{log}");
}
