//! A notice in few words, for services that show no mail: title, sentences, facts and the one page behind it. It is made
//! from the same document as the mail and stored beside it, so that every try of every channel says the same.

use serde::{Deserialize, Serialize};

use super::document::{Block, Document, Link, Text};
use super::plain;

/// What a chat, a phone or a machine is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    /// BCP 47.
    pub language: String,
    /// The kind's word, which is also the `type` of webhooks: `test`.
    pub kind: String,
    /// The project's id; `None`: about the installation.
    pub project: Option<String>,
    /// `info`, `warning`, `critical`.
    #[serde(default)]
    pub severity: String,
    /// A test: nothing has happened.
    pub is_test: bool,
    /// The fact, as short as the mail's subject.
    pub subject: String,
    /// The mail's title.
    pub title: String,
    /// Sentences, a paragraph each.
    pub lines: Vec<String>,
    /// How we know.
    pub facts: Vec<BriefFact>,
    /// The one button.
    pub button: Option<Button>,
    /// What a phone is told, without the reference; `None`: the subject.
    pub sms: Option<String>,
    /// What machines are told of it, as fields; `None`: there is nothing but words.
    #[serde(default)]
    pub figures: Option<serde_json::Value>,
}

/// A label and its value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BriefFact {
    pub label: String,
    pub value: String,
}

/// A page to go to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    pub label: String,
    /// `https:` or `http:`.
    pub url: String,
}

impl Brief {
    /// The words of a notice's document; tables and charts stay in the mail.
    pub fn of(document: &Document, kind: &str, project: Option<&str>) -> Self {
        let mut brief = Self {
            language: document.language.clone(),
            kind: kind.to_owned(),
            project: project.map(ToOwned::to_owned),
            subject: document.subject.clone(),
            title: document.title.clone(),
            ..Self::default()
        };
        let mut is_about_own_page = false;
        for block in &document.blocks {
            // What only the mail's own reader can open is left to the mail, with what is said of it.
            if std::mem::take(&mut is_about_own_page) && matches!(block, Block::Note(_)) {
                continue;
            }
            match block {
                Block::Button { link, .. } if link.is_readers_own() => is_about_own_page = true,
                Block::Lead(text) | Block::Callout(text) | Block::Paragraph(text) | Block::Note(text) => {
                    brief.say(text)
                }
                Block::Facts(facts) => brief.facts.extend(facts.iter().map(|fact| {
                    let detail = if fact.detail.is_empty() { String::new() } else { format!(", {}", fact.detail) };
                    BriefFact { label: fact.label.clone(), value: format!("{}{detail}", fact.value) }
                })),
                Block::Button { label, link: Link::Web(url) } => {
                    let button = Button { label: label.clone(), url: url.clone() };
                    brief.button.get_or_insert(button);
                }
                _ => {}
            }
        }
        brief
    }

    /// Without anything in its words that could mislead who reads them.
    pub fn make_plain(&mut self) {
        let texts = [&mut self.subject, &mut self.title].into_iter().chain(&mut self.lines).chain(&mut self.sms);
        let facts = self.facts.iter_mut().flat_map(|fact| [&mut fact.label, &mut fact.value]);
        texts.chain(facts).chain(self.button.as_mut().map(|button| &mut button.label)).for_each(plain::make_plain);
    }

    fn say(&mut self, text: &Text) {
        let said = text.to_plain();
        if !said.trim().is_empty() {
            self.lines.push(said);
        }
    }
}

/// The first letters of a text, at most `most` of them, with a mark where it was cut.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_shows_and_counts_letters_not_bytes() {
        assert_eq!(shortened("Вікна", 5), "Вікна");
        assert_eq!(shortened("Вікна Київ", 7), "Вікна…");
        assert_eq!(shortened("abcdef", 4), "abc…");
        assert_eq!(shortened("abc", 0), "…");
    }
}
