//! Who somebody is to us: a phone number or a mail address, in whatever spelling a text has it. A person who was erased is
//! known by keyed hashes alone, which is enough to find them again and says nothing to anybody else.

mod call;
mod marks;
mod spelling;

pub use call::{event_without, without};
pub use marks::{Marks, Mention, Trace};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::domain::contact::EmailAddress;
use crate::domain::hex::hex;
use crate::domain::phone::{self, PhoneE164};

/// What a person is known by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Identity {
    Number(PhoneE164),
    /// Lower case.
    Email(String),
}

impl Identity {
    /// A number in international notation.
    ///
    /// # Errors
    /// What to write instead.
    pub fn number(text: &str) -> Result<Self, String> {
        let number = text.trim().starts_with('+').then(|| phone::e164(text, None)).flatten();
        number.map(Self::Number).ok_or_else(|| {
            format!("`{text}` is no number in international notation; write it with + and country code: +380671112233")
        })
    }

    /// A mail address.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn email(text: &str) -> Result<Self, String> {
        let address = EmailAddress::parse(text.trim()).map_err(|error| format!("`{text}`: {error}"))?;
        Ok(Self::Email(address.as_str().to_lowercase()))
    }

    /// By what this person is known again, under a key; and the word that stands in their place.
    pub fn traces(&self, key: &str) -> (String, Vec<(&'static str, String)>) {
        let traces: Vec<(&'static str, String)> = match self {
            Self::Number(number) => {
                let mut traces = vec![("number", hash(key, "number", &number.digits().to_string()))];
                if let Some(region) = number.region() {
                    let region = region.code();
                    for written in number.national_spellings() {
                        traces.push(("national", hash(key, "national", &format!("{region}:{written}"))));
                    }
                }
                traces
            }
            Self::Email(address) => vec![("email", hash(key, "email", address))],
        };
        let token = format!("erased-{}", &traces[0].1[..10]);
        (token, traces)
    }
}

fn hash(key: &str, kind: &str, value: &str) -> String {
    mac_of(key).map_or_else(String::new, |mac| hex(&keyed(&mac, kind, value)))
}

fn mac_of(key: &str) -> Option<Hmac<Sha256>> {
    Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()
}

fn keyed(mac: &Hmac<Sha256>, kind: &str, value: &str) -> [u8; 32] {
    let mut mac = mac.clone();
    mac.update(kind.as_bytes());
    mac.update(b":");
    mac.update(value.as_bytes());
    mac.finalize().into_bytes().into()
}
