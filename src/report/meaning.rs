//! What a report's choice of calls leaves meaning to. The share of answered calls says nothing of calls that were chosen by
//! what became of them, and a figure of calls that no filter lets through isn't zero: there is nothing to say.

use crate::domain::call::{CallStatus, Direction};
use crate::domain::callback::{is_made, is_not_taken};
use crate::domain::filters::{Filters, WorkingHours};
use crate::domain::missed::MissedSet;
use crate::domain::role::Scope;

use super::ReportRequest;
use super::reasons;

/// What a figure is a figure of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// Calls in: answered or missed.
    Offered,
    Answered,
    Missed,
    /// One of the five groups of missed calls.
    MissedGroup(usize),
    /// A part of all calls in.
    Rate,
    InHours,
    OutsideHours,
    RateInHours,
    RateOutsideHours,
    NewCallers,
    /// Callers to call back.
    Waiting,
    Outbound,
    OutboundReached,
    Requests,
    RequestsReached,
    RequestsClientNotReached,
    RequestsNotTaken,
    /// Those of which nothing else is known.
    RequestsOther,
    /// Calls of ours that were made, whether asked for or not.
    Ours,
    /// Of them, those to somebody who waited: such a call is chosen, or the missed call that it answers.
    CalledBack,
}

/// Why a report has no rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoRates {
    /// Calls are chosen by what became of them, or by how long they were, which follows from it.
    ByOutcome,
    /// Calls are chosen by who took part; of one that nobody took only the phones that rang are known, if these.
    ByPeople,
}

/// What the filters of one report, and what its reader may see, leave meaning to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning<'a> {
    filters: &'a Filters,
    missed: MissedSet,
    /// Words that make somebody to call back.
    waits: MissedSet,
    is_personal: bool,
}

impl<'a> Meaning<'a> {
    pub(super) fn of(request: &'a ReportRequest) -> Self {
        Self {
            filters: &request.spec.filters,
            missed: request.spec.options.missed,
            waits: request.spec.options.callback_rule().missed,
            is_personal: request.rights.scope != Scope::Project,
        }
    }

    /// Why rates are left out; `None`: they aren't.
    pub(super) fn no_rates(&self) -> Option<NoRates> {
        if self.filters.is_by_outcome(self.missed) {
            Some(NoRates::ByOutcome)
        } else if self.is_personal || self.filters.is_by_people() {
            Some(NoRates::ByPeople)
        } else {
            None
        }
    }

    /// Whether a figure of these means anything.
    pub(super) fn has(&self, of: Of) -> bool {
        let hours = |left_out| self.filters.working_hours != Some(left_out);
        match of {
            Of::Rate => self.no_rates().is_none() && self.has(Of::Offered),
            Of::InHours => hours(WorkingHours::Outside) && self.has(Of::Offered),
            Of::OutsideHours => hours(WorkingHours::In) && self.has(Of::Offered),
            Of::RateInHours => self.has(Of::InHours) && self.has(Of::Rate),
            Of::RateOutsideHours => self.has(Of::OutsideHours) && self.has(Of::Rate),
            Of::CalledBack => self.has(Of::Ours) || self.has(Of::Waiting),
            Of::NewCallers => self.filters.first_time != Some(false) && self.has(Of::Offered),
            _ => Direction::ALL.iter().any(|direction| {
                let lets_through = |status| self.filters.admits(*direction, status, self.missed);
                CallStatus::ALL.iter().any(|status| self.holds(of, *direction, *status) && lets_through(*status))
            }),
        }
    }

    /// Whether calls of this direction and status are among those that the figure is of.
    fn holds(&self, of: Of, direction: Direction, status: CallStatus) -> bool {
        let is_client_s = matches!(status, CallStatus::ClientNoAnswer | CallStatus::ClientBusy);
        let is_missed = is_not_taken(status);
        match (of, direction) {
            (Of::Offered, Direction::Inbound) => status.is_answered() || self.missed.contains(status),
            (Of::Answered, Direction::Inbound)
            | (Of::OutboundReached, Direction::Outbound)
            | (Of::RequestsReached, Direction::Callback) => status.is_answered(),
            (Of::Missed, Direction::Inbound) => self.missed.contains(status),
            (Of::MissedGroup(group), Direction::Inbound) => {
                self.missed.contains(status) && reasons::group(status) == Some(group)
            }
            (Of::Waiting, Direction::Inbound) => self.waits.contains(status) || status == CallStatus::Failed,
            (Of::Waiting | Of::RequestsNotTaken, Direction::Callback) => is_missed,
            (Of::RequestsOther, Direction::Callback) => !is_missed && !is_client_s,
            // Nobody here can miss a call that goes out.
            (Of::Outbound | Of::Ours, Direction::Outbound) => !is_missed && status != CallStatus::SystemOnly,
            (Of::Requests, Direction::Callback) => true,
            (Of::Ours, Direction::Callback) => is_made(direction, status, None),
            (Of::RequestsClientNotReached, Direction::Callback) => is_client_s,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::oracle::request;
    use super::*;
    use crate::domain::role::Scope;

    fn with(filters: Filters) -> ReportRequest {
        let mut request = request();
        request.spec.filters = filters;
        request
    }

    fn status(words: &[&str]) -> Filters {
        Filters { status: words.iter().map(|word| (*word).to_owned()).collect(), ..Filters::default() }
    }

    #[test]
    fn without_filters_everything_means_something() {
        let request = request();
        let meaning = Meaning::of(&request);
        assert_eq!(meaning.no_rates(), None);
        for of in [Of::Rate, Of::RateInHours, Of::RateOutsideHours, Of::NewCallers, Of::Waiting, Of::RequestsNotTaken] {
            assert!(meaning.has(of), "{of:?}");
        }
    }

    #[test]
    fn a_choice_by_outcome_has_no_rate_and_a_choice_of_missed_calls_nobody_who_answered() {
        let request = with(status(&["missed"]));
        let meaning = Meaning::of(&request);
        assert_eq!(meaning.no_rates(), Some(NoRates::ByOutcome));
        assert!(meaning.has(Of::Missed) && meaning.has(Of::Waiting) && !meaning.has(Of::Answered));
        for of in [Of::Outbound, Of::RequestsNotTaken, Of::RequestsReached] {
            assert!(!meaning.has(of), "missed are calls in: {of:?}");
        }
        let request = with(status(&["left_out"]));
        let meaning = Meaning::of(&request);
        for of in [Of::Offered, Of::Outbound, Of::Ours, Of::Requests] {
            assert!(!meaning.has(of), "left out are calls in: {of:?}");
        }
        let request = with(status(&["missed_busy"]));
        assert!(Meaning::of(&request).has(Of::MissedGroup(2)) && !Meaning::of(&request).has(Of::MissedGroup(0)));
        let request = with(Filters { min_duration_sec: Some(60), ..Filters::default() });
        assert_eq!(Meaning::of(&request).no_rates(), Some(NoRates::ByOutcome), "a long call was answered");
        let request = with(status(&["answered", "missed"]));
        assert_eq!(Meaning::of(&request).no_rates(), None, "all calls in");
    }

    #[test]
    fn who_took_part_chooses_answered_calls_more_than_missed_ones() {
        let request = with(Filters { team: vec!["Sales".into()], ..Filters::default() });
        assert_eq!(Meaning::of(&request).no_rates(), Some(NoRates::ByPeople));
        assert!(Meaning::of(&request).has(Of::Missed), "calls that rang there and nobody took");
        let mut request = with(Filters::default());
        request.rights.scope = Scope::Agent("201".into());
        assert_eq!(Meaning::of(&request).no_rates(), Some(NoRates::ByPeople));
    }

    #[test]
    fn calls_out_alone_say_nothing_of_calls_in() {
        let request = with(Filters { direction: vec!["outbound".into()], ..Filters::default() });
        let meaning = Meaning::of(&request);
        assert!(meaning.has(Of::Outbound) && meaning.has(Of::Ours));
        for of in [Of::Offered, Of::Rate, Of::Waiting, Of::NewCallers, Of::Requests] {
            assert!(!meaning.has(of), "{of:?}");
        }
        let request = with(Filters { working_hours: Some(WorkingHours::In), ..Filters::default() });
        assert!(Meaning::of(&request).has(Of::RateInHours) && !Meaning::of(&request).has(Of::OutsideHours));
    }
}
