//! What a service has no room for is counted, never left out in silence.

use crate::domain::brief::Brief;
use crate::i18n::Words;

/// The sentences that a message has room for, at most `most`; where some are left out, the last says how many.
pub(super) fn lines(brief: &Brief, most: usize) -> Vec<String> {
    let said: Vec<&String> = brief.lines.iter().filter(|line| !line.is_empty()).collect();
    let shown = said.iter().take(most).map(|line| (*line).clone());
    shown.chain(more(brief, said.len(), most)).collect()
}

/// How many of `all` a message with room for `most` leaves out, in the reader's language; `None`: none.
pub(super) fn more(brief: &Brief, all: usize, most: usize) -> Option<String> {
    let left = all.checked_sub(most).filter(|left| *left > 0)?;
    Some(Words::of(&brief.language).say("brief-more", &[("n", left.into())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_counted_in_the_readers_language() {
        let lines_of = |n: usize| Brief {
            language: "de".into(),
            lines: (0..n).map(|n| n.to_string()).collect(),
            ..Brief::default()
        };
        assert_eq!(lines(&lines_of(3), 3), ["0", "1", "2"]);
        assert_eq!(lines(&lines_of(5), 3), ["0", "1", "2", "… und 2 weitere."]);
        assert_eq!(more(&lines_of(0), 0, 0), None);
    }
}
