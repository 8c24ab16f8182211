//! Text as files have it: with bytes that aren't UTF-8, with control characters.

use std::borrow::Cow;

/// UTF-8, and whether something had to be replaced to make it so.
pub(crate) fn lossy(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    let text = String::from_utf8_lossy(bytes);
    let was_bad = matches!(text, Cow::Owned(_));
    (text, was_bad)
}

/// Trimmed and without control characters (a NUL can't even be stored); `None` when nothing is left.
pub(crate) fn known(text: &str) -> Option<Cow<'_, str>> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if !text.contains(char::is_control) {
        return Some(Cow::Borrowed(text));
    }
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let plain = plain.trim();
    (!plain.is_empty()).then(|| Cow::Owned(plain.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_not_known() {
        assert_eq!(known("  "), None);
        assert_eq!(known("\u{0}"), None);
        assert_eq!(known(" a\u{0}b ").as_deref(), Some("a b"));
    }

    #[test]
    fn bad_bytes_are_replaced_and_told() {
        assert_eq!(lossy(b"Ol\xe9na"), (Cow::Borrowed("Ol\u{fffd}na"), true));
        assert!(!lossy("Олена".as_bytes()).1);
    }
}
