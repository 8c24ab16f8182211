//! Mailgun's webhooks: JSON with the event and a signature inside, an HMAC-SHA-256 of time and token by the webhook signing key.
//! <https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks>,
//! <https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-payloads>

use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use serde_json::Value;
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::{Event, Key, is_timely};
use crate::config::secret::Secret;
use crate::domain::comeback::Comeback;
use crate::domain::hex::hex;
use crate::domain::instant::Instant;

#[derive(Debug, Deserialize)]
struct Signature {
    timestamp: Value,
    token: String,
    signature: String,
}

/// Whether the signing key made this body's signature, and not long ago.
pub fn is_genuine(key: &Secret, body: &Value, now: Instant) -> bool {
    let Ok(signed) = Signature::deserialize(&body["signature"]) else { return false };
    let time = match &signed.timestamp {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let Ok(seconds) = time.parse::<i64>() else { return false };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.reveal().as_bytes()) else { return false };
    mac.update(time.as_bytes());
    mac.update(signed.token.as_bytes());
    let made = hex(&mac.finalize().into_bytes());
    let is_same: bool = made.as_bytes().ct_eq(signed.signature.to_ascii_lowercase().as_bytes()).into();
    is_same && (0..=MOST_SECONDS).contains(&seconds) && is_timely(Instant::from_seconds(seconds), now)
}

/// Far beyond any date; larger numbers aren't times.
const MOST_SECONDS: i64 = 100_000_000_000;

/// The event of a body, where it is one that changes something.
pub fn event(body: &Value) -> Option<Event> {
    let data = &body["event-data"];
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let what = match (data["event"].as_str()?, data["severity"].as_str()) {
        // What failed for a time is tried again by Mailgun.
        ("failed", Some("permanent")) => match data["reason"].as_str() {
            // Not tried at all: Mailgun knows the address from before.
            Some("suppress-bounce" | "bounce") | None => Comeback::ForGood,
            Some("suppress-complaint") => Comeback::Complaint,
            Some(_) => Comeback::ThisTime,
        },
        ("complained", _) => Comeback::Complaint,
        _ => return None,
    };
    let status = &data["delivery-status"];
    let code =
        status["enhanced-code"].as_str().map(str::to_owned).or_else(|| status["code"].as_i64().map(|n| n.to_string()));
    let words = [&status["message"], &status["description"]]
        .into_iter()
        .find_map(|value| text(value).filter(|text| !text.is_empty()));
    let sender = text(&data["envelope"]["sender"]).map(Key::Sender);
    let message = text(&data["message"]["headers"]["message-id"]).map(Key::MessageId);
    Some(Event {
        what,
        keys: message.into_iter().chain(sender).collect(),
        recipient: text(&data["recipient"]),
        code,
        said: words.or_else(|| text(&data["reason"])).unwrap_or_default(),
        by: "mailgun",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // Fields as in <https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-payloads>; names and ids invented.
    const FAILED: &str = r#"{"signature":{"timestamp":"1794808800","token":"b8e1c0f7d0b7a1f1a7a9","signature":"SIGNED"},
        "event-data":{"event":"failed","severity":"permanent","reason":"bounce","recipient":"olena@acme.example",
        "timestamp":1794808799.5,"envelope":{"sender":"reports@acme.example","transport":"smtp","targets":"olena@acme.example"},
        "delivery-status":{"attempt-no":1,"code":550,"enhanced-code":"5.1.1","message":"5.1.1 no such user","description":""},
        "message":{"headers":{"message-id":"7q3fk2md.8f3a@acme.example","to":"olena@acme.example"},"size":341}}}"#;

    fn signed(key: &str) -> Value {
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("any length");
        mac.update(b"1794808800b8e1c0f7d0b7a1f1a7a9");
        let signature = hex(&mac.finalize().into_bytes());
        serde_json::from_str(&FAILED.replace("SIGNED", &signature)).expect("JSON")
    }

    #[test]
    fn a_signature_counts_for_its_key_and_time_only() {
        let (key, at) = (Secret::new("key-0123"), Instant::from_seconds(1_794_808_800));
        let body = signed("key-0123");
        assert!(is_genuine(&key, &body, at) && is_genuine(&key, &body, at.plus_seconds(8 * 3_600)));
        assert!(!is_genuine(&Secret::new("key-4567"), &body, at));
        assert!(!is_genuine(&key, &body, at.plus_seconds(86_401)), "from long ago");
        assert!(!is_genuine(&key, &body, at.plus_seconds(-601)), "from the future");
        for wrong in ["{}", r#"{"signature":null}"#, r#"{"signature":{"timestamp":"x","token":"","signature":""}}"#] {
            assert!(!is_genuine(&key, &serde_json::from_str(wrong).expect("JSON"), at), "{wrong}");
        }
    }

    #[test]
    fn failures_for_good_and_complaints_are_events() {
        let read = event(&signed("k")).expect("an event");
        assert_eq!(read.what, Comeback::ForGood);
        assert_eq!(read.keys[0], Key::MessageId("7q3fk2md.8f3a@acme.example".into()));
        assert_eq!((read.recipient.as_deref(), read.code.as_deref()), (Some("olena@acme.example"), Some("5.1.1")));
        let changed = |from: &str, to: &str| event(&serde_json::from_str(&FAILED.replace(from, to)).expect("JSON"));
        assert_eq!(changed("permanent", "temporary"), None);
        assert_eq!(changed("\"failed\"", "\"delivered\""), None);
        assert_eq!(changed("\"bounce\"", "\"generic\"").expect("one").what, Comeback::ThisTime);
        assert_eq!(changed("\"failed\"", "\"complained\"").expect("one").what, Comeback::Complaint);
    }
}
