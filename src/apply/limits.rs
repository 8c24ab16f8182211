//! A limit that somebody edits sends nothing by itself: it is taken over in silence for a balance as it is known at that moment,
//! and what is told of the balance from then on is judged by it like any fact.

use std::collections::BTreeSet;

use crate::domain::episode::Quiet;
use crate::domain::instant::Instant;
use crate::domain::project::{Project, ProjectSettings};
use crate::rules;
use crate::store::episodes::StoredEpisode;
use crate::store::{Session, StoreError};

const RULE: &str = "low_balance";

/// Takes over the limits of a project that was saved just now; `before`: as it was. Saving it keeps others from judging it meanwhile.
pub(super) async fn take_over(
    session: &mut Session,
    before: Option<&Project>,
    after: &ProjectSettings,
    now: Instant,
) -> Result<(), StoreError> {
    let Some(before) = before else { return Ok(()) };
    let names: BTreeSet<_> = before.settings.balances.keys().chain(after.balances.keys()).collect();
    let limit = |settings: &ProjectSettings, name| settings.balances.get(name).and_then(|rules| rules.low);
    let changed: Vec<_> = names
        .into_iter()
        .map(|name| (name, limit(&before.settings, name), limit(after, name)))
        .filter(|(_, old, new)| old != new)
        .collect();
    if changed.is_empty() {
        return Ok(());
    }
    let episodes = session.episodes(&[before.key]).await?;
    let kept = |balance: &str, rule: &str| episodes.iter().find(|kept| kept.balance == balance && kept.rule == rule);
    let mut taken = Vec::new();
    for (name, old, new) in changed {
        let Some(stored) = session.balances(Some(before.key), Some(name)).await?.into_iter().next() else { continue };
        let is_failing = kept(name.as_str(), "topup_failed").is_some_and(|kept| kept.episode.is_open);
        let tops_up_itself = stored.balance.auto_topup.is_some() && !is_failing;
        let episode = kept(name.as_str(), RULE).map(|kept| kept.episode).unwrap_or_default();
        taken.push(StoredEpisode {
            project: before.key,
            balance: name.as_str().to_owned(),
            rule: RULE.to_owned(),
            episode: rules::other_limit(episode, (old, new), stored.balance.amount, tops_up_itself),
            decision: Quiet::LimitsChanged.name().to_owned(),
            decided_at: now,
        });
    }
    session.keep_episodes(&taken, now).await
}
