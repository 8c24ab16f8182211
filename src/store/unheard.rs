//! Warnings about money that may have reached nobody.

use super::{Session, Sql, Store, StoreError};
use super::{execute, fetch_all, fetch_optional, json, sql};
use crate::domain::ids::NoticeId;
use crate::domain::instant::Instant;

const UNHEARD: Sql = sql!("deliveries/unheard");
const OF_WARNING: Sql = sql!("deliveries/of_warning");
const LOOKED_AT: Sql = sql!(twin "deliveries/looked_at");
const OPEN: Sql = sql!("episodes/of_warning");

/// A delivery that ended without being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EndedUnread {
    pub id: i64,
    /// The notice that it, or what it joins, tells.
    pub notice: i64,
    /// Whether it tells any warning.
    pub warns: bool,
}

/// How a delivery of a warning stands, or the message that tells it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DeliveryOfWarning {
    /// `None`: `[operations]`.
    pub contact: Option<String>,
    pub channel: String,
    pub address: String,
    pub variant: Option<i64>,
    pub priority: i64,
    pub state: String,
    pub reason: String,
}

/// A warning whose cause goes on.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OpenWarning {
    pub project: i64,
    pub kind: String,
    pub dedup_key: String,
    /// Empty: the project itself.
    pub balance: String,
    pub rule: String,
    /// Which word of its rule it is, or was told instead of.
    pub level: String,
}

impl Store {
    /// Deliveries of warnings that ended without being read and weren't looked at yet.
    pub async fn unheard_deliveries(&self, after: i64, most: i64) -> Result<Vec<EndedUnread>, StoreError> {
        let mut session = self.read().await?;
        fetch_all!(session, UNHEARD, EndedUnread, after, most)
    }

    /// All deliveries of a warning.
    pub async fn deliveries_of_warning(&self, notice: NoticeId) -> Result<Vec<DeliveryOfWarning>, StoreError> {
        let mut session = self.read().await?;
        fetch_all!(session, OF_WARNING, DeliveryOfWarning, notice.0)
    }

    /// Which warning a notice is; `None`: it is none, or what it warned of is over.
    pub async fn open_warning(&self, notice: NoticeId) -> Result<Option<OpenWarning>, StoreError> {
        let mut session = self.read().await?;
        fetch_optional!(session, OPEN, OpenWarning, notice.0)
    }
}

impl Session {
    /// Notes that these were looked at.
    pub async fn mark_looked_at(&mut self, ids: &[i64], now: Instant) -> Result<(), StoreError> {
        execute!(self, LOOKED_AT, json(&ids), now).map(|_| ())
    }
}
