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
use crate::telemetry::{Metrics, Stage};

use super::attach::{self, File, MOST_MAIL_BYTES};

/// A rendered report for one kind of reader.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub reader: Reader,
    pub subject: String,
    pub artefacts: Vec<NewArtefact>,
    /// What is attached, and whether in an archive.
    pub attached: Vec<(Format, bool)>,
    /// What should have gone with it and is too large for a mail.
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
    let metrics = Arc::clone(&app.telemetry.metrics);
    let made = tokio::task::spawn_blocking(move || {
        let made = std::panic::catch_unwind(AssertUnwindSafe(|| make_here(&reports, &metrics)));
        drop(permit);
        made.unwrap_or_else(|panic| Err(anyhow::anyhow!("making the report broke off: {}", words_of(&*panic))))
    })
    .await??;
    app.telemetry.metrics.count_unprintable(made.iter().map(|made| made.unprintable).sum());
    Ok(made)
}

fn make_here(reports: &[ToMake], metrics: &Metrics) -> anyhow::Result<Vec<Made>> {
    let counting = metrics.time(Stage::Count);
    let (several, single): (Vec<&ToMake>, Vec<&ToMake>) = reports.iter().partition(|report| report.is_several);
    let pairs: Vec<_> = single.iter().flat_map(|report| report.parts.clone()).collect();
    let mut single = report::documents(&pairs)?.into_iter();
    let parts: Vec<_> = several.iter().map(|report| report.parts.clone()).collect();
    let mut several = if parts.is_empty() { Vec::new() } else { report::over_several(&parts)? }.into_iter();
    let documents: Vec<Document> =
        reports.iter().filter_map(|report| if report.is_several { several.next() } else { single.next() }).collect();
    anyhow::ensure!(documents.len() == reports.len(), "{} reports gave {} documents", reports.len(), documents.len());
    drop(counting);
    let rendered = |(report, document)| render_all(report, document, MOST_MAIL_BYTES, metrics);
    reports.iter().zip(documents).map(rendered).collect()
}

/// The mail's own two forms, and what is attached: the files that were asked for, and a workbook where the document leaves
/// out rows that none of them has. What it says of such rows follows from what fits into the mail.
fn render_all(report: &ToMake, mut document: Document, most: usize, metrics: &Metrics) -> anyhow::Result<Made> {
    let mut formats = report.reader.formats.clone();
    let mut left_out = Vec::new();
    loop {
        if document.lacks_rows_in(&formats) && !left_out.contains(&Format::Xlsx) {
            formats.push(Format::Xlsx);
        }
        document.goes_with(&formats);
        let mut made = render_with(report, &document, &formats, most, metrics)?;
        if made.left_out.is_empty() {
            left_out.sort_unstable();
            made.left_out = left_out;
            return Ok(made);
        }
        formats.retain(|format| !made.left_out.contains(format));
        left_out.append(&mut made.left_out);
    }
}

/// The document in these forms, of which some may be too large.
fn render_with(
    report: &ToMake,
    document: &Document,
    formats: &[Format],
    most: usize,
    metrics: &Metrics,
) -> anyhow::Result<Made> {
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
    for format in [Format::Html, Format::Text].into_iter().chain(formats.iter().copied()) {
        let rendering = metrics.time(stage_of(format));
        let rendered = render::render(document, format)?;
        drop(rendering);
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
            let _packing = metrics.time(Stage::Pack);
            made.artefacts.push(NewArtefact::new(format, name, media_type, &rendered.bytes));
        }
    }
    let _packing = metrics.time(Stage::Pack);
    let fitted = attach::fit(files, own, most)?;
    made.left_out = fitted.left_out;
    for file in fitted.files {
        made.attached.push((file.format, file.name.ends_with(".zip")));
        made.artefacts.push(NewArtefact::new(file.format, file.name, file.media_type, &file.bytes));
    }
    Ok(made)
}

const fn stage_of(format: Format) -> Stage {
    match format {
        Format::Html | Format::Text => Stage::Html,
        Format::Pdf => Stage::Pdf,
        Format::Csv | Format::Xlsx | Format::Json => Stage::Files,
    }
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::cut::Cut;
    use crate::domain::document::{Align, Block, Cell, Column, LongTable, Table};
    use crate::domain::role::{Rights, Role};
    use crate::report::render::sample;

    fn cut(what: &str) -> Option<Cut> {
        Some(Cut { plain: format!("135 {what} left."), attached: format!("135 {what} in the list.") })
    }

    fn table(cut: Option<Cut>) -> Table {
        let column = Column { label: "Who".into(), align: Align::Start, hide_when_narrow: false, is_bar: false };
        Table { columns: vec![column], rows: vec![vec![Cell::text("Eva")]; 3], cut, ..Table::default() }
    }

    /// A report whose mail shows less than there is of people, and of calls in the mail or in print too.
    fn cut_document(people: bool, mail: bool, print: bool) -> Document {
        let (_, mut document) = sample::all().remove(0);
        let calls = LongTable {
            table: table(print.then(|| cut("printed calls")).flatten()),
            mail_rows: 1,
            mail_cut: mail.then(|| cut("calls")).flatten(),
            ..LongTable::default()
        };
        document.blocks = vec![Block::Table(table(people.then(|| cut("people")).flatten())), Block::List(calls)];
        document
    }

    /// What goes with the mail, what doesn't, and what its two forms and the print say.
    fn sent(document: Document, formats: &[Format], most: usize) -> (Vec<Format>, Vec<Format>, [String; 2]) {
        let rights = Rights::of(&[Role::Owner], None);
        let reader = Reader {
            language: "en".into(),
            rights,
            formats: formats.to_vec(),
            projects: BTreeMap::new(),
            alerts: BTreeMap::new(),
        };
        let report = ToMake { reader, parts: Vec::new(), is_several: false };
        let made = render_all(&report, document, most, &Metrics::default()).expect("made");
        let text = |format: Format| {
            let artefact = made.artefacts.iter().find(|artefact| artefact.format == format.name());
            artefact.map(|artefact| {
                String::from_utf8(crate::store::packed::unpack(&artefact.packed).expect("whole")).expect("UTF-8")
            })
        };
        let said = [Format::Html, Format::Text].map(|format| text(format).expect("a form").replace('\n', " "));
        (made.attached.iter().map(|(format, _)| *format).collect(), made.left_out, said)
    }

    #[test]
    fn what_a_mail_leaves_out_goes_with_it_and_its_words_are_true() {
        use Format::{Csv, Json, Pdf, Xlsx};
        let of = |people, mail, print, formats: &[Format]| {
            let (attached, left_out, said) = sent(cut_document(people, mail, print), formats, MOST_MAIL_BYTES);
            assert!(left_out.is_empty(), "{left_out:?}");
            for said in said {
                assert_eq!((said.contains("in the list."), said.contains("left.")), (people || mail, false), "{said}");
            }
            attached
        };
        assert_eq!(of(false, false, false, &[Pdf]), [Pdf]);
        assert_eq!(of(true, false, false, &[Pdf]), [Pdf, Xlsx], "the print cuts the table too");
        assert_eq!(of(false, true, false, &[Pdf]), [Pdf], "the print has every call");
        assert_eq!(of(false, true, true, &[Pdf]), [Pdf, Xlsx]);
        assert_eq!(of(true, true, true, &[Csv]), [Csv]);
        assert_eq!(of(true, true, true, &[Pdf, Json]), [Pdf, Json]);
        assert_eq!(of(false, true, false, &[]), [Xlsx]);
    }

    #[test]
    fn a_mail_that_goes_without_its_files_does_not_promise_them() {
        let own = sent(cut_document(true, true, true), &[], MOST_MAIL_BYTES).2.map(|text| text.len());
        let most = own.iter().sum::<usize>() * 78 / 57 + 2_000;
        let (attached, left_out, said) = sent(cut_document(true, true, true), &[Format::Pdf], most);
        assert_eq!((attached, left_out), (vec![], vec![Format::Pdf, Format::Xlsx]));
        for said in said {
            assert!(said.contains("135 people left.") && said.contains("135 calls left."), "{said}");
            assert!(!said.contains("in the list."), "{said}");
        }
    }
}
