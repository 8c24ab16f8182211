//! Notices and their variants.

use std::collections::HashMap;

use super::{Session, Sql, StoreError};
use super::{execute, fetch_all, fetch_optional, json, sql, stored};
use crate::domain::ids::{NoticeId, ProjectKey, RunId, VariantId};
use crate::domain::instant::Instant;

const ADD: Sql = sql!(twin "notices/add");
const FIND_BY_KEY: Sql = sql!("notices/find_by_key");
const OWNER_ADDRESSES: Sql = sql!(twin "notices/owner_addresses");
const ADD_VARIANTS: Sql = sql!(twin "variants/add");
const FIND_VARIANT: Sql = sql!("variants/find");
const LIST_VARIANTS: Sql = sql!("variants/list_of_notice");
const ADD_FORMS: Sql = sql!(twin "variants/add_artefacts");

/// A notice to be written down.
#[derive(Clone, Copy, Debug)]
pub struct NoticeRow<'a> {
    pub project: Option<ProjectKey>,
    pub kind: &'a str,
    pub run: Option<RunId>,
    pub dedup_key: &'a str,
    pub give_up_at: Instant,
}

/// A variant of a notice to be written down.
#[derive(Clone, Copy, Debug)]
pub struct VariantRow<'a> {
    pub notice: NoticeId,
    /// Canonical JSON, another one for each variant of a notice.
    pub kind_of_reader: &'a str,
    pub subject: &'a str,
}

/// The name of a stored form of a variant, to be written down.
#[derive(Clone, Copy, Debug)]
pub struct FormRow<'a> {
    pub variant: VariantId,
    pub format: &'a str,
    pub file_name: &'a str,
    /// Of its content.
    pub hash: &'a str,
}

/// A mail address of an owner.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OwnerAddress {
    /// The number of the project.
    pub project: i64,
    pub contact: String,
    pub name: String,
    pub address: String,
    /// The contact's own; `None`: the project's.
    pub language: Option<String>,
}

impl Session {
    /// Adds notices, each with a key of its own; without a number: its key was posted before.
    pub async fn add_notices(
        &mut self,
        now: Instant,
        rows: &[NoticeRow<'_>],
    ) -> Result<Vec<Option<NoticeId>>, StoreError> {
        let item = |(place, row): (usize, &NoticeRow<'_>)| {
            serde_json::json!({
                "place": place, "project": row.project.map(|key| key.0), "kind": row.kind, "run": row.run.map(|id| id.0),
                "dedup_key": row.dedup_key, "give_up_at": row.give_up_at.as_micros(),
            })
        };
        let items: Vec<_> = rows.iter().enumerate().map(item).collect();
        let added = fetch_all!(self, ADD, (i64, String), json(&items), now)?;
        let mut added: HashMap<String, i64> = added.into_iter().map(|(id, key)| (key, id)).collect();
        Ok(rows.iter().map(|row| added.remove(row.dedup_key).map(NoticeId)).collect())
    }

    /// The notice that was posted under this key.
    pub async fn notice_by_key(&mut self, dedup_key: &str) -> Result<Option<NoticeId>, StoreError> {
        Ok(fetch_optional!(self, FIND_BY_KEY, (i64,), dedup_key)?.map(|(id,)| NoticeId(id)))
    }

    /// The mail addresses of these projects' active owners, the main one of each first.
    pub async fn owner_addresses(&mut self, projects: &[ProjectKey]) -> Result<Vec<OwnerAddress>, StoreError> {
        let keys: Vec<i64> = projects.iter().map(|key| key.0).collect();
        fetch_all!(self, OWNER_ADDRESSES, OwnerAddress, json(&keys))
    }

    /// Adds variants; their numbers in the same order.
    pub async fn add_variants(&mut self, now: Instant, rows: &[VariantRow<'_>]) -> Result<Vec<VariantId>, StoreError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let item = |(place, row): (usize, &VariantRow<'_>)| {
            let VariantRow { notice, kind_of_reader, subject } = row;
            serde_json::json!({
                "place": place, "notice": notice.0, "kind_of_reader": kind_of_reader, "subject": subject,
            })
        };
        let items: Vec<_> = rows.iter().enumerate().map(item).collect();
        let added = fetch_all!(self, ADD_VARIANTS, (i64, i64, String), json(&items), now)?;
        let added: HashMap<(i64, String), i64> =
            added.into_iter().map(|(id, notice, reader)| ((notice, reader), id)).collect();
        let id = |row: &VariantRow<'_>| {
            let id = added.get(&(row.notice.0, row.kind_of_reader.to_owned())).copied().map(VariantId);
            stored("variant", id.ok_or("it wasn't added"))
        };
        rows.iter().map(id).collect()
    }

    /// The variant of a notice for one kind of reader.
    pub async fn variant_for(
        &mut self,
        notice: NoticeId,
        kind_of_reader: &str,
    ) -> Result<Option<VariantId>, StoreError> {
        Ok(fetch_optional!(self, FIND_VARIANT, (i64,), notice.0, kind_of_reader)?.map(|(id,)| VariantId(id)))
    }

    /// Every variant of a notice with its kind of reader.
    pub async fn variants_of(&mut self, notice: NoticeId) -> Result<Vec<(i64, String)>, StoreError> {
        fetch_all!(self, LIST_VARIANTS, (i64, String), notice.0)
    }

    /// Names stored forms of variants.
    pub async fn add_forms(&mut self, rows: &[FormRow<'_>]) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        let item = |row: &FormRow<'_>| {
            let FormRow { variant, format, file_name, hash } = row;
            serde_json::json!({ "variant": variant.0, "format": format, "file_name": file_name, "hash": hash })
        };
        execute!(self, ADD_FORMS, json(&rows.iter().map(item).collect::<Vec<_>>())).map(|_| ())
    }
}
