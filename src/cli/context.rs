//! What every command shares: which settings file, which database, and how to open them.

use std::path::PathBuf;

use tempfile::TempDir;

use super::Failure;
use crate::app::{self, App};
use crate::config::secret::Secret;
use crate::config::settings::Settings;
use crate::store::{Store, StoreError};

/// The arguments that all commands take.
#[derive(Clone, Debug)]
pub struct Context {
    /// `--config`.
    pub config: Option<PathBuf>,
    /// `--database`.
    pub database: Option<String>,
}

impl Context {
    /// The settings, or everything that is wrong with them.
    pub fn settings(&self) -> Result<Settings, Failure> {
        Settings::load(self.config.as_deref(), self.database.as_deref()).map_err(Failure::Usage)
    }

    /// The database that the settings name, with its structure up to date.
    pub async fn store(&self) -> Result<Store, Failure> {
        open(&self.settings()?).await
    }

    /// Everything that a command which works with the database needs.
    pub async fn app(&self) -> Result<App, Failure> {
        App::open(self.settings()?, app::clock()).await.map_err(unusable)
    }

    /// The same for what stays: it waits half a minute for a database that isn't up yet.
    pub async fn patient_app(&self) -> Result<App, Failure> {
        App::open_patiently(self.settings()?, app::clock()).await.map_err(unusable)
    }

    /// The same for what changes nothing: where there is no database file yet, an empty one in a folder that is removed
    /// when the value beside it is dropped.
    pub async fn app_for_trial(&self) -> Result<(App, Option<TempDir>), Failure> {
        let mut settings = self.settings()?;
        let mut folder = None;
        if Store::is_absent(settings.database_url.reveal()) {
            let made = tempfile::tempdir()?;
            settings.database_url = Secret::new(format!("sqlite://{}", made.path().join("trial.db").display()));
            folder = Some(made);
        }
        Ok((App::open(settings, app::clock()).await.map_err(unusable)?, folder))
    }
}

async fn open(settings: &Settings) -> Result<Store, Failure> {
    let store = Store::open(settings.database_url.reveal()).await.map_err(unusable)?;
    store.migrate().await.map_err(unusable)?;
    Ok(store)
}

/// A database that is away or busy may be back; one whose address is wrong never will.
fn unusable(error: StoreError) -> Failure {
    match error {
        StoreError::UnknownScheme(_) => Failure::usage(format!("error: {error}")),
        error if error.is_passing() => Failure::TryLater(error.into()),
        error => Failure::failed(error),
    }
}
