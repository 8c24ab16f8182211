//! A database of a bench's own, opened as the program opens it.

use std::sync::Arc;

use callbrief::app::App;
use callbrief::apply;
use callbrief::clock::Clock;
use callbrief::config::load::{Inputs, Purpose, survey};
use callbrief::config::settings::Settings;
use callbrief::config::setup::Input;
use callbrief::domain::instant::Instant;
use callbrief::store::On;

/// What the program does where nothing is said, on this database.
pub fn settings(url: &str) -> anyhow::Result<Settings> {
    let read = survey(Inputs { file: None, database: Some(url), environment: &[], purpose: Purpose::Sending });
    read.settings.ok_or_else(|| anyhow::anyhow!("{}", read.problems.render(false)))
}

/// The same, opened.
#[allow(dead_code, reason = "some benches change the settings first")]
pub async fn open(url: &str, clock: impl Clock + 'static) -> anyhow::Result<App> {
    Ok(App::open(settings(url)?, Arc::new(clock)).await?)
}

/// Applies a setup as of `now`.
#[allow(dead_code, reason = "some benches write what they need by themselves")]
pub async fn set_up(app: &App, toml: &str, now: Instant) -> anyhow::Result<()> {
    let inputs = [Input::toml("setup.toml", toml)];
    let request = apply::Request::new(&inputs, "setup.toml", "bench", now);
    apply::apply(&app.store, &app.zones, &request, |_, _| {}).await?;
    Ok(())
}

/// An instant of RFC 3339.
#[allow(dead_code, reason = "some benches read no other")]
pub fn instant(text: &str) -> Instant {
    Instant::parse_rfc3339(text).unwrap_or_else(|| panic!("{text} is no time"))
}

/// As a database is that wasn't filled a moment ago: no log as long as itself, and it knows its own size.
#[allow(dead_code, reason = "some benches fill theirs by the program itself")]
pub async fn settle(app: &App) -> anyhow::Result<()> {
    match app.store.read().await?.on() {
        On::Sqlite(connection) => {
            sqlx::query("pragma wal_checkpoint(truncate)").execute(connection).await?;
        }
        On::Postgres(connection) => {
            sqlx::query("vacuum analyze").execute(&mut *connection).await?;
            sqlx::query("checkpoint").execute(connection).await?;
        }
    }
    Ok(())
}
