//! Counts become lengths and shades: the same in mail and in print, so both tell one story.

use crate::domain::document::{Align, Column, ColumnChart, HeatMap, Table};

/// One bar of a column chart, in the unit of the height that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BarHeight {
    pub good: u32,
    pub bad: u32,
    /// Whether its number is shown: all of a few bars, only the highest of many.
    pub has_number: bool,
}

/// The bars of a chart whose highest is `height`. A part that isn't zero is never invisible.
pub(super) fn columns(chart: &ColumnChart, height: u32) -> Vec<BarHeight> {
    let total = |good: u64, bad: u64| good.saturating_add(bad);
    let top = chart.bars.iter().map(|bar| total(bar.good, bar.bad)).max().unwrap_or(0).max(1);
    let length = |count: u64| {
        let exact = (u128::from(count) * u128::from(height) + u128::from(top) / 2) / u128::from(top);
        u32::try_from(exact).unwrap_or(height).max(u32::from(count > 0) * 2)
    };
    let few = chart.bars.len() <= 16;
    let mut is_shown_once = false;
    chart
        .bars
        .iter()
        .map(|bar| {
            let is_first_top = !is_shown_once && total(bar.good, bar.bad) == top;
            is_shown_once |= is_first_top;
            BarHeight { good: length(bar.good), bad: length(bar.bad), has_number: few || is_first_top }
        })
        .collect()
}

/// How many bars share one label: 1 for a few bars, more for many, so that labels never touch.
pub(super) fn bars_per_label(bars: usize) -> usize {
    match bars {
        0..=10 => 1,
        _ => bars.div_ceil(8),
    }
}

/// How many shades there are besides none.
pub(super) const SHADES: u64 = 5;

/// The shade of each hour of each row: 0 none, [`SHADES`] the busiest; `None` where there is no hour or no data.
pub(super) fn shades(map: &HeatMap) -> Vec<Vec<Option<usize>>> {
    let top = map.rows.iter().flat_map(|row| row.hours.iter().flatten()).copied().max().unwrap_or(0).max(1);
    let shade = |count: u64| (0..SHADES).find(|&shade| reaches(shade, count, top)).unwrap_or(SHADES) as usize;
    map.rows.iter().map(|row| row.hours.iter().map(|hour| hour.map(shade)).collect()).collect()
}

/// Whether `shade` is dark enough for `count` of `top`: `(count / top)^¾ ≤ shade / 5`, in whole numbers. The power lets
/// ordinary hours differ from each other although one hour stands out.
fn reaches(shade: u64, count: u64, top: u64) -> bool {
    let [shade, count, top, shades] = [shade, count, top, SHADES].map(|n| u128::from(n.min(u64::from(u32::MAX))));
    count.pow(3).saturating_mul(shades.pow(4)) <= shade.pow(4).saturating_mul(top.pow(3))
}

/// The hours worth room on a small screen: from the one before the first call to the one after the last, `from..to`.
/// All of them when there is no call.
pub(super) fn lively_hours(map: &HeatMap) -> std::ops::Range<usize> {
    let width = map.rows.iter().map(|row| row.hours.len()).max().unwrap_or(0);
    let is_lively = |hour: &usize| map.rows.iter().any(|row| row.hours.get(*hour).is_some_and(|c| c.unwrap_or(0) > 0));
    match ((0..width).find(is_lively), (0..width).rev().find(is_lively)) {
        (Some(first), Some(last)) => first.saturating_sub(1)..(last + 2).min(width),
        _ => 0..width,
    }
}

/// Room of a mail's table, and what its letters, those of its heads and the gaps between columns take of it.
const ROOM: usize = 5760;
const LETTER: usize = 73;
const HEAD_LETTER: usize = 72;
const BETWEEN: usize = 120;
/// A column of words that follows one of figures stands so much farther off.
const AFTER_FIGURES: usize = 60;
/// Words break in a cell of words from here on; what is one word breaks when it is longer than [`ENDLESS_WORD`].
const WORDS: usize = 14;
/// So long a word breaks everywhere.
pub(super) const ENDLESS_WORD: usize = 24;
/// Several figures in one cell stay on one line up to so many letters.
const FIGURES: usize = 24;
/// A bar column takes about as much as so many letters.
const BAR: usize = 20;

/// Whether a table's columns fit side by side only when they are set small: figures, short words and the words of a head
/// don't break.
pub(super) fn is_dense(table: &Table) -> bool {
    width(table, WORDS) > ROOM
}

/// Whether there is room for cells of words of so many letters that don't break.
pub(super) fn has_room_for(table: &Table, letters: usize) -> bool {
    width(table, letters) <= ROOM
}

/// Whether a cell says so many figures that they may stand on two lines.
pub(super) fn breaks_between_figures(text: &str) -> bool {
    text.contains("\u{a0}· ") && text.chars().count() > FIGURES
}

/// Letters of the longer line when several figures stand on two, broken where that is shortest.
fn on_two_lines(text: &str, letters: impl Fn(&str) -> usize) -> usize {
    let breaks = text.match_indices("· ").map(|(at, mark)| at + mark.len());
    breaks.map(|at| letters(text[..at].trim_end()).max(letters(&text[at..]))).min().unwrap_or_else(|| letters(text))
}

/// What a table's columns take side by side when its words break from so many letters on.
fn width(table: &Table, words: usize) -> usize {
    // Letters beyond ASCII are a fifth wider as a rule: Cyrillic ones, Latin ones with signs in capitals.
    let letters = |text: &str| {
        let (count, wide) = (text.chars().count(), text.chars().filter(|letter| !letter.is_ascii()).count());
        count + wide / 5
    };
    let longest_word = |text: &str| text.split(' ').map(letters).max().unwrap_or(0);
    let wide = |(at, column): (usize, &Column)| {
        if column.is_bar {
            return BAR * LETTER;
        }
        let cells = table.rows.iter().chain(table.total.as_ref()).filter_map(|row| row.get(at));
        let cell = |text: &str| match column.align {
            Align::End if breaks_between_figures(text) => on_two_lines(text, letters),
            Align::End => letters(text),
            // What is short stays on one line, however wide its letters are.
            Align::Start if text.chars().count() <= words => letters(text),
            Align::Start => letters(text).min(words.max(longest_word(text).min(ENDLESS_WORD))),
        };
        let cells = cells.map(|shown| cell(&shown.text)).max().unwrap_or(0);
        (cells * LETTER).max(longest_word(&column.label) * HEAD_LETTER)
    };
    let columns = table.columns.iter().enumerate().map(wide).sum::<usize>();
    let follows = |pair: &&[Column]| pair[0].align == Align::End && pair[1].align == Align::Start;
    let farther = table.columns.windows(2).filter(follows).count() * AFTER_FIGURES;
    columns + table.columns.len().saturating_sub(1) * BETWEEN + farther
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::{Cell, ColumnBar, HeatRow};

    fn bar(good: u64, bad: u64) -> ColumnBar {
        ColumnBar { label: String::new(), good, bad, text: String::new(), change: String::new() }
    }

    #[test]
    fn the_highest_bar_fills_and_a_single_call_is_seen() {
        let chart = ColumnChart {
            summary: String::new(),
            good_label: String::new(),
            bad_label: String::new(),
            bars: vec![bar(900, 100), bar(1, 0), bar(0, 0)],
        };
        let heights = columns(&chart, 100);
        assert_eq!((heights[0].good, heights[0].bad), (90, 10));
        assert_eq!((heights[1].good, heights[1].bad), (2, 0));
        assert_eq!((heights[2].good, heights[2].bad), (0, 0));
    }

    #[test]
    fn shades_run_from_none_to_the_busiest() {
        let map = HeatMap {
            summary: String::new(),
            rows: vec![HeatRow { label: "Mon".into(), hours: vec![None, Some(0), Some(1), Some(7), Some(14), None] }],
        };
        assert_eq!(shades(&map), [[None, Some(0), Some(1), Some(3), Some(5), None]]);
        assert_eq!(lively_hours(&map), 1..6);
    }

    #[test]
    fn many_narrow_columns_fit_and_fewer_wide_ones_do_not() {
        let table = |texts: &[&str], align| Table {
            columns: texts
                .iter()
                .map(|_| Column { label: "Answered by".into(), align, hide_when_narrow: false, is_bar: false })
                .collect(),
            rows: vec![texts.iter().map(|text| Cell::text((*text).to_owned())).collect()],
            ..Table::default()
        };
        assert!(!is_dense(&table(&["12"; 7], Align::End)));
        assert!(is_dense(&table(&["+380 67 111 22 33"; 5], Align::End)));
        let changes = "no change\u{a0}· −14.3\u{a0}%\u{a0}· +50.0\u{a0}%\u{a0}· –";
        assert!(!is_dense(&table(&[changes, "18 · 12 · 6 · 0", "no change"], Align::End)), "many figures may break");
        assert_eq!(on_two_lines(changes, |text| text.chars().count()), "no change · −14.3 % ·".chars().count());
    }
}
