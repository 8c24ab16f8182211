//! Removing what is older than it is kept, a bounded number of rows at a time, each batch in the caller's transaction.
//! Nothing that somebody still waits for goes: forms of open deliveries, calls of runs that aren't made yet, the last
//! report of a schedule. What deliveries leave behind is a count by day.

use std::collections::{BTreeMap, BTreeSet};

use super::{Session, Sql, StoreError};
use super::{execute, fetch_all, fetch_one, json, sql};
use crate::domain::instant::Instant;

const EVENTS: Sql = sql!(twin "retention/events");
const CALLS_WITHOUT_EVENTS: Sql = sql!(twin "retention/calls_without_events");
const SET_ASIDE: Sql = sql!("retention/set_aside");
const FORMS: Sql = sql!("retention/forms");
const FORMS_OF: Sql = sql!("retention/forms_of");
const ARTEFACTS: Sql = sql!("retention/artefacts");
const ADDRESSES: Sql = sql!("retention/addresses");
const HIDE_ADDRESS: Sql = sql!("retention/hide_address");
const LEDGER_UNTIL: Sql = sql!("retention/ledger_until");
const LEDGER_DETAILS: Sql = sql!("retention/ledger_details");
const SAMPLE_NOTES: Sql = sql!("retention/sample_notes");
const DELIVERIES: Sql = sql!("retention/deliveries");
const LEDGER_OF_DELIVERY: Sql = sql!("retention/ledger_of_delivery");
const COUNT: Sql = sql!("retention/count");
const NOTICES: Sql = sql!("retention/notices");
const RUNS: Sql = sql!("retention/runs");
const LEDGER_OF_RUN: Sql = sql!("retention/ledger_of_run");
const CALLS: Sql = sql!("retention/calls");
const CALLBACKS: Sql = sql!("retention/callbacks");
const IMPORTS: Sql = sql!("retention/imports");
const SUPPRESSIONS: Sql = sql!("retention/suppressions");
const REPLIES: Sql = sql!("retention/replies");
const OLDEST_OPEN: Sql = sql!("retention/oldest_open_period");

/// Where rows are found by their number because age has no index, so many of the oldest are looked at.
const LOOKED_AT: i64 = 20_000;

#[derive(Debug, sqlx::FromRow)]
pub(super) struct GoneDelivery {
    id: i64,
    project: i64,
    kind: String,
    channel: String,
    state: String,
    created_at: Instant,
}

impl Session {
    /// Raw events of calls that nothing was told about since; their records speak for themselves from then on.
    pub async fn forget_events(&mut self, before: Instant, most: i64) -> Result<u64, StoreError> {
        let gone = fetch_all!(self, EVENTS, (i64, String), before, most)?;
        if !gone.is_empty() {
            self.speak_for_themselves(&gone.iter().cloned().collect()).await?;
        }
        Ok(count(gone.len()))
    }

    /// Notes of calls (source, id) that their events are gone.
    pub(super) async fn speak_for_themselves(&mut self, calls: &BTreeSet<(i64, String)>) -> Result<(), StoreError> {
        if !calls.is_empty() {
            execute!(self, CALLS_WITHOUT_EVENTS, json(calls))?;
        }
        Ok(())
    }

    /// Rows of imports that couldn't be read.
    pub async fn forget_set_aside(&mut self, before: Instant, most: i64) -> Result<u64, StoreError> {
        execute!(self, SET_ASIDE, before, most)
    }

    /// The names of stored forms, of variants that nobody waits for.
    pub async fn forget_forms(&mut self, before: Instant, most: i64) -> Result<u64, StoreError> {
        let variants = fetch_all!(self, FORMS, (i64,), before, most)?;
        for (variant,) in &variants {
            execute!(self, FORMS_OF, variant)?;
        }
        Ok(count(variants.len()))
    }

    /// Contents that are no variant's form any more.
    pub async fn forget_artefacts(&mut self, before: Instant, most: i64) -> Result<u64, StoreError> {
        execute!(self, ARTEFACTS, before, most)
    }

    /// Deliveries that ended and still show their address: number and address.
    pub async fn addresses_to_hide(&mut self, before: Instant, most: i64) -> Result<Vec<(i64, String)>, StoreError> {
        fetch_all!(self, ADDRESSES, (i64, String), before, most)
    }

    /// Puts `hidden` in the place of a delivery's address, and takes what else names its reader.
    pub async fn hide_address(&mut self, delivery: i64, hidden: &str) -> Result<(), StoreError> {
        execute!(self, HIDE_ADDRESS, delivery, hidden)?;
        Ok(())
    }

    /// Takes details that name an address from the next lines of the ledger after `from`; the last line that was looked
    /// at, `None`: none is old enough.
    pub async fn hide_ledger_details(
        &mut self,
        from: i64,
        before: Instant,
        most: i64,
    ) -> Result<Option<i64>, StoreError> {
        let (last,): (Option<i64>,) = fetch_one!(self, LEDGER_UNTIL, (Option<i64>,), from, before, most)?;
        if let Some(last) = last {
            execute!(self, LEDGER_DETAILS, from, last)?;
        }
        Ok(last)
    }

    /// Addresses that people named for samples.
    pub async fn forget_sample_addresses(&mut self, before: Instant, most: i64) -> Result<u64, StoreError> {
        execute!(self, SAMPLE_NOTES, before, most)
    }

    /// Deliveries that ended, with their lines in the ledger; a count of them by day stays.
    pub async fn forget_deliveries(&mut self, before: Instant, most: i64) -> Result<u64, StoreError> {
        let gone = fetch_all!(self, DELIVERIES, GoneDelivery, before, most, LOOKED_AT)?;
        for row in &gone {
            execute!(self, LEDGER_OF_DELIVERY, row.id)?;
        }
        counted(self, &gone).await?;
        Ok(count(gone.len()))
    }

    /// Notices without deliveries, and their variants.
    pub async fn forget_notices(&mut self, before: Instant, most: i64) -> Result<u64, StoreError> {
        execute!(self, NOTICES, before, most, LOOKED_AT)
    }

    /// Runs that ended and left nothing that is still kept, with their lines in the ledger; the last report of each
    /// schedule stays.
    pub async fn forget_runs(&mut self, before: Instant, most: i64) -> Result<u64, StoreError> {
        let gone = fetch_all!(self, RUNS, (i64,), before, most, LOOKED_AT)?;
        for (run,) in &gone {
            execute!(self, LEDGER_OF_RUN, run)?;
        }
        Ok(count(gone.len()))
    }

    /// Calls that came in and began before that, whole.
    pub async fn forget_calls(&mut self, before: Instant, most: i64) -> Result<u64, StoreError> {
        let (open,): (Option<Instant>,) = fetch_one!(self, OLDEST_OPEN, (Option<Instant>,))?;
        let began_before = open.map_or(before, |open| open.min(before));
        let ids = fetch_all!(self, CALLS, (i64,), before, began_before, most)?;
        let ids: Vec<i64> = ids.into_iter().map(|(id,)| id).collect();
        self.delete_calls(&ids).await?;
        Ok(count(ids.len()))
    }

    /// Callers to call back whose last word is older than that.
    pub async fn forget_callbacks(&mut self, before: Instant, most: i64) -> Result<u64, StoreError> {
        execute!(self, CALLBACKS, before, most)
    }

    /// Accounts of imports.
    pub async fn forget_imports(&mut self, before: Instant, most: i64) -> Result<u64, StoreError> {
        execute!(self, IMPORTS, before, most, LOOKED_AT)
    }

    /// Stops that were lifted.
    pub async fn forget_lifted_stops(&mut self, before: Instant, most: i64) -> Result<u64, StoreError> {
        execute!(self, SUPPRESSIONS, before, most)
    }

    /// Names of answers to texts.
    pub async fn forget_replies(&mut self, before: Instant, most: i64) -> Result<u64, StoreError> {
        execute!(self, REPLIES, before, most)
    }
}

/// Keeps how many of them there were a day.
pub(super) async fn counted(session: &mut Session, gone: &[GoneDelivery]) -> Result<(), StoreError> {
    let mut counts: BTreeMap<(String, i64, &str, &str, &str), i64> = BTreeMap::new();
    for row in gone {
        let day = row.created_at.to_utc().map(|at| at.date_naive().to_string()).unwrap_or_default();
        *counts.entry((day, row.project, &row.kind, &row.channel, &row.state)).or_default() += 1;
    }
    for ((day, project, kind, channel, state), n) in counts {
        execute!(session, COUNT, day, project, kind, channel, state, n)?;
    }
    Ok(())
}

fn count(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX)
}
