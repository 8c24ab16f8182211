//! The document in print: A4 or Letter, the same order and words as the mail, real text in embedded faces, vector bars and hours.
//!
//! printpdf gets plain operations, never HTML. Its built-in faces know no Cyrillic and say so by `????`, so every letter is
//! set in a face of ours that has it, and one that none has becomes a box that is reported. Ids and dates come from the
//! document, so the same document gives the same bytes.

mod bidi;
mod blocks;
mod chart;
mod cut;
mod face;
mod sheet;
mod table;
mod words;

use std::sync::Arc;

use anyhow::{Context, ensure};
use printpdf::font::{FontEmbeddingMode, PrintpdfFontMeta};
use printpdf::{FontId, Mm, OffsetDateTime, PdfDocument, PdfFont, PdfPage, PdfSaveOptions, Pt};
use sha2::{Digest, Sha256};

use super::Drawn;
use crate::domain::document::Document;
use cut::{Cut, cut};
use face::faces;
use sheet::{PageSize, Printed, Sheet};

/// Draws the pages.
pub(super) fn draw(document: &Document) -> anyhow::Result<Drawn> {
    let faces = faces()?;
    let mut sheet = Sheet::new(faces, document);
    blocks::draw(&mut sheet, document);
    let Printed { pages, letters, unprintable } = sheet.finish();
    ensure!(!pages.is_empty(), "a document without pages");
    let count = u32::try_from(pages.len()).context("more pages than can be counted")?;

    let mut pdf = PdfDocument::new(&document.subject);
    let mut cuts = Vec::new();
    for face in faces.all() {
        let Some(rows) = letters.get(face.id) else { continue };
        let cut = cut(face, rows)?;
        // What is cut already is embedded as it stands.
        let meta = PrintpdfFontMeta { embedding_mode: FontEmbeddingMode::Full, ..PrintpdfFontMeta::default() };
        let font = PdfFont::with_meta(cut.font.clone(), meta);
        pdf.resources.fonts.map.insert(FontId(face.id.to_owned()), font);
        cuts.push(cut);
    }
    let made_at = OffsetDateTime::from_unix_timestamp(document.made_at.as_seconds())
        .map_err(|problem| anyhow::anyhow!("{problem}: {}", document.made_at))?;
    let info = &mut pdf.metadata.info;
    (info.creation_date, info.modification_date, info.metadata_date) = (made_at, made_at, made_at);
    // Whose print it is; without a brand nobody's.
    let maker = document.brand.name.clone().unwrap_or_default();
    info.creator.clone_from(&maker);
    info.producer = maker;
    info.subject.clone_from(&document.eyebrow);
    let size = PageSize::of(document.paper);
    let page = |ops| PdfPage::new(Mm::from(Pt(size.wide)), Mm::from(Pt(size.high)), ops);
    pdf.with_pages(pages.into_iter().map(page).collect());
    Ok(Drawn { bytes: saved(&pdf, document, &cuts)?, pages: Some(count), unprintable })
}

/// The file, with the language that screen readers need and an id that is a function of its content.
fn saved(pdf: &PdfDocument, document: &Document, cuts: &[Arc<Cut>]) -> anyhow::Result<Vec<u8>> {
    use lopdf::{Object, StringFormat};
    let mut file = printpdf::serialize::to_lopdf_doc(pdf, &PdfSaveOptions::default(), &mut Vec::new());
    let catalog = file.catalog_mut().context("a printed file without a catalog")?;
    catalog.set("Lang", Object::String(document.language.clone().into_bytes(), StringFormat::Literal));
    let shows_title = lopdf::Dictionary::from_iter([("DisplayDocTitle", Object::Boolean(true))]);
    catalog.set("ViewerPreferences", Object::Dictionary(shows_title));
    // printpdf claims a standard for printers that the file doesn't follow.
    let info = file.trailer.get(b"Info").and_then(Object::as_reference)?;
    let info = file.get_object_mut(info).and_then(Object::as_dict_mut)?;
    info.remove(b"GTS_PDFXVersion");
    if document.brand.name.is_none() {
        info.remove(b"Creator");
        info.remove(b"Producer");
    }
    file.version = "1.7".to_owned();
    let id = Sha256::new().chain_update(serde_json::to_vec(document)?);
    let id = id.chain_update(serde_json::to_vec(document.brand.as_ref())?).finalize();
    let id = Object::String(id[..16].to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("ID", Object::Array(vec![id.clone(), id]));
    compress(&mut file, cuts)?;
    let mut bytes = Vec::with_capacity(64 * 1024);
    file.save_to(&mut bytes).context("can't write a printed file")?;
    Ok(bytes)
}

/// Packs every stream. lopdf's own way looks nine times as hard for one byte in a hundred less.
fn compress(file: &mut lopdf::Document, cuts: &[Arc<Cut>]) -> anyhow::Result<()> {
    for object in file.objects.values_mut() {
        let lopdf::Object::Stream(stream) = object else { continue };
        if !stream.allows_compression || stream.dict.has(b"Filter") {
            continue;
        }
        let packed = match cuts.iter().find(|cut| cut.program == stream.content) {
            Some(cut) => cut.packed.clone(),
            None => packed(&stream.content)?,
        };
        if packed.len() < stream.content.len() {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed);
        }
    }
    Ok(())
}

fn packed(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    use std::io::Write;
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).context("can't pack a part of a print")?;
    packer.finish().context("can't pack a part of a print")
}
