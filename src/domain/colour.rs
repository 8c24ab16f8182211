//! A colour, and how far apart two are to the eye.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Red, green and blue; written `#0b6e6e`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// Reads `#0b6e6e` or `#0bf`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        if !digits.is_ascii() {
            return None;
        }
        let part = |from: usize, to: usize| u8::from_str_radix(digits.get(from..to)?, 16).ok();
        match digits.len() {
            6 => Some(Self([part(0, 2)?, part(2, 4)?, part(4, 6)?])),
            3 => Some(Self([part(0, 1)? * 17, part(1, 2)? * 17, part(2, 3)? * 17])),
            _ => None,
        }
    }

    /// A colour of six digits that stands in a source of ours.
    ///
    /// # Panics
    /// While compiling, when it isn't one.
    pub const fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        assert!(bytes.len() == 7 && bytes[0] == b'#', "a colour is written #rrggbb");
        const fn digit(byte: u8) -> u8 {
            match byte {
                b'0'..=b'9' => byte - b'0',
                b'a'..=b'f' => byte - b'a' + 10,
                _ => panic!("a colour is written #rrggbb"),
            }
        }
        Self([
            digit(bytes[1]) * 16 + digit(bytes[2]),
            digit(bytes[3]) * 16 + digit(bytes[4]),
            digit(bytes[5]) * 16 + digit(bytes[6]),
        ])
    }

    /// Each part from 0 to 1.
    pub fn parts(self) -> [f32; 3] {
        self.0.map(|part| f32::from(part) / 255.0)
    }

    /// The contrast ratio, 1 to 21 (WCAG 2.2, "contrast ratio" and "relative luminance").
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f32 {
        let part = |c: f32| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
        let [red, green, blue] = self.parts().map(part);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// A part of the way (0 to 1) towards another colour.
    pub fn towards(self, other: Self, part: f32) -> Self {
        let mix = |(from, to): (u8, u8)| (f32::from(from) + (f32::from(to) - f32::from(from)) * part).round() as u8;
        let pairs = [(self.0[0], other.0[0]), (self.0[1], other.0[1]), (self.0[2], other.0[2])];
        Self(pairs.map(mix))
    }

    /// The colour itself where it stands out from every ground by `ratio`, else the first on the way to `end` that does.
    pub fn standing_out(self, grounds: &[Self], ratio: f32, end: Self) -> Self {
        let stands_out = |colour: &Self| grounds.iter().all(|ground| colour.contrast(*ground) >= ratio);
        (0..=100_u8).map(|step| self.towards(end, f32::from(step) / 100.0)).find(stands_out).unwrap_or(end)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = *b"#000000";
        for (place, part) in self.0.iter().enumerate() {
            text[1 + place * 2] = DIGITS[usize::from(part >> 4)];
            text[2 + place * 2] = DIGITS[usize::from(part & 15)];
        }
        f.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl TryFrom<String> for Colour {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("a colour is written as `#0b6e6e`")
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_and_written() {
        assert_eq!(Colour::parse("#0B6E6e"), Some(Colour([11, 110, 110])));
        assert_eq!(Colour::parse("#0bf").map(|colour| colour.to_string()), Some("#00bbff".into()));
        for wrong in ["0b6e6e", "#0b6e6", "#0b6e6g", "teal", "#", "#éé"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Colour::of("#0b6e6e").to_string(), "#0b6e6e");
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let (black, white) = (Colour::of("#000000"), Colour::of("#ffffff"));
        assert!((black.contrast(white) - 21.0).abs() < 0.01);
        assert!((Colour::of("#777777").contrast(white) - 4.48).abs() < 0.01);
        assert!((Colour::of("#767676").contrast(white) - 4.54).abs() < 0.01);
    }

    #[test]
    fn the_nearest_that_passes_is_hardly_darker() {
        let (black, white) = (Colour::of("#000000"), Colour::of("#ffffff"));
        let orange = Colour::of("#ff8800");
        let passing = orange.standing_out(&[white], 4.5, black);
        assert!(passing.contrast(white) >= 4.5 && passing.contrast(white) < 4.7, "{passing}");
        assert_eq!(passing.standing_out(&[white], 4.5, black), passing);
    }
}
