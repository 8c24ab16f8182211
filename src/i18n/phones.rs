//! Phone numbers in the grouping that the number's own country uses.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat};

use super::Words;

impl Words {
    /// A number of E.164 digits (with or without `+`) as `+380 67 111 2233`, its parts joined by no-break spaces; what
    /// can't be read as a number stays as it is.
    pub fn phone(&self, digits: &str) -> String {
        let plus = if digits.starts_with('+') { digits.to_owned() } else { format!("+{digits}") };
        match PHONE_NUMBER_UTIL.parse(&plus, None) {
            Ok(number) => PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::International).replace(' ', "\u{a0}"),
            Err(_) => digits.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_at_home() {
        let words = Words::of("en");
        assert_eq!(words.phone("380671112233"), "+380\u{a0}67\u{a0}111\u{a0}2233");
        assert_eq!(words.phone("+31612345001"), "+31\u{a0}6\u{a0}12345001");
        assert_eq!(words.phone("207"), "207");
    }
}
