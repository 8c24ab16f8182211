//! Runs: the work for each occurrence. A run is taken under a lease and a token; only who holds the token ends it, and
//! it ends in the transaction that posts its notice, so a report is posted once whoever dies in between.

use std::collections::{HashMap, HashSet};

use super::ledger::NewEntry;
use super::{Session, Sql, Store, StoreError};
use super::{execute, fetch_all, fetch_optional, json, sql, stored};
use crate::domain::completeness::Missing;
use crate::domain::ids::{ProjectKey, RunId, ScheduleId};
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::domain::run::{Run, RunState, Told};

const AHEAD: Sql = sql!("runs/ahead");
const INSERT: Sql = sql!(twin "runs/insert");
const CLAIM: Sql = sql!(twin "runs/claim");
const CLAIM_WAITED: Sql = sql!(twin "runs/claim_waited");
const CLAIM_ONE: Sql = sql!("runs/claim_one");
const SETTLE: Sql = sql!("runs/settle");
const SETTLE_BUILT: Sql = sql!(twin "runs/settle_built");
const RENEW: Sql = sql!("runs/renew");
const GIVE_BACK: Sql = sql!("runs/give_back");
const END_LEASES: Sql = sql!("runs/end_leases");
const ABOUT_TO_FAIL: Sql = sql!("runs/about_to_fail");
const GET: Sql = sql!("runs/get");
const BETWEEN: Sql = sql!("runs/between");
const NOTE: Sql = sql!("runs/note");

/// Who writes a step in the ledger that nobody typed.
pub const ACTOR: &str = "callbrief";

/// What the ledger says in place of a state about somebody in the list who gets nothing.
pub const LEFT_OUT: &str = "left_out";

/// How often a run is begun again after its builder was never heard of again.
pub const MOST_TRIES: i64 = 5;

/// A run about to be made.
#[derive(Clone, Debug)]
pub struct NewRun {
    pub project: ProjectKey,
    pub schedule: ScheduleId,
    pub occurrence: String,
    pub fires_at: Instant,
    pub period: Period,
    pub compared_with: Option<Period>,
    pub notes: Vec<String>,
    pub is_sample: bool,
    /// [`RunState::Due`], or [`RunState::Skipped`] for what is passed over.
    pub state: RunState,
    pub reason: Option<String>,
    /// How many occurrences a skipped row stands for.
    pub skipped_count: i64,
    /// When a backlog's run is released; `None`: at once.
    pub wait_until: Option<Instant>,
}

impl NewRun {
    /// As the statement takes it, times in microseconds.
    fn row(&self) -> serde_json::Value {
        let compared = self.compared_with;
        serde_json::json!([
            self.project.0,
            self.schedule.as_str(),
            self.occurrence,
            self.fires_at.as_micros(),
            self.period.from().as_micros(),
            self.period.to().as_micros(),
            compared.map(|period| period.from().as_micros()),
            compared.map(|period| period.to().as_micros()),
            json(&self.notes),
            self.is_sample,
            self.state.name(),
            self.reason,
            self.skipped_count,
            self.wait_until.map(Instant::as_micros),
        ])
    }
}

/// A run with what the database knows about its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRun {
    pub run: Run,
    pub skipped_count: i64,
    pub tries: i64,
    pub created_at: Instant,
    pub built_at: Option<Instant>,
    /// Of a run that waits, or waited, for calls.
    pub waiting: Option<Waiting>,
    /// What of its row can't be read: it can't be made.
    pub damage: Option<String>,
}

/// What a run waits for, or waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub began_at: Instant,
    /// When the time is up; of one that is held and told, when it is given up.
    pub until: Instant,
    /// Not sent when the time is up.
    pub holds: bool,
    /// What was missing when somebody last looked.
    pub missing: Vec<Missing>,
    /// Why it may go before the time is up: `data_came`, `by_hand`.
    pub let_go: Option<String>,
    /// When the owner heard that it is held.
    pub told_at: Option<Instant>,
}

/// A run that lost its builder, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndedLease {
    pub run: RunId,
    pub project: ProjectKey,
    pub schedule: ScheduleId,
    pub occurrence: String,
    pub state: RunState,
}

#[derive(Debug, sqlx::FromRow)]
pub(super) struct RunRow {
    id: i64,
    project: i64,
    schedule: String,
    occurrence: String,
    fires_at: Instant,
    period_from: Instant,
    period_to: Instant,
    compare_from: Option<Instant>,
    compare_to: Option<Instant>,
    notes: String,
    is_sample: bool,
    state: String,
    reason: Option<String>,
    skipped_count: i64,
    tries: i64,
    created_at: Instant,
    built_at: Option<Instant>,
    wait_until: Option<Instant>,
    wait_began_at: Option<Instant>,
    wait_for: Option<String>,
    wait_holds: bool,
    wait_let_go: Option<String>,
    wait_told_at: Option<Instant>,
}

impl RunRow {
    fn waiting(&self) -> Result<Option<Waiting>, StoreError> {
        let Some((began_at, until)) = self.wait_began_at.zip(self.wait_until) else { return Ok(None) };
        let missing = stored("list of missing calls", serde_json::from_str(self.wait_for.as_deref().unwrap_or("[]")))?;
        let (let_go, told_at) = (self.wait_let_go.clone(), self.wait_told_at);
        Ok(Some(Waiting { began_at, until, holds: self.wait_holds, missing, let_go, told_at }))
    }

    fn period(&self) -> Result<Period, StoreError> {
        stored("period of a run", Period::new(self.period_from, self.period_to).ok_or("it ends before it begins"))
    }

    fn notes(&self) -> Result<Vec<String>, StoreError> {
        stored("notes of a run", serde_json::from_str(&self.notes))
    }

    pub(super) fn read(self) -> Result<StoredRun, StoreError> {
        let (period, notes, waiting) = (self.period()?, self.notes()?, self.waiting()?);
        self.read_with(period, notes, waiting)
    }

    /// A run that is taken up: what can't be read of it is its damage, so that it ends and holds up no other.
    pub(super) fn read_taken(self) -> Result<StoredRun, StoreError> {
        let (period, notes, waiting) = (self.period(), self.notes(), self.waiting());
        let damage = [period.as_ref().err(), notes.as_ref().err(), waiting.as_ref().err()].into_iter().flatten().next();
        let damage = damage.map(ToString::to_string);
        let moment = Period::new(self.fires_at, self.fires_at.plus_seconds(1));
        let period = period
            .ok()
            .or(moment)
            .ok_or_else(|| StoreError::Corrupt { what: "time of a run", detail: self.fires_at.to_string() })?;
        let run = self.read_with(period, notes.unwrap_or_default(), waiting.unwrap_or_default())?;
        Ok(StoredRun { damage, ..run })
    }

    fn read_with(self, period: Period, notes: Vec<String>, waiting: Option<Waiting>) -> Result<StoredRun, StoreError> {
        let run = Run {
            id: RunId(self.id),
            project: ProjectKey(self.project),
            schedule: stored("schedule id", ScheduleId::parse(&self.schedule))?,
            occurrence: self.occurrence,
            fires_at: self.fires_at,
            period,
            compared_with: self.compare_from.zip(self.compare_to).and_then(|(from, to)| Period::new(from, to)),
            notes,
            state: stored("state of a run", RunState::parse(&self.state).ok_or(self.state))?,
            reason: self.reason,
            is_sample: self.is_sample,
        };
        Ok(StoredRun {
            run,
            skipped_count: self.skipped_count,
            tries: self.tries,
            created_at: self.created_at,
            built_at: self.built_at,
            waiting,
            damage: None,
        })
    }
}

#[derive(Debug, sqlx::FromRow)]
struct EndedRow {
    id: i64,
    project: i64,
    schedule: String,
    occurrence: String,
    state: String,
}

impl EndedRow {
    fn read(self) -> Result<EndedLease, StoreError> {
        let state = stored("state of a run", RunState::parse(&self.state).ok_or(self.state))?;
        let schedule = stored("schedule id", ScheduleId::parse(&self.schedule))?;
        let (run, project) = (RunId(self.id), ProjectKey(self.project));
        Ok(EndedLease { run, project, schedule, occurrence: self.occurrence, state })
    }
}

/// A schedule that is ahead of the time.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Ahead {
    pub schedule: String,
    /// The last time that it fired for.
    pub fired: Instant,
    pub next: Option<Instant>,
}

/// A run whose report was made.
#[derive(Clone, Copy, Debug)]
pub struct BuiltRun<'a> {
    pub run: &'a Run,
    /// What its report tells of its calls, so that the next ones can say what came in after them.
    pub told: &'a Told,
    pub as_of: Instant,
}

impl Session {
    /// Adds a run and its first line in the ledger; `None`: its occurrence or its instant already has one.
    pub async fn insert_run(&mut self, new: &NewRun, now: Instant) -> Result<Option<RunId>, StoreError> {
        Ok(self.insert_runs(std::slice::from_ref(new), now).await?.into_iter().next().flatten())
    }

    /// The same for many, in their order.
    pub async fn insert_runs(&mut self, new: &[NewRun], now: Instant) -> Result<Vec<Option<RunId>>, StoreError> {
        if new.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<_> = new.iter().map(NewRun::row).collect();
        let added = fetch_all!(self, INSERT, (i64, String, String), json(&rows), now)?;
        if !added.is_empty() {
            self.ring_when_kept();
        }
        let mut added: HashMap<(String, String), i64> =
            added.into_iter().map(|(id, schedule, occurrence)| ((schedule, occurrence), id)).collect();
        // Of two of one occurrence the first was added.
        let ids: Vec<Option<RunId>> = new
            .iter()
            .map(|new| added.remove(&(new.schedule.to_string(), new.occurrence.clone())).map(RunId))
            .collect();
        let notes = new.iter().zip(&ids).filter_map(|(new, id)| {
            let reason = new.reason.as_deref().unwrap_or(if new.is_sample { "asked_for" } else { "fell_due" });
            Some(NewEntry {
                project: Some(new.project.0),
                run: Some((*id)?.0),
                to: new.state.name(),
                reason: reason.to_owned(),
                detail: Some(new.occurrence.clone()),
                actor: ACTOR.to_owned(),
                ..NewEntry::default()
            })
        });
        self.add_to_ledger(now, &notes.collect::<Vec<_>>()).await?;
        Ok(ids)
    }

    /// Takes due runs for building, the longest due first.
    pub async fn claim_runs(
        &mut self,
        now: Instant,
        lease_until: Instant,
        token: &str,
        limit: i64,
    ) -> Result<Vec<StoredRun>, StoreError> {
        let rows = fetch_all!(self, CLAIM, RunRow, now, lease_until, token, limit)?;
        let mut runs = rows.into_iter().map(RunRow::read_taken).collect::<Result<Vec<_>, _>>()?;
        runs.sort_by_key(|stored| (stored.run.fires_at, stored.run.id));
        Ok(runs)
    }

    /// Takes runs that have waited enough for calls, with the reason in the ledger.
    pub async fn claim_waited_runs(
        &mut self,
        now: Instant,
        lease_until: Instant,
        token: &str,
        limit: i64,
    ) -> Result<Vec<StoredRun>, StoreError> {
        let rows = fetch_all!(self, CLAIM_WAITED, RunRow, now, lease_until, token, limit)?;
        let mut runs = rows.into_iter().map(RunRow::read_taken).collect::<Result<Vec<_>, _>>()?;
        runs.sort_by_key(|stored| (stored.run.fires_at, stored.run.id));
        for stored in &runs {
            self.note_waited(stored, now).await?;
        }
        Ok(runs)
    }

    /// Takes this one, if it is due, or waited and was let go.
    pub async fn claim_run(
        &mut self,
        now: Instant,
        lease_until: Instant,
        token: &str,
        run: RunId,
    ) -> Result<Option<StoredRun>, StoreError> {
        let waited = self.run(run).await?.is_some_and(|before| before.run.state == RunState::WaitingForData);
        let row = fetch_optional!(self, CLAIM_ONE, RunRow, now, lease_until, token, run.0)?;
        let run = row.map(RunRow::read_taken).transpose()?;
        if let Some(stored) = run.as_ref().filter(|_| waited) {
            self.note_waited(stored, now).await?;
        }
        Ok(run)
    }

    /// The end of a wait, in the ledger; a run that never waited has none.
    async fn note_waited(&mut self, stored: &StoredRun, now: Instant) -> Result<(), StoreError> {
        let Some(waiting) = &stored.waiting else { return Ok(()) };
        let reason = waiting.let_go.as_deref().unwrap_or("time_is_up");
        let (from, to) = (RunState::WaitingForData, RunState::Building);
        self.note_run(now, stored.run.project, stored.run.id, Some(from), to, reason, None).await
    }

    /// Ends a run that is being built, with its line in the ledger; `false`: the token isn't good any more, and nothing
    /// was done.
    pub async fn settle_run(
        &mut self,
        run: &Run,
        token: &str,
        state: RunState,
        reason: Option<&str>,
        detail: Option<&str>,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let built_at = (state == RunState::Built).then_some(now);
        if execute!(self, SETTLE, run.id.0, token, state.name(), reason, built_at, now)? != 1 {
            return Ok(false);
        }
        let reason = reason.unwrap_or(state.name());
        self.note_run(now, run.project, run.id, Some(RunState::Building), state, reason, detail).await?;
        Ok(true)
    }

    /// The same of runs of which reports were made; says of each whether it was ended.
    pub async fn settle_built(
        &mut self,
        built: &[BuiltRun<'_>],
        token: &str,
        now: Instant,
    ) -> Result<Vec<bool>, StoreError> {
        let item = |one: &BuiltRun<'_>| serde_json::json!({ "id": one.run.id.0, "told": json(one.told), "as_of": one.as_of.as_micros() });
        let items: Vec<_> = built.iter().map(item).collect();
        let ended = fetch_all!(self, SETTLE_BUILT, (i64,), json(&items), token, now)?;
        let ended: HashSet<i64> = ended.into_iter().map(|(id,)| id).collect();
        let entry = |one: &&BuiltRun<'_>| NewEntry {
            project: Some(one.run.project.0),
            run: Some(one.run.id.0),
            from: Some(RunState::Building.name()),
            to: RunState::Built.name(),
            reason: RunState::Built.name().to_owned(),
            actor: ACTOR.to_owned(),
            ..NewEntry::default()
        };
        let is_ended = |one: &&BuiltRun<'_>| ended.contains(&one.run.id.0);
        let entries: Vec<NewEntry> = built.iter().filter(is_ended).map(|one| entry(&one)).collect();
        self.add_to_ledger(now, &entries).await?;
        Ok(built.iter().map(|one| is_ended(&one)).collect())
    }

    /// Holds on to every run taken under this token.
    pub async fn renew_runs(&mut self, token: &str, lease_until: Instant) -> Result<u64, StoreError> {
        execute!(self, RENEW, token, lease_until)
    }

    /// Gives back what was taken under this token and not finished.
    pub async fn give_back_runs(&mut self, token: &str, now: Instant) -> Result<u64, StoreError> {
        let rows = fetch_all!(self, GIVE_BACK, (i64,), token, now)?;
        Ok(u64::try_from(rows.len()).unwrap_or(u64::MAX))
    }

    /// Runs that [`Session::end_run_leases`] would fail at this time.
    pub async fn runs_about_to_fail(&mut self, now: Instant) -> Result<Vec<EndedLease>, StoreError> {
        fetch_all!(self, ABOUT_TO_FAIL, EndedRow, now, MOST_TRIES)?.into_iter().map(EndedRow::read).collect()
    }

    /// Makes runs due again whose builder was never heard of again; after [`MOST_TRIES`] they fail.
    pub async fn end_run_leases(&mut self, now: Instant) -> Result<Vec<EndedLease>, StoreError> {
        let rows = fetch_all!(self, END_LEASES, EndedRow, now, MOST_TRIES)?;
        let mut ended = Vec::with_capacity(rows.len());
        for row in rows {
            let lease = row.read()?;
            let reason = if lease.state == RunState::Failed { "builder_died" } else { "lease_ended" };
            self.note_run(now, lease.project, lease.run, Some(RunState::Building), lease.state, reason, None).await?;
            ended.push(lease);
        }
        Ok(ended)
    }

    /// One run.
    pub async fn run(&mut self, run: RunId) -> Result<Option<StoredRun>, StoreError> {
        fetch_optional!(self, GET, RunRow, run.0)?.map(RunRow::read).transpose()
    }

    /// Runs of a schedule that fell due in a period, oldest first; samples too.
    pub async fn runs_between(&mut self, schedule: &ScheduleId, period: Period) -> Result<Vec<StoredRun>, StoreError> {
        fetch_all!(self, BETWEEN, RunRow, schedule.as_str(), period.from(), period.to())?
            .into_iter()
            .map(RunRow::read)
            .collect()
    }

    /// Notes who in the list gets nothing of this run, and why.
    pub async fn note_left_out(&mut self, run: &Run, who: &str, reason: &str, now: Instant) -> Result<(), StoreError> {
        execute!(self, NOTE, now, run.project.0, run.id.0, None::<&str>, LEFT_OUT, reason, who, ACTOR)?;
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "they are the columns of one row")]
    pub(super) async fn note_run(
        &mut self,
        at: Instant,
        project: ProjectKey,
        run: RunId,
        from: Option<RunState>,
        to: RunState,
        reason: &str,
        detail: Option<&str>,
    ) -> Result<(), StoreError> {
        let from = from.map(RunState::name);
        execute!(self, NOTE, at, project.0, run.0, from, to.name(), reason, detail, ACTOR)?;
        Ok(())
    }
}

impl Session {
    /// Notes in the ledger what a person did to a run: `asked_for`, `let_go_by_hand`.
    pub async fn note_by_hand(&mut self, at: Instant, run: &Run, reason: &str, actor: &str) -> Result<(), StoreError> {
        let state = run.state.name();
        execute!(self, NOTE, at, run.project.0, run.id.0, state, state, reason, None::<&str>, actor)?;
        Ok(())
    }
}

impl Store {
    /// One run.
    pub async fn run(&self, run: RunId) -> Result<Option<StoredRun>, StoreError> {
        self.read().await?.run(run).await
    }

    /// Schedules that have fired for a time after `at`.
    pub async fn schedules_ahead(&self, at: Instant) -> Result<Vec<Ahead>, StoreError> {
        fetch_all!(self.read().await?, AHEAD, Ahead, at)
    }

    /// Runs of a schedule that fell due in a period, oldest first; samples too.
    pub async fn runs_between(&self, schedule: &ScheduleId, period: Period) -> Result<Vec<StoredRun>, StoreError> {
        self.read().await?.runs_between(schedule, period).await
    }
}
