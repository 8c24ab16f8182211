//! The right report, to the right person, once. See `src/ARCHITECTURE.md` for the map.
//!
//! Modules in reading order; imports go downwards only:
//! `domain` ← `clock config i18n net zones` ← `chaos telemetry` ← `store report rules` ← `app` ← `access apply notify ingest funds` ← `jobs web` ←
//! `cli demo`.

pub mod domain;

pub mod chaos;
pub mod clock;
pub mod config;
pub mod i18n;
pub mod net;
pub mod telemetry;
pub mod zones;

pub mod report;
pub mod rules;
pub mod store;

pub mod access;
pub mod apply;
pub mod funds;
pub mod ingest;
pub mod notify;

pub mod app;

pub mod jobs;
pub mod web;

pub mod demo;

pub mod cli;

#[cfg(any(test, fuzzing))]
pub mod fuzzed;
