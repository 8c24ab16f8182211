//! Documents become bytes. A renderer draws blocks in one format and knows nothing of calls; what it is given is final
//! text, in the reader's language and masked, so it may escape, wrap and colour it, never change it.
//!
//! To add a format: a file here, a variant of [`Format`], a line in [`RENDERERS`]; the suite loops over the table with
//! the documents of [`sample`]. To add a block: a variant of `domain::document::Block`; each renderer then stops
//! compiling until it draws it.

mod clean;
mod csv;
mod html;
mod json;
mod look;
mod page;
mod pdf;
pub mod sample;
mod scale;
#[cfg(test)]
mod tests;
mod text;
mod xlsx;

pub use html::{content_id, foot_html};
pub use page::{Offer, Page, page};
pub use text::foot_text;

use crate::domain::document::Document;
use crate::domain::schedule::Format;

/// A document in one format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// With its charset where it is text.
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
    /// Printed pages, where the format has pages.
    pub pages: Option<u32>,
    /// Characters that the format couldn't show and that stand as boxes, each once; empty when all is well.
    pub unprintable: String,
}

/// One line of the table of formats.
#[derive(Clone, Copy, Debug)]
pub struct Renderer {
    pub format: Format,
    /// The usual file ending, without its dot.
    pub ending: &'static str,
    pub media_type: &'static str,
    draw: fn(&Document) -> anyhow::Result<Drawn>,
}

/// What a renderer hands back.
#[derive(Debug, Default)]
struct Drawn {
    bytes: Vec<u8>,
    pages: Option<u32>,
    unprintable: String,
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Every format that a document can take.
pub const RENDERERS: &[Renderer] = &[
    Renderer { format: Format::Html, ending: "html", media_type: "text/html; charset=utf-8", draw: html::draw },
    Renderer { format: Format::Text, ending: "txt", media_type: "text/plain; charset=utf-8", draw: text::draw },
    Renderer { format: Format::Pdf, ending: "pdf", media_type: "application/pdf", draw: pdf::draw },
    Renderer { format: Format::Xlsx, ending: "xlsx", media_type: XLSX, draw: xlsx::draw },
    Renderer { format: Format::Csv, ending: "csv", media_type: "text/csv; charset=utf-8", draw: csv::draw },
    Renderer { format: Format::Json, ending: "json", media_type: "application/json", draw: json::draw },
];

/// The line of [`RENDERERS`] for a format.
pub fn renderer(format: Format) -> &'static Renderer {
    RENDERERS.iter().find(|line| line.format == format).unwrap_or(&RENDERERS[0])
}

/// Draws a document. CPU work (PDF: some milliseconds), so call it on the blocking pool.
///
/// HTML and text carry `domain::foot::{HTML_SLOT, TEXT_SLOT}` where the recipient's own lines go; the same document gives
/// the same bytes, but for PDF, whose ids are random: render once and store.
///
/// # Errors
/// When a template or font can't be used, which is a defect of this program, not of the document.
pub fn render(document: &Document, format: Format) -> anyhow::Result<Rendered> {
    let renderer = renderer(format);
    let own = if format.has_tables() { document.clone() } else { document.without_data() };
    let drawn = (renderer.draw)(&clean::cleaned(own))?;
    Ok(Rendered {
        media_type: renderer.media_type,
        bytes: drawn.bytes,
        pages: drawn.pages,
        unprintable: drawn.unprintable,
    })
}
