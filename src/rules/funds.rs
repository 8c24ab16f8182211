//! Funds may end: within seven days, within three, by the earliest end of the forecast. What is empty already is told by
//! `balance_negative`; where spend is known for too few days the fixed limit has to do. While usage isn't told, only money says
//! that all is well.

use super::{BalanceFacts, Facts, Sight, Topup, UNLIMITED};
use crate::domain::episode::{Finding, Level};

const WARNING_DAYS: i64 = 7;
const CRITICAL_DAYS: i64 = 3;
/// Going back takes so many days more.
const MARGIN_DAYS: i64 = 2;

pub(super) fn find(facts: &Facts<'_>) -> Option<Finding> {
    let balance: &BalanceFacts = facts.balance?;
    let left = match balance.sight {
        Sight::Ends(day) => Some((day - facts.days.until).num_days()),
        Sight::Empty | Sight::Unknown | Sight::NoEnd => None,
    };
    let level = match left {
        _ if matches!(balance.topup, Topup::Works) => None,
        Some(..=CRITICAL_DAYS) => Some(Level::Critical),
        Some(..=WARNING_DAYS) => Some(Level::Warning),
        _ => None,
    };
    let is_clear = match balance.sight {
        _ if balance.is_usage_late => false,
        Sight::Ends(_) => left.is_some_and(|left| left >= WARNING_DAYS + MARGIN_DAYS),
        Sight::NoEnd => true,
        Sight::Empty | Sight::Unknown => false,
    };
    Some(Finding {
        level,
        is_clear,
        must_rise: true,
        is_fresh: !balance.is_stale,
        limits: UNLIMITED,
        height: balance.amount.as_micros(),
        wobble: balance.wobble(),
        event: None,
        paid_at: None,
    })
}
