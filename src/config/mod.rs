//! Settings, and the one reader of TOML files. The only module that reads the environment.

#[cfg(feature = "chaos")]
pub mod chaos;
pub mod duration;
pub mod nearest;
pub mod problem;
pub mod secret;
pub mod settings;
pub mod table;
