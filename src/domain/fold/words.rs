//! The words that telephony systems use for what became of a call, and what we call it. One word list for all sources of
//! finished rows: Ringostat's (help.ringostat.com, article 6413217, and public integrations), which others use too.

use crate::domain::call::{CallStatus, Direction};

/// What a source's word means for a call of one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    pub status: CallStatus,
    /// The word also says that this is a target call.
    pub is_target: bool,
    /// The word also says that this repeats an earlier target call.
    pub is_repeat: bool,
}

/// One line of the table: the word and its meaning for calls that come in, and for those we make or offered to make.
struct Line {
    word: &'static str,
    inbound: CallStatus,
    outbound: CallStatus,
}

const fn line(word: &'static str, inbound: CallStatus, outbound: CallStatus) -> Line {
    Line { word, inbound, outbound }
}

const fn same(word: &'static str, status: CallStatus) -> Line {
    line(word, status, status)
}

/// Every word we know, normalised (see [`read_word`]).
const WORDS: &[Line] = {
    use CallStatus::*;
    &[
        same("ANSWERED", Answered),
        same("PROPER", Answered),
        same("REPEATED", Answered),
        same("CONNECTED", Answered),
        line("NO ANSWER", MissedNoAnswer, ClientNoAnswer),
        line("BUSY", MissedBusy, ClientBusy),
        same("VOICEMAIL", MissedVoicemail),
        same("NO FORWARD", MissedNoRoute),
        same("CLIENT NO ANSWER", ClientNoAnswer),
        same("OPERATOR NO ANSWER", MissedNoAnswer),
        same("WRONG EXTENSION", MissedIvr),
        same("NO EXTENSION", MissedIvr),
        same("FAILED", Failed),
        same("DECLINE", Failed),
        same("FAILED FORBIDDEN DESTINATION", Forbidden),
        same("IN PROGRESS", InProgress),
        same("CALLING", InProgress),
    ]
};

/// What `raw` means; `None` for a word that nobody knows. Letters' case doesn't matter, and `+`, `_`, `-` and blanks are
/// one: `NO-FORWARD` is `no forward`. A canonical word (`missed_busy`) is understood too.
pub fn read_word(raw: &str, direction: Direction) -> Option<Word> {
    let word = normalised(raw);
    let is_ours = matches!(direction, Direction::Outbound | Direction::Callback);
    let status = match WORDS.iter().find(|line| line.word == word) {
        Some(line) if is_ours => line.outbound,
        Some(line) => line.inbound,
        None => CallStatus::parse(&word.to_lowercase().replace(' ', "_"))?,
    };
    Some(Word { status, is_target: word == "PROPER", is_repeat: word == "REPEATED" })
}

/// A word as the table has it: upper case, and `+`, `_`, `-` and blanks as one blank.
pub fn normalised(raw: &str) -> String {
    let words = raw.split(|c: char| c.is_whitespace() || matches!(c, '+' | '_' | '-')).filter(|word| !word.is_empty());
    words.map(str::to_uppercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("ANSWERED", "answered", "answered", "answered")]
    #[case("PROPER", "answered", "answered", "answered")]
    #[case("REPEATED", "answered", "answered", "answered")]
    #[case("CONNECTED", "answered", "answered", "answered")]
    #[case("NO ANSWER", "missed_no_answer", "client_no_answer", "client_no_answer")]
    #[case("NO+ANSWER", "missed_no_answer", "client_no_answer", "client_no_answer")]
    #[case("no_answer", "missed_no_answer", "client_no_answer", "client_no_answer")]
    #[case("BUSY", "missed_busy", "client_busy", "client_busy")]
    #[case("VOICEMAIL", "missed_voicemail", "missed_voicemail", "missed_voicemail")]
    #[case("NO FORWARD", "missed_no_route", "missed_no_route", "missed_no_route")]
    #[case("NO-FORWARD", "missed_no_route", "missed_no_route", "missed_no_route")]
    #[case("CLIENT NO ANSWER", "client_no_answer", "client_no_answer", "client_no_answer")]
    #[case("OPERATOR NO ANSWER", "missed_no_answer", "missed_no_answer", "missed_no_answer")]
    #[case("WRONG EXTENSION", "missed_ivr", "missed_ivr", "missed_ivr")]
    #[case("NO  EXTENSION ", "missed_ivr", "missed_ivr", "missed_ivr")]
    #[case("FAILED", "failed", "failed", "failed")]
    #[case("DECLINE", "failed", "failed", "failed")]
    #[case("FAILED FORBIDDEN DESTINATION", "forbidden", "forbidden", "forbidden")]
    #[case("IN PROGRESS", "in_progress", "in_progress", "in_progress")]
    #[case("CALLING", "in_progress", "in_progress", "in_progress")]
    #[case("missed_abandoned", "missed_abandoned", "missed_abandoned", "missed_abandoned")]
    fn the_table(#[case] raw: &str, #[case] inbound: &str, #[case] outbound: &str, #[case] callback: &str) {
        let read = |direction| read_word(raw, direction).map(|word| word.status.name());
        assert_eq!(read(Direction::Inbound), Some(inbound));
        assert_eq!(read(Direction::Internal), Some(inbound), "a call between colleagues keeps its missed word");
        assert_eq!(read(Direction::Outbound), Some(outbound));
        assert_eq!(read(Direction::Callback), Some(callback));
    }

    #[test]
    fn two_words_say_more_than_answered() {
        let read = |raw| read_word(raw, Direction::Inbound).expect("known");
        assert!(read("proper").is_target && !read("proper").is_repeat);
        assert!(read("repeated").is_repeat && !read("repeated").is_target);
        assert!(!read("answered").is_target);
    }

    #[test]
    fn what_nobody_knows_is_not_guessed() {
        assert_eq!(read_word("GLORP", Direction::Inbound), None);
        assert_eq!(read_word("", Direction::Inbound), None);
    }
}
