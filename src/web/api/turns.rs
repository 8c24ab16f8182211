//! How often a token may call, and how many of its calls may be under way. Counted in each process: what a crash forgets is at
//! worst a few calls more.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::instant::Instant;
use crate::notify::rate;

/// Calls a second; five seconds' worth at once.
pub(super) const CALLS: f64 = 20.0;

/// Tests a second: one in ten seconds, because each goes to people and may cost money.
pub(super) const TESTS: f64 = 0.1;

/// Calls of one token that are under way at once: a quarter of the listener's places.
pub(super) const AT_ONCE: usize = 64;

/// Counts that are kept; full ones are forgotten first.
const MOST_KEPT: usize = 10_000;

/// What each token has left.
#[derive(Debug, Default)]
pub(super) struct Turns {
    left: Mutex<HashMap<String, (f64, Instant)>>,
    under_way: Mutex<HashMap<String, usize>>,
}

/// As long as it lives, a call is under way.
#[derive(Debug)]
pub(super) struct UnderWay {
    turns: Arc<Turns>,
    who: String,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut under_way = self.turns.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(calls) = under_way.get_mut(&self.who) {
            *calls -= 1;
            if *calls == 0 {
                under_way.remove(&self.who);
            }
        }
    }
}

impl Turns {
    /// Begins a call; `None`: as many as may be are under way.
    pub(super) fn begin(self: &Arc<Self>, who: &str) -> Option<UnderWay> {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let calls = under_way.entry(who.to_owned()).or_default();
        if *calls == AT_ONCE {
            return None;
        }
        *calls += 1;
        Some(UnderWay { turns: Arc::clone(self), who: who.to_owned() })
    }

    /// Takes a turn of those that come at this rate; `Err`: in how many seconds the next one comes.
    pub(super) fn take(&self, who: &str, per_second: f64, now: Instant) -> Result<(), u64> {
        let mut kept = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST_KEPT {
            kept.retain(|_, (_, since)| now.since(*since).as_secs() < 60);
        }
        let (tokens, since) = kept.get(who).copied().unwrap_or((rate::burst(per_second), now));
        let tokens = rate::refill(tokens, since, now, per_second);
        if tokens < 1.0 {
            kept.insert(who.to_owned(), (tokens, now));
            let wait = rate::next_token_at(tokens, now, per_second).since(now);
            return Err(wait.as_secs() + u64::from(wait.subsec_nanos() > 0));
        }
        kept.insert(who.to_owned(), (tokens - 1.0, now));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_run_out_and_come_back_for_each_by_itself() {
        let (turns, now) = (Turns::default(), Instant::from_seconds(1_000));
        let taken = (0..1_000).take_while(|_| turns.take("a", CALLS, now).is_ok()).count();
        assert_eq!(taken, 100, "five seconds' worth");
        assert_eq!(turns.take("a", CALLS, now), Err(1));
        assert_eq!(turns.take("b", CALLS, now), Ok(()));
        assert_eq!(turns.take("a", CALLS, now.plus_seconds(1)), Ok(()));
        assert_eq!(turns.take("test/a", TESTS, now), Ok(()));
        assert_eq!(turns.take("test/a", TESTS, now), Err(10));
        assert_eq!(turns.take("test/a", TESTS, now.plus_seconds(10)), Ok(()));
    }

    #[test]
    fn so_many_calls_of_each_are_under_way_and_no_more() {
        let turns = Arc::new(Turns::default());
        let mut calls: Vec<UnderWay> = (0..1_000).map_while(|_| turns.begin("a")).collect();
        assert_eq!(calls.len(), AT_ONCE);
        assert!(turns.begin("b").is_some());
        calls.pop();
        assert!(turns.begin("a").is_some());
        drop(calls);
        assert!(turns.under_way.lock().expect("unharmed").is_empty());
    }
}
