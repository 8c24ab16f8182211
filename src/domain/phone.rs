//! Phone numbers as telephony systems write them. A number that can be read becomes E.164; a caller who hid the number
//! is told apart from one whose number makes no sense, because a withheld caller counts as a call and never as a person.

use std::fmt;

use rlibphonenumber::enums::Region as LibraryRegion;
use rlibphonenumber::{NumberLengthType, PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat};
use serde::{Deserialize, Serialize};

/// A number in E.164, kept as its digits (at most 15, so they fit an integer column).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PhoneE164(i64);

/// A country whose way of writing numbers is assumed where a number doesn't name its own: `UA`, `NL`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Region(LibraryRegion);

/// What was found in the place of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Nothing there, or the caller hid it: `anonymous`, `+31260xxxxxx`.
    Withheld,
    Number(PhoneE164),
    /// Something else: an extension, a name, a SIP address.
    Other,
}

const E164_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

impl PhoneE164 {
    /// The number with these digits (country code first); `None` when there are too few or too many.
    pub fn from_digits(digits: i64) -> Option<Self> {
        (1_000_000..=999_999_999_999_999).contains(&digits).then_some(Self(digits))
    }

    /// The digits, country code first, as stored.
    pub const fn digits(self) -> i64 {
        self.0
    }

    /// The country whose number this is, where that can be told.
    pub fn region(self) -> Option<Region> {
        let number: PhoneNumber = PHONE_NUMBER_UTIL.parse(self.to_string(), None).ok()?;
        PHONE_NUMBER_UTIL.get_region_for_number(&number).map(Region)
    }

    /// As it is dialled within its own country, digits only: with the trunk prefix and without.
    pub fn national_spellings(self) -> Vec<String> {
        let Ok(number) = PHONE_NUMBER_UTIL.parse(self.to_string(), None) else { return Vec::new() };
        let national = PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::National);
        let mut written: Vec<String> = [national.to_string(), number.get_national_significant_number()]
            .iter()
            .map(|text| text.chars().filter(char::is_ascii_digit).collect())
            .collect();
        written.sort_unstable();
        written.dedup();
        written
    }
}

/// `+380671112233`.
impl fmt::Display for PhoneE164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0)
    }
}

impl fmt::Debug for PhoneE164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Region {
    /// Reads a two-letter country code, in either case.
    pub fn parse(code: &str) -> Option<Self> {
        LibraryRegion::from_code(&code.to_ascii_uppercase()).ok().map(Self)
    }

    /// The country that a language tag names, if it names one: `uk-UA` → UA, `en` → none.
    pub fn of_locale(locale: &str) -> Option<Self> {
        locale.split(['-', '_']).skip(1).find(|part| part.len() == 2).and_then(Self::parse)
    }

    /// The country that most speakers of a language live in, where one of our six tells that.
    pub fn of_language(locale: &str) -> Option<Self> {
        let code = match locale.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "uk" => "UA",
            "nl" => "NL",
            "de" => "DE",
            "pl" => "PL",
            "es" => "ES",
            _ => return None,
        };
        Self::parse(code)
    }

    /// The two letters.
    pub fn code(self) -> String {
        self.0.as_region_str().as_str().to_owned()
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code())
    }
}

/// Reads what a telephony system wrote in the place of a number; `region` is assumed for national notation.
///
/// A `+` with 7 to 15 digits is taken as it is: systems know their own trunks better than a numbering plan of last year.
/// Everything else goes by the numbering plans (libphonenumber's), first as a national number of `region`, then as an
/// international one that lost its plus.
pub fn read(raw: &str, region: Option<Region>) -> Reading {
    let raw = raw.trim();
    if is_withheld(raw) {
        return Reading::Withheld;
    }
    if let Some(number) = plain_international(raw) {
        return Reading::Number(number);
    }
    if let Some(user) = user_part(raw) {
        return read_user(user, region);
    }
    let digits = raw.bytes().filter(u8::is_ascii_digit).count();
    let written_as_number =
        raw.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | '(' | ')' | '/' | ' ' | '\u{a0}'));
    if !written_as_number || !E164_DIGITS.contains(&digits.saturating_sub(2).max(7)) || digits < 5 {
        return Reading::Other;
    }
    by_plan(raw, region).map_or(Reading::Other, Reading::Number)
}

/// What a SIP or tel address calls somebody: `+380671112233` of `sip:+380671112233@pbx.example;user=phone`; `None`: it is no
/// such address.
fn user_part(raw: &str) -> Option<&str> {
    let address = raw.rsplit_once('<').map_or(raw, |(_, inside)| inside.split('>').next().unwrap_or_default());
    let (scheme, rest) = address.split_once(':').unwrap_or(("", address));
    let is_address = match scheme.to_ascii_lowercase().as_str() {
        "sip" | "sips" | "tel" => true,
        "" => address.contains('@'),
        _ => false,
    };
    is_address.then(|| rest.split(['@', ';', ':']).next().unwrap_or_default())
}

/// An account is often a few digits: only a whole number makes its address somebody's number.
fn read_user(user: &str, region: Option<Region>) -> Reading {
    match read(user, region) {
        Reading::Withheld if user.trim().is_empty() => Reading::Other,
        reading => reading,
    }
}

/// The E.164 number in `raw`, if there is one; see [`read`].
pub fn e164(raw: &str, region: Option<Region>) -> Option<PhoneE164> {
    match read(raw, region) {
        Reading::Number(number) => Some(number),
        Reading::Withheld | Reading::Other => None,
    }
}

fn is_withheld(raw: &str) -> bool {
    const WORDS: &[&str] = &[
        "",
        "-",
        "anonymous",
        "blocked",
        "hidden",
        "no number",
        "none",
        "null",
        "private",
        "restricted",
        "unavailable",
        "unknown",
        "withheld",
    ];
    let lower = raw.to_ascii_lowercase();
    let user = lower.strip_prefix("sip:").unwrap_or(&lower).split('@').next().unwrap_or_default();
    let masked = |c: char| matches!(c, 'x' | '*');
    WORDS.contains(&user)
        || (user.contains(masked) && user.chars().all(|c| c.is_ascii_digit() || c == '+' || masked(c)))
}

fn plain_international(raw: &str) -> Option<PhoneE164> {
    let digits = raw.strip_prefix('+')?;
    let plain = E164_DIGITS.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    (plain && !digits.starts_with('0')).then(|| digits.parse().ok().and_then(PhoneE164::from_digits)).flatten()
}

fn by_plan(raw: &str, region: Option<Region>) -> Option<PhoneE164> {
    let national = PHONE_NUMBER_UTIL.parse(raw, region.map(|region| region.0)).ok();
    if let Some(number) = &national
        && number.is_valid()
    {
        return to_e164(number);
    }
    let with_plus = format!("+{}", raw.trim_start_matches('+').trim_start_matches("00"));
    if let Ok(number) = PHONE_NUMBER_UTIL.parse(&with_plus, None)
        && number.is_valid()
    {
        return to_e164(&number);
    }
    // Numbers of a plan that is newer than ours; but what can only be dialled within a town is no number of a country.
    let is_whole = |number: &PhoneNumber| number.is_possible_with_reason() == Ok(NumberLengthType::IsPossible);
    let digits = raw.bytes().filter(u8::is_ascii_digit).count();
    national.filter(|number| E164_DIGITS.contains(&digits) && is_whole(number)).as_ref().and_then(to_e164)
}

fn to_e164(number: &PhoneNumber) -> Option<PhoneE164> {
    plain_international(&number.format_as(PhoneNumberFormat::E164))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("+380671112233", None, Some(380_671_112_233))]
    #[case("+31 (0)26 001 0001", None, Some(31_260_010_001))]
    #[case("380671112233", Some("UA"), Some(380_671_112_233))]
    #[case("380671112233", None, Some(380_671_112_233))]
    #[case("0671112233", Some("UA"), Some(380_671_112_233))]
    #[case("671112233", Some("UA"), Some(380_671_112_233))]
    #[case("0150010001", Some("NL"), Some(31_150_010_001))]
    #[case("0260010001", Some("NL"), Some(31_260_010_001))]
    #[case("00380671112233", None, Some(380_671_112_233))]
    #[case("0671112233", None, None)]
    #[case("201", Some("NL"), None)]
    #[case("112", Some("NL"), None)]
    #[case("shop_olena", Some("UA"), None)]
    #[case("+99", None, None)]
    #[case("12345678901234567890", None, None)]
    #[case("12345", Some("UA"), None)]
    #[case("1234567", Some("UA"), None)]
    #[case("12345", Some("NL"), None)]
    #[case("sip:+380671110077@pbx.example", None, Some(380_671_110_077))]
    #[case("<SIP:380671110077@10.0.0.1:5060;user=phone>", None, Some(380_671_110_077))]
    #[case("\"Olena\" <sip:0671110077@pbx.example>", Some("UA"), Some(380_671_110_077))]
    #[case("tel:+380671110077", None, Some(380_671_110_077))]
    #[case("0671110077@pbx.example", Some("UA"), Some(380_671_110_077))]
    #[case("sip:12345@pbx.example", Some("UA"), None)]
    #[case("sip:shop_olena@380671110077.example", None, None)]
    fn reads(#[case] raw: &str, #[case] region: Option<&str>, #[case] digits: Option<i64>) {
        assert_eq!(e164(raw, region.and_then(Region::parse)).map(PhoneE164::digits), digits);
    }

    #[rstest]
    #[case("")]
    #[case("  ")]
    #[case("anonymous")]
    #[case("Anonymous")]
    #[case("sip:anonymous@anonymous.invalid")]
    #[case("+31260xxxxxx")]
    #[case("+38067*****33")]
    #[case("Restricted")]
    fn tells_a_withheld_number_from_nonsense(#[case] raw: &str) {
        assert_eq!(read(raw, None), Reading::Withheld);
        assert_eq!(read("sip:201@pbx.example.com", None), Reading::Other);
    }

    #[test]
    fn finds_the_country_in_a_language_tag_or_a_number() {
        assert_eq!(Region::of_locale("uk-UA"), Region::parse("UA"));
        assert_eq!(Region::of_locale("zh-Hant-TW"), Region::parse("tw"));
        assert_eq!(Region::of_locale("en"), None);
        assert_eq!(Region::of_language("uk"), Region::parse("UA"));
        assert_eq!(Region::of_language("en"), None);
        assert_eq!(PhoneE164::from_digits(380_671_112_233).and_then(PhoneE164::region), Region::parse("UA"));
    }
}
