//! Every step of every delivery, with its reason. Only ever added to.

use serde::Serialize;

use super::{Session, Sql, Store, StoreError};
use super::{execute, fetch_all, sql};
use crate::domain::ids::{DeliveryId, RunId};
use crate::domain::instant::Instant;

const ADD: Sql = sql!(twin "ledger/add");
const OF_DELIVERY: Sql = sql!("ledger/of_delivery");
const OF_RUN: Sql = sql!("ledger/of_run");

/// A step of a delivery, or of a run, to be written down.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NewEntry {
    pub project: Option<i64>,
    pub run: Option<i64>,
    pub delivery: Option<i64>,
    pub from: Option<&'static str>,
    pub to: &'static str,
    pub reason: String,
    pub detail: Option<String>,
    pub actor: String,
}

/// A step as it was written down.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Entry {
    pub at: Instant,
    pub from_state: Option<String>,
    pub to_state: String,
    pub reason: String,
    pub detail: Option<String>,
    pub actor: String,
}

impl Session {
    /// Writes steps down, in this order.
    pub async fn add_to_ledger(&mut self, now: Instant, entries: &[NewEntry]) -> Result<(), StoreError> {
        if entries.is_empty() {
            return Ok(());
        }
        let list = super::json(&entries);
        execute!(self, ADD, list, now)?;
        Ok(())
    }

    /// Every step of a delivery, oldest first.
    pub async fn ledger_of(&mut self, delivery: DeliveryId) -> Result<Vec<Entry>, StoreError> {
        fetch_all!(self, OF_DELIVERY, Entry, delivery.0)
    }

    /// Every step of a run, oldest first.
    pub async fn ledger_of_run(&mut self, run: RunId) -> Result<Vec<Entry>, StoreError> {
        fetch_all!(self, OF_RUN, Entry, run.0)
    }
}

impl Store {
    /// Every step of a delivery, oldest first.
    pub async fn ledger_of(&self, delivery: DeliveryId) -> Result<Vec<Entry>, StoreError> {
        self.read().await?.ledger_of(delivery).await
    }
}
