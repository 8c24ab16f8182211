//! The only module that aggregates (polars) and prints (printpdf): slices of calls become documents, documents become
//! bytes.
//!
//! A batch goes [`documents`] → `group` (reports that count the same calls share them) → `frame` (one frame, one group-by
//! a kind of figure) → `view` (one kind of reader) → `sections` → [`Document`](crate::domain::document::Document).

pub mod alert;
pub mod brand;
#[cfg(test)]
mod by_hand;
mod callers;
mod change;
mod choose;
#[cfg(test)]
mod chosen_tests;
mod dialled;
pub mod digest;
#[cfg(test)]
mod directory_tests;
mod document;
mod driver;
#[cfg(test)]
mod every_word;
mod foot;
mod frame;
mod group;
mod hours;
mod label;
mod later;
mod listed;
mod mask;
#[cfg(test)]
mod masks_hold;
mod meaning;
mod missing;
mod news;
#[cfg(test)]
mod noise;
pub mod notice;
pub mod number_code;
mod only;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod oracle_callers;
#[cfg(test)]
mod oracle_news;
mod origin;
mod ours;
pub mod paid_page;
mod people;
mod reasons;
mod redact;
pub mod render;
mod request;
mod responses;
#[cfg(test)]
mod schema_check;
mod sections;
mod service;
mod several;
mod stamp;
pub mod stop_page;
#[cfg(test)]
mod tables_by_hand;
mod tally;
pub mod test_alert;
#[cfg(test)]
mod tests;
mod touch;
mod unlisted;
mod view;
#[cfg(test)]
mod voices;

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
        .map(|((request, slice), number)| {
            let view = view::View::new(request, slice, &counted[number]);
            let mut document = document::document(&view);
            redact::redact(&mut document, &view);
            document
        })
        .collect())
}

/// The documents of reports over several projects, in their order: each of one reader's view of every project that it may
/// see, in the same language, period and zone. CPU work of polars, as [`documents`].
///
/// # Errors
/// When the figures can't be computed, or a report is of no project.
pub fn over_several(reports: &[Vec<(ReportRequest, Arc<slice::Slice>)>]) -> anyhow::Result<Vec<Document>> {
    let mut all: Vec<(ReportRequest, Arc<slice::Slice>)> = reports.iter().flatten().cloned().collect();
    for (request, _) in &mut all {
        request.spec.options.max_rows = request.spec.options.max_rows.min(several::MOST_CALLERS);
    }
    let all = listed::through(&all);
    let (groups, numbers) = group::groups(&all);
    let counted = frame::count(&groups).context("the figures of reports over several projects can't be computed")?;
    let mut views =
        all.iter().zip(numbers).map(|((request, slice), number)| view::View::new(request, slice, &counted[number]));
    reports
        .iter()
        .map(|report| {
            let views: Vec<view::View<'_>> = views.by_ref().take(report.len()).collect();
            several::several(&views).context("a report of no project")
        })
        .collect()
}
