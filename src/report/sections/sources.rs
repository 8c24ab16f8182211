//! Where callers came from: by source and medium, by medium, or by campaign, with their change and with bars. Sums to O;
//! "(not tracked)" is kept apart from "(direct)" and stands last.

use crate::domain::document::{Align, Block, Cell, Column, Table, Text, Tone};
use crate::domain::figure::{TableRow, Unit};

use super::super::change::figure_change;
use super::super::meaning::Of;
use super::super::origin::{self, Origin};
use super::super::tally::{OriginTally, ratio};
use super::super::view::View;
use super::{Drawn, row};

/// One origin in both periods.
struct Line<'a> {
    origin: &'a Origin,
    now: OriginTally,
    /// `None`: there is nothing to compare with.
    before: Option<OriginTally>,
}

pub(super) fn draw(view: &View<'_>) -> Drawn {
    let (words, lines) = (&view.words, lines(view));
    let rows = Some(lines.iter().map(|line| machine_row(view, line)).collect());
    if lines.iter().all(|line| !line.origin.is_tracked()) {
        // A table of nothing but "(not tracked)" would say that we looked.
        return Drawn {
            end: vec![Block::Note(Text::plain(words.word("sources-not-known")))],
            rows,
            ..Drawn::default()
        };
    }
    let heading = Block::Heading {
        section: "sources".into(),
        text: words.word("sources"),
        caption: Some(Text::plain(words.say("subject-calls", &[("n", view.now.offered().into())]))),
    };
    Drawn { blocks: vec![heading, Block::Table(table(view, &lines))], rows, ..Drawn::default() }
}

fn table(view: &View<'_>, lines: &[Line<'_>]) -> Table {
    let words = &view.words;
    let column = |id: &str, hide_when_narrow, is_bar| Column {
        label: words.word(id),
        align: if is_bar { Align::Start } else { Align::End },
        hide_when_narrow,
        is_bar,
    };
    let most = lines.iter().map(|line| line.now.offered).max().unwrap_or(0).max(1);
    let shown = lines.len().min(view.max_rows());
    let mut columns = vec![
        Column { label: String::new(), align: Align::Start, hide_when_narrow: false, is_bar: false },
        column("column-calls", false, false),
    ];
    if view.before.is_some() {
        columns.push(column("column-change", true, false));
    }
    if view.meaning.has(Of::Answered) {
        columns.extend([column("column-answered", false, false), column("column-target", false, false)]);
    }
    columns.push(column("column-share", true, true));
    let cut = (lines.len() > shown).then(|| {
        let rest: u64 = lines[shown..].iter().map(|line| line.now.offered).sum();
        words.say("sources-more", &[("n", (lines.len() - shown).into()), ("calls", rest.into())])
    });
    Table {
        columns,
        rows: lines[..shown].iter().map(|line| cells(view, line, most)).collect(),
        total: None,
        more: cut.clone(),
        cut: cut.map(|plain| view.cut(plain)),
    }
}

/// Most calls first, equal ones by name; what isn't tracked last. Origins that only the period before had are there with
/// no calls, because a source that dries up is news.
fn lines<'a>(view: &View<'a>) -> Vec<Line<'a>> {
    let mut numbers: Vec<usize> = view.now.origins.keys().copied().collect();
    let before = view.before.map(|before| &before.origins);
    numbers.extend(before.into_iter().flatten().map(|(number, _)| *number));
    numbers.sort_unstable();
    numbers.dedup();
    let line = |number: usize| {
        Some(Line {
            origin: view.origins.get(number)?,
            now: view.now.origins.get(&number).copied().unwrap_or_default(),
            before: before.map(|before| before.get(&number).copied().unwrap_or_default()),
        })
    };
    let mut lines: Vec<Line<'a>> = numbers.into_iter().filter_map(line).collect();
    lines.sort_by_cached_key(|line| {
        (!line.origin.is_tracked(), std::cmp::Reverse(line.now.offered), line.origin.label())
    });
    lines
}

fn cells(view: &View<'_>, line: &Line<'_>, most: u64) -> Vec<Cell> {
    let words = &view.words;
    let name = if line.origin.is_tracked() {
        Cell::strong(origin::shown(line.origin.label(), words))
    } else {
        Cell { tone: Tone::Mute, ..Cell::text(words.word("origin-not-tracked")) }
    };
    let mut cells = vec![name, Cell::text(words.count(line.now.offered))];
    if let Some(before) = line.before {
        let (now, before) = (line.now.offered as f64, before.offered as f64);
        cells.push(Cell::text(figure_change(words, Unit::Calls, Some(now), Some(before))));
    }
    if view.meaning.has(Of::Answered) {
        cells.push(Cell::text(words.count(line.now.answered)));
        cells.push(Cell::text(words.count(line.now.target)));
    }
    cells.push(Cell::bar(line.now.offered as f64 / most as f64));
    cells
}

fn machine_row(view: &View<'_>, line: &Line<'_>) -> TableRow {
    let Origin { source, medium, campaign } = line.origin;
    let has_answered = view.meaning.has(Of::Answered);
    let answered = |count: Option<u64>| count.filter(|_| has_answered);
    row! {
        "source": (!source.is_empty()).then_some(source),
        "medium": medium,
        "campaign": campaign,
        "calls": line.now.offered,
        "answered": answered(Some(line.now.answered)),
        "target": answered(Some(line.now.target)),
        "share": ratio(line.now.offered, view.now.offered()),
        "previous_calls": line.before.map(|before| before.offered),
        "previous_answered": answered(line.before.map(|before| before.answered)),
        "previous_target": answered(line.before.filter(|_| view.compares_target()).map(|before| before.target)),
    }
}
