//! The last day to pay in time passed between two levels. Whoever hears from then on is told on the next working day of the level
//! that stands, once in an episode; a level that is told later than that day tells them anyway. What is covered, promised or over
//! tells nobody, as with any level.

use super::{Facts, Judged};
use crate::domain::episode::{Quiet, Told};

/// Lets rules that widen tell whoever joins; of one thing's, after the worst was let speak.
pub(super) fn widen(judged: &mut [Judged], facts: &Facts<'_>) {
    let Some(pay_by) = facts.pay_by else { return };
    let is_past = pay_by < facts.days.today;
    // A day off tells nobody.
    let is_due = is_past && facts.days.since == facts.days.today;
    let speaks = judged.iter().any(|one| matches!(one.told, Told::Level(_)));
    for one in judged.iter_mut().filter(|one| one.rule.widens_late && one.after.is_open) {
        match (one.told, one.after.known) {
            (Told::Level(_) | Told::Nothing(Quiet::Covered), _) => one.after.was_widened |= is_past,
            (Told::Nothing(Quiet::ToldBefore), Some(level)) if is_due && !one.after.was_widened => {
                one.after.was_widened = true;
                one.told = if speaks { Told::Nothing(Quiet::Covered) } else { Told::PayByPassed(level) };
            }
            _ => {}
        }
    }
}
