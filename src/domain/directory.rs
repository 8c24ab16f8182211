//! The directory of a project: which keys of telephony systems are which person, and what its numbers are. A key may change
//! hands, so it belongs to somebody from a day on and up to another. Sources name phones; the directory names people.
//!
//! To filter by it: [`Directory::agent_by_id`] and [`ListedAgent::team`] for people (a slice that went through the directory
//! has the person on [`AgentRow::listed`](super::slice::AgentRow)), [`Directory::number`] for departments and labels.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::ContactId;
use super::instant::Instant;
use super::phone::PhoneE164;

/// A person of a project, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedAgent {
    /// Chosen by people, else made from the name; unique in the project.
    pub id: String,
    pub name: String,
    pub team: Option<String>,
    pub keys: Vec<ListedKey>,
    /// Who reads the personal report; `None`: the contact one of whose mail addresses is a key.
    pub contact: Option<ContactId>,
}

/// What a source calls a person: an extension, an account, a mail address, a name; for half-open local days.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ListedKey {
    pub key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
}

/// A number that a project knows: one of its own, or a caller's to be left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedNumber {
    pub number: PhoneE164,
    pub label: Option<String>,
    pub department: Option<String>,
    pub source: Option<String>,
    pub medium: Option<String>,
    pub campaign: Option<String>,
    /// Calls with this number on the other side (staff, tests, nuisance) are left out and counted.
    pub ignore: bool,
}

/// Everything that is listed for one project, ready to be looked up by the million.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    agents: Vec<Arc<ListedAgent>>,
    numbers: BTreeMap<i64, Arc<ListedNumber>>,
    by_key: HashMap<String, Vec<Holder>>,
}

/// Who holds a key, and when.
#[derive(Clone, Copy, Debug)]
struct Holder {
    from: Option<Instant>,
    to: Option<Instant>,
    agent: usize,
}

impl ListedKey {
    /// The key that always belongs to one person.
    pub fn always(key: impl Into<String>) -> Self {
        Self { key: key.into(), from: None, to: None }
    }

    /// Whether both name the same phone on one day.
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |end: Option<NaiveDate>, begin: Option<NaiveDate>| matches!((end, begin), (Some(end), Some(begin)) if end <= begin);
        folded(&self.key) == folded(&other.key) && !before(self.to, other.from) && !before(other.to, self.from)
    }
}

impl ListedAgent {
    /// Whether this is the person's id, name or one of the keys that they ever had, letter case aside.
    pub fn is_called(&self, text: &str) -> bool {
        let text = folded(text);
        folded(&self.id) == text
            || folded(&self.name) == text
            || self.keys.iter().any(|listed| folded(&listed.key) == text)
    }
}

impl ListedNumber {
    /// Whether it says where its callers come from.
    pub fn tells_source(&self) -> bool {
        self.source.is_some() || self.medium.is_some() || self.campaign.is_some()
    }
}

impl Directory {
    /// A directory of these; `start_of_day` says when a local day of the project begins.
    pub fn new(
        agents: Vec<ListedAgent>,
        numbers: Vec<ListedNumber>,
        start_of_day: impl Fn(NaiveDate) -> Instant,
    ) -> Self {
        let mut by_key: HashMap<String, Vec<Holder>> = HashMap::new();
        for (agent, listed) in agents.iter().enumerate() {
            for key in &listed.keys {
                let holder = Holder { from: key.from.map(&start_of_day), to: key.to.map(&start_of_day), agent };
                by_key.entry(folded(&key.key)).or_default().push(holder);
            }
        }
        Self {
            agents: agents.into_iter().map(Arc::new).collect(),
            numbers: numbers.into_iter().map(|number| (number.number.digits(), Arc::new(number))).collect(),
            by_key,
        }
    }

    /// Whether nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.agents.is_empty() && self.numbers.is_empty()
    }

    /// Everybody, in the order of the list.
    pub fn agents(&self) -> &[Arc<ListedAgent>] {
        &self.agents
    }

    /// Every number, those to be left out too.
    pub fn numbers(&self) -> impl Iterator<Item = &Arc<ListedNumber>> {
        self.numbers.values()
    }

    /// Who had this key, or else this name, at that moment: the person's place in [`Self::agents`].
    pub fn holder(&self, key: &str, name: Option<&str>, at: Instant) -> Option<usize> {
        let find = |text: &str| {
            let holders = self.by_key.get(&folded(text))?;
            holders
                .iter()
                .find(|holder| holder.from.is_none_or(|from| from <= at) && holder.to.is_none_or(|to| at < to))
                .map(|holder| holder.agent)
        };
        find(key).or_else(|| find(name?))
    }

    /// Whether nobody else ever had what this key or name is listed for, so that the moment doesn't matter.
    pub fn always_holder(&self, key: &str, name: Option<&str>) -> Option<Option<usize>> {
        let mut holders =
            [Some(key), name].into_iter().flatten().filter_map(|text| self.by_key.get(&folded(text))).flatten();
        match (holders.next(), holders.next()) {
            (None, _) => Some(None),
            (Some(Holder { from: None, to: None, agent }), None) => Some(Some(*agent)),
            _ => None,
        }
    }

    /// The person with this id.
    pub fn agent_by_id(&self, id: &str) -> Option<&Arc<ListedAgent>> {
        self.agents.iter().find(|agent| agent.id == id)
    }

    /// One of the project's own numbers, by its E.164 digits.
    pub fn number(&self, digits: i64) -> Option<&Arc<ListedNumber>> {
        self.numbers.get(&digits).filter(|number| !number.ignore)
    }

    /// Whether calls with this number on the other side are left out.
    pub fn is_ignored(&self, client: i64) -> bool {
        self.numbers.get(&client).is_some_and(|number| number.ignore)
    }

    /// When this key or name is nobody's who is listed: half-open spans, in order; `None` is without end.
    pub fn gaps(&self, key: &str, name: Option<&str>) -> Vec<(Option<Instant>, Option<Instant>)> {
        let texts = [Some(key), name].into_iter().flatten();
        let mut held: Vec<_> = texts.filter_map(|text| self.by_key.get(&folded(text))).flatten().collect();
        held.sort_by_key(|holder| holder.from);
        let mut gaps = Vec::new();
        let mut free_from: Option<Option<Instant>> = Some(None);
        for holder in held {
            let Some(free) = free_from else { break };
            if holder.from.is_some() && holder.from > free {
                gaps.push((free, holder.from));
            }
            free_from = holder.to.map(|to| Some(free.map_or(to, |free| free.max(to))));
        }
        gaps.extend(free_from.map(|free| (free, None)));
        gaps
    }

    /// The person whose personal report this contact reads: the one that names the contact; else the only one who has, or
    /// had, one of these mail addresses as a key.
    pub fn agent_of(&self, contact: &ContactId, addresses: &[String]) -> Option<&Arc<ListedAgent>> {
        if let Some(named) = self.agents.iter().find(|agent| agent.contact.as_ref() == Some(contact)) {
            return Some(named);
        }
        let addresses: Vec<String> = addresses.iter().map(|address| folded(address)).collect();
        let has = |agent: &&Arc<ListedAgent>| agent.keys.iter().any(|key| addresses.contains(&folded(&key.key)));
        let mut by_address = self.agents.iter().filter(has);
        match (by_address.next(), by_address.next()) {
            // Somebody else's, when that person names another contact.
            (Some(only), None) if only.contact.is_none() => Some(only),
            _ => None,
        }
    }
}

/// Whether a key looks like the number of an inner line: `207`.
pub fn is_extension(key: &str) -> bool {
    (2..=6).contains(&key.len()) && key.chars().all(|c| c.is_ascii_digit())
}

/// A key as it is compared: letter case and outer blanks don't matter.
pub fn folded(key: &str) -> String {
    key.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn at(text: &str) -> Instant {
        Instant::parse_rfc3339(text).expect("RFC 3339")
    }

    fn key(key: &str, from: Option<&str>, to: Option<&str>) -> ListedKey {
        ListedKey { key: key.into(), from: from.map(day), to: to.map(day) }
    }

    fn agent(id: &str, keys: Vec<ListedKey>) -> ListedAgent {
        ListedAgent { id: id.into(), name: id.to_uppercase(), team: None, keys, contact: None }
    }

    fn directory(agents: Vec<ListedAgent>) -> Directory {
        Directory::new(agents, Vec::new(), |date| at(&format!("{date}T00:00:00Z")))
    }

    #[test]
    fn an_extension_that_changes_hands_is_the_new_person_s_from_the_first_instant_of_the_day() {
        let directory = directory(vec![
            agent("eva", vec![key("201", None, Some("2026-06-01")), key("205", Some("2026-06-01"), None)]),
            agent("olena", vec![key("201", Some("2026-06-01"), None), key("Olena@acme.example", None, None)]),
        ]);
        let who =
            |key: &str, name, when| directory.holder(key, name, at(when)).map(|n| directory.agents()[n].id.as_str());
        assert_eq!(who("201", None, "2026-05-31T23:59:59Z"), Some("eva"));
        assert_eq!(who("201", None, "2026-06-01T00:00:00Z"), Some("olena"));
        assert_eq!(who("205", None, "2026-05-31T23:59:59Z"), None);
        assert_eq!(who("sip-7", Some("olena@ACME.example "), "2026-01-01T00:00:00Z"), Some("olena"));
        assert_eq!(directory.always_holder("201", None), None, "it depends on the day");
        assert_eq!(directory.always_holder("olena@acme.example", None), Some(Some(1)));
        assert_eq!(directory.always_holder("207", None), Some(None));
        let day = at("2026-06-01T00:00:00Z");
        assert_eq!(directory.gaps("201", None), [], "it is always somebody's");
        assert_eq!(directory.gaps("205", None), [(None, Some(day))]);
        assert_eq!(directory.gaps("207", None), [(None, None)]);
    }

    #[test]
    fn keys_overlap_only_on_common_days() {
        let until = key("201", None, Some("2026-06-01"));
        assert!(!until.overlaps(&key("201", Some("2026-06-01"), None)));
        assert!(until.overlaps(&key("201", Some("2026-05-31"), None)));
        assert!(until.overlaps(&key("201", None, None)) && until.overlaps(&until.clone()));
        assert!(!until.overlaps(&key("202", None, None)));
    }

    #[test]
    fn a_contact_is_bound_by_name_else_by_the_only_address() {
        let mut eva = agent("eva", vec![ListedKey::always("eva@acme.example")]);
        let olena = agent("olena", vec![ListedKey::always("olena@acme.example")]);
        let contact = |id: &str| ContactId::parse(id).expect("an id");
        let of = |directory: &Directory, id: &str, addresses: &[&str]| {
            let addresses: Vec<String> = addresses.iter().map(|text| (*text).to_owned()).collect();
            directory.agent_of(&contact(id), &addresses).map(|agent| agent.id.clone())
        };
        let by_address = directory(vec![eva.clone(), olena.clone()]);
        assert_eq!(of(&by_address, "o", &["Olena@acme.example"]).as_deref(), Some("olena"));
        assert_eq!(
            of(&by_address, "both", &["olena@acme.example", "eva@acme.example"]),
            None,
            "whose it is isn't clear"
        );
        assert_eq!(of(&by_address, "x", &["x@acme.example"]), None);
        eva.contact = Some(contact("boss"));
        let by_name = directory(vec![eva, olena]);
        assert_eq!(of(&by_name, "boss", &[]).as_deref(), Some("eva"));
        assert_eq!(of(&by_name, "other", &["eva@acme.example"]), None, "she names another contact");
    }
}
