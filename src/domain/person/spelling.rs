//! What in a text may be a phone number or a mail address, in any spelling: the widest reading, of which a hash then says
//! whether it is somebody we look for.

use std::ops::Range;

use crate::domain::digits::digit;

/// Digits that may be a number: where they stand, and whether a plus stands before them.
pub(super) struct Candidate {
    pub range: Range<usize>,
    pub digits: String,
    pub has_plus: bool,
}

/// As many marks may stand between two groups of one number: `) – `.
const MOST_BETWEEN: usize = 4;
/// With an exit code before it, such as 00 or 8~10.
const LONGEST: usize = 18;
const SHORTEST: usize = 6;
/// A text of nothing but digits and blanks has no end of readings; a number has few groups.
const MOST_GROUPS: usize = 9;

struct Group {
    range: Range<usize>,
    digits: String,
}

/// Every reading of a text as numbers, those that begin earlier first, and of them the longest first. `found` says whether
/// it was one; what was is not read a second time.
pub(super) fn numbers(text: &str, mut found: impl FnMut(&Candidate) -> bool) {
    let mut chain: Vec<Group> = Vec::new();
    let (mut between, mut letters) = (0, text.char_indices().peekable());
    while let Some((at, letter)) = letters.next() {
        let Some(first) = digit(letter) else {
            between += 1;
            if !stands_between(letter) || between > MOST_BETWEEN {
                read(text, &chain, &mut found);
                chain.clear();
            }
            continue;
        };
        let mut group = Group { range: at..at + letter.len_utf8(), digits: char::from(b'0' + first).to_string() };
        while let Some((at, letter)) = letters.peek().copied() {
            let Some(next) = digit(letter) else { break };
            group.digits.push(char::from(b'0' + next));
            group.range.end = at + letter.len_utf8();
            letters.next();
        }
        between = 0;
        chain.push(group);
    }
    read(text, &chain, &mut found);
}

fn read(text: &str, chain: &[Group], found: &mut impl FnMut(&Candidate) -> bool) {
    let mut first = 0;
    while first < chain.len() {
        let mut digits = String::new();
        let mut readings: Vec<(usize, String)> = Vec::new();
        for (at, group) in chain.iter().enumerate().skip(first).take(MOST_GROUPS) {
            digits.push_str(&group.digits);
            if digits.len() > LONGEST {
                break;
            }
            if digits.len() >= SHORTEST {
                readings.push((at, digits.clone()));
            }
        }
        let start = chain[first].range.start;
        let (start, has_plus) = plus_before(text, start);
        let taken = readings.into_iter().rev().find(|(last, digits)| {
            let range = start..chain[*last].range.end;
            found(&Candidate { range, digits: digits.clone(), has_plus })
        });
        first = taken.map_or(first, |(last, _)| last) + 1;
    }
}

/// `+380…`, `+(380)…`, and `%2B380…` of an address in the web.
fn plus_before(text: &str, start: usize) -> (usize, bool) {
    let before = text[..start].trim_end_matches('(');
    for plus in ["+", "\u{ff0b}", "%2B", "%2b"] {
        if before.ends_with(plus) {
            return (before.len() - plus.len(), true);
        }
    }
    (start, false)
}

fn stands_between(letter: char) -> bool {
    matches!(letter,
        ' ' | '-' | '.' | '(' | ')' | '/' | '\t' | '\u{a0}' | '\u{ad}' | '\u{2000}'..='\u{2015}' | '\u{202a}'..='\u{202f}'
        | '\u{205f}'..='\u{2069}' | '\u{2212}' | '\u{feff}' | '\u{3000}')
}

/// Every reading of a text as mail addresses, lower case, those that begin earlier first. `found` says whether it was one.
pub(super) fn emails(text: &str, mut found: impl FnMut(Range<usize>, &str) -> bool) {
    let mut from = 0;
    while let Some((at, sign)) = next_at(text, from) {
        from = at + sign.len();
        let host = text[from..].find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-')));
        let host = text[from..host.map_or(text.len(), |len| from + len)].trim_end_matches(['.', '-']);
        let name = text[..at].rfind(|c: char| !is_of_name(c));
        let name = name.map_or(0, |before| before + text[before..].chars().next().map_or(1, char::len_utf8));
        if host.is_empty() || name == at {
            continue;
        }
        // `to=olena@…`: what may stand in a name may also stand before it.
        let starts =
            text[name..at].char_indices().filter(|(_, c)| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+')));
        let starts: Vec<usize> = std::iter::once(name).chain(starts.map(|(n, c)| name + n + c.len_utf8())).collect();
        let end = from + host.len();
        for start in starts.into_iter().filter(|start| *start < at) {
            let address = format!("{}@{host}", &text[start..at]).to_lowercase();
            if found(start..end, &address) {
                break;
            }
        }
    }
}

fn next_at(text: &str, from: usize) -> Option<(usize, &'static str)> {
    ["@", "%40", "\u{ff20}"].into_iter().filter_map(|sign| Some((from + text[from..].find(sign)?, sign))).min()
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || ".!#$%&'*+-/=?^_`{|}~".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str, wanted: &str) -> Option<String> {
        let mut at = None;
        numbers(text, |one| {
            let is_it = one.digits == wanted;
            if is_it && at.is_none() {
                at = Some(text[one.range.clone()].to_owned());
            }
            is_it
        });
        at
    }

    #[test]
    fn a_number_is_read_in_any_spelling() {
        for written in [
            "+380671112233",
            "380671112233",
            "+380 67 111 22 33",
            "+38 (067) 111-22-33",
            "+380\u{a0}67\u{a0}111\u{a0}22\u{a0}33",
            "+380.67.111.22.33",
            "%2B380671112233",
            "\u{0663}\u{0668}\u{0660}671112233",
            "+380/67/111–22–33",
        ] {
            let wanted = "380671112233";
            for text in [written.to_owned(), format!("call 7 from {written}, 12:30"), format!("sip:{written}@pbx 5")] {
                assert_eq!(reads(&text, wanted).as_deref(), Some(written), "{text}");
            }
        }
        assert_eq!(reads("SIP/380671112233-0000ab", "380671112233").as_deref(), Some("380671112233"));
        assert_eq!(reads("9380671112233", "380671112233"), None, "another number");
    }

    #[test]
    fn an_address_is_read_wherever_it_stands() {
        for text in [
            "Olena@Acme.example",
            "<olena@acme.example>",
            "mailto:olena@acme.example.",
            "?to=olena%40acme.example&x",
            "\"to:olena@acme.example\"",
        ] {
            let mut is_there = false;
            emails(text, |_, address| {
                is_there |= address == "olena@acme.example";
                is_there
            });
            assert!(is_there, "{text}");
        }
        emails("not-olena@acme.example", |_, address| {
            assert_ne!(address, "olena@acme.example");
            false
        });
    }
}
