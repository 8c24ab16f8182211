//! Sources: the named streams that a project's calls come by, and the spans that they said they cover.

use std::collections::HashMap;

use super::bulk::keys_of;
use super::{Session, Sql, Store, StoreError};
use super::{execute, fetch_all, fetch_one, fetch_optional, json, sql, stored};
use crate::domain::completeness::{SourceKind, Stated};
use crate::domain::ids::{ProjectId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::period::Period;

const SAVE: Sql = sql!("sources/save");
const FIND: Sql = sql!("sources/find");
const TOUCH: Sql = sql!("sources/touch");
const ADD_COVERAGE: Sql = sql!("sources/add_coverage");
const COVERAGE: Sql = sql!(twin "sources/coverage");
const NAMES: Sql = sql!("sources/names");
const LOCK_PROJECT: Sql = sql!(twin "sources/lock_project");

/// One source and what it said about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCoverage {
    pub source: i64,
    pub name: String,
    /// How its calls come in.
    pub kind: SourceKind,
    /// The latest moment that any of its calls tells about.
    pub last_event_at: Option<Instant>,
    /// Spans of which it told everything: sorted, apart from each other. Empty: it never stated any, and nobody waits.
    pub spans: Vec<Period>,
}

impl SourceCoverage {
    /// What deciding about completeness needs of it.
    pub fn stated(&self) -> Stated<'_> {
        Stated { project: None, name: &self.name, kind: self.kind, spans: &self.spans }
    }

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

#[derive(sqlx::FromRow)]
struct CoverageRow {
    project: i64,
    id: i64,
    name: String,
    kind: String,
    last_event_at: Option<Instant>,
    covers_from: Option<Instant>,
    covers_to: Option<Instant>,
}

impl Store {
    /// Every source of a project, by name.
    pub async fn coverage(&self, project: ProjectKey) -> Result<Vec<SourceCoverage>, StoreError> {
        self.read().await?.coverage(project).await
    }
}

impl Session {
    /// Every source by the project's id and its own name.
    pub async fn source_names(&mut self) -> Result<Vec<(ProjectId, String)>, StoreError> {
        let rows = fetch_all!(self, NAMES, (String, String))?;
        let read = |(project, name): (String, String)| match ProjectId::parse(&project) {
            Ok(project) => Ok((project, name)),
            Err(error) => Err(StoreError::Corrupt { what: "project", detail: error.to_string() }),
        };
        rows.into_iter().map(read).collect()
    }

    /// Every source of a project, by name.
    pub async fn coverage(&mut self, project: ProjectKey) -> Result<Vec<SourceCoverage>, StoreError> {
        Ok(self.coverages(&[project]).await?.remove(&project).unwrap_or_default())
    }

    /// Every source of these projects, by name; a project without any isn't there.
    pub async fn coverages(
        &mut self,
        projects: &[ProjectKey],
    ) -> Result<HashMap<ProjectKey, Vec<SourceCoverage>>, StoreError> {
        let mut all: HashMap<ProjectKey, Vec<SourceCoverage>> = HashMap::new();
        for row in fetch_all!(self, COVERAGE, CoverageRow, json(&keys_of(projects)))? {
            let sources = all.entry(ProjectKey(row.project)).or_default();
            if sources.last().is_none_or(|last| last.source != row.id) {
                let kind = stored("kind of a source", SourceKind::parse(&row.kind).ok_or(row.kind))?;
                let (name, last_event_at) = (row.name, row.last_event_at);
                sources.push(SourceCoverage { source: row.id, name, kind, last_event_at, spans: Vec::new() });
            }
            let span = row.covers_from.zip(row.covers_to).and_then(|(from, to)| Period::new(from, to));
            if let (Some(source), Some(span)) = (sources.last_mut(), span) {
                add_span(&mut source.spans, span);
            }
        }
        Ok(all)
    }

    /// The number of the source of this name; made when there is none. A source that we pull from, or that pushes, stays
    /// one when a file is imported into it as well.
    pub async fn ensure_source(
        &mut self,
        project: ProjectKey,
        name: &str,
        format: &str,
        kind: SourceKind,
        now: Instant,
    ) -> Result<i64, StoreError> {
        let (id,) = fetch_one!(self, SAVE, (i64,), project.0, name, format, now, kind.name())?;
        Ok(id)
    }

    /// The number of the source of this name, if there is one.
    pub async fn find_source(&mut self, project: ProjectKey, name: &str) -> Result<Option<i64>, StoreError> {
        Ok(fetch_optional!(self, FIND, (i64,), project.0, name)?.map(|(id,)| id))
    }

    /// Says that a source told about `at`.
    pub async fn touch_source(&mut self, source: i64, at: Instant) -> Result<(), StoreError> {
        execute!(self, TOUCH, source, at)?;
        Ok(())
    }

    /// Says that a source told everything about a span; [`state_coverage`](Session::state_coverage) also lets go what waited.
    pub(super) async fn add_coverage(&mut self, source: i64, span: Period) -> Result<(), StoreError> {
        execute!(self, ADD_COVERAGE, source, span.from(), span.to())?;
        Ok(())
    }

    /// Keeps other intakes of this project out until the transaction ends.
    pub async fn lock_intake(&mut self, project: ProjectKey) -> Result<(), StoreError> {
        fetch_optional!(self, LOCK_PROJECT, (i64,), project.0)?;
        Ok(())
    }
}

/// Adds a span that begins no earlier than the last of `spans`; joins it to that one where they touch.
fn add_span(spans: &mut Vec<Period>, span: Period) {
    match spans.last_mut() {
        Some(last) if span.from() <= last.to() => {
            if let Some(joined) = Period::new(last.from(), last.to().max(span.to())) {
                *last = joined;
            }
        }
        _ => spans.push(span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_that_touch_become_one() {
        let span = |from, to| Period::new(Instant::from_seconds(from), Instant::from_seconds(to)).expect("a span");
        let mut spans = Vec::new();
        for next in [span(0, 10), span(2, 5), span(10, 20), span(30, 40)] {
            add_span(&mut spans, next);
        }
        assert_eq!(spans, [span(0, 20), span(30, 40)]);
        let source =
            SourceCoverage { source: 1, name: "voys".into(), kind: SourceKind::Imported, last_event_at: None, spans };
        assert!(source.covers(span(5, 20)) && !source.covers(span(5, 31)) && source.covers_some_of(span(19, 25)));
        assert_eq!(source.covered_until(), Some(Instant::from_seconds(40)));
    }
}
