//! Rate and breaker of a lane: pure arithmetic over its row.

use std::time::Duration;

use crate::domain::instant::Instant;

/// What a lane may send at most in one go, in seconds of its rate.
const BURST_SEC: f64 = 5.0;

/// The most tokens a lane holds.
pub fn burst(per_second: f64) -> f64 {
    (per_second * BURST_SEC).max(1.0)
}

/// Tokens at `now`, of a lane that had `tokens` at `refilled_at`. A clock that went back gives none and takes none.
pub fn refill(tokens: f64, refilled_at: Instant, now: Instant, per_second: f64) -> f64 {
    let gained = now.since(refilled_at).as_secs_f64() * per_second;
    (tokens + gained).min(burst(per_second)).max(0.0)
}

/// When there will be a whole token; `now` when there is one.
pub fn next_token_at(tokens: f64, now: Instant, per_second: f64) -> Instant {
    if tokens >= 1.0 || per_second <= 0.0 {
        return now;
    }
    let wait = Duration::try_from_secs_f64((1.0 - tokens) / per_second).unwrap_or(LONGEST_WAIT);
    now + wait.min(LONGEST_WAIT)
}

/// Nobody looks further ahead for a token.
const LONGEST_WAIT: Duration = Duration::from_secs(86_400);

const SHUT_FIRST: Duration = Duration::from_secs(5);
const SHUT_MOST: Duration = Duration::from_secs(300);

/// How long a lane is shut after its `failures`th failure in a row (from 1): 5 s, doubling, at most 5 min.
pub fn shut_for(failures: i64) -> Duration {
    let doublings = u32::try_from(failures.saturating_sub(1).clamp(0, 16)).unwrap_or(16);
    SHUT_FIRST.saturating_mul(1 << doublings).min(SHUT_MOST)
}

/// No lane is shut for longer: a service may ask for a day.
const SHUT_EVER_SEC: i64 = 25 * 3_600;

/// Until when a lane is shut. What lies farther ahead than any lane is shut was written by a clock that was ahead, and counts
/// as over.
pub fn shut_until(until: Option<Instant>, now: Instant) -> Option<Instant> {
    until.filter(|until| *until > now && *until <= now.plus_seconds(SHUT_EVER_SEC))
}

const RETRY_FIRST_SEC: i64 = 60;
const RETRY_MOST_SEC: i64 = 3_600;

/// How long a delivery waits after its `tries`th try (from 1): 1 min, doubling, at most 1 h; a quarter of that is spread
/// by `seed`, so that what failed together doesn't come back together.
pub fn retry_after(tries: i64, seed: i64) -> Duration {
    let doublings = u32::try_from(tries.saturating_sub(1).clamp(0, 16)).unwrap_or(16);
    let whole = RETRY_FIRST_SEC.saturating_mul(1 << doublings).min(RETRY_MOST_SEC);
    let spread = seed.wrapping_mul(2_654_435_761).rem_euclid(whole / 4 + 1);
    Duration::from_secs(u64::try_from(whole - spread).unwrap_or(60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        assert_eq!(shut_for(1), Duration::from_secs(5));
        assert_eq!(shut_for(3), Duration::from_secs(20));
        assert_eq!(shut_for(1_000), SHUT_MOST);
        assert_eq!(retry_after(1, 0), Duration::from_secs(60));
        assert_eq!(retry_after(100, 0), Duration::from_secs(3_600));
        assert!(retry_after(100, 7) >= Duration::from_secs(2_700));
    }

    #[test]
    fn a_lane_isn_t_shut_by_a_clock_that_was_days_ahead() {
        let now = Instant::from_seconds(1_000_000);
        let shut = |seconds: i64| shut_until(Some(now.plus_seconds(seconds)), now).is_some();
        assert!(shut(1) && shut(1_800) && shut(86_400));
        assert!(!shut(0) && !shut(-5) && !shut(5 * 86_400));
        assert_eq!(shut_until(None, now), None);
    }

    #[test]
    fn a_token_comes_when_its_time_has_come() {
        let now = Instant::from_seconds(100);
        assert_eq!(refill(0.0, now, now.plus_seconds(2), 2.0), 4.0);
        assert_eq!(refill(0.0, now, now.plus_seconds(-2), 2.0), 0.0);
        assert_eq!(refill(3.0, now, now.plus_seconds(1_000), 2.0), burst(2.0));
        assert_eq!(next_token_at(0.0, now, 0.5), now.plus_seconds(2));
        assert_eq!(next_token_at(1.0, now, 0.5), now);
        for absurd in [1e-300, f64::MIN_POSITIVE, 1e-9] {
            assert_eq!(next_token_at(0.0, now, absurd), now.plus_seconds(86_400));
        }
    }

    proptest::proptest! {
        /// However it is asked, a lane never sends more than its rate and one burst.
        #[test]
        fn no_more_than_the_rate_goes(per_second in 0.1..50.0_f64, pauses in proptest::collection::vec(0..5_000_000_i64, 1..60)) {
            let start = Instant::from_seconds(0);
            let (mut now, mut tokens, mut at, mut sent) = (start, burst(per_second), start, 0.0);
            for pause in pauses {
                now = Instant::from_micros(now.as_micros() + pause);
                tokens = refill(tokens, at, now, per_second);
                at = now;
                let taken = tokens.floor();
                tokens -= taken;
                sent += taken;
            }
            let most = burst(per_second) + now.since(start).as_secs_f64() * per_second;
            proptest::prop_assert!(sent <= most + 1e-6, "{sent} of {most}");
        }
    }
}
