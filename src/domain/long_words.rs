//! Words that somebody else wrote have no end: an agent's name of a page, a source of a novel. What people read is cut to what
//! people read; tables for machines keep it whole.

use super::document::{Block, Card, Cell, Document, Table, Text};

/// Letters of a name: a cell, a label, a value.
const NAME: usize = 120;
/// Letters of a sentence that quotes names.
const SENTENCE: usize = 600;
/// Letters of a paragraph of the foot, which explains at length and quotes few names.
const FOOT: usize = 4_000;
/// Letters of a subject, of which inboxes show seventy.
const SUBJECT: usize = 200;

/// Cuts every text of a document that is longer than anybody reads, and marks it by an ellipsis.
pub fn shorten(document: &mut Document) {
    cut(&mut document.subject, SUBJECT);
    for text in [&mut document.preview, &mut document.eyebrow, &mut document.title] {
        cut(text, SENTENCE);
    }
    document.foot.iter_mut().flat_map(|text| &mut text.0).for_each(|span| cut(&mut span.text, FOOT));
    document.blocks.iter_mut().for_each(block);
}

fn block(block: &mut Block) {
    match block {
        Block::Lead(text) | Block::Callout(text) | Block::Paragraph(text) | Block::Note(text) => sentence(text),
        Block::Button { label, .. } => cut(label, NAME),
        Block::Cards(cards) => cards.iter_mut().for_each(card),
        Block::Heading { text, caption, .. } => {
            cut(text, NAME);
            caption.iter_mut().for_each(sentence);
        }
        Block::Table(inner) => table(inner),
        Block::List(list) => table(&mut list.table),
        Block::Columns(chart) => {
            cut(&mut chart.summary, SENTENCE);
            chart.bars.iter_mut().for_each(|bar| cut(&mut bar.label, NAME));
        }
        Block::HeatMap(map) => cut(&mut map.summary, SENTENCE),
        Block::Shares(shares) => {
            cut(&mut shares.summary, SENTENCE);
            shares.parts.iter_mut().for_each(|part| cut(&mut part.label, NAME));
        }
        Block::Facts(facts) => {
            for fact in facts {
                cut(&mut fact.label, NAME);
                cut(&mut fact.value, NAME);
                cut(&mut fact.detail, SENTENCE);
            }
        }
    }
}

fn card(card: &mut Card) {
    for text in [&mut card.label, &mut card.value, &mut card.change, &mut card.detail] {
        cut(text, NAME);
    }
}

fn table(table: &mut Table) {
    let cells = table.rows.iter_mut().chain(&mut table.total).flatten();
    cells.for_each(|cell: &mut Cell| cut(&mut cell.text, NAME));
}

fn sentence(text: &mut Text) {
    text.0.iter_mut().for_each(|span| cut(&mut span.text, SENTENCE));
}

/// At most so many letters, the last of them an ellipsis.
fn cut(text: &mut String, most: usize) {
    // So short a text can't have more letters than that.
    if text.len() <= most {
        return;
    }
    if let Some((at, _)) = text.char_indices().nth(most)
        && let Some((last, _)) = text[..at].char_indices().next_back()
    {
        text.truncate(last);
        text.truncate(text.trim_end().len());
        text.push('\u{2026}');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_ends_in_an_ellipsis_and_what_fits_stays() {
        let cut_to = |text: &str, most| {
            let mut text = text.to_owned();
            cut(&mut text, most);
            text
        };
        assert_eq!(cut_to("Олена", 5), "Олена");
        assert_eq!(cut_to("Олена К", 6), "Олена\u{2026}");
        assert_eq!(cut_to("Олена К.", 4), "Оле\u{2026}");
        assert_eq!(cut_to(&"ї".repeat(500), NAME).chars().count(), NAME);
    }
}
