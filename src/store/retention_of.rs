//! Removing what is older than one project keeps it. What is to go is looked for while reading, since other projects' rows
//! stand between; then it is removed row by row, in the caller's small transactions.

use std::collections::BTreeSet;

use super::retention::{GoneDelivery, counted};
use super::{Session, Sql, StoreError};
use super::{execute, fetch_all, fetch_one, fetch_optional, sql};
use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;

const EVENTS: Sql = sql!("retention_of/events");
const SET_ASIDE: Sql = sql!("retention_of/set_aside");
const REMOVE_SET_ASIDE: Sql = sql!("retention_of/remove_set_aside");
const VARIANTS: Sql = sql!("retention_of/variants");
const ADDRESSES: Sql = sql!("retention_of/addresses");
const SAMPLES: Sql = sql!("retention_of/samples");
const UNNAME_SAMPLE: Sql = sql!("retention_of/unname_sample");
const DELIVERIES: Sql = sql!("retention_of/deliveries");
const REMOVE_DELIVERY: Sql = sql!("retention_of/remove_delivery");
const NOTICES: Sql = sql!("retention_of/notices");
const REMOVE_NOTICE: Sql = sql!("retention_of/remove_notice");
const RUNS: Sql = sql!("retention_of/runs");
const REMOVE_RUN: Sql = sql!("retention_of/remove_run");
const CALLS: Sql = sql!("retention_of/calls");
const CALLBACKS: Sql = sql!("retention_of/callbacks");
const REMOVE_CALLBACK: Sql = sql!("retention_of/remove_callback");
const IMPORTS: Sql = sql!("retention_of/imports");
const REMOVE_IMPORT: Sql = sql!("retention_of/remove_import");
const LEDGER_OF_DELIVERY: Sql = sql!("retention/ledger_of_delivery");
const LEDGER_OF_RUN: Sql = sql!("retention/ledger_of_run");
const OLDEST_OPEN: Sql = sql!("retention/oldest_open_period");
const LEDGER_WORDS: Sql = sql!("person/ledger_words");

/// What one project may keep for less time than the installation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aged {
    Events,
    SetAside,
    Documents,
    Addresses,
    SampleAddresses,
    Deliveries,
    Notices,
    Runs,
    Calls,
    Callbacks,
    Imports,
}

/// A row that is to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Old {
    Call { source: i64, call_id: String },
    Address { delivery: i64, address: String },
    Callback { client: i64, opened_at: Instant },
    Row(i64),
}

impl Session {
    /// Up to `most` rows of a kind that are older than that.
    pub async fn old_of(
        &mut self,
        project: ProjectKey,
        aged: Aged,
        before: Instant,
        most: i64,
    ) -> Result<Vec<Old>, StoreError> {
        let sql = match aged {
            Aged::Events => {
                let rows = fetch_all!(self, EVENTS, (i64, String), project.0, before, most)?;
                return Ok(rows.into_iter().map(|(source, call_id)| Old::Call { source, call_id }).collect());
            }
            Aged::Addresses => {
                let rows = fetch_all!(self, ADDRESSES, (i64, String), project.0, before, most)?;
                return Ok(rows.into_iter().map(|(delivery, address)| Old::Address { delivery, address }).collect());
            }
            Aged::Callbacks => {
                let rows = fetch_all!(self, CALLBACKS, (i64, Instant), project.0, before, most)?;
                return Ok(rows.into_iter().map(|(client, opened_at)| Old::Callback { client, opened_at }).collect());
            }
            Aged::Calls => {
                let (open,) = fetch_one!(self, OLDEST_OPEN, (Option<Instant>,))?;
                let began_before = open.map_or(before, |open| open.min(before));
                let rows = fetch_all!(self, CALLS, (i64,), project.0, before, began_before, most)?;
                return Ok(rows.into_iter().map(|(id,)| Old::Row(id)).collect());
            }
            Aged::SetAside => SET_ASIDE,
            Aged::Documents => VARIANTS,
            Aged::SampleAddresses => SAMPLES,
            Aged::Deliveries => DELIVERIES,
            Aged::Notices => NOTICES,
            Aged::Runs => RUNS,
            Aged::Imports => IMPORTS,
        };
        Ok(fetch_all!(self, sql, (i64,), project.0, before, most)?.into_iter().map(|(id,)| Old::Row(id)).collect())
    }

    /// Removes them; `hidden` gives what stands in the place of an address.
    pub async fn remove_old(
        &mut self,
        project: ProjectKey,
        aged: Aged,
        rows: &[Old],
        hidden: impl Fn(&str) -> String,
    ) -> Result<(), StoreError> {
        let mut gone = Vec::new();
        let mut calls = BTreeSet::new();
        let mut whole = Vec::new();
        for row in rows {
            match (aged, row) {
                (_, Old::Call { source, call_id }) => {
                    self.remove_events(*source, &[call_id]).await?;
                    calls.insert((*source, call_id.clone()));
                }
                (_, Old::Address { delivery, address }) => {
                    self.hide_address(*delivery, &hidden(address)).await?;
                    execute!(self, LEDGER_WORDS, delivery)?;
                }
                (_, Old::Callback { client, opened_at }) => {
                    execute!(self, REMOVE_CALLBACK, project.0, client, opened_at)?;
                }
                (Aged::Calls, Old::Row(id)) => whole.push(*id),
                (Aged::Documents, Old::Row(id)) => self.remove_forms(*id, &[]).await?,
                (Aged::SetAside, Old::Row(id)) => {
                    execute!(self, REMOVE_SET_ASIDE, id)?;
                }
                (Aged::SampleAddresses, Old::Row(id)) => {
                    execute!(self, UNNAME_SAMPLE, id)?;
                }
                (Aged::Deliveries, Old::Row(id)) => {
                    execute!(self, LEDGER_OF_DELIVERY, id)?;
                    gone.extend(fetch_optional!(self, REMOVE_DELIVERY, GoneDelivery, id)?);
                }
                (Aged::Notices, Old::Row(id)) => {
                    execute!(self, REMOVE_NOTICE, id)?;
                }
                (Aged::Runs, Old::Row(id)) => {
                    execute!(self, LEDGER_OF_RUN, id)?;
                    execute!(self, REMOVE_RUN, id)?;
                }
                (_, Old::Row(id)) => {
                    execute!(self, REMOVE_IMPORT, id)?;
                }
            }
        }
        self.delete_calls(&whole).await?;
        self.speak_for_themselves(&calls).await?;
        counted(self, &gone).await
    }
}
