//! Why a database can't be used, in one line for people: which one (a server's host, port and database, or a file; never a
//! password), what is wrong with it, and what to do.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, AtFlags, CWD, accessat};
use rustix::io::Errno;
use sqlx::postgres::PgConnectOptions;

use super::StoreError;
use super::structure::Strangers;

/// Where a database is.
#[derive(Clone, Debug)]
pub(super) enum Place {
    File(PathBuf),
    Server {
        /// `db.acme.example:5432`, or the folder of a socket.
        host: String,
        database: String,
        user: String,
    },
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(file) => write!(f, "{}", file.display()),
            Self::Server { host, database, .. } => write!(f, "{host}/{database}"),
        }
    }
}

impl Place {
    /// A file, from the root on.
    pub(super) fn file(file: &Path) -> Self {
        Self::File(std::path::absolute(file).unwrap_or_else(|_| file.to_owned()))
    }

    /// What a server's address names.
    pub(super) fn server(options: &PgConnectOptions) -> Self {
        let host = match options.get_socket() {
            Some(folder) => format!("the socket in {}, ", folder.display()),
            None if options.get_host().starts_with('/') => format!("the socket in {}, ", options.get_host()),
            None => format!("{}:{}", options.get_host(), options.get_port()),
        };
        let user = options.get_username().to_owned();
        Self::Server { host, database: options.get_database().unwrap_or(&user).to_owned(), user }
    }

    /// The driver's error with this place and a way out; what says all that already stays as it is.
    pub(super) fn explain(&self, error: impl Into<StoreError>) -> StoreError {
        let error = match error.into() {
            StoreError::Sql(error) => error,
            StoreError::Migrate(sqlx::migrate::MigrateError::Execute(error)) => error,
            other => return other,
        };
        let said = match self {
            Self::File(file) => of_file(file, &error),
            Self::Server { host, database, user } => self.of_server((host, database, user), &error),
        };
        StoreError::Unusable { said, error }
    }

    /// What a database that may only be read says to whoever wants to write.
    pub(super) fn read_only(&self) -> StoreError {
        StoreError::ReadOnly(match self {
            Self::File(file) => unwritable(file),
            Self::Server { .. } => self.only_read(),
        })
    }

    fn only_read(&self) -> String {
        format!(
            "the database {self} may only be read: it is a standby, or `default_transaction_read_only` is on there. What is \
             due is done once it can be written"
        )
    }

    /// What a place says that holds another program's tables: ours among them would be in its way, and its in ours.
    pub(super) fn taken(&self, tables: &Strangers) -> StoreError {
        let said = match self {
            Self::File(file) => format!(
                "{} belongs to another program: it holds {tables}, and nothing of ours. Name another file in \
                 `database_url`; where there is none yet, one is made",
                file.display()
            ),
            Self::Server { .. } => format!(
                "the database {self} belongs to another program: its schema holds {tables}, and nothing of ours. Give \
                 Callbrief a database of its own, or a schema (`?options=-csearch_path%3Dcallbrief` in `database_url`)"
            ),
        };
        StoreError::Unusable { said, error: sqlx::Error::InvalidArgument("another program's".to_owned()) }
    }

    /// What a file says that is on a network disk.
    pub(super) fn on_network(&self, kind: &str) -> StoreError {
        let said = format!(
            "the database {self} is on a network disk ({kind}), where SQLite's locks and shared memory don't hold: it would break \
             one day. Put it on a disk of this machine, or use Postgres; `database_url` says where it is"
        );
        StoreError::Unusable { said, error: sqlx::Error::InvalidArgument("network disk".to_owned()) }
    }

    /// The same for a server that said nothing at all.
    pub(super) fn silent(&self, seconds: u64) -> StoreError {
        let said = format!(
            "the database {self} can't be reached: it gave no answer in {seconds} s. Are host and port in `database_url` \
             right, and does every firewall between let us through?"
        );
        StoreError::Unusable { said, error: sqlx::Error::PoolTimedOut }
    }

    fn of_server(&self, (host, database, user): (&str, &str, &str), error: &sqlx::Error) -> String {
        let unreached = |why: &str| format!("the database {self} can't be reached: {why}");
        match error {
            sqlx::Error::Io(error) => match error.kind() {
                ErrorKind::ConnectionRefused => unreached(
                    "nobody listens there (connection refused). Is the server running, and are host and port in \
                     `database_url` right?",
                ),
                ErrorKind::NotFound => unreached("there is no such socket. Is the server running?"),
                ErrorKind::PermissionDenied => unreached("this user may not use the socket (permission denied)"),
                _ if error.to_string().contains("lookup") => {
                    unreached("nobody knows a host of this name. Is it right in `database_url`?")
                }
                _ => unreached(&format!("{error}")),
            },
            sqlx::Error::PoolTimedOut => unreached("it gave no connection in time"),
            sqlx::Error::PoolClosed => format!("the database {self} was closed: this process is stopping"),
            sqlx::Error::Tls(error) => unreached(&format!(
                "no encrypted connection came about ({error}); `sslmode` in the address says what is asked for"
            )),
            sqlx::Error::Database(told) => match told.code().as_deref() {
                Some("28P01") => format!(
                    "the database {self} refuses the user `{user}`: the password is wrong or missing. Correct \
                     `database_url`, or the secret that it comes from"
                ),
                Some("28000") => format!(
                    "the database {self} refuses the user `{user}`: {}. Correct the user in `database_url`, or let it in \
                     there",
                    told.message()
                ),
                Some("3D000") => format!(
                    "there is no database `{database}` on {}. Make it there (`createdb {database}`), or correct \
                     `database_url`",
                    host.trim_end_matches(", ")
                ),
                Some("42501") => format!(
                    "the user `{user}` has too few rights in the database {self}: {}. Make it the database's owner, or \
                     grant it what is missing",
                    told.message()
                ),
                Some("25006") => self.only_read(),
                Some("57P03") => unreached("it is starting or stopping just now"),
                _ => format!("the database {self} can't be used: {}", told.message()),
            },
            error => format!("the database {self} can't be used: {error}"),
        }
    }
}

/// Whether a file is there and may not be written. SQLite opens it all the same, to be read.
pub(super) fn is_read_only(file: &Path) -> bool {
    may(file, Access::WRITE_OK).is_err_and(|why| matches!(why, Errno::ACCESS | Errno::PERM | Errno::ROFS))
}

/// Asks the file system without opening the file. To open a database's file and close it again ends every lock that this
/// process has on it, SQLite's too (POSIX); then another process takes itself for the last one that has the database open, and
/// on its way out removes the log that we go on writing to.
fn may(file: &Path, access: Access) -> Result<(), Errno> {
    accessat(CWD, file, access, AtFlags::EACCESS)
}

/// SQLite's primary result codes.
const READ_ONLY: u32 = 8;
const NOT_READ_OR_WRITTEN: u32 = 10;
const DAMAGED: u32 = 11;
const CANNOT_OPEN: u32 = 14;
const NOT_A_DATABASE: u32 = 26;

/// The primary one of SQLite's extended result codes.
fn primary(error: &sqlx::Error) -> Option<u32> {
    let sqlx::Error::Database(error) = error else { return None };
    error.code()?.parse::<u32>().ok().map(|code| code & 0xff)
}

fn of_file(file: &Path, error: &sqlx::Error) -> String {
    let shown = file.display();
    match primary(error) {
        Some(NOT_A_DATABASE) => format!(
            "{shown} is no SQLite database. Name another file in `database_url`; where there is none yet, one is made"
        ),
        Some(READ_ONLY) => unwritable(file),
        Some(NOT_READ_OR_WRITTEN) => format!(
            "the database {shown} can't be read or written ({error}): is its disk there and in order, and not mounted to be only \
             read?"
        ),
        Some(DAMAGED) => format!("the database {shown} is damaged ({error}). Bring back a backup"),
        Some(CANNOT_OPEN) => format!("the database {shown} can't be opened: {}", unopened(file, error)),
        _ => format!("the database {shown} can't be used: {error}"),
    }
}

fn unwritable(file: &Path) -> String {
    format!(
        "the database {} can be read and not written: the user who runs Callbrief needs to write to the file and to its \
         folder {}",
        file.display(),
        file.parent().unwrap_or(Path::new("/")).display(),
    )
}

/// SQLite says no more than that it can't; the file system knows why.
fn unopened(file: &Path, error: &sqlx::Error) -> String {
    let folder = file.parent().unwrap_or(Path::new("/"));
    if file.is_dir() {
        return "it is a folder. Name a file in `database_url`".to_owned();
    }
    match std::fs::metadata(folder) {
        Err(why) if why.kind() == ErrorKind::NotFound => {
            return format!("there is no folder {}. Make it, or correct `database_url`", folder.display());
        }
        Err(why) => return format!("its folder {} can't be looked into: {why}", folder.display()),
        Ok(there) if !there.is_dir() => return format!("{} is no folder. Correct `database_url`", folder.display()),
        Ok(_) => {}
    }
    match may(file, Access::READ_OK | Access::WRITE_OK).map_err(std::io::Error::from) {
        Err(why) if why.kind() == ErrorKind::NotFound => format!(
            "it isn't there, and none can be made in {}. The user who runs Callbrief needs to write to that folder",
            folder.display()
        ),
        Err(why) => format!("{why}. The user who runs Callbrief needs to read and write it"),
        Ok(()) => format!("{error}"),
    }
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use super::*;
    use crate::store::Store;

    #[test]
    fn a_server_is_named_without_its_password() {
        let place = |url: &str| Place::server(&PgConnectOptions::from_str(url).expect("an address")).to_string();
        assert_eq!(place("postgres://me:secret@db.acme.example:5433/calls"), "db.acme.example:5433/calls");
        assert_eq!(place("postgres://me@localhost/calls?host=/run/pg"), "the socket in /run/pg, /calls");
    }

    async fn said(file: &Path) -> String {
        let opened = Store::open(&format!("sqlite://{}", file.display())).await;
        opened.err().map_or_else(|| "it opened".to_owned(), |error| error.to_string())
    }

    #[tokio::test]
    async fn a_file_that_can_t_be_opened_is_named_with_the_cause_and_the_way_out() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("notes.txt"), "These are notes and no database at all.\n".repeat(50)).expect("a file");
        for (file, cause) in [
            (at("none/calls.db"), format!("there is no folder {}", at("none").display())),
            (folder.path().to_owned(), "it is a folder".to_owned()),
            (at("notes.txt"), "is no SQLite database".to_owned()),
            (at("notes.txt/calls.db"), format!("{} is no folder", at("notes.txt").display())),
        ] {
            let said = said(&file).await;
            assert!(said.contains(&file.display().to_string()) && said.contains(&cause), "{said}");
            assert!(said.contains("`database_url`") && !said.contains("code"), "{said}");
        }
    }

    #[test]
    fn a_file_on_a_network_disk_is_refused_with_the_way_out() {
        let said = Place::file(Path::new("/srv/calls.db")).on_network("nfs4");
        assert!(!said.is_passing());
        let said = said.to_string();
        assert!(said.contains("/srv/calls.db is on a network disk (nfs4)") && said.contains("Postgres"), "{said}");
    }

    #[test]
    fn a_file_that_may_only_be_read_is_named_to_whoever_writes() {
        let said = Place::file(Path::new("/srv/calls.db")).read_only();
        assert!(!said.is_passing());
        assert!(said.to_string().starts_with("the database /srv/calls.db can be read and not written"), "{said}");
    }

    #[test]
    fn a_server_that_may_only_be_read_is_named() {
        let options = PgConnectOptions::from_str("postgres://me:secret@db.acme.example/calls").expect("an address");
        let said = Place::server(&options).read_only().to_string();
        assert!(said.starts_with("the database db.acme.example:5432/calls may only be read"), "{said}");
    }

    #[tokio::test]
    async fn a_server_that_nobody_runs_is_named_with_its_port() {
        let silent = tokio::net::TcpSocket::new_v4().expect("a socket");
        silent.bind(([127, 0, 0, 1], 0).into()).expect("a port");
        let port = silent.local_addr().expect("bound").port();
        let opened = Store::open(&format!("postgres://me:secret@127.0.0.1:{port}/calls")).await;
        let error = opened.expect_err("nobody is there");
        assert!(error.is_passing());
        let said = error.to_string();
        assert!(
            said.starts_with(&format!("the database 127.0.0.1:{port}/calls can't be reached: nobody listens")),
            "{said}"
        );
        assert!(!said.contains("secret"), "{said}");
    }
}
