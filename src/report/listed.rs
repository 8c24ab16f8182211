//! A slice as the directory reads it: phones become people, numbers are known, and calls with numbers
//! that are left out stand apart. Done once for all reports that read the same slice; everything after it counts people.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::domain::directory::Directory;
use crate::domain::ids::CallKey;
use crate::domain::instant::Instant;
use crate::domain::slice::{AgentRow, CallRow, Slice};

use super::ReportRequest;

/// These reports, each with its slice as its directory reads it; what nobody listed stays as it is.
pub(super) fn through(reports: &[(ReportRequest, Arc<Slice>)]) -> Vec<(ReportRequest, Arc<Slice>)> {
    let mut read: HashMap<(usize, usize), Arc<Slice>> = HashMap::new();
    reports
        .iter()
        .map(|(request, slice)| {
            if request.directory.is_empty() {
                return (request.clone(), Arc::clone(slice));
            }
            let pair = (Arc::as_ptr(slice).addr(), Arc::as_ptr(&request.directory).addr());
            let listed = read.entry(pair).or_insert_with(|| Arc::new(listed(slice, &request.directory)));
            (request.clone(), Arc::clone(listed))
        })
        .collect()
}

/// The slice as this directory reads it.
pub(super) fn listed(slice: &Slice, directory: &Directory) -> Slice {
    let mut slice = slice.clone();
    leave_out(&mut slice, directory);
    tell_numbers(&mut slice, directory);
    name_people(&mut slice, directory);
    slice
}

/// Takes calls with a number that is left out from every list; those of the period are kept to be counted.
fn leave_out(slice: &mut Slice, directory: &Directory) {
    if !directory.numbers().any(|number| number.ignore) {
        return;
    }
    let is_ignored = |call: &CallRow| call.client.is_some_and(|client| directory.is_ignored(client));
    let ignored = slice.calls.extract_if(.., |call| is_ignored(call)).collect::<Vec<_>>();
    slice.previous.retain(|call| !is_ignored(call));
    slice.entry_calls.retain(|call| !is_ignored(call));
    slice.entries.retain(|entry| !directory.is_ignored(entry.client));
    // Those that are only counted were counted without ignored numbers.
    slice.older_called.retain(|wait| !directory.is_ignored(wait.client));
    for call in &ignored {
        slice.records.remove(&call.key);
    }
    // Their parts stay, so that "own calls" and filters find whose they were.
    slice.ignored = ignored;
}

/// What the directory says of the numbers that were dialled.
fn tell_numbers(slice: &mut Slice, directory: &Directory) {
    let all = slice.calls.iter().chain(&slice.previous).chain(&slice.entry_calls).chain(&slice.ignored);
    let dialled: HashSet<i64> = all.filter_map(|call| call.tracking).collect();
    slice.numbers =
        dialled.into_iter().filter_map(|digits| Some((digits, Arc::clone(directory.number(digits)?)))).collect();
}

/// The database counts agents upwards from one; people of the directory are counted downwards.
fn of_person(place: usize) -> i64 {
    -1 - i64::try_from(place).unwrap_or(i64::MAX - 1)
}

/// Whose a phone is.
enum Whose {
    /// Always this person's, or nobody's who is listed.
    Always(Option<usize>),
    /// It depends on the day.
    ByDay,
}

fn name_people(slice: &mut Slice, directory: &Directory) {
    if directory.agents().is_empty() {
        return;
    }
    let phones = std::mem::take(&mut slice.agents);
    let whose: BTreeMap<i64, Whose> = phones
        .iter()
        .map(|(id, phone)| {
            let always = directory.always_holder(&phone.key, phone.name.as_deref());
            (*id, always.map_or(Whose::ByDay, Whose::Always))
        })
        .collect();
    let person = |id: i64, at: Instant| -> i64 {
        let place = match whose.get(&id) {
            Some(Whose::Always(place)) => *place,
            Some(Whose::ByDay) => {
                phones.get(&id).and_then(|phone| directory.holder(&phone.key, phone.name.as_deref(), at))
            }
            None => None,
        };
        place.map_or(id, of_person)
    };
    let began: HashMap<CallKey, Instant> = if slice.parts.is_empty() {
        HashMap::new()
    } else {
        slice
            .calls
            .iter()
            .chain(&slice.previous)
            .chain(&slice.entry_calls)
            .chain(&slice.ignored)
            .map(|call| (call.key, call.started_at))
            .collect()
    };
    for call in
        slice.calls.iter_mut().chain(&mut slice.previous).chain(&mut slice.entry_calls).chain(&mut slice.ignored)
    {
        call.agent = call.agent.map(|id| person(id, call.started_at));
    }
    for part in &mut slice.parts {
        if let (Some(id), Some(at)) = (part.agent, began.get(&part.call)) {
            part.agent = Some(person(id, *at));
        }
    }
    slice.called = phones.values().map(|phone| (phone.key.clone(), phone.name.clone())).collect();
    let people = directory.agents().iter().enumerate().map(|(place, agent)| {
        let row = AgentRow { key: agent.id.clone(), name: Some(agent.name.clone()), listed: Some(Arc::clone(agent)) };
        (of_person(place), row)
    });
    slice.agents = people.collect();
    let still = phones.into_iter().filter(|(id, _)| !matches!(whose.get(id), Some(Whose::Always(Some(_)))));
    slice.agents.extend(still);
}
