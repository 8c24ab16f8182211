//! All projects side by side.

use crate::domain::document::{Align, Cell, Column, Table};
use crate::domain::figure::Unit;
use crate::i18n::NOTHING;

use super::super::change::figure_change;
use super::super::document::label;
use super::super::meaning::Of;
use super::super::view::View;
use super::is_unknown;

/// One row a project: its figures side by side.
pub(super) fn table(views: &[View<'_>]) -> Table {
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
