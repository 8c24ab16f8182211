//! The service level: who was answered soon enough, by the project's formula.

use crate::domain::call::CallStatus;
use crate::domain::goals::{ServiceCounts, ServiceLevel};
use crate::domain::report_spec::Options;
use crate::domain::slice::CallRow;

use super::group::{is_answered_in, is_missed_in, is_short};

/// The counts of the formulas over these calls. An answered call whose wait isn't known is left out, because nobody can
/// say on which side of the limit it is; an abandoned one counts as abandoned late.
pub(super) fn counts(calls: &[&CallRow], level: &ServiceLevel, options: &Options) -> ServiceCounts {
    let mut counts = ServiceCounts::default();
    for call in calls {
        let within = call.wait_sec.is_some_and(|wait| wait <= level.seconds);
        if is_answered_in(call) && call.wait_sec.is_some() {
            counts.answered += 1;
            counts.answered_within += u64::from(within);
        } else if is_missed_in(call, options)
            && matches!(call.status, CallStatus::MissedAbandoned | CallStatus::MissedCancelled)
        {
            counts.abandoned += 1;
            counts.abandoned_within += u64::from(within);
            counts.short += u64::from(is_short(call, options));
        }
    }
    counts
}
