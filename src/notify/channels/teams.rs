//! Microsoft Teams, through a workflow ("When a Teams webhook request is received"): an Adaptive Card of version 1.4 in the
//! envelope that it takes.
//!
//! A message is at most 28 kB. The workflow answers 202 before it does anything, and whether it posts the card it never
//! says; so what we are told is "taken", and we say no more than that.

use std::time::Duration;

use serde_json::{Value, json};

use super::answer::{self, Answer};
use super::{Note, Post, Way, cut};
use crate::config::channels::Service;
use crate::domain::brief::{Brief, shortened};
use crate::domain::contact::ChannelKind;
use crate::domain::instant::Instant;
use crate::net::{Reply, Request, Target};
use crate::notify::rate;

/// How Teams is spoken to.
pub const WAY: Way = Way {
    kind: ChannelKind::Teams,
    connections: 1,
    compose,
    request,
    answer,
    wait: |tries, seed| Some(rate::retry_after(tries, seed)),
    knows_repetitions: false,
};

/// Bytes of a whole message; 28 kB are taken, a few of them are the workflow's own.
const MOST: usize = 27_000;
const SCHEMA: &str = "http://adaptivecards.io/schemas/adaptive-card.json";
const CARD: &str = "application/vnd.microsoft.card.adaptive";
const MOST_LINES: usize = 30;
const MOST_FACTS: usize = 40;

fn compose(note: &Note<'_>, _: &Service) -> Vec<u8> {
    let made = [4_000, 2_000, 1_000, 500, 200, 80].into_iter().map(|each| message(note, each).to_string());
    let made = made.into_iter().find(|made| made.len() <= MOST);
    made.unwrap_or_else(|| message(note, 20).to_string()).into_bytes()
}

/// The message with no text longer than `each` letters.
fn message(note: &Note<'_>, each: usize) -> Value {
    let Brief { title, facts, button, .. } = note.brief;
    let text = |text: &str| json!({ "type": "TextBlock", "wrap": true, "text": escaped(text, each) });
    let mut heading = text(title);
    heading["size"] = json!("Medium");
    heading["weight"] = json!("Bolder");
    let mut body = vec![heading];
    body.extend(cut::lines(note.brief, MOST_LINES).iter().map(|line| text(line)));
    let more_facts = cut::more(note.brief, facts.len(), MOST_FACTS);
    if !facts.is_empty() {
        let facts: Vec<Value> = facts
            .iter()
            .take(MOST_FACTS)
            .map(|fact| json!({ "title": escaped(&fact.label, each.min(100)), "value": escaped(&fact.value, each) }))
            .collect();
        body.push(json!({ "type": "FactSet", "facts": facts }));
    }
    body.extend(more_facts.map(|more| text(&more)));
    for line in [note.why, note.reference_line].iter().filter(|line| !line.is_empty()) {
        let mut small = text(line);
        small["size"] = json!("Small");
        small["isSubtle"] = json!(true);
        small["spacing"] = json!("Small");
        body.push(small);
    }
    let mut card = json!({ "$schema": SCHEMA, "type": "AdaptiveCard", "version": "1.4", "body": body });
    card["msteams"] = json!({ "width": "Full" });
    if let Some(button) = button.as_ref().filter(|button| button.url.len() <= 2_000) {
        let title = shortened(&button.label, 80);
        card["actions"] = json!([{ "type": "Action.OpenUrl", "title": title, "url": button.url }]);
    }
    let attachment = json!({ "contentType": CARD, "contentUrl": null, "content": card });
    json!({ "type": "message", "attachments": [attachment] })
}

/// Cards read a little Markdown: what would be emphasis or a link stays what it is.
fn escaped(text: &str, most: usize) -> String {
    let mut escaped = String::new();
    for letter in shortened(text, most).chars() {
        if matches!(letter, '\\' | '*' | '_' | '[' | ']' | '`') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

fn request(service: &Service, post: &Post, _: Instant) -> Result<(Target, Request), &'static str> {
    let Service::Teams(hook) = service else { return Err("channel_of_another_kind") };
    Ok((hook.target.clone(), Request::json(post.body.clone())))
}

fn answer(_: &Service, reply: &Reply, wait: Option<Duration>) -> Answer {
    match reply.is_success() {
        true => {
            Answer::Taken(format!("{}: taken by the workflow, which doesn't say whether it posts it", reply.status))
        }
        false => answer::usual(reply, wait),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::brief::{BriefFact, Button};

    fn made(brief: &Brief) -> Vec<u8> {
        let note = Note {
            brief,
            why: "You get this as owner of Acme.",
            reference_line: "Reference 7Q3F-K2MD",
            reference: "7Q3F-K2MD",
            id: "msg_1",
            at: Instant::from_seconds(0),
        };
        let target = Target::parse("https://prod-1.westeurope.logic.azure.com/x?sig=y").expect("valid");
        compose(&note, &Service::Teams(crate::config::channels::Hook { target }))
    }

    #[test]
    fn a_card_is_in_the_envelope_that_workflows_take() {
        let brief = Brief {
            title: "Low balance: acme_windows".into(),
            facts: vec![BriefFact { label: "Balance".into(), value: "[41.20](https://evil.example) EUR".into() }],
            button: Some(Button { label: "Add".into(), url: "https://pay.acme.example/".into() }),
            ..Brief::default()
        };
        let made: Value = serde_json::from_slice(&made(&brief)).expect("JSON");
        let attachment = &made["attachments"][0];
        assert_eq!((made["type"].as_str(), attachment["contentUrl"].is_null()), (Some("message"), true));
        assert_eq!(attachment["contentType"], "application/vnd.microsoft.card.adaptive");
        let card = &attachment["content"];
        assert_eq!((card["version"].as_str(), card["type"].as_str()), (Some("1.4"), Some("AdaptiveCard")));
        assert_eq!(card["body"][0]["text"], "Low balance: acme\\_windows");
        assert_eq!(card["body"][1]["facts"][0]["value"], "\\[41.20\\](https://evil.example) EUR");
        assert_eq!(card["actions"][0]["url"], "https://pay.acme.example/");
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

        #[test]
        fn nothing_is_longer_than_teams_takes(
            title in ".{0,400}", lines in proptest::collection::vec((0..4_usize, 0..6_000_usize), 0..30),
            facts in proptest::collection::vec((0..300_usize, 0..3_000_usize), 0..60),
        ) {
            let lines = lines.into_iter().map(|(of, long)| ["a", "_", "\u{1}\"", "🙂\n"][of].repeat(long)).collect();
            let fact = |(label, value)| BriefFact { label: "*".repeat(label), value: "\u{1}".repeat(value) };
            let facts = facts.into_iter().map(fact).collect();
            let made = made(&Brief { title: title.clone(), subject: title, lines, facts, ..Brief::default() });
            proptest::prop_assert!(made.len() <= MOST, "{}", made.len());
            proptest::prop_assert!(serde_json::from_slice::<Value>(&made).is_ok());
        }
    }
}
