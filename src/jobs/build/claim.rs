//! Runs taken for building: under a token and a lease, which is renewed while they are made.

use tokio_util::task::AbortOnDropHandle;

use crate::app::App;
use crate::clock::Trust;
use crate::jobs::Work;
use crate::store::runs::StoredRun;

/// Runs taken at a time.
pub(super) const CLAIM: i64 = 64;

/// Runs under a lease of ours.
pub(super) struct Claimed {
    pub(super) runs: Vec<StoredRun>,
    pub(super) token: String,
}

/// Takes the runs that are due, the longest due first.
pub(super) async fn claim(app: &App, work: &Work) -> anyhow::Result<Claimed> {
    let token = work.new_token();
    let now = app.clock.now();
    let mut session = app.store.write().await?;
    let lease_until = now + app.settings.work.lease;
    let mut runs = session.claim_runs(now, lease_until, &token, CLAIM).await?;
    // After a jump of the clock nobody knows yet whether the time is up.
    if app.clock.trust() == Trust::Steady {
        runs.extend(session.claim_waited_runs(now, lease_until, &token, CLAIM).await?);
    }
    session.commit().await?;
    Ok(Claimed { runs, token })
}

/// Renews the lease until dropped.
pub(super) fn keep_lease(app: App, token: String) -> AbortOnDropHandle<()> {
    AbortOnDropHandle::new(tokio::spawn(async move {
        let lease = app.settings.work.lease;
        loop {
            tokio::time::sleep(lease / 3).await;
            let renew = async {
                let mut session = app.store.write().await?;
                session.renew_runs(&token, app.clock.now() + lease).await?;
                session.commit().await
            };
            if let Err(error) = renew.await {
                tracing::warn!("a lease couldn't be renewed: {error}");
            }
        }
    }))
}
