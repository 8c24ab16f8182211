//! The key that signs references and stop links: from the settings, else made once and kept in the database, where
//! every process finds the same one.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::app::App;
use crate::config::secret::Secret;
use crate::domain::hex::hex;
use crate::store::{Session, StoreError};

const NAME: &str = "secret_key";

/// The key, inside a transaction that may write.
pub async fn key(app: &App, session: &mut Session) -> Result<Secret, StoreError> {
    if let Some(key) = &app.settings.secret_key {
        return Ok(key.clone());
    }
    if let Some(kept) = session.meta(NAME).await? {
        return Ok(Secret::new(kept));
    }
    Ok(Secret::new(session.meta_once(NAME, &random_hex(32)).await?))
}

/// The key, in a transaction of its own where it has to be made.
pub async fn key_of(app: &App) -> Result<Secret, StoreError> {
    if let Some(key) = &app.settings.secret_key {
        return Ok(key.clone());
    }
    if let Some(kept) = app.store.read().await?.meta(NAME).await? {
        return Ok(Secret::new(kept));
    }
    let mut session = app.store.write().await?;
    let key = key(app, &mut session).await?;
    session.commit().await?;
    Ok(key)
}

/// HMAC-SHA-256 over `parts`, each with its length before it, so that no two lists of parts sign alike.
pub fn sign(key: &Secret, parts: &[&str]) -> [u8; 32] {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.reveal().as_bytes()) else {
        unreachable!("HMAC takes keys of any length")
    };
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().into()
}

/// What stands in the place of an address after the time for which addresses are kept: the same for the same address, so
/// that whoever asks by the address still gets an answer, and of no use to anybody else.
pub fn hidden(key: &Secret, address: &str) -> String {
    let signed = sign(key, &["hidden address", &address.to_lowercase()]);
    format!("~{}", hex(&signed[..16]))
}

/// `bytes` random bytes as hex digits.
pub fn random_hex(bytes: usize) -> String {
    let mut buffer = vec![0_u8; bytes];
    if getrandom::fill(&mut buffer).is_err() {
        panic!("the operating system gives no random numbers");
    }
    hex(&buffer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_as_hmac_sha256_and_tells_lists_apart() {
        let key = Secret::new("key");
        assert_ne!(sign(&key, &["ab", "c"]), sign(&key, &["a", "bc"]));
        assert_ne!(sign(&key, &["a"]), sign(&Secret::new("other"), &["a"]));
        // python3 -c "import hmac;print(hmac.new(b'key', b'\0'*7+b'\1a', 'sha256').hexdigest())"
        assert_eq!(hex(&sign(&key, &["a"])), EXPECTED);
    }

    const EXPECTED: &str = "2b2f847a8ddc35a0798156bcd534808ef8cf9fa165daf2d665238a9d7db0f83f";

    #[test]
    fn random_keys_differ() {
        assert_ne!(random_hex(32), random_hex(32));
        assert_eq!(random_hex(32).len(), 64);
    }
}
