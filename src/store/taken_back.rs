//! Facts that are taken back: an entry that was told wrong, a balance that is none.

use super::balances::EntryRow;
use super::{Session, Sql, StoreError};
use super::{execute, fetch_optional, sql};
use crate::domain::balance::Entry;
use crate::domain::ids::{BalanceName, ProjectKey};
use crate::domain::instant::Instant;

const WITHDRAW: Sql = sql!("balances/withdraw_entry");
const REMOVE: Sql = sql!("balances/remove");
const REMOVE_ENTRIES: Sql = sql!("balances/remove_entries");
const COUNT_ENTRIES: Sql = sql!("balances/count_entries");

impl Session {
    /// Takes back an entry, so that its project is judged again; what it was, if it was there. Its id is free again.
    pub async fn withdraw_entry(
        &mut self,
        project: ProjectKey,
        balance: &BalanceName,
        id: &str,
        now: Instant,
    ) -> Result<Option<Entry>, StoreError> {
        let row = fetch_optional!(self, WITHDRAW, EntryRow, project.0, balance.as_str(), id)?;
        let entry = row.map(EntryRow::read).transpose()?;
        if entry.is_some() {
            self.touch_evaluation(project, now).await?;
        }
        Ok(entry)
    }

    /// Forgets a balance and what moved it, so that its project is judged again; how many entries those were.
    pub async fn remove_balance(
        &mut self,
        project: ProjectKey,
        balance: &BalanceName,
        now: Instant,
    ) -> Result<u64, StoreError> {
        execute!(self, REMOVE, project.0, balance.as_str())?;
        let entries = execute!(self, REMOVE_ENTRIES, project.0, balance.as_str())?;
        self.touch_evaluation(project, now).await?;
        Ok(entries)
    }

    /// How many entries of a balance were told.
    pub async fn count_entries(&mut self, project: ProjectKey, balance: &BalanceName) -> Result<u64, StoreError> {
        let row = fetch_optional!(self, COUNT_ENTRIES, (i64,), project.0, balance.as_str())?;
        Ok(row.and_then(|(count,)| u64::try_from(count).ok()).unwrap_or(0))
    }
}
