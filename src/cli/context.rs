//! What every command shares: which settings file, which database, and how to open them.

use std::path::PathBuf;

use tempfile::TempDir;

use super::Failure;
use crate::app::{self, App};
use crate::config::load::Purpose;
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
    /// The settings, or everything that is wrong with them. A relay's password may be absent: only who sends needs it.
    pub fn settings(&self) -> Result<Settings, Failure> {
        self.settings_for(Purpose::Anything)
    }

    /// The settings of a command that sends.
    pub fn settings_to_send(&self) -> Result<Settings, Failure> {
        self.settings_for(Purpose::Sending)
    }

    /// The settings of a command that asks databases of others.
    pub fn settings_to_fetch(&self) -> Result<Settings, Failure> {
        self.settings_for(Purpose::Fetching)
    }

    fn settings_for(&self, purpose: Purpose) -> Result<Settings, Failure> {
        Settings::load(self.config.as_deref(), self.database.as_deref(), purpose).map_err(Failure::Usage)
    }

    /// The database that the settings name, with its structure up to date; it must be there.
    pub async fn store(&self) -> Result<Store, Failure> {
        let settings = self.settings()?;
        must_be_there(&settings)?;
        open(&settings).await
    }

    /// The same for the command that makes it: whether a new one was made, and says so.
    pub async fn new_store(&self) -> Result<Store, Failure> {
        let settings = self.settings()?;
        let made = Store::absent_file(settings.database_url.reveal());
        let store = open(&settings).await?;
        say_made(made);
        Ok(store)
    }

    /// Everything that a command needs which reads or changes what stands. A database that isn't there is refused and
    /// never made: in the wrong folder an empty one would look as if everything were lost.
    pub async fn app(&self) -> Result<App, Failure> {
        Self::app_that_stands(self.settings()?).await
    }

    /// The same with settings that were read already.
    pub async fn app_that_stands(settings: Settings) -> Result<App, Failure> {
        must_be_there(&settings)?;
        App::open(settings, app::clock()).await.map_err(unusable)
    }

    /// The same for what may be the first command ever: it makes the database when there is none, and says where.
    pub async fn app_from_nothing(settings: Settings) -> Result<App, Failure> {
        let made = Store::absent_file(settings.database_url.reveal());
        let app = App::open(settings, app::clock()).await.map_err(unusable)?;
        say_made(made);
        Ok(app)
    }

    /// The same for what changes nothing: where there is no database file yet, an empty one in a folder that is removed
    /// when the value beside it is dropped.
    pub async fn app_for_trial(&self) -> Result<(App, Option<TempDir>), Failure> {
        let mut settings = self.settings()?;
        let mut folder = None;
        if Store::absent_file(settings.database_url.reveal()).is_some() {
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

pub(super) fn must_be_there(settings: &Settings) -> Result<(), Failure> {
    let Some(file) = Store::absent_file(settings.database_url.reveal()) else { return Ok(()) };
    Err(Failure::usage(format!(
        "error: there is no database {}\n  \
         Is this the right folder? Relative paths count from the folder where Callbrief runs; `callbrief check-config` \
         shows where the address comes from.\n  \
         A new one is made by `callbrief apply FILE` or `callbrief migrate`.",
        file.display()
    )))
}

fn say_made(file: Option<PathBuf>) {
    if let Some(file) = file {
        eprintln!("made a new database: {}", file.display());
    }
}

/// A database that is away or busy may be back; one whose address is wrong never will.
fn unusable(error: StoreError) -> Failure {
    match error {
        StoreError::UnknownScheme(_) | StoreError::BadAddress(_) => Failure::usage(format!("error: {error}")),
        error if error.is_passing() => Failure::TryLater(error.into()),
        error => Failure::failed(error),
    }
}
