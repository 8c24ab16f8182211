//! Data ends. Once an hour one process of all removes what is older than it is kept (`[keep]` in the settings): a bounded
//! number of rows at a time, in short transactions, so that nobody waits for it. What it did stands in one value of
//! `meta`, which the status page shows.
//!
//! A wrong clock must not delete anything: after more than a month without a look (a long rest, or a clock that jumped)
//! it only notes the time, and begins a day later.

mod of_projects;

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::chaos::crash_point;
use crate::domain::instant::Instant;
use crate::notify::secret;
use crate::store::status::FORGOTTEN as NAME;
use crate::store::{Session, StoreError};

/// Between two looks.
const EVERY_SEC: i64 = 3_600;
/// After so long without a look the time isn't believed before it has stood for [`DOUBT_SEC`].
const LONG_SEC: i64 = 31 * 86_400;
const DOUBT_SEC: i64 = 86_400;
/// Rows in one transaction: far below 50 ms of SQLite's one writer.
const TOGETHER: i64 = 200;
/// Transactions for one kind in one pass; the next pass goes on.
const MOST_BATCHES: u32 = 50;

/// What was removed, and when somebody last looked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Account {
    at: Option<Instant>,
    /// Nothing is removed before this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    in_doubt_until: Option<Instant>,
    /// Lines of the ledger up to this one name no address any more.
    #[serde(default)]
    ledger_line: i64,
    /// Rows removed so far, by kind.
    #[serde(default)]
    removed: BTreeMap<String, u64>,
}

/// What is removed, in an order in which nothing refers to what is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Events,
    SetAside,
    Documents,
    Contents,
    Addresses,
    LedgerDetails,
    SampleAddresses,
    Deliveries,
    Notices,
    Runs,
    Calls,
    Callbacks,
    Imports,
    LiftedStops,
    Replies,
}

/// Each kind with its name, and how long it is kept. To add one: a line here and its arm in [`remove`].
const KINDS: &[(Kind, &str)] = &[
    (Kind::Events, "events"),
    (Kind::SetAside, "set_aside_rows"),
    (Kind::Documents, "documents"),
    (Kind::Contents, "contents"),
    (Kind::Addresses, "addresses_hidden"),
    // Lines are looked through, few are changed: not counted.
    (Kind::LedgerDetails, "ledger_details"),
    (Kind::SampleAddresses, "sample_addresses"),
    (Kind::Deliveries, "deliveries"),
    (Kind::Notices, "notices"),
    (Kind::Runs, "runs"),
    (Kind::Calls, "calls"),
    (Kind::Callbacks, "callbacks"),
    (Kind::Imports, "imports"),
    (Kind::LiftedStops, "lifted_stops"),
    (Kind::Replies, "replies"),
];

/// How long this kind is kept.
fn kept_for(app: &App, kind: Kind) -> Duration {
    let keep = app.settings.keep;
    match kind {
        Kind::Events | Kind::SetAside => keep.events,
        Kind::Documents | Kind::Contents => keep.documents,
        Kind::Addresses | Kind::LedgerDetails | Kind::SampleAddresses => keep.addresses,
        Kind::Deliveries | Kind::Notices | Kind::Runs | Kind::Imports | Kind::LiftedStops | Kind::Replies => {
            keep.ledger
        }
        Kind::Calls | Kind::Callbacks => keep.calls,
    }
}

/// One pass: nothing, unless a look is due. Returns how many rows went.
pub async fn step(app: &App) -> anyhow::Result<u64> {
    let now = app.clock.now();
    let known = app.store.read().await?.meta(NAME).await?;
    if !is_due(&read(known.as_deref()), now) {
        return Ok(0);
    }
    let Some(mut account) = begin(app, now).await? else { return Ok(0) };
    let mut removed: BTreeMap<&str, u64> = BTreeMap::new();
    let mut is_more = of_projects::step(app, now, &mut removed).await?;
    for (name, rows) in &removed {
        *account.removed.entry((*name).to_owned()).or_default() += rows;
    }
    let shortest = of_projects::shortest_documents(app).await?;
    for (kind, name) in KINDS {
        let mut kept = kept_for(app, *kind);
        if let (Kind::Contents, Some(seconds)) = (kind, shortest) {
            kept = kept.min(Duration::from_secs(seconds));
        }
        let before = now.plus_seconds(-i64::try_from(kept.as_secs()).unwrap_or(i64::MAX));
        let (rows, ended) = all_of(app, *kind, before, &mut account).await?;
        is_more |= !ended;
        if rows > 0 && *kind != Kind::LedgerDetails {
            *removed.entry(name).or_default() += rows;
            *account.removed.entry((*name).to_owned()).or_default() += rows;
        }
    }
    if is_more {
        account.at = Some(now.plus_seconds(-EVERY_SEC));
    }
    let mut session = app.store.write().await?;
    session.put_meta(NAME, &serde_json::to_string(&account)?).await?;
    session.commit().await?;
    let all = removed.values().sum();
    if all > 0 {
        app.telemetry.metrics.count_removed(&removed);
        let words: Vec<String> = removed.iter().map(|(name, rows)| format!("{rows} {name}")).collect();
        tracing::info!("removed what is older than it is kept: {}", words.join(", "));
    }
    Ok(all)
}

fn read(kept: Option<&str>) -> Account {
    kept.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

fn is_due(account: &Account, now: Instant) -> bool {
    // A look that lies ahead was noted by a clock that was wrong.
    account.at.is_none_or(|at| at.plus_seconds(EVERY_SEC) <= now || at > now)
}

/// Takes the next look for this process; `None`: another took it, or the time isn't to be believed yet.
async fn begin(app: &App, now: Instant) -> anyhow::Result<Option<Account>> {
    let mut session = app.store.write().await?;
    let mut account = read(Some(&session.lock_meta(NAME, "{}").await?));
    if !is_due(&account, now) {
        return Ok(None);
    }
    let goes = may_remove(&mut account, now);
    session.put_meta(NAME, &serde_json::to_string(&account)?).await?;
    session.commit().await?;
    Ok(goes.then_some(account))
}

/// Notes the look; whether anything may be removed.
fn may_remove(account: &mut Account, now: Instant) -> bool {
    let after_long = account.at.is_none_or(|at| at.plus_seconds(LONG_SEC) < now);
    account.at = Some(now);
    if after_long {
        account.in_doubt_until = Some(now.plus_seconds(DOUBT_SEC));
    }
    // A doubt that lies further ahead than it can was noted by the clock that was wrong.
    let doubt = account.in_doubt_until.filter(|until| now < *until && *until <= now.plus_seconds(DOUBT_SEC));
    if doubt.is_none() {
        account.in_doubt_until = None;
    }
    doubt.is_none()
}

/// Removes everything of a kind; how many rows, and whether that was all.
async fn all_of(app: &App, kind: Kind, before: Instant, account: &mut Account) -> anyhow::Result<(u64, bool)> {
    let mut all = 0;
    for _ in 0..MOST_BATCHES {
        let mut session = app.store.write().await?;
        let rows = remove(app, &mut session, kind, before, account).await?;
        session.commit().await?;
        if rows == 0 {
            return Ok((all, true));
        }
        crash_point!("forget.removed");
        all += rows;
    }
    Ok((all, false))
}

async fn remove(
    app: &App,
    session: &mut Session,
    kind: Kind,
    before: Instant,
    account: &mut Account,
) -> Result<u64, StoreError> {
    match kind {
        Kind::Events => session.forget_events(before, TOGETHER).await,
        Kind::SetAside => session.forget_set_aside(before, TOGETHER).await,
        Kind::Documents => session.forget_forms(before, TOGETHER).await,
        Kind::Contents => session.forget_artefacts(before, TOGETHER).await,
        Kind::Addresses => hide_addresses(app, session, before).await,
        Kind::LedgerDetails => {
            let Some(last) = session.hide_ledger_details(account.ledger_line, before, TOGETHER).await? else {
                return Ok(0);
            };
            let looked_at = u64::try_from(last - account.ledger_line).unwrap_or(0);
            account.ledger_line = last;
            Ok(looked_at)
        }
        Kind::SampleAddresses => session.forget_sample_addresses(before, TOGETHER).await,
        Kind::Deliveries => session.forget_deliveries(before, TOGETHER).await,
        Kind::Notices => session.forget_notices(before, TOGETHER).await,
        Kind::Runs => session.forget_runs(before, TOGETHER).await,
        Kind::Calls => session.forget_calls(before, TOGETHER).await,
        Kind::Callbacks => session.forget_callbacks(before, TOGETHER).await,
        Kind::Imports => session.forget_imports(before, TOGETHER).await,
        Kind::LiftedStops => session.forget_lifted_stops(before, TOGETHER).await,
        Kind::Replies => session.forget_replies(before, TOGETHER).await,
    }
}

async fn hide_addresses(app: &App, session: &mut Session, before: Instant) -> Result<u64, StoreError> {
    let rows = session.addresses_to_hide(before, TOGETHER).await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let key = secret::key(app, session).await?;
    for (delivery, address) in &rows {
        session.hide_address(*delivery, &secret::hidden(&key, address)).await?;
    }
    Ok(rows.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600;

    fn at(hours: i64) -> Instant {
        Instant::from_seconds(hours * HOUR)
    }

    #[test]
    fn a_look_is_due_once_an_hour() {
        let mut account = Account::default();
        assert!(is_due(&account, at(0)));
        may_remove(&mut account, at(0));
        assert!(!is_due(&account, at(0).plus_seconds(HOUR - 1)) && is_due(&account, at(1)));
    }

    #[test]
    fn a_time_that_comes_as_a_surprise_is_not_believed_for_a_day() {
        let mut account = Account::default();
        assert!(!may_remove(&mut account, at(1_000)), "nothing is known of the time before");
        assert!(!may_remove(&mut account, at(1_023)) && may_remove(&mut account, at(1_024)));
        assert!(may_remove(&mut account, at(1_024 + 31 * 24)), "a month");
        let jumped = 1_024 + 63 * 24;
        assert!(!may_remove(&mut account, at(jumped)), "more than a month");
        assert!(!may_remove(&mut account, at(jumped + 23)));
        // The clock was wrong and is set right: what it noted doesn't count.
        assert!(may_remove(&mut account.clone(), at(2_000)));
        assert!(may_remove(&mut account, at(jumped + 24)));
    }
}
