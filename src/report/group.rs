//! A group: the calls that are counted together, because every report of a batch that asks for them asks the same. And
//! what a single call counts as.

use std::sync::Arc;

use crate::domain::call::Direction;
use crate::domain::callback;
use crate::domain::period::Period;
use crate::domain::project::AgentsShown;
use crate::domain::report_spec::{Filters, Options};
use crate::domain::role::Scope;
use crate::domain::slice::{CallRow, Slice};
use crate::zones::Zone;
use crate::zones::working::WorkingTime;

use super::ReportRequest;

/// Calls to be counted, and how.
#[derive(Debug)]
pub(super) struct Group<'a> {
    pub(super) slice: &'a Arc<Slice>,
    pub(super) filters: &'a Filters,
    pub(super) scope: &'a Scope,
    pub(super) zone: &'a Zone,
    pub(super) options: &'a Options,
    pub(super) working: Option<&'a WorkingTime>,
    pub(super) agents: AgentsShown,
}

impl<'a> Group<'a> {
    fn of((request, slice): &'a (ReportRequest, Arc<Slice>)) -> Self {
        Self {
            slice,
            filters: &request.spec.filters,
            scope: &request.rights.scope,
            zone: &request.zone,
            options: &request.spec.options,
            working: request.calendar.as_deref(),
            agents: request.project.settings.agents,
        }
    }

    fn counts_as(&self, other: &Self) -> bool {
        Arc::ptr_eq(self.slice, other.slice)
            && self.filters == other.filters
            && self.scope == other.scope
            && self.zone.name() == other.zone.name()
            && self.options == other.options
            && self.working == other.working
            && self.agents == other.agents
    }
}

/// The distinct groups of these reports, and for each report the number of its own.
pub(super) fn groups(reports: &[(ReportRequest, Arc<Slice>)]) -> (Vec<Group<'_>>, Vec<usize>) {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut numbers = Vec::with_capacity(reports.len());
    for report in reports {
        let group = Group::of(report);
        let number = groups.iter().position(|known| known.counts_as(&group)).unwrap_or_else(|| {
            groups.push(group);
            groups.len() - 1
        });
        numbers.push(number);
    }
    (groups, numbers)
}

/// In H.
pub(super) fn is_answered_in(call: &CallRow) -> bool {
    call.is_answered_in()
}

/// In M, the report's missed set.
pub(super) fn is_missed_in(call: &CallRow, options: &Options) -> bool {
    call.direction == Direction::Inbound && options.missed.contains(call.status)
}

/// Whether two people talked: by the talk where it is known, else by the status.
pub(super) fn has_talk(call: &CallRow) -> bool {
    callback::has_talk(call.status, call.talk_sec)
}

/// A missed call whose caller left within the limit.
pub(super) fn is_short(call: &CallRow, options: &Options) -> bool {
    is_missed_in(call, options) && callback::is_short(call.status, call.wait_sec, options.short_call_sec)
}

/// An answered call that the source calls a target; where it doesn't say: a talk of some length that repeats no other.
pub(super) fn is_target(call: &CallRow, slice: &Slice) -> bool {
    let derived = || slice.request.target_rule.asks(call.flags, call.talk_sec) && !slice.repeated.contains(&call.key);
    is_answered_in(call) && call.flags.target().unwrap_or_else(derived)
}

/// Whether somebody calls in for the first time in a period: nobody of that number called before, as far as is kept, and
/// the source doesn't know better.
pub(super) fn is_first(call: &CallRow, period: Period, slice: &Slice) -> bool {
    let first = call.client.and_then(|client| slice.first_calls.get(&client));
    first.is_some_and(|first| *first >= period.from()) && call.flags.first() != Some(false)
}
