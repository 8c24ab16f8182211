//! What each service would be sent of a notice, for people to look at before anybody gets it.

use super::{Note, Way, opened};
use crate::config::channels::{Outbox, Service};
use crate::domain::brief::Brief;
use crate::domain::contact::ChannelKind;
use crate::domain::instant::Instant;

/// What a service would be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// `txt` or `json`: how a file with it ends.
    pub ending: &'static str,
    pub bytes: Vec<u8>,
    /// How it reads, as a page; `None`: people never see it as such.
    pub page: Option<String>,
}

/// A reference of nobody's.
pub const REFERENCE: &str = "5HJW-8MDE";

/// What would be sent of a notice over this channel, JSON with its lines broken, an SMS in the three parts that are usual;
/// `None`: it goes by mail.
pub fn of(kind: ChannelKind, brief: &Brief, why: &str, reference_line: &str) -> Option<Preview> {
    let way = Way::of(kind)?;
    let posted = posted(way, brief, why, reference_line);
    let page = opened::page(kind, "room", &posted);
    if kind == ChannelKind::Sms {
        return Some(Preview { ending: "txt", bytes: posted, page });
    }
    let pretty = serde_json::from_slice::<serde_json::Value>(&posted).ok();
    let pretty = pretty.and_then(|json| serde_json::to_vec_pretty(&json).ok());
    Some(Preview { ending: "json", bytes: pretty.unwrap_or(posted), page })
}

fn posted(way: &Way, brief: &Brief, why: &str, reference_line: &str) -> Vec<u8> {
    let service = Service::Folder(Outbox { folder: "outbox".into(), opened: false, most_parts: 3 });
    let note =
        Note { brief, why, reference_line, reference: REFERENCE, id: "msg_5hjw8mde", at: Instant::from_seconds(0) };
    (way.compose)(&note, &service)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::super::WAYS;
    use super::*;
    use crate::domain::notice::{KINDS, NoticeKind};
    use crate::domain::schedule::Format;
    use crate::domain::sms;
    use crate::i18n::spoken;
    use crate::report::render::{render, sample};

    /// Beginnings of ids: a message that a language lacks is shown as its id.
    const IDS: [&str; 12] = [
        "alert-",
        "digest-",
        "mail-",
        "test-",
        "watch-",
        "silence-",
        "sns-",
        "texts-",
        "failed-",
        "too-large-",
        "held-",
        "down-",
    ];

    fn is_whole(place: &str, text: &str) {
        assert!(!text.trim().is_empty(), "{place}: nothing is said");
        // Addresses and file names may begin so.
        let words = text.split(|c: char| c.is_whitespace() || "\"'(),;>".contains(c));
        let id = words
            .filter(|word| !word.contains(['/', '.', '@', ':', '=']))
            .find(|word| IDS.iter().any(|id| word.starts_with(id)));
        assert_eq!(id, None, "{place}: a word is missing in {text}");
        assert!(!text.contains("{$") && !text.contains("{ $"), "{place}: {text}");
    }

    fn count(value: &Value) -> usize {
        value.as_str().unwrap_or_default().chars().count()
    }

    fn slack_takes(place: &str, posted: &Value) {
        let blocks = posted["blocks"].as_array().expect("blocks");
        assert!((1..=50).contains(&blocks.len()) && posted.to_string().chars().count() <= 13_200, "{place}");
        assert!((1..=3_000).contains(&count(&posted["text"])), "{place}");
        for block in blocks {
            let most = if block["type"] == "header" { 150 } else { 3_000 };
            assert!(count(&block["text"]["text"]) <= most, "{place}");
            let list = |key: &str| block[key].as_array().cloned().unwrap_or_default();
            assert!(list("fields").len() <= 10 && list("fields").iter().all(|field| count(&field["text"]) <= 2_000));
            assert!(list("elements").len() <= 10);
            assert!(list("elements").iter().all(|one| one["type"] != "button" || count(&one["text"]["text"]) <= 75));
        }
    }

    #[test]
    fn every_kind_of_notice_goes_over_every_channel_in_every_language_within_its_limits() {
        for language in spoken() {
            let (why, reference) = sample::small_print(language);
            let told = sample::told(language);
            let kinds: BTreeSet<NoticeKind> = told.iter().map(|one| one.kind).collect();
            for line in KINDS.iter().filter(|line| line.kind != NoticeKind::Report) {
                assert!(kinds.contains(&line.kind), "{language}: nothing of {}", line.name);
            }
            for one in told {
                let place = format!("{language} {}", one.name);
                assert_eq!(one.brief.kind, one.kind.name(), "{place}");
                assert!(!one.document.subject.is_empty() && !one.document.title.is_empty(), "{place}");
                for format in [Format::Html, Format::Text] {
                    let mail = render(&one.document, format).expect("it is drawn").bytes;
                    let mail = String::from_utf8(mail).expect("text");
                    assert!(mail.len() > 200, "{place}");
                    if format == Format::Text {
                        is_whole(&place, &mail);
                    }
                }
                for way in WAYS {
                    let place = format!("{place} by {}", way.kind.name());
                    let posted = posted(way, &one.brief, &why, &reference);
                    let text = String::from_utf8(posted.clone()).expect("text");
                    is_whole(&place, &text);
                    let shown = of(way.kind, &one.brief, &why, &reference).expect("it is no mail");
                    let is_chat = matches!(way.kind, ChannelKind::Slack | ChannelKind::Teams);
                    assert_eq!(shown.page.is_some(), is_chat, "{place}");
                    let json = serde_json::from_slice::<Value>(&posted);
                    match way.kind {
                        ChannelKind::Sms => {
                            assert!(text.contains(REFERENCE) && sms::size(&text).parts <= 3, "{place}: {text}");
                            assert_eq!(text, sms::plain(&text), "{place}");
                        }
                        ChannelKind::Slack => slack_takes(&place, &json.expect("JSON")),
                        ChannelKind::Teams => assert!(posted.len() <= 28_000 && json.is_ok(), "{place}"),
                        ChannelKind::Webhook => {
                            let json = json.expect("JSON");
                            assert_eq!(json["type"], one.kind.name(), "{place}");
                            assert!(
                                ["info", "warning", "critical"]
                                    .contains(&json["data"]["severity"].as_str().unwrap_or(""))
                            );
                        }
                        ChannelKind::Email => unreachable!("mail is no service on the web"),
                    }
                }
            }
        }
    }
}
