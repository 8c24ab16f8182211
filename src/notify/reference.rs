//! What people quote and what mail programs thread by: both are functions of the delivery's key and the secret, so every
//! try carries the same.

use crate::config::secret::Secret;
use crate::domain::contact::EmailAddress;
use crate::domain::hex::hex;
use crate::notify::secret::sign;

/// Crockford's base 32: no I, L, O, U. <https://www.crockford.com/base32.html>
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What makes a delivery one: its notice's key, its channel, its address, its generation.
#[derive(Clone, Copy, Debug)]
pub struct Key<'a> {
    pub notice: &'a str,
    pub channel: &'a str,
    pub address: &'a str,
    pub generation: i64,
}

/// `7Q3F-K2MD`: 40 bits. `attempt` counts up from 0 while the reference is taken by another delivery.
pub fn reference(secret: &Secret, key: Key<'_>, attempt: u32) -> String {
    let mac = mac(secret, "reference", key, attempt);
    let bits = mac.iter().take(5).fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
    let digit = |place: u32| char::from(DIGITS[(bits >> (5 * place)) as usize & 31]);
    let half = |from: u32| (from - 3..=from).rev().map(digit).collect::<String>();
    format!("{}-{}", half(7), half(3))
}

/// `<7q3fk2md.8f3a…@reports.acme.example>`, with the angle brackets.
pub fn message_id(secret: &Secret, key: Key<'_>, reference: &str, from: &EmailAddress) -> String {
    let mac = mac(secret, "message-id", key, 0);
    let short = reference.replace('-', "").to_lowercase();
    format!("<{short}.{}@{}>", hex(&mac[..8]), ascii_domain(from.domain()))
}

/// A reference as people type it, in the form that is stored: upper case, one hyphen, Crockford's look-alikes mended.
pub fn read_reference(text: &str) -> Option<String> {
    let digits: String = text
        .trim()
        .chars()
        .filter(|c| !matches!(c, '-' | ' '))
        .map(|c| match c.to_ascii_uppercase() {
            'I' | 'L' => '1',
            'O' => '0',
            other => other,
        })
        .collect();
    let fits = digits.len() == 8 && digits.bytes().all(|digit| DIGITS.contains(&digit));
    fits.then(|| format!("{}-{}", &digits[..4], &digits[4..]))
}

/// A domain in the letters that mail headers and relays take: `bücher.example` is `xn--bcher-kva.example`.
pub fn ascii_domain(domain: &str) -> String {
    match url::Host::parse(domain) {
        Ok(url::Host::Domain(ascii)) => ascii,
        _ => domain.to_owned(),
    }
}

fn mac(secret: &Secret, what: &str, key: Key<'_>, attempt: u32) -> [u8; 32] {
    let (generation, attempt) = (key.generation.to_string(), attempt.to_string());
    sign(secret, &[what, key.notice, key.channel, key.address, &generation, &attempt])
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key<'_> = Key { notice: "report/1", channel: "email", address: "a@acme.example", generation: 1 };

    #[test]
    fn a_reference_is_short_stable_and_read_back_as_people_type_it() {
        let secret = Secret::new("s");
        let reference = reference(&secret, KEY, 0);
        assert_eq!(reference, super::reference(&secret, KEY, 0));
        assert_ne!(reference, super::reference(&secret, KEY, 1));
        assert_ne!(reference, super::reference(&secret, Key { generation: 2, ..KEY }, 0));
        assert_eq!(reference.len(), 9);
        assert_eq!(read_reference(&reference.to_lowercase().replace('-', "")), Some(reference));
        assert_eq!(read_reference("oiLO-0000"), Some("0110-0000".into()));
        assert_eq!(read_reference("7Q3F-K2MU"), None);
        assert_eq!(read_reference("7Q3F-K2M"), None);
    }

    #[test]
    fn a_message_id_is_ascii() {
        let from = EmailAddress::parse("r@bücher.example").expect("valid");
        let id = message_id(&Secret::new("s"), KEY, "7Q3F-K2MD", &from);
        assert!(id.is_ascii() && id.starts_with("<7q3fk2md.") && id.ends_with("@xn--bcher-kva.example>"), "{id}");
    }
}
