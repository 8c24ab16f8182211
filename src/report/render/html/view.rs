//! What the templates of the mail ask for beyond the document: sides of the page, heights in pixels, rows with their tags.

use std::ops::Range;

use super::Mail;
use crate::domain::colour::Colour;
use crate::domain::document::{
    Align, Cell, Column, ColumnBar, ColumnChart, HeatMap, Share, Shares, Table, TextDirection, Tone,
};
use crate::report::render::look::Palette;
use crate::report::render::scale::{self, BarHeight, ENDLESS_WORD};

/// Words of so many letters keep to one line where there is room.
const SHORT: usize = 18;
/// A longer word breaks anywhere on a phone and in a table that is set small; and so long a one everywhere.
const LONG_WORD: usize = 14;
/// The same in a table that is set small, whose columns have no room to give.
const LONG_IN_DENSE: usize = 12;
/// What stands at a line's end and is longer may break on a phone.
const SHORT_ON_PHONES: usize = 13;

/// Height of the highest bar of a column chart.
const COLUMN_PX: u32 = 96;

/// Where a line starts and ends; mail programs know left and right only.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side {
    pub dir: &'static str,
    pub start: &'static str,
    pub end: &'static str,
}

impl Side {
    pub(super) fn new(direction: TextDirection) -> Self {
        match direction {
            TextDirection::Ltr => Self { dir: "ltr", start: "left", end: "right" },
            TextDirection::Rtl => Self { dir: "rtl", start: "right", end: "left" },
        }
    }

    pub(super) fn of(self, align: Align) -> &'static str {
        match align {
            Align::Start => self.start,
            Align::End => self.end,
        }
    }
}

/// The head of one column.
#[derive(Debug)]
pub(super) struct ColumnView<'a> {
    pub column: &'a Column,
    pub align: &'static str,
    /// Further classes, each with its space before it.
    pub class: &'static str,
}

/// One cell and how it is set.
#[derive(Debug)]
pub(super) struct CellView<'a> {
    pub cell: &'a Cell,
    pub align: &'static str,
    /// `th scope="row"` for the row's name.
    pub open: &'static str,
    pub close: &'static str,
    pub class: String,
    /// Where it isn't that of the table.
    pub colour: Option<Colour>,
    /// Length of the bar in percent, in a bar column.
    pub bar: Option<u32>,
}

/// A bar and its heights.
#[derive(Debug)]
pub(super) struct BarView<'a> {
    pub bar: &'a ColumnBar,
    pub height: BarHeight,
}

/// A label under one or several bars.
#[derive(Debug)]
pub(super) struct LabelView<'a> {
    pub text: &'a str,
    pub span: usize,
}

/// A weekday and the shades of its hours.
#[derive(Debug)]
pub(super) struct HeatView<'a> {
    pub label: &'a str,
    pub shades: Vec<Option<usize>>,
}

/// A part and its place on the bar.
#[derive(Debug)]
pub(super) struct PartView<'a> {
    pub share: &'a Share,
    pub shade: usize,
    pub percent: u64,
}

/// Whether a column of words stands beside one of figures, on a screen or on a phone: figures end where words begin.
fn follows_figures(table: &Table, at: usize) -> bool {
    let before = &table.columns[..at];
    let beside = [before.last(), before.iter().rfind(|column| !column.hide_when_narrow)];
    table.columns[at].align == Align::Start && beside.into_iter().flatten().any(|column| column.align == Align::End)
}

impl Mail<'_> {
    pub(super) fn tone_class(&self, tone: &Tone) -> &'static str {
        match tone {
            Tone::Plain => "i",
            Tone::Mute => "m",
            Tone::Bad => "b",
            Tone::Good => "g",
        }
    }

    pub(super) fn tone_colour(&self, tone: &Tone) -> Colour {
        let look: &Palette = self.l;
        match tone {
            Tone::Plain => look.ink,
            Tone::Mute => look.mute,
            Tone::Bad => look.bad,
            Tone::Good => look.good,
        }
    }

    pub(super) fn columns<'t>(&self, table: &'t Table) -> Vec<ColumnView<'t>> {
        let class = |at: usize, column: &Column| match (at == 0, column.hide_when_narrow, follows_figures(table, at)) {
            (true, _, _) => " j",
            (false, true, true) => " n sp",
            (false, true, false) => " n",
            (false, false, true) => " sp",
            (false, false, false) => "",
        };
        let columns = table.columns.iter().enumerate();
        columns
            .map(|(at, column)| ColumnView { column, align: self.side.of(column.align), class: class(at, column) })
            .collect()
    }

    pub(super) fn is_dense(&self, table: &Table) -> bool {
        scale::is_dense(table)
    }

    /// Body and total, as many cells a row as there are columns.
    pub(super) fn rows<'t>(&self, table: &'t Table) -> Vec<Vec<CellView<'t>>> {
        let body = table.rows.iter().map(|cells| (cells, false));
        let total = table.total.iter().map(|cells| (cells, true));
        let is_dense = self.is_dense(table);
        let keeps_words = !is_dense && scale::has_room_for(table, SHORT);
        let set = |(cells, is_total): (&'t Vec<Cell>, bool)| {
            let pairs = table.columns.iter().zip(cells).enumerate();
            pairs
                .map(|(at, (column, cell))| {
                    let mut view = self.cell(column, cell, (is_dense, keeps_words), at == 0, is_total);
                    view.class.push_str(if follows_figures(table, at) { " sp" } else { "" });
                    view
                })
                .collect()
        };
        body.chain(total).map(set).collect()
    }

    fn cell<'t>(
        &self,
        column: &'t Column,
        cell: &'t Cell,
        (is_dense, keeps_words): (bool, bool),
        is_name: bool,
        is_total: bool,
    ) -> CellView<'t> {
        let tone = if is_total && cell.tone == Tone::Plain { Tone::Mute } else { cell.tone };
        let long = cell.text.chars().count();
        let is_figure = column.align == Align::End;
        let keeps_whole = is_figure && !scale::breaks_between_figures(&cell.text);
        let keeps_together = keeps_whole || (long <= SHORT && (is_name || keeps_words));
        let keeps_on_phones = is_figure && long <= SHORT_ON_PHONES;
        let longest = cell.text.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
        let breaks_on_phones = longest > LONG_WORD;
        let has_endless_word = longest > if is_dense { LONG_IN_DENSE } else { ENDLESS_WORD };
        let mut class = self.tone_class(&tone).to_owned();
        for (name, is_set) in [
            (" j", is_name),
            (" s", cell.strong),
            (" l", is_total),
            (" n", column.hide_when_narrow && !is_name),
            (" p", cell.link.is_some()),
            (" o1", keeps_on_phones && !has_endless_word),
            (" o2", keeps_together && !keeps_on_phones && !has_endless_word),
            (" br", has_endless_word),
            (" bp", breaks_on_phones),
        ] {
            class.push_str(if is_set { name } else { "" });
        }
        let (open, close) = if is_name { ("th scope=\"row\"", "th") } else { ("td", "td") };
        CellView {
            cell,
            align: self.side.of(column.align),
            open,
            close,
            class,
            colour: (tone != Tone::Plain).then(|| self.tone_colour(&tone)),
            bar: cell.bar.filter(|_| column.is_bar).map(|fraction| (fraction.clamp(0.0, 1.0) * 100.0).ceil() as u32),
        }
    }

    pub(super) fn bars<'t>(&self, chart: &'t ColumnChart) -> Vec<BarView<'t>> {
        let heights = scale::columns(chart, COLUMN_PX);
        chart.bars.iter().zip(heights).map(|(bar, height)| BarView { bar, height }).collect()
    }

    /// The chart in words, with the number of each bar.
    pub(super) fn column_words(&self, chart: &ColumnChart) -> String {
        let bars: Vec<_> = chart.bars.iter().map(|bar| format!("{} {}", bar.label, bar.text)).collect();
        format!("{} {}", chart.summary, bars.join(", ")).trim().to_owned()
    }

    /// Room on each side of a bar, in pixels.
    pub(super) fn gap(&self, chart: &ColumnChart) -> u32 {
        match chart.bars.len() {
            0..=10 => 4,
            11..=40 => 1,
            _ => 0,
        }
    }

    pub(super) fn bar_labels<'t>(&self, chart: &'t ColumnChart) -> Vec<LabelView<'t>> {
        let step = scale::bars_per_label(chart.bars.len());
        chart.bars.chunks(step).map(|bars| LabelView { text: &bars[0].label, span: bars.len() }).collect()
    }

    /// Whether bars say how they changed.
    pub(super) fn has_changes(&self, chart: &ColumnChart) -> bool {
        chart.bars.iter().any(|bar| !bar.change.is_empty())
    }

    pub(super) fn hours(&self, map: &HeatMap) -> Range<usize> {
        0..map.rows.iter().map(|row| row.hours.len()).max().unwrap_or(0)
    }

    pub(super) fn lively(&self, map: &HeatMap) -> Range<usize> {
        scale::lively_hours(map)
    }

    pub(super) fn heat<'t>(&self, map: &'t HeatMap) -> Vec<HeatView<'t>> {
        let shades = scale::shades(map);
        map.rows.iter().zip(shades).map(|(row, shades)| HeatView { label: &row.label, shades }).collect()
    }

    pub(super) fn parts<'t>(&self, shares: &'t Shares) -> Vec<PartView<'t>> {
        let whole = shares.parts.iter().map(|part| part.count).sum::<u64>().max(1);
        let parts = shares.parts.iter().enumerate();
        parts
            .map(|(at, share)| PartView {
                share,
                shade: at.min(self.l.shares.len() - 1),
                percent: (share.count * 100 / whole).max(1),
            })
            .collect()
    }
}
