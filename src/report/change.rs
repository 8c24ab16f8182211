//! How a figure compares with the one before: in words, and whether the difference is more than chance.

use crate::domain::figure::Unit;
use crate::i18n::{NOTHING, Words};

/// A period with fewer calls says so: its rates swing by chance alone.
pub(super) const FEW_CALLS: u64 = 20;

/// Differences beyond this many standard errors are told in sentences; smaller ones are left to the figures. Two-sided
/// 97.5 %: a headline asks two questions (the rate, the number of calls), which together err in at most 5 of 100 periods.
const NOISE: f64 = 2.241;

/// Whether two rates of so many differ by more than chance (two-sided test of two proportions), with at least
/// [`FEW_CALLS`] on both sides.
pub(super) fn rates_differ(now: (u64, u64), before: (u64, u64)) -> bool {
    let ((part, whole), (part_before, whole_before)) = (now, before);
    if whole < FEW_CALLS || whole_before < FEW_CALLS {
        return false;
    }
    let (n, m) = (whole as f64, whole_before as f64);
    let pooled = (part + part_before) as f64 / (n + m);
    let error = (pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m)).sqrt();
    (part as f64 / n - part_before as f64 / m).abs() > NOISE * error && error > 0.0
}

/// Whether two counts of independent calls (Poisson) differ by more than chance and by more than their periods do, with
/// [`FEW_CALLS`] on both sides. `share` is the first period's part of the length of both: 31 days have more calls than 28.
pub(super) fn counts_differ(now: u64, before: u64, share: f64) -> bool {
    let both = (now + before) as f64;
    let beyond = now as f64 - both * share;
    now.min(before) >= FEW_CALLS
        && beyond.abs() > NOISE * (both * share * (1.0 - share)).sqrt()
        && (beyond > 0.0) == (now > before)
}

/// A count's change for a card: `11 more`, `12 fewer`, `no change`, or an en dash.
pub(super) fn count_change(words: &Words, now: u64, before: u64) -> String {
    match (now, before) {
        (0, 0) => NOTHING.to_owned(),
        _ if now > before => words.say("change-more", &[("n", (now - before).into())]),
        _ if now < before => words.say("change-fewer", &[("n", (before - now).into())]),
        _ => words.word("change-none"),
    }
}

/// A rate's change for a card: `▲ 3.2 points`, `▼ 0.1 points`, `no change`.
pub(super) fn rate_arrow(words: &Words, now: f64, before: f64) -> String {
    let difference = now - before;
    let id = match () {
        () if size_is_zero(Unit::Ratio, difference, before) => return words.word("change-none"),
        () if difference > 0.0 => "change-arrow-up",
        () => "change-arrow-down",
    };
    words.say(id, &[("size", words.points(difference).into())])
}

/// A figure's change for a table: counts in per cent of the one before, rates in points, times in seconds, all from
/// unrounded values; `new` after nothing, an en dash where there is nothing to say.
pub(super) fn figure_change(words: &Words, unit: Unit, now: Option<f64>, before: Option<f64>) -> String {
    let (Some(now), Some(before)) = (now, before) else { return NOTHING.to_owned() };
    let difference = now - before;
    let size = match unit {
        Unit::Calls | Unit::Callers if before == 0.0 && now == 0.0 => return NOTHING.to_owned(),
        Unit::Calls | Unit::Callers if before == 0.0 => return words.word("change-new"),
        Unit::Calls | Unit::Callers => words.percent((difference / before).abs()),
        Unit::Ratio => words.points(difference),
        Unit::Seconds => words.wait(difference.abs().round() as u64),
    };
    if size_is_zero(unit, difference, before) {
        return words.word("change-none");
    }
    words.say(if difference > 0.0 { "change-up" } else { "change-down" }, &[("size", size.into())])
}

/// Whether the difference rounds to nothing as it is shown.
fn size_is_zero(unit: Unit, difference: f64, before: f64) -> bool {
    match unit {
        Unit::Calls | Unit::Callers => (difference / before).abs() < 0.0005,
        Unit::Ratio => difference.abs() < 0.0005,
        Unit::Seconds => difference.abs() < 0.5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_is_not_news() {
        assert!(!rates_differ((187, 214), (184, 203)), "87.4 against 90.6 % of two hundred calls is chance");
        assert!(rates_differ((187, 214), (196, 203)));
        assert!(!rates_differ((1, 10), (9, 10)), "few calls");
        assert!(!rates_differ((50, 50), (40, 40)));
        assert!(!counts_differ(214, 203, 0.5));
        assert!(counts_differ(300, 203, 0.5) && counts_differ(203, 300, 0.5));
        assert!(!counts_differ(8, 1, 0.5) && !counts_differ(90, 9, 0.5), "few calls");
        let march = 31.0 / 59.0;
        assert!(!counts_differ(2_214, 2_000, march), "ten per cent more in a month that is a tenth longer");
        assert!(counts_differ(2_500, 2_000, march));
        assert!(!counts_differ(8_200, 8_000, march), "more in all, fewer a day: neither is told");
    }

    #[test]
    fn changes_in_words() {
        let words = Words::of("en");
        assert_eq!(count_change(&words, 214, 203), "11 more");
        assert_eq!(count_change(&words, 2, 3), "1 fewer");
        assert_eq!(count_change(&words, 3, 3), "no change");
        assert_eq!(count_change(&words, 3, 0), "3 more");
        assert_eq!(count_change(&words, 0, 0), "–");
        assert_eq!(figure_change(&words, Unit::Calls, Some(214.0), Some(203.0)), "+5.4\u{a0}%");
        assert_eq!(figure_change(&words, Unit::Ratio, Some(0.874), Some(0.926)), "−5.2\u{a0}points");
        assert_eq!(figure_change(&words, Unit::Seconds, Some(9.4), Some(9.2)), "no change");
        assert_eq!(figure_change(&words, Unit::Seconds, None, Some(9.2)), "–");
        assert_eq!(figure_change(&words, Unit::Callers, Some(4.0), Some(0.0)), "new");
    }
}
