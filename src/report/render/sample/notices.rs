//! Sample notices.

use super::reports::MADE_AT;
use crate::domain::document::{Document, Fact, Text};
use crate::report::notice::{self, OwnerNotice};

pub(super) fn all() -> Vec<(&'static str, Document)> {
    vec![("notice-unknown-outcome", unknown_outcome())]
}

fn unknown_outcome() -> Document {
    let fact = |label: &str, value: &str, detail: &str| Fact {
        label: label.into(),
        value: value.into(),
        detail: detail.into(),
    };
    notice::owner(OwnerNotice {
        language: "en".into(),
        made_at: MADE_AT,
        subject: "Acme Windows: one report may not have arrived".into(),
        eyebrow: "Acme Windows · reports by mail".into(),
        title: "One report may or may not have arrived".into(),
        sentence: "The connection broke after we had handed the weekly summary for Olena Koval over.".into(),
        advice: vec![Text::plain("Ask her; if it is missing, send it again.")],
        facts: vec![fact("Report", "Weekly summary, 9–15 November", "schedule acme-weekly")],
        ..OwnerNotice::default()
    })
}
