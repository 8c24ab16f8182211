//! Deliveries as a list for people shows them: what went to whom, for which period.

use super::{Sql, Store, StoreError, fetch_all, fetch_one, sql};
use crate::domain::instant::Instant;

const POSTED_SINCE: Sql = sql!("deliveries/posted_since");
const NEXT_WAIT: Sql = sql!("deliveries/next_wait");

/// One delivery with what belongs to it. What only reports have is `None` for other notices.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Posted {
    pub id: i64,
    pub notice: i64,
    pub kind: String,
    /// `email`, `sms`, …
    pub channel: String,
    pub contact: Option<String>,
    pub address: String,
    pub display_name: String,
    pub reference: String,
    /// 1, and one more for each time that a person sent it again.
    pub generation: i64,
    pub state: String,
    pub reason: Option<String>,
    pub created_at: Instant,
    /// When it ended, if it did.
    pub settled_at: Option<Instant>,
    pub project_id: Option<String>,
    /// The project's name.
    pub project: Option<String>,
    pub schedule: Option<String>,
    /// The schedule's zone as it stands now.
    pub zone: Option<String>,
    /// What the message says to this recipient alone; JSON that `notify` writes and reads.
    pub why: String,
    pub subject: Option<String>,
    pub period_from: Option<Instant>,
    pub period_to: Option<Instant>,
    /// When the schedule fell due.
    pub fires_at: Option<Instant>,
}

impl Store {
    /// Deliveries after the one with this number (0: all), oldest first.
    pub async fn posted_since(&self, delivery: i64) -> Result<Vec<Posted>, StoreError> {
        let mut session = self.read().await?;
        fetch_all!(session, POSTED_SINCE, Posted, delivery)
    }

    /// When the next delivery that waits may go, after this instant.
    pub async fn next_wait(&self, after: Instant) -> Result<Option<Instant>, StoreError> {
        let mut session = self.read().await?;
        Ok(fetch_one!(session, NEXT_WAIT, (Option<Instant>,), after)?.0)
    }
}
