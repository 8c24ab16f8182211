//! Holding what goes out, and going on. Work goes on being made while sending is held: what falls due waits as a row, and
//! goes once, late, when the hold is released, or is passed over with a reason.

use std::collections::BTreeSet;

use serde_json::json;

use crate::app::App;
use crate::domain::contact::ChannelKind;
use crate::domain::instant::Instant;
use crate::domain::project::Project;
use crate::store::StoreError;
use crate::store::holds::Hold;

/// Who holds when `CALLBRIEF_HOLD` does.
const SETTINGS: &str = "the setting `hold`";

/// From a release on, what had waited has so long to get through.
const AFTER_RELEASE_SEC: i64 = 24 * 3_600;

/// What is to be held, or released.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scope<'a> {
    /// `None`: every project, and what belongs to none.
    pub project: Option<&'a Project>,
    /// `None`: every channel.
    pub channel: Option<ChannelKind>,
}

impl Scope<'_> {
    fn is_of(&self, hold: &Hold) -> bool {
        hold.project == self.project.map(|project| project.key.0)
            && hold.channel.as_deref() == self.channel.map(ChannelKind::name)
    }
}

/// Holds sending; `false`: just this was held already.
pub async fn place(app: &App, scope: Scope<'_>, reason: &str, actor: &str) -> Result<bool, StoreError> {
    let now = app.clock.now();
    let mut session = app.store.write().await?;
    if session.holds().await?.iter().any(|hold| scope.is_of(hold)) {
        return Ok(false);
    }
    let (project, channel) = (scope.project.map(|project| project.key), scope.channel.map(ChannelKind::name));
    session.add_hold(project, channel, reason, actor, now).await?;
    let detail = json!({ "reason": reason });
    session
        .audit(now, actor, "hold_placed", &subject(scope.project.map(|one| one.id.as_str()), channel), &detail)
        .await?;
    session.commit().await?;
    Ok(true)
}

/// Holds everything where the settings ask for it, before anything is sent.
pub async fn begin_held(app: &App) -> Result<(), StoreError> {
    if !app.settings.hold || app.store.holds().await?.iter().any(|hold| Scope::default().is_of(hold)) {
        return Ok(());
    }
    place(app, Scope::default(), "the program was started held", SETTINGS).await.map(|_| ())
}

/// Ends holds: just this one, or without a scope all there are. What had waited gets a day; what was due before
/// `skip_due_before` is passed over. Gives the holds that ended.
pub async fn release(
    app: &App,
    scope: Option<Scope<'_>>,
    skip_due_before: Option<Instant>,
    actor: &str,
) -> Result<Vec<Hold>, StoreError> {
    let now = app.clock.now();
    let is_meant = |hold: &Hold| scope.is_none_or(|scope| scope.is_of(hold));
    let meant: Vec<Hold> = app.store.holds().await?.into_iter().filter(is_meant).collect();
    let mut ended = Vec::new();
    for hold in meant {
        // Before the release: nothing may be given up in between.
        loop {
            let mut session = app.store.write().await?;
            let touched = session.extend_held(&hold, now.plus_seconds(AFTER_RELEASE_SEC)).await?;
            session.commit().await?;
            if touched == 0 {
                break;
            }
        }
        let mut session = app.store.write().await?;
        if session.release_hold(&hold, skip_due_before, actor, now).await? {
            let detail = json!({
                "reason": hold.reason, "since": hold.since.to_string(),
                "skip_due_before": skip_due_before.map(|at| at.to_string()),
            });
            let subject = subject(hold.project_id.as_deref(), hold.channel.as_deref());
            session.audit(now, actor, "hold_released", &subject, &detail).await?;
            ended.push(hold);
        }
        session.commit().await?;
    }
    Ok(ended)
}

/// How many deliveries a release of this scope passes over, of those that are made; asked before it.
pub async fn passed_over(app: &App, scope: Option<Scope<'_>>, skip_due_before: Instant) -> Result<usize, StoreError> {
    let mut session = app.store.read().await?;
    let mut found = BTreeSet::new();
    for hold in session.holds().await?.iter().filter(|hold| scope.is_none_or(|scope| scope.is_of(hold))) {
        found.extend(session.held_and_due_before(hold, skip_due_before).await?);
    }
    Ok(found.len())
}

/// What a hold holds: `acme by sms`, `everything`.
pub fn subject(project: Option<&str>, channel: Option<&str>) -> String {
    match (project, channel) {
        (None, None) => "everything".to_owned(),
        (Some(project), None) => project.to_owned(),
        (None, Some(channel)) => format!("everything by {channel}"),
        (Some(project), Some(channel)) => format!("{project} by {channel}"),
    }
}

/// A hold in a sentence, with how it ends.
pub fn sentence(hold: &Hold) -> String {
    let since =
        hold.since.to_utc().map_or_else(|| hold.since.to_string(), |at| at.format("%Y-%m-%d %H:%M UTC").to_string());
    format!(
        "sending is held for {} since {since} by {}: “{}”; `callbrief release` goes on",
        subject(hold.project_id.as_deref(), hold.channel.as_deref()),
        hold.actor,
        hold.reason
    )
}
