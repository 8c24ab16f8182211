//! Documents made of sample data: every block, section and notice, in the states that are easily forgotten: nothing
//! happened, nothing is known, very much, very long, other scripts, hostile. Tests draw all of them in every format, and
//! `preview --samples` writes them where a person can look.

mod alerts;
mod notices;
mod pages;
mod reports;

use std::path::{Path, PathBuf};

use super::Page;
use crate::domain::brief::Brief;
use crate::domain::document::Document;
use crate::domain::foot::{Foot, HTML_SLOT, PAID_SLOT, TEXT_SLOT};
use crate::domain::notice::NoticeKind;
use crate::domain::schedule::Format;
use crate::i18n::{self, Words};

/// Every sample with its name, which is also its file's name.
pub fn all() -> Vec<(&'static str, Document)> {
    let mut samples = reports::all();
    samples.extend(notices::all());
    samples.extend(alerts::all("en"));
    samples.push((alerts::rested("en").name, alerts::rested("en").document));
    samples
}

/// Every warning about money in a language, with its name.
pub fn alerts(language: &str) -> Vec<(&'static str, Document)> {
    alerts::all(language)
}

/// The same before they are in any language, and whether their readers see sums.
#[cfg(test)]
pub fn alerts_told() -> Vec<(&'static str, crate::report::alert::Alert, bool)> {
    alerts::of_all()
}

/// A notice as every channel gets it.
#[derive(Clone, Debug)]
pub struct Told {
    pub name: &'static str,
    pub kind: NoticeKind,
    /// The mail.
    pub document: Document,
    /// What other services make their messages of.
    pub brief: Brief,
}

/// Every notice but reports, in a language: those of each kind that have words of their own.
pub fn told(language: &str) -> Vec<Told> {
    let mut all = alerts::told(language);
    all.extend(notices::told(language));
    all
}

/// A sample's mail, with its foot, as somebody gets it.
///
/// # Errors
/// When it can't be drawn.
pub fn mail(told: &Told, format: Format) -> anyhow::Result<Vec<u8>> {
    let rendered = super::render(&told.document, format)?;
    Ok(with_foot(format, rendered.bytes, &notice_foot(&told.document.language)))
}

/// Why somebody gets such a sample, and the line with its reference.
pub fn small_print(language: &str) -> (String, String) {
    let foot = notice_foot(language);
    (foot.why, foot.reference)
}

/// Every page that a link in a mail can open, with its name.
pub fn pages() -> Vec<(&'static str, Page)> {
    pages::all()
}

/// What stands under a sample's mail.
pub fn foot() -> Foot {
    Foot {
        language: "en".into(),
        why: "You get this every Monday at 08:00 (Kyiv time) because Olena Koval set it up for you.".into(),
        next: Some("Next: Monday, 23 November.".into()),
        attached: Some("Attached: PDF, 2 pages.".into()),
        stop_label: Some("Stop this report".into()),
        reference: "Reference 7Q3F-K2MD".into(),
        accent: None,
    }
}

fn notice_foot(language: &str) -> Foot {
    let words = Words::of(language);
    Foot {
        language: words.language().into(),
        why: words.say("owner-why-role", &[("project", "Acme Windows".into())]),
        reference: words.say("foot-reference", &[("reference", "5HJW-8MDE".into())]),
        ..Foot::default()
    }
}

/// Writes each sample in every format, and the pages that a link in a mail can open, into `folder`, which is made when
/// it is missing; notices about mails and pages in the other languages too, as `NAME.uk.html`. Returns the files in the order written.
///
/// # Errors
/// When a sample can't be drawn, or a file can't be written; says which.
pub fn write_all(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    use anyhow::Context;
    std::fs::create_dir_all(folder).with_context(|| format!("can't make the folder {}", folder.display()))?;
    let mut written = Vec::new();
    let mut write = |name: String, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).with_context(|| format!("can't write {}", path.display()))?;
        written.push(path);
        anyhow::Ok(())
    };
    for (name, document) in all() {
        for renderer in super::RENDERERS {
            let rendered = super::render(&document, renderer.format).with_context(|| format!("sample {name}"))?;
            let foot = if document.period_label.is_empty() { notice_foot("en") } else { foot() };
            let bytes = with_foot(renderer.format, rendered.bytes, &foot);
            let bytes = with_logo_beside(renderer.format, bytes, &document);
            write(format!("{name}.{}", renderer.ending), &bytes)?;
        }
    }
    if let Some(logo) = &reports::brand().logo {
        write(logo.file_name(), &logo.bytes)?;
    }
    for (name, page) in pages::all() {
        write(format!("{name}.html"), super::page(&page)?.as_bytes())?;
    }
    for language in i18n::spoken().into_iter().filter(|language| *language != "en") {
        let rested = alerts::rested(language);
        let told = notices::translated(language).into_iter().chain(alerts::all(language));
        for (name, document) in told.chain([(rested.name, rested.document)]) {
            let html = super::render(&document, Format::Html).with_context(|| format!("sample {name}.{language}"))?;
            let html = with_foot(Format::Html, html.bytes, &notice_foot(language));
            let html = with_logo_beside(Format::Html, html, &document);
            write(format!("{name}.{language}.html"), &html)?;
        }
        for (name, page) in pages::translated(language) {
            write(format!("{name}.{language}.html"), super::page(&page)?.as_bytes())?;
        }
    }
    Ok(written)
}

/// The logo travels inside a mail; a page that is opened from a folder finds it beside itself.
fn with_logo_beside(format: Format, bytes: Vec<u8>, document: &Document) -> Vec<u8> {
    let Some(logo) = document.brand.logo.as_ref().filter(|_| format == Format::Html) else { return bytes };
    let (name, inside) = (logo.file_name(), format!("cid:{}", super::content_id(&logo.file_name())));
    String::from_utf8(bytes).map_or_else(|error| error.into_bytes(), |text| text.replace(&inside, &name).into_bytes())
}

/// The bytes with the sample's foot in its slot, as a recipient would see them.
fn with_foot(format: Format, bytes: Vec<u8>, foot: &Foot) -> Vec<u8> {
    let stop = Some("https://calls.acme.example/stop/sample");
    let (slot, foot) = match format {
        Format::Html => (HTML_SLOT, super::foot_html(foot, stop)),
        Format::Text => (TEXT_SLOT, super::foot_text(foot, stop)),
        _ => return bytes,
    };
    let whole = |text: String| with_a_token(&text.replace(slot, &foot)).into_bytes();
    String::from_utf8(bytes).map_or_else(|error| error.into_bytes(), whole)
}

/// Nobody's token in place of its reader's own.
fn with_a_token(text: &str) -> String {
    let begin = PAID_SLOT.trim_end_matches('~');
    let mut parts = text.split(begin);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |whole, part| whole + "sample" + part.split_once('~').map_or(part, |(_, rest)| rest))
}
