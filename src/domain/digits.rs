//! Digits of every script: a number written in Arabic, Devanagari or full-width digits is as much a number as in ours. What
//! counts as a digit is what the Unicode Character Database gives a digit value (`Numeric_Type` Decimal or Digit).

/// The zeros of scripts whose ten digits follow each other, in order.
const ZEROS: &[u32] = &[
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6,
    0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40,
    0x1C50, 0x2080, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x11066, 0x110F0,
    0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50,
    0x11DA0, 0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950,
    0x1F101, 0x1FBF0,
];

/// Runs of other digits (superscript, circled, in parentheses): the first, how many, the value of the first. In order.
const OTHERS: &[(u32, u32, u32)] = &[
    (0x00B2, 2, 2),
    (0x00B9, 1, 1),
    (0x1369, 9, 1),
    (0x19DA, 1, 1),
    (0x2070, 1, 0),
    (0x2074, 6, 4),
    (0x2460, 9, 1),
    (0x2474, 9, 1),
    (0x2488, 9, 1),
    (0x24EA, 1, 0),
    (0x24F5, 9, 1),
    (0x24FF, 1, 0),
    (0x2776, 9, 1),
    (0x2780, 9, 1),
    (0x278A, 9, 1),
    (0x10A40, 4, 1),
    (0x10E60, 9, 1),
    (0x11052, 9, 1),
    (0x1F100, 1, 0),
];

/// The value of a digit of whatever script.
pub fn digit(letter: char) -> Option<u8> {
    if letter.is_ascii() {
        return letter.to_digit(10).map(|value| value as u8);
    }
    let code = u32::from(letter);
    let in_tens = ZEROS[..ZEROS.partition_point(|zero| *zero <= code)].last().map(|zero| code - zero);
    let others = &OTHERS[..OTHERS.partition_point(|(first, ..)| *first <= code)];
    let in_others = || {
        let (first, count, value) = *others.last()?;
        (code - first < count).then(|| code - first + value)
    };
    in_tens.filter(|value| *value < 10).or_else(in_others).map(|value| value as u8)
}

/// All digits of a text, as ASCII.
pub fn digits(text: &str) -> String {
    text.chars().filter_map(digit).map(|value| char::from(b'0' + value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script_are_read() {
        for text in [
            "0123456789",
            "٠١٢٣٤٥٦٧٨٩",
            "۰۱۲۳۴۵۶۷۸۹",
            "０１２３４５６７８９",
            "०१२३४५६७८९",
            "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
            "⓪①②③④⑤⑥⑦⑧⑨",
            "⁰¹²³⁴⁵⁶⁷⁸⁹",
        ] {
            assert_eq!(digits(text), "0123456789", "{text}");
        }
        assert_eq!(digits("Kyiv ½ Ⅻ 十 +38 (067)"), "38067");
    }

    #[test]
    fn the_tables_are_in_order_and_every_entry_counts_up() {
        assert!(ZEROS.windows(2).all(|pair| pair[0] + 10 <= pair[1]));
        assert!(OTHERS.windows(2).all(|pair| pair[0].0 + pair[0].1 <= pair[1].0));
        let tens = ZEROS.iter().map(|zero| (*zero, 10, 0));
        for (first, count, value) in tens.chain(OTHERS.iter().copied()) {
            for n in 0..count {
                let letter = char::from_u32(first + n).expect("a letter");
                assert_eq!(digit(letter).map(u32::from), Some(value + n), "{first:X} {n}");
            }
        }
    }
}
