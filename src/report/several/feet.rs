//! How it was counted: what holds for all projects once, then what each has of its own. Working hours, goals and how far back
//! calls are kept are a project's.

use crate::domain::document::Text;

use super::super::foot::{how_we_count, paragraphs};
use super::super::redact::Redactor;
use super::super::view::View;

pub(super) fn feet(views: &[View<'_>]) -> Vec<Text> {
    let Some(first) = views.first() else { return Vec::new() };
    let words = &first.words;
    let said: Vec<Vec<Vec<String>>> = views.iter().map(masked).collect();
    let is_common = |sentence: &String| said.iter().all(|own| own.iter().flatten().any(|other| other == sentence));
    let mut common = said.iter().take(1).flatten().map(|paragraph| {
        let sentences: Vec<&str> = paragraph.iter().filter(|one| is_common(one)).map(String::as_str).collect();
        sentences.join(" ")
    });
    let mut lines: Vec<Text> = common.next().map(|counting| how_we_count(first, &counting)).into_iter().collect();
    let zone = words.say("several-zone", &[("zone", first.request.zone.name().into())]);
    let rest = [zone, words.word("several-own-rights")].into_iter().chain(common.filter(|text| !text.is_empty()));
    lines.push(Text::plain(rest.collect::<Vec<_>>().join(" ")));
    for (view, own) in views.iter().zip(&said) {
        let own: Vec<&str> = own.iter().flatten().filter(|one| !is_common(one)).map(String::as_str).collect();
        if !own.is_empty() {
            lines.push(Text::plain(format!("{}: {}", view.request.project.name, own.join(" "))));
        }
    }
    lines
}

/// The foot of a project's own report, numbers masked as far as the reader's role in that project asks.
fn masked(view: &View<'_>) -> Vec<Vec<String>> {
    let mut paragraphs = paragraphs(view);
    if let Some(redactor) = Redactor::of(view) {
        paragraphs.iter_mut().flatten().for_each(|sentence| redactor.string(sentence));
    }
    paragraphs
}
