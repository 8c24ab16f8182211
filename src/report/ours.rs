//! Which numbers are the project's own: those of its directory, those that callers dialled, and its people's phones. Every
//! other number of a call is somebody's outside, on whichever side of the call it stands.

use std::collections::HashSet;

use crate::domain::call::Call;
use crate::domain::digits::digits;
use crate::domain::slice::{CallRow, Slice};

/// So many last digits tell a number, with or without its country.
const TELLING: usize = 9;

/// A number of fewer digits is an extension or an account.
const FEWEST_DIGITS: usize = 7;

/// Fewer digits tell nobody's number.
const FEWEST_TOLD: usize = 3;

/// The project's own numbers.
#[derive(Debug, Default)]
pub(super) struct Ours(HashSet<String>);

impl Ours {
    pub(super) fn of(slice: &Slice) -> Self {
        let calls = || slice.calls.iter().chain(&slice.previous).chain(&slice.entry_calls);
        let listed = slice.numbers.iter().filter(|(_, number)| !number.ignore).map(|(number, _)| *number);
        let dialled = calls().filter_map(|call| call.tracking);
        let mut ours: HashSet<String> = listed.chain(dialled).map(|number| told(&number.to_string())).collect();
        for agent in slice.agents.values() {
            let keys = agent.listed.iter().flat_map(|listed| &listed.keys).map(|key| key.key.as_str());
            // A source may put an outside number where a colleague's belongs.
            let own =
                Some(agent.key.as_str()).filter(|key| agent.listed.is_some() || digits(key).len() < FEWEST_DIGITS);
            ours.extend(keys.chain(own).map(told).filter(|key| !key.is_empty()));
        }
        // Whoever is a client is one, whatever else the number is.
        for client in calls().filter_map(|call| call.client).chain(slice.entries.iter().map(|entry| entry.client)) {
            ours.remove(&told(&client.to_string()));
        }
        Self(ours)
    }

    pub(super) fn has(&self, number: &str) -> bool {
        self.0.contains(&told(number))
    }

    /// The numbers of a call that belong to somebody outside, as their digits.
    pub(super) fn outside(&self, row: &CallRow, call: &Call) -> Vec<String> {
        let client = row.client.map(|client| client.to_string());
        let sides = [&client, &call.client_number, &call.from_number, &call.to_number];
        let mut numbers: Vec<String> =
            sides.into_iter().flatten().filter(|number| !self.has(number)).map(|number| digits(number)).collect();
        numbers.retain(|number| number.len() >= FEWEST_TOLD);
        numbers.sort();
        numbers.dedup();
        numbers
    }
}

fn told(number: &str) -> String {
    let digits = digits(number);
    digits[digits.len().saturating_sub(TELLING)..].to_owned()
}
