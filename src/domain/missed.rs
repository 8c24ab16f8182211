//! The missed set M: which words for a call in that reached no person count as missed. Readers are told the set.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::call::CallStatus;

/// The statuses that can be in the set, under the words that people write.
const WORDS: [(&str, CallStatus); 7] = [
    ("no_answer", CallStatus::MissedNoAnswer),
    ("busy", CallStatus::MissedBusy),
    ("abandoned", CallStatus::MissedAbandoned),
    ("cancelled", CallStatus::MissedCancelled),
    ("voicemail", CallStatus::MissedVoicemail),
    ("no_route", CallStatus::MissedNoRoute),
    ("ivr", CallStatus::MissedIvr),
];

/// A set of statuses; by default all of them but whoever left in the menu.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MissedSet(u16);

impl MissedSet {
    /// The words that can be in a set.
    pub const WORDS: [&'static str; WORDS.len()] = {
        let mut words = [""; WORDS.len()];
        let mut at = 0;
        while at < words.len() {
            words[at] = WORDS[at].0;
            at += 1;
        }
        words
    };

    /// A set without any status.
    pub const NONE: Self = Self(0);

    /// The status that a word names.
    pub fn parse(word: &str) -> Option<CallStatus> {
        WORDS.iter().find(|(known, _)| *known == word).map(|(_, status)| *status)
    }

    /// Whether a call in of this status is missed.
    pub const fn contains(self, status: CallStatus) -> bool {
        self.0 & (1 << status as u16) != 0
    }

    /// A bit for each status of the set, by its code.
    pub const fn bits(self) -> i64 {
        self.0 as i64
    }

    /// The set and this status; one that can't be missed changes nothing.
    #[must_use]
    pub fn with(self, status: CallStatus) -> Self {
        let fits = WORDS.iter().any(|(_, known)| *known == status);
        if fits { Self(self.0 | 1 << status as u16) } else { self }
    }

    /// Whether every status of the other set is in this one.
    pub const fn holds(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The words of the set, in the order in which they are listed.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        WORDS.iter().filter(move |(_, status)| self.contains(*status)).map(|(word, _)| *word)
    }
}

impl Default for MissedSet {
    fn default() -> Self {
        WORDS.iter().filter(|(_, status)| status.is_missed()).fold(Self::NONE, |set, (_, status)| set.with(*status))
    }
}

impl fmt::Debug for MissedSet {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_set().entries(self.words()).finish()
    }
}

impl Serialize for MissedSet {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.words())
    }
}

impl<'de> Deserialize<'de> for MissedSet {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Vec::<String>::deserialize(from)?.iter().try_fold(Self::NONE, |set, word| match Self::parse(word) {
            Some(status) => Ok(set.with(status)),
            None => Err(D::Error::unknown_variant(word, &Self::WORDS)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_set_is_what_a_status_says_of_itself() {
        for status in CallStatus::ALL {
            assert_eq!(MissedSet::default().contains(*status), status.is_missed(), "{status:?}");
        }
    }

    #[test]
    fn a_set_is_written_as_words_and_read_again() {
        let strict = MissedSet::NONE.with(CallStatus::MissedBusy).with(CallStatus::MissedNoAnswer);
        assert_eq!(serde_json::to_string(&strict).expect("words"), r#"["no_answer","busy"]"#);
        assert_eq!(serde_json::from_str::<MissedSet>(r#"["busy","no_answer"]"#).expect("a set"), strict);
        assert!(serde_json::from_str::<MissedSet>(r#"["answered"]"#).is_err());
        assert_eq!(strict.with(CallStatus::Answered), strict, "an answered call can't be missed");
        assert!(MissedSet::default().holds(strict) && !strict.holds(MissedSet::default()));
    }
}
