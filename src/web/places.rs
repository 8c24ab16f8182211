//! Places for connections: so many at once. When all are taken, whoever has asked nothing for longest gives way to whoever comes,
//! so that connections which say nothing keep nobody out; when everybody asks, the one whose request has been on its way for
//! longest. Nobody is cut off while being answered.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// All places of a listener.
#[derive(Debug)]
pub(super) struct Places {
    most: usize,
    kept: Mutex<Kept>,
    freed: Notify,
}

#[derive(Debug, Default)]
struct Kept {
    taken: usize,
    /// The next number in the order of waiting.
    next: u64,
    /// Those that nobody asks anything by, who is silent for longest first.
    silent: BTreeMap<u64, CancellationToken>,
    /// Those whose request has begun and isn't there yet, the one that takes longest first.
    arriving: BTreeMap<u64, CancellationToken>,
}

/// One connection's place, until it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Arc<Places>,
    awaits: Mutex<Awaits>,
    way_given: CancellationToken,
}

/// What a connection waits for, and since when in the order of waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Awaits {
    /// That somebody asks.
    Question(u64),
    /// The rest of what is asked.
    Rest(u64),
    /// Our answer.
    Answer,
}

/// As long as it lives, somebody is being answered.
#[derive(Debug)]
pub(super) struct Answering(Arc<Place>);

impl Places {
    pub(super) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most, kept: Mutex::default(), freed: Notify::new() })
    }

    /// A place, as soon as there is one.
    pub(super) async fn take(self: &Arc<Self>) -> Arc<Place> {
        loop {
            let freed = self.freed.notified();
            {
                let mut kept = self.lock();
                if kept.taken < self.most {
                    kept.taken += 1;
                    let way_given = CancellationToken::new();
                    let since = kept.silent_from_now(&way_given);
                    return Arc::new(Place {
                        places: Arc::clone(self),
                        awaits: Mutex::new(Awaits::Question(since)),
                        way_given,
                    });
                }
                if let Some((_, longest)) = kept.silent.pop_first().or_else(|| kept.arriving.pop_first()) {
                    longest.cancel();
                }
            }
            freed.await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    fn silent_from_now(&mut self, way_given: &CancellationToken) -> u64 {
        let since = self.number();
        self.silent.insert(since, way_given.clone());
        since
    }

    fn forget(&mut self, awaits: Awaits) {
        match awaits {
            Awaits::Question(since) => self.silent.remove(&since),
            Awaits::Rest(since) => self.arriving.remove(&since),
            Awaits::Answer => None,
        };
    }
}

impl Place {
    /// Somebody asks something by this connection.
    pub(super) fn asked(self: &Arc<Self>) -> Answering {
        let before = std::mem::replace(&mut *self.awaits(), Awaits::Answer);
        self.places.lock().forget(before);
        Answering(Arc::clone(self))
    }

    /// What is asked isn't all there.
    pub(super) fn awaits_more(&self) {
        let mut awaits = self.awaits();
        if *awaits == Awaits::Answer {
            let mut kept = self.places.lock();
            let since = kept.number();
            kept.arriving.insert(since, self.way_given.clone());
            *awaits = Awaits::Rest(since);
        }
    }

    /// It is, or no more of it is waited for.
    pub(super) fn has_all(&self) {
        let mut awaits = self.awaits();
        if matches!(*awaits, Awaits::Rest(_)) {
            self.places.lock().forget(std::mem::replace(&mut *awaits, Awaits::Answer));
        }
    }

    /// Ends when this connection has to make room.
    pub(super) async fn is_wanted(&self) {
        self.way_given.cancelled().await;
    }

    fn awaits(&self) -> MutexGuard<'_, Awaits> {
        self.awaits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        let mut awaits = self.0.awaits();
        let mut kept = self.0.places.lock();
        kept.forget(*awaits);
        *awaits = Awaits::Question(kept.silent_from_now(&self.0.way_given));
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let awaits = *self.awaits();
        let mut kept = self.places.lock();
        kept.taken -= 1;
        kept.forget(awaits);
        drop(kept);
        self.places.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    const SOON: Duration = Duration::from_millis(50);

    #[tokio::test]
    async fn the_longest_silent_gives_way_and_whoever_is_answered_stays() {
        let places = Places::new(3);
        let (first, second, third) = (places.take().await, places.take().await, places.take().await);
        let answering = second.asked();
        let fourth = tokio::spawn({
            let places = Arc::clone(&places);
            async move { places.take().await }
        });
        timeout(SOON, first.is_wanted()).await.expect("it was silent for longest");
        drop(first);
        let fourth = timeout(SOON, fourth).await.expect("there is room").expect("taken");
        // Who was answered begins to be silent then, behind the others.
        drop(answering);
        for place in [third, fourth, second] {
            let next = tokio::spawn({
                let places = Arc::clone(&places);
                async move { places.take().await }
            });
            timeout(SOON, place.is_wanted()).await.expect("its turn");
            drop(place);
            let next = timeout(SOON, next).await.expect("there is room").expect("taken");
            std::mem::forget(next.asked());
        }
        assert!(timeout(SOON, places.take()).await.is_err(), "nobody is cut off while being answered");
    }

    #[tokio::test]
    async fn whose_request_is_on_its_way_for_longest_gives_way_when_nobody_is_silent() {
        let places = Places::new(3);
        let all = [places.take().await, places.take().await, places.take().await];
        let _answering = all.each_ref().map(Place::asked);
        for place in [&all[1], &all[0], &all[2], &all[1]] {
            place.awaits_more();
        }
        all[1].has_all();
        let next = tokio::spawn({
            let places = Arc::clone(&places);
            async move { places.take().await }
        });
        timeout(SOON, all[0].is_wanted()).await.expect("the second is all there, the third began later");
        next.abort();
        all[2].has_all();
        assert!(timeout(SOON, places.take()).await.is_err(), "all are being answered");
    }
}
