//! The machine's clock, corrected to the database's, and how far it can be trusted.
//!
//! Replicas that share a Postgres share its clock: what it showed between two of our readings gives the difference, which
//! is added from then on. A machine that is far off claims nothing until that is mended. A jump (somebody set the clock, a
//! machine slept) shows as time passing differently than by the count that never jumps; until the clock has kept still for
//! a while nothing fires, is sent or expires, so that a mistake of minutes isn't turned into a morning of mails.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Clock, SystemClock, Trust};
use crate::domain::instant::Instant;

/// Farther from the database's clock than this is far off.
const FAR_OFF: Duration = Duration::from_secs(60);

/// A clock that passed this much more or less time than the count did has jumped.
const JUMP: Duration = Duration::from_secs(2);

/// How long a clock must keep still after a jump.
const STILL_FOR: Duration = Duration::from_secs(30);

/// From one look at the database's clock to the next.
const COMPARE_EVERY: Duration = Duration::from_secs(30);

/// An answer that took longer says too little.
const SLOWEST_ANSWER: Duration = Duration::from_secs(2);

/// See the module's head.
pub struct FollowingClock {
    machine: Box<dyn Clock>,
    /// Time since the clock was made, by a count that never jumps.
    count: Box<dyn Fn() -> Duration + Send + Sync>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// Database minus machine, in microseconds.
    ahead: i64,
    /// The machine's clock and the count at the last look.
    seen: (Instant, Duration),
    moved: Option<Duration>,
    compared: Option<Duration>,
    said: Trust,
}

impl Default for FollowingClock {
    fn default() -> Self {
        Self::of(SystemClock)
    }
}

impl FollowingClock {
    /// One that follows from this clock of the machine's.
    pub fn of(machine: impl Clock) -> Self {
        let begin = std::time::Instant::now();
        Self::new(Box::new(machine), Box::new(move || begin.elapsed()))
    }

    fn new(machine: Box<dyn Clock>, count: Box<dyn Fn() -> Duration + Send + Sync>) -> Self {
        let seen = (machine.now(), count());
        let state = State { ahead: 0, seen, moved: None, compared: None, said: Trust::Steady };
        Self { machine, count, state: Mutex::new(state) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for FollowingClock {
    fn now(&self) -> Instant {
        Instant::from_micros(self.machine.now().as_micros().saturating_add(self.state().ahead))
    }

    fn trust(&self) -> Trust {
        let (machine, count) = (self.machine.now(), (self.count)());
        let mut state = self.state();
        let passed = machine.as_micros().saturating_sub(state.seen.0.as_micros());
        let counted = micros(count.saturating_sub(state.seen.1));
        if passed.abs_diff(counted) > JUMP.as_micros() as u64 {
            state.moved = Some(count);
            // The old difference was to a clock that shows another time now.
            state.compared = None;
        }
        state.seen = (machine, count);
        let moved = state.moved.is_some_and(|moved| count.saturating_sub(moved) < STILL_FOR);
        let trust = match () {
            () if state.ahead.unsigned_abs() > FAR_OFF.as_micros() as u64 => Trust::FarOff,
            () if moved => Trust::JustMoved,
            () => Trust::Steady,
        };
        if state.said != trust {
            say(trust, state.ahead);
            state.said = trust;
        }
        trust
    }

    fn wants_comparison(&self) -> bool {
        let count = (self.count)();
        self.state().compared.is_none_or(|compared| count.saturating_sub(compared) >= COMPARE_EVERY)
    }

    fn compare(&self, asked: Instant, database: Instant, answered: Instant) {
        let took = answered.as_micros().saturating_sub(asked.as_micros());
        if !(0..=micros(SLOWEST_ANSWER)).contains(&took) {
            return;
        }
        let count = (self.count)();
        let mut state = self.state();
        let between = asked.as_micros() + took / 2;
        state.ahead = state.ahead.saturating_add(database.as_micros().saturating_sub(between));
        state.compared = Some(count);
    }
}

fn micros(span: Duration) -> i64 {
    i64::try_from(span.as_micros()).unwrap_or(i64::MAX)
}

fn say(trust: Trust, ahead: i64) {
    let ahead_ms = ahead / 1_000;
    match trust {
        Trust::Steady => tracing::info!(database.ahead_ms = ahead_ms, "the clock is steady again"),
        Trust::JustMoved => {
            tracing::warn!("the machine's clock jumped; nothing fires or is sent until it has kept still for 30 s")
        }
        Trust::FarOff => tracing::error!(
            database.ahead_ms = ahead_ms,
            "the machine's clock is far from the database's; nothing fires or is sent until they agree: set the clock"
        ),
    }
}

impl fmt::Debug for FollowingClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FollowingClock({:?})", self.state())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::super::ManualClock;
    use super::*;

    struct Bench {
        machine: ManualClock,
        count: Arc<AtomicU64>,
        clock: FollowingClock,
    }

    impl Bench {
        fn new() -> Self {
            let machine = ManualClock::at(Instant::from_seconds(1_000_000));
            let count = Arc::new(AtomicU64::new(0));
            let counted = Arc::clone(&count);
            let clock = FollowingClock::new(
                Box::new(machine.clone()),
                Box::new(move || Duration::from_secs(counted.load(Ordering::SeqCst))),
            );
            Self { machine, count, clock }
        }

        /// Time passes; the machine's clock jumps by that much more.
        fn pass(&self, seconds: u64, jump: i64) {
            self.count.fetch_add(seconds, Ordering::SeqCst);
            self.machine.set(self.machine.now().plus_seconds(seconds as i64 + jump));
        }

        fn compare(&self, database_ahead: i64) {
            let now = self.clock.now();
            let database = self.machine.now().plus_seconds(database_ahead);
            self.clock.compare(now, database, now);
        }
    }

    #[test]
    fn follows_the_database() {
        let bench = Bench::new();
        assert!(bench.clock.wants_comparison());
        bench.compare(7);
        assert!(!bench.clock.wants_comparison());
        assert_eq!(bench.clock.now(), bench.machine.now().plus_seconds(7));
        bench.pass(30, 0);
        assert!(bench.clock.wants_comparison());
        bench.compare(5);
        assert_eq!(bench.clock.now(), bench.machine.now().plus_seconds(5));
        assert_eq!(bench.clock.trust(), Trust::Steady);
    }

    #[test]
    fn an_answer_counts_from_the_middle_and_a_slow_one_not_at_all() {
        let bench = Bench::new();
        let asked = bench.clock.now();
        bench.clock.compare(asked, asked.plus_seconds(10), asked.plus_seconds(2));
        assert_eq!(bench.clock.now(), asked.plus_seconds(9));
        let asked = bench.clock.now();
        bench.clock.compare(asked, asked.plus_seconds(100), asked.plus_seconds(3));
        assert_eq!(bench.clock.now(), asked);
    }

    #[test]
    fn far_off_is_not_trusted_until_it_agrees() {
        let bench = Bench::new();
        bench.compare(-61);
        assert_eq!(bench.clock.trust(), Trust::FarOff);
        bench.compare(-59);
        assert_eq!(bench.clock.trust(), Trust::Steady);
    }

    #[test]
    fn a_jump_holds_until_the_clock_has_kept_still() {
        for jump in [-3_600, 3_600, 3] {
            let bench = Bench::new();
            bench.pass(10, 0);
            assert_eq!(bench.clock.trust(), Trust::Steady);
            bench.compare(0);
            bench.pass(10, jump);
            assert_eq!(bench.clock.trust(), Trust::JustMoved, "{jump}");
            assert!(bench.clock.wants_comparison(), "the difference must be taken anew");
            bench.pass(29, 0);
            assert_eq!(bench.clock.trust(), Trust::JustMoved, "{jump}");
            bench.pass(1, 0);
            assert_eq!(bench.clock.trust(), Trust::Steady, "{jump}");
        }
        let bench = Bench::new();
        bench.pass(3_600, 1);
        assert_eq!(bench.clock.trust(), Trust::Steady, "a second an hour is no jump");
    }
}
