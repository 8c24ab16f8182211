//! Text as files have it: with bytes that aren't UTF-8, with control characters.

use std::borrow::Cow;

/// UTF-8, and whether something had to be replaced to make it so.
pub(crate) fn lossy(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    let text = String::from_utf8_lossy(bytes);
    let was_bad = matches!(text, Cow::Owned(_));
    (text, was_bad)
}

/// Trimmed and without control characters (a NUL can't even be stored); `None` when nothing is left, or when what is left
/// is a database's word for nothing (`NULL`, `\N`).
pub(crate) fn known(text: &str) -> Option<Cow<'_, str>> {
    let text = text.trim();
    if matches!(text, "" | "NULL" | "null" | "(null)" | "\\N") {
        return None;
    }
    if !text.contains(char::is_control) {
        return Some(Cow::Borrowed(text));
    }
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let plain = plain.trim();
    (!plain.is_empty()).then(|| Cow::Owned(plain.to_owned()))
}

/// Text in which `<`, `>`, `&` and quotation marks were written as HTML's entities.
pub(crate) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    const ENTITIES: [(&str, &str); 8] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ];
    let mut plain = text.to_owned();
    for (entity, character) in ENTITIES {
        plain = plain.replace(entity, character);
    }
    Cow::Owned(plain)
}

/// A number, or the name of an account, as it was before a spreadsheet took it for a quantity: without the marks that keep
/// it a text (`="0671112233"`, `'0671112233`), without `.0`, and written out where its short form (`3.80671112233E+11`) has
/// all digits. `None` when digits are lost.
pub(crate) fn number(text: &str) -> Option<Cow<'_, str>> {
    let text = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    let text = text.strip_prefix('\'').unwrap_or(text).trim();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(whole) = text.strip_suffix(".0")
        && digits(whole)
    {
        return Some(Cow::Borrowed(whole));
    }
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return Some(Cow::Borrowed(text)) };
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let exponent = exponent.strip_prefix('+').filter(|exponent| digits(exponent));
    let Some(places) = exponent.and_then(|exponent| exponent.parse::<usize>().ok()) else {
        return Some(Cow::Borrowed(text));
    };
    if !digits(whole) || !(fraction.is_empty() || digits(fraction)) {
        return Some(Cow::Borrowed(text));
    }
    (fraction.len() == places).then(|| Cow::Owned(format!("{whole}{fraction}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_not_known() {
        assert_eq!(known("  "), None);
        assert_eq!(known("\u{0}"), None);
        assert_eq!((known("NULL"), known(" \\N ")), (None, None));
        assert_eq!(known("Null").as_deref(), Some("Null"), "somebody's name");
        assert_eq!(known(" a\u{0}b ").as_deref(), Some("a b"));
    }

    #[test]
    fn what_a_spreadsheet_did_to_a_number_is_undone() {
        for (written, number_is) in [
            ("380671112233", Some("380671112233")),
            ("=\"0671112233\"", Some("0671112233")),
            ("'0671112233", Some("0671112233")),
            ("380671112233.0", Some("380671112233")),
            ("3.80671112233E+11", Some("380671112233")),
            ("3,80671112233e+11", Some("380671112233")),
            ("3.80671E+11", None),
            ("4E+11", None),
            ("shop_elena", Some("shop_elena")),
            ("E+5", Some("E+5")),
            ("5E", Some("5E")),
        ] {
            assert_eq!(number(written).as_deref(), number_is, "{written}");
        }
    }

    #[test]
    fn entities_become_characters_once() {
        assert_eq!(unescaped("&quot;a&quot; &lt;a&gt; &amp;lt;"), "\"a\" <a> &lt;");
        assert!(matches!(unescaped("a"), Cow::Borrowed(_)));
    }

    #[test]
    fn bad_bytes_are_replaced_and_told() {
        assert_eq!(lossy(b"Ol\xe9na"), (Cow::Borrowed("Ol\u{fffd}na"), true));
        assert!(!lossy("Олена".as_bytes()).1);
    }
}
