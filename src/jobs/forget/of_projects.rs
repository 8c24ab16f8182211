//! What projects keep for less time than the installation does (`[project.keep]` of the set-up file).

use std::collections::BTreeMap;

use crate::app::App;
use crate::config::settings::Keep;
use crate::domain::instant::Instant;
use crate::domain::project::{Project, ProjectKeep};
use crate::notify::secret;
use crate::store::StoreError;
use crate::store::retention_of::Aged;

/// Each kind with its name among the counts, and which time counts for it, of a project and of the installation.
type Line = (Aged, &'static str, fn(&ProjectKeep) -> Option<u64>, fn(&Keep) -> std::time::Duration);

const KINDS: &[Line] = &[
    (Aged::Events, "events", |own| own.events, |keep| keep.events),
    (Aged::SetAside, "set_aside_rows", |own| own.events, |keep| keep.events),
    (Aged::Documents, "documents", |own| own.documents, |keep| keep.documents),
    (Aged::Addresses, "addresses_hidden", |own| own.addresses, |keep| keep.addresses),
    (Aged::SampleAddresses, "sample_addresses", |own| own.addresses, |keep| keep.addresses),
    (Aged::Deliveries, "deliveries", |own| own.ledger, |keep| keep.ledger),
    (Aged::Notices, "notices", |own| own.ledger, |keep| keep.ledger),
    (Aged::Runs, "runs", |own| own.ledger, |keep| keep.ledger),
    (Aged::Calls, "calls", |own| own.calls, |keep| keep.calls),
    (Aged::Callbacks, "callbacks", |own| own.calls, |keep| keep.calls),
    (Aged::Imports, "imports", |own| own.ledger, |keep| keep.ledger),
];

/// Rows of one kind that one pass removes; the next pass goes on.
const MOST: i64 = 10_000;

/// Removes what is older than its project keeps it; whether there may be more, which the next pass sees to.
pub(super) async fn step(app: &App, now: Instant, removed: &mut BTreeMap<&str, u64>) -> Result<bool, StoreError> {
    let mut is_more = false;
    for project in app.store.projects().await? {
        for (aged, name, own, usual) in KINDS {
            let Some(kept) = own(&project.settings.keep).filter(|kept| *kept < usual(&app.settings.keep).as_secs())
            else {
                continue;
            };
            let before = now.plus_seconds(-i64::try_from(kept).unwrap_or(i64::MAX));
            let rows = of_kind(app, &project, *aged, before).await?;
            if rows > 0 {
                *removed.entry(name).or_default() += rows;
            }
            is_more |= rows >= MOST.unsigned_abs();
        }
    }
    Ok(is_more)
}

async fn of_kind(app: &App, project: &Project, aged: Aged, before: Instant) -> Result<u64, StoreError> {
    let old = app.store.read().await?.old_of(project.key, aged, before, MOST).await?;
    for together in old.chunks(usize::try_from(super::TOGETHER).unwrap_or(usize::MAX)) {
        let mut session = app.store.write().await?;
        let key = secret::key(app, &mut session).await?;
        session.remove_old(project.key, aged, together, |address| secret::hidden(&key, address)).await?;
        session.commit().await?;
    }
    Ok(old.len() as u64)
}

/// The least time that any project keeps documents: contents that nobody refers to are nobody's.
pub(super) async fn shortest_documents(app: &App) -> Result<Option<u64>, StoreError> {
    let projects = app.store.projects().await?;
    Ok(projects.iter().filter_map(|project| project.settings.keep.documents).min())
}
