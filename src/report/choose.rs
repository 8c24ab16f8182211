//! Which calls of a slice a report looks at: those that its filters let through and that its reader may see.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::callback::Entry;
use crate::domain::filters::{Filters, WorkingHours};
use crate::domain::ids::CallKey;
use crate::domain::missed::MissedSet;
use crate::domain::role::Scope;
use crate::domain::slice::{AgentRow, CallRow, Slice};
use crate::zones::working::WorkingTime;

use super::group::Group;
use super::origin::{Origin, of_number, origin};

/// The chosen rows of a slice.
#[derive(Debug)]
pub(super) struct Chosen<'a> {
    pub(super) calls: Vec<&'a CallRow>,
    pub(super) previous: Vec<&'a CallRow>,
    pub(super) entries: Vec<&'a Entry>,
    /// Calls of the period that the directory leaves out.
    pub(super) ignored: Vec<&'a CallRow>,
}

/// Chooses. A caller to call back belongs to the report when the call that opened the entry does; with a filter for
/// agents, phones that rang count as taking part.
pub(super) fn choose<'a>(group: &Group<'a>) -> Chosen<'a> {
    let Group { slice, filters, scope, .. } = *group;
    if filters.is_empty() && *scope == Scope::Project {
        return Chosen {
            calls: slice.calls.iter().collect(),
            previous: slice.previous.iter().collect(),
            entries: slice.entries.iter().collect(),
            ignored: slice.ignored.iter().collect(),
        };
    }
    let rule = Rule::of(group);
    let opened_by: BTreeSet<_> = slice
        .entry_calls
        .iter()
        .filter(|call| rule.admits(call))
        .filter_map(|call| Some((call.client?, call.started_at)))
        .collect();
    Chosen {
        calls: slice.calls.iter().filter(|call| rule.admits(call)).collect(),
        previous: slice.previous.iter().filter(|call| rule.admits(call)).collect(),
        entries: slice.entries.iter().filter(|e| opened_by.contains(&(e.client, e.opened_at))).collect(),
        ignored: slice.ignored.iter().filter(|call| rule.admits(call)).collect(),
    }
}

/// Agents, and the calls in which one of them took part.
type TakingPart = (BTreeSet<i64>, BTreeSet<CallKey>);

/// The filters with everything looked up that doesn't differ from call to call. `None`: not filtered by.
struct Rule<'a> {
    slice: &'a Slice,
    filters: &'a Filters,
    missed: MissedSet,
    working: Option<&'a WorkingTime>,
    own: Option<TakingPart>,
    agents: Option<TakingPart>,
    teams: Option<TakingPart>,
    tracking: Option<BTreeSet<i64>>,
    sources: Option<BTreeSet<i64>>,
    origins: Option<Origins>,
}

impl<'a> Rule<'a> {
    fn of(group: &Group<'a>) -> Self {
        let Group { slice, filters, scope, options, working, .. } = *group;
        let calls_of = |ids: BTreeSet<i64>| -> TakingPart {
            let parts = slice.parts.iter().filter(|part| part.agent.is_some_and(|id| ids.contains(&id)));
            let calls = parts.map(|part| part.call).collect();
            (ids, calls)
        };
        let taking_part = |wanted: &dyn Fn(&AgentRow) -> bool| {
            calls_of(slice.agents.iter().filter(|(_, agent)| wanted(agent)).map(|(id, _)| *id).collect())
        };
        let own = match scope {
            Scope::Project => None,
            Scope::Agent(key) => Some(calls_of(slice.agents_called(key).into_iter().collect())),
            Scope::Nothing => Some(TakingPart::default()),
        };
        let digits = |number: &String| number.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok();
        Self {
            slice,
            filters,
            missed: options.missed,
            working,
            own,
            agents: (!filters.agent.is_empty())
                .then(|| taking_part(&|agent| filters.agent.iter().any(|name| is_called(agent, name)))),
            teams: (!filters.team.is_empty()).then(|| taking_part(&|agent| is_of(agent, &filters.team))),
            tracking: (!filters.number.is_empty()).then(|| filters.number.iter().filter_map(digits).collect()),
            sources: (!filters.source.is_empty()).then(|| {
                let named = slice.sources.iter().filter(|(_, source)| filters.source.contains(&source.name));
                named.map(|(id, _)| *id).collect()
            }),
            origins: Origins::of(slice, filters),
        }
    }

    fn admits(&self, call: &CallRow) -> bool {
        let took_part = |wanted: &Option<TakingPart>| {
            wanted.as_ref().is_none_or(|(agents, calls)| {
                calls.contains(&call.key) || call.agent.is_some_and(|id| agents.contains(&id))
            })
        };
        self.filters.admits(call.direction, call.status, self.missed)
            && self.tracking.as_ref().is_none_or(|wanted| call.tracking.is_some_and(|number| wanted.contains(&number)))
            && self.sources.as_ref().is_none_or(|wanted| wanted.contains(&call.source))
            && self.origins.as_ref().is_none_or(|wanted| wanted.admit(call))
            && self.filters.first_time.is_none_or(|wanted| is_first(self.slice, call) == Some(wanted))
            && self.filters.working_hours.is_none_or(|wanted| self.hours(call) == Some(wanted))
            && took_part(&self.own)
            && took_part(&self.agents)
            && took_part(&self.teams)
            && self.admits_facts(call)
    }

    /// By what isn't in the hot half of a call. What isn't known fits nothing.
    fn admits_facts(&self, call: &CallRow) -> bool {
        let Filters { queue, department, tag, min_duration_sec, max_duration_sec, .. } = self.filters;
        let facts = self.slice.facts.get(&call.key);
        let one_of = |wanted: &[String], value: Option<&str>| {
            wanted.is_empty() || value.is_some_and(|value| wanted.iter().any(|name| same(name, value)))
        };
        let of_number = || {
            let number = call.tracking.and_then(|number| self.slice.numbers.get(&number));
            number.and_then(|number| number.department.as_deref())
        };
        let duration = facts.and_then(|facts| facts.duration_sec);
        one_of(queue, facts.and_then(|facts| facts.queue.as_deref()))
            && one_of(department, facts.and_then(|facts| facts.department.as_deref()).or_else(of_number))
            && (tag.is_empty()
                || facts.is_some_and(|facts| facts.tags.iter().any(|have| tag.iter().any(|name| same(name, have)))))
            && min_duration_sec.is_none_or(|least| duration.is_some_and(|seconds| seconds >= least))
            && max_duration_sec.is_none_or(|most| duration.is_some_and(|seconds| seconds <= most))
    }

    /// On which side of the working hours the call began; `None`: the project has no calendar.
    fn hours(&self, call: &CallRow) -> Option<WorkingHours> {
        let is_open = self.working?.is_open(call.started_at);
        Some(if is_open { WorkingHours::In } else { WorkingHours::Outside })
    }
}

/// Whether it is its caller's first call: as the source says, else the first that is kept of whatever kind. `None`: a
/// withheld number, or nobody called.
fn is_first(slice: &Slice, call: &CallRow) -> Option<bool> {
    if !Filters::has_caller(call.direction) {
        return None;
    }
    let derived = || Some(*slice.first_calls.get(&call.client?)? == call.started_at);
    call.flags.first().or_else(derived)
}

/// Whether a filter's word means this agent: the directory's id, name or keys, else the source's key.
pub(super) fn is_called(agent: &AgentRow, word: &str) -> bool {
    agent.key == word || agent.listed.as_ref().is_some_and(|listed| listed.is_called(word))
}

fn is_of(agent: &AgentRow, teams: &[String]) -> bool {
    let team = agent.listed.as_ref().and_then(|listed| listed.team.as_deref());
    team.is_some_and(|team| teams.iter().any(|name| same(name, team)))
}

/// The people whom the filters name; `None`: they name nobody.
pub(super) fn chosen_people(slice: &Slice, filters: &Filters) -> Option<BTreeSet<i64>> {
    let Filters { agent, team, .. } = filters;
    let is_chosen = |row: &AgentRow| {
        (agent.is_empty() || agent.iter().any(|name| is_called(row, name))) && (team.is_empty() || is_of(row, team))
    };
    let people = || slice.agents.iter().filter(|(_, row)| is_chosen(row)).map(|(id, _)| *id).collect();
    filters.is_by_people().then(people)
}

/// The origins that fit. A call that tells none has that of the number it dialled, where the directory knows one.
#[derive(Debug, Default)]
struct Origins {
    /// Attributions that fit; `None`: calls without one.
    fitting: BTreeSet<Option<i64>>,
    /// Attributions that tell nothing.
    silent: BTreeSet<Option<i64>>,
    /// Numbers that tell an origin, and whether it fits.
    numbers: BTreeMap<i64, bool>,
}

impl Origins {
    fn of(slice: &Slice, filters: &Filters) -> Option<Self> {
        let Filters { utm_source, utm_medium, utm_campaign, .. } = filters;
        if utm_source.is_empty() && utm_medium.is_empty() && utm_campaign.is_empty() {
            return None;
        }
        let one_of = |wanted: &[String], value: Option<&str>| {
            wanted.is_empty() || wanted.iter().any(|name| same(name, value.unwrap_or("(none)")))
        };
        let fits = |origin: &Origin| {
            one_of(utm_source, Some(&origin.source))
                && one_of(utm_medium, origin.medium.as_deref())
                && one_of(utm_campaign, origin.campaign.as_deref())
        };
        let mut origins = Self::default();
        let known = slice.attributions.iter().map(|(id, row)| (Some(*id), Some(row)));
        for (id, row) in known.chain([(None, None)]) {
            let origin = origin(row);
            if fits(&origin) {
                origins.fitting.insert(id);
            }
            if !origin.is_tracked() {
                origins.silent.insert(id);
            }
        }
        let told = slice.numbers.iter().filter_map(|(digits, number)| Some((*digits, of_number(number)?)));
        origins.numbers = told.map(|(digits, origin)| (digits, fits(&origin))).collect();
        Some(origins)
    }

    fn admit(&self, call: &CallRow) -> bool {
        let of_number = call.tracking.and_then(|number| self.numbers.get(&number));
        match of_number.filter(|_| self.silent.contains(&call.attribution)) {
            Some(fits) => *fits,
            None => self.fitting.contains(&call.attribution),
        }
    }
}

/// Names are the same whatever their letter case.
fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::super::group;
    use super::super::oracle;
    use super::*;
    use crate::domain::calendar::{Calendar, Shift};
    use crate::domain::ids::CalendarId;
    use crate::domain::report_spec::SourceGroup;
    use crate::zones::working::WorkingTime;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        /// Whatever is filtered by: exactly the calls that a second, slow look lets through, in both periods, and the
        /// figures of a report count them and nothing else.
        #[test]
        fn filters_choose_what_a_slow_look_chooses(
            (calls, parts) in oracle::any_calls(60),
            filters in oracle::any_filters(),
            group in 0..SourceGroup::ALL.len(),
            own in proptest::option::of(0..3_usize),
        ) {
            let mut request = oracle::request();
            request.spec.filters = filters;
            request.spec.options.group = SourceGroup::ALL[group];
            request.calendar = Some(Arc::new(WorkingTime::new(office(), request.zone.clone())));
            let own = own.map(|own| ["201", "202", "999"][own]);
            if let Some(own) = own {
                request.rights.scope = Scope::Agent(own.to_owned());
            }
            let slice = oracle::with_facts(&oracle::slice(request.slice_request(), calls.clone(), parts.clone()));
            // All that there is, so that nobody agrees on what wasn't loaded.
            let whole = Slice { parts, first_calls: oracle::first_calls(&calls), ..Slice::clone(&slice) };
            let is_own = |call: &CallRow| {
                let here = whole.parts.iter().filter(|part| part.call == call.key).filter_map(|part| part.agent);
                let mut keys = here.chain(call.agent).filter_map(|id| whole.agents.get(&id)).map(|agent| &agent.key);
                own.is_none_or(|own| keys.any(|key| key == own))
            };
            let admits = |call: &CallRow| is_own(call) && oracle::slow_admits(call, &whole, &request);
            let reports = [(request.clone(), slice.clone())];
            let (groups, _) = group::groups(&reports);
            let chosen = choose(&groups[0]);
            let slow = |calls: &[CallRow]| -> Vec<CallKey> {
                calls.iter().filter(|call| admits(call)).map(|call| call.key).collect()
            };
            // Whoever began to wait with such a call, however long ago.
            let began = |entry: &&Entry| {
                let here = |call: &&CallRow| call.client == Some(entry.client) && call.started_at == entry.opened_at;
                calls.iter().filter(here).any(admits)
            };
            let waiting = |entry: &Entry| (entry.client, entry.opened_at);
            prop_assert_eq!(
                chosen.entries.iter().map(|entry| waiting(entry)).collect::<Vec<_>>(),
                slice.entries.iter().filter(began).map(waiting).collect::<Vec<_>>()
            );
            prop_assert_eq!(chosen.calls.iter().map(|call| call.key).collect::<Vec<_>>(), slow(&slice.calls));
            prop_assert_eq!(chosen.previous.iter().map(|call| call.key).collect::<Vec<_>>(), slow(&slice.previous));
            let document = super::super::documents(&reports).expect("a document").remove(0);
            let data = document.data.expect("data");
            prop_assert_eq!(data.stamp.calls as usize, slow(&slice.calls).len());
            let of = |name: &str| data.figures[name].value.unwrap_or_default() as u64;
            let sum = |table: &str, column: &str| -> u64 {
                data.tables.get(table).into_iter().flatten().filter_map(|row| row[column].as_u64()).sum()
            };
            for table in ["sources", "by_day", "by_hour"] {
                prop_assert_eq!(sum(table, "calls"), of("totals.calls"), "{}", table);
                prop_assert_eq!(sum(table, "answered"), of("totals.answered"), "{}", table);
            }
            let before = data.figures["totals.calls"].previous.unwrap_or_default() as u64;
            prop_assert_eq!(sum("sources", "previous_calls"), before);
        }
    }

    /// Monday to Friday, nine to five.
    fn office() -> Calendar {
        let shift = || vec![Shift::parse("09:00-17:00").expect("hours")];
        let week = [shift(), shift(), shift(), shift(), shift(), vec![], vec![]];
        let id = CalendarId::parse("office").expect("an id");
        Calendar::new(id, "Office".into(), None, week, Vec::new(), Vec::new())
    }
}
