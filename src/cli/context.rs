//! What every command shares: which settings file, which database, and how to open them.

use std::path::PathBuf;

/// The arguments that all commands take.
#[derive(Clone, Debug)]
pub struct Context {
    /// `--config`.
    pub config: Option<PathBuf>,
    /// `--database`.
    pub database: Option<String>,
}
