//! Schedules, and their next dates. A next date moves by compare-and-set on the row's version, so that two processes
//! that see the same schedule due fire it once, and an edit in between is never overwritten.

use std::collections::{HashMap, HashSet};

use super::{Damage, Named, Session, Sql, Store, StoreError};
use super::{execute, fetch_all, fetch_one, fetch_optional, json, sql, stored};
use crate::domain::ids::{ProjectId, ProjectKey, ScheduleId};
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::domain::role::Numbers;
use crate::domain::schedule::{CatchUp, Schedule, ScheduleSettings, SendWhen};

const LIST: Sql = sql!("schedules/list");
const PAGE: Sql = sql!("schedules/page");
const NAMED: Sql = sql!(twin "schedules/named");
const LIST_RETIRED: Sql = sql!("schedules/list_retired");
const OF_PROJECT: Sql = sql!("schedules/of_project");
const LIST_DUE: Sql = sql!("schedules/list_due");
const SAVE_NEXT_FIRE: Sql = sql!("schedules/save_next_fire");
const MOVE_DATES: Sql = sql!(twin "schedules/move_dates");
const OWE: Sql = sql!("schedules/owe");
const LAST_RUN: Sql = sql!("schedules/last_run");
const LAST_RUNS: Sql = sql!(twin "schedules/last_runs");
const TOLD_LATELY: Sql = sql!(twin "schedules/told_lately");
const SAVE: Sql = sql!("schedules/save");
const RETIRE: Sql = sql!("schedules/retire");

/// A schedule with what the database knows about its row.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredSchedule {
    pub schedule: Schedule,
    pub project_key: ProjectKey,
    /// `None`: it follows its project's zone.
    pub own_zone: Option<String>,
    /// Raised by every change of the row.
    pub version: i64,
    /// The file that keeps it.
    pub applied_by: Option<String>,
}

/// A schedule's next date, to be moved if its row is still of this version; `next` is the instant and its occurrence, `None` for
/// never again.
#[derive(Clone, Copy, Debug)]
pub struct DateMove<'a> {
    pub id: &'a ScheduleId,
    pub version: i64,
    pub next: Option<(Instant, &'a str)>,
}

/// A schedule that fires no more, and how that came.
#[derive(Clone, Debug, PartialEq)]
pub struct RetiredSchedule {
    pub stored: StoredSchedule,
    pub at: Instant,
    /// Who applied the file; `None` where nobody noted it.
    pub by: Option<String>,
}

#[derive(Debug, sqlx::FromRow)]
struct RetiredRow {
    #[sqlx(flatten)]
    schedule: ScheduleRow,
    retired_at: Instant,
    retired_by: Option<String>,
}

/// How far a schedule has come; samples aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct LastRun {
    /// The last firing that has a run, whatever became of it.
    pub last_fired: Option<Instant>,
    /// The last period (by its end) that was built, is about to be, or was skipped as empty.
    pub last_from: Option<Instant>,
    pub last_end: Option<Instant>,
}

impl LastRun {
    /// The last period that counts as reported.
    pub fn period(self) -> Option<Period> {
        self.last_from.zip(self.last_end).and_then(|(from, to)| Period::new(from, to))
    }
}

const LAST_RUNS_AT_ONCE: usize = 1_000;

#[derive(Debug, sqlx::FromRow)]
struct LastRunRow {
    schedule: String,
    #[sqlx(flatten)]
    last: LastRun,
}

#[derive(Debug, sqlx::FromRow)]
struct ScheduleRow {
    id: String,
    project_key: i64,
    project: String,
    report: String,
    recipients: String,
    cadence: String,
    zone: String,
    own_zone: Option<String>,
    starts: Option<Instant>,
    ends: Option<Instant>,
    paused: bool,
    catch_up: String,
    max_late_sec: Option<i64>,
    send: String,
    formats: String,
    numbers: Option<String>,
    active_since: Instant,
    next_fire_at: Option<Instant>,
    next_occurrence: Option<String>,
    settings: String,
    version: i64,
    applied_by: Option<String>,
}

impl ScheduleRow {
    fn read(self) -> Result<StoredSchedule, StoreError> {
        let schedule = Schedule {
            id: stored("schedule id", ScheduleId::parse(&self.id))?,
            project: stored("project id", ProjectId::parse(&self.project))?,
            report: self.report,
            recipients: stored("list of recipients", serde_json::from_str(&self.recipients))?,
            cadence: stored("rule of a schedule", serde_json::from_str(&self.cadence))?,
            zone: self.zone,
            starts: self.starts,
            ends: self.ends,
            paused: self.paused,
            catch_up: stored("catch_up", CatchUp::parse(&self.catch_up).ok_or(self.catch_up))?,
            max_late_sec: self.max_late_sec,
            send: stored("send", SendWhen::parse(&self.send).ok_or(self.send))?,
            formats: stored("list of formats", serde_json::from_str(&self.formats))?,
            numbers: match self.numbers {
                Some(word) => Some(stored("numbers", Numbers::parse(&word).ok_or(word))?),
                None => None,
            },
            settings: stored("settings of a schedule", serde_json::from_str(&self.settings))?,
            active_since: self.active_since,
            next_fire_at: self.next_fire_at,
            next_occurrence: self.next_occurrence,
        };
        Ok(StoredSchedule {
            schedule,
            project_key: ProjectKey(self.project_key),
            own_zone: self.own_zone,
            version: self.version,
            applied_by: self.applied_by,
        })
    }
}

/// A schedule whose row can't be read by this version of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableSchedule {
    pub id: String,
    pub project: ProjectKey,
    pub version: i64,
    pub next_occurrence: Option<String>,
    pub why: String,
}

/// Rows that could be read, and those that couldn't: one that can't costs nobody else anything.
type Sorted = (Vec<StoredSchedule>, Vec<UnreadableSchedule>);

fn sorted(rows: Vec<ScheduleRow>) -> Sorted {
    let (mut fine, mut unreadable) = (Vec::with_capacity(rows.len()), Vec::new());
    for row in rows {
        let (id, version, next_occurrence) = (row.id.clone(), row.version, row.next_occurrence.clone());
        let project = ProjectKey(row.project_key);
        match row.read() {
            Ok(schedule) => fine.push(schedule),
            Err(error) => {
                unreadable.push(UnreadableSchedule { id, project, version, next_occurrence, why: error.to_string() })
            }
        }
    }
    (fine, unreadable)
}

impl Session {
    /// The schedule of this id, unless retired.
    pub async fn stored_schedule(&mut self, id: &ScheduleId) -> Result<Option<StoredSchedule>, StoreError> {
        fetch_optional!(self, NAMED, ScheduleRow, json(&[id.as_str()]))?.map(ScheduleRow::read).transpose()
    }

    /// The schedules of these ids that aren't retired.
    pub async fn schedules_named(&mut self, ids: &[&str]) -> Result<Named<StoredSchedule>, StoreError> {
        let rows = fetch_all!(self, NAMED, ScheduleRow, json(&ids))?;
        rows.into_iter().map(|row| Ok((row.id.clone(), Damage::or(row.read())?))).collect()
    }

    /// A project's own schedules that aren't retired and can be read, by id.
    pub(crate) async fn stored_schedules_of(&mut self, project: ProjectKey) -> Result<Vec<StoredSchedule>, StoreError> {
        Ok(sorted(fetch_all!(self, OF_PROJECT, ScheduleRow, project.0)?).0)
    }

    /// Every schedule that isn't retired and can be read, by id.
    pub async fn stored_schedules(&mut self) -> Result<Vec<StoredSchedule>, StoreError> {
        Ok(sorted(fetch_all!(self, LIST, ScheduleRow)?).0)
    }

    /// The next schedules after this id that aren't retired and can be read, by id, and the last id that was looked at; `None`: there
    /// are no more. Where to begin: the empty text.
    pub async fn schedules_after(
        &mut self,
        id: &str,
        most: i64,
    ) -> Result<Option<(Vec<StoredSchedule>, String)>, StoreError> {
        let rows = fetch_all!(self, PAGE, ScheduleRow, id, most)?;
        let Some(last) = rows.last().map(|row| row.id.clone()) else { return Ok(None) };
        Ok(Some((sorted(rows).0, last)))
    }

    /// Schedules that were retired and can be read, the latest first; or the one of this id, if it was.
    pub async fn retired_schedules(&mut self, id: Option<&ScheduleId>) -> Result<Vec<RetiredSchedule>, StoreError> {
        let rows = fetch_all!(self, LIST_RETIRED, RetiredRow, id.map(ScheduleId::as_str))?.into_iter();
        let read = |row: RetiredRow| {
            let stored = row.schedule.read().ok()?;
            Some(RetiredSchedule { stored, at: row.retired_at, by: row.retired_by })
        };
        Ok(rows.filter_map(read).collect())
    }

    /// Every schedule that can't be read, by id.
    pub async fn unreadable_schedules(&mut self) -> Result<Vec<UnreadableSchedule>, StoreError> {
        Ok(sorted(fetch_all!(self, LIST, ScheduleRow)?).1)
    }

    /// Schedules whose next date is `now` or earlier, the longest due first, and those of them that can't be read.
    pub async fn schedules_due(&mut self, now: Instant, limit: i64) -> Result<Sorted, StoreError> {
        Ok(sorted(fetch_all!(self, LIST_DUE, ScheduleRow, now, limit)?))
    }

    /// Moves the next date of a schedule that can't be read, so that it isn't looked at again before; `false`: somebody
    /// changed it meanwhile.
    pub async fn put_off(&mut self, schedule: &UnreadableSchedule, until: Instant) -> Result<bool, StoreError> {
        let occurrence = schedule.next_occurrence.as_deref();
        Ok(execute!(self, SAVE_NEXT_FIRE, schedule.id.as_str(), schedule.version, Some(until), occurrence)? == 1)
    }

    /// How far this schedule has come.
    pub async fn last_run(&mut self, id: &ScheduleId) -> Result<LastRun, StoreError> {
        fetch_one!(self, LAST_RUN, LastRun, id.as_str())
    }

    /// How far each of these schedules has come, in one statement for a thousand of them.
    pub async fn last_runs(
        &mut self,
        schedules: &[StoredSchedule],
    ) -> Result<HashMap<ScheduleId, LastRun>, StoreError> {
        let mut found = HashMap::with_capacity(schedules.len());
        for chunk in schedules.chunks(LAST_RUNS_AT_ONCE) {
            let ids: Vec<&str> = chunk.iter().map(|stored| stored.schedule.id.as_str()).collect();
            let asked = serde_json::Value::from(ids).to_string();
            for row in fetch_all!(self, LAST_RUNS, LastRunRow, asked.as_str())? {
                found.insert(stored("schedule id", ScheduleId::parse(&row.schedule))?, row.last);
            }
        }
        Ok(found)
    }

    /// The occurrences of schedules that fired after an instant of each, whatever became of them; samples aside.
    pub async fn told_lately(
        &mut self,
        schedules: &[StoredSchedule],
        after: impl Fn(&Schedule) -> Instant,
    ) -> Result<HashMap<ScheduleId, Vec<String>>, StoreError> {
        let mut found: HashMap<ScheduleId, Vec<String>> = HashMap::new();
        for chunk in schedules.chunks(LAST_RUNS_AT_ONCE) {
            let of = |StoredSchedule { schedule, .. }: &StoredSchedule| {
                (schedule.id.to_string(), after(schedule).as_micros())
            };
            let asked = json(&chunk.iter().map(of).collect::<Vec<_>>());
            for (schedule, occurrence) in fetch_all!(self, TOLD_LATELY, (String, String), asked.as_str())? {
                found.entry(stored("schedule id", ScheduleId::parse(&schedule))?).or_default().push(occurrence);
            }
        }
        Ok(found)
    }

    /// Moves the next dates of many, each as [`save_next_fire`](Self::save_next_fire) does; those that moved.
    pub async fn move_dates(&mut self, moves: &[DateMove<'_>]) -> Result<HashSet<String>, StoreError> {
        if moves.is_empty() {
            return Ok(HashSet::new());
        }
        let list: Vec<_> = moves
            .iter()
            .map(|DateMove { id, version, next }| {
                (id.as_str(), version, next.map(|(at, _)| at.as_micros()), next.map(|(_, occurrence)| occurrence))
            })
            .collect();
        Ok(fetch_all!(self, MOVE_DATES, (String,), json(&list))?.into_iter().map(|(id,)| id).collect())
    }

    /// Moves the next date; `next` is the instant and its occurrence, `None` for never again. `false`: somebody changed
    /// the row since `version` was read, and nothing was done.
    pub async fn save_next_fire(
        &mut self,
        id: &ScheduleId,
        version: i64,
        next: Option<(Instant, &str)>,
    ) -> Result<bool, StoreError> {
        let (at, occurrence) = (next.map(|next| next.0), next.map(|next| next.1));
        Ok(execute!(self, SAVE_NEXT_FIRE, id.as_str(), version, at, occurrence)? == 1)
    }

    /// Keeps the settings of a schedule whose next date was moved in this transaction.
    pub async fn save_settings(&mut self, id: &ScheduleId, settings: &ScheduleSettings) -> Result<(), StoreError> {
        execute!(self, OWE, id.as_str(), json(settings))?;
        Ok(())
    }

    /// Makes the schedule or changes it to this, next date and all. `own_zone`: `None` follows its project's.
    pub(crate) async fn save_schedule(
        &mut self,
        schedule: &Schedule,
        own_zone: Option<&str>,
        file: Option<&str>,
        now: Instant,
    ) -> Result<(), StoreError> {
        self.ring_when_kept();
        let recipients = json(&schedule.recipients);
        let cadence = json(&schedule.cadence);
        let formats = json(&schedule.formats);
        let settings = json(&schedule.settings);
        execute!(
            self,
            SAVE,
            schedule.id.as_str(),
            schedule.project.as_str(),
            schedule.report.as_str(),
            recipients.as_str(),
            cadence.as_str(),
            own_zone,
            schedule.starts,
            schedule.ends,
            schedule.paused,
            schedule.catch_up.name(),
            schedule.max_late_sec,
            schedule.send.name(),
            formats.as_str(),
            schedule.numbers.map(Numbers::name),
            schedule.active_since,
            schedule.next_fire_at,
            schedule.next_occurrence.as_deref(),
            file,
            now,
            settings.as_str(),
        )?;
        Ok(())
    }

    /// Retires the schedule of this id.
    pub(crate) async fn retire_schedule(&mut self, id: &str, now: Instant) -> Result<(), StoreError> {
        execute!(self, RETIRE, id, now).map(|_| ())
    }
}

impl Store {
    /// The schedule of this id, unless retired.
    pub async fn schedule(&self, id: &ScheduleId) -> Result<Option<Schedule>, StoreError> {
        Ok(self.read().await?.stored_schedule(id).await?.map(|stored| stored.schedule))
    }

    /// Every schedule that isn't retired, by id.
    pub async fn schedules(&self) -> Result<Vec<Schedule>, StoreError> {
        let stored = self.read().await?.stored_schedules().await?;
        Ok(stored.into_iter().map(|stored| stored.schedule).collect())
    }

    /// The same, with what the database knows about each row.
    pub async fn stored_schedules(&self) -> Result<Vec<StoredSchedule>, StoreError> {
        self.read().await?.stored_schedules().await
    }

    /// How far this schedule has come.
    pub async fn last_run(&self, id: &ScheduleId) -> Result<LastRun, StoreError> {
        self.read().await?.last_run(id).await
    }
}
