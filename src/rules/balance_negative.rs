//! Nothing is left, credit included: something is switched off.

use super::{Facts, UNLIMITED};
use crate::domain::episode::{Finding, Level};

pub(super) fn find(facts: &Facts<'_>) -> Option<Finding> {
    let balance = facts.balance?;
    let available = balance.amount + balance.credit_limit;
    Some(Finding {
        level: (!available.is_positive()).then_some(Level::Empty),
        is_clear: available.is_positive() && available >= balance.usual_day,
        must_rise: false,
        is_fresh: !balance.is_stale,
        limits: UNLIMITED,
        height: available.as_micros(),
        wobble: balance.wobble(),
        event: None,
        paid_at: None,
    })
}
