//! A person (or post-box) with addresses and with roles in projects.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ids::{ContactId, ProjectId};
use super::role::Role;

/// The ways out of the building.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChannelKind {
    Email,
    Sms,
}

impl ChannelKind {
    /// The word used in files, tables and logs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }

    /// Reads the word people write.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Email, Self::Sms].into_iter().find(|kind| kind.name() == text)
    }
}

/// Why a text can't be a mail address here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAddress {
    #[error("a mail address has one `@` with a name before it and a domain after it")]
    Shape,
    #[error("a mail address has no spaces, control characters, quotes or angle brackets")]
    Character,
    #[error("the domain of a mail address has at least one dot, and labels of letters, digits and hyphens")]
    Domain,
    #[error("a mail address has at most 254 characters")]
    TooLong,
}

/// A mail address in the form that is compared and stored: domain in lower case, local part as written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads an address. Stricter than the mail standards: no quoted local parts, no address literals, no dotless domains.
    pub fn parse(text: &str) -> Result<Self, InvalidAddress> {
        let text = text.trim();
        if text.len() > 254 {
            return Err(InvalidAddress::TooLong);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidAddress::Shape)?;
        if local.is_empty() || local.len() > 64 || local.contains('@') || domain.is_empty() {
            return Err(InvalidAddress::Shape);
        }
        let local_fits = local.chars().all(|c| {
            c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c) || (!c.is_ascii() && c.is_alphanumeric())
        });
        if !local_fits || local.starts_with('.') || local.ends_with('.') || local.contains("..") {
            return Err(InvalidAddress::Character);
        }
        let label_fits = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        let last_is_a_name = domain.rsplit('.').next().is_some_and(|tld| tld.chars().any(char::is_alphabetic));
        if !domain.contains('.') || !domain.split('.').all(label_fits) || !last_is_a_name {
            return Err(InvalidAddress::Domain);
        }
        Ok(Self(format!("{local}@{}", domain.to_lowercase())))
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the `@`, in lower case.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = InvalidAddress;
    fn try_from(text: String) -> Result<Self, InvalidAddress> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

impl std::fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A contact as it stands in the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub id: ContactId,
    pub name: String,
    /// BCP 47; `None`: each project's own.
    pub language: Option<String>,
    /// IANA zone for quiet hours and times in notices; `None`: each project's own.
    pub zone: Option<String>,
    pub active: bool,
    /// In the order of the file; the first is the main one.
    pub addresses: BTreeMap<ChannelKind, Vec<String>>,
    pub roles: BTreeMap<ProjectId, Vec<Role>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_normalised_or_refused() {
        assert_eq!(EmailAddress::parse("Olena@ACME.Example").map(String::from), Ok("Olena@acme.example".into()));
        for bad in [
            "a@b",
            "x@[127.0.0.1]",
            "a b@acme.example",
            "@acme.example",
            "a@acme.example\r\nBcc: x@y.zz",
            "a@1.2.3.4",
            "\"a\"@b.example",
            "a@@b.example",
        ] {
            assert!(EmailAddress::parse(bad).is_err(), "{bad}");
        }
    }
}
