//! "Did you mean": the known word that is nearest to what was written.

/// The nearest of `known` to `written`, if any is near enough to be what was meant: at most a third of its letters differ,
/// two neighbours changed places, or one is the beginning of the other and not much shorter.
pub fn nearest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let folded = fold(written);
    let scored = known.into_iter().filter_map(|word| Some((distance(&folded, &fold(word))?, word)));
    scored.min_by_key(|(distance, word)| (*distance, *word)).map(|(_, word)| word)
}

/// How far apart they are; `None`: too far for one to be a slip of the other.
fn distance(written: &str, word: &str) -> Option<usize> {
    let (longer, shorter) = {
        let (a, b) = (written.chars().count(), word.chars().count());
        (a.max(b), a.min(b))
    };
    let distance = strsim::damerau_levenshtein(written, word);
    let is_swapped = || {
        let sorted = |text: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.sort_unstable();
            letters
        };
        distance == 1 && sorted(written) == sorted(word)
    };
    let begins = word.starts_with(written) || written.starts_with(word);
    let is_near =
        distance <= (longer / 3).min(MOST_SLIPS) || is_swapped() || (begins && shorter >= 3 && longer <= shorter * 3);
    is_near.then_some(distance)
}

/// More letters than these are wrong by intent, however long the word.
const MOST_SLIPS: usize = 4;

fn fold(word: &str) -> String {
    word.to_lowercase().replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_offered_and_far_ones_are_not() {
        let known = ["recipients", "report", "zone", "max_late", "on", "at", "id", "every", "catch_up", "name"];
        for (written, expected) in [
            ("recipient", Some("recipients")),
            ("recpients", Some("recipients")),
            ("Max-Late", Some("max_late")),
            ("max", Some("max_late")),
            ("zoen", Some("zone")),
            ("zones", Some("zone")),
            ("no", Some("on")),
            ("nmae", Some("name")),
            ("report_id", Some("report")),
            ("colour", None),
            ("x", None),
            ("", None),
            ("is", None),
            ("it", None),
            ("of", None),
            ("only_if_calls", None),
            ("identity", None),
            ("attachments", None),
            ("when", None),
            ("mine", None),
            ("send_to_the_whole_team", None),
            ("recipients_of_the_report_by_mail", None),
        ] {
            assert_eq!(nearest(written, known), expected, "{written}");
        }
    }
}
