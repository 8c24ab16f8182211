//! The document in print.

use super::Drawn;
use crate::domain::document::Document;

/// Draws the pages.
pub(super) fn draw(document: &Document) -> anyhow::Result<Drawn> {
    let mut pdf = printpdf::PdfDocument::new(&document.title);
    pdf.with_pages(vec![printpdf::PdfPage::new(printpdf::Mm(210.0), printpdf::Mm(297.0), Vec::new())]);
    let bytes = pdf.save(&printpdf::PdfSaveOptions::default(), &mut Vec::new());
    Ok(Drawn { bytes, pages: Some(1), ..Drawn::default() })
}
