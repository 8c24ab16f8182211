//! Calls out by who made them: tried, and reached. Both sum to the report's own figures of calls out, whoever made them.

use std::collections::BTreeMap;

use crate::domain::call::Direction;
use crate::domain::slice::CallRow;

use super::group::has_talk;
use super::people::People;

/// One person's calls out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Dialled {
    pub(super) tried: u64,
    /// Of them, those with talk.
    pub(super) reached: u64,
}

/// Counts the calls out by person, or by what the report shows people as; `None`: the person isn't known.
pub(super) fn dialled(calls: &[&CallRow], people: &People<'_>) -> BTreeMap<Option<i64>, Dialled> {
    let mut by_person: BTreeMap<Option<i64>, Dialled> = BTreeMap::new();
    for call in calls.iter().filter(|call| call.direction == Direction::Outbound) {
        let own = by_person.entry(people.counted(call.agent)).or_default();
        own.tried += 1;
        own.reached += u64::from(has_talk(call));
    }
    by_person
}
