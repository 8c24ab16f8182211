//! What each loop last did, for the status page: a loop that hangs or fails shows by its age or its error.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use crate::domain::instant::Instant;

/// One pass of one loop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pass {
    pub at: Instant,
    pub took_ms: u64,
    /// Things done; 0: there was nothing to do.
    pub done: u64,
    /// What went wrong; `None`: nothing did.
    pub error: Option<String>,
}

/// The last pass of each loop, by the job's name.
#[derive(Debug, Default)]
pub struct Passes(Mutex<BTreeMap<&'static str, Pass>>);

impl Passes {
    /// Keeps this pass in place of the one before.
    pub fn keep(&self, job: &'static str, pass: Pass) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(job, pass);
    }

    /// All that are known.
    pub fn all(&self) -> BTreeMap<&'static str, Pass> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
