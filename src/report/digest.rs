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
    /// The balance that it is about, where its project has others to tell of.
    pub balance: Option<String>,
    /// Its first sentence.
    pub said: Option<String>,
    pub button: Option<Button>,
}

/// Of what a digest tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of<'a> {
    /// One project, by its name, or the installation.
    One(&'a str),
    /// So many.
    Several(usize),
}

impl Line {
    /// Its subject, with the balance where it would be like another's.
    pub fn what(&self, words: &Words) -> String {
        match self.balance.as_deref().filter(|balance| !self.subject.contains(balance)) {
            Some(balance) => {
                let values = [("what", self.subject.as_str().into()), ("balance", balance.into())];
                words.say("digest-of-balance", &values)
            }
            None => self.subject.clone(),
        }
    }
}

/// The digest in a language.
pub fn document(words: &Words, of: Of<'_>, mut lines: Vec<Line>, made_at: Instant) -> Document {
    lines.sort_by_key(|line| line.part);
    let count = |part: Part| lines.iter().filter(|line| line.part == part).count();
    let (name, projects) = match of {
        Of::One(name) => (name, 1),
        Of::Several(projects) => ("", projects),
    };
    let values = [
        ("project", Value::from(name)),
        ("projects", projects.into()),
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
        let head = words.say(id, &[("what", line.what(words).into())]);
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
        subject: match of {
            Of::One(_) => words.say("digest-subject", &values),
            Of::Several(_) => words.say("digest-subject-several", &values),
        },
        preview: lines.first().map_or(lead, |line| line.what(words)),
        eyebrow: match of {
            Of::One(name) => {
                words.say("alert-eyebrow", &[("project", name.into()), ("topic", words.word("digest-topic").into())])
            }
            Of::Several(_) => words.word("digest-topic"),
        },
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

/// What a phone is told: how many, and their subjects as far as there is room; the name of the one project stands before
/// them all, and not in each.
pub fn sms<'a>(words: &Words, of: Of<'_>, document: &Document, subjects: impl Iterator<Item = &'a str>) -> String {
    let before = match of {
        Of::One(name) => words.say("alert-subject", &[("project", name.into()), ("what", "".into())]),
        Of::Several(_) => String::new(),
    };
    let all: Vec<&str> = subjects.map(|subject| subject.strip_prefix(&before).unwrap_or(subject)).collect();
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
                    balance: Some("forwarding funds".into()),
                    said: Some("Said.".into()),
                    button: None,
                };
                let mut lines = vec![line(Part::Over, "over"); many];
                lines.push(line(Part::News, "news"));
                lines.push(line(Part::Open, "open"));
                let several =
                    document(&Words::of(language), Of::Several(many + 1), lines.clone(), Instant::from_seconds(0));
                assert!(
                    several.subject.contains(&(many + 1).to_string()) && !several.subject.contains("{$"),
                    "{}",
                    several.subject
                );
                let made = document(&Words::of(language), Of::One("Acme Windows"), lines, Instant::from_seconds(0));
                let subjects = ["Acme Windows: a", "b of Acme Windows"];
                let text = sms(&Words::of(language), Of::One("Acme Windows"), &made, subjects.into_iter());
                assert!(text.ends_with(": a; b of Acme Windows"), "{text}");
                let said = serde_json::to_string(&made).expect("plain data");
                assert!(!said.contains("digest-") && !said.contains("{$"), "{language}: {said}");
                let at = |text: &str| said.rfind(text).expect(text);
                assert!(at("open") < at("news") || language != "en", "{said}");
                assert!(made.subject.contains("Acme Windows"), "{}", made.subject);
                assert_eq!(said.matches("(forwarding funds)").count(), many + 3, "each line and the preview: {said}");
            }
        }
    }
}
