//! Breaking lines by columns: wide letters count two, marks that stand on others none.

use unicode_width::UnicodeWidthStr;

/// Columns that `text` takes on a screen of equal columns.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// `text` in lines of at most `most` columns, broken at blanks; a longer word is broken where it must, but a link never.
pub(super) fn wrap(text: &str, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let needed = width(&line) + usize::from(!line.is_empty()) + width(word);
        if needed <= most {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        line = if width(word) <= most || is_link(word) { word.to_owned() } else { broken(word, most, &mut lines) };
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// [`wrap`] behind a mark, with the further lines set in by as much.
pub(super) fn hanging(mark: &str, text: &str, most: usize) -> Vec<String> {
    let indent = " ".repeat(width(mark));
    let lines = wrap(text, most.saturating_sub(width(mark)).max(8)).into_iter().enumerate();
    lines.map(|(at, line)| format!("{}{line}", if at == 0 { mark } else { &indent })).collect()
}

/// `text` and blanks up to `columns`; the blanks come first where `is_end`.
pub(super) fn padded(text: &str, columns: usize, is_end: bool) -> String {
    let blanks = " ".repeat(columns.saturating_sub(width(text)));
    if is_end { format!("{blanks}{text}") } else { format!("{text}{blanks}") }
}

/// `text` cut to `columns`, the last of them an ellipsis where something was cut.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    for letter in text.chars() {
        let mut longer = kept.clone();
        longer.push(letter);
        if width(&longer) + 1 > columns {
            break;
        }
        kept = longer;
    }
    format!("{}…", kept.trim_end())
}

fn is_link(word: &str) -> bool {
    word.contains("://")
}

/// Pushes full lines of a word that is too long and returns what is left of it.
fn broken(word: &str, most: usize, lines: &mut Vec<String>) -> String {
    let mut line = String::new();
    for letter in word.chars() {
        let mut longer = line.clone();
        longer.push(letter);
        if width(&longer) > most {
            lines.push(std::mem::take(&mut line));
            line.push(letter);
        } else {
            line = longer;
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_word_is_lost_and_no_line_too_long(text in "[a-zа-я ]{0,300}", most in 8_usize..80) {
            let lines = wrap(&text, most);
            prop_assert!(lines.iter().all(|line| width(line) <= most));
            let letters = |text: &str| text.replace(' ', "");
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }

    #[test]
    fn wide_letters_count_two_and_links_stay_whole() {
        assert_eq!(width("田中"), 4);
        assert_eq!(cut("田中さくら", 5), "田中…");
        assert_eq!(wrap("see https://a.example/very/long", 10), ["see", "https://a.example/very/long"]);
        assert_eq!(padded("7", 3, true), "  7");
    }
}
