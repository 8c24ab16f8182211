//! "Did you mean": the known word that is nearest to what was written.

/// The nearest of `known` to `written`, if any is near enough to be what was meant: at most a third of the letters
/// differ, or one is the beginning of the other.
pub fn nearest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let folded = fold(written);
    known
        .into_iter()
        .map(|word| (strsim::damerau_levenshtein(&folded, &fold(word)), word))
        .filter(|(distance, word)| {
            let longer = folded.chars().count().max(word.chars().count());
            let begins = folded.chars().count() >= 3 && (word.starts_with(&folded) || folded.starts_with(word));
            *distance <= (longer / 3).max(1) || begins
        })
        .min_by_key(|(distance, word)| (*distance, *word))
        .map(|(_, word)| word)
}

fn fold(word: &str) -> String {
    word.to_lowercase().replace('-', "_")
}

/// `a`, `b` or `c`, each in backticks.
pub fn choices<'k>(words: impl IntoIterator<Item = &'k str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        None => "nothing".to_owned(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_offered_and_far_ones_are_not() {
        let known = ["recipients", "report", "zone", "max_late"];
        assert_eq!(nearest("recipient", known), Some("recipients"));
        assert_eq!(nearest("Max-Late", known), Some("max_late"));
        assert_eq!(nearest("zoen", known), Some("zone"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest("x", known), None);
        assert_eq!(choices(["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
