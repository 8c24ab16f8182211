//! Which runs are made together: as many as share a load of calls that memory can hold.

use std::collections::HashMap;

use super::prepare::Prepared;
use crate::app::App;
use crate::domain::ids::ProjectKey;
use crate::domain::period::Period;
use crate::store::StoreError;

/// Cuts runs into batches whose calls together stay below the bound, and into as many as there are processors when
/// there are enough runs.
pub(super) async fn in_batches(app: &App, prepared: Vec<Prepared>) -> Result<Vec<Vec<Prepared>>, StoreError> {
    let most_rows = u64::try_from(app.settings.work.batch_rows).unwrap_or(u64::MAX);
    let most_runs = prepared.len().div_ceil(app.cpu.available_permits().max(1)).max(4);
    let spans = |ready: &Prepared| {
        let run = &ready.run.run;
        let periods = [Some(run.period), run.compared_with].into_iter().flatten();
        let projects = ready.projects().into_iter().map(|(project, _)| project.key);
        projects.flat_map(|project| periods.clone().map(move |period| (project, period))).collect::<Vec<_>>()
    };
    let mut wanted: Vec<(ProjectKey, Period)> = prepared.iter().flat_map(spans).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let counted = app.store.count_calls(&wanted).await?;
    let counted: HashMap<(ProjectKey, Period), u64> = wanted.into_iter().zip(counted).collect();
    let mut batches: Vec<Vec<Prepared>> = Vec::new();
    let mut rows = 0;
    for ready in prepared {
        let own = spans(&ready).iter().filter_map(|span| counted.get(span)).sum();
        match batches.last_mut() {
            Some(batch) if batch.len() < most_runs && rows + own <= most_rows => {
                rows += own;
                batch.push(ready);
            }
            _ => {
                rows = own;
                batches.push(vec![ready]);
            }
        }
    }
    Ok(batches)
}
