//! What people said of payments that are on their way: until the day after, reminders of the same thing are quiet.

use chrono::NaiveDate;

use super::{Session, Sql, StoreError};
use super::{execute, fetch_all, fetch_optional, json, sql, stored};
use crate::domain::ids::{DeliveryId, NoticeId, ProjectKey};
use crate::domain::instant::Instant;

const ADD: Sql = sql!("promises/add");
const WITHDRAW: Sql = sql!("promises/withdraw");
const IN_FORCE: Sql = sql!(twin "promises/in_force");
const OF_NOTICE: Sql = sql!("episodes/of_notice");

/// A payment that is said to be on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    pub project: ProjectKey,
    /// Empty: for the project itself.
    pub balance: String,
    /// A local day of the project.
    pub arrives_on: NaiveDate,
    /// Who said so, by its id.
    pub contact: String,
    pub told_at: Instant,
}

#[derive(Debug, sqlx::FromRow)]
struct PromiseRow {
    project: i64,
    balance: String,
    arrives_on: String,
    contact: String,
    told_at: Instant,
}

impl Session {
    /// Notes that somebody said when a payment arrives; what was said before of the same thing ends.
    pub async fn promise(&mut self, promise: &Promise, delivery: DeliveryId) -> Result<(), StoreError> {
        let Promise { project, balance, arrives_on, contact, told_at } = promise;
        self.withdraw_promise(*project, balance, *told_at).await?;
        let day = arrives_on.to_string();
        execute!(self, ADD, project.0, balance.as_str(), day, contact.as_str(), delivery.0, *told_at).map(|_| ())
    }

    /// Ends what was said, so that the project is judged again; whether there was anything.
    pub async fn withdraw_promise(
        &mut self,
        project: ProjectKey,
        balance: &str,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let had_any = execute!(self, WITHDRAW, project.0, balance, now)? > 0;
        if had_any {
            self.touch_evaluation(project, now).await?;
        }
        Ok(had_any)
    }

    /// What was said of payments for these projects and not taken back; its day may be past.
    pub async fn promises(&mut self, projects: &[ProjectKey]) -> Result<Vec<Promise>, StoreError> {
        let keys: Vec<i64> = projects.iter().map(|key| key.0).collect();
        let read = |row: PromiseRow| {
            Ok(Promise {
                project: ProjectKey(row.project),
                balance: row.balance,
                arrives_on: stored("day of a payment", row.arrives_on.parse())?,
                contact: row.contact,
                told_at: row.told_at,
            })
        };
        fetch_all!(self, IN_FORCE, PromiseRow, json(&keys))?.into_iter().map(read).collect()
    }

    /// Of which balance (empty: of the project itself) a warning tells; `None`: it is none.
    pub async fn balance_of_warning(
        &mut self,
        project: ProjectKey,
        notice: NoticeId,
    ) -> Result<Option<String>, StoreError> {
        let row = fetch_optional!(self, OF_NOTICE, (String, String, i64, String), project.0, notice.0)?;
        Ok(row.map(|(balance, ..)| balance))
    }
}
