//! Who is who in the events of one call. A person is known by extension where one can be trusted, else by the phone's
//! account, else by the number that rang.

use std::collections::{BTreeMap, BTreeSet};

use super::{Event, Party, is_extension};

/// Extensions and names by account, as far as this call's events tell.
pub(super) struct People {
    extensions: BTreeMap<String, String>,
    names: BTreeMap<String, String>,
}

impl People {
    /// Learns from targets, from the callers of first events, and from redirectors with a name. Not from other callers:
    /// after a blind transfer they carry the account of the colleague who transferred.
    pub(super) fn of(events: &[&Event]) -> Self {
        let shared = shared_numbers(events);
        let mut seen = BTreeSet::new();
        let mut people = Self { extensions: BTreeMap::new(), names: BTreeMap::new() };
        for event in events {
            for target in &event.targets {
                let own = target.user_number.as_ref().filter(|number| !shared.contains(number.as_str()));
                people.learn(target, own);
            }
            let is_first_of_leg = seen.insert(event.call_id.as_str());
            let redirector = event.redirector.as_ref().filter(|party| party.name.is_some());
            for party in redirector.into_iter().chain(is_first_of_leg.then_some(&event.caller)) {
                let own = party.user_number.as_ref().or(Some(&party.number).filter(|number| is_extension(number)));
                people.learn(party, own);
            }
        }
        people
    }

    fn learn(&mut self, party: &Party, extension: Option<&String>) {
        if let (Some(account), Some(extension)) = (&party.account, extension) {
            self.extensions.entry(account.clone()).or_insert_with(|| extension.clone());
        }
        if let Some(name) = &party.name {
            self.names.entry(self.key(party)).or_insert_with(|| name.clone());
        }
    }

    /// What this party is known by.
    pub(super) fn key(&self, party: &Party) -> String {
        let extension = party.account.as_ref().and_then(|account| self.extensions.get(account));
        let account = extension.or(party.account.as_ref());
        account.or(party.user_number.as_ref()).unwrap_or(&party.number).clone()
    }

    /// The name of the person with this key.
    pub(super) fn name(&self, key: &str) -> Option<String> {
        self.names.get(key).cloned()
    }
}

/// Numbers that several accounts answer to: those of groups, not of persons.
fn shared_numbers<'a>(events: &[&'a Event]) -> BTreeSet<&'a str> {
    let mut accounts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for target in events.iter().flat_map(|event| &event.targets) {
        if let (Some(number), Some(account)) = (&target.user_number, &target.account) {
            accounts.entry(number).or_default().insert(account);
        }
    }
    accounts.into_iter().filter(|(_, accounts)| accounts.len() > 1).map(|(number, _)| number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_number_is_nobody() {
        let party = |account: &str, user: &str| Party {
            number: "401".into(),
            name: None,
            account: Some(account.into()),
            user_number: Some(user.into()),
        };
        let event = Event {
            at: Default::default(),
            stage: super::super::Stage::Ringing,
            call_id: "c".into(),
            merged_id: None,
            reason: None,
            direction: crate::domain::call::Direction::Inbound,
            caller: Party::default(),
            destination: "401".into(),
            targets: vec![party("1", "401"), party("2", "401"), party("3", "203")],
            redirector: None,
        };
        let people = People::of(&[&event]);
        let keys: Vec<_> = event.targets.iter().map(|target| people.key(target)).collect();
        assert_eq!(keys, ["1", "2", "203"]);
    }
}
