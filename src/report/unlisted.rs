//! Who and what the calls name and the directory doesn't: for the foot of those who keep the list.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::directory::is_extension;
use crate::domain::role::Scope;

use super::touch::parts_by_call;
use super::view::View;

/// More than these are counted only.
const MOST: usize = 6;

/// `Not in your list of people: extension 207 (3 calls rang). Add a name.` Nothing where nothing is listed, or for readers
/// who don't keep the list: those who may not listen to calls (owners, managers and support managers may).
pub(super) fn lines(view: &View<'_>) -> Vec<String> {
    let rights = &view.request.rights;
    if !rights.recordings || rights.scope != Scope::Project {
        return Vec::new();
    }
    people(view).into_iter().chain(numbers(view)).collect()
}

fn people(view: &View<'_>) -> Option<String> {
    if view.request.directory.agents().is_empty() {
        return None;
    }
    let words = &view.words;
    let parts = parts_by_call(&view.slice.parts);
    let mut rang: BTreeMap<i64, u64> = BTreeMap::new();
    for call in view.calls {
        let parts = parts.get(&call.key).copied().unwrap_or_default();
        let here: BTreeSet<i64> = parts.iter().filter_map(|part| part.agent).chain(call.agent).collect();
        for agent in here {
            *rang.entry(agent).or_default() += 1;
        }
    }
    rang.retain(|id, _| view.slice.agents.get(id).is_some_and(|agent| agent.listed.is_none()));
    if rang.is_empty() {
        return None;
    }
    if !view.people.are_named() {
        return Some(words.say("unlisted-hidden", &[("n", rang.len().into())]));
    }
    let mut phones: Vec<(u64, String)> = rang
        .into_iter()
        .filter_map(|(id, calls)| {
            let agent = view.slice.agents.get(&id)?;
            let who = match &agent.name {
                Some(name) => format!("{name} ({})", agent.key),
                None if is_extension(&agent.key) => {
                    words.say("unlisted-extension", &[("key", agent.key.as_str().into())])
                }
                None => agent.key.clone(),
            };
            Some((calls, who))
        })
        .collect();
    phones.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let item = |(calls, who): &(u64, String)| {
        words.say("unlisted-person", &[("who", who.as_str().into()), ("n", (*calls).into())])
    };
    let list = listed(view, phones.iter().map(item).collect());
    Some(words.say("unlisted-people", &[("people", list.into())]))
}

fn numbers(view: &View<'_>) -> Option<String> {
    if view.request.directory.numbers().all(|number| number.ignore) {
        return None;
    }
    let words = &view.words;
    let mut dialled: BTreeMap<i64, u64> = BTreeMap::new();
    for number in view.calls.iter().filter_map(|call| call.tracking) {
        if !view.slice.numbers.contains_key(&number) {
            *dialled.entry(number).or_default() += 1;
        }
    }
    let mut dialled: Vec<(u64, i64)> = dialled.into_iter().map(|(number, calls)| (calls, number)).collect();
    dialled.sort_by_key(|(calls, number)| (std::cmp::Reverse(*calls), *number));
    let item = |(calls, number): &(u64, i64)| {
        let number = words.phone(&number.to_string());
        words.say("unlisted-number", &[("number", number.into()), ("n", (*calls).into())])
    };
    let list = listed(view, dialled.iter().map(item).collect());
    (!dialled.is_empty()).then(|| words.say("unlisted-numbers", &[("numbers", list.into())]))
}

fn listed(view: &View<'_>, mut items: Vec<String>) -> String {
    if items.len() > MOST {
        let more = items.len() - MOST;
        items.truncate(MOST);
        items.push(view.words.say("unlisted-more", &[("n", more.into())]));
    }
    items.join(", ")
}
