//! When the next thing falls due.

use super::{Session, Sql, StoreError};
use super::{fetch_one, sql};
use crate::domain::instant::Instant;

const NEXT_DUE: Sql = sql!(twin "work/next_due");

impl Session {
    /// When the first of all that falls due by time does, or did; `None`: nothing is known that ever will.
    pub async fn next_due(&mut self) -> Result<Option<Instant>, StoreError> {
        Ok(fetch_one!(self, NEXT_DUE, (Option<Instant>,))?.0)
    }
}
