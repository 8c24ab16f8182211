//! Faces cut down to the letters that a document uses, so that a file carries those and nothing else.
//!
//! Cutting a face, reading the piece again and packing it take longer than drawing the pages, and documents of one language
//! use nearly the same letters. So letters are taken by rows of 32 neighbours, as code charts list them: the pieces are few,
//! are kept for the life of the process, and a file is a kilobyte or two longer than with its own letters alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, anyhow};
use printpdf::ParsedFont;

use super::face::{Face, FaceId};

/// Pieces kept at once; a language needs two or three of each face.
const KEPT: usize = 96;

/// Rows of 32 letters: those whose codes differ in the lowest five bits only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Rows(BTreeSet<u32>);

impl Rows {
    pub(super) fn add(&mut self, letter: char) {
        self.0.insert(u32::from(letter) >> 5);
    }

    fn letters(&self) -> impl Iterator<Item = char> {
        self.0.iter().flat_map(|row| (row << 5..(row + 1) << 5).filter_map(char::from_u32))
    }
}

/// A piece of a face, ready to embed.
#[derive(Debug)]
pub(super) struct Cut {
    pub font: ParsedFont,
    /// The program as printpdf writes it, and packed.
    pub program: Vec<u8>,
    pub packed: Vec<u8>,
}

/// The piece of `face` that has the letters of `rows`.
pub(super) fn cut(face: &Face, rows: &Rows) -> anyhow::Result<Arc<Cut>> {
    type Kept = HashMap<(FaceId, Rows), Arc<Cut>>;
    static CUTS: Mutex<Option<Kept>> = Mutex::new(None);
    let key = (face.id, rows.clone());
    let kept = || CUTS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(cut) = kept().get_or_insert_default().get(&key) {
        return Ok(Arc::clone(cut));
    }
    let cut = Arc::new(Cut::make(face, rows)?);
    let mut kept = kept();
    let kept = kept.get_or_insert_default();
    if kept.len() >= KEPT {
        kept.clear();
    }
    kept.insert(key, Arc::clone(&cut));
    Ok(cut)
}

impl Cut {
    fn make(face: &Face, rows: &Rows) -> anyhow::Result<Self> {
        let glyphs: BTreeMap<u16, String> =
            rows.letters().filter_map(|letter| Some((face.glyph(letter)?, letter.to_string()))).collect();
        let piece = printpdf::font::subset_font(&face.font, &glyphs)
            .map_err(|problem| anyhow!("the face {} can't be cut: {problem}", face.id))?;
        let mut font = ParsedFont::from_bytes(&piece.bytes, 0, &mut Vec::new())
            .with_context(|| format!("a piece of the face {} can't be read", face.id))?;
        // The piece lacks the tables that say these; the tag says that it is a piece.
        font.font_metrics = face.font.font_metrics;
        font.pdf_font_metrics = face.font.pdf_font_metrics;
        font.font_name = Some(format!("{}+{}", face.id, face.font.font_name.as_deref().unwrap_or(face.id)));
        let packed = super::packed(&piece.bytes)?;
        Ok(Self { font, program: piece.bytes, packed })
    }
}

#[cfg(test)]
mod tests {
    use super::super::face::faces;
    use super::*;

    #[test]
    fn a_piece_has_every_letter_of_its_rows_as_wide_as_the_face_has_it() {
        for face in faces().expect("embedded").all() {
            let mut rows = Rows::default();
            "Aa0 \u{a0}ЖїÉ▼".chars().for_each(|letter| rows.add(letter));
            let cut = cut(face, &rows).expect("cut");
            let drawn = |font: &ParsedFont, letter| {
                let glyph = font.lookup_glyph_index(letter).filter(|glyph| *glyph != 0)?;
                Some(font.get_horizontal_advance(glyph))
            };
            let letters: Vec<char> = rows.letters().collect();
            assert_eq!(letters.len(), 8 * 32);
            for letter in letters {
                let code = u32::from(letter);
                assert_eq!(drawn(&cut.font, code), drawn(&face.font, code), "{letter:?} of {}", face.id);
            }
        }
    }

    #[test]
    fn the_same_rows_share_a_piece() {
        let face = faces().expect("embedded").all()[0];
        let [mut one, mut other] = [Rows::default(), Rows::default()];
        "Abc".chars().for_each(|letter| one.add(letter));
        "Cab".chars().for_each(|letter| other.add(letter));
        assert!(Arc::ptr_eq(&cut(face, &one).expect("cut"), &cut(face, &other).expect("cut")));
    }
}
