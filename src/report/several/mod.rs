//! A report over several projects: first what needs a person, wherever it is, then all projects side by side, then one
//! compact block for each. Calls are added up; sums of money never are. Every project is counted on its own, in the days and
//! hours of the schedule's zone, with its own directory, calendar and goals; what one project's report says, this says.

mod exceptions;
mod machine;
mod sum;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::domain::document::{Align, Block, Cell, Column, Document, MachineData, Table, Text};
use crate::domain::figure::Unit;
use crate::domain::role::Scope;
use crate::i18n::{NOTHING, Words};

use super::brand;
use super::change::figure_change;
use super::document::{document, label};
use super::meaning::Of;
use super::redact::{Redactor, redact};
use super::sections::{cards, lead};
use super::tally::ratio;
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
    let sentence = sentence(first, views, &sum);
    let mut several = Document {
        subject: subject(first, views, &sum),
        preview: sentence.clone(),
        eyebrow: eyebrow(first, views),
        title: title(first, &sum),
        file_stem: format!("projects-{}-{}", first.label.stem(), request.spec.id),
        blocks: blocks(views, &own, &data, &sum, sentence),
        foot: feet(views, &own),
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

fn projects(words: &Words, count: usize) -> String {
    words.say("several-projects", &[("n", count.into())])
}

fn subject(first: &View<'_>, views: &[View<'_>], sum: &Sum) -> String {
    let words = &first.words;
    let calls = words.say("subject-calls", &[("n", sum.calls.into())]);
    let fact = if sum.is_no_data() {
        words.word("subject-no-data")
    } else if sum.open > 0 {
        let to_call_back = words.say("subject-to-call-back", &[("n", sum.open.into())]);
        words.say("subject-both", &[("callers", to_call_back.into()), ("calls", calls.into())])
    } else if sum.calls == 0 {
        words.word("subject-no-calls")
    } else if first.open().is_none() {
        calls
    } else {
        words.say("subject-nobody", &[("calls", calls.into())])
    };
    let id = if first.request.is_sample { "subject-sample" } else { "subject" };
    let period = first.label.short();
    words.say(id, &[("project", projects(words, views.len()).into()), ("fact", fact.into()), ("period", period.into())])
}

fn eyebrow(first: &View<'_>, views: &[View<'_>]) -> String {
    let names: Vec<&str> = views.iter().map(|view| view.request.project.name.as_str()).collect();
    let who = if names.len() <= 3 { names.join(", ") } else { projects(&first.words, views.len()) };
    let mut parts = vec![who, first.label.title(), first.words.zone(first.request.zone.name())];
    parts.extend(first.only());
    parts.join(" · ")
}

fn title(first: &View<'_>, sum: &Sum) -> String {
    let words = &first.words;
    match sum.open {
        _ if sum.is_no_data() => words.say("title-no-data", &[("period", first.label.plain().into())]),
        0 if !first.meaning.has(Of::Rate) => words.say("subject-calls", &[("n", sum.calls.into())]),
        0 if sum.offered() == 0 => words.word("title-no-calls"),
        0 if sum.missed == 0 => words.word("title-all-answered"),
        0 => words.word("title-all-reached"),
        open => words.say("title-to-call-back", &[("n", open.into()), ("words", words.small_number(open).into())]),
    }
}

fn sentence(first: &View<'_>, views: &[View<'_>], sum: &Sum) -> String {
    let words = &first.words;
    let mut sentences = Vec::new();
    if !first.meaning.has(Of::Rate) {
        if !sum.is_no_data() {
            let calls = words.say("subject-calls", &[("n", sum.calls.into())]);
            let known = projects(words, views.len() - sum.unknown);
            sentences.push(words.say("several-chosen", &[("calls", calls.into()), ("projects", known.into())]));
        }
    } else if sum.offered() > 0 {
        let rate = words.percent_or_nothing(ratio(sum.answered, sum.offered()));
        let known = projects(words, views.len() - sum.unknown);
        let values = [("rate", rate.into()), ("n", sum.offered().into()), ("projects", known.into())];
        sentences.push(words.say("several-lead", &values));
    } else if sum.unknown < views.len() {
        sentences.push(words.say("lead-no-calls", &[("when", first.label.when().into())]));
    }
    if sum.unknown > 0 {
        sentences.push(words.say("several-unknown", &[("n", sum.unknown.into())]));
    }
    sentences.join(" ")
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
        blocks.push(heading("projects", label(words, "project"), None));
        blocks.push(Block::Table(overview(views)));
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

/// One row a project: its figures side by side.
fn overview(views: &[View<'_>]) -> Table {
    let Some(first) = views.first() else { return Table::default() };
    let words = &first.words;
    let figures = |name: &str, hide_when_narrow| Column {
        label: label(words, name),
        align: Align::End,
        hide_when_narrow,
        is_bar: false,
    };
    let mut columns = vec![
        Column { label: String::new(), align: Align::Start, hide_when_narrow: false, is_bar: false },
        figures("calls", false),
    ];
    columns.push(Column { label: words.word("column-change"), ..figures("calls", true) });
    columns.extend([figures("answer_rate", false), figures("missed", true), figures("to_call_back", false)]);
    let cells = |view: &View<'_>| {
        let known = !is_unknown(view);
        let count =
            |of: Of, count: u64| Cell::text(words.count_or_nothing((known && view.meaning.has(of)).then_some(count)));
        let before = view.before.filter(|_| known).map(|before| before.offered() as f64);
        let change = before.map_or_else(
            || NOTHING.to_owned(),
            |before| figure_change(words, Unit::Calls, Some(view.now.offered() as f64), Some(before)),
        );
        vec![
            Cell::strong(view.request.project.name.as_str()),
            count(Of::Offered, view.now.offered()),
            Cell::text(change),
            Cell::text(words.percent_or_nothing(view.answer_rate(view.now).filter(|_| known))),
            count(Of::Missed, view.now.missed),
            count(Of::Waiting, view.callers.open()),
        ]
    };
    Table { columns, rows: views.iter().map(cells).collect(), ..Table::default() }
}

/// How the first counts, which is how all do; then what each rests on.
fn feet(views: &[View<'_>], own: &[Document]) -> Vec<Text> {
    let Some(first) = views.first() else { return Vec::new() };
    let words = &first.words;
    let mut lines: Vec<Text> = own.iter().flat_map(|own| own.foot.first().cloned()).take(1).collect();
    let zone = words.say("several-zone", &[("zone", first.request.zone.name().into())]);
    lines.push(Text::plain(format!("{zone} {}", words.word("several-own-rights"))));
    for (view, own) in views.iter().zip(own) {
        let rest: Vec<String> = own.foot.iter().skip(1).map(Text::to_plain).collect();
        lines.push(Text::plain(format!("{}: {}", view.request.project.name, rest.join(" "))));
    }
    lines
}
