//! What a report may say about itself and those before it: what it waited for, what its schedule's earlier reports told, and
//! how many calls there are of their periods now. Asked for many runs at once.

use std::sync::Arc;

use super::prepare::Prepared;
use crate::app::App;
use crate::domain::ids::RunId;
use crate::domain::run::History;
use crate::store::StoreError;

/// Fills in the history of these runs.
pub(super) async fn recall(app: &App, prepared: &mut [Prepared]) -> Result<(), StoreError> {
    let runs: Vec<RunId> = prepared.iter().map(|ready| ready.run.run.id).collect();
    if runs.is_empty() {
        return Ok(());
    }
    let mut told = app.store.read().await?.told_before(&runs).await?;
    for ready in prepared {
        let run = &ready.run.run;
        let before = told.remove(&run.id).unwrap_or_default();
        let waited_for = ready.run.waiting.as_ref().map(|waiting| waiting.missing.clone()).unwrap_or_default();
        // What it is compared with is counted with the report itself.
        let elsewhere = before.last.as_ref().filter(|last| Some(last.period) != run.compared_with);
        let last_now = match elsewhere {
            Some(last) => Some(app.store.count_calls(run.project, last.period).await?),
            None => None,
        };
        ready.history = Arc::new(History { waited_for, last: before.last, last_now, compared: before.compared });
    }
    Ok(())
}
