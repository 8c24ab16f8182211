//! Codes that went to contacts' phone numbers, and the numbers that they confirmed. What is kept of a code is a keyed hash.

use super::{Session, Sql, Store, StoreError};
use super::{execute, fetch_all, fetch_optional, sql, stored};
use crate::domain::ids::ContactId;
use crate::domain::instant::Instant;

const ADD: Sql = sql!("number_codes/add");
const SENT_SINCE: Sql = sql!("number_codes/sent_since");
const LATEST: Sql = sql!("number_codes/latest");
const AWAITING: Sql = sql!("number_codes/awaiting");
const TRY: Sql = sql!("number_codes/try");
const CONFIRM: Sql = sql!("number_codes/confirm");
const FORGET_OTHERS: Sql = sql!("number_codes/forget_others");
const FORGET_PAST: Sql = sql!("number_codes/forget_past");
const FORGET_GONE: Sql = sql!("number_codes/forget_gone");
const LIST: Sql = sql!("number_codes/list");

/// A number of a contact.
#[derive(Clone, Copy, Debug)]
pub struct NumberOf<'a> {
    pub contact: &'a ContactId,
    /// E.164.
    pub number: &'a str,
}

/// A code to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewNumberCode<'a> {
    pub of: NumberOf<'a>,
    /// Hex.
    pub hash: &'a str,
    pub sent_at: Instant,
    pub expires_at: Instant,
}

/// The youngest code of a number.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredNumberCode {
    pub id: i64,
    pub code_hash: String,
    /// Codes that somebody gave, right or wrong.
    pub tries: i64,
    pub sent_at: Instant,
    pub expires_at: Instant,
    pub confirmed_at: Option<Instant>,
    pub confirmed_by: Option<String>,
}

/// A code in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedNumberCode {
    pub contact: ContactId,
    pub number: String,
    pub sent_at: Instant,
    pub expires_at: Instant,
    /// When it was given, and so the number confirmed.
    pub confirmed_at: Option<Instant>,
    /// Who gave it.
    pub confirmed_by: Option<String>,
}

#[derive(Debug, sqlx::FromRow)]
struct ListedRow {
    contact: String,
    number: String,
    sent_at: Instant,
    expires_at: Instant,
    confirmed_at: Option<Instant>,
    confirmed_by: Option<String>,
}

impl Session {
    /// Keeps a new code.
    pub async fn add_number_code(&mut self, new: &NewNumberCode<'_>) -> Result<(), StoreError> {
        let NumberOf { contact, number } = new.of;
        execute!(self, ADD, contact.as_str(), number, new.hash, new.sent_at, new.expires_at)?;
        Ok(())
    }

    /// When codes for a number, whoever has it, were asked for after an instant; oldest first.
    pub async fn number_codes_since(&mut self, number: &str, after: Instant) -> Result<Vec<Instant>, StoreError> {
        let rows = fetch_all!(self, SENT_SINCE, (Instant,), number, after)?;
        Ok(rows.into_iter().map(|(at,)| at).collect())
    }

    /// The youngest code of a contact's number.
    pub async fn number_code(&mut self, of: NumberOf<'_>) -> Result<Option<StoredNumberCode>, StoreError> {
        fetch_optional!(self, LATEST, StoredNumberCode, of.contact.as_str(), of.number)
    }

    /// Whose code for this number can still be given.
    pub async fn awaiting_number_code(&mut self, number: &str, now: Instant) -> Result<Vec<ContactId>, StoreError> {
        let rows = fetch_all!(self, AWAITING, (String,), number, now)?;
        rows.into_iter().map(|(id,)| stored("contact id", ContactId::parse(&id))).collect()
    }

    /// Counts a try before it is compared; how many there were with this one, `None`: as many as there may be.
    pub async fn try_number_code(&mut self, id: i64, most: i64) -> Result<Option<i64>, StoreError> {
        Ok(fetch_optional!(self, TRY, (i64,), id, most)?.map(|(tries,)| tries))
    }

    /// Notes that the right code was given, and by whom.
    pub async fn confirm_number(
        &mut self,
        of: NumberOf<'_>,
        code: i64,
        now: Instant,
        actor: &str,
    ) -> Result<(), StoreError> {
        execute!(self, CONFIRM, code, now, actor)?;
        execute!(self, FORGET_OTHERS, of.contact.as_str(), of.number, code)?;
        Ok(())
    }

    /// Forgets codes of a number that were asked for until `before` and given by nobody.
    pub async fn forget_number_codes(&mut self, of: NumberOf<'_>, before: Instant) -> Result<(), StoreError> {
        execute!(self, FORGET_PAST, of.contact.as_str(), of.number, before)?;
        Ok(())
    }

    /// Forgets what is known of numbers that the contact doesn't have (any more); of all of them where it is retired.
    pub(super) async fn forget_numbers_gone(&mut self, contact: &str) -> Result<(), StoreError> {
        execute!(self, FORGET_GONE, contact)?;
        Ok(())
    }

    /// Codes of a contact's numbers, or of everybody's; of each number youngest first.
    pub async fn number_codes(&mut self, of: Option<&ContactId>) -> Result<Vec<ListedNumberCode>, StoreError> {
        let rows = fetch_all!(self, LIST, ListedRow, of.map(ContactId::as_str))?;
        let read = |row: ListedRow| {
            Ok(ListedNumberCode {
                contact: stored("contact id", ContactId::parse(&row.contact))?,
                number: row.number,
                sent_at: row.sent_at,
                expires_at: row.expires_at,
                confirmed_at: row.confirmed_at,
                confirmed_by: row.confirmed_by,
            })
        };
        rows.into_iter().map(read).collect()
    }
}

impl Store {
    /// Codes of everybody's numbers; of each number youngest first.
    pub async fn number_codes(&self) -> Result<Vec<ListedNumberCode>, StoreError> {
        self.read().await?.number_codes(None).await
    }
}
