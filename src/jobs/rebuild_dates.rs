//! Next dates are a cache of rule and zone. When the zone data change, a stored instant may be an hour off: all are
//! worked out again, once, by whichever process sees the new data first.

use std::collections::HashMap;

use crate::app::App;
use crate::domain::calendar::Calendar;
use crate::domain::ids::{CalendarId, ProjectId};
use crate::domain::project::Project;
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
        if next.as_ref().map(|next| next.fires_at) != schedule.next_fire_at {
            changes.push((stored, next));
        }
    }
    drop(session);

    let mut session = app.store.write().await?;
    let mut moved = 0;
    for (stored, next) in &changes {
        let next = next.as_ref().map(|next| (next.fires_at, next.occurrence.as_str()));
        moved += u64::from(session.save_next_fire(&stored.schedule.id, stored.version, next).await?);
    }
    session.put_meta(META, &version).await?;
    session.commit().await?;
    if known.is_some() {
        tracing::info!(zone_data = version, moved, "the zone data changed; next dates were worked out again");
    }
    Ok(moved)
}
