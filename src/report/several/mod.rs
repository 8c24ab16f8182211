//! A report over several projects: first what needs a person, wherever it is, then all projects side by side, then one
//! compact block for each. Calls are added up; sums of money never are. Every project is counted on its own, in the days and
//! hours of the schedule's zone, with its own directory, calendar and goals; what one project's report says, this says.

mod exceptions;
mod feet;
mod machine;
mod overview;
mod sentences;
mod sum;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod told_tests;

use std::sync::Arc;

use crate::domain::document::{Block, Document, MachineData, Text};
use crate::domain::report_spec::SectionId;
use crate::domain::role::Scope;

use super::brand;
use super::document::document;
use super::redact::{Redactor, redact};
use super::sections::{backlog, cards, lead};
use super::view::View;
use exceptions::exceptions;
use machine::machine_data;
use sum::Sum;

/// Callers shown of each project; its own report has all.
pub(super) const MOST_CALLERS: u32 = 3;

/// The document of these projects, which one reader may see, in their order; there is at least one.
pub(super) fn several(views: &[View<'_>]) -> Option<Document> {
    let first = views.first()?;
    let request = first.request;
    let own: Vec<Document> = views.iter().map(own_report).collect();
    let data: Vec<MachineData> = own.iter().filter_map(|document| document.data.clone()).collect();
    let sum = Sum::of(views);
    let sentence = sentences::lead(first, views, &sum);
    let mut several = Document {
        subject: sentences::subject(first, views, &sum),
        preview: sentence.clone(),
        eyebrow: sentences::eyebrow(first, views),
        title: sentences::title(first, views, &sum),
        file_stem: format!("projects-{}-{}", first.label.stem(), request.spec.id),
        blocks: blocks(views, &own, &data, &sum, sentence),
        foot: feet::feet(views),
        data: machine_data(views, data),
        brand: Arc::default(),
        ..own.into_iter().next()?
    };
    brand::sign(&mut several, Arc::new(request.project.settings.brand.clone()));
    Some(several)
}

/// A project's own report, numbers masked as far as the reader's role in that project asks.
fn own_report(view: &View<'_>) -> Document {
    let mut own = document(view);
    redact(&mut own, view);
    own
}

/// Whether nothing can be said of a project: no data, or an agent whose own calls aren't known.
fn is_unknown(view: &View<'_>) -> bool {
    view.stamp.no_data || view.request.rights.scope == Scope::Nothing
}

fn blocks(views: &[View<'_>], own: &[Document], data: &[MachineData], sum: &Sum, sentence: String) -> Vec<Block> {
    let mut blocks = vec![Block::Lead(Text::plain(sentence))];
    // What differs from project to project (calls that are missing) is said among the exceptions.
    let mut said = Vec::new();
    for callout in own.iter().flat_map(|document| &document.blocks) {
        if let Block::Callout(text) = callout
            && own.iter().all(|document| document.blocks.contains(callout))
            && !said.contains(&text)
        {
            said.push(text);
        }
    }
    blocks.extend(said.into_iter().cloned().map(Block::Callout));
    let Some(first) = views.first() else { return blocks };
    let words = &first.words;
    if views.len() > 1 && sum.offered() > 0 {
        blocks.push(Block::Cards(sum::cards(first, sum)));
    }
    let heading =
        |section: &str, text: String, caption: Option<Text>| Block::Heading { section: section.into(), text, caption };
    blocks.push(heading("exceptions", words.word("several-exceptions"), None));
    let found: Vec<_> = views.iter().zip(data).flat_map(|(view, data)| exceptions(view, data)).collect();
    if found.is_empty() {
        blocks.push(Block::Paragraph(Text::plain(words.word("several-nothing"))));
    } else {
        blocks.push(Block::Table(exceptions::table(words, found)));
    }
    if views.len() > 1 {
        blocks.push(heading("projects", sentences::projects(words, views.len()), None));
        blocks.push(Block::Table(overview::table(views)));
    }
    for ((view, own), data) in views.iter().zip(own).zip(data) {
        let mut caption = lead::sentence(view);
        if let Some(redactor) = Redactor::of(view) {
            redactor.string(&mut caption);
        }
        blocks.push(heading("project", view.request.project.name.clone(), Some(Text::plain(caption))));
        if is_unknown(view) {
            continue;
        }
        if view.now.offered() > 0 {
            blocks.push(Block::Cards(cards(view, &data.figures)));
        }
        blocks.extend(callers(own));
        blocks.extend(
            backlog(view).filter(|_| view.has(SectionId::ToCallBack)).map(|text| Block::Note(Text::plain(text))),
        );
    }
    blocks
}

/// Who waits, as the project's own report lists it, but for the heading, which the block of the project has.
fn callers(own: &Document) -> Vec<Block> {
    let begin = own
        .blocks
        .iter()
        .position(|block| matches!(block, Block::Heading { section, .. } if section == "to_call_back"));
    let Some(begin) = begin else { return Vec::new() };
    let rest = own.blocks[begin + 1..].iter();
    rest.take_while(|block| !matches!(block, Block::Heading { .. }))
        .filter(|block| matches!(block, Block::Table(_)))
        .cloned()
        .collect()
}
