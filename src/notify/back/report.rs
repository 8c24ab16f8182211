//! Reports that mail servers send back as mails: why a mail couldn't be delivered (RFC 3464; RFC 6533 where an
//! address has other letters) and that its reader called it spam (RFC 5965).

use mail_parser::{Address, HeaderName, HeaderValue, Message, MessageParser, MimeHeaders, PartType};

use super::{Event, Key};
use crate::domain::comeback::{Comeback, is_status};

/// Bytes of such a mail that are read.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;

/// What a mail turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// A report that changes something.
    Event(Box<Event>),
    /// A report that changes nothing: of a delay, or that it was delivered.
    Notice,
    /// An answer by a person or a machine, or anything else.
    NoReport,
}

/// Reads a mail; `arrived_at`: the address that it came to, where whoever took it knows.
pub fn read(bytes: &[u8], arrived_at: Option<&str>) -> Read {
    let Some(mail) = MessageParser::default().parse(bytes) else { return Read::NoReport };
    let mut keys: Vec<Key> = arrived_at.map(|to| Key::Sender(to.to_owned())).into_iter().collect();
    keys.extend(addressed(&mail));
    let mut found = None;
    for part in mail.parts.iter().take(MOST_PARTS) {
        let kind = part
            .content_type()
            .map(|kind| (kind.ctype().to_ascii_lowercase(), kind.subtype().unwrap_or("").to_ascii_lowercase()));
        let kind = kind.as_ref().map(|(major, minor)| (major.as_str(), minor.as_str()));
        match (kind, &part.body) {
            (Some(("message", "delivery-status" | "global-delivery-status")), _) => {
                found = found.or_else(|| Some(of_failure(&groups(part.contents()))));
            }
            (Some(("message", "feedback-report")), _) => {
                let fields = groups(part.contents()).into_iter().flatten().collect::<Vec<_>>();
                keys.extend(value(&fields, "original-mail-from").map(|from| Key::Sender(from.to_owned())));
                found = found.or_else(|| Some(of_complaint(&fields)));
            }
            (_, PartType::Message(original)) => keys.extend(original_keys(original)),
            (Some(("text", "rfc822-headers") | ("message", "rfc822" | "global" | "global-headers")), _) => {
                if let Some(original) = MessageParser::default().parse(part.contents()) {
                    keys.extend(original_keys(&original));
                }
            }
            _ => {}
        }
    }
    match found {
        None => Read::NoReport,
        Some(None) => Read::Notice,
        Some(Some(told)) => {
            keys.truncate(MOST_KEYS);
            Read::Event(Box::new(Event { keys, ..told }))
        }
    }
}

const MOST_PARTS: usize = 50;
const MOST_KEYS: usize = 20;

/// Where the report itself went: some programs tell it in a header.
fn addressed(mail: &Message<'_>) -> Vec<Key> {
    let by_name = ["Delivered-To", "X-Original-To", "Envelope-To"].map(|name| HeaderName::Other(name.into()));
    let mut keys: Vec<Key> = by_name
        .into_iter()
        .flat_map(|name| {
            mail.header_values(name).filter_map(HeaderValue::as_text).map(str::to_owned).collect::<Vec<_>>()
        })
        .map(Key::Sender)
        .collect();
    keys.extend(
        mail.to()
            .into_iter()
            .flat_map(Address::iter)
            .filter_map(|to| to.address())
            .map(|to| Key::Sender(to.to_owned())),
    );
    keys
}

/// What names the mail that the report is about.
fn original_keys(original: &Message<'_>) -> Vec<Key> {
    let id = original.message_id().map(|id| Key::MessageId(id.to_owned()));
    let from = original.return_path().as_text().map(|from| Key::Sender(from.to_owned()));
    from.into_iter().chain(id).collect()
}

type Fields = Vec<(String, String)>;

/// Blocks of fields, each ended by an empty line; names in lower case, long lines joined.
fn groups(bytes: &[u8]) -> Vec<Fields> {
    let text = String::from_utf8_lossy(bytes);
    let mut groups: Vec<Fields> = vec![Vec::new()];
    for line in text.lines().take(MOST_LINES) {
        let Some(group) = groups.last_mut() else { break };
        if line.trim().is_empty() {
            if !group.is_empty() {
                groups.push(Vec::new());
            }
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = group.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            group.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    groups
}

const MOST_LINES: usize = 2_000;

fn value<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// What stands behind `rfc822;` or `smtp;`.
fn untyped(text: &str) -> &str {
    text.split_once(';').map_or(text, |(_, rest)| rest).trim()
}

/// The first recipient that failed: ours have one.
fn of_failure(groups: &[Fields]) -> Option<Event> {
    let failed = groups
        .iter()
        .find(|group| value(group, "action").is_some_and(|action| action.eq_ignore_ascii_case("failed")))?;
    let status = value(failed, "status").and_then(|text| text.split_whitespace().next()).unwrap_or_default();
    let diagnostic = value(failed, "diagnostic-code").unwrap_or_default();
    let said = if diagnostic.is_empty() { status } else { untyped(diagnostic) };
    Some(Event {
        what: Comeback::of_failure(status, diagnostic),
        keys: Vec::new(),
        recipient: value(failed, "final-recipient").map(|to| untyped(to).to_owned()),
        code: is_status(status).then(|| status.to_owned()),
        said: said.to_owned(),
        by: "bounce message",
    })
}

/// `not-spam` takes a complaint back, and reports of authentication aren't about readers.
fn of_complaint(fields: &Fields) -> Option<Event> {
    let kind = value(fields, "feedback-type")?.to_ascii_lowercase();
    if !matches!(kind.as_str(), "abuse" | "fraud" | "virus" | "other" | "opt-out") {
        return None;
    }
    let by = value(fields, "user-agent").unwrap_or_default();
    Some(Event {
        what: Comeback::Complaint,
        keys: Vec::new(),
        recipient: value(fields, "original-rcpt-to").map(|to| to.trim_matches(['<', '>']).to_owned()),
        code: None,
        said: format!("{kind} {by}").trim().to_owned(),
        by: "complaint message",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// After the example of RFC 3464 §8.1; names invented.
    const BOUNCE: &str = "Date: Mon, 16 Nov 2026 06:10:00 +0000\r\nFrom: Mail Delivery Subsystem <MAILER-DAEMON@mx.test.example>\r\n\
        To: <b-7q3fk2md-0123456789abcdef@bounces.test.example>\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n--b\r\n\r\nIt failed.\r\n\r\n\
        --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test.example\r\n\r\n\
        Original-Recipient: rfc822;olena@acme.example\r\nFinal-Recipient: rfc822;olena@acme.example\r\nAction: failed\r\n\
        Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n no such user\r\n\r\n\
        --b\r\nContent-Type: message/rfc822\r\n\r\nReturn-Path: <b-7q3fk2md-0123456789abcdef@bounces.test.example>\r\n\
        Message-ID: <7q3fk2md.8f3a@test.example>\r\nSubject: Acme Windows\r\n\r\nbody\r\n--b--\r\n";

    /// After the example of RFC 5965 §B.1; names invented.
    const COMPLAINT: &str = "From: <abusedesk@isp.example>\r\nTo: <abuse@test.example>\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/report; report-type=feedback-report; boundary=\"b\"\r\n\r\n--b\r\n\r\nAn abuse report.\r\n\
        --b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: SomeGenerator/1.0\r\nVersion: 1\r\n\
        Original-Mail-From: <b-7q3fk2md-0123456789abcdef@bounces.test.example>\r\nOriginal-Rcpt-To: <olena@acme.example>\r\n\
        \r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <7q3fk2md.8f3a@test.example>\r\nSubject: Acme\r\n\r\n--b--\r\n";

    fn event(text: &str) -> Event {
        match read(text.as_bytes(), None) {
            Read::Event(event) => *event,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_report_of_failure_names_its_mail_and_says_why() {
        let told = event(BOUNCE);
        assert_eq!((told.what, told.code.as_deref()), (Comeback::ForGood, Some("5.1.1")));
        assert_eq!(told.said, "550 5.1.1 no such user");
        assert_eq!(told.recipient.as_deref(), Some("olena@acme.example"));
        let sender = "b-7q3fk2md-0123456789abcdef@bounces.test.example";
        assert!(told.keys.contains(&Key::Sender(sender.into())), "{:?}", told.keys);
        assert!(told.keys.contains(&Key::MessageId("7q3fk2md.8f3a@test.example".into())), "{:?}", told.keys);
        let full = event(&BOUNCE.replace("5.1.1", "5.2.2"));
        assert_eq!(full.what, Comeback::ThisTime);
        assert_eq!(read(BOUNCE.replace("Action: failed", "Action: delayed").as_bytes(), None), Read::Notice);
        let only_headers = BOUNCE.replace("message/rfc822", "text/rfc822-headers");
        assert!(event(&only_headers).keys.contains(&Key::MessageId("7q3fk2md.8f3a@test.example".into())));
        for other_letters in ["message/global", "message/global-headers"] {
            let told = event(&BOUNCE.replace("message/rfc822", other_letters));
            let id = Key::MessageId("7q3fk2md.8f3a@test.example".into());
            assert!(told.keys.contains(&id), "{other_letters}: {:?}", told.keys);
        }
    }

    #[test]
    fn a_complaint_names_its_mail() {
        let told = event(COMPLAINT);
        assert_eq!((told.what, told.said.as_str()), (Comeback::Complaint, "abuse SomeGenerator/1.0"));
        assert!(told.keys.contains(&Key::MessageId("7q3fk2md.8f3a@test.example".into())), "{:?}", told.keys);
        assert!(
            told.keys.iter().any(|key| matches!(key, Key::Sender(from) if from.contains("b-7q3fk2md"))),
            "{:?}",
            told.keys
        );
        assert_eq!(read(COMPLAINT.replace("abuse\r\nUser", "not-spam\r\nUser").as_bytes(), None), Read::Notice);
    }

    #[test]
    fn what_is_no_report_is_none() {
        let away = "From: olena@acme.example\r\nTo: b-7q3fk2md-0123456789abcdef@bounces.test.example\r\n\
                    Auto-Submitted: auto-replied\r\nSubject: I'm away\r\n\r\nUntil Monday.\r\n";
        assert_eq!(read(away.as_bytes(), None), Read::NoReport);
        assert_eq!(read(b"", None), Read::NoReport);
    }

    proptest! {
        #[test]
        fn broken_reports_break_nothing(cut in 0_usize..1_200, flip in 0_usize..1_200, with in any::<u8>()) {
            for text in [BOUNCE, COMPLAINT] {
                let mut bytes = text.as_bytes()[..cut.min(text.len())].to_vec();
                if let Some(byte) = bytes.get_mut(flip) {
                    *byte = with;
                }
                let _ = read(&bytes, Some("x"));
            }
        }
    }
}
