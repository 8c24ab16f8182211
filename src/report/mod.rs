//! The only module that aggregates (polars) and prints (printpdf): slices of calls become documents, documents become
//! bytes.
//!
//! A batch goes [`documents`] → `group` (reports that count the same calls share them) → `frame` (one frame, one group-by
//! a kind of figure) → `view` (one kind of reader) → `sections` → [`Document`](crate::domain::document::Document).

pub mod brand;
mod callers;
mod change;
mod choose;
#[cfg(test)]
mod directory_tests;
mod document;
mod driver;
mod foot;
mod frame;
mod group;
mod hours;
mod label;
mod later;
mod listed;
mod mask;
mod missing;
mod news;
pub mod notice;
mod only;
#[cfg(test)]
mod oracle;
mod origin;
mod people;
mod reasons;
pub mod render;
mod request;
mod responses;
#[cfg(test)]
mod schema_check;
mod sections;
mod service;
mod stamp;
mod tally;
#[cfg(test)]
mod tests;
mod touch;
mod unlisted;
mod view;

use std::sync::Arc;

use anyhow::Context as _;

use crate::domain::document::Document;

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
    let reports = listed::through(reports);
    let (groups, numbers) = group::groups(&reports);
    let counted = frame::count(&groups).context("the figures of a batch of reports can't be computed")?;
    Ok(reports
        .iter()
        .zip(numbers)
        .map(|((request, slice), number)| document::document(&view::View::new(request, slice, &counted[number])))
        .collect())
}
