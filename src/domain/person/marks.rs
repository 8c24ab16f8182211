//! The persons that are looked for, known by keyed hashes, and where a text names them.

use std::collections::HashMap;
use std::ops::Range;

use hmac::Hmac;
use sha2::Sha256;

use super::{keyed, mac_of, spelling};
use crate::domain::instant::Instant;

/// By what an erased person is known again.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Trace {
    /// The number of the project that it is about; `None`: every one.
    #[serde(skip)]
    pub project: Option<i64>,
    /// What stands in the person's place where something must.
    pub token: String,
    /// `number`, `national` or `email`.
    pub kind: String,
    /// Hex.
    pub hash: String,
    pub key: String,
    pub erased_at: Instant,
}

/// Persons to be found.
#[derive(Clone, Default)]
pub struct Marks {
    by_key: Vec<Keyed>,
}

/// A key, and by their hashes under it those who are looked for.
type Keyed = (Hmac<Sha256>, HashMap<[u8; 32], Mark>);

#[derive(Clone, Debug)]
struct Mark {
    token: String,
    erased_at: Instant,
}

/// A place in a text that names one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    pub range: Range<usize>,
    pub token: String,
    /// Of a number in international notation.
    pub digits: Option<i64>,
}

impl std::fmt::Debug for Marks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Marks")
    }
}

impl Marks {
    /// All of these. A trace that can't be read marks nobody.
    pub fn new(traces: &[Trace]) -> Self {
        let mut by_key: HashMap<&str, HashMap<[u8; 32], Mark>> = HashMap::new();
        for trace in traces {
            let Some(hash) = bytes(&trace.hash) else { continue };
            let mark = Mark { token: trace.token.clone(), erased_at: trace.erased_at };
            let marks = by_key.entry(&trace.key).or_default();
            let known = marks.entry(hash).or_insert_with(|| mark.clone());
            if known.erased_at < mark.erased_at {
                *known = mark;
            }
        }
        Self { by_key: by_key.into_iter().filter_map(|(key, marks)| Some((mac_of(key)?, marks))).collect() }
    }

    /// Those erased after this moment: what happened then is about the person who was erased, and what came later is new.
    #[must_use]
    pub fn erased_after(&self, at: Instant) -> Self {
        let mut later = self.clone();
        later.by_key.iter_mut().for_each(|(_, marks)| marks.retain(|_, mark| mark.erased_at > at));
        later.by_key.retain(|(_, marks)| !marks.is_empty());
        later
    }

    /// Nobody is looked for.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }

    /// Whether these are the digits of somebody's number, country code first.
    pub fn has_number(&self, digits: i64) -> bool {
        self.find("number", &digits.to_string()).is_some()
    }

    /// Where a text names them. `regions`: the countries whose way of writing its numbers may follow.
    pub fn mentions(&self, text: &str, regions: &[String]) -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        if self.is_empty() {
            return found;
        }
        spelling::numbers(text, |one| {
            let Some((mark, digits)) = self.number(&one.digits, one.has_plus, regions) else { return false };
            found.push(Mention { range: one.range.clone(), token: mark.token.clone(), digits });
            true
        });
        spelling::emails(text, |range, address| {
            let Some(mark) = self.find("email", address) else { return false };
            found.retain(|other| other.range.end <= range.start || other.range.start >= range.end);
            found.push(Mention { range, token: mark.token.clone(), digits: None });
            true
        });
        found.sort_by_key(|mention| mention.range.start);
        found
    }

    /// The text without them; `None`: it names nobody.
    pub fn scrubbed(&self, text: &str, regions: &[String]) -> Option<String> {
        let mentions = self.mentions(text, regions);
        if mentions.is_empty() {
            return None;
        }
        let (mut clean, mut from) = (String::with_capacity(text.len()), 0);
        for mention in mentions {
            clean.push_str(&text[from..mention.range.start]);
            clean.push_str(&mention.token);
            from = mention.range.end;
        }
        clean.push_str(&text[from..]);
        Some(clean)
    }

    fn number(&self, digits: &str, has_plus: bool, regions: &[String]) -> Option<(&Mark, Option<i64>)> {
        let exits: &[&str] = if has_plus { &[""] } else { &["", "00", "011", "810", "0011"] };
        for whole in exits.iter().filter_map(|exit| digits.strip_prefix(exit)) {
            if (7..=15).contains(&whole.len())
                && let Some(mark) = self.find("number", whole)
            {
                return Some((mark, whole.parse().ok()));
            }
        }
        let regions = if has_plus { &[] } else { regions };
        regions.iter().find_map(|region| Some((self.find("national", &format!("{region}:{digits}"))?, None)))
    }

    fn find(&self, kind: &str, value: &str) -> Option<&Mark> {
        self.by_key.iter().find_map(|(mac, marks)| marks.get(&keyed(mac, kind, value)))
    }
}

fn bytes(hex: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::super::Identity;
    use super::*;

    fn marks(identity: &Identity) -> Marks {
        let (token, traces) = identity.traces("a key");
        let trace = |(kind, hash): (&str, String)| Trace {
            project: None,
            token: token.clone(),
            kind: kind.to_owned(),
            hash,
            key: "a key".to_owned(),
            erased_at: Instant::from_seconds(100),
        };
        Marks::new(&traces.into_iter().map(trace).collect::<Vec<_>>())
    }

    #[test]
    fn a_person_is_found_by_the_hash_in_every_spelling_and_nobody_else_is() {
        let marks = marks(&Identity::number("+380 67 111 22 33").expect("a number"));
        let ukraine = ["UA".to_owned()];
        for text in
            ["+380671112233", "00380 67 111-22-33", "810380671112233", "(067) 111 22 33", "671112233", "0671112233"]
        {
            assert_eq!(marks.mentions(text, &ukraine).len(), 1, "{text}");
        }
        assert!(marks.mentions("0671112233", &["DE".to_owned()]).is_empty(), "another number in another country");
        assert!(marks.mentions("+0671112233 +380671112234 380671112", &ukraine).is_empty());
        let clean = marks.scrubbed("from +380671112233 to 0671112233, 2026-11-23", &ukraine).expect("two of them");
        assert!(
            !clean.contains("111") && clean.matches("erased-").count() == 2 && clean.ends_with(", 2026-11-23"),
            "{clean}"
        );
        assert!(marks.has_number(380_671_112_233) && !marks.has_number(380_671_112_234));
    }

    #[test]
    fn what_came_later_is_new() {
        let marks = marks(&Identity::email("Olena@Acme.example").expect("an address"));
        assert!(
            !marks.erased_after(Instant::from_seconds(99)).is_empty()
                && marks.erased_after(Instant::from_seconds(100)).is_empty()
        );
        assert_eq!(marks.mentions("<OLENA@acme.example>", &[]).len(), 1);
    }
}
