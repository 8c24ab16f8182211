//! Runs that are held for missing calls (`if_incomplete = "hold"`) beyond the time that others wait: the owner is told
//! once, and when the calls haven't come by the schedule's next occurrence the run is given up, which the owner is told too.
//! Runs that only wait need nobody: they are let go by whoever states what was missing, or claimed when their time is up.

use super::build::failure;
use crate::app::App;
use crate::chaos::crash_point;
use crate::domain::calendar::Calendar;
use crate::domain::completeness::{Missing, WAIT_AT_MOST_SEC};
use crate::domain::document::{Document, Fact, Text};
use crate::domain::instant::Instant;
use crate::domain::notice::NoticeKind;
use crate::domain::project::Project;
use crate::domain::run::RunState;
use crate::domain::schedule::Schedule;
use crate::i18n::{Value, Words};
use crate::notify::owner;
use crate::report::notice::{self, OwnerNotice};
use crate::store::StoreError;
use crate::store::runs::{StoredRun, Waiting};
use crate::zones::{Zone, firing};

/// Runs looked at together.
const TOGETHER: i64 = 50;

/// What a pass did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct WaitReport {
    /// Runs that will never be made, for a reason that is no fault.
    pub skipped: u64,
    /// Runs given up.
    pub failed: u64,
}

/// Sees to every held run whose time is up.
pub(super) async fn step(app: &App) -> anyhow::Result<WaitReport> {
    let mut report = WaitReport::default();
    loop {
        let held = app.store.read().await?.held_runs(app.clock.now(), TOGETHER).await?;
        if held.is_empty() {
            return Ok(report);
        }
        for stored in held {
            see_to(app, &stored, &mut report).await?;
        }
    }
}

async fn see_to(app: &App, stored: &StoredRun, report: &mut WaitReport) -> anyhow::Result<()> {
    let now = app.clock.now();
    let (waiting, standing) = match (&stored.damage, &stored.waiting, standing(app, stored).await) {
        (Some(damage), ..) => return give_up(app, stored, "unreadable", damage, report).await,
        (_, _, Err(error @ StoreError::Corrupt { .. })) => {
            return give_up(app, stored, "unreadable", &error.to_string(), report).await;
        }
        (_, None, _) => return Ok(()),
        (_, Some(waiting), standing) => (waiting, standing?),
    };
    let (schedule, project) = match standing {
        Ok(both) => both,
        Err(reason) => {
            let mut session = app.store.write().await?;
            report.skipped += u64::from(session.end_waiting(&stored.run, RunState::Skipped, reason, now).await?);
            session.commit().await?;
            return Ok(());
        }
    };
    let zone = match app.zones.get(&schedule.zone) {
        Ok(zone) => zone,
        Err(error) => return give_up(app, stored, "unknown_zone", &error.to_string(), report).await,
    };
    let calendar = app.store.calendar_of(&project).await?;
    let calendar = calendar.as_ref();
    let case = Case { stored, waiting, schedule: &schedule, project: &project, zone: &zone, calendar };
    let (id, occurrence) = (&schedule.id, &stored.run.occurrence);
    let is_told = waiting.told_at.is_some();
    let ends = is_told || case.next_one_is_due(now);
    let until = if ends { waiting.until } else { case.gives_up_at(now) };
    let make = |language: &str| {
        let words = Words::of(language);
        if ends { case.gave_up(&words, now) } else { case.held(&words, now, until) }
    };
    let drawn = owner::drawn(app, Some(project.key), make).await?;
    let mut session = app.store.write().await?;
    let (is_ours, once) = if ends {
        let ended = session.end_waiting(&stored.run, RunState::Failed, "data_never_came", now).await?;
        report.failed += u64::from(ended);
        (ended, format!("owner/run_failed/{id}/{occurrence}"))
    } else {
        (session.hold_run(stored.run.id, until, now).await?, format!("owner/run_held/{id}/{occurrence}"))
    };
    if is_ours {
        owner::tell_within(app, &mut session, Some(project.key), &once, drawn).await?;
    }
    session.commit().await?;
    crash_point!("wait.told");
    Ok(())
}

/// Ends the wait of a run that can't be read, or whose schedule can't; its owner hears of it, and nobody else waits for it.
async fn give_up(
    app: &App,
    stored: &StoredRun,
    reason: &str,
    detail: &str,
    report: &mut WaitReport,
) -> anyhow::Result<()> {
    let run = &stored.run;
    tracing::error!(
        run = run.id.0,
        schedule.id = run.schedule.as_str(),
        reason,
        "a waiting report is given up: {detail}"
    );
    let drawn = failure::drawn(app, run.project, &run.schedule, &run.occurrence, reason).await?;
    let mut session = app.store.write().await?;
    if session.end_waiting(run, RunState::Failed, reason, app.clock.now()).await? {
        report.failed += 1;
        let once = failure::once(&run.schedule, &run.occurrence);
        owner::tell_within(app, &mut session, Some(run.project), &once, drawn).await?;
    }
    session.commit().await?;
    Ok(())
}

/// The schedule and project of a run, or why it needn't be made any more.
async fn standing(app: &App, stored: &StoredRun) -> Result<Result<(Schedule, Project), &'static str>, StoreError> {
    let mut session = app.store.read().await?;
    let Some(schedule) = session.stored_schedule(&stored.run.schedule).await? else {
        return Ok(Err("schedule_retired"));
    };
    if schedule.schedule.paused {
        return Ok(Err("paused"));
    }
    let project = session.project(&schedule.schedule.project).await?;
    Ok(project.map(|project| (schedule.schedule, project)).ok_or("project_retired"))
}

/// A held run with all that its owner is told.
struct Case<'a> {
    stored: &'a StoredRun,
    waiting: &'a Waiting,
    schedule: &'a Schedule,
    project: &'a Project,
    zone: &'a Zone,
    calendar: Option<&'a Calendar>,
}

impl Case<'_> {
    /// Whether the next occurrence itself ended the wait: a schedule that falls due more often than others wait holds each
    /// report until then.
    fn next_one_is_due(&self, now: Instant) -> bool {
        let next = firing::next_sent(self.schedule.rule(self.calendar), self.zone, self.stored.run.fires_at);
        let waiting = self.waiting;
        next.is_some_and(|next| {
            next.fires_at <= now && waiting.began_at < next.fires_at && waiting.until == next.fires_at
        })
    }

    /// The next occurrence; one of a backlog, whose next has passed, is held a little while all the same.
    fn gives_up_at(&self, now: Instant) -> Instant {
        let next = firing::next_sent(self.schedule.rule(self.calendar), self.zone, self.stored.run.fires_at);
        let patience = NoticeKind::Report.rules().give_up_after_sec;
        let until = next.map_or_else(|| now.plus_seconds(patience), |next| next.fires_at);
        if until > now { until } else { now.plus_seconds(WAIT_AT_MOST_SEC) }
    }

    fn held(&self, words: &Words, now: Instant, until: Instant) -> Document {
        let facts = self.waiting.missing.iter().map(|missing| self.fact(words, missing)).collect();
        self.document(words, "held", now, until, &["held-advice", "held-advice-now"], facts)
    }

    fn gave_up(&self, words: &Words, now: Instant) -> Document {
        let facts = self.waiting.missing.iter().map(|missing| self.fact(words, missing)).collect();
        self.document(words, "gave-up", now, self.waiting.until, &["gave-up-advice"], facts)
    }

    fn fact(&self, words: &Words, missing: &Missing) -> Fact {
        let span = words.moments(self.zone.local(missing.from), self.zone.local(missing.to));
        Fact { label: words.word("held-source"), value: missing.source.clone(), detail: span }
    }

    fn document(
        &self,
        words: &Words,
        which: &str,
        now: Instant,
        until: Instant,
        advice: &[&str],
        facts: Vec<Fact>,
    ) -> Document {
        let moment = |at: Instant| words.moment(self.zone.local(at));
        let values: Vec<(&str, Value<'_>)> = vec![
            ("project", self.project.name.as_str().into()),
            ("schedule", self.schedule.id.as_str().into()),
            ("report", words.rule(&self.schedule.cadence).into()),
            ("due", moment(self.stored.run.fires_at).into()),
            ("until", moment(until).into()),
            ("zone", words.zone(self.zone.name()).into()),
        ];
        let say = |part: &str| words.say(&format!("{which}-{part}"), &values);
        notice::owner(OwnerNotice {
            language: words.language().to_owned(),
            direction: words.direction(),
            made_at: now,
            subject: say("subject"),
            eyebrow: words.say("failed-eyebrow", &values),
            title: say("title"),
            sentence: say("sentence"),
            advice: advice.iter().map(|id| Text::plain(words.say(id, &values))).collect(),
            facts,
            foot: Vec::new(),
        })
    }
}
