//! Slices of calls become rendered variants. This is CPU work of polars and printpdf, so it runs on the blocking pool,
//! as many batches at a time as there are processors, and never in an async task.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use crate::app::App;
use crate::domain::document::Document;
use crate::domain::notice::Reader;
use crate::domain::run::ToldReader;
use crate::domain::schedule::Format;
use crate::domain::slice::Slice;
use crate::notify::post::NewArtefact;
use crate::report::render;
use crate::report::{self, ReportRequest};

use super::attach::{self, File, MOST_MAIL_BYTES};

/// A rendered report for one kind of reader.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub reader: Reader,
    pub subject: String,
    pub artefacts: Vec<NewArtefact>,
    /// What is attached, and whether in an archive.
    pub attached: Vec<(Format, bool)>,
    /// What was asked for and is too large for a mail.
    pub left_out: Vec<Format>,
    /// Pages of the attached PDF, where there is one.
    pub pages: Option<u32>,
    /// What it tells of its calls.
    pub told: ToldReader,
    /// Whether the time that its sources cover had no calls, as far as anybody knows: not so where nobody knows.
    pub has_no_calls: bool,
    /// Different characters that no font of ours has, over all forms.
    unprintable: u64,
}

/// One report to make.
#[derive(Clone, Debug)]
pub(super) struct ToMake {
    pub reader: Reader,
    /// One part a project; of a report that isn't over several there is one.
    pub parts: Vec<(ReportRequest, Arc<Slice>)>,
    pub is_several: bool,
}

impl ToMake {
    /// The id of its (first) project, for the log.
    fn project(&self) -> &str {
        self.parts.first().map_or("", |(request, _)| request.project.id.as_str())
    }

    fn spec(&self) -> &str {
        self.parts.first().map_or("", |(request, _)| request.spec.id.as_str())
    }
}

/// Makes these reports, in their order.
pub(super) async fn make(app: &App, reports: Vec<ToMake>) -> anyhow::Result<Vec<Made>> {
    let permit = Arc::clone(&app.cpu).acquire_owned().await?;
    let made = tokio::task::spawn_blocking(move || {
        let made = std::panic::catch_unwind(AssertUnwindSafe(|| make_here(&reports)));
        drop(permit);
        made.unwrap_or_else(|panic| Err(anyhow::anyhow!("making the report broke off: {}", words_of(&*panic))))
    })
    .await??;
    app.telemetry.metrics.count_unprintable(made.iter().map(|made| made.unprintable).sum());
    Ok(made)
}

fn make_here(reports: &[ToMake]) -> anyhow::Result<Vec<Made>> {
    let (several, single): (Vec<&ToMake>, Vec<&ToMake>) = reports.iter().partition(|report| report.is_several);
    let pairs: Vec<_> = single.iter().flat_map(|report| report.parts.clone()).collect();
    let mut single = report::documents(&pairs)?.into_iter();
    let parts: Vec<_> = several.iter().map(|report| report.parts.clone()).collect();
    let mut several = if parts.is_empty() { Vec::new() } else { report::over_several(&parts)? }.into_iter();
    let documents: Vec<Document> =
        reports.iter().filter_map(|report| if report.is_several { several.next() } else { single.next() }).collect();
    anyhow::ensure!(documents.len() == reports.len(), "{} reports gave {} documents", reports.len(), documents.len());
    reports.iter().zip(&documents).map(|(report, document)| render_all(report, document)).collect()
}

/// The mail's own two forms, and what is attached.
fn render_all(report: &ToMake, document: &Document) -> anyhow::Result<Made> {
    let mut made = Made {
        reader: report.reader.clone(),
        subject: document.subject.clone(),
        artefacts: NewArtefact::logo(&document.brand).into_iter().collect(),
        attached: Vec::new(),
        left_out: Vec::new(),
        pages: None,
        told: told(document),
        has_no_calls: document.data.as_ref().is_some_and(|data| data.stamp.is_surely_empty()),
        unprintable: 0,
    };
    let mut own = document.brand.logo.as_ref().map_or(0, |logo| logo.bytes.len());
    let mut files = Vec::new();
    for format in [Format::Html, Format::Text].into_iter().chain(report.reader.formats.iter().copied()) {
        let rendered = render::render(document, format)?;
        if format == Format::Pdf {
            made.pages = rendered.pages;
        }
        if !rendered.unprintable.is_empty() {
            let characters = rendered.unprintable.chars().count();
            made.unprintable += u64::try_from(characters).unwrap_or(0);
            tracing::warn!(
                project.id = %report.project(),
                report.id = %report.spec(),
                format = format.name(),
                characters,
                "a report has characters that this format can't show; it has a box for each"
            );
        }
        let name = format!("{}.{}", document.file_stem, render::renderer(format).ending);
        let media_type = rendered.media_type.to_owned();
        if format.is_attached() {
            files.push(File { format, name, media_type, bytes: rendered.bytes, is_zipped: false });
        } else {
            own += rendered.bytes.len();
            made.artefacts.push(NewArtefact::new(format, name, media_type, &rendered.bytes));
        }
    }
    let fitted = attach::fit(files, own, MOST_MAIL_BYTES)?;
    made.left_out = fitted.left_out;
    for file in fitted.files {
        made.attached.push((file.format, file.name.ends_with(".zip")));
        made.artefacts.push(NewArtefact::new(file.format, file.name, file.media_type, &file.bytes));
    }
    Ok(made)
}

fn told(document: &Document) -> ToldReader {
    let Some(data) = &document.data else { return ToldReader::default() };
    let count = |name: &str| data.figures.get(name).and_then(|figure| figure.value).map(|count| count as u64);
    ToldReader {
        calls: data.stamp.calls,
        calls_in: count("totals.calls").unwrap_or(0),
        answered: count("totals.answered"),
        missed: count("totals.missed"),
    }
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no reason was given")
}
