//! Asks the databases of others that say what balances are, each when it is due and by one process of all. Each has its own
//! time limit and they are asked side by side, so that a slow one holds up nobody; one that fails leaves what stands.

use futures_util::future::join_all;

use super::Work;
use crate::app::App;
use crate::config::money_sources::MoneySource;
use crate::funds::source::{self, Kept, turn};
use crate::telemetry::Outcome;

/// One pass: returns how many facts are something else now.
pub(super) async fn step(app: &App, work: &Work) -> anyhow::Result<u64> {
    let sources = &app.settings.money_sources;
    let fetched = join_all(sources.iter().map(|source| fetch_due(app, work, source))).await;
    fetched.into_iter().sum()
}

async fn fetch_due(app: &App, work: &Work, source: &MoneySource) -> anyhow::Result<u64> {
    if source.url.is_none() {
        return Ok(0);
    }
    let Some(before) = turn::claim(app, source).await? else { return Ok(0) };
    let began = app.clock.now();
    let actor = format!("money source {}", source.name);
    let look = tokio::select! {
        look = source::fetch(app, source, &actor, false) => look,
        () = work.stop.cancelled() => {
            turn::give_back(app, source, &before).await?;
            return Ok(0);
        }
    };
    let (_, after) = turn::end(app, source, began, &look).await?;
    tell(&source.name, &before, &after);
    let outcome = match (&look, &after.failing_since) {
        (Err(_), _) => Outcome::Failed,
        (Ok(look), _) if look.facts.rows.is_empty() => Outcome::Failed,
        (Ok(_), Some(_)) => Outcome::Partly,
        (Ok(_), None) => Outcome::Fetched,
    };
    app.telemetry.metrics.count_money_fetch(outcome);
    Ok(look.map_or(0, |look| look.account.changed + look.account.new_entries))
}

/// What changed since the last look: a failure, and rows that can't be read, are said once for as long as they last.
fn tell(name: &str, before: &Kept, after: &Kept) {
    let hint = format!("`callbrief balance fetch {name} --dry-run` shows each");
    match (&before.error, &after.error) {
        (before, Some(why)) if before.as_ref() != Some(why) => {
            tracing::warn!(money_source = name, "a money source can't be asked, and what stands stays: {why}");
        }
        (Some(_), None) => tracing::info!(money_source = name, "the money source answers again"),
        _ => {}
    }
    let wrong = |kept: &Kept| (kept.wrong_rows, kept.unknown_rows);
    if wrong(before) != wrong(after) && wrong(after) != (0, 0) {
        tracing::warn!(
            money_source = name,
            wrong = after.wrong_rows,
            of_unknown_projects = after.unknown_rows,
            "rows of a money source count for nothing; {hint}"
        );
    }
}
