//! Tokens of the HTTP interface. What is kept is a hash: whoever reads the database can't call with it.

use super::{Session, Sql, StoreError};
use super::{execute, fetch_all, fetch_optional, sql, stored};
use crate::domain::access::{Scope, TokenId};
use crate::domain::ids::{ProjectId, ProjectKey};
use crate::domain::instant::Instant;

const ADD: Sql = sql!("tokens/add");
const LIST: Sql = sql!("tokens/list");
const GET: Sql = sql!("tokens/get");
const REVOKE: Sql = sql!("tokens/revoke");
const USED: Sql = sql!("tokens/used");

/// A token to be kept.
#[derive(Clone, Debug)]
pub struct NewToken<'a> {
    pub id: &'a TokenId,
    pub name: &'a str,
    pub project: ProjectKey,
    pub scope: Scope,
    /// SHA-256 of the whole token, in hex.
    pub hash: &'a str,
    pub expires_at: Option<Instant>,
    pub actor: &'a str,
}

/// A token as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredToken {
    pub id: TokenId,
    pub name: String,
    pub key: ProjectKey,
    pub project: ProjectId,
    pub project_is_retired: bool,
    pub scope: Scope,
    pub hash: String,
    /// `None`: never.
    pub expires_at: Option<Instant>,
    pub created_at: Instant,
    pub created_by: String,
    /// To the hour.
    pub used_at: Option<Instant>,
    pub revoked_at: Option<Instant>,
    pub revoked_by: Option<String>,
}

#[derive(Debug, sqlx::FromRow)]
struct TokenRow {
    id: String,
    name: String,
    project: i64,
    project_id: String,
    project_retired_at: Option<Instant>,
    scope: String,
    hash: String,
    expires_at: Option<Instant>,
    created_at: Instant,
    created_by: String,
    used_at: Option<Instant>,
    revoked_at: Option<Instant>,
    revoked_by: Option<String>,
}

impl TokenRow {
    fn read(self) -> Result<StoredToken, StoreError> {
        Ok(StoredToken {
            id: stored("name of a token", TokenId::parse(&self.id).ok_or(self.id))?,
            name: self.name,
            key: ProjectKey(self.project),
            project: stored("project id", ProjectId::parse(&self.project_id))?,
            project_is_retired: self.project_retired_at.is_some(),
            scope: stored("scope of a token", Scope::parse(&self.scope).ok_or(self.scope))?,
            hash: self.hash,
            expires_at: self.expires_at,
            created_at: self.created_at,
            created_by: self.created_by,
            used_at: self.used_at,
            revoked_at: self.revoked_at,
            revoked_by: self.revoked_by,
        })
    }
}

impl Session {
    /// Keeps a new token.
    pub async fn add_token(&mut self, now: Instant, new: &NewToken<'_>) -> Result<(), StoreError> {
        let (id, scope) = (new.id.as_str(), new.scope.name());
        execute!(self, ADD, id, new.name, new.project.0, scope, new.hash, new.expires_at, now, new.actor)?;
        Ok(())
    }

    /// Tokens of a project, or of all, newest first; those that are over only when `over_too`.
    pub async fn tokens(
        &mut self,
        project: Option<ProjectKey>,
        over_too: bool,
        now: Instant,
    ) -> Result<Vec<StoredToken>, StoreError> {
        let rows = fetch_all!(self, LIST, TokenRow, project.map(|key| key.0), over_too, now)?;
        rows.into_iter().map(TokenRow::read).collect()
    }

    /// The token of this name.
    pub async fn token(&mut self, id: &TokenId) -> Result<Option<StoredToken>, StoreError> {
        fetch_optional!(self, GET, TokenRow, id.as_str())?.map(TokenRow::read).transpose()
    }

    /// Ends a token for good; whether it hadn't been before.
    pub async fn revoke_token(&mut self, id: &TokenId, now: Instant, actor: &str) -> Result<bool, StoreError> {
        Ok(execute!(self, REVOKE, id.as_str(), now, actor)? > 0)
    }

    /// Notes that a token is in use, unless that was noted since `noted`.
    pub async fn token_used(&mut self, id: &TokenId, now: Instant, noted: Instant) -> Result<(), StoreError> {
        execute!(self, USED, id.as_str(), now, noted)?;
        Ok(())
    }
}
