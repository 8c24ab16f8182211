//! Tables as aligned columns. Where the room isn't enough, bars go first, then the name is cut, then columns that a small
//! screen would leave out too; what still doesn't fit is a line of its own for each cell.

use super::wrap::{cut, padded, width, wrap};
use super::{WIDTH, chart};
use crate::domain::document::{Align, Cell, Column, Table};

/// Between two columns.
const GAP: usize = 2;
/// A name is never cut shorter than this.
const SHORTEST_NAME: usize = 16;
/// Columns of the longest bar.
const BAR: usize = 12;

pub(super) fn draw(table: &Table) -> Vec<String> {
    let mut lines = match layout(table) {
        Some(columns) => aligned(table, &columns),
        None => one_a_line(table),
    };
    if let Some(more) = &table.more {
        lines.extend(wrap(more, WIDTH));
    }
    lines
}

/// A column that is shown and how wide it is.
#[derive(Clone, Copy, Debug)]
struct Shown {
    at: usize,
    width: usize,
}

fn layout(table: &Table) -> Option<Vec<Shown>> {
    let all = 0..table.columns.len();
    let narrow = |at: &usize| !table.columns[*at].hide_when_narrow;
    let choices: [Vec<usize>; 3] = [
        all.clone().collect(),
        all.clone().filter(|at| !table.columns[*at].is_bar).collect(),
        all.filter(|at| narrow(at) && !table.columns[*at].is_bar).collect(),
    ];
    choices.into_iter().find_map(|choice| fit(table, &choice))
}

/// Widths for these columns, with the first cut as far as allowed; `None` when they don't fit.
fn fit(table: &Table, choice: &[usize]) -> Option<Vec<Shown>> {
    let mut shown: Vec<_> = choice.iter().map(|&at| Shown { at, width: natural(table, at) }).collect();
    let total: usize = shown.iter().map(|column| column.width).sum::<usize>() + GAP * shown.len().saturating_sub(1);
    let excess = total.saturating_sub(WIDTH);
    let name = shown.first_mut()?;
    if excess > 0 && name.width < SHORTEST_NAME + excess {
        return None;
    }
    name.width -= excess;
    Some(shown)
}

fn natural(table: &Table, at: usize) -> usize {
    let column = &table.columns[at];
    if column.is_bar {
        return BAR;
    }
    let cells = table.rows.iter().chain(table.total.as_ref()).filter_map(|row| row.get(at));
    cells.map(|cell| width(&cell.text)).chain([width(&column.label)]).max().unwrap_or(0)
}

fn aligned(table: &Table, columns: &[Shown]) -> Vec<String> {
    let mut lines = Vec::new();
    let has_head = columns.iter().any(|shown| !table.columns[shown.at].label.is_empty());
    if has_head {
        let label = |column: &Column| if column.is_bar { String::new() } else { column.label.clone() };
        lines.push(line(table, columns, |at| label(&table.columns[at])));
    }
    let text = |cell: Option<&Cell>, is_bar: bool| match cell {
        Some(Cell { bar: Some(bar), .. }) if is_bar => chart::bar(*bar, BAR),
        Some(cell) => cell.text.clone(),
        None => String::new(),
    };
    for row in &table.rows {
        lines.push(line(table, columns, |at| text(row.get(at), table.columns[at].is_bar)));
    }
    if let Some(total) = &table.total {
        let widest = lines.iter().map(|line| width(line)).max().unwrap_or(3);
        lines.push("-".repeat(widest.min(WIDTH)));
        lines.push(line(table, columns, |at| text(total.get(at), table.columns[at].is_bar)));
    }
    lines
}

fn line(table: &Table, columns: &[Shown], text: impl Fn(usize) -> String) -> String {
    let cells = columns.iter().map(|shown| {
        let is_end = table.columns[shown.at].align == Align::End;
        padded(&cut(&text(shown.at), shown.width), shown.width, is_end)
    });
    cells.collect::<Vec<_>>().join(&" ".repeat(GAP)).trim_end().to_owned()
}

/// The row's name, and each value with its label below it.
fn one_a_line(table: &Table) -> Vec<String> {
    let mut lines = Vec::new();
    for row in table.rows.iter().chain(table.total.as_ref()) {
        let mut cells = table.columns.iter().zip(row).filter(|(column, _)| !column.is_bar);
        lines.extend(cells.next().map(|(_, name)| wrap(&name.text, WIDTH)).unwrap_or_default());
        for (column, cell) in cells {
            let words = format!("{} {}", column.label, cell.text);
            lines.extend(super::wrap::hanging("  ", words.trim(), WIDTH));
        }
    }
    lines
}
