//! Hebrew and Arabic in print: a line's letters in the order in which they stand on paper. Arabic letters keep their
//! isolated shapes: joining them needs a shaper, which this program doesn't have.

use std::borrow::Cow;

use unicode_bidi::{BidiInfo, Level};

/// The letters of one line from left to right, as they are drawn.
pub(super) fn visual(line: &str, is_rtl: bool) -> Cow<'_, str> {
    if !is_rtl && !line.chars().any(is_right_to_left) {
        return Cow::Borrowed(line);
    }
    let base = if is_rtl { Level::rtl() } else { Level::ltr() };
    let info = BidiInfo::new(line, Some(base));
    let Some(paragraph) = info.paragraphs.first() else {
        return Cow::Borrowed(line);
    };
    let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
    let mut drawn = String::with_capacity(line.len());
    for run in runs {
        let part = &line[run.clone()];
        if levels[run.start].is_rtl() {
            drawn.extend(part.chars().rev().map(mirrored));
        } else {
            drawn.push_str(part);
        }
    }
    Cow::Owned(drawn)
}

fn is_right_to_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

fn mirrored(letter: char) -> char {
    match letter {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '<' => '>',
        '>' => '<',
        '«' => '»',
        '»' => '«',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hebrew_is_turned_and_figures_are_not() {
        assert_eq!(visual("Olena K.", false), "Olena K.");
        assert_eq!(visual("שלום 214", true), "214 םולש");
        assert_eq!(visual("(שלום)", true), "(םולש)");
    }
}
