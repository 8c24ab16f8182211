//! Slack: an incoming webhook takes blocks and, for notifications and readers without them, a text.
//!
//! Limits by Slack's reference of block elements; the sum of all letters isn't documented, and what is longer than about
//! 13,200 is refused (slackapi/bolt-js#2509). The answer is text: `ok`, or a word for what is wrong.

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

/// How Slack is spoken to.
pub const WAY: Way = Way {
    kind: ChannelKind::Slack,
    connections: 1,
    compose,
    request,
    answer,
    wait: |tries, seed| Some(rate::retry_after(tries, seed)),
    knows_repetitions: false,
};

const MOST_HEADER: usize = 150;
const MOST_SECTION: usize = 3_000;
const MOST_FIELD: usize = 2_000;
const MOST_FIELDS: usize = 10;
const MOST_BUTTON: usize = 75;
const MOST_URL: usize = 3_000;
const MOST_TEXT: usize = 3_000;
/// Letters of a whole message.
const MOST: usize = 12_000;
/// Facts of a message: three blocks of them.
const MOST_FACTS: usize = 30;
/// Sentences of a message.
const MOST_LINES: usize = 30;

fn compose(note: &Note<'_>, _: &Service) -> Vec<u8> {
    // The first measure of letters a text that fits all of them in.
    let made = [2_900, 1_500, 700, 300, 150].into_iter().map(|each| message(note, each));
    let fits = |made: &Value| made.to_string().chars().count() <= MOST;
    let made = made.into_iter().find(fits).unwrap_or_else(|| message(note, 60));
    made.to_string().into_bytes()
}

/// The message with no text longer than `each` letters.
fn message(note: &Note<'_>, each: usize) -> Value {
    let Brief { title, subject, lines, facts, button, .. } = note.brief;
    let mut blocks = vec![json!({ "type": "header", "text": plain(title, each.min(MOST_HEADER)) })];
    for line in cut::lines(note.brief, MOST_LINES) {
        blocks.push(json!({ "type": "section", "text": marked(&line, each.min(MOST_SECTION)) }));
    }
    let more_facts = cut::more(note.brief, facts.len(), MOST_FACTS);
    let facts: Vec<Value> = facts
        .iter()
        .take(MOST_FACTS)
        .map(|fact| {
            let label = escaped(&fact.label, each.min(200));
            let value = escaped(&fact.value, each.min(MOST_FIELD - 1_100));
            json!({ "type": "mrkdwn", "text": format!("*{label}*\n{value}"), "verbatim": true })
        })
        .collect();
    for fields in facts.chunks(MOST_FIELDS) {
        blocks.push(json!({ "type": "section", "fields": fields }));
    }
    blocks.extend(more_facts.map(|more| json!({ "type": "section", "text": marked(&more, MOST_SECTION) })));
    if let Some(button) = button.as_ref().filter(|button| button.url.chars().count() <= MOST_URL) {
        let label = plain(&button.label, MOST_BUTTON);
        blocks.push(json!({ "type": "actions", "elements": [{ "type": "button", "text": label, "url": button.url }] }));
    }
    let elements: Vec<Value> =
        [note.why, note.reference_line].iter().filter(|line| !line.is_empty()).map(|line| marked(line, 500)).collect();
    if !elements.is_empty() {
        blocks.push(json!({ "type": "context", "elements": elements }));
    }
    // What a lock screen shows, and a reader without blocks.
    let first = lines.first().map_or(String::new(), |line| format!("\n{line}"));
    json!({ "text": escaped(&format!("{subject}{first}"), each.min(MOST_TEXT)), "blocks": blocks })
}

fn plain(text: &str, most: usize) -> Value {
    // An empty text is refused.
    let text = if text.trim().is_empty() { "–" } else { text };
    json!({ "type": "plain_text", "text": shortened(text, most), "emoji": false })
}

fn marked(text: &str, most: usize) -> Value {
    json!({ "type": "mrkdwn", "text": escaped(text, most), "verbatim": true })
}

/// Slack's three letters escaped, so that nobody is mentioned and nothing becomes a link; cut before, so that no escape is.
fn escaped(text: &str, most: usize) -> String {
    let mut kept = text.chars().count().min(most);
    loop {
        let cut = shortened(text, kept);
        let escaped = cut.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let letters = escaped.chars().count();
        if letters <= most || kept == 0 {
            return escaped;
        }
        kept = kept.saturating_sub((letters - most).div_ceil(4).max(1));
    }
}

fn request(service: &Service, post: &Post, _: Instant) -> Result<(Target, Request), &'static str> {
    let Service::Slack(hook) = service else { return Err("channel_of_another_kind") };
    Ok((hook.target.clone(), Request::json(post.body.clone())))
}

fn answer(_: &Service, reply: &Reply, wait: Option<Duration>) -> Answer {
    match reply.is_success() {
        true if reply.is_whole && reply.body.trim().eq_ignore_ascii_case("ok") => Answer::Taken(reply.words()),
        // Somebody answered, and it wasn't Slack.
        true => Answer::Unknown(reply.words()),
        false => answer::usual(reply, wait),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::brief::{BriefFact, Button};

    fn note(brief: &Brief) -> Note<'_> {
        Note {
            brief,
            why: "You get this as owner of Acme <Windows>.",
            reference_line: "Reference 7Q3F-K2MD",
            reference: "7Q3F-K2MD",
            id: "msg_1",
            at: Instant::from_seconds(0),
        }
    }

    fn made(brief: &Brief) -> Value {
        let service = Service::Slack(crate::config::channels::Hook {
            target: Target::parse("https://hooks.slack.com/services/x").expect("valid"),
        });
        serde_json::from_slice(&compose(&note(brief), &service)).expect("JSON")
    }

    fn brief() -> Brief {
        Brief {
            subject: "Low balance: acme".into(),
            title: "Low balance: acme".into(),
            lines: vec!["Balance & <!channel> funds".into()],
            facts: vec![BriefFact { label: "Balance".into(), value: "41.20 EUR".into() }],
            button: Some(Button { label: "Add".into(), url: "https://pay.acme.example/".into() }),
            ..Brief::default()
        }
    }

    #[test]
    fn blocks_and_a_text_are_sent_and_nobody_can_be_mentioned() {
        let made = made(&brief());
        assert_eq!(made["text"], "Low balance: acme\nBalance &amp; &lt;!channel&gt; funds");
        let kinds: Vec<&str> =
            made["blocks"].as_array().expect("a list").iter().filter_map(|b| b["type"].as_str()).collect();
        assert_eq!(kinds, ["header", "section", "section", "actions", "context"]);
        assert_eq!(made["blocks"][2]["fields"][0]["text"], "*Balance*\n41.20 EUR");
        assert!(!made.to_string().contains("<!channel>"));
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

        #[test]
        fn nothing_is_longer_than_slack_takes(
            title in ".{0,400}", lines in proptest::collection::vec((0..4_usize, 0..5_000_usize), 0..30),
            facts in proptest::collection::vec((0..300_usize, 0..3_000_usize), 0..60),
        ) {
            let lines = lines.into_iter().map(|(of, long)| ["a", "&", "<\"", "ж\n"][of].repeat(long)).collect();
            let fact = |(label, value)| BriefFact { label: "<".repeat(label), value: "&".repeat(value) };
            let facts = facts.into_iter().map(fact).collect();
            let brief = Brief { title: title.clone(), subject: title, lines, facts, ..brief() };
            let made = made(&brief);
            let count = |value: &Value| value.as_str().unwrap_or_default().chars().count();
            proptest::prop_assert!(made.to_string().chars().count() <= MOST);
            let blocks = made["blocks"].as_array().expect("a list");
            proptest::prop_assert!(blocks.len() <= 50 && count(&made["text"]) <= MOST_TEXT && count(&made["text"]) > 0);
            for block in blocks {
                let most = if block["type"] == "header" { 150 } else { 3_000 };
                proptest::prop_assert!(count(&block["text"]["text"]) <= most);
                let fields = block["fields"].as_array().cloned().unwrap_or_default();
                proptest::prop_assert!(fields.len() <= 10 && fields.iter().all(|field| count(&field["text"]) <= 2_000));
            }
        }
    }
}
