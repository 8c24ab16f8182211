//! Times in lists as the people of each schedule see them: by the zone of the schedule, else of the project, with its name.

use std::collections::HashMap;

use crate::domain::instant::Instant;
use crate::store::{Store, StoreError};
use crate::zones::{Zone, Zones};

/// The zones of what stands.
pub(super) struct WallClocks {
    schedules: HashMap<String, Zone>,
    projects: HashMap<String, Zone>,
}

impl WallClocks {
    /// Of every schedule and project there is.
    pub(super) async fn load(store: &Store, zones: &Zones) -> Result<Self, StoreError> {
        let zone = |name: &str| zones.get(name).ok();
        let schedules = store.schedules().await?;
        let projects = store.projects().await?;
        Ok(Self {
            schedules: schedules.iter().filter_map(|one| Some((one.id.to_string(), zone(&one.zone)?))).collect(),
            projects: projects.iter().filter_map(|one| Some((one.id.to_string(), zone(&one.zone)?))).collect(),
        })
    }

    /// `2026-11-22 03:01 Europe/Kyiv`; what belongs to no project that stands is told in UTC.
    pub(super) fn show(&self, schedule: Option<&str>, project: Option<&str>, at: Instant) -> String {
        let of_schedule = schedule.and_then(|id| self.schedules.get(id));
        let of_project = || project.and_then(|id| self.projects.get(id));
        show(of_schedule.or_else(of_project), at)
    }
}

/// A moment by the clock of a zone, else of all zones, with its name.
pub(super) fn show(zone: Option<&Zone>, at: Instant) -> String {
    match zone {
        Some(zone) => format!("{} {}", zone.local(at).format("%Y-%m-%d %H:%M"), zone.name()),
        None => format!("{} UTC", at.to_string().replace('T', " ").chars().take(16).collect::<String>()),
    }
}
