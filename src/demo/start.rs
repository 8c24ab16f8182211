//! Opens the demo's installation: settings from its own file and from nothing else, so that no variable of yours leads
//! it into a real database; a clock that can be moved; and who gets what, applied as `apply` does it.

use std::sync::Arc;

use anyhow::Context as _;

use super::folder::Folder;
use super::{News, Tell};
use crate::app::App;
use crate::apply::{Files, Request, apply};
use crate::clock::ManualClock;
use crate::config::load::{Inputs, Purpose, survey};
use crate::config::settings::Settings;
use crate::domain::instant::Instant;

/// The settings of the demo's file.
pub(super) fn settings(folder: &Folder) -> anyhow::Result<Settings> {
    let file = folder.settings();
    let survey = survey(Inputs { file: Some(&file), database: None, environment: &[], purpose: Purpose::Sending });
    survey.settings.with_context(|| survey.problems.render(false))
}

/// The demo's installation on a clock that stands at `at`.
pub(super) async fn open(folder: &Folder, at: Instant) -> anyhow::Result<(App, ManualClock)> {
    let clock = ManualClock::at(at);
    let app = App::open(settings(folder)?, Arc::new(clock.clone())).await?;
    Ok((app, clock))
}

/// Applies the folder's set-up file; the second time this changes nothing, unless you changed the file.
pub(super) async fn apply_setup(app: &App, folder: &Folder, tell: Tell<'_>) -> anyhow::Result<()> {
    let file = folder.setup();
    let files = Files::read(&file).map_err(|problems| anyhow::anyhow!("{}", problems.render(false)))?;
    let request = Request {
        has_operations: !app.settings.operations.email.is_empty(),
        channels: &app.settings.channels,
        ..Request::new(&files.inputs, &files.subject, "demo", app.clock.now())
    };
    apply(&app.store, &app.zones, &request, |_, _| {}).await?;
    let (projects, contacts) = (app.store.projects().await?.len(), app.store.contacts().await?.len());
    tell(News::SetUp { projects, contacts, schedules: app.store.schedules().await?.len() });
    Ok(())
}
