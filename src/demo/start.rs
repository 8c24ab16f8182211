//! Opens the demo's installation: settings from its own file and from nothing else, so that no variable of yours leads
//! it into a real database; a clock that can be moved; and who gets what, applied as `apply` does it.

use std::sync::Arc;

use anyhow::Context as _;

use super::folder::Folder;
use crate::app::App;
use crate::clock::{Clock, ManualClock};
use crate::config::load::{Inputs, survey};
use crate::config::settings::Settings;
use crate::domain::instant::Instant;

/// The settings of the demo's file.
pub(super) fn settings(folder: &Folder) -> anyhow::Result<Settings> {
    let file = folder.settings();
    let survey = survey(Inputs { file: Some(&file), database: None, environment: &[] });
    survey.settings.with_context(|| survey.problems.render(false))
}

/// The demo's installation on a clock that stands at `at`.
pub(super) async fn open(folder: &Folder, at: Instant) -> anyhow::Result<(App, ManualClock)> {
    let clock = ManualClock::at(at);
    let app = App::open(settings(folder)?, Arc::new(clock.clone())).await?;
    Ok((app, clock))
}

/// TEMP
pub(super) async fn apply_setup(_app: &App, _folder: &Folder, tell: super::Tell<'_>) -> anyhow::Result<()> {
    tell(super::News::SetUp { projects: 0, contacts: 0, schedules: 0 });
    Ok(())
}
