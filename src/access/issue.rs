//! Making and ending tokens.

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::domain::access::{NAME_DIGITS, SECRET_DIGITS, Scope, TOKEN_MARK, TokenId};
use crate::domain::hex::hex;
use crate::domain::instant::Instant;
use crate::domain::project::Project;
use crate::store::tokens::{NewToken, StoredToken};

/// What a new token shall be.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub project: &'a Project,
    pub scope: Scope,
    /// What it is for, in words.
    pub name: &'a str,
    /// `None`: never.
    pub expires_at: Option<Instant>,
    pub actor: &'a str,
}

/// A token that was just made. Nobody can show `secret` again.
#[derive(Clone)]
pub struct Issued {
    pub id: TokenId,
    /// The whole token.
    pub secret: String,
}

impl std::fmt::Debug for Issued {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Issued").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Tries to find a name that no token has.
const NAME_TRIES: usize = 5;

/// Makes a token and keeps its hash.
pub async fn issue(app: &App, wanted: Wanted<'_>) -> anyhow::Result<Issued> {
    let now = app.clock.now();
    let mut session = app.store.write().await?;
    let mut id = None;
    for _ in 0..NAME_TRIES {
        let text = random_hex(NAME_DIGITS / 2)?;
        let new = TokenId::parse(&text).ok_or_else(|| anyhow::anyhow!("hex digits are a token's name"))?;
        if session.token(&new).await?.is_none() {
            id = Some(new);
            break;
        }
    }
    let id = id.ok_or_else(|| anyhow::anyhow!("no free name for a token was found; please try again"))?;
    let secret = format!("{TOKEN_MARK}_{}_{}", id.as_str(), random_hex(SECRET_DIGITS / 2)?);
    let Wanted { project, scope, name, expires_at, actor } = wanted;
    let hash = hash(&secret);
    session
        .add_token(now, &NewToken { id: &id, name, project: project.key, scope, hash: &hash, expires_at, actor })
        .await?;
    let detail = json!({
        "name": name, "scope": scope, "project": project.id, "expires_at": expires_at.map(|at| at.to_string()),
    });
    session.audit(now, actor, "token_created", &id.to_string(), &detail).await?;
    session.commit().await?;
    Ok(Issued { id, secret })
}

/// Ends a token for good. Gives it as it stood before; `None`: there is none of this name.
pub async fn revoke(app: &App, id: &TokenId, actor: &str) -> anyhow::Result<Option<StoredToken>> {
    let now = app.clock.now();
    let mut session = app.store.write().await?;
    let Some(stood) = session.token(id).await? else { return Ok(None) };
    if session.revoke_token(id, now, actor).await? {
        let detail = json!({ "name": stood.name, "project": stood.project });
        session.audit(now, actor, "token_revoked", &id.to_string(), &detail).await?;
    }
    session.commit().await?;
    Ok(Some(stood))
}

/// What is kept of a token. The secret has 256 random bits, so a plain hash can't be guessed back.
pub(super) fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

fn random_hex(bytes: usize) -> anyhow::Result<String> {
    let mut buffer = vec![0_u8; bytes];
    getrandom::fill(&mut buffer).map_err(|error| anyhow::anyhow!("the system gives no random numbers: {error}"))?;
    Ok(hex(&buffer))
}
