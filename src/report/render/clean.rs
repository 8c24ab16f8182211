//! A document with every text made harmless (`domain::plain`). Links keep only what their kind may hold.

use crate::domain::document::{Block, Cell, Document, Link, Table, Text};
use crate::domain::plain::make_plain as tidy;
pub(super) use crate::domain::plain::plain as clean;

/// The document with every text and link made harmless.
pub(super) fn cleaned(mut document: Document) -> Document {
    for text in [
        &mut document.language,
        &mut document.subject,
        &mut document.preview,
        &mut document.eyebrow,
        &mut document.title,
        &mut document.period_label,
    ] {
        tidy(text);
    }
    document.foot.iter_mut().for_each(tidy_text);
    document.blocks.iter_mut().for_each(tidy_block);
    document
}

fn tidy_text(text: &mut Text) {
    for span in &mut text.0 {
        tidy(&mut span.text);
        tidy_link(&mut span.link);
    }
}

fn tidy_table(table: &mut Table) {
    table.columns.iter_mut().for_each(|column| tidy(&mut column.label));
    table.rows.iter_mut().chain(table.total.as_mut()).flatten().for_each(tidy_cell);
    table.more.iter_mut().for_each(tidy);
}

fn tidy_cell(cell: &mut Cell) {
    tidy(&mut cell.text);
    tidy_link(&mut cell.link);
}

/// A number keeps its digits; an address or page that isn't one leaves plain words behind.
fn tidy_link(link: &mut Option<Link>) {
    let is_harmful = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\'' | '\\');
    match link {
        Some(Link::Tel(number)) => {
            number.retain(|c| c.is_ascii_digit() || c == '+');
            if !number.contains(|c: char| c.is_ascii_digit()) {
                *link = None;
            }
        }
        Some(Link::Mail(address)) if !address.contains('@') || address.contains(is_harmful) => *link = None,
        Some(Link::Web(page))
            if !(page.starts_with("https://") || page.starts_with("http://")) || page.contains(is_harmful) =>
        {
            *link = None;
        }
        Some(Link::Mail(_) | Link::Web(_)) | None => {}
    }
}

fn tidy_block(block: &mut Block) {
    match block {
        Block::Lead(text) | Block::Callout(text) | Block::Paragraph(text) | Block::Note(text) => tidy_text(text),
        Block::Button { label, link } => {
            tidy(label);
            let mut kept = Some(link.clone());
            tidy_link(&mut kept);
            if let Some(kept) = kept {
                *link = kept;
            } else {
                *block = Block::Paragraph(Text::plain(std::mem::take(label)));
            }
        }
        Block::Cards(cards) => {
            for card in cards {
                [&mut card.label, &mut card.value, &mut card.change, &mut card.detail].into_iter().for_each(tidy);
            }
        }
        Block::Heading { section: _, text, caption } => {
            tidy(text);
            caption.iter_mut().for_each(tidy_text);
        }
        Block::Table(table) => tidy_table(table),
        Block::List(list) => {
            tidy_table(&mut list.table);
            list.mail_more.iter_mut().for_each(tidy);
        }
        Block::Columns(chart) => {
            [&mut chart.summary, &mut chart.good_label, &mut chart.bad_label].into_iter().for_each(tidy);
            for bar in &mut chart.bars {
                [&mut bar.label, &mut bar.text, &mut bar.change].into_iter().for_each(tidy);
            }
        }
        Block::HeatMap(map) => {
            tidy(&mut map.summary);
            map.rows.iter_mut().for_each(|row| tidy(&mut row.label));
        }
        Block::Shares(shares) => {
            tidy(&mut shares.summary);
            for part in &mut shares.parts {
                [&mut part.label, &mut part.text].into_iter().for_each(tidy);
            }
        }
        Block::Facts(facts) => {
            for fact in facts {
                [&mut fact.label, &mut fact.value, &mut fact.detail].into_iter().for_each(tidy);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_are_none_leave_their_words() {
        for (link, stays) in [
            (Link::Tel("+380 (67) 111-22-33".into()), Some(Link::Tel("+380671112233".into()))),
            (Link::Tel("withheld".into()), None),
            (Link::Web("javascript:alert(1)".into()), None),
            (Link::Web("https://a.example/\"onload=".into()), None),
            (Link::Web("https://a.example/x?y=1".into()), Some(Link::Web("https://a.example/x?y=1".into()))),
            (Link::Mail("nobody".into()), None),
            (Link::Mail("olena@acme.example".into()), Some(Link::Mail("olena@acme.example".into()))),
        ] {
            let mut kept = Some(link);
            tidy_link(&mut kept);
            assert_eq!(kept, stays);
        }
        let mut button = Block::Button { label: "Go".into(), link: Link::Web("data:text/html,x".into()) };
        tidy_block(&mut button);
        assert_eq!(button, Block::Paragraph(Text::plain("Go")));
    }
}
