//! The sum is below the fixed limit that the project set, whatever the forecast.

use super::{Facts, MARGIN, Topup, UNLIMITED};
use crate::domain::episode::{Episode, Finding, Level};
use crate::domain::money::Amount;

pub(super) fn find(facts: &Facts<'_>) -> Option<Finding> {
    let balance = facts.balance?;
    let low = balance.low.filter(|low| balance.amount < *low && !matches!(balance.topup, Topup::Works));
    let level = low.map(|_| Level::Critical);
    Some(Finding {
        level,
        is_clear: balance.low.is_none_or(|low| balance.amount >= low + low.times(MARGIN.0, MARGIN.1)),
        must_rise: true,
        is_fresh: !balance.is_stale,
        limits: limits(balance.low),
        height: balance.amount.as_micros(),
        wobble: balance.wobble(),
        event: None,
        paid_at: None,
    })
}

const fn limits(low: Option<Amount>) -> i64 {
    match low {
        Some(low) => low.as_micros(),
        None => UNLIMITED,
    }
}

/// What is remembered once somebody changed the limit (`old`, `new`) of a balance that was told to be `amount`: what the edit alone
/// opens or ends is so in silence. What the sum did itself, and nobody judged yet, is left to be told. A balance that `tops_up_itself`
/// isn't low as long as that works.
pub fn other_limit(
    before: Episode,
    (old, new): (Option<Amount>, Option<Amount>),
    amount: Amount,
    tops_up_itself: bool,
) -> Episode {
    let is_below = |low: Option<Amount>| low.is_some_and(|low| amount < low);
    let mut after = Episode { limits: Some(limits(new)), ..before };
    match (is_below(old), is_below(new)) {
        (false, true) if before.is_open => after.known = before.known.max(Some(Level::Critical)),
        (false, true) if !tops_up_itself => {
            after.number += 1;
            (after.is_open, after.known, after.was_told) = (true, Some(Level::Critical), false);
        }
        (true, false) => after = after.closed(),
        _ => {}
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(amount: i64) -> Amount {
        Amount::from_micros(amount * 1_000_000)
    }

    #[test]
    fn an_edit_opens_and_ends_in_silence_and_hides_no_fact() {
        let limits = |old: i64, new: i64| (Some(units(old)), Some(units(new)));
        let well = Episode { limits: Some(units(65).as_micros()), ..Episode::default() };
        let low = Episode { is_open: true, known: Some(Level::Critical), was_told: true, number: 1, ..well };
        let changed = |before, amount, topup| other_limit(before, limits(65, 70), units(amount), topup);
        let taken = Episode { limits: Some(units(70).as_micros()), ..well };
        assert_eq!(changed(well, 80, false), taken);
        assert_eq!(
            changed(well, 68, false),
            Episode { is_open: true, known: Some(Level::Critical), number: 1, ..taken },
            "the edit's doing"
        );
        assert_eq!(changed(well, 68, true), taken, "it isn't low while it tops itself up");
        assert_eq!(changed(well, 50, false), taken, "it fell below the old one, and nobody judged that yet");
        let kept = Episode { limits: taken.limits, ..low };
        assert_eq!(changed(low, 50, false), kept);
        assert_eq!(changed(low, 68, false), kept, "within its margin");
        assert_eq!(changed(low, 300, false), kept, "a payment is told");
        assert_eq!(
            other_limit(low, limits(65, 40), units(50), false),
            Episode { limits: Some(units(40).as_micros()), ..low.closed() }
        );
        assert_eq!(
            other_limit(low, (Some(units(65)), None), units(50), false),
            Episode { limits: Some(0), ..low.closed() }
        );
        assert_eq!(other_limit(well, (None, Some(units(65))), units(50), false).known, Some(Level::Critical));
    }
}
