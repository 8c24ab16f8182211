//! What Amazon SES publishes about its mails, inside a message of SNS ([`super::sns`] proves it).
//! <https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html>

use serde_json::Value;

use super::{Event, Key};
use crate::domain::comeback::Comeback;

/// The events of a message, one for each recipient that it names.
pub fn events(message: &Value) -> Vec<Event> {
    // `notificationType` of a topic of an identity, `eventType` of a configuration set.
    let kind = message["notificationType"].as_str().or_else(|| message["eventType"].as_str()).unwrap_or_default();
    let (what, recipients) = match kind {
        "Bounce" => (bounce(&message["bounce"]), &message["bounce"]["bouncedRecipients"]),
        "Complaint" => (Some(Comeback::Complaint), &message["complaint"]["complainedRecipients"]),
        _ => return Vec::new(),
    };
    let Some(what) = what else { return Vec::new() };
    let keys = keys(&message["mail"]);
    let recipients = recipients.as_array().map_or(&[][..], Vec::as_slice);
    recipients.iter().take(MOST_RECIPIENTS).filter_map(|recipient| event(what, &keys, recipient)).collect()
}

/// Ours have one.
const MOST_RECIPIENTS: usize = 10;

fn bounce(bounce: &Value) -> Option<Comeback> {
    match (bounce["bounceType"].as_str()?, bounce["bounceSubType"].as_str()) {
        ("Permanent", Some("ContentRejected" | "MessageTooLarge" | "AttachmentRejected")) => Some(Comeback::ThisTime),
        ("Permanent", _) => Some(Comeback::ForGood),
        ("Transient" | "Undetermined", _) => Some(Comeback::ThisTime),
        _ => None,
    }
}

/// SES gives a mail another Message-ID; it answers with it when it takes the mail, and tells our headers where it is asked to.
fn keys(mail: &Value) -> Vec<Key> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let headers = mail["headers"].as_array().map_or(&[][..], Vec::as_slice);
    let own = headers
        .iter()
        .filter(|header| header["name"].as_str().is_some_and(|name| name.eq_ignore_ascii_case("Message-ID")))
        .filter_map(|header| text(&header["value"]).map(Key::MessageId));
    let sender = text(&mail["source"]).map(Key::Sender);
    let taken = text(&mail["messageId"]).map(Key::Taken);
    sender.into_iter().chain(own.take(2)).chain(taken).collect()
}

fn event(what: Comeback, keys: &[Key], recipient: &Value) -> Option<Event> {
    let text = |name: &str| recipient[name].as_str().map(str::to_owned);
    let code = text("status");
    let said = text("diagnosticCode").or_else(|| code.clone()).unwrap_or_default();
    Some(Event { what, keys: keys.to_vec(), recipient: Some(text("emailAddress")?), code, said, by: "ses" })
}

#[cfg(test)]
mod tests {
    use super::*;

    // Fields as in <https://docs.aws.amazon.com/ses/latest/dg/notification-examples.html>; names and ids invented.
    const BOUNCE: &str = r#"{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","reportingMTA":"dns; email.example.com",
        "bouncedRecipients":[{"emailAddress":"olena@acme.example","status":"5.1.1","action":"failed",
        "diagnosticCode":"smtp; 550 5.1.1 <olena@acme.example>... User"}],"bounceSubType":"General",
        "timestamp":"2026-11-16T06:10:00.237Z","feedbackId":"00000138111222aa-33322211-cccc-cccc-cccc-ddddaaaa068a-000000"},
        "mail":{"timestamp":"2026-11-16T06:00:01.237Z","source":"reports@acme.example","sendingAccountId":"123456789012",
        "messageId":"00000138111222aa-33322211-cccc-cccc-cccc-ddddaaaa0680-000000","destination":["olena@acme.example"],
        "headersTruncated":false,"headers":[{"name":"Message-ID","value":"<7q3fk2md.8f3a@acme.example>"}]}}"#;

    #[test]
    fn bounces_and_complaints_are_events() {
        let read = |text: &str| events(&serde_json::from_str(text).expect("JSON"));
        let [bounce] = &read(BOUNCE)[..] else { panic!("one event") };
        assert_eq!((bounce.what, bounce.code.as_deref()), (Comeback::ForGood, Some("5.1.1")));
        let taken = Key::Taken("00000138111222aa-33322211-cccc-cccc-cccc-ddddaaaa0680-000000".into());
        let own = Key::MessageId("<7q3fk2md.8f3a@acme.example>".into());
        assert_eq!(bounce.keys, [Key::Sender("reports@acme.example".into()), own, taken]);
        assert_eq!(read(&BOUNCE.replace("Permanent", "Transient"))[0].what, Comeback::ThisTime);
        assert_eq!(read(&BOUNCE.replace("General", "MessageTooLarge"))[0].what, Comeback::ThisTime);
        let complaint = BOUNCE.replace("\"Bounce\"", "\"Complaint\"").replace("bouncedR", "complainedR");
        assert_eq!(read(&complaint.replace("\"bounce\":", "\"complaint\":"))[0].what, Comeback::Complaint);
        assert!(read(&BOUNCE.replace("\"Bounce\"", "\"Delivery\"")).is_empty());
        assert!(read("{}").is_empty() && read("[1]").is_empty());
    }
}
