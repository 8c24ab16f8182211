//! Tables as aligned columns. Where the room isn't enough, columns of words are narrowed and their cells stand on several
//! lines; then bars go. What still doesn't fit has a line for each cell. Nothing that is read gets lost.

use super::wrap::{hanging, padded, width, wrap};
use super::{WIDTH, chart};
use crate::domain::document::{Align, Cell, Column, Link, Table};

/// Between two columns.
const GAP: usize = 2;
/// Columns of words are no narrower than this while bars can give way, and never narrower than the second.
const COMFORTABLE: usize = 28;
const NARROWEST: usize = 12;
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

/// How a column's label may stand.
#[derive(Clone, Copy, Debug)]
enum Head {
    Whole,
    /// On several lines.
    Broken,
}

fn layout(table: &Table) -> Option<Vec<Shown>> {
    let everything: Vec<_> = (0..table.columns.len()).collect();
    let words: Vec<_> = everything.iter().copied().filter(|at| !table.columns[*at].is_bar).collect();
    let unbroken = |word: &str| !word.is_empty();
    let number = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    fit(table, &everything, Head::Whole, COMFORTABLE, number)
        .or_else(|| fit(table, &words, Head::Whole, COMFORTABLE, number))
        .or_else(|| fit(table, &words, Head::Broken, NARROWEST, unbroken))
        .or_else(|| fit(table, &words, Head::Broken, NARROWEST, number))
}

/// Widths for these columns, those of words narrowed as far as allowed, the widest first; `None` when they don't fit. Of
/// what `stays_whole` nothing is broken.
fn fit(
    table: &Table,
    choice: &[usize],
    head: Head,
    narrowest: usize,
    stays_whole: fn(&str) -> bool,
) -> Option<Vec<Shown>> {
    let mut shown: Vec<_> = choice.iter().map(|&at| Shown { at, width: natural(table, at, head) }).collect();
    let gaps = GAP * shown.len().saturating_sub(1);
    let floors: Vec<usize> = (0..table.columns.len()).map(|at| longest(table, at, stays_whole)).collect();
    loop {
        let used: usize = shown.iter().map(|column| column.width).sum::<usize>() + gaps;
        if used <= WIDTH {
            return Some(shown);
        }
        let can_give = |column: &&mut Shown| {
            let of = &table.columns[column.at];
            of.align == Align::Start && !of.is_bar && column.width > narrowest.max(floors[column.at])
        };
        shown.iter_mut().filter(can_give).max_by_key(|column| column.width)?.width -= 1;
    }
}

/// What a column needs for the longest of these words. A number, sum or time that is broken can't be dialled or read.
fn longest(table: &Table, at: usize, of: fn(&str) -> bool) -> usize {
    let cells = table.rows.iter().chain(table.total.as_ref()).filter_map(|row| row.get(at));
    let in_cell = |cell: &Cell| {
        let words = cell.text.split(' ').filter(|word| of(word));
        // The further lines of a name are set in.
        let indent = if at == 0 && cell.text.contains(' ') { 2 } else { 0 };
        words.map(|word| width(word) + indent).max().unwrap_or(0)
    };
    cells.map(in_cell).max().unwrap_or(0).min(LONGEST_WHOLE)
}

/// Anything longer is neither a number nor a word, but a key or an address.
const LONGEST_WHOLE: usize = 22;

fn natural(table: &Table, at: usize, head: Head) -> usize {
    let column = &table.columns[at];
    if column.is_bar {
        return BAR;
    }
    let label = match head {
        Head::Whole => width(&column.label),
        Head::Broken => column.label.split(' ').map(width).max().unwrap_or(0),
    };
    let cells = table.rows.iter().chain(table.total.as_ref()).filter_map(|row| row.get(at));
    cells.map(|cell| width(&cell.text)).chain([label]).max().unwrap_or(0)
}

fn aligned(table: &Table, columns: &[Shown]) -> Vec<String> {
    let mut lines = Vec::new();
    if columns.iter().any(|shown| !table.columns[shown.at].label.is_empty()) {
        let label = |shown: &Shown| {
            let column = &table.columns[shown.at];
            if column.is_bar { Vec::new() } else { wrap(&column.label, shown.width.max(1)) }
        };
        let mut labels: Vec<_> = columns.iter().map(label).collect();
        let high = labels.iter().map(Vec::len).max().unwrap_or(0);
        for label in &mut labels {
            label.splice(0..0, vec![String::new(); high - label.len()]);
        }
        lines.extend(row(table, columns, &labels));
    }
    let cells =
        |cells: &[Cell]| columns.iter().map(|shown| cell(table, shown, cells.get(shown.at))).collect::<Vec<_>>();
    for cells_of_row in &table.rows {
        lines.extend(row(table, columns, &cells(cells_of_row)));
        lines.extend(pages(table, cells_of_row));
    }
    if let Some(total) = &table.total {
        let widest = lines.iter().map(|line| width(line)).max().unwrap_or(3);
        lines.push("-".repeat(widest.min(WIDTH)));
        lines.extend(row(table, columns, &cells(total)));
    }
    lines
}

fn cell(table: &Table, shown: &Shown, cell: Option<&Cell>) -> Vec<String> {
    match cell {
        Some(Cell { bar: Some(bar), .. }) if table.columns[shown.at].is_bar => vec![chart::bar(*bar, BAR)],
        Some(cell) if shown.at == 0 && width(&cell.text) > shown.width => set_in(&cell.text, shown.width),
        Some(cell) => wrap(&cell.text, shown.width.max(1)),
        None => Vec::new(),
    }
}

/// A name on several lines, all but the first set in, so that rows stay apart.
fn set_in(name: &str, columns: usize) -> Vec<String> {
    let lines = wrap(name, columns.saturating_sub(2).max(1)).into_iter().enumerate();
    lines.map(|(at, line)| if at == 0 { line } else { format!("  {line}") }).collect()
}

/// The pages that a row's cells lead to, each in a line of its own below the row: a link that is broken is none.
fn pages(table: &Table, cells: &[Cell]) -> Vec<String> {
    let of = |(column, cell): (&Column, &Cell)| match &cell.link {
        Some(Link::Web(page)) if !page.is_empty() && !cell.text.contains(page.as_str()) => {
            let label = if cell.text.is_empty() { &column.label } else { &cell.text };
            let line = format!("  {label}: {page}");
            Some(if width(&line) <= WIDTH { vec![line] } else { vec![format!("  {label}:"), format!("  {page}")] })
        }
        _ => None,
    };
    table.columns.iter().zip(cells).filter_map(of).flatten().collect()
}

/// A row whose cells have as many lines as they need.
fn row(table: &Table, columns: &[Shown], cells: &[Vec<String>]) -> Vec<String> {
    let high = cells.iter().map(Vec::len).max().unwrap_or(0);
    let line = |at: usize| {
        let pieces = columns.iter().zip(cells).map(|(shown, lines)| {
            let is_end = table.columns[shown.at].align == Align::End;
            padded(lines.get(at).map_or("", String::as_str), shown.width, is_end)
        });
        pieces.collect::<Vec<_>>().join(&" ".repeat(GAP)).trim_end().to_owned()
    };
    (0..high).map(line).collect()
}

/// The row's name, and each value with its label below it.
fn one_a_line(table: &Table) -> Vec<String> {
    let mut lines = Vec::new();
    for row in table.rows.iter().chain(table.total.as_ref()) {
        let mut cells = table.columns.iter().zip(row).filter(|(column, _)| !column.is_bar);
        lines.extend(cells.next().map(|(_, name)| wrap(&name.text, WIDTH)).unwrap_or_default());
        for (column, cell) in cells {
            let words = format!("{} {}", column.label, cell.text);
            lines.extend(hanging("  ", words.trim(), WIDTH));
        }
        lines.extend(pages(table, row));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_broken_only_where_nothing_else_gives() {
        let column =
            |label: &str| Column { label: label.into(), align: Align::Start, hide_when_narrow: false, is_bar: false };
        let phone = "+380\u{a0}50\u{a0}974\u{a0}3332";
        let row = [phone, "2 · 1:25", "18 жовт. 18:39", "(не відстежується)", "ще не телефонували"].map(Cell::text);
        let labels = ["Абонент", "Спроби\u{a0}· очікування", "Перший пропущений", "Джерело", "Що було далі"];
        let table = Table { columns: labels.map(column).into(), rows: vec![row.into()], ..Table::default() };
        let lines = draw(&table);
        for word in [phone, "відстежується)", "телефонували", "18:39"] {
            assert!(lines.iter().any(|line| line.contains(word)), "{word}: {lines:#?}");
        }
        assert!(lines.iter().all(|line| width(line) <= WIDTH), "{lines:#?}");
    }

    #[test]
    fn a_number_is_never_broken() {
        let label =
            |label: &str| Column { label: label.into(), align: Align::Start, hide_when_narrow: false, is_bar: false };
        let phone = "+380\u{a0}50\u{a0}974\u{a0}3332";
        let row =
            [phone, "a source of many words, google / cpc", "tried on Tuesday at 12:15", "and a long remark besides"];
        let labels = ["Caller", "Source", "Since then", "Remark"];
        let table =
            Table { columns: labels.map(label).into(), rows: vec![row.map(Cell::text).into()], ..Table::default() };
        let lines = draw(&table);
        assert!(lines.iter().any(|line| line.contains(phone)), "{lines:#?}");
        assert!(lines.iter().all(|line| width(line) <= WIDTH), "{lines:#?}");
        let mut named = table;
        named.rows[0][0].text = format!("Olena Koval-Shevchenko {phone}");
        assert!(draw(&named).iter().any(|line| line.contains(phone)), "{:#?}", draw(&named));
    }
}
