//! The way through the last days: the clock stands at one due instant after the other; before each the calls up to then
//! and what billing has to tell come in, at each everything due is done.

use std::io::Cursor;
use std::time::{Duration, Instant as Stopwatch};

use anyhow::Context as _;
use chrono::{Datelike, Days, NaiveDate};

use super::business::{BUSINESSES, Business};
use super::folder::{Folder, Progress};
use super::money::Money;
use super::{News, Tell, captures, rows};
use crate::app::App;
use crate::clock::ManualClock;
use crate::domain::ids::ProjectId;
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::ingest::{self, Format, ImportRequest};
use crate::jobs;
use crate::zones::Zone;

/// Calls begin so long before the clock does.
const HISTORY: Duration = Duration::from_secs(42 * 86_400);
/// The project that the captured calls are put into.
const CAPTURES_GO_TO: usize = 1;

/// The latest Sunday (in UTC) that lies at least seven full days before `now`: a weekly report falls due after it.
pub(super) fn begin(now: Instant) -> Option<Instant> {
    let latest = now.plus_seconds(-7 * 86_400).to_utc()?.date_naive();
    let sunday = latest.checked_sub_days(Days::new(u64::from(latest.weekday().num_days_from_sunday())))?;
    Some(Instant::from(sunday.and_hms_opt(0, 0, 0)?.and_utc()))
}

/// Monday of the last week that was over at the first run.
pub(super) fn week_of_captures(zone: &Zone, first_run: Instant) -> NaiveDate {
    let today = zone.date(first_run);
    today - Days::new(u64::from(today.weekday().num_days_from_monday()) + 7)
}

/// A demo whose clock can be moved.
pub(super) struct Walk<'a> {
    app: &'a App,
    clock: &'a ManualClock,
    folder: &'a Folder,
    /// The zones of the businesses, in their order.
    zones: Vec<Zone>,
    money: Money,
    pub(super) progress: Progress,
}

/// What came in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CameIn {
    made_up: usize,
    captured_events: usize,
}

impl CameIn {
    pub(super) fn calls(self) -> usize {
        self.made_up
    }
}

impl<'a> Walk<'a> {
    /// A walk that begins where `progress` says.
    pub(super) fn new(
        app: &'a App,
        clock: &'a ManualClock,
        folder: &'a Folder,
        progress: Progress,
    ) -> anyhow::Result<Self> {
        let zone = |business: &Business| app.zones.get(business.zone).map_err(|unknown| anyhow::anyhow!("{unknown}"));
        let zones = BUSINESSES.iter().map(zone).collect::<Result<Vec<_>, _>>()?;
        let money = Money::new(&zones, progress.begin, progress.first_run);
        Ok(Self { app, clock, folder, zones, money, progress })
    }

    /// Takes in the calls of the weeks before the clock begins to move.
    pub(super) async fn take_in_history(&self, tell: Tell<'_>) -> anyhow::Result<()> {
        let stopwatch = Stopwatch::now();
        let (from, to) = (self.progress.begin - HISTORY, self.progress.begin);
        let calls = self.take_in(from, to).await?.made_up;
        self.money.take_in_history(self.app).await?;
        tell(News::History { calls, from, to, took: stopwatch.elapsed() });
        self.folder.remember(self.progress)
    }

    /// Takes in everything that the telephone systems have to tell at `until` and hadn't to tell at `from`.
    async fn take_in(&self, from: Instant, until: Instant) -> anyhow::Result<CameIn> {
        let mut came_in = CameIn::default();
        let Some(span) = Period::new(from, until) else { return Ok(came_in) };
        for (business, zone) in BUSINESSES.iter().zip(&self.zones) {
            let (file, count) = rows::written(business, zone, span)?;
            came_in.made_up += count;
            self.import(business.project, business.source, Format::Native, span, file).await?;
        }
        let (business, zone) = (&BUSINESSES[CAPTURES_GO_TO], &self.zones[CAPTURES_GO_TO]);
        let (file, count) = captures::written(zone, week_of_captures(zone, self.progress.first_run), span)?;
        came_in.captured_events = count;
        self.import(business.project, "voys", Format::Voys, span, file).await?;
        Ok(came_in)
    }

    async fn import(
        &self,
        project: &str,
        source: &str,
        format: Format,
        span: Period,
        file: Vec<u8>,
    ) -> anyhow::Result<()> {
        let request = ImportRequest {
            source: Some(source.to_owned()),
            covers: Some(span),
            // Lines of a quiet hour are none.
            covers_anyway: true,
            ..ImportRequest::new(ProjectId::parse(project)?, format, format!("{source} of the demo"), Cursor::new(file))
        };
        let account = ingest::import(self.app, request).await?;
        let first = account.first_set_aside.first();
        anyhow::ensure!(account.set_aside == 0, "the demo's own calls of {project} can't be read: {first:?}");
        Ok(())
    }

    /// The next instant, no later than `now`, at which a schedule falls due, billing tells something, or what waits for
    /// somebody's morning goes.
    pub(super) async fn next_due(&self, now: Instant) -> anyhow::Result<Option<Instant>> {
        let after = self.progress.clock;
        let schedules = self.app.store.schedules().await.context("the schedules can't be read")?;
        let due = schedules.iter().filter_map(|schedule| schedule.next_fire_at);
        let waits = self.app.store.next_wait(after).await?;
        let all = due.chain(waits).chain(self.money.next(after, now));
        Ok(all.filter(|at| after < *at && *at <= now).min())
    }

    /// Moves the clock to `at`, takes in what is known by then, and does everything that is due.
    pub(super) async fn step_to(&mut self, at: Instant) -> anyhow::Result<CameIn> {
        let came_in = self.take_in(self.progress.clock, at).await?;
        self.clock.set(at);
        if let Some(span) = Period::new(self.progress.clock, at) {
            self.money.take_in(self.app, span).await?;
        }
        jobs::tick(self.app).await?;
        self.progress.clock = at;
        self.folder.remember(self.progress)?;
        Ok(came_in)
    }
}
