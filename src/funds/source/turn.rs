//! Whose turn it is to ask a source, and how the last look ended: one value of `meta` a source, under its lock, so that of
//! several processes one asks. A claim ends by itself, for whoever took it may be gone.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Account, Look, LookError};
use crate::app::App;
use crate::config::money_sources::MoneySource;
use crate::domain::instant::Instant;
use crate::store::StoreError;

/// A source that fails is asked again after this, unless it is asked more often anyway.
const AGAIN: Duration = Duration::from_secs(5 * 60);

/// Beyond the source's own limit, what keeping its facts may take.
const KEEPING: Duration = Duration::from_secs(5 * 60);

/// What is remembered of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// When the last look began.
    pub began_at: Option<Instant>,
    /// Until when somebody is at it.
    pub busy_until: Option<Instant>,
    /// When the last look that worked began.
    pub ok_at: Option<Instant>,
    /// Since when none worked, as far as the last ones show.
    pub failing_since: Option<Instant>,
    /// Why the last one didn't, or what of it didn't.
    pub error: Option<String>,
    /// Rows of the last one that worked.
    pub rows: u64,
    /// Rows of it that couldn't be read or weren't taken, and those of projects that aren't here.
    pub wrong_rows: u64,
    pub unknown_rows: u64,
    pub account: Account,
}

impl Kept {
    /// Whether it is to be asked now.
    pub fn is_due(&self, every: Duration, now: Instant) -> bool {
        let Some(began) = self.began_at.filter(|began| *began <= now) else { return true };
        if self.busy_until.is_some_and(|until| now < until) {
            return false;
        }
        let pause = if self.failing_since.is_some() { every.min(AGAIN) } else { every };
        began + pause <= now
    }

    /// After a look that began then.
    fn after(&self, began: Instant, look: &Result<Look, LookError>) -> Self {
        let mut kept = Self { began_at: Some(began), busy_until: None, ..self.clone() };
        let failed = match look {
            Err(error) => Some(error.to_string()),
            Ok(look) => {
                kept.ok_at = Some(began);
                kept.rows = look.facts.rows.values().sum();
                (kept.wrong_rows, kept.unknown_rows) = (look.facts.complaint_count, look.facts.unknown_rows);
                kept.account = look.account.clone();
                let failed = look.facts.failed.iter().map(|(kind, why)| format!("{}: {why}", kind.name()));
                let failed: Vec<String> = failed.collect();
                (!failed.is_empty()).then(|| failed.join("; "))
            }
        };
        kept.failing_since = failed.is_some().then(|| self.failing_since.unwrap_or(began));
        kept.error = failed;
        kept
    }
}

fn place(source: &MoneySource) -> String {
    format!("money_source/{}", source.name)
}

fn read(text: Option<&str>) -> Kept {
    text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// What is remembered of a source.
pub async fn kept(app: &App, source: &MoneySource) -> Result<Kept, StoreError> {
    Ok(read(app.store.read().await?.meta(&place(source)).await?.as_deref()))
}

/// The turn to ask a source, which is nobody else's until it is ended; `None`: it isn't due, or somebody is at it.
pub async fn claim(app: &App, source: &MoneySource) -> anyhow::Result<Option<Kept>> {
    let now = app.clock.now();
    if !kept(app, source).await?.is_due(source.every, now) {
        return Ok(None);
    }
    let mut session = app.store.write().await?;
    let before = read(Some(&session.lock_meta(&place(source), "{}").await?));
    if !before.is_due(source.every, now) {
        return Ok(None);
    }
    let until = now + source.timeout + KEEPING;
    let claimed = Kept { began_at: Some(now), busy_until: Some(until), ..before.clone() };
    session.put_meta(&place(source), &serde_json::to_string(&claimed)?).await?;
    session.commit().await?;
    Ok(Some(before))
}

/// Gives a turn back of which nothing came: whoever asks next has it.
pub async fn give_back(app: &App, source: &MoneySource, before: &Kept) -> anyhow::Result<()> {
    let mut session = app.store.write().await?;
    session.lock_meta(&place(source), "{}").await?;
    session.put_meta(&place(source), &serde_json::to_string(before)?).await?;
    Ok(session.commit().await?)
}

/// Remembers how a look ended; what was remembered before it, and what is now.
pub async fn end(
    app: &App,
    source: &MoneySource,
    began: Instant,
    look: &Result<Look, LookError>,
) -> anyhow::Result<(Kept, Kept)> {
    let mut session = app.store.write().await?;
    let before = read(Some(&session.lock_meta(&place(source), "{}").await?));
    let after = before.after(began, look);
    session.put_meta(&place(source), &serde_json::to_string(&after)?).await?;
    session.commit().await?;
    Ok((before, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_due_after_its_pause_and_sooner_when_it_fails() {
        let at = Instant::from_seconds;
        let every = Duration::from_secs(900);
        assert!(Kept::default().is_due(every, at(0)), "it was never asked");
        let mut kept = Kept { began_at: Some(at(1_000)), ..Kept::default() };
        assert!(!kept.is_due(every, at(1_899)) && kept.is_due(every, at(1_900)));
        assert!(kept.is_due(every, at(999)), "the clock went back behind it");
        kept.busy_until = Some(at(5_000));
        assert!(!kept.is_due(every, at(4_999)) && kept.is_due(every, at(5_000)), "whoever took it is gone");
        kept.busy_until = None;
        kept.failing_since = Some(at(100));
        assert!(!kept.is_due(every, at(1_299)) && kept.is_due(every, at(1_300)));
        assert!(kept.is_due(Duration::from_secs(60), at(1_060)), "no later than usual");
    }

    #[test]
    fn a_failure_is_remembered_since_it_began_and_forgotten_when_it_ends() {
        let at = Instant::from_seconds;
        let silent = || Err(LookError::Silent(30));
        let kept = Kept::default().after(at(100), &silent()).after(at(400), &silent());
        assert_eq!((kept.failing_since, kept.ok_at, kept.began_at), (Some(at(100)), None, Some(at(400))));
        let works = Ok(Look { facts: Default::default(), account: Account::default(), changes: Vec::new() });
        let kept = kept.after(at(700), &works);
        assert_eq!((kept.failing_since, kept.ok_at, kept.error), (None, Some(at(700)), None));
    }
}
