//! What drove a change: the one place (hours, source, person) where most of it happened, if chance alone wouldn't put so
//! much there. Every rule is a count that a reader can check against the report:
//!
//! 1. at least [`FEWEST`] calls;
//! 2. at least two fifths of the whole change;
//! 3. at least twice its share of the calls, so that the one big source isn't the cause of everything; the share is that
//!    of the period in which less happened there, because a change makes its own place larger;
//! 4. of the calls of both periods together, so many in one of them have a chance of at most [`CHANCE`] (exact binomial
//!    test, with the lengths of the periods as odds).

/// Smaller differences are never named.
const FEWEST: u64 = 3;

/// A place where chance alone would make a change so large more often than this isn't named.
const CHANCE: f64 = 0.01;

/// Calls above which the test goes by the normal distribution, which is the same there.
const MANY: u64 = 2_000;

/// A count now and in the period compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) now: u64,
    pub(super) before: u64,
}

impl Pair {
    pub(super) fn size(self) -> u64 {
        self.now.abs_diff(self.before)
    }

    fn grows(self) -> bool {
        self.now > self.before
    }

    fn both(self) -> u64 {
        self.now + self.before
    }
}

/// What a place is held against.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whole {
    /// The change to explain.
    pub(super) change: u64,
    /// What the place's own count is a part of.
    pub(super) counted: Pair,
    /// All calls.
    pub(super) calls: Pair,
    /// The period's share of the length of both.
    pub(super) odds: f64,
}

/// Whether a place, in which `calls` lie, stands out by all four rules.
pub(super) fn stands_out(place: Pair, calls: Pair, whole: &Whole) -> bool {
    let size = place.size();
    let same_way = place.grows() == whole.counted.grows();
    let [here, all] = [calls, whole.calls].map(|calls| if place.grows() { calls.before } else { calls.now });
    let fair = |change: u64| u128::from(size) * u128::from(all) >= 2 * u128::from(change) * u128::from(here);
    size >= FEWEST
        && size * 5 >= whole.change * 2
        && fair(whole.change)
        && (!same_way || fair(whole.counted.size()))
        && chance(place, whole.odds) <= CHANCE
}

/// How probable it is that of `both` calls so many or more lie in the period with more of them.
fn chance(place: Pair, odds: f64) -> f64 {
    let n = place.both();
    let (k, p) = if place.grows() { (place.now, odds) } else { (place.before, 1.0 - odds) };
    if n > MANY {
        let (mean, deviation) = (n as f64 * p, (n as f64 * p * (1.0 - p)).sqrt());
        return normal_tail((k as f64 - 0.5 - mean) / deviation);
    }
    // C(n, i) p^i (1 − p)^(n − i), summed from i = k on, by logarithms.
    let mut log = (0..k).map(|i| ((n - i) as f64).ln() - ((i + 1) as f64).ln()).sum::<f64>()
        + k as f64 * p.ln()
        + (n - k) as f64 * (1.0 - p).ln();
    let mut sum = 0.0;
    for i in k..=n {
        sum += log.exp();
        log += ((n - i) as f64).ln() - ((i + 1) as f64).ln() + p.ln() - (1.0 - p).ln();
    }
    sum
}

/// The upper tail of the normal distribution (Abramowitz and Stegun 26.2.17, good to 1e-7).
fn normal_tail(z: f64) -> f64 {
    if z < 0.0 {
        return 1.0 - normal_tail(-z);
    }
    let t = 1.0 / (1.0 + 0.231_641_9 * z);
    let powers =
        t * (0.319_381_530 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
    (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt() * powers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(now: u64, before: u64) -> Pair {
        Pair { now, before }
    }

    #[test]
    fn chances_are_those_of_a_table() {
        assert!((chance(pair(8, 0), 0.5) - 1.0 / 256.0).abs() < 1e-12);
        assert!((chance(pair(0, 8), 0.5) - 1.0 / 256.0).abs() < 1e-12);
        // C(12,10) + C(12,11) + C(12,12) = 79 of 4096.
        assert!((chance(pair(10, 2), 0.5) - 79.0 / 4096.0).abs() < 1e-12);
        assert!((chance(pair(3, 0), 0.25) - 1.0 / 64.0).abs() < 1e-12, "a short period among long ones");
        assert!((normal_tail(1.96) - 0.025).abs() < 1e-4);
        let (exact, near) = (chance(pair(1060, 940), 0.5), chance(pair(1061, 940), 0.5));
        assert!((exact / near - 1.0).abs() < 0.1, "the two ways meet: {exact} {near}");
    }

    #[test]
    fn a_place_stands_out_by_all_four_rules_or_not_at_all() {
        let whole = Whole { change: 12, counted: pair(27, 15), calls: pair(216, 204), odds: 0.5 };
        assert!(stands_out(pair(9, 0), pair(11, 1), &whole));
        assert!(!stands_out(pair(2, 0), pair(3, 1), &whole), "too few");
        assert!(!stands_out(pair(10, 6), pair(11, 7), &whole), "less than two fifths");
        assert!(!stands_out(pair(20, 8), pair(205, 195), &whole), "nearly all calls are there");
        assert!(!stands_out(pair(10, 4), pair(14, 6), &whole), "chance");
    }

    #[test]
    fn the_larger_a_change_the_surer_its_place_is_named() {
        // A source with a quarter of the calls brings twice, five and fifty times as many; all else stays.
        for more in [75, 300, 3_675] {
            let (place, all) = (pair(75 + more, 75), pair(300 + more, 300));
            let whole = Whole { change: more, counted: all, calls: all, odds: 0.5 };
            assert!(stands_out(place, place, &whole), "{more} more");
        }
    }
}
