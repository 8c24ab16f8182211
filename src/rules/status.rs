//! The project is suspended, archived, or works again. An archived one gets this last notice and nothing more.

use super::{Facts, plain};
use crate::domain::balance::Status;
use crate::domain::episode::{Finding, Level};

pub(super) fn find(facts: &Facts<'_>) -> Option<Finding> {
    let standing = facts.standing.filter(|_| facts.balance.is_none())?;
    let level = match standing.status {
        Status::Trial | Status::Active => None,
        Status::Suspended => Some(Level::Suspended),
        Status::Archived => Some(Level::Archived),
    };
    Some(plain(level, 0))
}
