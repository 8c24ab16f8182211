//! Next dates are a cache of rule and zone. When the zone data change, a stored instant may be an hour off: all are
//! worked out again, once, by whichever process sees the new data first. Days begin at other instants, too: where a day told
//! so far ended before the next one begins, what lies between is owed, and the next report tells it.

use std::collections::HashMap;

use crate::app::App;
use crate::domain::calendar::Calendar;
use crate::domain::ids::{CalendarId, ProjectId};
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::domain::project::Project;
use crate::domain::schedule::ScheduleSettings;
use crate::zones::firing::{self, DueInput};

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

/// Works out every next date again if the zone data aren't those of the last time. Returns how many moved.
pub(super) async fn step(app: &App) -> anyhow::Result<u64> {
    let version = app.zones.version().to_owned();
    let mut session = app.store.read().await?;
    let known = session.meta(META).await?;
    if known.as_deref() == Some(version.as_str()) {
        return Ok(0);
    }
    let schedules = session.stored_schedules().await?;
    let projects: HashMap<ProjectId, Project> =
        session.projects().await?.into_iter().map(|project| (project.id.clone(), project)).collect();
    let last_runs = session.last_runs(&schedules).await?;
    let calendars: HashMap<CalendarId, Calendar> =
        session.calendars().await?.into_iter().map(|calendar| (calendar.id.clone(), calendar)).collect();
    let mut changes = Vec::new();
    for stored in schedules {
        let schedule = &stored.schedule;
        let (Ok(zone), Some(project)) = (app.zones.get(&schedule.zone), projects.get(&schedule.project)) else {
            continue;
        };
        let last = last_runs.get(&schedule.id).copied().unwrap_or_default();
        let calendar = project.settings.calendar.as_ref().and_then(|id| calendars.get(id));
        let input = DueInput::of(schedule, calendar, &zone, project.week_start, last.period(), last.last_fired);
        let next = firing::next_due(&input);
        let owed = left_untold(&input);
        if next.as_ref().map(|next| next.fires_at) != schedule.next_fire_at || owed.is_some() {
            changes.push((stored, next, owed));
        }
    }
    drop(session);

    let mut session = app.store.write().await?;
    let mut moved = 0;
    for (stored, next, owed) in &changes {
        let schedule = &stored.schedule;
        let next = next.as_ref().map(|next| (next.fires_at, next.occurrence.as_str()));
        let is_moved = next.map(|(at, _)| at) != schedule.next_fire_at;
        if !session.save_next_fire(&schedule.id, stored.version, next).await? {
            continue;
        }
        moved += u64::from(is_moved);
        if owed.is_some() {
            let settings = ScheduleSettings { owed_from: *owed, ..schedule.settings.clone() };
            session.save_settings(&schedule.id, &settings).await?;
        }
    }
    session.put_meta(META, &version).await?;
    session.commit().await?;
    if known.is_some() {
        tracing::info!(zone_data = version, moved, "the zone data changed; next dates were worked out again");
    }
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
