//! Balances and what moved them, as others told. A younger fact stands against an older one, whatever order they come in.

use std::collections::HashMap;

use super::{Session, Sql, StoreError};
use super::{execute, fetch_all, fetch_optional, json, sql, stored};
use crate::domain::balance::{AutoTopup, Balance, Entry, EntryKind, Taken, ToldTopup};
use crate::domain::ids::{BalanceName, ProjectId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::money::Amount;

const SET: Sql = sql!(twin "balances/set");
const LIST: Sql = sql!("balances/list");
const ENTRIES: Sql = sql!("balances/entries");
const FIRST_SPEND: Sql = sql!("balances/first_spend");
const KNOWN_ENTRIES: Sql = sql!(twin "balances/known_entries");
const ADD_ENTRIES: Sql = sql!(twin "balances/add_entries");

/// A balance as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBalance {
    pub name: BalanceName,
    pub currency: String,
    pub amount: Amount,
    /// `None`: as it was.
    pub credit_limit: Option<Amount>,
    pub auto_topup: ToldTopup,
    pub as_of: Instant,
}

/// A balance and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredBalance {
    pub key: ProjectKey,
    pub project: ProjectId,
    pub balance: Balance,
}

/// What became of entries that were told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddedEntries {
    pub new: u64,
    /// Ids that stood already with the same content.
    pub known: u64,
    /// Ids that stood already with another content, which stays.
    pub different: Vec<String>,
}

#[derive(Debug, sqlx::FromRow)]
struct BalanceRow {
    project: i64,
    project_id: String,
    name: String,
    currency: String,
    amount: i64,
    credit_limit: i64,
    as_of: Instant,
    topup_below: Option<i64>,
    topup_amount: Option<i64>,
    below_since: Option<Instant>,
}

/// An automatic top-up as it is stored.
pub(super) fn auto_topup(below: Option<i64>, amount: Option<i64>) -> Option<AutoTopup> {
    let (below, amount) = below.zip(amount)?;
    Some(AutoTopup { below: Amount::from_micros(below), amount: Amount::from_micros(amount) })
}

impl BalanceRow {
    fn read(self) -> Result<StoredBalance, StoreError> {
        Ok(StoredBalance {
            key: ProjectKey(self.project),
            project: stored("project id", ProjectId::parse(&self.project_id))?,
            balance: Balance {
                name: stored("name of a balance", BalanceName::parse(&self.name))?,
                currency: self.currency,
                amount: Amount::from_micros(self.amount),
                credit_limit: Amount::from_micros(self.credit_limit),
                as_of: self.as_of,
                auto_topup: auto_topup(self.topup_below, self.topup_amount),
                below_since: self.below_since,
            },
        })
    }
}

#[derive(Debug, sqlx::FromRow)]
struct EntryRow {
    id: String,
    at: Instant,
    kind: String,
    amount: i64,
    what: String,
}

impl EntryRow {
    fn read(self) -> Result<Entry, StoreError> {
        let kind = stored("kind of an entry", EntryKind::parse(&self.kind).ok_or(self.kind))?;
        Ok(Entry { id: self.id, at: self.at, kind, amount: Amount::from_micros(self.amount), what: self.what })
    }
}

impl Session {
    /// Keeps a balance as it was told, unless a younger fact stands.
    pub async fn set_balance(
        &mut self,
        project: ProjectKey,
        new: &NewBalance,
        now: Instant,
    ) -> Result<Taken, StoreError> {
        let before = self.balances(Some(project), Some(&new.name)).await?.pop().map(|stored| stored.balance);
        if let Some(stands) = &before {
            let is_same = stands.as_of == new.as_of
                && stands.amount == new.amount
                && stands.currency == new.currency
                && new.auto_topup.is_as(stands.auto_topup)
                && new.credit_limit.is_none_or(|limit| limit == stands.credit_limit);
            if is_same {
                return Ok(Taken::Same);
            }
        }
        let (amount, credit) = (new.amount.as_micros(), new.credit_limit.map(Amount::as_micros));
        let (name, currency) = (new.name.as_str(), new.currency.as_str());
        let (is_told, topup) = match new.auto_topup {
            ToldTopup::AsItWas => (false, None),
            ToldTopup::Off => (true, None),
            ToldTopup::On(topup) => (true, Some(topup)),
        };
        let (below, by) = (topup.map(|one| one.below.as_micros()), topup.map(|one| one.amount.as_micros()));
        let (key, as_of) = (project.0, new.as_of);
        let kept =
            fetch_optional!(self, SET, (i32,), key, name, currency, amount, credit, as_of, now, is_told, below, by)?;
        Ok(match (kept, before) {
            (None, Some(stands)) => Taken::Older { than: stands.as_of },
            // Somebody told a younger one between the two statements.
            (None, None) => Taken::Older { than: now },
            (Some(_), _) => {
                self.touch_evaluation(project, now).await?;
                Taken::Now
            }
        })
    }

    /// The balances of a project, or of all, by project and name; only those of this name, if given.
    pub async fn balances(
        &mut self,
        project: Option<ProjectKey>,
        name: Option<&BalanceName>,
    ) -> Result<Vec<StoredBalance>, StoreError> {
        let rows = fetch_all!(self, LIST, BalanceRow, project.map(|key| key.0), name.map(BalanceName::as_str))?;
        rows.into_iter().map(BalanceRow::read).collect()
    }

    /// Adds entries that weren't told before.
    pub async fn add_entries(
        &mut self,
        project: ProjectKey,
        balance: &BalanceName,
        entries: &[Entry],
        now: Instant,
    ) -> Result<AddedEntries, StoreError> {
        let ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
        let rows = fetch_all!(self, KNOWN_ENTRIES, EntryRow, project.0, balance.as_str(), json(&ids))?;
        let known: Vec<Entry> = rows.into_iter().map(EntryRow::read).collect::<Result<_, _>>()?;
        let mut stands: HashMap<&str, &Entry> = known.iter().map(|entry| (entry.id.as_str(), entry)).collect();
        let (mut added, mut wanted) = (AddedEntries::default(), Vec::new());
        for entry in entries {
            match stands.get(entry.id.as_str()) {
                Some(same) if *same == entry => added.known += 1,
                Some(_) => added.different.push(entry.id.clone()),
                None => {
                    stands.insert(&entry.id, entry);
                    wanted.push((
                        &entry.id,
                        entry.at.as_micros(),
                        entry.kind.name(),
                        entry.amount.as_micros(),
                        &entry.what,
                    ));
                }
            }
        }
        if !wanted.is_empty() {
            added.new = execute!(self, ADD_ENTRIES, project.0, balance.as_str(), json(&wanted), now)?;
            self.touch_evaluation(project, now).await?;
        }
        Ok(added)
    }

    /// What moved a balance in a span, by time.
    pub async fn entries(
        &mut self,
        project: ProjectKey,
        balance: &BalanceName,
        from: Instant,
        to: Instant,
    ) -> Result<Vec<Entry>, StoreError> {
        let rows = fetch_all!(self, ENTRIES, EntryRow, project.0, balance.as_str(), from, to)?;
        rows.into_iter().map(EntryRow::read).collect()
    }

    /// When the first spend of a balance was; `None`: none was told.
    pub async fn first_spend(
        &mut self,
        project: ProjectKey,
        balance: &BalanceName,
    ) -> Result<Option<Instant>, StoreError> {
        Ok(fetch_optional!(self, FIRST_SPEND, (Instant,), project.0, balance.as_str())?.map(|(at,)| at))
    }
}
