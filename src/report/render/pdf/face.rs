//! The embedded faces: Roboto in two weights for Latin, Cyrillic and Greek, DejaVu Sans for whatever else it has. Parsed
//! once in the life of the process; a file carries only the letters that it uses.

use std::sync::OnceLock;

use anyhow::Context;
use printpdf::ParsedFont;

/// How heavy a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Strong,
}

/// Six capitals: also the tag of the embedded part.
pub(super) type FaceId = &'static str;

/// One face, ready to measure and to cut.
#[derive(Debug)]
pub(super) struct Face {
    pub id: FaceId,
    pub font: ParsedFont,
    units_per_em: f32,
    /// Advances of the letters below [`NEAR`], in parts of the size; those it lacks are `None`.
    near: Vec<Option<f32>>,
}

/// Latin, Greek and Cyrillic letters stand below it. Their advances are looked up once in the life of the process: a table
/// measures each of its cells several times.
const NEAR: u32 = 0x530;

impl Face {
    fn parse(id: FaceId, bytes: &[u8]) -> Option<Self> {
        let font = ParsedFont::from_bytes(bytes, 0, &mut Vec::new())?;
        let units_per_em = f32::from(font.font_metrics.units_per_em);
        let mut face = Self { id, font, units_per_em, near: Vec::new() };
        face.near = (0..NEAR).map(|code| face.look_up(char::from_u32(code)?)).collect();
        Some(face)
    }

    /// The advance of a letter in parts of its size; `None` when the face doesn't have it.
    fn advance(&self, letter: char) -> Option<f32> {
        self.near.get(letter as usize).copied().unwrap_or_else(|| self.look_up(letter))
    }

    /// The number of a letter's shape; `None` when the face doesn't have it.
    pub(super) fn glyph(&self, letter: char) -> Option<u16> {
        self.font.lookup_glyph_index(letter.into()).filter(|glyph| *glyph != 0)
    }

    fn look_up(&self, letter: char) -> Option<f32> {
        let glyph = self.glyph(letter)?;
        Some(f32::from(self.font.get_horizontal_advance(glyph)) / self.units_per_em)
    }
}

/// All of them.
#[derive(Debug)]
pub(super) struct Faces {
    regular: Face,
    strong: Face,
    wide: Face,
}

/// Drawn where no face has the letter.
const BOX: char = '□';

/// A stretch of text in one face.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    pub face: FaceId,
    pub text: String,
    /// In parts of the text's size.
    pub width: f32,
}

/// The faces, parsed at the first call.
pub(super) fn faces() -> anyhow::Result<&'static Faces> {
    static FACES: OnceLock<Option<Faces>> = OnceLock::new();
    FACES.get_or_init(Faces::parse).as_ref().context("the embedded faces can't be parsed")
}

impl Faces {
    fn parse() -> Option<Self> {
        Some(Self {
            regular: Face::parse("CBREGU", include_bytes!("../../../../templates/fonts/Roboto-Regular.ttf"))?,
            strong: Face::parse("CBSTRO", include_bytes!("../../../../templates/fonts/Roboto-Medium.ttf"))?,
            wide: Face::parse("CBWIDE", include_bytes!("../../../../templates/fonts/DejaVuSans.ttf"))?,
        })
    }

    pub(super) fn all(&self) -> [&Face; 3] {
        [&self.regular, &self.strong, &self.wide]
    }

    /// `text` cut into runs of one face each. Letters that no face has become boxes and are handed to `miss`; marks
    /// without a shape are left out.
    pub(super) fn runs(&self, text: &str, weight: Weight, mut miss: impl FnMut(char)) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for letter in text.chars().filter(|c| !is_shapeless(*c)) {
            let (face, letter, width) = match self.find(letter, weight) {
                Some((face, width)) => (face, letter, width),
                None => {
                    miss(letter);
                    let (face, width) = self.boxed(weight);
                    (face, BOX, width)
                }
            };
            match runs.last_mut() {
                Some(run) if run.face == face.id => {
                    run.text.push(letter);
                    run.width += width;
                }
                _ => runs.push(Run { face: face.id, text: letter.to_string(), width }),
            }
        }
        runs
    }

    /// Width of `text` in parts of its size.
    pub(super) fn width(&self, text: &str, weight: Weight) -> f32 {
        let shaped = text.chars().filter(|c| !is_shapeless(*c));
        shaped.map(|letter| self.find(letter, weight).unwrap_or_else(|| self.boxed(weight)).1).sum()
    }

    fn boxed(&self, weight: Weight) -> (&Face, f32) {
        self.find(BOX, weight).unwrap_or((&self.wide, 0.6))
    }

    fn find(&self, letter: char, weight: Weight) -> Option<(&Face, f32)> {
        let first = match weight {
            Weight::Regular => &self.regular,
            Weight::Strong => &self.strong,
        };
        [first, &self.wide].into_iter().find_map(|face| Some((face, face.advance(letter)?)))
    }
}

/// Joiners, direction marks, variation selectors: they change other letters and have no shape.
fn is_shapeless(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_to_the_face_that_has_them_and_none_is_lost() {
        let faces = faces().expect("embedded");
        let mut missed = Vec::new();
        let runs = faces.runs("Їжак ▼ Ξένος 田", Weight::Strong, |c| missed.push(c));
        let text: String = runs.iter().map(|run| run.text.as_str()).collect();
        assert_eq!((text.as_str(), missed), ("Їжак ▼ Ξένος □", vec!['田']));
        assert_eq!(runs[0].face, "CBSTRO");
        assert_eq!(runs[1].face, "CBWIDE");
    }

    #[test]
    fn figures_are_tabular() {
        let faces = faces().expect("embedded");
        for weight in [Weight::Regular, Weight::Strong] {
            let widths: Vec<_> = ('0'..='9').map(|digit| faces.width(&digit.to_string(), weight)).collect();
            assert!(widths.iter().all(|width| (width - widths[0]).abs() < 1e-6), "{widths:?}");
        }
    }
}
