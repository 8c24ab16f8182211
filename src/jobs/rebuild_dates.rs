//! Next dates are a cache of rule and zone. When the zone data change, a stored instant may be an hour off: all are
//! worked out again, once, by whichever process sees the new data first. Days begin at other instants, too: where a day told
//! so far ended before the next one begins, what lies between is owed, and the next report tells it.

use std::collections::{BTreeSet, HashMap};

use crate::app::App;
use crate::domain::calendar::Calendar;
use crate::domain::ids::CalendarId;
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::domain::schedule::ScheduleSettings;
use crate::store::{DateMove, Session, StoreError, StoredSchedule};
use crate::zones::firing::{self, DueInput, Firing};

/// The name under which the version is kept.
const META: &str = "zone_data";

/// Works out every next date again, whatever the zone data were the last time. Returns how many moved.
///
/// # Errors
/// When the database can't be read or written.
pub async fn repair(app: &App) -> anyhow::Result<u64> {
    let mut session = app.store.write().await?;
    session.put_meta(META, "in repair").await?;
    session.commit().await?;
    step(app).await
}

/// Schedules that are looked at together, and moved in one transaction.
const PAGE: i64 = 2_000;

/// Works out every next date again if the zone data aren't those of the last time. Returns how many moved. Page by page: whoever
/// is stopped in the middle begins anew, and finds moved what was moved.
pub(super) async fn step(app: &App) -> anyhow::Result<u64> {
    let version = app.zones.version().to_owned();
    let mut session = app.store.read().await?;
    let known = session.meta(META).await?;
    drop(session);
    if known.as_deref() == Some(version.as_str()) {
        return Ok(0);
    }
    let (mut moved, mut last) = (0, String::new());
    loop {
        let mut session = app.store.read().await?;
        let Some((schedules, end)) = session.schedules_after(&last, PAGE).await? else { break };
        let changes = changes(app, &mut session, schedules).await?;
        drop(session);
        moved += keep(app, &changes).await?;
        last = end;
    }
    let mut session = app.store.write().await?;
    session.put_meta(META, &version).await?;
    session.commit().await?;
    if known.is_some() {
        tracing::info!(zone_data = version, moved, "the zone data changed; next dates were worked out again");
    }
    Ok(moved)
}

/// A schedule whose next date is another one now, or that owes something.
struct Change {
    stored: StoredSchedule,
    next: Option<Firing>,
    owed: Option<Instant>,
}

impl Change {
    fn is_moved(&self) -> bool {
        self.next.as_ref().map(|next| next.fires_at) != self.stored.schedule.next_fire_at
    }
}

async fn changes(app: &App, session: &mut Session, schedules: Vec<StoredSchedule>) -> Result<Vec<Change>, StoreError> {
    let ids: BTreeSet<&str> = schedules.iter().map(|stored| stored.schedule.project.as_str()).collect();
    let projects = session.projects_named(&ids.into_iter().collect::<Vec<_>>()).await?;
    let last_runs = session.last_runs(&schedules).await?;
    let calendars: HashMap<CalendarId, Calendar> =
        session.calendars().await?.into_iter().map(|calendar| (calendar.id.clone(), calendar)).collect();
    let mut changes = Vec::new();
    for stored in schedules {
        let schedule = &stored.schedule;
        let project = projects.get(schedule.project.as_str()).and_then(|project| project.as_ref().ok());
        let (Ok(zone), Some(project)) = (app.zones.get(&schedule.zone), project) else { continue };
        let last = last_runs.get(&schedule.id).copied().unwrap_or_default();
        let calendar = project.settings.calendar.as_ref().and_then(|id| calendars.get(id));
        let input = DueInput::of(schedule, calendar, &zone, project.week_start, last.period(), last.last_fired);
        let (next, owed) = (firing::next_due(&input), left_untold(&input));
        let change = Change { stored, next, owed };
        if change.is_moved() || change.owed.is_some() {
            changes.push(change);
        }
    }
    Ok(changes)
}

/// Writes changes down, of each schedule that nobody else changed meanwhile; how many dates moved.
async fn keep(app: &App, changes: &[Change]) -> Result<u64, StoreError> {
    if changes.is_empty() {
        return Ok(0);
    }
    let moves: Vec<DateMove<'_>> = changes
        .iter()
        .map(|Change { stored, next, .. }| DateMove {
            id: &stored.schedule.id,
            version: stored.version,
            next: next.as_ref().map(|next| (next.fires_at, next.occurrence.as_str())),
        })
        .collect();
    let mut session = app.store.write().await?;
    let kept = session.move_dates(&moves).await?;
    let mut moved = 0;
    for change in changes.iter().filter(|change| kept.contains(change.stored.schedule.id.as_str())) {
        moved += u64::from(change.is_moved());
        if change.owed.is_some() {
            let schedule = &change.stored.schedule;
            let settings = ScheduleSettings { owed_from: change.owed, ..schedule.settings.clone() };
            session.save_settings(&schedule.id, &settings).await?;
        }
    }
    session.commit().await?;
    Ok(moved)
}

/// No unit of a report is as short as this: what is missing between two is the work of other zone data.
const LESS_THAN_A_DAY_SEC: i64 = 20 * 3_600;

/// Where the last report ended, when the next one would begin a little later.
fn left_untold(input: &DueInput<'_>) -> Option<Instant> {
    let told: Period = input.last_run?;
    let firings = std::iter::successors(firing::next_due(input), |firing| {
        firing::next_sent(input.rule, input.zone, firing.fires_at)
    });
    // One that was mostly told is passed over.
    let mut plans = firings.take(3).map(|firing| {
        firing::plan_period(input.rule, input.zone, input.week_start, &firing, input.last_run).map(|plan| plan.period)
    });
    let next = plans.find_map(|period| period)?;
    let begins_late = told.to() < next.from() && next.from() < told.to().plus_seconds(LESS_THAN_A_DAY_SEC);
    begins_late.then_some(told.to())
}
