//! What somebody answers to a text: that they want no more of them, or want them again. The words are those that providers
//! honour by themselves, and the same in the languages that we write in; only a whole answer is one.
//! <https://help.twilio.com/articles/223134027-Twilio-support-for-opt-out-keywords-SMS-STOP-filtering->

use super::phone::PhoneE164;

/// What is wished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextReply {
    Stop,
    Start,
}

const STOP: &[&str] = &[
    "STOP",
    "STOPALL",
    "STOP ALL",
    "UNSUBSCRIBE",
    "CANCEL",
    "END",
    "QUIT",
    "REVOKE",
    "OPTOUT",
    "OPT OUT", // English
    "СТОП",
    "ВІДПИСАТИСЯ", // Ukrainian
    "STOPP",
    "ABMELDEN", // German
    "AFMELDEN", // Dutch
    "REZYGNUJĘ",
    "WYPISZ", // Polish
    "PARAR",
    "BAJA",
    "CANCELAR", // Spanish
];

const START: &[&str] = &["START", "UNSTOP", "YES", "СТАРТ"];

impl TextReply {
    /// Reads an answer, whatever its letters, spaces and the signs around it; `None`: it is about something else.
    pub fn read(text: &str) -> Option<Self> {
        let is_edge = |c: char| !c.is_alphanumeric();
        let words: Vec<&str> = text.trim_matches(is_edge).split_whitespace().take(3).collect();
        let answer = words.join(" ").to_uppercase();
        match answer.as_str() {
            word if STOP.contains(&word) => Some(Self::Stop),
            word if START.contains(&word) => Some(Self::Start),
            _ => None,
        }
    }
}

/// What Twilio, or whoever speaks as it does, calls a message: nothing else is taken for a name, because the parameters that it signs stand one after the other
/// without a mark between them, so that whoever has a signature could draw the borders anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageSid(String);

impl MessageSid {
    /// `SM` or `MM` and 32 digits of base 16, or such digits as a UUID has them; in small letters.
    pub fn parse(text: &str) -> Option<Self> {
        let is_digit = |b: u8| matches!(b, b'0'..=b'9' | b'a'..=b'f');
        let is_so_long = |(part, long): (&str, usize)| part.len() == long && part.bytes().all(is_digit);
        let is_name = match text.strip_prefix("SM").or_else(|| text.strip_prefix("MM")) {
            Some(digits) => is_so_long((digits, 32)),
            None => text.split('-').count() == 5 && text.split('-').zip([8, 4, 4, 4, 12]).all(is_so_long),
        };
        is_name.then(|| Self(text.to_owned()))
    }

    /// As it was told.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whose answer it is: a number as providers write it, with its plus or with two zeros or digits alone, always with the country.
pub fn sender(text: &str) -> Option<PhoneE164> {
    let text = text.trim();
    let is_known = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')');
    if !text.chars().all(is_known) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    (7..=15).contains(&digits.len()).then(|| PhoneE164::from_digits(digits.parse().ok()?)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn whole_answers_are_wishes_and_nothing_else_is() {
        for text in ["STOP", "stop", " Stop. ", "«Стоп!»", "stop all", "Rezygnuję", "baja\n"] {
            assert_eq!(TextReply::read(text), Some(TextReply::Stop), "{text}");
        }
        for text in ["start", "START!", "Unstop", "старт"] {
            assert_eq!(TextReply::read(text), Some(TextReply::Start), "{text}");
        }
        for text in ["", "please don't stop", "stop it now", "I'll start on Monday", "ok", "…", "стопка"] {
            assert_eq!(TextReply::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_message_has_the_name_that_twilio_gives_and_no_other() {
        let name = "SM0123456789abcdef0123456789abcdef";
        let uuid = "01234567-89ab-cdef-0123-456789abcdef";
        for name in [name, uuid] {
            assert_eq!(MessageSid::parse(name).map(|sid| sid.as_str().to_owned()).as_deref(), Some(name));
        }
        for text in [
            "",
            "SM1",
            "----",
            &format!("{uuid}-NumMedia0"),
            &format!("{uuid}0"),
            &name.to_uppercase(),
            &format!("{name}NumMedia0"),
            &format!(" {name}"),
            &name[..33],
        ] {
            assert_eq!(MessageSid::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_sender_is_a_whole_number() {
        let read = |text: &str| sender(text).map(|number| number.to_string());
        for text in ["+380671112233", "380671112233", "00380671112233", "+380 67 111-22-33"] {
            assert_eq!(read(text).as_deref(), Some("+380671112233"), "{text}");
        }
        for text in ["", "Acme", "12345", "+3806711122330000", "x380671112233", "olena@acme.example"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_is_sent_breaks_it(text in "\\PC{0,40}") {
            let _ = (TextReply::read(&text), sender(&text));
        }
    }
}
