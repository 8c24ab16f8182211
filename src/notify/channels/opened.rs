//! What a service would show of a message, as a page for people: read back from what is posted to it, so that it shows neither
//! more nor less. It is no picture of the service, only its words in their order.

use askama::Template;
use serde_json::Value;

use crate::domain::contact::ChannelKind;

/// The words of a message in a chat.
#[derive(Debug, Default, Template)]
#[template(path = "pages/card.html")]
struct Card {
    service: &'static str,
    /// The room.
    to: String,
    title: String,
    lines: Vec<String>,
    facts: Vec<(String, String)>,
    /// Label and address.
    buttons: Vec<(String, String)>,
    small: Vec<String>,
}

/// The page; `None`: this service shows nothing to people, or the message can't be read.
pub(super) fn page(kind: ChannelKind, to: &str, posted: &[u8]) -> Option<String> {
    let posted: Value = serde_json::from_slice(posted).ok()?;
    let card = match kind {
        ChannelKind::Slack => slack(&posted),
        ChannelKind::Teams => teams(&posted),
        ChannelKind::Email | ChannelKind::Sms | ChannelKind::Webhook => return None,
    };
    Card { to: to.to_owned(), ..card }.render().ok()
}

fn slack(posted: &Value) -> Card {
    let mut card = Card { service: "Slack", ..Card::default() };
    for block in items(&posted["blocks"]) {
        let text = |at: &Value| plain(at["text"].as_str().unwrap_or_default());
        match block["type"].as_str() {
            Some("header") => card.title = text(&block["text"]),
            Some("section") if block["text"].is_object() => card.lines.push(text(&block["text"])),
            Some("section") => card.facts.extend(items(&block["fields"]).map(|field| fact(&text(field)))),
            Some("actions") => {
                let button = |one: &Value| (text(&one["text"]), one["url"].as_str().unwrap_or_default().to_owned());
                card.buttons.extend(items(&block["elements"]).map(button));
            }
            Some("context") => card.small.extend(items(&block["elements"]).map(text)),
            _ => {}
        }
    }
    card
}

/// `*label*`, and its value on the next line.
fn fact(text: &str) -> (String, String) {
    let (label, value) = text.split_once("*\n").unwrap_or((text, ""));
    (label.trim_start_matches('*').to_owned(), value.to_owned())
}

/// Without what Slack's mark-up asks to be written otherwise.
fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn teams(posted: &Value) -> Card {
    let card = &posted["attachments"][0]["content"];
    let mut seen = Card { service: "Teams", ..Card::default() };
    for element in items(&card["body"]) {
        let text = unescaped(element["text"].as_str().unwrap_or_default());
        match (element["type"].as_str(), element["weight"].as_str(), element["isSubtle"].as_bool()) {
            (Some("FactSet"), ..) => seen.facts.extend(items(&element["facts"]).map(|one| {
                let of = |key: &str| unescaped(one[key].as_str().unwrap_or_default());
                (of("title"), of("value"))
            })),
            (_, Some("Bolder"), _) => seen.title = text,
            (_, _, Some(true)) => seen.small.push(text),
            _ => seen.lines.push(text),
        }
    }
    let of = |one: &Value, key: &str| one[key].as_str().unwrap_or_default().to_owned();
    seen.buttons.extend(items(&card["actions"]).map(|one| (of(one, "title"), of(one, "url"))));
    seen
}

/// Without the signs that keep Teams from reading Markdown.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        plain.extend(if letter == '\\' { letters.next() } else { Some(letter) });
    }
    plain
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().map(Vec::as_slice).unwrap_or_default().iter()
}

#[cfg(test)]
mod tests {
    use super::super::{Note, Way};
    use super::*;
    use crate::config::channels::{Outbox, Service};
    use crate::domain::brief::{Brief, BriefFact, Button};
    use crate::domain::instant::Instant;

    #[test]
    fn a_page_holds_every_word_of_a_message_and_no_mark_up_of_its_service() {
        let brief = Brief {
            title: "Low [balance] & <more>".into(),
            subject: "Low".into(),
            lines: vec!["It *ends* on_Friday.".into()],
            facts: vec![BriefFact { label: "Balance".into(), value: "41.20 EUR".into() }],
            button: Some(Button { label: "Add".into(), url: "https://pay.acme.example/?a=1&b=2".into() }),
            ..Brief::default()
        };
        let note = Note {
            brief: &brief,
            why: "You get this as owner.",
            reference_line: "Reference 7Q3F-K2MD",
            reference: "7Q3F-K2MD",
            id: "msg_1",
            at: Instant::from_seconds(0),
        };
        let service = Service::Folder(Outbox { folder: "x".into(), opened: true, most_parts: 3 });
        for kind in [ChannelKind::Slack, ChannelKind::Teams] {
            let posted = (Way::of(kind).expect("a way").compose)(&note, &service);
            let page = page(kind, "room", &posted).expect("a page");
            let said = page.replace("&#60;", "<").replace("&#62;", ">").replace("&#38;", "&").replace("&#42;", "*");
            for word in [
                "Low [balance] & <more>",
                "It *ends* on_Friday.",
                "Balance",
                "41.20 EUR",
                "Add",
                "https://pay.acme.example/?a=1&b=2",
                "You get this as owner.",
                "Reference 7Q3F-K2MD",
                "room",
            ] {
                assert!(said.contains(word), "{kind:?}: no {word} in {said}");
            }
            assert!(!said.contains("\\["), "{said}");
        }
        assert_eq!(page(ChannelKind::Webhook, "crm", b"{}"), None);
    }
}
