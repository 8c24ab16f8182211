//! A mail as long as mail programs show: Gmail hides what comes after 102 kB, and with it the foot that says how we count.
//! The longest tables lose rows until the mail fits, and say how many; files beside the mail keep them all.

use crate::domain::document::{Block, Document};
use crate::i18n::Words;

/// Bytes of a mail's HTML, which leaves room for the recipient's own lines in the foot.
pub(super) const MOST_BYTES: usize = 98_000;
/// Rows that a table keeps however long the mail is.
const LEAST_ROWS: usize = 5;

/// Draws the document, with shorter tables where it would be too long.
pub(super) fn fitting(document: &Document, draw: fn(&Document) -> anyhow::Result<String>) -> anyhow::Result<String> {
    let mut html = draw(document)?;
    let mut most = longest(document);
    while html.len() > MOST_BYTES && most > LEAST_ROWS {
        most = (most * 4 / 5).max(LEAST_ROWS);
        html = draw(&shortened(document, most))?;
    }
    Ok(html)
}

fn longest(document: &Document) -> usize {
    let rows = document.blocks.iter().map(|block| match block {
        Block::Table(table) => table.rows.len(),
        _ => 0,
    });
    rows.max().unwrap_or(0)
}

fn shortened(document: &Document, most: usize) -> Document {
    let words = Words::of(&document.language);
    let mut document = document.clone();
    for block in &mut document.blocks {
        if let Block::Table(table) = block
            && table.rows.len() > most
        {
            let hidden = words.say("rows-not-shown", &[("n", (table.rows.len() - most).into())]);
            table.rows.truncate(most);
            table.more = Some(match table.more.take() {
                Some(more) => format!("{hidden} {more}"),
                None => hidden,
            });
        }
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::{Align, Cell, Column, Table};

    fn with_rows(count: usize) -> Document {
        let (_, mut document) = crate::report::render::sample::all().remove(0);
        let column = Column { label: "Name".into(), align: Align::Start, hide_when_narrow: false, is_bar: false };
        let rows = (0..count).map(|n| vec![Cell::text(format!("Row {n} with some words"))]).collect();
        document.blocks.push(Block::Table(Table { columns: vec![column], rows, ..Table::default() }));
        document
    }

    #[test]
    fn a_very_long_mail_fits_and_says_how_many_rows_it_lost() {
        let document = with_rows(3_000);
        let html = fitting(&document, super::super::sheet).expect("drawn");
        assert!(html.len() <= MOST_BYTES, "{} bytes", html.len());
        let shown = html.matches("with some words").count();
        assert!(
            html.contains(&format!("{} more rows", Words::of("en").count((3_000 - shown) as u64))),
            "{shown} shown"
        );
        assert!(shown > 100, "{shown} shown");
    }

    #[test]
    fn a_usual_mail_stays_as_it_is() {
        let document = with_rows(20);
        let html = fitting(&document, super::super::sheet).expect("drawn");
        assert_eq!(html.matches("with some words").count(), 20);
        assert!(!html.contains("more rows"));
    }
}
