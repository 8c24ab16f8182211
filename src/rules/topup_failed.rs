//! A payment or automatic top-up didn't work, or should have run a day ago and didn't. Further failures are the same news until
//! money comes in, by the sum or by an entry, and what failed before that is over.

use super::{BalanceFacts, Facts, Topup, UNLIMITED};
use crate::domain::episode::{Episode, Finding, Level};
use crate::domain::instant::Instant;

pub(super) fn find(facts: &Facts<'_>) -> Option<Finding> {
    let balance = facts.balance?;
    Some(Finding {
        level: (balance.has_failed_topup || balance.topup == Topup::Late).then_some(Level::Warning),
        // Only money ends it: a failure that is merely old isn't mended.
        is_clear: false,
        must_rise: true,
        is_fresh: !balance.is_stale,
        limits: UNLIMITED,
        height: balance.amount.as_micros(),
        wobble: balance.wobble(),
        event: balance.topup_event.map(Instant::as_micros),
        paid_at: balance.topped_up_at.map(Instant::as_micros),
    })
}

/// The facts of a balance whose automatic top-up works as far as the last week shows, and failed before that: until money comes in,
/// it doesn't work, and nothing is silent for it.
pub(super) fn still_failing(facts: &Facts<'_>, remembered: impl Fn(&str) -> Episode) -> Option<BalanceFacts> {
    let balance = facts.balance.filter(|balance| balance.topup == Topup::Works)?;
    let (after, _) = remembered("topup_failed").step(find(facts)?);
    after.is_open.then_some(BalanceFacts { topup: Topup::Failed, ..*balance })
}
