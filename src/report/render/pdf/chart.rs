//! Bars, hours and parts of a whole as vector shapes.

use super::blocks::SMALL;
use super::sheet::{MARGIN, ROOM, Sheet, Stand};
use super::words::{Style, width};
use crate::domain::colour::Colour;
use crate::domain::document::{ColumnChart, HeatMap, Shares};
use crate::report::render::look::LIGHT;
use crate::report::render::scale;

/// Height of the highest bar.
const COLUMN: u32 = 78;
const LABEL: Style = Style::new(8.5, 12.0, LIGHT.mute);
const NUMBER: Style = Style::new(9.0, 13.0, LIGHT.ink).strong();

/// What a chart of columns takes at most.
pub(super) const COLUMNS_HIGH: f32 = COLUMN as f32 + NUMBER.leading + LABEL.leading * 3.0 + 14.0;
/// A cell of the hours, and what is between two.
const HOUR_HIGH: f32 = 12.5;
const HOUR_GAP: f32 = 1.6;

/// What a map of hours takes.
pub(super) fn heat_high(map: &HeatMap) -> f32 {
    LABEL.leading + (HOUR_HIGH + HOUR_GAP) * map.rows.len() as f32
}

pub(super) fn columns(sheet: &mut Sheet<'_>, chart: &ColumnChart) {
    if chart.bars.is_empty() {
        return;
    }
    let heights = scale::columns(chart, COLUMN);
    sheet.y += 8.0;
    sheet.keep(COLUMNS_HIGH);
    let step = ROOM / chart.bars.len() as f32;
    let gap = if chart.bars.len() <= 10 { 7.0 } else { 1.5 };
    let ground = sheet.y + NUMBER.leading + COLUMN as f32;
    let per_label = scale::bars_per_label(chart.bars.len());
    for (at, (bar, height)) in chart.bars.iter().zip(&heights).enumerate() {
        let (x, wide) = (MARGIN + at as f32 * step + gap / 2.0, (step - gap).max(0.5));
        let (good, bad) = (height.good as f32, height.bad as f32);
        let radius = if wide > 12.0 { 2.0 } else { 0.0 };
        sheet.fill([x, ground - good - bad, wide, bad + good.min(2.0)], radius, LIGHT.bar_bad);
        let round = if bad > 0.0 { 0.0 } else { radius };
        sheet.fill([x, ground - good, wide, good], round, sheet.look.bar);
        sheet.fill([x, ground - good.min(3.0), wide, good.min(3.0)], 0.0, sheet.look.bar);
        if height.has_number {
            let y = ground - good - bad - NUMBER.leading;
            sheet.text(x, y, wide, &bar.text, NUMBER, Stand::Middle);
        }
        if at % per_label == 0 {
            let (stand, room) =
                if per_label == 1 { (Stand::Middle, step) } else { (Stand::Start, step * per_label as f32) };
            let text = sheet.cut(&bar.label, LABEL, room.max(24.0));
            sheet.text(MARGIN + at as f32 * step, ground + 3.0, room, &text, LABEL, stand);
            let change = sheet.cut(&bar.change, LABEL, room);
            sheet.text(MARGIN + at as f32 * step, ground + 3.0 + LABEL.leading, room, &change, LABEL, stand);
        }
    }
    sheet.rule(MARGIN, ground, ROOM);
    let has_change = chart.bars.iter().any(|bar| !bar.change.is_empty());
    sheet.y = ground + 3.0 + LABEL.leading * if has_change { 2.0 } else { 1.0 } + 4.0;
    if !chart.good_label.is_empty() {
        legend(sheet, &[(sheet.look.bar, &chart.good_label, ""), (LIGHT.bar_bad, &chart.bad_label, "")]);
    }
}

pub(super) fn heat(sheet: &mut Sheet<'_>, map: &HeatMap) {
    let shades = scale::shades(map);
    let count = shades.iter().map(Vec::len).max().unwrap_or(0);
    if count == 0 {
        return;
    }
    sheet.y += 12.0;
    sheet.keep(heat_high(map));
    let labels = map.rows.iter().map(|row| width(sheet.faces, &row.label, LABEL)).fold(22.0, f32::max).min(80.0) + 6.0;
    let step = (ROOM - labels) / count as f32;
    for hour in (0..count).step_by(3) {
        let x = MARGIN + labels + hour as f32 * step;
        sheet.text(x, sheet.y, step, &hour.to_string(), LABEL, Stand::Middle);
    }
    sheet.y += LABEL.leading + 1.0;
    for (row, shades) in map.rows.iter().zip(shades) {
        let label = sheet.cut(&row.label, LABEL, labels - 6.0);
        sheet.text(MARGIN, sheet.y, labels, &label, LABEL, Stand::Start);
        for (hour, shade) in shades.iter().enumerate() {
            if let Some(shade) = shade {
                let x = MARGIN + labels + hour as f32 * step;
                sheet.fill([x + HOUR_GAP / 2.0, sheet.y, step - HOUR_GAP, HOUR_HIGH], 2.0, sheet.look.heat[*shade]);
            }
        }
        sheet.y += HOUR_HIGH + HOUR_GAP;
    }
}

pub(super) fn shares(sheet: &mut Sheet<'_>, shares: &Shares) {
    let whole = shares.parts.iter().map(|part| part.count).sum::<u64>().max(1) as f32;
    let shade = |at: usize| LIGHT.shares[at.min(LIGHT.shares.len() - 1)];
    sheet.y += 7.0;
    sheet.keep(40.0);
    let mut x = MARGIN;
    for (at, part) in shares.parts.iter().enumerate() {
        let wide = ROOM * part.count as f32 / whole;
        sheet.fill([x, sheet.y, wide, 10.0], 0.0, shade(at));
        x += wide;
    }
    sheet.y += 16.0;
    let parts: Vec<_> =
        shares.parts.iter().enumerate().map(|(at, p)| (shade(at), p.label.as_str(), p.text.as_str())).collect();
    legend(sheet, &parts);
}

/// Colours and what they mean, on as many lines as they need.
fn legend(sheet: &mut Sheet<'_>, entries: &[(Colour, &str, &str)]) {
    let (words, strong) = (SMALL.coloured(LIGHT.ink), SMALL.coloured(LIGHT.ink).strong());
    let mut x = MARGIN;
    sheet.keep(SMALL.leading);
    for (swatch, label, text) in entries {
        let label = sheet.cut(label, words, ROOM - 80.0);
        let label_wide = width(sheet.faces, &label, words);
        let text_wide = width(sheet.faces, text, strong);
        let wide = 12.0 + label_wide + if text.is_empty() { 0.0 } else { 4.0 + text_wide };
        if x + wide > MARGIN + ROOM && x > MARGIN {
            x = MARGIN;
            sheet.y += SMALL.leading + 2.0;
            sheet.keep(SMALL.leading);
        }
        sheet.fill([x, sheet.y + 2.8, 7.0, 7.0], 1.5, *swatch);
        sheet.text(x + 12.0, sheet.y, label_wide, &label, words, Stand::Start);
        sheet.text(x + 16.0 + label_wide, sheet.y, text_wide, text, strong, Stand::Start);
        x += wide + 14.0;
    }
    sheet.y += SMALL.leading;
}
