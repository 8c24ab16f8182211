//! Text from outside made harmless for whoever reads it: control characters and marks that turn the reading direction of what
//! follows are dropped, line breaks become spaces. Everything else stays as it is.

use std::borrow::Cow;

/// `text` on one line, without control characters and without bidirectional embeddings, overrides and isolates (which
/// could make a hostile name swallow the words after it, or forge the slot of the recipient's foot).
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_line_space(c) || is_dropped(c)) {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().filter(|&c| is_line_space(c) || !is_dropped(c));
    Cow::Owned(kept.map(|c| if is_line_space(c) { ' ' } else { c }).collect())
}

/// The same in its place.
pub fn make_plain(text: &mut String) {
    if let Cow::Owned(changed) = plain(text) {
        *text = changed;
    }
}

fn is_line_space(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_dropped(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_marks_go_and_letters_stay() {
        assert_eq!(plain("Олена К."), "Олена К.");
        assert_eq!(plain("a\u{202e}b\u{2066}c\u{2}d"), "abcd");
        assert_eq!(plain("one\r\ntwo\tthree"), "one  two three");
        assert_eq!(plain("שרה"), "שרה");
    }
}
