//! The trace of who changed what, and when.

use super::{Session, Sql, StoreError};
use super::{execute, json, sql};
use crate::domain::instant::Instant;

const ADD: Sql = sql!("audit/add");
const ADD_MANY: Sql = sql!(twin "audit/add_many");
const SET_META: Sql = sql!("meta/set");

/// On one line: an account of the system may be called anything.
fn on_one_line(text: &str) -> String {
    text.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

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
        execute!(self, ADD, at, on_one_line(actor), action, on_one_line(subject), detail.to_string())?;
        Ok(())
    }

    /// The same of many: subjects with their details.
    pub async fn audit_many(
        &mut self,
        at: Instant,
        actor: &str,
        action: &str,
        changes: &[(String, serde_json::Value)],
    ) -> Result<(), StoreError> {
        let list: Vec<_> = changes.iter().map(|(subject, detail)| (subject, detail.to_string())).collect();
        if !list.is_empty() {
            execute!(self, ADD_MANY, at, on_one_line(actor), action, json(&list))?;
        }
        Ok(())
    }
}
