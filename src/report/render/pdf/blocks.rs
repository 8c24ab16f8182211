//! Each block on paper.

use super::chart;
use super::sheet::{MARGIN, ROOM, Sheet, Stand};
use super::table;
use super::words::{Style, line_width, wrap, wrap_plain};
use crate::domain::colour::Colour;
use crate::domain::document::{Block, Card, Document, Fact, Link, Text, Tone};
use crate::report::render::look::LIGHT;

const TITLE: Style = Style::new(19.0, 25.0, LIGHT.ink).strong();
const LEAD: Style = Style::new(11.5, 17.0, LIGHT.ink);
const HEADING: Style = Style::new(13.0, 18.0, LIGHT.ink).strong();
const BODY: Style = Style::new(10.5, 15.0, LIGHT.ink);
pub(super) const CELL: Style = Style::new(9.5, 13.0, LIGHT.ink);
pub(super) const SMALL: Style = Style::new(9.0, 12.5, LIGHT.mute);
const FOOT: Style = Style::new(8.5, 12.0, LIGHT.mute);

/// Draws the whole document; pages follow by themselves.
pub(super) fn draw(sheet: &mut Sheet<'_>, document: &Document) {
    if let Some(name) = document.brand.name.as_deref().filter(|name| !document.eyebrow.starts_with(*name)) {
        plain(sheet, name, SMALL.coloured(sheet.look.accent).strong());
        sheet.y += 6.0;
    }
    plain(sheet, &document.eyebrow, SMALL);
    sheet.y += 3.0;
    plain(sheet, &document.title, TITLE);
    sheet.y += 2.0;
    for (at, block) in document.blocks.iter().enumerate() {
        if let Block::Heading { .. } = block {
            sheet.y += 22.0;
            sheet.keep(60.0 + document.blocks.get(at + 1).map_or(0.0, beginning));
        }
        draw_block(sheet, block);
    }
    if !document.foot.is_empty() {
        sheet.y += 22.0;
        sheet.keep(60.0);
        sheet.rule(MARGIN, sheet.y, ROOM);
        sheet.y += 10.0;
        for text in &document.foot {
            rich(sheet, text, FOOT);
            sheet.y += 4.0;
        }
    }
}

/// The colour that goes with a tone.
pub(super) fn toned(tone: Tone) -> Colour {
    match tone {
        Tone::Plain => LIGHT.ink,
        Tone::Mute => LIGHT.mute,
        Tone::Bad => LIGHT.bad,
        Tone::Good => LIGHT.good,
    }
}

/// What of a block can't be parted from the heading over it.
fn beginning(block: &Block) -> f32 {
    match block {
        Block::Columns(_) => chart::COLUMNS_HIGH,
        Block::HeatMap(map) => chart::heat_high(map),
        Block::Cards(_) => 90.0,
        Block::Table(_) | Block::List(_) | Block::Facts(_) => 60.0,
        _ => 30.0,
    }
}

fn draw_block(sheet: &mut Sheet<'_>, block: &Block) {
    match block {
        Block::Lead(text) => {
            sheet.y += 4.0;
            rich(sheet, text, LEAD);
        }
        Block::Callout(text) => callout(sheet, text),
        Block::Button { label, link } => button(sheet, label, link),
        Block::Cards(cards) => draw_cards(sheet, cards),
        Block::Heading { section: _, text, caption } => {
            plain(sheet, text, HEADING);
            if let Some(caption) = caption {
                rich(sheet, caption, SMALL);
            }
        }
        Block::Table(block) => table::draw(sheet, block),
        Block::List(block) => table::draw(sheet, &block.table),
        Block::Columns(block) => chart::columns(sheet, block),
        Block::HeatMap(block) => chart::heat(sheet, block),
        Block::Shares(block) => chart::shares(sheet, block),
        Block::Facts(facts) => draw_facts(sheet, facts),
        Block::Paragraph(text) => {
            sheet.y += 9.0;
            rich(sheet, text, BODY);
        }
        Block::Note(text) => {
            sheet.y += 7.0;
            rich(sheet, text, SMALL);
        }
    }
}

fn plain(sheet: &mut Sheet<'_>, text: &str, style: Style) {
    let lines = wrap_plain(sheet.faces, text, style, ROOM);
    sheet.lines(MARGIN, ROOM, &lines, style);
}

fn rich(sheet: &mut Sheet<'_>, text: &Text, style: Style) {
    let lines = wrap(sheet.faces, text, style, ROOM);
    sheet.lines(MARGIN, ROOM, &lines, style);
}

fn callout(sheet: &mut Sheet<'_>, text: &Text) {
    let style = Style::new(10.0, 14.0, LIGHT.ink);
    let lines = wrap(sheet.faces, text, style, ROOM - 24.0);
    let high = lines.len() as f32 * style.leading + 14.0;
    sheet.y += 10.0;
    sheet.keep(high);
    sheet.fill([MARGIN, sheet.y, ROOM, high], 0.0, LIGHT.callout);
    sheet.fill([MARGIN, sheet.y, 3.0, high], 0.0, LIGHT.bar_bad);
    let bottom = sheet.y + high;
    sheet.y += 7.0;
    sheet.lines(MARGIN + 12.0, ROOM - 24.0, &lines, style);
    sheet.y = bottom + 4.0;
}

fn button(sheet: &mut Sheet<'_>, label: &str, link: &Link) {
    let style = Style::new(11.0, 14.0, LIGHT.on_button).strong();
    let lines = wrap_plain(sheet.faces, label, style, ROOM - 28.0);
    let wide = lines.iter().map(line_width).fold(0.0, f32::max) + 28.0;
    let high = lines.len() as f32 * style.leading + 16.0;
    sheet.y += 13.0;
    sheet.keep(high);
    sheet.fill([MARGIN, sheet.y, wide, high], 6.0, sheet.look.button);
    sheet.link(MARGIN, sheet.y, wide, high, link);
    let bottom = sheet.y + high;
    sheet.y += 8.0;
    sheet.lines(MARGIN + 14.0, wide - 28.0, &lines, style);
    sheet.y = bottom;
}

fn draw_cards(sheet: &mut Sheet<'_>, cards: &[Card]) {
    const GAP: f32 = 7.0;
    const INSET: f32 = 11.0;
    let value = Style::new(18.0, 23.0, LIGHT.ink).strong();
    sheet.y += 18.0;
    for row in cards.chunks(4) {
        let wide = (ROOM - GAP * (row.len() - 1) as f32) / row.len() as f32;
        let room = wide - 2.0 * INSET;
        let texts: Vec<Vec<_>> = row
            .iter()
            .map(|card| {
                let change = SMALL.coloured(toned(card.tone));
                [(&card.label, SMALL), (&card.value, value), (&card.change, change), (&card.detail, SMALL)]
                    .map(|(text, style)| (wrap_plain(sheet.faces, text, style, room), style))
                    .into()
            })
            .collect();
        let tall = |card: &Vec<(Vec<_>, Style)>| {
            card.iter().map(|(lines, style)| lines.len() as f32 * style.leading).sum::<f32>()
        };
        let high = texts.iter().map(tall).fold(46.0, f32::max) + 16.0;
        sheet.keep(high);
        for (at, card) in texts.iter().enumerate() {
            let x = MARGIN + at as f32 * (wide + GAP);
            sheet.fill([x, sheet.y, wide, high], 6.0, LIGHT.card);
            let mut y = sheet.y + 8.0;
            for (lines, style) in card {
                for line in lines {
                    sheet.line(x + INSET, y, room, line, *style, Stand::Start);
                    y += style.leading;
                }
            }
        }
        sheet.y += high + GAP;
    }
    sheet.y -= GAP;
}

fn draw_facts(sheet: &mut Sheet<'_>, facts: &[Fact]) {
    const LABEL: f32 = ROOM * 0.34;
    let value = CELL.strong();
    sheet.y += 6.0;
    for fact in facts {
        let labels = wrap_plain(sheet.faces, &fact.label, CELL.coloured(LIGHT.mute), LABEL);
        let values = wrap_plain(sheet.faces, &fact.value, value, ROOM - LABEL - 12.0);
        let details = wrap_plain(sheet.faces, &fact.detail, SMALL, ROOM - LABEL - 12.0);
        let right = values.len() as f32 * value.leading + details.len() as f32 * SMALL.leading;
        let high = right.max(labels.len() as f32 * CELL.leading) + 13.0;
        sheet.keep(high);
        let top = sheet.y + 6.0;
        for (at, line) in labels.iter().enumerate() {
            let y = top + at as f32 * CELL.leading;
            sheet.line(MARGIN, y, LABEL, line, CELL.coloured(LIGHT.mute), Stand::Start);
        }
        let mut y = top;
        for (lines, style) in [(&values, value), (&details, SMALL)] {
            for line in lines {
                sheet.line(MARGIN, y, ROOM, line, style, Stand::End);
                y += style.leading;
            }
        }
        sheet.y += high;
        sheet.rule(MARGIN, sheet.y, ROOM);
    }
}
