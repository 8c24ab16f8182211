//! The handles that every job, page and command is given, built once.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use crate::clock::{Clock, FollowingClock};
use crate::config::settings::Settings;
use crate::store::{Store, StoreError};
use crate::telemetry::Telemetry;
use crate::zones::Zones;

/// A running Callbrief. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub settings: Arc<Settings>,
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub zones: Zones,
    pub telemetry: Telemetry,
    /// One permit for each report batch that may be computed at a time in this process.
    pub cpu: Arc<Semaphore>,
}

impl App {
    /// Opens the database, brings its structure up to date, and loads the zone data.
    pub async fn open(settings: Settings, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        let store = Store::open(settings.database_url.reveal()).await?;
        Self::over(store, settings, clock).await
    }

    /// The same, waiting longer for a database that isn't up yet.
    pub async fn open_patiently(settings: Settings, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        let store = Store::open_within(settings.database_url.reveal(), Duration::from_secs(30)).await?;
        Self::over(store, settings, clock).await
    }

    async fn over(store: Store, settings: Settings, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        store.migrate().await?;
        store.keep_callbacks_anew().await?;
        let cpus = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            settings: Arc::new(settings),
            store,
            clock,
            zones: Zones::load(),
            telemetry: Telemetry::default(),
            cpu: Arc::new(Semaphore::new(cpus)),
        })
    }
}

/// The clock of this process: the machine's, which follows the database's where there is one, or in a build for crash tests the one that the test moves.
pub fn clock() -> Arc<dyn Clock> {
    #[cfg(feature = "chaos")]
    if let Some(file) = crate::config::chaos::test_clock() {
        return Arc::new(crate::clock::FileClock(file));
    }
    #[cfg(feature = "chaos")]
    if let Some(file) = crate::config::chaos::test_clock_shift() {
        return Arc::new(FollowingClock::of(crate::clock::ShiftedClock(file)));
    }
    Arc::new(FollowingClock::default())
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("settings", &self.settings).finish_non_exhaustive()
    }
}
