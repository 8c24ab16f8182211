//! Settings, and the one reader of TOML files (and of set-up documents in JSON). The only module that reads the environment.

pub mod channels;
#[cfg(feature = "chaos")]
pub mod chaos;
pub mod duration;
mod environment;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzed;
pub mod ics;
mod json;
mod keys;
pub mod load;
pub mod mapping;
pub mod money_sources;
pub mod nearest;
pub mod problem;
pub mod relay;
mod relays;
pub mod secret;
pub mod settings;
pub mod setup;
pub mod table;

pub use environment::{columns, started_as, temporary_folder, user_name};
