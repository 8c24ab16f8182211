//! A report as a document: head, callouts, what the sections have to say, "how we count", and the same for machines.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::column::{self, TableColumn};
use crate::domain::document::{Block, Document, MachineData, Paper, Text};
use crate::domain::figure::TableRow;
use crate::domain::long_words;
use crate::domain::report_spec::SectionId;
use crate::domain::role::Scope;

use crate::i18n::Words;

use super::brand;
use super::foot::foot;
use super::missing;
use super::sections::{self, Drawn, SECTIONS, figures, lead};
use super::view::View;

/// A report made this long after it was due says so.
const LATE_SEC: i64 = 300;

/// The document of a report.
pub(super) fn document(view: &View<'_>) -> Document {
    let request = view.request;
    let mut drawn: BTreeMap<SectionId, Drawn> = SECTIONS
        .iter()
        .filter(|section| view.has(section.id))
        .map(|section| (section.id, (section.draw)(view)))
        .collect();
    let mut tables = BTreeMap::new();
    for (id, drawn) in &mut drawn {
        if let Some(rows) = drawn.rows.take() {
            tables.insert(id.name().to_owned(), rows);
        }
    }
    let mut document = Document {
        language: view.words.language().to_owned(),
        direction: view.words.direction(),
        paper: request.project.settings.paper.unwrap_or_else(|| Paper::usual(&request.project.locale)),
        subject: subject(view),
        preview: lead::preview(view),
        eyebrow: eyebrow(view),
        title: title(view),
        period_label: view.label.title(),
        made_at: request.made_at,
        file_stem: format!("{}-{}-{}", request.project.id, view.label.stem(), request.spec.id),
        blocks: blocks(view, drawn),
        foot: foot(view),
        data: Some(MachineData {
            project: request.project.id.to_string(),
            report: request.spec.id.clone(),
            zone: request.zone.name().to_owned(),
            period: request.period,
            period_local: [request.period.from(), request.period.to()].map(|at| request.zone.rfc3339(at)),
            compared_with_local: request
                .compared_with
                .filter(|_| view.before.is_some())
                .map(|period| [period.from(), period.to()].map(|at| request.zone.rfc3339(at))),
            stamp: view.stamp.clone(),
            figures: figures(view),
            columns: columns(view, &tables),
            tables,
            projects: Vec::new(),
        }),
        brand: Arc::default(),
    };
    document.foot.extend(brand::pay(&request.project.settings.brand, &request.rights, &view.words));
    brand::sign(&mut document, Arc::new(request.project.settings.brand.clone()));
    long_words::shorten(&mut document);
    document
}

/// The columns of each table; those of the list of calls as asked for, or every one.
fn columns(view: &View<'_>, tables: &BTreeMap<String, Vec<TableRow>>) -> BTreeMap<String, Vec<TableColumn>> {
    let of = |(name, rows): (&String, &Vec<TableRow>)| {
        let names: Vec<&str> = if name == SectionId::CallList.name() {
            sections::call_columns(view)
        } else {
            column::in_order(rows.first().into_iter().flat_map(|row| row.keys()).map(String::as_str))
        };
        let columns = names.into_iter().map(|name| TableColumn {
            name: name.to_owned(),
            label: label(&view.words, name),
            kind: column::kind_of(name),
        });
        (name.clone(), columns.collect())
    };
    tables.iter().map(of).collect()
}

/// What people call a column.
pub(super) fn label(words: &Words, name: &str) -> String {
    words.word(&column::head_id(name))
}

/// Sentence, callouts, button, cards, then section by section, then what sections keep for the end.
fn blocks(view: &View<'_>, mut drawn: BTreeMap<SectionId, Drawn>) -> Vec<Block> {
    // Where nothing is known, a table of zeros would be a lie.
    let unknown = view.stamp.no_data || view.request.rights.scope == Scope::Nothing;
    // Whoever waited before is known to wait, whatever else isn't.
    let is_known = |id: SectionId| {
        id == SectionId::Headline
            || (id == SectionId::ToCallBack && view.request.rights.scope != Scope::Nothing && view.callers.open() > 0)
    };
    let silent = |id: SectionId| {
        (unknown && !is_known(id))
            || (view.now.offered() == 0 && SECTIONS.iter().any(|s| s.id == id && !s.speaks_without_calls))
    };
    let ids: Vec<SectionId> = SECTIONS.iter().map(|section| section.id).filter(|id| !silent(*id)).collect();
    let mut take = |id: &SectionId, what: fn(&mut Drawn) -> &mut Vec<Block>| -> Vec<Block> {
        drawn.get_mut(id).map(|drawn| std::mem::take(what(drawn))).unwrap_or_default()
    };
    let mut top: Vec<Block> = ids.iter().flat_map(|id| take(id, |drawn| &mut drawn.top)).collect();
    let after_lead = top.iter().position(|block| !matches!(block, Block::Lead(_))).unwrap_or(top.len());
    let below = top.split_off(after_lead);
    let callout = |text: String| Block::Callout(Text::plain(text));
    // What is missing is the first thing to know, before a sentence that goes by what is there.
    let mut blocks: Vec<Block> = missing::missing(view).into_iter().map(callout).collect();
    blocks.extend(top);
    blocks.extend(callouts(view).into_iter().map(callout));
    blocks.extend(below);
    for id in &ids {
        blocks.extend(take(id, |drawn| &mut drawn.blocks));
    }
    for id in &ids {
        blocks.extend(take(id, |drawn| &mut drawn.end));
    }
    blocks
}

/// What a reader must know before the figures.
fn callouts(view: &View<'_>) -> Vec<String> {
    let (words, request) = (&view.words, view.request);
    let mut callouts = Vec::new();
    if request.is_sample {
        callouts.push(words.word("callout-sample"));
    }
    if request.period.to() > request.made_at {
        callouts.push(words.say("callout-not-over", &[("at", view.moment(request.made_at).into())]));
    }
    if let Some(due) = request.due_at.filter(|due| due.plus_seconds(LATE_SEC) <= request.made_at) {
        let (due, made) = (view.local(due), view.local(request.made_at));
        let (due, made) = if due.date() == made.date() {
            (words.time(due.time()), words.time(made.time()))
        } else {
            (words.moment(due), words.moment(made))
        };
        callouts.push(missing::late(view, due, made));
    }
    if request.notes.iter().any(|note| note == "cut_at_31_days") {
        callouts.push(words.word("note-cut-at-31-days"));
    }
    callouts
}

/// The fact that needs action, then the size of it, then when.
fn subject(view: &View<'_>) -> String {
    let words = &view.words;
    let (name, open) = (view.request.project.name.trim(), view.still_open().map(|[open, _]| open));
    let n = lead::calls(view);
    let calls = words.say("subject-calls", &[("n", n.into())]);
    let fact = if view.request.rights.scope == Scope::Nothing {
        words.word("subject-own-unknown")
    } else if view.stamp.no_data {
        words.word("subject-no-data")
    } else if let Some(open) = open.filter(|open| *open > 0) {
        let to_call_back = words.say("subject-to-call-back", &[("n", open.into())]);
        words.say("subject-both", &[("callers", to_call_back.into()), ("calls", calls.into())])
    } else if n == 0 {
        words.word("subject-no-calls")
    } else if open.is_none() {
        calls
    } else {
        words.say("subject-nobody", &[("calls", calls.into())])
    };
    let whose = view.people.whose(words, &view.request.rights.scope);
    let name = whose.map_or_else(
        || name.to_owned(),
        |whose| words.say("subject-whose", &[("project", name.into()), ("whose", whose.into())]),
    );
    let values = [("project", name.into()), ("fact", fact.into()), ("period", view.label.short().into())];
    words.say(if view.request.is_sample { "subject-sample" } else { "subject" }, &values)
}

/// The one `h1`; of a personal report with whose it is.
fn title(view: &View<'_>) -> String {
    let title = lead::title(view);
    match view.people.whose(&view.words, &view.request.rights.scope) {
        Some(whose) => view.words.say("title-whose", &[("whose", begun(&whose).into()), ("title", title.into())]),
        None => title,
    }
}

/// As it stands at the beginning of a line.
fn begun(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `Acme Windows · Week of 9–15 November 2026 · Kyiv time`
fn eyebrow(view: &View<'_>) -> String {
    let request = view.request;
    let mut parts = vec![request.project.name.clone()];
    parts.extend(view.people.whose(&view.words, &request.rights.scope));
    parts.push(view.label.title());
    parts.push(view.words.zone(request.zone.name()));
    parts.extend(view.only());
    parts.join(" · ")
}
