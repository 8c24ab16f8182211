//! The words of a text that carries a code. The code comes first and the project's name gives way, so that the whole takes one
//! part: by it people, and their phones, know a code from a message that was cut.

use crate::domain::number_code::SLOT;
use crate::domain::sms;
use crate::i18n::Words;

/// What a text of a code is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeText {
    pub subject: String,
    /// With [`SLOT`] where the code goes, and without the reference.
    pub sms: String,
}

/// As long as what a phone is told after the text.
const REFERENCE: &str = "Ref 0000-0000";

/// The words in a language for a project of this name.
pub fn text(language: &str, project: &str) -> CodeText {
    let words = Words::of(language);
    let said = |code: &str, project: &str| words.say("code-sms", &[("code", code.into()), ("project", project.into())]);
    let fits = |project: &&str| {
        let text = format!("{} {REFERENCE}", said("000000", project));
        sms::size(&sms::plain(&text)).parts == 1
    };
    let letters: Vec<char> = project.chars().collect();
    let cut = |kept: usize| format!("{}…", letters[..kept].iter().collect::<String>().trim_end());
    let shorter: Vec<String> = (1..letters.len()).rev().map(cut).collect();
    let mut names = std::iter::once(project).chain(shorter.iter().map(String::as_str));
    // A name in other letters than the text's may leave no way to one part; then it is told whole.
    let name = names.find(fits).unwrap_or(project);
    CodeText { subject: words.say("code-subject", &[("project", project.into())]), sms: said(SLOT, name) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sms::Encoding;
    use crate::i18n;

    fn sent(language: &str, project: &str) -> String {
        sms::fitted(&text(language, project).sms.replace(SLOT, "048213"), "Ref 7Q3F-K2MD", 3)
    }

    #[test]
    fn every_language_needs_one_part_and_only_cyrillic_needs_ucs_2() {
        for language in i18n::spoken() {
            for project in ["Acme Windows", "A", "The Long Established Windows and Doors Company of Kyiv and Lviv"] {
                let sent = sent(language, project);
                let wanted = if language == "uk" { Encoding::Ucs2 } else { Encoding::Gsm7 };
                let size = sms::size(&sent);
                assert_eq!((size.parts, size.encoding), (1, wanted), "{language}: {sent}");
                assert!(sent.starts_with("048213 ") && sent.ends_with(" Ref 7Q3F-K2MD"), "{language}: {sent}");
                assert!(sent.contains("10") && !sent.contains("http"), "{language}: {sent}");
                assert!(sent.contains(project) || sent.contains("..."), "{language}: {sent}");
            }
            let subject = text(language, "Acme Windows").subject;
            assert!(subject.contains("Acme Windows") && !subject.contains("code-"), "{language}: {subject}");
        }
    }

    #[test]
    fn a_name_in_other_letters_is_told_whole_where_nothing_helps() {
        assert!(sent("en", "Акме Вікна").contains("Акме Вікна"));
        assert!(sms::size(&sent("uk", "Акме Вікна")).parts == 1);
    }
}
