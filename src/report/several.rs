//! A report over several projects: first what needs a person, wherever it is, then all projects side by side, then one
//! compact block for each. Calls are added up; sums of money never are. Every project is counted on its own, in the days and
//! hours of the schedule's zone, with its own directory, calendar and goals; what one project's report says, this says.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::column::{self, TableColumn};
use crate::domain::document::{Align, Block, Card, Cell, Column, Document, MachineData, Table, Text, Tone};
use crate::domain::figure::{DataStamp, Figure, TableRow, Unit};
use crate::domain::instant::Instant;
use crate::domain::role::Scope;
use crate::i18n::{NOTHING, Words};

use super::brand;
use super::change::{count_change, figure_change};
use super::document::{document, label};
use super::foot::foot;
use super::meaning::Of;
use super::sections::{cards, lead, row};
use super::tally::{Tally, ratio};
use super::view::View;

/// Callers shown of each project; its own report has all.
pub(super) const MOST_CALLERS: u32 = 3;

/// The document of these projects, which one reader may see, in their order; there is at least one.
pub(super) fn several(views: &[View<'_>]) -> Option<Document> {
    let first = views.first()?;
    let request = first.request;
    let own: Vec<Document> = views.iter().map(document).collect();
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
        foot: feet(views),
        data: machine_data(views, data),
        brand: Arc::default(),
        ..own.into_iter().next()?
    };
    brand::sign(&mut several, Arc::new(request.project.settings.brand.clone()));
    Some(several)
}

/// What is added up over all projects.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    answered: u64,
    missed: u64,
    open: u64,
    /// Calls, or whatever else the filters let through.
    calls: u64,
    /// Answered, missed, open in the period before; `None`: not every project can be compared.
    before: Option<[u64; 3]>,
}

impl Sum {
    fn of(views: &[View<'_>]) -> Self {
        let known = || views.iter().filter(|view| !is_unknown(view));
        let sum = |of: fn(&View<'_>) -> u64| known().map(of).sum();
        let before = |view: &View<'_>| {
            let before = view.before?;
            Some([before.answered, before.missed, view.open_before().unwrap_or(0)])
        };
        Self {
            answered: sum(|view| view.now.answered),
            missed: sum(|view| view.now.missed),
            open: sum(|view| view.open().unwrap_or(0)),
            calls: sum(lead::calls),
            before: views.iter().map(before).try_fold([0; 3], |[a, m, o], before| {
                let [answered, missed, open] = before?;
                Some([a + answered, m + missed, o + open])
            }),
        }
    }

    fn offered(self) -> u64 {
        self.answered + self.missed
    }
}

/// Whether nothing can be said of a project: no data, or an agent whose own calls aren't known.
fn is_unknown(view: &View<'_>) -> bool {
    view.stamp.no_data || view.request.rights.scope == Scope::Nothing
}

fn projects(words: &Words, views: &[View<'_>]) -> String {
    words.say("several-projects", &[("n", views.len().into())])
}

fn subject(first: &View<'_>, views: &[View<'_>], sum: &Sum) -> String {
    let words = &first.words;
    let calls = words.say("subject-calls", &[("n", sum.calls.into())]);
    let fact = if views.iter().all(is_unknown) {
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
    words.say(id, &[("project", projects(words, views).into()), ("fact", fact.into()), ("period", period.into())])
}

fn eyebrow(first: &View<'_>, views: &[View<'_>]) -> String {
    let names: Vec<&str> = views.iter().map(|view| view.request.project.name.as_str()).collect();
    let who = if names.len() <= 3 { names.join(", ") } else { projects(&first.words, views) };
    let mut parts = vec![who, first.label.title(), first.words.zone(first.request.zone.name())];
    parts.extend(first.only());
    parts.join(" · ")
}

fn title(first: &View<'_>, sum: &Sum) -> String {
    let words = &first.words;
    match sum.open {
        0 if !first.meaning.has(Of::Rate) => words.say("subject-calls", &[("n", sum.calls.into())]),
        0 if sum.offered() == 0 => words.word("title-no-calls"),
        0 if sum.missed == 0 => words.word("title-all-answered"),
        0 => words.word("title-all-reached"),
        open => words.say("title-to-call-back", &[("n", open.into()), ("words", words.small_number(open).into())]),
    }
}

fn sentence(first: &View<'_>, views: &[View<'_>], sum: &Sum) -> String {
    let words = &first.words;
    if !first.meaning.has(Of::Rate) {
        let calls = words.say("subject-calls", &[("n", sum.calls.into())]);
        return words.say("several-chosen", &[("calls", calls.into()), ("projects", projects(words, views).into())]);
    }
    if sum.offered() == 0 {
        return words.say("lead-no-calls", &[("when", first.label.when().into())]);
    }
    let rate = words.percent_or_nothing(ratio(sum.answered, sum.offered()));
    let values = [("rate", rate.into()), ("n", sum.offered().into()), ("projects", projects(words, views).into())];
    words.say("several-lead", &values)
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
        blocks.push(Block::Cards(sum_cards(first, sum)));
    }
    let heading =
        |section: &str, text: String, caption: Option<Text>| Block::Heading { section: section.into(), text, caption };
    blocks.push(heading("exceptions", words.word("several-exceptions"), None));
    let exceptions: Vec<Exception> = views.iter().zip(data).flat_map(|(view, data)| exceptions(view, data)).collect();
    if exceptions.is_empty() {
        blocks.push(Block::Paragraph(Text::plain(words.word("several-nothing"))));
    } else {
        blocks.push(Block::Table(exception_table(words, exceptions)));
    }
    if views.len() > 1 {
        blocks.push(heading("projects", projects(words, views), None));
        blocks.push(Block::Table(overview(views)));
    }
    for ((view, own), data) in views.iter().zip(own).zip(data) {
        let caption = Text::plain(lead::sentence(view));
        blocks.push(heading("project", view.request.project.name.clone(), Some(caption)));
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

fn sum_cards(first: &View<'_>, sum: &Sum) -> Vec<Card> {
    let words = &first.words;
    let card = |label: &str, value: String, change: String| Card {
        label: words.word(label),
        value,
        change,
        tone: Tone::Mute,
        detail: String::new(),
    };
    let [answered, missed, open] = sum.before.map_or([None; 3], |before| before.map(Some));
    let before = answered.zip(missed).map(|(answered, missed)| answered + missed);
    let changed = |now: u64, before: Option<u64>| before.map(|b| count_change(words, now, b)).unwrap_or_default();
    let has = |of| first.meaning.has(of);
    let rate = ratio(sum.answered, sum.offered());
    let rate_before = answered.zip(before).and_then(|(answered, offered)| ratio(answered, offered));
    let rate_change = match (rate, rate_before) {
        (Some(_), Some(_)) => figure_change(words, Unit::Ratio, rate, rate_before),
        _ => String::new(),
    };
    let answered_card = if has(Of::Rate) {
        card("figure-answered", words.percent_or_nothing(rate), rate_change)
    } else {
        card("figure-answered", words.count(sum.answered), changed(sum.answered, answered))
    };
    let cards = [
        (Of::Offered, card("figure-calls", words.count(sum.offered()), changed(sum.offered(), before))),
        (Of::Answered, answered_card),
        (Of::Missed, card("figure-missed", words.count(sum.missed), changed(sum.missed, missed))),
        (Of::Waiting, card("figure-to-call-back", words.count(sum.open), changed(sum.open, open))),
    ];
    cards.into_iter().filter(|(of, _)| has(*of)).map(|(_, card)| card).collect()
}

/// Something that needs a person, worst first.
struct Exception {
    rank: u8,
    /// Longer waiting first, more first.
    order: (Option<Instant>, std::cmp::Reverse<u64>),
    project: String,
    what: String,
    tone: Tone,
}

fn exceptions(view: &View<'_>, data: &MachineData) -> Vec<Exception> {
    let words = &view.words;
    let exception =
        |rank, order, what, tone| Exception { rank, order, project: view.request.project.name.clone(), what, tone };
    let none = (None, std::cmp::Reverse(0));
    if view.request.rights.scope == Scope::Nothing {
        return vec![exception(3, none, words.word("several-own-unknown"), Tone::Plain)];
    }
    if view.stamp.no_data {
        return vec![exception(0, none, words.word("several-no-data"), Tone::Bad)];
    }
    let mut found = Vec::new();
    for (source, until) in &view.stamp.behind {
        let what = words.say("several-behind", &[("source", source.into()), ("until", view.moment(*until).into())]);
        found.push(exception(0, (Some(*until), std::cmp::Reverse(0)), what, Tone::Bad));
    }
    let open = view.open().unwrap_or(0);
    if open > 0 {
        let since = view.callers.waiting.first().map(|waiting| waiting.entry.opened_at);
        let what = match since {
            Some(since) => {
                words.say("several-to-call-back", &[("n", open.into()), ("when", view.moment_near(since).into())])
            }
            None => words.say("subject-to-call-back", &[("n", open.into())]),
        };
        found.push(exception(1, (since, std::cmp::Reverse(open)), what, Tone::Plain));
    }
    for (name, figure) in &data.figures {
        if let Some(goal) = figure.goal.filter(|goal| goal.met == Some(false)) {
            let values = [
                ("figure", figure_name(words, name).into()),
                ("value", shown(words, figure, figure.value).into()),
                ("goal", limit(words, figure, goal.target).into()),
            ];
            found.push(exception(2, none, words.say("several-goal", &values), Tone::Plain));
        }
    }
    found
}

fn figure_name(words: &Words, name: &str) -> String {
    words.word(&crate::domain::figure::word(name))
}

/// What a goal asks, in the figure's own unit.
fn limit(words: &Words, figure: &Figure, target: f64) -> String {
    if figure.unit == Unit::Seconds { words.limit(target as u64) } else { shown(words, figure, Some(target)) }
}

fn shown(words: &Words, figure: &Figure, value: Option<f64>) -> String {
    match (figure.unit, value) {
        (_, None) => NOTHING.to_owned(),
        (Unit::Calls | Unit::Callers, Some(count)) => words.count(count as u64),
        (Unit::Ratio, Some(fraction)) => words.percent(fraction),
        (Unit::Seconds, Some(seconds)) => words.wait(seconds.round() as u64),
    }
}

fn exception_table(words: &Words, mut exceptions: Vec<Exception>) -> Table {
    exceptions.sort_by_key(|exception| (exception.rank, exception.order));
    let column = |label: String| Column { label, align: Align::Start, hide_when_narrow: false, is_bar: false };
    Table {
        columns: vec![column(label(words, "project")), column(words.word("several-what"))],
        rows: exceptions
            .into_iter()
            .map(|one| vec![Cell::strong(one.project), Cell { tone: one.tone, ..Cell::text(one.what) }])
            .collect(),
        ..Table::default()
    }
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
fn feet(views: &[View<'_>]) -> Vec<Text> {
    let Some(first) = views.first() else { return Vec::new() };
    let words = &first.words;
    let mut lines: Vec<Text> = foot(first).into_iter().take(1).collect();
    let zone = words.say("several-zone", &[("zone", first.request.zone.name().into())]);
    lines.push(Text::plain(format!("{zone} {}", words.word("several-own-rights"))));
    for view in views {
        let rest: Vec<String> = foot(view).iter().skip(1).map(Text::to_plain).collect();
        lines.push(Text::plain(format!("{}: {}", view.request.project.name, rest.join(" "))));
    }
    lines
}

fn machine_data(views: &[View<'_>], projects: Vec<MachineData>) -> Option<MachineData> {
    let rows: Vec<TableRow> = views.iter().map(machine_row).collect();
    let words = views.first().map(|view| view.words);
    let names = column::in_order(rows.first().into_iter().flat_map(|row| row.keys()).map(String::as_str));
    let columns = names.into_iter().map(|name| TableColumn {
        name: name.to_owned(),
        label: words.map_or_else(|| name.to_owned(), |words| label(&words, name)),
        kind: column::kind_of(name),
    });
    let columns = [("projects".to_owned(), columns.collect())].into();
    let first = projects.first().cloned()?;
    Some(MachineData {
        project: projects.iter().map(|data| data.project.as_str()).collect::<Vec<_>>().join("+"),
        stamp: stamp(&projects),
        figures: BTreeMap::new(),
        tables: [("projects".to_owned(), rows)].into(),
        columns,
        projects,
        ..first
    })
}

/// What all rest on together: nothing is surely empty unless each is.
fn stamp(projects: &[MachineData]) -> DataStamp {
    let mut all = DataStamp::default();
    for data in projects {
        let own = &data.stamp;
        all.calls += own.calls;
        all.open += own.open;
        all.unknown += own.unknown;
        all.last_call_at = all.last_call_at.max(own.last_call_at);
        all.no_data |= own.no_data;
        all.coverage_unstated |= own.coverage_unstated;
        for (status, count) in &own.left_out {
            *all.left_out.entry(status.clone()).or_default() += count;
        }
        all.missing.extend(own.missing.iter().cloned());
        all.behind.extend(own.behind.iter().map(|(source, at)| (format!("{}: {source}", data.project), *at)));
    }
    all
}

fn machine_row(view: &View<'_>) -> TableRow {
    let known = !is_unknown(view);
    let before = view.before.filter(|_| known);
    row! {
        "project_id": view.request.project.id.as_str(),
        "project": view.request.project.name,
        "calls": known.then_some(view.now.offered()),
        "answered": known.then_some(view.now.answered),
        "answer_rate": view.answer_rate(view.now).filter(|_| known),
        "missed": known.then_some(view.now.missed),
        "target": known.then_some(view.now.target),
        "to_call_back": view.open().filter(|_| known),
        "previous_calls": before.map(Tally::offered),
        "previous_answered": before.map(|before| before.answered),
    }
}
