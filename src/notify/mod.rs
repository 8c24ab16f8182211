//! The one way out. Everything that leaves is first a row: [`post`] is the single gate in, [`send`] the single loop out,
//! [`settle`] cleans up behind both, and the ledger says why for every step.
//!
//! A channel is a file (or folder) in `channels/` and a line in [`lanes`]. A channel never sees a project.

pub mod lanes;
pub mod owner;
pub mod post;
pub mod secret;
pub mod send;
pub mod settle;
pub mod stop;
