//! Whether somebody ran: every `serve` notes it once a minute, and one that starts after a standstill tells operations
//! what fell due meanwhile. A late report says so itself, to its readers.

use std::sync::Arc;
use std::time::Duration;

use super::Work;
use crate::app::App;
use crate::domain::document::{Document, Text};
use crate::domain::instant::Instant;
use crate::i18n::{Value, Words};
use crate::notify::owner;
use crate::report::notice::{self, OwnerNotice};

/// Under this name stands when somebody last ran.
const AWAKE: &str = "last_awake";

/// Between two notes.
const EVERY: Duration = Duration::from_secs(60);

/// A shorter gap is a restart.
const STANDSTILL_SEC: u64 = 600;

/// Tells operations, once, of a standstill in which schedules fell due.
pub(super) async fn tell_of_standstill(app: &App) -> anyhow::Result<()> {
    let now = app.clock.now();
    let mut session = app.store.read().await?;
    let Some(last) = session.meta(AWAKE).await?.and_then(|text| Instant::parse_rfc3339(&text)) else { return Ok(()) };
    let gap_sec = now.since(last).as_secs();
    if gap_sec < STANDSTILL_SEC {
        return Ok(());
    }
    let overdue = session.status(now).await?.schedules.overdue;
    drop(session);
    tracing::warn!(since = %last, schedules = overdue, "nobody ran for a while; what fell due meanwhile is seen to now");
    if overdue == 0 {
        return Ok(());
    }
    let schedules = usize::try_from(overdue)?;
    let drawn = owner::drawn(app, None, |language| document(language, (last, now), schedules)).await?;
    let mut session = app.store.write().await?;
    // Several processes may start at once; the beginning of the standstill makes it one notice.
    owner::tell_within(app, &mut session, None, &format!("owner/down/{last}"), drawn).await?;
    session.commit().await?;
    Ok(())
}

fn document(language: &str, (from, to): (Instant, Instant), schedules: usize) -> Document {
    let words = Words::of(language);
    let shown = |at: Instant| at.to_utc().map_or_else(|| at.to_string(), |at| words.moment_year(at.naive_utc()));
    let values = [
        ("span", Value::from(words.span(to.since(from).as_secs()))),
        ("from", shown(from).into()),
        ("to", shown(to).into()),
        ("n", schedules.into()),
    ];
    let say = |id: &str| words.say(id, &values);
    notice::owner(OwnerNotice {
        language: words.language().to_owned(),
        direction: words.direction(),
        made_at: to,
        subject: say("down-subject"),
        eyebrow: words.word("owner-installation"),
        title: say("down-title"),
        sentence: say("down-sentence"),
        advice: vec![Text::plain(say("down-advice"))],
        ..OwnerNotice::default()
    })
}

/// Notes that this process runs, as long as it does.
pub(super) async fn keep_noting(app: App, work: Arc<Work>) {
    while !work.stop.is_cancelled() {
        if let Err(error) = note(&app).await {
            tracing::debug!("that this process runs couldn't be noted: {error}");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = work.stop.cancelled() => {}
        }
    }
}

async fn note(app: &App) -> anyhow::Result<()> {
    let mut session = app.store.write().await?;
    session.put_meta(AWAKE, &app.clock.now().to_string()).await?;
    Ok(session.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_in_every_language() {
        let (from, to) = (Instant::from_seconds(1_795_342_506), Instant::from_seconds(1_795_349_706));
        for language in crate::i18n::spoken() {
            for schedules in [1, 2, 5, 21] {
                let told = document(language, (from, to), schedules);
                let all = format!("{} {} {}", told.subject, told.title, told.preview);
                assert!(
                    !all.contains("down-") && all.contains("2026") && all.contains("catch_up"),
                    "{language}: {all}"
                );
                assert!(schedules == 1 || all.contains(&schedules.to_string()), "{language}: {all}");
            }
        }
        assert_eq!(document("en", (from, to), 3).subject, "Nobody ran for 2\u{a0}h; 3 schedules fell due meanwhile");
    }
}
