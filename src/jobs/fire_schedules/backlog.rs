//! A backlog is released a share a minute, so that a machine that was off for days doesn't send everything at once.

use crate::domain::instant::Instant;
use crate::store::{Session, StoreError};

/// How far the release of a backlog has come: so many runs in the minute that begins then. It is one value in the
/// database, locked by whoever hands out more, so the rate holds over all replicas and however fast runs are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BacklogSlots {
    minute: Instant,
    taken: u32,
    per_minute: u32,
}

/// The name of that value in `meta`: `<microseconds> <taken>`.
const SLOTS: &str = "backlog_slots";

impl BacklogSlots {
    pub async fn take(session: &mut Session, per_minute: u32) -> Result<Self, StoreError> {
        let kept = session.lock_meta(SLOTS, "0 0").await?;
        Ok(Self::read(&kept, per_minute))
    }

    fn read(kept: &str, per_minute: u32) -> Self {
        let mut words = kept.split(' ');
        let minute = words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
        let taken = words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
        Self { minute: Instant::from_micros(minute), taken, per_minute: per_minute.max(1) }
    }

    pub async fn keep(self, session: &mut Session) -> Result<(), StoreError> {
        session.put_meta(SLOTS, &format!("{} {}", self.minute.as_micros(), self.taken)).await
    }

    /// With one more slot taken: in a minute that begins now when the last one is over.
    pub fn next(self, now: Instant) -> Self {
        if self.minute.plus_seconds(60) <= now {
            Self { minute: now, taken: 1, ..self }
        } else if self.taken >= self.per_minute {
            Self { minute: self.minute.plus_seconds(60), taken: 1, ..self }
        } else {
            Self { taken: self.taken + 1, ..self }
        }
    }

    /// When the slot taken last may be used; `None`: at once.
    pub fn release_at(&self, now: Instant) -> Option<Instant> {
        (self.minute > now).then_some(self.minute)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backlog_is_released_a_share_a_minute() {
        let now = Instant::from_seconds(1_000);
        let mut slots = BacklogSlots::read("0 0", 2);
        let released: Vec<Option<i64>> = (0..6)
            .map(|_| {
                slots = slots.next(now);
                slots.release_at(now).map(Instant::as_seconds)
            })
            .collect();
        assert_eq!(released, [None, None, Some(1_060), Some(1_060), Some(1_120), Some(1_120)]);
        let later = Instant::from_seconds(1_130);
        assert_eq!(slots.next(later).release_at(later), Some(Instant::from_seconds(1_180)), "the shares are taken");
        let idle = Instant::from_seconds(5_000);
        assert_eq!(slots.next(idle).release_at(idle), None);
        assert_eq!(BacklogSlots::read("nonsense", 0).per_minute, 1);
    }
}
