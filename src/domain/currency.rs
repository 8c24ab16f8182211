//! What ISO 4217 says of currencies.

use super::money::Amount;

/// Digits that a currency has behind the point (EUR 2, JPY 0, KWD 3); of one that nobody knows 2.
pub fn digits(code: &str) -> u8 {
    let digits = iso_currency::Currency::from_code(code).and_then(|known| known.exponent()).unwrap_or(2);
    u8::try_from(digits).unwrap_or(2)
}

/// A sum with as many digits as its currency has, or as many more as it has itself: `84.60 EUR`, `500 JPY`, `0.5 JPY`.
pub fn shown(amount: Amount, code: &str) -> String {
    format!("{} {code}", amount.written(digits(code)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_have_the_digits_of_their_currency_and_lose_none() {
        for (sum, code, written) in [
            ("84.6", "EUR", "84.60 EUR"),
            ("500", "JPY", "500 JPY"),
            ("-500.5", "JPY", "-500.5 JPY"),
            ("1.5", "KWD", "1.500 KWD"),
            ("0.000001", "EUR", "0.000001 EUR"),
            ("0", "JPY", "0 JPY"),
        ] {
            assert_eq!(shown(Amount::parse(sum).expect(sum), code), written);
        }
    }
}
