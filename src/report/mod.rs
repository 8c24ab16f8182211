//! The only module that aggregates (polars) and prints (printpdf): slices of calls become documents, documents become bytes.

use std::sync::Arc;

use crate::domain::document::{Document, TextDirection};

mod choose;
mod frame;
mod group;
pub mod notice;
#[cfg(test)]
mod oracle;
mod origin;
pub mod render;
mod request;
mod tally;
mod touch;

/// What the store loads and a report reads.
pub mod slice {
    pub use crate::domain::slice::{CallRow, PartRow, Slice, SliceRequest};
}

pub use request::ReportRequest;

/// The documents of these reports, in their order. CPU work of polars: call it on a blocking thread, never in an async task.
///
/// # Errors
/// When the figures can't be computed, which is a defect of this program, not of the calls.
pub fn documents(reports: &[(ReportRequest, Arc<slice::Slice>)]) -> anyhow::Result<Vec<Document>> {
    Ok(reports
        .iter()
        .map(|(request, _)| Document {
            language: request.language.clone(),
            direction: TextDirection::Ltr,
            subject: request.project.name.clone(),
            preview: String::new(),
            eyebrow: String::new(),
            title: request.project.name.clone(),
            period_label: String::new(),
            made_at: request.made_at,
            file_stem: request.project.id.to_string(),
            blocks: Vec::new(),
            foot: Vec::new(),
            data: None,
        })
        .collect())
}
