//! Tables on paper: columns as wide as their words, the head again on each page, cells that need it on several lines.

use super::blocks::{CELL, SMALL, toned};
use super::face::Faces;
use super::sheet::{MARGIN, ROOM, Sheet, Stand};
use super::words::{Line, Style, width, wrap_plain};
use crate::domain::colour::Colour;
use crate::domain::document::{Align, Cell, Column, Table, Tone};
use crate::report::render::look::LIGHT;
use crate::report::render::scale::is_dense;

/// Between two columns.
const GAP: f32 = 14.0;
/// The same in a table that is set small.
const DENSE_GAP: f32 = 9.0;
/// Sizes of letters in such a table: cells and heads.
const DENSE: (f32, f32) = (8.0, 7.5);
/// Width of a bar column, without its gap.
const BAR: f32 = ROOM * 0.24;
/// Above and below the lines of a row; in a table that is set small.
const PAD: f32 = 4.5;
const DENSE_PAD: f32 = 3.0;
/// A cell says no more than so many lines.
const MOST_LINES: usize = 5;
/// A column of words is never narrower.
const NARROWEST: f32 = 54.0;

pub(super) fn draw(sheet: &mut Sheet<'_>, table: &Table) {
    let set = Setting { table, is_dense: is_dense(table) };
    let columns = places(sheet.faces, set);
    let head = head_row(sheet.faces, set, &columns);
    sheet.y += 5.0;
    sheet.keep(head.high + 40.0);
    draw_row(sheet, &columns, &head);
    sheet.rule(MARGIN, sheet.y, ROOM);
    let body = table.rows.iter().map(|cells| (cells, false));
    for (cells, is_total) in body.chain(table.total.iter().map(|cells| (cells, true))) {
        let row = body_row(sheet, set, &columns, cells, is_total);
        if sheet.keep(row.high) {
            draw_row(sheet, &columns, &head);
            sheet.rule(MARGIN, sheet.y, ROOM);
        }
        draw_row(sheet, &columns, &row);
        sheet.rule(MARGIN, sheet.y, if is_total { 0.0 } else { ROOM });
    }
    if let Some(more) = &table.more {
        sheet.y += 6.0;
        let lines = wrap_plain(sheet.faces, more, SMALL, ROOM);
        sheet.lines(MARGIN, ROOM, &lines, SMALL);
    }
}

/// A table and how it is set.
#[derive(Clone, Copy)]
struct Setting<'t> {
    table: &'t Table,
    /// Whether it is set small; asked once, for every cell is counted for it.
    is_dense: bool,
}

/// Where a column stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    x: f32,
    wide: f32,
    stand: Stand,
}

/// A row ready to be drawn.
struct Row<'t> {
    cells: Vec<(Vec<Line>, Style, Option<&'t Cell>)>,
    high: f32,
    pad: f32,
}

fn head_style(set: Setting<'_>) -> Style {
    if set.is_dense { Style { size: DENSE.1, ..SMALL } } else { SMALL }
}

fn places(faces: &Faces, set: Setting<'_>) -> Vec<Place> {
    let table = set.table;
    let count = table.columns.len();
    let gap = if set.is_dense { DENSE_GAP } else { GAP };
    let room = ROOM - gap * count.saturating_sub(1) as f32;
    let mut widths: Vec<f32> = (0..count).map(|at| natural(faces, set, at, true)).collect();
    if widths.iter().sum::<f32>() > room {
        widths = (0..count).map(|at| natural(faces, set, at, false)).collect();
    }
    let excess = widths.iter().sum::<f32>() - room;
    if excess > 0.0 {
        let least: Vec<f32> = (0..count).map(|at| unbroken(faces, set, at).max(NARROWEST.min(widths[at]))).collect();
        let left = shrink(table, &mut widths, excess, &least);
        shrink(table, &mut widths, left, &vec![NARROWEST; count]);
    } else {
        let grows = |at: usize| !table.columns[at].is_bar;
        let weight: f32 = widths.iter().enumerate().filter(|(at, _)| grows(*at)).map(|(_, wide)| *wide).sum();
        for (_, wide) in widths.iter_mut().enumerate().filter(|(at, _)| grows(*at)) {
            *wide += -excess * *wide / weight.max(1.0);
        }
    }
    let mut x = MARGIN;
    let stand = |column: &Column| if column.align == Align::End { Stand::End } else { Stand::Start };
    let place = |(column, wide): (&Column, f32)| {
        let place = Place { x, wide, stand: stand(column) };
        x += wide + gap;
        place
    };
    table.columns.iter().zip(widths).map(place).collect()
}

/// The width that a column would like; the words of its head may stand below each other unless `has_whole_head`.
fn natural(faces: &Faces, set: Setting<'_>, at: usize, has_whole_head: bool) -> f32 {
    let table = set.table;
    let column = &table.columns[at];
    if column.is_bar {
        return BAR;
    }
    let cells = table.rows.iter().chain(table.total.as_ref()).filter_map(|row| row.get(at));
    let cells = cells.map(|cell| width(faces, &cell.text, cell_style(set, cell, false, LIGHT.accent)));
    let head = if has_whole_head { width(faces, &column.label, head_style(set)) } else { head_word(faces, set, at) };
    cells.fold(head, f32::max) + 0.5
}

/// The longest word of a column's head.
fn head_word(faces: &Faces, set: Setting<'_>, at: usize) -> f32 {
    let words = set.table.columns[at].label.split(' ');
    words.map(|word| width(faces, word, head_style(set))).fold(0.0, f32::max)
}

/// The width in which no word of a column is broken, and no phone number is parted.
fn unbroken(faces: &Faces, set: Setting<'_>, at: usize) -> f32 {
    let table = set.table;
    let cells = table.rows.iter().chain(table.total.as_ref()).filter_map(|row| row.get(at));
    let longest = |cell: &Cell| {
        let style = cell_style(set, cell, false, LIGHT.accent);
        let whole = if cell.link.is_some() { width(faces, &cell.text, style) } else { 0.0 };
        cell.text.split(' ').map(|word| width(faces, word, style)).fold(whole, f32::max)
    };
    cells.map(longest).fold(head_word(faces, set, at), f32::max) + 0.5
}

/// Takes `excess` from columns of words, the widest first, none below its `least`. Returns what couldn't be taken.
fn shrink(table: &Table, widths: &mut [f32], mut excess: f32, least: &[f32]) -> f32 {
    while excess > 0.0 {
        let wordy = |at: &usize| table.columns[*at].align == Align::Start && widths[*at] > least[*at];
        let widest = (0..widths.len()).filter(wordy).max_by(|a, b| widths[*a].total_cmp(&widths[*b]));
        let Some(at) = widest else { break };
        let step = excess.min(8.0).min(widths[at] - least[at]).max(0.5);
        widths[at] -= step;
        excess -= step;
    }
    excess.max(0.0)
}

fn cell_style(set: Setting<'_>, cell: &Cell, is_total: bool, accent: Colour) -> Style {
    let tone = if is_total && cell.tone == Tone::Plain { Tone::Mute } else { cell.tone };
    let size = if set.is_dense { DENSE.0 } else { CELL.size };
    let style = Style { size, ..CELL }.coloured(if cell.link.is_some() { accent } else { toned(tone) });
    if cell.strong { style.strong() } else { style }
}

fn head_row<'t>(faces: &Faces, set: Setting<'_>, columns: &[Place]) -> Row<'t> {
    let label = |column: &Column| if column.is_bar { String::new() } else { column.label.clone() };
    let style = head_style(set);
    let cells: Vec<_> = set
        .table
        .columns
        .iter()
        .zip(columns)
        .map(|(column, place)| (wrap_plain(faces, &label(column), style, place.wide), style, None))
        .collect();
    let most = cells.iter().map(|(lines, _, _)| lines.len()).max().unwrap_or(0);
    Row { cells, high: most as f32 * SMALL.leading + 7.0, pad: PAD }
}

fn body_row<'t>(sheet: &Sheet<'_>, set: Setting<'_>, columns: &[Place], cells: &'t [Cell], is_total: bool) -> Row<'t> {
    let cells: Vec<_> = cells
        .iter()
        .zip(columns)
        .zip(&set.table.columns)
        .map(|((cell, place), column)| {
            let style = cell_style(set, cell, is_total, sheet.look.accent);
            let mut lines = wrap_plain(sheet.faces, &cell.text, style, place.wide);
            if lines.len() > MOST_LINES {
                lines.truncate(MOST_LINES);
                if let Some(piece) = lines.last_mut().and_then(|line| line.last_mut()) {
                    piece.text.pop();
                    piece.text.push('…');
                }
            }
            (lines, style, (column.is_bar || cell.link.is_some()).then_some(cell))
        })
        .collect();
    let most = cells.iter().map(|(lines, _, _)| lines.len()).max().unwrap_or(0).max(1);
    let pad = if set.is_dense { DENSE_PAD } else { PAD };
    Row { cells, high: most as f32 * CELL.leading + 2.0 * pad, pad }
}

fn draw_row(sheet: &mut Sheet<'_>, columns: &[Place], row: &Row<'_>) {
    let bottom = sheet.y + row.high;
    for ((lines, style, cell), place) in row.cells.iter().zip(columns) {
        let is_head = style.leading == SMALL.leading;
        let pad = if is_head { row.high - 4.0 - lines.len() as f32 * style.leading } else { row.pad };
        for (at, line) in lines.iter().enumerate() {
            let y = sheet.y + pad + at as f32 * style.leading;
            sheet.line(place.x, y, place.wide, line, *style, place.stand);
        }
        if let Some(Cell { bar: Some(bar), .. }) = cell {
            let wide = place.wide * (*bar as f32).clamp(0.0, 1.0);
            sheet.fill([place.x, sheet.y + row.pad + CELL.leading / 2.0 - 3.0, wide, 6.0], 1.5, sheet.look.bar);
        }
        if let Some(Cell { link: Some(link), .. }) = cell {
            sheet.link(place.x, sheet.y, place.wide, row.high, link);
        }
    }
    sheet.y = bottom;
}
