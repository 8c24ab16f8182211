//! Nothing is left, credit included: something is switched off. It is over once what is there exceeds daily ups and downs, so that
//! a sum about zero is told once; and it is good news only if money came: credit that was given ends it in silence, credit that was
//! taken away is told as what it does.

use super::{Facts, UNLIMITED};
use crate::domain::episode::{Finding, Level};

pub(super) fn find(facts: &Facts<'_>) -> Option<Finding> {
    let balance = facts.balance?;
    let available = balance.amount + balance.credit_limit;
    let is_clear = available.is_positive() && available.as_micros() >= balance.wobble();
    Some(Finding {
        level: (!available.is_positive()).then_some(Level::Empty),
        is_clear,
        must_rise: true,
        is_fresh: !balance.is_stale,
        limits: UNLIMITED,
        height: balance.amount.as_micros(),
        // A payment that is used up within the day mends nothing.
        wobble: if is_clear { balance.wobble() } else { i64::MAX },
        event: None,
        paid_at: None,
    })
}
