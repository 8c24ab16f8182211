//! Postmark's webhooks: JSON that nothing signs, so its sender proves itself by a login that the webhook's address carries, or
//! by a secret at the end of that address. Mails name themselves by the metadata `reference`, which come back with the event.
//! <https://postmarkapp.com/developer/webhooks/bounce-webhook>, <https://postmarkapp.com/developer/webhooks/spam-complaint-webhook>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use subtle::ConstantTimeEq;

use super::{Event, Key};
use crate::config::secret::Secret;
use crate::domain::comeback::Comeback;

/// The header by which a mail names itself; Postmark takes it off and tells it with each event.
/// <https://postmarkapp.com/support/article/1125-custom-metadata-faq>
pub const HEADER: &str = "X-PM-Metadata-reference";

/// Whether a request's `Authorization` is this `name:password`.
pub fn has_login(login: &Secret, authorization: Option<&str>) -> bool {
    let Some((scheme, rest)) = authorization.and_then(|header| header.split_once(' ')) else { return false };
    let Ok(given) = STANDARD.decode(rest.trim()) else { return false };
    scheme.eq_ignore_ascii_case("basic") && bool::from(given.ct_eq(login.reveal().as_bytes()))
}

/// Whether the last part of the address is this one.
pub fn has_path(path: &Secret, given: Option<&str>) -> bool {
    given.is_some_and(|given| bool::from(given.as_bytes().ct_eq(path.reveal().as_bytes())))
}

/// The event of a body, where it is one that changes something.
pub fn event(body: &Value) -> Option<Event> {
    let text = |name: &str| body[name].as_str().map(str::to_owned);
    let what = match (body["RecordType"].as_str()?, body["Type"].as_str()) {
        ("SpamComplaint", _) | ("Bounce", Some("SpamComplaint")) => Comeback::Complaint,
        ("Bounce", Some("HardBounce" | "BadEmailAddress")) => Comeback::ForGood,
        (
            "Bounce",
            Some(
                "SoftBounce" | "Blocked" | "DnsError" | "SpamNotification" | "DMARCPolicy" | "VirusNotification"
                | "Unknown",
            ),
        ) => Comeback::ThisTime,
        // A delay, an answer by a machine, and what isn't about this mail.
        _ => return None,
    };
    let reference = body["Metadata"]["reference"].as_str().map(|text| Key::Reference(text.to_owned()));
    Some(Event {
        what,
        keys: reference.into_iter().collect(),
        recipient: text("Email"),
        code: None,
        said: text("Details").filter(|text| !text.is_empty()).or_else(|| text("Description")).unwrap_or_default(),
        by: "postmark",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // Fields as in <https://postmarkapp.com/developer/webhooks/bounce-webhook>; names and ids invented.
    const BOUNCE: &str = r#"{"RecordType":"Bounce","MessageStream":"outbound","ID":42,"Type":"HardBounce","TypeCode":1,
        "Name":"Hard bounce","Tag":"","MessageID":"883953f4-6105-42a2-a16a-77a8eac79483","Metadata":{"reference":"7Q3F-K2MD"},
        "ServerID":23,"Description":"The server was unable to deliver your message.","Details":"smtp;550 5.1.1 no such user",
        "Email":"olena@acme.example","From":"reports@acme.example","BouncedAt":"2026-11-16T06:10:00Z","DumpAvailable":true,
        "Inactive":true,"CanActivate":true,"Subject":"Acme Windows"}"#;

    #[test]
    fn the_login_or_the_address_proves_who_asks() {
        let login = Secret::new("postmark:a long password");
        let given = format!("Basic {}", STANDARD.encode("postmark:a long password"));
        assert!(has_login(&login, Some(&given)) && has_login(&login, Some(&given.replace("Basic", "basic"))));
        let wrong = format!("Basic {}", STANDARD.encode("postmark:"));
        for given in
            [None, Some(""), Some("Basic"), Some("Basic !"), Some(wrong.as_str()), Some(&given[..given.len() - 2])]
        {
            assert!(!has_login(&login, given), "{given:?}");
        }
        let path = Secret::new("0123456789abcdef0123");
        assert!(has_path(&path, Some("0123456789abcdef0123")));
        assert!(!has_path(&path, None) && !has_path(&path, Some("")) && !has_path(&path, Some("0123456789abcdef0124")));
    }

    #[test]
    fn bounces_and_complaints_are_events() {
        let read = |text: &str| event(&serde_json::from_str(text).expect("JSON"));
        let bounce = read(BOUNCE).expect("an event");
        assert_eq!((bounce.what, bounce.keys), (Comeback::ForGood, vec![Key::Reference("7Q3F-K2MD".into())]));
        assert_eq!(read(&BOUNCE.replace("HardBounce", "SoftBounce")).expect("one").what, Comeback::ThisTime);
        assert_eq!(read(&BOUNCE.replace("HardBounce", "AutoResponder")), None);
        assert_eq!(read(&BOUNCE.replace("HardBounce", "Transient")), None);
        assert_eq!(read(&BOUNCE.replace("\"Bounce\"", "\"SpamComplaint\"")).expect("one").what, Comeback::Complaint);
        assert_eq!(read(&BOUNCE.replace("\"Bounce\"", "\"Delivery\"")), None);
    }
}
