//! The trace of who changed what, and when.

use super::db::{Session, Sql, StoreError};
use super::{execute, sql};
use crate::domain::instant::Instant;

const ADD: Sql = sql!("audit/add");

impl Session {
    /// Notes a change: `actor` is a person or a command, `action` a verb, `subject` what was changed, `detail` JSON. Part of
    /// the transaction that makes the change.
    pub async fn audit(
        &mut self,
        at: Instant,
        actor: &str,
        action: &str,
        subject: &str,
        detail: &serde_json::Value,
    ) -> Result<(), StoreError> {
        execute!(self, ADD, at, actor, action, subject, detail.to_string())?;
        Ok(())
    }
}
