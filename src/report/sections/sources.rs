//! Where callers came from: source and medium, with bars. Sums to O; "(not tracked)" is kept apart from "(direct)".

use crate::domain::document::{Align, Block, Cell, Column, Table, Text};
use crate::domain::figure::TableRow;

use super::super::origin::Origin;
use super::super::tally::{OriginTally, ratio};
use super::super::view::View;
use super::{Drawn, row};

pub(super) fn draw(view: &View<'_>) -> Drawn {
    let (words, lines) = (&view.words, lines(view));
    let column = |id: &str, hide_when_narrow, is_bar| Column {
        label: words.word(id),
        align: if is_bar { Align::Start } else { Align::End },
        hide_when_narrow,
        is_bar,
    };
    let most = lines.first().map_or(1, |(_, tally)| tally.offered.max(1));
    let shown = lines.len().min(view.max_rows());
    let table = Table {
        columns: vec![
            Column { label: String::new(), align: Align::Start, hide_when_narrow: false, is_bar: false },
            column("column-calls", false, false),
            column("column-answered", false, false),
            column("column-target", true, false),
            column("column-share", true, true),
        ],
        rows: lines[..shown].iter().map(|(origin, tally)| cells(view, origin, tally, most)).collect(),
        total: None,
        more: (lines.len() > shown).then(|| {
            let rest: u64 = lines[shown..].iter().map(|(_, tally)| tally.offered).sum();
            words.say("sources-more", &[("n", (lines.len() - shown).into()), ("calls", rest.into())])
        }),
    };
    let heading = Block::Heading {
        section: "sources".into(),
        text: words.word("sources"),
        caption: Some(Text::plain(words.say("subject-calls", &[("n", view.now.offered().into())]))),
    };
    let rows = lines.iter().map(|(origin, tally)| machine_row(view, origin, tally)).collect();
    Drawn { blocks: vec![heading, Block::Table(table)], rows: Some(rows), ..Drawn::default() }
}

/// Most calls first; equal ones by name.
fn lines<'a>(view: &View<'a>) -> Vec<(&'a Origin, OriginTally)> {
    let mut lines: Vec<(&Origin, OriginTally)> =
        view.now.origins.iter().filter_map(|(number, tally)| Some((view.origins.get(*number)?, *tally))).collect();
    lines.sort_by(|(a, x), (b, y)| y.offered.cmp(&x.offered).then_with(|| a.label().cmp(&b.label())));
    lines
}

fn cells(view: &View<'_>, origin: &Origin, tally: &OriginTally, most: u64) -> Vec<Cell> {
    vec![
        Cell::strong(origin.label()),
        Cell::text(view.words.count(tally.offered)),
        Cell::text(view.words.count(tally.answered)),
        Cell::text(view.words.count(tally.target)),
        Cell::bar(tally.offered as f64 / most as f64),
    ]
}

fn machine_row(view: &View<'_>, origin: &Origin, tally: &OriginTally) -> TableRow {
    row! {
        "source": origin.source,
        "medium": origin.medium,
        "calls": tally.offered,
        "answered": tally.answered,
        "target": tally.target,
        "share": ratio(tally.offered, view.now.offered()),
    }
}
