//! Notices and their variants.

use super::{Session, Sql, StoreError};
use super::{execute, fetch_all, fetch_one, fetch_optional, sql};
use crate::domain::ids::{NoticeId, ProjectKey, RunId, VariantId};
use crate::domain::instant::Instant;

const ADD: Sql = sql!("notices/add");
const FIND_BY_KEY: Sql = sql!("notices/find_by_key");
const OWNER_ADDRESSES: Sql = sql!("notices/owner_addresses");
const ADD_VARIANT: Sql = sql!("variants/add");
const FIND_VARIANT: Sql = sql!("variants/find");
const LIST_VARIANTS: Sql = sql!("variants/list_of_notice");
const ADD_FORM: Sql = sql!("variants/add_artefact");

/// A notice to be written down.
#[derive(Clone, Copy, Debug)]
pub struct NoticeRow<'a> {
    pub project: Option<ProjectKey>,
    pub kind: &'a str,
    pub run: Option<RunId>,
    pub dedup_key: &'a str,
    pub give_up_at: Instant,
}

/// A mail address of an owner.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OwnerAddress {
    pub contact: String,
    pub name: String,
    pub address: String,
    /// The contact's own; `None`: the project's.
    pub language: Option<String>,
}

impl Session {
    /// Adds a notice; `None`: its key was posted before.
    pub async fn add_notice(&mut self, now: Instant, row: &NoticeRow<'_>) -> Result<Option<NoticeId>, StoreError> {
        let (project, run) = (row.project.map(|key| key.0), row.run.map(|id| id.0));
        let id = fetch_optional!(self, ADD, (i64,), project, row.kind, run, row.dedup_key, now, row.give_up_at)?;
        Ok(id.map(|(id,)| NoticeId(id)))
    }

    /// The notice that was posted under this key.
    pub async fn notice_by_key(&mut self, dedup_key: &str) -> Result<Option<NoticeId>, StoreError> {
        Ok(fetch_optional!(self, FIND_BY_KEY, (i64,), dedup_key)?.map(|(id,)| NoticeId(id)))
    }

    /// The mail addresses of a project's active owners, the main one of each first.
    pub async fn owner_addresses(&mut self, project: ProjectKey) -> Result<Vec<OwnerAddress>, StoreError> {
        fetch_all!(self, OWNER_ADDRESSES, OwnerAddress, project.0)
    }

    /// Adds a variant; `kind_of_reader` is canonical JSON.
    pub async fn add_variant(
        &mut self,
        now: Instant,
        notice: NoticeId,
        kind_of_reader: &str,
        subject: &str,
    ) -> Result<VariantId, StoreError> {
        Ok(VariantId(fetch_one!(self, ADD_VARIANT, (i64,), notice.0, kind_of_reader, subject, now)?.0))
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

    /// Names a stored form of a variant.
    pub async fn add_form(
        &mut self,
        variant: VariantId,
        format: &str,
        file_name: &str,
        hash: &str,
    ) -> Result<(), StoreError> {
        execute!(self, ADD_FORM, variant.0, format, file_name, hash)?;
        Ok(())
    }
}
