//! Rendered forms, stored once under the hash of their content, compressed.

use std::collections::BTreeMap;

use super::{Session, Sql, Store, StoreError};
use super::{execute, fetch_all, json, sql};
use crate::domain::instant::Instant;

const ADD: Sql = sql!(twin "artefacts/add");
const OF_VARIANTS: Sql = sql!(twin "variants/artefacts");

/// Content that is stored again counts as new, but is written anew at most once in this time.
const TOUCH_AFTER_SEC: i64 = 86_400;

/// A stored form of a variant.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredArtefact {
    /// The number of its variant.
    pub variant: i64,
    pub format: String,
    pub file_name: String,
    pub media_type: String,
    /// Bytes of the content, before compression.
    pub size: i64,
    /// Compressed (zstd).
    pub bytes: Vec<u8>,
}

/// Content to be stored.
#[derive(Clone, Copy, Debug)]
pub struct ArtefactRow<'a> {
    /// Of the content, hex.
    pub hash: &'a str,
    pub media_type: &'a str,
    /// Bytes of the content, before compression.
    pub size: i64,
    pub packed: &'a [u8],
}

/// Bytes that go to the database in one statement, about.
const MOST_BYTES: usize = 8 << 20;

impl Session {
    /// Stores contents under their hashes, unless they are there.
    pub async fn add_artefacts(&mut self, rows: &[ArtefactRow<'_>], now: Instant) -> Result<(), StoreError> {
        // Two readers may get the same.
        let once: BTreeMap<&str, &ArtefactRow<'_>> = rows.iter().map(|row| (row.hash, row)).collect();
        let (mut items, mut bytes) = (Vec::new(), Vec::new());
        for row in once.into_values() {
            let ArtefactRow { hash, media_type, size, packed } = row;
            items.push(serde_json::json!({
                "hash": hash, "media_type": media_type, "size": size, "at": bytes.len() + 1, "length": packed.len(),
            }));
            bytes.extend_from_slice(packed);
            if bytes.len() >= MOST_BYTES {
                self.add_packed(&std::mem::take(&mut items), std::mem::take(&mut bytes), now).await?;
            }
        }
        match items.is_empty() {
            true => Ok(()),
            false => self.add_packed(&items, bytes, now).await,
        }
    }

    async fn add_packed(
        &mut self,
        items: &[serde_json::Value],
        bytes: Vec<u8>,
        now: Instant,
    ) -> Result<(), StoreError> {
        execute!(self, ADD, json(&items), bytes, now, now.plus_seconds(-TOUCH_AFTER_SEC)).map(|_| ())
    }
}

impl Store {
    /// The stored forms of a variant, by format.
    pub async fn artefacts_of(&self, variant: i64) -> Result<Vec<StoredArtefact>, StoreError> {
        self.artefacts_of_many(&[variant]).await
    }

    /// The stored forms of these variants, by variant and format.
    pub async fn artefacts_of_many(&self, variants: &[i64]) -> Result<Vec<StoredArtefact>, StoreError> {
        let mut session = self.read().await?;
        fetch_all!(session, OF_VARIANTS, StoredArtefact, json(&variants))
    }
}
