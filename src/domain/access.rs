//! What a token of the HTTP interface looks like, and what its holder may do. A token is `cb_`, eight digits that name it,
//! and 64 that are the secret: whoever finds one in a log or a file can tell what it is and revoke it by its name.

use std::fmt;

use serde::Serialize;

/// What every token begins with.
pub const TOKEN_MARK: &str = "cb";

/// Hex digits that name a token.
pub const NAME_DIGITS: usize = 8;

/// Hex digits that are the secret.
pub const SECRET_DIGITS: usize = 64;

/// What the holder of a token may do in its project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Tell and read balances, what moves them, and how the project stands.
    Balance,
    /// That, and have tests sent to the project's contacts.
    Manage,
}

impl Scope {
    /// All, from the narrowest.
    pub const ALL: [Self; 2] = [Self::Balance, Self::Manage];

    /// The word people write.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Balance => "balance",
            Self::Manage => "manage",
        }
    }

    /// Reads the word people write.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == text)
    }

    /// Whether it holds everything that `other` holds.
    pub fn covers(self, other: Self) -> bool {
        self >= other
    }
}

/// The part of a token that is no secret: `3f9a1c22`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct TokenId(String);

impl TokenId {
    /// Reads `3f9a1c22`, `cb_3f9a1c22`, or a whole token, of which the secret is left out.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix(TOKEN_MARK).and_then(|rest| rest.strip_prefix('_')).unwrap_or(text);
        let id = text.split('_').next().unwrap_or(text);
        is_hex(id, NAME_DIGITS).then(|| Self(id.to_owned()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `cb_3f9a1c22`: as a token begins.
impl fmt::Display for TokenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{TOKEN_MARK}_{}", self.0)
    }
}

/// The name in a text that has a token's shape; `None`: it is none.
pub fn named_by(token: &str) -> Option<TokenId> {
    let (id, secret) = token.strip_prefix(TOKEN_MARK)?.strip_prefix('_')?.split_once('_')?;
    (is_hex(id, NAME_DIGITS) && is_hex(secret, SECRET_DIGITS)).then(|| TokenId(id.to_owned()))
}

fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_by_its_beginning_and_only_whole_ones_open_anything() {
        let whole = format!("cb_3f9a1c22_{}", "0a".repeat(32));
        for text in ["3f9a1c22", "cb_3f9a1c22", &whole] {
            assert_eq!(TokenId::parse(text).map(|id| id.to_string()), Some("cb_3f9a1c22".to_owned()), "{text}");
        }
        assert_eq!(named_by(&whole).map(|id| id.as_str().to_owned()), Some("3f9a1c22".to_owned()));
        let capital = whole.to_uppercase();
        for text in ["", "cb_", "cb_3f9a1c22", &whole[..70], &format!("{whole}0"), &format!(" {whole}"), &capital] {
            assert_eq!(named_by(text), None, "{text}");
        }
        assert_eq!(TokenId::parse("3f9a1c2"), None);
        assert_eq!(TokenId::parse("acme"), None);
    }

    #[test]
    fn scopes_are_read_as_they_are_written_and_widen() {
        for scope in Scope::ALL {
            assert_eq!(Scope::parse(scope.name()), Some(scope));
            assert!(Scope::Manage.covers(scope) && scope.covers(Scope::Balance));
        }
        assert!(!Scope::Balance.covers(Scope::Manage));
        assert_eq!(Scope::parse("admin"), None);
    }
}
