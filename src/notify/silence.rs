//! Silences: who wants what not to be heard until when, and why. What they keep back is stopped with that reason by the gate;
//! when one ends, by time or by hand, its owner is told of what it kept back, in the transaction that ends it.

use serde_json::json;

use crate::app::App;
use crate::domain::ids::ProjectKey;
use crate::i18n::Words;
use crate::notify::owner;
use crate::report::notice::{self, KeptBackLine};
use crate::store::StoreError;
use crate::store::moves::ITSELF;
use crate::store::silences::{NewSilence, Silence};

/// Begins one; its number.
pub async fn begin(app: &App, new: &NewSilence<'_>, subject: &str) -> Result<i64, StoreError> {
    let now = app.clock.now();
    let mut session = app.store.write().await?;
    let id = session.add_silence(new, now).await?;
    let detail =
        json!({ "id": id, "kind": new.kind, "contact": new.contact, "until": new.until, "reason": new.reason });
    session.audit(now, new.actor, "silence_begun", subject, &detail).await?;
    session.commit().await?;
    Ok(id)
}

/// Ends those whose time is up.
pub async fn end_due(app: &App) -> anyhow::Result<()> {
    for id in app.store.silences_due(app.clock.now()).await? {
        end(app, id, ITSELF).await?;
    }
    Ok(())
}

/// Ends one and tells of it; `None`: it wasn't in force.
pub async fn end(app: &App, id: i64, actor: &str) -> anyhow::Result<Option<Silence>> {
    let Some(silence) = app.store.silences(false).await?.into_iter().find(|silence| silence.id == id) else {
        return Ok(None);
    };
    let now = app.clock.now();
    let project = silence.project.map(ProjectKey);
    let kept: Vec<KeptBackLine> = app
        .store
        .kept_back(&silence)
        .await?
        .into_iter()
        .map(|kept| KeptBackLine { subject: kept.subject, times: u64::try_from(kept.times).unwrap_or(0) })
        .collect();
    let stored = match project {
        Some(key) => app.store.project_by_key(key).await?,
        None => None,
    };
    let zone = stored.as_ref().and_then(|project| app.zones.get(&project.zone).ok());
    let zone = zone.map_or_else(|| app.zones.get("UTC"), Ok)?;
    let name = stored.map(|project| project.name);
    let drawn = owner::drawn(app, project, |language| {
        let words = Words::of(language);
        let installation = words.word("owner-installation");
        let name = name.as_deref().unwrap_or(&installation);
        notice::silence_over(&words, name, (&silence.actor, &silence.reason), zone.local(silence.since), &kept, now)
    });
    let drawn = drawn.await?;
    let mut session = app.store.write().await?;
    if !session.end_silence(id, actor, now).await? {
        return Ok(None);
    }
    owner::tell_within(app, &mut session, project, &format!("owner/silence/{id}"), drawn).await?;
    let subject = silence.project_id.clone().unwrap_or_else(|| "everything".to_owned());
    session.audit(now, actor, "silence_ended", &subject, &json!({ "id": id })).await?;
    session.commit().await?;
    Ok(Some(silence))
}
