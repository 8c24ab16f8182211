//! Texts for phones: how many parts a text takes, and how it is made to take no more than it may. Parts are counted by
//! packing them, because a pair of units is never cut in two (3GPP TS 23.038 for the letters, TS 23.040 for the parts).

/// The letters that take one unit (3GPP TS 23.038, 6.2.1).
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
                     abcdefghijklmnopqrstuvwxyzäöñüà";
/// Those that take two: an escape goes before them (6.2.1.1).
const EXTENDED: &str = "\u{c}^{}\\[~]|€";

/// What a text is sent as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Letters of seven bits: 160 units alone, 153 in each of several parts.
    Gsm7,
    /// Two bytes a unit, for every other letter: 70 units alone, 67 in each of several parts.
    Ucs2,
}

impl Encoding {
    /// The encoding that this text needs: one letter that GSM-7 lacks makes the whole of it UCS-2.
    pub fn of(text: &str) -> Self {
        let fits = text.chars().all(|letter| gsm7_units(letter).is_some());
        if fits { Self::Gsm7 } else { Self::Ucs2 }
    }

    /// Units of a text that is sent in one part.
    pub const fn alone(self) -> usize {
        match self {
            Self::Gsm7 => 160,
            Self::Ucs2 => 70,
        }
    }

    /// Units of each of several parts: six bytes of each say which part it is.
    pub const fn in_part(self) -> usize {
        match self {
            Self::Gsm7 => 153,
            Self::Ucs2 => 67,
        }
    }

    /// Units that a letter takes; a letter's units are never cut apart.
    fn units(self, letter: char) -> usize {
        match self {
            Self::Gsm7 => gsm7_units(letter).unwrap_or(1),
            Self::Ucs2 => letter.len_utf16(),
        }
    }
}

fn gsm7_units(letter: char) -> Option<usize> {
    if BASIC.contains(letter) { Some(1) } else { EXTENDED.contains(letter).then_some(2) }
}

/// What a text costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub encoding: Encoding,
    pub units: usize,
    /// How many messages it is billed as; an empty text is one.
    pub parts: usize,
}

/// Counts a text by packing it.
pub fn size(text: &str) -> Size {
    let encoding = Encoding::of(text);
    let units = text.chars().map(|letter| encoding.units(letter)).sum();
    if units <= encoding.alone() {
        return Size { encoding, units, parts: 1 };
    }
    let (mut parts, mut room) = (1, encoding.in_part());
    for letter in text.chars() {
        let wanted = encoding.units(letter);
        if wanted > room {
            parts += 1;
            room = encoding.in_part();
        }
        room -= wanted;
    }
    Size { encoding, units, parts }
}

/// A text with plain spaces, digits, quotes and dashes, on one line: marks that only make print look better would turn a
/// whole text into UCS-2, and phones show some of them as boxes.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            // Isolates, joiners, soft hyphens, a byte order mark: nothing to be seen.
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}' => {}
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2bc}' | '\u{2032}' | '`' | '\u{b4}' => {
                plain.push('\'')
            }
            '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2033}' => plain.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => plain.push('-'),
            '\u{2026}' => plain.push_str("..."),
            '\u{b7}' | '\u{2022}' => plain.push('-'),
            letter if letter.is_whitespace() || letter.is_control() => plain.push(' '),
            letter => match digit(letter) {
                Some(digit) => plain.push(digit),
                None => plain.push(letter),
            },
        }
    }
    plain.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A decimal digit of another script as 0 to 9.
fn digit(letter: char) -> Option<char> {
    const ZEROS: [u32; 12] = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xe50, 0xed0, 0xff10];
    let code = u32::from(letter);
    let zero = ZEROS.into_iter().find(|zero| (*zero..zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

/// Where a text was cut.
const CUT: &str = "...";

/// `text`, plain, with `end` after it, in at most `most_parts`: `text` gives way, never `end`. An `end` that is too long by
/// itself is sent alone, whatever it takes.
pub fn fitted(text: &str, end: &str, most_parts: usize) -> String {
    let (text, end) = (plain(text), plain(end));
    let joined = |text: &str| match (text.is_empty(), end.is_empty()) {
        (true, _) => end.clone(),
        (_, true) => text.to_owned(),
        (false, false) => format!("{text} {end}"),
    };
    let whole = joined(&text);
    if size(&whole).parts <= most_parts {
        return whole;
    }
    // A cut can only make a text shorter, but it may also take away the one letter that made it UCS-2: so from the whole
    // text downwards, and the first that fits.
    let letters: Vec<char> = text.chars().collect();
    let most = letters.len().min(most_parts.saturating_mul(Encoding::Gsm7.alone()));
    for kept in (0..most).rev() {
        let start: String = letters[..kept].iter().collect();
        let start = start.trim_end();
        let cut = if start.is_empty() { String::new() } else { format!("{start}{CUT}") };
        let made = joined(&cut);
        if size(&made).parts <= most_parts {
            return made;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(text: &str) -> (Encoding, usize, usize) {
        let Size { encoding, units, parts } = size(text);
        (encoding, units, parts)
    }

    #[test]
    fn parts_are_counted_by_packing() {
        use Encoding::{Gsm7, Ucs2};
        let (latin, cyrillic) = (|n: usize| "a".repeat(n), |n: usize| "ж".repeat(n));
        let rows: Vec<(String, Encoding, usize, usize)> = vec![
            (String::new(), Gsm7, 0, 1),
            (latin(160), Gsm7, 160, 1),
            (latin(161), Gsm7, 161, 2),
            (latin(306), Gsm7, 306, 2),
            (latin(307), Gsm7, 307, 3),
            ("€".repeat(80), Gsm7, 160, 1),
            (format!("{}€{}", latin(152), latin(151)), Gsm7, 305, 2),
            (format!("{}€{}", latin(152), latin(152)), Gsm7, 306, 3),
            (cyrillic(70), Ucs2, 70, 1),
            (cyrillic(71), Ucs2, 71, 2),
            (cyrillic(134), Ucs2, 134, 2),
            (cyrillic(135), Ucs2, 135, 3),
            ("🙂".repeat(35), Ucs2, 70, 1),
            ("🙂".repeat(36), Ucs2, 72, 2),
            (format!("{}🙂{}", cyrillic(66), cyrillic(65)), Ucs2, 133, 2),
            (format!("{}🙂{}", cyrillic(66), cyrillic(66)), Ucs2, 134, 3),
            (format!("{}’", latin(99)), Ucs2, 100, 2),
        ];
        for (text, encoding, units, parts) in rows {
            assert_eq!(counted(&text), (encoding, units, parts), "{} letters: {text:.20}", text.chars().count());
        }
    }

    #[test]
    fn a_letter_belongs_to_one_alphabet() {
        assert_eq!(BASIC.chars().count(), 127, "a table of 128 with the escape");
        for two in "^{}\\[]~|€\u{c}".chars() {
            assert_eq!(gsm7_units(two), Some(2), "{two:?}");
        }
        for none in "ç`\t’“–ё".chars() {
            assert_eq!(gsm7_units(none), None, "{none:?}");
        }
        for one in "äöüÄÖÜßñÑàéèùìòÇ@£$¥ \n".chars() {
            assert_eq!(gsm7_units(one), Some(1), "{one:?}");
        }
    }

    #[test]
    fn print_marks_become_plain_ones() {
        assert_eq!(plain("84,60\u{a0}EUR – it’s “ok”…\r\n9\u{202f}000\u{2069}"), "84,60 EUR - it's \"ok\"... 9 000");
        assert_eq!(plain("١٢٣ ４５"), "123 45");
        assert_eq!(size(&plain("Acme\u{a0}Windows: 84.60 EUR – don’t wait")).encoding, Encoding::Gsm7);
        assert_eq!(plain("Залишок 84,60\u{a0}EUR"), "Залишок 84,60 EUR");
    }

    #[test]
    fn what_is_too_long_gives_way_before_its_end() {
        let made = fitted(&"word ".repeat(60), "Ref 7Q3F-K2MD", 1);
        assert!(made.ends_with("... Ref 7Q3F-K2MD") && size(&made).parts == 1 && made.len() > 150, "{made}");
        assert_eq!(fitted("short", "Ref 1", 1), "short Ref 1");
        assert_eq!(fitted("", "Ref 1", 1), "Ref 1");
        let end = "e".repeat(200);
        assert_eq!(fitted("text", &end, 1), end);
        let late = fitted(&format!("{}ж", "a".repeat(150)), "", 1);
        assert!(late.starts_with(&"a".repeat(60)) && size(&late).parts == 1, "{late}");
    }

    proptest::proptest! {
        /// Each part is filled as far as whole letters go, so packing takes no fewer parts than division, and at most one
        /// letter's units more in each.
        #[test]
        fn packing_is_never_cheaper_than_division(text in "[a-z€ж🙂{}\n]{0,400}") {
            let Size { encoding, units, parts } = size(&text);
            if units <= encoding.alone() {
                proptest::prop_assert_eq!(parts, 1);
            } else {
                proptest::prop_assert!(parts >= units.div_ceil(encoding.in_part()));
                proptest::prop_assert!(parts <= units.div_ceil(encoding.in_part() - 1));
            }
        }

        #[test]
        fn what_is_fitted_fits_and_keeps_its_end(text in ".{0,500}", parts in 1..4_usize) {
            let made = fitted(&text, "Ref 7Q3F-K2MD", parts);
            proptest::prop_assert!(size(&made).parts <= parts, "{}", made);
            proptest::prop_assert!(made.ends_with("Ref 7Q3F-K2MD"), "{}", made);
        }
    }
}
