//! Notices as documents: what happened, since when, what happens if nobody acts, what to do; how we know comes after.

use crate::domain::document::{Block, Document, Fact, Text, TextDirection};
use crate::domain::instant::Instant;

/// Something that the owner of a project should know about our own work.
#[derive(Clone, Debug, Default)]
pub struct OwnerNotice {
    /// BCP 47.
    pub language: String,
    pub direction: TextDirection,
    pub made_at: Instant,
    /// The fact, short enough for an inbox: `Acme Windows: one report may not have arrived`.
    pub subject: String,
    /// Small line over the title: project and topic.
    pub eyebrow: String,
    /// The one `h1`.
    pub title: String,
    /// What happened and what it means, in a sentence or two. Also the hidden preview line.
    pub sentence: String,
    /// What to do about it; a paragraph each.
    pub advice: Vec<Text>,
    /// How we know.
    pub facts: Vec<Fact>,
    /// Small lines at the end.
    pub foot: Vec<Text>,
}

/// The document of such a notice.
pub fn owner(notice: OwnerNotice) -> Document {
    let mut blocks = vec![Block::Lead(Text::plain(notice.sentence.as_str()))];
    blocks.extend(notice.advice.into_iter().map(Block::Paragraph));
    if !notice.facts.is_empty() {
        blocks.push(Block::Facts(notice.facts));
    }
    Document {
        language: notice.language,
        direction: notice.direction,
        subject: notice.subject,
        preview: notice.sentence,
        eyebrow: notice.eyebrow,
        title: notice.title,
        period_label: String::new(),
        made_at: notice.made_at,
        file_stem: "notice".into(),
        blocks,
        foot: notice.foot,
        data: None,
    }
}
