//! Small facts about the installation, by name.

use super::{Session, Sql, StoreError};
use super::{execute, fetch_one, fetch_optional, sql};

const GET: Sql = sql!("meta/get");
const PUT: Sql = sql!("meta/put");
const PUT_NEW: Sql = sql!("meta/put_new");
const LOCK: Sql = sql!("meta/lock");

impl Session {
    /// The value under a name.
    pub async fn meta(&mut self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(fetch_optional!(self, GET, (String,), name)?.map(|(value,)| value))
    }

    /// The value under a name, which becomes `value` when there was none; whoever else asks waits until this transaction
    /// ends.
    pub async fn lock_meta(&mut self, name: &str, value: &str) -> Result<String, StoreError> {
        Ok(fetch_one!(self, LOCK, (String,), name, value)?.0)
    }

    /// Keeps a value, over what was there.
    pub async fn put_meta(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        execute!(self, PUT, name, value)?;
        Ok(())
    }

    /// Keeps a value unless there is one, and returns the one that stands: of several processes that try at once, all
    /// get the same.
    pub async fn meta_once(&mut self, name: &str, value: &str) -> Result<String, StoreError> {
        execute!(self, PUT_NEW, name, value)?;
        self.meta(name).await?.ok_or_else(|| StoreError::Corrupt { what: "meta value", detail: name.to_owned() })
    }
}
