//! The service level: who was answered soon enough, by the project's formula.

use crate::domain::call::{CallStatus, Direction};
use crate::domain::callback::is_short;
use crate::domain::goals::{ServiceCounts, ServiceLevel};
use crate::domain::report_spec::Options;
use crate::domain::slice::CallRow;

use super::group::{is_answered_in, is_missed_in};

/// The counts of the formulas over these calls. Abandoned is whoever hung up in the queue or while it rang, whatever the
/// report counts as missed. An answered call whose wait isn't known is left out, because nobody can say on which side of
/// the limit it is; an abandoned one counts as abandoned late.
pub(super) fn counts(calls: &[&CallRow], level: &ServiceLevel, options: &Options) -> ServiceCounts {
    let mut counts = ServiceCounts::default();
    for call in calls {
        let within = call.wait_sec.is_some_and(|wait| wait <= level.seconds);
        if is_answered_in(call) && call.wait_sec.is_some() {
            counts.answered += 1;
            counts.answered_within += u64::from(within);
        } else if call.direction == Direction::Inbound && is_abandoned(call.status) {
            counts.abandoned += 1;
            counts.abandoned_within += u64::from(within);
            counts.short += u64::from(is_short(call.status, call.wait_sec, options.short_call_sec));
        }
    }
    counts
}

/// Whether the caller gave up.
fn is_abandoned(status: CallStatus) -> bool {
    matches!(status, CallStatus::MissedAbandoned | CallStatus::MissedCancelled)
}

/// Missed calls that no formula counts: the source doesn't say that the caller hung up.
pub(super) fn outside(calls: &[&CallRow], options: &Options) -> u64 {
    calls.iter().filter(|call| is_missed_in(call, options) && !is_abandoned(call.status)).count() as u64
}
