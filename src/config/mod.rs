//! Settings, and the one reader of TOML files. The only module that reads the environment.

pub mod secret;
pub mod settings;
