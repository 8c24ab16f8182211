//! The sum is below the fixed limit that the project set, whatever the forecast.

use super::{Facts, MARGIN, Topup};
use crate::domain::episode::{Finding, Level};

pub(super) fn find(facts: &Facts<'_>) -> Option<Finding> {
    let balance = facts.balance?;
    let low = balance.low.filter(|low| balance.amount < *low && !matches!(balance.topup, Topup::Works));
    let level = low.map(|_| Level::Critical);
    Some(Finding {
        level,
        is_clear: balance.low.is_none_or(|low| balance.amount >= low + low.times(MARGIN.0, MARGIN.1)),
        must_rise: true,
        is_fresh: !balance.is_stale,
        limits: balance.low.map_or(0, |low| low.as_micros()),
        height: balance.amount.as_micros(),
        wobble: balance.wobble(),
        event: None,
        paid_at: None,
    })
}
