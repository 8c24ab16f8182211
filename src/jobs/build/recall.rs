//! What a report may say about itself and those before it: what it waited for, what its schedule's earlier reports told, and
//! how many calls there are of their periods now. Asked for many runs at once.

use std::collections::HashMap;
use std::sync::Arc;

use super::prepare::Prepared;
use crate::app::App;
use crate::domain::ids::{ProjectKey, RunId};
use crate::domain::period::Period;
use crate::domain::run::History;
use crate::store::StoreError;
use crate::store::told::ToldBefore;

/// Fills in the history of these runs.
pub(super) async fn recall(app: &App, prepared: &mut [Prepared]) -> Result<(), StoreError> {
    let runs: Vec<RunId> = prepared.iter().map(|ready| ready.run.run.id).collect();
    if runs.is_empty() {
        return Ok(());
    }
    let mut told = app.store.read().await?.told_before(&runs).await?;
    // What it is compared with is counted with the report itself.
    let elsewhere = |ready: &Prepared, before: &ToldBefore| {
        let run = &ready.run.run;
        let last = before.last.as_ref().filter(|last| Some(last.period) != run.compared_with)?;
        Some((run.project, last.period))
    };
    let all = prepared.iter().filter_map(|ready| elsewhere(ready, told.get(&ready.run.run.id)?));
    let mut wanted: Vec<(ProjectKey, Period)> = all.collect();
    wanted.sort_unstable();
    wanted.dedup();
    let counted = app.store.count_calls(&wanted).await?;
    let counted: HashMap<(ProjectKey, Period), u64> = wanted.into_iter().zip(counted).collect();
    for ready in prepared {
        let before = told.remove(&ready.run.run.id).unwrap_or_default();
        let waited_for = ready.run.waiting.as_ref().map(|waiting| waiting.missing.clone()).unwrap_or_default();
        let last_now = elsewhere(ready, &before).and_then(|span| counted.get(&span).copied());
        ready.history = Arc::new(History { waited_for, last: before.last, last_now, compared: before.compared });
    }
    Ok(())
}
