//! Sources: the named streams that a project's calls come by, and the spans that they said they cover.

use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;
use crate::domain::period::Period;

use super::{Store, StoreError};

/// One source and what it said about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCoverage {
    pub source: i64,
    pub name: String,
    /// The latest moment that any of its calls tells about.
    pub last_event_at: Option<Instant>,
    /// Spans of which it told everything: sorted, apart from each other. Empty: it never stated any, and nobody waits.
    pub spans: Vec<Period>,
}

impl SourceCoverage {
    /// Whether its spans hold all of `period`.
    pub fn covers(&self, period: Period) -> bool {
        self.spans.iter().any(|span| span.from() <= period.from() && period.to() <= span.to())
    }

    /// Whether its spans hold any part of `period`.
    pub fn covers_some_of(&self, period: Period) -> bool {
        self.spans.iter().any(|span| span.overlaps(period))
    }

    /// Covered until: the end of its last span.
    pub fn covered_until(&self) -> Option<Instant> {
        self.spans.last().map(|span| span.to())
    }
}

impl Store {
    /// Every source of a project, by name.
    pub async fn coverage(&self, _project: ProjectKey) -> Result<Vec<SourceCoverage>, StoreError> {
        Ok(Vec::new())
    }
}
