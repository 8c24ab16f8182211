//! Rings the bell when something falls due. One statement tells when that is, so that the loops needn't ask a dozen, every few
//! seconds, whether it is yet: they look by themselves seldom, for what this doesn't know of. What is due goes at its moment, and not
//! at the next look after it.

use std::sync::Arc;
use std::time::{Duration, Instant as Stopwatch};

use super::Work;
use crate::app::App;
use crate::clock::Trust;
use crate::domain::instant::Instant;

/// A loop looks by itself after so many looks of the alarm, but after this time at the latest.
const LOOKS_A_PASS: u32 = 60;
const LONGEST: Duration = Duration::from_secs(120);

/// Where other processes ring for what they make, the alarm asks again after so many looks at the clock, and at every bell.
const LOOKS_WITH_BELL: u32 = 5;

/// The shortest pause: many rings in a row are one.
const MOMENT: Duration = Duration::from_millis(100);

/// How long a loop that found nothing rests, unless the bell rings. `poll`: between two looks of the alarm.
pub(super) fn rest(poll: Duration) -> Duration {
    poll.saturating_mul(LOOKS_A_PASS).min(LONGEST).max(poll)
}

/// Until the work stops.
pub(super) async fn keep_ringing(app: App, work: Arc<Work>) {
    let mut bell = work.listen();
    let poll = app.settings.work.poll;
    let (mut next, mut looks) = (None, 0);
    let mut rung: Option<(Instant, Stopwatch)> = None;
    loop {
        bell.mark_unchanged();
        if looks == 0 {
            // Where the database is away, its loops say so.
            next = next_due(&app).await.unwrap_or(next);
            looks = if work.is_heard() { LOOKS_WITH_BELL } else { 1 };
        }
        looks -= 1;
        let now = app.clock.now();
        let pause = match until(next, now) {
            Some(Duration::ZERO) => {
                looks = 0;
                // What was due before may be under way, or kept from going.
                let rest = rung
                    .filter(|(at, _)| next <= Some(*at))
                    .map_or(Duration::ZERO, |(_, rung)| poll.saturating_sub(rung.elapsed()));
                if rest.is_zero() {
                    work.ring();
                    bell.mark_unchanged();
                    rung = Some((now, Stopwatch::now()));
                    poll
                } else {
                    rest
                }
            }
            // After a jump of the clock its loops stand still; nobody tells when they may go on.
            _ if app.clock.trust() != Trust::Steady => {
                work.ring();
                bell.mark_unchanged();
                poll
            }
            Some(pause) => pause.min(poll),
            None => poll,
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = bell.changed() => {
                looks = 0;
                tokio::time::sleep(MOMENT).await;
            }
            () = work.stop.cancelled() => return,
        }
    }
}

async fn next_due(app: &App) -> Option<Option<Instant>> {
    let mut session = app.store.read().await.ok()?;
    session.next_due().await.ok()
}

/// How long until then; nothing when it is past.
fn until(next: Option<Instant>, now: Instant) -> Option<Duration> {
    let micros = next?.as_micros().saturating_sub(now.as_micros());
    Some(Duration::from_micros(u64::try_from(micros).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loops_rest_for_long_but_never_longer_than_two_minutes_unless_that_is_asked_for() {
        let seconds = Duration::from_secs;
        assert_eq!(rest(Duration::from_millis(50)), Duration::from_millis(3_000));
        assert_eq!([2, 30, 3_600].map(|poll| rest(seconds(poll))), [seconds(120), seconds(120), seconds(3_600)]);
    }

    #[test]
    fn what_is_past_is_due_at_once_and_what_comes_at_its_moment() {
        let at = Instant::from_micros;
        assert_eq!(until(None, at(5)), None);
        assert_eq!(until(Some(at(5)), at(5)), Some(Duration::ZERO));
        assert_eq!(until(Some(at(4)), at(i64::MAX)), Some(Duration::ZERO));
        assert_eq!(until(Some(at(1_000_005)), at(5)), Some(Duration::from_secs(1)));
        assert!(until(Some(at(i64::MAX)), at(i64::MIN)) > Some(Duration::from_secs(1)));
    }
}
