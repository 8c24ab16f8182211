//! Runs that wait for calls. A run begins to wait in the transaction that makes it, and is let go in the transaction that
//! states what it waited for; both hold the lock of the project's intake, so a run never sleeps through what it waits for,
//! and nobody has to look again and again.

use std::collections::BTreeSet;

use super::runs::{RunRow, StoredRun};
use super::{Session, Sql, Store, StoreError};
use super::{execute, fetch_all, json, sql, stored};
use crate::domain::completeness::{self, Missing, Stated, Wait};
use crate::domain::ids::{ProjectId, ProjectKey, RunId, ScheduleId};
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::domain::run::{Run, RunState};

const BEGIN: Sql = sql!("runs/begin_waiting");
const OF_PROJECT: Sql = sql!("runs/waiting_of_project");
const WAITING: Sql = sql!("runs/waiting");
const HELD: Sql = sql!("runs/held");
const LET_GO: Sql = sql!("runs/let_go");
const STILL_MISSING: Sql = sql!("runs/still_missing");
const HOLD: Sql = sql!("runs/hold");
const END: Sql = sql!("runs/end_waiting");
const RECONSIDER: Sql = sql!("runs/reconsider");

/// Why a run that waits may go before its time is up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetGo {
    /// What it waited for is there.
    DataCame,
    /// A person said so.
    ByHand,
    /// Its schedule doesn't wait any more.
    Edited,
}

impl LetGo {
    /// The stored word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DataCame => "data_came",
            Self::ByHand => "let_go_by_hand",
            Self::Edited => "schedule_edited",
        }
    }
}

impl Session {
    /// Has a due run wait. The caller holds the lock of the project's intake.
    pub async fn begin_waiting(
        &mut self,
        project: ProjectKey,
        run: RunId,
        wait: &Wait,
        now: Instant,
    ) -> Result<(), StoreError> {
        let missing = json(&wait.missing);
        if execute!(self, BEGIN, run.0, wait.until, now, missing.as_str(), wait.holds, now)? == 1 {
            let (from, to) = (Some(RunState::Due), RunState::WaitingForData);
            self.note_run(now, project, run, from, to, "calls_missing", Some(&missing)).await?;
        }
        Ok(())
    }

    /// Says that a source told everything about a span, and lets every run go that waited for nothing else. Takes the lock
    /// of the project's intake. Returns how many were let go.
    pub async fn state_coverage(
        &mut self,
        project: ProjectKey,
        source: i64,
        span: Period,
        now: Instant,
    ) -> Result<u64, StoreError> {
        self.lock_intake(project).await?;
        self.add_coverage(source, span).await?;
        let id = self.project_by_key(project).await?.map(|project| project.id.to_string()).unwrap_or_default();
        let others = format!("%{}%", json(&serde_json::json!({ "project": id })).trim_matches(['{', '}']));
        let waiting = fetch_all!(self, OF_PROJECT, RunRow, project.0, others)?;
        if waiting.is_empty() {
            return Ok(0);
        }
        let mut let_go = 0;
        for row in waiting {
            let run = row.read()?;
            let Some(before) = run.waiting.as_ref().map(|waiting| &waiting.missing) else { continue };
            let missing = self.still_missing(&run.run, before).await?;
            if missing.is_empty() {
                let_go += u64::from(self.let_go(run.run.id, LetGo::DataCame, now).await?);
            } else if missing != *before {
                execute!(self, STILL_MISSING, run.run.id.0, json(&missing), now)?;
            }
        }
        Ok(let_go)
    }

    /// What of a run's period the sources that it waits for still owe.
    async fn still_missing(&mut self, run: &Run, before: &[Missing]) -> Result<Vec<Missing>, StoreError> {
        let mut still = Vec::new();
        let projects: BTreeSet<Option<&str>> = before.iter().map(|missing| missing.project.as_deref()).collect();
        for project in projects {
            let key = match project {
                None => Some(run.project),
                Some(id) => {
                    let id = stored("project id", ProjectId::parse(id))?;
                    self.project(&id).await?.map(|project| project.key)
                }
            };
            let Some(key) = key else { continue };
            let sources = self.coverage(key).await?;
            let awaited = |stated: &Stated<'_>| {
                before.iter().any(|missing| missing.project.as_deref() == project && missing.source == stated.name)
            };
            let stated = sources.iter().map(|source| Stated { project, ..source.stated() }).filter(awaited);
            still.extend(completeness::missing(stated, run.period));
        }
        Ok(still)
    }

    /// Lets a waiting run go now; `false`: it doesn't wait (any more).
    pub async fn let_go(&mut self, run: RunId, why: LetGo, now: Instant) -> Result<bool, StoreError> {
        self.ring_when_kept();
        Ok(execute!(self, LET_GO, run.0, why.name(), now)? == 1)
    }

    /// Has a waiting run wait as its schedule says now.
    pub async fn wait_anew(&mut self, run: RunId, wait: &Wait, now: Instant) -> Result<(), StoreError> {
        execute!(self, RECONSIDER, run.0, wait.until, wait.holds, json(&wait.missing), now)?;
        Ok(())
    }

    /// Runs that are held for missing calls and whose time is up.
    pub async fn held_runs(&mut self, now: Instant, limit: i64) -> Result<Vec<StoredRun>, StoreError> {
        fetch_all!(self, HELD, RunRow, now, limit)?.into_iter().map(RunRow::read_taken).collect()
    }

    /// Notes that the owner was told of a held run, which is given up at `until`; `false`: it doesn't wait (any more), or
    /// the owner knows.
    pub async fn hold_run(&mut self, run: RunId, until: Instant, now: Instant) -> Result<bool, StoreError> {
        Ok(execute!(self, HOLD, run.0, until, now)? == 1)
    }

    /// Ends a run that waits, with its line in the ledger; `false`: it doesn't wait (any more).
    pub async fn end_waiting(
        &mut self,
        run: &Run,
        state: RunState,
        reason: &str,
        now: Instant,
    ) -> Result<bool, StoreError> {
        if execute!(self, END, run.id.0, state.name(), reason, now)? != 1 {
            return Ok(false);
        }
        self.note_run(now, run.project, run.id, Some(RunState::WaitingForData), state, reason, None).await?;
        Ok(true)
    }

    /// Runs that wait for calls, of one schedule or of all, the longest due first.
    pub async fn waiting_runs(
        &mut self,
        schedule: Option<&ScheduleId>,
        most: i64,
    ) -> Result<Vec<StoredRun>, StoreError> {
        let schedule = schedule.map(ScheduleId::as_str);
        fetch_all!(self, WAITING, RunRow, schedule, most)?.into_iter().map(RunRow::read_taken).collect()
    }
}

impl Store {
    /// Runs that wait for calls, of one schedule or of all, the longest due first.
    pub async fn waiting_runs(&self, schedule: Option<&ScheduleId>, most: i64) -> Result<Vec<StoredRun>, StoreError> {
        self.read().await?.waiting_runs(schedule, most).await
    }
}
