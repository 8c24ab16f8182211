//! Sums as people write them: the currency's own digits, its sign where the language puts it (CLDR).

use super::Words;
use crate::domain::currency;

/// Currencies whose sign some of our languages know; each has a message `currency-<code>`. All others show their code.
const SIGNS: &[(&str, &str)] = &[
    ("EUR", "currency-eur"),
    ("GBP", "currency-gbp"),
    ("PLN", "currency-pln"),
    ("UAH", "currency-uah"),
    ("USD", "currency-usd"),
];

/// Millionths of a unit.
const MICRO: u64 = 1_000_000;

impl Words {
    /// Micro-units of an ISO 4217 currency as `€1,234.50`, `1.234,50 €`, `₴`…; rounded half away from zero.
    pub fn money(&self, micro: i64, currency: &str) -> String {
        self.sum(micro, currency, true)
    }

    /// The same with the currency's code instead of its sign: a phone's alphabet has few signs.
    pub fn money_by_code(&self, micro: i64, currency: &str) -> String {
        self.sum(micro, currency, false)
    }

    /// The same without a currency, for a column that names it once.
    pub fn money_bare(&self, micro: i64, currency: &str) -> String {
        let (number, is_something) = self.digits(micro.unsigned_abs(), currency);
        if micro < 0 && is_something { format!("−{number}") } else { number }
    }

    /// A sum in the currency's digits, and whether any of them is more than nothing.
    fn digits(&self, micro: u64, currency: &str) -> (String, bool) {
        let digits = currency::digits(currency).min(6);
        let step = MICRO / 10_u64.pow(digits.into());
        let rounded = (micro + step / 2) / step;
        let unit = MICRO / step;
        let mut number = self.count(rounded / unit);
        if digits > 0 {
            let fraction = format!("{:0wide$}", rounded % unit, wide = usize::from(digits));
            number.push_str(&self.0.marks.decimal);
            number.push_str(&fraction);
        }
        (number, rounded > 0)
    }

    fn sum(&self, micro: i64, currency: &str, has_sign: bool) -> String {
        let (number, is_something) = self.digits(micro.unsigned_abs(), currency);
        let sign = SIGNS.iter().filter(|_| has_sign).find(|(code, _)| *code == currency);
        let sign = sign.map_or_else(|| currency.to_owned(), |(_, id)| self.word(id));
        let id = if micro < 0 && is_something { "money-negative" } else { "money" };
        let text = self.say(id, &[("sign", sign.as_str().into()), ("n", number.as_str().into())]);
        // Letters never touch digits (CLDR, currencySpacing).
        if sign.ends_with(char::is_alphabetic) {
            text.replace(&format!("{sign}{number}"), &format!("{sign}\u{a0}{number}"))
        } else {
            text
        }
    }
}
