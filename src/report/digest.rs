//! The digest of what waited through quiet hours, as a document: what is still open first, then what else there was, last what
//! opened and resolved meanwhile, a line each.

use std::sync::Arc;

use crate::domain::brief::Button;
use crate::domain::document::{Block, Document, Link, Paper, Span, Text};
use crate::domain::instant::Instant;
use crate::domain::quiet::Part;
use crate::i18n::{Value, Words};

/// One message that waited.
#[derive(Clone, Debug)]
pub struct Line {
    pub part: Part,
    /// Its subject, which names its project.
    pub subject: String,
    /// Its first sentence.
    pub said: Option<String>,
    pub button: Option<Button>,
}

/// The digest in a language, of a project by its name.
pub fn document(words: &Words, project: &str, mut lines: Vec<Line>, made_at: Instant) -> Document {
    lines.sort_by_key(|line| line.part);
    let count = |part: Part| lines.iter().filter(|line| line.part == part).count();
    let values = [
        ("project", Value::from(project)),
        ("n", lines.len().into()),
        ("open", count(Part::Open).into()),
        ("over", count(Part::Over).into()),
    ];
    let lead = words.say("digest-lead", &values);
    let mut blocks = vec![Block::Lead(Text::plain(lead.as_str()))];
    for line in &lines {
        let id = match line.part {
            Part::Open => "digest-open",
            Part::Over => "digest-over",
            Part::News | Part::Alone => "digest-news",
        };
        let head = words.say(id, &[("what", line.subject.as_str().into())]);
        let span = |text: String, strong| Span { text, strong, link: None };
        let mut spans = vec![span(head, line.part != Part::Over)];
        if let Some(said) = line.said.as_ref().filter(|_| line.part != Part::Over) {
            spans.push(span(format!(". {said}"), false));
        }
        blocks.push(Block::Paragraph(Text(spans)));
    }
    let open = lines.iter().filter(|line| line.part != Part::Over);
    if let Some(button) = open.filter_map(|line| line.button.clone()).next() {
        blocks.push(Block::Button { label: button.label, link: Link::Web(button.url) });
    }
    Document {
        language: words.language().to_owned(),
        direction: words.direction(),
        paper: Paper::default(),
        subject: words.say("digest-subject", &values),
        preview: lines.first().map_or(lead, |line| line.subject.clone()),
        eyebrow: words
            .say("alert-eyebrow", &[("project", project.into()), ("topic", words.word("digest-topic").into())]),
        title: words.say("digest-title", &values),
        period_label: String::new(),
        made_at,
        file_stem: "digest".into(),
        blocks,
        foot: Vec::new(),
        data: None,
        brand: Arc::default(),
    }
}

/// What a phone is told: how many, and their subjects as far as there is room.
pub fn sms<'a>(document: &Document, subjects: impl Iterator<Item = &'a str>) -> String {
    let all: Vec<&str> = subjects.collect();
    format!("{}: {}", document.subject, all.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::spoken;

    #[test]
    fn what_is_open_comes_first_and_every_language_has_its_words() {
        for language in spoken() {
            for many in [1, 2, 5] {
                let line = |part, subject: &str| Line {
                    part,
                    subject: subject.into(),
                    said: Some("Said.".into()),
                    button: None,
                };
                let mut lines = vec![line(Part::Over, "over"); many];
                lines.push(line(Part::News, "news"));
                lines.push(line(Part::Open, "open"));
                let made = document(&Words::of(language), "Acme Windows", lines, Instant::from_seconds(0));
                let said = serde_json::to_string(&made).expect("plain data");
                assert!(!said.contains("digest-") && !said.contains("{$"), "{language}: {said}");
                let at = |text: &str| said.rfind(text).expect(text);
                assert!(at("open") < at("news") || language != "en", "{said}");
                assert!(made.subject.contains("Acme Windows"), "{}", made.subject);
            }
        }
    }
}
