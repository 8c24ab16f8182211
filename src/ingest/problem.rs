//! What is wrong with one row: where, what stood there, and why it can't be read.

use super::SetAside;

/// Why a row is set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The column or key; empty when the row as a whole is wrong.
    pub column: String,
    pub value: String,
    pub reason: String,
}

const MOST_CHARS: usize = 80;

/// The beginning of a text that may be of any length.
pub(crate) fn cut(text: &str, most: usize) -> String {
    let mut shown: String = text.chars().take(most).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// A text of others, safe on a terminal: control characters are written out (`\x1b`), so none is obeyed.
pub fn harmless(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\t' => shown.push(letter),
            letter if letter.is_control() && (letter as u32) < 0x100 => {
                shown.push_str(&format!("\\x{:02x}", letter as u32));
            }
            // Marks that turn the direction of what follows.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => shown.extend(letter.escape_unicode()),
            letter => shown.push(letter),
        }
    }
    shown
}

/// A text that every database keeps: a NUL shows as a letter that can't be read.
fn kept(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text }
}

impl Problem {
    pub(crate) fn new(column: impl Into<String>, value: &str, reason: impl Into<String>) -> Self {
        Self { column: column.into(), value: cut(value, MOST_CHARS), reason: reason.into() }
    }

    pub(crate) fn at(self, line: u64) -> SetAside {
        SetAside { line, column: kept(self.column), value: kept(self.value), reason: kept(self.reason) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_obeys_nothing_that_a_file_says() {
        assert_eq!(harmless("\u{1b}[31mred\u{7}\u{9b}2J"), "\\x1b[31mred\\x07\\x9b2J");
        assert_eq!(harmless("a\rb\u{202e}c"), "a\\x0db\\u{202e}c");
        assert_eq!(harmless("Олена 田中 – “x”\n"), "Олена 田中 – “x”\n");
        assert_eq!(cut("абвг", 2), "аб…");
    }
}
