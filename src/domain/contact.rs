//! A person (or post-box) with addresses and with roles in projects.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ids::{ContactId, ProjectId};
use super::reach::ContactSettings;
use super::role::Role;

/// The ways out of the building.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChannelKind {
    Email,
    Sms,
    Slack,
    Teams,
    Webhook,
}

impl ChannelKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Email, Self::Sms, Self::Slack, Self::Teams, Self::Webhook];

    /// The word used in files, tables and logs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Slack => "slack",
            Self::Teams => "teams",
            Self::Webhook => "webhook",
        }
    }

    /// Whether an address is the name of one of the settings' channels, which takes no other messages than those for it.
    pub fn is_endpoint(self) -> bool {
        matches!(self, Self::Slack | Self::Teams | Self::Webhook)
    }

    /// Reads the word people write.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == text)
    }
}

/// Reads what a channel is called in the settings and in contacts' addresses.
///
/// # Errors
/// When the text can't be a channel's name.
pub fn endpoint_name(text: &str) -> Result<String, &'static str> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    match (1..=64).contains(&text.len()) && text.chars().all(fits) {
        true => Ok(text.to_owned()),
        false => Err("a channel is called by the name after `channels.` in the settings: 1 to 64 lower-case letters, \
                      digits, `-` and `_`"),
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

/// A mail address in the form that is compared and stored: domain in lower case and its own letters, whatever way it was
/// spelled (`xn--bcher-kva.example` is `bücher.example`), local part as written.
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
        let domain = spelled_out(domain).ok_or(InvalidAddress::Domain)?;
        Ok(Self(format!("{local}@{domain}")))
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

/// A domain of any letters in the one spelling that stands for all of them; `None`: no name server knows such a name.
fn spelled_out(domain: &str) -> Option<String> {
    let is_plain = domain.is_ascii() && !domain.to_ascii_lowercase().contains("xn--");
    if is_plain {
        return is_host_name(domain).then(|| domain.to_ascii_lowercase());
    }
    if domain.contains(|c| c == '%' || is_unseen(c)) {
        return None;
    }
    match url::Host::parse(domain).ok()? {
        url::Host::Domain(ascii) if is_host_name(&ascii) => Some(url::quirks::domain_to_unicode(&ascii)),
        _ => None,
    }
}

/// Whether name servers may know it, and it is no number.
fn is_host_name(ascii: &str) -> bool {
    let fits = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let last_is_a_name =
        ascii.rsplit('.').next().is_some_and(|last| last.bytes().any(|byte| byte.is_ascii_alphabetic()));
    ascii.contains('.') && ascii.split('.').all(fits) && last_is_a_name
}

/// Letters that nobody sees, which name servers leave out: whoever has them in an address doesn't know of them.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
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
    pub settings: ContactSettings,
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
