//! The address that a mail is sent from when `mail.bounce_domain` is set: it names the delivery and is signed, so that whatever
//! comes back to it can be told from what somebody made up (variable envelope return path).

use subtle::ConstantTimeEq;

use crate::config::secret::Secret;
use crate::domain::contact::EmailAddress;
use crate::domain::hex::hex;
use crate::notify::reference::ascii_domain;
use crate::notify::secret::sign;

const BEGIN: &str = "b-";

/// What such an address says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// Without its hyphen, in lower case.
    pub reference: String,
    signature: String,
}

/// `b-7q3fk2md-0123456789abcdef@bounces.acme.example`
pub fn address(key: &Secret, reference: &str, domain: &str) -> Option<EmailAddress> {
    let short = plain(reference);
    let local = format!("{BEGIN}{short}-{}", signature(key, &short));
    EmailAddress::parse(&format!("{local}@{}", ascii_domain(domain))).ok()
}

/// Reads an address, with or without angle brackets; `None`: it can't be such a one.
pub fn read(text: &str) -> Option<Sender> {
    let address = text.trim().trim_start_matches('<').trim_end_matches('>');
    let (local, _) = address.rsplit_once('@')?;
    let (reference, signature) = local.to_ascii_lowercase().strip_prefix(BEGIN)?.split_once('-').map(owned)?;
    (reference.len() == 8 && signature.len() == 16).then_some(Sender { reference, signature })
}

/// Whether we made it.
pub fn is_ours(key: &Secret, sender: &Sender) -> bool {
    signature(key, &plain(&sender.reference)).as_bytes().ct_eq(sender.signature.as_bytes()).into()
}

fn plain(reference: &str) -> String {
    reference.replace('-', "").to_lowercase()
}

fn signature(key: &Secret, short: &str) -> String {
    hex(&sign(key, &["bounce", short])[..8])
}

fn owned((one, other): (&str, &str)) -> (String, String) {
    (one.to_owned(), other.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_address_is_read_back_in_any_letters_and_only_ours_is_believed() {
        let key = Secret::new("k");
        let made = address(&key, "7Q3F-K2MD", "bounces.acme.example").expect("an address");
        assert!(made.as_str().starts_with("b-7q3fk2md-") && made.as_str().ends_with("@bounces.acme.example"), "{made}");
        let read_back = read(&format!("<{}>", made.as_str().to_uppercase())).expect("one of ours");
        assert_eq!(read_back.reference, "7q3fk2md");
        assert!(is_ours(&key, &read_back));
        assert!(!is_ours(&Secret::new("l"), &read_back));
        let other = Sender { reference: "7q3fk2mx".into(), ..read_back };
        assert!(!is_ours(&key, &other));
    }

    proptest! {
        #[test]
        fn whatever_is_read_isn_t_believed_unless_signed(text in "\\PC{0,80}") {
            if let Some(sender) = read(&text) {
                prop_assert!(!is_ours(&Secret::new("k"), &sender));
            }
        }
    }
}
