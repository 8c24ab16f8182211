//! How much of a client's number a reader sees. Every number of a client that becomes text passes here, in every format.

use crate::domain::digits::{digit, digits};
use crate::domain::document::Link;
use crate::domain::role::Numbers;
use crate::i18n::Words;

/// What one reader may see of numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mask {
    pub(super) numbers: Numbers,
    pub(super) words: Words,
}

/// A number with fewer digits would be known from its last four.
const FEWEST_DIGITS: usize = 7;

impl Mask {
    /// The number as this reader may see it: `+380 67 111 2233`, `…2233`, `number hidden`.
    pub(super) fn number(&self, digits: &str) -> String {
        match (self.numbers, self.last_four(digits)) {
            (Numbers::Full, _) => self.words.phone(digits),
            (Numbers::Last4, Some(last)) => self.words.say("number-last-4", &[("digits", last.into())]),
            (Numbers::Last4 | Numbers::None, _) => self.words.word("number-hidden"),
        }
    }

    /// A link that calls it, for those who see it all.
    pub(super) fn link(&self, client: i64) -> Option<Link> {
        (self.numbers == Numbers::Full).then(|| Link::Tel(format!("+{client}")))
    }

    /// The number for machines: `+380671112233`, `…2233`, or nothing.
    pub(super) fn plain(&self, number: &str) -> Option<String> {
        match self.numbers {
            Numbers::Full => Some(number.to_owned()),
            Numbers::Last4 => self.last_four(number).map(|last| format!("…{last}")),
            Numbers::None => None,
        }
    }

    /// Whether a text holds more of this number than the reader may see: five of its digits in a row, whatever stands
    /// between them; of a number that has no more than that, all of it standing alone.
    pub(super) fn is_told_by(&self, number: &str, text: &str) -> bool {
        if self.numbers == Numbers::Full {
            return false;
        }
        let number = digits(number);
        let allowed = if self.numbers == Numbers::Last4 { 4 } else { 3 };
        if number.len() <= allowed {
            let mut words = text.split(|letter| digit(letter).is_none()).map(digits);
            return !number.is_empty() && words.any(|word| word == number);
        }
        let text = digits(text);
        number.as_bytes().windows(allowed + 1).any(|run| contains(text.as_bytes(), run))
    }

    fn last_four(&self, number: &str) -> Option<String> {
        let digits = digits(number);
        (digits.len() >= FEWEST_DIGITS).then(|| digits[digits.len() - 4..].to_owned())
    }
}

fn contains(text: &[u8], run: &[u8]) -> bool {
    text.windows(run.len()).any(|window| window == run)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(numbers: Numbers) -> Mask {
        Mask { numbers, words: Words::of("en") }
    }

    #[test]
    fn a_reader_sees_as_much_as_allowed() {
        assert_eq!(mask(Numbers::Full).number("380671112233"), "+380\u{a0}67\u{a0}111\u{a0}2233");
        assert_eq!(mask(Numbers::Last4).number("380671112233"), "…2233");
        assert_eq!(mask(Numbers::None).number("380671112233"), "number hidden");
        assert_eq!(mask(Numbers::Last4).number("2071"), "number hidden", "four of four would be all of it");
        assert_eq!(mask(Numbers::Last4).link(380_671_112_233), None);
        assert_eq!(mask(Numbers::None).plain("+380671112233"), None);
        for short in ["12345", "123456", "2071", "1"] {
            assert_eq!(mask(Numbers::Last4).plain(short), None, "{short}");
            assert_eq!(mask(Numbers::Last4).number(short), "number hidden", "{short}");
        }
        assert_eq!(mask(Numbers::Last4).plain("+３８０６７１１１２２３３").as_deref(), Some("…2233"));
    }

    #[test]
    fn a_number_inside_another_text_is_found() {
        assert!(mask(Numbers::Last4).is_told_by("+380671112233", "rang from 067 111-22-33 twice"));
        assert!(!mask(Numbers::Last4).is_told_by("+380671112233", "ends in 2233"));
        assert!(mask(Numbers::None).is_told_by("+380671112233", "ends in 2233"));
        assert!(!mask(Numbers::Full).is_told_by("+380671112233", "+380671112233"));
        assert!(mask(Numbers::Last4).is_told_by("+380671112233", "٠٦٧١١١٢٢٣٣"), "in whatever digits");
        assert!(
            mask(Numbers::Last4).is_told_by("2071", "call 2071 back") && mask(Numbers::None).is_told_by("201", "201")
        );
        assert!(!mask(Numbers::Last4).is_told_by("2071", "order 12071"));
    }
}
