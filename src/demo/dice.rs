//! Dice that fall the same way for the same seed, on every machine: what makes a local day's calls a function of the day.
//! SplitMix64 (Steele, Lea, Flood 2014), seeded by FNV-1a of a text; good enough for a story, not for secrets.

/// A stream of pseudo-random numbers.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// The stream that belongs to `seed`: `Dice::of("acme/2026-11-16/day")`.
    pub(super) fn of(seed: &str) -> Self {
        let hash = seed
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self(hash)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to just below 1.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True with this probability.
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// From `from` to `to`, both included.
    pub(super) fn between(&mut self, from: i64, to: i64) -> i64 {
        from + (self.unit() * (to - from + 1) as f64) as i64
    }

    /// A waiting time with this mean, in whole seconds: exponential, cut at five times the mean.
    pub(super) fn wait(&mut self, mean_sec: i64) -> i64 {
        let drawn = -(1.0 - self.unit()).ln() * mean_sec as f64;
        (drawn as i64).min(mean_sec * 5)
    }

    /// Which of the weights the dice fell on; 0 for an empty list.
    pub(super) fn weighted(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let total: u32 = weights.clone().sum();
        let mut left = (self.unit() * f64::from(total)) as u32;
        for (index, weight) in weights.enumerate() {
            if left < weight {
                return index;
            }
            left -= weight;
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_falls_the_same_way_and_another_doesnt() {
        let draw = |seed: &str| {
            let mut dice = Dice::of(seed);
            (0..8).map(|_| dice.between(0, 1_000_000)).collect::<Vec<_>>()
        };
        assert_eq!(draw("acme/2026-11-16"), draw("acme/2026-11-16"));
        assert_ne!(draw("acme/2026-11-16"), draw("acme/2026-11-17"));
    }

    #[test]
    fn weights_decide_how_often() {
        let mut dice = Dice::of("weights");
        let mut hits = [0_u32; 3];
        for _ in 0..10_000 {
            hits[dice.weighted([1, 0, 3].into_iter())] += 1;
        }
        assert_eq!(hits[1], 0);
        assert!((6_900..8_100).contains(&hits[2]), "{hits:?}");
    }
}
