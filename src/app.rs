//! The handles that every job, page and command is given, built once.

use std::sync::Arc;

use crate::clock::Clock;
use crate::config::settings::Settings;
use crate::store::Store;
use crate::zones::Zones;

/// A running Callbrief. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub settings: Arc<Settings>,
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub zones: Zones,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("settings", &self.settings).finish_non_exhaustive()
    }
}
