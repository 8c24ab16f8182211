//! The demo: a folder in which the whole way from calls to mails is walked before your eyes, on sample data.
//!
//! Three made-up businesses (`business`, played day by day in `day`, `evening`, `morning` and `shift`) and real captured calls
//! (`captures`) are written as files and taken in like anybody's; so is what their billing tells (`money`). `walk` moves the clock through the last days and does
//! at each due instant what a running Callbrief would have done; `account` and `warnings` tell what came of it.

mod account;
mod business;
mod captures;
mod day;
mod dice;
mod evening;
mod folder;
mod money;
mod morning;
pub mod post;
mod rows;
mod shift;
pub mod show;
mod start;
mod tale;
mod walk;
mod warnings;

use std::time::{Duration, Instant as Stopwatch};

use anyhow::Context as _;

pub use account::{Account, Mail};
pub use folder::Folder;
pub use warnings::{To, Warning};

use crate::domain::instant::Instant;
use folder::Progress;
use walk::Walk;

/// How news are heard.
pub type Tell<'a> = &'a (dyn Fn(News) + Sync);

/// What the demo tells while it works.
#[derive(Clone, Debug)]
pub enum News {
    /// The folder is there, and who gets what stands in its database.
    SetUp { projects: usize, contacts: usize, schedules: usize },
    /// The calls of the weeks before the clock begins to move.
    History { calls: usize, from: Instant, to: Instant, took: Duration },
    /// The clock stands here; so many mails went out so far, those of earlier runs included.
    Clock { at: Instant, mails: usize },
}

/// Walks from where the demo ended last time (at first: from the latest Sunday that lies at least seven full days back)
/// through every due instant up to `now`.
pub async fn play(folder: &Folder, now: Instant, tell: Tell<'_>) -> anyhow::Result<Account> {
    folder.make()?;
    let before = folder.progress()?;
    let begin = walk::begin(now).context("the clock of this machine is far outside the calendar")?;
    let progress = before.unwrap_or(Progress { first_run: now, begin, clock: begin });
    let (app, clock) = start::open(folder, progress.clock).await?;
    start::apply_setup(&app, folder, tell).await?;
    let standing = app.store.posted_since(0).await?;
    let seen = standing.last().map_or(0, |posted| posted.id);
    // What was sent for real is a mail once more, and no report more.
    let mut mails = standing.iter().filter(|posted| posted.generation == 1 && posted.channel == "email").count();

    let mut walk = Walk::new(&app, &clock, folder, progress)?;
    let mut account = Account::begin(progress.clock, now, before.is_none());
    if before.is_none() {
        walk.take_in_history(tell).await?;
    }
    let mut last = seen;
    while walk.progress.clock < now {
        let at = walk.next_due(now).await?.unwrap_or(now);
        let stopwatch = Stopwatch::now();
        account.calls += walk.step_to(at).await?.calls();
        let posted = app.store.posted_since(last).await?;
        last = posted.last().map_or(last, |posted| posted.id);
        mails += posted.iter().filter(|posted| posted.channel == "email").count();
        account.add(&app, posted, stopwatch.elapsed())?;
        tell(News::Clock { at, mails });
    }
    account.name_readers(&app).await?;
    account.find_files(folder)?;
    account.warnings = warnings::warnings(&app, folder, (account.from, account.to)).await?;
    app.store.close().await;
    Ok(account)
}
