//! Which calls of a slice a report looks at: those that its filters let through and that its reader may see.

use std::collections::BTreeSet;

use crate::domain::callback::Entry;
use crate::domain::ids::CallKey;
use crate::domain::report_spec::Filters;
use crate::domain::role::Scope;
use crate::domain::slice::{CallRow, Slice};

/// The chosen rows of a slice.
#[derive(Debug)]
pub(super) struct Chosen<'a> {
    pub(super) calls: Vec<&'a CallRow>,
    pub(super) previous: Vec<&'a CallRow>,
    pub(super) entries: Vec<&'a Entry>,
}

/// Chooses. A caller to call back belongs to the report when the call that opened the entry does; with a filter for
/// agents, phones that rang count as taking part.
pub(super) fn choose<'a>(slice: &'a Slice, filters: &Filters, scope: &Scope) -> Chosen<'a> {
    let rule = Rule::of(slice, filters, scope);
    if rule.lets_all_through {
        return Chosen {
            calls: slice.calls.iter().collect(),
            previous: slice.previous.iter().collect(),
            entries: slice.entries.iter().collect(),
        };
    }
    let opened_by: BTreeSet<_> = slice
        .opening_calls
        .iter()
        .filter(|call| rule.admits(call))
        .filter_map(|call| Some((call.client?, call.started_at)))
        .collect();
    Chosen {
        calls: slice.calls.iter().filter(|call| rule.admits(call)).collect(),
        previous: slice.previous.iter().filter(|call| rule.admits(call)).collect(),
        entries: slice.entries.iter().filter(|e| opened_by.contains(&(e.client, e.opened_at))).collect(),
    }
}

struct Rule {
    lets_all_through: bool,
    directions: Vec<String>,
    /// Calls' keys in which a wanted agent took part, and the agents' ids.
    agents: Option<(BTreeSet<i64>, BTreeSet<CallKey>)>,
    own: Option<(BTreeSet<i64>, BTreeSet<CallKey>)>,
    tracking: Option<BTreeSet<i64>>,
    sources: Option<BTreeSet<i64>>,
}

impl Rule {
    fn of(slice: &Slice, filters: &Filters, scope: &Scope) -> Self {
        let taking_part = |keys: &[String]| {
            let ids: BTreeSet<i64> =
                slice.agents.iter().filter(|(_, agent)| keys.contains(&agent.key)).map(|(id, _)| *id).collect();
            let parts = slice.parts.iter().filter(|part| part.agent.is_some_and(|id| ids.contains(&id)));
            let calls = parts.map(|part| part.call).collect();
            (ids, calls)
        };
        let own = match scope {
            Scope::Project => None,
            Scope::Agent(key) => Some(taking_part(std::slice::from_ref(key))),
            Scope::Nothing => Some((BTreeSet::new(), BTreeSet::new())),
        };
        let digits = |number: &String| number.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok();
        let tracking = (!filters.number.is_empty()).then(|| filters.number.iter().filter_map(digits).collect());
        let sources = (!filters.source.is_empty()).then(|| {
            let named = slice.sources.iter().filter(|(_, source)| filters.source.contains(&source.name));
            named.map(|(id, _)| *id).collect()
        });
        Self {
            lets_all_through: *filters == Filters::default() && own.is_none(),
            directions: filters.direction.clone(),
            agents: (!filters.agent.is_empty()).then(|| taking_part(&filters.agent)),
            own,
            tracking,
            sources,
        }
    }

    fn admits(&self, call: &CallRow) -> bool {
        let took_part = |wanted: &Option<(BTreeSet<i64>, BTreeSet<CallKey>)>| {
            wanted.as_ref().is_none_or(|(agents, calls)| {
                calls.contains(&call.key) || call.agent.is_some_and(|id| agents.contains(&id))
            })
        };
        took_part(&self.own)
            && took_part(&self.agents)
            && (self.directions.is_empty() || self.directions.iter().any(|word| word == call.direction.name()))
            && self.tracking.as_ref().is_none_or(|wanted| call.tracking.is_some_and(|number| wanted.contains(&number)))
            && self.sources.as_ref().is_none_or(|wanted| wanted.contains(&call.source))
    }
}
