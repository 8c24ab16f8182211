//! Figures, bars, hours and facts in characters.

use super::WIDTH;
use super::scale;
use super::wrap::{cut, hanging, padded, width, wrap};
use crate::domain::document::{Card, ColumnChart, Fact, HeatMap};

/// Columns of the longest bar of a chart.
const BAR: usize = 32;

/// A bar of blocks: `fraction` of `columns`, to an eighth of a column.
pub(super) fn bar(fraction: f64, columns: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (fraction.clamp(0.0, 1.0) * (columns * 8) as f64).ceil() as usize;
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

/// One figure a line: label, value, change; its detail on a line below.
pub(super) fn cards(cards: &[Card]) -> Vec<String> {
    let column = |text: fn(&Card) -> &str| cards.iter().map(|card| width(text(card))).max().unwrap_or(0);
    let (labels, values) = (column(|card| &card.label).min(36), column(|card| &card.value).min(20));
    let line = |card: &Card| {
        let label = padded(&cut(&card.label, labels), labels, false);
        let value = padded(&cut(&card.value, values), values, true);
        cut(format!("{label}  {value}  {}", card.change).trim_end(), WIDTH)
    };
    let detail = |card: &Card| {
        let indent = " ".repeat(labels + values + 4);
        (!card.detail.is_empty()).then(|| cut(&format!("{indent}{}", card.detail), WIDTH))
    };
    cards.iter().flat_map(|card| std::iter::once(line(card)).chain(detail(card))).collect()
}

/// One bar a line, with its number; what was bad is drawn lighter and counted behind.
pub(super) fn columns(chart: &ColumnChart) -> Vec<String> {
    let heights = scale::columns(chart, BAR as u32);
    let labels = chart.bars.iter().map(|bar| width(&bar.label)).max().unwrap_or(0).min(16);
    let numbers = chart.bars.iter().map(|bar| width(&bar.text)).max().unwrap_or(0).min(12);
    let changes = chart.bars.iter().map(|bar| width(&bar.change)).max().unwrap_or(0).min(12);
    let mut lines: Vec<String> = chart
        .bars
        .iter()
        .zip(heights)
        .map(|(bar, height)| {
            let label = padded(&cut(&bar.label, labels), labels, false);
            let number = padded(&cut(&bar.text, numbers), numbers, true);
            let part =
                |sign: &str, count: u64, length: u32| sign.repeat(if count == 0 { 0 } else { length.max(1) as usize });
            let drawn =
                format!("{}{}", part("█", bar.good, height.good.min(BAR as u32)), part("░", bar.bad, height.bad));
            let change = if changes == 0 {
                String::new()
            } else {
                format!("  {}", padded(&cut(&bar.change, changes), changes, true))
            };
            cut(format!("{label}  {number}{change}  {drawn}").trim_end(), WIDTH)
        })
        .collect();
    if !chart.good_label.is_empty() && !chart.bars.is_empty() {
        lines.push(cut(&format!("█ {}  ░ {}", chart.good_label, chart.bad_label), WIDTH));
    }
    lines
}

/// The map's sentence, then a row a day: one sign an hour, for the hours that have calls.
pub(super) fn heat(map: &HeatMap) -> Vec<String> {
    const SIGNS: [&str; 6] = ["·", "░", "▒", "▓", "█", "█"];
    let mut lines = wrap(&map.summary, WIDTH);
    let shades = scale::shades(map);
    if shades.iter().flatten().flatten().all(|shade| *shade == 0) {
        return lines;
    }
    let hours = scale::lively_hours(map);
    let labels = map.rows.iter().map(|row| width(&row.label)).max().unwrap_or(0).min(12);
    let head: String = hours
        .clone()
        .map(|hour| if hour % 3 == 0 { padded(&hour.to_string(), 2, false) } else { "  ".into() })
        .collect();
    lines.push(format!("{}  {}", " ".repeat(labels), head.trim_end()));
    for (row, shades) in map.rows.iter().zip(shades) {
        let sign = |hour: usize| shades.get(hour).copied().flatten().map_or(" ", |shade| SIGNS[shade]);
        let cells: String = hours.clone().map(|hour| sign(hour).repeat(2)).collect();
        lines.push(format!("{}  {}", padded(&cut(&row.label, labels), labels, false), cells.trim_end()));
    }
    lines
}

/// Label and value in two columns, the detail below the value.
pub(super) fn facts(facts: &[Fact]) -> Vec<String> {
    let labels = facts.iter().map(|fact| width(&fact.label)).max().unwrap_or(0).min(24);
    let mut lines = Vec::new();
    for fact in facts {
        let mark = format!("{}  ", padded(&cut(&fact.label, labels), labels, false));
        lines.extend(hanging(&mark, &fact.value, WIDTH));
        if !fact.detail.is_empty() {
            lines.extend(hanging(&" ".repeat(labels + 2), &fact.detail, WIDTH));
        }
    }
    lines
}
