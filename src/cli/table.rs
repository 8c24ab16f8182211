//! Tables and sentences on a terminal of any width. No word is ever broken: an address or an id that is cut in two can't
//! be copied, searched or read. Where a table's words don't fit side by side, each row becomes a short block instead.

use std::io::IsTerminal;

use comfy_table::{ColumnConstraint, Row, Table, Width};
use unicode_width::UnicodeWidthStr;

use crate::config;

/// Blanks around a column's words.
const PADDING: usize = 2;

/// The table as this terminal can show it, or at the width that was set, without blanks at line ends; where there is
/// neither, a line a row, however long.
pub(super) fn fitted(table: Table) -> String {
    match width().or(table.width()) {
        Some(width) => fitted_to(table, width),
        None => trimmed(&table.to_string()),
    }
}

/// How wide the reader's terminal is, or what COLUMNS says where nobody looks at one.
pub(super) fn width() -> Option<u16> {
    if std::io::stdout().is_terminal() { Table::new().width() } else { config::columns() }
}

/// Prints it.
pub(super) fn print(table: Table) {
    println!("{}", fitted(table));
}

/// The same at a given width.
fn fitted_to(mut table: Table, width: u16) -> String {
    let least = least_widths(&table);
    if least.iter().sum::<usize>() >= usize::from(width) {
        return blocks(&table, usize::from(width));
    }
    for (column, least) in table.column_iter_mut().zip(&least) {
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(u16::try_from(*least).unwrap_or(width))));
    }
    table.set_width(width);
    trimmed(&table.to_string())
}

/// Without blanks at line ends.
pub(super) fn trimmed(text: &str) -> String {
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// What each column needs for its longest word.
fn least_widths(table: &Table) -> Vec<usize> {
    let mut widths: Vec<usize> = Vec::new();
    for row in table.header().into_iter().chain(table.row_iter()) {
        for (at, cell) in row.cell_iter().enumerate() {
            let longest = cell.content().lines().map(unbroken).max().unwrap_or(0);
            if widths.len() <= at {
                widths.push(0);
            }
            widths[at] = widths[at].max(longest + PADDING);
        }
    }
    widths
}

/// A moment is read as a whole: weekday, date, time and offset.
const LONGEST_MOMENT: usize = 27;

/// The longest stretch of a line that stays together.
fn unbroken(line: &str) -> usize {
    let is_date = |word: &str| word.len() == 10 && word.bytes().filter(|byte| *byte == b'-').count() == 2;
    if line.width() <= LONGEST_MOMENT && line.split_whitespace().any(is_date) {
        return line.trim().width();
    }
    line.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// Each row on lines of its own: the first cell, and under it the others with their headings, several in a line where
/// they are short.
fn blocks(table: &Table, width: usize) -> String {
    let cells = |row: &Row| row.cell_iter().map(|cell| cell.content()).collect::<Vec<_>>();
    let head: Vec<String> = table.header().map(cells).unwrap_or_default();
    let mut blocks = Vec::new();
    for row in table.row_iter().map(cells) {
        let mut lines: Vec<String> = Vec::new();
        let mut rest = row.iter().zip(head.iter().map(String::as_str).chain(std::iter::repeat("")));
        if let Some((first, _)) = rest.next() {
            lines.extend(first.lines().map(str::to_owned));
        }
        let mut open = String::new();
        for (cell, name) in rest.filter(|(cell, _)| !cell.trim().is_empty()) {
            let named = if name.is_empty() { cell.clone() } else { format!("{}: {cell}", name.to_lowercase()) };
            if cell.contains('\n') {
                close(&mut open, &mut lines);
                if !name.is_empty() {
                    lines.push(format!("  {}:", name.to_lowercase()));
                }
                lines.extend(cell.lines().map(|line| format!("    {line}")));
            } else if open.is_empty() || open.width() + named.width() + 3 > width {
                close(&mut open, &mut lines);
                open = format!("  {named}");
            } else {
                open = format!("{open} · {named}");
            }
        }
        close(&mut open, &mut lines);
        blocks.push(lines.iter().map(|line| wrapped(line, width)).collect::<Vec<_>>().join("\n"));
    }
    blocks.join("\n\n")
}

fn close(open: &mut String, lines: &mut Vec<String>) {
    if !open.is_empty() {
        lines.push(std::mem::take(open));
    }
}

/// A text whose lines are broken between words where the terminal ends, the rest indented below; as it is where nobody
/// looks at a terminal.
pub(super) fn sentences(text: &str) -> String {
    match width() {
        Some(width) => text.lines().map(|line| wrapped(line, usize::from(width)) + "\n").collect(),
        None => text.to_owned(),
    }
}

/// One line, broken between words; the lines that follow stand two further in.
pub(super) fn wrapped(line: &str, width: usize) -> String {
    if line.width() <= width {
        return line.to_owned();
    }
    let indent = line.len() - line.trim_start_matches(' ').len();
    let mut lines = Vec::new();
    let mut open = " ".repeat(indent);
    let mut is_empty = true;
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        if !is_empty && open.width() + 1 + word.width() > width {
            lines.push(std::mem::replace(&mut open, " ".repeat(indent + 2)));
            is_empty = true;
        }
        if !is_empty {
            open.push(' ');
        }
        open.push_str(word);
        is_empty = false;
    }
    lines.push(open);
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use comfy_table::{ContentArrangement, presets};

    fn deliveries() -> Table {
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_header(["ID", "SCHEDULE", "TO", "STATE", "AT"]);
        table.add_row(["31", "vikna-daily", "taras@vikna.example", "accepted", "2026-11-22 07:45 Europe/Kyiv"]);
        table.add_row(["30", "amstel-weekdays", "bram@amstel.example", "", "first line\n  second line"]);
        table
    }

    #[test]
    fn no_word_is_broken_however_narrow_it_is() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let all: Vec<String> =
            deliveries().row_iter().flat_map(|row| row.cell_iter()).flat_map(|cell| words(&cell.content())).collect();
        for width in [200, 120, 80, 72, 60, 40, 24, 8] {
            let shown = fitted_to(deliveries(), width);
            let seen = words(&shown);
            for word in &all {
                assert!(seen.contains(word), "{word} at {width}:\n{shown}");
            }
            let longest = all.iter().map(|word| word.width()).max().unwrap_or(0) + 8;
            let widest = shown.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
            assert!(widest <= usize::from(width).max(longest), "{widest} at {width}:\n{shown}");
        }
    }

    #[test]
    fn what_doesn_t_fit_side_by_side_stands_in_blocks() {
        insta::assert_snapshot!(fitted_to(deliveries(), 60), @r"
        31
          schedule: vikna-daily · to: taras@vikna.example
          state: accepted · at: 2026-11-22 07:45 Europe/Kyiv

        30
          schedule: amstel-weekdays · to: bram@amstel.example
          at:
            first line
              second line
        ");
    }

    #[test]
    fn long_lines_go_on_below_a_little_further_in() {
        assert_eq!(wrapped("  a bb ccc dddd", 8), "  a bb\n    ccc\n    dddd");
        assert_eq!(wrapped("short", 8), "short");
    }
}
