//! Places for connections: so many at once. When all are taken, whoever has asked nothing for longest gives way to whoever comes,
//! so that connections which say nothing keep nobody out.

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
    /// The next number in the order of silence.
    next: u64,
    /// Those that nobody asks anything by, who is silent for longest first.
    silent: BTreeMap<u64, CancellationToken>,
}

/// One connection's place, until it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Arc<Places>,
    /// Since when nobody asks; `None` while somebody is being answered.
    silent_since: Mutex<Option<u64>>,
    way_given: CancellationToken,
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
                        silent_since: Mutex::new(Some(since)),
                        way_given,
                    });
                }
                if let Some((_, longest)) = kept.silent.pop_first() {
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
    fn silent_from_now(&mut self, way_given: &CancellationToken) -> u64 {
        let since = self.next;
        self.next += 1;
        self.silent.insert(since, way_given.clone());
        since
    }
}

impl Place {
    /// Somebody asks something by this connection.
    pub(super) fn asked(self: &Arc<Self>) -> Answering {
        let since = self.since().take();
        if let Some(since) = since {
            self.places.lock().silent.remove(&since);
        }
        Answering(Arc::clone(self))
    }

    /// Ends when this connection has to make room.
    pub(super) async fn is_wanted(&self) {
        self.way_given.cancelled().await;
    }

    fn since(&self) -> MutexGuard<'_, Option<u64>> {
        self.silent_since.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        let since = self.0.places.lock().silent_from_now(&self.0.way_given);
        *self.0.since() = Some(since);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let since = self.since().take();
        let mut kept = self.places.lock();
        kept.taken -= 1;
        if let Some(since) = since {
            kept.silent.remove(&since);
        }
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
}
