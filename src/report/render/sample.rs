//! Documents made of sample data: every block, section and notice, in the states that are easily forgotten.

use crate::domain::document::{Block, Document, Text, TextDirection};
use crate::domain::instant::Instant;

/// Every sample with its name, which is also its file's name.
pub fn all() -> Vec<(&'static str, Document)> {
    vec![("weekly", weekly())]
}

fn weekly() -> Document {
    Document {
        language: "en".into(),
        direction: TextDirection::Ltr,
        subject: "Acme Windows: 9 callers to call back, 214 calls (9–15 Nov)".into(),
        preview: "Answered 87.4 %, down 5.2 points.".into(),
        eyebrow: "Acme Windows · Week of 9–15 November 2026 · Kyiv time".into(),
        title: "Nine callers still wait for a call back".into(),
        period_label: "9–15 November 2026".into(),
        made_at: Instant::from_seconds(1_794_808_800),
        file_stem: "acme-2026-11-09-summary".into(),
        blocks: vec![Block::Lead(Text::plain("You answered 87.4 % of 214 calls."))],
        foot: Vec::new(),
        data: None,
    }
}
