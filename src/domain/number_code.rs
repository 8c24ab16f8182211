//! Codes by which a phone number is confirmed to be a contact's: six digits that go there as a text, and that somebody gives
//! back. Pure; what is kept of one, and where it goes, is said in `notify::number_codes`.

use std::fmt;

/// Stands in a text where the code goes, until the message is composed: no stored form holds a code.
pub const SLOT: &str = "{number-code}";

/// How long a code is good for, in seconds.
pub const LIFE_SEC: i64 = 600;

/// Codes that may be given for one that was sent, right or wrong.
pub const MOST_TRIES: i64 = 5;

/// Codes that go to one number within [`AN_HOUR_SEC`].
pub const MOST_AN_HOUR: usize = 3;
pub const AN_HOUR_SEC: i64 = 3_600;

const DIGITS: usize = 6;

/// A code; it isn't shown by `{:?}`.
#[derive(Clone, PartialEq, Eq)]
pub struct NumberCode(String);

impl NumberCode {
    /// The code that these bits make, which only the key gives.
    pub fn of_bits(bits: [u8; 32]) -> Self {
        let bits = bits.iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
        Self(format!("{:0DIGITS$}", bits % 1_000_000))
    }

    /// Reads a code as people type it: `123456`, `123 456`, `123-456.`; `None`: it is something else.
    pub fn read(text: &str) -> Option<Self> {
        let signs: String = text.chars().filter(|sign| sign.is_alphanumeric()).take(DIGITS + 1).collect();
        (signs.len() == DIGITS && signs.bytes().all(|sign| sign.is_ascii_digit())).then_some(Self(signs))
    }

    /// The six digits.
    pub fn digits(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for NumberCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NumberCode(******)")
    }
}

/// A number as it is told where it needn't be known: `…4567`.
pub fn masked(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    format!("…{}", digits[digits.len().saturating_sub(4)..].iter().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_six_digits_however_it_is_typed() {
        for text in ["123456", " 123 456 ", "123-456.", "«123456»"] {
            assert_eq!(
                NumberCode::read(text).map(|code| code.digits().to_owned()).as_deref(),
                Some("123456"),
                "{text}"
            );
        }
        for text in ["", "12345", "1234567", "12345a", "code 123456", "١٢٣٤٥٦", "STOP"] {
            assert_eq!(NumberCode::read(text), None, "{text}");
        }
        assert_eq!(NumberCode::of_bits([0; 32]).digits(), "000000");
        assert!(!format!("{:?}", NumberCode::of_bits([7; 32])).contains(NumberCode::of_bits([7; 32]).digits()));
    }

    #[test]
    fn a_masked_number_keeps_four_digits() {
        assert_eq!(masked("+380441234567"), "…4567");
        assert_eq!(masked("12"), "…12");
    }

    proptest::proptest! {
        #[test]
        fn what_is_made_reads_back(bits in proptest::prelude::any::<[u8; 32]>(), text in "\\PC{0,20}") {
            let code = NumberCode::of_bits(bits);
            proptest::prop_assert_eq!(NumberCode::read(code.digits()), Some(code));
            let _ = NumberCode::read(&text);
        }
    }
}
