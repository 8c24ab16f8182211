//! A trial ends: 7, 3 and 1 days before its last day, on it, and once after. Whoever becomes a customer hears nothing of it.

use chrono::Datelike;

use super::{Facts, paid_until, plain};
use crate::domain::balance::Status;
use crate::domain::episode::{Finding, Level};

pub(super) fn find(facts: &Facts<'_>) -> Option<Finding> {
    let standing = facts.standing.filter(|_| facts.balance.is_none())?;
    let Some(last) = standing.paid_until.filter(|_| standing.status == Status::Trial) else {
        return Some(plain(None, 0));
    };
    let level = paid_until::level(facts.days.left_to(last)).map(|level| level.min(Level::OneAfter));
    Some(plain(level, last.num_days_from_ce().into()))
}
