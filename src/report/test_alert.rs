//! The words of a test of a channel: marked TEST everywhere, in the reader's language.

use chrono::NaiveDateTime;

use super::notice::{self, OwnerNotice};
use crate::domain::contact::ChannelKind;
use crate::domain::document::{Document, Fact, Text};
use crate::domain::instant::Instant;
use crate::i18n::Words;

/// What a test tells.
#[derive(Clone, Copy, Debug)]
pub struct TestAlert<'a> {
    /// BCP 47.
    pub language: &'a str,
    /// The project's name.
    pub project: &'a str,
    pub channel: ChannelKind,
    /// Where it goes: an address, a number, a channel's name.
    pub addresses: &'a str,
    /// Who asked for it.
    pub actor: &'a str,
    pub asked_at: Instant,
    /// The same on the reader's wall clock, and the zone of that.
    pub asked: (NaiveDateTime, &'a str),
}

/// The document of a test, and what a phone is told.
pub fn document(test: &TestAlert<'_>) -> (Document, String) {
    let words = Words::of(test.language);
    let channel = channel(&words, test.channel);
    let values = [("project", test.project.into()), ("channel", channel.as_str().into()), ("actor", test.actor.into())];
    let fact = |label: String, value: String| Fact { label, value, detail: String::new() };
    let (at, zone) = test.asked;
    let document = notice::owner(OwnerNotice {
        language: words.language().to_owned(),
        direction: words.direction(),
        made_at: test.asked_at,
        subject: words.say("test-subject", &values[..2]),
        eyebrow: words.say("test-eyebrow", &values[..1]),
        title: words.word("test-title"),
        sentence: words.say("test-sentence", &values[2..]),
        advice: vec![Text::plain(words.say("test-advice", &values[..1]))],
        facts: vec![
            fact(words.word("test-fact-channel"), channel.clone()),
            fact(words.word("test-fact-address"), test.addresses.to_owned()),
            fact(words.word("test-fact-asked"), format!("{} ({})", words.moment_year(at), words.zone(zone))),
        ],
        ..OwnerNotice::default()
    });
    let sms = words.say("test-sms", &[("project", test.project.into()), ("actor", test.actor.into())]);
    (document, sms)
}

/// Why its reader gets it.
pub fn why(language: &str, actor: &str) -> String {
    Words::of(language).say("test-why", &[("actor", actor.into())])
}

fn channel(words: &Words, kind: ChannelKind) -> String {
    words.word(match kind {
        ChannelKind::Email => "test-channel-email",
        ChannelKind::Sms => "test-channel-sms",
        ChannelKind::Slack => "test-channel-slack",
        ChannelKind::Teams => "test-channel-teams",
        ChannelKind::Webhook => "test-channel-webhook",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sms;
    use crate::i18n;

    #[test]
    fn every_language_marks_it_and_a_phone_is_told_in_few_parts() {
        for language in i18n::spoken() {
            for channel in ChannelKind::ALL {
                let asked_at = Instant::parse_rfc3339("2026-11-16T06:00:00Z").expect("valid");
                let (document, sms) = document(&TestAlert {
                    language,
                    project: "Acme Windows",
                    channel,
                    addresses: "ops-room",
                    actor: "olena",
                    asked_at,
                    asked: (asked_at.to_utc().expect("in range").naive_utc(), "Europe/Kyiv"),
                });
                for text in [&document.subject, &document.title, &sms] {
                    assert!(text.starts_with("TEST:") || text.starts_with("ТЕСТ:"), "{language}: {text}");
                }
                let said = serde_json::to_string(&document).expect("plain data");
                assert!(!said.contains("test-") && said.contains("olena") && said.contains("Acme Windows"), "{said}");
                let sent = sms::fitted(&sms, "Ref 7Q3F-K2MD", 3);
                let most = if ["uk", "pl"].contains(&language) { 2 } else { 1 };
                assert!(sms::size(&sent).parts <= most && sent.contains("olena"), "{language}: {sent}");
            }
        }
    }
}
