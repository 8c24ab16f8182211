//! A copy of the embedded database while others work on it: whole, checked, and there only when it is both.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, SqliteConnection};

use super::{On, Store, StoreError};

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// What stands there may be the only backup there is.
    #[error("{0} is there already, and a backup is never written over; name another file")]
    Exists(PathBuf),
    #[error("the database is on a Postgres server, which has a tool of its own for that: pg_dump")]
    Postgres,
    #[error("{file}: {error}")]
    File { file: PathBuf, error: std::io::Error },
    /// The copy was thrown away.
    #[error("the copy isn't whole, and was thrown away; the database itself may be damaged: {0}")]
    Damaged(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A copy that was made and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    pub bytes: u64,
    pub tables: i64,
}

impl Store {
    /// Copies the database at this address into a new file. The copy is one moment of the database; whoever writes meanwhile
    /// isn't held up. It has its name only when it is whole, on the disk, and SQLite's check found nothing.
    ///
    /// # Errors
    /// When there is a file already, the copy can't be written or isn't whole.
    pub async fn back_up(url: &str, file: &Path) -> Result<Backup, BackupError> {
        let Some(database) = Self::file_of(url) else { return Err(BackupError::Postgres) };
        let of_file = |error| BackupError::File { file: file.to_owned(), error };
        if file.try_exists().map_err(of_file)? {
            return Err(BackupError::Exists(file.to_owned()));
        }
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // Empty, and for its owner's eyes only: what is written into it stays so.
        let draft = tempfile::Builder::new().prefix(".callbrief-backup-").tempfile_in(folder).map_err(of_file)?;
        let options = SqliteConnectOptions::from_str(url).map_err(StoreError::from)?;
        copy(options, &database, draft.path()).await?;
        let tables = check(draft.path()).await?;
        draft.as_file().sync_all().map_err(of_file)?;
        let bytes = draft.as_file().metadata().map_err(of_file)?.len();
        draft.persist_noclobber(file).map_err(|error| match error.error.kind() {
            std::io::ErrorKind::AlreadyExists => BackupError::Exists(file.to_owned()),
            _ => of_file(error.error),
        })?;
        std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(of_file)?;
        Ok(Backup { bytes, tables })
    }
}

impl Store {
    /// What SQLite's quick check of a file finds; `None`: nothing, or it is a server, which sees to itself.
    ///
    /// # Errors
    /// When it can't be asked.
    pub async fn faults(&self) -> Result<Option<String>, StoreError> {
        let mut session = self.read().await?;
        let On::Sqlite(on) = session.on() else { return Ok(None) };
        let said: Vec<String> = sqlx::query_scalar("pragma quick_check(3)").fetch_all(on).await?;
        Ok(Some(said.join("; ")).filter(|said| said != "ok"))
    }
}

async fn copy(options: SqliteConnectOptions, database: &Path, draft: &Path) -> Result<(), BackupError> {
    let options = options.filename(database).create_if_missing(false);
    let mut from = options.connect().await.map_err(StoreError::from)?;
    let to = draft.display().to_string().replace('\'', "''");
    let copied = sqlx::query(AssertSqlSafe(format!("vacuum into '{to}'"))).execute(&mut from).await;
    copied.map_err(StoreError::from)?;
    from.close().await.map_err(StoreError::from)?;
    Ok(())
}

/// How many tables the copy has, when nothing is wrong with it.
async fn check(draft: &Path) -> Result<i64, BackupError> {
    let options = SqliteConnectOptions::new().filename(draft).read_only(true).immutable(true);
    let mut copy: SqliteConnection = options.connect().await.map_err(StoreError::from)?;
    let said: Vec<String> =
        sqlx::query_scalar("pragma integrity_check").fetch_all(&mut copy).await.map_err(StoreError::from)?;
    if said != ["ok"] {
        return Err(BackupError::Damaged(said.join("; ")));
    }
    let lost = sqlx::query("pragma foreign_key_check").fetch_optional(&mut copy).await.map_err(StoreError::from)?;
    if lost.is_some() {
        return Err(BackupError::Damaged("rows that belong to others have lost them".to_owned()));
    }
    let tables = sqlx::query_scalar("select count(*) from sqlite_master where type = 'table'");
    let tables = tables.fetch_one(&mut copy).await.map_err(StoreError::from)?;
    copy.close().await.map_err(StoreError::from)?;
    Ok(tables)
}
