//! The trace of who changed what, and when.

use super::{Session, Sql, StoreError};
use super::{execute, sql};
use crate::domain::instant::Instant;

const ADD: Sql = sql!("audit/add");
const SET_META: Sql = sql!("meta/set");

impl Session {
    /// Makes this transaction wait for any other that applies a file, until that one has ended.
    pub(crate) async fn lock_setup(&mut self, now: Instant) -> Result<(), StoreError> {
        execute!(self, SET_META, "last_apply", now.to_string()).map(|_| ())
    }

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
