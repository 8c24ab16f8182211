//! Whose token a call brings.

use subtle::ConstantTimeEq;

use super::issue::hash;
use crate::app::App;
use crate::domain::access::{Scope, TokenId, named_by};
use crate::domain::instant::Instant;
use crate::domain::project::Project;
use crate::store::StoreError;

/// Who calls.
#[derive(Clone, Debug)]
pub struct Caller {
    pub id: TokenId,
    pub scope: Scope,
    /// The one project that the token opens; `None`: it was retired.
    pub project: Option<Project>,
}

impl Caller {
    /// As the audit and the log call it.
    pub fn actor(&self) -> String {
        format!("token {}", self.id)
    }
}

/// Why a call isn't let in. Only who holds the whole secret learns that it once opened something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// It brings none.
    NoToken,
    /// It brings what opens nothing.
    Unknown,
    Expired(Instant),
    Revoked(Instant),
}

/// Between two notes of when a token was last used.
const NOTED_EVERY_SEC: i64 = 3_600;

/// Compared with what is no token, so that the answer takes as long.
const NO_HASH: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Who calls with this `Authorization` header.
pub async fn caller(app: &App, header: Option<&str>) -> Result<Result<Caller, Denied>, StoreError> {
    let Some(header) = header else { return Ok(Err(Denied::NoToken)) };
    let token = match header.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => return Ok(Err(Denied::NoToken)),
    };
    let Some(id) = named_by(token) else { return Ok(Err(Denied::Unknown)) };
    let now = app.clock.now();
    let mut session = app.store.read().await?;
    let found = session.token(&id).await?;
    let kept = found.as_ref().map_or(NO_HASH, |found| found.hash.as_str());
    let is_same = bool::from(hash(token).as_bytes().ct_eq(kept.as_bytes()));
    let Some(found) = found.filter(|_| is_same) else { return Ok(Err(Denied::Unknown)) };
    if let Some(at) = found.revoked_at {
        return Ok(Err(Denied::Revoked(at)));
    }
    if let Some(at) = found.expires_at.filter(|at| *at <= now) {
        return Ok(Err(Denied::Expired(at)));
    }
    let project = if found.project_is_retired {
        None
    } else {
        session.project(&found.project).await?.filter(|project| project.key == found.key)
    };
    drop(session);
    let noted = now.plus_seconds(-NOTED_EVERY_SEC);
    if found.used_at.is_none_or(|used| used < noted) {
        let mut session = app.store.write().await?;
        session.token_used(&id, now, noted).await?;
        session.commit().await?;
    }
    Ok(Ok(Caller { id, scope: found.scope, project }))
}
