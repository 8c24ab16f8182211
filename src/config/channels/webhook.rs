//! `kind = "webhook"`: an address of the reader's own program, and the keys that sign what goes there.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Entry, Service};
use crate::net::Target;

/// An endpoint that takes signed events.
#[derive(Clone, Debug)]
pub struct Webhook {
    pub target: Target,
    /// Each signs every event; several while keys are exchanged. The newest first.
    pub keys: Vec<SigningKey>,
}

/// A key of Standard Webhooks: `whsec_` and its bytes in base 64.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey(Vec<u8>);

/// How a key begins.
const PREFIX: &str = "whsec_";

impl SigningKey {
    /// Reads a key of 24 to 64 bytes, as the standard asks for.
    ///
    /// # Errors
    /// A sentence that doesn't repeat the key.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let bytes = text.trim().strip_prefix(PREFIX).and_then(|rest| STANDARD.decode(rest).ok());
        match bytes {
            Some(bytes) if (24..=64).contains(&bytes.len()) => Ok(Self(bytes)),
            Some(_) => Err("a key has 24 to 64 bytes; `echo whsec_$(openssl rand -base64 32)` makes one"),
            None => Err("a key is `whsec_` and bytes in base 64; `echo whsec_$(openssl rand -base64 32)` makes one"),
        }
    }

    /// The bytes, for the one function that signs.
    pub fn reveal(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

pub(super) fn read(entry: &Entry<'_, '_>) -> Option<Option<Service>> {
    let target = entry.target("url");
    let keys = keys(entry);
    let (target, keys) = (target?, keys?);
    Some(target.zip(keys).map(|(target, keys)| Service::Webhook(Webhook { target, keys })))
}

fn keys(entry: &Entry<'_, '_>) -> Option<Option<Vec<SigningKey>>> {
    let value = entry.table.need("keys")?;
    entry.note("keys", &value, "(hidden)");
    let mut keys = Vec::new();
    let (mut is_good, mut is_there) = (true, true);
    for item in value.one_or_several() {
        match entry.follow(&item) {
            None => is_good = false,
            Some(None) => is_there = false,
            Some(Some(secret)) => match SigningKey::parse(secret.reveal()) {
                Ok(key) => keys.push(key),
                Err(why) => {
                    item.place.hidden_error(format!("`{}`: {why}", item.place.path), None);
                    is_good = false;
                }
            },
        }
    }
    if is_good && is_there && keys.is_empty() {
        value.wrong("at least one key signs what is sent: `keys = [{ env = \"NAME\" }]`");
        is_good = false;
    }
    is_good.then_some(is_there.then_some(keys))
}
