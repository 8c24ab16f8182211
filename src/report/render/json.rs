//! What machines get, from the document's machine data alone.

use super::Drawn;
use crate::domain::document::Document;

/// The machine data as JSON; a document without any is its title.
pub(super) fn draw(document: &Document) -> anyhow::Result<Drawn> {
    let bytes = match &document.data {
        Some(data) => serde_json::to_vec_pretty(data)?,
        None => serde_json::to_vec_pretty(&serde_json::json!({ "title": document.title }))?,
    };
    Ok(Drawn { bytes, ..Drawn::default() })
}
