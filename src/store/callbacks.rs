//! Callers to call back, as the fold keeps them.

use crate::domain::callback::Entry;
use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;

use super::{Store, StoreError};

impl Store {
    /// The entries that stood open at `at` (exclusive, such as a period's end), each as it stood then, oldest first.
    pub async fn callback_entries_open_at(&self, _project: ProjectKey, _at: Instant) -> Result<Vec<Entry>, StoreError> {
        Ok(Vec::new())
    }
}
