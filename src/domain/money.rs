//! Sums of money: whole millionths of a unit of some currency, never floats. A sum doesn't know its currency; whoever
//! holds it does, and sums of two currencies are never added.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use serde::{Deserialize, Serialize};

const MICRO: u64 = 1_000_000;

/// A sum in millionths of a unit. Arithmetic saturates: nine trillion units are beyond any balance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Amount(i64);

/// Why a text is no sum.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` isn't a sum: write digits with a point before the fraction, at most six behind it, such as `41.20` or `-12.4`"
)]
pub struct InvalidAmount(pub String);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// So many millionths.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Millionths.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Reads `41.20`, `-12.4`, `300`: no thousands separators, no sign of a currency, at most six digits of fraction.
    pub fn parse(text: &str) -> Result<Self, InvalidAmount> {
        let wrong = || InvalidAmount(text.to_owned());
        let trimmed = text.trim();
        let (is_negative, digits) = match trimmed.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, trimmed.strip_prefix('+').unwrap_or(trimmed)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let are_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let is_whole = !whole.is_empty() && are_digits(whole);
        let has_point = digits.contains('.');
        if !is_whole || !are_digits(fraction) || fraction.len() > 6 || (has_point && fraction.is_empty()) {
            return Err(wrong());
        }
        let size: i64 = format!("{whole}{fraction:0<6}").parse().map_err(|_| wrong())?;
        Ok(Self(if is_negative { -size } else { size }))
    }

    /// Whether it is below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Whether it is above zero.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Its share, rounded up, so that what is cautious stays so: `times(5, 4)` is a quarter more.
    pub fn times(self, numerator: u32, denominator: u32) -> Self {
        let product = i128::from(self.0) * i128::from(numerator);
        let divisor = i128::from(denominator.max(1));
        Self(narrowed(product.div_euclid(divisor) + i128::from(product.rem_euclid(divisor) != 0)))
    }

    /// Rounded up to two significant digits: 270.90 becomes 280. Zero and less become zero.
    pub fn rounded_up(self) -> Self {
        let Ok(size) = u64::try_from(self.0) else { return Self::ZERO };
        let mut step = 1_u64;
        while size / step >= 100 {
            step *= 10;
        }
        Self(narrowed(i128::from(size.div_ceil(step)) * i128::from(step)))
    }

    /// Rounded up to whole steps of a currency with so many digits behind the point (EUR 2, JPY 0).
    pub fn rounded_up_to_digits(self, digits: u8) -> Self {
        let step = i128::from(MICRO / 10_u64.pow(u32::from(digits.min(6))));
        let size = i128::from(self.0);
        Self(narrowed((size.div_euclid(step) + i128::from(size.rem_euclid(step) != 0)) * step))
    }

    /// Rounded to so many digits behind the point, half away from zero: for people's eyes.
    pub fn rounded(self, digits: u8) -> Self {
        let step = i128::from(MICRO / 10_u64.pow(u32::from(digits.min(6))));
        let size = (i128::from(self.0).abs() + step / 2) / step * step;
        Self(narrowed(if self.0 < 0 { -size } else { size }))
    }

    /// With at least so many digits behind the point, and none lost.
    pub fn written(self, least: u8) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let size = self.0.unsigned_abs();
        let fraction = format!("{:06}", size % MICRO);
        let kept = fraction.trim_end_matches('0').len().max(usize::from(least.min(6)));
        match &fraction[..kept] {
            "" => format!("{sign}{}", size / MICRO),
            digits => format!("{sign}{}.{digits}", size / MICRO),
        }
    }

    /// The mean of sums, rounded up; nothing of none.
    pub fn mean(sums: &[Self]) -> Option<Self> {
        let count = i128::try_from(sums.len()).ok().filter(|count| *count > 0)?;
        let total: i128 = sums.iter().map(|sum| i128::from(sum.0)).sum();
        Some(Self(narrowed(total.div_euclid(count) + i128::from(total.rem_euclid(count) != 0))))
    }

    /// The percentile by nearest rank: the third of four at 75.
    pub fn percentile(sums: &[Self], percent: usize) -> Option<Self> {
        let mut sorted = sums.to_vec();
        sorted.sort_unstable();
        let rank = (percent * sorted.len()).div_ceil(100).max(1);
        sorted.get(rank - 1).copied()
    }
}

fn narrowed(size: i128) -> i64 {
    i64::try_from(size).unwrap_or(if size < 0 { i64::MIN } else { i64::MAX })
}

impl Add for Amount {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Amount {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Amount {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Amount {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(sums: I) -> Self {
        sums.fold(Self::ZERO, Add::add)
    }
}

/// Two digits behind the point, or as many more as it has: `41.20`, `0.003`.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written(2))
    }
}

impl TryFrom<String> for Amount {
    type Error = InvalidAmount;
    fn try_from(text: String) -> Result<Self, InvalidAmount> {
        Self::parse(&text)
    }
}

impl From<Amount> for String {
    fn from(sum: Amount) -> Self {
        sum.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sum(text: &str) -> Amount {
        Amount::parse(text).expect(text)
    }

    #[test]
    fn what_is_no_sum_is_refused() {
        for text in
            ["", "-", ".5", "5.", "1,5", "1 000", "1e3", "0.1234567", "€5", "NaN", "99999999999999", "--1", "1.-5"]
        {
            assert_eq!(Amount::parse(text), Err(InvalidAmount(text.to_owned())), "{text}");
        }
        assert_eq!(sum(" +41.2 "), Amount::from_micros(41_200_000));
        assert_eq!(sum("-0.000001").as_micros(), -1);
    }

    #[test]
    fn sums_are_rounded_up_to_two_significant_digits() {
        for (exact, rounded) in [
            ("270.90", "280.00"),
            ("264", "270.00"),
            ("280", "280.00"),
            ("99.01", "100.00"),
            ("9.21", "9.30"),
            ("0.000011", "0.000011"),
            ("0", "0.00"),
            ("-3", "0.00"),
        ] {
            assert_eq!(sum(exact).rounded_up().to_string(), rounded, "{exact}");
        }
        assert_eq!(sum("9.301").rounded_up_to_digits(2), sum("9.31"));
        assert_eq!(sum("9.3").rounded_up_to_digits(0), sum("10"));
        assert_eq!((sum("-11.775").rounded(2), sum("2.2875").rounded(2)), (sum("-11.78"), sum("2.29")));
    }

    #[test]
    fn a_quarter_more_a_mean_and_a_percentile() {
        assert_eq!(sum("9.00").times(5, 4), sum("11.25"));
        let four = [sum("4"), sum("1"), sum("3"), sum("2")];
        assert_eq!(Amount::percentile(&four, 75), Some(sum("3")), "the third of four");
        assert_eq!(Amount::mean(&four), Some(sum("2.5")));
        assert_eq!((Amount::mean(&[]), Amount::percentile(&[], 75)), (None, None));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(micros: i64) {
            prop_assume!(micros != i64::MIN);
            let amount = Amount::from_micros(micros);
            prop_assert_eq!(Amount::parse(&amount.to_string()), Ok(amount));
        }

        #[test]
        fn rounding_up_never_loses_and_adds_less_than_a_tenth(micros in 1_i64..1_000_000_000_000_000) {
            let exact = Amount::from_micros(micros);
            let rounded = exact.rounded_up();
            prop_assert!(rounded >= exact && rounded.as_micros() - micros <= micros / 10 + 1);
        }
    }
}
