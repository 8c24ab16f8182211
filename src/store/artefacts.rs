//! Rendered forms, stored once under the hash of their content, compressed.

use super::{Session, Sql, Store, StoreError};
use super::{execute, fetch_all, sql};
use crate::domain::instant::Instant;

const ADD: Sql = sql!("artefacts/add");
const OF_VARIANT: Sql = sql!("variants/artefacts");

/// Content that is stored again counts as new, but is written anew at most once in this time.
const TOUCH_AFTER_SEC: i64 = 86_400;

/// A stored form of a variant.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredArtefact {
    pub format: String,
    pub file_name: String,
    pub media_type: String,
    /// Bytes of the content, before compression.
    pub size: i64,
    /// Compressed (zstd).
    pub bytes: Vec<u8>,
}

impl Session {
    /// Stores content under its hash, unless it is there.
    pub async fn add_artefact(
        &mut self,
        hash: &str,
        media_type: &str,
        size: i64,
        packed: &[u8],
        now: Instant,
    ) -> Result<(), StoreError> {
        execute!(self, ADD, hash, media_type, size, packed, now, now.plus_seconds(-TOUCH_AFTER_SEC))?;
        Ok(())
    }
}

impl Store {
    /// The stored forms of a variant, by format.
    pub async fn artefacts_of(&self, variant: i64) -> Result<Vec<StoredArtefact>, StoreError> {
        let mut session = self.read().await?;
        fetch_all!(session, OF_VARIANT, StoredArtefact, variant)
    }
}
