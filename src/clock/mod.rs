//! The only module that asks the time. Everything else is given a [`Clock`], or the instant itself as `now`.

mod following;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::domain::instant::Instant;

pub use following::FollowingClock;

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// Now, in UTC.
    fn now(&self) -> Instant;

    /// How far the time can be trusted at this moment. Clocks that are set by hand always can.
    fn trust(&self) -> Trust {
        Trust::Steady
    }

    /// Whether a look at the database's clock is due (see [`Clock::compare`]).
    fn wants_comparison(&self) -> bool {
        false
    }

    /// Takes what the database's clock showed between two of our own readings.
    fn compare(&self, _asked: Instant, _database: Instant, _answered: Instant) {}
}

/// What work the time is good enough for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// All.
    Steady,
    /// The clock jumped a moment ago; nothing fires until it has kept still.
    JustMoved,
    /// The machine and the database disagree by far; nothing fires and nothing is claimed until they agree again.
    FarOff,
}

impl Trust {
    /// `steady`, `just_moved`, `far_off`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Steady => "steady",
            Self::JustMoved => "just_moved",
            Self::FarOff => "far_off",
        }
    }
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
    fn now(&self) -> Instant {
        chrono::Utc::now().into()
    }
}

/// A clock that stands still until it is moved: for the demo and for tests.
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    /// A clock that shows `now`.
    pub fn at(now: Instant) -> Self {
        Self(Arc::new(AtomicI64::new(now.as_micros())))
    }

    /// Moves it, forward or back.
    pub fn set(&self, now: Instant) {
        self.0.store(now.as_micros(), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Instant {
        Instant::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// The machine's clock and what another process makes it be off by: the file holds seconds and is read at every look. Without
/// the file it is right.
#[cfg(feature = "chaos")]
#[derive(Clone, Debug)]
pub struct ShiftedClock(pub std::path::PathBuf);

#[cfg(feature = "chaos")]
impl Clock for ShiftedClock {
    fn now(&self) -> Instant {
        let seconds = std::fs::read_to_string(&self.0).ok().and_then(|text| text.trim().parse().ok());
        SystemClock.now().plus_seconds(seconds.unwrap_or(0))
    }
}

/// A clock that another process moves: the file holds the time in RFC 3339 and is read at every look.
#[cfg(feature = "chaos")]
#[derive(Clone, Debug)]
pub struct FileClock(pub std::path::PathBuf);

#[cfg(feature = "chaos")]
impl Clock for FileClock {
    fn now(&self) -> Instant {
        let text = std::fs::read_to_string(&self.0).unwrap_or_default();
        Instant::parse_rfc3339(text.trim()).unwrap_or_else(|| panic!("{} holds no time in RFC 3339", self.0.display()))
    }
}
