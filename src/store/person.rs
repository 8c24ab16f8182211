//! What an erasure changes beyond texts: addresses of contacts, events, stored documents, deliveries.

use super::{Session, Sql, StoreError};
use super::{execute, fetch_all, fetch_one, fetch_optional, json, sql};
use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;

const EVENTS: Sql = sql!(twin "person/events");
const CALLBACKS: Sql = sql!(twin "callbacks/delete_of");
const ADDRESS: Sql = sql!("person/address");
const CONFIRMATIONS: Sql = sql!("person/confirmations");
const BLANK_CONTACT: Sql = sql!("person/blank_contact");
const CLEAR_ROLES: Sql = sql!("contacts/clear_roles");
const LEDGER_WORDS: Sql = sql!("person/ledger_words");
const SETTLED: Sql = sql!("person/settled");
const DOCUMENTS: Sql = sql!("person/documents");
const CONTENTS: Sql = sql!("person/contents");
const FORMS_GONE: Sql = sql!("person/forms_gone");
const FORMS_OF: Sql = sql!("retention/forms_of");
const CONTENT: Sql = sql!("person/content");
const MADE_ANEW: Sql = sql!("person/made_anew");
const WAITING: Sql = sql!("person/waiting");
const STATE: Sql = sql!("person/delivery_state");
const LISTED_NUMBER: Sql = sql!("person/listed_number");
const IMPORTS: Sql = sql!("person/imports_under_way");

/// Contents in one look.
const MOST_CONTENTS: i64 = 40;

/// A stored form, and what it was made for.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StoredForm {
    pub variant: i64,
    pub notice: i64,
    pub hash: String,
    pub kind: String,
    pub project: Option<i64>,
    /// Of a report.
    pub schedule: Option<String>,
    pub since: Option<Instant>,
    pub until: Option<Instant>,
}

/// Stored content.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StoredContent {
    pub hash: String,
    pub media_type: String,
    /// Compressed (zstd).
    pub bytes: Vec<u8>,
}

/// A delivery that hasn't ended.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct WaitingDelivery {
    pub id: i64,
    pub state: String,
    pub kind: String,
    /// 0: none.
    pub variant: i64,
}

impl Session {
    /// Removes the kept events of these calls.
    pub async fn remove_events(&mut self, source: i64, call_ids: &[&str]) -> Result<u64, StoreError> {
        execute!(self, EVENTS, source, json(&call_ids))
    }

    /// Removes every entry of a caller to call back.
    pub async fn remove_callbacks(&mut self, project: ProjectKey, client: i64) -> Result<u64, StoreError> {
        execute!(self, CALLBACKS, project.0, json(&[client]))
    }

    /// Takes an address from a contact, and everything else when it has no other.
    pub async fn take_address(&mut self, contact: &str, address: &str, now: Instant) -> Result<(), StoreError> {
        execute!(self, ADDRESS, contact, address)?;
        execute!(self, CONFIRMATIONS, contact, address)?;
        if execute!(self, BLANK_CONTACT, contact, now)? > 0 {
            execute!(self, CLEAR_ROLES, contact)?;
        }
        Ok(())
    }

    /// Takes what names its reader from the record of a delivery that ended.
    pub async fn forget_reader(&mut self, delivery: i64, hidden: &str, now: Instant) -> Result<(), StoreError> {
        self.hide_address(delivery, hidden).await?;
        execute!(self, LEDGER_WORDS, delivery)?;
        execute!(self, SETTLED, delivery, now)?;
        Ok(())
    }

    /// The word for where a delivery stands.
    pub async fn delivery_state(&mut self, delivery: i64) -> Result<Option<String>, StoreError> {
        Ok(fetch_optional!(self, STATE, (String,), delivery)?.map(|(state,)| state))
    }

    /// Every stored form.
    pub async fn stored_forms(&mut self) -> Result<Vec<StoredForm>, StoreError> {
        fetch_all!(self, DOCUMENTS, StoredForm)
    }

    /// The next contents after this hash.
    pub async fn contents_after(&mut self, hash: &str) -> Result<Vec<StoredContent>, StoreError> {
        fetch_all!(self, CONTENTS, StoredContent, hash, MOST_CONTENTS)
    }

    /// Removes a variant's stored forms; reports that wait for it are made anew.
    pub async fn remove_forms(&mut self, variant: i64, hashes: &[&str]) -> Result<(), StoreError> {
        execute!(self, FORMS_OF, variant)?;
        execute!(self, FORMS_GONE, variant)?;
        execute!(self, MADE_ANEW, variant)?;
        for hash in hashes {
            execute!(self, CONTENT, hash)?;
        }
        Ok(())
    }

    /// Removes content unless it is some variant's form still.
    pub async fn remove_content(&mut self, hash: &str) -> Result<(), StoreError> {
        execute!(self, CONTENT, hash).map(|_| ())
    }

    /// Deliveries of a notice that haven't ended.
    pub async fn deliveries_waiting_for(&mut self, notice: i64) -> Result<Vec<WaitingDelivery>, StoreError> {
        fetch_all!(self, WAITING, WaitingDelivery, notice)
    }

    /// Takes a number out of a project's list.
    pub async fn unlist_number(&mut self, project: ProjectKey, number: i64) -> Result<u64, StoreError> {
        execute!(self, LISTED_NUMBER, project.0, number)
    }

    /// Whether calls are being taken in.
    pub async fn imports_under_way(&mut self) -> Result<bool, StoreError> {
        Ok(fetch_one!(self, IMPORTS, (i64,))?.0 > 0)
    }
}
